"""`python benchmarks/formats.py`: what reading each file format costs, against the floor that its libraries set.

The floor of a format is what any reader built on the same library must do, measured in the same run on the same files:
docx, ofd: unzip and parse the XML parts that hold text; html: parse the page; doc: take the streams out of the file;
pdf: text and a box for every character of every page, through pypdfium2's own methods. Other tools are measured where
they are installed (`pip install 'markitdown[docx,pdf]' 'unstructured[docx,pdf]' docling`). Writes FORMATS.md.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import io
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.run import Row, best, table
from policyparse import readers
from policyparse.pipeline import parse_bytes

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / "corpora" / "formats"
SCANS = ROOT / "tests" / "data" / "scans"
RESULTS = Path(__file__).resolve().parent / "FORMATS.md"
PAGES = 300
_TEXT_PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml")


def floor_zip(data: bytes) -> int:
    """docx and ofd: unzip and parse the parts a reader needs."""
    from lxml import etree

    count = 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        docx = any(n in names for n in _TEXT_PARTS)
        for name in names:
            if name in _TEXT_PARTS if docx else name.endswith(".xml"):
                etree.fromstring(package.read(name))
                count += 1
    return count


def floor_pdf(data: bytes) -> int:
    """pdf: the text of every page and a box for each of its characters."""
    import pypdfium2

    count = 0
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            text = page.get_textpage()
            count += len(text.get_text_range())
            for i in range(text.count_chars()):
                text.get_charbox(i, loose=True)
            text.close()
            page.close()
    return count


def floor_html(data: bytes) -> int:
    """html: parse the page."""
    from lxml import etree

    return len(etree.fromstring(data, etree.HTMLParser()))


def floor_doc(data: bytes) -> int:
    """doc: the streams of the compound file."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as file:
        return sum(len(file.openstream(name).read()) for name in file.listdir())


FLOORS: dict[str, Callable[[bytes], int]] = {
    "docx": floor_zip,
    "doc": floor_doc,
    "pdf": floor_pdf,
    "ofd": floor_zip,
    "html": floor_html,
}


def in_turn(*works: Callable[[], object], rounds: int = 40) -> list[float]:
    """Least seconds of processor time of each, taken in turn, so that a busy machine weighs on all of them alike."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, seconds in zip(works, taken, strict=True):
            start = time.thread_time()
            work()
            seconds.append(time.thread_time() - start)
    return [min(seconds) for seconds in taken]


def cost() -> Iterator[Row]:
    """Each format: the five samples together, each measured by itself."""
    for suffix, floor in FLOORS.items():
        files = [(p.name, p.read_bytes()) for p in sorted(FILES.glob(f"*.{suffix}"))]
        pages = sum(readers.read(data, name).pages or 0 for name, data in files)
        taken = [
            in_turn(
                lambda f=floor, d=data: f(d),  # type: ignore[misc]
                lambda d=data, n=name: readers.read(d, n),  # type: ignore[misc]
                lambda d=data, n=name: parse_bytes(d, n),  # type: ignore[misc]
            )
            for name, data in files
        ]
        least, read, whole = map(sum, zip(*taken, strict=True))
        a_page = f"{read / pages * 1000:.2f}" if pages else "–"
        ms = [f"{seconds / len(files) * 1000:.2f}" for seconds in (least, read, whole)]
        yield suffix, str(len(files)), *ms, f"{read / least:.2f}", a_page


def _markitdown() -> Callable[[Path], object]:
    tool: Any = importlib.import_module("markitdown").MarkItDown()
    return lambda path: tool.convert(path)


def _unstructured() -> Callable[[Path], object]:
    module: Any = importlib.import_module("unstructured.partition.auto")
    return lambda path: module.partition(str(path), strategy="fast", languages=["zh"])


def _docling() -> Callable[[Path], object]:
    tool: Any = importlib.import_module("docling.document_converter").DocumentConverter()
    return lambda path: tool.convert(path)


OTHERS: dict[str, Callable[[], Callable[[Path], object]]] = {
    "markitdown": _markitdown,
    "unstructured": _unstructured,
    "docling": _docling,
}


def others() -> Iterator[Row]:
    """Other tools on the same files: milliseconds a file, and that time by the time of our whole reading."""
    for suffix in FLOORS:
        files = sorted(FILES.glob(f"*.{suffix}"))
        ours = best(lambda all=files: [parse_bytes(p.read_bytes(), p.name) for p in all], 5)  # type: ignore[misc]
        row = [suffix, f"{ours / len(files) * 1000:.1f}"]
        for name, load in OTHERS.items():
            row.append(_other(name, load, files, ours))
        yield tuple(row)


def _other(name: str, load: Callable[[], Callable[[Path], object]], files: list[Path], ours: float) -> str:
    if importlib.util.find_spec(name) is None:
        return "not installed"
    try:
        convert = load()
        taken = best(lambda: [convert(path) for path in files], 3)
    except Exception as error:  # what another tool cannot read is a result, too
        return f"fails ({type(error).__name__})"
    return f"{taken / len(files) * 1000:.1f} ({taken / ours:.1f}x)"


def long_documents(folder: Path) -> Iterator[Row]:
    """A document of 300 pages in a process of its own: seconds, and its highest memory."""
    for path in (long_pdf(folder / "long.pdf"), long_docx(folder / "long.docx")):
        for what, program in (("floor", _FLOOR), ("reader", _READ), ("whole reading", _WHOLE)):
            run = [sys.executable, "-c", program, str(path)]
            out = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
            seconds, peak = float(out[0]), int(out[1]) / 1024
            yield f"{path.suffix[1:]}, {what}", f"{seconds:.2f}", f"{seconds / PAGES * 1000:.2f}", f"{peak:.0f}"


def peak() -> int:
    """Highest memory of this process in kilobytes; getrusage would give that of the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


_FLOOR = """
import sys, time
from pathlib import Path
from benchmarks.formats import FLOORS, peak
data = Path(sys.argv[1]).read_bytes(); start = time.perf_counter(); FLOORS[sys.argv[1].rpartition('.')[2]](data)
print(time.perf_counter() - start, peak())
"""
_READ = """
import sys, time
from pathlib import Path
from benchmarks.formats import peak
from policyparse import readers
data = Path(sys.argv[1]).read_bytes(); start = time.perf_counter(); readers.read(data, sys.argv[1])
print(time.perf_counter() - start, peak())
"""
_WHOLE = _READ.replace("from policyparse import readers", "import policyparse").replace(
    "readers.read(data, sys.argv[1])", "policyparse.parse_bytes(data, sys.argv[1])"
)


def long_pdf(path: Path) -> Path:
    """The pages of the samples again and again, 300 in all."""
    import pypdfium2

    target = pypdfium2.PdfDocument.new()
    while len(target) < PAGES:
        for file in sorted(FILES.glob("*.pdf")):
            with pypdfium2.PdfDocument(file) as source:
                target.import_pages(source, list(range(min(len(source), PAGES - len(target)))))
    target.save(path)
    return path


def long_docx(path: Path) -> Path:
    """The body of the first sample again and again, as much text as 300 pages hold (about 180,000 characters)."""
    from lxml import etree

    sample = sorted(FILES.glob("*.docx"))[0]
    with zipfile.ZipFile(sample) as package, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            data = package.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(data)
                body = root[0]
                blocks = [etree.tostring(block) for block in body if not block.tag.endswith("}sectPr")]
                for _ in range(36):
                    for block in blocks:
                        body.insert(len(body) - 1, etree.fromstring(block))
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            copy.writestr(name, data)
    return path


def recognition() -> Iterator[Row]:
    """Pages without text: the engine is the cost."""
    if importlib.util.find_spec("rapidocr") is None:
        yield "the extra [ocr] is not installed", "–", "–", "–"
        return
    for path in sorted(SCANS.glob("*.pdf")):
        data = path.read_bytes()
        readers.read(data, path.name)  # loads the models
        start = time.perf_counter()
        raw: Any = readers.read(data, path.name)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield path.name, str(raw.pages), f"{seconds / raw.pages:.2f}", f"{peak:.0f}"


def report() -> str:
    """The whole page."""
    with tempfile.TemporaryDirectory() as folder:
        return "\n\n".join(
            [
                "# Benchmark of the readers",
                "Written by `python benchmarks/formats.py`. Everything loaded; of the formats, "
                "least processor time of 40 rounds in turn. Times hold for one machine; the ratios compare with a "
                "floor of the same run: what any reader on the same library must do.",
                "## Formats\nThe five samples of `corpora/formats`; milliseconds a file.",
                table(
                    (
                        "format",
                        "files",
                        "floor ms",
                        "reader ms",
                        "whole reading ms",
                        "reader / floor",
                        "reader ms a page",
                    ),
                    cost(),
                ),
                "## Other tools\nMilliseconds a file, and that time by our whole reading (facts and all).",
                table(("format", "policyparse", *OTHERS), others()),
                f"## Long documents\n{PAGES} pages, a new process each; highest memory of the process.",
                table(("document", "seconds", "ms a page", "memory MB"), long_documents(Path(folder))),
                "## Page images",
                table(("file", "pages", "seconds a page", "memory MB"), recognition()),
            ]
        )


def main() -> None:
    """Run everything and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--print", action="store_true", help="print only")
    args = parser.parse_args()
    page = report()
    if not args.print:
        RESULTS.write_text(page + "\n", "utf-8")
        print(f"written to {RESULTS.name}")


if __name__ == "__main__":
    main()
