"""Calls into pdfium for a whole page at once: characters and their boxes without a Python step for each.

A page has hundreds of characters, and each box is a call. `map` over bare C functions makes these calls in a sixth of
the time that the wrapper's own methods take: handles and places for results are ctypes objects made beforehand, which
need no check and no conversion. Nothing here changes what is asked of pdfium. Call it from one thread at a time.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Callable
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_I, _F = ctypes.c_int, ctypes.c_float


class Handle(ctypes.c_void_p):
    """A pointer of pdfium."""


def _bare(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """`function` without checks: arguments are handles, `byref` and small numbers. Too short to let threads run."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_box = _bare(pdfium.FPDFText_GetLooseCharBox, None)
_text = _bare(pdfium.FPDFText_GetText, _I)
_unicode = _bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_object = _bare(pdfium.FPDFPage_GetObject, Handle)
_kind = _bare(pdfium.FPDFPageObj_GetType, _I)
char_angle = _bare(pdfium.FPDFText_GetCharAngle, _F)
_form_count = _bare(pdfium.FPDFFormObj_CountObjects, _I)
_form_object = _bare(pdfium.FPDFFormObj_GetObject, Handle, ctypes.c_void_p, ctypes.c_ulong)
_bounds = _bare(pdfium.FPDFPageObj_GetBounds, _I)
_matrix = _bare(pdfium.FPDFPageObj_GetMatrix, _I)
_draw_mode = _bare(pdfium.FPDFPath_GetDrawMode, _I)
_object_fill = _bare(pdfium.FPDFPageObj_GetFillColor, _I)
segment_count = _bare(pdfium.FPDFPath_CountSegments, _I)
_segment = _bare(pdfium.FPDFPath_GetPathSegment, Handle)
_segment_point = _bare(pdfium.FPDFPathSegment_GetPoint, _I)
_segment_type = _bare(pdfium.FPDFPathSegment_GetType, _I)
_segment_close = _bare(pdfium.FPDFPathSegment_GetClose, _I)
_fill = _bare(pdfium.FPDFText_GetFillColor, _I)
_text_object = _bare(pdfium.FPDFText_GetTextObject, Handle)
_mode = _bare(pdfium.FPDFTextObj_GetTextRenderMode, _I)

_NO_TEXT = re.compile(b"[^\\x%02x]" % pdfium.FPDF_PAGEOBJ_TEXT)


class Chars(NamedTuple):
    """The characters of a page in the order of the file, and their boxes in the page's own coordinates."""

    text: str
    left: list[float]
    top: list[float]
    right: list[float]
    bottom: list[float]


def handle(pointer: Any) -> Handle:
    """What pypdfium2 holds, as the functions here take it."""
    return ctypes.cast(pointer, Handle)


_boxes = (_F * 4)()
_places: list[Any] = []
"""Where each box of a page goes, in `_boxes`."""
_MOST_PLACES = 20_000


def _room(count: int) -> tuple[Any, list[Any]]:
    """Room for the boxes of so many characters; that of an ordinary page is kept for the next."""
    global _boxes, _places
    if count <= len(_places):
        return _boxes, _places
    boxes = (_F * (4 * count))()
    places = [ctypes.byref(boxes, n) for n in range(0, 16 * count, 16)]
    if count <= _MOST_PLACES:
        _boxes, _places = boxes, places
    return boxes, places


def characters(textpage: Handle, count: int) -> Chars:
    """All characters of a text page."""
    boxes, places = _room(count)
    deque(map(_box, repeat(textpage), range(count), places), maxlen=0)
    numbers: Any = memoryview(boxes).cast("B").cast("f")[: 4 * count]
    sides = [numbers[n::4].tolist() for n in range(4)]
    return Chars(_string(textpage, count), *sides)


def _string(textpage: Handle, count: int) -> str:
    """One character for each box."""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    length = max(_text(textpage, 0, count, ctypes.byref(buffer)) - 1, 0)
    text = bytes(buffer)[: 2 * length].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # characters without a Unicode value are no part of that string: one by one
    codes = list(map(_unicode, repeat(textpage), range(count)))
    return "".join(chr(c) if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000 else "\ufffd" for c in codes)


def objects(page: Handle, count: int) -> list[tuple[int, Handle]]:
    """(kind, handle) of the objects of a page that are not text. A page may have an object a character."""
    handles = list(map(_object, repeat(page), range(count)))
    kinds = bytes(map(_kind, handles))
    return [(kinds[m.start()], handles[m.start()]) for m in _NO_TEXT.finditer(kinds)]


def form_objects(form: Handle) -> list[tuple[int, Handle]]:
    """The same of a form, a group of objects drawn as one."""
    handles = [_form_object(form, n) for n in range(max(_form_count(form), 0))]
    return [(_kind(handle), handle) for handle in handles if handle]


_floats = (_F * 6)()
_at = [ctypes.byref(_floats, 4 * n) for n in range(4)]


def bounds(handle: Handle) -> tuple[float, float, float, float] | None:
    """left, bottom, right, top of an object."""
    if not _bounds(handle, *_at):
        return None
    return _floats[0], _floats[1], _floats[2], _floats[3]


def matrix(handle: Handle) -> tuple[float, ...]:
    """a, b, c, d, e, f of an object's matrix."""
    return tuple(_floats) if _matrix(handle, _at[0]) else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def segments(path: Handle, count: int) -> list[tuple[int, float, float, bool]]:
    """(kind, x, y, does it close the part) of the segments of a path."""
    found: list[tuple[int, float, float, bool]] = []
    for n in range(count):
        segment = _segment(path, n)
        if segment and _segment_point(segment, _at[0], _at[1]):
            found.append((_segment_type(segment), _floats[0], _floats[1], bool(_segment_close(segment))))
    return found


_modes = (_I * 2)()
_at_modes = ctypes.byref(_modes), ctypes.byref(_modes, 4)


def draw_mode(path: Handle) -> tuple[bool, bool]:
    """Is a path filled, is it stroked?"""
    if not _draw_mode(path, *_at_modes):
        return False, False
    return _modes[0] != pdfium.FPDF_FILLMODE_NONE, bool(_modes[1])


_rgba = (ctypes.c_uint * 4)()
_at_rgba = [ctypes.byref(_rgba, 4 * n) for n in range(4)]


def fill_colour(textpage: Handle, index: int) -> tuple[int, int, int, int] | None:
    """Red, green, blue, opacity (0–255) of a character."""
    if not _fill(textpage, index, *_at_rgba):
        return None
    return _rgba[0], _rgba[1], _rgba[2], _rgba[3]


def object_fill(handle: Handle) -> tuple[int, int, int, int] | None:
    """The same of a path."""
    if not _object_fill(handle, *_at_rgba):
        return None
    return _rgba[0], _rgba[1], _rgba[2], _rgba[3]


def invisible(textpage: Handle, index: int) -> bool:
    """Is the character drawn with text mode 3 (neither filled nor stroked), as OCR layers are?"""
    found = _text_object(textpage, index)
    return bool(found) and _mode(found) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
