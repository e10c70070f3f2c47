"""Values shared by measures from text and from tables: responsibilities without repeats, the deadline's period.

Measures are gathered as plain fields and made into model objects in one step, three times as fast as one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from pydantic import TypeAdapter

from ..dates import DateContext, DateExpression, read_period, report_date
from ..diagnostics import Report
from ..model import DatePeriod, Measure
from ..responsibilities import Note
from ..squeeze import squeeze
from ..text import Span

Fields = dict[str, Any]
"""Fields of a Measure (or of a part of one) by name."""


def make(measures: list[Fields]) -> list[Measure]:
    """Model objects of the fields."""
    return _adapter().validate_python(measures)


@cache
def _adapter() -> TypeAdapter[list[Measure]]:
    return TypeAdapter(list[Measure])


def responsibilities(notes: Iterable[Note]) -> list[Fields]:
    """The units of all notes of an item; the same name with the same role once."""
    found: dict[tuple[str, str], Fields] = {}
    for note in notes:
        base = note.base
        for (start, end, name, full_name), role, person in note.assignments:
            key = name, role
            if key in found:
                continue
            found[key] = unit = {"name": name, "role": role, "span": Span(base + start, base + end)}
            if full_name is not None:
                unit["full_name"] = full_name
            if person:
                unit["kind"] = "person"
    return list(found.values())


def period(string: str, start: int, end: int, context: DateContext, report: Report) -> DatePeriod | None:
    """The deadline written in `string[start:end]`; without dates (长期坚持) only its text. Null when blank."""
    while start < end and string[start].isspace():
        start += 1
    while end > start and (string[end - 1].isspace() or string[end - 1] in "。；;，,"):
        end -= 1
    written = string[start:end]
    text = squeeze(written)
    if not text.strip("-—/／－无"):
        return None
    date = _read_again(written, context) if len(written) <= _KEPT else _read(written, context)
    if date is not None and (date.problem or date.inferred):
        report_date(date._replace(start=start + date.start, end=start + date.end), report)
    return DatePeriod(
        text=text,
        start=date.first.isoformat() if date and date.first else None,
        end=date.last.isoformat() if date and date.last else None,
        inferred=bool(date and date.inferred),
        candidates=[d.isoformat() for d in date.candidates] if date and date.candidates else [],
        span=Span(start, end),
    )


def _read(written: str, context: DateContext) -> DateExpression | None:
    return read_period(written, 0, len(written), context=context)


_KEPT = 60
"""The measures of a document have few deadlines between them; longer ones are whole sentences."""
_read_again = lru_cache(maxsize=1024)(_read)
