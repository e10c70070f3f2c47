"""Automatic numbering: which typed numbers the program can make itself, and the list definitions that make them."""

from __future__ import annotations

from .looks import Look
from .notice import Paragraph

CHINESE = ("", *"一二三四五六七八九", "十", *(f"十{x}" for x in "一二三四五六七八九"), "二十")

CHAIN = (("chineseCountingThousand", "%1、", "nothing"), ("chineseCountingThousand", "（%2）", "nothing"))
"""Levels of one list: (number format, text, what follows)."""
LISTS = (
    (("chineseCountingThousand", "%1、", "nothing"),),
    (("chineseCountingThousand", "（%1）", "nothing"),),
    (("decimal", "%1.", "tab"),),
)
DEFINITIONS = {
    "typed": (),
    "chain": ((*CHAIN, ("decimal", "%3.", "space")),),
    "lists": LISTS,
    "cells": ((("chineseCountingThousand", "(%1)", "nothing"),),),
}


class Numbers:
    """Gives each numbered paragraph its list and level, as long as the list counts as it was typed."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.lists: list[int] = []
        """The definition of each list (numId counts from 1)."""
        self._counts = [0, 0, 0]
        self._current = [0, 0, 0]

    def of_cell(self, number: str) -> tuple[int, int] | None:
        """List and level of a number in a table's first column; None = typed."""
        if self.look.numbering != "cells" or not number:
            return None
        self._counts[0] += 1
        self.lists = self.lists or [0]
        assert number == f"({CHINESE[self._counts[0]]})"
        return 1, 0

    def of(self, paragraph: Paragraph) -> tuple[int, int] | None:
        """List and level of a paragraph; None = the number stays typed."""
        if not paragraph.level or self.look.numbering not in ("chain", "lists"):
            return None
        level = paragraph.level - 1
        self._counts[level + 1 :] = [0] * (2 - level)
        if paragraph.number.strip() != _label(level, self._counts[level] + 1):
            return None
        self._counts[level] += 1
        if self.look.numbering == "chain":
            self.lists = self.lists or [0]
            return 1, level
        if self._counts[level] == 1:
            self.lists.append(level)
            self._current[level] = len(self.lists)
        return self._current[level], 0


def _label(level: int, count: int) -> str:
    return (f"{CHINESE[count]}、", f"（{CHINESE[count]}）", f"{count}.")[level]


def numbering_xml(numbers: Numbers) -> str:
    """word/numbering.xml: a definition for each list, as WPS writes it (no list restarts another)."""
    kinds = DEFINITIONS[numbers.look.numbering]
    parts = [_definition(i, kinds[kind], numbers.look) for i, kind in enumerate(numbers.lists)]
    for i in range(len(numbers.lists)):
        parts.append(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>')
    return "".join(parts)


def _definition(number: int, levels: tuple[tuple[str, str, str], ...], look: Look) -> str:
    font = f'<w:rPr><w:rFonts w:eastAsia="{look.body_font}"/><w:sz w:val="{look.body_size}"/></w:rPr>'
    kind = "multilevel" if len(levels) > 1 else "singleLevel"
    indent = '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr>'
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{indent}{font}</w:lvl>'
        for i, (form, text, suffix) in enumerate(levels)
    )
    head = f'<w:nsid w:val="{0x2A3B0000 + number:08X}"/><w:multiLevelType w:val="{kind}"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{head}{inner}</w:abstractNum>'
