"""Draft -> Text: the lines put together, and the exact map from their characters to the source.

The map is recorded while the text is made and never re-guessed afterwards by comparing strings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from ..text import Cell, Line, Segment, Text, TextTable, new
from .draft import Draft, Strip

_PLACE = attrgetter("source_start")


def write(draft: Draft) -> Text:
    """The text that the lines of `draft` make: a line feed between two of them, a tab between two cells of a row."""
    strips = [s for s in draft.lines if s.text or s.cells]
    tables: dict[int, list[Cell]] = {}
    if draft.raw.tables:
        for strip in strips:
            if strip.cells:
                strip.text = "\t".join([content.text for _, content in strip.cells])
    lines, segments = _trace(strips, draft.raw.raw)
    if draft.raw.tables:
        for strip, line in zip(strips, lines, strict=True):
            if line.table is not None:
                tables.setdefault(line.table, []).extend(_cells(strip, line.start))
    strings = tuple([s.text for s in strips])
    return Text(
        "\n".join(strings),
        draft.raw,
        tuple(segments),
        tuple(lines),
        tuple(
            TextTable(c[0].start, c[-1].end, tuple(c), draft.raw.tables[t].place.page)
            for t, c in sorted(tables.items())
        ),
        tuple(sorted(draft.set_aside, key=_PLACE)),
        strings,
    )


def _trace(strips: Sequence[Strip], source: str) -> tuple[list[Line], list[Segment]]:
    """Where each line stands in the text, and where its characters come from.

    Stretches that follow each other in the text as in the source are one segment; a line feed is the source's own
    where there is one, else put in.
    """
    lines: list[Line] = []
    segments: list[Segment] = []
    at, end, size = 0, 0, len(source)  # so far the text goes, and the stretch of the source that was taken last
    first, begun, copying = 0, 0, False  # where the segment begins, in both, that is still being copied
    for strip in strips:
        if lines:
            if copying and end < size and source[end] == "\n":
                end += 1
            else:
                if copying:
                    segments.append((first, at - first, begun, at - first))
                    copying = False
                segments.append((at, 1, end, 0))
            at += 1
        line = at
        if strip.copied:
            start = strip.source
            if start != end or not copying:
                if copying:
                    length = at - first
                    segments.append((first, length, begun, length))
                first, begun, copying = at, start, True
            length = len(strip.text)
            at += length
            end = start + length
        else:
            for start, source_length, length in _stretches(strip, end):
                if copying and (start != end or length != source_length):
                    segments.append((first, at - first, begun, at - first))
                    copying = False
                if length != source_length:
                    segments.append((at, length, start, source_length))
                elif not copying:
                    first, begun, copying = at, start, True
                at += length
                end = start + source_length
        lines.append(new(Line, (line, at, strip.align, strip.heading, strip.table, strip.meta, strip.indent)))
    if copying:
        segments.append((first, at - first, begun, at - first))
    return lines, segments


def _stretches(strip: Strip, end: int) -> Iterator[tuple[int, int, int]]:
    """(start and length in the source, length in the text) of the stretches of a line that is no copy of the source.

    `end`: so far the source was taken; the tabs between cells stand where the cell before them ends.
    """
    if strip.cells is None:
        at = 0
        for piece in strip.pieces:
            if piece.start > at:  # a space that `join` put between two Latin words
                yield piece.source, 0, piece.start - at
            if piece.length:
                yield piece.source, piece.source_length, piece.length
            at = piece.start + piece.length
        return
    for n, (_, content) in enumerate(strip.cells):
        if n:
            yield end, 0, 1
        for stretch in _stretches(content, end):
            yield stretch
            end = stretch[0] + stretch[1]


def _cells(strip: Strip, at: int) -> Iterator[Cell]:
    """The cells of a table row that begins at `at`."""
    for cell, content in strip.cells or ():
        end = at + len(content.text)
        yield Cell(at, end, cell.row, cell.column, cell.rowspan, cell.colspan, cell.header)
        at = end + 1
