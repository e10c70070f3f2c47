"""A contact while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...outline import Doc


@dataclass(slots=True)
class Found:
    """Persons and numbers that belong together, where they stand, and where their line begins."""

    start: int
    end: int
    line: int
    persons: list[str] = field(default_factory=list)
    organisation: str | None = None
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)


def in_text(doc: Doc, position: int) -> bool:
    """Whether a place is in a line of the document, not in a page's metadata."""
    line = doc.line_at(position)
    return line is not None and not line.meta and position < line.end
