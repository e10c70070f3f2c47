"""What the properties of paragraphs and cells say, worked out once for all that say the same."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...source import Align
from .names import DEL, ILVL, JC, MOVE_FROM, NUM_ID, NUMPR, OUTLINE, PPR, RPR, SECTPR, TCPR, VAL, child, number, on, w
from .slim import SAID
from .styles import Look, Styles, align_of

_PSTYLE, _SPEC_VANISH, _PAGE_BEFORE = w("pStyle"), w("specVanish"), w("pageBreakBefore")
_GRID_SPAN, _V_MERGE, _H_MERGE = w("gridSpan"), w("vMerge"), w("hMerge")
_TC_BORDERS, _CELL_DEL = w("tcBorders"), w("cellDel")
_UPRIGHT = frozenset(w(n) for n in ("left", "start", "insideV", "right", "end"))
WIDEST = 256
"""Columns that a cell may span."""


class OfParagraph(NamedTuple):
    """What the properties of a paragraph and its style come to."""

    look: Look
    align: Align | None
    outline: int | None
    num_id: str | None = None
    ilvl: int | None = None
    numbered: bool = False
    joined: bool = False
    """Its mark was deleted: the next paragraph goes on with it."""
    page_before: bool = False
    section: Any = None
    """A section ends with it."""


class OfCell(NamedTuple):
    """What the properties of a cell say."""

    span: int = 1
    goes_on: bool = False
    """Merged with the cell above."""
    beside: bool = False
    """Merged with the cell at its left."""
    ruled: bool = False
    """It has upright borders of its own."""
    deleted: bool = False


class Told:
    """The properties of one part. Those that stand more than once carry a number (see `slim`)."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._root, self._styles = root, styles
        self.plain = OfParagraph(
            styles.plain, styles.plain.align, styles.plain.outline, None, None, _numbers(styles.plain)
        )
        """Of paragraphs without properties."""
        self._paragraphs = {"": self.plain}
        self._cells: dict[str, OfCell] = {}
        self._whole: dict[tuple[str, str], Any] | None = None

    def of_paragraph(self, ppr: Any) -> OfParagraph:
        """What a w:pPr says, or that of a paragraph that is one line."""
        ident = ppr.get(SAID)
        if ident is None:
            return _paragraph(ppr, self._styles)
        found = self._paragraphs.get(ident)
        if found is None:
            found = self._paragraphs[ident] = _paragraph(self._first(PPR, ppr, ident), self._styles)
        return found

    def of_cell(self, tcpr: Any) -> OfCell:
        """What a w:tcPr says."""
        ident = tcpr.get(SAID)
        if ident is None:
            return _cell(tcpr)
        found = self._cells.get(ident)
        if found is None:
            found = self._cells[ident] = _cell(self._first(TCPR, tcpr, ident))
        return found

    def _first(self, tag: str, element: Any, ident: str) -> Any:
        """Where these properties stand whole, which may be in text that is not read (a form for older programs)."""
        if len(element):
            return element
        if self._whole is None:
            self._whole = {(e.tag, e.get(SAID)): e for e in self._root.iter(PPR, TCPR) if len(e)}
        return self._whole.get((tag, ident), ())


def _numbers(look: Look) -> bool:
    return look.num_id is not None


def _paragraph(ppr: Any, styles: Styles) -> OfParagraph:
    said = {e.tag: e for e in ppr}
    look = styles.look(said[_PSTYLE].get(VAL)) if _PSTYLE in said else styles.plain
    align = align_of(said[JC].get(VAL)) if JC in said else None
    outline = number(said[OUTLINE].get(VAL), 9) if OUTLINE in said else look.outline
    num_id = ilvl = None
    if NUMPR in said:
        numbers = {e.tag: e.get(VAL) for e in reversed(said[NUMPR])}
        num_id, ilvl = numbers.get(NUM_ID), numbers.get(ILVL)
    rpr = said.get(RPR)
    return OfParagraph(
        look,
        align or look.align,
        outline,
        num_id,
        None if ilvl is None else number(ilvl),
        NUMPR in said or _numbers(look),
        rpr is not None and (any(child(rpr, n) is not None for n in (DEL, MOVE_FROM)) or bool(on(rpr, _SPEC_VANISH))),
        _PAGE_BEFORE in said and said[_PAGE_BEFORE].get(VAL) not in ("0", "false", "off"),
        said.get(SECTPR),
    )


def _cell(tcpr: Any) -> OfCell:
    said = {e.tag: e for e in tcpr}
    below, beside, borders = said.get(_V_MERGE), said.get(_H_MERGE), said.get(_TC_BORDERS)
    return OfCell(
        min(max(number(said[_GRID_SPAN].get(VAL), 1), 1), WIDEST) if _GRID_SPAN in said else 1,
        below is not None and below.get(VAL, "continue") == "continue",
        beside is not None and beside.get(VAL, "continue") == "continue",
        draws(borders),
        _CELL_DEL in said,
    )


def draws(borders: Any) -> bool:
    """Do these borders draw upright lines?"""
    if borders is None:
        return False
    return any(e.tag in _UPRIGHT and e.get(VAL) not in ("nil", "none", None) for e in borders)
