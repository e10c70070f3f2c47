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


def stated(e: DateExpression, report: Report) -> DatePeriod:
    """The expression as an output value, after what is to be said of it."""
    text, span = squeeze(e.text), Span(e.start, e.end)
    _report(e, text, span, report)
    _, _, _, first, last, _, _, inferred, candidates, _ = e
    return _make_period(
        {
            "text": text,
            "start": first.isoformat() if first else None,
            "end": last.isoformat() if last else None,
            "inferred": inferred is not None,
            "candidates": [c.isoformat() for c in candidates] if candidates else [],
            "span": span,
        }
    )


_make_period = trusted(DatePeriod)


def report_date(e: DateExpression, report: Report) -> None:
    """Say where a missing year came from, and what is wrong with the date."""
    _report(e, squeeze(e.text), Span(e.start, e.end), report)


def _report(e: DateExpression, written: str, span: Span, report: Report) -> None:
    if e.problem:
        readings = "".join(f" or {c.isoformat()}" for c in e.candidates).removeprefix(" or ")
        report.add(e.problem, f"{written}: {_PROBLEM[e.problem]}{f' ({readings})' if readings else ''}", span)
    elif e.marker == "recurring":
        weekly = written[1:2] in ("周", "星")
        first = "it has no day of the calendar" if weekly else "the issue date would tell its first time"
        first = f"{e.last} is the first time" if e.last else first
        report.add("recurring-date", f"{written} comes back: {first}", span)
    elif e.inferred is not None:
        report.add("year-inferred", f"{written}: the year is that of {_SOURCE[e.inferred]}", span)
