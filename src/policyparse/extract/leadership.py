"""Leadership groups (领导小组, 工作专班, 指挥部 …) with members and office."""

from __future__ import annotations

from ..diagnostics import Report
from ..model import LeadershipGroup
from ..outline import Doc


def extract_leadership(doc: Doc, report: Report) -> list[LeadershipGroup]:
    """Groups from rosters and from prose."""
    return []
