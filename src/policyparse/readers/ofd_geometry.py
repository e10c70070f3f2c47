"""Millimetres to points, transformations, and lists of numbers as OFD writes them."""

from __future__ import annotations

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

    def after(self, inner: Affine) -> Affine:
        """First `inner`, then this one."""
        a, b, c, d, e, f = inner
        x, y = self.at(e, f)
        return Affine(
            self.a * a + self.c * b, self.b * a + self.d * b, self.a * c + self.c * d, self.b * c + self.d * d, x, y
        )


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
    tokens = string.split()
    try:
        if tokens[0] == "g" and int(tokens[1]) >= count:
            return [float(tokens[2])] * count
        if "g" not in tokens:
            return list(map(float, tokens[:count]))
        return _expanded(tokens, count)
    except (ValueError, IndexError, OverflowError):
        return _expanded(string.replace(",", " ").replace("g", " g ").split(), count)


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


def placed(boundary: str | None, ctm: str | None, outer: Affine) -> Affine:
    """From an object's own space to the page: its CTM, then the corner of its boundary, then what holds it."""
    x, y, *_ = numbers(boundary, 4) or (0.0, 0.0)
    a, b, c, d, e, f = (numbers(ctm, 6) if ctm else None) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return outer.after(Affine(a, b, c, d, e + x, f + y))
