"""A roster's text cut into chunks, names told by their surname from posts, padded and glued ones made whole."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...organisations import is_organisation
from ...persons import (
    HAN,
    ends_with_post,
    is_person,
    is_rare_person,
    is_surname,
    name_head,
    name_tail,
    name_within,
    padded_head,
)
from .seats import strip_comrade

_CHUNK = re.compile(
    r"(?P<bracket>[（(][^（）()\n]{0,80}[)）])|(?P<sep>[、，,；;/]|\n|[^\S\n]+)|(?P<word>[^\s、，,；;/（()）]++)|(?P<odd>.)"
)
_COLLECTIVE_TAIL = re.compile(r"(?:[省市县区镇乡街局][直属]|有关|相关)*各[一-鿿]{1,30}\Z")
"""…办公室主任 + 区直各部门主要负责人, where the line break between them is lost."""
_HAN_CHARACTER = re.compile(HAN)
_HAN_ONE = re.compile(HAN + "{1,2}")


class Item(NamedTuple):
    """A chunk: kind N name, P post, B bracket, or the separator itself (a line feed, a space, a mark)."""

    kind: str
    start: int
    end: int
    text: str


def glued(string: str, start: int, end: int) -> list[Item]:
    """The chunks with padded names made whole."""
    return _glue_names(_items(string, start, end))


def _items(string: str, start: int, end: int) -> list[Item]:
    """Chunks in order, a name glued to the end of a post (or the post to a name) cut off."""
    items: list[Item] = []
    for m in _CHUNK.finditer(string, start, end):
        kind = m.lastgroup
        if kind == "bracket":
            items.append(Item("B", m.start(), m.end(), m[0]))
        elif kind == "sep":
            mark = "\n" if "\n" in m[0] else " " if m[0].isspace() else m[0]
            items.append(Item(mark, m.start(), m.end(), mark))
        elif kind == "word":
            items.extend(_word(m[0], m.start(), string))
        else:  # a bracket without its other half: a post is shown as written
            items.append(Item(m[0], m.start(), m.end(), m[0]))
    return items


def _word(text: str, at: int, string: str) -> list[Item]:
    core = strip_comrade(text)
    if is_person(core):
        return [Item("N", at, at + len(text), core)]
    if (cut := name_tail(core)) is not None:
        return [Item("P", at, at + cut, core[:cut]), Item("N", at + cut, at + len(text), core[cut:])]
    if len(core) < 40 and (cut := name_head(core, string)) is not None:
        return [Item("N", at, at + cut, core[:cut]), Item("P", at + cut, at + len(text), core[cut:])]
    if (within := name_within(core)) is not None:
        cut, end = within
        parts = ("P", 0, cut), ("N", cut, end), ("P", end, len(core))
        return [Item(kind, at + a, at + b, core[a:b]) for kind, a, b in parts]
    if core.find("各", 3) > 0 and (m := _COLLECTIVE_TAIL.search(core, 3)) and ends_with_post(core[: m.start()]):
        cut = at + m.start()
        return [
            Item("P", at, cut, core[: m.start()]),
            Item("\n", cut, cut, "\n"),
            Item("P", cut, at + len(text), m[0]),
        ]
    return [Item("P", at, at + len(text), text)]


def _glue_names(items: list[Item]) -> list[Item]:
    """Padded names made whole: 张 + space + 三, also when the surname is glued to a post (…处长薛 + 忠)."""
    out: list[Item] = []
    i = 0
    while i < len(items):
        item = items[i]
        if (spread := _spread_name(items, i)) is not None:
            out.append(spread)
            i += 5 if len(spread.text) == 3 else 3
            continue
        if (
            item.kind == "P"
            and i + 2 < len(items)
            and items[i + 1].kind == " "
            and (size := _surname_at_end(item.text))
        ):
            given = _given_name(items[i + 2].text) if items[i + 2].kind in "PN" else ""
            at = items[i + 2].start
            if not given and (cut := padded_head(item.text[-size:], items[i + 2].text)):
                if len(item.text) > size:
                    out.append(Item("P", item.start, item.end - size, item.text[:-size]))
                out.append(Item("N", item.end - size, at + cut, item.text[-size:] + items[i + 2].text[:cut]))
                out.append(Item("P", at + cut, items[i + 2].end, items[i + 2].text[cut:]))
                i += 3
                continue
            whole = item.text[-size:] + given
            padded = len(item.text) == size == 1 and len(given) == 1 and not is_organisation(whole)  # 江　南
            if given and (padded or is_rare_person(whole)):
                if len(item.text) > size:
                    out.append(Item("P", item.start, item.end - size, item.text[:-size]))
                out.append(Item("N", item.end - size, items[i + 2].end, item.text[-size:] + given))
                i += 3
                continue
        out.append(item)
        i += 1
    return out


def _spread_name(items: list[Item], i: int) -> Item | None:
    """A name whose characters stand apart: 罗 永 志, and at the head of a line 寸　丽　　市教育局局长."""
    words = items[i : i + 7 : 2]
    if len(items[i].text) != 1 or items[i].kind != "P" or len(words) < 2 or items[i + 1].kind != " ":
        return None
    gaps = [g.end - g.start if g.kind == " " else 0 for g in items[i + 1 : i + 6 : 2]]
    if not all(_HAN_CHARACTER.fullmatch(w.text) and w.kind == "P" for w in words[:2]):
        return None
    if len(words) > 2 and gaps[1] == gaps[0] and _HAN_CHARACTER.fullmatch(words[2].text):
        name = "".join(w.text for w in words[:3])
        posted = len(words) > 3 and ends_with_post(words[3].text)  # 权 玉 林 市财政局局长
        apart = len(gaps) < 3 or gaps[2] == 0 or gaps[2] > gaps[0] or posted
        named = is_rare_person(name) or (posted and _opens_line(items, i) and _any_name(name))
        return Item("N", items[i].start, words[2].end, name) if apart and named else None
    opens = _opens_line(items, i)
    behind = next((x for x in items[i + 3 : i + 5] if x.kind != " "), None)
    if opens and behind and behind.kind == "B" and ends_with_post(behind.text[1:-1]):
        name = words[0].text + words[1].text  # 冬　某（县委副书记）
        return Item("N", items[i].start, words[1].end, name) if _any_name(name) else None
    post = len(words) > 2 and gaps[1] > gaps[0] and words[2].kind == "P" and ends_with_post(words[2].text)
    name = words[0].text + words[1].text
    if not (opens and post) or not _any_name(name):
        return None
    return Item("N", items[i].start, words[1].end, name)


def _opens_line(items: list[Item], i: int) -> bool:
    return i == 0 or items[i - 1].kind == "\n" or (i > 1 and items[i - 2].kind == "\n")


def _any_name(name: str) -> bool:
    """Whatever the surname: no post and no body."""
    return not ends_with_post(name) and not is_organisation(name)


def _surname_at_end(text: str) -> int:
    """Length of a surname that stands alone, or behind a post or unit; 0 for none."""
    for size in (1, 2):
        head, tail = text[:-size], text[-size:]
        if is_surname(tail, rare=not head) and (not head or ends_with_post(head) or is_organisation(head)):
            return size
    return 0


def _given_name(text: str) -> str:
    core = strip_comrade(text)
    return core if _HAN_ONE.fullmatch(core) and not ends_with_post(core) else ""
