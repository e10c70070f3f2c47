"""The docx reader: one file a structure, built here, with what a reader of the print sees."""

from __future__ import annotations

import io
from collections.abc import Mapping
from unittest.mock import patch

import docx as python_docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK

from policyparse import parse_bytes, readers
from policyparse.readers.docx import parts
from policyparse.source import RawDoc
from tests.odd.docx import cell, docx, level, numbering, para, part, row, run, table

BREAK = "<w:r><w:br/></w:r>"
CENTRE = '<w:jc w:val="center"/>'


def read(
    body: str, parts: Mapping[str, str | bytes] | None = None, relations: Mapping[str, tuple[str, str]] | None = None
) -> RawDoc:
    return read_bytes(docx(body, parts, relations))


def read_bytes(data: bytes) -> RawDoc:
    raw = readers.read(data, "a.docx")
    with patch.multiple(parts, without_looks=_as_it_is, told_once=_as_it_is, in_lines=_as_it_is):
        assert raw == readers.read(data, "a.docx"), "what is cut before parsing changes what is read"
    at = 0
    for block in raw.blocks:
        assert at <= block.start <= block.end <= len(raw.raw)
        assert not raw.raw[at : block.start].strip()
        at = block.end
    assert not raw.raw[at:].strip()
    assert raw.reader == "docx"
    return raw


def _as_it_is(data: bytes) -> bytes:
    return data


def of(raw: RawDoc, kind: str = "paragraph") -> list[str]:
    return [raw.raw[b.start : b.end] for b in raw.blocks if b.kind == kind]


def texts(body: str, **more: Mapping[str, str]) -> list[str]:
    return of(read(body, more.get("parts")))


def grid(raw: RawDoc, n: int = 0) -> list[tuple[str, int, int, int, int]]:
    return [(raw.raw[c.start : c.end], c.row, c.column, c.rowspan, c.colspan) for c in raw.tables[n].cells]


def test_paragraphs_and_tables_stand_in_order() -> None:
    data = table(row("序号", "工作任务"), row("1", "清理河道"))
    raw = read(para("第一段。") + data + para() + para("第二段。"))
    assert raw.raw == "第一段。\n序号\t工作任务\n1\t清理河道\n第二段。"
    assert [b.place.line for b in raw.blocks] == [1, 2, 3, 4, 5, 6]
    assert raw.blocks[4].place == (None, 5, 1, 2, 2)


def test_properties_that_stand_more_than_once_are_told_by_the_first() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    lists = {"word/numbering.xml": numbering(level(0, "%1.", "decimal"))}
    body = para("甲", CENTRE) + para("乙", CENTRE) + para("丙", numbered) + para("", CENTRE) + para("丁", numbered)
    raw = read(body, lists, {"n": ("numbering", "numbering.xml")})
    assert of(raw) == ["甲", "乙", "1.丙", "2.丁"]
    assert [b.align for b in raw.blocks] == ["center", "center", None, None]


def test_properties_may_stand_first_in_text_that_is_not_read() -> None:
    older = f"<mc:Fallback>{para('旧', CENTRE)}</mc:Fallback>"
    choice = f'<mc:AlternateContent><mc:Choice Requires="wps">{para("新")}</mc:Choice>{older}</mc:AlternateContent>'
    raw = read(choice + para("甲", CENTRE) + para("乙", CENTRE))
    assert [(raw.raw[b.start : b.end], b.align) for b in raw.blocks] == [
        ("新", None),
        ("甲", "center"),
        ("乙", "center"),
    ]


def test_properties_before_a_change_do_not_count() -> None:
    before = "<w:pPrChange><w:pPr><w:jc w:val='right'/></w:pPr></w:pPrChange>"
    raw = read(para("甲", CENTRE + before) + para("乙", CENTRE) + para("丙", CENTRE + before))
    assert [b.align for b in raw.blocks] == ["center", "center", "center"]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:r><w:t>附件</w:t></w:r><w:r><w:t>：1</w:t></w:r>", "附件：1"),
        ("<w:r><w:t>附件 </w:t></w:r><w:r><w:t> ：</w:t></w:r>", "附件："),
        ('<w:r><w:t xml:space="preserve">附件 </w:t></w:r><w:r w:rsidR="1"><w:t>：</w:t></w:r>', "附件 ："),
        ("<w:r><w:t>甲</w:t><w:t>乙</w:t></w:r><w:r><w:t>丙</w:t><w:br/></w:r><w:r><w:t>丁</w:t></w:r>", "甲乙丙\n丁"),
        ("<w:r><w:t>A&lt;B</w:t></w:r><w:r><w:t/></w:r><w:r><w:t>&amp;</w:t></w:r>", "A<B&"),
        ("<w:r></w:r><w:r/><w:r><w:t></w:t></w:r><w:r><w:t>甲</w:t></w:r>", "甲"),
    ],
)
def test_runs_of_one_text_are_put_together(runs: str, text: str) -> None:
    assert read(f"<w:p>{runs}</w:p>").raw == text


def test_lines_in_boxes_and_open_fields_are_read() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://a.cn/1.doc"</w:instrText></w:r>'
    field = f"<w:p>{begin}<w:r><w:fldChar w:fldCharType='separate'/></w:r></w:p>"
    end = "<w:p><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    content = f"<v:textbox><w:txbxContent>{para('框中')}</w:txbxContent></v:textbox>"
    box = f"<w:p><w:r><w:pict><v:shape>{content}</v:shape></w:pict></w:r></w:p>"
    raw = read(box + field + para("附件一") + end + para("正文。"))
    assert of(raw) == ["框中", "附件一", "正文。"]
    assert [(raw.raw[s:e], href) for s, e, href in raw.links] == [("附件一", "http://a.cn/1.doc")]


def test_links_of_attachments_are_facts() -> None:
    links = {"r1": ("hyperlink", "http://slj.example.cn/1.doc"), "r2": ("hyperlink", "files/2.xls")}
    head = para("云岭县水利局关于开展冬春修水利的通知", CENTRE) + para("各乡镇水利站：") + para("请认真贯彻执行。")
    first, second = (f'<w:hyperlink r:id="r{n}">{run(t)}</w:hyperlink>' for n, t in ((1, "冬修任务表"), (2, "进度表")))
    for entries in (
        para(run("附件：1.") + first) + para(run("2.") + second),
        para(first.replace("冬修", "附件1：冬修")) + para(second.replace("进度", "附件2：进度")),
    ):
        doc = parse_bytes(docx(head + entries + para("云岭县水利局") + para("2024年5月6日"), None, links), "a.docx")
        assert [(a.title, a.href) for a in doc.attachments] == [
            ("冬修任务表", "http://slj.example.cn/1.doc"),
            ("进度表", "files/2.xls"),
        ]


def test_files_of_python_docx_are_read() -> None:
    made = python_docx.Document()
    made.add_heading("云溪市水务局文件", level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    split = made.add_paragraph()
    split.alignment = WD_ALIGN_PARAGRAPH.CENTER
    split.add_run("云溪市水务局").add_break(WD_BREAK.LINE)
    split.add_run("关于清理河道的通知")
    made.add_paragraph("各县水务局：").alignment = WD_ALIGN_PARAGRAPH.LEFT
    cells = made.add_table(rows=2, cols=2, style="Table Grid").rows
    for line, values in zip(cells, (("任务", "单位"), ("清淤", "河道科")), strict=True):
        for c, value in zip(line.cells, values, strict=True):
            c.text = value
    out = io.BytesIO()
    made.save(out)
    raw = read_bytes(out.getvalue())
    assert of(raw) == ["云溪市水务局文件", "云溪市水务局关于清理河道的通知", "各县水务局："]
    assert [(b.align, b.heading) for b in raw.blocks[:3]] == [("center", 1), ("center", None), ("left", None)]
    assert [c[0] for c in grid(raw)] == ["任务", "单位", "清淤", "河道科"]


# ---- characters


def test_runs_are_joined_without_a_blank() -> None:
    assert texts(para(run("云溪") + run("市水务局"))) == ["云溪市水务局"]


def test_blanks_of_pretty_printed_xml_are_no_text() -> None:
    assert texts("<w:p><w:r><w:t>\n  云溪市 \n</w:t></w:r><w:r><w:t>水务局</w:t></w:r></w:p>") == ["云溪市水务局"]


def test_special_characters() -> None:
    signs = "<w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>5月</w:t><w:softHyphen/><w:t>底</w:t><w:tab/><w:t>前</w:t></w:r>"
    assert texts(para(signs)) == ["3-5月底 前"]


def test_symbols_of_symbol_fonts() -> None:
    def sym(code: str, font: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    assert texts(para(sym("F0FE", "Wingdings") + run("是") + sym("F0A8", "Wingdings") + run("否"))) == ["☑是□否"]
    assert texts(para(sym("F052", "Wingdings 2") + sym("F0B3", "Symbol") + sym("zz", "Symbol"))) == ["☑≥□"]


def test_private_characters_in_a_run_are_shown_as_their_font_does() -> None:
    assert texts(para(run("\uf06c", '<w:rFonts w:ascii="Wingdings"/>') + run("加强领导"))) == ["●加强领导"]


def test_ruby_shows_its_base_and_formulas_their_text() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('jùn')}</w:rt><w:rubyBase>{run('浚')}</w:rubyBase></w:ruby></w:r>"
    assert texts(para(run("疏") + ruby + "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")) == ["疏浚x=1"]


# ---- line breaks


def test_breaks_in_a_title_are_joined() -> None:
    title = run("云溪市水务局关于印发") + BREAK + run("《河道清理方案》的通知")
    assert texts(para(title, CENTRE)) == ["云溪市水务局关于印发《河道清理方案》的通知"]
    years = run("关于印发《河湖治理行动方案") + BREAK + run("（2021—2023年）》和") + BREAK + run("2021年工作要点的通知")
    assert texts(para(years, CENTRE)) == ["关于印发《河湖治理行动方案（2021—2023年）》和2021年工作要点的通知"]


def test_a_break_in_the_middle_of_a_page_can_end_a_line() -> None:
    head = (
        run("云溪市水务局文件") + BREAK + run("云水发〔2021〕7号") + BREAK + run("关于清理河道的") + BREAK + run("通知")
    )
    assert texts(para(head, CENTRE)) == ["云溪市水务局文件", "云水发〔2021〕7号", "关于清理河道的通知"]
    assert texts(para(run("清理方案") + BREAK + run("（2021年3月5日通过）"), CENTRE)) == [
        "清理方案",
        "（2021年3月5日通过）",
    ]


def test_breaks_in_running_text_end_a_paragraph() -> None:
    assert texts(para(run("一、目标") + BREAK + run("到年底完成。"))) == ["一、目标", "到年底完成。"]
    paged = run("方案") + '<w:r><w:br w:type="page"/></w:r>' + run("附表")
    assert texts(para(paged, CENTRE)) == ["方案", "附表"]


# ---- changes, hidden text, fields


def test_changes_are_accepted() -> None:
    changed = (
        run("4月") + f"<w:del>{run('底').replace('w:t', 'w:delText')}</w:del><w:ins>{run('10日')}</w:ins>"
        f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('前')}</w:moveTo>"
    )
    assert texts(para(changed)) == ["4月10日前"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = para("各县水务局，", "<w:rPr><w:del/></w:rPr>") + para("局属各单位：", CENTRE)
    raw = read(body)
    assert of(raw) == ["各县水务局，局属各单位："] and raw.blocks[0].align == "center"
    assert texts(para("最后一段", "<w:rPr><w:del/></w:rPr>")) == ["最后一段"]


def test_deleted_rows_and_cells_are_left_out() -> None:
    gone = row("3", "旧", properties='<w:del w:id="1"/>')
    raw = read(table(row("序号", "任务"), gone, row("1", "新", cell("旧", '<w:cellDel w:id="2"/>'))))
    assert [c[0] for c in grid(raw)] == ["序号", "任务", "1", "新"]


@pytest.mark.parametrize("off", ["", ' w:val="0"'])
def test_hidden_text_is_set_aside(off: str) -> None:
    raw = read(para(run("公开") + run("内部", f"<w:vanish{off}/>")))
    assert (of(raw), of(raw, "boilerplate")) == ((["公开内部"], []) if off else (["公开"], ["内部"]))


def test_text_may_be_hidden_by_a_style() -> None:
    styles = part(
        "styles",
        '<w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="d"><w:basedOn w:val="c"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="p"><w:rPr><w:vanish/></w:rPr></w:style>',
    )
    body = para(run("公开") + run("内部", '<w:rStyle w:val="d"/>')) + para("暗", '<w:pStyle w:val="p"/>')
    raw = read(body + para(run("明", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="p"/>'), {"styles.xml": styles})
    assert of(raw) == ["公开", "明"] and of(raw, "boilerplate") == ["内部", "暗"]


def test_what_follows_a_hidden_run_is_not_hidden_with_it() -> None:
    raw = read(para(run("内部", "<w:vanish/>") + "<w:r><w:t>公开</w:t></w:r>"))
    assert (of(raw), of(raw, "boilerplate")) == (["公开"], ["内部"])


def test_headers_hide_what_a_style_hides() -> None:
    styles = part("styles", '<w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>')
    header = part("hdr", para(run("甲县人民政府") + run("内部", '<w:rStyle w:val="c"/>')))
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/></w:sectPr>'
    raw = read(
        para("正文") + section, {"styles.xml": styles, "header1.xml": header}, {"rId9": ("header", "header1.xml")}
    )
    assert "甲县人民政府" in of(raw, "boilerplate") and "甲县人民政府内部" not in of(raw, "boilerplate")


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("<!-- <w:rPr> --><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>乙</w:t></w:r>", "甲乙"),
        ("<w:r><w:t><![CDATA[写 <w:rPr> 处]]></w:t></w:r><w:r><w:rPr></w:rPr><w:t>乙</w:t></w:r>", "写 <w:rPr> 处乙"),
        ("<?office <w:rPr> ?><w:r><w:t>甲</w:t></w:r><w:r><w:rPr></w:rPr><w:t>乙</w:t></w:r>", "甲乙"),
        ('<w:x xmlns:w="urn:x"><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:x><w:r><w:t>甲</w:t></w:r>', "甲"),
        ('<w:r><w:t xml:space="default">甲 </w:t></w:r><w:r><w:t>乙</w:t></w:r>', "甲乙"),
        ("<w:r><w:t>甲&#32;</w:t></w:r><w:r><w:t>乙</w:t></w:r>", "甲乙"),
    ],
)
def test_tags_and_blanks_that_do_not_count(inside: str, shown: str) -> None:
    assert texts(para(inside) + para("完")) == [shown, "完"]


def field(code: str, result: str | None = None) -> str:
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result is not None else ""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return f'{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def test_fields_show_their_result() -> None:
    assert texts(para(run("共") + field(" PAGE ", "12") + run("页"))) == ["共12页"]
    assert texts(para(f'<w:fldSimple w:instr=" DATE ">{run("2021年3月5日")}</w:fldSimple>')) == ["2021年3月5日"]
    inner = field("IF " + "1", "甲")
    nested = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{inner}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert texts(para(nested + run("乙") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')) == ["乙"]


def test_fields_without_a_result_are_drawn() -> None:
    assert texts(para(field(r"eq \o\ac(○,3)") + run("加强领导"))) == ["③加强领导"]
    assert texts(para(field(r"SYMBOL 254 \f Wingdings \s 12") + run("是"))) == ["☑是"]
    ticked = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
    box = f'<w:r><w:fldChar w:fldCharType="begin">{ticked}</w:fldChar></w:r>'
    end = '<w:r><w:instrText>FORMCHECKBOX</w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(para(box + end + run("同意"))) == ["☑同意"]


def test_a_field_that_never_ends_hides_no_more_than_its_paragraph() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(para(run("甲") + begin) + para("乙") + para("丙")) == ["甲", "乙", "丙"]


def test_links_have_their_targets() -> None:
    raw = read(
        para(run("见") + f'<w:hyperlink r:id="rId9">{run("附件1")}</w:hyperlink>')
        + para(field('HYPERLINK "https://example.org/2.xls"', "附件2"))
        + para(f'<w:hyperlink w:anchor="top">{run("顶")}</w:hyperlink>'),
        relations={"rId9": ("hyperlink", "https://example.org/1.doc")},
    )
    assert [(raw.raw[s:e], t) for s, e, t in raw.links] == [
        ("附件1", "https://example.org/1.doc"),
        ("附件2", "https://example.org/2.xls"),
    ]


def test_links_move_with_joined_lines() -> None:
    link = f'<w:hyperlink r:id="rId9">{run("附件") + BREAK + run("清单")}</w:hyperlink>'
    raw = read(para(run("见") + BREAK + link, CENTRE), relations={"rId9": ("hyperlink", "https://example.org/1")})
    assert [(raw.raw[s:e], t) for s, e, t in raw.links] == [("附件清单", "https://example.org/1")]


def test_a_table_of_contents_is_set_aside() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    start = begin + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = para('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    body = (
        para("目　录")
        + para(start + run("一、目标") + "<w:r><w:tab/></w:r>" + run("1"))
        + para(run("二、任务……3"))
        + end
    )
    raw = read(body + para("一、目标") + para("正文。"))
    assert of(raw) == ["一、目标", "正文。"] and of(raw, "boilerplate") == ["目　录", "一、目标 1", "二、任务……3"]


def test_a_table_of_contents_that_never_ends_hides_no_text() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText></w:r>'
    start = begin + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert texts(para(start + run("一、目标 1")) + para("正文。") + para("落款")) == ["正文。", "落款"]


def test_a_gallery_of_contents_is_set_aside() -> None:
    told = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    raw = read(f"<w:sdt>{told}<w:sdtContent>{para('目录')}{para('一、目标')}</w:sdtContent></w:sdt>" + para("正文。"))
    assert of(raw) == ["正文。"] and of(raw, "boilerplate") == ["目录", "一、目标"]


# ---- frames around things


def test_frames_around_text_are_seen_through() -> None:
    inner = f"<w:smartTag>{run('云溪市')}</w:smartTag><w:sdt><w:sdtContent>{run('水务局')}</w:sdtContent></w:sdt>"
    assert texts(f"<w:customXml>{para(inner)}</w:customXml>") == ["云溪市水务局"]
    framed = f"<w:sdt><w:sdtContent>{row('甲', '乙')}</w:sdtContent></w:sdt>"
    boxed = f"<w:sdt><w:sdtContent>{cell('丙')}</w:sdtContent></w:sdt>"
    raw = read(table(framed, f"<w:tr>{boxed}{cell('丁')}</w:tr>"))
    assert [c[0] for c in grid(raw)] == ["甲", "乙", "丙", "丁"]


def drawing(y: int, *paragraphs: str, frame: str = "paragraph") -> str:
    place = (
        '<wp:positionH relativeFrom="column"><wp:posOffset>123456</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{frame}"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
    )
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{''.join(paragraphs)}</w:txbxContent></wps:txbx></wps:wsp>"
    graphic = f"<a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic>"
    return f"<w:drawing><wp:anchor>{place}{graphic}</wp:anchor></w:drawing>"


def pict(style: str, *paragraphs: str) -> str:
    shape = f"<v:textbox><w:txbxContent>{''.join(paragraphs)}</w:txbxContent></v:textbox>"
    return f'<w:pict><v:shape style="{style}">{shape}</v:shape></w:pict>'


def alternate(choice: str, fallback: str = "") -> str:
    old = f"<mc:Fallback>{fallback}</mc:Fallback>" if fallback else ""
    new = f'<mc:Choice Requires="wps">{choice}</mc:Choice>' if choice else ""
    return f"<w:r><mc:AlternateContent>{new}{old}</mc:AlternateContent></w:r>"


RED = para("云溪市水务局文件", CENTRE)


@pytest.mark.parametrize(
    "box",
    [
        alternate(drawing(0, RED), pict("position:absolute", RED)),
        alternate(drawing(0, RED)),
        alternate("", pict("position:absolute;margin-top:-20pt", RED)),
        alternate("<w:drawing/>", pict("position:absolute", RED)),
        f"<w:r>{pict('position:absolute;margin-top:10pt', RED)}</w:r>",
        f"<w:r>{drawing(900000, RED, frame='page')}</w:r>",
        '<w:r><w:pict><v:shape><v:textpath string="云溪市水务局文件"/></v:shape></w:pict></w:r>',
    ],
)
def test_a_red_header_in_a_box_stands_above_and_once(box: str) -> None:
    assert texts(para(run("云水发〔2021〕7号") + box) + para("正文")) == [
        "云溪市水务局文件",
        "云水发〔2021〕7号",
        "正文",
    ]


def test_a_box_further_down_stands_after_its_paragraph() -> None:
    body = para("为进一步加强全市河道管理，" * 20) + para(
        run("一、组织机构") + f"<w:r>{drawing(500000, para('领导小组'))}</w:r>"
    )
    assert texts(body + para("二、分工"))[1:] == ["一、组织机构", "领导小组", "二、分工"]


def test_the_imprint_of_a_short_notice_may_be_tied_to_its_first_line() -> None:
    low = f"<w:r>{drawing(9000000, para('抄送：市委办公室。'), frame='page')}</w:r>"
    assert texts(para(low) + para("关于放假的通知") + para("放假一天。")) == [
        "关于放假的通知",
        "放假一天。",
        "抄送：市委办公室。",
    ]
    last = "<w:r><w:lastRenderedPageBreak/></w:r>"
    broken, before = '<w:r><w:br w:type="page"/></w:r>', "<w:pageBreakBefore/>"
    ends = "<w:sectPr/>"
    for page in (
        para(last + run("附表")),
        para(broken + run("附表")),
        para("附表", before),
        para("", ends) + para("附表"),
    ):
        assert texts(para(low) + para("通知") + page) == ["通知", "抄送：市委办公室。", "附表"]
    assert texts(para(low) + para(run("通知") + broken + run("附表"))) == ["通知", "附表", "抄送：市委办公室。"]


def test_boxes_of_one_paragraph_stand_by_their_height() -> None:
    both = f"<w:r>{drawing(800000, para('云水发〔2021〕7号'))}{drawing(0, RED)}</w:r>"
    assert texts(para(both) + para("正文")) == ["云溪市水务局文件", "云水发〔2021〕7号", "正文"]


def test_a_group_of_shapes_names_each_box_once() -> None:
    inner = alternate(drawing(0, para("甲组")), pict("", para("甲组"))) + alternate(
        drawing(0, para("乙组")), pict("", para("乙组"))
    )
    group = f"<w:r><w:drawing><wp:inline>{inner}</wp:inline></w:drawing></w:r>"
    assert texts(para("为进一步加强河道管理，" * 30) + para(group))[1:] == ["甲组", "乙组"]


def test_offsets_of_a_drawn_line_are_no_text() -> None:
    line = (
        "<w:drawing><wp:anchor><wp:positionV><wp:posOffset>88265</wp:posOffset></wp:positionV></wp:anchor></w:drawing>"
    )
    raw = read(para(alternate(line, "<w:pict><v:line/></w:pict>") + run("云水发〔2021〕7号")))
    assert raw.raw == "云水发〔2021〕7号"


# ---- tables


RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(n: int) -> str:
    return f'<w:gridSpan w:val="{n}"/>'


def test_merged_cells() -> None:
    raw = read(
        table(
            row("序号", "任务", "单位"),
            row(cell("1", RESTART), "清淤", cell("河道科", RESTART)),
            row(cell("", GOES_ON), "清障", cell("", GOES_ON)),
            row(cell("合计", span(2)), "3"),
        )
    )
    assert grid(raw)[3:] == [
        *(("1", 1, 0, 2, 1), ("清淤", 1, 1, 1, 1), ("河道科", 1, 2, 2, 1), ("清障", 2, 1, 1, 1)),
        *(("合计", 3, 0, 1, 2), ("3", 3, 2, 1, 1)),
    ]


def test_old_horizontal_merges_and_rows_that_begin_further_in() -> None:
    old = row(cell("合计", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "9")
    later = row("乙", "丙", properties='<w:gridBefore w:val="1"/>')
    raw = read(table(row("甲", "乙", "丙"), old, later))
    assert grid(raw)[3:5] == [("合计", 1, 0, 1, 2), ("9", 1, 2, 1, 1)]
    assert grid(raw)[5:] == [("", 2, 0, 1, 1), ("乙", 2, 1, 1, 1), ("丙", 2, 2, 1, 1)]


def test_columns_drawn_by_hand_are_counted_as_seen() -> None:
    widths = (700, 40, 2000, 1500, 30, 1200)
    raw = read(
        table(
            row("序号", cell("任务", span(3)), cell("单位", span(2)), properties="<w:tblHeader/>"),
            row(cell("1", span(2)), cell("清淤", span(3)), "河道科"),
            widths=widths,
        )
    )
    assert [c[1:] for c in grid(raw)] == [(r, c, 1, 1) for r in (0, 1) for c in (0, 1, 2)]
    assert [c.header for c in raw.tables[0].cells] == [True] * 3 + [False] * 3


def test_a_merge_without_a_beginning_is_a_cell() -> None:
    raw = read(table(row(cell("1", GOES_ON), "甲"), row(cell("2", GOES_ON), "乙"), row("3", "丙")))
    assert [c[0] for c in grid(raw)] == ["1", "甲", "乙", "3", "丙"] and of(raw, "boilerplate") == ["2"]


def test_an_empty_row_leaves_merges_whole() -> None:
    middle = row(cell("", GOES_ON), "")
    raw = read(
        table(
            row("单位", "任务"),
            row(cell("河道科", RESTART), "清淤"),
            middle,
            row(cell("", GOES_ON), "清障"),
            row("办公室", "宣传"),
        )
    )
    assert [c[:4] for c in grid(raw)[2:]] == [
        *(("河道科", 1, 0, 2), ("清淤", 1, 1, 1), ("清障", 2, 1, 1), ("办公室", 3, 0, 1), ("宣传", 3, 1, 1)),
    ]


def test_the_whole_body_in_one_cell() -> None:
    raw = read(table(row(cell(para("关于清理河道的通知", CENTRE) + para("各县水务局：") + para("请照办。")))))
    assert of(raw) == ["关于清理河道的通知", "各县水务局：", "请照办。"] and not raw.tables
    assert raw.blocks[0].align == "center"


def test_the_body_with_a_table_in_one_cell() -> None:
    inner = table(row("序号", "任务"), row("1", "清淤"), row("2", "清障"))
    raw = read(table(row(cell(para("关于清理河道的通知") + inner + para("2021年3月5日")))))
    assert raw.raw == "关于清理河道的通知\n序号\t任务\n1\t清淤\n2\t清障\n2021年3月5日" and len(raw.tables) == 1


def test_a_small_table_in_a_cell_of_data_is_text_of_the_cell() -> None:
    inner = table(row("甲", "乙"), row("丙", "丁"))
    data = table(
        row("序号", "任务", "备注"), row("1", cell(para("清理河道，清除障碍") + inner), "无"), row("2", "宣传", "无")
    )
    assert [c[0] for c in grid(read(data))][3:] == ["1", "清理河道，清除障碍 甲 乙 丙 丁", "无", "2", "宣传", "无"]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize(
    "rows",
    [
        [row("云溪市水务局", cell("文件", RESTART)), row("云溪市财政局", cell("", GOES_ON))],
        [row("云溪市水务局", cell("文件", RESTART)), row("云溪市财政局", cell("", '<w:vMerge w:val="continue"/>'))],
    ],
)
def test_a_joint_red_header(rows: list[str], ruled: bool) -> None:
    raw = read(table(*rows, ruled=ruled))
    assert of(raw) == ["云溪市水务局", "云溪市财政局", "文件"] and not raw.tables


def test_a_joint_red_header_without_merging() -> None:
    assert texts(table(row("云溪市水务局", ""), row("云溪市财政局", "文件"), ruled=False)) == [
        "云溪市水务局",
        "云溪市财政局",
        "文件",
    ]


def test_an_imprint_in_a_table_is_lines() -> None:
    rows = row(cell("抄送：市委办公室。", span(2))), row("云溪市水务局办公室", "2021年3月6日印发")
    for ruled in (True, False):
        assert texts(table(*rows, ruled=ruled)) == ["抄送：市委办公室。", "云溪市水务局办公室    2021年3月6日印发"]


def test_signatures_side_by_side() -> None:
    rows = row("云溪市水务局", "云溪市财政局"), row(cell("2021年3月5日", span(2)))
    assert texts(table(*rows, ruled=False)) == ["云溪市水务局    云溪市财政局", "2021年3月5日"]


def test_a_roster_without_lines_is_a_table_all_the_same() -> None:
    rows = [
        row(role, name, post)
        for role, name, post in (
            ("组长", "何秋实", "局长"),
            ("副组长", "林知远", "副局长"),
            ("成员", "周乐", "科长"),
            ("", "吴越", "科长"),
        )
    ]
    assert len(read(table(*rows, ruled=False)).tables) == 1


def test_two_ruled_rows_are_data() -> None:
    assert len(read(table(row("序号", "任务"), row("1", "清淤"))).tables) == 1


def test_borders_may_come_from_a_style() -> None:
    lines = '<w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr>'
    styles = part(
        "styles",
        f'<w:style w:type="table" w:styleId="g">{lines}</w:style>'
        '<w:style w:styleId="h"><w:basedOn w:val="g"/></w:style>',
    )
    body = f'<w:tbl><w:tblPr><w:tblStyle w:val="h"/></w:tblPr>{row("序号", "任务")}{row("1", "清淤")}</w:tbl>'
    assert len(read(body, {"styles.xml": styles}).tables) == 1 and not read(body).tables


def test_page_metadata_pasted_with_a_notice() -> None:
    raw = read(
        table(
            row("索 引 号：", "000014349/2021-00012"),
            row("发文机关：", "云溪市水务局"),
            row("成文日期：", "2021年3月5日"),
        )
    )
    assert of(raw, "meta") == ["索引号：000014349/2021-00012", "发文机关：云溪市水务局", "成文日期：2021年3月5日"]


def test_lines_of_a_page_pasted_with_a_notice() -> None:
    head = para("关于清理河道的通知", CENTRE) + para("发布时间：2021-03-05    浏览次数：337    【字体：大 中 小】")
    raw = read(
        head + para("各县水务局：") + para("联系人：何秋实    电话：0888-1234567") + para("【打印本页】 【关闭窗口】")
    )
    assert of(raw) == ["关于清理河道的通知", "各县水务局：", "联系人：何秋实    电话：0888-1234567"]
    assert of(raw, "meta") == ["发布时间：2021-03-05"]
    assert of(raw, "boilerplate") == ["浏览次数：337", "【字体：大 中 小】", "【打印本页】 【关闭窗口】"]


def test_labels_of_the_notice_itself_stay() -> None:
    for line in (
        "联系人：何秋实    电话：0888-1234567",
        "来源：财政资金　　金额：20万元",
        "时间：3月5日　地点：水务局",
    ):
        assert texts(para("关于开会的通知") + para(line)) == ["关于开会的通知", line]


# ---- styles


STYLES = part(
    "styles",
    '<w:docDefaults><w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="公文标题"/><w:basedOn w:val="1"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="b"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/><w:pPr><w:jc w:val="right"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>',
)


def test_alignment_and_headings_come_from_styles() -> None:
    def styled(name: str, more: str = "") -> str:
        return para("标题", f'<w:pStyle w:val="{name}"/>{more}')

    body = (
        para("正文")
        + styled("1")
        + styled("b")
        + styled("c")
        + styled("y")
        + styled("?")
        + styled("b", '<w:jc w:val="left"/>')
    )
    raw = read(
        body + para("二级", '<w:outlineLvl w:val="1"/>') + para("一句话。", '<w:outlineLvl w:val="1"/>'),
        {"styles.xml": STYLES},
    )
    assert [(b.align, b.heading) for b in raw.blocks] == [
        *(("left", None), ("left", 1), ("center", 1), ("center", None), ("right", None), ("left", None)),
        *(("left", 1), ("left", 2), ("left", None)),
    ]


# ---- what stands outside the body


def test_headers_and_footers_are_set_aside() -> None:
    refs = '<w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/>'
    raw = read(
        para("正文。") + f"<w:sectPr>{refs}</w:sectPr>",
        {"header1.xml": part("hdr", para("内部资料")), "footer1.xml": part("ftr", para("— 1 —"))},
        {"h": ("header", "header1.xml"), "f": ("footer", "footer1.xml")},
    )
    assert of(raw) == ["正文。"] and of(raw, "boilerplate") == ["内部资料", "— 1 —"]


@pytest.mark.parametrize(("title_page", "shown"), [("<w:titlePg/>", ["云溪市水务局文件", "正文。"]), ("", ["正文。"])])
def test_the_header_of_the_title_page_is_printed_once(title_page: str, shown: list[str]) -> None:
    section = f'<w:sectPr><w:headerReference w:type="first" r:id="h"/>{title_page}</w:sectPr>'
    raw = read(para("正文。") + section, {"header1.xml": part("hdr", RED)}, {"h": ("header", "header1.xml")})
    assert of(raw) == shown


def test_notes_are_set_aside_beside_their_paragraph() -> None:
    notes = part(
        "footnotes", f'<w:footnote w:id="-1">{para()}</w:footnote><w:footnote w:id="2">{para("见附表。")}</w:footnote>'
    )
    body = para(run("指标") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("如下")) + para("第二段")
    raw = read(body, {"footnotes.xml": notes})
    assert [(b.kind, raw.raw[b.start : b.end]) for b in raw.blocks] == [
        *(("paragraph", "指标如下"), ("boilerplate", "见附表。"), ("paragraph", "第二段")),
    ]


def test_notes_in_a_table_stand_after_it() -> None:
    notes = part("endnotes", f'<w:endnote w:id="2">{para("注释")}</w:endnote>')
    ref = cell(para(run("指标") + '<w:r><w:endnoteReference w:id="2"/></w:r>'))
    raw = read(table(row("序号", "名称"), row("1", ref)), {"endnotes.xml": notes})
    assert [c[0] for c in grid(raw)] == ["序号", "名称", "1", "指标"] and of(raw, "boilerplate") == ["注释"]


def test_an_empty_document_says_so() -> None:
    assert [w[0] for w in read(para()).warnings] == ["empty-document"]


def test_a_line_break_in_a_centred_cell_parts_names() -> None:
    body = table(
        row(cell(para(run("任务"), CENTRE)), cell(para(run("责任单位"), CENTRE))),
        row(cell(para(run("推进改革"))), cell(para(run("教务处") + BREAK + run("财务处"), CENTRE))),
        row(cell(para(run("加强管理"))), cell(para(run("人事处")))),
    )
    raw = read(body)
    assert [raw.raw[c.start : c.end] for c in raw.tables[0].cells][3] == "教务处 财务处"
