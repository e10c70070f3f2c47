"""Paragraphs and tables -> RawDoc."""

from __future__ import annotations

from collections.abc import Iterable

from ...source import Place, RawBlock, RawCell, RawDoc, RawTable
from ..html.items import Cell, Grid, Part


class Assembly:
    """Joins the parts: blocks by a line feed, cells of a row by a tab."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[RawBlock] = []
        self._tables: list[RawTable] = []
        self._links: list[tuple[int, int, str]] = []

    def add(self, parts: Iterable[Part]) -> None:
        """Append parts in their order."""
        pieces, blocks = self._pieces, self._blocks
        for part in parts:
            if isinstance(part, Grid):
                self._grid(part)
                continue
            at = self._length
            end = at + len(part.text)
            pieces.append(part.text)
            pieces.append("\n")
            place = Place(None, len(blocks) + 1)
            blocks.append(RawBlock(at, end, part.kind or "paragraph", place, part.align, part.heading))
            if part.links:
                self._links += [(at + s, at + e, href) for s, e, href in part.links]
            self._length = end + 1

    def _grid(self, grid: Grid) -> None:
        cells: list[RawCell] = []
        number = len(self._tables) + 1
        for row in grid.rows:
            last = len(row) - 1
            for n, cell in enumerate(row):
                cells.append(self._cell(cell, number, "\t" if n < last else "\n"))
        self._tables.append(RawTable(cells[0].start, cells[-1].end, tuple(cells), Place(table=number)))

    def _cell(self, cell: Cell, number: int, separator: str) -> RawCell:
        at = self._length
        end = at + len(cell.text)
        self._pieces.append(cell.text)
        self._pieces.append(separator)
        self._length = end + 1
        place = Place(None, len(self._blocks) + 1, number, cell.row + 1, cell.column + 1)
        self._blocks.append(RawBlock(at, end, "cell", place))
        return RawCell(at, end, cell.row, cell.column, cell.rowspan, cell.colspan, cell.header)

    def finish(self, warnings: Iterable[tuple[str, str, int, int]], reader: str, media_type: str) -> RawDoc:
        """What was put together."""
        told = list(dict.fromkeys(warnings))
        if not any(b.end > b.start and b.kind != "boilerplate" for b in self._blocks):
            told.append(("empty-document", "the file has no text", 0, 0))
        return RawDoc(
            "".join(self._pieces).removesuffix("\n"),
            tuple(self._blocks),
            tuple(self._tables),
            reader=reader,
            media_type=media_type,
            warnings=tuple(told),
            links=tuple(self._links),
        )
