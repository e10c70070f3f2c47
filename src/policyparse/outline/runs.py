"""Numbers of items inside a paragraph (一是…；二是…), which count only in a run."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..numerals import from_int
from ..text import Line
from .markers import BLANKS, value_of
from .node import Node
from .styles import FIGURE, NUMERAL, UNCITED, YEAR_ON


class _Inline(NamedTuple):
    """A style of items inside a paragraph; `seconds` are the ways to write its 2."""

    style: str
    seconds: tuple[str, ...]
    pattern: re.Pattern[str]
    word: bool = False
    """一是/一要/第一: items of a sentence even when the paragraph begins with the first of them."""


_STOP = r"(?<![^。；;：:，,！？!?、）)”’\"—\s　])"
_FULL = r"(?<![^。；;：:！？!?）)”’\s　])"
# 四、工作要求1.加强领导。…2.…: the first number glued to the heading (not 附件1、表1)
_GLUED = r"(?<=[\u4e00-\u9fff])(?<![第件表图注附约达为至])"
_INLINE: tuple[_Inline, ...] = (
    _Inline("一是", ("二是",), re.compile(_STOP + r"([一二三四五六七八九十]{1,2})是(?!否|非)"), True),
    _Inline("一要", ("二要",), re.compile(_STOP + r"([一二三四五六七八九十]{1,2})要(?!求|点|素|么|件)"), True),
    _Inline("第一，", ("二，", "二、", "二,"), re.compile(_STOP + r"第([一二三四五六七八九十]{1,2})[，、,]"), True),
    _Inline(
        "（一）",
        ("二）", "二)"),
        re.compile(rf"(?<![第条款见按和与及至])[（(][ ]?({NUMERAL}{{1,3}})[ ]?[）)]{UNCITED}(?![、和及])"),
    ),
    _Inline("1.", ("2.", "2．"), re.compile(rf"({_GLUED}1|{_FULL}{FIGURE}{{1,2}})[．.](?!{FIGURE}(?!{YEAR_ON}))")),
    _Inline("1、", ("2、",), re.compile(rf"({_GLUED}1|{_FULL}{FIGURE}{{1,2}})、(?!\s?{FIGURE})")),
    _Inline(
        "（1）",
        ("2）", "2)"),
        re.compile(rf"(?<![第条款见按和与及至0-9])[（(][ ]?({FIGURE}{{1,2}})[ ]?[）)]{UNCITED}(?![、和及])"),
    ),
    _Inline("①", ("②",), re.compile(rf"(?<![第条款见按和与及至])([①-⑳]){UNCITED}(?![、和及])")),
)
_KIND_OF_SECOND = {word: kind for kind in _INLINE for word in kind.seconds}
_KIND_OF_STYLE = {kind.style: kind for kind in _INLINE if not kind.word}
_POINTS = tuple((sign, re.compile(rf"[{sign}](?<=[^\n]\d[{sign}])")) for sign in ".．")
"""The point behind a figure, but for that of a figure which begins the line."""
_SENTENCES = frozenset(("1.", "1、"))
"""Styles whose items are sentences of their own when each ends with a stop."""
_MIN_ITEM = 3


def inline_runs(
    string: str, lines: tuple[Line, ...], starts: Sequence[int], firsts: dict[int, Node]
) -> dict[int, list[list[Node]]]:
    """Runs of items inside one paragraph (一是…；二是…), by line index: each without gap, at least two.

    A run begins with 1, or with the number of the paragraph itself (`firsts`: markers at the starts of lines).
    """
    places = {(i, kind.style): kind for i, kind in _lines_with_seconds(string, lines, starts)}
    places |= {(i, kind.style): kind for i, kind in _lines_that_count_on(string, lines, firsts)}
    places |= {(i, "1."): _KIND_OF_STYLE["1."] for i in _lines_with_figures(string, lines, starts, firsts)}
    found: dict[int, list[list[Node]]] = {}
    for (index, _), kind in sorted(places.items()):
        runs = [r for r in _runs(string, lines[index], index, kind) if len(r) > 1]
        if runs:
            found.setdefault(index, []).extend(runs)
    return found


def _lines_with_seconds(string: str, lines: tuple[Line, ...], starts: Sequence[int]) -> Iterator[tuple[int, _Inline]]:
    """Lines that hold a 2 of some style. Looking for the digit alone is far cheaper than for 二是, 二要, 2. …"""
    kind_of = _KIND_OF_SECOND.get
    for digit, third, size in (("二", "三", 2), ("2", "3", 2), ("②", "③", 1)):
        at = string.find(digit)
        while at >= 0:
            kind = kind_of(string[at : at + size])
            if kind is not None:
                line = lines[i := bisect_right(starts, at) - 1]
                # a line that begins with 2. holds a run only if it holds 3. too
                if (
                    at < line.end
                    and line.table is None
                    and not line.meta
                    and (at - line.start > 2 or string.find(third, at, line.end) >= 0)
                ):
                    yield i, kind
            at = string.find(digit, at + 1)


def _lines_that_count_on(
    string: str, lines: tuple[Line, ...], firsts: dict[int, Node]
) -> Iterator[tuple[int, _Inline]]:
    """（五）… （六）…: lines that begin with a number and go on with the next; 5.… 6.… are known by their points."""
    for i, m in firsts.items():
        if m.value > 1 and m.style != "1." and m.style in _KIND_OF_STYLE and _counts_on(string, lines[i], m):
            yield i, _KIND_OF_STYLE[m.style]


def _counts_on(string: str, line: Line, m: Node) -> bool:
    """Whether the next number stands anywhere in the line that `m` begins."""
    return string.find(_next_numeral(m.style, m.number or "", m.value), m.content, line.end) >= 0


def _lines_with_figures(
    string: str, lines: tuple[Line, ...], starts: Sequence[int], firsts: dict[int, Node]
) -> Iterator[int]:
    """（四）建设标准茶园。5.推广良种…。6.改造…: numbers that run on through the sections, inside a line."""
    for sign, pattern in _POINTS:
        for m in pattern.finditer(string) if sign in string else ():
            at = m.start()
            line = lines[i := bisect_right(starts, at) - 1]
            if at < line.end and line.table is None and not line.meta:
                inside = at - line.start > 5 and not string[at + 1 : at + 2].isdecimal()
                first = None if inside else firsts.get(i)
                if inside or (first and first.style == "1." and first.value > 1 and _counts_on(string, line, first)):
                    yield i


@lru_cache(maxsize=1024)
def _next_numeral(style: str, number: str, value: int) -> str:
    if style == "①":
        return chr(0x2460 + value)
    return str(value + 1) if number.isascii() else from_int(value + 1)


def _runs(string: str, line: Line, index: int, kind: _Inline) -> list[list[Node]]:
    """Greedy runs 1, 2, 3 …; a run that begins with the line's own number may begin anywhere (3. … 4. …)."""
    runs: list[list[Node]] = []
    for m in kind.pattern.finditer(string, line.start, line.end):
        value = value_of(m.group(1))
        after = BLANKS.match(string, m.end(), line.end)
        end = after.end() if after else m.end()
        last = runs[-1] if runs else None
        joins = last is not None and value == last[-1].value + 1 and m.start() - last[-1].content >= _MIN_ITEM
        if not (joins or value == 1 or kind.style == "1." or _opens_line(string, line, m.start())):
            continue
        marker = Node(m.start(), end, 0, m[1], m[0], kind.style, end, inline=True, value=value, line=index)
        if joins and last is not None:
            last.append(marker)
        else:
            runs.append([marker])
    for run in runs:
        opens = not kind.word and _opens_line(string, line, run[0].start)
        if opens or (
            kind.style in _SENTENCES and len(run) > 1 and all(string[r.start - 1] in "。；)）" for r in run[1:])
        ):
            for r in run:
                r.inline = False  # paragraphs run together on one line
        if opens:
            run[0].start = line.start
    return runs


def _opens_line(string: str, line: Line, at: int) -> bool:
    return at - line.start <= 8 and not string[line.start : at].strip(" \t　*#>")
