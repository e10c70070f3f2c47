"""One module an output format. A new format is a module and a row here.

Outputs of all documents together are written as a stream: `exporter(name).open(path)` gives a `writer.Writer`. Every
module has `write(documents, path)` on top.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from ..model import PolicyDocument
    from .writer import PackWriter, Placed


class Exporter(Protocol):
    """What every module of this package offers."""

    def write(self, documents: Iterable[PolicyDocument], path: Path) -> None:
        """Write `documents`, in order, to `path`. An existing output is replaced; a database is added to."""


class Stream(Exporter, Protocol):
    """What the modules of formats with `single` offer."""

    def open(self, path: Path) -> PackWriter[Any]:
        """Begin to write to `path`; add documents, then close (or use it in a `with` block)."""

    def pack(self, documents: Iterable[Placed]) -> Any:
        """What a writer appends for `documents`. Made in any process; can be pickled."""


@dataclass(frozen=True, slots=True)
class Output:
    """A format of `policyparse convert --to`."""

    module: str
    suffix: str
    single: bool
    """True: all documents go into one output. False: one file a document, named after the source file."""
    about: str
    folder: bool = False
    """True: the output is a folder of files (a table each)."""
    appends: bool = False
    """True: documents of earlier runs stay in it; a document with the same path takes the place of the earlier one."""
    extra: str | None = None
    """The extra that installs what it needs."""
    preload: str = ""
    """A module that loads what takes long, once for all worker processes."""


OUTPUTS: dict[str, Output] = {
    "json": Output("json", ".json", False, "one JSON file a document, in the folders of the input"),
    "jsonl": Output("jsonl", ".jsonl", True, "one file, a document a line"),
    "parquet": Output("parquet", "", True, "a folder with a Parquet file a table", folder=True, extra="parquet"),
    "sqlite": Output(
        *("sqlite", ".sqlite", True, "a database with the tables and full-text search"),
        appends=True,
        preload="policyparse.export.tokens_ready",
    ),
    "xlsx": Output("xlsx", ".xlsx", True, "an Excel workbook with a sheet a table"),
    "csv": Output("csv", "", True, "a folder with a CSV file a table, safe to open in Excel", folder=True),
    "md": Output("md", ".md", False, "one Markdown file a document: the facts, then the text"),
    "akn": Output("akn", ".xml", False, "one Akoma Ntoso 3.0 (XML) file a document"),
    "ics": Output("ics", ".ics", True, "one calendar with the phases and deadlines of all documents"),
}


def exporter(name: str) -> Exporter:
    """The module that writes the format `name` (a key of OUTPUTS), loaded when first asked for."""
    return cast(Exporter, import_module(f".{OUTPUTS[name].module}", __name__))


def stream(name: str) -> Stream:
    """The module of a format with `single`, which can write as a stream."""
    return cast(Stream, exporter(name))


def place(name: str, output: Path) -> Path:
    """Where a format with `single` writes, given the folder (or, for one file, the file) that the user named."""
    kind = OUTPUTS[name]
    if kind.folder:
        return output / name
    return output if output.suffix == kind.suffix else output / f"documents{kind.suffix}"
