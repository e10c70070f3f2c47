"""Text objects of OFD: where each stretch of their characters is printed.

Programs write a line, a word or a character to an object; the size as such or as 1 with a scaling CTM; the places of
characters one by one, as `g 20 3.5`, or not at all. All give the same runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from math import hypot
from typing import NamedTuple

from ..layout import Ruling, Run
from .fonts import Fonts
from .geometry import FAR, Affine, deltas, numbers, placed
from .parts import Element, local

_ASCENT, _DESCENT = 0.86, 0.14
"""Of a Chinese character above and below its baseline, in ems."""
_GAP = 1.0
"""Ems of white between two characters from which they are two runs: cells of a table without lines, columns."""
_TILT = 0.05
"""Slope up to which text is upright or at a right angle; a watermark lies across the page at 30° or 45°."""
_LONGEST = 100_000
_BOLD = 600
_GREY, _WHITE, _FAINT = 150, 245, 60


_UNREADABLE = re.compile("[\\s\ue000-\uf8ff\ufffd]*")
"""Blanks and private characters, which stand where glyphs are named."""


class Image(NamedTuple):
    """A picture on the page: which resource, and its box in points."""

    resource: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Content:
    """What a page, a template or a composite shows, in points."""

    runs: list[Run] = field(default_factory=list)
    turned: list[tuple[int, Run]] = field(default_factory=list)
    """Text that runs downwards (90), upside down (180) or upwards (270)."""
    hidden: list[Run] = field(default_factory=list)
    """Text of no colour: the recognised text that lies under a scanned page."""
    rulings: list[Ruling] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    tilted: list[Run] = field(default_factory=list)
    """Text across the page: watermarks."""
    figures: list[tuple[Element, Affine]] = field(default_factory=list)
    """Filled paths and their places: characters as outlines among them."""
    pale: list[Run] = field(default_factory=list)
    """Text in a light colour, which may be a watermark."""
    curved: int = 0
    """How many of them have curves."""
    _last: tuple[tuple[str | None, ...], str] = ((), "")
    _shift: float = 0.0

    def after(self, place: tuple[str | None, ...], text: str, wide: float) -> float:
        """How far to move a text that stands in the very place of the one before it.

        A program that gives each fragment of a line (2020, 年, 4, 月) the place of the whole line means them to follow
        each other; the same text again in the same place is print made bold.
        """
        last, before = self._last
        self._last = (place, text)
        if last != place or before == text:
            self._shift = 0.0
        else:
            self._shift += wide * sum(map(_width, before))
        return self._shift


class _Style(NamedTuple):
    """Of one text object: from its space to the page, size and width of its em in its own space, weight."""

    frame: Affine
    em: float
    wide: float
    bold: bool
    vertical: bool
    hidden: bool
    pale: bool = False


def add_text(element: Element, outer: Affine, fonts: Fonts, content: Content) -> None:
    """Add a TextObject's runs to `content`. Raises ValueError for numbers that are none."""
    get = element.get
    boundary, ctm, font, hscale = get("Boundary"), get("CTM"), get("Font"), get("HScale")
    em = abs(float(get("Size") or get("size") or 0)) or (numbers(boundary, 4) or (0, 0, 0, 0))[3] or 3.5
    wide = em * abs(float(hscale)) if hscale else em
    bold = font in fonts.bold or float(get("Weight") or 0) >= _BOLD
    vertical = get("ReadDirection") in ("90", "270")
    style = _Style(placed(boundary, ctm, outer), em, wide, bold, vertical, get("Alpha") == "0")
    x = y = 0.0
    glyphs = ""
    for code in element:
        name = local(code)
        if name == "TextCode":
            at, down = code.get("X"), code.get("Y")
            x, y = float(at or x), float(down or y)
            text = _clean(code.text or "")
            x += content.after((boundary, ctm, at, down), text, wide)
            if glyphs and _UNREADABLE.fullmatch(text):
                text = fonts.read(font or "", glyphs)
            if not text or text.isspace():
                pass
            elif len(text) == 1:
                _add(_Piece(text, x, y, x + wide * _width(text), y), style, content)
            elif len(text) <= _LONGEST:
                for piece in _pieces(text, x, y, code, style):
                    _add(piece, style, content)
            glyphs = ""
        elif name == "FillColor":
            pale = _is_pale(code.get("Alpha"), code.get("Value"))
            if pale != style.pale:
                style = style._replace(pale=pale)
        elif name == "CGTransform":
            glyphs += " ".join(g.text or "" for g in code) + " "


@lru_cache(maxsize=256)
def _is_pale(alpha: str | None, value: str | None) -> bool:
    """Light grey or nearly transparent. White is not: it is the head of a coloured table."""
    return bool(alpha and float(alpha) <= _FAINT) or _GREY <= min(map(float, (value or "0").split())) < _WHITE


def _clean(text: str) -> str:
    """Line feeds and tabs of a pretty-printed part are no characters of the page; a tab between words is a space."""
    if text.isprintable():
        return text
    if "\n" in text:
        text = "".join(line.strip(" \t\r") for line in text.split("\n"))
    return "".join(" " if c == "\t" else c for c in text if c == "\t" or (c >= " " and c != "\x7f"))


class _Piece(NamedTuple):
    """Characters next to each other: from where to where on the baseline, in the object's space."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    downwards: bool = False


def _pieces(text: str, x: float, y: float, code: Element, style: _Style) -> Iterable[_Piece]:
    """A TextCode's characters: mostly a line that goes on evenly."""
    count = len(text) - 1
    across = deltas(code.get("DeltaX"), count)
    downwards = code.get("DeltaY")
    down = deltas(downwards, count) if downwards else []
    even = bool(across) and _even(across, style.wide)
    if even and len(across) == count and not (down or text[0].isspace() or text[-1].isspace()):
        return (_Piece(text, x, y, x + sum(across) + style.wide * _width(text[-1]), y),)
    return _stretches(text, x, y, across, down, style, even)


def _stretches(
    text: str, x: float, y: float, across: list[float], down: list[float], style: _Style, even: bool
) -> Iterator[_Piece]:
    """Characters cut where there is a wide gap or another line."""
    if any(down):
        yield from _along_both(text, x, y, across, down, style)
        return
    if style.vertical and not any(across):
        yield _Piece(text, x, y, x, y + style.em * len(text), downwards=True)
        return
    widths = [style.wide * _width(c) for c in text]
    steps = across + widths[len(across) :] if len(across) < len(widths) else widths
    places = list(accumulate(steps, initial=x))
    start = 0
    if across and not even:
        for n, step in enumerate(across):
            if step - widths[n] > _GAP * style.wide or step < -style.wide:
                yield from _piece(text, places, widths, start, n + 1, y)
                start = n + 1
    yield from _piece(text, places, widths, start, len(text), y)


def _piece(text: str, places: list[float], widths: list[float], start: int, end: int, y: float) -> Iterator[_Piece]:
    """The stretch without the white space around it."""
    cut = text[start:end]
    bare = cut.strip()
    if bare:
        start += len(cut) - len(cut.lstrip())
        last = start + len(bare) - 1
        yield _Piece(bare, places[start], y, places[last] + widths[last], y)


def _even(across: list[float], wide: float) -> bool:
    """Steps of one width are no columns but a line set wide (通　知); the usual line has no wide step at all."""
    most = max(across)
    return min(across) >= -wide and (most <= 1.5 * wide or min(across) > 0.7 * most)


def _width(char: str) -> float:
    """Of a character in ems, where the font is not known: Chinese ones are square."""
    return 1.0 if char >= "\u2010" else 0.5


def _along_both(
    text: str, x: float, y: float, across: list[float], down: list[float], style: _Style
) -> Iterator[_Piece]:
    """Characters with steps downwards: a vertical line, or several lines in one TextCode."""
    if sum(map(abs, down)) > sum(map(abs, across)):
        if text.strip():
            yield _Piece(text.strip(), x, y, x, y + sum(down) + style.em, downwards=True)
        return
    widths = [style.wide * _width(c) for c in text]
    across = across + widths[len(across) : -1]
    places = list(accumulate(across, initial=x))
    start = 0
    for n, step in enumerate(down):
        if abs(step) > 0.3 * style.em:
            yield from _piece(text, places, widths, start, n + 1, y)
            start = n + 1
        y += step
    yield from _piece(text, places, widths, start, len(text), y)


def _add(piece: _Piece, style: _Style, content: Content) -> None:
    """Place a piece on the page, as upright, turned or tilted."""
    (a, b, c, d, e, f), em, wide, bold, _, hidden, pale = style
    text, x0, y0, x1, y1, downwards = piece
    y0, y1 = y0 - _ASCENT * em, y1 + (-_ASCENT if downwards else _DESCENT) * em
    if downwards:
        x1 = x0 + wide
    turn: int | None = 0
    if not b and not c and a > 0 < d:
        x0, y0, x1, y1, size = a * x0 + e, d * y0 + f, a * x1 + e, d * y1 + f, em * d
    else:
        xs = [a * x + c * y + e for x, y in ((x0, y0), (x1, y1))]
        ys = [b * x + d * y + f for x, y in ((x0, y0), (x1, y1))]
        x0, y0, x1, y1, size = min(xs), min(ys), max(xs), max(ys), em * hypot(c, d)
        turn = _direction(a, b, d)
    if not (-FAR < x0 <= x1 < FAR and -FAR < y0 <= y1 < FAR):
        raise ValueError(text)
    run = Run(text, x0, y0, x1, y1, size, bold)
    if hidden:
        content.hidden.append(run)
    elif turn is None:
        content.tilted.append(run)
    elif turn:
        content.turned.append((turn, run))
    elif pale:
        content.pale.append(run)
    else:
        content.runs.append(run)


def _direction(a: float, b: float, d: float) -> int | None:
    """0, 90, 180 or 270 by the direction of reading; None for text across the page."""
    if abs(b) <= _TILT * abs(a):
        return 180 if a < 0 and d < 0 else 0
    if abs(a) <= _TILT * abs(b):
        return 90 if b > 0 else 270
    return None
