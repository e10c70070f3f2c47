"""Automatic numbers of docx files, as Word prints them."""

from __future__ import annotations

import pytest

from policyparse import readers
from policyparse.readers.docx.numerals import written
from tests.odd.docx import cell, docx, item, level, numbering, para, part, row, table
from tests.test_docx import of, read

TIGHT = '<w:suff w:val="nothing"/>'


def shown(body: str, *levels: str, styles: str = "", **more: str) -> list[str]:
    parts = {"numbering.xml": numbering(*levels, **more)}
    return of(read(body, {**parts, "styles.xml": part("styles", styles)} if styles else parts))


def test_the_levels_of_a_notice() -> None:
    body = "".join(
        (
            item("总则"),
            item("目标", 1),
            item("清淤", 2),
            item("清障", 2),
            item("任务", 1),
            item("清淤", 2),
            item("附则"),
        ),
    )
    levels = (
        level(0, "%1、", "chineseCountingThousand", TIGHT),
        level(1, "（%2）", "chineseCountingThousand"),
        level(2, "%3."),
    )
    assert shown(body, *levels) == ["一、总则", "（一）目标", "1.清淤", "2.清障", "（二）任务", "1.清淤", "二、附则"]


def test_chapters_and_articles_that_count_on() -> None:
    chapter = level(0, "第%1章", "chineseCountingThousand", '<w:suff w:val="space"/>')
    article = level(1, "第%2条", "chineseCountingThousand", '<w:lvlRestart w:val="0"/>')
    body = item("总则") + item("为了治水。", 1) + item("分则") + item("河长负责。", 1)
    assert shown(body, chapter, article) == ["第一章 总则", "第一条 为了治水。", "第二章 分则", "第二条 河长负责。"]


def test_numbers_of_all_levels_above() -> None:
    body = item("甲") + item("乙", 1) + item("丙", 2) + item("丁", 1)
    levels = level(0, "%1", "chineseCounting"), level(1, "%1.%2", more="<w:isLgl/>"), level(2, "%1.%2.%3")
    assert shown(body, *levels) == ["一 甲", "1.1 乙", "一.1.1 丙", "1.2 丁"]


def test_a_level_above_that_never_came_shows_its_start() -> None:
    assert shown(item("乙", 1), level(0, "%1."), level(1, "%1.%2")) == ["1.1 乙"]


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("%1、", "加强领导", "1、加强领导"),
        ("%1.", "加强领导", "1.加强领导"),
        ("%1.", "2021年底前", "1. 2021年底前"),
        ("（%1）", "2021年底前", "（1）2021年底前"),
        ("附件%1：", "某表", "附件1：某表"),
        ("附件%1", "某表", "附件1 某表"),
        ("%1)", "PM2.5", "1) PM2.5"),
        ("", "加强领导", "加强领导"),
    ],
)
def test_the_gap_behind_the_number(label: str, text: str, expected: str) -> None:
    assert shown(item(text), level(0, label)) == [expected]


def test_bullets_are_shown_as_their_font_does() -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    assert shown(item("甲"), level(0, "\uf06c", "bullet", font)) == ["●甲"]
    assert shown(item("甲"), level(0, "\uf0b7", "bullet", font.replace("Wingdings", "Symbol"))) == ["•甲"]


def test_hidden_numbers_and_empty_paragraphs() -> None:
    assert shown(item("甲"), level(0, "%1.", more="<w:rPr><w:vanish/></w:rPr>")) == ["甲"]
    assert shown(item("甲") + item("") + item("丙"), level(0, "%1.")) == ["1.甲", "3.丙"]


def test_a_column_of_automatic_numbers() -> None:
    rows = (row("序号", "任务"), row(cell(item("")), "清淤"), row(cell(item("")), "清障"))
    raw = read(table(*rows), {"numbering.xml": numbering(level(0, "%1."))})
    assert raw.raw == "序号\t任务\n1.\t清淤\n2.\t清障"


def test_lists_share_counters_unless_they_begin_anew() -> None:
    plain = '<w:num w:numId="{}"><w:abstractNumId w:val="0"/>{}</w:num>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    nums = plain.format(1, "") + plain.format(2, "") + plain.format(3, anew)
    body = item("甲") + item("乙", num=2) + item("丙", num=3) + item("丁", num=3) + item("戊")
    assert shown(body, level(0, "%1."), nums=nums) == ["1.甲", "2.乙", "5.丙", "6.丁", "7.戊"]


def test_a_list_may_change_a_level() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "（%1）", "upperLetter", start=3)}</w:lvlOverride>'
    nums = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{other}</w:num>'
    assert shown(item("甲") + item("乙"), level(0, "%1."), nums=nums) == ["（C）甲", "（D）乙"]


def test_numbers_linked_to_styles() -> None:
    def style(name: str, more: str, base: str = "") -> str:
        based = f'<w:basedOn w:val="{base}"/>' if base else ""
        return f'<w:style w:type="paragraph" w:styleId="{name}">{based}<w:pPr>{more}</w:pPr></w:style>'

    numpr = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = style("1", numpr) + style("2", numpr) + style("3", "", "2")
    levels = (
        level(0, "%1、", "chineseCounting", '<w:pStyle w:val="1"/>'),
        level(1, "（%2）", "chineseCounting", '<w:pStyle w:val="2"/>'),
    )

    def styled(text: str, name: str, more: str = "") -> str:
        return para(text, f'<w:pStyle w:val="{name}"/>{more}')

    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("甲", "1") + styled("乙", "2") + styled("丙", "3") + styled("丁", "2", off) + styled("戊", "1")
    assert shown(body, *levels, styles=styles) == ["一、甲", "（一）乙", "（二）丙", "丁", "二、戊"]


def test_lists_defined_by_a_numbering_style() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="s"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num>'
    )
    numpr = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="numbering" w:styleId="s">{numpr}</w:style>'
    assert shown(item("甲", num=9), level(0, "%1、", "chineseCounting"), nums=linked, styles=styles) == ["一、甲"]


def test_a_numbering_style_that_names_itself_numbers_nothing() -> None:
    nums = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numpr = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="numbering" w:styleId="s">{numpr}</w:style>'
    assert shown(item("甲"), '<w:numStyleLink w:val="s"/>', nums=nums, styles=styles) == ["甲"]


def test_a_custom_format_falls_back() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="chineseCounting"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1、"/></w:lvl>'
    )
    assert shown(item("甲"), custom) == ["一、甲"]


@pytest.mark.parametrize(("num", "ilvl"), [(5, 0), (1, 7), (1, -3), (1, 99)])
def test_lists_and_levels_that_are_not_there(num: int, ilvl: int) -> None:
    assert shown(item("甲", ilvl, num), level(0, "%1."))[0].endswith("甲")


def test_without_numbering_part() -> None:
    assert of(read(item("甲"))) == ["甲"]
    assert of(read(item("甲"), {"numbering.xml": "<w:numbering"})) == ["甲"]


def test_numbers_in_boxes_and_cells_count_in_reading_order() -> None:
    inner = f"<v:textbox><w:txbxContent>{item('盒')}</w:txbxContent></v:textbox>"
    box = f"<w:r><w:pict><v:shape>{inner}</v:shape></w:pict></w:r>"
    body = item("为加强河道管理，" * 30) + para(box) + item("乙")
    assert shown(body, level(0, "%1."))[1:] == ["2.盒", "3.乙"]


def test_links_move_behind_the_number() -> None:
    body = item('<w:hyperlink r:id="l"><w:r><w:t xml:space="preserve">  表</w:t></w:r></w:hyperlink>')
    made = docx(body, {"numbering.xml": numbering(level(0, "%1."))}, {"l": ("hyperlink", "https://example.org/1")})
    raw = readers.read(made)
    assert raw.raw == "1.表" and [raw.raw[s:e] for s, e, _ in raw.links] == ["表"]


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12", 123: "123"}),
        (
            "chineseCountingThousand",
            {1: "一", 10: "十", 12: "十二", 20: "二十", 35: "三十五", 105: "一百零五", 110: "一百一十"},
        ),
        ("chineseCounting", {19: "十九", 21: "二十一", 1001: "一千零一", 2020: "二千零二十", 12345: "一二三四五"}),
        ("japaneseCounting", {11: "十一", 21: "二十一"}),
        ("ideographDigital", {1: "一", 10: "一〇", 12: "一二"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰", 25: "贰拾伍"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
        ("decimalFullWidth", {12: "１２"}),
        ("upperRoman", {4: "IV", 9: "IX", 14: "XIV", 5000: "5000"}),
        ("lowerRoman", {3: "iii"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB", 9999: "9999"}),
        ("lowerLetter", {2: "b"}),
        ("ordinal", {1: "1st", 2: "2nd", 11: "11th", 23: "23rd"}),
        ("none", {1: ""}),
        ("no such format", {7: "7"}),
    ],
)
def test_formats(form: str, values: dict[int, str]) -> None:
    assert {n: written(n, form) for n in values} == values
