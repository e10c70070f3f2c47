"""Excel workbooks (xlsx, xlsm, the new et of WPS), read from the XML of their sheets.

openpyxl would do, but its fast mode knows no merged cells, and either mode takes twice as long; the full one builds an
object for every cell of the area that a sheet claims to have; here a cell without text costs nothing.
"""

from __future__ import annotations

from posixpath import dirname, join

from ...errors import UnreadableFile, UnsupportedFormat
from ...limits import Budget, ReadOptions
from ...source import RawDoc
from .parts import parts_of
from .sheet import Assembly, Line, Part, Sheet, SheetCell
from .xlsx_aside import comments, text_boxes
from .xlsx_parts import Parts, elements
from .xlsx_sheet import SheetReader
from .xlsx_styles import Style, number, styles
from .xlsx_text import rich_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TICK = 1_000


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The sheets of a workbook in their order."""
    package = Parts(data, budget)
    workbook = _Workbook(package, budget)
    out = Assembly(budget)
    warnings: list[tuple[str, str]] = []
    found = workbook.sheets()
    for position, (name, hidden, part) in enumerate(found, 1):
        try:
            sheet = SheetReader(workbook, part, Sheet(name, hidden)).read()
        except UnreadableFile as error:
            warnings.append(("damaged-file", f"sheet {name}: {error}"))
            continue
        out.add(position, sheet.sheet, _with_boxes(parts_of(sheet.sheet, budget), text_boxes(package, sheet.related)))
        out.aside(position, comments(package, sheet.related))
        warnings += sheet.warnings()
    if workbook.lost_strings:
        warnings.append(("damaged-file", f"the text of {workbook.lost_strings} cells is lost"))
    warnings = [("damaged-file", message) for message in dict.fromkeys(package.damage)] + warnings
    lost = [message for code, message in warnings if code == "damaged-file"]
    if lost and (not out.filled or workbook.lost_strings > workbook.found_strings):
        raise UnreadableFile(f"{budget.name or 'the workbook'} is damaged: {lost[-1]}")
    return out.finish("xlsx", MEDIA_TYPE, len(found), warnings)


def _with_boxes(parts: list[Part], boxes: list[SheetCell]) -> list[Part]:
    """The text boxes that begin above the first cell stand before the sheet's parts (a title), others after them."""
    if not boxes:
        return parts
    start = parts[0] if parts else Line((boxes[0],))
    top = start.cells[0].row if isinstance(start, Line) else start.lines[0]
    lines: list[Part] = [Line((box,)) for box in sorted(boxes, key=lambda b: (b.row, b.column))]
    first = sum(box.row < top for box in boxes)
    return [*lines[:first], *parts, *lines[first:]]


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
