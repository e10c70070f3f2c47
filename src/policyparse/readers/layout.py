"""From runs of text with boxes to lines, paragraphs and tables: shared by pdf, ofd and page images.

A reader of a format with pages gives `Page` values: what is printed where. `compose` puts it into reading order,
joins fragments to lines and lines to paragraphs, and makes the RawDoc with a box for each printed line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ..limits import Budget
from ..source import Place, RawBlock, RawBox, RawDoc


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


@dataclass(slots=True)
class Page:
    """What one page shows. `number` counts from 1."""

    number: int
    width: float
    height: float
    runs: list[Run]
    grids: list[Grid] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)


def compose(
    pages: Iterable[Page],
    budget: Budget,
    *,
    reader: str,
    media_type: str,
    warnings: tuple[tuple[str, str, int, int], ...] = (),
) -> RawDoc:
    """The pages as one RawDoc."""
    parts: list[str] = []
    blocks: list[RawBlock] = []
    boxes: list[RawBox] = []
    sizes: list[tuple[float, float]] = []
    at = 0
    for page in pages:
        budget.tick()
        sizes.append((page.width, page.height))
        for run in sorted(page.runs, key=lambda r: (r.y0, r.x0)):
            end = at + len(run.text)
            blocks.append(RawBlock(at, end, "paragraph", Place(page.number, len(blocks) + 1)))
            boxes.append(RawBox(at, end, page.number, run.x0, run.y0, run.x1, run.y1))
            parts.append(run.text)
            at = end + 1
    return RawDoc(
        "\n".join(parts),
        tuple(blocks),
        reader=reader,
        media_type=media_type,
        pages=len(sizes),
        warnings=warnings,
        boxes=tuple(boxes),
        page_sizes=tuple(sizes),
    )
