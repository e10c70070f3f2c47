"""Conversion on a Ray cluster of three nodes (on this machine): the rows of a local run, whatever happens meanwhile."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.fs
import pyarrow.parquet as pq
import pytest

import policyparse.ray
from policyparse.batch import run as batch
from policyparse.batch.inputs import find_jobs
from policyparse.batch.run import Places, Settings
from policyparse.errors import PolicyParseError
from policyparse.export.tables import TABLES
from policyparse.limits import Limits, ReadOptions
from policyparse.ray.report import REPORT, Report
from policyparse.ray.shards import shards
from policyparse.ray.sources import find, located
from policyparse.ray.store import Store
from tests.conftest import CORPORA, ROOT
from tests.harm import Deadly, Harmful
from tests.zips import notice, tarred, zipped

LocalFileSystem = pytest.importorskip("fsspec.implementations.local", reason="comes with Ray").LocalFileSystem
cluster_utils = pytest.importorskip("ray.cluster_utils", reason="no Ray for this Python or system")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="clusters on one machine need Linux")

LIMITS = Limits(seconds=1)
MEMORY = 400 << 20
NODE: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 100 << 20}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head that only leads, and two nodes that work. Everything is ended when the tests are, or this process is."""
    import ray

    told = {"RAY_USAGE_STATS_ENABLED": "0", "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    health = {"health_check_period_ms": 500, "health_check_failure_threshold": 3}  # a lost node is missed soon
    head = {**NODE, "num_cpus": 0, "include_dashboard": False, "_system_config": health}
    made = cluster_utils.Cluster(initialize_head=True, head_node_args=head)
    try:
        made.add_node(**NODE)
        made.add_node(**NODE)
        ray.init(address=made.address, log_to_driver=False, logging_level=logging.ERROR)
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield made
    finally:
        ray.shutdown()
        made.shutdown()
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of all kinds, among them such as do harm."""
    path = tmp_path / "in"
    shutil.copytree(CORPORA / "notices", path / "notices")
    for name in ("segfault", "exit", "hang", "eat", "raise"):
        (path / f"{name}.txt").write_bytes(notice(name))
    inner = zipped([("通知.txt", notice("inner"))])
    members = [("a.txt", notice("a")), ("下/b.txt", notice("b")), ("内.zip", inner), ("c.rar", b"Rar!\x1a\x07\x00")]
    (path / "all.zip").write_bytes(zipped(members))
    (path / "all.tar.gz").write_bytes(tarred([("a.txt", notice("tar"))]))
    (path / "broken.zip").write_bytes(zipped([("a.txt", notice())])[:-20])
    (path / "empty.txt").touch()
    (path / "b.pdf").write_bytes(b"%PDF-1.7\nbroken")
    (path / ".hidden.txt").write_bytes(notice("hidden"))
    (path / "notices" / "gone.txt").symlink_to(path / "nowhere")
    (path / "circle").symlink_to(path)
    return path


def locally(paths: list[Path], out: Path) -> tuple[dict[str, list[Any]], list[Any]]:
    """Tables and report of a local run."""
    places = Places.of(out, ["parquet"])
    settings = Settings(ReadOptions(limits=LIMITS), memory=MEMORY)
    batch.convert(find_jobs(paths, places.written, settings.options), places, settings, work=Harmful)
    tables = {t.name: in_order(pq.read_table(out / "parquet" / f"{t.name}.parquet")) for t in TABLES}
    report = [json.loads(line) for line in (out / "report.jsonl").read_text("utf-8").splitlines()]
    return tables, sorted(told(report), key=repr)


def told(report: list[dict[str, Any]]) -> list[list[Any]]:
    """What two runs must say alike."""
    names = ("path", "status", "reason", "sha256")
    return [[*(row[name] for name in names), dict(row["warnings"]), row.get("attempts", 1)] for row in report]


def in_order(table: pa.Table) -> list[Any]:
    return sorted(table.to_pylist(), key=repr)


def tables_of(done: policyparse.ray.Report) -> dict[str, list[Any]]:
    return {t.name: in_order(done.store.table(t.name)) for t in TABLES}


def report_of(done: policyparse.ray.Report) -> list[Any]:
    return sorted(told(done.table().to_pylist()), key=repr)


def slow(folder: Path, number: int) -> Path:
    """So many notices that take a while."""
    folder.mkdir()
    for n in range(number):
        (folder / f"slow{n:02d}.txt").write_bytes(notice(str(n)))
    return folder


def each_once(done: policyparse.ray.Report, names: set[str]) -> None:
    """Every input has one row in the report and one document, and all of its other rows."""
    assert Counter(row["place"] for row in done.table().to_pylist()) == Counter(names)
    assert Counter(done.store.table("documents")["path"].to_pylist()) == Counter(names)
    assert Counter(done.store.table("measures")["document_id"].to_pylist()) == Counter(
        done.store.table("documents")["document_id"].to_pylist()
    )


def test_rows_are_those_of_a_local_run(cluster: Any, folder: Path, tmp_path: Path) -> None:
    tables, report = locally([folder], tmp_path / "local")
    given: dict[str, Any] = {"limits": LIMITS, "memory": MEMORY, "shard": 4, "work": Harmful}
    done = policyparse.ray.convert(folder, tmp_path / "out", **given)
    assert report_of(done) == report
    assert tables_of(done) == tables
    assert done.shards > 2
    assert done.counts["failed"] == len(done.failures()) == sum(1 for row in report if row[1] == "failed")
    for table in TABLES:
        of_shard = next((tmp_path / "out" / table.name).iterdir())
        assert pq.read_schema(of_shard).equals(
            pq.read_schema(tmp_path / "local" / "parquet" / f"{table.name}.parquet"), check_metadata=True
        )


def test_what_is_finished_is_left_as_it_is(cluster: Any, tmp_path: Path) -> None:
    """A file that changes costs its shard; one that may go well another time does, too."""
    folder = slow(tmp_path / "in", 0)
    for n in range(60):
        (folder / f"{n:02d}.txt").write_bytes(notice(str(n)))
    (folder / "exit 41.txt").write_bytes(notice("exit"))
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7")
    given: dict[str, Any] = {"limits": LIMITS, "memory": MEMORY, "shard": 6, "work": Harmful, "concurrency": 1}
    first = policyparse.ray.convert(folder, tmp_path / "out", **given)
    (folder / "07.txt").unlink()
    (folder / "30.txt").write_bytes(notice("changed"))
    (folder / "59a.txt").write_bytes(notice("new"))
    second = policyparse.ray.convert(folder, tmp_path / "out", **given)
    assert second.shards - 4 <= second.unchanged < second.shards
    tables, report = locally([folder], tmp_path / "local")
    assert tables_of(second) == tables
    assert report_of(second) == report
    assert first.counts == {"ok": 60, "failed": 2}


def test_other_file_systems(cluster: Any, folder: Path, tmp_path: Path) -> None:
    """Files that are no local ones are read by the workers; archives are fetched."""
    shutil.rmtree(folder / "notices")
    (folder / "circle").unlink()
    (folder / "hang.txt").unlink()
    away = pyarrow.fs.SubTreeFileSystem(str(tmp_path), pyarrow.fs.LocalFileSystem())
    given: dict[str, Any] = {"limits": LIMITS, "memory": MEMORY, "work": Harmful, "filesystem": away, "concurrency": 1}
    done = policyparse.ray.convert(["in", "gone"], "out/tables", **given)
    tables, report = locally([folder, tmp_path / "gone"], tmp_path / "local")
    assert tables_of(done) == tables
    assert report_of(done) == [[row[0].removeprefix(f"{tmp_path}/"), *row[1:]] for row in report]
    assert not (tmp_path / "out" / "tables" / ".parts").exists()


def test_documents_as_a_dataset(cluster: Any, folder: Path) -> None:
    import ray.data

    for name in ("segfault", "exit", "hang", "eat", "raise"):
        (folder / f"{name}.txt").unlink()
    found = policyparse.ray.read(folder, concurrency=1).materialize()
    rows = {row["place"]: row for row in found.take_all()}
    assert rows["all.zip/内.zip/通知.txt"]["status"] == "ok"
    assert json.loads(rows["all.zip/a.txt"]["document"])["source"]["name"] == "a.txt"
    assert rows["b.pdf"]["document"] is None
    made = policyparse.ray.table(found, "measures").take_all()
    assert {row["document_id"] for row in made} <= {row["document_id"] for row in rows.values()}
    assert len(made) > 20

    files = ray.data.from_items([{"path": f"/x/{n}", "bytes": (folder / n).read_bytes()} for n in ("all.zip", "b.pdf")])
    compute = ray.data.ActorPoolStrategy(size=1)
    parsed = files.map_batches(policyparse.ray.Parse, batch_size=2, compute=compute).take_all()
    assert {row["path"].removeprefix("/x/"): row["status"] for row in parsed} == {
        **dict.fromkeys(["all.zip/a.txt", "all.zip/下/b.txt", "all.zip/内.zip/通知.txt"], "ok"),
        **dict.fromkeys(["all.zip/c.rar", "b.pdf"], "failed"),
    }


def test_a_killed_ray_worker_loses_and_doubles_nothing(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the actors stand elsewhere
    folder = slow(tmp_path / "in", 8)
    (folder / "fell.txt").write_bytes(notice("fell"))
    tables = ["documents", "measures"]
    done = policyparse.ray.convert("in", "out", shard=3, work=Deadly, tables=tables)
    assert (tmp_path / "felled").exists()
    each_once(done, {p.name for p in folder.iterdir()})
    assert done.counts == {"ok": 9}
    assert {Path(row["path"]).parent for row in done.table().to_pylist()} == {Path("in")}
    assert {p.name for p in (tmp_path / "out").iterdir()} == {*tables, REPORT, "summary.json"}


def test_a_lost_node_loses_and_doubles_nothing(cluster: Any, tmp_path: Path) -> None:
    folder, out = slow(tmp_path / "in", 20), tmp_path / "out"
    with ThreadPoolExecutor(1) as threads:
        run = threads.submit(policyparse.ray.convert, folder, out, shard=2, work=Harmful)
        while not run.done() and len(list(out.glob(f"{REPORT}/*"))) < 2:
            time.sleep(0.05)
        assert not run.done()
        cluster.remove_node(next(iter(cluster.worker_nodes)), allow_graceful=False)
        done = run.result(timeout=180)
    cluster.add_node(**NODE)
    each_once(done, {p.name for p in folder.iterdir()})
    assert done.counts == {"ok": 20}


def test_groups_of_inputs_follow_from_their_places(tmp_path: Path) -> None:
    folder = slow(tmp_path / "in", 40)
    options = ReadOptions(limits=LIMITS)

    def names(**other: Any) -> list[str]:
        given = {"options": options, "tables": ["documents"], "size": 5, **other}
        return [s.name for s in shards(find([folder], None, None), **given)]

    first = names()
    assert len(set(first)) == len(first) > 4
    assert names() == first
    assert names(options=ReadOptions("password", limits=LIMITS)) == first  # it says nothing about what was read
    assert not set(names(options=ReadOptions(limits=Limits(seconds=2)))) & set(first)
    assert not set(names(tables=["documents", "phases"])) & set(first)
    (folder / "slow05.txt").write_bytes(notice("x"))
    assert len(set(names()) - set(first)) == 1


def test_what_cannot_be_begun_is_told(tmp_path: Path) -> None:
    with pytest.raises(PolicyParseError, match="no table ledgers; there are documents, "):
        policyparse.ray.convert(tmp_path, tmp_path / "out", tables=["ledgers"])
    with pytest.raises(PolicyParseError, match="no path is given"):
        policyparse.ray.convert([], tmp_path / "out")
    with pytest.raises(PolicyParseError, match="nosuch://x: "):
        policyparse.ray.convert("nosuch://x", tmp_path / "out")
    (tmp_path / "in").mkdir()
    with pytest.raises(PolicyParseError, match="nothing to read: the paths name no files"):
        policyparse.ray.convert(tmp_path / "in", tmp_path / "out")
    with pytest.raises(PolicyParseError, match="different file systems"):
        policyparse.ray.convert([tmp_path, "mock:///x"], tmp_path / "out")


def test_addresses() -> None:
    s3 = pyarrow.fs.S3FileSystem(anonymous=True, region="eu-west-1")
    assert located("s3://b/x/", s3)[1:] == ("b/x", "s3://")
    assert located("b/x", s3)[1:] == ("b/x", "")
    assert located("s3://KEY:SECRET@b/x?region=eu-west-1")[1:] == ("b/x", "s3://")
    assert located("file:///x/y") == (None, "/x/y", "")
    assert located("x/y") == (None, "x/y", "")
    away = pyarrow.fs.SubTreeFileSystem("/data", pyarrow.fs.LocalFileSystem())
    assert located("hdfs://host:8020/x/y", away)[1:] == ("/x/y", "hdfs://host:8020")


def test_an_output_that_cannot_be_written_ends_the_run(cluster: Any, tmp_path: Path) -> None:
    folder, out = slow(tmp_path / "in", 4), tmp_path / "out"
    (out / "report").mkdir(parents=True)
    for shard in shards(find([folder], None, None), ReadOptions(limits=LIMITS), ["documents"], 2):
        (out / "report" / f"{shard.name}.parquet" / "in the way").mkdir(parents=True)
    given: dict[str, Any] = {"limits": LIMITS, "shard": 2, "tables": ["documents"], "concurrency": 1}
    with pytest.raises(PolicyParseError, match=r"stopped: .*; the same call goes on from here"):
        policyparse.ray.convert(folder, out, **given)
    assert not (out / "summary.json").exists()
    shutil.rmtree(out / "report")
    assert policyparse.ray.convert(folder, out, **given).counts == {"ok": 4}


def test_a_shard_that_fails_halfway_leaves_nothing(tmp_path: Path) -> None:
    store = Store.of(tmp_path / "out", None, None)
    store.begin()

    def results() -> Iterator[Any]:
        raise OSError("on purpose")
        yield

    with pytest.raises(OSError, match="on purpose"):
        store.write("0" * 32, "run", results())
    assert not [p for p in (tmp_path / "out").rglob("*") if p.is_file()]
    assert store.known("0" * 32) is None


def test_what_earlier_runs_have_left_is_taken_away(tmp_path: Path) -> None:
    store, narrow = (Store.of(tmp_path / "out", None, tables) for tables in (None, ["documents"]))
    one, two = "1" * 32, "2" * 32
    store.begin()
    for shard in (one, two):
        store.write(shard, "run", [])
    (tmp_path / "out" / "documents" / "mine.txt").touch()
    store.end(Report(store), frozenset([one, two]))
    assert (tmp_path / "out" / "summary.json").exists()
    narrow.begin()
    assert not (tmp_path / "out" / "summary.json").exists()
    narrow.end(Report(narrow), frozenset([two]))
    left = {str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert left == {"documents/mine.txt", f"documents/{two}.parquet", f"report/{two}.parquet", "summary.json"}


def test_the_example_runs(cluster: Any, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(notice())
    (tmp_path / "in" / "b.rar").write_bytes(b"Rar!\x1a\x07\x00")
    command = [sys.executable, str(ROOT / "examples" / "ray_parquet.py"), str(tmp_path / "in"), str(tmp_path / "out")]
    environment = {**os.environ, "RAY_ADDRESS": cluster.address}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)
    assert done.returncode == 1, done.stderr
    assert "1 ok, 1 failed\nfailed: " in done.stdout
    assert "RAR archive" in done.stdout


def test_file_systems_that_replace_nothing(tmp_path: Path) -> None:
    class Hadoop(pyarrow.fs.FSSpecHandler):  # type: ignore[misc]
        def move(self, src: str, dest: str) -> None:
            if Path(dest).exists():
                raise FileExistsError(dest)
            super().move(src, dest)

    store = Store.of(str(tmp_path / "out"), pyarrow.fs.PyFileSystem(Hadoop(LocalFileSystem())), ["documents"])
    store.begin()
    for run in ("one", "two"):
        store.write("1" * 32, run, [])
    known = store.known("1" * 32)
    assert known is not None
    assert known.run == "two"
