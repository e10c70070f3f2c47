"""What a worker does with an input: read it, write the outputs that are files of their own, tell what it found.

Whatever the input is, the answer is a `Done`: the only place that catches everything.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..errors import PolicyParseError
from ..export import exporter
from ..limits import ReadOptions
from .jobs import Contents, Job

if TYPE_CHECKING:
    from ..model import PolicyDocument

Status = Literal["ok", "partial", "failed", "skipped"]

DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS) if hasattr(errno, "EDQUOT") else (errno.ENOSPC, errno.EROFS)
"""Errors of writing that every further file would meet, too."""
READ_OR_WRITE = "cannot read or write: "
LOSSES = frozenset({"damaged-file", "page-without-text", "undecodable"})
"""Diagnostics that say that something of the file is missing: its document is partial."""
_SHORTEST = 20
"""Texts of fewer characters say too little to call two documents the same."""


class Before(NamedTuple):
    """What an earlier run has made of the input; the same bytes need no reading."""

    sha256: str
    files: dict[str, tuple[str, int]]


class Task(NamedTuple):
    """An input, with the names of its output files."""

    job: Job
    names: dict[str, str]
    before: Before | None = None


class Done(NamedTuple):
    """What became of an input."""

    status: Status
    reason: str = ""
    sha256: str | None = None
    fingerprint: bytes | None = None
    warnings: dict[str, int] = {}  # noqa: RUF012 (never changed)
    files: dict[str, tuple[str, int]] = {}  # noqa: RUF012
    line: bytes | None = None
    """The document as a JSON line, where an output of all documents wants it."""
    disk: bool = False
    """True: the output cannot be written, now and for all other files."""


@dataclass(slots=True)
class Reading:
    """Reads jobs with one set of options."""

    options: ReadOptions
    _contents: Contents | None = field(default=None, init=False)

    @property
    def contents(self) -> Contents:
        """The bytes of jobs."""
        if self._contents is None:
            self._contents = Contents(self.options)
        return self._contents

    def prepare(self) -> None:
        """Load what every file needs."""
        import_module(".warm", __package__)

    def document(self, job: Job, data: bytes) -> PolicyDocument:
        """The document in the input's content."""
        from ..pipeline import parse_bytes  # the parent of the workers never needs it

        o = self.options
        document = parse_bytes(data, job.name, password=o.password, ocr=o.ocr, limits=o.limits)
        document.text.encode()  # what cannot be written is this input's failure, not that of the whole run
        return document


@dataclass(slots=True)
class Convert:
    """The work of `convert`. Can be pickled before its first use."""

    reading: Reading
    folder: Path
    parts: Path
    line: bool
    """True: an output of all documents together wants the document."""

    def prepare(self) -> None:
        """Called once in a worker."""
        self.reading.prepare()

    def __call__(self, task: Task) -> Done:
        """Never raises, but for a lack of memory."""
        return surviving(lambda: self._convert(task))

    def _convert(self, task: Task) -> Done:
        content = self.reading.contents.read(task.job)
        before = task.before if task.before and self._is_there(task.before.files, task.names) else None
        if before and before.sha256 == hashlib.sha256(content.data).hexdigest():
            return Done("skipped", sha256=before.sha256)
        try:
            document = self.reading.document(task.job, content.data)
        except PolicyParseError as error:
            return Done("failed", str(error), hashlib.sha256(content.data).hexdigest())
        reason = "the file changed while it was read" if content.changed else _losses(document)
        files = {to: (name, self._write(to, document, name)) for to, name in task.names.items()}
        line = _line(document) if self.line else None
        warnings = Counter(d.code for d in document.diagnostics if d.severity != "info")
        status: Status = "partial" if reason else "ok"
        return Done(status, reason, document.source.sha256, fingerprint(document.text), dict(warnings), files, line)

    def _is_there(self, files: dict[str, tuple[str, int]], names: dict[str, str]) -> bool:
        """True when every file that is wanted is there as it was written."""
        return all(
            to in files and files[to][0] == name and _size(self.folder / name) == files[to][1]
            for to, name in names.items()
        )

    def _write(self, to: str, document: PolicyDocument, name: str) -> int:
        """Write a file in one go: it is there complete, or as it was before. Returns its size."""
        target = self.folder / name
        part = self.parts / f"{os.getpid()}{target.suffix}"
        try:
            exporter(to).write([document], part)
            size = part.stat().st_size
            _put(part, target)
        finally:
            part.unlink(missing_ok=True)
        return size


class Parsed(NamedTuple):
    """A document as JSON, or the name of an error and its words."""

    json: bytes | None
    error: str = ""
    message: str = ""


@dataclass(slots=True)
class Parse:
    """The work of `parse_many`."""

    reading: Reading

    def prepare(self) -> None:
        """Called once in a worker."""
        self.reading.prepare()

    def __call__(self, job: Job) -> Parsed:
        """Never raises, but for a lack of memory. The document travels as JSON: three times as fast as pickled."""
        found: list[bytes] = []
        raised: list[str] = []

        def work() -> Done:
            try:
                document = self.reading.document(job, self.reading.contents.of(job))
            except (PolicyParseError, OSError) as error:
                raised.append(type(error).__name__ if isinstance(error, PolicyParseError) else "UnreadableFile")
                raise
            found.append(_line(document))
            return Done("ok")

        done = surviving(work)
        return Parsed(found[0] if found else None, (*raised, "PolicyParseError")[0], done.reason)


@dataclass(slots=True)
class Listed:
    """What is in an archive."""

    members: list[tuple[tuple[str, ...], str | None]] | None = None
    """Null: it is none."""
    problem: str = ""


@dataclass(slots=True)
class List:
    """The work of listing archives: a hostile one can cost much time and memory, too."""

    reading: Reading

    def __call__(self, path: Path) -> Listed:
        """Never raises, but for a lack of memory."""
        listed = Listed()

        def work() -> Done:
            members = self.reading.contents.listing(path)
            listed.members = None if members is None else list(members)
            return Done("ok")

        listed.problem = surviving(work).reason
        return listed


def _line(document: PolicyDocument) -> bytes:
    from ..export.jsonl import line  # loads the model, which the parent of the workers never needs

    return line(document)


def _put(part: Path, target: Path) -> None:
    try:
        part.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:  # a folder of the output that lies on another disk
            raise
        near = target.with_name(part.name)
        near.write_bytes(part.read_bytes())
        near.replace(target)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _losses(document: PolicyDocument) -> str:
    """What of the file is missing, in the words of its diagnostics."""
    return "; ".join(dict.fromkeys(d.message for d in document.diagnostics if d.code in LOSSES))[:500]


def fingerprint(text: str) -> bytes | None:
    """The same for the same text, however it is spaced and broken into lines; null for next to nothing."""
    squeezed = "".join(text.split())
    if len(squeezed) < _SHORTEST:
        return None
    return hashlib.blake2b(squeezed.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def surviving(work: Callable[[], Done]) -> Done:
    """Do `work`; whatever one input does, the others go on."""
    try:
        return work()
    except PolicyParseError as error:
        return Done("failed", str(error))
    except OSError as error:
        return Done("failed", f"{READ_OR_WRITE}{error.strerror or error}", disk=error.errno in DISK)
    except MemoryError:
        raise  # the pool tells it, and replaces the worker
    except RecursionError:
        return Done("failed", "nested too deeply")
    except Exception as error:
        reason = f"bug in policyparse, please report it with the file: {type(error).__name__}: {error}"
        return Done("failed", reason)
