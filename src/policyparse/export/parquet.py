"""Parquet: a folder with a file a table. Rows are written in groups, so that memory stays the same over any number."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..model import PolicyDocument
from .arrow import arrow, as_table, schema
from .relation import Record
from .tables import TABLES, rows
from .writer import FolderWriter, PackWriter, Placed, need, write_all

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_GROUP_ROWS = 20_000
_GROUP_CHARACTERS = 4_000_000
"""A row group is written when it holds so many rows, or so many characters of text: large enough for fast scans, small
enough that the eleven tables together wait in some 100 MiB."""


class TableFile:
    """The parquet file of a table, with the rows that wait for their group to be full."""

    def __init__(self, schema: pa.Schema, where: Path | BinaryIO) -> None:
        parquet = need("pyarrow.parquet", "parquet")
        self._schema = schema
        self._records: list[Record] = []
        self._stretches: list[pa.Table] = []
        """Before `_records`."""
        self._rows = self._characters = 0
        self._out: pq.ParquetWriter = parquet.ParquetWriter(where, self._schema, compression="zstd", version="2.6")

    def add(self, records: list[Record]) -> None:
        """Write rows."""
        self._records += records
        self._grown(len(records), characters(records))

    def append(self, stretch: pa.Table, characters: int) -> None:
        """Write rows that are columns already, with so many characters of text in them."""
        self._gather()
        self._stretches.append(stretch)
        self._grown(len(stretch), characters)

    def _gather(self) -> None:
        if self._records:
            self._stretches.append(as_table(self._schema, self._records))
            self._records = []

    def _grown(self, rows: int, characters: int) -> None:
        self._rows += rows
        self._characters += characters
        if self._rows >= _GROUP_ROWS or self._characters >= _GROUP_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Write the group as it is."""
        self._gather()
        if self._rows:
            self._out.write_table(arrow().concat_tables(self._stretches), row_group_size=self._rows)
            self._stretches, self._rows, self._characters = [], 0, 0

    def close(self) -> None:
        """No more rows."""
        try:
            self._out.close()
        finally:  # on a full disk its finaliser would try again, and tell the world
            self._out.is_open = False


def characters(records: list[Record]) -> int:
    """Of text in these rows."""
    return sum(len(v) for record in records for v in record if isinstance(v, str))


def pack(documents: Iterable[Placed]) -> list[tuple[bytes, int]]:
    """The rows of documents as columns (an arrow stream), with the characters in them, for each table."""
    gathered: list[list[Record]] = [[] for _ in TABLES]
    for path, document in documents:
        for records, more in zip(gathered, rows(document, path).values(), strict=True):
            records += more
    return [(_stream(s, records), characters(records)) for s, records in zip(_schemas(), gathered, strict=True)]


def _stream(schema: pa.Schema, records: list[Record]) -> bytes:
    if not records:
        return b""
    sink = arrow().BufferOutputStream()
    with arrow().ipc.new_stream(sink, schema) as out:
        out.write_table(as_table(schema, records))
    return bytes(sink.getvalue())


@cache
def _schemas() -> tuple[pa.Schema, ...]:
    return tuple(map(schema, TABLES))


class _Folder(FolderWriter[list[tuple[bytes, int]]]):
    pack = staticmethod(pack)

    def __init__(self, path: Path) -> None:
        arrow()  # before anything is made on the disk
        super().__init__(path, [f"{t.name}.parquet" for t in TABLES])
        self._out: list[TableFile] = []
        try:
            for s, t in zip(_schemas(), TABLES, strict=True):
                self._out.append(TableFile(s, self.part / f"{t.name}.parquet"))
        except OSError:  # the disk is full
            for file in self._out:
                with suppress(OSError):
                    file.close()
            raise
        self.files = tuple(self._out)

    def append(self, packed: list[tuple[bytes, int]]) -> None:
        for out, (stretch, size) in zip(self._out, packed, strict=True):
            if stretch:
                out.append(arrow().ipc.open_stream(stretch).read_all(), size)

    def add(self, document: PolicyDocument, path: str | None = None) -> None:
        """Columns of one document are mostly overhead: its rows wait as they are."""
        for out, records in zip(self._out, rows(document, path).values(), strict=True):
            out.add(records)

    def put(self) -> None:
        for out in self._out:
            out.flush()
        super().put()


def open(path: Path) -> PackWriter[list[tuple[bytes, int]]]:
    """A stream of documents into the folder `path`."""
    return _Folder(path)


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write a file a table into the folder `path`."""
    write_all(open(path), documents)
