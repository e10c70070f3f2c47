"""Web pages as they are found: the same notice on forty of them, links of attachments, lists, damage."""

from __future__ import annotations

import pytest

import policyparse
from policyparse import readers
from policyparse.model import PolicyDocument
from policyparse.source import RawDoc

from .html_pages import (
    DATE,
    HEADING,
    NOTED,
    NUMBER,
    OPENING,
    PAGES,
    PARAGRAPHS,
    PLAIN,
    SIGNED,
    TITLE,
    body,
    content,
    page,
)

NO_LINKS = {"WeChat", "Word", "pre", "br", "div a line", "span a word"}


def parse(html: str | bytes) -> PolicyDocument:
    return policyparse.parse_bytes(html.encode() if isinstance(html, str) else html, "page.html")


def raw(html: str | bytes) -> RawDoc:
    return readers.read(html.encode() if isinstance(html, str) else html, "page.html")


def shown(doc: RawDoc, *kinds: str) -> list[str]:
    return [doc.raw[b.start : b.end] for b in doc.blocks if b.kind in (kinds or ("paragraph", "cell"))]


def codes(doc: PolicyDocument) -> set[str]:
    return {d.code for d in doc.diagnostics}


@pytest.mark.parametrize("name", PAGES)
def test_the_same_facts_on_every_page(name: str) -> None:
    doc = parse(PAGES[name])
    assert doc.title and doc.title.text == TITLE
    assert doc.document_number and doc.document_number.text == NUMBER
    assert doc.issue_date and str(doc.issue_date.date) == "2021-04-06"
    assert [i.name for i in doc.issuers] == [SIGNED]
    assert len(doc.recipients) == 2
    assert len(doc.measures) == 2
    assert [(a.label, a.title) for a in doc.attachments] == [("附件1", "饮水设施登记表"), ("附件2", "联系人名单")]
    if name not in NO_LINKS | {"university"}:
        assert [a.href for a in doc.attachments] == ["./P001.doc", "./P002.xls"]


@pytest.mark.parametrize("name", [n for n in PAGES if n not in ("Word", "view-source", "GB18030 said to be GB2312")])
def test_the_text_is_whole_and_alone(name: str) -> None:
    """Every paragraph of the notice once; nothing of the site."""
    text = parse(PAGES[name]).text
    assert [text.count(p) for p in (OPENING, *PARAGRAPHS)] == [1] * (1 + len(PARAGRAPHS))
    assert text.count(DATE) == 1
    for word in ("首页", "相关阅读", "冬季防火", "打印", "ICP", "上一", "字体", "点击", "阅读", "CODEPAGE", "HTTP/"):
        assert word not in text
    assert "\ufffd" not in text


def test_links_of_a_university_site_are_as_written() -> None:
    hrefs = [a.href for a in parse(PAGES["university"]).attachments]
    assert hrefs == ["/_content/download.jsp?type=a&wbfileid=1", "/_content/download.jsp?type=a&wbfileid=2"]


def test_word_leaves_nothing_of_its_own() -> None:
    text = parse(PAGES["Word"]).text
    assert not any(word in text for word in ("Normal", "图中文字", "mso", "endif"))


TWO = [("附件1", "饮水设施登记表", "1.doc"), ("附件2", "联系人名单", "2.xls")]
SCRIPTED = (
    "<p>附件：1.<a href=\"javascript:download('1.doc')\">饮水设施登记表</a></p>"
    "<p>2.<a href='javascript:void(0)' onclick=\"openFile('联系人','2.xls')\">联系人名单</a></p>"
)


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ('<p>附件：1.<a href="1.doc">饮水设施登记表</a></p><p>2.<a href="2.xls">联系人名单</a></p>', ""),
        ('<p><a href="1.doc">附件1</a>：饮水设施登记表</p><p><a href="2.xls">附件2</a>：联系人名单</p>', ""),
        (
            (
                '<p><a href="1.doc">附件1：饮水设施登记表.doc</a></p><p><a href="2.xls">附件2：联系人名单.xls'
                "</a>（9KB）</p>"
            ),
            "",
        ),
        ('<a href="1.doc"><p>附件1：饮水设施登记表</p></a><a href="2.xls"><p>附件2：联系人名单</p></a>', ""),
        (
            '<p>附件：</p><ol><li><a href="1.doc">饮水设施登记表</a></li><li><a href="2.xls">联系人名单</a></li></ol>',
            "",
        ),
        ('<p>附件：1.<a href="1.doc">饮水设施登记表</a><br>2.<a href="2.xls">联系人名单</a></p>', ""),
        ('<p>附件：<a href="1.doc">1.饮水设施登记表</a>　<a href="2.xls">2.联系人名单</a></p>', ""),
        (SCRIPTED, ""),
        (NOTED, '<div>附件下载：<a href="1.doc">附件1.docx</a><a href="2.xls">附件2.docx</a></div>'),
        (NOTED, '<ul><li><a href="1.doc">饮水设施登记表.doc</a></li><li><a href="2.xls">联系人名单.xls</a></li></ul>'),
        (
            "",
            (
                '<p>附件【<a href="1.doc">附件1.饮水设施登记表.doc</a>】</p><p>附件【'
                '<a href="2.xls">附件2.联系人名单.xls</a>】</p>'
            ),
        ),
        (
            "",
            '<h4>附件</h4><p><a href="1.doc">附件1：饮水设施登记表</a></p><p><a href="2.xls">附件2：联系人名单</a></p>',
        ),
    ],
)
def test_links_to_attachments(inside: str, outside: str) -> None:
    doc = parse(content(body(inside), outside))
    assert [(a.label, a.title, a.href) for a in doc.attachments] == TWO


def test_files_without_numbers_beside_the_text() -> None:
    files = (
        '<div><p>附件下载：</p><ul><li><a href="1.doc">登记表.doc</a></li><li>'
        '<a href="2.xls">联系人名单.xls</a></li></ul></div>'
    )
    doc = parse(content(body(""), files))
    assert [(a.label, a.title, a.href) for a in doc.attachments] == [
        ("附件", "登记表", "1.doc"),
        ("附件", "联系人名单", "2.xls"),
    ]


def test_files_of_another_column_are_not_the_documents() -> None:
    side = '<div><h3>下载专区</h3><p><a href="x.doc">入学申请表.doc</a></p></div>'
    doc = parse(content(body(NOTED), side))
    assert "入学申请表" not in doc.text
    assert [a.href for a in doc.attachments] == [None, None]


def test_links_in_cells() -> None:
    rows = '<tr><td>序号</td><td>文件</td></tr><tr><td>1</td><td>见<p><a href="1.doc">附表</a></p></td></tr>'
    found = raw(content(body(NOTED) + f"<table>{rows}</table>"))
    assert [(found.raw[s:e], href) for s, e, href in found.links] == [("附表", "1.doc")]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("<ol><li>甲事<li>乙事</ol>", ["1.甲事", "2.乙事"]),
        ("<ol start=5><li>甲事<li>乙事</ol>", ["5.甲事", "6.乙事"]),
        ("<ol reversed><li>甲事<li>乙事</ol>", ["2.甲事", "1.乙事"]),
        ("<ol><li value=7>甲事<li>乙事</ol>", ["7.甲事", "8.乙事"]),
        ("<ol type=a><li>甲事<li>乙事</ol>", ["a.甲事", "b.乙事"]),
        ("<ol type=I start=4><li>甲事</ol>", ["IV.甲事"]),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲事</ol>", ["一、甲事"]),
        ("<ol class='custom_cn2 list-paddingleft-1'><li><p>甲事</p><p>又及</p></ol>", ["（一）甲事", "又及"]),
        ("<ol style='list-style:none'><li>甲事</ol>", ["甲事"]),
        ("<ol><li>1、甲事<li>（2）乙事<li>2021年的事</ol>", ["1、甲事", "（2）乙事", "3. 2021年的事"]),
        ("<ol><li>甲事<ol><li>子事</ol><li>乙事</ol>", ["1.甲事", "1.子事", "2.乙事"]),
        ("<ul><li>甲事</ul>", ["甲事"]),
        ("<ol start=x><li value=99999999999>甲事</ol>", ["1.甲事"]),
    ],
)
def test_numbers_that_a_browser_shows(items: str, expected: list[str]) -> None:
    assert shown(raw(content(f"{body(NOTED)}{items}")))[-len(expected) :] == expected


def test_numbers_of_lists_shift_links() -> None:
    found = raw(content(f"{body(NOTED)}<ol><li>见<a href=x.doc>附表</a></ol>"))
    assert [(found.raw[s:e], href) for s, e, href in found.links] == [("附表", "x.doc")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("5m<sup>2</sup>", "5m²"),
        ("10<sup>4</sup>吨", "10⁴吨"),
        ("完成率<sup>1</sup>为九成", "完成率¹为九成"),
        ("注<sup><a href=#f1>[1]</a></sup>", "注[1]"),
        ("H<sub>2</sub>O", "H2O"),
        ("张&nbsp;&emsp;甲", "张\xa0\u2003甲"),
        ("枸橼<ruby>酸<rp>(</rp><rt>suān</rt><rp>)</rp></ruby>", "枸橼酸(suān)"),
        ("&#x3007;&mdash;&ldquo;好&rdquo;", "〇—“好”"),
    ],
)
def test_inline(html: str, text: str) -> None:
    assert shown(raw(content(f"{body()}<p>{html}</p>")))[-1] == text


def test_alignment_of_a_layout_table_is_not_that_of_its_text() -> None:
    found = raw(page(f"<center><table align=center><tr><td>{HEADING}{body()}</td></tr></table></center>"))
    align = {found.raw[b.start : b.end]: b.align for b in found.blocks}
    assert align[OPENING] is None
    assert align[SIGNED] == "right"


@pytest.mark.parametrize(
    ("html", "word"),
    [
        (
            "<html><frameset><frame src=left.htm><frame src=main.htm><noframes>不支持框架</noframes></frameset>",
            "main.htm",
        ),
        (page("<div><iframe src='view.html'></iframe></div>"), "view.html"),
        (page("<div id=app></div><script src=app.js></script><noscript>Please enable it.</noscript>"), "scripts"),
        (page("<div></div>"), "no text"),
    ],
)
def test_pages_without_text_say_why(html: str, word: str) -> None:
    doc = parse(html)
    assert [word in d.message for d in doc.diagnostics if d.code == "empty-document"] == [True]


@pytest.mark.parametrize("end", [-40, -300, -500])
def test_a_page_that_breaks_off(end: int) -> None:
    doc = parse(PLAIN[:end])
    assert "damaged-file" in codes(doc)
    assert PARAGRAPHS[0] in doc.text


def test_a_whole_page_and_a_fragment_are_not_damaged() -> None:
    assert "damaged-file" not in codes(parse(PLAIN))
    assert "damaged-file" not in codes(parse(f"<div>{HEADING}{body()}</div>"))


@pytest.mark.parametrize("name", [n for n in PAGES if "in between" in n or "article" in n])
def test_repaired_encodings_are_reported(name: str) -> None:
    assert "encoding-guessed" in codes(parse(PAGES[name]))


def test_a_text_in_a_western_language_is_not_repaired() -> None:
    assert raw("<p>Café à la crème, déjà vu: naïve façade.</p>").raw == "Café à la crème, déjà vu: naïve façade."


def test_a_broken_line_of_utf8_is_not_taken_for_gbk() -> None:
    data = PLAIN.encode()
    at = data.index("饮水".encode()) + 1
    doc = raw(data[:at] + data[at + 1 :])
    assert doc.encoding == "utf-8"
    assert [w[0] for w in doc.warnings] == ["undecodable"]
    assert all(p in doc.raw for p in PARAGRAPHS[1:])


def test_hidden_text_beside_the_document_stays_aside() -> None:
    found = raw(content(body(), "<div hidden><p>隐藏的话，比如弹出来的说明，不属于正文。</p></div>"))
    assert "隐藏的话，比如弹出来的说明，不属于正文。" in shown(found, "boilerplate")


def test_a_short_notice_is_not_pushed_aside_by_a_hidden_window() -> None:
    words = "<p>本站尊重用户的隐私，未经许可不会公开用户的资料。</p>" * 30
    window = f"<div class='pop-content' style='display:none'>{words}</div>"
    notice = f"<div class=content>{HEADING}<p>{OPENING}</p><p>{PARAGRAPHS[0]}</p><p>{SIGNED}</p><p>{DATE}</p></div>"
    doc = parse(page(notice + window))
    assert "隐私" not in doc.text
    assert doc.title and doc.title.text == TITLE


@pytest.mark.parametrize(
    ("link", "href"),
    [
        ("href=\"javascript:openWin('view.jsp?id=3')\"", "view.jsp?id=3"),
        ("href=\"javascript:window.open('/att/3','_blank')\"", "/att/3"),
        ("href='#' onclick='down(\"1.doc\")'", "1.doc"),
        ("href=' a b.doc '", "a b.doc"),
        ("href='javascript:void(0)'", None),
        ("href='#'", None),
        ("name=fj", None),
    ],
)
def test_targets(link: str, href: str | None) -> None:
    doc = parse(content(body(f"<p>附件：<a {link}>饮水设施登记表</a></p>")))
    assert [a.href for a in doc.attachments] == [href]


def test_a_hidden_mark_does_not_break_the_line() -> None:
    mark = "<span id=_baidu_bookmark_start_0 style='display:none'>\u200d甲</span>"
    found = raw(content(f"{body()}<p>面积<b>约</b>{mark}五<a href=x.doc>亩{mark}地</a></p>"))
    assert shown(found)[-1] == "面积约五亩地"
    assert [(found.raw[s:e], href) for s, e, href in found.links][-1] == ("亩地", "x.doc")
    table = f"<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>清{mark}理</td></tr></table>"
    assert shown(raw(content(body() + table)), "cell") == ["序号", "任务", "1", "清理"]
    found = raw(content(body() + table.replace("</td></tr></table>", "<p hidden>备选</p></td></tr></table>")))
    assert shown(found, "cell") == ["序号", "任务", "1", "清理"]
    assert "备选" in shown(found, "boilerplate")


@pytest.mark.parametrize(
    "line",
    [
        '@font-face{font-family:"Times New Roman";}@page Section0{margin:1pt;}',
        ".TRS_Editor P{margin-top:0;line-height:2;}",
        "Normal 0 7.8 磅 0 2 false false false EN-US ZH-CN X-NONE MicrosoftInternetExplorer4",
        "&lt;%= title %&gt;",
        "2021-04-08 10:22 点击：12",
        "阅读 1000 在看",
        "云溪市教育局 版权所有",
    ],
)
def test_leftovers_are_set_aside(line: str) -> None:
    assert "".join(shown(raw(f"<body>{HEADING}{body()}<p>{line}</p></body>"))).endswith(DATE)


@pytest.mark.parametrize(
    "line", ["2021年4月6日印发", "公式：{1，2}", "依法保护专利 版权所有人权益", "已阅读通知并签字"]
)
def test_lines_that_only_look_like_leftovers(line: str) -> None:
    assert shown(raw(f"<body>{HEADING}{body()}<p>{line}</p></body>"))[-1] == line


def test_a_file_shown_in_the_page_is_named() -> None:
    doc = parse(page(f"{HEADING}<div class=content><iframe src='/pdfjs/viewer.html?file=%2Fa.pdf'></iframe></div>"))
    assert [d.message.partition(": ")[2] for d in doc.diagnostics if d.code == "enclosed-file"] == [
        "/pdfjs/viewer.html?file=/a.pdf"
    ]


def test_rosters_keep_their_columns() -> None:
    roster = (
        "<p>附件1</p><p>校园饮水安全检查领导小组名单</p><p>组&nbsp;&nbsp;&nbsp;长：张&nbsp;&nbsp;甲&emsp;&emsp;云溪市教育局局长</p>"
        "<p>副组长：李乙丙　　云溪市教育局副局长</p><p>　　　　王&emsp;丁　　云溪市教育局副局长</p>"
        "<p>成&nbsp;&nbsp; 员：赵戊己&nbsp;&nbsp; 局后勤科科长</p>"
    )
    groups = parse(content(body() + roster)).leadership_groups
    assert [(m.role, m.person) for m in groups[0].members] == [
        ("组长", "张甲"),
        ("副组长", "李乙丙"),
        ("副组长", "王丁"),
        ("成员", "赵戊己"),
    ]
