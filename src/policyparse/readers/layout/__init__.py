"""From runs of text with boxes to lines, paragraphs and tables: shared by pdf, ofd and page images.

A reader of a format with pages gives `Page` values: what is printed where. `compose` puts it into reading order,
joins fragments to lines and lines to paragraphs, and makes the RawDoc with a box for each printed line. The work is
done by `lines` (runs -> lines), `tables` (the text of ruled cells), `furniture` (page numbers,
running headers), `paragraphs` (lines -> paragraphs) and `write` (the RawDoc).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ...limits import Budget
from ...source import RawDoc

Warn = tuple[str, str, int, int]
"""(diagnostic code, message, start, end in `raw`; 0, 0: about the file)."""


class Run(NamedTuple):
    """A piece of text on a page, on one line. Points from the page's top left corner, y downwards."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float = 0.0
    """Font size in points; 0 = not known."""
    bold: bool = False
    confidence: float | None = None
    """0–1 for recognised text (OCR), null for text the file itself holds."""
    aside: bool = False
    """Set aside as boilerplate: a watermark, the letters round a seal."""


class Ruling(NamedTuple):
    """A straight line of the page, horizontal (y0 = y1) or vertical (x0 = x1): table borders, the red line."""

    x0: float
    y0: float
    x1: float
    y1: float


class GridCell(NamedTuple):
    """A cell of a ruled table: its box, and its place in the grid from 0."""

    x0: float
    y0: float
    x1: float
    y1: float
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class Grid:
    """A ruled table on one page (module `grid` finds them in the rulings)."""

    x0: float
    y0: float
    x1: float
    y1: float
    cells: list[GridCell]


class Link(NamedTuple):
    """A place of the page that leads elsewhere."""

    x0: float
    y0: float
    x1: float
    y1: float
    target: str


@dataclass(slots=True)
class Page:
    """What one page shows. `number` counts from 1."""

    number: int
    width: float
    height: float
    runs: list[Run]
    grids: list[Grid] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    turned: int = 0
    """Clockwise quarter turns that were needed to make the text upright: all places above are those of the turned
    page, the boxes that `compose` gives are those of the page as it is shown."""


def compose(
    pages: Iterable[Page],
    budget: Budget,
    *,
    reader: str,
    media_type: str,
    warnings: tuple[Warn, ...] = (),
) -> RawDoc:
    """The pages as one RawDoc."""
    from .furniture import mark_furniture
    from .pages import Laid, lay_out
    from .paragraphs import paragraphs
    from .write import write

    laid: list[Laid] = []
    sheets: list[Page] = []
    for page in pages:
        budget.tick()
        sheet = replace(page, runs=[], grids=[], rulings=[])  # of thousands of pages only the lines are kept
        sheets.append(sheet)
        for part in lay_out(page):
            part.page = sheet
            laid.append(part)
    mark_furniture(laid, len(sheets))
    return write(paragraphs(laid), sheets, reader=reader, media_type=media_type, warnings=warnings)
