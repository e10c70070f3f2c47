"""The report of a run on a cluster: a row an input, written a shard at a time, and what they come to together."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ..export.arrow import arrow
from ..export.relation import Record
from .sources import place_of
from .work import Result

if TYPE_CHECKING:
    import pyarrow as pa

    from .store import Store

REPORT = "report"
"""The table that tells what became of every input. Its file of a shard is written last: it says that all are there."""
_COUNTS = b"policyparse"


class Finished(NamedTuple):
    """A shard that is written."""

    shard: str
    run: str
    """Which run wrote it."""
    counts: dict[str, int]
    """Inputs by status."""
    again: int
    """Inputs that may go well another time."""


def schema(finished: Finished | None = None) -> pa.Schema:
    """Columns of the report; with what the shard comes to in the metadata, where a later run looks first."""
    pa = arrow()
    text, whole = pa.string(), pa.int32()
    fields = [
        pa.field("path", text, nullable=False, metadata={"description": "the input: file, or archive.zip/member"}),
        pa.field("place", text, nullable=False, metadata={"description": "column `path` of the table documents"}),
        pa.field("document_id", text, metadata={"description": "null where there is no document"}),
        pa.field("status", text, nullable=False, metadata={"description": "ok, partial, failed or skipped"}),
        pa.field("reason", text, metadata={"description": "of any status but ok, in words"}),
        pa.field("seconds", pa.float64(), nullable=False, metadata={"description": "time in the worker"}),
        pa.field("attempts", whole, nullable=False, metadata={"description": "more than one: a worker died"}),
        pa.field("warnings", pa.map_(text, whole), metadata={"description": "codes of diagnostics with their number"}),
        pa.field("sha256", text, metadata={"description": "of the bytes that were read"}),
        pa.field("text_id", text, metadata={"description": "the same for inputs with the same text"}),
        pa.field("again", pa.bool_(), nullable=False, metadata={"description": "the next run reads its shard again"}),
        pa.field("path_bytes", text, metadata={"description": "hex, where the file name is no UTF-8"}),
    ]
    return pa.schema(fields, metadata={_COUNTS: json.dumps(finished._asdict())} if finished else None)


def record(result: Result) -> Record:
    """The row of an input."""
    job, found = result.job, result.found
    done = found.done
    source = os.fsencode(job.source)
    odd = source.decode("utf-8", "replace").encode() != source
    values: tuple[Any, ...] = (
        *(job.shown, place_of(job), found.document_id, done.status, done.reason or None),
        *(round(result.seconds, 4), result.attempts, list(done.warnings.items()), done.sha256, found.text_id),
        *(found.again, source.hex() if odd else None),
    )
    return values


def finished(metadata: dict[bytes, bytes] | None) -> Finished | None:
    """What the metadata of a report's file say; null where it is none."""
    said = (metadata or {}).get(_COUNTS)
    return Finished(**json.loads(said)) if said else None


@dataclass(frozen=True, slots=True)
class Report:
    """What `convert` has done."""

    store: Store
    counts: Counter[str] = field(default_factory=Counter)
    """Inputs by status: ok, partial, failed, skipped (links to folders)."""
    shards: int = 0
    unchanged: int = 0
    """So many of them an earlier run had finished."""

    def table(self) -> pa.Table:
        """The whole report as an arrow table."""
        return self.store.table(REPORT)

    def failures(self) -> list[dict[str, Any]]:
        """The rows of the inputs that failed: path, reason …"""
        rows: list[dict[str, Any]] = self.table().to_pylist()
        return [row for row in rows if row["status"] == "failed"]
