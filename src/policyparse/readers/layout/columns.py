"""Pages in two columns (gazettes, two pages side by side): left column first, between the lines that go over both.

Columns are told from tables and rosters by their edges: most lines of the left one end at the gutter, most of the
right one begin there.
"""

from __future__ import annotations

from collections import Counter

from . import Run

_LEAST = 8
"""Lines of a column."""
_SHARE = 0.5
"""Of the lines of a column that reach the gutter (an indented or last line of a paragraph does not)."""
_STEP = 4.0
_CHARS = 8
"""Characters of a line, on average: a column of names is narrower."""


def bands(runs: list[Run], width: float) -> list[list[Run]] | None:
    """The runs in groups to be read one after the other; None for a page of one column."""
    gutter = _gutter(runs, width)
    if gutter is None:
        return None
    low, high = gutter
    middle = (low + high) / 2
    groups: list[list[Run]] = []
    left: list[Run] = []
    right: list[Run] = []
    over: list[Run] = []
    for run in sorted(runs, key=lambda r: r.y0 + r.y1):
        if run.x0 < middle < run.x1 and (run.x0 < low - 1 or run.x1 > high + 1):
            groups += [g for g in (left, right) if g]
            left, right = [], []
            over.append(run)
            continue
        if over:
            groups.append(over)
            over = []
        (left if (run.x0 + run.x1) / 2 < middle else right).append(run)
    return [*groups, *(g for g in (over, left, right) if g)]


def _gutter(runs: list[Run], width: float) -> tuple[float, float] | None:
    """Where the left column ends and the right one begins."""
    seen = [r for r in runs if not r.aside]
    half = width / 2
    crossing = sum(r.x0 < half - 1 and r.x1 > half + 1 for r in seen)
    if len(seen) < 2 * _LEAST or crossing > 0.3 * len(seen):
        return None
    low = _edge([r.x1 for r in seen if 0.3 * width < r.x1 < 0.56 * width])
    high = _edge([r.x0 for r in seen if 0.44 * width < r.x0 < 0.7 * width])
    if low is None or high is None or not 6.0 <= high - low <= 0.15 * width:
        return None
    left = [r for r in seen if r.x1 <= low + _STEP]
    right = [r for r in seen if r.x0 >= high - _STEP]
    sides = (
        (left, [r for r in left if low - r.x1 <= 1.2 * r.size]),
        (right, [r for r in right if r.x0 - high <= 1.2 * r.size]),
    )
    for column, reaching in sides:
        lines = len({round((r.y0 + r.y1) / _STEP) for r in column})
        letters = sum(len(r.text) for r in column)
        if lines < _LEAST or len(reaching) < _SHARE * lines or letters < _CHARS * lines:
            return None
    return low, high


def _edge(places: list[float]) -> float | None:
    """The place where most of these lines begin or end."""
    if len(places) < _LEAST // 2:
        return None
    best, times = Counter(round(p / _STEP) for p in places).most_common(1)[0]
    near = [p for p in places if abs(p - best * _STEP) <= _STEP]
    return sum(near) / len(near) if times >= _LEAST // 2 else None
