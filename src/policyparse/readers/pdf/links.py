"""What is laid over a pdf page: links, the values of form fields, text typed onto the page."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from ..layout import Link, Run
from .text import Box, View

_MOST = 2_000
_ON_TOP = {pdfium.FPDF_ANNOT_WIDGET: b"V", pdfium.FPDF_ANNOT_FREETEXT: b"Contents"}


def laid_over(document: Any, page: Any, view: View) -> tuple[list[Link], list[Run]]:
    """Links and typed text of a page."""
    links: list[Link] = []
    runs: list[Run] = []
    for n in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, n)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_LINK and (target := _target(document, annotation)):
            links.append(Link(*_box(annotation, view), target))
        elif kind in _ON_TOP and (text := _string(annotation, _ON_TOP[kind])):
            runs += _lines(text, _box(annotation, view))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return links, runs


def _box(annotation: Any, view: View) -> Box:
    found = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(found))
    low, high = sorted((found.bottom, found.top))
    return view.box(found.left, high, found.right, low)


def _target(document: Any, annotation: Any) -> str:
    link = pdfium.FPDFAnnot_GetLink(annotation)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", "replace")


def _string(annotation: Any, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")


def _lines(text: str, box: Box) -> list[Run]:
    """The lines of a field, spread over its height."""
    lines = [line for line in text.splitlines() if line.strip()]
    x0, y0, x1, y1 = box
    each = (y1 - y0) / max(len(lines), 1)
    size = min(each, 16.0)
    return [
        Run(
            line,
            x0,
            y0 + n * each + (each - size) / 2,
            min(x1, x0 + len(line) * size),
            y0 + n * each + (each + size) / 2,
        )
        for n, line in enumerate(lines)
    ]
