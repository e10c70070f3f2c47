"""Deadlines told in running text."""

from __future__ import annotations

import datetime

from ..dates import DateContext
from ..diagnostics import Report
from ..due import find_due, inside
from ..model import DatePeriod, Deadline, Measure, Phase
from ..outline import Doc

_PROSE = frozenset(("body", "enclosure", "attachment", "closing"))


def extract_deadlines(
    doc: Doc, phases: list[Phase], measures: list[Measure], context: DateContext, report: Report
) -> list[Deadline]:
    """Clauses that say by when something must be done, outside phase headings and measure deadline notes."""
    stated = [p.period.span for p in phases if p.period and not _opens_text(p)]
    stated += [m.deadline.span for m in measures if m.deadline]
    stated.sort()
    found: list[Deadline] = []
    for start, end, inner in _stretches(doc, phases, context):
        found.extend(find_due(doc, start, end, stated, inner, report))
    return found


def _opens_text(phase: Phase) -> bool:
    """A period that stands in the stage's own text is a deadline, too; one in its heading is not."""
    return any(
        d.span.start >= phase.span.start and phase.period and d.span.overlaps(phase.period.span)
        for d in phase.deadlines
    )


def _stretches(doc: Doc, phases: list[Phase], context: DateContext) -> list[tuple[int, int, DateContext]]:
    """The prose parts, cut at the phases: inside a phase its own period gives the missing year."""
    found: list[tuple[int, int, DateContext]] = []
    for part in doc.anatomy.parts:
        if part.kind not in _PROSE:
            continue
        at = part.start
        for phase in phases:
            if phase.span.start < at or phase.span.end > part.end:
                continue
            found.append((at, phase.span.start, context))
            found.append((phase.span.start, phase.span.end, phase_context(context, phase.period)))
            at = phase.span.end
        found.append((at, part.end, context))
    return [(a, b, c) for a, b, c in found if a < b]


def phase_context(context: DateContext, period: DatePeriod | None) -> DateContext:
    """Where a missing year comes from inside a phase."""
    if period is None:
        return context
    first, last = (datetime.date.fromisoformat(d) if d else None for d in (period.start, period.end))
    return inside(context, first, last)
