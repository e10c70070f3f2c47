"""The chunks of a roster's text: names, posts and what separates them.

Most names are told by their surname. 萨如拉　旗民政局局长 is told by its place: it opens an entry, and a post follows.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...organisations import is_organisation
from ...persons import (
    HAN,
    could_be_name,
    ends_with_post,
    is_person,
    is_rare_person,
    is_surname,
    name_head,
    name_tail,
    padded_head,
)
from .seats import strip_comrade

_CHUNK = re.compile(
    r"(?P<bracket>[（(][^（）()\n]{0,80}[)）])|(?P<sep>[、，,；;/]|\n|[^\S\n]+)|(?P<word>[^\s、，,；;/（()）]++)|(?P<odd>.)"
)
_COLLECTIVE_TAIL = re.compile(r"(?:[省市县区镇乡街局][直属]|有关|相关)*各[一-鿿]{2,30}\Z")
"""…办公室主任 + 区直各部门主要负责人, where the line break between them is lost."""
_BARE_NAME = re.compile(HAN + "{2,4}")
_SHORT = re.compile(HAN + "{2,6}")
_HAN_CHARACTER = re.compile(HAN)
_HAN_ONE = re.compile(HAN + "{1,2}")


class Item(NamedTuple):
    """A chunk: kind N name, P post, B bracket, or the separator itself (a line feed, a space, a mark)."""

    kind: str
    start: int
    end: int
    text: str


def read_items(string: str, start: int, end: int) -> list[Item]:
    """The chunks of `string[start:end]` in order, names told from posts."""
    return _no_places(string, _names_all(_by_place(glued(string, start, end))))


_WITHIN = 20_000
_MOST_PLACES = 100


def _no_places(string: str, items: list[Item]) -> list[Item]:
    """余姚、江阴分局局长: what reads as a name is a place where the document speaks of 余姚市."""
    out = items
    short = [n for n, i in enumerate(items) if i.kind == "N" and i.end - i.start == 2]
    for n in short[:_MOST_PLACES]:
        if any(string.find(items[n].text + kind, 0, _WITHIN) >= 0 for kind in "市县区"):
            out = items[:] if out is items else out
            out[n] = items[n]._replace(kind="P")
    return out


def glued(string: str, start: int, end: int) -> list[Item]:
    """The chunks with padded names made whole."""
    return _glue_names(_items(string, start, end))


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
    if not odd or names + len(odd) < 2 or not all(_BARE_NAME.fullmatch(i.text) and i.kind == "P" for i in odd):
        return items
    rare = all(is_rare_person(i.text) for i in odd)
    if names < (min(1, 3 - len(odd)) if rare else 2 * len(odd)):
        return items
    if any(ends_with_post(i.text) or is_organisation(i.text) for i in odd):
        return items
    return [i._replace(kind="N") if i.kind == "P" else i for i in items]


def _by_place(items: list[Item]) -> list[Item]:
    """Names told by their place: 萨如拉 opens an entry and a post follows, or ends one that opens with its post."""
    places = [n for n, i in enumerate(items) if i.kind in "NPB"]
    if not any(items[n].kind == "P" and len(items[n].text) <= 8 for n in places):
        return items
    out = items[:]
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
        if before is not None and before.end == item.start and before.kind != "B":
            continue
        named = k > 1 and before is not None and before.kind == "B" and out[places[k - 2]].kind == "N"
        if named and mark == "B" and _BARE_NAME.fullmatch(core) and after and ends_with_post(after.text[1:-1]):
            out[n] = item._replace(kind="N", text=core)  # 张三（书记）　知新（校长）: the same form again
        elif _opens(before, after, mark, core, _names_first(out, places)) or _ends(before, mark, core, out, places):
            out[n] = item._replace(kind="N", text=core)
    return out


def _like_an_office(core: str) -> bool:
    """尹某科　　市农业局副局长: a name with an office's ending."""
    return len(core) == 3 and core[-1] == "科" and is_surname(core[0])


def _names_first(items: list[Item], places: list[int]) -> bool:
    """Whether a roster rather gives names before posts: it does not end with a name."""
    return items[places[-1]].kind != "N"


def _opens(before: Item | None, after: Item | None, mark: str, core: str, names_first: bool) -> bool:
    """Whether `core` stands at the head of an entry: nothing or a complete entry before it, a post behind it."""
    if after is None or (before is not None and before.kind == "P" and not ends_with_post(before.text)):
        return False
    if after.kind == "B" and mark == "B":
        post = after.text[1:-1]
    elif after.kind == "P" and mark in " ，,":
        post = after.text
    else:
        return False
    if not ends_with_post(post):
        return is_organisation(post) and mark != "B" and is_rare_person(core)
    if _like_an_office(core):
        return mark == " " and names_first and len(post) > 4
    return is_rare_person(core) or (names_first and len(post) > 4 and could_be_name(core))


def _ends(before: Item | None, mark: str, core: str, items: list[Item], places: list[int]) -> bool:
    """Whether `core` stands behind its post: 旗民政局局长 萨如拉."""
    return (
        items[places[0]].kind == "P"
        and before is not None
        and before.kind == "P"
        and mark in "\n、，,；; "
        and ends_with_post(before.text)
        and is_rare_person(core)
    )


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
        return Item("N", items[i].start, words[2].end, name) if apart and is_rare_person(name) else None
    opens = i == 0 or items[i - 1].kind == "\n" or (i > 1 and items[i - 2].kind == "\n")
    post = len(words) > 2 and gaps[1] > gaps[0] and words[2].kind == "P" and ends_with_post(words[2].text)
    name = words[0].text + words[1].text
    if not (opens and post) or ends_with_post(name) or is_organisation(name):
        return None
    return Item("N", items[i].start, words[1].end, name)


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
