"""Parquet: a folder with a file a table. Rows are written in groups, so that memory stays the same over any number."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..model import PolicyDocument
from .arrow import arrow, as_table, schema
from .relation import Record
from .tables import TABLES, rows
from .writer import FolderWriter, Writer, need, write_all

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
        self._waiting: list[Record] = []
        self._characters = 0
        self._out: pq.ParquetWriter = parquet.ParquetWriter(where, self._schema, compression="zstd", version="2.6")

    def add(self, records: list[Record]) -> None:
        """Write rows."""
        self._waiting += records
        self._characters += sum(len(v) for record in records for v in record if isinstance(v, str))
        if len(self._waiting) >= _GROUP_ROWS or self._characters >= _GROUP_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Write the group as it is."""
        if self._waiting:
            self._out.write_table(as_table(self._schema, self._waiting), row_group_size=len(self._waiting))
            self._waiting, self._characters = [], 0

    def close(self) -> None:
        """No more rows."""
        self._out.close()


class _Folder(FolderWriter):
    def __init__(self, path: Path) -> None:
        arrow()  # before anything is made on the disk
        super().__init__(path, [f"{t.name}.parquet" for t in TABLES])
        self._files = [TableFile(schema(table), self.part / f"{table.name}.parquet") for table in TABLES]

    def add(self, document: PolicyDocument, path: str | None = None) -> None:
        for file, records in zip(self._files, rows(document, path).values(), strict=True):
            file.add(records)

    def finish(self) -> None:
        for file in self._files:
            file.flush()
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
