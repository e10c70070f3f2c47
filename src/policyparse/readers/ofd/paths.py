"""Paths of OFD: the straight lines among them are borders and rules."""

from __future__ import annotations

import re
from itertools import pairwise

from ..layout import Ruling
from .geometry import Affine, placed
from .parts import Element, first
from .text import Content

OPERATORS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Operators of AbbreviatedData and how many numbers follow; the last two of them are the new point."""
_TOKEN = re.compile(r"[SMLQBAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_THIN = 3.0
"""Points: a filled box this thin is a line."""
_FIGURE = 40
"""Tokens from which a path with curves is a figure (an outlined character), not a table with round corners."""
_LONGEST = 2_000_000
_STRAIGHT = 1.0


def add_path(element: Element, outer: Affine, content: Content) -> None:
    """Add a PathObject's straight lines to `content`. Raises ValueError for numbers that are none."""
    get = element.get
    data = first(element, "AbbreviatedData")
    string = (data.text or "") if data is not None else ""
    tokens = string.split() if len(string) <= _LONGEST else []
    stroked = get("Stroke") not in ("false", "0") and not _white(first(element, "StrokeColor"))
    filled = get("Fill") in ("true", "1")
    if get("Alpha") == "0" or not (stroked or filled):
        return
    frame = placed(get("Boundary"), get("CTM"), outer)
    if filled:
        content.figures.append((element, frame))
    if "B" in string or "Q" in string or "A" in string:
        content.curved += filled
        if len(tokens) > _FIGURE:
            return
    for points in _figures(tokens, string):
        if filled and points[0] != points[-1]:
            points.append(points[0])  # what is filled counts as closed
        corners = [frame.at(x, y) for x, y in points]
        line = _thin(corners)
        if line is not None:
            content.rulings.append(line)
        elif stroked:
            content.rulings += _sides(corners)


def tokens_of(data: Element | None) -> list[str]:
    """Operators and numbers of an AbbreviatedData, with or without blanks between them."""
    string = (data.text or "") if data is not None else ""
    return _TOKEN.findall(string[:_LONGEST])


def _white(colour: Element | None) -> bool:
    """A line in the colour of the paper is not seen."""
    return colour is not None and (colour.get("Alpha") == "0" or (colour.get("Value") or "").split() == ["255"] * 3)


def _figures(tokens: list[str], string: str) -> list[list[tuple[float, float]]]:
    """The corners of each connected stretch; curves end one and begin another."""
    try:
        return _walk(tokens)
    except (ValueError, IndexError):
        return _walk(_TOKEN.findall(string[:_LONGEST]), lenient=True)


def _walk(tokens: list[str], *, lenient: bool = False) -> list[list[tuple[float, float]]]:
    figures: list[list[tuple[float, float]]] = []
    now: list[tuple[float, float]] = []
    at, end = 0, len(tokens)
    while at < end:
        operator = tokens[at]
        count = OPERATORS.get(operator, -1)
        if count < 0 or at + count >= end:
            if not lenient:
                raise ValueError(operator)
            at += 1
            continue
        if operator == "C":
            if now and now[0] != now[-1]:
                now.append(now[0])
        else:
            try:
                point = (float(tokens[at + count - 1]), float(tokens[at + count]))
            except ValueError:
                if not lenient:
                    raise
                at += 1
                continue
            if operator == "L" and now:
                now.append(point)
            else:
                now = [point]
                figures.append(now)
        at += count + 1
    return figures


def _thin(points: list[tuple[float, float]]) -> Ruling | None:
    """The centre line of a closed box that is hardly wider than a line."""
    if len(points) < 4 or points[0] != points[-1]:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if y1 - y0 <= _THIN < x1 - x0:
        return Ruling(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    if x1 - x0 <= _THIN < y1 - y0:
        return Ruling((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    return None


def _sides(points: list[tuple[float, float]]) -> list[Ruling]:
    """The horizontal and vertical ones."""
    found: list[Ruling] = []
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) <= _STRAIGHT < abs(x1 - x0):
            found.append(Ruling(min(x0, x1), (y0 + y1) / 2, max(x0, x1), (y0 + y1) / 2))
        elif abs(x1 - x0) <= _STRAIGHT < abs(y1 - y0):
            found.append(Ruling((x0 + x1) / 2, min(y0, y1), (x0 + x1) / 2, max(y0, y1)))
    return found
