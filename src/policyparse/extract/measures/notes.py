"""Values shared by measures from text and from tables: responsibilities without repeats, the deadline's period.

Measures are gathered as plain fields, because their phase is known last.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ...dates import DateContext, DateExpression, read_period, report_date
from ...diagnostics import Report
from ...model import DatePeriod, Measure, Responsibility, Step
from ...responsibilities import Note
from ...squeeze import squeeze
from ...text import Span
from ...trusted import Fields, trusted

__all__ = ["Fields", "make", "make_step", "period", "responsibilities"]

make, make_step = trusted(Measure), trusted(Step)
_make_responsibility, _make_period = trusted(Responsibility), trusted(DatePeriod)


def responsibilities(notes: Iterable[Note]) -> list[Responsibility]:
    """The units of all notes of an item; the same name with the same role once."""
    found: list[Responsibility] = []
    roles: dict[str, str] = {}
    more: set[tuple[str, str]] = set()
    """Further roles of a name: seldom."""
    for note in notes:
        base = note.base
        for assignment in note.assignments:
            unit, role = assignment.unit, assignment.role
            name = unit.name
            known = roles.get(name)
            if known is None:
                roles[name] = role
            elif role == known or (name, role) in more:
                continue
            else:
                more.add((name, role))
            found.append(
                _make_responsibility(
                    {
                        "name": name,
                        "role": role,
                        "full_name": unit.full_name,
                        "kind": "person" if assignment.person else "organisation",
                        "span": Span(base + unit.start, base + unit.end),
                    }
                )
            )
    return found


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
    return _make_period(
        {
            "text": text,
            "start": date.first.isoformat() if date and date.first else None,
            "end": date.last.isoformat() if date and date.last else None,
            "inferred": bool(date and date.inferred),
            "candidates": [d.isoformat() for d in date.candidates] if date and date.candidates else [],
            "span": Span(start, end),
        }
    )


def _read(written: str, context: DateContext) -> DateExpression | None:
    return read_period(written, 0, len(written), context=context)


_KEPT = 60
"""The measures of a document have few deadlines between them; longer ones are whole sentences."""
_read_again = lru_cache(maxsize=1024)(_read)
