"""Date expressions as output values and diagnostics."""

from __future__ import annotations

import datetime
from functools import lru_cache

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


def stated(e: DateExpression, report: Report) -> DatePeriod:
    """The expression as an output value, after what is to be said of it."""
    start, end, text, first, last, _, _, inferred, candidates, _ = e
    text, span = squeeze(text), Span(start, end)
    _report(e, text, span, report)
    return _make_period(
        {
            "text": text,
            "start": _iso(first) if first else None,
            "end": _iso(last) if last else None,
            "inferred": inferred is not None,
            "candidates": [c.isoformat() for c in candidates] if candidates else [],
            "span": span,
        }
    )


_make_period = trusted(DatePeriod)


@lru_cache(maxsize=4096)
def _iso(day: datetime.date) -> str:
    """A document names few days, each of them often."""
    return day.isoformat()


def report_date(e: DateExpression, report: Report) -> None:
    """Say where a missing year came from, and what is wrong with the date."""
    _report(e, squeeze(e.text), Span(e.start, e.end), report)


def _report(e: DateExpression, written: str, span: Span, report: Report) -> None:
    marker, inferred, problem = e.marker, e.inferred, e.problem
    if problem:
        readings = "".join(f" or {c.isoformat()}" for c in e.candidates).removeprefix(" or ")
        report.add(problem, f"{written}: {_PROBLEM[problem]}{f' ({readings})' if readings else ''}", span)
    elif marker == "recurring":
        weekly = written[1:2] in ("周", "星")
        first = "it has no day of the calendar" if weekly else "the issue date would tell its first time"
        first = f"{e.last} is the first time" if e.last else first
        report.add("recurring-date", f"{written} comes back: {first}", span)
    elif inferred is not None:
        report.add("year-inferred", f"{written}: the year is that of {_SOURCE[inferred]}", span)
    elif marker != "open" and e.first is None and e.last is None:
        report.add("year-unknown", f"{written}: nothing in the document tells the year", span)
