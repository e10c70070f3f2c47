"""What every reader returns: one string, the blocks it is made of, and where each block stands in the file.

A reader never interprets: it gives the characters of the file in reading order as `RawDoc.raw`, and cuts that
string into blocks. Everything later points into `raw`, so that any value can be traced back to its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

BlockKind = Literal["paragraph", "cell", "meta", "boilerplate"]
Align = Literal["left", "center", "right"]


class Place(NamedTuple):
    """Where a block stands in the source file. Numbers count from 1; None = does not apply to the format."""

    page: int | None = None
    """Page of a paged format; number of the sheet in a workbook, whose row and column are those of the sheet itself."""
    line: int | None = None
    """Line of a text file, or paragraph number (block order) of html, docx, doc."""
    table: int | None = None
    row: int | None = None
    column: int | None = None


class RawBlock(NamedTuple):
    """A paragraph, a table cell, a line of page metadata, or boilerplate: `raw[start:end]`.

    kind `meta`: one `label：value` line of the page's disclosure table (政府信息公开目录) or front matter.
    kind `boilerplate`: navigation, scripts' leftovers, share buttons: set aside, never dropped.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    place: Place = Place()
    align: Align | None = None
    heading: int | None = None
    """1–6 when the format itself marks the block as a heading (h1, Markdown #)."""


class RawBox(NamedTuple):
    """Where `raw[start:end]` stands on a page: one stretch of a printed line.

    Points (1/72 inch) from the page's top left corner, y downwards, as the page is shown (after rotation).
    An image without a resolution counts one point a pixel.
    """

    start: int
    end: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float | None = None
    """0–1 for text recognised from an image, null for text the file itself holds."""


class RawCell(NamedTuple):
    """One table cell as written: `raw[start:end]`. `row` and `column` count from 0 in the table's grid."""

    start: int
    end: int
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    """True when the format itself says so (th, a repeated header row)."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table: its cells in reading order; `start`/`end` enclose all of them in `raw`."""

    start: int
    end: int
    cells: tuple[RawCell, ...]
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class RawDoc:
    """The file as a reader sees it. `raw` joins blocks with a line feed, cells of a row with a tab."""

    raw: str
    blocks: tuple[RawBlock, ...]
    tables: tuple[RawTable, ...] = ()
    reader: str = "text"
    media_type: str = "text/plain"
    encoding: str | None = None
    pages: int | None = None
    warnings: tuple[tuple[str, str, int, int], ...] = ()
    """(diagnostic code, message, start, end in `raw`): what the reader had to repair or could not decode."""
    links: tuple[tuple[int, int, str], ...] = ()
    """(start, end, target) of hyperlinks, for attachments' `href`."""
    boxes: tuple[RawBox, ...] = ()
    """Of formats with pages, by `start`, not overlapping."""
    page_sizes: tuple[tuple[float, float], ...] = ()
    """(width, height) of each page in points."""
    ascii: str | None = field(default=None, compare=False, repr=False)
    """The ASCII characters of `raw` alone, where the reader has looked at them already."""
    lines: tuple[str, ...] | None = field(default=None, compare=False, repr=False)
    """What each block holds, where the reader has cut a plain text: nothing but white space stands outside of them."""
