"""Runs that are ended in the middle: what was done is kept, and the same command goes on to the same outputs."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyparse.batch.inputs import Job, find_jobs
from policyparse.batch.journal import Journal
from policyparse.batch.pool_worker import resident
from policyparse.batch.run import Places, Settings, convert
from policyparse.batch.spool import Spool
from policyparse.limits import ReadOptions
from tests.documents import CORPORA
from tests.test_cli import run, tree
from tests.zips import notice, zipped

FORMATS = ["--to", "json", "--to", "jsonl"]
TABLES = [*FORMATS, "--to", "csv"]
posix = pytest.mark.skipif(os.name != "posix", reason="signals")


def files(path: Path) -> dict[str, bytes]:
    """The outputs with their content."""
    return {name: (path / name).read_bytes() for name in tree(path)}


def many(path: Path, count: int) -> Path:
    """So many notices in ten folders, one of them an archive; a few are broken."""
    for n in range(count):
        folder = path / f"{n % 9}"
        folder.mkdir(parents=True, exist_ok=True)
        broken = n % 97 == 13
        (folder / f"{n:05d}.{'rar' if broken else 'txt'}").write_bytes(
            b"Rar!\x1a\x07\x00" if broken else notice(str(n))
        )
    (path / "z.zip").write_bytes(zipped([(f"{n}.txt", notice(f"z{n}")) for n in range(50)]))
    return path


def start(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "policyparse.cli", "convert", str(folder), "-o", str(out), "-j", "2", *TABLES]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def some_done(out: Path, process: subprocess.Popen[bytes], number: int = 1) -> None:
    """Wait until so many more files are there, in one of the ten folders."""
    until, number = time.monotonic() + 30, number + done(out)
    while time.monotonic() < until and process.poll() is None and done(out) < number:
        time.sleep(0.005)


def done(out: Path) -> int:
    return sum(len(names) for _, _, names in os.walk(out / "0"))


@posix
def test_killed_ten_times_and_resumed_equals_an_undisturbed_run(tmp_path: Path) -> None:
    folder, out, rng = many(tmp_path / "in", 700), tmp_path / "out", random.Random(11)
    clean = start(folder, tmp_path / "clean")
    assert clean.wait(120) == 1  # some are broken
    kills = 0
    for n in range(10):
        process = start(folder, out)
        if n % 3 == 2:
            time.sleep(rng.uniform(0, 1))  # as it starts, or goes through what is finished
        else:
            some_done(out, process, rng.randrange(1, 9))
            time.sleep(rng.uniform(0, 0.6))  # what is finished is written down five times a second
        kills += process.poll() is None
        process.kill()
        process.communicate(timeout=10)
    assert kills >= 3
    last = start(folder, out)
    said = last.communicate(timeout=120)[1].decode()
    assert last.returncode == 1, said
    assert "unchanged since an earlier run" in said
    assert files(out) == files(tmp_path / "clean")
    lines = [json.loads(x) for x in (out / "report.jsonl").read_text("utf-8").splitlines()]
    assert len({line["path"] for line in lines}) == len(lines) == 750  # none lost, none twice
    assert [p.name for p in (out / ".policyparse").iterdir()] == ["journal.db"]  # nothing is left lying about


@posix
@pytest.mark.parametrize("after", [0.25, 0.5, 0.8])
def test_interrupted_while_the_workers_start(tmp_path: Path, after: float) -> None:
    """Ctrl-C on a terminal goes to the fork server as well."""
    command = [sys.executable, "-m", "policyparse.cli", "convert", str(many(tmp_path / "in", 700)), "-o", str(tmp_path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=30)[1].decode()
    if process.returncode != -signal.SIGINT:  # it had not even begun
        assert "do not start" not in said
        assert "Traceback" not in said or after < 0.5
        assert process.returncode in (1, 128 + signal.SIGINT), said


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    folder, out = many(tmp_path / "in", 1500), tmp_path / "out"
    process = start(folder, out)
    some_done(out, process)
    process.send_signal(number)
    began = time.monotonic()
    said = process.communicate(timeout=20)[1].decode()
    assert process.returncode == 128 + number, said
    assert time.monotonic() - began < 5
    assert "stopped; the same command goes on from here" in said
    assert "Traceback" not in said
    lines = (out / "report.jsonl").read_text("utf-8").splitlines()
    assert 0 < len(lines) < 1550
    assert "stopped" in (out / "summary.txt").read_text("utf-8")
    assert not list((out / ".policyparse").glob("parts/*"))
    said = start(folder, out).communicate(timeout=60)[1].decode()
    assert f"{sum(json.loads(x)['status'] == 'ok' for x in lines)} unchanged" in said


@posix
def test_workers_leave_when_the_run_is_killed(tmp_path: Path) -> None:
    process = start(many(tmp_path / "in", 1500), tmp_path / "out")
    some_done(tmp_path / "out", process)
    children = _descendants(process.pid)
    process.kill()
    process.communicate(timeout=10)
    until = time.monotonic() + 10
    while time.monotonic() < until and any(resident(pid) for pid in children):
        time.sleep(0.02)
    assert children
    assert not [pid for pid in children if resident(pid)]


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += [int(child), *_descendants(int(child))]
    return found


def test_unordered_outputs_hold_the_same_lines(tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 200)
    for name, order in (("a", "--ordered"), ("b", "--unordered")):
        run("convert", folder, "-o", tmp_path / name, "--to", "jsonl", order)
    ordered, unordered = ((tmp_path / n / "documents.jsonl").read_bytes().splitlines() for n in ("a", "b"))
    assert sorted(ordered) == sorted(unordered)
    names = [json.loads(x)["source"]["name"] for x in ordered]
    assert names[:50] == [f"{n}.txt" for n in range(50)]
    assert names[50:53] == ["00000.txt", "00009.txt", "00018.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what a process holds")
def test_a_run_of_thousands_keeps_its_memory(tmp_path: Path) -> None:
    """2,000 notices of several formats, tables included: what the run and its workers hold in the end is what they
    held after 500."""
    sources = sorted(p for p in (CORPORA / "notices").iterdir() if p.stat().st_size < 9000)
    sources += [p for p in sorted((CORPORA / "formats").glob("001_*")) if p.suffix in (".docx", ".html")]
    held: list[tuple[int, int]] = []

    def jobs() -> Iterator[Job]:
        for n in range(2000):
            if n in (500, 1999):
                workers = [resident(p.pid) or 0 for p in multiprocessing.active_children() if p.pid]
                held.append((resident(None) or 0, max(workers)))
            yield Job(sources[n % len(sources) if n % 10 == 0 else 0], Path(f"{n % 10}/{n}"))

    totals = convert(jobs(), Places.of(tmp_path / "out", ["jsonl", "csv"]), Settings(jobs=2))
    assert (totals.counts, totals.unwritten) == ({"ok": 2000}, {})
    held.append((resident(None) or 0, 0))
    (run_500, worker_500), (run_2000, worker_2000), (run_written, _) = held
    assert run_2000 - run_500 < 8 << 20
    assert worker_2000 - worker_500 < 16 << 20
    assert run_written - run_2000 < 48 << 20  # the rows of some stretches, which wait to be appended


# --- journal and spool -------------------------------------------------------------------------------------------


def test_a_damaged_journal_is_set_aside(tmp_path: Path) -> None:
    folder, out = many(tmp_path / "in", 20), tmp_path / "out"
    run("convert", folder, "-o", out)
    (out / ".policyparse" / "journal.db").write_bytes(b"no database" * 1000)
    assert "69 converted" in run("convert", folder, "-o", out).stderr


def test_removed_outputs_are_made_again(tmp_path: Path) -> None:
    folder, out = many(tmp_path / "in", 20), tmp_path / "out"
    run("convert", folder, "-o", out, *TABLES)
    before = files(out)
    (out / "documents.jsonl").unlink()
    (out / "csv" / "documents.csv").unlink()
    run("convert", folder, "-o", out, *TABLES)
    assert files(out) == before
    (out / "0" / "00000.txt.json").unlink()
    assert "1 converted, 68 unchanged" in run("convert", folder, "-o", out, *TABLES).stderr
    assert files(out) == before


def test_an_output_can_be_moved(tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 20)
    run("convert", folder, "-o", tmp_path / "a", *TABLES)
    (tmp_path / "a").rename(tmp_path / "b")
    assert "69 unchanged" in run("convert", folder, "-o", tmp_path / "b", *TABLES).stderr


def test_lines_of_an_earlier_file_are_kept(tmp_path: Path) -> None:
    """A file that a run with another journal has written, or somebody's editor: nothing of it is thrown away."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_bytes(notice(name))
    out = tmp_path / "all.jsonl"
    run("convert", tmp_path / "a.txt", "-o", out, "--to", "jsonl")
    line = out.read_bytes()
    for path in (tmp_path / ".all.jsonl.policyparse").iterdir():
        path.unlink()
    run("convert", tmp_path / "b.txt", "-o", out, "--to", "jsonl")
    assert out.read_bytes().startswith(line)
    assert len(out.read_bytes().splitlines()) == 2
    run("convert", tmp_path / "a.txt", tmp_path / "b.txt", "-o", out, "--to", "jsonl")
    names = [json.loads(x)["source"]["name"] for x in out.read_text("utf-8").splitlines()]
    assert sorted(names) == ["a.txt", "b.txt"]
    out.write_text("mine\n")
    result = run("convert", tmp_path / "b.txt", "-o", out, "--to", "jsonl")
    assert "holds other things than documents" in result.output
    assert out.read_text() == "mine\n"


def test_what_is_behind_the_last_line_that_holds_is_dropped(tmp_path: Path) -> None:
    journal = Journal(tmp_path, ReadOptions())
    spool = Spool(journal)
    spool.append(b"{}\n")
    journal.commit()
    spool.append(b'{"half')
    spool.close()
    journal.close()
    journal = Journal(tmp_path, ReadOptions())
    assert not list(tmp_path.glob("spool-*")) or Spool(journal)
    journal.close()


def test_jobs_are_found_one_by_one(tmp_path: Path) -> None:
    many(tmp_path / "in", 30)
    jobs = find_jobs([tmp_path / "in"])
    assert next(jobs).relative == Path("z.zip/0.txt")
    assert next(iter(find_jobs([tmp_path / "in" / "0", tmp_path / "in" / "1"]))).relative == Path("00000.txt")
