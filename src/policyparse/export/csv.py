"""CSV: a folder with a file a table, as Excel opens it (UTF-8 with byte order mark, CR LF), safe from formulas.

A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) gets an apostrophe
before it; so does a text that begins with an apostrophe, so that taking one away always gives the text back.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from ..model import PolicyDocument
from .relation import Table, Value
from .tables import TABLES, rows
from .writer import FolderWriter, PackWriter, Placed, write_all

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


_KEPT = tuple([i for i, column in enumerate(table.columns) if not column.long] for table in TABLES)


def pack(documents: Iterable[Placed]) -> list[bytes]:
    """The lines of documents, for each table."""
    made = [io.StringIO(newline="") for _ in TABLES]
    writers = [csv.writer(text, lineterminator="\r\n") for text in made]
    for path, document in documents:
        for out, kept, records in zip(writers, _KEPT, rows(document, path).values(), strict=True):
            out.writerows([cell(record[i]) for i in kept] for record in records)
    return [text.getvalue().encode() for text in made]


class _Folder(FolderWriter[list[bytes]]):
    pack = staticmethod(pack)

    def __init__(self, path: Path) -> None:
        super().__init__(path, [f"{t.name}.csv" for t in TABLES])
        self.files = self._out = tuple((self.part / f"{t.name}.csv").open("wb") for t in TABLES)
        for out, table in zip(self._out, TABLES, strict=True):
            out.write(codecs.BOM_UTF8 + (",".join(header(table)) + "\r\n").encode())

    def append(self, packed: list[bytes]) -> None:
        for out, lines in zip(self._out, packed, strict=True):
            out.write(lines)


def open(path: Path) -> PackWriter[list[bytes]]:
    """A stream of documents into the folder `path`."""
    return _Folder(path)


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write a file a table into the folder `path`."""
    write_all(open(path), documents)
