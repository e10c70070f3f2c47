"""Worker processes that survive their tasks. Knows processes only; what the work is, it never asks.

`concurrent.futures` gives up the whole pool when one worker dies. Here every worker has a pipe of its own: the task
that it was at is known, only that task is lost, and another worker takes its place.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import selectors
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Literal, TypeVar

from .pool_worker import DONE, HEAD, LEAVING, NO_MEMORY, RAISED, READY, Bounds, main, resident

T = TypeVar("T")

Kind = Literal["done", "raised", "crash", "time", "memory"]
StartMethod = Literal["forkserver", "spawn"]

_TURN = 0.05
"""Seconds of work that a worker gets in one message: quick tasks go in batches."""
_BATCH = 32
_BEHIND = 64
"""So many tasks a worker may be ahead of the oldest one that is not finished (ordered answers wait for it)."""
_HELD = 128 << 20
"""Bytes of answers that may wait for an earlier one."""
_LOOK = 0.2
"""Seconds between looks at the clock and at the memory of the workers."""
_TALK = 16
"""After so many answers in a row the workers are heard."""
_GRACE = 2.0
"""A worker ends itself when a task takes too long; after so many seconds more it is killed."""


_BOUNDS = Bounds()
_NO_START = (
    "worker processes do not start ({}). A script that starts them must do so below `if __name__ == '__main__':`"
)


class PoolBroken(RuntimeError):
    """Workers do not start."""


@dataclass(slots=True)
class Answer(Generic[T]):
    """What became of a task."""

    task: T
    kind: Kind
    seconds: float = 0.0
    attempts: int = 1
    raw: bytes = b""
    detail: str = ""
    """How the worker died."""

    @property
    def value(self) -> Any:
        """What the work returned (done), or the words of its exception (raised)."""
        return pickle.loads(self.raw) if self.raw else None


@dataclass(slots=True)
class _Given(Generic[T]):
    """A task on its way."""

    number: int
    task: T
    attempts: int = 0


@dataclass(slots=True, eq=False)
class _Worker(Generic[T]):
    process: Any
    pipe: Connection
    ready: bool = False
    given: deque[_Given[T]] = field(default_factory=deque)
    since: float = 0.0
    """When it began the first of `given`, at the latest."""
    killed: Kind | None = None


class Pool(Generic[T]):
    """So many processes doing `work`, which must be picklable and importable. Used in a `with` block.

    A task whose worker dies is tried again, alone in a new worker, `retries` times: the worker may have died for
    another reason. A task that takes too long or too much memory is not tried again.
    """

    def __init__(
        self,
        work: Callable[[T], Any],
        *,
        jobs: int,
        bounds: Bounds = _BOUNDS,
        retries: int = 1,
        method: StartMethod | None = None,
        preload: Iterable[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._work, self._jobs, self._bounds, self._retries = work, jobs, bounds, retries
        self._environment = dict(environment or {})
        self._context = multiprocessing.get_context(method or default_method())
        if preload and hasattr(self._context, "set_forkserver_preload"):  # takes effect before the first start only
            self._context.set_forkserver_preload(["__main__", *preload])
        self._workers: list[_Worker[T]] = []
        self._ears = selectors.DefaultSelector() if os.name == "posix" else None
        """Asked for every answer: much cheaper than `wait`, which Windows needs."""
        self._failed_starts = 0
        self._looked = 0.0
        self._pace = 0.0
        self._reset(iter(()))

    def __enter__(self) -> Pool[T]:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def pids(self) -> list[int]:
        """The worker processes."""
        return [w.process.pid for w in self._workers]

    def run(
        self, tasks: Iterable[T], *, ordered: bool = True, stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[Answer[T]]:
        """An answer for every task, in their order or as they come.

        `tasks` is read only as far ahead as needed. When `stopped` says so, the run ends; what is on its way is lost.
        """
        self._reset(iter(tasks))
        emitted = 0
        try:
            while not stopped():
                self._feed(emitted)
                answer = self._ready(emitted if ordered else next(iter(self._held), -1))
                if answer is not None:
                    emitted += 1
                    yield answer
                    if emitted % _TALK == 0:
                        self._wait(0)  # workers must not wait until a long row of answers is through
                elif self._on_the_way:
                    self._wait(_LOOK)
                else:
                    return
        finally:
            if self._on_the_way:
                self.close()

    def close(self) -> None:
        """End all workers: those at work at once, the others by their own leave."""
        for worker in self._workers:
            if worker.given or not worker.ready:
                worker.process.kill()
            self._hang_up(worker)
        for worker in self._workers:
            worker.process.join(2)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers = []

    # --- tasks -----------------------------------------------------------------------------------------------------

    def _reset(self, tasks: Iterator[T]) -> None:
        self._tasks: Iterator[T] = tasks
        self._again: deque[_Given[T]] = deque()
        self._held: dict[int, Answer[T]] = {}
        self._held_bytes = 0
        self._taken = 0
        self._exhausted = False

    @property
    def _on_the_way(self) -> bool:
        return bool(self._again) or any(w.given for w in self._workers)

    def _feed(self, emitted: int) -> None:
        """Give tasks to all workers that wait; start as many as there is work for."""
        while (worker := self._waiting(emitted)) and (batch := self._batch(emitted)):
            worker.given.extend(batch)
            worker.since = time.monotonic()
            try:
                worker.pipe.send([g.task for g in batch])
            except OSError:  # it has died while it waited; no task is to blame
                self._again.extendleft(reversed(batch))
                worker.given.clear()
                self._bury(worker)

    def _waiting(self, emitted: int) -> _Worker[T] | None:
        """A worker that waits for work. One more is started when all are at work."""
        starting = 0
        for worker in self._workers:
            if worker.ready and not worker.given:
                return worker
            starting += not worker.ready
        if len(self._workers) < self._jobs and self._more(emitted):
            while len(self._workers) < self._jobs:
                self._start()
            starting = 1
        if starting and not any(w.given for w in self._workers) and self._more(emitted):
            self._wait(_LOOK)  # nothing else to do until it is there
            return self._waiting(emitted)
        return None

    def _more(self, emitted: int) -> bool:
        """True when there is a task to give."""
        if self._again:
            return True
        if self._exhausted or not self._room(emitted):
            return False
        try:
            self._again.append(_Given(self._taken, next(self._tasks)))
        except StopIteration:
            self._exhausted = True
            return False
        self._taken += 1
        return True

    def _room(self, emitted: int) -> bool:
        return self._taken - emitted < self._jobs * _BEHIND and self._held_bytes < _HELD

    def _batch(self, emitted: int) -> list[_Given[T]]:
        size = min(_BATCH, max(1, int(_TURN / self._pace))) if self._pace else 1
        batch: list[_Given[T]] = []
        while len(batch) < size and self._more(emitted):
            if self._again[0].attempts and batch:
                break
            batch.append(self._again.popleft())
            if batch[-1].attempts:
                break  # a task that has ended a worker goes alone
        return batch

    # --- workers ---------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        given = (theirs, self._work, self._bounds, self._environment)
        process = self._context.Process(target=main, args=given, daemon=True)  # type: ignore[attr-defined]
        try:
            process.start()
        except (EOFError, ConnectionError) as error:  # the fork server did not come up
            raise PoolBroken(_NO_START.format(error or "the fork server has ended")) from error
        theirs.close()
        worker: _Worker[T] = _Worker(process, ours)
        self._workers.append(worker)
        if self._ears is not None:
            self._ears.register(ours, selectors.EVENT_READ, worker)

    def _hang_up(self, worker: _Worker[T]) -> None:
        if self._ears is not None:
            self._ears.unregister(worker.pipe)
        worker.pipe.close()

    def _wait(self, seconds: float) -> None:
        """Take what the workers say, for so many seconds at most; then look after those that say nothing."""
        for worker in self._speaking(seconds):
            self._listen(worker)
        now = time.monotonic()
        if now - self._looked >= _LOOK:
            self._looked = now
            for worker in self._workers:
                if worker.given and not worker.killed and not worker.pipe.poll():
                    self._look_after(worker, now)

    def _speaking(self, seconds: float) -> list[_Worker[T]]:
        """The workers that say something, or have ended."""
        if self._ears is not None:
            return [key.data for key, _ in self._ears.select(seconds)]
        pipes = {w.pipe: w for w in self._workers}
        return [pipes[pipe] for pipe in wait(list(pipes), seconds)]  # type: ignore[index]

    def _look_after(self, worker: _Worker[T], now: float) -> None:
        if self._bounds.seconds and now - worker.since > self._bounds.seconds + _GRACE:
            worker.killed = "time"
        elif self._bounds.memory and (resident(worker.process.pid) or 0) > self._bounds.memory:
            worker.killed = "memory"
        if worker.killed:
            worker.process.kill()

    def _listen(self, worker: _Worker[T]) -> None:
        try:
            self._take(worker, worker.pipe.recv_bytes())
        except (EOFError, OSError):
            self._bury(worker)

    def _take(self, worker: _Worker[T], message: bytes) -> None:
        kind, seconds = HEAD.unpack_from(message)
        worker.since = time.monotonic()
        if kind == READY:
            worker.ready, self._failed_starts = True, 0
        elif kind == LEAVING:
            self._again.extendleft(reversed(worker.given))
            worker.given.clear()
            raise EOFError
        else:
            given = worker.given.popleft()
            self._pace = seconds if not self._pace else self._pace * 0.8 + seconds * 0.2
            names: dict[bytes, Kind] = {DONE: "done", RAISED: "raised", NO_MEMORY: "memory"}
            self._hold(given, Answer(given.task, names[kind], seconds, given.attempts + 1, message[HEAD.size :]))

    def _ready(self, number: int) -> Answer[T] | None:
        answer = self._held.pop(number, None)
        if answer is not None:
            self._held_bytes -= len(answer.raw)
        return answer

    def _hold(self, given: _Given[T], answer: Answer[T]) -> None:
        self._held[given.number] = answer
        self._held_bytes += len(answer.raw)

    def _bury(self, worker: _Worker[T]) -> None:
        """A worker has ended. Of the tasks that it had, the first is the one it was at."""
        self._workers.remove(worker)
        self._hang_up(worker)
        worker.process.join(5)
        if not worker.ready:
            self._not_started(worker.process.exitcode)
        if not worker.given:
            return
        lost, *rest = worker.given
        self._again.extendleft(reversed(rest))
        code = worker.process.exitcode
        kind: Kind = worker.killed or ("time" if code == -getattr(signal, "SIGALRM", 0) else "crash")
        lost.attempts += 1
        if kind == "crash" and lost.attempts <= self._retries:
            self._again.appendleft(lost)
        else:
            seconds = time.monotonic() - worker.since
            self._hold(lost, Answer(lost.task, kind, seconds, lost.attempts, detail=_cause(code)))

    def _not_started(self, code: int | None) -> None:
        self._failed_starts += 1
        if self._failed_starts >= 3 + self._jobs:
            raise PoolBroken(_NO_START.format(_cause(code)))


def _cause(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None:
        return "did not end"
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"


def default_method() -> StartMethod:
    """A fork server starts a worker in a few milliseconds; elsewhere than on Linux, forking is not reliable."""
    return "forkserver" if sys.platform == "linux" else "spawn"


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class Inline(Generic[T]):
    """The same without processes: a task that crashes or hangs takes the run with it."""

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
