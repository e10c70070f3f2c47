"""What a run says in the end: a line of JSON an input, and a summary that groups the failures by reason."""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .jobs import Job
from .work import Status

_EXAMPLES = 3
"""So many inputs are named for each reason of failure."""
_GROUPS = 50
_json = json.JSONEncoder(ensure_ascii=False).encode
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an input."""

    job: Job
    status: Status
    reason: str = ""
    """For a failed or partial input: what went wrong, in words. For a skipped one: why."""
    seconds: float = 0.0
    attempts: int = 1
    warnings: dict[str, int] = field(default_factory=dict)
    sha256: str | None = None
    outputs: tuple[str, ...] = ()
    duplicate_of: str | None = None
    """The path of the first input with the same text."""
    earlier: str | None = None
    """Of a skipped input: what it was when it was read (ok, partial)."""

    def line(self) -> str:
        """As a line of the report."""
        source = os.fsencode(self.job.source)
        said: dict[str, Any] = {
            "path": self.job.shown,
            "status": self.status,
            "reason": self.reason or None,
            "seconds": round(self.seconds, 4),
            "warnings": self.warnings,
            "sha256": self.sha256,
            "outputs": self.outputs,
            "duplicate_of": self.duplicate_of,
        }
        if self.earlier:
            said["earlier"] = self.earlier
        if self.attempts > 1:
            said["attempts"] = self.attempts
        if source.decode("utf-8", "replace").encode() != source:
            said["path_bytes"] = source.hex()  # the name is no UTF-8
        return _json(said) + "\n"


@dataclass(slots=True)
class _Group:
    """Failures for one reason."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Totals:
    """What a run has done. Its size does not depend on the number of inputs."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: dict[str, _Group] = field(default_factory=dict)
    left_out: int = 0
    duplicates: int = 0
    unwritten: dict[str, str] = field(default_factory=dict)
    """Outputs of all documents that could not be written, with the reason."""
    ended: str = ""
    """Why the run ended before its time; empty when it has not."""
    began: float = field(default_factory=time.monotonic)

    @property
    def read(self) -> int:
        """Inputs with an outcome."""
        return self.counts.total()

    @property
    def code(self) -> int:
        """0: everything is well; else 1."""
        return int(bool(self.counts["failed"] or self.unwritten or self.ended))

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.counts[outcome.status] += 1
        self.left_out += outcome.job.left_out
        self.duplicates += outcome.duplicate_of is not None
        if outcome.status == "failed":
            group = self.failures.setdefault(self._reason(outcome), _Group())
            group.count += 1
            if len(group.examples) < _EXAMPLES:
                group.examples.append(outcome.job.told(outcome.reason))

    def _reason(self, outcome: Outcome) -> str:
        """The reason without what differs from file to file."""
        reason = outcome.reason.replace("/".join(outcome.job.member) or outcome.job.name, "…")
        reason = _NUMBER.sub("N", reason.replace(outcome.job.name, "…"))
        return reason if reason in self.failures or len(self.failures) < _GROUPS else "other reasons"

    def lines(self, output: str) -> Iterator[str]:
        """The summary: counts, then failures, the most frequent reason first."""
        counts = self.counts
        unchanged = counts["skipped"] - self.left_out
        said = f"{counts['ok'] + counts['partial']} converted"
        said += f" ({counts['partial']} in part)" if counts["partial"] else ""
        said += f", {unchanged} unchanged since an earlier run (--force reads them again)" if unchanged else ""
        said += f", {counts['failed']} failed"
        said += f", {self.left_out} links to folders not followed" if self.left_out else ""
        yield f"{said}; output: {output}"
        if self.duplicates:
            yield f"{self.duplicates} have the text of another input (duplicate_of in the report)"
        for group in sorted(self.failures.values(), key=lambda g: -g.count):
            for told in group.examples:
                yield f"failed: {told}"
            if group.count > len(group.examples):
                yield f"  … and {group.count - len(group.examples)} more for the same reason"
        for to, reason in self.unwritten.items():
            yield f"the output {to} was not written: {reason}"
        if self.ended:
            yield self.ended

    def pace(self) -> str:
        """Time and files per second."""
        seconds = time.monotonic() - self.began
        inputs = "input" if self.read == 1 else "inputs"
        return f"{self.read} {inputs} in {seconds:.1f} s, {self.read / max(seconds, 1e-6):.0f} a second"


class Lines:
    """The report while it is written; put in place when the run ends, however it ends."""

    def __init__(self, part: Path, target: Path) -> None:
        self._part, self._target = part, target
        self._out = part.open("w", encoding="utf-8", errors="replace", newline="\n")

    def add(self, outcome: Outcome) -> None:
        """A line."""
        self._out.write(outcome.line())

    def flush(self) -> None:
        """Hand what is there to the system."""
        self._out.flush()

    def close(self) -> None:
        """Put it in place."""
        self._out.close()
        self._part.replace(self._target)
