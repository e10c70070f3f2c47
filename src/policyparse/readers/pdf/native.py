"""Calls into pdfium for a whole page at once: characters and their boxes without a Python step for each.

A page has hundreds of characters, and each box is a call. `map` over plain C prototypes makes these calls in a tenth
of the time that the wrapper's own methods take; nothing here changes what is asked of pdfium.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Callable
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_P, _I, _D, _F = ctypes.c_void_p, ctypes.c_int, ctypes.c_double, ctypes.c_float


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """`function` with untyped pointers, which are plain numbers in Python; too short to let other threads run."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, _P).value or 0)


_box = _plain(pdfium.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_text = _plain(pdfium.FPDFText_GetText, _I, _P, _I, _I, _P)
_unicode = _plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)
_object = _plain(pdfium.FPDFPage_GetObject, _P, _P, _I)
_kind = _plain(pdfium.FPDFPageObj_GetType, _I, _P)
char_angle = _plain(pdfium.FPDFText_GetCharAngle, _F, _P, _I)
_form_count = _plain(pdfium.FPDFFormObj_CountObjects, _I, _P)
_form_object = _plain(pdfium.FPDFFormObj_GetObject, _P, _P, ctypes.c_ulong)
_bounds = _plain(pdfium.FPDFPageObj_GetBounds, _I, _P, _P, _P, _P, _P)
_matrix = _plain(pdfium.FPDFPageObj_GetMatrix, _I, _P, _P)
_draw_mode = _plain(pdfium.FPDFPath_GetDrawMode, _I, _P, _P, _P)
_object_fill = _plain(pdfium.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
segment_count = _plain(pdfium.FPDFPath_CountSegments, _I, _P)
_segment = _plain(pdfium.FPDFPath_GetPathSegment, _P, _P, _I)
_segment_point = _plain(pdfium.FPDFPathSegment_GetPoint, _I, _P, _P, _P)
_segment_type = _plain(pdfium.FPDFPathSegment_GetType, _I, _P)
_segment_close = _plain(pdfium.FPDFPathSegment_GetClose, _I, _P)
_fill = _plain(pdfium.FPDFText_GetFillColor, _I, _P, _I, _P, _P, _P, _P)
_text_object = _plain(pdfium.FPDFText_GetTextObject, _P, _P, _I)
_mode = _plain(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)


_NO_TEXT = re.compile(b"[^\\x%02x]" % pdfium.FPDF_PAGEOBJ_TEXT)


class Chars(NamedTuple):
    """The characters of a page in the order of the file, and their boxes in the page's own coordinates."""

    text: str
    left: array[float]
    top: array[float]
    right: array[float]
    bottom: array[float]


def address(handle: Any) -> int:
    """A pdfium handle as a number."""
    return ctypes.cast(handle, _P).value or 0


def characters(textpage: int, count: int) -> Chars:
    """All characters of a text page."""
    buffer = (_F * (4 * count))()
    start = ctypes.addressof(buffer)
    all(map(_box, repeat(textpage), range(count), range(start, start + 16 * count, 16)))
    numbers = array("f", bytes(buffer))
    return Chars(_string(textpage, count), numbers[0::4], numbers[1::4], numbers[2::4], numbers[3::4])


def _string(textpage: int, count: int) -> str:
    """One character for each box."""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    length = max(_text(textpage, 0, count, ctypes.addressof(buffer)) - 1, 0)
    text = bytes(buffer)[: 2 * length].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # characters without a Unicode value are no part of that string: one by one
    codes = list(map(_unicode, repeat(textpage), range(count)))
    return "".join(chr(c) if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000 else "\ufffd" for c in codes)


def objects(page: int, count: int) -> list[tuple[int, int]]:
    """(kind, handle) of the objects of a page that are not text. A page may have an object a character."""
    handles = list(map(_object, repeat(page), range(count)))
    kinds = bytes(map(_kind, handles))
    return [(kinds[m.start()], handles[m.start()]) for m in _NO_TEXT.finditer(kinds)]


def form_objects(form: int) -> list[tuple[int, int]]:
    """The same of a form, a group of objects drawn as one."""
    handles = [_form_object(form, n) for n in range(max(_form_count(form), 0))]
    return [(_kind(handle), handle) for handle in handles if handle]


_floats = (_F * 6)()
_f = ctypes.addressof(_floats)


def bounds(handle: int) -> tuple[float, float, float, float] | None:
    """left, bottom, right, top of an object."""
    if not _bounds(handle, _f, _f + 4, _f + 8, _f + 12):
        return None
    return _floats[0], _floats[1], _floats[2], _floats[3]


def matrix(handle: int) -> tuple[float, ...]:
    """a, b, c, d, e, f of an object's matrix."""
    return tuple(_floats) if _matrix(handle, _f) else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def segments(path: int, count: int) -> list[tuple[int, float, float, bool]]:
    """(kind, x, y, does it close the part) of the segments of a path."""
    found: list[tuple[int, float, float, bool]] = []
    for n in range(count):
        segment = _segment(path, n)
        if segment and _segment_point(segment, _f, _f + 4):
            found.append((_segment_type(segment), _floats[0], _floats[1], bool(_segment_close(segment))))
    return found


_modes = (_I * 2)()
_m = ctypes.addressof(_modes)


def draw_mode(path: int) -> tuple[bool, bool]:
    """Is a path filled, is it stroked?"""
    if not _draw_mode(path, _m, _m + 4):
        return False, False
    return _modes[0] != pdfium.FPDF_FILLMODE_NONE, bool(_modes[1])


_rgba = (ctypes.c_uint * 4)()
_at = ctypes.addressof(_rgba)


def fill_colour(textpage: int, index: int) -> tuple[int, int, int, int] | None:
    """Red, green, blue, opacity (0–255) of a character."""
    if not _fill(textpage, index, _at, _at + 4, _at + 8, _at + 12):
        return None
    return _rgba[0], _rgba[1], _rgba[2], _rgba[3]


def object_fill(handle: int) -> tuple[int, int, int, int] | None:
    """The same of a path."""
    if not _object_fill(handle, _at, _at + 4, _at + 8, _at + 12):
        return None
    return _rgba[0], _rgba[1], _rgba[2], _rgba[3]


def invisible(textpage: int, index: int) -> bool:
    """Is the character drawn with text mode 3 (neither filled nor stroked), as OCR layers are?"""
    found = _text_object(textpage, index)
    return bool(found) and _mode(found) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
