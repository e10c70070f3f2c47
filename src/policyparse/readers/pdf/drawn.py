"""What is drawn on a pdf page besides text: straight lines, filled areas, images, through pdfium's path objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ..layout import Ruling
from . import native
from .text import Box, View

_THIN = 3.0
"""Points: an area thinner than this is a line."""
_SHORT = 4.0
_MOST_SEGMENTS = 4_000
"""Of one path: a drawing, not a table."""
_MOST_RULINGS = 20_000
_DEEPEST = 5


class Matrix(NamedTuple):
    """x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """left, top, right, bottom of what a box becomes."""
        x, y = zip(self.point(left, bottom), self.point(right, top), self.point(left, top), strict=True)
        return min(x), max(y), max(x), min(y)

    def before(self, outer: Matrix) -> Matrix:
        """This one first, then `outer`."""
        a, b, c, d, e, f = self
        return Matrix(
            outer.a * a + outer.c * b,
            outer.b * a + outer.d * b,
            outer.a * c + outer.c * d,
            outer.b * c + outer.d * d,
            *outer.point(e, f),
        )


@dataclass(slots=True)
class Drawn:
    """Lines, dark areas and images of a page, as seen."""

    rulings: list[Ruling] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    """Filled in a colour that white letters show on."""
    images: list[Box] = field(default_factory=list)

    def image_share(self, width: float, height: float) -> float:
        """How much of the page the images cover (a page may be scanned in strips)."""
        area = sum(
            max(min(x1, width) - max(x0, 0), 0) * max(min(y1, height) - max(y0, 0), 0) for x0, y0, x1, y1 in self.images
        )
        return min(area / (width * height or 1.0), 1.0)


def drawn_on(page: Any, view: View) -> Drawn:
    """Everything drawn on the page."""
    found = Drawn()
    count = pdfium.FPDFPage_CountObjects(page)
    if count > 0:
        _collect(native.objects(native.handle(page), count), Matrix(), view, found, 0)
    return found


def _collect(objects: list[tuple[int, native.Handle]], outer: Matrix, view: View, found: Drawn, depth: int) -> None:
    for kind, handle in objects:
        if len(found.rulings) > _MOST_RULINGS:
            return
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST:
                inner = Matrix(*native.matrix(handle)).before(outer)
                _collect(native.form_objects(handle), inner, view, found, depth + 1)
        elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING) and (
            bounds := native.bounds(handle)
        ):
            left, bottom, right, top = bounds
            box = view.box(*outer.box(left, bottom, right, top)) if depth else view.box(left, top, right, bottom)
            _take(kind, handle, box, outer, view, found)


def _take(kind: int, handle: native.Handle, box: Box, outer: Matrix, view: View, found: Drawn) -> None:
    x0, y0, x1, y1 = box
    wide, high = x1 - x0, y1 - y0
    if min(wide, high) < _THIN:
        if max(wide, high) >= _SHORT and (kind != pdfium.FPDF_PAGEOBJ_PATH or any(native.draw_mode(handle))):
            found.rulings.append(_line(box))
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        _path(handle, box, outer, view, found)
    else:
        found.images.append(box)


def _line(box: Box) -> Ruling:
    """A thin box as the line in its middle."""
    x0, y0, x1, y1 = box
    if x1 - x0 >= y1 - y0:
        return Ruling(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    return Ruling((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)


def _path(handle: native.Handle, box: Box, outer: Matrix, view: View, found: Drawn) -> None:
    """Lines and areas of a path that is no single line."""
    fill, stroke = native.draw_mode(handle)
    if not (fill or stroke):
        return
    if fill and (colour := native.object_fill(handle)) and min(colour[:3]) < 235 and colour[3] > 100:
        found.areas.append(box)
    count = native.segment_count(handle)
    if not 2 <= count <= _MOST_SEGMENTS:
        return
    matrix = Matrix(*native.matrix(handle)).before(outer)
    for points in _subpaths(handle, count, matrix, view):
        if stroke:
            found.rulings += [_line((*_ordered(a, b),)) for a, b in pairwise(points) if _straight(a, b)]
        elif len(points) > 3:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            part = min(xs), min(ys), max(xs), max(ys)
            if min(part[2] - part[0], part[3] - part[1]) < _THIN and part != box:
                found.rulings.append(_line(part))


def _ordered(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _straight(a: tuple[float, float], b: tuple[float, float]) -> bool:
    wide, high = abs(a[0] - b[0]), abs(a[1] - b[1])
    return min(wide, high) < 1.0 and max(wide, high) >= _SHORT


def _subpaths(handle: native.Handle, count: int, matrix: Matrix, view: View) -> list[list[tuple[float, float]]]:
    """The corners of each part of a path; parts with curves are left out."""
    found: list[list[tuple[float, float]]] = []
    points: list[tuple[float, float]] = []
    for kind, x, y, closed in native.segments(handle, count):
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            points = []
            found.append(points)
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            points = []
            continue
        px, py = matrix.point(x, y)
        sx, sy, _, _ = view.box(px, py, px, py)
        points.append((sx, sy))
        if closed and points:
            points.append(points[0])
    return found
