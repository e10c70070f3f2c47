"""The canonical text and its exact map to the source.

`Builder` makes the text by copying, replacing, inserting and dropping stretches of the source, and records each
step while it happens; the map is never re-guessed afterwards by comparing strings.
"""

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


class Segment(NamedTuple):
    """`length` canonical characters from `start` stand for `source_length` source characters from `source_start`.

    Equal lengths: copied one to one. Otherwise the stretch was replaced as a whole.
    """

    start: int
    length: int
    source_start: int
    source_length: int


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
    _starts: list[int] = field(default_factory=list, compare=False, repr=False)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Source range of `string[start:end]`. Inserted characters map to the empty range where they stand."""
        if not self._starts:
            self._starts.extend(s.start for s in self.segments)
        if not self.segments:
            return (0, 0)
        return self._edge(start, last=False), self._edge(max(end - 1, start), last=True)

    def from_source(self, start: int, end: int) -> Span | None:
        """The canonical span that stands for source characters `start:end`; null where nothing does. Linear."""
        spans = [
            Span(s.start + max(start - s.source_start, 0), s.start + min(end - s.source_start, s.length))
            if s.length == s.source_length
            else Span(s.start, s.start + s.length)
            for s in self.segments
            if s.source_start < end and start < s.source_start + s.source_length
        ]
        return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None

    def _edge(self, position: int, *, last: bool) -> int:
        """Source offset where the character at `position` begins (or ends, with `last`)."""
        i = max(bisect_right(self._starts, position) - 1, 0)
        seg = self.segments[i]
        inside = position - seg.start
        if inside >= seg.length:  # an inserted character after the segment
            return seg.source_start + seg.source_length
        if seg.length == seg.source_length:
            return seg.source_start + inside + (1 if last else 0)
        return seg.source_start + (seg.source_length if last else 0)


class Builder:
    """Makes a string out of a source string and records where each character came from."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._segments: list[Segment] = []
        self._run = (0, 0)
        """Where the stretch copied last begins, in the text and in the source; it ends here and at `source_end`."""
        self._copying = False
        self.length = 0
        """Number of characters made so far."""
        self.source_end = 0
        """End of the source stretch taken last: where an inserted separator stands."""
        self.dropped: list[SetAside] = []

    def copy(self, start: int, end: int) -> None:
        """Take `source[start:end]` as it is."""
        self.put(start, end, self._source[start:end])

    def put(self, start: int, end: int, by: str) -> None:
        """Let `by` stand for `source[start:end]`: copied when equal or changed one character for one."""
        length = end - start
        if len(by) != length:
            self.replace(start, end, by)
        elif by:
            if start != self.source_end or not self._copying:
                if self._copying:
                    self._end_run()
                self._run = self.length, start
                self._copying = True
            self._parts.append(by)
            self.length += length
            self.source_end = end

    def put_line(self, start: int, by: str) -> int:
        """A line feed (but before the first line) and a line copied from `start`; returns where the line begins.

        Most of a text is made here: two lines that follow each other in the source go on in one stretch.
        """
        at, end, parts, source = self.length, self.source_end, self._parts, self._source
        if at and self._copying and end < len(source) and source[end] == "\n":
            at += 1
            parts.append("\n")
            if start != end + 1:
                first, begun = self._run
                self._segments.append(new(Segment, (first, at - first, begun, at - first)))
                self._run = at, start
        else:
            if at:
                self.break_line()
                at = self.length
            self._run, self._copying = (at, start), True
        parts.append(by)
        self.length = at + len(by)
        self.source_end = start + len(by)
        return at

    def _end_run(self) -> None:
        at, start = self._run
        length = self.length - at
        self._segments.append(new(Segment, (at, length, start, length)))
        self._copying = False

    def replace(self, start: int, end: int, by: str) -> None:
        """Let `by` stand for `source[start:end]`."""
        if not by:
            return
        if self._copying:
            self._end_run()
        length = len(by)
        self._parts.append(by)
        self._segments.append(Segment(self.length, length, start, end - start))
        self.length += length
        self.source_end = end

    def break_line(self) -> None:
        """A line feed: the source's own where there is one, else put in."""
        at = self.source_end
        if self._copying and self._source[at : at + 1] == "\n":
            self.source_end = at + 1
        else:
            if self._copying:
                self._end_run()
            self._segments.append(new(Segment, (self.length, 1, at, 0)))
        self._parts.append("\n")
        self.length += 1

    def insert(self, at: int, string: str) -> None:
        """Put in characters the source does not have (a line feed between glued paragraphs)."""
        self.replace(at, at, string)

    def drop(self, start: int, end: int, step: str) -> None:
        """Leave `source[start:end]` out and remember it, with the name of the step that did so."""
        if end > start:
            self.dropped.append(SetAside(step, start, end))

    def finish(self) -> tuple[str, tuple[Segment, ...]]:
        """The string and its map."""
        if self._copying:
            self._end_run()
        return "".join(self._parts), tuple(self._segments)
