"""Excel workbook: a sheet a table, under its Chinese names. Rows go to the disk as they come.

Texts are stored as texts, so that none is taken for a formula; dates are real dates. The bytes of the file depend on
the documents only: it is packed again with fixed times.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from lxml.etree import LxmlError

from ..model import PolicyDocument
from .relation import ILLEGAL, Column, Table, Value
from .tables import TABLES, rows
from .writer import Writer, need, part_of, write_all

LONGEST = 32_767
"""Characters that a cell of Excel holds."""
ROWS = 1_048_576
"""Rows that a sheet of Excel holds; a table with more goes on in another sheet."""
_FIRST_DAY = date(1900, 3, 1)
"""Excel's calendar has a 29 February 1900; dates before are stored as text."""
_LOOKS_LIKE_CODE = ("=", "#")
"""What openpyxl would store as a formula or an error value."""
_WIDTHS = {"integer": 8, "date": 12, "boolean": 10}
_DEFAULT = 16
_BY_NAME = {
    60: ("text", "tasks", "steps", "context", "message", "title", "recipients", "enclosures", "action"),
    30: ("path", "name", "heading", "unit", "issuers", "group_name", "post"),
    24: ("lead", "responsible", "cooperate", "supervise"),
    10: ("document_id", "measure_id", "phase_id", "group_id", "text_id", "sha256", "number", "encoding"),
}
"""Keys are long and say nothing to a reader: they are there for lookups, and narrow."""
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def legal(text: str) -> str:
    """A text that a cell can hold: what is too long is cut, which the end of the cell says."""
    text = ILLEGAL.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) <= LONGEST:
        return text
    note = f"…（全文{len(text)}字，余下见原文）"
    return text[: LONGEST - len(note)] + note


class Sheet:
    """The sheets of a table: the first, and others when it is full."""

    def __init__(self, book: Any, table: Table) -> None:
        self._book, self._table = book, table
        self._kept = [(i, c) for i, c in enumerate(table.columns) if not c.long]
        self._count = 0
        self._begin()

    def _begin(self) -> None:
        self._count += 1
        title = self._table.term if self._count == 1 else f"{self._table.term} {self._count}"
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "B2"
        for place, (_, column) in enumerate(self._kept, 1):
            self._sheet.column_dimensions[_letter(place)].width = _width(column)
        self._sheet.append([self._heading(column) for _, column in self._kept])
        self._rows = 1

    def _heading(self, column: Column) -> Any:
        cell = _cell(self._sheet, column.term)
        cell.font, cell.fill, cell.alignment = _styles()
        return cell

    def add(self, records: Iterable[tuple[Value, ...]]) -> None:
        """Append rows."""
        for record in records:
            if self._rows == ROWS:
                self.finish()
                self._begin()
            self._sheet.append([_stored(self._sheet, record[i]) for i, _ in self._kept])
            self._rows += 1

    def finish(self) -> None:
        """The filter over all rows."""
        self._sheet.auto_filter.ref = f"A1:{_letter(len(self._kept))}{self._rows}"


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _width(column: Column) -> int:
    for width, names in _BY_NAME.items():
        if column.name in names:
            return width
    return _WIDTHS.get(column.type, _DEFAULT)


def _styles() -> tuple[Any, Any, Any]:
    from openpyxl.styles import Alignment, Font, PatternFill

    return Font(bold=True), PatternFill("solid", fgColor="DDEBF7"), Alignment(wrap_text=True, vertical="center")


def _cell(sheet: Any, value: Value) -> Any:
    from openpyxl.cell import WriteOnlyCell

    return WriteOnlyCell(sheet, value)


def _stored(sheet: Any, value: Value) -> Any:
    if isinstance(value, str):
        text = legal(value)
        if not text.startswith(_LOOKS_LIKE_CODE):
            return text
        cell = _cell(sheet, text)
        cell.data_type = "s"
        return cell
    if isinstance(value, date):
        if value < _FIRST_DAY:
            return value.isoformat()
        cell = _cell(sheet, value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    return value


class _Book(Writer):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._part = part_of(path)
        self._book = need("openpyxl", None).Workbook(write_only=True)
        self._sheets = [Sheet(self._book, table) for table in TABLES]

    def add(self, document: PolicyDocument, path: str | None = None) -> None:
        with _told(self.path):
            for sheet, records in zip(self._sheets, rows(document, path).values(), strict=True):
                sheet.add(records)

    def put(self) -> None:
        with _told(self.path):
            for sheet in self._sheets:
                sheet.finish()
            save(self._book, self._part)
        self._part.replace(self.path)

    def drop(self) -> None:
        for sheet in self._book.worksheets:
            with suppress(OSError, LxmlError):  # one that the disk had no room for cannot be ended
                sheet.close()
            Path(sheet._writer.out).unlink(missing_ok=True)
        self._part.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """The sheets grow in temporary files through lxml, which has an error of its own for a full disk."""
    try:
        yield
    except LxmlError as error:
        raise OSError(f"{path}: cannot write a sheet: {error}") from error


def save(book: Any, path: Path) -> None:
    """Save a workbook so that the same content gives the same bytes: openpyxl writes the time into it."""
    raw = path.with_name(path.name + ".raw")
    try:
        book.save(raw)
        with zipfile.ZipFile(raw) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for entry in given.infolist():
                info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                if entry.filename == "docProps/core.xml":
                    out.writestr(info, _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", given.read(entry)))
                    continue
                with given.open(entry) as part, out.open(info, "w", force_zip64=entry.file_size >= 1 << 31) as copy:
                    shutil.copyfileobj(part, copy, 1 << 20)
    finally:
        raw.unlink(missing_ok=True)


def open(path: Path) -> Writer:
    """A stream of documents into the workbook `path`."""
    return _Book(path)


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write a sheet a table into the workbook `path`."""
    write_all(open(path), documents)
