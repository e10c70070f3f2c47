"""Excel 97-2003 workbooks (xls, et, xlt), through xlrd.

A file named xls that is a web page, a list with tabs or an xlsx never comes here: the content decides.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ...errors import UnreadableFile
from ...limits import Budget, ReadOptions
from ...source import Align, RawDoc
from ..protected import read_protected
from .numbers import shown, shown_text
from .parts import parts_of
from .sheet import Assembly, Merge, Sheet, SheetCell
from .xlsx_styles import PLAIN, Style

MEDIA_TYPE = "application/vnd.ms-excel"
_ALIGN: dict[int, Align] = {1: "left", 2: "center", 3: "right", 6: "center"}
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
_TICK = 1_000


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The sheets of a workbook in their order."""
    book = _open(data, budget)
    if book is None:
        return read_protected(data, options, budget)
    budget.tick()
    known = _styles(book)
    out = Assembly(budget)
    warnings: list[tuple[str, str]] = []
    for position, page in enumerate(book.sheets(), 1):
        sheet = _sheet(page, book, known, budget)
        out.add(position, sheet, parts_of(sheet, budget))
        if sheet.concealed and not sheet.hidden:
            warnings.append(
                ("hidden-cells", f"sheet {sheet.name}: {sheet.concealed} hidden rows or columns are read, too")
            )
    return out.finish("xls", MEDIA_TYPE, book.nsheets, warnings)


def _open(data: bytes, budget: Budget) -> Any:
    """The workbook as xlrd reads it, null for an encrypted one. xlrd checks little: any error of its own is damage."""
    import xlrd

    name = budget.name or "the input"
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            return None
        raise UnreadableFile(f"{name} is a damaged workbook: {error}") from error
    except Exception as error:
        raise UnreadableFile(f"{name} is a damaged workbook: {type(error).__name__}: {error}") from error


def _styles(book: Any) -> list[Style]:
    return [_style(xf, book.format_map) for xf in book.xf_list]


def _style(xf: Any, formats: Any) -> Style:
    form = formats.get(xf.format_key)
    border = xf.border
    sides = (border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style)
    code = form.format_str if form is not None else None
    return Style(code or "General", sum(map(bool, sides)) >= 2, _ALIGN.get(xf.alignment.hor_align))


def _sheet(page: Any, book: Any, known: list[Style], budget: Budget) -> Sheet:
    sheet = Sheet(page.name, page.visibility != 0)
    for index in range(page.nrows):
        if index % _TICK == 0:
            budget.tick()
        cells, framed = _row(page, index, book, known)
        if framed:
            sheet.framed.add(index)
        if cells:
            sheet.rows[index] = cells
            info = page.rowinfo_map.get(index)
            sheet.concealed += bool(info is not None and info.hidden)
    sheet.merges = [Merge(top, bottom - 1, left, right - 1) for top, bottom, left, right in page.merged_cells]
    hidden = {column for column, info in page.colinfo_map.items() if info.hidden}
    if hidden:
        sheet.concealed += len(hidden & {c.column for row in sheet.rows.values() for c in row})
    _link(sheet, page)
    return sheet


def _row(page: Any, index: int, book: Any, known: list[Style]) -> tuple[list[SheetCell], bool]:
    cells: list[SheetCell] = []
    framed = False
    for column in range(page.row_len(index)):
        cell = page.cell(index, column)
        n = cell.xf_index
        style = known[n] if n is not None and n < len(known) else PLAIN
        framed |= style.framed
        text = _text(cell, style, book.datemode)
        if text and not text.isspace():
            cells.append(SheetCell(index, column, text, style.framed, style.align))
    return cells, framed


def _text(cell: Any, style: Style, datemode: int) -> str:
    """What the cell shows."""
    if cell.ctype == _TEXT:
        text = str(cell.value)
        return shown_text(text.replace("\r\n", "\n").replace("\r", "\n"), style.code)
    if cell.ctype in (_NUMBER, _DATE):
        try:
            return shown(float(cell.value), style.code, from_1904=bool(datemode))
        except (ValueError, OverflowError):
            return str(cell.value)
    if cell.ctype == _BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    return _error(cell.value) if cell.ctype == _ERROR else ""


def _error(code: Any) -> str:
    from xlrd import error_text_from_code

    return str(error_text_from_code.get(code, ""))


def _link(sheet: Sheet, page: Any) -> None:
    """Targets of hyperlinks."""
    for row, column, target in _targets(page):
        cells = sheet.rows.get(row, [])
        for n, c in enumerate(cells):
            if c.column == column:
                cells[n] = c._replace(link=target)


def _targets(page: Any) -> Iterator[tuple[int, int, str]]:
    for link in getattr(page, "hyperlink_list", ()):
        if isinstance(link.url_or_path, str) and link.url_or_path:
            yield link.frowx, link.fcolx, link.url_or_path
