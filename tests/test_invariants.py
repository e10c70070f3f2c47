"""What must hold for every document: spans, outline, round trips, determinism, whatever the text says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from policyparse import model as m
from policyparse.pipeline import parse_bytes
from policyparse.schema import schema
from policyparse.squeeze import squeeze
from policyparse.text import Span
from tests.documents import CORPORA, devset_files, notices, parsed, raw_of, sample_files, walk

EXACT: dict[type, str] = {
    m.Title: "text",
    m.Name: "name",
    m.Marking: "text",
    m.Enclosure: "title",
    m.DocumentNumber: "text",
    m.IssueDate: "text",
    m.DatePeriod: "text",
    m.Responsibility: "name",
    m.PhaseTask: "text",
    m.Deadline: "context",
    m.TableCell: "text",
}
"""The value is the squeezed text of the span."""

INSIDE: dict[type, tuple[str, ...]] = {
    m.Phase: ("text",),
    m.Measure: ("heading", "text"),
    m.Step: ("text",),
    m.Member: ("person", "post"),
    m.Office: ("located_at",),
    m.LeadershipGroup: (),
    m.Attachment: ("title",),
    m.Citation: ("title",),
    m.DisclosureField: ("value",),
    m.Imprint: ("printed_by",),
    m.Contact: ("person",),
}
"""The value stands within the span, white space aside."""

_SPACE = re.compile(r"\s+")


def bare(string: str) -> str:
    return _SPACE.sub("", string)


def check_spans(doc: m.PolicyDocument) -> None:
    for part in walk(doc):
        span = getattr(part, "span", None)
        if not isinstance(span, Span):
            continue
        assert 0 <= span.start <= span.end <= len(doc.text), f"{type(part).__name__} {span} outside the text"
        inside = doc.text[span.start : span.end]
        if name := EXACT.get(type(part)):
            assert getattr(part, name) == squeeze(inside), f"{type(part).__name__}.{name}"
        for name in INSIDE.get(type(part), ()):
            value = getattr(part, name) or ""
            assert bare(value) in bare(inside), f"{type(part).__name__}.{name}"


def check_outline(doc: m.PolicyDocument) -> None:
    def cover(sections: list[m.Section], start: int, end: int) -> None:
        at = start
        for section in sections:
            assert section.span.start == at, f"gap or overlap in the outline at {at}"
            at = section.span.end
            if section.children:
                assert section.text is None
                cover(section.children, section.span.start, section.span.end)
            else:
                text = doc.text[section.span.start : section.span.end]
                row = "\t".join(squeeze(cell) for cell in text.split("\t"))
                assert section.text in (squeeze(text), row)  # the cells of a table row stay apart
        assert at == end, f"the outline ends at {at}, not {end}"

    if doc.text:
        cover(doc.outline, 0, len(doc.text))


_MENDED = str.maketrans("OolI", "0011")
"""Letters that a recognition of characters reads for digits (〔2O19〕), which are mended one by one."""


def alike(string: str) -> str:
    return bare(unicodedata.normalize("NFKC", string)).translate(_MENDED)


def check_source(doc: m.PolicyDocument, raw: str) -> None:
    one_to_one = [s for s in doc.source_map.segments if s[1] == s[3]]
    for part in walk(doc):
        span = getattr(part, "span", None)
        if not isinstance(span, Span):
            continue
        places = doc.locate(span)
        assert all(0 <= p.source_start <= p.source_end <= len(raw) for p in places)
    for start, length, source_start, source_length in one_to_one:
        copied, source = doc.text[start : start + length], raw[source_start : source_start + source_length]
        assert alike(copied) == alike(source)


def check_round_trip(doc: m.PolicyDocument) -> None:
    assert m.PolicyDocument.model_validate_json(doc.to_json()) == doc
    assert m.PolicyDocument.model_validate_json(doc.to_json(indent=None)) == doc


def check_every(doc: m.PolicyDocument, data: bytes, name: str) -> None:
    check_spans(doc)
    check_outline(doc)
    check_source(doc, raw_of(data, name).raw)
    check_round_trip(doc)
    assert parse_bytes(data, name).to_json() == doc.to_json()


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    published = schema()
    jsonschema.Draft202012Validator.check_schema(published)
    return jsonschema.Draft202012Validator(published)


@pytest.mark.parametrize("path", sample_files(), ids=lambda p: p.name)
def test_invariants_hold_for_the_samples(path: Path) -> None:
    check_every(parsed(path), path.read_bytes(), path.name)


@pytest.mark.parametrize("path", sample_files(), ids=lambda p: p.name)
def test_samples_validate_against_the_published_schema(path: Path, validator: jsonschema.Draft202012Validator) -> None:
    import json

    validator.validate(json.loads(parsed(path).to_json()))


@pytest.mark.parametrize("path", devset_files(), ids=lambda p: p.name)
def test_invariants_hold_for_the_development_set(path: Path) -> None:
    check_every(parsed(path), path.read_bytes(), path.name)


def test_development_set_is_there() -> None:
    if not devset_files():
        pytest.skip("no development set beside the checkout: its documents are not checked")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(notices())
def test_invariants_hold_for_made_up_notices(string: str) -> None:
    data = string.encode()
    check_every(parse_bytes(data, "made-up.txt"), data, "made-up.txt")


def test_same_bytes_give_the_same_json_in_every_process() -> None:
    program = (
        "import sys, hashlib, pathlib, policyparse\n"
        "digest = hashlib.sha256()\n"
        "for p in sorted(pathlib.Path(sys.argv[1]).rglob('*.txt')):\n"
        "    digest.update(policyparse.parse(p).to_json().encode())\n"
        "print(digest.hexdigest())"
    )
    run = [sys.executable, "-c", program, str(CORPORA)]
    seen = {
        subprocess.run(run, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
