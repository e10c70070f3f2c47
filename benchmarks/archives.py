"""`python -m benchmarks.archives`: what converting an archive of thousands of files costs.

Makes folders of files (archive_files.py), 5 % of the mixed ones broken (some crash or hang the reader on purpose),
converts them with one and with two processes, checks that the report accounts for every file, and compares with a
plain multiprocessing loop that has none of the engine's care, and with markitdown. Writes benchmarks/ARCHIVES.md.

Processor time (of all processes, a file) says more than files a second where the machine has other work to do.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import policyparse
from benchmarks import archive_files, notices
from benchmarks.watch import Watch, processor_time
from policyparse.batch.inputs import find_jobs
from policyparse.batch.run import Places, Settings, Totals, convert
from policyparse.batch.work import Convert, Done, Task
from policyparse.limits import Limits, ReadOptions
from tests.harm import Harmful

RESULTS = Path(__file__).resolve().parent / "ARCHIVES.md"
OPTIONS = ReadOptions(limits=Limits(seconds=2))
_LINE = b'{"text":"' + b"x" * 28_000 + b'"}\n'
_TYPICAL = range(2_000, 4_001)
"""Characters of a typical notice."""
_OTHERS = """
import sys, time
from pathlib import Path
from markitdown import MarkItDown
reader = MarkItDown()
files = sorted(Path(sys.argv[1]).iterdir())
for path in files[::10]:
    reader.convert(str(path))
began, used = time.perf_counter(), time.process_time()
for path in files:
    reader.convert(str(path))
print(time.perf_counter() - began, time.process_time() - used)
"""


@dataclass(slots=True)
class Nothing(Convert):
    """Work that reads nothing: what remains is the engine."""

    def __call__(self, task: Task) -> Done:
        return Done("ok", "", "0" * 64, None, {}, {}, _LINE)


@dataclass(slots=True)
class Taken:
    """What a run took."""

    files: int
    seconds: float
    used: float
    totals: Totals | None = None
    watch: Watch | None = None

    @property
    def pace(self) -> float:
        """Files a second."""
        return self.files / self.seconds

    @property
    def cost(self) -> float:
        """Milliseconds of processor time a file."""
        return self.used / self.files * 1000


def run(folder: Path, out: Path, jobs: int, work: type[Convert] = Convert, to: Sequence[str] = ("jsonl",)) -> Taken:
    """Convert `folder`."""
    shutil.rmtree(out, ignore_errors=True)
    places = Places.of(out, to)
    settings = Settings(OPTIONS, jobs=jobs, memory=1 << 30)
    with Watch() as watch:
        began, used = time.perf_counter(), processor_time()
        totals = convert(find_jobs([folder], places.written), places, settings, work=work)
        return Taken(totals.read, time.perf_counter() - began, processor_time() - used, totals, watch)


def plain(path: Path) -> str:
    """The work of the plain loop."""
    return policyparse.parse(path).to_json(indent=None) + "\n"


def plain_loop(folder: Path, out: Path, jobs: int) -> Taken:
    """multiprocessing.Pool, as one would write it in an afternoon."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    began, used = time.perf_counter(), processor_time()
    with multiprocessing.get_context("forkserver").Pool(jobs) as pool, out.open("w", encoding="utf-8") as file:
        for line in pool.imap(plain, files, chunksize=16):
            file.write(line)
        pool.close()
        pool.join()
    return Taken(len(files), time.perf_counter() - began, processor_time() - used)


def accounted(folder: Path, out: Path) -> str:
    """Whether the report has every input once."""
    told = Counter(json.loads(x)["path"] for x in (out / "report.jsonl").read_text("utf-8").splitlines())
    there = {str(p) for p in folder.rglob("*") if p.is_file()}
    return f"{len(there - set(told))} lost, {sum(told.values()) - len(told)} twice"


Row = tuple[str, ...]


def text_rows(root: Path, count: int, given: Path | None) -> Iterator[Row]:
    """Text notices to JSON Lines: the typical ones, all samples, and those of a folder that was given."""
    samples = notices.samples()
    classes = {
        "samples of 2,000–4,000 characters": [t for t in samples if len(t) in _TYPICAL],
        "all samples": samples,
    }
    if given:
        found = [p.read_text("utf-8-sig", errors="replace") for p in sorted(given.rglob("*.txt"))]
        classes |= {"other notices, 2,000–4,000 characters": [t for t in found if len(t) in _TYPICAL]}
        classes |= {"other notices": found}
    for i, (name, texts) in enumerate(classes.items()):
        mean = archive_files.texts(root / f"text{i}", count, texts)
        one, two = (_best(root / f"text{i}", root / "out", jobs) for jobs in (1, 2))
        yield (
            *(f"{name} ({len(texts)} texts, {mean:,.0f} on average)", f"{one.pace:.0f}", f"{two.pace:.0f}"),
            *(f"{two.pace / one.pace:.2f}", f"{one.cost:.2f}"),
        )


def _best(folder: Path, out: Path, jobs: int) -> Taken:
    return min((run(folder, out, jobs) for _ in range(2)), key=lambda taken: taken.seconds)


def mixed_rows(root: Path, count: int) -> Iterator[Row]:
    """Mixed files, broken ones among them."""
    folder, one = root / "mixed", 0.0
    archive_files.mixed(folder, count, broken=True)
    for jobs in (1, 2):
        taken = run(folder, root / "out", jobs, Harmful)
        one = one or taken.pace
        assert taken.totals and taken.watch
        counts = ", ".join(f"{n:,} {status}" for status, n in sorted(taken.totals.counts.items()))
        yield (
            *(f"{jobs}", f"{taken.pace:.0f}", f"{taken.pace / one:.2f}", Watch.quarters(taken.watch.parent)),
            *(Watch.quarters(taken.watch.workers), f"{counts}; {accounted(folder, root / 'out')}"),
        )


def loop_rows(root: Path, count: int) -> Iterator[Row]:
    """The engine against a plain loop over the same files, and alone."""
    folder = root / "clean"
    archive_files.mixed(folder, count, broken=False)
    for jobs in (1, 2):
        engine, loop = run(folder, root / "out", jobs), plain_loop(folder, root / "plain.jsonl", jobs)
        for name, taken in (("policyparse", engine), ("plain loop", loop)):
            yield f"{name}, {jobs}", f"{taken.pace:.0f}", f"{taken.cost:.2f}", ""
        yield "difference", "", "", f"{engine.cost - loop.cost:+.2f} ms"
    alone = min((run(folder, root / "out", 1, Nothing) for _ in range(3)), key=lambda taken: taken.used)
    yield "the engine with nothing to read", f"{alone.pace:.0f}", f"{alone.cost:.2f}", ""


def output_rows(root: Path, count: int) -> Iterator[Row]:
    """Other outputs of the same text notices."""
    archive_files.texts(root / "texts", count, notices.samples())
    for to in ("json", "csv", "parquet", "xlsx", "sqlite"):
        one, two = (run(root / "texts", root / "out", jobs, to=[to]) for jobs in (1, 2))
        problems = "; ".join(filter(None, (t.totals.unwritten.get(to) for t in (one, two) if t.totals)))
        yield (
            to,
            f"{one.pace:.0f}",
            f"{two.pace:.0f}",
            f"{two.pace / one.pace:.2f}",
            f"{one.cost:.2f}",
            problems,
        )


def other_rows(root: Path, python: str | None) -> Iterator[Row]:
    """markitdown on files of the formats that it reads."""
    count = archive_files.for_others(root / "others", 8)
    own = run(root / "others", root / "out", 1)
    yield "policyparse: facts, as JSON Lines", f"{own.pace:.0f}", f"{own.cost:.1f}"
    name = "markitdown: text, as Markdown"
    if not python:
        yield name, "not measured", "name a Python that has it: --others PYTHON"
        return
    done = subprocess.run([python, "-c", _OTHERS, str(root / "others")], capture_output=True, text=True, check=False)
    if done.returncode:
        yield name, "not measured", (done.stderr.strip().splitlines() or ["it ended"])[-1]
        return
    seconds, used = map(float, done.stdout.split())
    yield name, f"{count / seconds:.0f}", f"{used / count * 1000:.1f}"


def table(header: Row, rows: Iterator[Row]) -> str:
    """A table; its rows are printed as they come."""
    lines = ["| " + " | ".join(header) + " |", "|---" + "|---:" * (len(header) - 1) + "|"]
    for row in rows:
        print(" | ".join(row), flush=True)
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines) + "\n"


def page(root: Path, args: argparse.Namespace) -> Iterator[str]:
    """The page, section by section."""
    yield (
        "# Archives\n\nWritten by `python -m benchmarks.archives`. Times hold for one machine only. Processor time is "
        "that of all processes of a run.\n"
    )
    run(archive_files.FORMATS, root / "out", 2)  # starts the server that workers are forked from
    yield "## Text notices to JSON Lines\n"
    header: Row = ("notices", "files a second, 1 process", "2 processes", "times", "processor ms a file")
    yield table(header, text_rows(root, max(args.files // 8, 50), args.text))
    yield f"## {args.files:,} mixed files, 5 % of them broken on purpose\n"
    header = (
        "processes",
        "files a second",
        "times one",
        "run, MB by quarter",
        "largest worker, MB by quarter",
        "report",
    )
    yield table(header, mixed_rows(root, args.files))
    yield (
        f"## The engine and a plain loop\n\n{args.files // 5:,} mixed files, none broken; the loop is "
        "`multiprocessing.Pool.imap` over `parse` and `to_json`.\n"
    )
    yield table(("processes", "files a second", "processor ms a file", "a file"), loop_rows(root, args.files // 5))
    yield f"## Other outputs\n\n{args.files // 20:,} text notices (all samples).\n"
    header = ("output", "files a second, 1 process", "2 processes", "times", "processor ms a file", "")
    yield table(header, output_rows(root, max(args.files // 20, 50)))
    yield (
        "## Another converter\n\nThe five samples as txt, html, docx and pdf (`corpora/notices`, `corpora/formats`), "
        "8 times each, one process.\n"
    )
    yield table(("converter", "files a second", "processor ms a file"), other_rows(root, args.others))


def main() -> None:
    """Run everything and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--others", metavar="PYTHON", help="an interpreter that has markitdown")
    parser.add_argument("--text", type=Path, metavar="FOLDER", help="text notices of your own, measured besides")
    parser.add_argument("--print", action="store_true", help="print only")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        text = "\n".join(page(Path(root), args))
    if not args.print:
        RESULTS.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
