"""The ledger of the samples, against what a person reads in them; the workbook as Excel and a printer get it."""

from __future__ import annotations

import csv
import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2 as pdfium
import pytest

import policyparse
from policyparse.errors import PolicyParseError
from policyparse.export import ledger
from policyparse.export.ledger.sheets import SHEETS
from policyparse.model import DatePeriod, Measure, Phase, PolicyDocument, Source, Title
from policyparse.text import Span
from tests.documents import CORPORA, ROOT, parsed
from tests.test_export_sheets import FORMULAS

FILES = sorted((CORPORA / "notices").iterdir())
AT = Span(0, 1)
Row = dict[str, Any]


def rows(book: openpyxl.Workbook, sheet: str, head: int = 1) -> list[Row]:
    """The rows under the headings; cells that are no task (blocks, notes) are rows, too."""
    terms = [c.value for c in book[sheet][1]]
    return [
        dict(zip(terms, (c.value for c in cells), strict=True)) | {"cells": cells}
        for cells in book[sheet].iter_rows(min_row=head + 1)
    ]


def sheet_of(tmp_path: Path, *documents: PolicyDocument, sheet: str = "任务总表") -> list[Row]:
    ledger.write(documents, tmp_path / "a.xlsx")
    return rows(openpyxl.load_workbook(tmp_path / "a.xlsx"), sheet)


def measure(text: str, **more: Any) -> Measure:
    return Measure(text=text, span=AT, **more)


def document(*measures: Measure, text: str = "一", **more: Any) -> PolicyDocument:
    return PolicyDocument(source=Source(name="a.txt"), text=text, measures=list(measures), **more)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of the samples, one folder above copies of them."""
    folder = tmp_path_factory.mktemp("ledger")
    shutil.copytree(CORPORA / "notices", folder / "通 知")
    with ledger.open(folder / "台账.xlsx") as out:
        for file in FILES:
            out.add(parsed(file), f"通 知/{file.name}", folder / "通 知" / file.name)
        out.failed("坏.docx", "坏.docx is a damaged zip package: it ends early", folder / "坏.docx")
    return folder / "台账.xlsx"


@pytest.fixture(scope="module")
def book(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


class TestTasks:
    def test_the_columns_are_those_of_a_ledger(self, book: openpyxl.Workbook) -> None:
        paper, task = "序号 文件标题 发文字号 发文机关", "任务路径 工作任务 具体措施 牵头单位 责任单位 配合单位"
        terms = f"{paper} {task} 完成时限 截止日期 所属阶段 原文位置"  # 督导单位 only where there is one
        assert [c.value for c in book["任务总表"][1]] == terms.split()

    def test_every_task_is_there_in_the_order_of_the_documents(self, book: openpyxl.Workbook) -> None:
        found = rows(book, "任务总表")
        assert [r["序号"] for r in found] == list(range(1, 80))
        assert [r["发文字号"] for r in found].count("吉交发〔2018〕81号") == 23
        assert [r["文件标题"] for r in found] == sorted(
            (r["文件标题"] for r in found), key=[r["文件标题"] for r in found].index
        )

    def test_an_item_without_a_heading_belongs_to_the_task_that_its_section_is_headed(
        self, book: openpyxl.Workbook
    ) -> None:
        tasks = rows(book, "任务总表")
        assert all(r["工作任务"] for r in tasks)
        item = next(r for r in tasks if r["具体措施"].startswith("根据相关规划，制定交通扶贫年度工作计划"))
        assert item["工作任务"] == "治理责任落实不到位的问题"

    def test_a_task_with_units(self, book: openpyxl.Workbook) -> None:
        first = rows(book, "任务总表")[0]
        assert first["文件标题"] == "关于印发《吉安市交通扶贫领域作风问题专项治理工作方案》的通知"
        assert first["发文机关"] == "吉安市交通运输局"
        assert first["任务路径"] == "三、重点治理内容和工作措施及责任分工／（一）治理责任落实不到位的问题／1"
        assert first["工作任务"] == "强化领导责任落实"
        assert first["责任单位"] == "局机关各科（室）、局属各单位"
        assert first["具体措施"].startswith("各单位要认真研究") and first["具体措施"].endswith("切实履职尽责。")
        assert first["牵头单位"] is None and first["截止日期"] is None

    def test_a_numbered_row_is_not_its_own_section(self, book: openpyxl.Workbook) -> None:
        paths = [r["任务路径"] for r in rows(book, "任务总表") if r["任务路径"] and r["任务路径"].endswith("／(一)")]
        assert any(p.startswith("一、不断学习、深刻领会") for p in paths) and "(一)／(一)" not in paths

    def test_a_row_of_a_task_table(self, book: openpyxl.Workbook) -> None:
        (row,) = [r for r in rows(book, "任务总表") if r["任务路径"] and r["任务路径"].endswith("／(八)")]
        assert row["任务路径"] == "三、巩固乡镇建制村通硬化路和通客车“两通”成果／(八)"
        assert row["工作任务"].startswith("利用信息化手段开展动态监测")
        assert row["具体措施"].startswith("32.充分利用村村通客车监测系统")
        assert row["具体措施"].count("\n") == 4
        assert (row["牵头单位"], row["配合单位"]) == ("运输局、有关地方交通运输主管部门", "运输处")
        assert row["完成时限"] == "7月底前完成抽查工作，其他工作持续推进"
        assert row["截止日期"] == datetime.datetime(2020, 7, 31)

    def test_every_milestone_of_a_deadline_has_a_line(self, book: openpyxl.Workbook) -> None:
        lines = [str(r["完成时限"]).split("\n") for r in rows(book, "任务总表")]
        assert [len(parts) for parts in lines if len(parts) > 1] == [4, 2, 3]
        assert any(parts[1:2] == ["10月底东丰至双辽（吉林段）项目建成通车"] for parts in lines)

    def test_dates_are_dates(self, book: openpyxl.Workbook) -> None:
        cells = [r["cells"][11] for r in rows(book, "任务总表") if r["截止日期"]]
        assert len(cells) == 12
        assert all(c.is_date and c.number_format == "yyyy-mm-dd" for c in cells)

    def test_a_deadline_in_the_text_is_named_but_is_not_the_tasks_own(self, book: openpyxl.Workbook) -> None:
        (row,) = [r for r in rows(book, "任务总表") if r["工作任务"] == "确保农村道路畅通工程全面完工"]
        assert (row["完成时限"], row["截止日期"]) == ("文中：11月底", None)

    def test_nothing_is_told_as_none(self, book: openpyxl.Workbook) -> None:
        values = [str(c.value) for s in book for r in s.iter_rows() for c in r if c.value is not None]
        assert not [v for v in values if "None" in v or "nan" in v]

    def test_a_place_leads_to_the_file(self, book: openpyxl.Workbook) -> None:
        first = rows(book, "任务总表")[0]["cells"][-1]
        assert (first.value, first.hyperlink.target) == ("第45行", "通%20知/000_d3411eaaf7ef5d1a.txt")


class TestOtherSheets:
    def test_a_block_a_unit(self, book: openpyxl.Workbook) -> None:
        found = rows(book, "按单位")
        (head,) = [r for r in found if r["单位"] == "市扶贫办" and str(r["角色"]).startswith("共")]
        assert head["角色"] == "共22项：牵头22项"
        duties = [r for r in found if r["单位"] == "市扶贫办" and r is not head]
        assert {r["角色"] for r in duties} == {"牵头"} and len(duties) == 22
        tasks = {r["序号"]: r for r in rows(book, "任务总表")}
        assert all("市扶贫办" in tasks[r["总表序号"]]["牵头单位"] for r in duties)

    def test_a_name_is_not_taken_for_a_similar_one(self, book: openpyxl.Workbook) -> None:
        units = [r["单位"] for r in rows(book, "按单位") if str(r["角色"]).startswith("共")]
        assert len(units) == len(set(units))
        assert {"市扶贫办", "扶贫办", "市财政局", "财政局"} <= set(units)

    def test_an_elided_name_is_with_the_full_one(self, book: openpyxl.Workbook) -> None:
        (head,) = [r for r in rows(book, "按单位") if r["单位"] == "局规划建设科" and str(r["角色"]).startswith("共")]
        assert head["角色"] == "共12项：责任12项；文中又称：规划建设科"

    def test_the_timetable_is_by_date_with_a_band(self, book: openpyxl.Workbook) -> None:
        found = [r for r in rows(book, "时间表", 2) if r["类别"] in ("阶段", "任务时限", "文中时限")]
        dates = [r["截止日期"] for r in found]
        dated = [d for d in dates if d]
        assert dated == sorted(dated) and dates[: len(dated)] == dated
        assert (found[0]["事项"], found[0]["截止日期"]) == ("动员部署", datetime.datetime(2018, 2, 28))
        (row,) = [r for r in found if r["事项"] == "自查自纠" and r["文件"] == "吉交发〔2018〕81号"]
        months = [c.column - 8 for c in row["cells"][8:] if c.fill.fgColor.rgb == "009DC3E6"]
        assert months == [3, 4]
        assert [book["时间表"].cell(2, c).value for c in range(9, 21)] == [str(m) for m in range(1, 13)]
        blocks = [r["类别"] for r in rows(book, "时间表", 2) if r["类别"] and r not in found]
        assert blocks[:4] == ["2018年", "2020年", "2021年", "2023年"]
        assert {r["时间（原文）"] for r in found if not r["截止日期"]} == {"长期坚持", "持续推进"}

    def test_a_few_years_stand_side_by_side(self, tmp_path: Path) -> None:
        period = DatePeriod(text="2020年11月至2021年2月", start="2020-11-01", end="2021-02-28", span=AT)
        due = DatePeriod(text="2021年底", end="2021-12-31", span=AT)
        phase = Phase(ordinal=1, name="自查", period=period, text="自查", span=AT)
        ledger.write([document(measure("修路。", deadline=due), phases=[phase])], tmp_path / "a.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["时间表"]
        assert [sheet.cell(1, c).value for c in (9, 21)] == ["2020年", "2021年"] and sheet.max_column == 32
        coloured = [[c.column - 8 for c in r[8:] if c.fill.fill_type] for r in sheet.iter_rows(min_row=3, max_row=4)]
        assert coloured == [[11, 12, 13, 14], [24]]
        assert sheet.cell(4, 32).value == "●"

    def test_a_period_that_began_in_another_block_says_so(self, tmp_path: Path) -> None:
        period = DatePeriod(text="2015年至2021年2月", start="2015-01-01", end="2021-02-28", span=AT)
        phase = Phase(ordinal=1, name="自查", period=period, text="自查", span=AT)
        ledger.write([document(phases=[phase])], tmp_path / "a.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["时间表"]
        assert sheet.cell(3, 1).value == "2021年" and sheet.max_column == 20
        assert [c.column - 8 for c in sheet[4][8:] if c.fill.fill_type] == [1, 2] and sheet.cell(4, 9).value == "◀"

    def test_the_groups(self, book: openpyxl.Workbook) -> None:
        found = rows(book, "领导小组")
        leaders = [(r["组内职务"], r["姓名"]) for r in found[:3]]
        assert [role for role, _ in leaders] == ["组长", "副组长", "副组长"] and all(name for _, name in leaders)
        assert next(r["单位及职务"] for r in found if r["所在"] == "办公室") == "设在局规划建设科"

    def test_what_is_to_be_checked_is_told_in_chinese(self, book: openpyxl.Workbook) -> None:
        found = rows(book, "待核对")
        assert (found[0]["程度"], found[0]["类别"], found[0]["代码"]) == ("读取失败", "读取失败", "failed")
        assert found[0]["说明"].startswith("文件已损坏，请重新拷贝或下载（")
        said = {r["代码"]: r["说明"] for r in reversed(found)}
        assert said["missing-attachment"] == "正文提到附件2，文件中没有"
        assert said["ambiguous-date"] == "“2018112”可读作2018-01-12或2018-11-02，请核定"
        assert said["garbled-text"] == "百分数过大：20230%"
        assert said["year-inferred"] == "“2月底前”未写年份，按文件写明的工作期限推定为2018-02-28"
        assert said["phase-order"] == "“整改提高”开始（2020-07-01）时“监督检查”尚未结束（2020-09-30）"
        grades = [r["程度"] for r in found]
        assert grades == sorted(grades, key=["读取失败", "须核对", "提示"].index)


def points(page: pdfium.PdfPage) -> float:
    """Size of most of a page's characters, as printed."""
    text = page.get_textpage()
    sizes = [round(pdfium.raw.FPDFText_GetFontSize(text, i), 1) for i in range(text.count_chars())]
    sizes = [s for s in sizes if s > 1]  # the others are spaces between the cells
    return float(max(set(sizes), key=sizes.count))


class TestPages:
    @pytest.mark.parametrize("name", list(SHEETS))
    def test_ready_to_be_printed_and_filtered(self, book: openpyxl.Workbook, name: str) -> None:
        sheet = book[name]
        head = 2 if name == "时间表" else 1
        assert sheet.freeze_panes == f"B{head + 1}"
        assert sheet.auto_filter.ref.startswith(f"A{head}:")
        page = sheet.page_setup
        assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == ("landscape", 9, 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"$1:${head}"
        assert "&P" in sheet.oddFooter.center.text and sheet.oddHeader.center.text == name
        cells = [c for r in sheet.iter_rows(min_row=head + 1) for c in r[: len(SHEETS[name])] if c.value]
        assert all(c.alignment.wrap_text for c in cells if c.row < sheet.max_row)

    def test_the_sheets_are_those_of_the_documentation(self, book: openpyxl.Workbook) -> None:
        assert book.sheetnames == list(SHEETS) == ["任务总表", "按单位", "时间表", "领导小组", "待核对"]

    def test_the_same_documents_give_the_same_bytes(self, path: Path, tmp_path: Path) -> None:
        for name in ("a.xlsx", "b.xlsx"):
            ledger.write([parsed(f) for f in FILES], tmp_path / name)
        assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
        assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]

    def test_libreoffice_prints_it(self, path: Path, tmp_path: Path) -> None:
        office = shutil.which("soffice")
        if office is None:
            pytest.skip("LibreOffice (soffice) is not installed")
        profile = (tmp_path / "profile").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(tmp_path), str(path)], capture_output=True, timeout=300, check=True)
        pdf = pdfium.PdfDocument(tmp_path / "台账.pdf")
        pages = [page.get_textpage().get_text_range() for page in pdf]
        assert all(page.get_width() > page.get_height() for page in pdf)
        titles = [next(line for line in text.splitlines() if line in SHEETS) for text in pages]
        assert list(dict.fromkeys(titles)) == list(SHEETS)
        assert all("具体措施" in text for text, title in zip(pages, titles, strict=True) if title == "任务总表")
        assert f"第 1 页，共 {len(pages)} 页" in pages[0]
        assert len(pages) <= 66
        assert all(points(pdf[titles.index(title)]) >= 7.5 for title in ("任务总表", "按单位"))
        whole = "".join("".join(text.split()) for text in pages)
        for task in rows(openpyxl.load_workbook(path), "任务总表"):
            assert "".join(task["具体措施"].split())[-8:] in whole  # nothing is cut


class TestTexts:
    @pytest.mark.parametrize("text", [*FORMULAS, "#N/A"])
    def test_no_text_is_a_formula(self, text: str, tmp_path: Path) -> None:
        (row,) = sheet_of(tmp_path, document(measure(text)))
        cell = row["cells"][6]
        assert (cell.data_type, cell.value) == ("s", text.replace("\r", "\n"))
        ledger.write([document(measure(text))], tmp_path / "a.csv")
        content = (tmp_path / "a.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        ((found,),) = [[r["具体措施"]] for r in csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True))]
        assert not found.startswith(("=", "+", "-", "@", "＝", "＋", "\t", "\r", "\n"))

    def test_a_text_higher_than_a_row_says_that_it_is_cut(self, tmp_path: Path) -> None:
        (row,) = sheet_of(tmp_path, document(measure("长" * 8000)))
        assert row["具体措施"].endswith("…（全文8000字，余下见原文）") and len(row["具体措施"]) > 1000
        assert row["cells"][6].parent.row_dimensions[2].height <= 409
        ledger.write([document(measure("长" * 8000))], tmp_path / "a.csv")
        assert "长" * 8000 in (tmp_path / "a.csv").read_text("utf-8-sig")

    @pytest.mark.parametrize(("length", "wide"), [(90, False), (1300, True)])
    def test_print_is_large_unless_a_text_would_be_cut(self, length: int, wide: bool, tmp_path: Path) -> None:
        (row,) = sheet_of(tmp_path, document(measure("长" * length, heading=f"任务{'甲' * 80}", phase="启动阶段")))
        sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["任务总表"]
        assert row["具体措施"] == "长" * length
        assert (sum(c.width for c in sheet.column_dimensions.values()) > 151) == wide

    def test_broken_characters_do_no_harm(self, tmp_path: Path) -> None:
        ledger.write([document(measure("a\x00b\ud800c"))], tmp_path / "a.csv")
        (row,) = sheet_of(tmp_path, document(measure("a\x00b\ud800c")))
        assert row["具体措施"] == "a\ufffdb\ufffdc"

    def test_supervisors_have_a_column_where_there_are_any(self, tmp_path: Path) -> None:
        units = [{"name": "县督查室", "role": "supervise", "span": AT}]
        (row,) = sheet_of(tmp_path, document(measure("修路。", responsibilities=units)))
        assert row["督导单位"] == "县督查室"
        ledger.write([document(measure("修路。"))], tmp_path / "a.csv")
        assert "督导单位" in (tmp_path / "a.csv").read_text("utf-8-sig")

    def test_an_empty_ledger_says_so(self, tmp_path: Path) -> None:
        assert [r["序号"] for r in sheet_of(tmp_path)] == ["没有识别出工作任务"]

    def test_a_document_without_tasks_is_named(self, tmp_path: Path) -> None:
        title = Title(text="关于召开会议的通知", span=AT)
        (row,) = sheet_of(tmp_path, document(title=title), sheet="待核对")
        assert (row["文件标题"], row["代码"]) == ("关于召开会议的通知", "no-tasks")


class TestDuplicates:
    def test_the_same_notice_in_other_formats_counts_once(self, tmp_path: Path) -> None:
        copies = sorted((CORPORA / "formats").glob("002_*"))
        documents = [parsed(p) for p in [FILES[2], *copies]]
        assert len(sheet_of(tmp_path, *documents)) == 28
        checked = rows(openpyxl.load_workbook(tmp_path / "a.xlsx"), "待核对")
        twice = [r for r in checked if r["代码"] == "duplicate"]
        assert [r["文件"] for r in twice] == [p.name for p in copies]
        assert {r["程度"] for r in twice} == {"未计入"}
        assert twice[0]["说明"] == f"与“{FILES[2].name}”内容相同，任务只计一次"

    def test_another_number_is_another_notice(self, tmp_path: Path) -> None:
        one = document(measure("修路。"), text="甲" * 30, title=Title(text="通知", span=AT))
        other = document(measure("修桥。"), text="乙" * 30, title=Title(text="通知", span=AT))
        assert len(sheet_of(tmp_path, one, other)) == 2

    def test_a_ledger_among_the_inputs_is_not_read_as_a_notice(self, path: Path, tmp_path: Path) -> None:
        (row,) = sheet_of(tmp_path, parsed(path), sheet="待核对")
        assert row["代码"] == "own-ledger"


def test_only_workbooks_and_csv(tmp_path: Path) -> None:
    with pytest.raises(PolicyParseError, match=r"\.xlsx or \.csv"):
        ledger.open(tmp_path / "台账.docx")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a b.docx", "in/a%20b.docx"),
        ("甲#1.docx", "in/甲%231.docx"),
        ("100%.docx", "in/100%25.docx"),
        ("<甲>&.txt", "in/%3C甲%3E&.txt"),
        (os.fsdecode("公文".encode("gbk")) + ".txt", "in/%B9%AB%CE%C4.txt"),
    ],
)
def test_addresses_are_relative_and_escaped(name: str, expected: str, tmp_path: Path) -> None:
    assert ledger.address(tmp_path / "in" / name, tmp_path) == expected
    assert ledger.address(tmp_path / "in" / name, tmp_path / "out") == f"../{expected}"


def test_the_example_runs(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "examples" / "ledger.py"), str(CORPORA / "notices"), str(tmp_path / "a.xlsx")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].endswith("79 tasks of 5 documents, 56 units")
    assert "市扶贫办" in done.stdout and (tmp_path / "a.xlsx").is_file()


def test_rows_beside_a_merged_cell_have_places_of_their_own(tmp_path: Path) -> None:
    page = (
        "<p>关于印发任务分工表的通知</p><table><tr><th>工作任务</th><th>具体内容</th><th>责任单位</th></tr>"
        "<tr><td rowspan='2'>健全机制</td><td>调整充实工作领导小组，完善议事规则。</td><td>市财政局</td></tr>"
        "<tr><td>将重要指标纳入年度考核，定期通报情况。</td><td>市统计局</td></tr></table>"
    )
    first, second = sheet_of(tmp_path, policyparse.parse_bytes(page.encode(), filename="a.html"))
    assert (first["责任单位"], second["责任单位"]) == ("市财政局", "市统计局")
    assert "第2行" in first["原文位置"] and "第3行" in second["原文位置"]
