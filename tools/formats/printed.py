"""What stands where on the pages of a pdf: characters by printed line, and straight lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as c

MM = 25.4 / 72


@dataclass(slots=True)
class Line:
    """Characters with the x of each, on one baseline. Millimetres from the page's top left corner."""

    text: str
    xs: list[float]
    y: float
    size: float
    right: float
    color: tuple[int, int, int] = (0, 0, 0)


@dataclass(slots=True)
class Rule:
    """A straight line, or a thin filled box drawn as one."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    color: tuple[int, int, int]


@dataclass(slots=True)
class Printed:
    """A page."""

    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def pages(pdf: bytes) -> list[Printed]:
    """The pages of a pdf."""
    document = pdfium.PdfDocument(pdf)
    return [_page(document[i]) for i in range(len(document))]


def _page(page: pdfium.PdfPage) -> Printed:
    width, height = page.get_size()
    found = Printed(width * MM, height * MM)
    text = page.get_textpage()
    for char, x, y, size, right, color in _characters(text, height):
        last = found.lines[-1] if found.lines else None
        if last and abs(last.y - y) < 0.2 and -0.1 < x - last.right < 0.5 * size and abs(last.size - size) < 0.1:
            last.text += char
            last.xs.append(x)
            last.right = right
        else:
            found.lines.append(Line(char, [x], y, size, right, color))
    for line in found.lines:
        stripped = line.text.rstrip()
        line.text, line.xs = stripped, line.xs[: len(stripped)]
    found.lines = [x for x in found.lines if x.text]
    found.rules = list(_rules(page, height))
    return found


Character = tuple[str, float, float, float, float, tuple[int, int, int]]


def _characters(text: pdfium.PdfTextPage, height: float) -> Iterator[Character]:
    """Character, x, baseline, size, right edge, colour. Spaces and line ends that the library adds are left out."""
    x, y = ctypes.c_double(), ctypes.c_double()
    for i in range(text.count_chars()):
        char = chr(c.FPDFText_GetUnicode(text, i))
        if c.FPDFText_IsGenerated(text, i) or ord(char) < 32:
            continue
        c.FPDFText_GetCharOrigin(text, i, x, y)
        _, _, right, _ = text.get_charbox(i, loose=True)
        rgba = [ctypes.c_uint() for _ in range(4)]
        c.FPDFText_GetFillColor(text, i, *rgba)
        color = (rgba[0].value, rgba[1].value, rgba[2].value)
        yield char, x.value * MM, (height - y.value) * MM, c.FPDFText_GetFontSize(text, i) * MM, right * MM, color


def _rules(page: pdfium.PdfPage, height: float) -> Iterator[Rule]:
    for item in page.get_objects([c.FPDF_PAGEOBJ_PATH]):
        x0, y0, x1, y1 = item.get_bounds()
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        c.FPDFPath_GetDrawMode(item, fill, stroke)
        rgba = [ctypes.c_uint() for _ in range(4)]
        get = c.FPDFPageObj_GetStrokeColor if stroke.value else c.FPDFPageObj_GetFillColor
        get(item, *rgba)
        color = (rgba[0].value, rgba[1].value, rgba[2].value)
        across, down = x1 - x0, y1 - y0
        if min(across, down) > 6 or max(across, down) < 10 * min(across, down):
            continue  # clip boxes, dots
        middle_x, middle_y = (x0 + x1) / 2, height - (y0 + y1) / 2
        thickness = ctypes.c_float()
        c.FPDFPageObj_GetStrokeWidth(item, thickness)
        width = (thickness.value if stroke.value else min(across, down)) * MM
        if across > down:
            yield Rule(x0 * MM, middle_y * MM, x1 * MM, middle_y * MM, width, color)
        else:
            yield Rule(middle_x * MM, (height - y1) * MM, middle_x * MM, (height - y0) * MM, width, color)
