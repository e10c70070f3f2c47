"""`python benchmarks/run.py`: what reading notices costs, as ratios to named baselines of the same run.

Writes benchmarks/RESULTS.md. Absolute times depend on the machine; the ratios much less.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import policyparse
from policyparse import pipeline

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import notices

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"

BASELINE_PATTERNS = [
    re.compile(p)
    for p in (
        r"〔\d{4}〕\d{1,4}号",
        r"\d{4}年\d{1,2}月\d{1,2}日",
        r"\d{1,2}月\d{1,2}日前",
        r"第[一二三四五六七八九十]阶段[:：]",
        r"^[一二三四五六七八九十]+、",
        r"^（[一二三四五六七八九十]+）",
        r"^\d{1,2}[.．、]",
        r"（责任单位：[^（）]{1,200}",
        r"《[^《》]{1,100}》",
        r"附件\d?[:：]",
        r"[^，。；\s]{2,20}同志任",
    )
]

STAGES: dict[str, tuple[str, ...]] = {
    "readers": ("readers.read",),
    "normalise": ("normalise",),
    "anatomy": ("dissect",),
    "outline, tables": ("build", "build_grids"),
    "header": ("extract_header", "date_context"),
    "phases": ("extract_phases",),
    "measures": ("extract_measures",),
    "deadlines": ("extract_deadlines",),
    "leadership": ("extract_leadership",),
    "attachments": ("extract_attachments",),
    "citations": ("extract_citations",),
    "contacts, checks": ("extract_contacts", "check"),
    "model": ("PolicyDocument", "tables", "outline_sections", "set_aside", "source_map"),
}
"""Name in the report -> functions of pipeline.py whose time counts."""

Row = tuple[str, ...]


def best(work: Callable[[], object], repeat: int = 7) -> float:
    """Median seconds of `work`, after one run to warm up."""
    work()
    taken = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def baseline(data: bytes) -> int:
    """Decode, then eleven separate patterns over the text: the least that any reader of the facts must do."""
    text = data.decode("utf-8")
    return sum(1 for pattern in BASELINE_PATTERNS for _ in pattern.finditer(text))


class StageClock:
    """Measures the stages inside pipeline.parse_raw by wrapping the names it calls."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)

    def __enter__(self) -> StageClock:
        self._kept: list[tuple[Any, str, Any]] = []
        for stage, names in STAGES.items():
            for name in names:
                owner, _, inner = name.rpartition(".")
                holder = getattr(pipeline, owner) if owner else pipeline
                if hasattr(holder, inner):
                    self._wrap(holder, inner, stage)
        return self

    def _wrap(self, holder: Any, name: str, stage: str) -> None:
        real = getattr(holder, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            try:
                return real(*args, **kwargs)
            finally:
                self.seconds[stage] += time.perf_counter() - start

        self._kept.append((holder, name, real))
        setattr(holder, name, timed)

    def __exit__(self, *error: object) -> None:
        for holder, name, real in self._kept:
            setattr(holder, name, real)


def speed() -> Iterator[Row]:
    """One notice of 5,000 characters, and each sample: time, per 1,000 characters, ratio to the baseline."""
    inputs = {"a notice of 5,000 characters": notices.notice(5000)}
    inputs |= {f"sample {i + 1}": text for i, text in enumerate(notices.samples())}
    for name, text in inputs.items():
        data = text.encode()
        taken, least = best(lambda d=data: policyparse.parse_bytes(d), 15), best(lambda d=data: baseline(d), 15)  # type: ignore[misc]
        yield name, f"{len(text):,}", *timed(taken, len(text)), f"{taken / least:.1f}"
    yield unseen()
    page = notices.html(notices.notice(5000))
    data = page.encode()
    taken, least = best(lambda: policyparse.parse_bytes(data, filename="a.html")), best(lambda: baseline(data))
    yield "the same notice as html", f"{len(page):,}", *timed(taken, 5000), f"{taken / least:.1f}"
    document = policyparse.parse_bytes(notices.notice(5000).encode())
    taken = best(document.to_json)
    yield "its JSON", f"{len(document.to_json()):,}", *timed(taken, 5000), f"{taken / least:.1f}"


def unseen() -> Row:
    """Notices with units and days of their own, each read once: what a long run over an archive pays."""
    several = [text.encode() for text in notices.different(200)]
    taken, least, length = [], best(lambda: baseline(several[0]), 15), 0
    for data in several:
        start = time.perf_counter()
        document = policyparse.parse_bytes(data)
        taken.append(time.perf_counter() - start)
        length = len(document.text)
    median = statistics.median(taken)
    return "200 such notices, each read once", f"{length:,}", *timed(median, length), f"{median / least:.1f}"


def timed(seconds: float, characters: int) -> tuple[str, str]:
    """Milliseconds, and milliseconds per 1,000 characters."""
    return f"{seconds * 1000:.2f}", f"{seconds * 1_000_000 / characters:.3f}"


def stages() -> Iterator[Row]:
    """Where the time of a notice of 5,000 characters goes."""
    data = notices.notice(5000).encode()
    policyparse.parse_bytes(data)
    runs = 30
    with StageClock() as clock:
        start = time.perf_counter()
        for _ in range(runs):
            policyparse.parse_bytes(data)
        total = time.perf_counter() - start
    for stage, seconds in clock.seconds.items():
        yield stage, f"{seconds / runs * 1000:.3f}", f"{seconds / total:.0%}"
    yield "all", f"{total / runs * 1000:.3f}", "100%"


def growth(quick: bool) -> Iterator[Row]:
    """Cost by length: 1 in the last column means that time grows as length does."""
    sizes = (10, 100, 1000) if quick else (10, 100, 1000, 10_000)
    inputs = {f"{n:,} measures": notices.measures(n) for n in sizes}
    inputs |= {f"a line of {mb} MB": notices.one_line(mb) for mb in ((0.05, 0.5) if quick else (0.05, 0.5, 5))}
    inputs |= {f"{n:,} unclosed brackets": "（" * n for n in (1000, 10_000, 100_000)}
    inputs |= {f"{n:,} unclosed notes": "（责任单位：" * n for n in (1000, 10_000)}
    before: tuple[str, float] | None = None
    for name, text in inputs.items():
        data = text.encode()
        per = best(lambda d=data: policyparse.parse_bytes(d), 1 if len(text) > 200_000 else 3) / len(text)  # type: ignore[misc]
        family = name.lstrip("0123456789,")
        family = "line" if name.startswith("a line") else family
        ratio = per / before[1] if before and before[0] == family else None
        yield name, f"{len(text):,}", *timed(per * len(text), len(text)), f"{ratio:.2f}" if ratio else "–"
        before = (family, per)


def start_up() -> Iterator[Row]:
    """A new process each: Python alone is the baseline."""
    programs = {
        "python -c pass": ["-c", "pass"],
        "import pydantic": ["-c", "import pydantic"],
        "import policyparse": ["-c", "import policyparse"],
        "import, and the model": ["-c", "import policyparse; policyparse.PolicyDocument"],
        "import, and the first notice": ["-c", "import policyparse; policyparse.parse_text('关于印发方案的通知')"],
        "policyparse --help": ["-m", "policyparse.cli", "--help"],
    }
    bare = 0.0
    for name, args in programs.items():
        run = [sys.executable, *args]
        taken = best(lambda run=run: subprocess.run(run, capture_output=True, check=True), 9)  # type: ignore[misc]
        bare = bare or taken
        yield name, f"{taken * 1000:.0f}", f"{(taken - bare) * 1000:.0f}", f"{taken / bare:.1f}"


def table(header: Row, rows: Iterator[Row]) -> str:
    """A Markdown table; rows are printed as they come."""
    lines = ["| " + " | ".join(header) + " |", "|---|" + "---:|" * (len(header) - 1)]
    for row in rows:
        print("  ".join(row), flush=True)
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines)


def report(quick: bool) -> str:
    """The whole page."""
    return "\n\n".join(
        [
            "# Benchmark",
            "Written by `python benchmarks/run.py`. One core, everything loaded, medians. Times hold for one machine "
            "only; the ratios compare with a baseline of the same run.",
            "## A notice\nBaseline: decode the bytes and run eleven separate regular expressions over the text.",
            table(("input", "characters", "ms", "ms per 1,000 characters", "times the baseline"), speed()),
            "## By stage\nA notice of 5,000 characters.",
            table(("stage", "ms", "share"), stages()),
            "## Growth\nLast column: cost a character, relative to the row above; about 1 = linear.",
            table(("input", "characters", "ms", "ms per 1,000 characters", "growth"), growth(quick)),
            "## Start\nA new process each; baseline: `python -c pass`.",
            table(("program", "ms", "ms above the baseline", "times the baseline"), start_up()),
        ]
    )


def main() -> None:
    """Run everything and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the largest inputs; print only")
    args = parser.parse_args()
    page = report(args.quick)
    if not args.quick:
        RESULTS.write_text(page + "\n", "utf-8")
        print(f"written to {RESULTS.name}")


if __name__ == "__main__":
    main()
