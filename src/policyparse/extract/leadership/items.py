"""The chunks of a roster's text, with the names that only their place tells.

Most names are told by their surname. 萨如拉　旗民政局局长 is told by its place: it opens an entry, and a post follows.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from ...organisations import is_organisation
from ...persons import (
    HAN,
    NO_NAME_ENDS,
    could_be_name,
    ends_with_post,
    is_rare_person,
    is_shaped,
    is_sound_name,
    is_surname,
    may_be_given,
    may_be_named,
    name_by_shape,
    sound_head,
)
from .chunks import Item, glued
from .run_on import is_place, run_on
from .seats import strip_comrade

_BARE_NAME = re.compile(HAN + "{2,4}")
_SHORT = re.compile(HAN + "{2,6}")


def read_items(string: str, start: int, end: int) -> list[Item]:
    """The chunks of `string[start:end]` in order, names told from posts."""
    items = _shape_tails(run_on(string, _sound_heads(string, glued(string, start, end))))
    return _no_places(string, _names_all(_by_place(items)))


def _shape_tails(items: list[Item]) -> list[Item]:
    """总经理门某某、副总经理张三: three characters behind a post, where other names of the list stand so."""
    if not any(a.kind == "P" and b.kind == "N" and a.end == b.start for a, b in pairwise(items)):
        return items
    out: list[Item] = []
    for n, item in enumerate(items):
        glued_on = n + 1 < len(items) and items[n + 1].kind in "NPB"
        cut = name_by_shape(item.text) if item.kind == "P" and not glued_on and len(item.text) > 4 else None
        if cut is None or len(item.text) != item.end - item.start:
            out.append(item)
        else:
            at = item.start + cut
            out += [Item("P", item.start, at, item.text[:cut]), Item("N", at, item.end, item.text[cut:])]
    return out


def _sound_heads(string: str, items: list[Item]) -> list[Item]:
    """哈力木拉提县教育局局长, where other names of the list stand before their posts without a gap."""
    if sum(a.kind == "N" and b.kind == "P" and a.end == b.start for a, b in pairwise(items)) < 2:
        return items
    out: list[Item] = []
    for n, item in enumerate(items):
        head = item.kind == "P" and (n == 0 or items[n - 1].kind in "\n ；;")
        cut = sound_head(item.text) if head else None
        if cut and string.count(item.text[: cut + 1], 0, _WITHIN) < _OFTEN:
            at = item.start + cut
            out += [Item("N", item.start, at, item.text[:cut]), Item("P", at, item.end, item.text[cut:])]
        else:
            out.append(item)
    return out


_OFTEN = 3
_WITHIN = 20_000
_MOST_PLACES = 100


def _no_places(string: str, items: list[Item]) -> list[Item]:
    """余姚、江阴分局局长: what reads as a name is a place where the document speaks of 余姚市."""
    out = items
    short = [n for n, i in enumerate(items) if i.kind == "N" and i.end - i.start == 2]
    for n in short[:_MOST_PLACES]:
        behind = items[n + 1] if n + 1 < len(items) else None
        glued_on = behind and behind.kind == "P" and behind.start == items[n].end
        if behind and glued_on and not is_place(string, items[n].text, behind.text):
            continue  # 余某市教育局局长: nothing else is of 余某市
        if any(string.find(items[n].text + kind, 0, _WITHIN) >= 0 for kind in "市县区"):
            out = items[:] if out is items else out
            out[n] = items[n]._replace(kind="P")
    return out


def _names_all(items: list[Item]) -> list[Item]:
    """A list of bare names (李立新、闭海、柳林): the rare ones among them are names like the others, line by line."""
    if sum(i.kind == "P" for i in items) == 0:
        return items
    if (whole := _names_of_line(items)) is not items:
        return whole
    out: list[Item] = []
    start = 0
    for end in [n for n, i in enumerate(items) if i.kind == "\n"] + [len(items)]:
        out += _names_of_line(items[start:end])
        out += items[end : end + 1]
        start = end + 1
    return out


def _names_of_line(items: list[Item]) -> list[Item]:
    odd = [i for i in items if i.kind in "PB"]
    names = sum(i.kind == "N" for i in items)
    if names + len(odd) == 1 and odd and len(odd[0].text) > 2 and is_rare_person(odd[0].text):
        return [i._replace(kind="N") if i.kind == "P" else i for i in items]  # 副主任：阿依古丽
    if not odd or names + len(odd) < 2 or not all(i.kind == "P" and _may_be_bare(i.text) for i in odd):
        return items
    rare = all(is_rare_person(i.text) for i in odd)
    enough = 0 if len(odd) > 2 or all(len(i.text) > 2 for i in odd) else 1
    likely = all(len(i.text) == 3 and may_be_given(i.text) and could_be_name(i.text) for i in odd)
    if names < (enough if rare else len(odd) if likely else 2 * len(odd)):
        return items
    if any(ends_with_post(i.text) or is_organisation(i.text) for i in odd):
        return items
    return [i._replace(kind="N") if i.kind == "P" else i for i in items]


def _may_be_bare(text: str) -> bool:
    return _BARE_NAME.fullmatch(text) is not None or is_sound_name(text)


def _by_place(items: list[Item]) -> list[Item]:
    """Names told by their place: 萨如拉 opens an entry and a post follows, or ends one that opens with its post."""
    places = [n for n, i in enumerate(items) if i.kind in "NPB"]
    if not any(items[n].kind == "P" and len(items[n].text) <= 8 for n in places):
        return items
    out = items[:]
    form: _Form | None = None
    for k, n in enumerate(places):
        item = out[n]
        if item.kind != "P" or len(item.text) > 8:
            continue
        core = strip_comrade(item.text)
        if not _SHORT.fullmatch(core) or (is_organisation(core) and not _like_an_office(core)):
            continue
        before = out[places[k - 1]] if k else None
        after = items[places[k + 1]] if k + 1 < len(places) else None
        mark = items[n + 1].kind if n + 1 < len(items) else "\n"
        if mark == " " and after and after.kind == "B" and after.start == items[n + 1].end:
            mark = "B"  # 李四　（局长）
        if before is not None and before.end == item.start and before.kind != "B":
            continue
        if (
            mark == "B"
            and before is None
            and after
            and _bracketed(items, places, k)
            and _fits_bracket(core, after.text)
        ):
            out[n] = item._replace(kind="N", text=core)
            continue
        named = k > 1 and before is not None and before.kind == "B" and out[places[k - 2]].kind == "N"
        posted = after is not None and (ends_with_post(after.text[1:-1]) or is_shaped(core))
        if named and mark == "B" and _BARE_NAME.fullmatch(core) and posted:
            out[n] = item._replace(kind="N", text=core)  # 张三（书记）　知新（校长）: the same form again
            continue
        form = form or _Form(_is_column(items), _last_column(items))  # once: a list may have thousands of rows
        column = form.first and _opens_line(items, n)
        if (
            _between(before, after, items, n, core)
            or _opens(before, after, mark, core, _names_first(out, places), column)
            or _ends(before, mark, core, out[places[0]].kind, form.last)
        ):
            out[n] = item._replace(kind="N", text=core)
    return out


def _bracketed(items: list[Item], places: list[int], k: int) -> bool:
    """相某（科长） before 张三（主任）, 李四（站长）: the form of the next two entries."""
    kinds = [items[n].kind for n in places[k + 2 : k + 6]]
    return kinds == ["N", "B", "N", "B"] and all(ends_with_post(items[n].text[1:-1]) for n in places[k + 3 : k + 6 : 2])


def _fits_bracket(core: str, bracket: str) -> bool:
    if not 1 < len(core) < 4 or core.startswith(("各", "其他", "有关", "相关")) or core[-1] in NO_NAME_ENDS:
        return False
    return ends_with_post(bracket[1:-1]) and not ends_with_post(core) and not is_organisation(core)


class _Form(NamedTuple):
    """Whether other entries of the list have their names in a first or a last column."""

    first: bool
    last: bool


def _like_an_office(core: str) -> bool:
    """尹某科　　市农业局副局长: a name with an office's ending."""
    return len(core) == 3 and core[-1] == "科" and is_surname(core[0])


def _names_first(items: list[Item], places: list[int]) -> bool:
    """Whether a roster rather gives names before posts: it does not end with a name."""
    return items[places[-1]].kind != "N"


def _fits_column(core: str) -> bool:
    return could_be_name(core) or may_be_named(core)


def _between(before: Item | None, after: Item | None, items: list[Item], n: int, core: str) -> bool:
    """县气象局　风某某　局长: between a body and a post of its own column."""
    if (
        before is None
        or after is None
        or not could_be_name(core)
        or {i.kind for i in items[n - 1 : n + 2 : 2]} != {" "}
    ):
        return False
    return is_organisation(before.text) and len(after.text) < _SHORTEST and ends_with_post(after.text)


_SHORTEST = 6
"""党组书记, 副大队长: a post that names no body."""


def _opens_line(items: list[Item], n: int) -> bool:
    return n == 0 or items[n - 1].kind == "\n" or (n > 1 and items[n - 1].kind == " " and items[n - 2].kind == "\n")


def _is_column(items: list[Item]) -> bool:
    """Whether an entry of the list is a name, a gap and a post, so that others are too: 沈某某　　副市长."""
    heads = (n for n, i in enumerate(items) if i.kind == "N" and _opens_line(items, n))
    return any(
        [i.kind for i in items[n + 1 : n + 3]] == [" ", "P"] and ends_with_post(items[n + 2].text) for n in heads
    )


def _opens(before: Item | None, after: Item | None, mark: str, core: str, names_first: bool, column: bool) -> bool:
    """Whether `core` stands at the head of an entry: nothing or a complete entry before it, a post behind it."""
    if after is None or (before is not None and before.kind == "P" and not ends_with_post(before.text)):
        return False
    if after.kind == "B" and mark == "B":
        post = after.text[1:-1]
        if post == "兼":
            return is_rare_person(core)
    elif after.kind == "P" and mark in " ，,":
        post = after.text
    else:
        return False
    if not ends_with_post(post):
        return is_organisation(post) and mark != "B" and is_rare_person(core)
    if _like_an_office(core):
        return (mark == " " and names_first and len(post) > 4) or (mark == "B" and len(post) > 2)
    if is_rare_person(core):
        return True
    if len(post) > 4 and (mark == "B" or names_first) and (may_be_named(core) or could_be_name(core)):
        return True
    if len(post) > 1 and names_first and len(core) == 3 and mark != "B" and may_be_given(core) and could_be_name(core):
        return True  # 终某某　县委常委
    if mark == "B" and len(post) > 4 and len(core) == 2 and is_surname(core[0], rare=True) and is_shaped(core):
        return True
    return column and _fits_column(core)


def _ends(before: Item | None, mark: str, core: str, opening: str, last_column: bool) -> bool:
    """Whether `core` stands behind its post: 旗民政局局长 萨如拉."""
    return (
        opening == "P"
        and before is not None
        and before.kind == "P"
        and mark in "\n、，,；; "
        and ends_with_post(before.text)
        and (is_rare_person(core) or (mark == "\n" and last_column and _fits_last(core)))
    )


def _last_column(items: list[Item]) -> bool:
    """Whether a line of the list is a post, a gap and a name, so that others are too: 市财政局局长　殷某."""
    for n in range(2, len(items)):
        last = n + 1 == len(items) or items[n + 1].kind in "\n "
        if last and items[n].kind == "N" and items[n - 1].kind == " " and ends_with_post(items[n - 2].text):
            return True
    return False


def _fits_last(core: str) -> bool:
    return _fits_column(core) or (len(core) == 2 and is_shaped(core))
