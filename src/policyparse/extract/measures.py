"""Measures (工作措施, 重点任务) with their responsible units, roles and deadlines."""

from __future__ import annotations

from ..dates import DateContext
from ..diagnostics import Report
from ..model import Measure, Phase
from ..outline import Doc


def extract_measures(doc: Doc, phases: list[Phase], context: DateContext, report: Report) -> list[Measure]:
    """Items of work, from text and from task tables, in document order."""
    return []
