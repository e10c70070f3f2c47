"""Word 97 files: what a reader of the page sees, in the order of the page."""

from __future__ import annotations

import contextlib
import random
import struct
import time
from pathlib import Path

import pytest

from policyparse import readers
from policyparse.errors import PolicyParseError, UnreadableFile
from policyparse.limits import Limits, ReadOptions
from policyparse.source import RawDoc

from .doc_maker import Piece, compound, sprm, word

IN_TABLE = sprm(0x2416)
DELETED, HIDDEN = sprm(0x0800), sprm(0x083C)


def blocks(raw: RawDoc, kind: str = "paragraph") -> list[str]:
    return [raw.raw[b.start : b.end] for b in raw.blocks if b.kind == kind]


def read(data: bytes, name: str = "通知.doc") -> RawDoc:
    return readers.read(data, name)


def row_end(edges: list[int], merges: list[int] | None = None, *, lines: bool = True) -> bytes:
    """End of a table row: cell borders in 1/20 point, and the bits that merge each cell."""
    merges = merges or [0] * (len(edges) - 1)
    line = bytes([4, 1, 0, 0]) if lines else bytes(4)
    cells = b"".join(struct.pack("<HH", bits, 0) + line * 4 for bits in merges)
    operand = bytes([len(merges)]) + struct.pack(f"<{len(edges)}h", *edges) + cells
    return IN_TABLE + sprm(0x2417) + struct.pack("<HH", 0xD608, len(operand) + 1) + operand


def table_of(rows: list[list[str]], ends: list[bytes], before: str = "", after: str = "") -> bytes:
    text, paragraphs = before, {}
    number = before.count("\r")
    for cells, end in zip(rows, ends, strict=True):
        for cell in cells:
            paragraphs.update({number + n: IN_TABLE for n in range(cell.count("\r") + 1)})
            number += cell.count("\r") + 1
            text += cell + "\x07"
        paragraphs[number] = end
        number += 1
        text += "\x07"
    return word(text + after, paragraphs=paragraphs)


def test_paragraphs_with_alignment_and_outline() -> None:
    data = word(
        "某某市教育局文件\r关于开展检查的通知\r各学校：\r一、总体要求\r某某市教育局\r",
        paragraphs={0: sprm(0x2461), 1: sprm(0x2403), 3: sprm(0x2640, 0), 4: sprm(0x2461, 2)},
    )
    raw = read(data)
    assert (raw.reader, raw.media_type) == ("doc", "application/msword")
    assert [b.align for b in raw.blocks] == ["center", "center", None, None, "right"]
    assert [b.heading for b in raw.blocks] == [None, None, None, 1, None]
    assert blocks(raw)[1] == "关于开展检查的通知"
    assert not raw.warnings


def test_both_names_of_the_table_stream() -> None:
    assert blocks(read(word("通知正文。\r", table_name="1Table"))) == ["通知正文。"]


def test_a_fast_saved_file_is_put_in_order_by_its_pieces() -> None:
    pieces = [Piece("第一段写在后面。\r", order=2), Piece("No. 2, 2019\r", True, 0), Piece("第三段在中间。\r", order=1)]
    assert blocks(read(word(pieces, flags=0x4))) == ["第一段写在后面。", "No. 2, 2019", "第三段在中间。"]


def test_what_a_fast_save_lays_over_a_piece_counts() -> None:
    pieces = [Piece("留下的"), Piece("删去的", prm=0x41 << 1 | 1 << 8), Piece("话。\r"), Piece("隐藏。\r", prm=1)]
    assert blocks(read(word(pieces, shared=[HIDDEN]))) == ["留下的话。"]
    pieces = [Piece("标题\r", prm=0x05 << 1 | 1 << 8), Piece("正文。\r")]
    assert [b.align for b in read(word(pieces)).blocks] == ["center", None]


def test_narrow_pieces_hold_windows_characters_or_chinese_double_bytes() -> None:
    assert blocks(read(word([Piece("“A”—Б"[:4] + "\r", True)]))) == ["“A”—"]
    pieces = [Piece("老转换器写的正文\r", True, encoding="gbk")]
    assert blocks(read(word(pieces)))[0] == "老转换器写的正文"


def test_deleted_and_hidden_text_is_left_out_and_joins_its_paragraphs() -> None:
    text = "请认真务必落实。\r第二段。\r"
    data = word(text, characters=[(0, 3, b""), (3, 5, DELETED), (5, 7, b""), (7, 9, DELETED), (9, 11, b"")])
    assert blocks(read(data)) == ["请认真落实第二段。"]


def test_fields_show_their_result() -> None:
    link = '\x13 HYPERLINK "http://example.gov.cn/a.pdf" \x14申报表\x15'
    text = f"见{link}。共\x13 = 1 + \x13 PAGE \x142\x15 \x143\x15页\x13 PAGE \x15\r"
    raw = read(word(text))
    assert blocks(raw) == ["见申报表。共3页"]
    ((start, end, target),) = raw.links
    assert (raw.raw[start:end], target) == ("申报表", "http://example.gov.cn/a.pdf")


def test_circled_numbers_are_drawn_by_fields() -> None:
    assert blocks(read(word("\x13 eq \\o\\ac(○,3)\x15清理台账。\r"))) == ["③清理台账。"]


def test_a_field_that_never_ends_hides_nothing() -> None:
    assert blocks(read(word("甲\x13乙\r丙\x14丁\r"))) == ["甲乙", "丙丁"]


def test_marks_that_are_not_characters() -> None:
    text = "\x01\x08正\x02文\x05 A\x1eB 可\x1f断\ufeff 𠮷 \uf0fe\r"
    assert blocks(read(word(text))) == ["正文 A-B 可断 𠮷 ☑"]


def test_a_title_broken_by_hand_is_one_line() -> None:
    raw = read(word("关于印发某某方案的\x0b通知\r正文\x0b一句。\r", paragraphs={0: sprm(0x2461)}))
    assert blocks(raw) == ["关于印发某某方案的通知", "正文", "一句。"]


def test_a_table_with_merged_cells() -> None:
    rows = [
        ["序号", "任务", "责任单位", ""],
        ["", "", "牵头", "配合"],
        ["1", "建\r账", "甲科", "乙科"],
        ["2", "合计", "", ""],
    ]
    first, down, across = 1, 1 << 5, 3 << 5
    ends = [
        row_end([0, 500, 2000, 3000, 4000], [across, across, 2, first]),
        row_end([0, 500, 2000, 3000, 4000], [down, down, 0, 0]),
        row_end([0, 510, 2000, 3005, 4000]),
        row_end([0, 500, 2000, 3000, 4000], [0, 2, 1, 1]),
    ]
    raw = read(table_of(rows, ends, "附件：\r任务分工表\r", "表后。\r"))
    assert blocks(raw) == ["附件：", "任务分工表", "表后。"]
    (table,) = raw.tables
    cells = {raw.raw[c.start : c.end]: (c.row, c.column, c.rowspan, c.colspan) for c in table.cells}
    assert cells["序号"] == (0, 0, 2, 1)
    assert cells["责任单位"] == (0, 2, 1, 2)
    assert cells["配合"] == (1, 3, 1, 1)
    assert cells["建 账"] == (2, 1, 1, 1)
    assert cells["合计"] == (3, 1, 1, 3)


def test_rows_of_different_cells_share_a_grid() -> None:
    ends = [row_end([0, 1000, 4000]), row_end([0, 1000, 2000, 4000]), row_end([0, 1000, 2000, 4000])]
    raw = read(table_of([["甲", "乙"], ["丙", "丁", "戊"], ["己", "庚", "辛"]], ends))
    spans = [(c.column, c.colspan) for c in raw.tables[0].cells]
    assert spans == [(0, 1), (1, 2), (0, 1), (1, 1), (2, 1), (0, 1), (1, 1), (2, 1)]


def test_an_imprint_set_as_a_table_is_text() -> None:
    rows = [["抄送：市委办公室。"], ["某某市财政局办公室", "2021年3月5日印发"]]
    ends = [row_end([0, 8000], lines=False), row_end([0, 4000, 8000], lines=False)]
    raw = read(table_of(rows, ends, "正文。\r"))
    assert not raw.tables
    assert [" ".join(b.split()) for b in blocks(raw)] == [
        "正文。",
        "抄送：市委办公室。",
        "某某市财政局办公室 2021年3月5日印发",
    ]


def test_a_table_in_a_table_dissolves_the_outer_one() -> None:
    inner = sprm(0x6649, struct.pack("<i", 2)) + IN_TABLE
    ruled = struct.pack("<H", 0xD605) + bytes([24]) + bytes([4, 1, 0, 0]) * 6
    row = inner + sprm(0x2417) + sprm(0x244C) + ruled
    cell = inner + sprm(0x244B)
    text = "外框里的正文\r" + "甲\r乙\r\r" * 4 + "\r外\x07\x07"
    paragraphs = {0: IN_TABLE, 13: IN_TABLE, 14: IN_TABLE, 15: row_end([0, 8000])}
    for n in range(4):
        paragraphs.update({3 * n + 1: cell, 3 * n + 2: cell, 3 * n + 3: row})
    raw = read(word(text, paragraphs=paragraphs))
    assert "外框里的正文" in blocks(raw)
    assert [(c.row, c.column) for c in raw.tables[0].cells] == [(r, c) for r in range(4) for c in range(2)]


def level(text: str, style: int, start: int = 1, follow: int = 2) -> bytes:
    shown = text.encode("utf-16-le")
    return struct.pack("<iBB9xB12x", start, style, 0, follow) + struct.pack("<H", len(text)) + shown


def lists(levels: list[bytes], starts: dict[int, int] | None = None) -> dict[str, bytes]:
    """One list of nine levels, and overrides 1 (as it is) and 2 (levels that begin elsewhere)."""
    found = struct.pack("<H", 1) + struct.pack("<ii18xBB", 77, 0, 0, 0)
    found += b"".join(levels) + level("", 255) * (9 - len(levels))
    changed = b"".join(struct.pack("<iI", start, n | 16) for n, start in (starts or {}).items())
    overrides = struct.pack("<I", 2) + struct.pack("<i8xBBBB", 77, 0, 0, 0, 0)
    overrides += struct.pack("<i8xBBBB", 77, len(starts or {}), 0, 0, 0) + b"\xff" * 8 + changed
    return {"lists": found, "overrides": overrides}


def item(number: int, depth: int = 0) -> bytes:
    return sprm(0x460B, struct.pack("<H", number)) + sprm(0x260A, depth)


def test_automatic_numbers_are_written_out() -> None:
    made = lists([level("第\0章", 39, follow=0), level("\1、", 37), level("（\2）", 37), level("\3.", 0, follow=0)])
    order = [0, 1, 1, 2, 2, 3, 0, 1]
    text = "".join(f"条目{n}\r" for n in range(len(order)))
    raw = read(word(text, paragraphs={n: item(1, d) for n, d in enumerate(order)}, tables=made))
    numbers = [b.removesuffix(f"条目{n}") for n, b in enumerate(blocks(raw))]
    assert numbers == ["第一章 ", "一、", "二、", "（一）", "（二）", "1.", "第二章 ", "一、"]


def test_numbers_beyond_ten_and_a_list_that_begins_elsewhere() -> None:
    made = lists([level("\0、", 37)], {0: 5})
    paragraphs = {n: item(1) for n in range(12)} | {12: item(2), 13: item(2)}
    raw = read(word("".join("某条\r" for _ in range(14)), paragraphs=paragraphs, tables=made))
    assert [b[:-2] for b in blocks(raw)][9:] == ["十、", "十一、", "十二、", "五、", "六、"]


def test_a_cell_may_hold_nothing_but_its_number() -> None:
    made = lists([level("（\0）", 37)])
    text = "序号\x07任务\x07\x07" + "\x07清理\x07\x07" * 3
    paragraphs = {n: IN_TABLE + (item(1) if n in (3, 6, 9) else b"") for n in range(12)}
    paragraphs |= dict.fromkeys((2, 5, 8, 11), row_end([0, 900, 4000]))
    raw = read(word(text, paragraphs=paragraphs, tables=made))
    assert [raw.raw[c.start : c.end] for c in raw.tables[0].cells if not c.column] == [
        "序号",
        "（一）",
        "（二）",
        "（三）",
    ]


def test_headers_and_notes_stand_apart() -> None:
    body, note, header, remark = "正文\x02。\r", "\x02 脚注。\r", "某某公报\r", "\x05批注\r"
    raw = read(word(body + note + header + remark, parts=[len(note), len(header), 0, len(remark)]))
    assert blocks(raw) == ["正文。"]
    assert blocks(raw, "boilerplate") == ["某某公报", "脚注。", "批注"]


def test_a_text_box_stands_where_it_is_anchored() -> None:
    body, box = "第一段。\r第二段\x08。\r第三段。\r", "框里的字\r"
    tables = {
        "boxes": struct.pack("<2I", 0, len(box)) + struct.pack("<14xI4x", 1026),
        "shapes": struct.pack("<2I", body.index("\x08"), len(body)) + struct.pack("<I22x", 1026),
    }
    raw = read(word(body + box, parts=[0, 0, 0, 0, 0, len(box)], tables=tables))
    assert blocks(raw) == ["第一段。", "框里的字", "第二段。", "第三段。"]


def test_a_protected_file_says_so() -> None:
    with pytest.raises(UnreadableFile, match="password"):
        read(word("正文。\r", flags=0x100))


def test_a_compound_file_without_a_document_says_so() -> None:
    with pytest.raises(UnreadableFile, match="without a Word document"):
        read(compound({"Contents": b"x"}))


def test_a_word_95_file_gives_its_text() -> None:
    body = "某某局文件\r关于检查的通知\r甲\x07乙\x07\x07".encode("gbk")
    main = bytearray(768)
    struct.pack_into("<HH", main, 0, 0xA5DC, 104)
    struct.pack_into("<II", main, 24, 768, 768 + len(body))
    struct.pack_into("<I", main, 0x34, len(body))
    assert "关于检查的通知" in blocks(read(compound({"WordDocument": bytes(main) + body})))


@pytest.mark.parametrize(
    ("data", "reader"),
    [
        ("<html><body><p>关于开展检查的通知</p></body></html>".encode(), "html"),
        ("关于开展检查的通知\n各学校：\n".encode("gb18030"), "text"),
        (b"{\\rtf1\\ansi\\ansicpg936 \\'cd\\'a8\\'d6\\'aa\\par}", "rtf"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=gb2312\r\n\r\n<p>\xcd\xa8\xd6\xaa</p>", "html"),
    ],
)
def test_a_file_named_doc_is_read_as_what_it_is(data: bytes, reader: str) -> None:
    assert read(data).reader == reader


def test_a_lost_piece_table_still_gives_the_text() -> None:
    raw = read(word("关于开展检查的通知。\r各学校：\r", tables={"clx": b""}))
    assert blocks(raw) == ["关于开展检查的通知。", "各学校："]
    assert raw.warnings[0][0] == "damaged-file"


def test_a_lost_directory_still_gives_the_text() -> None:
    data = bytearray(word("关于开展检查的通知。\r"))
    data[1024:1536] = b"\xff" * 512
    raw = read(bytes(data))
    assert blocks(raw) == ["关于开展检查的通知。"]
    assert raw.warnings[0][0] == "damaged-file"


def test_half_a_file_gives_its_text_in_characters() -> None:
    path = next((Path(__file__).parent.parent / "corpora" / "formats").glob("002*.doc"))
    data = path.read_bytes()
    raw = read(data[: len(data) // 2])
    assert "临江市" in raw.raw and "Ñ" not in raw.raw
    assert raw.warnings[0][0] == "damaged-file"


def sample() -> bytes:
    rows = [["序号", "任务"], ["1", "建账"], ["2", "清理"], ["3", "公开"]]
    return table_of(rows, [row_end([0, 500, 4000])] * 4, "关于检查的通知\r" * 20, "正文\x13 PAGE \x141\x15。\r")


def outcome(data: bytes) -> float:
    """Seconds to a document or an error of this package."""
    began = time.perf_counter()
    with contextlib.suppress(PolicyParseError):
        readers.read(data, "通知.doc", ReadOptions(limits=Limits(seconds=20)))
    return time.perf_counter() - began


def test_truncated_files_end_in_a_document_or_an_error() -> None:
    data = sample()
    assert max(outcome(data[:n]) for n in range(0, len(data), 97)) < 5


def test_flipped_bytes_end_in_a_document_or_an_error() -> None:
    chance, whole, worst = random.Random(7), sample(), 0.0
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30))):
            data[chance.randrange(len(data))] = chance.choice((0, 255, chance.randrange(256)))
        worst = max(worst, outcome(bytes(data)))
    assert worst < 5


def test_a_sector_chain_that_bites_its_tail_ends() -> None:
    data = bytearray(sample())
    for sector in range(2, 128):  # every sector of every stream follows itself
        struct.pack_into("<I", data, 512 + 4 * sector, sector)
    assert outcome(bytes(data)) < 5
