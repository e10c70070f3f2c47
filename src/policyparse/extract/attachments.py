"""Attachments (附件) from the 附件说明 and from annex headings."""

from __future__ import annotations

from ..diagnostics import Report
from ..model import Attachment
from ..outline import Doc


def extract_attachments(doc: Doc, report: Report) -> list[Attachment]:
    """Attachments named or present."""
    return []
