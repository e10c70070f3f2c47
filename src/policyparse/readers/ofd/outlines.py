"""Pages whose characters are outlines (filled curves): drawn, so that they can be recognised like an image."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ...limits import Budget
from ..layout import Ruling
from .geometry import Affine, numbers
from .parts import Element, first
from .paths import OPERATORS, tokens_of

if TYPE_CHECKING:
    from PIL.Image import Image

Figure = tuple[Element, Affine]
"""A filled path and its place on the page."""
Point = tuple[float, float]
_STEPS = 4
"""Straight pieces of a curve: characters are small."""


def draw(canvas: Image, figures: list[Figure], rulings: list[Ruling], scale: float, budget: Budget) -> None:
    """Fill the figures on the image of a page and draw its lines; `scale`: points a pixel."""
    from PIL import ImageDraw

    pen = ImageDraw.Draw(canvas)
    for x0, y0, x1, y1 in rulings:
        pen.line((x0 / scale, y0 / scale, x1 / scale, y1 / scale), fill=(0, 0, 0), width=2)
    for n, (element, frame) in enumerate(figures):
        if n % 500 == 0:
            budget.tick()
        data = first(element, "AbbreviatedData")
        contours = [
            [(x / scale, y / scale) for x, y in (frame.at(*p) for p in contour)]
            for contour in _contours(tokens_of(data))
        ]
        _fill(pen, [c for c in contours if len(c) > 2], _colour(first(element, "FillColor")))


def _fill(pen: Any, contours: list[list[Point]], colour: tuple[int, ...]) -> None:
    """The largest outline first; what runs the other way round is a hole (口), and what is in a hole is filled (回)."""
    sized = sorted(((_area(c), c) for c in contours), key=lambda pair: -abs(pair[0]))
    for area, contour in sized:
        pen.polygon(contour, fill=colour if (area > 0) == (sized[0][0] > 0) else (255, 255, 255))


def _area(contour: list[Point]) -> float:
    """Signed by the direction of the outline."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(contour, [*contour[1:], contour[0]], strict=True))


def _colour(element: Element | None) -> tuple[int, ...]:
    """Red stays red: seals are told by it."""
    found = numbers(element.get("Value"), 3) if element is not None else None
    return tuple(min(max(int(n), 0), 255) for n in found) if found else (0, 0, 0)


def _contours(tokens: list[str]) -> list[list[Point]]:
    """The corners of each closed stretch of a path, curves as short straight pieces."""
    found: list[list[Point]] = []
    now: list[Point] = []
    at = 0
    while at < len(tokens):
        count = OPERATORS.get(tokens[at])
        try:
            values = [float(t) for t in tokens[at + 1 : at + 1 + count]] if count is not None else []
        except ValueError:
            count = None
        if count is None or len(values) < count:
            at += 1
            continue
        points = list(zip(values[::2], values[1::2], strict=False))
        if tokens[at] in "SM":
            now = points[:1]
            found.append(now)
        elif tokens[at] == "A":
            now.append((values[5], values[6]))
        elif points:
            now += _curve([now[-1], *points]) if now and len(points) > 1 else points
        at += count + 1
    return found


def _curve(points: list[Point]) -> list[Point]:
    """Points on a Bézier curve of the second or third degree, without its first."""
    curve: list[Point] = []
    for n in range(1, _STEPS + 1):
        t, level = n / _STEPS, points
        while len(level) > 1:
            level = [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for (x0, y0), (x1, y1) in pairwise(level)]
        curve.append(level[0])
    return curve
