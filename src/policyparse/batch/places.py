"""Where a run writes: the files of its outputs, its report, and what it remembers for the next run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import PolicyParseError
from ..export import OUTPUTS, place
from .jobs import Job, short

_HIDDEN = ".policyparse"
_LONGEST = 255
"""Bytes of a file name."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one output."""

    output: Path
    """The folder, or the one file, that the user named."""
    to: tuple[str, ...]
    one: bool = False
    """True: there is one document, and `output` is its file, in a format with a file a document."""

    @classmethod
    def of(cls, output: Path, to: Sequence[str], one: bool = False) -> Places:
        """`to`: the formats; none: what the name of `output` says, or json. `one`: the input is one file.

        Raises PolicyParseError when the formats do not go into what is named.
        """
        said = None if output.is_dir() else _format_of(output)
        to = tuple(dict.fromkeys(to)) or (said or "json",)
        endings = {OUTPUTS[name].suffix for name in to} - {""}
        is_folder = output.is_dir() or output.suffix not in endings
        if said and is_folder:
            raise PolicyParseError(
                f"{output} reads as a file of {said}, but --to says {' and '.join(to)}: "
                f"use --to {said}, or give a name without {output.suffix}"
            )
        one = one and not is_folder and not OUTPUTS[to[0]].single
        places = cls(output, to, one)
        if not is_folder and len(to) > 1:
            raise PolicyParseError(f"{output} is one file, {' and '.join(to)} are several: name a folder")
        if not is_folder and not places.is_file:
            raise PolicyParseError(
                f"{output} is one file, but --to {to[0]} writes a file a document: name a folder, or use --to jsonl"
            )
        if not places.is_file and output.exists() and not output.is_dir():
            raise PolicyParseError(f"{output} is a file; --to {places.to[0]} writes a folder of files")
        return places

    @property
    def is_file(self) -> bool:
        """True when the user has named the output file itself."""
        return self.one or any(OUTPUTS[to].single and place(to, self.output) == self.output for to in self.to)

    @property
    def each(self) -> tuple[str, ...]:
        """The formats with a file a document."""
        return tuple(to for to in self.to if not OUTPUTS[to].single)

    @property
    def together(self) -> tuple[str, ...]:
        """The formats of all documents together."""
        return tuple(to for to in self.to if OUTPUTS[to].single)

    @property
    def lines(self) -> Path | None:
        """The JSON Lines output; null when none is wanted."""
        return place("jsonl", self.output) if "jsonl" in self.to else None

    @property
    def folder(self) -> Path:
        """Where everything stands."""
        return self.output.parent if self.is_file else self.output

    @property
    def state(self) -> Path:
        """What the next run needs to know, and files that grow."""
        return self.folder / (f".{self.output.name}{_HIDDEN}" if self.is_file else _HIDDEN)

    @property
    def parts(self) -> Path:
        """Files that grow; what an interrupted run has left here is of no use."""
        return self.state / "parts"

    @property
    def report(self) -> Path:
        """A line an input."""
        return self.folder / (f"{self.output.stem}.report.jsonl" if self.is_file else "report.jsonl")

    @property
    def summary(self) -> Path:
        """The same in short, for a person."""
        return self.folder / (f"{self.output.stem}.summary.txt" if self.is_file else "summary.txt")

    @property
    def written(self) -> tuple[Path, ...]:
        """What is never an input."""
        return (self.output, self.report, self.summary, self.state)

    def name_of(self, job: Job, to: str) -> str:
        """The file of a document in format `to`, below the folder. Names that no file system takes are shortened."""
        if self.one:
            return self.output.name
        suffix = OUTPUTS[to].suffix
        name = short(job.relative.name, _LONGEST - len(suffix)) + suffix
        return os.fspath(job.relative.parent / name)


def _format_of(output: Path) -> str | None:
    """The format that a file of this name has (all.jsonl); null when it says none."""
    return next((name for name, o in OUTPUTS.items() if o.suffix and o.suffix == output.suffix), None)
