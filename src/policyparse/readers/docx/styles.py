"""styles.xml: what a style says of a paragraph or a run, with all that it is based on."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ...source import Align
from .names import JC, NUM_ID, NUMPR, OUTLINE, PPR, RPR, STYLE, VAL, child, number, on, value, w

_ALIGN: dict[str, Align] = {
    "left": "left",
    "start": "left",
    "both": "left",
    "distribute": "left",
    "center": "center",
    "centerGroup": "center",
    "right": "right",
    "end": "right",
}
_CONTENTS = re.compile(r"(?:toc|目录|table of figures)\s?(?:\d|heading|标题)?$", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|标题)\s?([1-9])$", re.IGNORECASE)
_VANISH, _BASED_ON, _ILVL, _NAME = w("vanish"), w("basedOn"), w("ilvl"), w("name")
_TYPE, _ID, _DEFAULT, _BORDERS = w("type"), w("styleId"), w("default"), w("tblBorders")
_DEEPEST = 50
"""Styles based on one another; Word itself allows 11."""


class Look(NamedTuple):
    """What a paragraph style comes to."""

    align: Align | None = None
    outline: int | None = None
    """Outline level from 0; 9 is body text."""
    num_id: str | None = None
    ilvl: int | None = None
    numbered_by: str | None = None
    """The style in the chain that has the numbering: levels are linked to it."""
    hidden: bool = False
    contents: bool = False
    """A style of a table of contents (toc 1, TOC Heading)."""


PLAIN = Look()


def align_of(jc: str | None) -> Align | None:
    """w:jc; None for what it does not know."""
    return _ALIGN.get(jc or "")


class Styles:
    """Styles by id, worked out when first asked for."""

    def __init__(self, root: Any) -> None:
        self._elements: dict[str, Any] = {}
        self._looks: dict[str, Look] = {}
        self._hidden: dict[str, bool] = {}
        self._base = PLAIN
        self._default: str | None = None
        for element in root if root is not None else ():
            if element.tag != STYLE:
                continue
            name = element.get(_ID, "")
            self._elements.setdefault(name, element)
            if element.get(_DEFAULT) in ("1", "true", "on") and element.get(_TYPE) == "paragraph":
                self._default = name
        if root is not None and (defaults := child(root, w("docDefaults"))) is not None:
            self._base = self._defaults(defaults)
        self.plain = self.look(self._default) if self._default is not None else self._base
        """Of paragraphs that name no style."""

    def _defaults(self, defaults: Any) -> Look:
        outer = child(defaults, w("pPrDefault"))
        ppr = None if outer is None else child(outer, PPR)
        return PLAIN if ppr is None else Look(align_of(value(ppr, JC)))

    def look(self, name: str | None) -> Look:
        """What the paragraph style of this id comes to; unknown ids are the default style."""
        if name is None or name not in self._elements:
            return self._base if name is not None and name == self._default else self.plain
        found = self._looks.get(name)
        if found is None:
            found = self._base
            for link in reversed(self._chain(name)):
                found = self._over(found, link)
            self._looks[name] = found
        return found

    def _chain(self, name: str) -> list[str]:
        """The style and those it is based on, nearest first."""
        chain: list[str] = []
        at: str | None = name
        while at is not None and at in self._elements and at not in chain and len(chain) < _DEEPEST:
            chain.append(at)
            at = value(self._elements[at], _BASED_ON)
        return chain

    def _over(self, base: Look, name: str) -> Look:
        element = self._elements[name]
        title = value(element, _NAME) or ""
        look = base._replace(contents=base.contents or _CONTENTS.match(title) is not None)
        if m := _HEADING.match(title):
            look = look._replace(outline=int(m[1]) - 1)
        rpr, ppr = child(element, RPR), child(element, PPR)
        if rpr is not None and (hidden := on(rpr, _VANISH)) is not None:
            look = look._replace(hidden=hidden)
        if ppr is None:
            return look
        align, outline, numpr = align_of(value(ppr, JC)), value(ppr, OUTLINE), child(ppr, NUMPR)
        if numpr is not None:
            ilvl = value(numpr, _ILVL)
            look = look._replace(ilvl=look.ilvl if ilvl is None else number(ilvl))
            if (num_id := value(numpr, NUM_ID)) is not None:
                look = look._replace(num_id=num_id, numbered_by=name)
        return look._replace(align=align or look.align, outline=look.outline if outline is None else number(outline, 9))

    def hidden(self, name: str | None) -> bool | None:
        """What the character style of this id says of its text being hidden."""
        if name is None or name not in self._elements:
            return None
        if name not in self._hidden:
            told = (child(self._elements[link], RPR) for link in self._chain(name))
            said = (on(rpr, _VANISH) for rpr in told if rpr is not None)
            self._hidden[name] = next((h for h in said if h is not None), False)
        return self._hidden[name]

    def num_id(self, name: str) -> str | None:
        """The list that a numbering style stands for."""
        element = self._elements.get(name)
        ppr = None if element is None else child(element, PPR)
        numpr = None if ppr is None else child(ppr, NUMPR)
        return None if numpr is None else value(numpr, NUM_ID)

    def borders(self, name: str | None) -> Any:
        """The table borders of a table style, or None."""
        for link in self._chain(name or ""):
            properties = child(self._elements[link], w("tblPr"))
            found = None if properties is None else child(properties, _BORDERS)
            if found is not None:
                return found
        return None


__all__ = ["PLAIN", "VAL", "Look", "Styles", "align_of"]
