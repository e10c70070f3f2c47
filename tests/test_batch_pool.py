"""The pool of processes: what a task does to its worker costs that task only."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyparse.batch.pool import Answer, Inline, Pool, StartMethod
from policyparse.batch.pool_worker import Bounds, resident
from tests import harm

METHODS: list[StartMethod] = ["spawn", "forkserver"] if sys.platform == "linux" else ["spawn"]
linux = pytest.mark.skipif(sys.platform != "linux", reason="bounds of memory are those of Linux")


@pytest.mark.parametrize("method", METHODS)
def test_a_harmful_task_costs_itself_only(method: StartMethod) -> None:
    tasks = ["a", "segfault", "b", "exit", "c", "hang", "raise", "d", *map(str, range(50))]
    with Pool(harm.named, jobs=2, bounds=Bounds(seconds=0.5), method=method) as pool:
        answers = list(pool.run(tasks))
    assert [a.task for a in answers] == tasks
    lost = {a.task: (a.kind, a.attempts) for a in answers if a.kind != "done"}
    assert lost == {"segfault": ("crash", 2), "exit": ("crash", 2), "hang": ("time", 1), "raise": ("raised", 1)}
    assert {a.task: a.detail for a in answers if a.kind == "crash"} == {
        "segfault": "signal SIGSEGV",
        "exit": "exit code 7",
    }
    assert all(a.value == a.task for a in answers if a.kind == "done")
    assert next(a.value for a in answers if a.kind == "raised") == "ValueError: on purpose: raise"


@pytest.mark.parametrize("jobs", [1, 2])
def test_tasks_that_were_given_ahead_are_not_lost_with_their_worker(jobs: int) -> None:
    """Quick tasks are sent before the worker has done the last ones; each answer still tells which one it was at."""
    tasks = [f"exit{n}" if n % 50 == 49 else f"{n}" for n in range(200)]
    with Pool(harm.named, jobs=jobs, bounds=Bounds(tasks=70)) as pool:
        answers = list(pool.run(tasks))
    assert [a.task for a in answers] == tasks
    assert [a.task for a in answers if a.kind != "done"] == [t for t in tasks if t.startswith("exit")]
    assert all(a.value == a.task for a in answers if a.kind == "done")


def test_tasks_that_are_too_long_for_the_pipe_are_not_sent_ahead() -> None:
    tasks = [f"{n}" * 100_000 for n in range(40)]
    with Pool(harm.named, jobs=2) as pool:
        assert [a.value for a in pool.run(tasks)] == tasks


def test_so_far_and_no_further_ahead() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield str(taken)

    with Pool(harm.named, jobs=2, ahead=3) as pool:
        for n, _ in enumerate(pool.run(endless()), 1):
            assert taken - n <= 6
            if n == 100:
                break


@linux
def test_one_that_hangs_does_not_stop_the_others(tmp_path: Path) -> None:
    """Their answers wait in a file meanwhile; in order and whole they come out of it."""
    tasks = [10, *(n * 100_000 for n in range(400))]
    with Pool(harm.slow_at_ten, jobs=2, ahead=4, folder=tmp_path) as pool:
        began = time.monotonic()
        seen: list[Answer[int]] = []
        for answer in pool.run(iter(tasks)):
            if not seen:
                first = time.monotonic() - began
                waiting = len(pool._waits._answers)
                assert pool._waits._parked
                assert sum(len(a.raw) for a in pool._waits._answers.values()) < 40 << 20
            seen.append(answer)
    assert first > 1
    assert waiting > 4 * 2
    assert [len(a.value) for a in seen] == tasks
    assert list(tmp_path.iterdir()) == []


@linux
def test_a_task_that_eats_memory_fails_alone() -> None:
    with Pool(harm.named, jobs=2, bounds=Bounds(memory=200 << 20)) as pool:
        answers = list(pool.run(["a", "eat", "b"]))
    assert [a.kind for a in answers] == ["done", "memory", "done"]


@linux
def test_a_worker_that_grows_is_ended_by_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyparse.batch.pool_crew.resident", lambda pid: 1 << 40)
    with Pool(harm.named, jobs=1, bounds=Bounds(memory=8 << 30)) as pool:
        assert [a.kind for a in pool.run(["slow"])] == ["memory"]


def test_a_worker_that_does_not_end_itself_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyparse.batch.pool_crew._GRACE", -2.7)  # long before its own alarm
    with Pool(harm.named, jobs=1, bounds=Bounds(seconds=3)) as pool:
        began = time.monotonic()
        assert [(a.kind, a.detail) for a in pool.run(["hang"])] == [("time", "signal SIGKILL")]
        assert time.monotonic() - began < 2.9


def test_what_ends_one_worker_by_chance_is_tried_again(tmp_path: Path) -> None:
    task = f"once:{tmp_path / 'mark'}"
    with Pool(harm.named, jobs=1) as pool:
        assert [(a.kind, a.attempts) for a in pool.run(["a", task, "b"])] == [("done", 1), ("done", 2), ("done", 1)]


def test_workers_killed_at_random_lose_nothing() -> None:
    tasks = [str(n) for n in range(3000)]
    rng = random.Random(7)
    with Pool(harm.named, jobs=2, retries=20) as pool:
        seen = []
        for answer in pool.run(tasks):
            seen.append(answer.value)
            if len(seen) % 500 == 0:
                os.kill(rng.choice(pool.pids), signal.SIGKILL)
    assert seen == tasks


def test_tasks_are_read_no_further_than_needed() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield str(taken)

    with Pool(harm.named, jobs=2) as pool:
        for n, answer in enumerate(pool.run(endless()), 1):
            assert answer.value == str(n)
            assert taken - n <= 129
            if n == 500:
                break


def test_a_slow_task_holds_up_only_so_many_others() -> None:
    tasks = ["slow", *map(str, range(2000))]
    with Pool(harm.named, jobs=2) as pool:
        assert [a.task for a in pool.run(iter(tasks))] == tasks
        unordered = [a.task for a in pool.run(iter(tasks), ordered=False)]
    assert sorted(unordered) == sorted(tasks)
    assert unordered.index("slow") > 0


def test_large_answers_never_block() -> None:
    with Pool(harm.large, jobs=2) as pool:
        assert [len(a.value) for a in pool.run([3_000_000, 1, 5_000_000, 2] * 5)] == [3_000_000, 1, 5_000_000, 2] * 5


def test_a_pool_can_be_used_again_and_leaves_no_process() -> None:
    with Pool(harm.process, jobs=2) as pool:
        first = {a.value for a in pool.run(range(20))}
        second = {a.value for a in pool.run(range(20))}
        assert second <= first
        run = pool.run(range(1000))
        next(run)
        run.close()  # type: ignore[attr-defined]
        assert pool.pids == []
    assert not [pid for pid in first if resident(pid)]


def test_workers_are_replaced_after_so_many_tasks() -> None:
    with Pool(harm.process, jobs=1, bounds=Bounds(tasks=10)) as pool:
        pids = [a.value for a in pool.run(range(35))]
    assert len(set(pids)) == 4


@linux
def test_workers_that_have_grown_are_replaced() -> None:
    with Pool(harm.process, jobs=1, bounds=Bounds(growth=-(1 << 40))) as pool:
        assert len({a.value for a in pool.run(range(5))}) == 5


def test_a_run_can_be_stopped() -> None:
    seen: list[str] = []
    with Pool(harm.named, jobs=2) as pool:
        for answer in pool.run(["a", "b", "hang"], ordered=False, stopped=lambda: len(seen) == 2):
            seen.append(answer.task)
    assert sorted(seen) == ["a", "b"]


def test_a_script_without_a_guard_is_told_so(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"import policyparse\nfor r in policyparse.parse_many({str(tmp_path)!r}): print(r)\n")
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 1
    assert "below `if __name__ == '__main__':`" in run.stderr


def test_without_processes() -> None:
    with Inline(harm.named) as pool:
        assert [(a.task, a.kind) for a in pool.run(["a", "raise"])] == [("a", "done"), ("raise", "raised")]
