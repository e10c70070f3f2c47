"""Which documents a command line names: files, folders, glob patterns, archives; each with its place in the output.

Everything is found while it is needed: a folder of a million files costs no list of them.
"""

from __future__ import annotations

import glob
import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import IO

from ..errors import PolicyParseError
from ..limits import Limits, ReadOptions
from .jobs import Content, Contents, Job, Listing, readable_name, short, shown

_ARCHIVES = (".zip", ".tar", ".tgz", ".gz")


def find_jobs(
    paths: Iterable[str | Path],
    output: Path | Iterable[Path] = (),
    options: ReadOptions | None = None,
    *,
    stdin: IO[bytes] | None = None,
    listing: Callable[[Path], Listing | None] | None = None,
) -> Iterator[Job]:
    """The inputs that `paths` name: files, folders (all files below, hidden ones left out), glob patterns.

    "-" stands for a list of files on `stdin`, one a line (or each followed by a zero byte, as `find -print0` writes).
    An archive (zip, tar) is a folder of its members, which `listing` tells. What is written to, `output`, is never an
    input. A file named twice is one job; two files whose output would be the same are told apart by the folders they
    stand in.
    """
    written = frozenset(p.resolve() for p in ((output,) if isinstance(output, Path) else output))
    named = [str(p) for p in paths]
    files = chain.from_iterable(
        _listed(stdin or sys.stdin.buffer) if path == "-" else _expand(path, written) for path in named
    )
    if listing is None:
        listing = Contents(options or ReadOptions(limits=Limits.in_force())).listing
    if len(named) == 1 and named[0] != "-" and not glob.has_magic(named[0]):
        return (job for file in files for job in members(file, listing))  # one walk meets every file once
    return told_apart(files, listing)


def find_files(path: Path, options: ReadOptions) -> list[Job]:
    """The document in a file, or those in an archive; a folder is none, which its job says."""
    problem = None if path.exists() or path.is_symlink() else "no such file"
    if path.is_dir():
        problem = "a folder, not a file: give one of its files, or convert reads them all"
    file = Job(path, Path(path.name), problem)
    return list(members(file, Contents(options).listing)) if path.is_file() else [file]


def is_one_file(paths: Sequence[str | Path]) -> bool:
    """True when `paths` name one file that is no archive: one document at most."""
    return len(paths) == 1 and Path(paths[0]).is_file() and not str(paths[0]).lower().endswith(_ARCHIVES)


def count(paths: Iterable[str | Path]) -> int | None:
    """About how many inputs `paths` name: an archive counts as one. Null for a list on standard input."""
    found = 0
    for path in map(str, paths):
        if path == "-":
            return None
        if not os.path.isdir(path):  # noqa: PTH112
            found += len(glob.glob(path, recursive=True)) if glob.has_magic(path) else 1  # noqa: PTH207
            continue
        for _, folders, names in os.walk(path):
            folders[:] = [n for n in folders if n[0] != "."]
            found += sum(not n.startswith((".", "~$")) for n in names)
    return found


def members(file: Job, listing: Callable[[Path], Listing | None]) -> Iterator[Job]:
    """The documents in an archive; any other file is one itself."""
    if file.problem or not file.source.name.lower().endswith(_ARCHIVES):
        yield file
        return
    found = False
    try:
        entries = listing(file.source)
        if entries is None:
            yield file
            return
        for path, problem in entries:
            found = True
            below = Path(*(short(part) for name in path for part in name.split("/")))
            yield Job(file.source, file.relative / below, problem, path)
    except (PolicyParseError, OSError) as error:
        yield replace(file, problem=str(error))
    else:
        if not found:
            yield replace(file, problem="the archive holds no files")


def _expand(path: str, written: frozenset[Path]) -> Iterator[Job]:
    here = Path(path)
    if here.is_dir():
        yield from _files_below(here, here, written)
    elif here.exists():
        yield Job(here, Path(here.name))
    elif glob.has_magic(path):
        yield from _matching(path, written)
    elif here.is_symlink():
        yield Job(here, Path(here.name))  # reading it says what is wrong with it
    else:
        yield Job(here, Path(here.name), "no such file or folder")


def _listed(stream: IO[bytes]) -> Iterator[Job]:
    """The files of a list. The output mirrors their paths as they are written there."""
    for name in _names(stream):
        path = Path(os.fsdecode(name))
        relative = Path(*(part for part in path.parts if part not in (path.anchor, "..")))
        problem = None if path.exists() or path.is_symlink() else "no such file or folder"
        yield Job(path, relative, problem or ("a folder; name it on the command line" if path.is_dir() else None))


def _names(stream: IO[bytes]) -> Iterator[bytes]:
    """The entries of a list, ended by zero bytes or by line ends."""
    rest, ends = b"", b""
    while block := stream.read1(1 << 16) if hasattr(stream, "read1") else stream.read(1 << 16):
        ends = ends or (b"\0" if b"\0" in block else b"\n" if b"\n" in block else b"")
        *whole, rest = (rest + block).split(ends) if ends else (rest + block,)
        yield from (n for name in whole if (n := name.rstrip(b"\r")))
    if rest.strip():
        yield rest.rstrip(b"\r\n")


def _matching(pattern: str, written: frozenset[Path]) -> Iterator[Job]:
    found = [Path(name) for name in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 (may be absolute)
    base = _plain_folder(Path(pattern))
    for path in found:
        if path.is_file():
            yield Job(path, path.relative_to(base))
        elif "**" not in pattern:  # ** has named the files below already
            yield from _files_below(path, base, written)
    if not found:
        yield Job(Path(pattern), Path(pattern), "no file matches this pattern")


def _plain_folder(pattern: Path) -> Path:
    """The folders before the first part with a wildcard."""
    wild = next(i for i, part in enumerate(pattern.parts) if glob.has_magic(part))
    return Path(*pattern.parts[:wild])


def _files_below(folder: Path, base: Path, written: frozenset[Path]) -> Iterator[Job]:
    """Folder by folder, sorted. Links to folders are not followed (they may lead in circles), but told."""
    problems: list[Job] = []

    def unlisted(error: OSError) -> None:
        path = Path(error.filename)
        problems.append(Job(path, path.relative_to(base), f"cannot list this folder: {error.strerror}"))

    names_written = {p.name for p in written}
    for root, folders, names in os.walk(folder, onerror=unlisted):
        yield from problems
        problems.clear()
        folders.sort()
        for name in [n for n in folders if n[0] == "." or (n in names_written and Path(root, n).resolve() in written)]:
            folders.remove(name)
        for name in folders:
            if (path := Path(root, name)).is_symlink():
                yield Job(path, path.relative_to(base), "a link to a folder, not followed", left_out=True)
        below = Path(root).relative_to(base)
        for name in sorted(names):
            if not name.startswith((".", "~$")):  # hidden; the lock file of an open Word document
                path = Path(root, name)
                if name not in names_written or path.resolve() not in written:
                    yield Job(path, below / name)
    yield from problems


def told_apart(files: Iterable[Job], listing: Callable[[Path], Listing | None]) -> Iterator[Job]:
    """Each file once, each with a place of its own. Remembers 16 bytes for either."""
    seen: set[bytes] = set()
    taken: set[bytes] = set()
    for file in files:
        if _new(str(file.source.absolute()), seen):
            for job in members(file, listing):
                relative = job.relative if _new(str(job.relative), taken) else _apart(job, taken)
                yield job if relative is job.relative else replace(job, relative=relative)


def _new(name: str, known: set[bytes]) -> bool:
    """True for a name that was not there before; it is now."""
    before = len(known)
    known.add(hashlib.blake2b(os.fsencode(name), digest_size=16).digest())
    return len(known) > before


def _apart(job: Job, taken: set[bytes]) -> Path:
    """The job's place with so many of the folders above it that no other job has it."""
    relative, folder = job.relative, job.source.resolve().parent
    while folder.name:
        relative, folder = Path(folder.name) / relative, folder.parent
        if _new(str(relative), taken):
            return relative
    return relative


__all__ = [
    "Content",
    "Contents",
    "Job",
    "Listing",
    "count",
    "find_files",
    "find_jobs",
    "is_one_file",
    "members",
    "readable_name",
    "short",
    "shown",
    "told_apart",
]
