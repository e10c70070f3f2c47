"""Tables of a Word 97 file: paragraphs with cell marks and row ends -> cells with spans ([MS-DOC] 2.4.3, 2.4.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..docx.tables import Slot
from ..flow import Table
from ..html.items import Cell, Part
from .properties import modifiers

_DEFINITION, _VERTICAL_MERGE, _MERGE, _HEADER = 0xD608, 0xD62B, 0x5624, 0x3404
_BORDERS = {0xD605: (5, 13, 21), 0xD613: (13, 29, 45)}
"""Of sprmTTableBorders80 and sprmTTableBorders: where the kinds of the left, right and inner upright lines stand."""
_TABLE_STYLE = 0x563A
_NO_STYLE = (0, 11, 0xFFF)
"""Style 11 is that of tables without any style (2.9.271)."""
_MOST_CELLS = 64


class Shape(NamedTuple):
    """What a row looks like."""

    edges: tuple[int, ...] = ()
    """Left border of each cell, and the right one of the last, in 1/20 point; () when not known."""
    joined: tuple[int, ...] = ()
    """For each cell: 1 = goes on from the cell on the left, 2 = from the cell above, 0 = stands for itself."""
    header: bool = False
    ruled: bool = False
    """Upright lines stand between its cells."""


class Row(NamedTuple):
    """A row of a table: its cells' parts, and its shape."""

    cells: list[list[Part]]
    edges: tuple[int, ...]
    joined: tuple[int, ...]
    header: bool
    ruled: bool


def row_shape(data: bytes) -> Shape:
    """The shape that the modifiers at the end of a row give it (2.6.3, 2.9.321 TDefTableOperand)."""
    edges: tuple[int, ...] = ()
    joined: list[int] = []
    header = ruled = False
    for sprm, operand in modifiers(data):
        if sprm == _DEFINITION and operand:
            edges, joined, lines = _definition(operand)
            ruled = ruled or lines
        elif sprm == _VERTICAL_MERGE and len(operand) == 2 and operand[0] < len(joined):
            joined[operand[0]] = 2 if operand[1] == 1 else joined[operand[0]] & 1
        elif sprm == _MERGE and len(operand) == 2:
            for n in range(operand[0] + 1, min(operand[1], len(joined))):
                joined[n] = 1
        elif sprm == _HEADER:
            header = bool(operand[0])
        elif sprm in _BORDERS:
            ruled = ruled or any(operand[n : n + 1] not in (b"", b"\0", b"\xff") for n in _BORDERS[sprm])
        elif sprm == _TABLE_STYLE:
            ruled = ruled or int.from_bytes(operand, "little") not in _NO_STYLE
    return Shape(edges, tuple(joined), header, ruled)


def _definition(operand: bytes) -> tuple[tuple[int, ...], list[int], bool]:
    count = min(operand[0], _MOST_CELLS, (len(operand) - 3) // 2)
    edges = tuple(int.from_bytes(operand[n : n + 2], "little", signed=True) for n in range(1, 2 * count + 3, 2))
    first = 1 + 2 * (count + 1)
    joined: list[int] = []
    ruled = False
    for n in range(count):  # TC80 (2.9.312): two bits for the merging with the left, two for that with the row above
        bits = int.from_bytes(operand[first + 20 * n : first + 20 * n + 2], "little")
        joined.append(1 if bits & 3 == 1 else 2 if bits >> 5 & 3 == 1 else 0)
        upright = operand[first + 20 * n + 9 : first + 20 * n + 20 : 8]  # kinds of line on the left and on the right
        ruled = ruled or any(kind not in (0, 255) for kind in upright)
    return edges, joined, ruled


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

    def end_row(self, shape: Shape) -> None:
        """The innermost row is complete."""
        inner = self._open[-1]
        if inner.cell:
            self.end_cell()
        if inner.cells:
            inner.rows.append(Row(inner.cells, *shape))
        inner.cells = []

    def _close(self) -> None:
        self.end_row(Shape())
        rows = self._open.pop().rows
        target = self._open[-1].cell if self._open else self._parts
        if rows:
            target.extend(build(rows))


def build(rows: list[Row]) -> list[Part]:
    """The parts that the rows of a table come to."""
    edges = sorted({edge for row in rows for edge in row.edges})
    place = {edge: n for n, edge in enumerate(edges)}
    table = Table(edges, any(row.ruled for row in rows))
    table.rows = [_slots(n, row, place) for n, row in enumerate(rows)]
    return table.finish()


def _slots(n: int, row: Row, place: dict[int, int]) -> list[Slot]:
    """The cells of a row where the grid of the table has them."""
    known = len(row.edges) == len(row.cells) + 1 and list(row.edges) == sorted(row.edges)
    places = [place[edge] for edge in row.edges] if known else list(range(len(row.cells) + 1))
    found: list[Slot] = []
    if places[0] > 0:
        found.append(Slot(Cell(n), 0, places[0]))  # the row begins further right
    for k, parts in enumerate(row.cells):
        joined = row.joined[k] if known and k < len(row.joined) else 0
        span = max(places[k + 1] - places[k], 1)
        if joined == 1 and k:
            found[-1].span += span
            found[-1].cell.parts += parts
        else:
            cell = Cell(n, header=row.header, parts=list(parts))
            found.append(Slot(cell, places[k], span, joined == 2))
    return found
