"""Where a run of text must end on a page with tables: at the vertical borders between cells."""

from __future__ import annotations

from bisect import bisect_left

from ..layout import Grid

_INSIDE = 1.0


class Borders:
    """The vertical sides of the cells of a page's tables."""

    def __init__(self, grids: list[Grid]) -> None:
        sides = sorted({(c.x0, c.y0, c.y1) for g in grids for c in g.cells} | {(g.x1, g.y0, g.y1) for g in grids})
        self._sides = sides
        self._places = [side[0] for side in sides]

    def between(self, x0: float, x1: float, y: float | None) -> bool:
        """Does a side stand between `x0` and `x1` at the height `y`, or at any?"""
        at = bisect_left(self._places, x0 + _INSIDE)
        while at < len(self._sides):
            x, top, bottom = self._sides[at]
            if x >= x1 - _INSIDE:
                return False
            if y is None or top <= y <= bottom:
                return True
            at += 1
        return False
