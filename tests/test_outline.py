"""Invariants of the outline over every document in reach and over made-up texts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyparse import readers
from policyparse.anatomy import dissect
from policyparse.diagnostics import Report
from policyparse.normalise import normalise
from policyparse.outline import MAX_DEPTH, Doc, Node, build, markers
from policyparse.outline.styles import STYLES
from policyparse.tables import build_grids

ROOT = Path(__file__).resolve().parent.parent
FILES = [*sorted((ROOT / "corpora").rglob("*.txt")), *sorted((ROOT.parent / "dev" / "files").glob("*"))]


def outline_of(data: bytes, name: str = "a.txt") -> Doc:
    report = Report()
    text = normalise(readers.read(data, name), report)
    return build(text, dissect(text), build_grids(text), report)


def check(doc: Doc) -> None:
    """Roots cover the text, children their parent, leaves partition the text, depth is bounded."""
    length = len(doc.text.string)
    assert [n.start for n in doc.roots[:1]] == ([0] if length else [])
    covers(doc.roots, 0, length, 0)
    leaves = [n for n, _ in doc.walk() if not n.children]
    assert "".join(doc.text.string[n.start : n.end] for n in leaves) == doc.text.string
    for node, above in doc.walk():
        assert doc.ancestors(node) == above
        if node.number is not None:
            assert doc.item_at(node.start) is node
            assert node.start < node.content <= node.end
        if node.heading:
            assert node.content <= node.heading_start < node.heading_end <= node.end


def covers(nodes: tuple[Node, ...], start: int, end: int, level: int) -> None:
    assert level <= MAX_DEPTH + 1
    at = start
    for node in nodes:
        assert node.start == at
        assert node.start < node.end
        assert node.level == level
        at = node.end
        if node.children:
            covers(node.children, node.start, node.end, level + 1)
    assert at == end or not nodes


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_invariants_on_documents(path: Path) -> None:
    check(outline_of(path.read_bytes(), path.name))


MARKERS = [
    "一、",
    "二、",
    "三、",
    "五、",
    "（一）",
    "（二）",
    "(三)",
    "1.",
    "2.",
    "3．",
    "1、",
    "（1）",
    "（2）",
    "①",
    "②",
    "1.1 ",
    "1.2 ",
]
MARKERS += [
    "第一章 ",
    "第二条 ",
    "第一阶段：",
    "一是",
    "二是",
    "三是",
    "一要",
    "二要",
    "-、",
    "A.",
    "1",
    "2020.",
    "附件：1.",
    "",
    "3.2%",
    "Ⅰ.",
]
WORDS = ["加强领导", "。", "；", "要求：", "\n", "\n\n", " ", "（责任单位：甲局）", "a", "各单位要认真落实", "\t"]


def made_up() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(MARKERS + WORDS + ["\n"] * 6), max_size=60).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_up())
def test_invariants_on_made_up_texts(string: str) -> None:
    check(outline_of(string.encode()))


def hostile() -> Iterator[tuple[str, str]]:
    yield "measures", "\n".join(f"{i % 190 + 1}. 落实任务。（责任单位：甲局）" for i in range(10_000))
    yield "nesting", "\n".join(m for _ in range(2000) for m in ("一、甲", "（一）乙", "1.丙", "（1）丁", "①戊", "A.己"))
    yield "brackets", "（" * 100_000
    yield "one line", "一是加强领导。二是（1）落实；（2）检查。" * 20_000
    yield "firsts", "一是甲，" * 50_000 + "二是乙"
    yield "dots", "." * 100_000 + "\n" + "1." * 50_000
    yield "blanks", "1." + " " * 100_000 + "x"


@pytest.mark.parametrize(("name", "string"), list(hostile()), ids=lambda v: v if len(v) < 12 else "")
def test_hostile_texts_take_linear_time(name: str, string: str) -> None:
    began = time.perf_counter()
    check_light(outline_of(string.encode()))
    assert time.perf_counter() - began < 20


def check_light(doc: Doc) -> None:
    covers(doc.roots, 0, len(doc.text.string), 0)


def told(node: Node | None) -> tuple[object, ...]:
    """What a number tells."""
    if node is None:
        return ()
    return node.start, node.content, node.number, node.marker, node.style, node.value, node.prefix


def test_usual_numbers_are_read_as_the_patterns_read_them() -> None:
    """The table of the usual numbers gives what the patterns give, whatever stands behind the number."""
    behind = sorted({sign for style in STYLES for sign in style.pattern if not sign.isascii()})
    for form in markers._USUAL:
        for after in (*behind, "1", ".", " ", "A", "某"):
            for rest in ("某", "目", "二、", "020年", "", " 二、某"):
                line = form + after + rest
                usual, read = markers.line_marker(line, 0, len(line), 0), markers._any_marker(line, 0, len(line), 0)
                assert told(usual) == told(read), line
