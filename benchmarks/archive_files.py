"""The files that `benchmarks.archives` converts: made from the samples, 5 % of them broken on purpose."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from benchmarks import notices

FORMATS = Path(__file__).resolve().parent.parent / "corpora" / "formats"
READ_BY_OTHERS = (".txt", ".html", ".docx", ".pdf")
"""What other converters read, too."""


def mixed(folder: Path, count: int, broken: bool) -> None:
    """So many files: notices of ordinary length as text, 1 % as web pages, 1 % docx, doc, pdf or ofd."""
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
    """A file that harms: damaged ones mostly, some that crash the reader, a few that hang it or eat the memory.

    What those do stands in their names, and is done by tests/harm.py before the file is read.
    """
    name = "hang" if n % 100 == 5 else "eat" if n % 100 == 55 else ("segfault", "exit")[n % 2] if n % 10 == 0 else ""
    if name:
        path.with_name(f"{name}{path.name}.txt").write_text(text, "utf-8")
    elif n % 3 == 0:
        path.with_suffix(".rar").write_bytes(b"Rar!\x1a\x07\x00" + text.encode())
    elif n % 3 == 1:
        path.with_suffix(".docx").write_bytes(next(FORMATS.glob("*.docx")).read_bytes()[:5000])
    else:
        path.with_suffix(".pdf").write_bytes(b"%PDF-1.7\n" + text.encode())


def texts(folder: Path, count: int, given: list[str]) -> float:
    """So many text files, each of `given` as often as the others. Returns their mean length in characters."""
    folder.mkdir(parents=True)
    for n in range(count):
        (folder / f"{n:05d}.txt").write_text(f"{given[n % len(given)]}\n（编号{n}）\n", "utf-8")
    return sum(map(len, given)) / len(given)


def for_others(folder: Path, copies: int) -> int:
    """The five samples in the formats that other converters read, some times each. Returns the number of files."""
    folder.mkdir(parents=True)
    sources = [p for p in sorted(FORMATS.iterdir()) if p.suffix in READ_BY_OTHERS] + sorted(notices.NOTICES.iterdir())
    for source in sources:
        for n in range(copies):
            shutil.copyfile(source, folder / f"{n:02d}-{source.name}")
    return len(sources) * copies
