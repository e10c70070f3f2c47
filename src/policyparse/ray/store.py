"""Where a run writes: a folder a table, with a Parquet file a shard, on any file system."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import PolicyParseError
from ..export.arrow import as_table
from ..export.arrow import schema as schema_of
from ..export.parquet import TableFile
from ..export.tables import TABLES
from ..export.writer import need
from . import report
from .report import REPORT, Finished, Report
from .sources import BUCKETS, located

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa
    from pyarrow.fs import FileSystem

    from .work import Result

SUMMARY = "summary.json"
"""Written last: the tables are those of a whole run. Taken away when a run begins to change them."""
_PARTS = ".parts"
_OURS = re.compile(r"[0-9a-f]{32}\.parquet")
_ALL = tuple(t.name for t in TABLES)


@dataclass(frozen=True, slots=True)
class Store:
    """An output. Travels to the actors."""

    filesystem: FileSystem
    root: str
    tables: tuple[str, ...] = _ALL

    @classmethod
    def of(cls, output: str | Path, filesystem: FileSystem | None, tables: Iterable[str] | None) -> Store:
        """Raises PolicyParseError when it cannot be."""
        wanted = _ALL if tables is None else tuple(dict.fromkeys(tables))
        if unknown := [name for name in wanted if name not in _ALL]:
            raise PolicyParseError(f"no table {unknown[0]}; there are {', '.join(_ALL)}")
        place = located(output, filesystem)
        if place.filesystem is not None:
            return cls(place.filesystem, place.path, wanted)
        fs: Any = need("pyarrow.fs", "ray")
        local = fs.LocalFileSystem()
        return cls(local, local.normalize_path(str(_absolute(place.path))), wanted)

    def begin(self) -> None:
        """Make the folders; nothing in them counts as a whole run from here on."""
        self._remove(f"{self.root}/{SUMMARY}")
        if not self._at_once:
            for name in (*self.tables, REPORT, _PARTS):
                self.filesystem.create_dir(f"{self.root}/{name}", recursive=True)

    def known(self, shard: str) -> Finished | None:
        """What a shard comes to that is written already; null when it is not."""
        fs: Any = need("pyarrow.fs", "ray")
        parquet = need("pyarrow.parquet", "ray")
        path = self._path(REPORT, shard)
        if self.filesystem.get_file_info(path).type != fs.FileType.File:
            return None
        with self.filesystem.open_input_file(path) as file:
            return report.finished(parquet.read_schema(file).metadata)

    def write(self, shard: str, run: str, results: Iterable[Result]) -> Finished:
        """Write the rows of a shard. Doing it twice, or at two places at once, gives one set of files."""
        self._remove(self._path(REPORT, shard))  # it is not finished while its files change
        rows: list[Any] = []
        counts: dict[str, int] = {}
        again = 0
        with _Files(self, shard) as files:
            for result in results:
                rows.append(report.record(result))
                counts[result.found.done.status] = counts.get(result.found.done.status, 0) + 1
                again += result.found.again
                for name, records in result.found.tables.items():
                    files.add(name, records)
        finished = Finished(shard, run, counts, again)
        self._put_report(finished, rows)
        return finished

    def end(self, done: Report, shards: frozenset[str]) -> None:
        """Take away what earlier runs have left of other inputs; say that all is there."""
        fs: Any = need("pyarrow.fs", "ray")
        for name in (*_ALL, REPORT):
            wanted = shards if name in (*self.tables, REPORT) else frozenset()
            for info in self.filesystem.get_file_info(fs.FileSelector(f"{self.root}/{name}", allow_not_found=True)):
                if _OURS.fullmatch(info.base_name) and info.base_name.partition(".")[0] not in wanted:
                    self.filesystem.delete_file(info.path)
        with suppress(OSError):
            if not self._at_once:
                self.filesystem.delete_dir(f"{self.root}/{_PARTS}")
        said = {"counts": dict(done.counts), "shards": done.shards, "unchanged": done.unchanged}
        with self.filesystem.open_output_stream(f"{self.root}/{SUMMARY}") as out:
            out.write(json.dumps(said).encode() + b"\n")

    def table(self, name: str) -> pa.Table:
        """All rows of a table."""
        parquet = need("pyarrow.parquet", "ray")
        return parquet.read_table(f"{self.root}/{name}", filesystem=self.filesystem)

    # --- files -----------------------------------------------------------------------------------------------------

    @property
    def _at_once(self) -> bool:
        """True: a file is there when it is whole, or not at all. Elsewhere it grows beside, and is renamed."""
        return self.filesystem.type_name in BUCKETS

    def _path(self, table: str, shard: str) -> str:
        return f"{self.root}/{table}/{shard}.parquet"

    def growing(self, table: str, shard: str) -> str:
        """Where a file is written."""
        if self._at_once:
            return self._path(table, shard)
        return f"{self.root}/{_PARTS}/{shard}-{table}-{uuid.uuid4().hex}"

    def put(self, part: str, table: str, shard: str) -> None:
        """Put a file in place that is whole."""
        if self._at_once:
            return
        path = self._path(table, shard)
        try:
            self.filesystem.move(part, path)
        except OSError:  # HDFS does not replace what is there
            self._remove(path)
            self.filesystem.move(part, path)

    def drop(self, part: str) -> None:
        """Take away what will not be whole."""
        if not self._at_once:
            with suppress(OSError):
                self.filesystem.delete_file(part)

    def _put_report(self, finished: Finished, rows: list[Any]) -> None:
        parquet = need("pyarrow.parquet", "ray")
        part = self.growing(REPORT, finished.shard)
        try:
            with self.filesystem.open_output_stream(part) as out:
                parquet.write_table(as_table(report.schema(finished), rows), out, compression="zstd")
            self.put(part, REPORT, finished.shard)
        except BaseException:
            self.drop(part)
            raise

    def _remove(self, path: str) -> None:
        with suppress(FileNotFoundError):
            self.filesystem.delete_file(path)


class _Files:
    """The files of a shard while they grow: put in place together when the block is left without an error."""

    def __init__(self, store: Store, shard: str) -> None:
        self._store, self._shard = store, shard
        self._parts = {name: store.growing(name, shard) for name in store.tables}
        self._streams: dict[str, Any] = {}
        self._files: dict[str, TableFile] = {}
        for table in TABLES:
            if table.name in self._parts:
                stream = store.filesystem.open_output_stream(self._parts[table.name])
                self._streams[table.name] = stream
                self._files[table.name] = TableFile(schema_of(table), stream)

    def add(self, name: str, records: list[Any]) -> None:
        """Write rows."""
        self._files[name].add(records)

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if kind is not None:
            self._drop()
            return
        try:
            for name, file in self._files.items():
                file.flush()
                file.close()
                self._streams[name].close()
            for name, part in self._parts.items():
                self._store.put(part, name, self._shard)
        except BaseException:
            self._drop()
            raise

    def _drop(self) -> None:
        for name, file in self._files.items():
            with suppress(Exception):  # whatever has gone wrong, the first error is the one to tell
                file.close()
            with suppress(Exception):
                self._streams[name].close()
            self._store.drop(self._parts[name])


def _absolute(path: str) -> Path:
    from pathlib import Path

    return Path(path).absolute()
