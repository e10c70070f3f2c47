"""What goes into a pool and what comes out: tasks on their way, and answers. And the pool that has no processes."""

from __future__ import annotations

import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Generic, Literal, TypeVar

T = TypeVar("T")

Kind = Literal["done", "raised", "crash", "time", "memory"]


class PoolBroken(RuntimeError):
    """Workers do not start."""


@dataclass(slots=True)
class Answer(Generic[T]):
    """What became of a task."""

    task: T
    kind: Kind
    seconds: float = 0.0
    attempts: int = 1
    raw: bytes | memoryview = b""
    detail: str = ""
    """How the worker died."""

    @property
    def value(self) -> Any:
        """What the work returned (done), or the words of its exception (raised)."""
        return pickle.loads(self.raw) if self.raw else None


@dataclass(slots=True)
class Given(Generic[T]):
    """A task on its way."""

    number: int
    task: T
    attempts: int = 0


_IN_MEMORY = 16 << 20
"""Bytes of answers that wait in memory where there is a folder for the others."""
_IN_ALL = 128 << 20, 1 << 30
"""Bytes of answers that may wait: without a folder for them, and with one."""


class Waiting(Generic[T]):
    """Answers that wait for an earlier one: a task that hangs for a minute is not to stop all workers meanwhile.

    Beyond a few megabytes they wait in a file without a name in `folder`, which the system removes with the process.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._answers: dict[int, Answer[T]] = {}
        self._parked: dict[int, tuple[int, int]] = {}
        """Where in the file the content of an answer stands, and its length."""
        self.folder = folder
        self._file: IO[bytes] | None = None
        self._bytes = self._end = 0

    def __contains__(self, number: int) -> bool:
        return number in self._answers

    @property
    def room(self) -> bool:
        """True when more may wait."""
        return self._bytes + self._end < _IN_ALL[self.folder is not None]

    def first(self) -> int:
        """The number of the one that waits longest; -1 when none does."""
        return next(iter(self._answers), -1)

    def put(self, number: int, answer: Answer[T]) -> None:
        """`number` is that of its task."""
        self._answers[number] = answer
        if self.folder and self._bytes > _IN_MEMORY and self._park(self.folder, number, answer.raw):
            answer.raw = b""
        self._bytes += len(answer.raw)

    def pop(self, number: int) -> Answer[T] | None:
        """The answer of the task with this number, once it is there."""
        answer = self._answers.pop(number, None)
        if answer is None:
            return None
        self._bytes -= len(answer.raw)
        if self._file and (place := self._parked.pop(number, None)):
            self._file.seek(place[0])
            answer.raw = self._file.read(place[1])
            if not self._parked:  # the next ones begin again
                self._file.truncate(0)
                self._end = 0
        return answer

    def close(self) -> None:
        """None is wanted any more."""
        self._answers, self._parked, self._bytes, self._end = {}, {}, 0, 0
        if self._file:
            self._file.close()
            self._file = None

    def _park(self, folder: Path, number: int, raw: bytes | memoryview) -> bool:
        try:
            self._file = self._file or tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115
            self._file.seek(self._end)
            written = self._file.write(raw)
        except OSError:  # no room on the disk: it stays in memory
            return False
        if written == len(raw):
            self._parked[number] = self._end, written
            self._end += written
        return written == len(raw)


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class Inline(Generic[T]):
    """A pool without processes: a task that crashes or hangs takes the run with it."""

    def __init__(self, work: Callable[[T], Any]) -> None:
        self._work = work

    def __enter__(self) -> Inline[T]:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def run(
        self, tasks: Iterable[T], *, ordered: bool = True, stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[Answer[T]]:
        """An answer for every task, in their order."""
        for task in tasks:
            if stopped():
                return
            began = time.perf_counter()
            try:
                kind, value = "done", self._work(task)
            except MemoryError:
                kind, value = "memory", None
            except Exception as error:
                kind, value = "raised", f"{type(error).__name__}: {error}"
            raw = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            yield Answer(task, kind, time.perf_counter() - began, raw=raw)  # type: ignore[arg-type]

    def close(self) -> None:
        """Nothing to end."""
