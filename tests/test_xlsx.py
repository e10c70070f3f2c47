"""Spreadsheets: what stands above, in and below the grid; numbers as shown; sheets; hostile and damaged files."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Side

import policyparse
from policyparse import LimitExceeded, Limits, PolicyParseError, UnreadableFile, readers
from policyparse.limits import ReadOptions
from policyparse.readers.sheets.numbers import shown, shown_text
from policyparse.source import RawDoc
from tests.test_invariants import check_outline, check_round_trip, check_spans
from tests.workbooks import (
    BELOW,
    HEADER,
    MAIN,
    PACKAGE,
    RELATIONS,
    TITLE,
    Rows,
    ledger_2003,
    ledger_html,
    ledger_xls,
    ledger_xlsx,
    raw_workbook,
    saved,
    workbook,
)
from tests.zips import zipped

FRAME = Border(*(Side(style="thin") for _ in range(4)))
TASKS: Rows = [["序号", "任务", "单位"], [1, "甲", "市水利局"], [2, "乙", "市财政局"]]


def read(data: bytes, limits: Limits | None = None) -> RawDoc:
    return readers.read(data, "a.xlsx", ReadOptions(limits=limits or Limits()))


def of(raw: RawDoc, kind: str) -> list[str]:
    return [raw.raw[b.start : b.end] for b in raw.blocks if b.kind == kind]


def grids(raw: RawDoc) -> list[list[list[str]]]:
    """Texts of the cells of every table, row by row."""
    found = []
    for table in raw.tables:
        rows: dict[int, list[str]] = {}
        for c in table.cells:
            rows.setdefault(c.row, []).append(raw.raw[c.start : c.end])
        found.append(list(rows.values()))
    return found


def facts(data: bytes, name: str) -> dict[str, Any]:
    """What a document says, without places."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if k not in ("span", "page")}
        return [bare(v) for v in value] if isinstance(value, list) else value

    found = policyparse.parse_bytes(data, name).model_dump(mode="json")
    return {k: bare(found[k]) for k in found if k not in ("source", "source_map", "set_aside", "diagnostics")}


# --- the ledger -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("make", "name"), [(ledger_xlsx, "a.xlsx"), (ledger_xls, "a.xls"), (ledger_2003, "a.xls")])
def test_a_ledger_says_what_the_same_web_page_says(make: Any, name: str) -> None:
    assert facts(make(), name) == facts(ledger_html(), "a.html")


def test_measures_units_and_deadlines_of_a_ledger() -> None:
    doc = policyparse.parse_bytes(ledger_xlsx(), "任务分解表.xlsx")
    assert [m.text for m in doc.measures] == ["排查全市河道建立台账", "清理主河道垃圾", "修复堤防三处"]
    assert [m.path for m in doc.measures] == [["一", "1"], ["一", "2"], ["一", "3"]]
    assert next(m.deadline and m.deadline.end for m in doc.measures) == "2024-06-30"
    assert len(doc.measures_of("市水利局")) == 3
    table = doc.tables[0]
    assert (table.caption, table.header, table.page) == (TITLE, HEADER, 1)
    check_spans(doc)
    check_outline(doc)
    check_round_trip(doc)


def test_places_are_those_of_the_sheet() -> None:
    doc = policyparse.parse_bytes(ledger_xlsx(), "a.xlsx")
    at = doc.locate(doc.measures[1].span)[1]
    assert (at.page, at.table, at.row, at.column) == (1, 1, 6, 2)


@pytest.mark.parametrize("make", [ledger_xlsx, ledger_xls, ledger_2003])
def test_parts_of_a_sheet(make: Any) -> None:
    raw = read(make())
    assert of(raw, "paragraph") == ["附件1", TITLE, *BELOW]
    assert [b.align for b in raw.blocks if b.kind == "paragraph"] == [None, "center", None]
    assert grids(raw)[0][:3] == [
        HEADER,
        ["一、河道整治"],
        ["1", "排查全市河道\n建立台账", "市水利局", "市财政局、市住建局", "2024年6月30日"],
    ]
    assert raw.tables[0].cells[5].colspan == 5
    assert raw.pages == (2 if make is ledger_2003 else 1)
    assert of(raw, "boilerplate") == (["备用", "看不见"] if make is ledger_2003 else [])


@pytest.mark.parametrize(
    ("above", "paragraphs"),
    [
        ([["填报单位：市水利局", None, "填报时间：2024年3月5日"]], ["填报单位：市水利局", "填报时间：2024年3月5日"]),
        ([["填报单位：", "市水利局"]], ["填报单位：市水利局"]),
        ([["任务分解表"], [None, None, "单位：万元"]], ["任务分解表", "单位：万元"]),
        ([["任务分解表"], [], ["2024年3月5日"]], ["任务分解表", "2024年3月5日"]),
        ([["一、总体任务"]], ["一、总体任务"]),
        ([["重点任务分解表", "单位：万元"]], ["重点任务分解表", "单位：万元"]),
        ([["重点任务分解表", "2024年3月"]], ["重点任务分解表", "2024年3月"]),
    ],
)
def test_lines_above_the_grid(above: list[list[Any]], paragraphs: list[str]) -> None:
    raw = read(workbook([*above, *TASKS]))
    assert of(raw, "paragraph") == paragraphs
    assert grids(raw) == [[[str(v) for v in row] for row in TASKS]]


@pytest.mark.parametrize(
    ("below", "paragraphs"),
    [
        ([["备注：每月报送。"]], ["备注：每月报送。"]),
        ([["注：1.每月报送。"], ["2.联系人：李某"]], ["注：1.每月报送。", "2.联系人：李某"]),
        ([["填表人：李某", "联系电话：0000"]], ["填表人：李某", "联系电话：0000"]),
        ([[], ["说明：每月报送。"]], ["说明：每月报送。"]),
        (
            [["负责人：", None, "填表人：李某"], ["填表日期：2024年6月1日"]],
            ["负责人：", "填表人：李某", "填表日期：2024年6月1日"],
        ),
        ([["合计"]], []),
        ([[None, "乙的补充"]], []),
        ([["二、其他任务"], [3, "丙", "市教育局"]], []),
    ],
)
def test_lines_below_the_grid(below: list[list[Any]], paragraphs: list[str]) -> None:
    raw = read(workbook([*TASKS, *below]))
    assert of(raw, "paragraph") == paragraphs


def test_a_row_without_borders_below_a_grid_with_borders_is_a_note() -> None:
    def edit(sheet: Any) -> None:
        for row in sheet["A1:C3"]:
            for cell in row:
                cell.border = FRAME

    assert of(read(workbook([*TASKS, ["按月报送"]], edit)), "paragraph") == ["按月报送"]


def test_a_form_of_labels_is_a_table() -> None:
    form: Rows = [["项目名称：", "河道整治", "编号：", "1"], ["责任单位：", "市水利局", "时限：", "6月底前"]]
    raw = read(workbook(form))
    assert grids(raw) == [list(form)]


def test_a_long_form_of_labels_is_a_table_too() -> None:
    form: Rows = [["项目申报表"], *([f"标签{n}：", "值"] for n in range(5)), ["甲", "乙", "丙"]]
    raw = read(workbook(form))
    assert of(raw, "paragraph") == ["项目申报表"]
    assert len(grids(raw)[0]) == 6


def test_many_rows_of_labels_end_in_time() -> None:
    rows: Rows = [["标签：甲", "标签：乙"]] * 20_000 + [["一", "二", "三"], ["四", "五", "六"]]
    began = time.perf_counter()
    read(workbook(rows))
    assert time.perf_counter() - began < 10


def test_several_tables_in_a_sheet() -> None:
    raw = read(workbook([*TASKS, [], ["联系人名单"], ["姓名", "电话"], ["张某", 123], [], ["单位", "数量"], ["甲", 2]]))
    assert [len(g) for g in grids(raw)] == [3, 2, 2]
    assert of(raw, "paragraph") == ["联系人名单"]


def test_an_empty_row_does_not_end_a_table() -> None:
    doc = policyparse.parse_bytes(
        workbook([["序号", "工作任务", "责任单位"], [1, "甲", "市水利局"], [], [2, "乙", "市财政局"]]), "a.xlsx"
    )
    assert len(doc.tables) == 1
    assert len(doc.measures) == 2


def test_a_section_below_an_empty_row_is_part_of_the_table() -> None:
    header = ["序号", "工作任务", "责任单位"]
    rows: Rows = [
        header,
        ["一、全面治水"],
        [1, "甲", "市水利局"],
        [],
        ["二、全面治气"],
        [2, "乙", "市环保局"],
        [],
        [3, "丙", "市教育局"],
    ]
    doc = policyparse.parse_bytes(workbook(rows), "a.xlsx")
    assert [m.path for m in doc.measures] == [["一", "1"], ["二", "2"], ["二", "3"]]
    assert len(doc.tables) == 1


def test_empty_rows_with_borders_do_not_end_a_table() -> None:
    def edit(sheet: Any) -> None:
        for cell in sheet["A4:C4"][0]:
            cell.border = FRAME

    assert len(read(workbook([*TASKS, [], [3, "丙", "市教育局"]], edit)).tables) == 1


def test_a_unit_merged_down_leads_every_task_beside_it() -> None:
    rows = [
        ["序号", "工作任务", "责任单位", "完成时限"],
        [1, "甲", "市水利局", "6月底前"],
        [2, "乙"],
        [3, "丙", "市财政局"],
    ]
    data = workbook(rows, lambda sheet: [sheet.merge_cells(a) for a in ("C2:C3", "D2:D4")])
    doc = policyparse.parse_bytes(data, "a.xlsx")
    assert [[r.name for r in m.responsibilities] for m in doc.measures] == [["市水利局"], ["市水利局"], ["市财政局"]]
    assert [m.deadline and m.deadline.text for m in doc.measures] == ["6月底前"] * 3


def test_a_grid_anywhere_on_the_sheet() -> None:
    rows = [[], [], [None, None, "任务清单"], *([None, None, *row] for row in TASKS)]
    raw = read(workbook(rows))
    assert of(raw, "paragraph") == ["任务清单"]
    assert len(grids(raw)[0][0]) == 3


def test_merged_cells_down_and_across() -> None:
    def edit(sheet: Any) -> None:
        for area in ("A1:A2", "B1:C1", "A3:A4", "D1:F2", "D3:F3", "D4:F4"):
            sheet.merge_cells(area)

    rows = [
        ["序号", "责任分工", None, "工作任务"],
        [None, "牵头单位", "配合单位"],
        [1, "市水利局", "市财政局", "排查河道"],
        [None, "市城管局", "市住建局", "清理垃圾"],
    ]
    raw = read(workbook(rows, edit))
    spans = {
        raw.raw[c.start : c.end]: (c.row, c.column, c.rowspan, c.colspan)
        for c in raw.tables[0].cells
        if c.end > c.start
    }
    assert spans["序号"] == (0, 0, 2, 1)
    assert spans["责任分工"] == (0, 1, 1, 2)
    assert spans["工作任务"] == (0, 3, 2, 1)  # three columns of the sheet, one of the table
    assert spans["1"] == (2, 0, 2, 1)
    doc = policyparse.parse_bytes(workbook(rows, edit), "a.xlsx")
    assert doc.tables[0].header == ["序号", "责任分工/牵头单位", "责任分工/配合单位", "工作任务"]
    assert [m.text for m in doc.measures] == ["排查河道", "清理垃圾"]


def test_what_a_merged_cell_covers_is_not_shown() -> None:
    area = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    sheet = "<sheetData>" + row(1, "显示", "盖住", "丙") + row(2, "甲", "乙", "丁") + "</sheetData>"
    assert "盖住" not in read(raw_workbook(sheet + area)).raw


def test_a_sheet_of_text_is_paragraphs() -> None:
    raw = read(workbook([["关于做好防汛工作的通知"], ["各单位："], [], ["一、加强领导。"]]))
    assert of(raw, "paragraph") == ["关于做好防汛工作的通知", "各单位：", "一、加强领导。"]
    assert not raw.tables


# --- sheets -----------------------------------------------------------------------------------------------------


def test_names_of_sheets() -> None:
    book = openpyxl.Workbook()
    for name, rows in [
        ("Sheet2", TASKS),
        ("联系人名单", [["姓名", "电话"], ["张某", "1"]]),
        ("任务分工", [["任务分工表"], *TASKS]),
        ("工作表3", TASKS),
        ("空表", []),
    ]:
        sheet = book.create_sheet(name)
        for values in rows:
            sheet.append(values)
    raw = read(saved(book))
    assert of(raw, "paragraph") == ["联系人名单", "任务分工表"]
    assert of(raw, "boilerplate") == ["任务分工"]
    assert [b.heading for b in raw.blocks if b.kind == "paragraph"] == [1, None]
    assert [t.place.page for t in raw.tables] == [2, 3, 4, 5]


def test_the_same_title_and_note_on_every_sheet_are_no_running_headers() -> None:
    book = openpyxl.Workbook()
    for n in range(4):
        sheet = book.create_sheet(f"Sheet{n + 2}")
        for values in [["任务分解表"], *TASKS, ["备注：每月报送"]]:
            sheet.append(list(values))
    doc = policyparse.parse_bytes(saved(book), "a.xlsx")
    assert doc.text.count("任务分解表") == doc.text.count("备注：每月报送") == 4
    assert [t.page for t in doc.tables] == [2, 3, 4, 5]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_set_aside(state: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["看得见"])
    sheet = book.create_sheet("备用")
    sheet.append(["看不见", "数据"])
    sheet.sheet_state = state
    raw = read(saved(book))
    assert of(raw, "paragraph") == ["看得见"]
    assert of(raw, "boilerplate") == ["备用", "看不见", "数据"]
    doc = policyparse.parse_bytes(saved(book), "a.xlsx")
    assert "看不见" not in doc.text
    assert any("看不见" in s.text for s in doc.set_aside)


def test_hidden_rows_and_columns_are_read_and_reported() -> None:
    def edit(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    doc = policyparse.parse_bytes(workbook(TASKS, edit), "a.xlsx")
    assert "市财政局" in doc.text
    assert [d.message for d in doc.diagnostics if d.code == "hidden-cells"] == [
        "sheet Sheet1: 2 hidden rows or columns are read, too"
    ]


def test_an_empty_workbook() -> None:
    doc = policyparse.parse_bytes(saved(openpyxl.Workbook()), "a.xlsx")
    assert [d.code for d in doc.diagnostics] == ["empty-document"]
    assert doc.text == ""


# --- cells ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1.0, "General", "1"),
        (0.1 + 0.2, "General", "0.3"),
        (13800001111, "General", "13800001111"),
        (1e-7, "General", "1E-07"),
        (-3, "General", "-3"),
        (45473, 'yyyy"年"m"月"d"日"', "2024年6月30日"),
        (45473, "[$-804]yyyy\\-mm\\-dd;@", "2024-06-30"),
        (45473, "yyyy/m/d", "2024/6/30"),
        (45473, 'm"月"d"日"', "6月30日"),
        (45473, "yyyy年m月", "2024年6月"),
        (45473.5, "yyyy/m/d h:mm", "2024/6/30 12:00"),
        (45473.75, "h:mm AM/PM", "6:00 PM"),
        (45473, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二四年六月三十日"),
        (45473, "aaaa", "星期日"),
        (45473, "d-mmm-yy", "30-Jun-24"),
        (1.5, "[h]:mm", "36:00"),
        (-1, "yyyy/m/d", "-1"),
        (1, "yyyy/m/d", "1900/1/1"),
        (0.5, "0%", "50%"),
        (0.1234, "0.00%", "12.34%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (123, "#,##0", "123"),
        (0.125, "0.00", "0.13"),
        (2.5, "0", "3"),
        (0.5, "#.##", ".5"),
        (7, "000", "007"),
        (7, '"第"0"号"', "第7号"),
        (5, '0"万元"', "5万元"),
        (12345, '0!.0,"万"', "1.2万"),
        (-5, "0;(0)", "(5)"),
        (-5.5, "0.0", "-5.5"),
        (0, '0;-0;"-"', "-"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (1.5, "# ?/?", "1 1/2"),
        (12345, "0.00E+00", "1.23E+04"),
        (44000, "[DBNum1]General", "四万四千"),
        (20000, '[>=10000]0.0,"千";0', "20.0千"),
        (12, "G/通用格式", "12"),
        (5, "@", "5"),
        (3, '[Red]0"人"', "3人"),
        (3, "¥0.00", "¥3.00"),
        (3, "[$￥-804]0.00", "￥3.00"),
    ],
)
def test_numbers_as_shown(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_text_in_a_format() -> None:
    assert shown_text("水利", '@"局"') == "水利局"
    assert shown_text("水利", '0;0;0;"市"@') == "市水利"
    assert shown_text("水利", "General") == "水利"


@pytest.mark.parametrize(
    "code",
    ["", ";", ";;;", "[", '"', "\\", "E+", "yyyyyyyyyy", "/", "0/0", ",", ".", "#,", "0" * 300, "[DBNum1]0", "m" * 9],
)
@pytest.mark.parametrize("value", [0.0, 1.5, -2e300, 45473.25, 1e-300])
def test_strange_formats(code: str, value: float) -> None:
    assert isinstance(shown(value, code), str)


def test_cells_of_every_kind() -> None:
    def edit(sheet: Any) -> None:
        sheet["A1"] = CellRichText("修复", TextBlock(InlineFont(b=True), "堤防"), "三处")
        sheet["B1"] = True
        sheet["A2"] = "第一行\n第二行"
        sheet["B2"] = datetime(2024, 6, 30)
        sheet["A3"] = "链接"
        sheet["A3"].hyperlink = "http://example.com/a.doc"
        sheet["B3"] = "_x000D_甲"

    raw = read(workbook([["x", "x"]], edit))
    assert grids(raw) == [[["修复堤防三处", "TRUE"], ["第一行\n第二行", "2024-06-30 0:00:00"], ["链接", "\n甲"]]]
    assert [(raw.raw[s:e], target) for s, e, target in raw.links] == [("链接", "http://example.com/a.doc")]


def row(number: int, *texts: str) -> str:
    cells = "".join(
        f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{t}</t></is></c>' for n, t in enumerate(texts) if t
    )
    return f'<row r="{number}">{cells}</row>'


def test_the_strict_kind_of_xlsx() -> None:
    day = '<row><c t="d"><v>2024-06-30T00:00:00</v></c><c><v>1</v></c></row>'
    sheet = "<sheetData>" + day + row(2, "甲", "乙") + "</sheetData>"
    usual = zipfile.ZipFile(io.BytesIO(raw_workbook(sheet)))
    strict = zipped((name, _strict(usual.read(name))) for name in usual.namelist())
    assert grids(read(strict)) == [[["2024/6/30", "1"], ["甲", "乙"]]]


def _strict(content: bytes) -> bytes:
    for usual, other in ((MAIN, "spreadsheetml/main"), (RELATIONS, "officeDocument/relationships")):
        content = content.replace(usual.encode(), f"http://purl.oclc.org/ooxml/{other}".encode())
    return content


def test_a_binary_workbook_is_named() -> None:
    relation = f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="xl/workbook.bin"/>'
    relations = f'<Relationships xmlns="{PACKAGE}">{relation}</Relationships>'
    data = zipped(
        [("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", relations.encode()), ("xl/workbook.bin", b"x")]
    )
    with pytest.raises(policyparse.UnsupportedFormat, match=r"binary workbook.*save it as xlsx"):
        read(data)


def test_formulas_have_their_stored_results() -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;"x"</f><v>2项</v></c>'
        '<c r="C1"><f>SUM(A1)</f></c><c r="D1" t="e"><v>#REF!</v></c></row>' + row(2, "甲", "乙") + "</sheetData>"
    )
    raw = read(raw_workbook(sheet))
    assert grids(raw)[0][0] == ["2", "2项", "#REF!"]
    assert raw.warnings[0][0] == "damaged-file"
    assert "1 formulas have no stored result" in raw.warnings[0][1]


def test_cells_without_references_and_shared_strings_with_readings() -> None:
    strings = (
        "<si><t>甲</t><rPh sb='0' eb='1'><t>jia</t></rPh></si>"
        "<si><r><t>乙</t></r><r><t xml:space='preserve'> 丙</t></r></si>"
    )
    cells = "".join(f"<c t='s'><v>{n}</v></c>" for n in (0, 1, 99))  # the last is none
    sheet = f"<sheetData><row>{cells}</row><row><c><v>1</v></c><c><v>x</v></c></row></sheetData>"
    assert grids(read(raw_workbook(sheet, strings))) == [[["甲", "乙 丙"], ["1", "x"]]]


def test_text_boxes_are_read_and_comments_set_aside() -> None:
    def box(number: int, text: str) -> str:
        return (
            f"<twoCellAnchor><from><col>1</col><row>{number}</row></from><sp><txBody>"
            f"<p><r><t>{text}</t></r></p><p/><p><r><t>二行</t></r></p></txBody></sp></twoCellAnchor>"
        )

    cells = "<sheetData>" + row(3, "序号", "任务") + row(4, "1", "甲") + "</sheetData>"
    drawing = f"<wsDr>{box(9, '盖章处')}{box(0, '任务分解表')}</wsDr>"
    note = "<comments><commentList><comment ref='A3'><text><r><t>核对</t></r></text></comment></commentList></comments>"
    raw = read(raw_workbook(cells, drawing=drawing, comments=note))
    assert of(raw, "paragraph") == ["任务分解表\n二行", "盖章处\n二行"]
    assert of(raw, "boilerplate") == ["核对"]
    assert raw.raw.startswith("任务分解表")


# --- limits and damage ------------------------------------------------------------------------------------------


def test_an_area_as_large_as_a_sheet_costs_nothing() -> None:
    sheet = (
        '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" hidden="1"/></cols><sheetData>'
        + row(1, "甲", "乙")
        + row(1048576, "丙", "丁")
        + '</sheetData><mergeCells><mergeCell ref="C2:XFD1048576"/><mergeCell ref="A1:A1048576"/></mergeCells>'
    )
    began = time.perf_counter()
    assert "丁" in read(raw_workbook(sheet)).raw
    assert time.perf_counter() - began < 1


def test_many_merged_areas_end_in_time() -> None:
    rows = "".join(row(n, "甲", "乙") for n in range(1, 3000))
    merges = "".join(f'<mergeCell ref="A{n}:B1048576"/>' for n in range(1, 20000))
    began = time.perf_counter()
    read(raw_workbook(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"))
    assert time.perf_counter() - began < 5


def test_a_diagonal_is_not_filled_up() -> None:
    cells = "".join(
        f'<row r="{n}"><c r="{openpyxl.utils.get_column_letter(n)}{n}"><v>1</v></c><c r="XFD{n}"><v>2</v></c></row>'
        for n in range(1, 4000)
    )
    assert len(read(raw_workbook(f"<sheetData>{cells}</sheetData>")).blocks) < 10_000


def test_limits_hold() -> None:
    rows = "".join(row(n, "任务" * 50, "市水利局") for n in range(1, 5001))
    data = raw_workbook(f"<sheetData>{rows}</sheetData>")
    with pytest.raises(LimitExceeded, match="--max-characters"):
        read(data, Limits(characters=100_000))
    with pytest.raises(LimitExceeded, match="--max-unpacked"):
        read(data, Limits(unpacked=100_000))
    repeated = "<sheetData>" + "<row><c t='s'><v>0</v></c></row>" * 2000 + "</sheetData>"
    with pytest.raises(LimitExceeded, match="--max-characters"):
        read(raw_workbook(repeated, f"<si><t>{'长' * 10_000}</t></si>"), Limits(characters=1_000_000))


def test_entities_are_not_expanded() -> None:
    data = raw_workbook("<sheetData>" + row(1, "甲", "乙") + "</sheetData>")
    bomb = data  # the sheet of a workbook with a document type definition
    assert readers.read(bomb, "a.xlsx")
    sheet = '<sheetData><row><c t="inlineStr"><is><t>&lol;</t></is></c></row></sheetData>'
    with pytest.raises(UnreadableFile):
        read(raw_workbook(sheet))


@pytest.mark.parametrize("make", [ledger_xlsx, ledger_xls, ledger_2003])
def test_cut_files_and_flipped_bytes(make: Any) -> None:
    data = make()
    step = max(len(data) // 60, 1)
    for at in range(0, len(data), step):
        for broken in (data[:at], data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]):
            try:
                assert isinstance(readers.read(broken, "a.xls"), RawDoc)
            except PolicyParseError as error:
                assert str(error)


def test_a_sheet_cut_in_the_middle_keeps_what_comes_before() -> None:
    data = raw_workbook("<sheetData>" + row(1, "甲", "乙") + row(2, "丙", "丁") + "<row><c><v>1</sheetData>")
    raw = read(data)
    assert grids(raw) == [[["甲", "乙"], ["丙", "丁"]]]
    assert raw.warnings[0][0] == "damaged-file"
    assert "after row 2" in raw.warnings[0][1]


def test_a_workbook_cut_in_the_middle() -> None:
    rows = "".join(row(n, f"第{n}项任务{n * 7919 % 1000}", "市水利局") for n in range(1, 3000))
    data = raw_workbook(f"<sheetData>{rows}</sheetData>")
    raw = read(data[: len(data) // 2])
    assert "第1项任务" in raw.raw
    assert "the file's directory is missing" in raw.warnings[0][1]


def test_a_workbook_that_lost_its_texts_is_an_error() -> None:
    sheet = "<sheetData><row><c t='s'><v>0</v></c><c><v>1</v></c></row></sheetData>"
    with pytest.raises(UnreadableFile, match="the text of 1 cells is lost"):
        read(raw_workbook(sheet))


def test_protected_workbooks_say_so() -> None:
    ooxml = pytest.importorskip("msoffcrypto.format.ooxml")
    from io import BytesIO

    out = BytesIO()
    ooxml.OOXMLFile(BytesIO(ledger_xlsx())).encrypt("秘密", out)
    with pytest.raises(UnreadableFile, match="password"):
        policyparse.parse_bytes(out.getvalue(), "a.xlsx")
    assert policyparse.parse_bytes(out.getvalue(), "a.xlsx", password="秘密").measures


def test_a_web_page_named_xls_is_read_as_one() -> None:
    assert facts(ledger_html(), "a.xls") == facts(ledger_html(), "a.html")


@pytest.mark.parametrize("name", ["a.csv", "a.xls"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_list_with_commas(name: str, encoding: str) -> None:
    lines = (
        "任务分解表,,,\r\n填报单位：市水利局,,,\r\n序号,工作任务,责任单位,完成时限\r\n"
        '1,"排查河道，\r\n建立""台账""",市水利局,6月底前\r\n2,清理垃圾,"市城管局,市住建局",\r\n备注：按月报送,,,\r\n'
    )
    doc = policyparse.parse_bytes(lines.encode(encoding), name)
    assert (doc.source.reader, doc.source.media_type) == ("csv", "text/csv")
    assert [m.text for m in doc.measures] == ['排查河道，建立"台账"', "清理垃圾"]
    assert [r.name for r in doc.measures[1].responsibilities] == ["市城管局", "市住建局"]
    assert doc.text.startswith("任务分解表\n填报单位：市水利局\n")
    at = doc.locate(doc.measures[1].span)[1]
    assert (at.row, at.column) == (5, 2)


@pytest.mark.parametrize(
    "text", ["关于做好防汛工作的通知\n各单位:\n一,加强领导。", "", "甲,乙", '"' * 1000, "a\r,b\r\x00"]
)
def test_texts_that_are_no_lists(text: str) -> None:
    assert policyparse.parse_bytes(text.encode(), "a.csv").source.reader == "text"


def test_a_list_with_tabs_named_xls_is_read_as_text() -> None:
    lines = "序号\t工作任务\t责任单位\n1\t排查河道\t市水利局\n2\t清理垃圾\t市城管局\n"
    assert len(policyparse.parse_bytes(lines.encode("gb18030"), "a.xls").measures) == 2
