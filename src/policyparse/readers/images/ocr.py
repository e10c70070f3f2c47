"""Text of page images by RapidOCR (PP-OCR models that its package ships; nothing is downloaded). Extra `[ocr]`.

The line-angle classifier is off: on clean pages it turned good lines over and raised the character error from
0.05 % to 0.9 %. Whole pages that lie on their side are found by the shape of their lines instead.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ...errors import MissingExtra
from ...limits import Budget
from ...source import RawDoc
from ..layout import Grid, Page, Ruling, Run
from ..layout.grid import find_grids

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_DPI = 200
"""Resolution at which pages are drawn for recognition; 150 and 300 read the same text no faster."""
_UNSURE = 0.8
"""Lines below this confidence get a diagnostic of their own."""
_SURE = 0.9
"""Mean confidence of a page that lies the right way up; upside down it stays below 0.7."""
_SIDEWAYS = 0.6
"""Share of lines higher than wide from which a page counts as lying on its side."""
_SKEW = 0.002
"""Slope from which line positions are turned upright (0.1°: 4 points over the width of a page)."""


class _Letter(NamedTuple):
    text: str
    x0: float
    x1: float


class _Line(NamedTuple):
    """A recognised line in pixels; corners clockwise from the top left."""

    corners: tuple[tuple[float, float], ...]
    letters: tuple[_Letter, ...]
    confidence: float


def read_page(image: Image, number: int, scale: float, budget: Budget) -> Page:
    """What the image of a page shows. `scale`: points a pixel. Raises MissingExtra without the extra [ocr]."""
    recognise = _engine()
    from . import page_image

    budget.tick()
    image, pixels = page_image.prepare(image, scale)
    lines = _lines(recognise, pixels)
    as_given = image
    for turn in (90, 270) if _sideways(lines) else (180,) if _upside_down(lines) else ():
        turned, turned_pixels = page_image.prepare(as_given.rotate(turn, expand=True), scale)
        other = _lines(recognise, turned_pixels)
        if not _sideways(other) and _quality(other) > _quality(lines):
            image, pixels, lines = turned, turned_pixels, other
        if _quality(lines) > _SURE:
            break
    width, height = image.width * scale, image.height * scale
    rulings = [r for r in page_image.rulings(pixels, scale) if not _is_stroke(r, lines, scale)]
    grids = find_grids(rulings, width, height)
    slope = _slope(lines)
    runs = [run for line in lines for run in _runs(line, grids, scale, slope, image.width / 2)]
    return Page(number, width, height, runs, grids, rulings)


def page_runs(image: Image, scale: float, budget: Budget) -> list[Run]:
    """The text of a page image as runs, in points."""
    return read_page(image, 1, scale, budget).runs


def with_doubts(raw: RawDoc) -> RawDoc:
    """`raw` with what a reader must know of recognised text: that it is recognised, and where it is unsure."""
    read = [b for b in raw.boxes if b.confidence is not None]
    if not read:
        return raw
    pages = len({b.page for b in read})
    mean = sum(b.confidence or 0 for b in read) / len(read)
    told = f"the text of {pages} page(s) was recognised from images (OCR, mean confidence {mean:.2f}); check values"
    warnings = [("ocr-text", told, 0, 0)]
    warnings += [
        ("ocr-unsure", f"recognised with confidence {b.confidence:.2f}", b.start, b.end)
        for b in read
        if b.confidence is not None and b.confidence < _UNSURE
    ]
    return replace(raw, warnings=(*raw.warnings, *warnings))


_HOW = "reading page images needs the OCR extra: python -m pip install 'policyparse[ocr]'"


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise MissingExtra(_HOW) from error
    params: dict[str, Any] = {"Global.log_level": "error"}
    if threads := os.environ.get("POLICYPARSE_OCR_THREADS"):  # several processes share the processors
        params["EngineConfig.onnxruntime.intra_op_num_threads"] = int(threads)
        params["EngineConfig.onnxruntime.inter_op_num_threads"] = 1
    return RapidOCR(params=params)


def pillow() -> Any:
    """The module PIL.Image. Raises MissingExtra where it is not installed."""
    try:
        from PIL import Image
    except ImportError as error:
        raise MissingExtra(_HOW) from error
    return Image


def _lines(recognise: Any, pixels: Any) -> list[_Line]:
    found = recognise(pixels, use_cls=False, return_word_box=True, return_single_char_box=True)
    if found.boxes is None:
        return []
    lines = []
    for corners, confidence, letters in zip(found.boxes, found.scores, found.word_results, strict=True):
        places = tuple(
            _Letter(text, float(min(p[0] for p in box)), float(max(p[0] for p in box))) for text, _, box in letters
        )
        if places:
            lines.append(_Line(tuple((float(x), float(y)) for x, y in corners), places, float(confidence)))
    return lines


def _sideways(lines: list[_Line]) -> bool:
    """Most lines stand: a page of vertical writing has no more than a title beside its columns, and is as rare."""
    sides = [(c[2][0] - c[0][0], c[2][1] - c[0][1]) for c in (line.corners for line in lines)]
    long = [(w, h) for w, h in sides if max(w, h) > 4 * min(w, h)]
    return sum(h > w for w, h in long) > _SIDEWAYS * len(long)


def _upside_down(lines: list[_Line]) -> bool:
    return bool(lines) and _quality(lines) < _UNSURE


def _quality(lines: list[_Line]) -> float:
    """Mean confidence of a letter."""
    letters = sum(len(line.letters) for line in lines)
    return sum(line.confidence * len(line.letters) for line in lines) / letters if letters else 0.0


def _is_stroke(ruling: Ruling, lines: list[_Line], scale: float) -> bool:
    """A long straight piece of a headline's letter: as long as the letters at most, and within their line."""
    x, y = (ruling.x0 + ruling.x1) / 2 / scale, (ruling.y0 + ruling.y1) / 2 / scale
    length = max(ruling.x1 - ruling.x0, ruling.y1 - ruling.y0) / scale
    return any(
        length <= 1.1 * (c[2][1] - c[0][1]) and c[0][0] <= x <= c[2][0] and c[0][1] <= y <= c[2][1]
        for c in (line.corners for line in lines)
    )


def _slope(lines: list[_Line]) -> float:
    """How much the lines rise or fall, in pixels a pixel: the median over the long ones."""
    slopes = sorted(
        (c[1][1] - c[0][1]) / (c[1][0] - c[0][0])
        for c in (line.corners for line in lines if len(line.letters) > 8)
        if c[1][0] > c[0][0]
    )
    slope = slopes[len(slopes) // 2] if slopes else 0.0
    return slope if abs(slope) >= _SKEW else 0.0


def _runs(line: _Line, grids: list[Grid], scale: float, slope: float, middle: float) -> list[Run]:
    """The line in points, turned upright about the middle of the page, and cut where a table rule crosses it."""
    left, right = (line.corners[0][0] + line.corners[3][0]) / 2, (line.corners[1][0] + line.corners[2][0]) / 2
    top = sum(line.corners[i][1] for i in (0, 1)) / 2
    bottom = sum(line.corners[i][1] for i in (2, 3)) / 2
    shift = slope * ((left + right) / 2 - middle)
    y0, y1 = (top - shift) * scale, (bottom - shift) * scale
    runs = []
    for letters in _cut(line.letters, _rules_at((y0 + y1) / 2, grids), scale):
        text = "".join(letter.text for letter in letters)
        x0 = letters[0].x0 if letters[0] is not line.letters[0] else min(left, letters[0].x0)
        x1 = letters[-1].x1 if letters[-1] is not line.letters[-1] else max(right, letters[-1].x1)
        # the detector's boxes stand about a tenth of the letter's height off the ink on each side
        size = round((y1 - y0) * 0.8, 1)
        runs.append(Run(text, x0 * scale, y0, x1 * scale, y1, size, False, round(line.confidence, 3)))
    return runs


def _rules_at(y: float, grids: list[Grid]) -> list[float]:
    """The vertical cell borders that cross height `y`."""
    return sorted({x for g in grids if g.y0 <= y <= g.y1 for c in g.cells if c.y0 <= y <= c.y1 for x in (c.x0, c.x1)})


def _cut(letters: tuple[_Letter, ...], rules: list[float], scale: float) -> list[list[_Letter]]:
    pieces: list[list[_Letter]] = [[]]
    for letter in letters:
        middle = (letter.x0 + letter.x1) / 2 * scale
        if pieces[-1]:
            before = (pieces[-1][-1].x0 + pieces[-1][-1].x1) / 2 * scale
            if any(before < x <= middle for x in rules):
                pieces.append([])
        pieces[-1].append(letter)
    return [piece for piece in pieces if "".join(letter.text for letter in piece).strip()]
