"""What a worker process does with an input: what that of the local run does, and the rows of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from ..batch.inputs import members
from ..batch.jobs import Job, Listing
from ..batch.pool_answers import Answer, processors
from ..batch.run import Archives, lost
from ..batch.settings import Settings
from ..batch.work import Convert, Done, Reading, Task, surviving
from ..export.relation import Record, document_id
from ..export.tables import DOCUMENTS, rows
from ..limits import ReadOptions
from .sources import Anywhere, Away, Held, fetch, place_of

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

    from ..model import PolicyDocument

_TEXT = [c.name for c in DOCUMENTS.columns].index("text_id")


class Found(NamedTuple):
    """What a worker has found in an input."""

    done: Done
    tables: dict[str, list[Record]] = {}  # noqa: RUF012 (never changed)
    json: str | None = None
    document_id: str | None = None
    text_id: str | None = None
    again: bool = False
    """True: nothing that lies in the file itself; it may be read another time."""


@dataclass(slots=True)
class Source(Reading):
    """Reads jobs of all kinds, and keeps the document read last."""

    filesystem: FileSystem | None = None
    kept: PolicyDocument | None = None
    anywhere: Anywhere | None = field(default=None, init=False)

    @property
    def contents(self) -> Anywhere:
        """The bytes of jobs."""
        if self.anywhere is None:
            self.anywhere = Anywhere(self.options, self.filesystem)
        return self.anywhere

    def document(self, job: Job, data: bytes) -> PolicyDocument:
        """The document in the input's content."""
        self.kept = Reading.document(self, job, data)
        return self.kept


@dataclass(slots=True)
class Work:
    """The work of the pool in an actor. Can be pickled before its first use."""

    convert: Convert
    source: Source
    """That of `convert`."""
    tables: frozenset[str]
    """Whose rows are wanted."""
    json: bool
    """True: the document itself is wanted."""

    def prepare(self) -> None:
        """Called once in a worker."""
        self.convert.prepare()

    def __call__(self, job: Job) -> Found:
        """Never raises, but for a lack of memory."""
        self.source.kept = None
        done = self.convert(Task(job, {}))
        document = self.source.kept
        if document is None or done.status == "failed":
            return Found(done, again=self.source.contents.unread)
        found: list[Found] = []

        def work() -> Done:
            found.append(self._found(done, document, job))
            return done

        done = surviving(work)
        return found[0] if found else Found(done)

    def _found(self, done: Done, document: PolicyDocument, job: Job) -> Found:
        every = rows(document, place_of(job)) if self.tables else {}
        first = every["documents"][0] if every else None
        return Found(
            done,
            {name: records for name, records in every.items() if name in self.tables},
            document.to_json(indent=None) if self.json else None,
            document_id(document, place_of(job)),
            str(first[_TEXT]) if first and first[_TEXT] else None,
        )


class Result(NamedTuple):
    """An input, and what became of it."""

    job: Job
    found: Found
    seconds: float
    attempts: int


@dataclass(frozen=True, slots=True)
class How:
    """How inputs are read. Travels to the actors."""

    options: ReadOptions
    filesystem: FileSystem | None = None
    tables: frozenset[str] = frozenset()
    json: bool = False
    memory: int = 0
    workers: int = 1
    """Worker processes an actor."""
    work: type[Convert] = Convert


class Engine:
    """Reads inputs in worker processes of its own, which last as long as the actor that it belongs to."""

    def __init__(self, how: How) -> None:
        self._how = how
        # A worker's share of the machine is that of a processor, however many actors there are.
        self._settings = Settings(how.options, jobs=processors(), memory=how.memory)
        source = Source(how.options, how.filesystem)
        convert = how.work(source, Path(), Path(), False)
        self._pool = self._settings.pool(Work(convert, source, how.tables, how.json), how.workers)
        self._archives = Archives(self._settings)
        self._numbers = count()
        self._unfetched: set[Path] = set()

    def read(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """What became of each, in order; archives are opened out."""
        with TemporaryDirectory(prefix="policyparse-") as folder:
            every = (member for job in jobs for member in self._opened_out(job, Path(folder)))
            for answer in self._pool.run(every):
                yield Result(answer.task, self._found(answer), answer.seconds, answer.attempts)
            self._unfetched.clear()

    def close(self) -> None:
        """End the workers."""
        self._pool.close()
        self._archives.__exit__()

    def _found(self, answer: Answer[Job]) -> Found:
        if answer.task.left_out:
            return Found(Done("skipped", answer.task.problem or ""))
        if answer.kind != "done":
            return Found(Done("failed", lost(answer, self._settings)), again=answer.kind != "raised")
        found: Found = answer.value
        return found._replace(again=True) if answer.task.relative in self._unfetched else found

    def _opened_out(self, job: Job, folder: Path) -> Iterator[Job]:
        """The members of an archive; else the job itself."""
        here = job.source

        def listing(path: Path) -> Listing | None:
            nonlocal here
            if isinstance(job, Held) or (isinstance(job, Away) and job.key):
                here = self._copied(job, folder / str(next(self._numbers)))
            return self._archives(here)

        for found in members(job, listing):
            if isinstance(job, Away | Held) and found.member:
                yield Away(here, found.relative, found.problem, found.member, url=job.shown)
            else:
                yield found

    def _copied(self, job: Away | Held, folder: Path) -> Path:
        folder.mkdir()
        copy = folder / job.source.name
        if isinstance(job, Held):
            copy.write_bytes(job.data)
            return copy
        try:
            fetch(self._how.filesystem, job, copy)
        except OSError:
            self._unfetched.add(job.relative)
            raise
        return copy
