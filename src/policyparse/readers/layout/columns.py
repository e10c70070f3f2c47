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
_FULL = 0.9
"""Share of the left column's width that a full line of the right one takes."""


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
    if low is None:
        return None
    high = _edge([r.x0 for r in seen if 0.44 * width < r.x0 < 0.7 * width]) or _short(seen, low, width)
    if high is None or not 6.0 <= high - low <= 0.15 * width:
        return None
    left = [r for r in seen if r.x1 <= low + _STEP]
    right = [r for r in seen if r.x0 >= high - _STEP]
    if not _is_column(left, [r for r in left if low - r.x1 <= 1.2 * r.size]):
        return None
    if not _is_column(right, [r for r in right if r.x0 - high <= 1.2 * r.size]) and _short(seen, low, width) is None:
        return None
    return low, high


def _is_column(column: list[Run], reaching: list[Run]) -> bool:
    """Are there lines enough, with text in them, and do most reach the gutter?"""
    lines = len({round((r.y0 + r.y1) / _STEP) for r in column})
    letters = sum(len(r.text) for r in column)
    return lines >= _LEAST and len(reaching) >= _SHARE * lines and letters >= _CHARS * lines


def _short(runs: list[Run], low: float, width: float) -> float | None:
    """Where a right column of a few lines begins, as on the last page of a gazette; None when it is none.

    It stands beside the top of the left one and is set like it: full lines of the same width, in the same size.
    """
    left = [r for r in runs if r.x1 <= low + _STEP]
    foot = max((r.y1 for r in left), default=0.0)
    right = [r for r in runs if r.x0 > low + _STEP and r.y0 < foot]
    if len(right) < 2:
        return None
    top, high = min(r.y0 for r in right), min(r.x0 for r in right)
    beside = [r for r in left if r.y1 > top]
    if len(beside) < _LEAST or any(r.x0 < low - 1 and r.x1 > low + _STEP for r in runs if top < r.y0 < foot):
        return None
    start, size = min(r.x0 for r in beside), beside[0].size
    level = any(abs(r.y0 - top) < 0.5 * size for r in beside)
    first = not any(r.y1 <= top and top - r.y1 < 2 * size for r in left)
    full = any(r.x1 - r.x0 >= _FULL * (low - start) for r in right)
    alike = all(abs(r.size - size) <= 0.15 * size and r.x1 - high <= 1.05 * (low - start) for r in right)
    return high if level and first and full and alike else None


def _edge(places: list[float]) -> float | None:
    """The place where most of these lines begin or end."""
    if len(places) < _LEAST // 2:
        return None
    best, times = Counter(round(p / _STEP) for p in places).most_common(1)[0]
    near = [p for p in places if abs(p - best * _STEP) <= _STEP]
    return sum(near) / len(near) if times >= _LEAST // 2 else None
