"""A table of Word -> rows of cells in one grid, and what it is: data, disclosure metadata, or layout."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..html.items import Cell, Grid, Paragraph, Part
from ..html.tables import arrange
from .inline import alternative
from .lines import NODE
from .names import (
    ALTERNATE,
    DEL,
    INS,
    MOVE_TO,
    SDT,
    SDTCONTENT,
    TBLPR,
    TC,
    TCPR,
    TR,
    TRPR,
    child,
    number,
    on,
    value,
    w,
)
from .styles import Styles
from .told import WIDEST, OfCell, Told, draws

_GRID, _GRID_COL, _WIDTH, _HEADER, _BEFORE = w("tblGrid"), w("gridCol"), w("w"), w("tblHeader"), w("gridBefore")
_BORDERS, _STYLE = w("tblBorders"), w("tblStyle")
_TRANSPARENT = frozenset((SDT, ALTERNATE, w("customXml"), INS, MOVE_TO, w("smartTag")))
_PLAIN = OfCell()
_CLOSE = 100
"""Borders nearer than this (5 points, in twentieths) were meant to be one: tables drawn by hand."""
_LAYOUT_ROWS = 3
"""A table without upright lines of no more rows is layout: red header, signatures, imprint."""
_SHORT = 40
"""Characters of a cell that shares its line with others: 某某市人民政府办公室 | 2020年3月5日印发."""


@dataclass(slots=True)
class Slot:
    """A cell where Word's grid has it."""

    cell: Cell
    start: int
    span: int
    goes_on: bool = False
    """Merged with the cell above."""
    own: bool = True


class TableBuilder:
    """Collects the rows of one table."""

    def __init__(self, properties: Any, styles: Styles) -> None:
        self.rows: list[list[Slot]] = []
        self.aside: list[Part] = []
        self._edges: list[int] = []
        self._ruled = _is_ruled(properties, styles)
        self._header = False

    def widths(self, grid: Any) -> None:
        """w:tblGrid: where the columns begin."""
        at = 0
        for column in grid:
            if column.tag == _GRID_COL and len(self._edges) < WIDEST:
                self._edges.append(at)
                at += max(number(column.get(_WIDTH)), 0)

    def row(self, element: Any) -> bool:
        """A row begins; False when it was deleted."""
        trpr = child(element, TRPR)
        if trpr is not None and child(trpr, DEL) is not None:
            return False
        before = number(value(trpr, _BEFORE)) if trpr is not None else 0
        self._header = trpr is not None and bool(on(trpr, _HEADER))
        self.rows.append([])
        if 0 < before < WIDEST:
            self.rows[-1].append(Slot(Cell(len(self.rows) - 1), 0, before))
        return True

    def cell(self, told: OfCell, parts: list[Part]) -> None:
        """A cell of the row, with what stands in it."""
        row = self.rows[-1]
        self._ruled = self._ruled or told.ruled
        if told.deleted:
            return
        if told.beside and row:
            row[-1].span += 1
            row[-1].cell.parts += parts
            return
        for part in parts:
            if part.kind == "boilerplate":
                self.aside += [p for p in parts if p.kind == "boilerplate"]
                parts = [p for p in parts if p.kind != "boilerplate"]
                break
        start = row[-1].start + row[-1].span if row else 0
        row.append(Slot(Cell(len(self.rows) - 1, 1, 1, self._header, parts), start, told.span, told.goes_on))

    def finish(self) -> list[Part]:
        """The parts that the table comes to."""
        rows = _in_grid(self._merged(), self._edges)
        cells = [c for row in rows for c in row]
        nested = any(isinstance(p, Grid) for c in cells for p in c.parts)
        if nested and _holds_small_tables(cells):
            nested = False
            for cell in cells:
                cell.parts = [_flat(p) if isinstance(p, Grid) else p for p in cell.parts]
        for cell in cells:
            cell.settle()
        found: list[Part] | None = None
        if nested or self._ruled or len(rows) > _LAYOUT_ROWS:
            found = arrange(cells, NODE, nested)
        if found is None or not any(isinstance(p, Grid) or p.kind == "meta" for p in found):
            found = _layout(rows)
        return [*found, *self.aside]

    def _merged(self) -> list[list[Slot]]:
        """Rows of the slots that begin there; merged cells reach down over the rows that are left."""
        rows: list[list[Slot]] = []
        above: dict[int, Slot] = {}
        for row in self.rows:
            here: dict[int, Slot] = {}
            for slot in row:
                over = above.get(slot.start) if slot.goes_on else None
                here[slot.start] = over or slot
                slot.own = over is None
                if over is not None:  # what stands in the merged part is not printed
                    self.aside += [Paragraph(p.text, NODE, kind="boilerplate") for p in _paragraphs(slot.cell.parts)]
            own = [slot for slot in row if slot.own]
            if len(own) > 1 or any(slot.cell.parts for slot in own):
                rows.append(own)
                for slot in row:
                    if not slot.own:
                        here[slot.start].cell.rowspan += 1
            else:  # an empty row is left out, and merges with nothing
                here = {slot.start: here[slot.start] for slot in row if not slot.own}
            above = here
        return rows


def read_table(element: Any, styles: Styles, told: Told, read: Callable[[Any], list[Part]]) -> list[Part]:
    """The parts that a w:tbl comes to; `read` gives what stands in a cell."""
    table = TableBuilder(child(element, TBLPR), styles)
    _rows(element, table, told, read)
    return table.finish()


def _rows(parent: Any, table: TableBuilder, told: Told, read: Callable[[Any], list[Part]]) -> None:
    for element in parent:
        tag = element.tag
        if tag == TR:
            if table.row(element):
                _cells(element, table, told, read)
        elif tag == _GRID:
            table.widths(element)
        elif tag in _TRANSPARENT:
            _rows(_inside(element), table, told, read)


def _cells(parent: Any, table: TableBuilder, told: Told, read: Callable[[Any], list[Part]]) -> None:
    for element in parent:
        tag = element.tag
        if tag == TC:
            tcpr = element[0] if len(element) else None
            said = told.of_cell(tcpr) if tcpr is not None and tcpr.tag == TCPR else _PLAIN
            table.cell(said, read(element))
        elif tag in _TRANSPARENT:
            _cells(_inside(element), table, told, read)


def _inside(element: Any) -> Any:
    """What a frame around rows or cells holds."""
    if element.tag == SDT:
        content = child(element, SDTCONTENT)
        return () if content is None else content
    return alternative(element) if element.tag == ALTERNATE else element


def _paragraphs(parts: list[Part]) -> list[Paragraph]:
    return [p for p in parts if isinstance(p, Paragraph)]


def _in_grid(rows: list[list[Slot]], edges: list[int]) -> list[list[Cell]]:
    """Rows of cells whose spans count only the columns that some row begins at."""
    places: dict[int, int] = {}
    where: dict[int, set[int]] = {}
    for n, row in enumerate(rows):
        for slot in row:
            where.setdefault(slot.start, set()).add(n)
    starts = sorted(where)
    column, first = -1, 0
    for start in starts:
        together = column >= 0 and _near(edges, first, start) and where[first].isdisjoint(where[start])
        if together:
            where[first] |= where[start]
        else:
            column, first = column + 1, start
        places[start] = column
    for slot in (slot for row in rows for slot in row):
        end = slot.start + slot.span
        if end not in places:
            after = bisect_left(starts, end)
            places[end] = places[starts[after]] if after < len(starts) else column + 1
        slot.cell.colspan = max(places[end] - places[slot.start], 1)
    return [[slot.cell for slot in row] for row in rows]


def _near(edges: list[int], a: int, b: int) -> bool:
    return b < len(edges) and 0 <= edges[b] - edges[a] < _CLOSE


def _holds_small_tables(cells: list[Cell]) -> bool:
    """A table of data with a small one in some cell, rather than the frame of a page."""
    inner = sum(len(_flat(p).text) for c in cells for p in c.parts if isinstance(p, Grid))
    outer = sum(len(p.text) for c in cells for p in _paragraphs(c.parts))
    return inner < outer and sum(bool(c.parts) for c in cells) > 3


def _flat(grid: Grid) -> Paragraph:
    return Paragraph(" ".join(c.text for row in grid.rows for c in row if c.text), NODE)


def _is_ruled(properties: Any, styles: Styles) -> bool:
    """Do upright lines divide the columns?"""
    if properties is None:
        return False
    own = child(properties, _BORDERS)
    return draws(own if own is not None else styles.borders(value(properties, _STYLE)))


def _layout(rows: list[list[Cell]]) -> list[Part]:
    """The paragraphs of a table that only arranges them. A joint red header reads down its columns."""
    beside = _beside(rows)
    if beside is not None:
        left = [p for row in rows for c in row if c is not beside for p in c.parts]
        return [*left, *beside.parts] if beside is not rows[0][0] else [*beside.parts, *left]
    return [p for row in rows for p in _line(row)]


def _beside(rows: list[list[Cell]]) -> Cell | None:
    """The cell beside all the others (文件 beside the names of the bodies): merged, or alone in its column."""
    if len(rows) < 2 or len(rows[0]) != 2:
        return None
    for cell in rows[0]:
        if cell.rowspan >= len(rows):
            return cell
    second = [row[1] for row in rows if len(row) == 2 and row[1].parts]
    alone = len(second) == 1 and len(second[0].text) <= 4 and all(row[0].parts for row in rows)
    return second[0] if alone else None


def _line(row: list[Cell]) -> list[Part]:
    """Short cells of one row stand on one line of the print."""
    filled = [c for c in row if c.parts]
    texts = _paragraphs([p for c in filled for p in c.parts])
    if len(filled) < 2 or len(texts) != len(filled) or any(len(p.text) > _SHORT for p in texts):
        return [p for c in filled for p in c.parts]
    return [Paragraph("    ".join(p.text.strip() for p in texts), NODE, texts[-1].align)]
