"""Deadlines told in running text."""

from __future__ import annotations

from ..dates import DateContext
from ..diagnostics import Report
from ..due import find_due, overlaps
from ..model import Deadline, Measure, Phase
from ..outline import Doc

_PROSE = frozenset(("body", "enclosure", "attachment", "closing"))


def extract_deadlines(
    doc: Doc, phases: list[Phase], measures: list[Measure], context: DateContext, report: Report
) -> list[Deadline]:
    """Clauses that say by when something must be done, outside phase headings and measure deadline notes.

    Those inside a phase were found with it; its own period gave them the missing year.
    """
    stated = sorted([m.deadline.span for m in measures if m.deadline])
    found: list[Deadline] = []
    for part in doc.anatomy.parts:
        if part.kind not in _PROSE:
            continue
        at = part.start
        for phase in phases:
            span = phase.span
            if span.start < at or span.end > part.end:
                continue
            if span.start > at:
                found.extend(find_due(doc, at, span.start, stated, context, report))
            told = phase.deadlines
            if stated:
                told = [d for d in told if not overlaps(d.period.span.start, d.period.span.end, stated)]
            found += told
            at = span.end
        found.extend(find_due(doc, at, part.end, stated, context, report))
    return found
