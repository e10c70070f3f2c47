"""Tables in plain text: lines with tabs, Markdown pipes, html tables written into a text file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, pairwise

from ...source import RawCell
from ...text import new
from ..html.items import Cell
from ..html.tables import place
from .columns import SET_APART, find_apart, find_columns
from .tab_rows import find_rows

Found = tuple[list[tuple[int, RawCell]], int]
"""Cells with the number of the line each starts on (none: these lines are no table); number of the line after them."""

_DIVIDER = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*){0,60}\|?\s*")
_BOLD_ROW = re.compile(r"\s*(?:<b>|<strong>|\*\*).{1,200}(?:</b>|</strong>|\*\*)\s*")
_QUOTED_LINES = 50
_CELL_TAG = re.compile(r"<(/?)(t[rdh])\b([^<>]{0,300})>", re.IGNORECASE)
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s{0,9}>", re.IGNORECASE)


class Lines:
    """The lines of a text without their line ends, with the place of each."""

    def __init__(self, text: str, *, even: bool = False) -> None:
        self.text = text
        self.strings = text.splitlines()
        self.even = even
        """Whether every line begins one character behind the end of the line before."""
        self._found = (0, 0)
        """A line and where it begins."""
        if text.startswith("\ufeff"):
            self.strings[0] = self.strings[0][1:]

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins: what tables ask for. Of most texts only some lines are asked for, in order."""
        starts = list(accumulate(map(len, self.text.splitlines(keepends=True)), initial=0))
        if self.text.startswith("\ufeff"):
            starts[0] = 1
        return starts

    def start(self, n: int) -> int:
        """Where line `n` begins."""
        known, at = self._found
        if n < known or not self.even:
            return self.starts[n]
        for line in self.strings[known:n]:
            at += len(line) + 1
        self._found = n, at
        return at

    def __len__(self) -> int:
        return len(self.strings)

    def __getitem__(self, n: int) -> str:
        return self.strings[n]

    @cached_property
    def last_table_end(self) -> int:
        """Where the last </table> of the text stands; -1 without one."""
        return max(self.text.rfind("</table"), self.text.rfind("</TABLE"))

    def line_at(self, offset: int) -> int:
        """Number of the line that holds the character at `offset`."""
        return bisect_right(self.starts, offset) - 1


def find_table(lines: Lines, n: int) -> Found | None:
    """The table that begins on line `n`; no cells when the lines from `n` on look like one but are none."""
    line = lines[n]
    if "\t" in line:
        return _tabbed(lines, n)
    if "|" in line and n + 1 < len(lines) and "-" in lines[n + 1] and _DIVIDER.fullmatch(lines[n + 1]):
        return _piped(lines, n)
    if line.lstrip()[:6].lower() == "<table":
        return _tagged(lines, n)
    if "号" in line[:14]:
        return find_columns(lines.strings, lines.starts, n)
    if any(apart.search(line) for apart in SET_APART):
        return find_apart(lines.strings, lines.starts, n)
    return None


def _tabbed(lines: Lines, first: int) -> Found | None:
    if "\t" not in lines[first].rstrip():
        return None  # a stray tab at the end of a line
    rows: list[tuple[int, int]] = []  # (first line, last line) of each row
    n = first
    while n < len(lines):
        last = _row_end(lines, n)
        if last is None:
            break
        rows.append((n, last))
        n = _past_break(lines, last + 1, lines[first].count("\t"))
    if not rows:
        return None
    if len({lines[a].count("\t") for a, _ in rows}) > 1 or len(rows) == 1:
        rows = find_rows(lines.strings, first) or rows
    return (_tab_cells(lines, rows) if _is_tabular(lines, rows) else []), rows[-1][1] + 1


_BREAK = re.compile(
    r"\s*(?:[-—–－=\[【*]{1,12}\s?)?(?:第|[Pp]age|[Cc]hunk)?\s?\d{1,4}\s?页?(?:\s?(?:/|of|共)\s?\d{1,4}\s?页?)?\s?[-—–－=\]】*]{0,12}\s*"
)
"""— 3 —, 第3页 共5页, [chunk 2/3]: what a page leaves between two rows."""
_LONGEST_BREAK = 30
_LINES_OF_A_BREAK = 3


def _past_break(lines: Lines, n: int, width: int) -> int:
    """Behind blank lines and a page number between two rows of the same width, else `n`."""
    at = n
    while at < min(n + _LINES_OF_A_BREAK, len(lines)) and "\t" not in lines[at]:
        if len(lines[at]) > _LONGEST_BREAK or (lines[at].strip() and _BREAK.fullmatch(lines[at]) is None):
            return n
        at += 1
    return at if at < len(lines) and lines[at].count("\t") == width > 1 else n


def _row_end(lines: Lines, n: int) -> int | None:
    """Last line of the table row on line `n`, None when the line is no row."""
    line = lines[n]
    if "\t" in line:
        if '"' not in line or line.count('"') % 2 == 0 or not re.search(r'(?:^|\t)"', line):
            return n
        open_quote = True
        for k in range(n + 1, min(n + _QUOTED_LINES, len(lines))):
            open_quote ^= lines[k].count('"') % 2 == 1
            if not open_quote:
                return k
        return n
    if n + 1 < len(lines) and "\t" in lines[n + 1] and _BOLD_ROW.fullmatch(line):
        return n  # <b>一、…任务</b> as a section row without tabs
    return None


def _is_tabular(lines: Lines, rows: list[tuple[int, int]]) -> bool:
    """Two rows of one width with text behind a tab; rosters (组长：<tab>姓名) and trailing tabs are no table."""
    inner = [lines[a].strip(" \u3000").rstrip("\t").count("\t") for a, _ in rows]
    first = [cell for a, _ in rows if (cell := lines[a].split("\t", 1)[0].strip())]
    if sum(1 for x in inner if x) < 2 or 2 * sum(cell[-1] in "：:" for cell in first) > len(first):
        return False
    width, times = Counter(lines[a].count("\t") for a, _ in rows if "\t" in lines[a]).most_common(1)[0]
    if width > 1:  # merged cells leave leading tabs (a two-level header), in rows that are all as wide as the first
        return times >= 2 and (times == len(rows) or not lines[rows[0][0]].startswith("\t"))
    return times >= 3 and not any(lines[a].startswith("\t") for a, _ in rows)


def _tab_cells(lines: Lines, rows: list[tuple[int, int]]) -> list[tuple[int, RawCell]]:
    width = max(lines[a].count("\t") for a, _ in rows) + 1
    found: list[tuple[int, RawCell]] = []
    for row, (a, b) in enumerate(rows):
        text = lines.text[lines.starts[a] : lines.starts[b] + len(lines[b])]
        spans = list(_split(text))
        for column, (s, e) in enumerate(spans):
            at, wide = lines.starts[a], width if len(spans) == 1 else 1
            found.append((a, new(RawCell, (at + s, at + e, row, column, 1, wide, False))))
    return found


def _split(row: str) -> Iterator[tuple[int, int]]:
    """Places of the cells of a row; the quotation marks around a cell of several lines are not part of it."""
    at = 0
    while True:
        end = row.find("\t", at)
        if row.startswith('"', at):
            close = re.compile(r'"(?=\t|\s*$)').search(row, at + 1)
            if close:
                yield at + 1, close.start()
                end = row.find("\t", close.end())
                if end < 0:
                    return
                at = end + 1
                continue
        if end < 0:
            yield at, len(row)
            return
        yield at, end
        at = end + 1


def _piped(lines: Lines, first: int) -> Found:
    found: list[tuple[int, RawCell]] = []
    n, row = first, 0
    while n < len(lines) and "|" in lines[n]:
        if n != first + 1:
            for column, (s, e) in enumerate(_pipes(lines[n])):
                at = lines.starts[n]
                found.append((n, RawCell(at + s, at + e, row, column, header=row == 0)))
            row += 1
        n += 1
    return found, n


def _pipes(line: str) -> Iterator[tuple[int, int]]:
    bars = [m.start() for m in re.finditer(r"(?<!\\)\|", line)]
    edges = bars if line.lstrip().startswith("|") else [-1, *bars]
    if not line.rstrip().endswith("|"):
        edges = [*edges, len(line)]
    for a, b in pairwise(edges):
        cell = line[a + 1 : b]
        lead = len(cell) - len(cell.lstrip())
        yield (a + 1 + lead, a + 1 + lead + len(cell.strip())) if cell.strip() else (a + 1, a + 1)


def _tagged(lines: Lines, first: int) -> Found | None:
    """An html table that a converter wrote into a text: it must open a line and close one."""
    begin = lines.starts[first]
    close = _TABLE_END.search(lines.text, begin) if begin < lines.last_table_end else None
    if close is None:
        return None
    end, last = close.start(), lines.line_at(close.start())
    if lines.text[close.end() : lines.starts[last] + len(lines[last])].strip():
        return [], last + 1
    tags = [*_CELL_TAG.finditer(lines.text, begin, end)]
    if not tags:
        return [], last + 1
    rows: list[list[Cell]] = []
    where: list[tuple[int, int]] = []
    for tag, following in zip(tags, [m.start() for m in tags[1:]] + [end], strict=True):
        if tag[1]:
            continue
        if tag[2].lower() == "tr" or not rows:
            rows.append([])
        if tag[2].lower() != "tr":
            spans = {k.lower(): max(int(v), 1) for k, v in _SPAN.findall(tag[3])}
            rows[-1].append(Cell(0, spans.get("row", 1), spans.get("col", 1), tag[2].lower() == "th"))
            where.append((tag.end(), following))
    rows = [row for row in rows if row]
    if len(where) < 2:
        return [], last + 1
    place(rows)
    cells = [c for row in rows for c in row]
    return [
        (lines.line_at(s), RawCell(s, e, c.row, c.column, c.rowspan, c.colspan, c.header))
        for c, (s, e) in zip(cells, where, strict=True)
    ], last + 1
