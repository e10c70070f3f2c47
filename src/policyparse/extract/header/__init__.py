"""Header elements: document number, title, issuers, recipients, date, markings, enclosures, imprint, disclosure."""

from .read import Header, extract_header

__all__ = ["Header", "extract_header"]
