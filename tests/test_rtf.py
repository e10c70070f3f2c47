"""Rich Text: Chinese in every way that programs write it, and the structure that plain conversions lose."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from policyparse import readers
from policyparse.errors import PolicyParseError
from policyparse.limits import Limits, ReadOptions
from policyparse.source import RawDoc

FONTS = r"{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\froman\fcharset0 Times New Roman;}}"


def hexa(string: str, encoding: str = "gbk") -> str:
    return "".join(c if c.isascii() else "".join(rf"\'{b:02x}" for b in c.encode(encoding)) for c in string)


def read(body: str, head: str = r"\ansi\ansicpg936\deff0" + FONTS) -> RawDoc:
    return readers.read(f"{{\\rtf1{head}\n{body}}}".encode("latin-1"), "通知.rtf")


def blocks(raw: RawDoc, kind: str = "paragraph") -> list[str]:
    return [raw.raw[b.start : b.end] for b in raw.blocks if b.kind == kind]


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (hexa("关于镕的通知"), r"\ansi\ansicpg936\deff0" + FONTS),
        (r"\f1 " + hexa("关于镕的通知"), r"\ansi\ansicpg936\deff0" + FONTS),
        (r"\f0 " + hexa("关于镕的通知"), r"\ansi\ansicpg1252\deff1" + FONTS),
        (hexa("关于镕的通知"), r"\ansi\deff0"),
        (hexa("关于") + r"\'e9F" + hexa("的通知"), r"\ansi\ansicpg936\deff0" + FONTS),
        (hexa("關於鎔的通知", "big5"), r"\ansi\ansicpg950\deff0{\fonttbl{\f0\fcharset136 x;}}"),
        (r"\u20851?\u20110?\u-27307?\u30340?\u-28646?\u30693?", r"\ansi\ansicpg1252"),
        (r"\uc2\u20851\'b9\'d8\u20110\'d3\'da\uc1 \u-27307?" + hexa("的通知"), r"\ansi\ansicpg936\deff0" + FONTS),
    ],
)
def test_chinese_in_every_spelling(body: str, head: str) -> None:
    assert blocks(read(body + r"\par", head)) in (["关于镕的通知"], ["關於鎔的通知"])


def test_a_character_of_two_halves() -> None:
    assert blocks(read(r"\u-10179?\u-8704?\par")) == ["\U0001f600"]


def test_paragraphs_with_alignment_and_outline() -> None:
    body = r"\pard\qc " + hexa("标题") + r"\par\pard\outlinelevel0 " + hexa("一、总则") + r"\par\pard\qr "
    raw = read(body + hexa("某局") + r"\line " + hexa("某日") + r"\par")
    assert [(b.align, b.heading) for b in raw.blocks] == [
        ("center", None),
        (None, 1),
        ("right", None),
        ("right", None),
    ]


def test_a_table_with_merged_cells() -> None:
    def row(*cells: str, definition: str) -> str:
        return rf"\trowd{definition}\pard\intbl " + "".join(hexa(c) + r"\cell " for c in cells) + r"\row "

    lines = r"\clbrdrl\brdrs\clbrdrr\brdrs"
    body = r"\pard " + hexa("前") + r"\par "
    body += row(
        "序号", "单位", "", definition=rf"\clvmgf{lines}\cellx500\clmgf{lines}\cellx1500\clmrg{lines}\cellx2500"
    )
    body += row("", "牵头", "配合", definition=rf"\clvmrg{lines}\cellx500{lines}\cellx1500{lines}\cellx2500")
    body += row("1", "甲科", "乙科", definition=rf"{lines}\cellx500{lines}\cellx1500{lines}\cellx2500")
    raw = read(body + r"\pard " + hexa("后") + r"\par")
    assert blocks(raw) == ["前", "后"]
    cells = {raw.raw[c.start : c.end]: (c.row, c.column, c.rowspan, c.colspan) for c in raw.tables[0].cells}
    assert cells["序号"] == (0, 0, 2, 1)
    assert cells["单位"] == (0, 1, 1, 2)
    assert cells["配合"] == (1, 2, 1, 1)
    assert cells["甲科"] == (2, 1, 1, 1)


def test_what_stands_apart_and_what_is_not_shown() -> None:
    body = r"{\header\pard " + hexa("页眉") + r"\par}\pard " + hexa("正文") + r"{\footnote\pard " + hexa("脚注") + "}"
    body += r"{\deleted " + hexa("删去") + r"}{\v " + hexa("隐藏") + r"}{\*\bkmkstart a}" + hexa("。") + r"\par"
    raw = read(body)
    assert blocks(raw) == ["正文。"]
    assert blocks(raw, "boilerplate") == ["页眉", "脚注"]


def test_text_boxes_once_and_pictures_not_at_all() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt\pard " + hexa("框") + r"\par}}"
    box += r"{\shprslt{\*\do{\dptxbxtext\pard " + hexa("框") + r"\par}}}}"
    body = r"\pard " + box + r"{\*\shppict{\pict\pngblip 89504e47}}{\pict\wmetafile8\bin4 {}}}" + "}" + hexa("正文")
    assert blocks(read(body + r"\par")) == ["框", "正文"]


def test_numbers_and_links() -> None:
    body = r"\pard{\listtext\f0 " + hexa("一、") + r"\tab}" + hexa("总则") + r"\par{\pntext\f0 1.\tab}" + hexa("项目")
    body += r"\par{\listtext\f0 " + hexa("第一章") + r"\tab}" + hexa("范围") + r"\par"
    body += r'{\field{\*\fldinst{HYPERLINK "http://example.gov.cn/a.doc"}}{\fldrslt{\ul ' + hexa("附件") + r"}}}\par"
    raw = read(body)
    assert blocks(raw) == ["一、总则", "1.项目", "第一章 范围", "附件"]
    ((start, end, target),) = raw.links
    assert (raw.raw[start:end], target) == ("附件", "http://example.gov.cn/a.doc")


def test_a_file_that_ends_too_early_gives_what_it_has() -> None:
    raw = readers.read(rf"{{\rtf1\ansi\ansicpg936{FONTS}\pard {hexa('正文')}".encode("latin-1"), "a.rtf")
    assert blocks(raw) == ["正文"]
    assert raw.warnings[0][0] == "damaged-file"


@pytest.mark.parametrize(
    "unit",
    [
        "{",
        "{}",
        r"{\field{\*\fldinst{HYPERLINK ",
        r'{\field{\*\fldinst{HYPERLINK "a"}}{\fldrslt x}}',
        r"{\fonttbl{\f1",
        r"{\stylesheet{\s1\b ",
        r"{\listtext 1.\tab}",
        r"a\cell ",
        r"\itap9 a\nestcell\nestrow ",
        r"{\header a}",
        r"\bin99999999 ",
        r"\u99999999 \'zz\uc-3 ",
    ],
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    began = time.perf_counter()
    with contextlib.suppress(PolicyParseError):
        readers.read(b"{\\rtf1\\ansi " + unit.encode() * 20_000, "a.rtf", ReadOptions(limits=Limits(seconds=20)))
    assert time.perf_counter() - began < 10


def test_flipped_and_missing_bytes_end_in_a_document_or_an_error() -> None:
    chance = random.Random(3)
    lines = r"\trowd\clbrdrl\brdrs\cellx500\cellx900\pard\intbl a\cell b\cell\row "
    whole = (r"{\rtf1\ansi\ansicpg936" + FONTS + hexa("关于检查的通知") + r"\par " + lines * 4 + "}").encode()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 20))):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        with contextlib.suppress(PolicyParseError):
            readers.read(bytes(data[: chance.randrange(8, len(data))]), "a.rtf")
