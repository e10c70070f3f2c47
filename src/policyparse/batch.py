"""Many files in one run: skips finished work, survives every single file, writes atomically."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from .errors import PolicyParseError
from .export import OUTPUTS, exporter
from .finished import FinishedLines, Mark, finished_file
from .inputs import Job, readable_name
from .model import PolicyDocument
from .pipeline import parse_bytes

Status = Literal["done", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an input."""

    job: Job
    status: Status
    reason: str = ""
    """For a failed input: what went wrong, in words."""


Tell = Callable[[Outcome], None]


def convert(jobs: list[Job], output: Path, to: str, *, force: bool = False, tell: Tell) -> None:
    """Read every input and write it in format `to` (a key of OUTPUTS); `tell` hears what became of each.

    An input whose output is there already, made from the same bytes by the same version, is skipped unless `force`.
    """
    if OUTPUTS[to].single:
        _into_one_file(jobs, single_file(output, to), to, force, tell)
    else:
        for job in jobs:
            target = output / job.relative.parent / (job.relative.name + OUTPUTS[to].suffix)
            tell(_into_own_file(job, target, to, force))


def single_file(output: Path, to: str) -> Path:
    """Where a format with one file for all documents writes: `output` itself, or documents.<suffix> in it."""
    suffix = OUTPUTS[to].suffix
    return output if output.suffix == suffix else output / f"documents{suffix}"


def _into_own_file(job: Job, target: Path, to: str, force: bool) -> Outcome:
    def work() -> Outcome:
        data = _bytes_of(job)
        if not force and finished_file(target) == Mark.of(readable_name(job.source), data):
            return Outcome(job, "skipped")
        _write_whole(to, [_read(job, data)], target)
        return Outcome(job, "done")

    return _surviving(job, work)


def _into_one_file(jobs: list[Job], target: Path, to: str, force: bool, tell: Tell) -> None:
    """All documents into one file. Documents of earlier runs that are not among the inputs stay in it."""
    earlier = FinishedLines(target)

    def documents() -> Iterator[PolicyDocument]:
        yield from earlier.of_others({readable_name(job.source) for job in jobs})
        for job in jobs:
            read: list[PolicyDocument] = []
            tell(_surviving(job, partial(work, job, read)))
            yield from read

    def work(job: Job, read: list[PolicyDocument]) -> Outcome:
        data = _bytes_of(job)
        kept = None if force else earlier.get(Mark.of(readable_name(job.source), data))
        read.append(kept or _read(job, data))
        return Outcome(job, "skipped" if kept else "done")

    _write_whole(to, documents(), target)


def _bytes_of(job: Job) -> bytes:
    if job.problem:
        raise PolicyParseError(job.problem)
    return job.source.read_bytes()


def _read(job: Job, data: bytes) -> PolicyDocument:
    document = parse_bytes(data, filename=readable_name(job.source))
    document.text.encode()  # what cannot be written is this input's failure, not that of the whole run
    return document


def read_one(path: Path) -> tuple[PolicyDocument | None, str]:
    """The document in a file, or null and the reason why there is none."""
    read: list[PolicyDocument] = []
    job = Job(path, Path(path.name))

    def work() -> Outcome:
        read.append(_read(job, _bytes_of(job)))
        return Outcome(job, "done")

    outcome = _surviving(job, work)
    return (read[0] if read else None), outcome.reason


def _surviving(job: Job, work: Callable[[], Outcome]) -> Outcome:
    """Do `work`; whatever one input does, the others go on. The only place that catches everything."""
    try:
        return work()
    except PolicyParseError as error:
        return Outcome(job, "failed", str(error))
    except OSError as error:
        return Outcome(job, "failed", f"cannot read or write: {error.strerror or error}")
    except MemoryError:
        return Outcome(job, "failed", "not enough memory for this file")
    except Exception as error:
        reason = f"bug in policyparse, please report it with the file: {type(error).__name__}: {error}"
        return Outcome(job, "failed", reason)


def _write_whole(to: str, documents: Iterable[PolicyDocument], target: Path) -> None:
    """Write `target` in one go: it is there complete, or as it was before."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.parent / f".policyparse-{os.getpid()}.part"
    try:
        exporter(to).write(documents, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
