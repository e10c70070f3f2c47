"""The margins of the text, page by page: where lines begin and end, by the lines that agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from statistics import median

from .lines import Line
from .pages import Frame, Laid
from .tables import Table

_LONG = 8
"""Characters of a line that says something about the margins."""


def set_frames(pages: list[Laid]) -> None:
    """Give each page its frame; a page with little text takes the frame of pages like it."""
    body = [[line for line in laid.lines if not line.aside] for laid in pages]
    size = _usual_size([line for lines in body for line in lines])
    own = [_frame(lines, laid) for lines, laid in zip(body, pages, strict=True)]
    groups: dict[tuple[int, int], list[Frame]] = defaultdict(list)
    for frame, laid in zip(own, pages, strict=True):
        if frame:
            groups[_kind(laid)].append(frame)
    usual = {kind: _typical(frames, size) for kind, frames in groups.items()}
    for laid, frame, lines in zip(pages, own, body, strict=True):
        laid.frame = _agreed(frame, usual.get(_kind(laid)), lines, laid)


def _usual_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 16.0


def _kind(laid: Laid) -> tuple[int, int]:
    """Pages of one width have margins alike, columns too."""
    width = laid.page.width
    return round(width), 0 if not laid.column else 1 if laid.left < width / 2 else 2


def _typical(frames: list[Frame], size: float) -> Frame:
    left, right = _mode([f.left for f in frames]), _mode([f.right for f in frames])
    return Frame(left, right, size, median(f.pitch for f in frames), median(f.centre for f in frames))


def _frame(lines: list[Line], laid: Laid) -> Frame | None:
    """The frame that the lines of one page show; None when they are too few."""
    size = _usual_size(lines)
    long = [n for n in lines if len(n.text) >= _LONG and abs(n.size - size) <= 0.15 * size]
    if len(long) < 4:
        return None
    steps = [b.centre - a.centre for a, b in pairwise(lines) if 0.8 * size < b.centre - a.centre]
    pitch = median(sorted(steps)[: max(1, len(steps) * 3 // 4)]) if steps else 1.75 * size
    left = _left(long, size)
    body = [line for line in long if line.x0 - left < 3 * size] or long  # a signature may end where nothing else does
    right = _right(body, size)
    if not laid.column and sum(right - line.x1 < 0.6 * size for line in body) < 3:  # no two lines are full
        right = max(right, laid.page.width - left)
    return Frame(left, right, size, pitch, (left + right) / 2 if laid.column else laid.page.width / 2)


def _left(lines: list[Line], size: float) -> float:
    """The leftmost place where two lines or more begin."""
    starts = sorted(line.x0 for line in lines)
    return next((a for a, b in pairwise(starts) if b - a < 0.4 * size), starts[0])


def _right(lines: list[Line], size: float) -> float:
    """The rightmost place where two lines or more end."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    return next((a for a, b in pairwise(ends) if a - b < 0.6 * size), ends[0])


def _mode(values: list[float]) -> float:
    """The value that most others are near to."""
    near = Counter(round(v / 4) for v in values)
    best = near.most_common(1)[0][0]
    return median(v for v in values if round(v / 4) == best)


def _agreed(own: Frame | None, usual: Frame | None, lines: list[Line], laid: Laid) -> Frame:
    """The page's own frame where it can be trusted."""
    if own is None:
        size = _usual_size(lines)
        if usual is None:
            width = laid.page.width
            edges = [(line.x0, line.x1) for line in lines]
            edges += [(i.grid.x0, i.grid.x1) for i in laid.items if isinstance(i, Table)]
            left = min((e[0] for e in edges), default=0.15 * width)
            right = max([e[1] for e in edges], default=0.85 * width)
            if not laid.column:
                right = max(right, width - left)
            return Frame(left, right, size, 1.75 * size, width / 2)
        return replace(usual, size=min(size, usual.size))
    if usual is not None:
        if own.left - usual.left > 1.2 * own.size:  # every paragraph of the page has one line
            own.left = usual.left
        if usual.right - own.right > 1.2 * own.size:
            own.right = usual.right
    return own
