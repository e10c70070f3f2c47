"""`python benchmarks/archives.py`: what converting an archive of thousands of files costs.

Makes a folder of mixed files, 5 % of them broken (some crash or hang the reader on purpose), converts it with one and
with two processes, checks that the report accounts for every file, and compares with a plain multiprocessing loop
that has none of the engine's care. Writes benchmarks/ARCHIVES.md.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import policyparse
from benchmarks import notices
from policyparse.batch import Places, Settings, Totals, convert
from policyparse.batch_work import Convert, Done, Task
from policyparse.inputs import find_jobs
from policyparse.limits import Limits, ReadOptions
from policyparse.pool_worker import resident
from tests.harm import Harmful

RESULTS = Path(__file__).resolve().parent / "ARCHIVES.md"
FORMATS = Path(__file__).resolve().parent.parent / "corpora" / "formats"
OPTIONS = ReadOptions(limits=Limits(seconds=2))
_LINE = b'{"text":"' + b"x" * 28_000 + b'"}\n'


@dataclass(slots=True)
class Nothing(Convert):
    """Work that reads nothing: what remains is the engine."""

    def __call__(self, task: Task) -> Done:
        return Done("ok", "", "0" * 64, None, {}, {}, _LINE)


def make(folder: Path, count: int, broken: bool) -> None:
    """So many files: notices of ordinary length as text, some as web page, docx, or pdf."""
    rng, texts = random.Random(5), notices.samples()
    real = sorted(p for p in FORMATS.glob("*") if p.suffix in (".docx", ".doc", ".pdf", ".ofd"))
    for n in range(count):
        path = folder / f"{n // 500:03d}" / f"{n:06d}"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"{rng.choice(texts)}\n（编号{n}）\n"
        if broken and n % 20 == 19:
            _break(path, n // 20, text)
        elif n % 100 == 50:
            path.with_suffix(".html").write_text(notices.html(text), "utf-8")
        elif n % 100 == 75:
            source = rng.choice(real)
            shutil.copyfile(source, path.with_suffix(source.suffix))
        else:
            path.with_suffix(".txt").write_text(text, "utf-8")


def _break(path: Path, n: int, text: str) -> None:
    """A file that harms: damaged ones mostly, some that crash the reader, a few that hang it or eat the memory."""
    name = "hang" if n % 100 == 5 else "eat" if n % 100 == 55 else ("segfault", "exit")[n % 2] if n % 10 == 0 else ""
    if name:
        path.with_name(f"{name}{path.name}.txt").write_text(text, "utf-8")
    elif n % 3 == 0:
        path.with_suffix(".rar").write_bytes(b"Rar!\x1a\x07\x00" + text.encode())
    elif n % 3 == 1:
        path.with_suffix(".docx").write_bytes(next(FORMATS.glob("*.docx")).read_bytes()[:5000])
    else:
        path.with_suffix(".pdf").write_bytes(b"%PDF-1.7\n" + text.encode())


class Watch:
    """The memory of this process and of the workers while a run is under way."""

    def __init__(self) -> None:
        self.parent: list[int] = []
        self.workers: list[int] = []
        self._over = threading.Event()

    def __enter__(self) -> Watch:
        threading.Thread(target=self._look, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(0.2):
            self.parent.append(resident(None) or 0)
            pids = [p.pid for p in multiprocessing.active_children() if p.pid]
            self.workers.append(max((resident(pid) or 0 for pid in pids), default=0))


def run(folder: Path, out: Path, jobs: int, work: type[Convert] = Harmful) -> tuple[float, Totals, Watch]:
    """Convert `folder` to JSON Lines; seconds, totals, memory."""
    places = Places.of(out, ["jsonl"])
    settings = Settings(OPTIONS, jobs=jobs, memory=1 << 30)
    with Watch() as watch:
        began = time.perf_counter()
        totals = convert(find_jobs([folder], places.written), places, settings, work=work)
        taken = time.perf_counter() - began
    return taken, totals, watch


def plain(path: Path) -> str:
    """The work of the plain loop."""
    return policyparse.parse(path).to_json(indent=None) + "\n"


def plain_loop(folder: Path, out: Path, jobs: int) -> float:
    """multiprocessing.Pool, as one would write it in an afternoon."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    began = time.perf_counter()
    with multiprocessing.get_context("forkserver").Pool(jobs) as pool, out.open("w", encoding="utf-8") as file:
        for line in pool.imap(plain, files, chunksize=16):
            file.write(line)
    return time.perf_counter() - began


def markitdown(folder: Path, most: int = 200) -> float | None:
    """Seconds a file that markitdown takes to make Markdown of the same files; null where it is not installed."""
    if not find_spec("markitdown"):
        return None
    from importlib import import_module

    reader = import_module("markitdown").MarkItDown()
    files = sorted(p for p in folder.rglob("*") if p.is_file())[:most]
    began = time.perf_counter()
    for path in files:
        reader.convert(str(path))
    return (time.perf_counter() - began) / len(files)


def accounted(folder: Path, out: Path) -> str:
    """Whether the report has every input once."""
    told = Counter(json.loads(x)["path"] for x in (out / "report.jsonl").read_text("utf-8").splitlines())
    there = {str(p) for p in folder.rglob("*") if p.is_file()}
    return f"{len(there - set(told))} lost, {sum(told.values()) - len(told)} twice"


def rows(root: Path, count: int) -> Iterator[tuple[str, ...]]:
    """What is measured, line by line."""
    mixed, clean = root / "mixed", root / "clean"
    make(mixed, count, broken=True)
    make(clean, count // 5, broken=False)
    for name, folder in (("mixed, 5 % broken", mixed), ("nothing broken", clean)):
        single = 0.0
        for jobs in (1, 2):
            out = root / f"{folder.name}{jobs}"
            taken, totals, watch = run(folder, out, jobs)
            single = single or taken
            counts = ", ".join(f"{n} {status}" for status, n in sorted(totals.counts.items()))
            half = len(watch.parent) // 2
            yield (
                f"{name}, {jobs} process{'es' * (jobs > 1)}",
                f"{totals.read / taken:.0f}",
                f"{single / taken:.2f}",
                f"{watch.parent[half] >> 20} → {watch.parent[-1] >> 20}",
                f"{max(watch.workers) >> 20}",
                f"{counts}; {accounted(folder, out)}",
            )
    files = sum(p.is_file() for p in clean.rglob("*"))
    for jobs in (1, 2):
        taken = plain_loop(clean, root / "plain.jsonl", jobs)
        yield f"plain loop, nothing broken, {jobs}", f"{files / taken:.0f}", "", "", "", ""
    taken, totals, _ = run(mixed, root / "nothing", 2, Nothing)
    yield "the engine alone", f"{totals.read / taken:.0f}", "", "", "", f"{taken / totals.read * 1000:.3f} ms a file"
    other = markitdown(clean)
    yield "markitdown (text only), 1", f"{1 / other:.0f}" if other else "not installed", "", "", "", ""


def main() -> None:
    """Run everything and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--print", action="store_true", help="print only")
    args = parser.parse_args()
    header = ("run", "files a second", "times one process", "parent, MB (half way → end)", "largest worker, MB", "")
    lines = ["| " + " | ".join(header) + " |", "|---|---:|---:|---:|---:|---|"]
    with tempfile.TemporaryDirectory() as root:
        for row in rows(Path(root), args.files):
            print(" | ".join(row), flush=True)
            lines.append("| " + " | ".join(row) + " |")
    page = (
        "# Archives\n\nWritten by `python benchmarks/archives.py`: "
        f"{args.files:,} mixed files to one JSON Lines file. Times hold for one machine only.\n\n"
    )
    if not args.print:
        RESULTS.write_text(page + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
