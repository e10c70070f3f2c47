"""The OFD reader: one notice in the styles of several programs, each oddity, and files that are damaged or hostile."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

import policyparse
from policyparse import readers
from policyparse.errors import LimitExceeded, MissingExtra, PolicyParseError, UnreadableFile
from policyparse.limits import Limits, ReadOptions
from policyparse.readers.images import ocr
from policyparse.readers.images.jbig2 import open_jbig2
from policyparse.readers.layout import Page as Laid
from policyparse.readers.layout import Run
from policyparse.source import RawDoc

from .ofd_writer import STYLES, Image, Item, Line, Page, Style, Text, Xml, lines, table, write

NOTICE = (
    "各县（区）水务局，局属各单位：\n为进一步加强全市河道管理，改善水环境质量，现就2024年度河道清理工作的有关事项通知如下，"
    "请结合实际认真贯彻执行。\n一、工作目标\n到2024年底，全市主要河道没有垃圾。（责任单位：局河道科）\n二、工作安排\n"
    "（一）动员部署阶段（2024年3月5日前）。各单位制定方案，明确任务分工。\n（二）清理整治阶段（2024年10月底前）。"
)
ROWS = [["序号", "任务", "责任单位"], ["1", "清理垃圾", "局河道科"], ["2", "", "局水政科"]]
HEAD: list[Item] = [
    Text("云溪市水务局文件", 45, 30, 12),
    Text("云水发〔2024〕7号", 80, 50),
    Line(28, 54, 182, 54),
    Text("关于开展河道清理工作的通知", 60, 66, 7.76),
]
PAGES = [
    Page([*HEAD, *lines(NOTICE, y=80)]),
    Page([*table(28, 40, [20, 70, 60], ROWS), Text("云溪市水务局", 125, 100), Text("2024年2月1日", 122, 110)]),
]
MM = 72 / 25.4


def read(data: bytes, **options: Any) -> RawDoc:
    raw = readers.read(data, "a.ofd", ReadOptions(**options))
    assert raw.reader == "ofd"
    for box in raw.boxes:
        assert 0 <= box.start < box.end <= len(raw.raw)
        assert 1 <= box.page <= (raw.pages or 0)
    return raw


def shown(raw: RawDoc) -> list[str]:
    return [raw.raw[b.start : b.end] for b in raw.blocks if b.kind != "boilerplate"]


def apart(raw: RawDoc) -> list[str]:
    return [raw.raw[b.start : b.end] for b in raw.blocks if b.kind == "boilerplate"]


def codes(raw: RawDoc) -> list[str]:
    return [warning[0] for warning in raw.warnings]


def sizes(raw: RawDoc) -> list[tuple[int, int]]:
    """Of the pages in millimetres."""
    return [(round(width / MM), round(height / MM)) for width, height in raw.page_sizes]


def one(*items: Item, style: Style | None = None) -> RawDoc:
    return read(write([Page(list(items))], style))


def repacked(data: bytes, change: dict[str, bytes | None]) -> bytes:
    """The package with some parts replaced, added or (None) left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, content in change.items():
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


# --- one text, many programs


@pytest.fixture(scope="module")
def plain() -> RawDoc:
    return read(write(PAGES))


def test_the_notice(plain: RawDoc) -> None:
    found = shown(plain)
    assert found[:3] == ["云溪市水务局文件", "云水发〔2024〕7号", "关于开展河道清理工作的通知"]
    assert "一、工作目标" in found
    assert [c for c in found if c in ("序号", "局河道科", "局水政科")] == ["序号", "局河道科", "局水政科"]
    (grid,) = plain.tables
    assert [(c.row, c.column, plain.raw[c.start : c.end]) for c in grid.cells] == [
        (r, c, text) for r, row in enumerate(ROWS) for c, text in enumerate(row)
    ]
    assert plain.pages == 2
    assert sizes(plain) == [(210, 297)] * 2
    assert plain.warnings == ()


@pytest.mark.parametrize("name", STYLES)
def test_every_style_gives_the_same_text(name: str, plain: RawDoc) -> None:
    raw = read(write(PAGES, STYLES[name]))
    assert raw.raw == plain.raw
    assert raw.blocks == plain.blocks
    assert raw.tables == plain.tables
    assert raw.warnings == ()


def test_boxes_are_where_the_text_is_printed() -> None:
    for style in STYLES.values():
        (box,) = one(Text("云溪市水务局", 50, 100, 5), style=style).boxes
        assert [v / MM for v in box[3:7]] == pytest.approx([50, 100 - 0.86 * 5, 80, 100 + 0.14 * 5], abs=0.05)


def test_facts() -> None:
    document = policyparse.parse_bytes(write(PAGES, STYLES["size 1 scaled"]), "a.ofd")
    assert document.document_number is not None
    assert document.document_number.text == "云水发〔2024〕7号"
    assert document.title is not None
    assert document.title.text == "关于开展河道清理工作的通知"


def test_read_by_content_not_by_name() -> None:
    assert readers.read(write(PAGES), "report.txt").reader == "ofd"


# --- text objects


def test_fragments_are_joined() -> None:
    parts = [Text("202", 50, 50, 5), Text("4", 57.5, 50, 5), Text("年", 60, 50, 5), Text("度", 65, 50, 5)]
    random.Random(1).shuffle(parts)
    assert shown(one(*parts)) == ["2024年度"]


def test_fragments_that_mean_something_by_themselves() -> None:
    """文件 beside the lines of a paragraph is no letterhead beside its issuers."""
    body = lines(
        "严禁以会议落实会议、以文件落实文件，不得层层开会，确需召开的会议尽可能利用电视电话会议的形式开到基层。",
        pitch=7,
    )
    cut: list[Item] = []
    for item in body:
        assert isinstance(item, Text)
        for n in range(0, len(item.text), 2):
            cut.append(Text(item.text[n : n + 2], item.x + n * item.size, item.y, item.size))
    random.Random(2).shuffle(cut)
    assert shown(one(*cut)) == shown(one(*body))


def test_steps() -> None:
    written = Xml(
        '<{p}TextObject ID="5" Boundary="20 20 100 6" Size="5" Font="1">'
        '<{p}TextCode X="0" Y="5" DeltaX="g 4 5 g 1 2.5 2.5">关于做好202</{p}TextCode>'
        '<{p}TextCode X="27.5" DeltaX="2.5">4年</{p}TextCode></{p}TextObject>'
    )
    raw = one(written)
    assert shown(raw) == ["关于做好2024年"]
    assert raw.boxes[0].x1 == pytest.approx((20 + 35) * MM, abs=0.1)


def test_a_wide_gap_parts_columns() -> None:
    raw = one(Text("姓名单位", 30, 50, 5, [5, 60, 5]), Text("张三县水务局", 30, 60, 5, [5, 60, 5, 5, 5]))
    assert [round(b.x0 / MM) for b in raw.boxes] == [30, 95, 30, 95]


def test_a_text_set_wide_is_one_text() -> None:
    assert shown(one(Text("通知", 80, 50, 5, [12.0]))) in (["通知"], ["通　知"], ["通 知"])


def test_blanks_before_and_after() -> None:
    (box,) = one(Text("　　一、目标  ", 28, 50, 5)).boxes
    assert [box.x0 / MM, box.x1 / MM] == pytest.approx([38, 58], abs=0.1)


def test_horizontal_scale() -> None:
    (box,) = one(Text("水务局", 50, 50, 5, [2.5, 2.5], attributes='HScale="0.5"')).boxes
    assert box.x1 / MM == pytest.approx(57.5, abs=0.1)


def test_text_without_steps() -> None:
    xml = (
        '<{p}TextObject Boundary="20 20 60 6" Size="5"><{p}TextCode X="0" Y="5">水务局3号</{p}TextCode></{p}TextObject>'
    )
    (box,) = one(Xml(xml)).boxes
    assert box.x1 / MM == pytest.approx(20 + 22.5, abs=0.1)


def test_vertical_text() -> None:
    xml = (
        '<{p}TextObject Boundary="20 20 6 60" Size="5"><{p}TextCode X="0" Y="5" DeltaY="g 3 5">责任单位</{p}TextCode>'
        "</{p}TextObject>"
    )
    (box,) = one(Xml(xml)).boxes
    assert [round(v / MM) for v in box[3:7]] == [20, 21, 25, 41]


def test_lines_in_one_text_code() -> None:
    xml = (
        '<{p}TextObject Boundary="20 20 60 20" Size="5"><{p}TextCode X="0" Y="5" DeltaX="5 5 -10 5" DeltaY="0 0 20 0">'
        "水务局河道</{p}TextCode></{p}TextObject>"
    )
    assert shown(one(Xml(xml))) == ["水务局", "河道"]


def test_program_that_gives_each_fragment_the_place_of_its_line() -> None:
    parts = [
        Xml(
            f'<{{p}}TextObject Boundary="20 20 60 6" size="5"><{{p}}TextCode X="0" Y="5">{text}</{{p}}TextCode>'
            "</{p}TextObject>"
        )
        for text in ("2024", "年", "4", "月", "26", "日")
    ]
    assert shown(one(*parts)) == ["2024年4月26日"]


def test_text_printed_twice_is_one_text() -> None:
    text = Text("关于开展检查的通知", 60, 50)
    raw = one(text, replace(text, x=60.2), Text("关于开展检查的通知", 60, 90))
    assert shown(raw) == ["关于开展检查的通知"] * 2


def test_invisible_objects() -> None:
    hidden = [Text("看不见", 50, 50, attributes='Visible="false"'), Text("没有颜色", 50, 60, attributes='Alpha="0"')]
    assert shown(one(*hidden, Text("看得见", 50, 70))) == ["看得见"]


def test_watermark_is_set_aside() -> None:
    across = Text("内部资料", 0, 0, 20, ctm="0.7 0.7 -0.7 0.7 40 200")
    raw = one(*lines(NOTICE), across)
    assert shown(raw) == shown(one(*lines(NOTICE)))
    assert apart(raw) == ["内部资料"]


def test_watermark_across_the_text() -> None:
    across = Text("内部资料", 0, 0, 20, ctm="0.7 0.7 -0.7 0.7 40 40")
    assert shown(one(*lines(NOTICE), across)) == shown(one(*lines(NOTICE)))


@pytest.mark.parametrize(
    ("turn", "ctm"), [(90, "0 1 -1 0 {x} {y}"), (180, "-1 0 0 -1 {x} {y}"), (270, "0 -1 1 0 {x} {y}")]
)
def test_page_on_its_side(turn: int, ctm: str) -> None:
    """Text line n begins at 30, 40 + 10 n of the page as it is read."""
    items: list[Item] = []
    for n, text in enumerate(["一、组织全面检查。", "二、整改。", "三、严格验收。"]):
        x, y = 30, 40 + 10 * n
        at = {90: (210 - y, x), 180: (210 - x, 297 - y), 270: (y, 297 - x)}[turn]
        xml = f'<{{p}}TextObject Boundary="0 0 210 297" Size="5" CTM="{ctm.format(x=at[0], y=at[1])}">'
        items.append(Xml(f'{xml}<{{p}}TextCode X="0" Y="0">{text}</{{p}}TextCode></{{p}}TextObject>'))
    raw = one(*items)
    assert shown(raw) == ["一、组织全面检查。", "二、整改。", "三、严格验收。"]
    assert [(round(b.x0 / MM), round(b.y1 / MM)) for b in raw.boxes] == [(30, 41), (30, 51), (30, 61)]
    assert sizes(raw) == [(210, 297) if turn == 180 else (297, 210)]


def test_glyphs_without_characters() -> None:
    xml = (
        '<{p}TextObject Boundary="20 20 60 6" Size="5" Font="1"><{p}CGTransform CodePosition="0" GlyphCount="2">'
        '<{p}Glyphs>12 13</{p}Glyphs></{p}CGTransform><{p}TextCode X="0" Y="5"> </{p}TextCode></{p}TextObject>'
    )
    raw = one(Xml(xml), Text("水务局", 50, 50))
    assert shown(raw) == ["水务局"]
    assert codes(raw) == ["undecodable"]


def font(kind: int) -> bytes:
    """A font with nothing but a table of characters: 水 is glyph 12, 务 13, 局 14."""
    codes = {ord("水"): 12, ord("务"): 13, ord("局"): 14}
    ordered = sorted(codes)
    if kind == 12:
        groups = b"".join(struct.pack(">III", code, code, codes[code]) for code in ordered)
        table = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(codes)) + groups
    else:
        ends = [*ordered, 0xFFFF]
        deltas = [(codes[code] - code) & 0xFFFF for code in ordered] + [1]
        far = [0] * len(ends)
        if kind == 40:  # the glyph stands in a list of its own
            deltas[0], far[0] = 0, 2 * len(ends)
        words = [*ends, 0, *ends, *deltas, *far, codes[ordered[0]]]
        head = struct.pack(">HHHHHHH", 4, 14 + 2 * len(words), 0, 2 * len(ends), 0, 0, 0)
        table = head + struct.pack(f">{len(words)}H", *words)
    cmap = struct.pack(">HHHHI", 0, 1, 3, 10 if kind == 12 else 1, 12) + table
    return struct.pack(">IHHHH4sIII", 0x00010000, 1, 16, 0, 0, b"cmap", 0, 28, len(cmap)) + cmap


@pytest.mark.parametrize("kind", [4, 40, 12])
def test_glyphs_of_an_embedded_font(kind: int) -> None:
    named = '<{p}Font ID="7" FontName="A"><{p}FontFile>a.ttf</{p}FontFile></{p}Font>'
    for text in (" ", "\ue000\ue001\ue002", ""):
        xml = (
            '<{p}TextObject Boundary="20 20 60 6" Size="5" Font="7"><{p}CGTransform><{p}Glyphs>12 13 14</{p}Glyphs>'
            f'</{{p}}CGTransform><{{p}}TextCode X="0" Y="5" DeltaX="g 2 5">{text}</{{p}}TextCode></{{p}}TextObject>'
        )
        raw = one(Xml(xml), style=Style(fonts=named, extra={"Doc_0/Res/a.ttf": font(kind)}))
        assert (shown(raw), codes(raw)) == (["水务局"], [])
    cut = one(Xml(xml), style=Style(fonts=named, extra={"Doc_0/Res/a.ttf": font(kind)[:50]}))
    assert codes(cut) == ["undecodable"]


def test_glyphs_beside_characters() -> None:
    transform = '<{p}CGTransform CodePosition="0"><{p}Glyphs>12 13 14</{p}Glyphs></{p}CGTransform>'
    raw = one(Text("水务局", 50, 50, children=transform))
    assert (shown(raw), codes(raw)) == (["水务局"], [])


def test_objects_that_make_no_sense() -> None:
    bad = [
        '<{p}TextObject Boundary="a b c d" Size="x"><{p}TextCode X="0" Y="5">坏</{p}TextCode></{p}TextObject>',
        '<{p}TextObject Boundary="0 0 9 9" Size="5"><{p}TextCode X="nan" Y="5">坏</{p}TextCode></{p}TextObject>',
        '<{p}TextObject Boundary="1e99 0 9 9" Size="5"><{p}TextCode X="0" Y="1e300">坏</{p}TextCode></{p}TextObject>',
        "<{p}TextObject/>",
        '<{p}PathObject Boundary="0 0 9 9"><{p}AbbreviatedData>M L 9 x C B</{p}AbbreviatedData></{p}PathObject>',
        '<{p}CompositeObject ResourceID="77"/>',
        "<{p}Unknown/>",
    ]
    raw = one(*map(Xml, bad), Text("水务局", 50, 50))
    assert shown(raw) == ["水务局"]
    assert codes(raw) == ["damaged-file"]


# --- lines


def path(data: str, attributes: str = "", children: str = "") -> Xml:
    return Xml(
        f'<{{p}}PathObject Boundary="20 20 100 60" {attributes}>{children}'
        f"<{{p}}AbbreviatedData>{data}</{{p}}AbbreviatedData></{{p}}PathObject>"
    )


INSIDE = [Text(t, 25 + 50 * c, 28 + 20 * r, 4) for r, row in enumerate(["甲乙", "丙丁"]) for c, t in enumerate(row)]
TWO_BY_TWO = {
    "strokes": "M 0 0 L 100 0 M 0 20 L 100 20 M 0 40 L 100 40 M 0 0 L 0 40 M 50 0 L 50 40 M 100 0 L 100 40",
    "no blanks": "M0 0L100 0M0 20L100 20M0 40L100 40M0 0L0 40M50 0L50 40M100,0L100,40",
    "boxes": "S 0 0 L 50 0 L 50 20 L 0 20 C M 50 0 L 100 0 L 100 20 L 50 20 C "
    "M 0 20 L 50 20 L 50 40 L 0 40 C M 50 20 L 100 20 L 100 40 L 50 40 L 50 20",
}


@pytest.mark.parametrize("name", TWO_BY_TWO)
def test_paths(name: str) -> None:
    raw = one(path(TWO_BY_TWO[name]), *INSIDE)
    assert [[(c.row, c.column) for c in t.cells] for t in raw.tables] == [[(0, 0), (0, 1), (1, 0), (1, 1)]]


def test_paths_that_are_no_borders() -> None:
    data = TWO_BY_TWO["strokes"]
    white = '<{p}StrokeColor Value="255 255 255"/>'
    assert one(path(data, children=white), *INSIDE).tables == ()
    assert one(path(data, 'Stroke="false"'), *INSIDE).tables == ()
    assert one(path(data, 'Visible="false"'), *INSIDE).tables == ()
    assert one(path("M 0 0 B 30 0 60 40 100 40 Q 50 50 0 40 A 5 5 0 0 1 9 9"), *INSIDE).tables == ()


def test_clips_are_no_borders() -> None:
    clips = f"<{{p}}Clips><{{p}}Clip><{{p}}Area>{path(TWO_BY_TWO['strokes']).xml}</{{p}}Area></{{p}}Clip></{{p}}Clips>"
    assert one(*(replace(t, children=clips) for t in INSIDE)).tables == ()


# --- pages, templates, annotations, attachments


def test_template() -> None:
    head = Page([Text("云溪市水务局办公室", 28, 20, 4)])
    pages = [Page(list(PAGES[0].items), template="9"), Page(list(PAGES[1].items), template="9")]
    raw = read(write(pages, Style(templates={"9": head})))
    assert [b.page for b in raw.boxes if raw.raw[b.start : b.end] == "云溪市水务局办公室"] == [1, 2]
    missing = read(write([Page([Text("水务局", 50, 50)], template="8")]))
    assert (shown(missing), codes(missing)) == (["水务局"], ["damaged-file"])


def test_page_boxes() -> None:
    raw = read(write([Page([Text("水务局", 60, 80)], box="10 20 297 210"), Page([Text("河道科", 60, 80)])]))
    assert sizes(raw) == [(297, 210), (210, 297)]
    assert [round(b.x0 / MM) for b in raw.boxes] == [50, 60]


def test_text_beside_the_page() -> None:
    assert shown(one(*lines(NOTICE), Text("裁切线", 400, 50)))[-1] != "裁切线"
    low = write([Page(lines(NOTICE))], Style(box="0 0 140 60"))
    assert "".join(shown(read(low))) == "".join(shown(one(*lines(NOTICE))))


def test_annotations() -> None:
    def annotation(kind: str, text: str, more: str = "") -> str:
        code = f'<{{p}}TextCode X="0" Y="5">{text}</{{p}}TextCode>'
        shown = f'<{{p}}TextObject Boundary="0 0 60 8" Size="5">{code}</{{p}}TextObject>'
        shown = f'<{{p}}Appearance Boundary="100 200 60 8">{shown}</{{p}}Appearance>'
        return f'<{{p}}Annot ID="1" Type="{kind}" {more}>{shown}</{{p}}Annot>'

    notes = annotation("Watermark", "云溪市水务局内部") + annotation("Stamp", "看不见", 'Visible="false"')
    link = (
        '<{p}Annot Type="Link"><{p}Actions><{p}Action Event="CLICK"><{p}URI URI="http://a.example/b"/></{p}Action></{p}Actions>'
        '<{p}Appearance Boundary="40 18 110 16"/></{p}Annot>'
    )
    raw = read(write(PAGES, Style(annotations={1: notes + link})))
    assert apart(raw) == ["云溪市水务局内部"]
    assert "看不见" not in raw.raw
    assert [(raw.raw[s:e], target) for s, e, target in raw.links] == [("云溪市水务局文件", "http://a.example/b")]


def test_attachments() -> None:
    style = Style(attachments={"水务局河道科.docx": b"PK", "附表.xlsx": b"PK"})
    raw = one(Text("联系单位：水务局河道科", 50, 50), style=style)
    assert [(raw.raw[s:e], target) for s, e, target in raw.links] == [("水务局河道科", "Doc_0/Attachs/file_0")]
    assert codes(raw) == ["enclosed-file"] * 2


def test_several_documents() -> None:
    raw = read(write(PAGES, more=[[Page([Text("附件", 28, 40)])]]))
    assert raw.pages == 3
    assert shown(raw)[-1] == "附件"
    assert [b.place.page for b in raw.blocks][-1] == 3
    assert codes(raw) == ["several-documents"]


def test_the_same_document_twice() -> None:
    data = write(PAGES)
    entry = part(data, "OFD.xml")
    body = entry[entry.index("<ofd:DocBody>") : entry.index("</ofd:OFD>")]
    raw = read(repacked(data, {"OFD.xml": entry.replace(body, body * 2).encode()}))
    assert (raw.pages, codes(raw)) == (2, [])


def test_current_version() -> None:
    old, new = write([Page([Text("旧稿", 50, 50)])]), write([Page([Text("定稿", 50, 50)])])
    change: dict[str, bytes | None] = {
        name.replace("Doc_0", "Doc_0/V2"): zipfile.ZipFile(io.BytesIO(new)).read(name)
        for name in zipfile.ZipFile(io.BytesIO(new)).namelist()
        if name.startswith("Doc_0")
    }
    versions = (
        '<ofd:Versions><ofd:Version ID="1" Index="1" BaseLoc="Doc_0/V1.xml"/>'
        '<ofd:Version ID="2" Index="2" Current="true" BaseLoc="Doc_0/V2.xml"/></ofd:Versions></ofd:DocBody>'
    )
    change["OFD.xml"] = part(old, "OFD.xml").replace("</ofd:DocBody>", versions).encode()
    change["Doc_0/V2.xml"] = b"<DocVersion ID='2'><DocRoot>/Doc_0/V2/Document.xml</DocRoot></DocVersion>"
    assert shown(read(repacked(old, change))) == ["定稿"]


# --- pages that are images


def picture(width: int = 210, height: int = 297) -> bytes:
    Pillow = pytest.importorskip("PIL.Image")  # noqa: N806
    stream = io.BytesIO()
    Pillow.new("RGB", (width, height), "white").save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Recognition that always reads 水务局 at 10, 10 and notes how large the images were."""
    sizes: list[tuple[int, int]] = []

    def read_page(image: Any, number: int, scale: float, budget: Any) -> Laid:
        sizes.append((round(image.width * scale / MM), round(image.height * scale / MM)))
        return Laid(
            number, image.width * scale, image.height * scale, [Run("水务局", 10, 10, 40, 20, 10, confidence=0.9)]
        )

    monkeypatch.setattr(ocr, "read_page", read_page)
    return sizes


def test_image_pages(seen: list[tuple[int, int]]) -> None:
    raw = read(write([Page([Image(0, 0, 210, 297, picture())]), Page([Text("河道科", 50, 50)])]))
    assert shown(raw) == ["水务局", "河道科"]
    assert seen == [(210, 297)]
    assert "ocr-text" in codes(raw)
    inset = read(write([Page([Image(20, 30, 170, 240, picture(170, 240))])]))
    assert inset.boxes[0].x0 == pytest.approx(10 + 20 * MM)


def test_strips(seen: list[tuple[int, int]]) -> None:
    strips: list[Item] = [Image(0, 99 * n, 210, 99, picture(210, 99)) for n in range(3)]
    assert shown(one(*strips)) == ["水务局"]
    assert seen == [(210, 297)]


def test_when_images_are_not_read(seen: list[tuple[int, int]]) -> None:
    image = Image(0, 0, 210, 297, picture())
    raw = read(write([Page([image])]), ocr="never")
    assert (shown(raw), codes(raw)) == ([], ["page-without-text"])
    assert shown(one(image, *lines(NOTICE))) == shown(one(*lines(NOTICE)))  # has text of its own
    assert shown(one(image, Text("河道科", 50, 50, attributes='Alpha="0"'))) == ["河道科"]  # recognised by its maker
    logo = one(Image(10, 10, 30, 30, picture()))
    assert (shown(logo), codes(logo)) == ([], [])
    assert seen == []


def test_a_stamped_scan(seen: list[tuple[int, int]]) -> None:
    raw = one(Image(0, 0, 210, 297, picture()), Text("收文第12号", 150, 280))
    assert (shown(raw), apart(raw)) == (["水务局"], ["收文第12号"])


def test_always(seen: list[tuple[int, int]]) -> None:
    data = write([Page([Image(0, 0, 210, 297, picture()), *lines(NOTICE)])])
    assert shown(read(data, ocr="always")) == ["水务局"]


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: Any) -> Any:
        raise MissingExtra("pip install it")

    monkeypatch.setattr(ocr, "read_page", missing)
    image = Image(0, 0, 210, 297, picture())
    with pytest.raises(MissingExtra):
        read(write([Page([image])]))
    raw = read(write([Page([image]), Page([Text("河道科", 50, 50)])]))
    assert (shown(raw), codes(raw)) == (["河道科"], ["page-without-text"])


def test_images_that_cannot_be_opened(seen: list[tuple[int, int]]) -> None:
    raw = one(Image(0, 0, 210, 297, b"\x97JB2\r\n", "jb2"))
    assert sorted(codes(raw)) == ["damaged-file", "page-without-text"]
    data = repacked(write([Page([Image(0, 0, 210, 297, picture())])]), {"Doc_0/Res/image_0.png": None})
    assert sorted(codes(read(data))) == ["damaged-file", "page-without-text"]
    assert seen == []


def jbig2(
    width: int, height: int, black: tuple[int, int, int, int], *, head: bool = True, in_turn: bool = True
) -> bytes:
    """A page with a black box: one region, coded as fax machines do (MMR)."""
    Pillow = pytest.importorskip("PIL.Image")  # noqa: N806
    page = Pillow.new("1", (width, height), 0)  # to the encoder 0 is white
    page.paste(1, black)
    stream = io.BytesIO()
    page.save(stream, "TIFF", compression="group4")
    tiff = Pillow.open(io.BytesIO(stream.getvalue()))
    start, size = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    assert len(tiff.tag_v2[273]) == 1
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + stream.getvalue()[start : start + size]
    information = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    segments = [(48, information), (38, region), (49, b""), (51, b"")]
    headers = [struct.pack(">IBBBI", n, kind, 0, 1, len(d)) for n, (kind, d) in enumerate(segments)]
    if in_turn:
        body = b"".join(h + d for h, (_, d) in zip(headers, segments, strict=True))
    else:
        body = b"".join(headers) + b"".join(d for _, d in segments)
    return (b"\x97JB2\r\n\x1a\n" + (b"\x01" if in_turn else b"\0") + b"\0\0\0\x01" if head else b"") + body


@pytest.mark.parametrize(("head", "in_turn"), [(True, True), (True, False), (False, True)])
def test_black_and_white_scans_are_opened(head: bool, in_turn: bool, seen: list[tuple[int, int]]) -> None:
    data = jbig2(420, 594, (100, 200, 300, 260), head=head, in_turn=in_turn)
    picture = open_jbig2(data)
    assert picture.size == (420, 594)
    assert [picture.getpixel(at) for at in ((10, 10), (99, 230), (200, 230), (301, 230), (200, 261))] == [
        *(255, 255, 0, 255, 255)
    ]
    assert shown(one(Image(0, 0, 210, 297, data, "jb2"))) == ["水务局"]
    assert seen == [(210, 297)]


def test_damaged_black_and_white_scans() -> None:
    data = jbig2(420, 594, (100, 200, 300, 260))
    for end in range(0, len(data), 3):
        with suppress(ValueError):
            open_jbig2(data[:end])
    wide = data.replace(struct.pack(">II", 420, 594), struct.pack(">II", 1 << 20, 1 << 20))
    with pytest.raises(ValueError, match="1048576 x 1048576"):
        open_jbig2(wide)


RING = "M 0 0 B 10 0 20 0 30 0 L 30 30 L 0 30 C M 5 5 L 5 25 L 25 25 L 25 5 C M 10 10 L 20 10 L 20 20 L 10 20 C"
"""回: an outline, a hole that runs the other way round, and what is in the hole."""


def test_page_of_outlines(seen: list[tuple[int, int]]) -> None:
    items = [path(RING, 'Fill="true" Stroke="false"') for _ in range(150)]
    raw = one(*items)
    assert (shown(raw), codes(raw)[0]) == (["水务局"], "ocr-text")
    assert seen == [(210, 297)]
    assert codes(read(write([Page(list(items))]), ocr="never")) == ["page-without-text"]
    assert shown(one(*items, Text("河道科", 50, 150))) == ["河道科"]
    assert shown(one(*items[:5])) == []  # a drawing, a logo


def test_outlines_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Any] = []

    def read_page(image: Any, number: int, scale: float, budget: Any) -> Laid:
        found.extend(
            image.getpixel((round(mm * MM / scale), round(35 * MM / scale))) for mm in (15, 22, 28, 35, 42, 48, 55)
        )
        return Laid(number, 1, 1, [])

    monkeypatch.setattr(ocr, "read_page", read_page)
    one(*(path(RING, 'Fill="true" Stroke="false"', '<{p}FillColor Value="200 0 0"/>') for _ in range(150)))
    white, red = (255, 255, 255), (200, 0, 0)
    assert found == [white, red, white, red, white, red, white]


# --- damage and hostility


def test_damaged_parts() -> None:
    data = write(PAGES)
    whole = shown(read(data))
    page = part(data, "Doc_0/Pages/Page_1/Content.xml")
    gone = read(repacked(data, {"Doc_0/Pages/Page_1/Content.xml": None}))
    assert (gone.pages, codes(gone)) == (2, ["damaged-file"])
    assert shown(gone) == whole[: len(shown(gone))]
    cut = read(repacked(data, {"Doc_0/Pages/Page_1/Content.xml": page[: len(page) // 2].encode()}))
    assert codes(cut) == ["damaged-file"]
    assert shown(cut)[: len(shown(gone))] == shown(gone)
    control = read(
        repacked(data, {"Doc_0/Pages/Page_1/Content.xml": page.replace("局河道科", "局\x0b河道科").encode()})
    )
    assert codes(control) == ["damaged-file"]
    for name in ("Doc_0/PublicRes.xml", "Doc_0/DocumentRes.xml"):
        assert shown(read(repacked(data, {name: None}))) == whole


def test_gbk_without_a_word() -> None:
    """A part that says UTF-8, or nothing, and is GBK."""
    data = write(PAGES)
    change: dict[str, bytes | None] = {
        f"Doc_0/Pages/Page_{n}/Content.xml": part(data, f"Doc_0/Pages/Page_{n}/Content.xml").encode("gb18030")
        for n in (0, 1)
    }
    assert read(repacked(data, change)).raw == read(data).raw


@pytest.mark.parametrize("name", ["OFD.xml", "Doc_0/Document.xml"])
def test_no_document(name: str) -> None:
    data = write(PAGES)
    for content in (None, b"", b"<", b"<a/>"):
        with pytest.raises(PolicyParseError):
            found = readers.read(repacked(data, {name: content}), "a.ofd")
            assert not shown(found)
            raise UnreadableFile("a document without pages")


def test_encrypted() -> None:
    data = repacked(write(PAGES), {"Encryptions.xml": b"<Encryptions/>"})
    with pytest.raises(UnreadableFile, match="encrypted"):
        read(data)


def test_truncated_and_flipped() -> None:
    data = write(PAGES, Style(templates={"9": Page([Text("页眉", 28, 20, 4)])}, unit="word"))
    noise = random.Random(5)
    broken = [data[:at] for at in range(0, len(data), len(data) // 40)]
    for _ in range(60):
        flipped = bytearray(data)
        for _ in range(noise.randint(1, 8)):
            flipped[noise.randrange(len(data))] ^= 1 << noise.randrange(8)
        broken.append(bytes(flipped))
    for each in broken:
        if not each.startswith(b"PK\x03\x04"):
            continue
        try:
            raw = readers.read(each, "a.ofd")
        except PolicyParseError:
            continue
        assert all(0 <= b.start <= b.end <= len(raw.raw) for b in raw.blocks)


def test_flipped_xml() -> None:
    data = write(PAGES)
    name = "Doc_0/Pages/Page_0/Content.xml"
    page = part(data, name)
    noise = random.Random(6)
    for _ in range(60):
        at = noise.randrange(len(page))
        changed = page[:at] + noise.choice("<>\"' 0-g&x/\x00") + page[at + 1 :]
        assert readers.read(repacked(data, {name: changed.encode()}), "a.ofd").pages == 2


def test_bomb() -> None:
    data = write(PAGES)
    bomb = b"<Page>" + b" " * 30_000_000 + b"</Page>"
    with pytest.raises(LimitExceeded):
        read(repacked(data, {"Doc_0/Pages/Page_1/Content.xml": bomb}))
    with pytest.raises(LimitExceeded):
        read(write([Page([])] * 30), limits=Limits(pages=20))


def unit(key: int, used: int, times: int) -> str:
    inner = f'<ofd:CompositeObject ResourceID="{used}" Boundary="0 0 210 297"/>' * times
    text = '<ofd:TextObject Boundary="0 0 9 9" Size="5"><ofd:TextCode X="0" Y="5">笑</ofd:TextCode></ofd:TextObject>'
    return f'<ofd:CompositeGraphicUnit ID="{key}"><ofd:Content>{inner}{text}</ofd:Content></ofd:CompositeGraphicUnit>'


HOSTILE: dict[str, tuple[str, Item]] = {
    "composites that use themselves": (
        unit(1, 1, 2),
        Xml('<{p}CompositeObject ResourceID="1" Boundary="0 0 210 297"/>'),
    ),
    "composites of composites": (
        "".join(unit(n, n + 1, 12) for n in range(1, 11)),
        Xml('<{p}CompositeObject ResourceID="1" Boundary="0 0 210 297"/>'),
    ),
    "endless steps": (
        "",
        Xml(
            '<{p}TextObject Boundary="0 0 9 9" Size="5"><{p}TextCode X="0" Y="5" DeltaX="g 999999999 5 g -3 1 g x y g">'
            "水务局</{p}TextCode></{p}TextObject>"
        ),
    ),
    "nested blocks": ("", Xml("<{p}PageBlock>" * 150 + "</{p}PageBlock>" * 150)),
    "a long path": ("", path("M 0 0 " + "L 10 0 L 10 10 " * 60_000)),
    "a path without operators": ("", path("1 " * 200_000)),
    "a long text": ("", Text("水" * 50_000, 10, 50, 5)),
    "steps without number": ("", Text("水" * 5_000, 10, 50, 5, attributes="", steps=[5.0] * 90_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    units, item = HOSTILE[name]
    data = write([Page([item, Text("水务局", 100, 150)])])
    resources = part(data, "Doc_0/DocumentRes.xml").replace(
        "</ofd:Res>", f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    began = time.process_time()
    raw = read(repacked(data, {"Doc_0/DocumentRes.xml": resources.encode()}))
    assert "水务局" in raw.raw
    assert time.process_time() - began < 12


def test_entities_are_not_followed() -> None:
    data = write([Page([Text("水务局", 50, 50)])])
    name = "Doc_0/Pages/Page_0/Content.xml"
    page = part(data, name).replace(
        "?>", '?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY f "多">]>', 1
    )
    raw = readers.read(repacked(data, {name: page.replace("水务局", "水&e;务&f;局").encode()}), "a.ofd")
    assert raw.raw in ("水务局", "水", "", "水务多局")
