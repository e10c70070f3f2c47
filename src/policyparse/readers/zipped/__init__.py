"""Archives (zip, tar, gz) whose members are documents of their own: their names, and the bytes of each when asked for.

Nothing is written to a disk under the names of an archive, and every archive costs no more than its own size and
the limits allow: a member that is larger than a document may be, or packed like a bomb, fails alone.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from ...errors import LimitExceeded, PolicyParseError, UnreadableFile, UnsupportedFormat
from ...limits import Budget, ReadOptions
from ...source import RawDoc
from ..sniff import binary_format, package_format
from .files import DAMAGE, EXPANSION, Archive, Tar, Zip

_PACKED = (".zip", ".tar", ".tgz", ".gz")
_LEVEL = 50
"""What an archive in an archive counts against the limit of depth."""
_FOREIGN = ((b"Rar!\x1a\x07", "a RAR archive"), (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"))

MemberPath = tuple[str, ...]
"""Names from the outermost archive in: ("2024年.zip", "通知.docx") is a document in an archive in an archive."""


class Entry(NamedTuple):
    """A member that may be a document."""

    path: MemberPath
    error: PolicyParseError | None = None
    """Why there is nothing to read: an archive in the archive that is damaged, too deep, or too large."""

    @property
    def name(self) -> str:
        """The path as text."""
        return "/".join(self.path)


class Shelf:
    """An archive and those inside it. `read` wants the path of an entry; the archives read last stay open."""

    def __init__(self, source: bytes | Path, options: ReadOptions, name: str | None = None) -> None:
        self._options, self._name = options, name or (source.name if isinstance(source, Path) else "the archive")
        self._size = source.stat().st_size if isinstance(source, Path) else len(source)
        self._members = 0
        self._counted: set[MemberPath] = set()
        self._unpacked = 0
        file = source.open("rb") if isinstance(source, Path) else io.BytesIO(source)
        self._chain: list[tuple[MemberPath, Archive]] = []
        self._outer = self._opened(file, (), self._name)

    def entries(self) -> Iterator[Entry]:
        """All members in the order of the archive; those of an archive inside stand in its place."""
        yield from self._below((), self._outer)

    def read(self, path: MemberPath) -> bytes:
        """The bytes of a member. Raises a PolicyParseError that says what is wrong with it."""
        archive = self._at(path[:-1])
        return self._bytes(archive, path)

    def _below(self, path: MemberPath, archive: Archive) -> Iterator[Entry]:
        for name in archive.names:
            inner = (*path, name)
            if not name.lower().endswith(_PACKED):
                yield Entry(inner)
                continue
            try:
                nested = self._nested(inner)
            except PolicyParseError as error:
                yield Entry(inner, error)
                continue
            if nested is None:
                yield Entry(inner)
            else:
                yield from self._below(inner, nested)

    def _nested(self, path: MemberPath) -> Archive | None:
        """The archive at `path`; null when the member is something else, whatever its name says."""
        self._budget("/".join(path)).check("depth", _LEVEL * len(path))
        data = self._bytes(self._at(path[:-1]), path)
        if binary_format(data) not in ("zip", "archive") or any(data.startswith(m) for m, _ in _FOREIGN):
            return None
        archive = self._opened(io.BytesIO(data), path, "/".join(path))
        self._chain.append((path, archive))
        return archive

    def _at(self, path: MemberPath) -> Archive:
        while self._chain and self._chain[-1][0] != path[: len(self._chain[-1][0])]:
            self._chain.pop()
        if not path:
            return self._outer
        if self._chain and self._chain[-1][0] == path:
            return self._chain[-1][1]
        for n in range(len(self._chain) + 1, len(path) + 1):
            if self._nested(path[:n]) is None:
                raise UnreadableFile(f"{'/'.join(path[:n])} is no archive")
        return self._chain[-1][1]

    def _opened(self, file: IO[bytes], path: MemberPath, name: str) -> Archive:
        archive = _open(file, self._options, self._budget(name))
        if path not in self._counted:
            self._counted.add(path)
            self._members += archive.count
            self._budget(name).check("members", self._members)
        return archive

    def _bytes(self, archive: Archive, path: MemberPath) -> bytes:
        budget = self._budget("/".join(path))
        size = archive.size(path[-1])
        budget.check("bytes", size)
        self._unpacked += size
        if self._unpacked > self._size * EXPANSION:
            try:
                budget.check("unpacked", self._unpacked)
            except LimitExceeded:
                self._unpacked -= size
                raise
        return archive.read(path[-1], budget)

    def _budget(self, name: str) -> Budget:
        return Budget(self._options.limits, name)


def _open(file: IO[bytes], options: ReadOptions, budget: Budget) -> Archive:
    head = file.read(512)
    file.seek(0)
    if title := next((t for magic, t in _FOREIGN if head.startswith(magic)), None):
        raise _foreign(budget.name, title)
    if head[:2] == b"\x1f\x8b" or head[257:262] == b"ustar":
        return Tar(file, budget)
    return Zip(file, options, budget)


def _foreign(name: str | None, title: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"{name or 'the input'} is {title}, which this version does not read: unpack it and give the folder"
    )


def is_archive(path: Path) -> bool:
    """True for a file that holds documents of its own: a zip that is no docx, xlsx or ofd, a tar, a gz."""
    with path.open("rb") as file:
        head = file.read(512)
        if head[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
            return head[:3] == b"\x1f\x8b\x08" or head[257:262] == b"ustar"
        try:
            names = zipfile.ZipFile(file).namelist()
        except (*DAMAGE, NotImplementedError):
            return False
    return package_format(names) == "zip"


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The one document in an archive. Raises UnsupportedFormat for an archive of several, which says how many."""
    from .. import FORMATS, read

    shelf = Shelf(data, options, budget.name)
    entries = list(shelf.entries())
    known = {s for f in FORMATS.values() if f.module and f.module != "zipped" for s in f.suffixes}
    documents = (
        [e for e in entries if PurePosixPath(e.path[-1]).suffix.lower() in known] if len(entries) > 1 else entries
    )
    name = budget.name or "the input"
    if not documents:
        raise UnreadableFile(f"{name} is an archive without documents that this version reads")
    if len(documents) > 1:
        raise UnsupportedFormat(
            f"{name} is an archive of {len(documents)} documents: read them one by one with "
            "policyparse.parse_archive, or run: policyparse convert ARCHIVE -o FOLDER"
        )
    if documents[0].error is not None:
        raise documents[0].error
    return read(shelf.read(documents[0].path), documents[0].path[-1], options)
