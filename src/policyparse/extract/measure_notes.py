"""Values shared by measures from text and from tables: responsibilities without repeats, the deadline's period."""

from __future__ import annotations

from collections.abc import Iterable

from ..dates import DateContext, read_period
from ..model import DatePeriod, Responsibility
from ..responsibilities import Assignment
from ..squeeze import squeeze
from ..text import Span


def responsibilities(assignments: Iterable[Assignment]) -> list[Responsibility]:
    """The units of all notes of an item; the same name with the same role once."""
    found: dict[tuple[str, str], Responsibility] = {}
    for a in assignments:
        found.setdefault(
            (a.unit.name, a.role),
            Responsibility(
                name=a.unit.name,
                role=a.role,
                full_name=a.unit.full_name,
                kind="person" if a.person else "organisation",
                span=Span(a.unit.start, a.unit.end),
            ),
        )
    return list(found.values())


def period(string: str, start: int, end: int, context: DateContext) -> DatePeriod | None:
    """The deadline written in `string[start:end]`; without dates (长期坚持) only its text. Null when blank."""
    while start < end and string[start].isspace():
        start += 1
    while end > start and (string[end - 1].isspace() or string[end - 1] in "。；;，,"):
        end -= 1
    text = squeeze(string[start:end])
    if all(c in "-—/／－无" for c in text):
        return None
    date = read_period(string, start, end, context=context)
    return DatePeriod(
        text=text,
        start=date.first.isoformat() if date and date.first else None,
        end=date.last.isoformat() if date and date.last else None,
        inferred=bool(date and date.inferred),
        candidates=[d.isoformat() for d in date.candidates] if date else [],
        span=Span(start, end),
    )
