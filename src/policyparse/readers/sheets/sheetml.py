"""Workbooks in the XML of Excel 2003, which office systems export under the name xls."""

from __future__ import annotations

from lxml import etree

from ...errors import UnreadableFile
from ...limits import Budget, ReadOptions
from ...source import RawDoc
from ..package import each_element
from .numbers import shown, shown_iso, shown_text
from .parts import parts_of
from .sheet import Assembly, Merge, Sheet, SheetCell
from .xlsx_parts import forget
from .xlsx_styles import PLAIN, Style, local, number

MEDIA_TYPE = "application/vnd.ms-excel"
_NS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_NAMED = {
    "General Number": "General",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "General Date": "yyyy/m/d h:mm",
    "Short Date": "yyyy/m/d",
    "Medium Date": "d-mmm-yy",
    "Long Date": "yyyy年m月d日",
    "Short Time": "h:mm",
    "Medium Time": "h:mm AM/PM",
    "Long Time": "h:mm:ss",
}
_TICK = 1_000
_LAST = 1_048_576


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The sheets of a workbook in their order; of a damaged file, those before the damage."""
    reader = _Reader(budget)
    warnings: list[tuple[str, str]] = []
    tags = tuple(_NS + name for name in ("Style", "Row", "Worksheet", "Table"))
    try:
        for _, element in each_element(data, tags):
            reader.take(element)
    except etree.XMLSyntaxError as error:
        reader.finish_damaged()
        if not reader.sheets:
            raise UnreadableFile(f"{budget.name or 'the workbook'} is damaged XML: {error}") from error
        warnings.append(("damaged-file", f"after sheet {reader.sheets[-1].name}: {error}"))
    out = Assembly(budget)
    for position, sheet in enumerate(reader.sheets, 1):
        out.add(position, sheet, parts_of(sheet, budget))
        if sheet.concealed and not sheet.hidden:
            warnings.append(("hidden-cells", f"sheet {sheet.name}: {sheet.concealed} hidden rows are read, too"))
    return out.finish("sheetml", MEDIA_TYPE, len(reader.sheets), warnings)


class _Reader:
    """One pass over the file."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._styles: dict[str, Style] = {}
        self.sheets: list[Sheet] = []
        self._sheet = Sheet("")
        self._last = -1
        self._rows = self._characters = 0

    def take(self, element: etree._Element) -> None:
        """The next style, row or sheet."""
        kind = local(element)
        if kind == "Style":
            self._styles[element.get(f"{_NS}ID") or ""] = _style(element)
        elif kind == "Row":
            self._row(element)
            forget(element)
        elif kind == "Worksheet":
            self._sheet.name = element.get(f"{_NS}Name") or ""
            visible = element.find("{*}WorksheetOptions/{*}Visible")
            self._sheet.hidden = visible is not None and (visible.text or "") != "SheetVisible"
            self._next()

    def finish_damaged(self) -> None:
        """Keep the sheet that the damage ends."""
        if self._sheet.rows:
            self._next()

    def _next(self) -> None:
        self.sheets.append(self._sheet)
        self._sheet, self._last = Sheet(""), -1

    def _row(self, element: etree._Element) -> None:
        self._rows += 1
        if self._rows % _TICK == 0:
            self._budget.tick()
            self._budget.check("characters", self._characters)
        index = max(number(element.get(f"{_NS}Index"), self._last + 2) - 1, self._last + 1)
        self._last = index
        if index >= _LAST:
            return
        cells: list[SheetCell] = []
        column, framed = -1, False
        for c in element.iterfind(f"{_NS}Cell"):
            column = max(number(c.get(f"{_NS}Index"), column + 2) - 1, column + 1)
            style = self._styles.get(c.get(f"{_NS}StyleID") or "", PLAIN)
            framed |= style.framed
            text = _text(c.find(f"{_NS}Data"), style)
            if text and not text.isspace():
                cells.append(SheetCell(index, column, text, style.framed, style.align, c.get(f"{_NS}HRef")))
                self._characters += len(text)
            across, down = number(c.get(f"{_NS}MergeAcross")), number(c.get(f"{_NS}MergeDown"))
            if across or down:
                self._sheet.merges.append(Merge(index, index + down, column, column + across))
            column += across
        if framed:
            self._sheet.framed.add(index)
        if cells:
            self._sheet.rows[index] = cells
            self._sheet.concealed += element.get(f"{_NS}Hidden") == "1"


def _style(element: etree._Element) -> Style:
    form, alignment = element.find(f"{_NS}NumberFormat"), element.find(f"{_NS}Alignment")
    code = (form.get(f"{_NS}Format") if form is not None else None) or "General"
    horizontal = (alignment.get(f"{_NS}Horizontal") if alignment is not None else None) or ""
    align = {"Center": "center", "CenterAcrossSelection": "center", "Right": "right"}.get(horizontal)
    framed = sum(b.get(f"{_NS}LineStyle", "None") != "None" for b in element.iterfind(f"{_NS}Borders/{_NS}Border")) >= 2
    return Style(_NAMED.get(code, code), framed, align)  # type: ignore[arg-type]


def _text(data: etree._Element | None, style: Style) -> str:
    """What the cell shows."""
    if data is None:
        return ""
    value = "".join(map(str, data.itertext()))
    kind = data.get(f"{_NS}Type", "String")
    if kind == "Number":
        try:
            return shown(float(value), style.code)
        except (ValueError, OverflowError):
            return value
    if kind == "DateTime":
        return shown_iso(value, style.code)
    if kind == "Boolean":
        return "TRUE" if value.strip() == "1" else "FALSE"
    return shown_text(value.replace("\r\n", "\n").replace("\r", "\n"), style.code)
