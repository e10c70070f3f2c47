"""Excel workbooks (xlsx, xlsm, the new et of WPS), read from the XML of their sheets.

openpyxl would do, but its fast mode knows no merged cells, and either mode takes twice as long; the full one builds an
object for every cell of the area that a sheet claims to have; here a cell without text costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from posixpath import dirname, join

from lxml import etree

from ..errors import UnreadableFile, UnsupportedFormat
from ..limits import Budget, ReadOptions
from ..source import RawDoc
from .sheet import Assembly, Merge, Sheet, SheetCell
from .sheet_numbers import shown, shown_text
from .sheet_parts import parts_of
from .xlsx_parts import Parts, elements
from .xlsx_styles import PLAIN, Style, local, number, styles

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TICK = 1_000
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The sheets of a workbook in their order."""
    package = Parts(data, budget)
    workbook = _Workbook(package, budget)
    out = Assembly(budget)
    warnings: list[tuple[str, str]] = []
    found = workbook.sheets()
    for position, (name, hidden, part) in enumerate(found, 1):
        try:
            sheet = _SheetReader(workbook, part, Sheet(name, hidden)).read()
        except UnreadableFile as error:
            warnings.append(("damaged-file", f"sheet {name}: {error}"))
            continue
        out.add(position, sheet.sheet, parts_of(sheet.sheet, budget))
        warnings += sheet.warnings()
    if workbook.lost_strings:
        warnings.append(("damaged-file", f"the text of {workbook.lost_strings} cells is lost"))
    warnings = [("damaged-file", message) for message in dict.fromkeys(package.damage)] + warnings
    lost = [message for code, message in warnings if code == "damaged-file"]
    if lost and (not out.filled or workbook.lost_strings > workbook.found_strings):
        raise UnreadableFile(f"{budget.name or 'the workbook'} is damaged: {lost[-1]}")
    return out.finish("xlsx", MEDIA_TYPE, len(found), warnings)


class _Workbook:
    """The parts that all sheets share."""

    def __init__(self, package: Parts, budget: Budget) -> None:
        self.package, self.budget = package, budget
        self.path = self._main()
        self.root = package.xml(self.path)
        self.related = package.relations(self.path)
        properties = self.root.find("{*}workbookPr")
        self.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.styles = self._styles()
        self.strings: list[str] = []
        self.found_strings = self.lost_strings = 0
        self._read_strings()

    def _main(self) -> str:
        for kind, target in self.package.relations("").values():
            if kind == "officeDocument" and target in self.package:
                if target.endswith(".bin"):
                    raise UnsupportedFormat(
                        f"{self.budget.name or 'the input'} is a binary workbook (xlsb), which this version does not "
                        "read: save it as xlsx and try again"
                    )
                return target
        if "xl/workbook.xml" in self.package:
            return "xl/workbook.xml"
        raise UnreadableFile(f"{self.budget.name or 'the input'} is a damaged workbook: it has no workbook part")

    def _part(self, kind: str) -> str | None:
        beside = join(dirname(self.path), f"{kind}.xml")
        found = (t for k, t in (*self.related.values(), (kind, beside)) if k == kind and t in self.package)
        return next(found, None)

    def _styles(self) -> list[Style]:
        part = self._part("styles")
        try:
            return styles(self.package.xml(part) if part else None)
        except UnreadableFile:
            return []  # numbers without formats

    def _read_strings(self) -> None:
        """The shared strings; of a damaged part, those before the damage."""
        part = self._part("sharedStrings")
        if part is None:
            return
        total = 0
        try:
            for n, item in enumerate(elements(self.package.read(part), part, "{*}si")):
                self.strings.append(rich_text(item))
                total += len(self.strings[-1])
                if n % _TICK == 0:
                    self.budget.check("characters", total)
                    self.budget.tick()
        except UnreadableFile as error:
            self.package.damage.append(str(error))

    def string(self, index: str) -> str:
        """The shared string of this number."""
        n = number(index.strip(), -1)
        if 0 <= n < len(self.strings):
            self.found_strings += 1
            return self.strings[n]
        self.lost_strings += 1
        return ""

    def sheets(self) -> list[tuple[str, bool, str]]:
        """(name, hidden, part) of every worksheet in the order of the tabs; charts are no sheets."""
        found: list[tuple[str, bool, str]] = []
        for n, sheet in enumerate(self.root.iterfind("{*}sheets/{*}sheet"), 1):
            key = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
            usual = ("worksheet", join(dirname(self.path), f"worksheets/sheet{n}.xml"))
            kind, target = self.related.get(str(key), usual if not self.related else ("", ""))
            if kind == "worksheet" and target in self.package:
                found.append((sheet.get("name") or "", sheet.get("state", "visible") != "visible", target))
        return found


class _SheetReader:
    """One pass over the XML of a sheet."""

    def __init__(self, workbook: _Workbook, part: str, sheet: Sheet) -> None:
        self.workbook, self.part, self.sheet = workbook, part, sheet
        self.hidden_columns: list[tuple[int, int]] = []
        self.links: dict[tuple[int, int], str] = {}
        self.without_value = 0
        self.damage = ""
        self.last_row = -1
        self.characters = 0

    def read(self) -> _SheetReader:
        """Read the sheet; what comes before damage is kept."""
        tags = ("{*}row", "{*}col", "{*}mergeCell", "{*}hyperlink")
        related = self.workbook.package.relations(self.part)
        try:
            for n, element in enumerate(elements(self.workbook.package.read(self.part), self.part, *tags)):
                if n % _TICK == 0:
                    self.workbook.budget.tick()
                    self.workbook.budget.check("characters", self.characters)
                self._take(element, related)
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

    def _take(self, element: etree._Element, related: dict[str, tuple[str, str]]) -> None:
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
            if target := related.get(str(key), ("", ""))[1]:
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
        if kind in ("str", "e", "d"):
            return shown_text(_unescaped(value), style.code)
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


def rich_text(item: etree._Element) -> str:
    """The text of a string with or without runs of different type."""
    first = item[0] if len(item) == 1 else None
    if first is not None and local(first) == "t":
        return _unescaped(first.text or "")
    parts: list[str] = []
    for child in item:
        tag = local(child)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts += [t.text or "" for t in child if local(t) == "t"]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    """_x000D_ stands for a character that XML cannot hold; a line break inside a cell is one line feed."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1][0] not in "dD" else m[0], text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


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
