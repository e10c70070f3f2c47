"""One sheet of an xlsx: the XML of its rows, merged areas, hidden columns and links, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Protocol

from lxml import etree

from ...errors import UnreadableFile
from ...limits import Budget
from .numbers import shown, shown_iso, shown_text
from .sheet import Merge, Sheet, SheetCell
from .xlsx_parts import Parts, elements
from .xlsx_styles import PLAIN, Style, local, number
from .xlsx_text import rich_text, unescaped

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_TICK = 1_000
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


class Workbook(Protocol):
    """What a sheet needs of its workbook."""

    package: Parts
    budget: Budget
    styles: list[Style]
    from_1904: bool

    def string(self, index: str) -> str:
        """The shared string of this number."""


class SheetReader:
    """One pass over the XML of a sheet."""

    def __init__(self, workbook: Workbook, part: str, sheet: Sheet) -> None:
        self.workbook, self.part, self.sheet = workbook, part, sheet
        self.hidden_columns: list[tuple[int, int]] = []
        self.links: dict[tuple[int, int], str] = {}
        self.related: dict[str, tuple[str, str]] = {}
        self.without_value = 0
        self.damage = ""
        self.last_row = -1
        self.characters = 0

    def read(self) -> SheetReader:
        """Read the sheet; what comes before damage is kept."""
        tags = ("{*}row", "{*}col", "{*}mergeCell", "{*}hyperlink")
        self.related = self.workbook.package.relations(self.part)
        try:
            for n, element in enumerate(elements(self.workbook.package.read(self.part), self.part, *tags)):
                if n % _TICK == 0:
                    self.workbook.budget.tick()
                    self.workbook.budget.check("characters", self.characters)
                self._take(element)
        except UnreadableFile as error:
            if not self.sheet.rows:
                raise
            self.damage = str(error)
        self._settle()
        return self

    def warnings(self) -> Iterator[tuple[str, str]]:
        """What a reader of the facts should know."""
        name = self.sheet.name
        if self.damage:
            yield "damaged-file", f"sheet {name}, after row {self.last_row + 1}: {self.damage}"
        if self.without_value:
            yield (
                "damaged-file",
                f"sheet {name}: {self.without_value} formulas have no stored result; open and save the file in Excel "
                "or WPS to store them",
            )
        if self.sheet.concealed and not self.sheet.hidden:
            yield "hidden-cells", f"sheet {name}: {self.sheet.concealed} hidden rows or columns are read, too"

    def _take(self, element: etree._Element) -> None:
        tag = local(element)
        if tag == "row":
            self._row(element)
        elif tag == "col":
            if element.get("hidden") in ("1", "true"):
                self.hidden_columns.append((number(element.get("min")) - 1, number(element.get("max")) - 1))
        elif tag == "mergeCell":
            if (area := _area(element.get("ref") or "")) is not None:
                self.sheet.merges.append(area)
        elif area := _area(element.get("ref") or ""):
            key = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "")
            if target := self.related.get(str(key), ("", ""))[1]:
                self.links[area.top, area.left] = target

    def _row(self, element: etree._Element) -> None:
        index = number(element.get("r"), self.last_row + 2) - 1
        if not self.last_row < index <= _LAST_ROW:
            index = self.last_row + 1  # rows that come out of order, or twice
        self.last_row = index
        cells: list[SheetCell] = []
        column, framed = -1, False
        for c in element:
            m = _REFERENCE.fullmatch(c.get("r") or "")
            column = min(_column(m[1]) if m else column + 1, _LAST_COLUMN)
            style = self._style(c.get("s"))
            framed |= style.framed
            text = self._text(c, style)
            if text and not text.isspace():
                cells.append(SheetCell(index, column, text, style.framed, style.align))
                self.characters += len(text)
        if framed:
            self.sheet.framed.add(index)
        if cells:
            if any(a.column >= b.column for a, b in pairwise(cells)):
                cells = sorted({c.column: c for c in cells}.values(), key=lambda c: c.column)
            self.sheet.rows[index] = cells
            if element.get("hidden") in ("1", "true"):
                self.sheet.concealed += 1

    def _style(self, index: str | None) -> Style:
        known = self.workbook.styles
        n = number(index)
        return known[n] if n < len(known) else PLAIN

    def _text(self, c: etree._Element, style: Style) -> str:
        """What the cell shows."""
        value: str | None = None
        formula, inline = False, None
        for child in c:
            tag = local(child)
            if tag == "v":
                value = child.text
            elif tag == "f":
                formula = True
            elif tag == "is":
                inline = child
        kind = c.get("t", "n")
        if kind == "inlineStr":
            return shown_text(rich_text(inline), style.code) if inline is not None else ""
        if value is None:
            self.without_value += formula and kind != "str"
            return ""
        if kind == "s":
            return shown_text(self.workbook.string(value), style.code)
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind == "d":
            return shown_iso(value, style.code)
        if kind in ("str", "e"):
            return shown_text(unescaped(value), style.code)
        try:
            return shown(float(value), style.code, from_1904=self.workbook.from_1904)
        except (ValueError, OverflowError):
            return value

    def _settle(self) -> None:
        """Hidden columns and links, which are known at the end."""
        sheet = self.sheet
        if self.hidden_columns:
            used = {c.column for row in sheet.rows.values() for c in row}
            sheet.concealed += sum(any(a <= c <= b for a, b in self.hidden_columns[:1_000]) for c in used)
        for (row, column), target in self.links.items():
            cells = sheet.rows.get(row, [])
            for n, c in enumerate(cells):
                if c.column == column:
                    cells[n] = c._replace(link=target)


def _column(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value - 1


def _area(reference: str) -> Merge | None:
    """A1:C3 as rows and columns from 0; null for what is no range."""
    first, _, last = reference.partition(":")
    a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
    if a is None or b is None:
        return None
    rows, columns = sorted((int(a[2]) - 1, int(b[2]) - 1)), sorted((_column(a[1]), _column(b[1])))
    return Merge(max(rows[0], 0), rows[1], columns[0], columns[1])
