"""CSV: a folder with a file a table, as Excel opens it (UTF-8 with byte order mark, CR LF), safe from formulas.

A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) gets an apostrophe
before it; so does a text that begins with an apostrophe, so that taking one away always gives the text back.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ..model import PolicyDocument
from .relation import Table, Value
from .tables import TABLES, rows
from .writer import FolderWriter, Writer, write_all

_RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
"""The full-width signs count, too: spreadsheets in Chinese or Japanese take them for the others."""
_LINE_END = re.compile(r"\r\n?")


def cell(value: Value) -> str | int:
    """A value as it stands in the file: null is empty, dates are ISO, true and false are TRUE and FALSE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return value
    if not isinstance(value, str):
        return value.isoformat()
    text = _LINE_END.sub("\n", value).replace("\0", "\ufffd")
    return "'" + text if text.startswith(_RISKY) else text


def header(table: Table) -> list[str]:
    """The columns of a file: all but the whole text, which no spreadsheet cell holds."""
    return [column.name for column in table.columns if not column.long]


class _Folder(FolderWriter):
    def __init__(self, path: Path) -> None:
        super().__init__(path, [f"{t.name}.csv" for t in TABLES])
        self._files = [(self.part / f"{t.name}.csv").open("w", encoding="utf-8-sig", newline="") for t in TABLES]
        self._out = [csv.writer(file, lineterminator="\r\n") for file in self._files]
        self._kept = [[i for i, c in enumerate(t.columns) if not c.long] for t in TABLES]
        for out, table in zip(self._out, TABLES, strict=True):
            out.writerow(header(table))

    def add(self, document: PolicyDocument, path: str | None = None) -> None:
        for out, kept, records in zip(self._out, self._kept, rows(document, path).values(), strict=True):
            out.writerows([cell(record[i]) for i in kept] for record in records)

    def finish(self) -> None:
        for file in self._files:
            file.close()

    def drop(self) -> None:
        for file in self._files:
            with suppress(OSError):  # the disk is full
                file.close()
        super().drop()


def open(path: Path) -> Writer:
    """A stream of documents into the folder `path`."""
    return _Folder(path)


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write a file a table into the folder `path`."""
    write_all(open(path), documents)
