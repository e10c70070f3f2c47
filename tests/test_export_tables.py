"""The relational tables: keys, types, places, references; and `to_frames`."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings

import policyparse
from policyparse.errors import MissingExtra
from policyparse.export import writer
from policyparse.export.places import Holders, Place
from policyparse.export.relation import Facts, document_id, iso
from policyparse.export.tables import TABLES, rows
from policyparse.model import DatePeriod, Measure, PolicyDocument, Source
from policyparse.pipeline import parse_text
from policyparse.text import Span
from tests.documents import CORPORA, notices, parsed, sample_files

SAMPLES = sorted((CORPORA / "notices").iterdir())
PYTHON = {"text": str, "integer": int, "date": date, "boolean": bool}


def records(doc: PolicyDocument, table: str) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries."""
    columns = next(t.columns for t in TABLES if t.name == table)
    return [dict(zip((c.name for c in columns), record, strict=True)) for record in rows(doc)[table]]


@pytest.mark.parametrize("path", sample_files(), ids=lambda p: p.name)
def test_values_have_the_type_of_their_column(path: Any) -> None:
    made = rows(parsed(path))
    for table in TABLES:
        for record in made[table.name]:
            for column, value in zip(table.columns, record, strict=True):
                assert (value is not None) or not column.required, f"{table.name}.{column.name}"
                assert value is None or type(value) is PYTHON[column.type], f"{table.name}.{column.name}: {value!r}"


@settings(max_examples=80, deadline=None)
@given(notices())
def test_made_up_notices_keep_types_keys_and_references(text: str) -> None:
    doc = parse_text(text)
    check_keys(doc)
    made = rows(doc)
    for table in TABLES:
        for record in made[table.name]:
            for column, value in zip(table.columns, record, strict=True):
                assert not column.required if value is None else type(value) is PYTHON[column.type]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_keys_are_unique_and_references_lead_somewhere(path: Any) -> None:
    check_keys(parsed(path))


def check_keys(doc: PolicyDocument) -> None:
    keys = {
        f"{t.name}.{c.name}": {r[c.name] for r in records(doc, t.name)} for t in TABLES for c in t.columns
    }  # every value of every column
    for table in TABLES:
        found = records(doc, table.name)
        assert len({tuple(r[k] for k in table.key) for r in found}) == len(found)
        if table.unique:
            assert len({r[table.unique] for r in found}) == len(found)
        for column in table.columns:
            if column.references:
                assert {r[column.name] for r in found} - {None} <= keys[column.references]


@pytest.mark.parametrize("path", sample_files(), ids=lambda p: p.name)
def test_places_are_those_of_locate(path: Any) -> None:
    doc = parsed(path)
    facts = Facts(doc)
    for table in TABLES:
        for row in table.read(facts):
            if row.span:
                at = doc.locate(row.span)[0]
                assert row.place == Place(at.page, at.line, at.table, at.row, at.column)


def test_names_and_terms_are_unique() -> None:
    assert len({t.term for t in TABLES}) == len(TABLES)
    for table in TABLES:
        assert len({c.name for c in table.columns}) == len({c.term for c in table.columns}) == len(table.columns)


def test_a_measure_has_its_units_by_role_and_its_deadline() -> None:
    measure = records(parsed(SAMPLES[3]), "measures")[1]
    assert measure["lead"] == "综规处、机关党委、包保帮扶工作队"
    assert measure["cooperate"] == "财务处、公路局、运输局"
    assert measure["deadline_end"] == date(2021, 3, 31)
    assert (measure["path"], measure["source_table"], measure["source_row"]) == ("一、(二)", 1, 4)
    units = [r for r in records(parsed(SAMPLES[3]), "responsibilities") if r["measure_id"] == measure["measure_id"]]
    assert [r["unit"] for r in units if r["role"] == "lead"] == measure["lead"].split("、")


def test_deadlines_of_measures_and_of_the_text_stand_in_the_order_of_the_text() -> None:
    found = records(parsed(SAMPLES[3]), "deadlines")
    assert {r["kind"] for r in found} == {"measure", "text"}
    assert [r["span_start"] for r in found if r["kind"] == "measure"] == sorted(
        r["span_start"] for r in found if r["kind"] == "measure"
    )
    assert all(r["measure_id"] for r in found)  # a told one stands in the text of a measure here
    phases = {r["phase_id"] for r in records(parsed(SAMPLES[0]), "deadlines")}
    assert phases <= {r["phase_id"] for r in records(parsed(SAMPLES[0]), "phases")}


def test_an_empty_document_is_one_row() -> None:
    made = rows(PolicyDocument(source=Source()))
    assert {name: len(found) for name, found in made.items() if found} == {"documents": 1}


def test_dates_that_no_calendar_has_are_null() -> None:
    assert [iso(v) for v in ("2018-11-31", "2018", "", None)] == [None] * 4
    assert iso("2018-11-30") == date(2018, 11, 30)


def test_an_empty_span_is_a_place_like_any_other() -> None:
    measure = Measure(text="", span=Span(1, 1), deadline=DatePeriod(text="", span=Span(1, 1)))
    found = records(PolicyDocument(source=Source(), text="一二", measures=[measure]), "measures")[0]
    assert (found["span_start"], found["span_end"]) == (1, 1)


def test_document_ids_tell_inputs_apart() -> None:
    def doc(name: str | None, sha256: str, text: str = "") -> PolicyDocument:
        return PolicyDocument(source=Source(name=name, sha256=sha256), text=text)

    ids = [
        document_id(doc("a.txt", "1" * 64)),
        document_id(doc("a.txt", "2" * 64)),
        document_id(doc("b.txt", "1" * 64)),
        document_id(doc("a.txt", "1" * 64), "2024/a.txt"),
        document_id(doc(None, "", "甲")),
        document_id(doc(None, "", "乙")),
    ]
    assert all(a != b for a, b in combinations(ids, 2))
    assert ids[0] == document_id(doc("a.txt", "1" * 64), "a.txt")  # the name is the path where there is no other


def test_the_same_text_in_another_format_is_known() -> None:
    other = CORPORA / "formats" / f"{SAMPLES[1].stem}.docx"
    docs = (parsed(SAMPLES[1]), parsed(other), parsed(SAMPLES[0]), PolicyDocument(source=Source()))
    ids = [records(doc, "documents")[0]["text_id"] for doc in docs]
    assert ids[0] == ids[1] != ids[2]
    assert ids[3] is None


def test_the_innermost_holder_is_found() -> None:
    holders = Holders([Span(0, 100), Span(10, 50), Span(20, 30), Span(60, 90)])
    assert [holders.of(Span(i, i + 1)) for i in (0, 10, 25, 30, 55, 60, 99, 100)] == [0, 1, 2, 1, 0, 3, 0, None]


def test_holders_are_quick_when_nested_and_side_by_side() -> None:
    many = Holders([Span(i, 100_000 - i) for i in range(20_000)] + [Span(50_000 + i, 50_001 + i) for i in range(9_000)])
    assert many.of(Span(19_999, 20_001)) == 19_999


def test_frames_of_pandas_have_real_dates_and_nulls() -> None:
    frames = policyparse.to_frames([parsed(p) for p in SAMPLES])
    assert list(frames) == [t.name for t in TABLES]
    assert len(frames["documents"]) == 5
    assert {str(frames["measures"][c].dtype) for c in ("deadline_end", "ordinal", "deadline_inferred", "lead")} == {
        *("datetime64[s]", "Int64", "boolean", "string")
    }
    joined = frames["responsibilities"].merge(frames["measures"], on="measure_id")
    assert len(joined) == len(frames["responsibilities"])
    assert frames["documents"]["issue_date"].isna().sum() == 4


def test_frames_of_nothing_have_all_columns() -> None:
    for library in ("pandas", "pyarrow"):
        frames = policyparse.to_frames([], library)
        for table in TABLES:
            names = frames[table.name].columns if library == "pandas" else frames[table.name].schema.names
            assert list(names) == [c.name for c in table.columns]


def test_frames_of_arrow_take_paths() -> None:
    import pyarrow as pa

    doc = parsed(SAMPLES[0])
    frames = policyparse.to_frames([("甲/a.txt", doc), ("乙/a.txt", doc)], "pyarrow")
    assert frames["documents"]["path"].to_pylist() == ["甲/a.txt", "乙/a.txt"]
    assert len(set(frames["documents"]["document_id"].to_pylist())) == 2
    assert frames["phases"].schema.field("period_end").type == pa.date32()


@pytest.mark.parametrize(("library", "extra"), [("pandas", "pandas"), ("pyarrow", "parquet")])
def test_a_missing_library_says_how_to_install_it(library: Any, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(writer, "import_module", none)
    with pytest.raises(MissingExtra, match=rf"pip install 'policyparse\[{extra}\]'"):
        policyparse.to_frames([], library)
