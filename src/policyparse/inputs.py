"""Which documents a command line names: files, folders, glob patterns, archives; each with its place in the output."""

from __future__ import annotations

import glob
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from .errors import PolicyParseError
from .limits import Limits, ReadOptions

if TYPE_CHECKING:
    from .readers.zipped import Shelf

_ARCHIVES = (".zip", ".tar", ".tgz", ".gz")
_LONGEST_NAME = 200
"""Bytes of a file name that is made from an archive's: file systems take 255, and the output adds its suffix."""


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

    @property
    def name(self) -> str:
        """The file name as text, without folders."""
        return PurePosixPath(self.member[-1]).name if self.member else readable_name(self.source)

    @property
    def shown(self) -> str:
        """Where it stands, for a person: folder/archive.zip/inner.docx."""
        return "/".join((shown(self.source), *self.member))


class Contents:
    """The bytes of jobs. The archive read last stays open, so that its members cost one opening together."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._open: tuple[Path, Shelf] | None = None

    def of(self, job: Job) -> bytes:
        """Raises OSError, or a PolicyParseError that says what is wrong."""
        if job.problem:
            raise PolicyParseError(job.problem)
        if not job.member:
            return job.source.read_bytes()
        return self.shelf(job.source).read(job.member)

    def shelf(self, path: Path) -> Shelf:
        """The archive at `path`."""
        from .readers.zipped import Shelf

        if self._open is None or self._open[0] != path:
            self._open = (path, Shelf(path, self._options, readable_name(path)))
        return self._open[1]


def find_jobs(paths: Iterable[str | Path], output: Path, options: ReadOptions | None = None) -> list[Job]:
    """The inputs that `paths` name: files, folders (all files below, hidden ones left out), glob patterns.

    An archive (zip, tar) is a folder of its members. The folder `output` is never an input. A file named twice is one
    job; two files whose output would be the same are told apart by the folders they stand in.
    """
    jobs: dict[tuple[Path, tuple[str, ...]], Job] = {}
    contents = Contents(options or ReadOptions(limits=Limits.in_force()))
    for path in paths:
        for file in _expand(str(path), output):
            if (file.source.absolute(), ()) in jobs or file.problem:
                jobs.setdefault((file.source.absolute(), ()), file)
                continue
            for job in _members(file, contents):
                jobs.setdefault((job.source.absolute(), job.member), job)
    return _told_apart(jobs.values())


def find_files(path: Path, options: ReadOptions) -> list[Job]:
    """The document in a file, or those in an archive; a folder is none."""
    file = Job(path, Path(path.name))
    return list(_members(file, Contents(options))) if path.is_file() else [file]


def _members(file: Job, contents: Contents) -> Iterator[Job]:
    """The documents in an archive; any other file is one itself."""
    if not _is_archive(file.source):
        yield file
        return
    found = False
    try:
        for entry in contents.shelf(file.source).entries():
            found = True
            below = Path(*(_short(part) for part in entry.name.split("/")))
            problem = str(entry.error) if entry.error else None
            yield Job(file.source, file.relative / below, problem, entry.path)
    except PolicyParseError as error:
        yield replace(file, problem=str(error))
    else:
        if not found:
            yield replace(file, problem="the archive holds no files")


def _is_archive(path: Path) -> bool:
    if not path.name.lower().endswith(_ARCHIVES):
        return False
    from .readers.zipped import is_archive

    try:
        return is_archive(path)
    except OSError:
        return False  # reading it will say why


def _short(name: str) -> str:
    """A file name that every file system takes: the middle of a very long one is left out."""
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    suffix = PurePosixPath(name).suffix[:20]
    stem = name.encode()[: _LONGEST_NAME - len(suffix.encode()) - 9].decode("utf-8", "ignore")
    return f"{stem}~{zlib.crc32(name.encode()):08x}{suffix}"


def readable_name(path: Path) -> str:
    """The file name as text, without folders."""
    return shown(Path(path.name))


def shown(path: Path) -> str:
    """The path as text. Names that are no UTF-8 (unpacked from an old archive) are tried as GB18030."""
    raw = os.fsencode(path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _expand(path: str, output: Path) -> Iterator[Job]:
    here = Path(path)
    if here.is_dir():
        yield from _files_below(here, here, output)
    elif here.exists():
        yield Job(here, Path(here.name))
    elif glob.has_magic(path):
        yield from _matching(path, output)
    else:
        yield Job(here, Path(here.name), "no such file or folder")


def _matching(pattern: str, output: Path) -> Iterator[Job]:
    found = [Path(name) for name in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 (may be absolute)
    base = _plain_folder(Path(pattern))
    for path in found:
        if path.is_file():
            yield Job(path, path.relative_to(base))
        elif "**" not in pattern:  # ** has named the files below already
            yield from _files_below(path, base, output)
    if not found:
        yield Job(Path(pattern), Path(pattern), "no file matches this pattern")


def _plain_folder(pattern: Path) -> Path:
    """The folders before the first part with a wildcard."""
    wild = next(i for i, part in enumerate(pattern.parts) if glob.has_magic(part))
    return Path(*pattern.parts[:wild])


def _files_below(folder: Path, base: Path, output: Path) -> Iterator[Job]:
    skipped = output.resolve()
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(n for n in folders if n[0] != "." and Path(root, n).resolve() != skipped)
        for name in sorted(names):
            if not name.startswith((".", "~$")):  # hidden; the lock file of an open Word document
                path = Path(root, name)
                yield Job(path, path.relative_to(base))


def _told_apart(jobs: Iterable[Job]) -> list[Job]:
    taken: set[Path] = set()
    found: list[Job] = []
    for job in jobs:
        relative = job.relative if job.relative not in taken else _apart(job, taken)
        taken.add(relative)
        found.append(job if relative is job.relative else replace(job, relative=relative))
    return found


def _apart(job: Job, taken: set[Path]) -> Path:
    """The job's place with so many of the folders above it that no other job has it."""
    relative, folder = job.relative, job.source.resolve().parent
    while relative in taken and folder.name:
        relative, folder = Path(folder.name) / relative, folder.parent
    return relative
