"""JSON Lines: all documents in one file, one a line, in the order of the input."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..model import PolicyDocument
from .writer import FileWriter, Writer, write_all


def line(document: PolicyDocument) -> bytes:
    """The line of a document: what `to_json(indent=None)` says, which would go through a string and back."""
    return document.__pydantic_serializer__.to_json(document) + b"\n"


class _Lines(FileWriter):
    def text(self, document: PolicyDocument, path: str | None) -> str:
        return document.to_json(indent=None) + "\n"


def open(path: Path) -> Writer:
    """A stream of documents into the file `path`."""
    return _Lines(path)


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write every document on a line of its own, as it comes: memory holds one document at a time."""
    write_all(open(path), documents)
