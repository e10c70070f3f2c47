"""Many documents for a program: `parse_many`, on the same worker processes as `convert`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import errors
from ..errors import LimitExceeded, PolicyParseError, UnreadableFile
from ..limits import Limits, Ocr, ReadOptions
from ..model import PolicyDocument
from .inputs import Job, find_jobs
from .pool import Answer
from .run import Archives, lost
from .settings import Settings
from .work import Parse, Parsed, Reading


@dataclass(frozen=True, slots=True)
class Result:
    """An input of `parse_many`: its document, or the error that says why there is none."""

    path: Path
    """The file."""
    document: PolicyDocument | None = None
    error: PolicyParseError | None = None
    member: str | None = None
    """Its path in the archive `path` (2024年.zip/通知.docx); null for a file that is none."""
    seconds: float = 0.0
    """The time that reading took."""


def parse_many(
    paths: str | Path | Iterable[str | Path],
    jobs: int | None = None,
    ordered: bool = True,
    *,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits | None = None,
    memory: int | None = None,
    isolate: bool = True,
) -> Iterator[Result]:
    """Read files, folders, glob patterns and archives in `jobs` processes (default: one a processor).

    Results come in the order of the inputs, or with `ordered=False` as they are ready. An input that crashes its
    worker, takes longer than `limits.seconds` or more than `memory` bytes has an error, and never stops the others.
    `isolate=False` reads in this process: nothing to start, but nothing that holds a bad file back.

    Processes import the script that starts them: call this below `if __name__ == "__main__":`.
    """
    options = ReadOptions(password, ocr, limits or Limits.in_force())
    settings = Settings(options, jobs=jobs or 0, ordered=ordered, memory=memory or 0, isolate=isolate)
    return _results([paths] if isinstance(paths, str | Path) else paths, settings)


def _results(paths: Iterable[str | Path], settings: Settings) -> Iterator[Result]:
    with settings.pool(Parse(Reading(settings.options))) as pool, Archives(settings) as archives:
        found = find_jobs(paths, (), settings.options, listing=archives)
        for answer in pool.run(found, ordered=settings.ordered):
            if not answer.task.left_out:
                yield _result(answer, settings)


def _result(answer: Answer[Job], settings: Settings) -> Result:
    job = answer.task
    member = "/".join(job.member) or None
    if answer.kind == "done":
        parsed: Parsed = answer.value
        if parsed.json is not None:
            document = PolicyDocument.model_validate_json(parsed.json)
            return Result(job.source, document, member=member, seconds=answer.seconds)
        error: PolicyParseError = getattr(errors, parsed.error, PolicyParseError)(parsed.message)
    else:
        kind = {"time": LimitExceeded, "memory": LimitExceeded, "crash": UnreadableFile, "raised": PolicyParseError}
        error = kind[answer.kind](lost(answer, settings))
    return Result(job.source, error=error, member=member, seconds=answer.seconds)
