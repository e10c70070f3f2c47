"""CSV and Excel: what stands in the cells, and what a spreadsheet must not take for a formula."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse.export import csv as csv_output
from policyparse.export import xlsx
from policyparse.export.tables import MEASURES, TABLES, rows
from policyparse.model import IssueDate, Measure, PolicyDocument, Source, Title
from policyparse.text import Span
from tests.documents import CORPORA, parsed

DOCUMENTS = [parsed(p) for p in sorted((CORPORA / "notices").iterdir())]
AT = Span(0, 1)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", '=HYPERLINK("http://x")', "'=1"]


def with_texts(*texts: str) -> PolicyDocument:
    return PolicyDocument(source=Source(name="a.txt"), text="一", measures=[Measure(text=t, span=AT) for t in texts])


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("out") / "a.xlsx"
    xlsx.write(DOCUMENTS, path)
    return openpyxl.load_workbook(path)


class TestCsv:
    def test_every_row_is_there(self, tmp_path: Path) -> None:
        csv_output.write(DOCUMENTS, tmp_path / "csv")
        for table in TABLES:
            found = read(tmp_path / "csv" / f"{table.name}.csv")
            assert len(found) == sum(len(rows(d)[table.name]) for d in DOCUMENTS)
            assert not found or list(found[0]) == [c.name for c in table.columns if not c.long]

    def test_excel_knows_it_for_utf8(self, tmp_path: Path) -> None:
        csv_output.write(DOCUMENTS, tmp_path / "csv")
        for path in (tmp_path / "csv").iterdir():
            content = path.read_bytes()
            assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")

    def test_numbers_and_dates_are_as_they_are(self) -> None:
        assert [csv_output.cell(v) for v in (-5, 0, None, True, datetime.date(2018, 3, 1))] == [
            *(-5, 0, "", "TRUE", "2018-03-01")
        ]

    @pytest.mark.parametrize("text", FORMULAS)
    def test_no_text_is_a_formula(self, text: str) -> None:
        assert str(csv_output.cell(text)).startswith("'")

    @given(st.lists(st.text(), min_size=1, max_size=5))
    def test_any_text_comes_back_and_none_is_dangerous(self, texts: list[str]) -> None:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerow([csv_output.cell(t) for t in texts])
        (found,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
        for text, cell in zip(texts, found, strict=True):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
            expected = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
            assert (cell[1:] if cell.startswith("'") else cell) == expected


class TestXlsx:
    def test_a_sheet_a_table_with_every_row(self, book: openpyxl.Workbook) -> None:
        assert book.sheetnames == [t.term for t in TABLES]
        for table in TABLES:
            sheet = book[table.term]
            assert sheet.max_row == 1 + sum(len(rows(d)[table.name]) for d in DOCUMENTS)
            assert [c.value for c in sheet[1]] == [c.term for c in table.columns if not c.long]

    def test_headers_stay_in_sight_and_filter(self, book: openpyxl.Workbook) -> None:
        for sheet in book:
            assert sheet.freeze_panes == "B2"
            assert sheet.auto_filter.ref == sheet.dimensions
            assert sheet.column_dimensions["A"].width == 10

    def test_dates_are_dates(self, book: openpyxl.Workbook) -> None:
        sheet = book["工作措施"]
        column = [c.value for c in sheet[1]].index("截止日期") + 1
        cells = [c for (c,) in sheet.iter_rows(min_row=2, min_col=column, max_col=column) if c.value]
        assert cells and all(c.is_date and c.number_format == "yyyy-mm-dd" for c in cells)
        assert datetime.datetime(2021, 3, 31) in [c.value for c in cells]

    @pytest.mark.parametrize("text", [*FORMULAS, "#N/A", "#REF!", "="])
    def test_no_text_is_a_formula(self, text: str, tmp_path: Path) -> None:
        xlsx.write([with_texts(text)], tmp_path / "a.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["工作措施"]
        cell = sheet.cell(2, [c.value for c in sheet[1]].index("具体措施") + 1)
        assert (cell.data_type, cell.value) == ("s", text.replace("\r", "\n"))

    def test_a_text_that_no_cell_holds_is_cut_and_says_so(self) -> None:
        cut = xlsx.legal("长" * 40_000)
        assert len(cut) == xlsx.LONGEST and cut.endswith("…（全文40000字，余下见原文）")
        assert xlsx.legal("a\x00b\x0bc") == "a\ufffdb\ufffdc"

    def test_a_table_longer_than_a_sheet_goes_on_in_another(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(xlsx, "ROWS", 4)
        xlsx.write([with_texts(*map(str, range(8)))], tmp_path / "a.xlsx")
        book = openpyxl.load_workbook(tmp_path / "a.xlsx")
        sheets = [s for s in book if s.title.startswith("工作措施")]
        assert [(s.title, s.max_row, s.auto_filter.ref.endswith(str(s.max_row))) for s in sheets] == [
            *(("工作措施", 4, True), ("工作措施 2", 4, True), ("工作措施 3", 3, True))
        ]
        assert [c.value for c in sheets[2][1]] == [c.term for c in MEASURES.columns]

    def test_days_before_excels_calendar_are_text(self, tmp_path: Path) -> None:
        old = PolicyDocument(
            source=Source(name="a"), text="一", title=Title(text="一", span=AT),
            issue_date=IssueDate(text="1899", date="1899-12-31", span=AT),
        )  # fmt: skip
        xlsx.write([old], tmp_path / "a.xlsx")
        values = [c.value for c in openpyxl.load_workbook(tmp_path / "a.xlsx")["文件"][2]]
        assert "1899-12-31" in values

    def test_an_aborted_workbook_leaves_no_temporary_files(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import tempfile

        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        out = xlsx.open(tmp_path / "a.xlsx")
        out.add(DOCUMENTS[0])
        out.abort()
        assert not list(tmp_path.iterdir())
