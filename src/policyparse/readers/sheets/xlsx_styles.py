"""styles.xml of a workbook: the number format of each cell style, whether it draws a border, how it aligns."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from ...source import Align
from .numbers import BUILTIN

_ALIGN: dict[str, Align] = {"center": "center", "centerContinuous": "center", "right": "right", "left": "left"}


class Style(NamedTuple):
    """What a cell style (an index into cellXfs) says."""

    code: str = "General"
    framed: bool = False
    align: Align | None = None


PLAIN = Style()


def styles(root: etree._Element | None) -> list[Style]:
    """The cell styles in order."""
    if root is None:
        return []
    codes = dict(BUILTIN)
    for form in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[number(form.get("numFmtId"))] = form.get("formatCode") or "General"
    borders = [_drawn(border) for border in root.iterfind("{*}borders/{*}border")]
    return [_style(xf, codes, borders) for xf in root.iterfind("{*}cellXfs/{*}xf")]


def _drawn(border: etree._Element) -> bool:
    """At least two sides: one line alone is an underline of a title or of a blank to fill."""
    sides = ("left", "right", "top", "bottom", "start", "end")
    return sum(local(s) in sides and s.get("style", "none") != "none" for s in border) >= 2


def _style(xf: etree._Element, codes: dict[int, str], borders: list[bool]) -> Style:
    border = number(xf.get("borderId"))
    alignment = xf.find("{*}alignment")
    align = _ALIGN.get(alignment.get("horizontal", "")) if alignment is not None else None
    return Style(
        codes.get(number(xf.get("numFmtId")), "General"), 0 <= border < len(borders) and borders[border], align
    )


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def number(value: str | None, default: int = 0) -> int:
    """An attribute that should be a whole number."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else default
