"""Millimetres to points, transformations, and lists of numbers as OFD writes them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

POINTS = 72 / 25.4
"""Points in a millimetre."""
FAR = 1e6
"""Nothing is printed beyond this many millimetres; a number that is none (NaN) is beyond it too."""


class Affine(NamedTuple):
    """x' = a x + c y + e, y' = b x + d y + f: OFD's order of a CTM."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


PAGE = Affine(POINTS, 0.0, 0.0, POINTS, 0.0, 0.0)
"""Of a page whose physical box begins at 0 0."""


def numbers(string: str | None, count: int) -> list[float] | None:
    """The first `count` numbers of an array (`0 0 210 297`; some write commas); None when they are not there."""
    if not string:
        return None
    try:
        found = list(map(float, string.split()[:count]))
    except ValueError:
        try:
            found = list(map(float, string.replace(",", " ").split()[:count]))
        except ValueError:
            return None
    return found if len(found) == count and all(-FAR < n < FAR for n in found) else None


def deltas(string: str | None, count: int) -> list[float]:
    """At most `count` steps between characters: `3.5 3.5 7` or `g 20 3.5` (twenty times 3.5)."""
    if not string or count <= 0:
        return []
    try:
        return _grouped(string, count) if "g" in string else list(map(float, string.split()[:count]))
    except (ValueError, OverflowError):
        return _expanded(string.replace(",", " ").replace("g", " g ").split(), count)


def _grouped(string: str, count: int) -> list[float]:
    """`3.5 g 4 5.6 2.8`: what stands behind each g is how often, the step, and single steps."""
    first, *groups = string.split("g")
    found = list(map(float, first.split()))
    for group in groups:
        times, step, *single = group.split()
        found += [float(step)] * min(int(times), count - len(found))
        found += map(float, single)
    return found[:count]


def _expanded(tokens: list[str], count: int) -> list[float]:
    found: list[float] = []
    at = 0
    while at < len(tokens) and len(found) < count:
        try:
            if tokens[at] == "g":
                found += [float(tokens[at + 2])] * min(int(float(tokens[at + 1])), count - len(found))
                at += 3
                continue
            found.append(float(tokens[at]))
        except (ValueError, IndexError, OverflowError):
            pass
        at += 1
    return found


@lru_cache(maxsize=256)
def _matrix(ctm: str) -> tuple[float, ...]:
    """A CTM; a file has few different ones (one a font size), each written thousands of times."""
    return tuple(numbers(ctm, 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))


def placed(boundary: str | None, ctm: str | None, outer: Affine) -> Affine:
    """From an object's own space to the page: its CTM, then the corner of its boundary, then what holds it."""
    try:
        left, top, _ = (boundary or "0 0 ").split(" ", 2)
        x, y = float(left), float(top)
    except ValueError:
        x, y, *_ = numbers(boundary, 4) or (0.0, 0.0)
    a, b, c, d, e, f = outer
    if not ctm:
        return Affine(a, b, c, d, a * x + c * y + e, b * x + d * y + f)
    p, q, r, s, t, u = _matrix(ctm)
    x, y = x + t, y + u
    return Affine(a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * x + c * y + e, b * x + d * y + f)
