"""How a run goes about its work: processes, limits, order."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from ..limits import Limits, ReadOptions
from .pool import AHEAD, Inline, Pool, StartMethod, processors
from .pool_worker import Bounds

T = TypeVar("T")

PRELOAD = ("policyparse.batch.work", "policyparse.batch.warm")
"""Loaded once, before workers are forked."""
_LEAST = 512 << 20
_MOST = 4 << 30


def default_options() -> ReadOptions:
    """No password, the limits in force."""
    return ReadOptions(limits=Limits.in_force())


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run goes about its work."""

    options: ReadOptions = field(default_factory=default_options)
    jobs: int = 0
    """Worker processes; 0: one a processor."""
    ordered: bool = True
    """Outputs of all documents follow the order of the inputs, not that in which they are read."""
    force: bool = False
    """Read again what an earlier run has finished."""
    fail_fast: bool = False
    """End the run at the first input that fails."""
    isolate: bool = True
    """False: no worker processes. An input that crashes or hangs takes the run with it."""
    memory: int = 0
    """Bytes a worker may use; 0: its share of the machine's."""
    recycle: int = 5_000
    """Inputs that a worker reads before it is replaced."""
    method: StartMethod | None = None
    """How processes start; null: as is best on this system."""

    @property
    def processes(self) -> int:
        """The number of workers."""
        return self.jobs or processors()

    def bounds(self) -> Bounds:
        """What a worker may use. Readers look at the clock themselves; the worker's limit is for those that hang."""
        seconds = self.options.limits.seconds * 1.05 + 1
        return Bounds(seconds=seconds, memory=self.memory or memory_share(self.processes), tasks=self.recycle)

    def pool(
        self,
        work: Callable[[T], Any],
        jobs: int = 0,
        ahead: int = AHEAD,
        bounds: Bounds | None = None,
        preload: tuple[str, ...] = (),
        folder: Path | None = None,
    ) -> Pool[T] | Inline[T]:
        """Workers doing `work` (so many as the run has, or `jobs`); none of their own when nothing is isolated."""
        if not self.isolate:
            return Inline(work)
        return Pool(
            work,
            jobs=jobs or self.processes,
            bounds=bounds or self.bounds(),
            method=self.method,
            preload=(*preload, *PRELOAD),
            environment=self.environment(),
            ahead=ahead,
            folder=folder,
        )

    def environment(self) -> dict[str, str]:
        """Variables of the workers: recognition of page images is not to use more threads than there are processors."""
        return {"POLICYPARSE_OCR_THREADS": str(max(1, processors() // self.processes))}


def memory_share(jobs: int) -> int:
    """What each of so many workers may use of the machine's (the container's) memory, in bytes."""
    sizes = []
    with suppress(OSError, ValueError, AttributeError):
        sizes.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        with suppress(OSError, ValueError):
            sizes.append(int(Path(path).read_text()))
    return max(_LEAST, min(_MOST, min(sizes, default=_MOST) * 8 // 10 // jobs))
