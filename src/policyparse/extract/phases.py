"""Phases (实施阶段, 方法步骤)."""

from __future__ import annotations

from ..dates import DateContext
from ..diagnostics import Report
from ..model import Phase
from ..outline import Doc


def extract_phases(doc: Doc, context: DateContext, report: Report) -> list[Phase]:
    """Stages of the work with their periods."""
    return []
