"""The readers: encodings, what is text and what is not, tables, metadata, page controls, and their invariants."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from policyparse import readers
from policyparse.errors import LimitExceeded, UnreadableFile, UnsupportedFormat
from policyparse.limits import Limits, ReadOptions
from policyparse.readers.sniff import binary_format
from policyparse.source import RawDoc

SAMPLE = (
    "云溪市水务局文件\n\n云水发〔2021〕7号\n\n关于开展河道清理工作的通知\n\n各县（区）水务局，局属各单位：\n\n"
    "为进一步加强全市河道管理，改善水环境质量，现就开展河道清理工作的有关事项通知如下，请认真贯彻执行。\n"
    "一、工作目标\n到2021年底，全市主要河道没有垃圾。（责任单位：局河道科）\n\n云溪市水务局\n2021年3月5日\n"
)


def check(raw: RawDoc) -> RawDoc:
    """The invariants of every RawDoc."""
    at = 0
    for block in raw.blocks:
        assert at <= block.start <= block.end <= len(raw.raw)
        at = block.end
    starts = {b.start: b for b in raw.blocks if b.kind == "cell"}
    for table in raw.tables:
        assert table.cells
        for a, b in zip(table.cells, table.cells[1:], strict=False):
            assert a.end <= b.start
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= table.end
            assert starts[cell.start].end == cell.end
    for start, end, _ in raw.links:
        assert 0 <= start <= end <= len(raw.raw)
    return raw


def lost(raw: RawDoc) -> str:
    """The characters of `raw` that are in no block (markup), without white space."""
    parts, at = [], 0
    for block in raw.blocks:
        parts.append(raw.raw[at : block.start])
        at = block.end
    return "".join("".join([*parts, raw.raw[at:]]).split())


def read(content: str | bytes, name: str | None = None) -> RawDoc:
    data = content.encode() if isinstance(content, str) else content
    raw = check(readers.read(data, name))
    assert raw == readers.read(data, name)
    return raw


def of(raw: RawDoc, kind: str) -> list[str]:
    return [raw.raw[b.start : b.end] for b in raw.blocks if b.kind == kind]


def grid(raw: RawDoc, n: int = 0) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for c in raw.tables[n].cells:
        rows.setdefault(c.row, []).append(raw.raw[c.start : c.end])
    return list(rows.values())


# --- encodings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_utf8(bom: bytes) -> None:
    raw = read(bom + SAMPLE.encode())
    assert (raw.raw, raw.encoding, raw.warnings) == (SAMPLE, "utf-8", ())


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16-le", "utf-16-be", "utf-16", "utf-32"])
def test_other_encodings(encoding: str) -> None:
    raw = read(SAMPLE.encode(encoding))
    assert raw.raw == SAMPLE
    assert [w[0] for w in raw.warnings] in ([], ["encoding-guessed"])


def test_traditional_text_in_big5_is_not_taken_for_gb18030() -> None:
    text = "關於開展河道清理工作的通知\n各縣市政府水利局：為進一步加強河道管理，改善水環境品質，請依規定辦理。\n" * 3
    raw = read(text.encode("big5"))
    assert (raw.raw, raw.encoding) == (text, "big5")
    assert read(text.encode("gb18030")).raw == text


def test_declared_charset() -> None:
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><p>{SAMPLE}</p></html>'
    )
    raw = read(page.encode("gb18030"))
    assert raw.encoding == "gb18030"
    assert raw.warnings == ()
    assert "云水发〔2021〕7号" in raw.raw
    assert "云水发〔2021〕7号" in read(page.encode()).raw  # declared gb2312, written in UTF-8


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "big5"])
def test_cut_anywhere_keeps_what_is_there(encoding: str) -> None:
    text = SAMPLE if encoding != "big5" else "關於開展河道清理工作的通知，請依規定辦理。\n" * 8
    data = text.encode(encoding)
    for end in range(160, len(data), 7):
        raw = check(readers.read(data[:end], "x.txt"))
        assert raw.raw.rstrip("\ufffd") == text[: len(raw.raw.rstrip("\ufffd"))]
        assert len(raw.raw.rstrip("\ufffd").encode(encoding)) > end - 4
        if "\ufffd" in raw.raw:
            assert any(w[0] == "undecodable" and w[2] == raw.raw.index("\ufffd") for w in raw.warnings)


def test_a_broken_byte_in_the_middle() -> None:
    data = SAMPLE.encode()
    raw = read(data[:300] + b"\xff\xfe" + data[300:])
    assert raw.encoding == "utf-8"
    assert raw.raw.replace("\ufffd", "").count("责任单位") == 1
    assert any(w[0] == "undecodable" and "FF FE" in w[1] for w in raw.warnings)


# --- what is read, and what is not ------------------------------------------------------------------------------


def test_empty() -> None:
    for data in (b"", b"\xef\xbb\xbf", b" \r\n\t\n", "　\n".encode()):
        raw = read(data, "空.txt")
        assert raw.blocks == ()
        assert [w[0] for w in raw.warnings] == ["empty-document"]


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"PK\x03\x04\x14\x00word/document.xml", "docx"),
        (b"PK\x03\x04\x14\x00OFD.xml", "ofd"),
        (b"PK\x03\x04\x14\x00xl/workbook.xml", "xlsx"),
        (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64 + "WordDocument".encode("utf-16-le"), "doc"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", None])
def test_a_format_is_told_by_its_first_bytes(data: bytes, form: str, name: str | None) -> None:
    """Whatever the name; a file of nothing but these bytes is damaged, or holds nothing."""
    assert binary_format(data) == form
    with contextlib.suppress(UnreadableFile):
        assert not readers.read(data, name).raw.strip()


def test_slides_are_refused_by_name() -> None:
    with pytest.raises(UnsupportedFormat, match="PowerPoint") as error:
        readers.read(b"PK\x03\x04\x14\x00ppt/presentation.xml", "a.docx")
    assert "save it as pdf" in str(error.value)


def test_content_goes_before_the_name() -> None:
    assert read(SAMPLE, "通知.doc").reader == "text"
    assert read(SAMPLE, "通知.pdf").raw == SAMPLE
    assert read(f"<html><body><p>{SAMPLE}</p></body></html>", "通知.docx").reader == "html"
    assert read(SAMPLE, "通知.html").raw == SAMPLE  # a text named html keeps its lines
    assert read("<b>一、总则</b>\n正文第一段。\n", "a.txt").reader == "text"


def test_binary_named_txt() -> None:
    with pytest.raises((UnreadableFile, UnsupportedFormat)):
        readers.read(bytes(range(256)) * 40, "a.txt")


def test_size_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LimitExceeded, match="POLICYPARSE_MAX_BYTES"):
        readers.read(b"x" * 101, "a.txt", ReadOptions(limits=Limits(bytes=100)))
    monkeypatch.setenv("POLICYPARSE_MAX_BYTES", "100")
    with pytest.raises(LimitExceeded):
        readers.read(b"x" * 101)


# --- text -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines(end: str) -> None:
    source = SAMPLE.replace("\n", end)
    raw = read(source.encode())
    assert raw.raw == source
    assert of(raw, "paragraph") == [x for x in SAMPLE.split("\n") if x]
    assert [b.place.line for b in raw.blocks][:3] == [1, 3, 5]


def test_metadata_above_a_body_line() -> None:
    raw = read(
        "标题: 关于开展河道清理的通知\n发布时间: 2021-03-05 10:00\n文号: \n栏目: 部门文件\n"
        "页面链接与图片详见 links.tsv\n"
        "===== 正文 =====\n关于开展河道清理的通知\n各单位：\n有效期：五年。\n"
    )
    assert of(raw, "meta")[1:3] == ["发布时间: 2021-03-05 10:00", "文号: "]
    assert len(of(raw, "meta")) == 5
    assert of(raw, "boilerplate") == ["===== 正文 ====="]
    assert of(raw, "paragraph") == ["关于开展河道清理的通知", "各单位：", "有效期：五年。"]


def test_metadata_without_a_body_line() -> None:
    raw = read(
        "索 引 号：X0001　　发布机构：云溪市水务局\n发文字号：云水发〔2021〕7号\n主 题 词：\n"
        "来源：云溪市水务局 浏览次数：12 字体：[大 中 小]\n关于开展河道清理的通知\n"
    )
    assert [m.strip() for m in of(raw, "meta")] == [
        "索 引 号：X0001",
        "发布机构：云溪市水务局",
        "发文字号：云水发〔2021〕7号",
        "主 题 词：",
        "来源：云溪市水务局",
    ]
    assert of(raw, "paragraph") == ["关于开展河道清理的通知"]


@pytest.mark.parametrize(
    "line",
    [
        "时间：2021年3月5日上午9时在水务局会议室集合",
        "联系人：王某，电话：123",
        "责任单位：局河道科",
        "附件：河道清理任务表",
        "抄送：市政府办公室",
        "有效期：自印发之日起五年",
        "签发人：李某某",
        "打印、关闭、分享等功能由技术科负责。",
        "浓度 > 5 mg/L 的河段列入重点",
        "牵头单位：云溪市水务局",
        "工作正文",
        "登录平台注册",
    ],
)
def test_lines_of_a_notice_stay(line: str) -> None:
    raw = read("关于开展河道清理的通知\n" + line + "\n各单位要认真执行。\n")
    assert of(raw, "paragraph")[1] == line


@pytest.mark.parametrize(
    "line",
    [
        "登录 |  注册 ",
        "首页 >> 政务公开 >> 通知公告",
        "您现在的位置：首页 > 文件",
        "当前位置： 首页 政务公开 文件",
        "【打印本页】 【关闭窗口】",
        "扫一扫在手机打开当前页",
        "附件下载",
        "责任编辑：张某",
        "来源：云溪市水务局",
        "分享到：",
        "浏览次数： 123",
        "字体：【大 中 小】",
        "上一篇：关于放假的通知",
        "主办：云溪市水务局 云ICP备12345678号",
        "==========",
    ],
)
def test_page_controls_are_set_aside(line: str) -> None:
    raw = read("关于开展河道清理的通知\n各单位：\n" + line + "\n请认真执行。\n")
    assert of(raw, "boilerplate") == [line]


def test_tabbed_table() -> None:
    raw = read(
        "任务表\n序号\t任务\t责任单位\t备注\n<b>一、清理河道</b>\n1\t清理主河道\t市水务局\t\n"
        "<b>二、检查</b>\t\t\t\n2\t<p>检查</p>\t市财政局\n尾句。\n"
    )
    assert grid(raw) == [
        ["序号", "任务", "责任单位", "备注"],
        ["<b>一、清理河道</b>"],
        ["1", "清理主河道", "市水务局", ""],
        ["<b>二、检查</b>", "", "", ""],
        ["2", "<p>检查</p>", "市财政局"],
    ]
    assert raw.tables[0].cells[4].colspan == 4
    assert of(raw, "paragraph") == ["任务表", "尾句。"]
    assert lost(raw) == ""


def test_quoted_cell_of_several_lines() -> None:
    raw = read('序号\t任务\t单位\n1\t"第一行\n第二行"\t甲局\n2\t丙\t乙局\n')
    assert grid(raw)[1] == ["1", "第一行\n第二行", "甲局"]
    assert len(grid(raw)) == 3


def test_html_table_in_a_text() -> None:
    raw = read(
        "关于任务的通知\n<table><tr><td rowspan=2>序号</td><td>任务</td></tr><tr><td>单位</td></tr></table>\n尾句。\n",
        "a.md",
    )
    assert grid(raw) == [["序号", "任务"], ["单位"]]
    assert [(c.row, c.column) for c in raw.tables[0].cells] == [(0, 0), (0, 1), (1, 1)]
    assert of(raw, "paragraph") == ["关于任务的通知", "尾句。"]


def test_labels_glued_to_the_value_before() -> None:
    raw = read("发布时间：2021-03-05 10:11来源：市水务局浏览次数：100次\n关于河道的通知\n")
    assert of(raw, "meta") == ["发布时间：2021-03-05 10:11", "来源：市水务局"]
    assert of(raw, "boilerplate") == ["浏览次数：100次"]


@pytest.mark.parametrize(
    "text",
    [
        "标题：关于通知\t\n正文一句。\n",
        "\t各单位：\n\t请执行。\n\t此通知。\n",
        "组长：\t张某某\t局长\n副组长：\t李某\t副局长\n",
        "只有一行\t有制表符\t在内\n",
    ],
)
def test_tabs_that_are_no_table(text: str) -> None:
    assert read(text).tables == ()


def test_headings_marked_with_hashes() -> None:
    raw = read("## 河道清理任务清单\n\n#标签\n")
    assert [(raw.raw[b.start : b.end], b.heading) for b in raw.blocks] == [("河道清理任务清单", 2), ("#标签", None)]


# --- Markdown ---------------------------------------------------------------------------------------------------


def test_markdown() -> None:
    raw = read(
        "---\n标题: 关于河道清理的通知\n文号: 云水发〔2021〕7号\n---\n\n> 本文由脚本提取。\n\n"
        "# 关于河道清理的通知\n\n> 引用的话\n\n- 第一项\n\n"
        "| 序号 | 单位 |\n|---|:--:|\n| 1 | 甲局 |\n| 2 |  |\n\n见[附表](a.xlsx)。\n",
        "a.md",
    )
    assert raw.reader == "markdown"
    assert of(raw, "meta") == ["标题: 关于河道清理的通知", "文号: 云水发〔2021〕7号"]
    assert of(raw, "boilerplate") == ["---", "---", "> 本文由脚本提取。"]
    assert of(raw, "paragraph") == ["关于河道清理的通知", "引用的话", "第一项", "见[附表](a.xlsx)。"]
    assert grid(raw) == [["序号", "单位"], ["1", "甲局"], ["2", ""]]
    assert raw.tables[0].cells[0].header
    assert [(raw.raw[s:e], href) for s, e, href in raw.links] == [("附表", "a.xlsx")]


# --- html -------------------------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于河道清理的通知_云溪市</title>
<meta name="ArticleTitle" content="关于河道清理的通知"><meta name="PubDate" content="2021-03-05">
<style>p{color:red}</style><script>var a = "<p>脚本</p>";</script></head><body><!-- 注释 -->
<div class="nav"><a href="/">首页</a> <a href="/zw">政务公开</a></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; 文件</div>
<table><tr><td>索 引 号：</td><td>X0001</td><td>主题分类：</td><td>水利</td></tr>
<tr><td>标　　题：</td><td colspan=3>关于河道清理的通知</td></tr>
<tr><td>发文字号：</td><td>云水发〔2021〕7号</td><td>有效性</td><td></td></tr></table>
<h1 class="title">关于河道清理的通知</h1>
<div id="zoom"><p style="text-align:center">云水发〔2021〕7号</p><p>各县（区）水务局：</p>
<p>　　为进一步加强全市河道管理，<b>改善</b>水环境质量，
现就有关事项通知如下。<br>一、工作目标。到2021年底，全市主要河道没有垃圾，水质全面达标。</p>
<table border=1><tr><td colspan=3>附件：任务表</td></tr><tr><th>序号</th><th>任务</th><th>单位</th></tr>
<tr><td rowspan=2>1</td><td>清理<br>主河道</td><td>甲局</td></tr><tr><td>检查</td><td></td></tr></table>
<p align="right">云溪市水务局&nbsp;&nbsp;</p><p style="display:none">隐藏的话</p>
<p>附件：<a href="rwb.doc">任务表.doc</a></p></div>
<div class="related">相关链接 <a href="1">另一个通知</a></div>
<div class="footer">版权所有：云溪市水务局</div></body></html>"""


def test_page() -> None:
    raw = read(PAGE)
    assert of(raw, "meta") == [
        "标题：关于河道清理的通知",
        "发布日期：2021-03-05",
        "页面标题：关于河道清理的通知_云溪市",
        "索引号：X0001",
        "主题分类：水利",
        "标题：关于河道清理的通知",
        "发文字号：云水发〔2021〕7号",
        "有效性：",
    ]
    assert of(raw, "paragraph") == [
        "关于河道清理的通知",
        "云水发〔2021〕7号",
        "各县（区）水务局：",
        "　　为进一步加强全市河道管理，改善水环境质量， 现就有关事项通知如下。",
        "一、工作目标。到2021年底，全市主要河道没有垃圾，水质全面达标。",
        "附件：任务表",
        "云溪市水务局\xa0\xa0",
        "附件：任务表.doc",
    ]
    assert of(raw, "boilerplate") == [
        "首页 政务公开",
        "当前位置：首页 > 文件",
        "隐藏的话",
        "相关链接 另一个通知",
        "版权所有：云溪市水务局",
    ]
    assert grid(raw) == [["序号", "任务", "单位"], ["1", "清理 主河道", "甲局"], ["检查", ""]]
    assert [(c.row, c.column, c.rowspan) for c in raw.tables[0].cells][3:] == [
        (1, 0, 2),
        (1, 1, 1),
        (1, 2, 1),
        (2, 1, 1),
        (2, 2, 1),
    ]
    assert (raw.raw[raw.links[-1][0] : raw.links[-1][1]], raw.links[-1][2]) == ("任务表.doc", "rwb.doc")
    by_text = {raw.raw[b.start : b.end]: b for b in raw.blocks}
    assert by_text["云溪市水务局\xa0\xa0"].align == "right"
    assert by_text["云水发〔2021〕7号"].align == "center"
    assert lost(raw) == ""
    assert "脚本" not in raw.raw


@pytest.mark.parametrize(
    "html",
    [
        "<dl><dt>索引号</dt><dd>X0001</dd><dt>发文字号：</dt><dd>云水发〔2021〕7号</dd></dl>",
        "<ul><li>索引号：X0001</li><li><span>发文字号：</span><span>云水发〔2021〕7号</span></li></ul>",
        "<p>索 引 号：X0001&nbsp;&nbsp;发文字号：云水发〔2021〕7号</p>",
        "<div><div>索引号：</div><div>X0001</div></div><div><div>发文字号：</div><div>云水发〔2021〕7号</div></div>",
        "<table><tr><td>索引号：X0001</td><td>发文字号：云水发〔2021〕7号</td></tr></table>",
    ],
)
def test_disclosure_in_other_shapes(html: str) -> None:
    raw = read(f"<div>{html}</div><div class='article-content'><p>{SAMPLE}</p></div>")
    assert [m.strip("\xa0") for m in of(raw, "meta")] == ["索引号：X0001", "发文字号：云水发〔2021〕7号"]


def test_disclosure_labels_without_a_value_stand_side_by_side() -> None:
    rows = (
        "<tr><td>索引号：X0001</td><td>信息分类：水利</td></tr><tr><td>生效时间：</td><td>废止时间：</td></tr>"
        "<tr><td>文　　号：云水发〔2021〕7号</td><td>发布日期：2021-03-05</td></tr>"
    )
    raw = read(f"<div><table>{rows}</table></div><div class='article-content'><p>{SAMPLE}</p></div>")
    found = [m for m in of(raw, "meta") if not m.endswith("：")]
    assert found == ["索引号：X0001", "信息分类：水利", "文　　号：云水发〔2021〕7号", "发布日期：2021-03-05"]
    assert raw.tables == ()


def test_a_list_of_documents_is_a_table() -> None:
    raw = read(
        "<div id=content><p>下列文件废止：</p><table><tr><td>序号</td><td>标题</td><td>文号</td><td>发文机关</td></tr>"
        "<tr><td>1</td><td>关于甲的通知</td><td>云政发〔2001〕1号</td><td>市政府</td></tr></table></div>"
    )
    assert len(raw.tables) == 1
    assert of(raw, "meta") == []


ANNEX = "<div class='fj'><p>附件1</p><p>检查任务分工</p><p>各单位按照分工负责落实。</p></div>"
ROWS = (
    "<div><table><tr><td>序号</td><td>检查任务和要求</td></tr>"
    + "<tr><td>1</td><td>检查水源和管网的保护情况</td></tr>" * 6
)
LINKS = (
    "<div><p><a href='/1.html'>关于做好防汛抗旱工作的通知</a></p><p><a href='/2.html'>关于节约用水的通知</a></p></div>"
)
SITE = "<div><p>本网站声明：未经许可不得转载。</p><p>转载必须注明来源。</p></div>"


@pytest.mark.parametrize(
    ("beside", "kept"), [(ANNEX, True), (ROWS + "</table></div>", True), (LINKS, False), (SITE, False)]
)
def test_an_annex_in_a_container_of_its_own(beside: str, kept: bool) -> None:
    raw = read(f"<body><div><div class='article-content'>{f'<p>{SAMPLE}</p>' * 12}</div>{beside}</div></body>")
    last = next(b for b in reversed(raw.blocks) if raw.raw[b.start : b.end].strip())
    assert (last.kind != "boilerplate") is kept


def test_layout_table_is_dissolved() -> None:
    inner = f"<table><tr><td><p>{'正文很长，' * 30}</p><p>第二段。</p></td></tr></table>"
    raw = read(f"<table><tr><td>左</td><td>{inner}</td></tr></table>")
    assert raw.tables == ()
    assert "第二段。" in raw.raw


@pytest.mark.parametrize(
    "html",
    [
        "<p>甲<p>乙<div>丙</p></div></td>丁<table><tr>戊<td>己",
        "<%@ page language='java' %><html><body><%= title %><p>甲乙丙丁戊己</p>",
        "<html><body><p>甲</p></html><p>乙</p></body><p>丙丁戊己</p>",
        "<html><head><p>甲乙丙</p></head><body><p>丁戊己</p></body></html>",
        "<div " + "x" * 5000 + "><p>甲乙丙丁戊己</p>",
        "<p>甲乙丙\x00丁戊己</p>",
        "<p>甲乙丙丁戊己</p><!-- 没有结束 <p>庚</p>",
        "<?xml version='1.0' encoding='gb2312'?><html><p>甲乙丙丁戊己</p></html>",
    ],
)
def test_malformed_pages_keep_their_text(html: str) -> None:
    raw = read(html, "a.html")
    assert all(c in raw.raw for c in "甲乙丙丁戊己")


@pytest.mark.parametrize("tag", ["div", "span", "font", "b", "table", "td", "blockquote"])
def test_deep_nesting(tag: str) -> None:
    raw = read(f"<html><body><p>开头</p>{f'<{tag}>' * 20000}最里面的话{'</p>' * 100}<p>结尾</p></body></html>")
    assert "开头" in raw.raw
    assert "最里面的话" in raw.raw
    assert "结尾" in raw.raw


# --- everything -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [SAMPLE, PAGE])
def test_cut_and_damaged_files(content: str) -> None:
    data = content.encode()
    for end in range(0, len(data), 53):
        check(readers.read(data[:end], "a.html" if content is PAGE else "a.txt"))
        check(readers.read(data[:end] + b"\xff" + data[end + 3 :], None))


@pytest.mark.parametrize(
    "unit",
    [
        "（",
        "<",
        "<p>",
        "\t",
        "|",
        "a\t",
        "<table>",
        "<table></table>x\n",
        '"\t',
        "# ",
        "> ",
        "：",
        "标题：",
        "索引号：",
        "&",
        "[",
        "首页 > ",
        "-",
    ],
)
def test_hostile_lines_end_in_time(unit: str) -> None:
    for text in (unit * 60000, (unit + "\n") * 20000):
        for name in ("a.txt", "a.md", "a.html"):
            check(readers.read(text.encode(), name))


def test_samples() -> None:
    folder = Path(__file__).resolve().parent.parent / "corpora" / "notices"
    for path in sorted(folder.glob("*.txt")):
        raw = read(path.read_bytes(), path.name)
        assert set(lost(raw)) <= {"#", '"'}


def test_a_table_without_cells_written_into_text_is_text() -> None:
    raw = readers.read("关于开展检查的通知\n<table>没有单元格</table>\n各单位：\n".encode(), "a.txt")
    assert not raw.tables
    assert "没有单元格" in raw.raw


def test_columns_set_apart_by_spaces_without_numbers() -> None:
    text = (
        "时间                工作内容            责任部门\n"
        "第16周（12月17日）  各学院自查          各学院\n"
        "\n"
        "第17周（12月24日）  学校抽查            教务处\n"
        "三、材料提交\n"
    )
    (table,) = read(text.encode(), "a.txt").tables
    assert [c.row for c in table.cells] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    loose = (
        "会议时间            主要内容            责任很大\n请各单位            按时参加            认真落实\n以上。\n"
    )
    assert not read(loose.encode(), "a.txt").tables
    roster = "联系人              责任部门\n张三                教务处\n李四                学生处\n"
    assert not read(roster.encode(), "a.txt").tables
