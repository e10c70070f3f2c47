"""Files and surroundings that do harm: each costs itself only, and the report says what happened to every input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from policyparse.batch import run as batch
from policyparse.batch import work as batch_work
from policyparse.batch.inputs import find_jobs
from policyparse.batch.run import Places, Settings, Totals, convert
from policyparse.batch.together import Pack, Together, stretches, write_all
from policyparse.limits import Limits, ReadOptions
from tests.harm import Harmful
from tests.test_cli import run, tree
from tests.zips import notice, zipped

OPTIONS = ReadOptions(limits=Limits(seconds=1))
linux = pytest.mark.skipif(sys.platform != "linux", reason="what is tested is Linux's")


def report(out: Path) -> dict[str, dict[str, Any]]:
    """The lines of the report by file name; every input once."""
    lines = [json.loads(x) for x in (out / "report.jsonl").read_text("utf-8").splitlines()]
    found = {Path(line["path"]).name: line for line in lines}
    assert len(found) == len(lines)
    return found


def statuses(out: Path) -> dict[str, str]:
    return {name: line["status"] for name, line in report(out).items()}


def convert_in(folder: Path, out: Path, *to: str, **settings: Any) -> Totals:
    """Convert with work that does what file names say."""
    places = Places.of(out, to or ("json", "jsonl"))
    given = Settings(**{"options": OPTIONS, "jobs": 2, "memory": 400 << 20, **settings})
    return convert(find_jobs([folder], places.written), places, given, work=Harmful)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """40 notices in in/."""
    path = tmp_path / "in"
    path.mkdir()
    for n in range(40):
        (path / f"n{n:02d}.txt").write_bytes(notice(str(n)))
    return path


@linux
def test_crashes_hangs_and_memory_cost_their_file_only(folder: Path, tmp_path: Path) -> None:
    for name in ("segfault", "exit", "hang", "eat", "raise"):
        (folder / f"{name}.txt").write_bytes(notice())
    totals = convert_in(folder, tmp_path / "out")
    found = report(tmp_path / "out")
    assert {n: line["reason"] for n, line in found.items() if line["status"] != "ok"} == {
        "segfault.txt": "the reader crashed on this file (signal SIGSEGV); please report it with the file",
        "exit.txt": "the reader crashed on this file (exit code 7); please report it with the file",
        "hang.txt": "took longer than the limit of 1 seconds and was ended; to read it, give a larger --max-seconds",
        "eat.txt": "not enough memory for this file (a worker may use 400 MB; --memory gives more)",
        "raise.txt": "bug in policyparse, please report it with the file: ValueError: on purpose: raise.txt",
    }
    assert totals.counts == {"ok": 40, "failed": 5}
    assert len(tree(tmp_path / "out")) == 41
    lines = (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(x)["source"]["name"] for x in lines] == [f"n{n:02d}.txt" for n in range(40)]
    again = convert_in(folder, tmp_path / "out", isolate=True)
    assert again.counts == {"skipped": 40, "failed": 5}


def test_a_worker_that_dies_by_chance_costs_nothing(folder: Path, tmp_path: Path) -> None:
    mark = (tmp_path / "mark").name
    (folder / f"once:{mark}").write_bytes(notice())
    previous = Path.cwd()
    os.chdir(tmp_path)
    try:
        convert_in(folder, tmp_path / "out", method="spawn")
    finally:
        os.chdir(previous)
    found = report(tmp_path / "out")
    assert {line["status"] for line in found.values()} == {"ok"}
    assert found[f"once:{mark}"]["attempts"] == 2


def test_a_full_disk_ends_the_run_and_the_next_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "n20.txt").rename(folder / "full.txt")
    totals = convert_in(folder, tmp_path / "out")
    assert "No space left on device; make room" in totals.ended
    assert "goes on from here" in totals.ended
    (folder / "full.txt").rename(folder / "n20.txt")
    assert convert_in(folder, tmp_path / "out").counts.total() == 40
    assert len((tmp_path / "out" / "documents.jsonl").read_bytes().splitlines()) == 40


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, times = tmp_path / "a.txt", iter(range(100))
    path.write_bytes(notice())
    real = os.fstat

    def growing(descriptor: int) -> os.stat_result:
        found = real(descriptor)
        with path.open("ab") as file:
            file.write(str(next(times)).encode())
        return found

    monkeypatch.setattr(os, "fstat", growing)
    totals = batch.convert(find_jobs([path]), Places.of(tmp_path / "out", ["json"]), Settings(isolate=False))
    assert totals.counts == {"partial": 1}
    monkeypatch.undo()
    line = report(tmp_path / "out")["a.txt"]
    assert line["reason"] == "the file changed while it was read"
    written = json.loads((tmp_path / "out" / "a.txt.json").read_text("utf-8"))
    assert written["source"]["sha256"] == line["sha256"]  # of what was read, whatever the file holds now
    assert run("convert", path, "-o", tmp_path / "out").exit_code == 0
    assert statuses(tmp_path / "out") == {"a.txt": "ok"}


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_bytes(notice())
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "circle").symlink_to(folder)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.txt")
    if hasattr(os, "geteuid") and os.geteuid():
        (folder / "shut.txt").write_bytes(notice())
        (folder / "shut.txt").chmod(0)
    if sys.platform == "linux":  # a regular file that no read succeeds on, as on a failing disk
        (folder / "broken.txt").symlink_to("/proc/self/mem")
    result = run("convert", folder, "-o", tmp_path / "out")
    assert result.exit_code == 1
    found = report(tmp_path / "out")
    assert found["good.txt"]["status"] == "ok"
    assert "broken.txt" not in found or found["broken.txt"]["reason"] == "cannot read or write: Input/output error"
    assert "shut.txt" not in found or found["shut.txt"]["reason"] == "cannot read or write: Permission denied"
    assert (found["circle"]["status"], found["circle"]["reason"]) == ("skipped", "a link to a folder, not followed")
    assert "1 links to folders not followed" in result.stderr
    assert {n for n, line in found.items() if line["status"] == "failed"} == set(found) - {"good.txt", "circle"}
    if "pipe.txt" in found:
        assert found["pipe.txt"]["reason"] == "a device or a pipe, not a file"


@linux
def test_names_of_all_kinds(tmp_path: Path) -> None:
    folder = tmp_path / "in 夹 😀"
    folder.mkdir()
    names = ["a b.txt", "通知😀.txt", "x" * 251 + ".txt", "长" * 83 + ".txt", "[1]*?.txt", "-x.txt", "换\n行.txt"]
    raw = [os.fsencode(n) for n in names] + ["方案.txt".encode("gb18030")]
    for name in raw:
        (folder / os.fsdecode(name)).write_bytes(notice(name.hex()))
    result = run("convert", folder, "-o", tmp_path / "out", "--to", "json", "--to", "jsonl")
    assert result.exit_code == 0, result.output
    lines = [json.loads(x) for x in (tmp_path / "out" / "report.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == len(raw)
    assert all(line["status"] == "ok" for line in lines)
    outputs = {line["outputs"][0] for line in lines}
    assert len(outputs) == len(raw)
    assert len([p for p in (tmp_path / "out").iterdir() if p.name.endswith(".txt.json")]) == len(raw)
    assert any("~" in o and o.startswith("xxxx") for o in outputs)  # shortened: told in the report
    gbk = next(line for line in lines if line.get("path_bytes"))
    assert gbk["path"].endswith("/方案.txt")
    assert bytes.fromhex(gbk["path_bytes"]).endswith("方案.txt".encode("gb18030"))
    again = run("convert", folder, "-o", tmp_path / "out", "--to", "json", "--to", "jsonl")
    assert f"{len(raw)} unchanged" in again.stderr


def test_a_list_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a/n.txt", "b/n.txt", "b/[x].txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(notice(name))
    for separator in ("\n", "\r\n", "\0"):
        listed = separator.join(["a/n.txt", "b/n.txt", "b/[x].txt", "a/n.txt", "gone.txt", "a"]).encode()
        out = tmp_path / f"out{len(separator)}{separator == chr(0)}"
        command = [sys.executable, "-m", "policyparse.cli", "convert", "-", "-o", str(out)]
        done = subprocess.run(command, input=listed, capture_output=True, timeout=60, check=False)
        assert done.returncode == 1, done.stderr
        assert tree(out) == ["a/n.txt.json", "b/[x].txt.json", "b/n.txt.json"]
        lines = [json.loads(x) for x in (out / "report.jsonl").read_text("utf-8").splitlines()]
        assert [line["path"] for line in lines] == ["a/n.txt", "b/n.txt", "b/[x].txt", "gone.txt", "a"]
        assert [line["status"] for line in lines] == ["ok", "ok", "ok", "failed", "failed"]


def test_duplicates_are_linked_not_dropped(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = "关于做好防汛工作的通知\n各单位：\n一、加强领导。各单位要落实责任。\n"
    (folder / "1.txt").write_text(text, "utf-8")
    (folder / "2.txt").write_bytes(text.encode("gb18030"))
    (folder / "3.md").write_text(text.replace("\n", "\n\n"), "utf-8")
    (folder / "4.txt").write_bytes(notice("别的"))
    for times in range(2):
        result = run("convert", folder, "-o", tmp_path / "out", "--to", "jsonl")
        assert "2 have the text of another input" in result.stderr, times
        assert {n: line["duplicate_of"] for n, line in report(tmp_path / "out").items()} == {
            "1.txt": None,
            "2.txt": str(folder / "1.txt"),
            "3.md": str(folder / "1.txt"),
            "4.txt": None,
        }
    assert len((tmp_path / "out" / "documents.jsonl").read_bytes().splitlines()) == 4


def test_a_file_is_no_duplicate_of_itself(tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "in" / "a" / "1.txt").write_bytes(notice("防汛"))
    run("convert", tmp_path / "in", "-o", tmp_path / "out")
    result = run("convert", tmp_path / "in" / "a" / "1.txt", "-o", tmp_path / "out")  # another place of the output
    assert "text of another" not in result.stderr


def test_fail_fast(folder: Path, tmp_path: Path) -> None:
    (folder / "n05.txt").rename(folder / "n05.rar")
    (folder / "n05.rar").write_bytes(b"Rar!\x1a\x07\x00")
    result = run("convert", folder, "-o", tmp_path / "out", "--fail-fast")
    assert result.exit_code == 1
    assert "stopped at the first failure" in result.stderr
    assert len(report(tmp_path / "out")) == 6
    (folder / "n05.rar").unlink()
    assert "5 unchanged" in run("convert", folder, "-o", tmp_path / "out").stderr


def test_failures_are_grouped_by_reason(folder: Path, tmp_path: Path) -> None:
    for n in range(10):
        (folder / f"r{n}.rar").write_bytes(b"Rar!\x1a\x07\x00" + bytes([n]))
    (folder / "z.zip").write_bytes(zipped([("a.txt", notice())])[:-20])
    result = run("convert", folder, "-o", tmp_path / "out")
    assert result.stderr.count(" is a RAR archive") == 3
    assert "… and 7 more for the same reason" in result.stderr
    assert "40 converted, 11 failed" in (tmp_path / "out" / "summary.txt").read_text("utf-8")


def test_what_counts_as_the_same_options(tmp_path: Path) -> None:
    path, out = tmp_path / "a.txt", tmp_path / "out"
    path.write_bytes(notice())
    run("convert", path, "-o", out)
    assert "1 unchanged" in run("convert", path, "-o", out, "--password", "x").stderr
    assert "1 unchanged" in run("convert", path, "-o", out, "--max-pages", "9000").stderr  # it was whole before
    assert "1 converted" in run("convert", path, "-o", out, "--max-pages", "90").stderr
    assert "1 converted" in run("convert", path, "-o", out, "--ocr", "never").stderr


def test_another_run_into_the_same_output_is_refused(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def inner(outcome: object) -> None:
        if not seen:
            seen.append(run("convert", folder, "-o", out).output)

    seen: list[str] = []
    convert(find_jobs([folder]), Places.of(out, ["json"]), Settings(jobs=1), tell=inner)
    assert "another run is writing to" in seen[0]


def test_formats_that_do_not_go_together(tmp_path: Path) -> None:
    result = run("convert", tmp_path, "-o", tmp_path / "x.jsonl", "--to", "jsonl", "--to", "json")
    assert result.exit_code == 2
    assert "name a folder" in result.output


def test_the_report_of_an_output_that_is_a_file(folder: Path, tmp_path: Path) -> None:
    assert run("convert", folder, "-o", folder / "all.jsonl", "--to", "jsonl").exit_code == 0
    again = run("convert", folder, "-o", folder / "all.jsonl", "--to", "jsonl")
    assert "0 converted, 40 unchanged" in again.stderr  # neither the output nor the report is an input
    assert {p.name for p in folder.iterdir() if not p.name.startswith("n")} == {
        *(".all.jsonl.policyparse", "all.jsonl", "all.report.jsonl", "all.summary.txt")
    }


def test_outputs_of_all_documents_together(folder: Path, tmp_path: Path) -> None:
    to = [x for name in ("jsonl", "csv", "sqlite", "md") for x in ("--to", name)]
    result = run("convert", folder, "-o", tmp_path / "out", *to)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "csv" / "documents.csv").read_bytes().count(b"\n") == 41
    before = (tmp_path / "out" / "csv" / "documents.csv").stat().st_mtime_ns
    assert "40 unchanged" in run("convert", folder, "-o", tmp_path / "out", *to).stderr
    assert (tmp_path / "out" / "csv" / "documents.csv").stat().st_mtime_ns == before
    (folder / "n00.txt").write_bytes(notice("neu"))
    assert "1 converted, 39 unchanged" in run("convert", folder, "-o", tmp_path / "out", *to).stderr
    assert (tmp_path / "out" / "csv" / "documents.csv").read_bytes().count(b"\n") == 41


def test_hostile_archives_are_listed_in_a_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped([("a.txt", notice())]))
    with batch.Archives(Settings()) as archives:
        assert list(archives(path) or ()) == [(("a.txt",), None)]
        path.write_bytes(zipped([("a.txt", notice())])[:-20])
        assert archives(path) is None or True
    assert issubclass(batch_work.List, Callable)  # type: ignore[arg-type]


def test_settings_follow_the_machine() -> None:
    settings = replace(Settings(), jobs=3)
    assert settings.processes == 3
    assert Settings().processes >= 1
    assert 512 << 20 <= (settings.bounds().memory or 0) <= 4 << 30


def test_an_output_that_cannot_be_written_does_not_stop_the_others(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "csv").write_text("mine")
    run("convert", folder, "-o", out, "--to", "jsonl")
    lengths = [len(line) for line in (out / "documents.jsonl").read_bytes().splitlines(keepends=True)]
    places = [sum(lengths[:i]) for i in range(40)]
    found = list(stretches(zip([f"n{n}" for n in range(40)], places, lengths, strict=True)))
    assert [len(s.names) for s in found] == [16, 16, 8]
    good, bad = Together("ics", out / "documents.ics"), Together("csv", tmp_path / "bad" / "csv")
    for isolate in (True, False):
        pool = Settings(isolate=isolate).pool(Pack(out / "documents.jsonl", ("csv", "ics")))
        told = {o.to: problem for o, problem in write_all([bad, good], pool, found, lambda: False)}
        assert told["ics"] == ""
        assert "is a file" in told["csv"]
    good.target.unlink()
    pool = Settings().pool(Pack(out / "documents.jsonl", ("ics",)))
    assert list(write_all([good], pool, found, lambda: True)) == []  # stopped
    assert not good.target.exists()


def test_stretches_are_bounded_by_bytes() -> None:
    lines = [(f"n{n}", n * 400_000, 400_000) for n in range(5)]
    assert [s.names for s in stretches(lines)] == [["n0", "n1"], ["n2", "n3"], ["n4"]]
    assert [(s.at, s.lengths) for s in stretches([("a", 7, 5 << 20), ("b", 9 << 20, 1)])] == [
        (7, [5 << 20]),
        (9 << 20, [1]),
    ]


def test_a_line_that_is_no_document_is_told_by_its_name(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("convert", folder, "-o", out, "--to", "jsonl")
    lines = out / "documents.jsonl"
    bad = lines.read_bytes().replace(b'"source"', b'"ecruos"', 3).replace(b'"ecruos"', b'"source"', 2)
    lines.write_bytes(bad)
    lengths = [len(line) for line in bad.splitlines(keepends=True)]
    found = stretches((f"n{n}", sum(lengths[:n]), length) for n, length in enumerate(lengths))
    pool = Settings(jobs=1).pool(Pack(lines, ("ics",)))
    ((_, problem),) = write_all([Together("ics", out / "documents.ics")], pool, found, lambda: False)
    assert "at n2: " in problem
    assert not (out / "documents.ics").exists()


def test_workers_share_the_processors() -> None:
    many = Settings(jobs=64).environment()
    assert many == {"POLICYPARSE_OCR_THREADS": "1"}
