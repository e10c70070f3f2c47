"""Contacts (联系人, 联系电话)."""

from __future__ import annotations

from ..model import Contact
from ..outline import Doc


def extract_contacts(doc: Doc) -> list[Contact]:
    """Contact persons and numbers."""
    return []
