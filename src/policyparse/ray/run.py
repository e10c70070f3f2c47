"""Ray Data pipelines over inputs: to Parquet tables (`convert`), to rows with documents (`read`), or over bytes that
another pipeline has read (`Parse`)."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..batch.jobs import Job
from ..batch.pool_answers import PoolBroken
from ..batch.work import Convert
from ..errors import PolicyParseError
from ..export.arrow import arrow, as_table
from ..export.arrow import schema as schema_of
from ..export.tables import TABLES, rows
from ..export.writer import need
from ..limits import Limits, Ocr, ReadOptions
from . import report
from .report import Report
from .shards import Shard, shards
from .sources import Held, Input, Place, find, located
from .store import Store
from .work import Engine, How, Result

if TYPE_CHECKING:
    import pyarrow as pa
    import ray.data
    from pyarrow.fs import FileSystem

Paths = str | Path | Iterable[str | Path]

SHARD = 500
"""Inputs that are read, written, and if need be done again, together."""
_IN_FLIGHT = 2
_TRIES = 2
"""So often a shard is written that a file system refuses."""
_STOPPED = "stopped: {}; the same call goes on from here"


def convert(
    paths: Paths,
    output: str | Path,
    *,
    filesystem: FileSystem | None = None,
    output_filesystem: FileSystem | None = None,
    tables: Iterable[str] | None = None,
    limits: Limits | None = None,
    password: str | None = None,
    ocr: Ocr = "auto",
    memory: int | None = None,
    concurrency: int | None = None,
    num_cpus: int = 1,
    shard: int = SHARD,
    force: bool = False,
    work: type[Convert] = Convert,
) -> Report:
    """Read every file that `paths` name and write the tables below `output`, a Parquet file a table and shard.

    Paths are local ones that all machines see, addresses (s3://…, hdfs://…, gs://…), or paths on `filesystem`; so is
    `output` (`output_filesystem`, else that of the inputs). Limits are those of one file, as in a local run. At most
    `concurrency` actors (default: as many as the cluster has processors for) read with `num_cpus` worker processes
    each. Shards that an earlier run has finished are left as they are unless `force`. Raises PolicyParseError when the
    run cannot go on; the same call goes on from there.
    """
    options = ReadOptions(password, ocr, limits or Limits.in_force())
    store = Store.of(output, output_filesystem or filesystem, tables)
    source, found = _found(paths, filesystem, located(output, output_filesystem or filesystem))
    wanted = [(s.name, s.packed()) for s in shards(found, options, store.tables, shard)]
    how = How(options, source, frozenset(store.tables), memory=memory or 0, workers=num_cpus, work=work)
    run = uuid.uuid4().hex
    try:
        store.begin()
        pipeline = _mapped(wanted, _Convert, (how, store, run, force), concurrency, num_cpus)
        done = _done(pipeline)
        if missing := {name for name, _ in wanted} - set(done):
            raise PolicyParseError(_STOPPED.format(f"{len(missing)} shards are missing"))
        counts = Counter({name: sum(row[name] for row in done.values()) for name in _STATUSES})
        unchanged = sum(row["run"] != run for row in done.values())
        said = Report(store, +counts, len(done), unchanged)
        store.end(said, frozenset(done))
    except (OSError, _ray_error()) as error:
        raise PolicyParseError(_STOPPED.format(_first(error))) from error
    return said


def read(
    paths: Paths,
    *,
    filesystem: FileSystem | None = None,
    limits: Limits | None = None,
    password: str | None = None,
    ocr: Ocr = "auto",
    memory: int | None = None,
    concurrency: int | None = None,
    num_cpus: int = 1,
    shard: int = SHARD,
) -> ray.data.Dataset:
    """A Ray Dataset with a row an input: the columns of the report, and the document as JSON (`document`).

    `table` makes rows of a table of it.
    """
    options = ReadOptions(password, ocr, limits or Limits.in_force())
    source, found = _found(paths, filesystem, None)
    wanted = [(s.name, s.packed()) for s in shards(found, options, (), shard)]
    how = How(options, source, json=True, memory=memory or 0, workers=num_cpus)
    return _mapped(wanted, _Read, (how,), concurrency, num_cpus)


def table(documents: ray.data.Dataset, name: str) -> ray.data.Dataset:
    """The rows of a table (documents, measures, responsibilities …) of what `read` or `Parse` gave."""
    if name not in {t.name for t in TABLES}:
        raise PolicyParseError(f"no table {name}; there are {', '.join(t.name for t in TABLES)}")
    made: ray.data.Dataset = documents.map_batches(partial(_rows, name), batch_format="pyarrow")
    return made


class Parse:
    """For `map_batches` over bytes that another pipeline has read: columns `bytes` and `path` become rows as of `read`.

    >>> files = ray.data.read_binary_files("s3://bucket/notices", include_paths=True)
    >>> files.map_batches(policyparse.ray.Parse, batch_size=64, concurrency=8)

    A file that hangs or crashes its reader costs itself only. But the files are in memory before any limit can say no,
    and one that cannot be read ends the pipeline: `read` and `convert` see to both.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        password: str | None = None,
        ocr: Ocr = "auto",
        memory: int | None = None,
        workers: int = 1,
    ) -> None:
        options = ReadOptions(password, ocr, limits or Limits.in_force())
        self._engine = Engine(How(options, json=True, memory=memory or 0, workers=workers))

    def __call__(self, batch: Mapping[str, Any] | pa.Table) -> pa.Table:
        """The rows of a batch, in its order."""
        return _documents(list(self._engine.read(_held(batch))))


class _Convert:
    """The actor of `convert`: a shard in, what it comes to out."""

    def __init__(self, how: How, store: Store, run: str, force: bool) -> None:
        self._engine, self._store, self._run, self._force = Engine(how), store, run, force

    def __call__(self, batch: pa.Table) -> pa.Table:
        return arrow().Table.from_pylist([self._row(Shard.unpacked(packed)) for packed in batch["shard"].to_pylist()])

    def _row(self, shard: Shard) -> dict[str, Any]:
        """What a shard comes to, or the problem that ends the run: raised here, its words would be lost on the way."""
        problem = ""
        for _ in range(_TRIES):
            try:
                done = self._finished(shard)
            except (OSError, PoolBroken) as error:
                problem = str(error) or type(error).__name__
            else:
                counts = {name: done.counts.get(name, 0) for name in _STATUSES}
                return {"shard": done.shard, "run": done.run, "problem": "", **counts}
        return {"shard": shard.name, "run": self._run, "problem": problem, **dict.fromkeys(_STATUSES, 0)}

    def _finished(self, shard: Shard) -> report.Finished:
        known = self._store.known(shard.name)
        if known and (known.run == self._run or not (self._force or known.again)):
            return known  # of an earlier run; or of this one, if a machine was lost that had told so
        return self._store.write(shard.name, self._run, self._engine.read(given.job for given in shard.inputs))


class _Read:
    """The actor of `read`: a shard in, its documents out."""

    def __init__(self, how: How) -> None:
        self._engine = Engine(how)

    def __call__(self, batch: pa.Table) -> Iterable[pa.Table]:
        for packed in batch["shard"].to_pylist():
            waiting: list[Result] = []
            for result in self._engine.read(given.job for given in Shard.unpacked(packed).inputs):
                waiting.append(result)
                if len(waiting) >= _ROWS:
                    yield _documents(waiting)
                    waiting = []
            yield _documents(waiting)


_STATUSES = ("ok", "partial", "failed", "skipped")
_ROWS = 100
"""Documents that go on together."""


def _found(
    paths: Paths, filesystem: FileSystem | None, output: Place | None
) -> tuple[FileSystem | None, Iterator[Input]]:
    """The file system of the inputs (null: the local one), and the inputs."""
    named = [paths] if isinstance(paths, str | Path) else list(paths)
    if not named:
        raise PolicyParseError("nothing to read: no path is given")
    return located(named[0], filesystem).filesystem, find(named, filesystem, output)


def _mapped(
    wanted: list[tuple[str, bytes]],
    actor: Callable[..., Any],
    given: tuple[Any, ...],
    concurrency: int | None,
    cpus: int,
) -> ray.data.Dataset:
    """Every shard is a block of its own, so that one that is lost is all that is done again."""
    if not wanted:
        raise PolicyParseError("nothing to read: the paths name no files")
    data: Any = need("ray.data", "ray")
    core: Any = need("ray", "ray")
    if not core.is_initialized():
        core.init()
    items = [{"shard": packed} for _, packed in wanted]
    dataset = data.from_items(items, override_num_blocks=len(items))
    actors = concurrency or max(1, int(core.cluster_resources().get("CPU", 1) // cpus))
    most = min(actors, len(items))
    pool = data.ActorPoolStrategy(
        min_size=1, max_size=most, initial_size=most, max_tasks_in_flight_per_actor=_IN_FLIGHT
    )
    mapped = dataset.map_batches(
        actor, fn_constructor_args=given, batch_size=None, batch_format="pyarrow", compute=pool, num_cpus=cpus
    )
    return cast("ray.data.Dataset", mapped)


def _done(pipeline: Any) -> dict[str, dict[str, Any]]:
    """What each shard comes to. The first problem ends the pipeline."""
    done: dict[str, dict[str, Any]] = {}
    batches = iter(pipeline.iter_batches(batch_size=None, batch_format="pyarrow"))
    try:
        for batch in batches:
            for row in batch.to_pylist():
                if row["problem"]:
                    raise PolicyParseError(_STOPPED.format(row["problem"]))
                done[row["shard"]] = row
    finally:
        getattr(batches, "close", lambda: None)()
    return done


def _documents(results: list[Result]) -> pa.Table:
    pa = arrow()
    made = as_table(report.schema(), [report.record(result) for result in results])
    documents = pa.array([result.found.json for result in results], pa.large_string())
    return made.append_column("document", documents)


def _held(batch: Mapping[str, Any] | pa.Table) -> Iterable[Job]:
    columns = [batch[name] for name in ("path", "bytes")]
    paths, data = (c.to_pylist() if hasattr(c, "to_pylist") else list(c) for c in columns)
    for path, content in zip(paths, data, strict=True):
        yield Held(Path(path), Path(path), data=content)


def _rows(name: str, batch: pa.Table) -> pa.Table:
    from ..model import PolicyDocument

    found: list[Any] = []
    for place, document in zip(batch["place"].to_pylist(), batch["document"].to_pylist(), strict=True):
        if document is not None:
            found += rows(PolicyDocument.model_validate_json(document), place)[name]
    return as_table(next(schema_of(t) for t in TABLES if t.name == name), found)


def _ray_error() -> type[Exception]:
    error: type[Exception] = need("ray.exceptions", "ray").RayError
    return error


def _first(error: BaseException) -> str:
    """What went wrong, on one line."""
    said = str(error).strip().splitlines()
    return said[0] if said else type(error).__name__
