"""Text boxes, shapes and word art: what text they hold and where on the page they stand."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from .names import (
    ANCHOR,
    DRAWN_TEXT,
    FALLBACK,
    POS_ALIGN,
    POS_OFFSET,
    POSITION_V,
    TEXTPATH,
    TXBX,
    T,
    number,
)
from .slim import LINE

Where = Literal["before", "after", "foot"]

_EMU = 12700
"""Units of a drawing in a point."""
_PAGE = 842.0
"""Height of an A4 page in points."""
_TOP, _BOTTOM = 0.4, 0.6
"""Shares of the page: above is its head, below its foot."""
_MARGINS = {"page": 0.0, "margin": 72.0, "topMargin": 0.0, "top-margin-area": 0.0}
_STYLED = re.compile(r"(?:^|;)\s*(margin-top|mso-position-vertical(?:-relative)?)\s*:\s*([^;]{1,40})")
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)\s*(pt|in|cm|mm|)")
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "": 1 / _EMU}


class Box(NamedTuple):
    """A text box: its content element, or the words of word art, and its height on the page."""

    content: Any
    words: str
    frame: str
    """What `y` counts from: page, margin, paragraph …"""
    y: float | None
    """Points; None: not said."""


def boxes_of(element: Any) -> list[Box]:
    """The boxes of a drawing or picture in their order; none of those is named twice."""
    contents = [e for e in element.iter(TXBX, TEXTPATH) if _own(e, element)]
    if contents:
        frame, y = _position(element)
        return [Box(e if e.tag == TXBX else None, e.get("string") or "", frame, y) for e in contents]
    words = [e.text for e in element.iter(DRAWN_TEXT) if e.text and e.text.strip()]
    return [Box(None, word, "", None) for word in words]


def has_text(element: Any) -> bool:
    """Is there anything to read in it?"""
    return next(element.iter(T, LINE, TEXTPATH, DRAWN_TEXT), None) is not None


def _own(element: Any, root: Any) -> bool:
    """Not inside another box of `root`, and not in the copy for older programs."""
    for up in element.iterancestors():
        if up is root:
            return True
        if up.tag == TXBX:
            return False
        if up.tag == FALLBACK and has_text(up.getparent()[0]) and up.getparent()[0] is not up:
            return False
    return True


def _position(element: Any) -> tuple[str, float | None]:
    for anchor in element.iter(ANCHOR):
        place = next(anchor.iter(POSITION_V), None)
        if place is None:
            break
        frame = place.get("relativeFrom", "")
        for told in place:
            if told.tag == POS_OFFSET:
                return frame, number((told.text or "").strip()) / _EMU
            if told.tag == POS_ALIGN:
                return frame, _PAGE if (told.text or "").strip() in ("bottom", "outside") else 0.0
        break
    return _styled(element)


def _styled(element: Any) -> tuple[str, float | None]:
    """Of a VML shape: margin-top:-20pt;mso-position-vertical-relative:page."""
    for shape in element.iter():
        style = shape.get("style") if isinstance(shape.tag, str) else None
        if style and "position:absolute" in style.replace(" ", ""):
            told = dict(_STYLED.findall(style))
            frame = told.get("mso-position-vertical-relative", "paragraph").strip()
            fixed = told.get("mso-position-vertical", "").strip()
            if fixed in ("bottom", "outside"):
                return frame, _PAGE
            m = _LENGTH.match(told.get("margin-top", "").strip())
            return frame, float(m[1]) * _UNITS[m[2]] if m else 0.0
    return "", None


def where(box: Box, *, early: bool) -> Where:
    """Before or after the paragraph that a box is tied to, or at the foot of its page.

    `early`: hardly any text has gone before. A red header is tied to one of the first paragraphs and stands above
    it; the imprint of a short notice may be tied to the same paragraph and stands at the foot of the page.
    """
    if box.y is None:
        return "before" if early else "after"
    if box.frame in _MARGINS:
        share = (box.y + _MARGINS[box.frame]) / _PAGE
        return "foot" if share > _BOTTOM else "before" if early else "after"
    if box.frame in ("bottomMargin", "bottom-margin-area"):
        return "foot"
    if box.y <= 0:
        return "before"
    if box.y > _PAGE * _BOTTOM:
        return "foot"
    return "before" if early and box.y < _PAGE * _TOP else "after"
