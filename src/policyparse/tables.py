"""Text -> Grids: rectangular tables with header detection, continuation over pages, and section rows."""

from __future__ import annotations

from dataclasses import dataclass

from .text import Cell, Span, Text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a reader sees it: merged cells repeated in every place they cover, repeated headers dropped."""

    start: int
    end: int
    header: tuple[str, ...]
    """Column names, white space removed; two levels joined with /. Empty when the table has none."""
    rows: tuple[tuple[Cell, ...], ...]
    """Body rows, all of `len(header)` cells where there is a header."""
    sections: frozenset[int] = frozenset()
    """Indexes of rows that are one heading over the whole width."""
    caption: Span | None = None
    page: int | None = None


def build_grids(text: Text) -> tuple[Grid, ...]:
    """Find the tables of the text."""
    return ()
