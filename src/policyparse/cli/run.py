"""What the command line adds to a run: signals, and a word when there is nothing to do."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from ..export import OUTPUTS

if TYPE_CHECKING:
    from ..batch.jobs import Job

_TOLD = 20


class Stop:
    """True once Ctrl-C or SIGTERM has come; a second Ctrl-C ends everything at once. Used in a `with` block."""

    def __init__(self) -> None:
        self._signal = 0
        self._before: dict[int, Any] = {}

    def __call__(self) -> bool:
        return bool(self._signal)

    @property
    def code(self) -> int:
        """The exit code that says so: 130 or 143; 0 when nothing has come."""
        return 128 + self._signal if self._signal else 0

    def __enter__(self) -> Stop:
        with suppress(ValueError):  # not the main thread: no signals come here
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if self._signal:
            raise KeyboardInterrupt
        self._signal = number


def check_paths(paths: Iterable[str]) -> None:
    """A usage error for --to json xlsx: only the first word is the option's, the second counts as an input."""
    for path in paths:
        if path in OUTPUTS and not Path(path).exists():
            raise click.UsageError(
                f"{path} is taken for an input, and there is no such file: several formats are written"
                f" --to json --to {path}, with --to before each"
            )


def started(jobs: Iterator[Job]) -> Iterator[Job]:
    """The jobs; a usage error when none of them is a document."""
    problems: list[Job] = []
    for job in jobs:
        if job.problem is None:
            return chain(problems, [job], jobs)
        problems.append(job)
    shown = [f"{job.shown}: {job.problem}" for job in problems[:_TOLD]]
    more = [f"and {len(problems) - _TOLD} more"] if len(problems) > _TOLD else []
    raise click.UsageError(f"nothing to convert: {'; '.join([*shown, *more]) or 'the folders hold no files'}")
