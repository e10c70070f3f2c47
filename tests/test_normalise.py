"""Normalising: the map to the source is exact, nothing is lost, and the work is linear."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyparse import readers
from policyparse.diagnostics import Report
from policyparse.normalise import normalise
from policyparse.normalise.begin import _ORDINARY, _STRANGE, _is_unusual, canonical_width
from policyparse.source import Place, RawBlock, RawCell, RawDoc, RawTable
from policyparse.text import Text

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "corpora" / "notices").glob("*.txt"))


def assert_exact(text: Text) -> None:
    """Segments cover the text in order; every source character but white space is in a segment or set aside."""
    raw = text.source.raw
    assert [text.string[x.start : x.end] for x in text.lines] == (text.string.split("\n") if text.string else [])
    seen = [0] * len(raw)
    at = 0
    for start, length, source_start, source_length in text.segments:
        assert start == at
        at += length
        if length == source_length:
            made = text.string[start:at]
            assert canonical_width(raw)[source_start:][:length].split() == made.split()
        for i in range(len(raw[source_start : source_start + source_length])):
            seen[source_start + i] += 1
    assert at == len(text.string)
    for part in text.set_aside:
        for i in range(part.source_start, part.source_end):
            seen[i] += 1
    assert all(n == 1 for n, c in zip(seen, raw, strict=True) if not c.isspace())


def test_blanks_of_printers_widths_are_ordinary_ones() -> None:
    """&emsp; and &ensp; of web pages pad names and labels as full-width and common blanks do."""
    text = normalise(readers.read("组\u2003长：王\u2003强\u2002某县县长\n一、\u2009总则".encode(), None))
    assert text.string == "组\u3000长：王\u3000强 某县县长\n一、 总则"


def test_digits_that_were_letters_are_told() -> None:
    report = Report()
    text = normalise(readers.read("青政发〔2O21〕3号，9月l0日前购置O2传感器。".encode(), None), report)
    assert text.string == "青政发〔2021〕3号，9月10日前购置O2传感器。"
    assert [(d.code, d.severity) for d in report] == [("digits-mended", "warning")]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_samples(path: Path) -> None:
    text = normalise(readers.read(path.read_bytes(), path.name))
    assert_exact(text)
    again = normalise(readers.read(text.string.encode(), None))
    assert again.string == text.string


PIECES = (
    "一、|（一）|1.|2.|1、|（1）|①|第一阶段：|第二条 |。|，|；|：|\n|\n\n| |　　|某某市人民政府|关于印发方案的通知"
    "|各县区：|2018年3月1日|二〇一八年三月一日|附件：|附件1 |— 3 —|第1页 共2页|组 长：|成 员：|抄送：|印发|<b>|</b>"
    "|<br/>|&nbsp;|&ldquo;|**|Р|\u200b|\ufeff|２０１８|％|（|）|《|》|“|”|时间：2016-04-19 11:27 微信 |当前位置： 首页 "
    "| 附件下载|\t|\r\n|为进一步规范行业管理，确保市场健康发展，|责任单位：市财政局|〔2016〕73号|⼀|abc|word"
)
PARTS = st.sampled_from(PIECES.split("|"))


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS, max_size=60).map("".join))
def test_nothing_is_lost(string: str) -> None:
    assert_exact(normalise(readers.read(string.encode(), None)))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text(string: str) -> None:
    raw = RawDoc(string, (RawBlock(0, len(string)),) if string else ())
    assert_exact(normalise(raw))


def test_values_map_to_their_source() -> None:
    source = "某某市　<b>２０２１年</b>\n工作方案"
    raw = RawDoc(source, (RawBlock(0, len(source)),))
    text = normalise(raw)
    at = text.string.index("2021年")
    start, end = text.to_source(at, at + 5)
    assert source[start:end] == "２０２１年"


def test_table_rows_are_lines_of_cells() -> None:
    source = "题目\n任务\t单位\n<p>修 路</p>\t市交通局\n市财政局\n注"
    cells = (RawCell(3, 5, 0, 0), RawCell(6, 8, 0, 1), RawCell(9, 19, 1, 0), RawCell(20, 29, 1, 1))
    table = RawTable(3, 29, cells, Place(table=1, page=2))
    blocks = (RawBlock(0, 2), *(RawBlock(c.start, c.end, "cell") for c in cells), RawBlock(30, 31))
    text = normalise(RawDoc(source, blocks, (table,)))
    assert_exact(text)
    assert text.string == "题目\n任务\t单位\n修 路\t市交通局 市财政局\n注"
    assert [line.table for line in text.lines] == [None, 0, 0, None]
    (made,) = text.tables
    assert made.page == 2
    assert [text.string[c.start : c.end] for c in made.cells] == ["任务", "单位", "修 路", "市交通局 市财政局"]


def test_meta_and_boilerplate() -> None:
    source = "首页 > 公开\n文号：某发〔2020〕1号\n正文。"
    blocks = (RawBlock(0, 7, "boilerplate"), RawBlock(8, 21, "meta"), RawBlock(22, 25))
    text = normalise(RawDoc(source, blocks))
    assert_exact(text)
    assert [(text.string[x.start : x.end], x.meta) for x in text.lines] == [
        ("文号：某发〔2020〕1号", True),
        ("正文。", False),
    ]
    assert [(d.step, source[d.source_start : d.source_end]) for d in text.set_aside] == [("boilerplate", "首页 > 公开")]


def test_indent_is_remembered() -> None:
    text = normalise(readers.read("组　长：张　三　　副市长\n　　　　李　四　　市政府副秘书长\n".encode(), None))
    assert [line.indent for line in text.lines] == [0, 4]


def test_repairs_are_reported_once_with_their_number() -> None:
    report = Report()
    normalise(readers.read("一\n、加强领导\n窗口“\n一站式”服务。\n".encode(), None), report)
    assert [(d.code, d.message[:2]) for d in report] == [("line-joined", "2 ")]


HOSTILE = {
    "unclosed brackets": "（" * 100_000,
    "unclosed titles": "《一" * 100_000,
    "one long line": "一、提高认识。各单位要高度重视，抓好落实。（一）加强领导。1.明确责任。2.抓好督查。" * 60_000,
    "one digit": "1" * 1_000_000,
    "numbers": "1.一、（一）" * 100_000,
    "spaces": "字 " * 500_000,
    "open tags": "<a " * 200_000,
    "signatures": "某某局2016年4月18日" * 50_000,
    "wrapped lines": "各乡镇要加强领导，落实责任，做好有关工作，确保\n" * 100_000,
    "the same sentence": "云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜。" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_linear(name: str) -> None:
    string = HOSTILE[name]
    began = time.perf_counter()
    text = normalise(readers.read(string.encode(), None))
    assert time.perf_counter() - began < 15 * max(1, len(string) / 1_000_000)
    assert text.lines


def test_unusual_characters_are_told_from_ordinary_ones() -> None:
    strange = re.compile(f"[{_STRANGE}]")
    for char in map(chr, range(0x11000)):
        assert (_ORDINARY.fullmatch(char) is None) == (strange.match(char) is not None), ascii(char)
    assert not _is_unusual("一、，：“”\r\n\u3000二、")
    assert all(_is_unusual(text) for text in ("一\r二", "\t", "２0", "\u200b"))
