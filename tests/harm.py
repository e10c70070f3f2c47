"""Work that does harm, for tests of the batch: what it does to a file stands in the file's name."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from policyparse.batch.settings import PRELOAD
from policyparse.batch.work import Convert, Done, Task

if sys.platform == "linux":  # whichever test comes first starts the server for all
    multiprocessing.get_context("forkserver").set_forkserver_preload(["__main__", *PRELOAD])


@dataclass(slots=True)
class Harmful(Convert):
    """Reads like the real one, but for files named segfault…, exit…, hang…, eat…, full…, slow…."""

    def __call__(self, task: Task) -> Done:
        harm(task.job.name)
        if task.job.name.startswith("full"):
            return Done("failed", "cannot read or write: No space left on device", disk=True)
        return Convert.__call__(self, task)


def harm(name: str) -> None:
    """Do what the name says."""
    if name.startswith("segfault"):
        ctypes.string_at(0)
    elif name.startswith("exit"):
        os._exit(7)
    elif name.startswith("hang"):
        while True:
            pass
    elif name.startswith("eat"):
        eaten = []
        while True:
            eaten.append(bytearray(16 << 20))
    elif name.startswith("slow"):
        time.sleep(0.3)
    elif name.startswith("raise"):
        raise ValueError(f"on purpose: {name}")
    elif name.startswith("once"):  # harms the first worker only: not the file's fault
        mark = Path(name.partition(":")[2])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), 9)


def named(name: str) -> str:
    """Work of a pool: harm, else the name."""
    harm(name)
    return name


def large(size: int) -> bytes:
    """Work of a pool: so many bytes."""
    return bytes(size)


def slow_at_ten(size: int) -> bytes:
    """Work of a pool: so many bytes; ten take long."""
    if size == 10:
        time.sleep(1.5)
    return bytes(size)


def process(_: object) -> int:
    """Work of a pool: which process did it."""
    return os.getpid()


@dataclass(slots=True)
class Deadly(Harmful):
    """The same, and a file named fell… ends, once, the process that the worker works for."""

    def __call__(self, task: Task) -> Done:
        mark = task.job.source.parent.parent / "felled"
        if task.job.name.startswith("fell") and not mark.exists():
            mark.touch()
            server = Path(f"/proc/{os.getppid()}/stat").read_text()  # workers are forked from a server
            os.kill(int(server.rpartition(")")[2].split()[1]), 9)
            time.sleep(60)
        return Harmful.__call__(self, task)
