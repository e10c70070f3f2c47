"""Names with their posts written on without a gap: 涂某县水务局局长, 李某城建科科长王某财政科科长.

A name alone does not tell where it ends. A list does: all its entries have one form. So an entry is cut where others
of the list are, or where all others can be, and always where a word begins.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ...organisations import is_organisation
from ...persons import (
    could_be_name,
    ends_with_post,
    first_characters,
    is_person,
    is_rare_person,
    is_sound_name,
    may_be_named,
    word_ends,
)
from .chunks import Item

_SHORTEST, _LONGEST = 5, 60
"""Characters of an entry with its name: 王某副市长 has five."""
_TWO, _MANY = 9, 400
"""科长李某财政科科长: what may hold a second entry; more than so many only hostile texts write on."""
_DOT = 9
"""So far into a name its · may stand: 买买提·某某."""
_WITHIN = 20_000
"""So much of a document is asked how it uses a name."""
_PLACE = tuple("省市县区州盟旗镇乡")
_NO_POST = re.compile(
    r"(?P<unit>[局处科股室部厅办院所站队中心委会组社段校厂省市县区州旗镇乡])(?P=unit)|[办所站队室科组](?:主任|长)"
)
"""What behind a name shows that there is none: 安监|站站长, 民政|办主任, 石泉|县县长."""
_FOR_ALL = ("各", "其他", "有关", "相关")
_DEPUTY = re.compile(r"(?:常务)?副[一-鿿]{1,2}长")
_BARE_POST = re.compile(r"副?[一-鿿]{2,3}")


def run_on(string: str, items: list[Item]) -> list[Item]:
    """The items with the names cut off that open entries, where the list shows that they do."""
    glued = [(a, b) for a, b in pairwise(items) if a.kind == "N" and b.kind == "P" and a.end == b.start]
    sure = bool(glued)
    heads = [n for n, i in enumerate(items) if i.kind == "P" and _may_open(i, sure=sure) and _opens(items, n)]
    if not heads and not any(len(b.text) > _TWO for _, b in glued):
        return items
    cuts = {n: cut for n in heads if (cut := _name_end(string, items, n, sure=sure))}
    if not sure and not (len(cuts) > 1 and _all_cut(items, cuts)):
        cuts = {n: cut for n, cut in cuts.items() if _is_sure(string, items[n].text, cut)}
    if not cuts and not sure:
        return items
    out: list[Item] = []
    for n, item in enumerate(items):
        cut = cuts.get(n, 0)
        at = item.start + cut
        if cut:
            out.append(Item("N", item.start, at, item.text[:cut]))
        behind = n and items[n - 1].kind == "N" and items[n - 1].end == item.start
        if item.kind == "P" and (cut or behind):
            out += _entries(string, at, item.end, item.text[cut:])
        else:
            out.append(item)
    return out


def _opens(items: list[Item], n: int) -> bool:
    """Whether an entry begins here: nothing before it, or a line's end, a gap or a mark behind a complete one."""
    if n == 0:
        return True
    if items[n - 1].kind in "NPB" or (n + 1 < len(items) and items[n + 1].kind == "N"):
        return False
    return n == 1 or items[n - 2].kind != "N"


def _may_open(item: Item, *, sure: bool) -> bool:
    text = item.text
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and (sure or text[0] in first_characters() or "·" in text[:_DOT])
        and (ends_with_post(text) or is_organisation(text))
    )


def _all_cut(items: list[Item], cuts: dict[int, int]) -> bool:
    """Whether every entry of the list can be cut, but for collectives (各村书记), none behind what may be a place."""
    for n, item in enumerate(items):
        lined = not n or items[n - 1].kind in "\n ；;"
        if item.kind == "P" and n not in cuts and lined and _opens(items, n) and not item.text.startswith(_FOR_ALL):
            return False
    return all(items[n].text[cut] not in _PLACE for n, cut in cuts.items())


def _name_end(string: str, items: list[Item], n: int, *, sure: bool) -> int:
    """Where the name ends that opens the item, 0 where none does."""
    text = items[n].text
    if not ends_with_post(text):
        below = items[n + 1 : n + 3]
        if not sure or [i.kind for i in below] != ["\n", "P"] or not _BARE_POST.fullmatch(below[1].text):
            return 0
    more = n > 0 and items[n - 1].kind in "、，,"  # 县委常委、石泉镇党委书记 is one man's
    cut = _cut(string, text, sure=sure and not more)
    return 0 if more and text[cut] in _PLACE else cut


def _cut(string: str, text: str, *, sure: bool) -> int:
    """Where the name ends that opens `text`; `sure`: others of the list do, so that any surname will do."""
    dot = text.find("·")
    if 0 < dot < _DOT:
        end = dot + 1
        while end < len(text) and is_sound_name(text[dot + 1 : end + 1].ljust(3, text[dot + 1])):
            end += 1
        return end if end > dot + 2 and len(text) - end > 1 else 0
    if not sure and not any(is_person(text[:size]) for size in (2, 3, 4)):
        return 0
    ends = word_ends(text[:16])
    for size in (4, 3, 2):
        name, post = text[:size], text[size:]
        ended = size in ends or (sure and post[:1] in _PLACE and {size - 1, size + 1} <= ends)  # 毛|宁县 is 毛宁|县
        if not ended or name[-1] == "副" or len(post) < 2 or _NO_POST.match(post):
            continue
        if not (is_person(name) or (sure and (is_rare_person(name) or may_be_named(name) or _is_any(name, post)))):
            continue
        if post[0] in _PLACE and is_place(string, name, post):
            continue
        return size
    return 0


def _is_any(name: str, post: str) -> bool:
    """居某某|副市长: whatever the surname, where a post is all that follows."""
    return len(name) == 3 and could_be_name(name) and _DEPUTY.fullmatch(post) is not None


def is_place(string: str, name: str, post: str) -> bool:
    """Whether the document names 涂宁市 with something else behind it than the one post of 涂宁."""
    return string.count(name + post[0], 0, _WITHIN) > string.count(name + post[:4], 0, _WITHIN)


def _is_sure(string: str, text: str, cut: int) -> bool:
    """Whether the document names the person elsewhere, alone: 涂某、柏某兼任办公室副主任."""
    name = text[:cut]
    return (
        "·" in name
        or re.search(rf"(?:(?<![一-鿿])|(?<=[由以])){name}(?=同志|[、，兼任。；\s（(])", string[:_WITHIN]) is not None
    )


def _entries(string: str, start: int, end: int, text: str) -> list[Item]:
    """城建科科长|王某财政科科长: a post, and the entries written on behind it."""
    for at in range(_SHORTEST - 3, len(text) - 4) if _TWO < len(text) < _MANY else ():
        if text[at] not in first_characters() or not ends_with_post(text[:at]):
            continue
        cut = _cut(string, text[at:], sure=False)
        if cut and ends_with_post(text[at + cut :]):
            name = start + at
            return [
                Item("P", start, name, text[:at]),
                Item("N", name, name + cut, text[at : at + cut]),
                *_entries(string, name + cut, end, text[at + cut :]),
            ]
    return [Item("P", start, end, text)]
