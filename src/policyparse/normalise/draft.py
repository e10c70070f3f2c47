"""A text in the making: lines that steps may edit, join, split or set aside, each tied to the source it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from ..source import Align, RawCell, RawDoc
from ..text import SetAside, new


class Piece(NamedTuple):
    """`length` characters of a strip from `start` on stand for `source_length` source characters from `source`."""

    start: int
    length: int
    source: int
    source_length: int


Pieces = list[Piece]
_NONE: Pieces = []
"""Of a copied line, for which they are made when somebody asks."""


def ranges(pieces: Pieces, bounds: Iterable[tuple[int, int]]) -> list[Pieces]:
    """The pieces of each of the ascending, disjoint `bounds`, counted from the start of the range. Linear."""
    found: list[Pieces] = []
    i = 0
    for low, high in bounds:
        while i < len(pieces) and pieces[i].start + pieces[i].length <= low:
            i += 1
        here: Pieces = []
        j = i
        while j < len(pieces) and pieces[j].start < high:
            here.append(_clip(pieces[j], low, high))
            j += 1
        found.append(here)
        i = max(i, j - 1)
    return found


def _clip(p: Piece, low: int, high: int) -> Piece:
    """The part of `p` in [low, high), shifted so that `low` is 0. A replaced piece is never divided."""
    start, end = max(p.start, low), min(p.start + p.length, high)
    if p.length != p.source_length:
        return new(Piece, (start - low, end - start, p.source, p.source_length))
    return new(Piece, (start - low, end - start, p.source + start - p.start, end - start))


class Strip:
    """A line in the making. As long as no step has touched it, it is one copied stretch of the source."""

    __slots__ = (
        "_pieces",
        "align",
        "cells",
        "copied",
        "first",
        "heading",
        "indent",
        "last",
        "meta",
        "page",
        "prose",
        "source",
        "table",
        "text",
        "turned",
    )

    def __init__(self, text: str, source: int, indent: int = 0) -> None:
        self.text = text
        self.first = text[0] if text else ""
        self.last = text[-1] if text else ""
        """Of the characters of a line nearly every step looks at the first and the last."""
        self.source = source
        """Where a copied line stands in the source."""
        self.copied = True
        """Whether the line stands in the source as it is, from `source` on."""
        self._pieces = _NONE
        self.indent = indent
        self.align: Align | None = None
        self.heading: int | None = None
        self.meta = False
        self.prose = True
        """False for table rows and page metadata."""
        self.page: int | None = None
        self.turned = False
        """A page number stood between it and the line before."""
        self.table: int | None = None
        self.cells: list[tuple[RawCell, Strip]] | None = None
        """Set for a table row (which steps on prose leave alone)."""

    @property
    def pieces(self) -> Pieces:
        """Where the characters come from."""
        if self.copied:
            return [Piece(0, len(self.text), self.source, len(self.text))] if self.text else []
        return self._pieces

    def put(self, text: str, pieces: Pieces) -> None:
        """Change the text, with the places that its characters come from."""
        self.text = text
        self.first = text[0] if text else ""
        self.last = text[-1] if text else ""
        self._set_pieces(pieces)

    def _set_pieces(self, pieces: Pieces) -> None:
        self._pieces, self.copied = pieces, False
        if len(pieces) == 1:
            ((start, length, self.source, source_length),) = pieces
            self.copied = start == 0 and length == source_length == len(self.text)

    def like(self, text: str, source: int | Pieces, indent: int = 0) -> Strip:
        """Another strip of the same kind, copied from `source` on or made of pieces."""
        if isinstance(source, int):
            other = Strip(text, source, indent)
        else:
            other = Strip(text, 0, indent)
            other._set_pieces(source)
        other.align, other.heading, other.page = self.align, self.heading, self.page
        other.meta, other.prose = self.meta, self.prose
        return other


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """`start`, `end` without white space at either end."""
    part = text[start:end]
    left = part.lstrip()
    if not left:
        return end, end
    start = end - len(left)
    return start, start + len(left.rstrip())


class Edit(NamedTuple):
    """`text[start:end]` becomes `by` (nothing: it is set aside)."""

    start: int
    end: int
    by: str = ""


@dataclass(slots=True)
class Draft:
    """The lines of a document while the steps run."""

    raw: RawDoc
    lines: list[Strip]
    ascii: str = ""
    """The ASCII characters of the source alone: few in a Chinese text, they tell whether markup may stand in it."""
    unusual: bool = False
    """The source holds characters that a typed text has not: invisible ones, tabs and breaks inside lines."""
    set_aside: list[SetAside] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    """How often a step made a repair, by diagnostic code."""

    def replace(self, changed: Mapping[int, Sequence[Strip]]) -> None:
        """Put these lines, maybe none, in the place of those with these numbers."""
        if changed:
            whole: list[Strip] = []
            at = 0
            for n, strips in sorted(changed.items()):
                whole += self.lines[at:n]
                whole += strips
                at = n + 1
            self.lines = whole + self.lines[at:]

    def drop_source(self, step: str, start: int, end: int) -> None:
        """Remember that source characters are left out; white space needs no word."""
        part = self.raw.raw[start:end]
        if part and not part.isspace():
            left = len(part) - len(part.lstrip())
            self.set_aside.append(SetAside(step, start + left, start + len(part.rstrip())))

    def drop(self, strip: Strip, step: str) -> None:
        """Set a whole line aside."""
        for p in strip.pieces:
            self.drop_source(step, p.source, p.source + p.source_length)

    def edit(self, strip: Strip, edits: Sequence[Edit], step: str) -> None:
        """Apply ascending, disjoint edits to `strip`, and trim it."""
        if not edits:
            return
        bounds: list[tuple[int, int]] = []
        at = 0
        for e in edits:
            bounds += [(at, e.start), (e.start, e.end)]
            at = e.end
        bounds.append((at, len(strip.text)))
        parts: list[str] = []
        pieces: Pieces = []
        length = 0
        for n, ((low, high), here) in enumerate(zip(bounds, ranges(strip.pieces, bounds), strict=True)):
            if n % 2 == 0:
                parts.append(strip.text[low:high])
                pieces += _shifted(here, length)
                length += high - low
            elif by := edits[n // 2].by:
                first, last = here[0], here[-1]
                parts.append(by)
                pieces.append(Piece(length, len(by), first.source, last.source + last.source_length - first.source))
                length += len(by)
            else:
                for p in here:
                    self.drop_source(step, p.source, p.source + p.source_length)
        strip.put("".join(parts), pieces)
        self.trim(strip)

    def split(self, strip: Strip, points: Sequence[int]) -> list[Strip]:
        """Cut before each of the ascending `points`; white space at the new ends goes, empty strips too."""
        edges = [0, *points, len(strip.text)]
        bounds = [trimmed(strip.text, a, b) for a, b in pairwise(edges)]
        bounds = [(a, b) for a, b in bounds if a < b]
        self._drop_outside(strip, bounds)
        if strip.copied:
            parts = [strip.like(strip.text[a:b], strip.source + a) for a, b in bounds]
        else:
            found = ranges(strip.pieces, bounds)
            parts = [strip.like(strip.text[a:b], pieces) for (a, b), pieces in zip(bounds, found, strict=True)]
        if parts:
            parts[0].indent = strip.indent
        return parts

    def _drop_outside(self, strip: Strip, bounds: Sequence[tuple[int, int]]) -> None:
        """White space that trimming takes away may stand for characters of the source (&nbsp;)."""
        replaced = [] if strip.copied else [p for p in strip.pieces if p.length != p.source_length]
        i = 0
        for p in replaced:
            while i < len(bounds) and bounds[i][1] <= p.start:
                i += 1
            if i == len(bounds) or p.start < bounds[i][0]:
                self.drop_source("markup", p.source, p.source + p.source_length)

    def trim(self, strip: Strip) -> None:
        """Take white space off both ends of `strip`."""
        low, high = trimmed(strip.text, 0, len(strip.text))
        if high - low < len(strip.text):
            self._drop_outside(strip, [(low, high)])
            (pieces,) = ranges(strip.pieces, [(low, high)])
            strip.put(strip.text[low:high], pieces)


def join(strips: Sequence[Strip], between: str = "") -> Strip:
    """One strip out of several; a space between two Latin words, nothing (or `between`) between Chinese characters."""
    parts: list[str] = []
    pieces: Pieces = []
    length, before = 0, ""
    for s in strips:
        text = s.text
        if parts and (between or (_latin(s.first) and _latin(before))):
            parts.append(between or " ")
            length += len(between or " ")
        parts.append(text)
        if s.copied:
            pieces.append(new(Piece, (length, len(text), s.source, len(text))))
        else:
            pieces += _shifted(s.pieces, length)
        length += len(text)
        before = s.last
    return strips[0].like("".join(parts), pieces, strips[0].indent)


def _shifted(pieces: Pieces, by: int) -> Pieces:
    return [new(Piece, (start + by, length, source, source_length)) for start, length, source, source_length in pieces]


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
