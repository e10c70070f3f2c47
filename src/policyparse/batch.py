"""Many documents in one run: skips finished work, survives every single file, writes atomically."""

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
from .inputs import Contents, Job
from .limits import Limits, ReadOptions
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


def convert(
    jobs: list[Job], output: Path, to: str, *, force: bool = False, options: ReadOptions | None = None, tell: Tell
) -> None:
    """Read every input and write it in format `to` (a key of OUTPUTS); `tell` hears what became of each.

    An input whose output is there already, made from the same bytes by the same version, is skipped unless `force`.
    """
    reading = _Reading(options or default_options())
    if OUTPUTS[to].single:
        _into_one_file(jobs, single_file(output, to), to, force, reading, tell)
    else:
        for job in jobs:
            target = output / job.relative.parent / (job.relative.name + OUTPUTS[to].suffix)
            tell(_into_own_file(job, target, to, force, reading))


def default_options() -> ReadOptions:
    """No password, the limits in force."""
    return ReadOptions(limits=Limits.in_force())


def single_file(output: Path, to: str) -> Path:
    """Where a format with one file for all documents writes: `output` itself, or documents.<suffix> in it."""
    suffix = OUTPUTS[to].suffix
    return output if output.suffix == suffix else output / f"documents{suffix}"


def _into_own_file(job: Job, target: Path, to: str, force: bool, reading: _Reading) -> Outcome:
    def work() -> Outcome:
        data = reading.bytes_of(job)
        if not force and finished_file(target) == Mark.of(job.name, data):
            return Outcome(job, "skipped")
        _write_whole(to, [reading.document(job, data)], target)
        return Outcome(job, "done")

    return _surviving(job, work)


def _into_one_file(jobs: list[Job], target: Path, to: str, force: bool, reading: _Reading, tell: Tell) -> None:
    """All documents into one file. Documents of earlier runs that are not among the inputs stay in it."""
    earlier = FinishedLines(target)

    def documents() -> Iterator[PolicyDocument]:
        yield from earlier.of_others({job.name for job in jobs})
        for job in jobs:
            read: list[PolicyDocument] = []
            tell(_surviving(job, partial(work, job, read)))
            yield from read

    def work(job: Job, read: list[PolicyDocument]) -> Outcome:
        data = reading.bytes_of(job)
        kept = None if force else earlier.get(Mark.of(job.name, data))
        read.append(kept or reading.document(job, data))
        return Outcome(job, "skipped" if kept else "done")

    _write_whole(to, documents(), target)


class _Reading:
    """Reads jobs with one set of options."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._contents = Contents(options)

    def bytes_of(self, job: Job) -> bytes:
        """The content of the input."""
        return self._contents.of(job)

    def document(self, job: Job, data: bytes) -> PolicyDocument:
        """The document in the input's content."""
        o = self._options
        document = parse_bytes(data, job.name, password=o.password, ocr=o.ocr, limits=o.limits)
        document.text.encode()  # what cannot be written is this input's failure, not that of the whole run
        return document


def read_each(
    jobs: Iterable[Job], options: ReadOptions | None = None
) -> Iterator[tuple[Job, PolicyDocument | None, str]]:
    """Each input with its document, or null and the reason why there is none."""
    reading = _Reading(options or default_options())
    for job in jobs:
        read: list[PolicyDocument] = []

        def work(job: Job = job, read: list[PolicyDocument] = read) -> Outcome:
            read.append(reading.document(job, reading.bytes_of(job)))
            return Outcome(job, "done")

        outcome = _surviving(job, work)
        yield job, (read[0] if read else None), outcome.reason


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
