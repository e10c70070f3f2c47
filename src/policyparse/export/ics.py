"""iCalendar (RFC 5545): phases as spans of whole days, deadlines as events of the day on which they end.

One calendar for all documents. An event keeps its UID as long as the file's path and bytes stay the same, so that a
calendar that is imported again is not doubled; its time stamp is the document's date, since no clock is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from ..model import DatePeriod, Measure, PolicyDocument
from .relation import Facts, Row, iso
from .tables import DEADLINES
from .writer import FileWriter, Placed, write_all

_OCTETS = 75
"""A content line is folded after so many bytes (RFC 5545 §3.1)."""
_ESCAPED = re.compile(r"([\\;,])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHORT = 60
_HEAD = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//policyparse//policyparse//ZH\r\n"
    "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
)


class Event(NamedTuple):
    """An entry of the calendar, `end` inclusive."""

    uid: str
    summary: str
    start: date
    end: date
    category: str
    description: str


def events(facts: Facts) -> Iterator[Event]:
    """The phases and deadlines of a document that have a date, in the order of the text."""
    for i, phase in enumerate(facts.document.phases, 1):
        if days := _days(phase.period):
            summary = f"{phase.name}（{_title(facts.document)}）"
            about = [phase.period.text if phase.period else "", phase.text, *_source(facts)]
            yield Event(f"{facts.document_id}-phase-{i}", summary, *days, "实施阶段", "\n".join(filter(None, about)))
    for row in DEADLINES.read(facts):
        period: DatePeriod = row.item if row.kind == "measure" else row.item.period
        if days := _days(period):
            what, about = _task(row)
            yield Event(
                f"{facts.document_id}-deadline-{row.ordinal}",
                f"{_short(what)}（{period.text}）" if len(period.text) <= _SHORT else _short(what),
                *(days[1], days[1]),
                "时限",
                "\n".join([*about, *_source(facts)]),
            )


def _days(period: DatePeriod | None) -> tuple[date, date] | None:
    start, end = (iso(period.start), iso(period.end)) if period else (None, None)
    first, last = start or end, end or start
    if not first or not last:
        return None
    return (first, last) if first <= last else (last, last)


def _task(row: Row) -> tuple[str, list[str]]:
    """What is due, in short and at length."""
    if row.kind == "text":
        return row.item.action or row.item.context, [row.item.context]
    index = int(str(row.parent).rpartition("-")[2]) - 1
    measure = row.about.document.measures[index]
    return measure.heading or measure.text, [measure.text, *_units(measure), f"完成时限：{row.item.text}"]


def _units(measure: Measure) -> Iterator[str]:
    labels = {"lead": "牵头单位", "responsible": "责任单位", "cooperate": "配合单位", "supervise": "督导单位"}
    for role, label in labels.items():
        if named := [r.full_name or r.name for r in measure.responsibilities if r.role == role]:
            yield f"{label}：{'、'.join(dict.fromkeys(named))}"


def _title(document: PolicyDocument) -> str:
    return document.title.text if document.title else document.source.name or "无标题"


def _source(facts: Facts) -> Iterator[str]:
    number = facts.document.document_number
    yield f"依据：{_title(facts.document)}{f'（{number.normalized}）' if number else ''}"
    if facts.path:
        yield f"来源：{facts.path}"


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def escaped(text: str) -> str:
    """A TEXT value (§3.3.11)."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPED.sub(r"\\\1", text).replace("\n", "\\n")


def folded(line: str) -> str:
    """A content line in pieces of at most 75 bytes, none of which cuts a character."""
    pieces: list[str] = []
    piece: list[str] = []
    used, room = 0, _OCTETS
    for character in line:
        size = len(character.encode("utf-8", "replace"))
        if used + size > room:
            pieces.append("".join(piece))
            piece, used, room = [], 0, _OCTETS - 1  # the space that goes on counts
        piece.append(character)
        used += size
    return "\r\n ".join([*pieces, "".join(piece)]) + "\r\n"


def component(event: Event, stamp: str) -> str:
    """The VEVENT of an event."""
    lines = (
        "BEGIN:VEVENT",
        f"UID:{event.uid}@policyparse",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{_day(event.start)}",
        f"DTEND;VALUE=DATE:{_day(_next(event.end))}",
        f"SUMMARY:{escaped(event.summary)}",
        f"CATEGORIES:{escaped(event.category)}",
        f"DESCRIPTION:{escaped(event.description)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )
    return "".join(map(folded, lines))


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def pack(documents: Iterable[Placed]) -> bytes:
    """The events of documents."""
    return "".join(_calendar(document, path) for path, document in documents).encode()


def _calendar(document: PolicyDocument, path: str | None) -> str:
    issued = iso(document.issue_date.date) if document.issue_date else None
    stamp = f"{_day(issued)}T000000Z" if issued else "19700101T000000Z"
    return "".join(component(event, stamp) for event in events(Facts(document, path)))


class _Calendar(FileWriter):
    pack = staticmethod(pack)

    def head(self) -> bytes:
        return _HEAD.encode()

    def tail(self) -> bytes:
        return b"END:VCALENDAR\r\n"


def open(path: Path) -> FileWriter:
    """A stream of documents into the calendar `path`."""
    return _Calendar(path)


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write one calendar with the phases and deadlines of all documents."""
    write_all(open(path), documents)
