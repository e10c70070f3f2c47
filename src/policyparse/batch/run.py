"""Many documents in one run: each in a worker process that it alone can harm, nothing done twice, nothing lost.

`Run` is the whole story: discovery → tasks for the pool → what became of each, in order → documents, journal, report
→ outputs of all documents together.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UnreadableFile
from ..export import OUTPUTS, place
from ..limits import ReadOptions
from .jobs import Job, Listing, readable, shown
from .journal import Journal, Record
from .places import Places
from .pool import Answer, Inline, Pool
from .pool_worker import Bounds
from .report import Lines, Outcome, Totals
from .settings import Settings, default_options
from .spool import Spool
from .together import AHEAD, Pack, Together, check, stretches, write_all
from .work import READ_OR_WRITE, Before, Convert, Done, List, Listed, Reading, Task, surviving

if TYPE_CHECKING:
    from ..model import PolicyDocument

Tell = Callable[[Outcome], None]

_COMMIT = 0.2
"""Seconds of work that are done again, at most, after a power cut or a kill."""
_STOPPED = "stopped; the same command goes on from here"
_LOST = {
    "crash": "the reader crashed on this file ({}); please report it with the file",
    "time": "took longer than the limit of {} seconds and was ended; to read it, give a larger --max-seconds",
    "memory": "not enough memory for this file (a worker may use {} MB; --memory gives more)",
    "raised": "bug in policyparse, please report it with the file: {}",
}


def convert(
    jobs: Iterable[Job],
    places: Places,
    settings: Settings,
    *,
    tell: Tell = lambda outcome: None,
    stopped: Callable[[], bool] = lambda: False,
    work: type[Convert] = Convert,
) -> Totals:
    """Read every input and write it in all formats of `places`; `tell` hears what became of each.

    An input whose outputs are there already, made from the same bytes by the same version with the same options, is
    skipped unless `settings.force`. When `stopped` says so, the run ends; the same call goes on from there. Raises
    PolicyParseError when the output cannot be written at all (another run has it, an extra is missing).
    """
    with ExitStack() as stack:
        return Run(places, settings, stack, tell, stopped, work).through(jobs)


class Run:
    """One run into one output."""

    def __init__(
        self,
        places: Places,
        settings: Settings,
        stack: ExitStack,
        tell: Tell,
        stopped: Callable[[], bool],
        work: type[Convert],
    ) -> None:
        self._places, self._settings, self._tell, self._stopped = places, settings, tell, stopped
        self._totals = Totals()
        self._journal = Journal(places.state, settings.options)
        stack.callback(self._journal.close)
        self._spool = Spool(self._journal, places.lines) if places.together else None
        _emptied(places.parts)
        self._outputs = tuple(os.path.relpath(place(to, places.output), places.folder) for to in places.together)
        for to in places.together:
            if to != "jsonl":
                check(to, place(to, places.output))
        self._lines = Lines(places.state / "report.part", places.report)
        self._pool: Pool[Task] | Inline[Task] = self._new_pool(work)
        stack.callback(self._pool.close)
        self._committed = time.monotonic()

    def through(self, jobs: Iterable[Job]) -> Totals:
        """Do everything."""
        totals = self._totals
        try:
            self._read_all(jobs)
            self._commit()
            if not totals.ended and self._spool:
                self._write_together(self._spool)
        except (OSError, sqlite3.OperationalError) as error:
            totals.ended = (
                f"stopped: cannot write {shown(self._places.output)}: {getattr(error, 'strerror', None) or error}; "
                "make room (or choose another disk) and give the same command again: it goes on from here"
            )
        finally:
            self._end()
        return totals

    # --- inputs ----------------------------------------------------------------------------------------------------

    def _read_all(self, jobs: Iterable[Job]) -> None:
        settings, totals = self._settings, self._totals
        answers = self._pool.run(map(self._task, jobs), ordered=settings.ordered, stopped=self._stopped)
        for answer in answers:
            outcome = self._settle(answer)
            totals.add(outcome)
            self._lines.add(outcome)
            self._tell(outcome)
            if time.monotonic() - self._committed > _COMMIT:
                self._commit()
            if outcome.status == "failed" and settings.fail_fast:
                totals.ended = "stopped at the first failure; the same command goes on from here"
                return
        if self._stopped():
            totals.ended = _STOPPED

    def _task(self, job: Job) -> Task:
        before = None
        if not (self._settings.force or self._places.one) and (known := self._journal.get(_place(job))):
            there = known.segment is not None or not self._spool
            before = Before(known.sha256, known.files) if there and known.sha256 else None
        return Task(job, {to: self._places.name_of(job, to) for to in self._places.each}, before)

    def _settle(self, answer: Answer[Task]) -> Outcome:
        """Keep what a worker has found."""
        job = answer.task.job
        if job.left_out:
            return Outcome(job, "skipped", job.problem or "")
        done = answer.value if answer.kind == "done" else Done("failed", lost(answer, self._settings))
        if done.disk:
            raise OSError(0, done.reason.removeprefix(READ_OR_WRITE))
        place, record, earlier = _place(job), None, None
        if done.status == "skipped" and (record := self._journal.get(place)):
            earlier = record.status
        elif done.line is not None and self._spool:
            record = _record(job, done, self._spool.append(done.line))
        else:
            record = _record(job, done)
        self._journal.put(place, record)
        first = self._journal.original(place, job.shown, record.fingerprint) if record.fingerprint else None
        outputs = () if done.status == "failed" else (*(n for n, _ in record.files.values()), *self._outputs)
        reason = "unchanged" if done.status == "skipped" else done.reason
        return Outcome(
            *(job, done.status, reason, answer.seconds, answer.attempts, record.warnings, done.sha256),
            *(tuple(map(readable, outputs)), first, earlier),
        )

    # --- outputs of all documents ----------------------------------------------------------------------------------

    def _write_together(self, spool: Spool) -> None:
        places, journal = self._places, self._journal
        number, lines = spool.finish(places.lines)
        outputs = [Together(to, place(to, places.output).absolute()) for to in places.together if to != "jsonl"]
        outputs = [o for o in outputs if journal.fact(f"made {o.to}") != _made(number, o) or not o.target.exists()]
        if not outputs:
            return
        self._pool.close()  # its workers have done their part
        pool = self._settings.pool(Pack(lines.absolute(), tuple(o.to for o in outputs)), ahead=AHEAD, bounds=Bounds())
        named = ((shown(Path(name)), at, length) for name, at, length in spool.lines(number))
        for output, problem in write_all(outputs, pool, stretches(named), self._stopped):
            if problem:
                self._totals.unwritten[output.to] = problem
            else:
                journal.remember(f"made {output.to}", _made(number, output))
                journal.commit()
        if self._stopped():
            self._totals.ended = _STOPPED

    # --- beginning and end -----------------------------------------------------------------------------------------

    def _new_pool(self, kind: type[Convert]) -> Pool[Task] | Inline[Task]:
        settings, places = self._settings, self._places
        work = kind(Reading(settings.options), places.folder.absolute(), places.parts.absolute(), bool(self._spool))
        preload = tuple(p for to in places.to if (p := OUTPUTS[to].preload))
        return settings.pool(work, preload=preload, folder=places.state)

    def _commit(self) -> None:
        if self._spool:
            self._spool.flush()
        self._lines.flush()
        self._journal.commit()
        self._committed = time.monotonic()

    def _end(self) -> None:
        """What was done is kept, whatever has ended the run."""
        with suppress(OSError, sqlite3.OperationalError):
            self._pool.close()
            self._commit()
            if self._spool:
                self._spool.close()
        with suppress(OSError):
            self._lines.close()
            text = "\n".join((*self._totals.lines(shown(self._places.output)), self._totals.pace())) + "\n"
            self._places.summary.write_text(text, "utf-8", errors="replace")
        _emptied(self._places.parts)
        with suppress(OSError):
            self._places.parts.rmdir()


class Archives:
    """Lists archives for `find_jobs`, in a worker of its own when inputs are isolated. Used in a `with` block."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool: Pool[Path] | Inline[Path] = settings.pool(List(Reading(settings.options)), jobs=1)

    def __enter__(self) -> Archives:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.close()

    def __call__(self, path: Path) -> Listing | None:
        """The members of the archive at `path`; null when it is none. Raises PolicyParseError."""
        for answer in self._pool.run([path]):
            listed = Listed(problem=lost(answer, self._settings)) if answer.kind != "done" else answer.value
            if listed.problem:
                raise UnreadableFile(listed.problem)
            members: Listing | None = listed.members
            return members
        return None


def lost(answer: Answer[Any], settings: Settings) -> str:
    """The words for an input that its worker has not answered for."""
    detail = {
        "crash": answer.detail,
        "time": settings.options.limits.seconds,
        "memory": (settings.bounds().memory or 0) >> 20,
        "raised": answer.value if answer.kind == "raised" else "",
    }[answer.kind]
    return _LOST[answer.kind].format(detail)


def _place(job: Job) -> bytes:
    """The key of an input: its place below the output."""
    return os.fsencode(job.relative)


def _record(job: Job, done: Done, line: tuple[int, int, int] | tuple[()] = ()) -> Record:
    return Record(job.shown, done.status, done.sha256, done.fingerprint, done.warnings, done.files, *line)


def _made(number: int, output: Together) -> list[object]:
    """From which documents, and where, an output was written."""
    return [number, os.fsencode(output.target).hex()]


def _emptied(folder: Path) -> None:
    """An empty folder: what grew in it when a run was killed is of no use."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        with suppress(OSError):
            path.unlink()


def read_each(
    jobs: Iterable[Job], options: ReadOptions | None = None
) -> Iterator[tuple[Job, PolicyDocument | None, str]]:
    """Each input with its document, or null and the reason why there is none. Without worker processes."""
    reading = Reading(options or default_options())
    for job in jobs:
        read: list[PolicyDocument] = []

        def work(job: Job = job, read: list[PolicyDocument] = read) -> Done:
            read.append(reading.document(job, reading.contents.of(job)))
            return Done("ok")

        try:
            done = surviving(work)
        except MemoryError:
            done = Done("failed", "not enough memory for this file")
        yield job, (read[0] if read else None), done.reason


__all__ = ["OUTPUTS", "Archives", "Outcome", "Places", "Run", "Settings", "Totals", "convert", "read_each"]
