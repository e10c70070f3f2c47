"""Names of elements and attributes in WordprocessingML, as lxml writes them."""

from __future__ import annotations

from typing import Any

from lxml import etree

Element = etree._Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"

STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), name[1:-1].encode())
    for strict, name in (
        ("wordprocessingml/main", _W),
        ("officeDocument/relationships", _R),
        ("officeDocument/math", _M),
        ("drawingml/wordprocessingDrawing", _WP),
        ("drawingml/main", _A),
    )
)
"""Namespaces of the strict form of the standard, and what the usual form calls them."""

VAL = _W + "val"
RID = _R + "id"

BODY, P, R, T, TBL, TR, TC = (_W + n for n in ("body", "p", "r", "t", "tbl", "tr", "tc"))
PPR, RPR, TBLPR, TRPR, TCPR, SECTPR = (_W + n for n in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr"))
SDT, SDTPR, SDTCONTENT = (_W + n for n in ("sdt", "sdtPr", "sdtContent"))
INS, DEL, MOVE_FROM, MOVE_TO = (_W + n for n in ("ins", "del", "moveFrom", "moveTo"))
HYPERLINK, FLD_SIMPLE, FLD_CHAR, INSTR = (_W + n for n in ("hyperlink", "fldSimple", "fldChar", "instrText"))
ALTERNATE, CHOICE, FALLBACK = (_MC + n for n in ("AlternateContent", "Choice", "Fallback"))
TXBX, DRAWING, PICT, OBJECT = (_W + n for n in ("txbxContent", "drawing", "pict", "object"))
ANCHOR, POSITION_V, POS_OFFSET, POS_ALIGN = (_WP + n for n in ("anchor", "positionV", "posOffset", "align"))
BLIP, EMBED, IMAGE_DATA = _A + "blip", _R + "embed", _V + "imagedata"
TEXTPATH, DRAWN_TEXT, MATH_TEXT = _V + "textpath", _A + "t", _M + "t"
STYLE, NUMPR, NUM_ID, ILVL, JC, OUTLINE = (_W + n for n in ("style", "numPr", "numId", "ilvl", "jc", "outlineLvl"))


def w(name: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return _W + name


def math(name: str) -> str:
    """The full name of an element of a formula."""
    return _M + name


def child(element: Any, name: str) -> Any:
    """The first child of this name, or None. `find` would build a path first."""
    for found in element:
        if found.tag == name:
            return found
    return None


def value(element: Any, name: str) -> str | None:
    """`w:val` of the first child of this name."""
    found = child(element, name)
    return None if found is None else found.get(VAL)


def on(element: Any, name: str) -> bool | None:
    """A switch: <w:vanish/> is on, <w:vanish w:val="0"/> off; None: not said."""
    found = child(element, name)
    return None if found is None else found.get(VAL) not in ("0", "false", "off")


def number(string: str | None, default: int = 0) -> int:
    """A whole number out of an attribute."""
    try:
        return int(string) if string is not None and len(string) < 12 else default
    except ValueError:
        return default
