"""OpenDocument text: the same rules as for doc and docx."""

from __future__ import annotations

import io
import zipfile

import pytest

from policyparse import readers
from policyparse.errors import PolicyParseError, UnreadableFile, UnsupportedFormat
from policyparse.limits import Budget, Limits, ReadOptions
from policyparse.readers import odt
from policyparse.source import RawDoc

_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
)
_STYLES = """
<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="P1"/>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="C1" style:family="table-cell">
<style:table-cell-properties fo:border="0.5pt solid #000"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1"
style:num-prefix="第" style:num-suffix="章" style:num-format="一, 二, 三, ..."/>
<text:list-level-style-number text:level="2" style:num-suffix="、" style:num-format="一, 二, 三, ..."/>
</text:list-style>"""


def package(body: str, kind: str = "text") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        made.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:automatic-styles>{_STYLES}</office:automatic-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
        header = "<style:master-page><style:header><text:p>页眉</text:p></style:header></style:master-page>"
        made.writestr("styles.xml", f"<office:document-styles {_SPACES}>{header}</office:document-styles>")
    return out.getvalue()


def read(body: str) -> RawDoc:
    return readers.read(package(body), "通知.odt")


def blocks(raw: RawDoc, kind: str = "paragraph") -> list[str]:
    return [raw.raw[b.start : b.end] for b in raw.blocks if b.kind == kind]


def test_paragraphs_headings_and_what_is_not_shown() -> None:
    body = '<text:tracked-changes><text:p>删去</text:p></text:tracked-changes><text:p text:style-name="P2">关于检查的'
    body += (
        '<text:line-break/>通知</text:p><text:h text:outline-level="1">总则</text:h><text:p>一<text:s text:c="2"/>二'
    )
    body += '<text:span text:style-name="T1">隐藏</text:span>三<text:note><text:note-body><text:p>脚注</text:p>'
    body += "</text:note-body></text:note>。</text:p>"
    raw = read(body)
    assert raw.reader == "odt"
    assert blocks(raw) == ["关于检查的通知", "总则", "一  二三。"]
    assert [(b.align, b.heading) for b in raw.blocks[:2]] == [("center", None), (None, 1)]
    assert blocks(raw, "boilerplate") == ["脚注", "页眉"]


def test_automatic_numbers() -> None:
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = "<text:list>" + item.format("甲", "") + item.format("乙", "") + "</text:list>"
    body = f'<text:list text:style-name="L1">{item.format("总则", inner)}{item.format("附则", inner)}</text:list>'
    assert blocks(read(body)) == ["第一章 总则", "一、甲", "二、乙", "第二章 附则", "一、甲", "二、乙"]


def test_a_table_with_merged_cells() -> None:
    def cell(text: str, more: str = "") -> str:
        return f'<table:table-cell table:style-name="C1" {more}><text:p>{text}</text:p></table:table-cell>'

    over = "<table:covered-table-cell/>"
    down, wide = 'table:number-rows-spanned="2"', 'table:number-columns-spanned="2"'
    rows = [cell("序号", down) + cell("单位", wide) + over, over + cell("牵头") + cell("配合")]
    rows.append(cell("1") + cell("甲") + cell("乙"))
    made = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    raw = read(f"<table:table>{made}</table:table>")
    cells = {raw.raw[c.start : c.end]: (c.row, c.column, c.rowspan, c.colspan) for c in raw.tables[0].cells}
    assert (cells["序号"], cells["单位"], cells["配合"]) == ((0, 0, 2, 1), (0, 1, 1, 2), (1, 2, 1, 1))


def test_a_text_box_stands_before_its_paragraph() -> None:
    box = "<draw:frame><draw:text-box><text:p>红头</text:p></draw:text-box></draw:frame>"
    assert blocks(read(f"<text:p>{box}正文</text:p>")) == ["红头", "正文"]


def test_a_spreadsheet_says_what_to_do() -> None:
    with pytest.raises(UnsupportedFormat, match="no text document"):
        readers.read(package("", "spreadsheet"), "表.ods")


def test_a_package_cut_short_is_an_error() -> None:
    data = package("<text:p>正文</text:p>")
    with pytest.raises(PolicyParseError):
        readers.read(data[: len(data) // 2], "通知.odt")


def test_a_package_without_its_content_is_an_error() -> None:
    data = package("<text:p>甲</text:p>").replace(b"content.xml", b"kontent.xml")
    with pytest.raises(UnreadableFile, match=r"without content\.xml"):
        odt.read_bytes(data, ReadOptions(), Budget(Limits(), "a.odt"))


def test_half_characters_are_left_out() -> None:
    assert blocks(read("<text:p>&#xD800;甲&#56320;</text:p>")) == ["甲"]


def test_damaged_content_is_read_as_far_as_it_goes_and_told() -> None:
    whole = package("<text:p>关于检查的通知</text:p><text:p>各站：</text:p>")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as made:
        for name in old.namelist():
            content = old.read(name)
            made.writestr(name, content[: content.index("各站".encode()) + 3] if name == "content.xml" else content)
    raw = readers.read(out.getvalue(), "通知.odt")
    assert "关于检查的通知" in raw.raw
    assert [(code, message.split(":")[0]) for code, message, *_ in raw.warnings] == [
        ("damaged-file", "part content.xml is damaged XML")
    ]
    assert not read("<text:p>关于检查的通知</text:p>").warnings
