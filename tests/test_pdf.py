"""The pdf reader on small files made here: what a page shows is what comes out, in the order it is read."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping

import pypdfium2
import pytest

import policyparse
from policyparse.errors import MissingExtra, PolicyParseError, UnreadableFile
from policyparse.limits import Budget, Limits, ReadOptions
from policyparse.model import Measure
from policyparse.readers import pdf as reader
from policyparse.readers.layout.grid import find_grids
from policyparse.readers.pdf.drawn import drawn_on
from policyparse.source import RawDoc

from .pdf_maker import Sheet, pdf

LINE = "各村各社区要把防溺水工作摆在突出位置抓紧抓实抓好"  # 24 characters
ROOT = 0.70710678


def read(data: bytes, **options: str) -> RawDoc:
    return reader.read_bytes(data, ReadOptions(**options), Budget(Limits()))  # type: ignore[arg-type]


def texts(raw: RawDoc, kind: str = "paragraph") -> list[str]:
    return [raw.raw[b.start : b.end] for b in raw.blocks if b.kind == kind]


def codes(raw: RawDoc) -> list[str]:
    return [w[0] for w in raw.warnings]


def prose(sheet: Sheet, y: float = 100, paragraphs: int = 2, x: float = 90) -> Sheet:
    """Paragraphs of three lines: indented and full, full, short."""
    for _ in range(paragraphs):
        sheet.text(x + 32, y, LINE[:24])
        sheet.text(x, y + 28, LINE[:24] + "务必")
        sheet.text(x, y + 56, "落实到人。")
        y += 84
    return sheet


PARAGRAPH = LINE + LINE + "务必落实到人。"


def test_lines_are_joined_to_paragraphs_and_each_keeps_its_box() -> None:
    raw = read(pdf(prose(Sheet())))
    assert texts(raw) == [PARAGRAPH, PARAGRAPH]
    assert raw.pages == 1 and raw.page_sizes == ((595.0, 842.0),)
    first, second = raw.boxes[:2]
    assert raw.raw[first.start : first.end] == LINE
    assert (first.x0, first.y0, first.x1, first.y1) == pytest.approx((122, 100, 506, 116), abs=2.5)
    assert (second.x0, second.y0) == pytest.approx((90, 128), abs=2.5)


def test_a_paragraph_goes_on_over_the_page_and_its_number_is_set_aside() -> None:
    first = prose(Sheet()).text(122, 700, LINE[:24]).text(280, 790, "— 1 —", 14)
    second = Sheet().text(90, 100, LINE + "务必").text(90, 128, "不留死角。").text(122, 156, "特此通知。")
    raw = read(pdf(first, second.text(280, 790, "— 2 —", 14)))
    assert texts(raw)[2:] == [LINE + LINE + "务必不留死角。", "特此通知。"]
    assert texts(raw, "boilerplate") == ["— 1 —", "— 2 —"]


def test_a_running_header_is_set_aside_the_heading_of_an_annex_is_not() -> None:
    sheets = [prose(Sheet().text(200, 50, "云岭县规范性文件", 10.5)).text(90, 72, "附件", 16) for _ in range(3)]
    raw = read(pdf(*sheets))
    assert texts(raw, "boilerplate") == ["云岭县规范性文件"] * 3
    assert texts(raw).count("附件") == 3


@pytest.mark.parametrize("names", [2, 3, 5])
def test_joint_issuers_come_before_the_word_beside_them(names: int) -> None:
    sheet = Sheet()
    for n in range(names):
        sheet.text(110, 90 + 45 * n, f"云岭县第{'一二三四五'[n]}局", 36, colour=(1, 0, 0))
    sheet.text(400, 90 + 45 * (names - 1) / 2 - 2, "文件", 40, colour=(1, 0, 0)).text(220, 360, "云教发〔2020〕5号")
    raw = read(pdf(prose(sheet, 420)))
    assert texts(raw)[: names + 2] == [
        *(f"云岭县第{n}局" for n in "一二三四五"[:names]), "文件", "云教发〔2020〕5号"
    ]  # fmt: skip


def test_title_over_two_lines_when_the_first_is_full() -> None:
    sheet = Sheet().text(90, 100, "云岭县人民政府办公室关于印发防溺水专项", 22).text(221, 136, "整治方案的通知", 22)
    raw = read(pdf(prose(sheet, 200)))
    assert texts(raw)[0] == "云岭县人民政府办公室关于印发防溺水专项整治方案的通知"
    assert raw.blocks[0].align == "center"


def test_spaced_out_words_and_blanks_between_names() -> None:
    sheet = prose(Sheet()).text(200, 300, "国务院办公厅", 22, spacing=14)
    sheet.text(90, 400, "成员：").text(138, 400, "甲某某").text(190.4, 400, "乙某某").text(242.8, 400, "丙某")
    found = texts(read(pdf(sheet)))
    assert found[2:] == ["国务院办公厅", "成员：甲某某 乙某某 丙某"]


def test_imprint_keeps_its_two_ends_apart() -> None:
    sheet = prose(Sheet()).line(80, 700, 515, 700).line(80, 728, 515, 728).line(80, 756, 515, 756)
    sheet.text(100, 706, "抄送：县委办公室，县人大常委会办公室。", 14)
    sheet.text(100, 734, "云岭县人民政府办公室", 14).text(380, 734, "2020年3月5日印发", 14)
    raw = read(pdf(sheet))
    assert texts(raw)[2] == "抄送：县委办公室，县人大常委会办公室。"
    assert texts(raw)[3].split() == ["云岭县人民政府办公室", "2020年3月5日印发"]
    assert not raw.tables


def test_signature_at_the_right() -> None:
    raw = read(pdf(prose(Sheet()).text(340, 400, "云岭县水务局").text(340, 428, "2021年6月1日")))
    assert [b.align for b in raw.blocks] == [None, None, "right", "right"]


def test_fake_bold_is_read_once() -> None:
    sheet = prose(Sheet()).text(122, 400, "一、加强领导").text(122.4, 400, "一、加强领导")
    for n, char in enumerate("二、压实责任"):
        sheet.text(122 + 16 * n, 430, char).text(122.3 + 16 * n, 430, char)
    sheet.text(122, 460, "排查——整改——验收")
    assert texts(read(pdf(sheet)))[2:] == ["一、加强领导", "二、压实责任", "排查——整改——验收"]


@pytest.mark.parametrize(
    "sheet",
    [
        prose(Sheet()).text(150, 500, "内部资料严禁外传", 60, colour=(0.8, 0.8, 0.8), turn=(ROOT, ROOT, -ROOT, ROOT)),
        prose(Sheet()).text(100, 130, "内部资料", 60, colour=(0.85, 0.85, 0.85)),
        prose(Sheet()).text(90, 500, "隐藏的文字", colour=(1, 1, 1)),
        prose(Sheet()).text(90, 500, "隐藏的文字", mode=3),
    ],
    ids=["askew", "pale", "white", "invisible"],
)
def test_watermarks_and_hidden_text_are_set_aside(sheet: Sheet) -> None:
    raw = read(pdf(sheet))
    assert texts(raw) == [PARAGRAPH, PARAGRAPH]
    assert len(texts(raw, "boilerplate")) == 1


def test_white_letters_on_a_dark_ground_are_text() -> None:
    sheet = prose(Sheet()).area(80, 490, 400, 530, 0.2).text(90, 500, "一图读懂", colour=(1, 1, 1))
    assert texts(read(pdf(sheet)))[2:] == ["一图读懂"]


def test_an_invisible_layer_over_a_page_image_is_its_text() -> None:
    sheet = Sheet().image(0, 0, 595, 842)
    for n in range(4):
        sheet.text(90, 100 + 28 * n, LINE, mode=3)
    raw = read(pdf(sheet), ocr="never")
    assert LINE in raw.raw and not texts(raw, "boilerplate")


def test_the_line_of_a_scan_app_is_no_text_layer() -> None:
    scan = Sheet().image(0, 0, 595, 842).text(420, 820, "扫描某某王 创建", 8)
    raw = read(pdf(prose(Sheet()), scan), ocr="never")
    assert codes(raw) == ["page-without-text"] and "page(s) 2" in raw.warnings[0][1]
    assert texts(raw, "boilerplate") == ["扫描某某王 创建"]
    with pytest.raises(UnreadableFile, match=r"no text layer.*ocr=never"):
        read(pdf(scan), ocr="never")


def test_a_signature_over_a_background_image_is_text() -> None:
    sheet = Sheet().image(0, 0, 595, 842).text(340, 400, "云岭县水务局").text(340, 428, "2021年6月1日")
    raw = read(pdf(prose(Sheet()), sheet), ocr="never")
    assert texts(raw)[2:] == ["云岭县水务局", "2021年6月1日"] and not raw.warnings


def test_a_scan_without_the_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    from policyparse.readers.images import ocr

    def missing() -> None:
        raise MissingExtra("python -m pip install 'policyparse[ocr]'")

    monkeypatch.setattr(ocr, "pillow", missing)
    scan = Sheet().image(0, 0, 595, 842)
    with pytest.raises(MissingExtra, match="pip install"):
        read(pdf(scan))
    assert codes(read(pdf(prose(Sheet()), scan))) == ["page-without-text"]


def test_a_wrong_character_map_is_recognised() -> None:
    garbage = "".join(chr(0x5000 + 211 * n % 0x4000) for n in range(80))
    sheet = Sheet()
    for n in range(0, 80, 20):
        sheet.text(90, 100 + 2 * n, garbage[n : n + 20])
    raw = read(pdf(prose(Sheet()), sheet), ocr="never")
    assert codes(raw) == ["page-without-text"] and "unreadable" in raw.warnings[0][1]
    assert texts(raw) == [PARAGRAPH, PARAGRAPH]
    with pytest.raises(UnreadableFile, match="unreadable text layer"):
        read(pdf(sheet), ocr="never")


def test_a_list_of_names_is_no_garbage() -> None:
    names = "郭鑫磊彭佳琪谢雨桐曹梓轩邓浩然许晨曦傅嘉懿沈博涵曾钰彤吕铭泽苏婉婷卢俊逸蒋雪莹蔡煜祺贾靖雯丁睿渊"
    sheet = Sheet().text(90, 100, names[:24]).text(90, 128, names[24:])
    assert not codes(read(pdf(sheet), ocr="never"))


def _upwards(sheet: Sheet) -> Sheet:
    """Lines that run up the page."""
    for n in range(5):
        code = LINE.encode("utf-16-be").hex()
        sheet.content.append(f"BT /F1 16 Tf 0 1 -1 0 {114 + 28 * n} 90 Tm <{code}> Tj ET")
    return sheet


def test_rotated_page_and_sideways_text_are_read_upright() -> None:
    shown = read(pdf(_upwards(Sheet(rotation=90))))
    assert shown.page_sizes == ((842.0, 595.0),) and shown.raw.startswith(LINE + LINE)
    first = shown.boxes[0]
    assert (first.x0, first.y0, first.x1, first.y1) == pytest.approx((90, 100, 474, 116), abs=2.5)
    sideways = read(pdf(_upwards(Sheet())))
    assert sideways.page_sizes == ((595.0, 842.0),) and sideways.raw == shown.raw
    first = sideways.boxes[0]
    assert (first.x0, first.y0, first.x1, first.y1) == pytest.approx((100, 368, 116, 752), abs=2.5)


def test_links_and_form_fields() -> None:
    sheet = Sheet().text(90, 100, "详见附件：实施细则").link(170, 98, 234, 118, "http://www.example.cn/a.doc")
    raw = read(pdf(sheet.field(90, 200, 300, 220, "填报人张某")))
    assert [(raw.raw[a:b], target) for a, b, target in raw.links] == [("实施细则", "http://www.example.cn/a.doc")]
    assert texts(raw)[-1] == "填报人张某"


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet().text(200, 80, "云岭县人民政府公报", 22)
    for n in range(10):
        sheet.text(60, 130 + 18 * n, f"左{n}" + LINE[:21], 10.5).text(310, 130 + 18 * n, f"右{n}" + LINE[:21], 10.5)
    found = read(pdf(sheet)).raw
    assert found.index("公报") < found.index("左0") < found.index("左9") < found.index("右0") < found.index("右9")


def test_rows_without_rulings_stay_rows() -> None:
    sheet = prose(Sheet())
    rows = [("序号", "工作任务", "责任单位"), ("1", "开展排查", "县应急局"), ("2", "组织培训", "县教育局、县财政局")]
    for n, row in enumerate(rows):
        for x, cell in zip((90, 170, 360), row, strict=True):
            sheet.text(x, 300 + 28 * n, cell)
    assert [line.split() for line in texts(read(pdf(sheet)))[2:]] == [list(r) for r in rows]


def test_contents_with_leaders_stay_lines() -> None:
    sheet = Sheet()
    for n in range(4):
        sheet.text(90, 100 + 28 * n, f"{'一二三四'[n]}、总体要求" + "．" * 19 + str(n + 1))
    assert len(texts(read(pdf(sheet)))) == 4


def _table(sheet: Sheet, y: float, rows: list[tuple[str, str, str, str]]) -> Sheet:
    """A table with a header of two levels; `/` in a cell is a new line."""
    x = [80.0, 130.0, 330.0, 430.0, 520.0]
    sheet.line(80, y, 520, y).line(330, y + 25, 520, y + 25).line(80, y + 50, 520, y + 50)
    for at in (80.0, 130.0, 330.0, 520.0):
        sheet.line(at, y, at, y + 50)
    sheet.line(430, y + 25, 430, y + 50).text(85, y + 18, "序号", 12).text(135, y + 18, "工作任务", 12)
    sheet.text(400, y + 6, "责任", 12).text(340, y + 30, "牵头单位", 12).text(440, y + 30, "配合单位", 12)
    sheet.grid(x, [y + 50 + 40 * n for n in range(len(rows) + 1)])
    for n, row in enumerate(rows):
        for at, cell in zip(x, row, strict=False):
            for k, part in enumerate(cell.split("/")):
                sheet.text(at + 5.4, y + 55 + 40 * n + 15 * k, part, 12)
    return sheet


HEAD = [("1", "开展隐患排查，建立台账限期整改/到位", "县应急局", "县教育局"), ("2", "组织宣传", "县教育局", "县财政局")]


def test_a_ruled_table_over_two_pages_is_one_with_merged_header_cells() -> None:
    raw = read(pdf(_table(prose(Sheet()), 300, HEAD), _table(Sheet(), 100, [("3", "验收", "县政府办", "各乡镇")])))
    (table,) = raw.tables
    cells = {(c.row, c.column): raw.raw[c.start : c.end] for c in table.cells}
    assert [cells[0, n] for n in range(3)] == ["序号", "工作任务", "责任"]
    assert [(c.rowspan, c.colspan) for c in table.cells[:3]] == [(2, 1), (2, 1), (1, 2)]
    assert cells[2, 1] == "开展隐患排查，建立台账限期整改到位"
    assert [cells[4, n] for n in range(4)] == ["3", "验收", "县政府办", "各乡镇"]
    assert texts(raw, "boilerplate") == ["序号", "工作任务", "责任", "牵头单位", "配合单位"]
    last = next(b for b in raw.blocks if raw.raw[b.start : b.end] == "验收")
    assert last.place.page == 2


def test_a_row_cut_by_the_page_is_mended() -> None:
    upper = _table(
        prose(Sheet()),
        300,
        [HEAD[0], ("2", "组织开展面向学生和家长的宣传教/育活动，做到校校有部署、人人都", "县教育局", "县财政局")],
    )
    lower = _table(Sheet(), 100, [("", "知晓。", "", ""), ("3", "验收", "县政府办", "各乡镇")])
    raw = read(pdf(upper, lower))
    (table,) = raw.tables
    cells = {(c.row, c.column): raw.raw[c.start : c.end] for c in table.cells}
    assert cells[3, 1] == "组织开展面向学生和家长的宣传教育活动，做到校校有部署、人人都知晓。"
    assert cells[4, 0] == "3" and (5, 0) not in cells


def test_the_facts_of_a_table_over_two_pages() -> None:
    data = pdf(_table(prose(Sheet()), 300, HEAD), _table(Sheet(), 100, [("3", "总结验收", "县政府办", "各乡镇")]))
    found = policyparse.parse_bytes(data, "分工表.pdf")
    assert [m.responsibilities[0].name for m in found.measures] == ["县应急局", "县教育局", "县政府办"]


def test_password() -> None:
    data = pdf(prose(Sheet()), password="abc")
    assert texts(read(data, password="abc")) == [PARAGRAPH, PARAGRAPH]
    with pytest.raises(UnreadableFile, match=r"encrypted.*password"):
        read(data)
    with pytest.raises(UnreadableFile, match="does not open it"):
        read(data, password="abd")


def test_blank_pages_and_no_pages() -> None:
    assert codes(read(pdf(Sheet()))) == ["empty-document"]
    with pytest.raises(UnreadableFile, match=r"damaged|no pages"):
        read(pdf())


def test_page_limit() -> None:
    with pytest.raises(PolicyParseError, match="POLICYPARSE_MAX_PAGES"):
        reader.read_bytes(pdf(Sheet(), Sheet()), ReadOptions(), Budget(Limits(pages=1)))


def test_a_file_cut_off_gives_the_pages_that_are_there() -> None:
    data = pdf(prose(Sheet()), prose(Sheet()))
    cut = data[: data.rindex(b"\nstream\n") + 30]
    raw = read(cut, ocr="never")
    assert "damaged-file" in codes(raw) and texts(raw)[0] == PARAGRAPH


def test_damage_is_an_error_of_ours_or_a_warning() -> None:
    data, chance = pdf(prose(Sheet()), _table(Sheet(), 100, HEAD)), random.Random(7)
    for n in range(60):
        damaged = bytearray(data[: chance.randrange(20, len(data))] if n % 3 == 0 else data)
        for _ in range(chance.choice((1, 5, 30))):
            damaged[chance.randrange(9, len(damaged))] = chance.randrange(256)
        try:
            read(bytes(damaged), ocr="never")
        except PolicyParseError as error:
            assert (
                "damaged" in str(error)
                or "pdf" in str(error)
                or "text layer" in str(error)
                or "encrypted" in str(error)
            )


def test_cells_are_those_that_pdfplumber_finds() -> None:
    """Tables come from the lines that pdfium names: the same cells in a tenth of the time."""
    pdfplumber = pytest.importorskip("pdfplumber")
    data = pdf(_table(prose(Sheet()), 300, HEAD))
    with pdfplumber.open(io.BytesIO(data)) as other:
        (theirs,) = other.pages[0].find_tables()
        expected = sorted(theirs.cells)
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    (grid,) = find_grids(drawn_on(page.raw, reader._view(page, 0)).rulings, 595, 842)
    found = sorted((c.x0, c.y0, c.x1, c.y1) for c in grid.cells)
    assert len(found) == len(expected)
    for ours, other_cell in zip(found, expected, strict=True):
        assert ours == pytest.approx(other_cell, abs=1)


def test_links_of_attachments_are_facts() -> None:
    sheet = prose(Sheet()).text(170, 60, "关于开展冬春修水利的通知", 22)
    sheet.text(122, 420, "附件：1.冬修任务表").text(170, 448, "2.进度统计和各县区完成情况汇总一").text(90, 476, "览表")
    sheet.link(178, 420, 270, 436, "http://a.example/1.doc").link(90, 476, 122, 492, "http://a.example/2.xls")
    doc = policyparse.parse_bytes(pdf(sheet), "a.pdf")
    assert [(a.title, a.href) for a in doc.attachments] == [
        ("冬修任务表", "http://a.example/1.doc"),
        ("进度统计和各县区完成情况汇总一览表", "http://a.example/2.xls"),
    ]


def _of_table(columns: list[float], rows: list[float], lines: Mapping[int, tuple[str, ...]]) -> list[Measure]:
    """The measures of a ruled task table; `lines`: the printed lines of its cells by height."""
    sheet = prose(Sheet()).text(170, 60, "关于印发任务分工的通知", 22)
    sheet.grid(columns, rows)
    for y, cells in lines.items():
        for x, cell in zip(columns, cells, strict=False):
            sheet.text(x + 5, y, cell, 12)
    return policyparse.parse_bytes(pdf(sheet), "a.pdf").measures


def test_units_that_fill_the_lines_of_a_narrow_cell_are_told_apart() -> None:
    """The reader cannot see whether 市住房 | 城建局 is one name or two; what the names say decides."""
    columns, rows = [90.0, 130.0, 330.0, 388.0, 460.0], [420.0, 444.0, 510.0, 560.0]
    lines = {
        424: ("序号", "工作任务", "责任单位", "完成时限"),
        448: ("1", "全面清理河道", "市教育局", "6月底前"),
        464: ("", "", "市公安局", ""),
        480: ("", "", "市住房城", ""),
        496: ("", "", "建局", ""),
        514: ("2", "补种行道树", "市民政局", "7月底前"),
    }
    measures = _of_table(columns, rows, lines)
    assert [[r.name for r in m.responsibilities] for m in measures] == [
        ["市教育局", "市公安局", "市住房城建局"],
        ["市民政局"],
    ]


def test_characters_without_height_are_read() -> None:
    """As a damaged font has them, behind a blank that pdfium has put in."""
    from policyparse.readers.pdf import text

    x0, x1 = [90.0, 106.0, 108.0], [106.0, 106.0, 124.0]
    chars = text._Chars("甲 乙", x0, [116.0, 100.0, 108.0], x1, [100.0, 100.0, 108.0], 0.0, [0.0, 2.0])
    assert ["".join(chars.text[n] for n in piece) for piece in text._cut(chars, 0, 3, None)] == ["甲乙"]


def test_a_longer_line_of_the_column_shows_that_a_line_was_ended() -> None:
    """柳河煤业 leaves room for one character, and 河湾坪矿业 has one more: two units. 高世 / 昌 is one name."""
    columns, rows = [90.0, 130.0, 330.0, 402.0, 436.0], [420.0, 444.0, 500.0]
    lines = {
        424: ("序号", "工作任务", "责任单位", "责任"),
        448: ("1", "全面清理巷道", "柳河煤业", "高世"),
        464: ("", "", "河湾坪矿业", "昌"),
        480: ("", "", "", "周立"),
    }
    measures = _of_table(columns, rows, lines)
    assert [r.name for r in measures[0].responsibilities] == ["柳河煤业", "河湾坪矿业", "高世昌", "周立"]
