"""Date expressions as output values and diagnostics."""

from __future__ import annotations

from ..diagnostics import Report
from ..model import DatePeriod
from ..squeeze import squeeze
from ..text import Span
from ..trusted import trusted
from .model import DateExpression

_SOURCE = {
    "previous": "the date before it",
    "title": "the title",
    "declared": "the period the document declares",
    "issued": "the issue date",
    "number": "the document number",
}
_PROBLEM = {
    "invalid-date": "no calendar has this date",
    "ambiguous-date": "the date can be read in several ways",
    "garbled-text": "the date looks broken",
}


def as_period(e: DateExpression) -> DatePeriod:
    """The expression as an output value."""
    start, end, text, first, last, _, _, inferred, candidates, _ = e
    return _make_period(
        {
            "text": squeeze(text),
            "start": first.isoformat() if first else None,
            "end": last.isoformat() if last else None,
            "inferred": inferred is not None,
            "candidates": [c.isoformat() for c in candidates] if candidates else [],
            "span": Span(start, end),
        }
    )


_make_period = trusted(DatePeriod)


def report_date(e: DateExpression, report: Report) -> None:
    """Say where a missing year came from, and what is wrong with the date."""
    if not (e.problem or e.inferred or e.marker == "recurring"):
        return
    written = squeeze(e.text)
    if e.problem:
        readings = "".join(f" or {c.isoformat()}" for c in e.candidates).removeprefix(" or ")
        report.add(
            e.problem, f"{written}: {_PROBLEM[e.problem]}{f' ({readings})' if readings else ''}", Span(e.start, e.end)
        )
    elif e.marker == "recurring":
        weekly = written[1:2] in ("周", "星")
        first = "it has no day of the calendar" if weekly else "the issue date would tell its first time"
        first = f"{e.last} is the first time" if e.last else first
        report.add("recurring-date", f"{written} comes back: {first}", Span(e.start, e.end))
    elif e.inferred is not None:
        report.add("year-inferred", f"{written}: the year is that of {_SOURCE[e.inferred]}", Span(e.start, e.end))
