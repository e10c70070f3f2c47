"""Workbooks for tests, made by openpyxl and xlwt, or of raw parts where a program would not write such a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Border, Side

Rows = Sequence[Any]
HEADER = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"]
LEDGER: Rows = [
    HEADER,
    ["一、河道整治"],
    [1, "排查全市河道\n建立台账", "市水利局", "市财政局、市住建局", date(2024, 6, 30)],
    [2, "清理主河道垃圾", "市城管局", "市水利局", "9月底前"],
    [3, "修复堤防三处", "市水利局", None, "2024年12月"],
]
TITLE = "云溪市2024年河道整治重点任务分解表"
ABOVE = ["附件1", TITLE]
BELOW = ["备注：各单位按月报送进展。"]
DAY = 'yyyy"年"m"月"d"日"'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def saved(book: Any) -> bytes:
    """The bytes that a workbook (of either library) saves."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(rows: Rows, edit: Callable[[Any], object] = lambda sheet: None) -> bytes:
    """An xlsx of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for row in rows:
        sheet.append(list(row))
    edit(sheet)
    return saved(book)


def ledger_xlsx() -> bytes:
    """The ledger as people make it: title over the whole width, borders, a section row, a date with a format."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    side = Side(style="thin")
    for n, text in enumerate(ABOVE, 1):
        sheet.cell(n, 1, text)
    sheet.merge_cells("A2:E2")
    sheet["A2"].alignment = Alignment(horizontal="center")
    for r, row in enumerate(LEDGER, 3):
        for c in range(1, 6):
            cell = sheet.cell(r, c, row[c - 1] if c <= len(row) else None)
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            if isinstance(cell.value, date):
                cell.number_format = DAY
    sheet.merge_cells("A4:E4")
    sheet.cell(8, 1, BELOW[0])
    return saved(book)


def ledger_xls() -> bytes:
    """The same in the old format."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    borders = "borders: left thin, right thin, top thin, bottom thin"
    plain, day = xlwt.easyxf(borders), xlwt.easyxf(borders, num_format_str=DAY)
    sheet.write(0, 0, ABOVE[0])
    sheet.write_merge(1, 1, 0, 4, ABOVE[1], xlwt.easyxf("align: horiz center"))
    for r, row in enumerate(LEDGER, 2):
        if len(row) == 1:
            sheet.write_merge(r, r, 0, 4, row[0], plain)
            continue
        for c, value in enumerate(row):
            if value is None:
                sheet.write_blank(r, c, plain) if hasattr(sheet, "write_blank") else sheet.write(r, c, None, plain)
            else:
                sheet.write(r, c, value, day if isinstance(value, date) else plain)
    sheet.write(7, 0, BELOW[0])
    return saved(book)


def ledger_html() -> bytes:
    """The same as a web page."""

    def shown(value: Any) -> str:
        if isinstance(value, date):
            return f"{value.year}年{value.month}月{value.day}日"
        return "" if value is None else str(value).replace("\n", "<br>")

    rows = "".join(
        f"<tr><td colspan=5>{row[0]}</td></tr>"
        if len(row) == 1
        else "<tr>" + "".join(f"<td>{shown(v)}</td>" for v in row) + "</tr>"
        for row in LEDGER
    )
    return (
        f"<html><body><div class=content><p>{ABOVE[0]}</p><p align=center>{ABOVE[1]}</p>"
        f"<table>{rows}</table><p>{BELOW[0]}</p></div></body></html>"
    ).encode()


def raw_workbook(sheet: str, strings: str = "", **parts: str) -> bytes:
    """An xlsx of parts written by hand: `sheet` is what stands in <worksheet>, `strings` what stands in <sst>."""
    out = io.BytesIO()
    office = f"{RELATIONS}/"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{office}officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{office}worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}sharedStrings" '
            f'Target="/xl/sharedStrings.xml"/><Relationship Id="r3" Type="{office}styles" Target="styles.xml"/>'
            "</Relationships>",
        )
        package.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>')
        package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
        for name, content in parts.items():
            package.writestr(f"xl/{name}.xml", content)
        if "drawing" in parts:
            package.writestr(
                "xl/worksheets/_rels/sheet1.xml.rels",
                f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{office}drawing" '
                f'Target="../drawing.xml"/><Relationship Id="r2" Type="{office}comments" Target="../comments.xml"/>'
                "</Relationships>",
            )
    return out.getvalue()


def ledger_2003() -> bytes:
    """The same in the XML of Excel 2003."""
    name = "urn:schemas-microsoft-com:office:spreadsheet"

    def cell(value: Any) -> str:
        if isinstance(value, date):
            return f'<Cell ss:StyleID="d"><Data ss:Type="DateTime">{value}T00:00:00.000</Data></Cell>'
        kind = "Number" if isinstance(value, int) else "String"
        shown = "" if value is None else str(value).replace("\n", "&#10;")
        return f'<Cell ss:StyleID="b"><Data ss:Type="{kind}">{shown}</Data></Cell>' if shown else "<Cell/>"

    rows = "".join(
        f'<Row><Cell ss:MergeAcross="4" ss:StyleID="b"><Data ss:Type="String">{row[0]}</Data></Cell></Row>'
        if len(row) == 1
        else f"<Row>{''.join(map(cell, row))}</Row>"
        for row in LEDGER
    )
    line = '<Border ss:Position="Top" ss:LineStyle="Continuous"/><Border ss:Position="Left" ss:LineStyle="Continuous"/>'
    text = '<Data ss:Type="String">'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{name}" xmlns:ss="{name}" xmlns:x="urn:schemas-microsoft-com:office:excel"><Styles>'
        f'<Style ss:ID="b"><Borders>{line}</Borders></Style>'
        '<Style ss:ID="t"><Alignment ss:Horizontal="Center"/></Style>'
        f'<Style ss:ID="d"><Borders>{line}</Borders><NumberFormat ss:Format="{DAY.replace(chr(34), "&quot;")}"/>'
        f'</Style></Styles><Worksheet ss:Name="Sheet1"><Table><Row><Cell>{text}{ABOVE[0]}</Data></Cell></Row>'
        f'<Row><Cell ss:MergeAcross="4" ss:StyleID="t">{text}{ABOVE[1]}</Data></Cell></Row>{rows}'
        f'<Row ss:Index="8"><Cell>{text}{BELOW[0]}</Data></Cell></Row></Table></Worksheet>'
        f'<Worksheet ss:Name="备用"><Table><Row><Cell>{text}看不见</Data></Cell></Row></Table>'
        "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"
    ).encode()
