"""Checks over the finished facts: what a careful reader would flag that no single extractor sees."""

from __future__ import annotations

from ..diagnostics import Report
from ..model import Deadline, Phase
from ..outline import Doc


def check(doc: Doc, phases: list[Phase], deadlines: list[Deadline], report: Report) -> None:
    """Garbled text, phases out of order, deadlines after the last phase."""
