"""The public names, and what developers do with a document."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import policyparse
from policyparse import PolicyDocument, PolicyParseError, Span, UnreadableFile
from policyparse.model import DatePeriod, Measure, Responsibility, Source
from tests.documents import sample_files

AT = Span(0, 1)


def document() -> PolicyDocument:
    def measure(number: str, *units: tuple[str, str, str | None]) -> Measure:
        named = [Responsibility(name=n, role=r, full_name=f, span=AT) for n, r, f in units]  # type: ignore[arg-type]
        return Measure(number=number, text="x", responsibilities=named, span=AT)

    return PolicyDocument(
        source=Source(name="a.txt"),
        text="x",
        measures=[
            measure("1", ("局办公室", "lead", None), ("规划科", "cooperate", "局规划科")),
            measure("2", ("局规划科", "lead", None)),
            measure("3"),
        ],
    )


def test_every_public_name_is_there() -> None:
    for name in policyparse.__all__:
        assert getattr(policyparse, name) is not None
    assert set(policyparse.__all__) <= set(dir(policyparse))
    with pytest.raises(AttributeError, match="nothing"):
        _ = policyparse.nothing


def test_errors_are_one_family() -> None:
    for name in ("UnreadableFile", "UnsupportedFormat", "MissingExtra", "LimitExceeded"):
        assert issubclass(getattr(policyparse, name), PolicyParseError)


def test_three_ways_to_read_give_the_same_facts() -> None:
    path = sample_files()[0]
    by_path, by_bytes = policyparse.parse(str(path)), policyparse.parse_bytes(path.read_bytes(), filename=path.name)
    assert by_path.to_json() == by_bytes.to_json()
    assert policyparse.parse_text(path.read_text("utf-8")).text == by_path.text


def test_a_missing_file_says_which() -> None:
    with pytest.raises(UnreadableFile, match=r"nowhere\.txt"):
        policyparse.parse(Path("nowhere.txt"))


def test_measures_of_a_unit() -> None:
    doc = document()
    assert [m.number for m in doc.measures_of("局规划科")] == ["1", "2"]
    assert [m.number for m in doc.measures_of("局规划科", role="lead")] == ["2"]
    assert [m.number for m in doc.measures_of("规划科")] == ["1"]
    assert doc.measures_of("别的科") == []
    assert {u: [m.number for m in ms] for u, ms in doc.units().items()} == {"局办公室": ["1"], "局规划科": ["1", "2"]}


def test_repr_reads_well() -> None:
    assert repr(document()) == "<公文 a.txt: 0 phases, 3 measures, 0 groups, 0 diagnostics>"


def test_values_are_frozen_and_strict() -> None:
    with pytest.raises(ValueError, match="frozen"):
        document().doc_type = "通知"
    with pytest.raises(ValueError, match="Extra inputs"):
        DatePeriod(text="x", span=AT, finish="2020")  # type: ignore[call-arg]


def test_locate_refuses_what_is_outside() -> None:
    with pytest.raises(ValueError, match="outside"):
        document().locate(Span(0, 2))


def test_locate_gives_the_line_of_a_text_file() -> None:
    doc = policyparse.parse_text("关于防汛的通知\n\n各单位：\n一、加强领导。\n")
    at = doc.text.index("加强领导")
    assert doc.locate(Span(at, at + 4))[0].line == 4


def test_import_loads_nothing_heavy() -> None:
    program = "import sys, policyparse; print([m for m in ('pydantic', 'jieba', 'lxml', 'click') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"


def test_package_is_typed_and_complete() -> None:
    package = Path(policyparse.__file__).parent
    assert (package / "py.typed").is_file()
    assert list((package / "lexicon").glob("*.txt"))


def test_what_the_reader_had_to_repair_is_a_diagnostic() -> None:
    doc = policyparse.parse_bytes("关于开展检查的通知".encode("gb18030") + b"\xff\xff" + "各单位：".encode("gb18030"))
    lost = next(d for d in doc.diagnostics if d.code == "undecodable")
    assert lost.span
    assert set(doc.text[lost.span.start : lost.span.end]) == {"�"}


def test_an_empty_file_says_so() -> None:
    assert [d.code for d in policyparse.parse_bytes(b"", filename="a.txt").diagnostics] == ["empty-document"]
