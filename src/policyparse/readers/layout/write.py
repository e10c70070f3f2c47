"""Paragraphs and tables -> RawDoc: the string, its blocks and tables, and a box for each stretch of a printed line."""

from __future__ import annotations

from itertools import pairwise

from ...source import Align, BlockKind, Place, RawBlock, RawBox, RawCell, RawDoc, RawTable
from . import Link, Page, Warn
from .lines import Line
from .paragraphs import Paragraph
from .tables import Table, seam


class _Writer:
    """Joins the parts into `RawDoc.raw`."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.blocks: list[RawBlock] = []
        self.tables: list[RawTable] = []
        self.boxes: list[RawBox] = []

    def put(self, string: str) -> None:
        if string:
            self.pieces.append(string)
            self.length += len(string)

    def line(self, line: Line) -> None:
        at = self.length
        self.boxes += [
            RawBox(at + s.start, at + s.end, line.page, s.x0, s.y0, s.x1, s.y1, s.confidence)
            for s in line.stretches
            if s.end > s.start
        ]
        self.put(line.text)

    def block(self, start: int, kind: BlockKind, place: Place, align: Align | None = None) -> None:
        self.blocks.append(RawBlock(start, self.length, kind, place, align))

    def paragraph(self, paragraph: Paragraph) -> None:
        start = self.length
        lines = paragraph.lines
        self.line(lines[0])
        for a, b in pairwise(lines):
            self.put(seam(a.text, b.text))
            self.line(b)
        kind: BlockKind = "boilerplate" if paragraph.aside else "paragraph"
        self.block(start, kind, Place(lines[0].page, len(self.blocks) + 1), paragraph.align)
        self.put("\n")

    def table(self, table: Table) -> None:
        cells: list[RawCell] = []
        number = len(self.tables) + 1
        for n, cell in enumerate(table.cells):
            start = self.length
            for line, join in zip(cell.lines, [*cell.joins, ""], strict=False):
                self.line(line)
                self.put(join)
            self.block(start, "cell", Place(cell.page, len(self.blocks) + 1, number, cell.row + 1, cell.column + 1))
            cells.append(RawCell(start, self.length, cell.row, cell.column, cell.rowspan, cell.colspan))
            last = n + 1 == len(table.cells) or table.cells[n + 1].row != cell.row
            self.put("\n" if last else "\t")
        place = Place(table.page, table=number)
        self.tables.append(RawTable(cells[0].start, cells[-1].end, tuple(cells), place))
        for line in table.set_aside:
            self.paragraph(Paragraph([line], aside=True))


def write(
    parts: list[Paragraph | Table],
    pages: list[Page],
    *,
    reader: str,
    media_type: str,
    warnings: tuple[Warn, ...] = (),
) -> RawDoc:
    """The RawDoc of what stands on the pages."""
    out = _Writer()
    for part in parts:
        if isinstance(part, Table):
            out.table(part)
        else:
            out.paragraph(part)
    if not any(b.end > b.start for b in out.blocks):
        warnings += (("empty-document", "no page of the file has text", 0, 0),)
    links = {page.number: page.links for page in pages if page.links}
    return RawDoc(
        "".join(out.pieces).removesuffix("\n"),
        tuple(out.blocks),
        tuple(out.tables),
        reader=reader,
        media_type=media_type,
        pages=len(pages),
        warnings=warnings,
        links=_linked(out.boxes, links) if links else (),
        boxes=_as_shown(out.boxes, pages),
        page_sizes=tuple(map(_size_as_shown, pages)),
    )


def _size_as_shown(page: Page) -> tuple[float, float]:
    return (page.height, page.width) if page.turned % 2 else (page.width, page.height)


def _as_shown(boxes: list[RawBox], pages: list[Page]) -> tuple[RawBox, ...]:
    """The boxes of turned pages turned back."""
    turned = {page.number: page for page in pages if page.turned}
    return tuple(_turned_back(b, turned[b.page]) if b.page in turned else b for b in boxes) if turned else tuple(boxes)


def _turned_back(box: RawBox, page: Page) -> RawBox:
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    if page.turned == 1:
        x0, y0, x1, y1 = y0, page.width - x1, y1, page.width - x0
    elif page.turned == 2:
        x0, y0, x1, y1 = page.width - x1, page.height - y1, page.width - x0, page.height - y0
    else:
        x0, y0, x1, y1 = page.height - y1, x0, page.height - y0, x1
    return box._replace(x0=x0, y0=y0, x1=x1, y1=y1)


def _linked(boxes: list[RawBox], links: dict[int, list[Link]]) -> tuple[tuple[int, int, str], ...]:
    """Which characters each link of a page covers, by their share of the line's width."""
    found: list[tuple[int, int, str]] = []
    for box in boxes:
        for link in links.get(box.page, ()):
            if not (link.y0 <= (box.y0 + box.y1) / 2 <= link.y1 and link.x0 < box.x1 and link.x1 > box.x0):
                continue
            each = (box.x1 - box.x0) / (box.end - box.start) or 1.0
            start = box.start + max(0, round((link.x0 - box.x0) / each))
            end = box.start + min(box.end - box.start, round((link.x1 - box.x0) / each))
            if end > start:
                found.append((start, end, link.target))
    return tuple(sorted(found))
