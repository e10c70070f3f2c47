"""Adapter of phases.txt: a section of a plan of 2022-03-01; one line a phase: ordinal name | start..end | tasks."""

from __future__ import annotations

import datetime

from policyparse import readers
from policyparse.anatomy import dissect
from policyparse.dates import DateContext
from policyparse.diagnostics import Report
from policyparse.extract.phases import extract_phases
from policyparse.normalise import normalise
from policyparse.outline import build
from policyparse.tables import build_grids

_CONTEXT = DateContext(issued=datetime.date(2022, 3, 1))


def read(given: str) -> list[str]:
    """The phases the section sets out."""
    report = Report()
    text = normalise(readers.read(given.encode(), "case.md"), report)
    doc = build(text, dissect(text), build_grids(text), report)
    found = []
    for p in extract_phases(doc, _CONTEXT, report):
        days = f"{p.period.start or ''}..{p.period.end or ''}" if p.period else "-"
        found.append(f"{p.ordinal} {p.name} | {days} | {len(p.tasks)}")
    return found
