"""The canonical text and its exact map to the source, which `normalise` makes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from .source import Align, RawDoc

new = tuple.__new__
"""`new(Line, (…))` makes a named tuple in half the time of its own constructor: for the few made for every line."""


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """Half-open range of characters (Unicode code points): `text[span.start:span.end]`."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        _set_start(self, start)
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return self.start < other.end and other.start < self.end


# spans are many: the slots set directly take two thirds of the time of a frozen dataclass's own constructor
_set_start, _set_end = (getattr(Span, name).__set__ for name in Span.__slots__)


Segment = tuple[int, int, int, int]
"""(start, length, start in the source, length in the source): so many characters stand for so many of the source.

Equal lengths: copied one to one. Otherwise the stretch was replaced as a whole. A plain tuple, as they are given out:
a named one takes five times as long to make, and a text has one for every line.
"""


class Line(NamedTuple):
    """One paragraph of the canonical text (without its line feed), or one table row (`table` is its index)."""

    start: int
    end: int
    align: Align | None = None
    heading: int | None = None
    table: int | None = None
    meta: bool = False
    """A `label：value` line of page metadata that stands before (or around) the document proper."""
    indent: int = 0
    """White space characters that stood before the line in the source (a continuation row of a roster has many)."""


class SetAside(NamedTuple):
    """Source characters that are not in the canonical text: page numbers, crawler marks, navigation."""

    step: str
    source_start: int
    source_end: int


class Cell(NamedTuple):
    """A table cell of the canonical text; `row`/`column` from 0 in the table's own grid."""

    start: int
    end: int
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of the canonical text, as the reader gave it (one per page where the source repeats it)."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The canonical text: paragraphs separated by line feeds, cells of a table row by tabs."""

    string: str
    source: RawDoc
    segments: tuple[Segment, ...]
    lines: tuple[Line, ...]
    tables: tuple[TextTable, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    strings: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """What each line holds, where it is at hand."""
    _starts: list[int] = field(default_factory=list, compare=False, repr=False)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Source range of `string[start:end]`. Inserted characters map to the empty range where they stand."""
        if not self._starts:
            self._starts.extend(start for start, *_ in self.segments)
        if not self.segments:
            return (0, 0)
        return self._edge(start, last=False), self._edge(max(end - 1, start), last=True)

    def from_source(self, start: int, end: int) -> Span | None:
        """The canonical span that stands for source characters `start:end`; null where nothing does. Linear."""
        spans = [
            Span(at + max(start - source, 0), at + min(end - source, length))
            if length == source_length
            else Span(at, at + length)
            for at, length, source, source_length in self.segments
            if source < end and start < source + source_length
        ]
        return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None

    def _edge(self, position: int, *, last: bool) -> int:
        """Source offset where the character at `position` begins (or ends, with `last`)."""
        i = max(bisect_right(self._starts, position) - 1, 0)
        start, length, source, source_length = self.segments[i]
        inside = position - start
        if inside >= length:  # an inserted character after the segment
            return source + source_length
        if length == source_length:
            return source + inside + (1 if last else 0)
        return source + (source_length if last else 0)
