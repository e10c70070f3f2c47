"""Header elements: document number, title, issuers, recipients, date, markings, enclosures, imprint, disclosure."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..diagnostics import Report
from ..model import (
    Disclosure,
    DocumentNumber,
    Enclosure,
    Imprint,
    IssueDate,
    Marking,
    Name,
    Title,
)
from ..outline import Doc


@dataclass(frozen=True, slots=True)
class Header:
    """What the header, the signature, the imprint and the page metadata say. Field names are those of the model."""

    document_number: DocumentNumber | None = None
    title: Title | None = None
    doc_type: str | None = None
    issuers: list[Name] = field(default_factory=list)
    recipients: list[Name] = field(default_factory=list)
    issue_date: IssueDate | None = None
    enclosures: list[Enclosure] = field(default_factory=list)
    copy_number: Marking | None = None
    classification: Marking | None = None
    urgency: Marking | None = None
    issuing_mark: Marking | None = None
    signatories: list[Marking] = field(default_factory=list)
    notes: list[Marking] = field(default_factory=list)
    imprint: Imprint | None = None
    disclosure: Disclosure | None = None


def extract_header(doc: Doc, report: Report) -> Header:
    """Header elements of the document."""
    return Header()
