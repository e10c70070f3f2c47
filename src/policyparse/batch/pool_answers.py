"""What goes into a pool and what comes out: tasks on their way, and answers. And the pool that has no processes."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

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
