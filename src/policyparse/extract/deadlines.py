"""Deadlines told in running text."""

from __future__ import annotations

from ..dates import DateContext
from ..diagnostics import Report
from ..model import Deadline, Measure, Phase
from ..outline import Doc


def extract_deadlines(
    doc: Doc, phases: list[Phase], measures: list[Measure], context: DateContext, report: Report
) -> list[Deadline]:
    """Clauses that say by when something must be done, outside phase headings and measure deadline notes."""
    return []
