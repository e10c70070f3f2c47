"""What a run costs: processor time and memory of all its processes."""

from __future__ import annotations

import multiprocessing
import os
import threading
from dataclasses import dataclass, field
from multiprocessing import forkserver
from pathlib import Path
from statistics import median

from policyparse.batch.pool_worker import resident


def processor_time() -> float:
    """Seconds of this process, of the server that forks workers, and of the workers that have ended."""
    times = os.times()
    used = times.user + times.system
    server = getattr(forkserver._forkserver, "_forkserver_pid", None)
    if server:
        fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
        used += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return used


@dataclass(slots=True)
class Watch:
    """The memory of this process and of the largest worker while a run is under way."""

    parent: list[int] = field(default_factory=list)
    workers: list[int] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Watch:
        threading.Thread(target=self._look, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            self.parent.append(resident(None) or 0)
            pids = [p.pid for p in multiprocessing.active_children() if p.pid]
            self.workers.append(max((resident(pid) or 0 for pid in pids), default=0))

    @staticmethod
    def quarters(seen: list[int]) -> str:
        """The median of each quarter of the run, in MB."""
        size = max(1, len(seen) // 4)
        return " → ".join(str(round(median(seen[i * size : (i + 1) * size] or [0])) >> 20) for i in range(4))
