"""Archives of documents: every member of a zip or tar is read as a document of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .errors import PolicyParseError, UnreadableFile, UnsupportedFormat
from .limits import Limits, Ocr, ReadOptions
from .model import PolicyDocument
from .pipeline import parse_bytes
from .readers.sniff import binary_format
from .readers.zipped import Shelf, is_archive


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive: its document, or the error that says why there is none."""

    name: str
    """Its path in the archive; an archive inside is a folder in it (2024年.zip/通知.docx)."""
    document: PolicyDocument | None = None
    error: PolicyParseError | None = None


def parse_archive(
    source: str | Path | bytes,
    *,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits | None = None,
) -> Iterator[Member]:
    """The documents in a zip, tar or tar.gz, one at a time, in the order of the archive.

    `source` is a path, or the bytes of the archive. Archives inside are opened, too. `limits` holds for each member;
    a member that cannot be read has its error and never stops the others. Raises PolicyParseError when the archive
    itself cannot be read.
    """
    options = ReadOptions(password, ocr, limits or Limits.in_force())
    return _members(_shelf(source, options), options)


def _shelf(source: str | Path | bytes, options: ReadOptions) -> Shelf:
    if isinstance(source, bytes):
        found = binary_format(source)
        if found not in ("zip", "archive"):
            raise _no_archive("the input")
        return Shelf(source, options)
    path = Path(source)
    try:
        if not is_archive(path):
            with path.open("rb") as file:
                found = binary_format(file.read(options.limits.bytes))
            if found not in ("zip", "archive"):
                raise _no_archive(str(path))
        return Shelf(path, options)  # of a damaged archive, or a kind that is not read, it says what is wrong
    except OSError as error:
        raise UnreadableFile(f"cannot read {path}: {error.strerror or error}") from error


def _no_archive(name: str) -> UnsupportedFormat:
    return UnsupportedFormat(f"{name} is no archive: read it with policyparse.parse")


def _members(shelf: Shelf, options: ReadOptions) -> Iterator[Member]:
    for entry in shelf.entries():
        try:
            if entry.error is not None:
                raise entry.error
            data = shelf.read(entry.path)
            name = PurePosixPath(entry.path[-1]).name
            document = parse_bytes(data, name, password=options.password, ocr=options.ocr, limits=options.limits)
        except PolicyParseError as error:
            yield Member(entry.name, error=error)
        else:
            yield Member(entry.name, document)
