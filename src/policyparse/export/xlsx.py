"""Excel workbook: a sheet a table, under its Chinese names. Rows go to the disk as they come.

openpyxl makes the workbook with the heads of its sheets, in the end; the rows, which are most of it, are written here
and go between. The bytes of the file depend on the documents only: it is packed again with fixed times.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any, NamedTuple

from ..model import PolicyDocument
from .relation import Column, Table
from .tables import TABLES, rows
from .writer import PackWriter, Placed, need, part_of, write_all
from .xlsx_rows import DATE_STYLE, LONGEST, NUMBER, Rows, legal, letter

ROWS = 1_048_576
"""Rows that a sheet of Excel holds; a table with more goes on in another sheet."""
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
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_END = b"</sheetData>"


class Sheet(NamedTuple):
    """A sheet of a table, with the rows behind its head."""

    title: str
    table: Table
    rows: IO[bytes]


class _Sheets:
    """The sheets of a table: the first, and others when it is full."""

    def __init__(self, table: Table, folder: Path) -> None:
        self._table, self._folder = table, folder
        self.sheets: list[Sheet] = []
        self.counts: list[int] = []
        self._begin()

    def _begin(self) -> None:
        title = self._table.term if not self.sheets else f"{self._table.term} {len(self.sheets) + 1}"
        rows = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 (no name: whatever comes, nothing is left of it)
        self.sheets.append(Sheet(title, self._table, rows))
        self.counts.append(1)

    def append(self, given: list[bytes]) -> None:
        """Write rows."""
        for row in given:
            if self.counts[-1] == ROWS:
                self._begin()
            self.counts[-1] += 1
            self.sheets[-1].rows.write(row.replace(NUMBER, b"%d" % self.counts[-1]))


@cache
def _rows() -> tuple[Rows, ...]:
    return tuple(map(Rows, TABLES))


def pack(documents: Iterable[Placed]) -> list[list[bytes]]:
    """The rows of documents, for each table."""
    made: list[list[bytes]] = [[] for _ in TABLES]
    for path, document in documents:
        for row, given, records in zip(_rows(), made, rows(document, path).values(), strict=True):
            given += map(row.of, records)
    return made


class _Book(PackWriter[list[list[bytes]]]):
    pack = staticmethod(pack)

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        need("openpyxl", None)
        self._part = part_of(path)
        self._sheets = [_Sheets(table, path.parent) for table in TABLES]

    def append(self, packed: list[list[bytes]]) -> None:
        for sheets, given in zip(self._sheets, packed, strict=True):
            sheets.append(given)

    def put(self) -> None:
        parts = [(sheet, count) for s in self._sheets for sheet, count in zip(s.sheets, s.counts, strict=True)]
        book = need("openpyxl", None).Workbook()
        book.remove(book.active)
        _dates_look_like_dates(book)
        for sheet, count in parts:
            _head(book, sheet, count)
        bodies = {f"xl/worksheets/sheet{i}.xml": sheet.rows for i, (sheet, _) in enumerate(parts, 1)}
        save(book, self._part, bodies)
        self._close()
        self._part.replace(self.path)

    def drop(self) -> None:
        self._close()
        self._part.unlink(missing_ok=True)

    def _close(self) -> None:
        for sheets in self._sheets:
            for sheet in sheets.sheets:
                with suppress(OSError):  # the disk is full
                    sheet.rows.close()


def _dates_look_like_dates(book: Any) -> None:
    """Give the workbook the style that the rows have for dates."""
    sheet = book.create_sheet()
    cell = sheet.cell(1, 1)
    cell.number_format = "yyyy-mm-dd"
    assert cell.style_id == DATE_STYLE
    book.remove(sheet)


def _head(book: Any, given: Sheet, count: int) -> None:
    """A sheet with its headings; its filter reaches over rows that go in later."""
    sheet = book.create_sheet(given.title)
    sheet.freeze_panes = "B2"
    kept = [column for column in given.table.columns if not column.long]
    for place, column in enumerate(kept, 1):
        cell = sheet.cell(1, place, column.term)
        cell.font, cell.fill, cell.alignment = _styles()
        sheet.column_dimensions[letter(place)].width = _width(column)
    sheet.auto_filter.ref = f"A1:{letter(len(kept))}{count}"


def _width(column: Column) -> int:
    for width, names in _BY_NAME.items():
        if column.name in names:
            return width
    return _WIDTHS.get(column.type, _DEFAULT)


@cache
def _styles() -> tuple[Any, Any, Any]:
    from openpyxl.styles import Alignment, Font, PatternFill

    return Font(bold=True), PatternFill("solid", fgColor="DDEBF7"), Alignment(wrap_text=True, vertical="center")


def save(book: Any, path: Path, rows: Mapping[str, IO[bytes]] | None = None) -> None:
    """Save a workbook so that the same content gives the same bytes: openpyxl writes the time into it.

    `rows`: XML that goes behind the rows of a sheet, by the name of the sheet's part.
    """
    raw = path.with_name(path.name + ".raw")
    try:
        book.save(raw)
        with zipfile.ZipFile(raw) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for entry in given.infolist():
                info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                if entry.filename == "docProps/core.xml":
                    out.writestr(info, _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", given.read(entry)))
                elif rows and entry.filename in rows:
                    _spliced(given.read(entry), rows[entry.filename], out, info)
                else:
                    with given.open(entry) as part, out.open(info, "w", force_zip64=entry.file_size >= 1 << 31) as copy:
                        shutil.copyfileobj(part, copy, 1 << 20)
    finally:
        raw.unlink(missing_ok=True)


def _spliced(sheet: bytes, rows: IO[bytes], out: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """A sheet with more rows."""
    head, end, tail = sheet.partition(_END)
    size = rows.seek(0, io.SEEK_END)
    rows.seek(0)
    with out.open(info, "w", force_zip64=size >= 1 << 30) as copy:
        filter_ = re.search(rb'<autoFilter ref="([^"]*)"', tail)
        copy.write(_DIMENSION.sub(b'<dimension ref="%s"/>' % filter_[1], head) if filter_ else head)
        shutil.copyfileobj(rows, copy, 1 << 20)
        copy.write(end + tail)


def open(path: Path) -> PackWriter[list[list[bytes]]]:
    """A stream of documents into the workbook `path`."""
    return _Book(path)


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write a sheet a table into the workbook `path`."""
    write_all(open(path), documents)


__all__ = ["LONGEST", "ROWS", "legal", "open", "pack", "save", "write"]
