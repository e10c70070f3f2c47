"""Worker processes that survive their tasks. Knows processes only; what the work is, it never asks.

`concurrent.futures` gives up the whole pool when one worker dies. Here the task that a worker was at is known, only
that task is lost, and another worker takes its place. This module has the tasks: who gets which, and in which order
the answers go on; the processes are those of `pool_crew`.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, Generic, TypeVar

from .pool_answers import Answer, Given, Inline, Kind, PoolBroken, Waiting, processors
from .pool_crew import LOOK, Crew, StartMethod, Worker
from .pool_worker import DONE, HEAD, LEAVING, NO_MEMORY, RAISED, READY, Bounds

T = TypeVar("T")

_TURN = 0.05
"""Seconds of work that a worker gets in one message: quick tasks go in batches."""
_BATCH = 32
_LOW = 4
"""A worker that has so few quick tasks left gets the next ones, so that it never waits for them."""
_MESSAGE = 16 << 10
"""Bytes of tasks that are sent to a worker that is at work: they find room in the pipe whatever it does."""
AHEAD = 64
"""So many tasks a worker may be ahead of the oldest one that is not finished (ordered answers wait for it)."""
_FAR = 32
"""So many times further they go where answers can wait in a folder, and the oldest task is one that takes long."""
_TALK = 16
"""After so many answers in a row the workers are heard."""
_KINDS: dict[bytes, Kind] = {DONE: "done", RAISED: "raised", NO_MEMORY: "memory"}
_BOUNDS = Bounds()


class Pool(Generic[T]):
    """So many processes doing `work`, which must be picklable and importable. Used in a `with` block.

    A task whose worker dies is tried again, alone in a new worker, `retries` times: the worker may have died for
    another reason. A task that takes too long or too much memory is not tried again. Many answers that wait for an
    earlier one wait in `folder`, so that they take no memory.
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
        ahead: int = AHEAD,
        folder: Path | None = None,
    ) -> None:
        self._jobs, self._retries, self._ahead = jobs, retries, ahead
        self._crew: Crew[T] = Crew(work, bounds, method, preload, environment or {})
        self._waits: Waiting[T] = Waiting(folder)
        self._pace = 0.0
        self._reset(iter(()))

    def __enter__(self) -> Pool[T]:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def pids(self) -> list[int]:
        """The worker processes."""
        return [w.process.pid for w in self._crew.workers]

    def run(
        self, tasks: Iterable[T], *, ordered: bool = True, stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[Answer[T]]:
        """An answer for every task, in their order or as they come.

        `tasks` is read only as far ahead as needed. When `stopped` says so, the run ends; what is on its way is lost.
        """
        self._reset(iter(tasks), ordered)
        emitted = 0
        try:
            while not stopped():
                self._feed(emitted)
                answer = self._waits.pop(self._next(emitted))
                if answer is not None:
                    emitted += 1
                    yield answer
                    if emitted % _TALK == 0:
                        self._wait(0)  # workers must not wait until a long row of answers is through
                elif self._on_the_way:
                    self._wait(LOOK)
                else:
                    return
        finally:
            if self._on_the_way:
                self.close()

    def close(self) -> None:
        """End all workers: those at work at once, the others by their own leave."""
        self._crew.close()
        self._waits.close()

    # --- tasks -----------------------------------------------------------------------------------------------------

    def _reset(self, tasks: Iterator[T], ordered: bool = True) -> None:
        self._ordered = ordered
        self._tasks: Iterator[T] = tasks
        self._again: deque[Given[T]] = deque()
        self._waits.close()
        self._taken = 0
        self._exhausted = False

    @property
    def _on_the_way(self) -> bool:
        return bool(self._again) or any(w.given for w in self._crew.workers)

    def _feed(self, emitted: int) -> None:
        """Give tasks to all workers that wait, or soon will; start as many as there is work for."""
        while (worker := self._waiting(emitted)) and (batch := self._batch(emitted, bool(worker.given))):
            message = ForkingPickler.dumps([g.task for g in batch])
            if worker.given and len(message) > _MESSAGE:
                self._again.extendleft(reversed(batch))
                return
            if not worker.given:
                worker.since = time.monotonic()
            worker.given.extend(batch)
            try:
                worker.pipe.send_bytes(message)
            except OSError:  # it has died; what that means is found out when it is heard
                if len(worker.given) == len(batch):  # while it waited: no task is to blame
                    self._again.extendleft(reversed(batch))
                    worker.given.clear()
                    self._crew.bury(worker)
                else:
                    return

    def _waiting(self, emitted: int) -> Worker[T] | None:
        """A worker that waits for work, or else one that soon will. One more is started when all are at work."""
        starting, next_ = 0, None
        for worker in self._crew.workers:
            if worker.ready and not worker.given:
                return worker
            starting += not worker.ready
            if worker.ready and len(worker.given) <= _LOW and not worker.killed:
                next_ = worker
        if len(self._crew.workers) < self._jobs and self._more(emitted):
            while len(self._crew.workers) < self._jobs:
                self._crew.start()
            starting = 1
        if starting and not any(w.given for w in self._crew.workers) and self._more(emitted):
            self._wait(LOOK)  # nothing else to do until it is there
            return self._waiting(emitted)
        return next_ if self._pace and self._pace * _LOW < _TURN else None

    def _more(self, emitted: int) -> bool:
        """True when there is a task to give."""
        if self._again:
            return True
        if self._exhausted or not self._room(emitted):
            return False
        try:
            self._again.append(Given(self._taken, next(self._tasks)))
        except StopIteration:
            self._exhausted = True
            return False
        self._taken += 1
        return True

    def _room(self, emitted: int) -> bool:
        ahead, near = self._taken - emitted, self._jobs * self._ahead
        far = near if self._next(emitted) in self._waits or not self._waits.folder else near * _FAR
        return ahead < far and self._waits.room

    def _next(self, emitted: int) -> int:
        """The number of the answer that goes on next, be it there or not."""
        return emitted if self._ordered else self._waits.first()

    def _batch(self, emitted: int, ahead: bool) -> list[Given[T]]:
        """Tasks for one message; `ahead`: to a worker that is at work."""
        size = min(_BATCH, max(1, int(_TURN / self._pace))) if self._pace else 1
        batch: list[Given[T]] = []
        while len(batch) < size and self._more(emitted):
            if self._again[0].attempts and (batch or ahead):
                break
            batch.append(self._again.popleft())
            if batch[-1].attempts:
                break  # a task that has ended a worker goes alone
        return batch

    # --- answers ---------------------------------------------------------------------------------------------------

    def _wait(self, seconds: float) -> None:
        """Take what the workers say, for so many seconds at most."""
        for worker, message in self._crew.hear(seconds):
            if message is None:
                self._lost(worker)
            else:
                self._take(worker, message)

    def _take(self, worker: Worker[T], message: bytes) -> None:
        kind, seconds = HEAD.unpack_from(message)
        worker.since = time.monotonic()
        if kind == READY:
            self._crew.ready(worker)
        elif kind == LEAVING:
            self._again.extendleft(reversed(worker.given))
            worker.given.clear()
            self._crew.bury(worker)
        else:
            given = worker.given.popleft()
            self._pace = seconds if not self._pace else self._pace * 0.8 + seconds * 0.2
            raw = memoryview(message)[HEAD.size :]  # a large one is not copied
            self._waits.put(given.number, Answer(given.task, _KINDS[kind], seconds, given.attempts + 1, raw))

    def _lost(self, worker: Worker[T]) -> None:
        """A worker has ended. Of the tasks that it had, the first is the one it was at."""
        if not worker.given:
            return
        lost, *rest = worker.given
        self._again.extendleft(reversed(rest))
        lost.attempts += 1
        if worker.how == "crash" and lost.attempts <= self._retries:
            self._again.appendleft(lost)
        else:
            seconds = time.monotonic() - worker.since
            self._waits.put(lost.number, Answer(lost.task, worker.how, seconds, lost.attempts, detail=worker.ended))


__all__ = ["AHEAD", "Answer", "Inline", "Kind", "Pool", "PoolBroken", "StartMethod", "processors"]
