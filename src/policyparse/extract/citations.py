"""Documents that the text cites."""

from __future__ import annotations

from ..diagnostics import Report
from ..model import Citation, DocumentNumber
from ..outline import Doc


def extract_citations(doc: Doc, own: DocumentNumber | None, report: Report) -> list[Citation]:
    """Cited documents, each once."""
    return []
