"""`parse_many`: the same engine for programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import policyparse
from policyparse import LimitExceeded, Limits, UnreadableFile, UnsupportedFormat
from policyparse.batch import many as batch_many
from policyparse.batch.inputs import Job
from policyparse.batch.work import Parse, Parsed
from tests.harm import harm
from tests.zips import notice, zipped


class HarmfulParse(Parse):
    """Does to a file what its name says, then reads it."""

    def __call__(self, job: Job) -> Parsed:
        harm(job.name)
        return Parse.__call__(self, job)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for n in range(20):
        (tmp_path / f"n{n:02d}.txt").write_bytes(notice(str(n)))
    (tmp_path / "x.rar").write_bytes(b"Rar!\x1a\x07\x00")
    (tmp_path / "z.zip").write_bytes(zipped([("甲.txt", notice("甲")), ("夹/乙.txt", notice("乙"))]))
    return tmp_path


@pytest.mark.parametrize("isolate", [True, False])
def test_every_input_has_a_result_in_order(folder: Path, isolate: bool) -> None:
    results = list(policyparse.parse_many(folder, jobs=2, isolate=isolate))
    assert [r.path.name for r in results] == [*(f"n{n:02d}.txt" for n in range(20)), "x.rar", "z.zip", "z.zip"]
    assert [r.member for r in results[-2:]] == ["甲.txt", "夹/乙.txt"]
    assert isinstance(results[20].error, UnsupportedFormat)
    first = policyparse.parse(folder / "n00.txt")
    assert results[0].document == first
    assert all((r.document is None) != (r.error is None) for r in results)


def test_paths_of_all_kinds(folder: Path) -> None:
    paths: list[str | Path] = [folder / "n0[12].txt", str(folder / "n03.txt"), folder / "nowhere.txt"]
    results = list(policyparse.parse_many(paths, jobs=1))
    assert [r.path.name for r in results] == ["n01.txt", "n02.txt", "n03.txt", "nowhere.txt"]
    assert "no such file or folder" in str(results[-1].error)


def test_unordered_results_are_the_same(folder: Path) -> None:
    ordered = {(r.path.name, r.member): r.document for r in policyparse.parse_many(folder, jobs=2)}
    unordered = {(r.path.name, r.member): r.document for r in policyparse.parse_many(folder, jobs=2, ordered=False)}
    assert ordered == unordered


def test_limits_are_those_of_the_call(folder: Path) -> None:
    (result,) = policyparse.parse_many(folder / "n00.txt", limits=Limits(bytes=10))
    assert isinstance(result.error, LimitExceeded)


def test_a_loop_can_be_left(folder: Path) -> None:
    for result in policyparse.parse_many(folder, jobs=2):
        assert result.document
        break


def test_what_is_lost_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("segfault", "hang", "raise"):
        (folder / f"{name}.txt").write_bytes(notice())

    monkeypatch.setattr(batch_many, "Parse", HarmfulParse)
    results: Iterator[policyparse.Result] = policyparse.parse_many(folder, jobs=2, limits=Limits(seconds=1))
    found = {r.path.name: r for r in results if r.document is None}
    assert isinstance(found["segfault.txt"].error, UnreadableFile)
    assert isinstance(found["hang.txt"].error, LimitExceeded)
    assert "larger --max-seconds" in str(found["hang.txt"].error)
    assert "bug in policyparse" in str(found["raise.txt"].error)
    assert len(found) == 4
