"""What runs inside a worker process of the pool: take tasks from the pipe, work on each, answer each.

A worker bounds itself: the system's alarm ends a task that hangs (also one that never returns to Python), an address
space limit makes a task that eats memory fail with MemoryError. It leaves when its parent has gone.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

HEAD = struct.Struct("<cd")
"""Before each answer: its kind, and the seconds that the work took."""
READY, DONE, RAISED, NO_MEMORY, LEAVING = b"r", b"d", b"x", b"m", b"l"
"""LEAVING: the worker ends of its own accord (recycling); the tasks it has not answered go to another."""

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096

Bound = Literal["address space and watched", "watched", "none"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a worker may use."""

    seconds: float | None = None
    """For one task."""
    memory: int | None = None
    """Bytes."""
    tasks: int = 5_000
    """After so many tasks a worker is replaced."""
    growth: int = 512 << 20
    """A worker that has kept so many bytes more than it began with is replaced."""


def main(pipe: Connection, work: Callable[[Any], Any], bounds: Bounds, environment: dict[str, str]) -> None:
    """The life of a worker. `pipe` brings lists of tasks; each task is answered by a message of its own.

    If the work has a method `prepare`, it is called first: what takes time once is not to count for a task.
    """
    os.environ.update(environment)
    _signals()
    if prepare := getattr(work, "prepare", None):
        prepare()
    settle()
    bound_memory(bounds.memory)
    most = (resident(None) or 0) + bounds.growth
    left = bounds.tasks
    with suppress(EOFError, OSError):  # the parent has gone, and with it whoever wants an answer
        pipe.send_bytes(HEAD.pack(READY, 0.0))
        while True:
            for task in pipe.recv():
                pipe.send_bytes(_answer(work, task, bounds.seconds))
                left -= 1
                if left <= 0 or (_peak() > most and (resident(None) or 0) > most):
                    pipe.send_bytes(HEAD.pack(LEAVING, 0.0))
                    return


def _answer(work: Callable[[Any], Any], task: Any, seconds: float | None) -> bytes:
    began = time.perf_counter()
    kind, value = DONE, b""
    _alarm(seconds)
    try:
        value = pickle.dumps(work(task), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        kind = NO_MEMORY
    except Exception as error:
        kind, value = RAISED, pickle.dumps(f"{type(error).__name__}: {error}"[:2000])
    finally:
        _alarm(None)
    return HEAD.pack(kind, time.perf_counter() - began) + value


def settle() -> None:
    """What is loaded by now stays: the garbage collector is not to walk over it for every document, which would also
    copy the memory that forked processes share."""
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def _signals() -> None:
    """Ctrl-C reaches every process of a terminal; what becomes of the workers is the parent's decision."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(OSError):  # where the system runs out of memory, it is to end a worker, not the run
        Path("/proc/self/oom_score_adj").write_text("500")


def _alarm(seconds: float | None) -> None:
    """The system ends this process after so many seconds; null: no longer."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds or 0)


def bound_memory(memory: int | None) -> None:
    """The address space may grow by `memory` from here; beyond that, allocating raises MemoryError."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = address_space()
    if memory and used:
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            wanted = used + memory
            resource.setrlimit(resource.RLIMIT_AS, (min(wanted, hard) if hard > 0 else wanted, hard))


def address_space() -> int | None:
    """Bytes of address space of this process; null where the system does not say."""
    return _statm("self", 0)


def resident(pid: int | None) -> int | None:
    """Bytes of memory that a process (null: this one) holds; null where the system does not say."""
    return _statm("self" if pid is None else str(pid), 1)


def _statm(process: str, field: int) -> int | None:
    try:
        with open(f"/proc/{process}/statm", "rb") as file:  # noqa: PTH123 (asked for often)
            return int(file.read().split()[field]) * _PAGE
    except (OSError, IndexError):
        return None


def _peak() -> int:
    """The most memory that this process ever had, in bytes: much cheaper to ask than what it has now."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def memory_is_bounded() -> Bound:
    """How this system can hold a worker to its memory."""
    if resident(None) is None:
        return "none"
    try:
        import resource  # noqa: F401
    except ImportError:
        return "watched"
    return "address space and watched"
