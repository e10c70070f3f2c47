"""Word 2003 XML and web archives: other clothes of a doc file."""

from __future__ import annotations

import contextlib
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from policyparse import readers
from policyparse.errors import PolicyParseError, UnreadableFile
from policyparse.source import RawDoc

HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
    ' xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:v="urn:schemas-microsoft-com:vml">'
    '<w:styles><w:style w:type="paragraph" w:styleId="1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    "</w:styles><w:body><wx:sect>"
)


def t(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def p(content: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def read(body: str, name: str = "通知.doc") -> RawDoc:
    return readers.read((HEAD + body + "</wx:sect></w:body></w:wordDocument>").encode(), name)


def blocks(raw: RawDoc, kind: str = "paragraph") -> list[str]:
    return [raw.raw[b.start : b.end] for b in raw.blocks if b.kind == kind]


def test_paragraphs_numbers_and_styles() -> None:
    body = p(t("关于检查的") + "<w:r><w:br/></w:r>" + t("通知"), '<w:jc w:val="center"/>')
    body += p(t("总则"), '<w:pStyle w:val="1"/><w:listPr><wx:t wx:val="第一章"/></w:listPr>')
    body += p(t("目标"), '<w:pStyle w:val="2"/><w:listPr><wx:t wx:val="一、"/></w:listPr>')
    raw = read(body)
    assert raw.reader == "wordml"
    assert blocks(raw) == ["关于检查的通知", "第一章 总则", "一、目标"]
    assert [(b.align, b.heading) for b in raw.blocks] == [("center", None), (None, 1), ("center", 1)]


def test_what_is_not_shown_and_what_stands_apart() -> None:
    def change(kind: str, content: str) -> str:
        return f'<aml:annotation w:type="Word.{kind}"><aml:content>{content}</aml:content></aml:annotation>'

    deleted = change("Deletion", "<w:r><w:delText>删</w:delText></w:r>")
    added, remark = change("Insertion", t("加")), change("Comment", p(t("批注")))
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
    field = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    note = f"<w:r><w:footnote>{p(t('脚注'))}</w:footnote></w:r>"
    box = f"<v:textbox><w:txbxContent>{p(t('红头'))}</w:txbxContent></v:textbox>"
    box = f"<w:r><w:pict><v:shape>{box}</v:shape></w:pict></w:r>"
    header = f"<w:sectPr><w:hdr w:type='odd'>{p(t('页眉'))}</w:hdr></w:sectPr>"
    raw = read(p(box + t("正文") + deleted + added + remark + hidden + field + note + t("。")) + header)
    assert blocks(raw) == ["红头", "正文加。"]
    assert blocks(raw, "boilerplate") == ["批注", "脚注", "页眉"]


def test_a_table_with_merged_cells() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(t(text))}</w:tc>"

    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(cells)}</w:tr>"

    borders = '<w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr>'
    down, over, wide = '<w:vmerge w:val="restart"/>', "<w:vmerge/>", '<w:gridSpan w:val="2"/>'
    rows = row(cell("序号", down), cell("单位", wide)) + row(cell("", over), cell("牵头"), cell("配合"))
    rows += row(cell("1"), cell("甲"), cell("乙"))
    grid = '<w:gridCol w:w="900"/>' * 3
    body = f"<w:tbl>{borders}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    raw = read(body)
    cells = {raw.raw[c.start : c.end]: (c.row, c.column, c.rowspan, c.colspan) for c in raw.tables[0].cells}
    assert (cells["序号"], cells["单位"], cells["配合"]) == ((0, 0, 2, 1), (0, 1, 1, 2), (1, 2, 1, 1))


def test_damaged_xml_ends_in_a_document_or_an_error() -> None:
    whole = (HEAD + p(t("正文")) * 20 + "</wx:sect></w:body></w:wordDocument>").encode()
    for n in range(200, len(whole), 37):
        with contextlib.suppress(PolicyParseError):
            readers.read(whole[:n], "a.doc")
    with contextlib.suppress(PolicyParseError):
        readers.read((HEAD + "<w:p>" * 50_000).encode(), "a.doc")


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
@pytest.mark.parametrize("first", [b"", b"From: <Saved by a browser>\r\nSubject: x\r\n"])
def test_a_web_archive_is_read_as_its_page(charset: str, first: bytes) -> None:
    archive = MIMEMultipart("related")
    archive.attach(MIMEText("<html><body><p>关于检查的通知</p></body></html>", "html", charset))
    archive.attach(MIMEText("x", "css", "us-ascii"))
    head, _, rest = archive.as_bytes().partition(b"MIME-Version: 1.0\n")
    data = first + b"MIME-Version: 1.0\r\n" + head + rest
    assert "关于检查的通知" in blocks(readers.read(data, "通知.doc"))


def test_an_archive_without_a_page_says_so() -> None:
    with pytest.raises(UnreadableFile, match="without a page"):
        readers.read(b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\n", "a.mht")


@pytest.mark.parametrize("charset", ["gb\0k", "punycode", "base64", "nonsense"])
def test_a_charset_that_there_is_not(charset: str) -> None:
    head = f'MIME-Version: 1.0\r\nContent-Type: text/html; charset="{charset}"\r\n\r\n'
    page = "<html><body><p>关于检查的通知</p></body></html>"
    assert "关于检查的通知" in readers.read((head + page).encode(), "a.mht").raw


def test_damage_is_told() -> None:
    whole = (HEAD + p(t("关于检查的通知")) + p(t("各站：")) + "</wx:sect></w:body></w:wordDocument>").encode()
    raw = readers.read(whole[: whole.index("各站".encode())], "通知.doc")
    assert blocks(raw) == ["关于检查的通知"]
    assert [code for code, *_ in raw.warnings] == ["damaged-file"]
    assert not readers.read(whole, "通知.doc").warnings
