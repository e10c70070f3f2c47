"""What `policyparse ledger` does: the engine of `convert` reads the inputs, then the ledger is written.

What was read is kept in a hidden folder beside the ledger until that is there, so that a run that was stopped goes on
where it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..batch.inputs import find_jobs, short, shown
from ..errors import PolicyParseError

if TYPE_CHECKING:
    from ..batch.progress import Progress
    from ..batch.report import Outcome
    from ..batch.run import Archives, Places, Settings, Totals
    from ..export.ledger.gather import Gathered
    from ..model import PolicyDocument
    from .run import Stop

_HIDDEN = ".policyparse"


def check(output: Path, force: bool) -> None:
    """Raises UsageError when nothing can be written to `output`, or something is there that must not be lost."""
    from ..export.ledger import SUFFIXES

    if output.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"{output}: a ledger is written as {' or '.join(SUFFIXES)}; give such a name with -o")
    if output.is_dir():
        raise click.UsageError(f"{output} is a folder; give the ledger a name in it: -o {output / '台账.xlsx'}")
    if output.exists() and not force:
        raise click.UsageError(f"{output} is there already; --force replaces it, or give another name with -o")


class LedgerRun:
    """One ledger from its inputs."""

    def __init__(self, output: Path, force: bool) -> None:
        from ..batch.run import Places

        self.output, self._force = output, force
        self.folder = output.with_name(short(f".{output.name}", 200) + _HIDDEN)
        """What was read, until the ledger is there."""
        self._places: Places = Places.of(self.folder, ["jsonl"])
        self._outcomes: list[Outcome] = []
        self._written: Gathered | None = None

    def read(
        self, paths: tuple[str, ...], settings: Settings, archives: Archives, progress: Progress, stop: Stop
    ) -> Totals:
        """Read the inputs with the engine of `convert`."""
        from ..batch.run import convert
        from .run import started

        def tell(outcome: Outcome) -> None:
            self._outcomes.append(outcome)
            progress.tell(outcome)

        jobs = started(find_jobs(paths, (self.output, self.folder), settings.options, listing=archives))
        return convert(jobs, self._places, settings, tell=tell, stopped=stop)

    def write(self) -> None:
        """Write the ledger; then what was kept for it is of no more use. Raises PolicyParseError or OSError when it
        cannot be written."""
        from ..export import ledger

        with ledger.open(self.output) as out:
            for outcome, document in self._documents():
                job = outcome.job
                if document is not None:
                    out.add(document, job.shown, job.source)
                elif job.left_out:
                    out.left_out(job.shown, job.problem or "")
                else:
                    out.failed(job.shown, outcome.reason, job.source)
            if not self._force and self.output.exists():  # it has come meanwhile
                raise PolicyParseError(f"{self.output} is there already; --force replaces it")
        self._written = out.gathered
        shutil.rmtree(self.folder, ignore_errors=True)

    def lines(self, totals: Totals) -> Iterator[str]:
        """The summary: what is in the ledger, then what could not be read."""
        failed, found = f"{totals.counts['failed']} failed", self._written
        if found is None:
            yield f"{totals.read - totals.counts['failed']} read, {failed}; {shown(self.output)} was not written"
        else:
            twice = sum(f.code == "duplicate" for f in found.findings)
            said = f"{len(found.tasks)} tasks of {found.documents} document{'s' * (found.documents != 1)}"
            said += f", {twice} more with the same content as another" if twice else ""
            yield f"{said}, {failed}; {len(found.findings)} entries to check; ledger: {shown(self.output)}"
        totals.duplicates = 0
        yield from islice(totals.lines(""), 1, None)

    def _documents(self) -> Iterator[tuple[Outcome, PolicyDocument | None]]:
        """What became of each input, with its document: the engine has written them in the same order."""
        from ..model import PolicyDocument

        read = sum(o.status != "failed" and not o.job.left_out for o in self._outcomes)
        lines = self._places.lines
        assert lines is not None
        with lines.open("rb") as file:
            earlier = sum(1 for _ in file) - read  # of a run that was stopped, and had other inputs
            file.seek(0)
            for _ in range(earlier):
                file.readline()
            for outcome in self._outcomes:
                if outcome.status == "failed" or outcome.job.left_out:
                    yield outcome, None
                    continue
                document = PolicyDocument.model_validate_json(file.readline())
                if document.source.sha256 != outcome.sha256:
                    raise PolicyParseError(f"{os.fspath(lines)} is not what was read; remove it and try again")
                yield outcome, document
