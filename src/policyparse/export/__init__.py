"""One module an output format: `write(documents, path)`. A new format is a module and a row here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from ..model import PolicyDocument


class Exporter(Protocol):
    """What every module of this package offers."""

    def write(self, documents: Iterable[PolicyDocument], path: Path) -> None:
        """Write `documents`, in order, to the file `path`. An existing file is replaced."""


@dataclass(frozen=True, slots=True)
class Output:
    """A format of `policyparse convert --to`."""

    module: str
    suffix: str
    single: bool
    """True: all documents go into one file. False: one file a document, named after the source file."""
    about: str


OUTPUTS: dict[str, Output] = {
    "json": Output("json", ".json", False, "one JSON file a document, in the folders of the input"),
    "jsonl": Output("jsonl", ".jsonl", True, "one file, a document a line"),
}


def exporter(name: str) -> Exporter:
    """The module that writes the format `name` (a key of OUTPUTS), loaded when first asked for."""
    return cast(Exporter, import_module(f".{OUTPUTS[name].module}", __name__))
