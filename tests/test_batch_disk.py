"""A disk that fills up: the run says so and what to do, what was done is kept, and the same command goes on to the same
outputs. The disk is a small tmpfs in a mount namespace of its own, which needs no cleaning up."""

from __future__ import annotations

import functools
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from policyparse.export.tables import TABLES
from tests.test_batch_resume import files
from tests.test_cli import run
from tests.zips import notice

_TRY = 'mount -t tmpfs -o size=64k tmpfs "$1"'
_SCRIPT = """
disk=$1; size=$2; copy=$3; shift 3
mount -t tmpfs -o size=$size tmpfs "$disk" || exit 99
"$@" 2>"$copy.first"; echo $? >"$copy.code"
mount -o remount,size=256m "$disk" || exit 99
"$@" 2>"$copy.second" || exit $?
cp -r "$disk/out" "$copy"
"""


@functools.cache
def namespace() -> tuple[str, ...]:
    """The command before one that may mount; empty where nobody may."""
    if sys.platform != "linux" or not shutil.which("unshare"):
        return ()
    for command in (("unshare", "-m"), ("unshare", "-Urm")):
        tried = subprocess.run([*command, "sh", "-c", _TRY, "sh", "/mnt"], capture_output=True, check=False)
        if tried.returncode == 0:
            return command
    return ()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """600 notices in in/."""
    path = tmp_path_factory.mktemp("disk") / "in"
    path.mkdir()
    for n in range(600):
        (path / f"n{n:03d}.txt").write_bytes(notice(str(n)))
    return path


def content(path: Path) -> dict[str, object]:
    """The outputs; of a database its rows, since its pages may lie in any order."""
    found: dict[str, object] = dict(files(path))
    for name in [n for n in found if n.endswith(".sqlite")]:
        with sqlite3.connect(path / name) as database:
            names = [t.name for t in TABLES]
            found[name] = [database.execute(f"SELECT * FROM {n} ORDER BY 1, 2").fetchall() for n in names]
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("SELECT count(*) FROM search WHERE search MATCH '防汛'").fetchone()[0] >= 600
    return found


def used(path: Path) -> int:
    """The blocks that a folder takes, in bytes."""
    return sum(p.stat().st_blocks * 512 for p in path.rglob("*"))


@pytest.mark.parametrize(
    ("to", "share"),
    [
        (("json",), 0.6),  # while the files are read
        (("jsonl",), 0.6),
        (("jsonl", "csv"), 0.95),  # perhaps while the outputs of all documents are written
        (("parquet",), 0.95),
        (("xlsx",), 0.95),
        (("sqlite",), 0.95),
    ],
    ids=lambda x: "-".join(x) if isinstance(x, tuple) else str(x),
)
def test_a_disk_that_fills_up(folder: Path, tmp_path: Path, to: tuple[str, ...], share: float) -> None:
    if not namespace():
        pytest.skip("nobody may mount a small disk here")
    disk, copy, formats = tmp_path / "disk", tmp_path / "copy", [x for name in to for x in ("--to", name)]
    assert run("convert", folder, "-o", tmp_path / "clean", *formats).exit_code == 0
    size = str(int(used(tmp_path / "clean") * share))
    disk.mkdir()
    convert = [sys.executable, "-m", "policyparse.cli", "convert", str(folder), "-o", str(disk / "out"), *formats]
    script = ["sh", "-c", _SCRIPT, "sh", str(disk), size, str(copy), *convert]
    done = subprocess.run([*namespace(), *script], capture_output=True, text=True, timeout=120, check=False)
    first = Path(f"{copy}.first").read_text("utf-8")
    assert Path(f"{copy}.code").read_text().strip() == "1", first
    assert "Traceback" not in first, first
    assert re.search("No space left on device|disk is full|cannot write a sheet", first), first
    assert "make room" in first
    assert "same command again" in first
    assert done.returncode == 0, Path(f"{copy}.second").read_text("utf-8")
    assert content(copy) == content(tmp_path / "clean")
    second = Path(f"{copy}.second").read_text("utf-8")
    assert "unchanged since an earlier run" in second, second  # what was done is kept


def test_a_disk_that_is_full_already(folder: Path, tmp_path: Path) -> None:
    if not namespace():
        pytest.skip("nobody may mount a small disk here")
    script = 'mount -t tmpfs -o size=64k tmpfs "$1" && head -c 64k /dev/zero >"$1/full"; shift; exec "$@"'
    convert = [sys.executable, "-m", "policyparse.cli", "convert", str(folder), "-o", str(tmp_path / "out")]
    (tmp_path / "out").mkdir()
    command = [*namespace(), "sh", "-c", script, "sh", str(tmp_path / "out"), *convert]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr, done.stderr
    assert "make room" in done.stderr or "No space left on device" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
@pytest.mark.parametrize("isolation", [[], ["--no-isolation"]], ids=["isolated", "inline"])
def test_a_file_that_may_not_grow(folder: Path, tmp_path: Path, isolation: list[str]) -> None:
    """The same without a disk of its own: no file may grow beyond 100 kB; the lines of all documents do."""
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        "from policyparse.cli import main; main(sys.argv[1:])"
    )
    out = tmp_path / "out"
    command = [sys.executable, "-c", program, "convert", str(folder), "-o", str(out), "--to", "jsonl", *isolation]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1, done.stderr
    assert "stopped: cannot write" in done.stderr
    assert "make room" in done.stderr
    assert "Traceback" not in done.stderr
    assert run("convert", folder, "-o", out, "--to", "jsonl").exit_code == 0
    run("convert", folder, "-o", tmp_path / "clean", "--to", "jsonl")
    assert files(out) == files(tmp_path / "clean")
