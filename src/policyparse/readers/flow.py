"""From paragraphs and tables in reading order to a RawDoc: shared by doc, rtf, Word 2003 XML and OpenDocument.

Lines, numbers and tables follow the rules of the docx reader, so that a document gives the same blocks in each format.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..limits import Budget
from ..source import Align, RawDoc
from .docx.lines import NODE, lines_of, numbered
from .docx.raw import Assembly
from .docx.tables import Slot, TableBuilder
from .html.items import Grid, Paragraph, Part

BREAK, PAGE_BREAK = "\x0b", "\x0c"
"""A line and a page that end in the middle of a paragraph."""


def paragraphs(
    text: str,
    align: Align | None = None,
    outline: int | None = None,
    links: Iterable[tuple[int, int, str]] = (),
    number: str = "",
    *,
    cell: bool = False,
) -> list[Paragraph]:
    """The blocks of a paragraph; `outline` is its level from 0, `links` (start, end, target).

    `number` is its automatic number; one that ends in a tab stands as far from the text as typed notices have it.
    In a table's `cell` line breaks part names (县住建局 | 双石镇) and join no title.
    """
    found = list(links)
    if number:
        text, found = numbered(number, text, found)
    return lines_of(text, align, outline, found, None, cell=cell)


class Table(TableBuilder):
    """A table whose rows are known: `rows` of Slots, `edges` where the columns begin (1/20 point)."""

    def __init__(self, edges: list[int], ruled: bool) -> None:
        self.rows: list[list[Slot]] = []
        self.aside: list[Part] = []
        self._edges = edges
        self._ruled = ruled
        self._header = False


class Flow:
    """Collects the parts, then the asides (headers, footers, notes), and joins them."""

    def __init__(self, reader: str, media_type: str) -> None:
        self.parts: list[Part] = []
        self._asides: dict[str, None] = {}
        self._reader = reader
        self._media_type = media_type

    def aside(self, parts: Iterable[Part]) -> None:
        """Text that is kept apart; the same header on several sections is kept once."""
        for part in parts:
            texts = [c.text for row in part.rows for c in row] if isinstance(part, Grid) else [part.text]
            self._asides.update((text.strip(), None) for text in texts if text.strip())

    def document(self, budget: Budget, damage: Iterable[str] = ()) -> RawDoc:
        """The whole; `damage` says what could not be read."""
        budget.tick()
        assembly = Assembly()
        assembly.add(self.parts)
        assembly.add(Paragraph(text, NODE, kind="boilerplate") for text in self._asides)
        warnings = [("damaged-file", message, 0, 0) for message in damage]
        return assembly.finish(warnings, self._reader, self._media_type)
