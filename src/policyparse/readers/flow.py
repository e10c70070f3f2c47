"""From paragraphs and tables in reading order to a RawDoc: shared by doc, rtf, Word 2003 XML and OpenDocument.

What a table is, data or layout, is decided by the rule for web pages (html_tables), so that a document gives the
same blocks in every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..limits import Budget
from ..source import Align, Place, RawBlock, RawCell, RawDoc, RawTable
from .html_items import Cell, Grid, Node, Paragraph, Part
from .html_tables import arrange

NODE = Node(None)
_SPACE = re.compile(r"\s+")
# 抄送：…  |  …办公室 2018年12月13日印发: the imprint (GB/T 9704 7.4) is often set as a table
_CC = re.compile(r"(?:抄\s*[送报]|主题词|分\s*送)\s*[：:]")
_PRINTED = re.compile(r"(?:\d|[〇○零一二三四五六七八九十])日?\s*印发?$|印发$")
_IMPRINT_ROWS = 8
# A局 | 文件 / B局: the red header of a joint notice
_RED_HEAD = re.compile(r"(?:\w{2,40}(?:局|委|厅|部|府|会|办|院|行|室|社|署|司|处))?\s*文\s*件")
_RED_ROWS = 12


def paragraph(
    text: str,
    align: Align | None = None,
    heading: int | None = None,
    links: Iterable[tuple[int, int, str]] = (),
) -> Paragraph:
    """A paragraph; `links` are (start, end, target)."""
    return Paragraph(text, NODE, align, heading, links=list(links))


def table(rows: list[list[Cell]], nested: bool = False) -> list[Part]:
    """The parts that a table comes to: a Grid, or its paragraphs when it is there for the layout.

    Cells hold their parts and spans. `nested`: it has tables inside.
    """
    cells = [cell for row in rows for cell in row]
    for n, row in enumerate(rows):
        for cell in row:
            cell.row = n
            cell.settle()
    if nested or _is_layout(rows):
        return [part for cell in cells for part in cell.parts]
    return arrange(cells, NODE, nested)


def _is_layout(rows: list[list[Cell]]) -> bool:
    """The imprint, or the red header of a joint notice."""
    texts = [cell.text.strip() for row in rows for cell in row if cell.text.strip()]
    if not texts:
        return True
    if len(rows) <= _IMPRINT_ROWS and (_CC.match(texts[0]) or _PRINTED.search(texts[-1])):
        return len(texts) <= 3 * _IMPRINT_ROWS
    return len(rows) <= _RED_ROWS and len(texts) <= _RED_ROWS + 4 and any(map(_RED_HEAD.fullmatch, texts[:_RED_ROWS]))


class Flow:
    """Collects the parts, then the asides (headers, footers, notes), and joins them."""

    def __init__(self, reader: str, media_type: str) -> None:
        self.parts: list[Part] = []
        self._asides: dict[str, None] = {}
        self._reader = reader
        self._media_type = media_type
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[RawBlock] = []
        self._tables: list[RawTable] = []
        self._links: list[tuple[int, int, str]] = []

    def aside(self, parts: Iterable[Part]) -> None:
        """Text that is kept apart; the same header on several sections is kept once."""
        for part in parts:
            for text in [part.text] if isinstance(part, Paragraph) else [c.text for row in part.rows for c in row]:
                if text.strip():
                    self._asides.setdefault(text)

    def document(
        self, budget: Budget, damage: Iterable[str] = (), encoding: str | None = None, pages: int | None = None
    ) -> RawDoc:
        """The whole; `damage` says what could not be read."""
        for n, part in enumerate(self.parts):
            if n % 1000 == 0:
                budget.tick()
            if isinstance(part, Grid):
                self._grid(part)
            else:
                self._paragraph(part)
        warnings = [("damaged-file", message, 0, 0) for message in damage]
        if not any(b.end > b.start for b in self._blocks):
            warnings.append(("empty-document", "the file has no text", 0, 0))
        for text in self._asides:
            self._block(text, "boilerplate")
        return RawDoc(
            "".join(self._pieces).removesuffix("\n"),
            tuple(self._blocks),
            tuple(self._tables),
            self._reader,
            self._media_type,
            encoding,
            pages,
            tuple(warnings),
            tuple(self._links),
        )

    def _put(self, string: str) -> int:
        at = self._length
        self._pieces.append(string)
        self._length += len(string)
        return at

    def _block(self, text: str, kind: str) -> int:
        at = self._put(text)
        place = Place(line=len(self._blocks) + 1)
        self._blocks.append(RawBlock(at, self._length, "boilerplate" if kind == "boilerplate" else "meta", place))
        self._put("\n")
        return at

    def _paragraph(self, part: Paragraph) -> None:
        if part.kind == "meta" or part.kind == "boilerplate":
            self._block(part.text, part.kind)
            return
        at = self._put(part.text)
        place = Place(line=len(self._blocks) + 1)
        self._blocks.append(RawBlock(at, self._length, "paragraph", place, part.align, part.heading))
        self._links.extend((at + start, at + end, target) for start, end, target in part.links)
        self._put("\n")

    def _grid(self, grid: Grid) -> None:
        cells: list[RawCell] = []
        number = len(self._tables) + 1
        for row in grid.rows:
            for n, cell in enumerate(row):
                at = self._put(cell.text)
                place = Place(None, len(self._blocks) + 1, number, cell.row + 1, cell.column + 1)
                self._blocks.append(RawBlock(at, self._length, "cell", place))
                cells.append(RawCell(at, self._length, cell.row, cell.column, cell.rowspan, cell.colspan, cell.header))
                self._put("\t" if n + 1 < len(row) else "\n")
        self._tables.append(RawTable(cells[0].start, cells[-1].end, tuple(cells), Place(table=number)))
