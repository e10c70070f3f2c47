"""Tables of a Word 97 file: paragraphs with cell marks and row ends -> cells with spans ([MS-DOC] 2.4.3, 2.4.4)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from .doc_paragraphs import modifiers
from .flow import table
from .html_items import Cell, Grid, Part

_DEFINITION, _VERTICAL_MERGE, _MERGE, _HEADER = 0xD608, 0xD62B, 0x5624, 0x3404
_NEAR = 40
"""Cell borders closer than this (1/20 point; 0.7 mm) are meant to be one."""
_MOST_CELLS = 64


class Row(NamedTuple):
    """A row of a table: its cells' parts, and its shape."""

    cells: list[list[Part]]
    edges: tuple[int, ...] = ()
    """Left border of each cell, and the right one of the last, in 1/20 point; () when not known."""
    joined: tuple[int, ...] = ()
    """For each cell: 1 = goes on from the cell on the left, 2 = from the cell above, 0 = stands for itself."""
    header: bool = False


def row_shape(data: bytes) -> tuple[tuple[int, ...], tuple[int, ...], bool]:
    """(edges, joined, header) of the modifiers at the end of a row (2.6.3, 2.9.321 TDefTableOperand)."""
    edges: tuple[int, ...] = ()
    joined: list[int] = []
    header = False
    for sprm, operand in modifiers(data):
        if sprm == _DEFINITION and operand:
            edges, joined = _definition(operand)
        elif sprm == _VERTICAL_MERGE and len(operand) == 2 and operand[0] < len(joined):
            joined[operand[0]] = 2 if operand[1] == 1 else joined[operand[0]] & 1
        elif sprm == _MERGE and len(operand) == 2:
            for n in range(operand[0] + 1, min(operand[1], len(joined))):
                joined[n] = 1
        elif sprm == _HEADER:
            header = bool(operand[0])
    return edges, tuple(joined), header


def _definition(operand: bytes) -> tuple[tuple[int, ...], list[int]]:
    count = min(operand[0], _MOST_CELLS, (len(operand) - 3) // 2)
    edges = tuple(int.from_bytes(operand[n : n + 2], "little", signed=True) for n in range(1, 2 * count + 3, 2))
    first = 1 + 2 * (count + 1)
    joined = []
    for n in range(count):  # TC80 (2.9.312): two bits for the merging with the left, two for that with the row above
        bits = int.from_bytes(operand[first + 20 * n : first + 20 * n + 2], "little")
        joined.append(1 if bits & 3 == 1 else 2 if bits >> 5 & 3 == 1 else 0)
    return edges, joined


@dataclass(slots=True)
class _Open:
    rows: list[Row] = field(default_factory=list)
    cells: list[list[Part]] = field(default_factory=list)
    cell: list[Part] = field(default_factory=list)


class Tables:
    """Sorts paragraphs into the tables they stand in, at any depth, and hands on what is finished."""

    def __init__(self, parts: list[Part]) -> None:
        self._parts = parts
        self._open: list[_Open] = []

    def at_depth(self, depth: int) -> list[Part]:
        """Where a paragraph that stands in so many tables belongs."""
        while len(self._open) > depth:
            self._close()
        while len(self._open) < depth:
            self._open.append(_Open())
        return self._open[-1].cell if self._open else self._parts

    @property
    def outside(self) -> list[Part]:
        """The parts before the table that is open."""
        return self._parts

    def end_cell(self) -> None:
        """The innermost cell is complete."""
        inner = self._open[-1]
        inner.cells.append(inner.cell)
        inner.cell = []

    def end_row(self, shape: tuple[tuple[int, ...], tuple[int, ...], bool]) -> None:
        """The innermost row is complete."""
        inner = self._open[-1]
        if inner.cell:
            self.end_cell()
        if inner.cells:
            inner.rows.append(Row(inner.cells, *shape))
        inner.cells = []

    def _close(self) -> None:
        self.end_row(((), (), False))
        rows = self._open.pop().rows
        target = self._open[-1].cell if self._open else self._parts
        if rows:
            target.extend(build(rows))


def build(rows: list[Row]) -> list[Part]:
    """The parts that the rows of a table come to."""
    columns = _columns(rows)
    found: list[list[Cell]] = []
    above: dict[int, Cell] = {}  # column -> the cell that a merged one below it belongs to
    for n, row in enumerate(rows):
        cells, above = _row(n, row, columns, above)
        found.append(cells)
    nested = any(isinstance(p, Grid) for row in found for cell in row for p in cell.parts)
    return table([row for row in found if row], nested)


def _columns(rows: list[Row]) -> list[int]:
    """Where the columns begin: all borders, those that nearly coincide taken as one."""
    columns: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not columns or edge - columns[-1] > _NEAR:
            columns.append(edge)
    return columns


def _row(n: int, row: Row, columns: list[int], above: dict[int, Cell]) -> tuple[list[Cell], dict[int, Cell]]:
    known = len(row.edges) == len(row.cells) + 1
    places = [bisect_right(columns, edge) - 1 for edge in row.edges] if known else list(range(len(row.cells) + 1))
    found: list[Cell] = []
    reach: dict[int, Cell] = {}
    if known and places[0] > 0:
        found.append(Cell(n, 1, places[0]))  # the row begins further right
    for k, parts in enumerate(row.cells):
        joined = row.joined[k] if known and k < len(row.joined) else 0
        start, width = places[k], max(places[k + 1] - places[k], 1)
        if joined == 1 and found:
            found[-1].colspan += width
            found[-1].parts.extend(parts)
            continue
        if joined == 2 and start in above:
            cell = above[start]
            cell.rowspan += 1
            cell.parts.extend(parts)
        else:
            cell = Cell(n, 1, width, row.header, list(parts))
            found.append(cell)
        reach[start] = cell
    return found, reach
