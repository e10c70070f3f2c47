"""Outputs when the disk is full, the process is killed, or there are very many documents."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from policyparse.export import OUTPUTS, exporter, parquet, place, stream
from tests.documents import CORPORA, parsed
from tests.test_export_streams import state

NOTICES = CORPORA / "notices"
DOCUMENTS = [parsed(p) for p in sorted(NOTICES.iterdir())]
TOGETHER = [name for name, output in OUTPUTS.items() if output.single]

_READ = """
import os, resource, signal, sys
from pathlib import Path
import policyparse
from policyparse.export import stream, place
name, folder, notices = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
documents = [policyparse.parse(p) for p in sorted(notices.iterdir())]
"""
_FULL = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))
try:
    with stream(name).open(place(name, folder)) as out:
        for i in range(40):
            out.add(documents[i % 5], f"new/{i}")
except OSError as error:
    print("told:", error)
"""
_KILLED = """
with stream(name).open(place(name, folder)) as out:
    for i in range(20):
        out.add(documents[i % 5], f"new/{i}")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def run(program: str, name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _READ + program, name, str(folder), str(NOTICES)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def earlier(name: str, folder: Path) -> dict[str, str]:
    exporter(name).write(DOCUMENTS[1:2], place(name, folder))
    return state(folder)


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="file size limits are of POSIX")
@pytest.mark.parametrize("name", TOGETHER)
def test_a_full_disk_is_an_error_that_leaves_the_earlier_output(name: str, tmp_path: Path) -> None:
    before = earlier(name, tmp_path)
    size = max(p.stat().st_size for p in tmp_path.rglob("*") if p.is_file())
    done = run(_FULL.replace("LIMIT, LIMIT", f"{size + 1000}, {size + 1000}"), name, tmp_path)
    assert done.stdout.startswith("told:"), done.stderr
    assert state(tmp_path) == before


@pytest.mark.parametrize("name", TOGETHER)
def test_a_killed_run_leaves_the_earlier_output_and_the_next_one_works(name: str, tmp_path: Path) -> None:
    before = earlier(name, tmp_path)
    assert run(_KILLED, name, tmp_path).returncode == -signal.SIGKILL
    if name == "sqlite":
        with sqlite3.connect(place(name, tmp_path)) as database:
            assert database.execute("SELECT count(*) FROM documents").fetchall() == [(1,)]
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    else:
        assert {k: v for k, v in state(tmp_path).items() if ".part" not in k} == before
    exporter(name).write(DOCUMENTS[1:2], place(name, tmp_path))
    assert sorted(state(tmp_path)) == sorted(before)


@pytest.mark.parametrize("name", TOGETHER)
def test_memory_does_not_grow_with_the_number_of_documents(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_GROUP_ROWS", 300)
    with stream(name).open(place(name, tmp_path)) as out:

        def peak_of(first: int, last: int) -> int:
            tracemalloc.reset_peak()
            for i in range(first, last):
                out.add(DOCUMENTS[i % 5], f"{i}")
            return tracemalloc.get_traced_memory()[1]

        peak_of(0, 10)
        tracemalloc.start()
        few, many = peak_of(10, 20), peak_of(20, 60)
        tracemalloc.stop()
    assert many < few * 1.5 + 1_000_000
