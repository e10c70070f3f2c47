"""The calendar, read back by a real parser."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse.export import ics
from policyparse.export.relation import Facts
from policyparse.model import DatePeriod, Deadline, IssueDate, Phase, PolicyDocument, Source
from policyparse.text import Span
from tests.documents import CORPORA, parsed

DOCUMENTS = [parsed(p) for p in sorted((CORPORA / "notices").iterdir())]
AT = Span(0, 1)


def period(start: str | None, end: str | None) -> DatePeriod:
    return DatePeriod(text="x", start=start, end=end, span=AT)


def with_phase(start: str | None, end: str | None) -> PolicyDocument:
    phase = Phase(ordinal=1, name="动员", period=period(start, end), text="x", span=AT)
    return PolicyDocument(source=Source(name="a.txt"), text="一", phases=[phase])


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    path = tmp_path_factory.mktemp("out") / "a.ics"
    ics.write(DOCUMENTS, path)
    calendar: Any = icalendar.Calendar.from_ical(path.read_bytes())
    assert calendar["VERSION"] == "2.0" and not calendar.errors
    return list(calendar.walk("VEVENT"))


def test_phases_are_spans_of_whole_days(events: list[Any]) -> None:
    phases = [(e["DTSTART"].dt, e["DTEND"].dt - timedelta(days=1)) for e in events if "-phase-" in e["UID"]]
    assert phases[:5] == [
        (date(2018, 2, 28), date(2018, 2, 28)),  # only its end is set
        (date(2018, 3, 1), date(2018, 4, 30)),
        (date(2018, 5, 1), date(2018, 6, 30)),
        (date(2018, 7, 1), date(2018, 8, 31)),
        (date(2018, 9, 1), date(2018, 12, 31)),
    ]


def test_deadlines_are_events_of_one_day_with_their_units(events: list[Any]) -> None:
    due = [e for e in events if e["DTSTART"].dt == date(2021, 3, 31)]
    assert [e["DTEND"].dt for e in due] == [date(2021, 4, 1)]
    assert "牵头单位：综规处、机关党委、包保帮扶工作队" in due[0]["DESCRIPTION"]
    assert "来源：003_d6330b67b7808c67.txt" in due[0]["DESCRIPTION"]


def test_every_event_is_complete_and_told_apart(events: list[Any]) -> None:
    assert len({e["UID"] for e in events}) == len(events) > 30
    for event in events:
        assert not event.errors
        assert event["SUMMARY"] and event["DTSTAMP"].dt.tzinfo


def test_the_stamp_is_the_documents_date(events: list[Any]) -> None:
    stamps = {e["DTSTAMP"].dt.date() for e in events}
    assert stamps == {date(1970, 1, 1), date(2020, 6, 3)}


def test_no_line_is_longer_than_75_bytes(tmp_path: Path) -> None:
    ics.write(DOCUMENTS, tmp_path / "a.ics")
    lines = (tmp_path / "a.ics").read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut
    assert not any(b"\n" in line for line in lines)


@given(
    st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")) | st.sampled_from("\n;,\\"))
)
def test_any_text_comes_back(text: str) -> None:
    folded = ics.folded(f"SUMMARY:{ics.escaped(text)}").encode()
    assert max(map(len, folded.split(b"\r\n"))) <= 75
    body = b"BEGIN:VEVENT\r\n" + folded + b"END:VEVENT\r\n"
    event: Any = icalendar.Event.from_ical(body)
    assert str(event["SUMMARY"]) == text


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2020-01-01", None, [(date(2020, 1, 1), date(2020, 1, 1))]),
        (None, None, []),
        ("2020-02-01", "2020-01-01", [(date(2020, 1, 1), date(2020, 1, 1))]),  # the wrong way round
        ("2020-13-01", None, []),
    ],
)
def test_half_and_odd_periods(start: str | None, end: str | None, days: list[tuple[date, date]]) -> None:
    assert [(e.start, e.end) for e in ics.events(Facts(with_phase(start, end)))] == days


def test_the_last_day_of_all_calendars(tmp_path: Path) -> None:
    ics.write([with_phase(None, "9999-12-31")], tmp_path / "a.ics")
    assert icalendar.Calendar.from_ical((tmp_path / "a.ics").read_bytes())


def test_a_deadline_without_a_date_is_no_event() -> None:
    told = Deadline(text="x", context="尽快", period=period(None, None), span=AT)
    doc = PolicyDocument(
        source=Source(), text="一", deadlines=[told], issue_date=IssueDate(text="x", date=None, span=AT)
    )
    assert not list(ics.events(Facts(doc)))
