"""JSON Lines: all documents in one file, one a line, in the order of the input."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..model import PolicyDocument


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write every document on a line of its own, as it comes: memory holds one document at a time."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for doc in documents:
            out.write(doc.to_json(indent=None) + "\n")
