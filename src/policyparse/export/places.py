"""Where spans of one document stand, for many spans: `PolicyDocument.locate` without its objects."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from ..model import PolicyDocument
from ..text import Span


class Place(NamedTuple):
    """Where a row's text begins in the source file. Numbers count from 1; null where the format has no such thing."""

    page: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


NOWHERE = Place()


class Places:
    """The places of one document's spans."""

    def __init__(self, document: PolicyDocument) -> None:
        self._map = document.source_map
        self._segments = [s[0] for s in self._map.segments]
        self._blocks = [b[0] for b in self._map.blocks]
        self._boxes = [b[0] for b in self._map.boxes]

    def of(self, span: Span | None) -> Place:
        """The first place that `locate` gives: that of the span's first character."""
        if span is None or not self._blocks:
            return NOWHERE
        at = self._source(span.start)
        _, page, *rest = self._map.blocks[max(bisect_right(self._blocks, at) - 1, 0)]
        return Place(self._page(at) or page, *rest)

    def _source(self, position: int) -> int:
        if not self._segments:
            return 0
        start, length, source_start, source_length = self._map.segments[
            max(bisect_right(self._segments, position) - 1, 0)
        ]
        inside = position - start
        if inside >= length:
            return source_start + source_length
        return source_start + inside if length == source_length else source_start

    def _page(self, at: int) -> int | None:
        """The page of the box that holds a source character: a paragraph may go on over the page."""
        i = bisect_right(self._boxes, at) - 1
        return self._map.boxes[i][2] if i >= 0 and self._map.boxes[i][1] > at else None


class Holders:
    """Which of some stretches of the text (measures, phases) holds a place: the innermost one."""

    def __init__(self, spans: list[Span]) -> None:
        order = sorted(range(len(spans)), key=lambda i: (spans[i].start, -spans[i].end))
        self._order, self._starts = order, [spans[i].start for i in order]
        self._ends = [spans[i].end for i in order]
        self._outer: list[int] = []
        open_: list[int] = []
        for i, end in enumerate(self._ends):
            while open_ and self._ends[open_[-1]] < end:
                open_.pop()
            self._outer.append(open_[-1] if open_ else -1)
            open_.append(i)

    def of(self, span: Span) -> int | None:
        """The index (in the list given) of the stretch that holds `span`, or null."""
        i = bisect_right(self._starts, span.start) - 1
        while i >= 0 and self._ends[i] < span.end:
            i = self._outer[i]
        return self._order[i] if i >= 0 else None
