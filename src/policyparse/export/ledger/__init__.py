"""The ledger (任务台账) of many notices: a workbook that a supervising office uses as it is, or its first sheet as CSV.

>>> from policyparse.export import ledger
>>> with ledger.open(Path("台账.xlsx")) as out:
...     for result in policyparse.parse_many("notices"):
...         if result.document:
...             out.add(result.document, str(result.path))
...         else:
...             out.failed(str(result.path), str(result.error))

Rows are kept in memory until `close`; documents are not.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_from_bytes

from ...errors import PolicyParseError
from ...model import PolicyDocument
from ..csv import cell
from ..writer import Writer, part_of
from .book import Book
from .gather import Gathered
from .sheets import TASKS, task_rows
from .sheets import write as write_sheets

if TYPE_CHECKING:
    from .layout import Cell

SUFFIXES = (".xlsx", ".csv")
"""What a ledger can be written as."""
_PLAIN = "/:~!$&'()*+,;=@-._"
"""Characters of an address that stand for themselves; Chinese ones do, too."""


class Ledger(Writer):
    """A ledger that takes one document after the other."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        if path.suffix.lower() not in SUFFIXES:
            raise PolicyParseError(f"{path}: a ledger is written as {' or '.join(SUFFIXES)}")
        self._part = part_of(path)
        self.gathered = Gathered()

    def __enter__(self) -> Ledger:
        return self

    def add(self, document: PolicyDocument, path: str | None = None, source: Path | None = None) -> None:
        """Take what a document says. `path` is its place in the input, as shown; `source` the file that holds it,
        which the workbook leads to (default: `path`, where a file stands there)."""
        self.gathered.add(document, path, self._link(path, source))

    def failed(self, path: str, reason: str, source: Path | None = None) -> None:
        """A file that could not be read, and why: told in 待核对."""
        self.gathered.missing(path, reason, self._link(path, source))

    def left_out(self, path: str, reason: str) -> None:
        """What is no input (a link to a folder), and why."""
        self.gathered.missing(path, reason, None, "left-out")

    def _link(self, path: str | None, source: Path | None) -> str | None:
        file = source or (Path(path) if path else None)
        there = file is not None and os.path.exists(file)  # noqa: PTH110 (Path.exists raises for a very long name)
        return address(file, self.path.parent) if file is not None and there else None

    def put(self) -> None:
        """Write everything and put it in place."""
        if self.path.suffix.lower() == ".csv":
            self._put_csv()
        else:
            self._put_book()
        self._part.replace(self.path)

    def _put_book(self) -> None:
        book = Book()
        try:
            write_sheets(self.gathered, book)
            book.save(self._part)
        except BaseException:
            book.drop()
            raise

    def _put_csv(self) -> None:
        rows: Iterable[list[Cell]] = task_rows(self.gathered, linked=False)
        with self._part.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
            out = csv.writer(file, lineterminator="\r\n")
            out.writerow([column.term for column in TASKS])
            out.writerows([cell(value) for value in row] for row in rows)
            file.flush()
            os.fsync(file.fileno())

    def drop(self) -> None:
        """Leave everything as it was."""
        self._part.unlink(missing_ok=True)


def address(file: Path, folder: Path) -> str:
    """The address of `file` as seen from `folder`: the two can be moved together."""
    try:
        near = os.path.relpath(file.absolute(), folder.absolute())
    except ValueError:  # another drive of Windows
        return file.absolute().as_uri()
    near = near.replace(os.sep, "/")
    try:
        near.encode()
    except UnicodeEncodeError:  # a name in another encoding
        return quote_from_bytes(os.fsencode(near), _PLAIN)
    return "".join(c if ord(c) > 0x7F else quote(c, _PLAIN) for c in near)


def open(path: Path) -> Ledger:
    """A ledger that is written to `path` (.xlsx or .csv) when it is closed. One that is there is replaced."""
    return Ledger(path)


def write(documents: Iterable[PolicyDocument | tuple[str, PolicyDocument]], path: Path) -> None:
    """Write the ledger of `documents`; of pairs (path, document), the path is the file that the workbook leads to."""
    with open(path) as out:
        for given in documents:
            at, document = given if isinstance(given, tuple) else (None, given)
            out.add(document, at)
