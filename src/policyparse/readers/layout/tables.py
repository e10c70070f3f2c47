"""The text of ruled tables: which runs stand in which cell, and where a line in a cell is the end of a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from . import Grid, GridCell, Run
from .lines import Line, lines_of

_WORD = re.compile(r"\s*([（(《“‘〔【]*)(?:([!-~]{1,24})|[^!-~])([，。、；：！？）》”’】〕%％,.;:!?)]{0,2})")
_PAD = 5.0
"""Points between a cell's border and its text (Word: 0.19 cm)."""


@dataclass(slots=True)
class TableCell:
    """A cell and its lines; `joins[n]` is what stands between line n and the next."""

    box: GridCell
    """Where it stands on its page, and in the grid of that page."""
    row: int
    column: int
    rowspan: int
    colspan: int
    page: int
    lines: list[Line] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)


class _Column(NamedTuple):
    """The cells that begin at one place, and their upper ends."""

    tops: list[float]
    cells: list[TableCell]


@dataclass(slots=True)
class Table:
    """A ruled table, its cells row by row."""

    grid: Grid
    """On its first page."""
    page: int
    cells: list[TableCell]
    last_page: int
    height: int
    """Rows."""
    tall: list[TableCell] = field(default_factory=list)
    """Merged cells that go on over pages."""
    set_aside: list[Line] = field(default_factory=list)
    """The header that later pages repeat."""


def is_table(grid: Grid) -> bool:
    """Two columns and more than one cell; a frame round paragraphs is none."""
    return len(grid.cells) > 2 and max(c.column + c.colspan for c in grid.cells) > 1


def fill(grid: Grid, runs: list[Run], page: int) -> tuple[Table, list[Run]]:
    """The table, and the runs outside of it."""
    cells = sorted(grid.cells, key=lambda c: (c.row, c.column))
    height = max(c.row + c.rowspan for c in cells)
    table = Table(grid, page, [TableCell(c, c.row, c.column, c.rowspan, c.colspan, page) for c in cells], page, height)
    columns = sorted({round(c.x0, 1) for c in grid.cells})
    by_column: dict[float, _Column] = {x: _Column([], []) for x in columns}
    for cell in table.cells:
        column = by_column[round(cell.box.x0, 1)]
        column.tops.append(cell.box.y0)
        column.cells.append(cell)
    inside: dict[int, list[Run]] = {}
    outside: list[Run] = []
    for run in runs:
        place = _place(run, grid, columns, by_column)
        if place is None:
            outside.append(run)
        else:
            inside.setdefault(id(place), []).append(run)
    for cell in table.cells:
        if found := inside.get(id(cell)):
            cell.lines = lines_of(found, page)
    reach = _reach(table.cells)
    for cell in table.cells:
        if len(cell.lines) > 1:
            cell.joins = _joins(cell, reach[_column_of(cell)])
    return table, outside


def _column_of(cell: TableCell) -> tuple[float, float]:
    return round(cell.box.x0), round(cell.box.x1)


def _reach(cells: list[TableCell]) -> dict[tuple[float, float], float]:
    """How wide the lines of each column become: so much fits on a line, whatever the margins of its cells are."""
    reach: dict[tuple[float, float], float] = {}
    for cell in cells:
        place = _column_of(cell)
        for line in cell.lines:
            hangs = line.size if line.text.endswith(_HANGS) else 0.0
            reach[place] = max(reach.get(place, 0.0), line.x1 - line.x0 - hangs)
    return reach


_HANGS = tuple("，。、；：！？）》”’】〕%％,.;:!?)")
"""A mark at the end of a line may stand in the margin."""


def _place(run: Run, grid: Grid, columns: list[float], by_column: dict[float, _Column]) -> TableCell | None:
    """The cell that holds the middle of `run`."""
    x0, y0, x1, y1 = run[1:5]
    y = (y0 + y1) / 2
    x = min((x0 + x1) / 2, x0 + 0.5 * (y1 - y0) + 20)
    if not (grid.y0 <= y <= grid.y1 and grid.x0 - 1 <= x <= grid.x1 + 1):
        return None
    for n in range(bisect_right(columns, x + 0.5) - 1, -1, -1):
        tops, cells = by_column[columns[n]]
        at = bisect_right(tops, y) - 1
        if at >= 0:
            cell = cells[at]
            left, _, right, bottom, *_ = cell.box
            if y <= bottom and left - 0.5 <= x <= right + 0.5:
                return cell
    return None


def _joins(cell: TableCell, reach: float) -> list[str]:
    """Nothing where a line is full, a line feed where a paragraph of the cell ends."""
    return [
        seam(a.text, b.text) if is_full(cell.box, a, b) and not _had_room(a, b, reach) else "\n"
        for a, b in pairwise(cell.lines)
    ]


def _had_room(a: Line, b: Line, reach: float) -> bool:
    """河湾坪矿业 fits under 柳河煤业: a longer line of the column shows that one character more would have fitted.

    Not where digits are set apart from 月 by a quarter of a character, nor for a name padded over two lines (田　园).
    """
    found = _WORD.match(b.text)
    if found is None or found[2] or abs(a.size - b.size) > 0.1 or a.text.endswith(_HANGS):
        return False
    if a.text[-1:].isascii() or len(a.text.strip()) == len(b.text.strip()) == 1:
        return False
    needed = a.size * (1 + len(found[1]) + len(found[3]))
    return a.x1 - a.x0 + needed <= reach + 0.1 * a.size


def is_full(box: GridCell, a: Line, b: Line) -> bool:
    """Would the first word of `b` not have fitted on the line `a`? (Cells may be centred.)"""
    needed = room(b)
    return box.x1 - a.x1 - _PAD < needed or box.x1 - box.x0 - (a.x1 - a.x0) - 2 * _PAD < needed


def room(line: Line) -> float:
    """What the first word of `line` (with the marks round it, which stand with it) would need on the line before."""
    found = _WORD.match(line.text)
    if found is None:
        return 1.3 * line.size
    openers, word, marks = found.groups()
    return line.size * ((0.5 * len(word) + 0.3 if word else 1.3) + len(openers) + len(marks))


def seam(a: str, b: str) -> str:
    """What stands between two lines of one paragraph: a blank between Latin words, nothing between Chinese."""
    last, first = a[-1:], b[:1]
    return " " if last.isascii() and first.isascii() and last.isalpha() and first.isalpha() else ""
