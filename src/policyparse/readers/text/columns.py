"""Task tables whose cells lost their tabs: set apart by spaces or bars, or each on a line of its own.

A page saved as text often keeps nothing of a table but its words. Only a header that opens with 序号 and names a column
of units, with rows 1, 2, 3 … of the same width below it, counts as a table; or one of nothing but names of columns set
wide apart (时间　　工作内容　　责任部门), with at least two rows of its width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...lexicon import words
from ...numerals import to_int
from ...source import RawCell
from ...text import new
from .stacked import FEWEST, MOST_WRAPPED, by_column, digits, is_number, stacked

_BARS = "|｜│┃"
_HEAD = rf"[ \u3000{_BARS}]{{0,8}}(?:序\s?号|编\s?号)[ \u3000]{{0,8}}(?=[\s{_BARS}])"
HEAD = re.compile(rf"\n?{_HEAD}")
HEAD_BELOW = re.compile(rf"\n{_HEAD}")
"""The same on a later line. A pattern that begins with one character is searched ten times as fast as another."""
SERIAL, CODE = re.compile("序[ \u3000]?号"), "编号"
"""Without one of these a text has no such header."""
SET_APART = tuple(re.compile(gap + "(?:责任|牵头|负责|承办)") for gap in (" (?<=  )", "\u3000"))
"""Without one of these a text has no header without 序号: a column of units behind two blanks or a wide one."""
_UNITS = re.compile(r"责任|牵头|配合|主办|承办|负责|落实")
_GAPS = (re.compile(rf"[ \u3000]*[{_BARS}][ \u3000]*"), re.compile(r"[ \u3000]{2,}"), re.compile(r"[ \u3000]+"))
_NARROWEST, _WIDEST, _LONGEST_NAME = 3, 12, 12
_LONGEST_HEAD = 200
_Cells = list[tuple[int, RawCell]]
_Spans = list[tuple[int, int]]


def find_columns(strings: Sequence[str], starts: Sequence[int], first: int) -> tuple[_Cells, int] | None:
    """The table whose header begins on line `first`, with the number of the line after it."""
    if len(strings[first].strip(" \u3000")) <= _WIDEST and (table := stacked(strings, starts, first, _is_header)):
        return table
    for gap in _GAPS:
        names = [strings[first][a:b] for a, b in _cut(strings[first], gap)]
        if _is_header(names) and (aligned := _aligned(strings, starts, first, gap, len(names))):
            return aligned
    return None


def find_apart(strings: Sequence[str], starts: Sequence[int], first: int) -> tuple[_Cells, int] | None:
    """The table below a header of names of columns alone, rows and names set apart by two spaces or more."""
    gap = _GAPS[1]
    names = [strings[first][a:b] for a, b in _cut(strings[first], gap)] if len(strings[first]) <= _LONGEST_HEAD else []
    if not _is_header(names) or not all(n.endswith(words("table_columns")) for n in names):
        return None
    found, row, after = list(_row(first, starts[first], 0, _cut(strings[first], gap))), 1, first + 1
    for n in range(first + 1, len(strings)):
        spans = _cut(strings[n], gap)
        if not spans:
            continue
        if len(spans) != len(names) or n > after + 1:
            break
        found += _row(n, starts[n], row, spans)
        row, after = row + 1, n + 1
    return (found, after) if row > 2 else None


def _is_header(names: list[str]) -> bool:
    if not _NARROWEST <= len(names) <= _WIDEST or any(len(n) > _LONGEST_NAME for n in names):
        return False
    return any(_UNITS.search(n) for n in names)


def _cut(line: str, gap: re.Pattern[str]) -> _Spans:
    """Places of the cells of a line, without the bars around it."""
    edge = f" \u3000\t{_BARS}"
    start, end = len(line) - len(line.lstrip(edge)), len(line.rstrip(edge))
    spans, at = [], start
    for m in gap.finditer(line, start, end):
        spans.append((at, m.start()))
        at = m.end()
    return [*spans, (at, end)] if end > start else []


def _aligned(
    strings: Sequence[str], starts: Sequence[int], first: int, gap: re.Pattern[str], width: int
) -> tuple[_Cells, int] | None:
    """1    清理垃圾    各村    3月10日: a row a line, and under it what did not fit into its cells."""
    found: _Cells = []
    row, number, n, after = 0, 1, first, first
    edges: list[int] = []
    """Where the columns of the row begin, as the eye sees it."""
    while n < len(strings):
        spans = _cut(strings[n], gap)
        if spans:
            if len(spans) > width:
                spans = _names_whole(strings[n], spans)
            if row > 1 and n == after and (wrapped := _wrapped(strings, n, spans, edges)):
                found += [
                    (n, new(RawCell, (starts[n] + a, starts[n] + b, row - 1, column, 1, 1, False)))
                    for column, (a, b) in wrapped
                ]
                n = after = n + 1
                continue
            if len(spans) != width or (row and not is_number(strings[n][slice(*spans[0])], number)):
                break
            if row:
                number = (to_int(digits(strings[n][slice(*spans[0])])) or number) + 1
            found += _row(n, starts[n], row, spans)
            edges = [_seen(strings[n][:a]) for a, _ in spans]
            row, after = row + 1, n + 1
        n += 1
    return (found, after) if row > 2 else None


def _names_whole(line: str, spans: _Spans) -> _Spans:
    """李　　伟 is one name: two single characters of a row that has too many cells."""
    whole: _Spans = []
    joined = False
    for a, b in spans:
        single = b - a == 1 and "\u4e00" <= line[a] <= "\u9fff"
        if single and not joined and whole and whole[-1][1] - whole[-1][0] == 1 and line[whole[-1][0]] >= "\u4e00":
            whole[-1] = (whole[-1][0], b)
            joined = True
        else:
            whole.append((a, b))
            joined = False
    return whole


_INDENT = 4
_ASKEW = 2
_SIGN_OFF = re.compile(r"\s*(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s*")


def _wrapped(
    strings: Sequence[str], n: int, spans: _Spans, edges: list[int]
) -> list[tuple[int, tuple[int, int]]] | None:
    """What line `n` adds to cells of the row above: it stands under them, with nothing under 序号."""
    line = strings[n]
    if not line[:_INDENT].isspace() or len(spans) >= len(edges) or len(edges) == 0:
        return None
    if any(_SIGN_OFF.fullmatch(x) for x in strings[n : n + 2]):  # a signature below the table
        return None
    found: list[tuple[int, tuple[int, int]]] = []
    last = 0
    for a, b in spans:
        seen = _seen(line[:a])
        column = min(range(len(edges)), key=lambda k: abs(edges[k] - seen))
        if column <= last or abs(edges[column] - seen) > _ASKEW:
            return None
        found.append((column, (a, b)))
        last = column
    return found


def _seen(text: str) -> int:
    """Width of `text` in columns of a terminal: Chinese characters take two."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def _row(n: int, at: int, row: int, spans: _Spans) -> Iterator[tuple[int, RawCell]]:
    for column, (a, b) in enumerate(spans):
        yield n, RawCell(at + a, at + b, row, column, header=row == 0)


INLINE = re.compile(r"序号[ \u3000]+(?=\S)")
"""… 2024年2月26日 序号 整治任务 责任单位 1 清理垃圾 各村 2 …: a page saved as one line."""
_TOKEN = re.compile(r"[^\s]+")
_MOST_TOKENS = 3000


def _next_number(words: list[str], at: int, width: int, number: int) -> int:
    """Where the row ends that begins at `at`: as wide as the header, or, where no number follows, at the next."""
    own = min(at + width, len(words))
    if own == len(words) or words[own] == str(number):
        return own
    near = range(at + width - (width >= FEWEST), min(at + width + MOST_WRAPPED, len(words)))
    return next((n for n in near if words[n] == str(number)), own)


def find_inline(text: str, start: int, end: int) -> list[RawCell] | None:
    """The cells of the first table that is told in one line with the text around it."""
    head = INLINE.search(text, start, end)
    if head is None:
        return None
    tokens: _Spans = []
    if head.start() > start and not text[head.start() - 1].isspace():
        return None
    for m in _TOKEN.finditer(text, head.start(), end):
        tokens.append(m.span())
        if len(tokens) == _MOST_TOKENS:
            break
    width = next((k for k, (a, b) in enumerate(tokens[: _WIDEST + 1]) if k and text[a:b] == "1"), 0)
    if not _is_header([text[a:b] for a, b in tokens[:width]]):
        return None
    words = [text[a:b] for a, b in tokens]
    found = [RawCell(a, b, 0, k, header=True) for k, (a, b) in enumerate(tokens[:width])]
    row, at = 1, width
    while at + width - (width >= FEWEST) <= len(words) and words[at] == str(row):
        stop = _next_number(words, at, width, row + 1)
        edges = by_column(words[at:stop], words[:width], 0)
        if edges is None:
            break
        found += [RawCell(tokens[at + a][0], tokens[at + b - 1][1], row, k) for k, (a, b) in enumerate(edges) if b > a]
        row, at = row + 1, stop
    return found if row > 2 else None
