"""What earlier runs have written: told by the source's name and sha256 and by the version that read it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from . import __version__
from .errors import UnreadableFile
from .model import PolicyDocument

_STRING = r'"((?:[^"\\]|\\.)*)"'
_VERSION = re.compile(rf'"parser_version": ?{_STRING}')
_NAME = re.compile(rf'"name": ?(?:{_STRING}|null)')
_SHA256 = re.compile(r'(?<!\\)"sha256": ?"([0-9a-f]{64})"')
_HEAD = 4096
"""Bytes at the beginning of a document's JSON that hold its version and source."""


class Mark(NamedTuple):
    """What must be the same for finished work to be taken over."""

    name: str
    sha256: str
    version: str

    @classmethod
    def of(cls, name: str, data: bytes) -> Mark:
        """The mark that this version gives to a file."""
        return cls(name, hashlib.sha256(data).hexdigest(), __version__)

    @classmethod
    def in_json(cls, head: str) -> Mark | None:
        """The mark in the beginning of a document's JSON; null when it is not there."""
        version, name, sha256 = _VERSION.search(head), _NAME.search(head), _SHA256.search(head)
        if not (version and name and sha256):
            return None
        return cls(json.loads(f'"{name[1] or ""}"'), sha256[1], version[1])


def finished_file(path: Path) -> Mark | None:
    """The mark of the document in a JSON file; null when there is no such file or it holds something else."""
    try:
        with path.open("rb") as file:
            return Mark.in_json(file.read(_HEAD).decode("utf-8", "replace"))
    except OSError:
        return None


class FinishedLines:
    """The documents of a JSON Lines file by their marks; each is read from the file when asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._at: dict[Mark, int] = {}
        if path.is_file():
            with path.open("rb") as file:
                at = 0
                for line in file:
                    if mark := Mark.in_json(line[:_HEAD].decode("utf-8", "replace")):
                        self._at[mark] = at
                    at += len(line)

    def get(self, mark: Mark) -> PolicyDocument | None:
        """The document with this mark, or null."""
        at = self._at.get(mark)
        return None if at is None else self._document(at)

    def of_others(self, names: set[str]) -> Iterator[PolicyDocument]:
        """The documents whose source is none of `names`, in file order."""
        for mark, at in self._at.items():
            if mark.name not in names:
                yield self._document(at)

    def _document(self, at: int) -> PolicyDocument:
        with self._path.open("rb") as file:
            file.seek(at)
            line = file.readline()
        try:
            return PolicyDocument.model_validate_json(line)
        except ValidationError as error:
            message = f"{self._path} holds a document of another version; remove the file or choose another output"
            raise UnreadableFile(message) from error
