"""All stages of a document: numbered items, paragraphs and clauses, rows of tables."""

from __future__ import annotations

from ...dates import DateContext
from ...diagnostics import Report
from ...model import Phase
from ...outline import Doc
from ...stages import Marks
from .make import make_series
from .numbered import numbered_series
from .paragraphs import announced_series, unnumbered_series
from .tables import table_phases


def extract_phases(doc: Doc, context: DateContext, report: Report) -> list[Phase]:
    """Stages of the work with their periods, in document order."""
    marks = Marks(doc.text.string)
    found = list(numbered_series(doc, marks, context))
    found += announced_series(doc, found, marks, context)
    covered = sorted((s[0][0].start, s[-1][0].end) for s in found)
    found += unnumbered_series(doc, covered, marks, context)
    phases = [p for s in sorted(found, key=lambda s: s[0][0].start) for p in make_series(doc, s, context, report)]
    for grid in doc.tables:
        phases.extend(table_phases(doc, grid, context, report))
    return phases
