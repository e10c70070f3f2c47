"""Item numbers at the start of a line.

Finding a marker is cheap and generous; whether it really numbers an item is decided in `tree.py` by continuity.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..numerals import from_int, to_int
from .node import Node
from .styles import FIGURES, HAN, OF_DASH, STYLES


def _dispatch() -> dict[str, re.Pattern[str]]:
    """First character -> the styles that may begin with it, as one pattern."""
    styles_of: dict[str, tuple[int, ...]] = {}
    for i, style in enumerate(STYLES):
        for c in style.firsts:
            styles_of[c] = (*styles_of.get(c, ()), i)
    made = {key: re.compile("|".join(f"(?P<s{i}>{STYLES[i].pattern})" for i in key)) for key in set(styles_of.values())}
    return {c: made[key] for c, key in styles_of.items()}


blank = object.__new__
_AT_LINE = _dispatch()
_LEAD_IN = " \t　*#>"
_OPENERS = frozenset(_AT_LINE) | frozenset(_LEAD_IN)
"""A line that begins with none of these has no marker."""
_STYLE_OF = {f"s{i}": style for i, style in enumerate(STYLES)}
_LEAD = re.compile(r"[ \t　*#>]{0,8}")
BLANKS = re.compile(r"[ \t　*]{0,8}")
# 一、总体要求…………3: a line of a table of contents
_LEADERS = re.compile(r"[.．…·]{3}[.．…·\s]{0,200}[0-9]{0,3}\s*$")
_LEADER_ENDS = frozenset(".．…·0123456789 ")
_ASKED = frozenset(HAN + FIGURES + _LEAD_IN + "\xa0、．.，,项款条至否非")
"""What the patterns may ask for right behind the usual numbers: （一）项目 is one, （一）项 is not."""
_OFFSETS = ((0x2460, 0x2473), (0x2474, 0x2487), (0x2488, 0x249B), (0x3220, 0x3229), (0x2160, 0x216B))


@lru_cache(maxsize=1024)
def value_of(numeral: str) -> int:
    code = ord(numeral[0])
    if len(numeral) == 1 and code > 0x2000:
        for first, last in _OFFSETS:
            if first <= code <= last:
                return code - first + 1
    if len(numeral) == 1 and numeral.isascii() and numeral.isalpha():
        return ord(numeral.upper()) - 64
    return to_int(numeral) or 0


def line_marker(string: str, start: int, stop: int, index: int) -> Node | None:
    """The marker at the start of line `index`, `string[start:stop]`."""
    if start == stop or string[start] not in _OPENERS:
        return None
    form = string[start : start + 3]
    usual = _USUAL.get(form) or _USUAL.get(form[:2])
    if usual is not None:
        content = start + usual[0]
        if content < stop and string[content] not in _ASKED and string[stop - 1] not in _LEADER_ENDS:
            node = blank(Node)  # filled field by field, in half the time of a constructor call
            node.start, node.content, node.line, node.inline = start, content, index, False
            _, node.number, node.marker, node.style, node.value, node.prefix = usual
            return node
    return _any_marker(string, start, stop, index)


def _any_marker(string: str, start: int, stop: int, index: int) -> Node | None:
    """The marker at the start of the line, of whatever style and in front of whatever text."""
    first = start
    if start < stop and string[start] in _LEAD_IN and (lead := _LEAD.match(string, start, stop)):
        start = lead.end()
    pattern = _AT_LINE.get(string[start]) if start < stop else None
    m = pattern.match(string, start, stop) if pattern else None
    if m is None or m.lastgroup is None or m.lastindex is None:
        return None
    end = m.end()
    if string[stop - 1] in _LEADER_ENDS and _LEADERS.search(string, max(end, stop - 60), stop):
        return None
    written, numeral = m.group(0, m.lastindex + 1)
    name, value, number, written, prefix = _read(m.lastgroup, numeral, written)
    if not value and name not in OF_DASH:
        return None
    if end < stop and string[end] in " \t　*" and (blanks := BLANKS.match(string, end, stop)):
        end = blanks.end()
    return Node(first, end, 0, number, written, name, end, value=value, prefix=prefix, line=index)


@lru_cache(maxsize=1024)
def _read(group: str, numeral: str, written: str) -> tuple[str, int, str, str, tuple[int, ...]]:
    """Style, value, number and marker as written, and of 2.1.3 what stands before the last figure: (2, 1)."""
    style, written = _STYLE_OF[group], written.strip()
    number = written.rstrip("：:、，,。．. ") if style.whole else numeral
    if style.name == "1.1":
        figures = [to_int(f) or 0 for f in re.split("[．.]", numeral)]
        return style.name, figures[-1], number, written, tuple(figures[:-1])
    return style.name, 0 if style.name in OF_DASH else value_of(numeral), number, written, ()


def _usual() -> dict[str, tuple[int, str | None, str | None, str, int, tuple[int, ...]]]:
    """How long the numbers are that most items have, with the blank behind, and what the patterns make of them."""
    han, figures = [from_int(n) for n in range(1, 100)], range(1, 100)
    forms = [form.format(n) for form in ("{}、", "（{}）", "{}是") for n in han]
    forms += [form.format(n) for form in ("{}.", "{}. ", "{}、", "（{}）") for n in figures]
    found = {form: _any_marker(form + "某", 0, len(form) + 1, 0) for form in forms if 2 <= len(form) <= 3}
    return {form: (m.content, m.number, m.marker, m.style, m.value, m.prefix) for form, m in found.items() if m}


_USUAL = _usual()
