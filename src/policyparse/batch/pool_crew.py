"""The worker processes of a pool: started, listened to, looked after, replaced. What they work at is the pool's matter.

Every worker has a pipe of its own, so that it is known which task it was at when it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import selectors
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Literal, TypeVar

from .pool_answers import Given, Kind, PoolBroken
from .pool_worker import Bounds, main, resident

T = TypeVar("T")

StartMethod = Literal["forkserver", "spawn"]

LOOK = 0.2
"""Seconds between looks at the clock and at the memory of the workers."""
_GRACE = 2.0
"""A worker ends itself when a task takes too long; after so many seconds more it is killed."""
_NO_START = (
    "worker processes do not start ({}). A script that starts them must do so below `if __name__ == '__main__':`"
)


@dataclass(slots=True, eq=False)
class Worker(Generic[T]):
    """A process, and the tasks that it has."""

    process: Any
    pipe: Connection
    ready: bool = False
    given: deque[Given[T]] = field(default_factory=deque)
    since: float = 0.0
    """When it began the first of `given`, at the latest."""
    killed: Kind | None = None
    ended: str = ""
    """How it ended, in words."""

    @property
    def how(self) -> Kind:
        """What its end means for the task that it was at."""
        code = self.process.exitcode
        return self.killed or ("time" if code == -getattr(signal, "SIGALRM", 0) else "crash")


def _start_server(method: str) -> None:
    """A Ctrl-C while the fork server loads is for the run, which ends its workers; the server is not to hear it."""
    if method == "forkserver":
        from multiprocessing import forkserver, resource_tracker  # there is none on Windows

        resource_tracker.ensure_running()  # it would let the signal through once it has started
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Crew(Generic[T]):
    """The workers of a pool."""

    def __init__(
        self,
        work: Callable[[T], Any],
        bounds: Bounds,
        method: StartMethod | None,
        preload: Iterable[str],
        environment: Mapping[str, str],
    ) -> None:
        self._given = (work, bounds, dict(environment))
        self._bounds = bounds
        self._context = multiprocessing.get_context(method or default_method())
        if preload and hasattr(self._context, "set_forkserver_preload"):  # takes effect before the first start only
            self._context.set_forkserver_preload(["__main__", *preload])
        self.workers: list[Worker[T]] = []
        self._ears = selectors.DefaultSelector() if os.name == "posix" else None
        """Asked for every answer: much cheaper than `wait`, which Windows needs."""
        self._failed_starts = 0
        self._looked = 0.0

    def start(self) -> None:
        """One more worker. It is `ready` when it has said so."""
        ours, theirs = self._context.Pipe()
        _start_server(self._context.get_start_method())
        process = self._context.Process(target=main, args=(theirs, *self._given), daemon=True)  # type: ignore[attr-defined]
        try:
            process.start()
        except (EOFError, ConnectionError) as error:  # the fork server did not come up
            raise PoolBroken(_NO_START.format(error or "the fork server has ended")) from error
        theirs.close()
        worker: Worker[T] = Worker(process, ours)
        self.workers.append(worker)
        if self._ears is not None:
            self._ears.register(ours, selectors.EVENT_READ, worker)

    def ready(self, worker: Worker[T]) -> None:
        """It has said so."""
        worker.ready, self._failed_starts = True, 0

    def hear(self, seconds: float) -> Iterator[tuple[Worker[T], bytes | None]]:
        """What workers say, within so many seconds; null from one that has ended and is buried.

        Now and then those that say nothing are looked after, too.
        """
        for worker in self._speaking(seconds):
            try:
                message = worker.pipe.recv_bytes()
            except (EOFError, OSError):
                self.bury(worker)
                yield worker, None
            else:
                yield worker, message
        now = time.monotonic()
        if now - self._looked >= LOOK:
            self._looked = now
            for worker in self.workers:
                if worker.given and not worker.killed and not worker.pipe.poll():
                    self._look_after(worker, now)

    def bury(self, worker: Worker[T]) -> None:
        """It has ended."""
        self.workers.remove(worker)
        self._hang_up(worker)
        worker.process.join(5)
        worker.ended = cause(worker.process.exitcode)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= 4 + len(self.workers):
                raise PoolBroken(_NO_START.format(worker.ended))

    def close(self) -> None:
        """End all workers: those at work at once, the others by their own leave."""
        for worker in self.workers:
            if worker.given or not worker.ready:
                worker.process.kill()
            self._hang_up(worker)
        for worker in self.workers:
            worker.process.join(2)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self.workers = []

    def _hang_up(self, worker: Worker[T]) -> None:
        if self._ears is not None:
            self._ears.unregister(worker.pipe)
        worker.pipe.close()

    def _speaking(self, seconds: float) -> list[Worker[T]]:
        """The workers that say something, or have ended."""
        if self._ears is not None:
            return [key.data for key, _ in self._ears.select(seconds)]
        pipes = {w.pipe: w for w in self.workers}
        return [pipes[pipe] for pipe in wait(list(pipes), seconds)]  # type: ignore[index]

    def _look_after(self, worker: Worker[T], now: float) -> None:
        if self._bounds.seconds and now - worker.since > self._bounds.seconds + _GRACE:
            worker.killed = "time"
        elif self._bounds.memory and (resident(worker.process.pid) or 0) > self._bounds.memory:
            worker.killed = "memory"
        if worker.killed:
            worker.process.kill()


def cause(code: int | None) -> str:
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
