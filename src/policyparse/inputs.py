"""Which files a command line names: files, folders, glob patterns, each with its place in the output."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Job:
    """An input file and its place below the input folder, which the output mirrors."""

    source: Path
    relative: Path
    problem: str | None = None
    """Why there is nothing to read (the path does not exist)."""


def find_jobs(paths: Iterable[str | Path], output: Path) -> list[Job]:
    """The inputs that `paths` name: files, folders (all files below, hidden ones left out), glob patterns.

    The folder `output` is never an input. A file named twice is one job; two files whose output would be the same
    are told apart by the folders they stand in.
    """
    jobs: dict[Path, Job] = {}
    for path in paths:
        for job in _expand(str(path), output):
            jobs.setdefault(job.source.absolute(), job)
    return _told_apart(jobs.values())


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
        relative, folder = job.relative, job.source.resolve().parent
        while relative in taken and folder.name:
            relative, folder = Path(folder.name) / relative, folder.parent
        taken.add(relative)
        found.append(replace(job, relative=relative))
    return found
