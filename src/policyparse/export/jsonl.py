"""JSON Lines: all documents in one file, one a line, in the order of the input."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..model import PolicyDocument
from .writer import FileWriter, Placed, write_all


def line(document: PolicyDocument) -> bytes:
    """The line of a document: what `to_json(indent=None)` says, which would go through a string and back."""
    return document.__pydantic_serializer__.to_json(document) + b"\n"


def pack(documents: Iterable[Placed]) -> bytes:
    """The lines of documents."""
    return b"".join(line(document) for _, document in documents)


class _Lines(FileWriter):
    pack = staticmethod(pack)


def open(path: Path) -> FileWriter:
    """A stream of documents into the file `path`."""
    return _Lines(path)


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write every document on a line of its own, as it comes: memory holds one document at a time."""
    write_all(open(path), documents)
