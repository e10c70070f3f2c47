"""Packages that are odd, damaged, hostile or encrypted: a document, or an error that says what is wrong."""

from __future__ import annotations

import io
import random
import time
import zipfile
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse import readers
from policyparse.errors import LimitExceeded, PolicyParseError, UnreadableFile
from policyparse.limits import Limits, ReadOptions
from policyparse.readers.images import ocr
from policyparse.readers.layout import Page, Run
from tests.odd.docx import W, cell, docx, item, level, numbering, package, para, part, row, run, table
from tests.test_docx import of, read, read_bytes

BODY = para("关于清理河道的通知", '<w:jc w:val="center"/>') + para("各县水务局：") + para("请于3月底前完成。")
LINES = ["关于清理河道的通知", "各县水务局：", "请于3月底前完成。"]


@cache
def sample() -> bytes:
    """A document with something of everything, large enough to be cut anywhere."""
    body = BODY + "".join(item(f"第{n}项任务，由河道科负责。") for n in range(60))
    body += table(
        row("序号", "任务"), row("1", cell("清淤", '<w:vMerge w:val="restart"/>')), row("2", cell("", "<w:vMerge/>"))
    )
    parts = {"numbering.xml": numbering(level(0, "%1、", "chineseCounting")), "styles.xml": part("styles", "")}
    return docx(body, parts)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without(data: bytes, *names: str) -> bytes:
    return package({k: v for k, v in members(data).items() if k not in names})


def warned(raw: object) -> set[str]:
    return {w[0] for w in raw.warnings}  # type: ignore[attr-defined]


def test_text_is_not_cut_with_looks_that_do_not_end() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t></w:r>"
    for lost in (
        bold.replace("</w:rPr>", ""),
        bold.replace("</w:rPr>", "").replace("</w:t></w:r>", "</w:t></w:r></w:rPr>"),
    ):
        raw = read(para(lost + "<w:r><w:rPr><w:i/></w:rPr><w:t>乙</w:t></w:r>"))
        assert "甲" in raw.raw or "damaged-file" in warned(raw)


# ---- odd but whole


def test_the_strict_form_of_the_standard() -> None:
    usual = (W, "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
    strict = (
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    found = members(docx(BODY + item("甲"), {"numbering.xml": numbering(level(0, "%1."))}))
    for name, content in found.items():
        for a, b in zip(usual, strict, strict=True):
            content = content.replace(a.encode(), b.encode())
        found[name] = content
    assert of(read_bytes(package(found))) == [*LINES, "1.甲"]


def test_a_main_part_with_another_name() -> None:
    assert of(read_bytes(docx(BODY, main="word/document2.xml"))) == LINES
    assert of(read_bytes(docx(BODY, main="word/wps/main.xml"))) == LINES


@pytest.mark.parametrize(
    "missing", ["_rels/.rels", "[Content_Types].xml", "word/_rels/document.xml.rels", "word/styles.xml"]
)
def test_parts_that_are_missing(missing: str) -> None:
    lines = of(read_bytes(without(sample(), missing)))
    assert lines[:3] == LINES and lines[3] == "一、第0项任务，由河道科负责。"


def test_the_list_of_types_names_the_main_part() -> None:
    data = without(docx(BODY, main="word/other.xml"), "_rels/.rels")
    assert of(read_bytes(data)) == LINES


def test_utf_16_parts() -> None:
    found: dict[str, str | bytes] = dict(members(docx(BODY)))
    text = members(docx(BODY))["word/document.xml"].decode().replace("UTF-8", "UTF-16")
    found["word/document.xml"] = text.encode("utf-16")
    assert of(read_bytes(package(found))) == LINES


def test_other_prefixes_than_usual() -> None:
    found: dict[str, str | bytes] = dict(members(docx(BODY)))
    found["word/document.xml"] = (
        f'<document xmlns="{W}"><body><p><r><t>甲</t></r></p><p><r><t>乙</t><br/><t>丙</t></r></p></body></document>'
    )
    assert of(read_bytes(package(found))) == ["甲", "乙", "丙"]
    found["word/document.xml"] = (
        f'<document xmlns="{W}"><body><p><r><t>甲</t></r><r><rPr><vanish/></rPr><t>乙</t></r></p></body></document>'
    )
    assert of(read_bytes(package(found))) == ["甲"]


def test_flat_packages() -> None:
    package_of = "http://schemas.microsoft.com/office/2006/xmlPackage"
    plain = members(docx(BODY + item("甲"), {"numbering.xml": numbering(level(0, "%1."))}))
    texts = {name: content.decode() for name, content in plain.items()}
    found = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{text[text.find("?>") + 2 if "?>" in text else 0 :]}</pkg:xmlData>'
        "</pkg:part>"
        for name, text in texts.items()
    )
    binary = '<pkg:part pkg:name="/word/media/a.png"><pkg:binaryData>!!!</pkg:binaryData></pkg:part>'
    data = f'<?xml version="1.0"?><pkg:package xmlns:pkg="{package_of}">{found}{binary}</pkg:package>'.encode()
    assert of(read_bytes(data)) == [*LINES, "1.甲"]
    assert of(read_bytes(data[:-40])) == [*LINES, "1.甲"]


def test_pages_that_stand_in_the_package_whole() -> None:
    rows = "<tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>清淤</td></tr>"
    page = f"<html><body><p>关于清理河道的通知</p><table>{rows}</table></body></html>"
    body = para("前") + '<w:altChunk r:id="c"/>' + para("后")
    raw = read(body, {"afchunk.htm": page}, {"c": ("aFChunk", "afchunk.htm")})
    assert raw.raw == "前\n关于清理河道的通知\n序号\t任务\n1\t清淤\n后" and len(raw.tables) == 1
    assert warned(read(body, {"afchunk.bin": b"%PDF-1.4"}, {"c": ("aFChunk", "afchunk.bin")})) == {"damaged-file"}


def test_documents_in_documents_end_somewhere() -> None:
    data = docx(para("底"))
    for _ in range(6):
        data = docx('<w:altChunk r:id="c"/>', {"chunk.docx": data}, {"c": ("aFChunk", "chunk.docx")})
    with pytest.raises(LimitExceeded, match="DEPTH"):
        readers.read(data, "a.docx")


def test_no_package_of_word() -> None:
    with pytest.raises(UnreadableFile, match="without a Word document"):
        readers.read(package({"[Content_Types].xml": "<Types/>", "word/nothing.bin": b"1"}), "a.docx")


def test_nothing_outside_is_read() -> None:
    found: dict[str, str | bytes] = dict(members(docx(BODY)))
    xml = members(docx(BODY))["word/document.xml"].decode()
    entity = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY l "lol">]>'
    xml = xml.replace("?>", f"?>{entity}", 1).replace("各县水务局：", "各县&e;水务局&l;：")
    found["word/document.xml"] = xml
    raw = read_bytes(package(found))
    assert "通知" in raw.raw and "lol" not in raw.raw


# ---- damage


def test_a_part_without_a_name() -> None:
    data = package({**members(docx(BODY)), "nameless": b"x"}).replace(b"nameless", b"\0ameless")
    assert of(read_bytes(data)) == LINES


def test_a_part_that_ends_too_soon() -> None:
    found: dict[str, str | bytes] = dict(members(docx(BODY)))
    content = members(docx(BODY))["word/document.xml"]
    found["word/document.xml"] = content[: content.index("请于".encode())]
    raw = read_bytes(package(found))
    assert of(raw)[:2] == LINES[:2] and warned(raw) == {"damaged-file"}


def test_text_outside_paragraphs_is_kept() -> None:
    assert of(read(para("甲") + run("乙") + para("丙"))) == ["甲", "乙", "丙"]


def test_a_cut_file_gives_what_stands_before_the_cut() -> None:
    data = sample()
    at = data.index(b"PK\x01\x02")
    raw = read_bytes(data[:at])
    assert of(raw)[:3] == LINES and "damaged-file" in warned(raw) and len(raw.tables) == 1
    half = read_bytes(data[: data.index(b"word/document.xml") + 900])
    assert of(half)[:2] == LINES[:2] and "damaged-file" in warned(half)


def test_every_cut_ends_in_a_document_or_a_clear_error() -> None:
    data = sample()
    seen = 0
    for at in range(0, len(data), 41):
        try:
            raw = readers.read(data[:at], "a.docx")
        except PolicyParseError as error:
            assert str(error)
        else:
            seen += "通知" in raw.raw
    assert seen > 20


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=8))
def test_flipped_bytes(flips: list[tuple[int, int]]) -> None:
    data = bytearray(sample())
    for at, bits in flips:
        data[at % len(data)] ^= bits
    begun = time.monotonic()
    try:
        readers.read(bytes(data), "a.docx")
    except PolicyParseError as error:
        assert str(error)
    assert time.monotonic() - begun < 5


@given(st.data())
def test_flipped_bytes_of_the_main_part(data: st.DataObject) -> None:
    found = members(sample())
    content = bytearray(found["word/document.xml"])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found["word/document.xml"] = bytes(content)
    try:
        read_bytes(package(found))
    except PolicyParseError as error:
        assert str(error)


# ---- limits


def test_a_bomb_is_not_unpacked() -> None:
    bomb = package({**members(docx(BODY)), "word/document.xml": part("document", " " * 30_000_000)})
    with pytest.raises(LimitExceeded, match="RATIO"):
        readers.read(bomb, "a.docx", ReadOptions(limits=Limits(ratio=100)))
    with pytest.raises(LimitExceeded, match="UNPACKED"):
        readers.read(bomb, "a.docx", ReadOptions(limits=Limits(unpacked=1_000_000, ratio=10**9)))
    cut = bomb[: bomb.index(b"PK\x01\x02")]
    with pytest.raises(LimitExceeded, match="UNPACKED"):
        readers.read(cut, "a.docx", ReadOptions(limits=Limits(unpacked=1_000_000, ratio=10**9)))


def test_tables_in_tables_in_tables() -> None:
    deep = para("底")
    for _ in range(60):
        deep = table(row(cell(deep + para())), ruled=False)
    assert of(read(deep)) == ["底"]
    with pytest.raises(LimitExceeded, match="DEPTH"):
        readers.read(docx(deep), "a.docx", ReadOptions(limits=Limits(depth=20)))


def test_thousands_of_levels_are_damage() -> None:
    deep = "<w:smartTag>" * 3000 + run("底") + "</w:smartTag>" * 3000
    raw = read(para("甲") + para(deep))
    assert raw.raw.startswith("甲") and warned(raw) == {"damaged-file"}


def test_wide_spans_cost_nothing() -> None:
    wide = '<w:gridSpan w:val="999999999"/>'
    begun = time.monotonic()
    raw = read(
        table(
            *(row(cell("甲", wide), cell("乙", wide), properties='<w:gridBefore w:val="99999"/>') for _ in range(300))
        )
    )
    assert time.monotonic() - begun < 2 and len(raw.tables) == 1


def test_time_grows_with_the_length() -> None:
    def cost(n: int) -> float:
        body = "".join(item("清理河道，由河道科负责。" * 3) for _ in range(n)) + table(
            *(row("甲", "乙") for _ in range(n))
        )
        data = docx(body, {"numbering.xml": numbering(level(0, "%1、", "chineseCounting"))})
        best = 9.0
        for _ in range(3):
            begun = time.perf_counter()
            readers.read(data, "a.docx")
            best = min(best, time.perf_counter() - begun)
        return best

    assert cost(4000) < 10 * cost(1000)


# ---- pictures of pages


def scanned(width: int) -> bytes:
    image = pytest.importorskip("PIL.Image")
    out = io.BytesIO()
    image.new("L", (width, width), 255).save(out, "PNG")
    shown = '<w:r><w:drawing><wp:inline><a:blip r:embed="p"/></wp:inline></w:drawing></w:r>'
    return docx(para(shown) + para("1"), {"media/image1.png": out.getvalue()}, {"p": ("image", "media/image1.png")})


def test_a_scan_put_into_a_docx_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_page(image: object, number: int, scale: float, budget: object) -> Page:
        return Page(number, 595, 842, [Run("云溪市水务局文件", 200, 100, 400, 130, 22, confidence=0.99)])

    monkeypatch.setattr(ocr, "read_page", read_page)
    raw = readers.read(scanned(900), "a.docx")
    assert raw.raw == "云溪市水务局文件" and raw.pages == 1 and raw.reader == "docx" and "ocr-text" in warned(raw)
    with pytest.raises(UnreadableFile, match="ocr=never"):
        readers.read(scanned(900), "a.docx", ReadOptions(ocr="never"))


def test_a_small_picture_is_no_page() -> None:
    assert of(readers.read(scanned(60), "a.docx")) == ["1"]


# ---- encrypted


def encrypted(password: str) -> bytes:
    ooxml = pytest.importorskip("msoffcrypto.format.ooxml")
    out = io.BytesIO()
    picture = random.Random(1).randbytes(9000)  # the library writes no smaller packages that it can read
    file = ooxml.OOXMLFile(io.BytesIO(docx(BODY, {"image1.png": picture})))
    file.encrypt(password, out)
    return out.getvalue()


def test_an_encrypted_file_asks_for_its_password() -> None:
    data = encrypted("河道")
    with pytest.raises(UnreadableFile, match="protected by a password"):
        readers.read(data, "a.docx")
    with pytest.raises(UnreadableFile, match="cannot be opened with this password"):
        readers.read(data, "a.docx", ReadOptions(password="no"))
    assert of(readers.read(data, "a.docx", ReadOptions(password="河道"))) == LINES
