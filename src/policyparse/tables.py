"""Text -> Grids: rectangular tables with header detection, continuation over pages, and section rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from .diagnostics import Report
from .lexicon import words
from .squeeze import squeeze
from .steps import split_steps
from .text import Cell, Span, Text, TextTable

__all__ = ["Grid", "build_grids", "split_steps"]

MAX_COLUMNS = 100
_MAX_NAME = 20
"""A column name is not longer."""
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[）)]|第.{1,3}[章节类部条])\s*\S"
)
_VALUE = re.compile(r"[0-9.,%]+(?!\d*年)")
_BRACKETED = re.compile(r"[（(].*[）)]$", re.DOTALL)
_SENTENCE = re.compile(r"[。；;！？]")
_CONTINUED = re.compile(r"[（(]?(?:续表?|接上表|接上页)[一二三四五六七八九十0-9]{0,2}[）)]?")
# lines between a caption and its table: 单位：万元, 填报时间：
_SMALL_PRINT = re.compile(
    r"[（(]?(?:金额)?单位[：:]|(?:填报|填表|制表|报送|联系|审核)[^。]{0,40}$|[^。]{0,40}[：:]$|[（(].{1,20}[）)]$"
    r"|\d{4}年[\d 月日]{0,8}$"
)
_CAPTION_LINES = 4
_MAX_CAPTION = 60

_Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a reader sees it: merged cells repeated in every place they cover, repeated headers dropped."""

    start: int
    end: int
    header: tuple[str, ...]
    """Column names, white space removed; two levels joined with /. Empty when the table has none."""
    rows: tuple[_Row, ...]
    """Body rows, all of `len(header)` cells where there is a header."""
    sections: frozenset[int] = frozenset()
    """Indexes of rows that are one heading over the whole width."""
    caption: Span | None = None
    page: int | None = None

    def column(self, *names: str) -> int | None:
        """Index of the first column whose name holds one of `names`, tried in the order given."""
        return next((i for name in names for i, h in enumerate(self.header) if name in h), None)

    def section_of(self, row: int) -> int | None:
        """Index of the section row above `row`."""
        return max((i for i in self.sections if i < row), default=None)


def build_grids(text: Text, report: Report | None = None) -> tuple[Grid, ...]:
    """Find the tables of the text. Ragged rows are padded with empty cells and reported."""
    groups: list[list[Grid]] = []
    for table in text.tables:
        grid = _grid(text, table, report)
        if grid is None:
            continue
        if groups and _goes_on(text.string, groups[-1][0], groups[-1][-1], grid):
            groups[-1].append(grid)
        else:
            groups.append([grid])
    return tuple(_join(group) for group in groups)


def _grid(text: Text, table: TextTable, report: Report | None) -> Grid | None:
    """One table of the source; None for a frame of one column, which is layout and no table."""
    rows = _expand(text.string, table, report)
    if not rows or len(rows[0]) < 2:
        return None
    caption = None
    while len(rows) > 1 and _one_cell(rows[0]) and not _SECTION.match(text.string, rows[0][0].start, rows[0][0].end):
        caption = caption or Span(rows[0][0].start, rows[0][0].end)  # a title inside the table's frame
        rows = rows[1:]
    depth = _header_depth(text.string, rows)
    names = _names(text.string, rows[:depth])
    body = [r for r in rows[depth:] if not depth or not _repeats(text.string, r, rows[:depth])]
    sections = frozenset(i for i, r in enumerate(body) if _is_section(text.string, r))
    return Grid(
        table.start, table.end, names, tuple(body), sections, caption or _caption(text, table.start), table.page
    )


def _expand(string: str, table: TextTable, report: Report | None) -> list[_Row]:
    """Rows of equal length; a merged cell stands in every place it covers."""
    places: dict[tuple[int, int], Cell] = {}
    height = max((c.row for c in table.cells), default=-1) + 1
    covered = 0
    budget = 20 * len(table.cells) + 1000  # a hostile rowspan="9999" cannot blow the table up
    for c in table.cells:
        if c.rowspan <= 1 and c.colspan <= 1 and c.column < MAX_COLUMNS and covered < budget:
            covered += 1
            places.setdefault((c.row, c.column), c)
            continue
        columns = range(c.column, min(c.column + max(c.colspan, 1), MAX_COLUMNS))
        for r in range(c.row, min(c.row + max(c.rowspan, 1), height)):
            if covered >= budget:
                break
            covered += len(columns)
            for k in columns:
                places.setdefault((r, k), c)
    lengths = [0] * height
    for r, k in places:
        if k >= lengths[r]:
            lengths[r] = k + 1
    width = max(lengths, default=0)
    used = [r for r in range(height) if lengths[r]]
    if report and any(lengths[r] not in (width, 1) for r in used):
        report.add("table-irregular", f"rows of up to {width} cells, some shorter", Span(table.start, table.end))
    return [_row(places, r, width, table) for r in used]


def _row(places: dict[tuple[int, int], Cell], row: int, width: int, table: TextTable) -> _Row:
    cells: list[Cell] = []
    end = next((places[row, k].start for k in range(width) if (row, k) in places), table.start)
    for k in range(width):
        cell = places.get((row, k)) or Cell(end, end, row, k)
        cells.append(cell)
        if cell.end > end:
            end = cell.end
    return tuple(cells)


def _one_cell(row: _Row) -> bool:
    return len({c.start for c in row if c.end > c.start}) == 1 and row[0].colspan >= len(row) > 1


def _value(string: str, cell: Cell) -> str:
    return squeeze(string[cell.start : cell.end])


# ---- header


def _header_depth(string: str, rows: list[_Row]) -> int:
    """Number of header rows: 0, 1, or more where cells of the first row are merged."""
    if not rows:
        return 0
    marked, form = 0, len(rows) == 2 and _tall_and_wide(rows[0])
    while (
        marked < len(rows) - (not form)
        and all(c.header for c in rows[marked] if c.end > c.start)
        and not _one_cell(rows[marked])
    ):
        marked += 1
    if 0 < marked <= 3:
        return max(marked, 1)
    if not _looks_like_names(string, rows[0]):
        return 0
    depth = 2 if (len(rows) > 2 or form) and _second_level(string, rows[0], rows[1]) else 1
    while depth < min(len(rows), 4) and _remark_only(string, rows[depth]):
        depth += 1
    return depth


def _looks_like_names(string: str, row: _Row) -> bool:
    """序号 | 工作任务 | 责任单位 …: short, no sentences, and some of them usual column names."""
    values = [v for v in dict.fromkeys(_value(string, c) for c in row) if v]
    if len(values) < 2 or any(len(v) > _MAX_NAME or _SENTENCE.search(v) or _VALUE.match(v) for v in values):
        return False
    ends = words("table_columns")
    known = sum(v.split("（")[0].split("(")[0].endswith(ends) or v.startswith(ends) for v in values)
    return known >= 2 and known * 3 >= len(values)


def _second_level(string: str, first: _Row, second: _Row) -> bool:
    """A second row of column names under merged cells (or, in plain text, under empty cells)."""
    merged = any(c.colspan > 1 for c in first) or any(c.rowspan > 1 for c in first)
    if merged:
        below = [c for c in second if c.row != first[0].row and c.end > c.start]
        if any(_VALUE.match(string, c.start, c.end) or _SENTENCE.search(string, c.start, c.end) for c in below):
            return False  # the first row of the body, under a header of merged cells
        tall = any(a is b for a, b in zip(first, second, strict=True))
        wide = any(c.colspan > 1 for c in first)
        return (
            wide
            and bool(below)
            and all(c.end - c.start <= _MAX_NAME * 2 for c in below)
            and (tall or len(below) == len(second))
        )
    top = [c.end > c.start for c in first]
    sub = [c.end > c.start for c in second]
    if all(top) or not any(sub) or sub[0]:
        return False
    return all(b or a for a, b in zip(top, sub, strict=True)) and any(a and b for a, b in zip(top, sub, strict=True))


def _tall_and_wide(row: _Row) -> bool:
    """The head of an empty form: 街道 takes both lines, 2018年扶贫资金投入 the columns of the second."""
    return any(c.rowspan > 1 for c in row) and any(c.colspan > 1 for c in row)


def _remark_only(string: str, row: _Row) -> bool:
    """A row of bracketed remarks (使用金额，建设项目) that a plain-text copy put under the column names."""
    values = [_value(string, c) for c in row]
    return not values[0] and any(values) and all(not v or _BRACKETED.match(v) for v in values)


def _names(string: str, rows: list[_Row]) -> tuple[str, ...]:
    """2018年扶贫资金投入 over 投入金额 -> 2018年扶贫资金投入/投入金额."""
    if not rows:
        return ()
    if len(rows) > 1:
        rows = [_carry(rows[0], rows[1]), *rows[1:]]
    columns: list[str] = []
    for cells in zip(*rows, strict=True):
        parts = dict.fromkeys(v for v in (_value(string, c) for c in cells) if v)
        columns.append("/".join("".join(p.split()) for p in parts).replace("/（", "（").replace("/(", "("))
    return tuple(columns)


def _carry(first: _Row, second: _Row) -> _Row:
    """In plain text a wide header cell stands over its first column only: carry it over the empty ones."""
    cells = list(first)
    for i in range(1, len(cells)):
        if cells[i].end == cells[i].start and second[i].end > second[i].start and cells[i - 1].end > cells[i - 1].start:
            cells[i] = cells[i - 1]
    return tuple(cells)


def _repeats(string: str, row: _Row, header: list[_Row]) -> bool:
    """The header again, on the table's next page."""
    if all(c.start == row[0].start for c in row):
        return False
    last = max(h[-1].end - h[-1].start for h in header) + 8
    if row[-1].end - row[-1].start > last or row[0].end - row[0].start > _MAX_NAME * 2:
        return False  # most rows: no need to compare the words
    values = [_value(string, c) for c in row[:2]]
    return any(
        values == [_value(string, c) for c in h[:2]]
        and [_value(string, c) for c in row] == [_value(string, c) for c in h]
        for h in header
    )


def _is_section(string: str, row: _Row) -> bool:
    """One cell over the whole width, or only a numbered heading in the first cell."""
    filled = {c.start for c in row if c.end > c.start}
    if len(filled) != 1:
        return False
    first = next(c for c in row if c.end > c.start)
    if row[0] is row[-1] and len(row) > 1:
        return True
    return first is row[0] and bool(_SECTION.match(string, first.start, first.end)) and first.end - first.start > 4


# ---- caption, continuation


def _caption(text: Text, start: int) -> Span | None:
    """The short line above the table, over 单位：万元 and the like."""
    lines = text.lines
    i = bisect_left(lines, start, key=lambda line: line.start) - 1
    for line in reversed(lines[max(i - _CAPTION_LINES + 1, 0) : i + 1]):
        if line.table is not None or line.meta or line.end - line.start > _MAX_CAPTION:
            return None
        value = text.string[line.start : line.end].strip()
        if line.heading or not _SMALL_PRINT.match(value):
            return None if _SENTENCE.search(value) or value.endswith(("：", ":", "，")) else Span(line.start, line.end)
    return None


def _goes_on(string: str, first: Grid, before: Grid, after: Grid) -> bool:
    """Whether `after` continues the table: same header (or none), nothing new between the two."""
    if not after.rows or not before.rows or len(before.rows[0]) != len(after.rows[0]):
        return False
    if after.header and after.header != first.header:
        return False
    between = squeeze(string[before.end : after.start])
    title = squeeze(string[first.caption.start : first.caption.end]) if first.caption else ""
    rest = _CONTINUED.sub("", between.replace(title, "") if title else between).strip("#* ")
    return not rest and bool(after.header or not between or first.header)


def _join(group: list[Grid]) -> Grid:
    """One table of its pages."""
    if len(group) == 1:
        return group[0]
    rows = tuple(row for grid in group for row in grid.rows)
    sections: set[int] = set()
    shift = 0
    for grid in group:
        sections.update(i + shift for i in grid.sections)
        shift += len(grid.rows)
    return replace(group[0], end=group[-1].end, rows=rows, sections=frozenset(sections))
