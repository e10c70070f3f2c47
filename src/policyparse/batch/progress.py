"""How far a run has come, on standard error: a bar on a terminal, a line a minute in a log."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from .report import Outcome

_BAR = 0.2
_LOG = 60.0


class Progress:
    """Used in a `with` block; `tell` hears of every input. `count` is run beside, to know how many there are."""

    def __init__(self, count: Callable[[], int | None], live: bool | None = None) -> None:
        self._live = sys.stderr.isatty() if live is None else live
        self._count = count
        self._total: int | None = None
        self._counts: Counter[str] = Counter()
        self._began = self._shown = time.monotonic()

    def __enter__(self) -> Progress:
        threading.Thread(target=self._find_total, daemon=True).start()
        if self._live:
            from rich.console import Console
            from rich.progress import BarColumn, TextColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(BarColumn(), TextColumn("{task.description}"), console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("starting", total=None)
            self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._live:
            self._bar.stop()

    def tell(self, outcome: Outcome) -> None:
        """One more."""
        self._counts[outcome.status] += 1
        now = time.monotonic()
        if now - self._shown >= (_BAR if self._live else _LOG):
            self._shown = now
            self._show()

    def text(self) -> str:
        """The counts, files per second, and the time left."""
        counts, done = self._counts, self._counts.total()
        pace = done / max(time.monotonic() - self._began, 1e-6)
        of = f" of {max(self._total, done):,}" if self._total else ""
        left = f", {_clock((self._total - done) / pace)} left" if self._total and pace and done < self._total else ""
        return (
            f"{done:,}{of}: {counts['ok'] + counts['partial']:,} converted, {counts['skipped']:,} skipped, "
            f"{counts['failed']:,} failed; {pace:.0f} a second{left}"
        )

    def _show(self) -> None:
        if self._live:
            self._bar.update(
                self._task,
                description=self.text(),
                total=self._total,
                completed=min(self._counts.total(), self._total or 0),
            )
        else:
            click.echo(self.text(), err=True)

    def _find_total(self) -> None:
        self._total = self._count()


def _clock(seconds: float) -> str:
    """1:02:03, 2:03."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"
