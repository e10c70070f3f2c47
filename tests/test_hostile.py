"""Any input ends in a document or a PolicyParseError, in time bounded by that of a plain notice of its length."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

import policyparse
from policyparse import PolicyParseError
from policyparse.model import PolicyDocument
from tests.documents import long_notice, sample_files
from tests.test_invariants import check_outline, check_round_trip, check_spans

SAMPLE = sample_files()[0].read_bytes()
ZIP = b"PK\x03\x04" + bytes(range(256)) * 8
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096)

STRANGE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "a.txt"),
    "only a BOM": (b"\xef\xbb\xbf", "a.txt"),
    "white space": ("　 \n\t\r\n".encode() * 50, "a.txt"),
    "empty html": (b"", "a.html"),
    "html without text": (b"<html><head><script>x()</script></head><body></body></html>", "a.html"),
    "truncated html": ("<html><body><table><tr><td>责任单位".encode(), "a.html"),
    "html cut in a character": ("<p>关于印发通知".encode()[:-1], "a.html"),
    "html without charset in gbk": ("<html><body><p>关于做好工作的通知</p></body></html>".encode("gbk"), "a.html"),
    "html named txt": ("<html><body><p>关于做好工作的通知</p></body></html>".encode(), "a.txt"),
    "text named html": ("关于做好工作的通知\n各单位：\n一、总体要求".encode(), "a.html"),
    "zip named txt": (ZIP, "a.txt"),
    "zip named html": (ZIP, "a.html"),
    "zip named docx": (ZIP, "a.docx"),
    "old Word named txt": (OLE, "a.txt"),
    "pdf cut short": (b"%PDF-1.7\n1 0 obj\n<<", "a.pdf"),
    "pdf named txt": (b"%PDF-1.7\n1 0 obj\n<<" + bytes(range(128, 256)) * 20, "a.txt"),
    "png": (b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(3000), "a.png"),
    "random bytes": (random.Random(2).randbytes(20_000), "a.txt"),
    "NULs": (b"\x00" * 5000, "a.txt"),
    "NULs in text": ("关于\x00印发\x00通知\n一、总\x00体".encode(), "a.txt"),
    "control characters": ("".join(map(chr, range(32))).encode() * 20 + "一、总体要求".encode(), "a.txt"),
    "bidi and zero width": ("关于\u202e印发\u200b\u2066通知\ufeff".encode() * 10, "a.txt"),
    "utf-16": ("关于印发通知\n一、总体要求".encode("utf-16"), "a.txt"),
    "utf-16 cut in a character": ("关于印发通知\n一、总体要求".encode("utf-16")[:-1], "a.txt"),
    "gb18030": ("关于印发〔2020〕通知\n一、总体要求㐀".encode("gb18030"), "a.txt"),
    "big5": ("關於印發實施方案的通知\n一、總體要求".encode("big5"), "a.txt"),
    "cut in a character": (SAMPLE[:-1], "a.txt"),
    "one bad byte": (SAMPLE[:300] + b"\xff" + SAMPLE[300:], "a.txt"),
    "private use and noncharacters": ("\ue000\uffff\U0010ffff 关于印发通知".encode(), "a.txt"),
    "no file name": (SAMPLE, ""),
    "unknown suffix": (SAMPLE, "a.xyz"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_input_gives_a_document_or_a_clear_error(name: str) -> None:
    data, filename = STRANGE[name]
    try:
        doc = policyparse.parse_bytes(data, filename=filename or None)
    except PolicyParseError as error:
        assert str(error)
        return
    assert isinstance(doc, PolicyDocument)
    check_spans(doc)
    check_outline(doc)
    check_round_trip(doc)


@pytest.mark.parametrize("string", ["\ud800", "关于\udfff印发通知", "a\ud83d", ""])
def test_lone_surrogates_in_a_string(string: str) -> None:
    try:
        doc = policyparse.parse_text(string)
    except PolicyParseError:
        return
    assert doc.to_json().encode()


def test_missing_file_and_folder_are_clear_errors(tmp_path: object) -> None:
    with pytest.raises(PolicyParseError, match="nowhere"):
        policyparse.parse("nowhere/at/all.txt")
    with pytest.raises(PolicyParseError):
        policyparse.parse(str(tmp_path))


LENGTH = 100_000
HOSTILE: dict[str, str] = {
    "one line": long_notice(LENGTH).replace("\n", ""),
    "one line without punctuation": "责任单位市水利局" * (LENGTH // 8),
    "open brackets": "（" * LENGTH,
    "open title marks": "《" * LENGTH,
    "open brackets of every kind": "（〔[【《“" * (LENGTH // 6),
    "open notes": "（责任单位：" * (LENGTH // 6),
    "open numbers": "〔2018〕" * (LENGTH // 6),
    "nested brackets": "（" * (LENGTH // 2) + "）" * (LENGTH // 2),
    "digits": "1" * LENGTH,
    "Chinese digits": "二〇" * (LENGTH // 2),
    "dates": "2018年3月1日前、" * (LENGTH // 10),
    "half dates": "2018年" * (LENGTH // 5),
    "spaces": " " * LENGTH + "通知",
    "full-width spaces": "组　" * (LENGTH // 2),
    "line feeds": "一\n" * (LENGTH // 2),
    "items": "1.\n" * (LENGTH // 3),
    "deep levels": "".join(f"{'（' * (i % 50)}一、" for i in range(LENGTH // 27)),
    "tabs": "1\t" * (LENGTH // 2),
    "table rows": "1\t任务\t市水利局\n" * (LENGTH // 10),
    "units": "市水利局、" * (LENGTH // 5),
    "connected units": "市水利局和" * (LENGTH // 5),
    "titles": "关于印发的通知" * (LENGTH // 7),
    "colons": "各单位：" * (LENGTH // 4),
    "roster": "组长：李青\n" * (LENGTH // 6),
    "attachments": "附件1：表\n" * (LENGTH // 6),
    "phases": "第一阶段（3月）" * (LENGTH // 8),
    "tags": "<td>" * (LENGTH // 4),
    "entities": "&nbsp;&#" * (LENGTH // 8),
    "units as before": "责任单位：市水利局\n责任单位同上\n" * (LENGTH // 18),
    "labels without colons": "责任单位 市水利局 配合单位 市财政局 " * (LENGTH // 20),
    "a unit a line": "责任单位：市水利局\n" + "市财政局\n" * (LENGTH // 5),
    "lists of criteria": "一、工作任务\n" + "（一）对下列问题整改：\n1.未公示的；\n2.是否合规。\n" * (LENGTH // 28),
    "one repeated character": "的" * LENGTH,
    "combining marks": "a\u0301" * (LENGTH // 2),
}
TIMES = 40
"""How much longer than a plain notice of the same length a hostile text may take: generous, but no power of it."""


def seconds(string: str) -> float:
    start = time.perf_counter()
    policyparse.parse_text(string)
    return time.perf_counter() - start


@pytest.fixture(scope="module")
def plain_seconds() -> float:
    policyparse.parse_text(long_notice(5000))
    return max(seconds(long_notice(LENGTH)), 0.04)


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_bounded(name: str, plain_seconds: float) -> None:
    taken = seconds(HOSTILE[name])
    assert taken <= TIMES * plain_seconds, f"{taken:.2f} s against {plain_seconds:.2f} s for a plain notice"


@pytest.mark.parametrize("name", ["<td>", "<table><tr><td>", "<div>", "<p>关于", "<a href='x'>", "<!--", "<![CDATA["])
def test_deep_html_is_bounded(name: str, plain_seconds: float) -> None:
    data = (name * (LENGTH // len(name))).encode()
    start = time.perf_counter()
    try:
        policyparse.parse_bytes(data, filename="a.html")
    except PolicyParseError as error:
        assert str(error)
    assert time.perf_counter() - start <= TIMES * plain_seconds


def test_cost_grows_with_length_not_faster() -> None:
    policyparse.parse_text(long_notice(5000))
    short, long = (min(seconds(long_notice(n)) for _ in range(3)) for n in (30_000, 300_000))
    assert long <= 30 * max(short, 0.01)


def _mutated(data: bytes, dice: random.Random) -> bytes:
    """A damaged copy: cut off, bytes flipped, lines shuffled, or a stretch repeated elsewhere."""
    kind = dice.randrange(4)
    if kind == 0:
        return data[: dice.randrange(len(data))]
    if kind == 1:
        flipped = bytearray(data)
        for _ in range(20):
            flipped[dice.randrange(len(data))] = dice.randrange(256)
        return bytes(flipped)
    string = data.decode("utf-8", "replace")
    if kind == 2:
        lines = string.split("\n")
        dice.shuffle(lines)
        return "\n".join(lines).encode()
    at = dice.randrange(len(string))
    piece = string[at : at + dice.randrange(1, 400)]
    to = dice.randrange(len(string))
    return (string[:to] + piece * 3 + string[to:]).encode()


@pytest.mark.parametrize("seed", range(4))
def test_damaged_samples_end_in_a_document_or_a_clear_error(seed: int) -> None:
    dice = random.Random(seed)
    samples = [path.read_bytes() for path in sample_files()]
    samples.append("标题\n<table><tr><td>甲</td></tr></table>\n<p>一、责任单位：甲局</p>\n".encode())
    for _ in range(60):
        data = _mutated(dice.choice(samples), dice)
        name = dice.choice(["a.txt", "a.html", "a.md", None])
        with contextlib.suppress(PolicyParseError):
            policyparse.parse_bytes(data, filename=name).to_json()
