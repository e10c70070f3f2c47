"""Adapter of deadline_clauses.txt: as deadlines.py; one line a deadline: the clause | what is to be done by then."""

from __future__ import annotations

import datetime

from policyparse.dates import DateContext
from policyparse.diagnostics import Report
from policyparse.extract.deadlines import extract_deadlines
from tests.cases.deadlines import _doc

_CONTEXT = DateContext(issued=datetime.date(2022, 3, 1))


def read(given: str) -> list[str]:
    """The clauses of the deadlines told in the text, then what the reader should know of them."""
    report = Report()
    found = extract_deadlines(_doc(given), [], [], _CONTEXT, report)
    notes = [f"! {d.code}: {d.message}" for d in report if d.code == "recurring-date"]
    return [f"{d.context} | {d.action}" for d in found] + notes
