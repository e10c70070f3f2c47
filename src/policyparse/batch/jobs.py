"""An input: a file, or a member of an archive, with its place in the output; and how its bytes are read."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..errors import PolicyParseError, UnreadableFile
from ..limits import Budget, ReadOptions

if TYPE_CHECKING:
    from ..readers.zipped import Shelf

_LONGEST_NAME = 200
"""Bytes of a file name that is made from an archive's: file systems take 255, and the output adds its suffix."""
_READS = 3
"""So often a file is read that changes meanwhile."""


@dataclass(frozen=True, slots=True)
class Job:
    """A document to read, and its place below the input folder, which the output mirrors. It can be pickled."""

    source: Path
    """The file that holds it."""
    relative: Path
    problem: str | None = None
    """Why there is nothing to read (the path does not exist)."""
    member: tuple[str, ...] = ()
    """Its path in the archive `source`: ("2024年.zip", "通知.docx") stands in an archive in the archive."""
    left_out: bool = False
    """True: `problem` says why it is no input at all; that is no failure."""

    @property
    def name(self) -> str:
        """The file name as text, without folders."""
        return PurePosixPath(self.member[-1]).name if self.member else readable_name(self.source)

    @property
    def shown(self) -> str:
        """Where it stands, for a person: folder/archive.zip/inner.docx."""
        return "/".join((shown(self.source), *self.member))

    def told(self, reason: str) -> str:
        """What is wrong with it, for a person: its place and the reason, which often begins with its name."""
        if reason.startswith(name := self.name) and reason[len(name) : len(name) + 1] in (" ", ":"):
            return f"{self.shown}{reason[len(name) :]}"
        return f"{self.shown}: {reason}"


@dataclass(frozen=True, slots=True)
class Content:
    """What was read of a job."""

    data: bytes
    changed: bool = False
    """The file changed again and again while it was read."""


Listing = Iterable[tuple[tuple[str, ...], str | None]]
"""The members of an archive: their paths, and why one cannot be read."""


class Contents:
    """The bytes of jobs. The archive read last stays open, so that its members cost one opening together."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._open: tuple[Path, Shelf] | None = None

    def of(self, job: Job) -> bytes:
        """Raises OSError, or a PolicyParseError that says what is wrong."""
        return self.read(job).data

    def read(self, job: Job) -> Content:
        """The same, and whether the file stood still."""
        if job.problem:
            raise PolicyParseError(job.problem)
        if job.member:
            return Content(self.shelf(job.source).read(job.member))
        budget = Budget(self._options.limits, job.name)
        for _ in range(_READS):
            content = _read(job.source, budget)
            if not content.changed:
                break
        return content

    def shelf(self, path: Path) -> Shelf:
        """The archive at `path`."""
        from ..readers.zipped import Shelf

        if self._open is None or self._open[0] != path:
            self._open = (path, Shelf(path, self._options, readable_name(path)))
        return self._open[1]

    def listing(self, path: Path) -> Listing | None:
        """The members of the archive at `path`; null when it is none."""
        if not _is_archive(path):
            return None
        entries = self.shelf(path).entries()
        return ((entry.path, str(entry.error) if entry.error else None) for entry in entries)


def _is_archive(path: Path) -> bool:
    from ..readers.zipped import is_archive

    try:
        return stat.S_ISREG(path.stat().st_mode) and is_archive(path)
    except OSError:
        return False  # reading it will say why


def _read(path: Path, budget: Budget) -> Content:
    """The bytes of a file, never more than the limit allows, whatever it grows to."""
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would wait for a writer for ever
        raise UnreadableFile("a folder, not a file" if path.is_dir() else "a device or a pipe, not a file")
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        budget.check("bytes", before.st_size)
        data = file.read(before.st_size + 1)  # not up to the limit: that much memory would be set aside for each file
        if len(data) > before.st_size:
            data += file.read(budget.limits.bytes + 1 - len(data))
        after = os.fstat(file.fileno())
    budget.check("bytes", len(data))
    return Content(data, (before.st_size, before.st_mtime_ns) != (len(data), after.st_mtime_ns))


def short(name: str, longest: int = _LONGEST_NAME) -> str:
    """A file name that every file system takes: the middle of a very long one is left out."""
    raw = os.fsencode(name)
    if len(raw) <= longest:
        return name
    suffix = PurePosixPath(name).suffix[:20]
    stem = raw[: longest - len(os.fsencode(suffix)) - 9].decode("utf-8", "ignore")
    return f"{stem}~{zlib.crc32(raw):08x}{suffix}"


def readable_name(path: Path) -> str:
    """The file name as text, without folders."""
    return shown(Path(path.name))


def shown(path: Path) -> str:
    """The path as text. Names that are no UTF-8 (unpacked from an old archive) are tried as GB18030."""
    return readable(os.fspath(path))


def readable(path: str) -> str:
    """The same of a path as a string."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "/".join(_decoded(os.fsencode(part)) for part in path.split("/"))
    return path


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
