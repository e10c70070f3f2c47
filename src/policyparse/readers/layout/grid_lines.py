"""Straight lines of a page made whole: pieces joined, doubled lines made one, lines that touch gathered."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from . import Ruling

SAME = 2.0
"""Points: lines nearer than this are one line (the borders of two neighbouring cells, a thick rule's two edges)."""
GAP = 3.0
"""Pieces of a line further apart are two lines; borders that miss each other by less still meet in a corner."""
SHORT = 4.0
"""A whole line of this length or less borders nothing: a dash, a tick, the stroke of a character."""
_MAX_PAIRS = 1_000_000
"""Crossings to look at on one page. A drawing (a map) asks for more and holds no table to speak of."""


class Line(NamedTuple):
    """A horizontal or vertical line: where it stands (`at`: y or x) and from where to where it goes."""

    at: float
    start: float
    end: float


def split(rulings: Iterable[Ruling]) -> tuple[list[Line], list[Line]]:
    """The horizontal and the vertical lines; slanted ones are no borders (a scan's may be off by a little)."""
    across: list[Line] = []
    down: list[Line] = []
    for x0, y0, x1, y1 in rulings:
        width, height = abs(x1 - x0), abs(y1 - y0)
        if height <= max(1.0, min(SAME, width / 50)) and width >= height:
            across.append(Line((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif width <= max(1.0, min(SAME, height / 50)):
            down.append(Line((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return across, down


def snap(values: Iterable[float], near: float) -> list[tuple[float, float, float]]:
    """Groups of positions closer together than `near`, as (least, greatest, middle); a group is bounded in width."""
    groups: list[tuple[float, float, float]] = []
    least = greatest = float("nan")
    for value in sorted(set(values)):
        if not (value - greatest <= near and value - least <= 2 * near):
            if groups or least == least:
                groups.append((least, greatest, (least + greatest) / 2))
            least = value
        greatest = value
    if least == least:  # not NaN: there was a value
        groups.append((least, greatest, (least + greatest) / 2))
    return groups


def merge(lines: list[Line], near: float = SAME, shortest: float = SHORT) -> list[Line]:
    """Collinear pieces that touch, or nearly so, as one line; by position."""
    groups = snap((line.at for line in lines), near)
    bounds = [least for least, _, _ in groups]
    members: list[list[Line]] = [[] for _ in groups]
    for line in lines:
        members[bisect_right(bounds, line.at) - 1].append(line)
    whole: list[Line] = []
    for (_, _, at), pieces in zip(groups, members, strict=True):
        pieces.sort(key=lambda piece: piece.start)
        start, end = pieces[0].start, pieces[0].end
        for piece in pieces:
            if piece.start > end + GAP:
                whole.append(Line(at, start, end))
                start = piece.start
                end = piece.end
            end = max(end, piece.end)
        whole.append(Line(at, start, end))
    return [line for line in whole if line.end - line.start > shortest]


def components(across: list[Line], down: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that meet, gathered: one pair (horizontal, vertical) for each set of lines that hang together."""
    across = sorted(across)
    heights = [line.at for line in across]
    ranges = [(bisect_left(heights, line.start - GAP), bisect_right(heights, line.end + GAP)) for line in down]
    if sum(high - low for low, high in ranges) > _MAX_PAIRS:
        return []
    parents = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parents[n] != n:
            parents[n] = parents[parents[n]]
            n = parents[n]
        return n

    for n, (line, (low, high)) in enumerate(zip(down, ranges, strict=True), len(across)):
        for m in range(low, high):
            if across[m].start - GAP <= line.at <= across[m].end + GAP:
                parents[root(m)] = root(n)
    found: dict[int, tuple[list[Line], list[Line]]] = {}
    for n, line in enumerate(across):
        found.setdefault(root(n), ([], []))[0].append(line)
    for n, line in enumerate(down, len(across)):
        found.setdefault(root(n), ([], []))[1].append(line)
    return [pair for pair in found.values() if pair[0] and pair[1]]
