"""pdf: characters and boxes by pdfium, tables from the lines drawn on the page, page images by the OCR extra.

A page whose text layer is missing or unreadable (a scan, a wrong character map) is read from its image where that is
allowed and possible; otherwise a warning says so. Only a file without a single readable page is an error.

What reading costs is compared with a floor: pdfium loads the page and its text page, gives the text and, through the
methods of its own wrapper, the box of each character. The whole reader takes 1.2 to 1.4 times that, 1.7 where every
page is a ruled table. Tables come from the lines among pdfium's path objects: the cells are those that
pdfplumber finds (a test compares them) in an eighth of the time, so pdfplumber is not asked.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfPage

from ...errors import MissingExtra, UnreadableFile
from ...limits import Budget, ReadOptions
from ...source import RawDoc
from ..layout import Page, Warn, compose
from ..layout.grid import find_grids
from . import native
from .borders import Borders
from .drawn import drawn_on
from .links import laid_over
from .quality import is_garbage, is_scan, set_hidden_aside
from .text import View, runs_of, upright, without_copies

LOCK = threading.RLock()
"""pdfium is not safe for use by several threads."""
_POINTS = 72
_CATALOG = re.compile(rb"\b(\d{1,9})[ \r\n]+(\d{1,5})[ \r\n]+obj\b[^>]{0,300}?/Type\s*/Catalog\b")
_MOST_PIXELS = 40_000_000
"""Of a page image: A3 at 300 dpi has 17 million."""


@dataclass(slots=True)
class _Seen:
    """What reading the pages came upon."""

    options: ReadOptions
    without_text: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    """Pages whose text layer is garbage, among `without_text`."""
    damaged: list[int] = field(default_factory=list)
    read: int = 0
    """Pages with text, or blank."""
    missing: MissingExtra | None = None


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The text of a pdf. Raises UnreadableFile (damaged, encrypted), MissingExtra (a scan without OCR)."""
    with LOCK:
        document = _open(data, options, budget)
        try:
            count = len(document)
            if not count:
                raise UnreadableFile(f"{_name(budget)} has no pages")
            budget.check("pages", count)
            seen = _Seen(options)
            raw = compose(_pages(document, seen, budget), budget, reader="pdf", media_type="application/pdf")
        finally:
            document.close()
    _complain(seen, count, budget)
    raw = replace(raw, warnings=(*raw.warnings, *_warnings(data, seen, count)))
    if any(box.confidence is not None for box in raw.boxes):
        from ..images.ocr import with_doubts

        return with_doubts(raw)
    return raw


def _name(budget: Budget) -> str:
    return budget.name or "the input"


def _open(data: bytes, options: ReadOptions, budget: Budget) -> PdfDocument:
    try:
        return pypdfium2.PdfDocument(data, password=options.password)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data:  # the code may be of an earlier file
            wrong = "the password does not open it" if options.password else "it is encrypted"
            raise UnreadableFile(
                f"{_name(budget)}: {wrong}; pass the right password (--password, password=…)"
            ) from error
        if code == pdfium.FPDF_ERR_SECURITY:
            raise UnreadableFile(f"{_name(budget)} is encrypted in a way that is not supported") from error
        if mended := _with_trailer(data):
            with suppress(pypdfium2.PdfiumError):
                return pypdfium2.PdfDocument(mended, password=options.password)
        raise UnreadableFile(
            f"{_name(budget)} is a damaged pdf, or has no pages: {str(error).rstrip('.')}; copy or download it again"
        ) from error


def _with_trailer(data: bytes) -> bytes | None:
    """A file that was cut off, with the few words at its end that say where the document begins."""
    if (found := _CATALOG.search(data)) is None:
        return None
    whole = data[: data.rfind(b"endobj") + len(b"endobj")]
    return whole + b"\ntrailer\n<< /Root %s %s R >>\nstartxref\n0\n%%%%EOF\n" % found.groups()


def _pages(document: PdfDocument, seen: _Seen, budget: Budget) -> Iterator[Page]:
    """The pages one after the other; each is closed before the next is opened."""
    for index in range(len(document)):
        budget.tick()
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            seen.damaged.append(index + 1)
            yield Page(index + 1, 0.0, 0.0, [])
            continue
        try:
            yield _page(document, page, index + 1, seen, budget)
        finally:
            page.close()


def _page(document: PdfDocument, page: PdfPage, number: int, seen: _Seen, budget: Budget) -> Page:
    """One page: its text layer, or what its image shows."""
    found, scan, drawn = _text_layer(document, page, number)
    unreadable = is_garbage(found.runs)
    usable = not (scan or unreadable) and any(not r.aside for r in found.runs)
    if seen.options.ocr != "always" and (usable or not drawn):
        seen.read += usable
        return found
    recognised = _recognised(page, number, seen, budget)
    if recognised is not None:
        seen.read += 1
        return recognised
    seen.without_text.append(number)
    if unreadable:
        seen.unreadable.append(number)
    found.runs = [r._replace(aside=True) for r in found.runs]
    found.grids = []
    return found


def _text_layer(document: PdfDocument, page: PdfPage, number: int) -> tuple[Page, bool, bool]:
    """What the file itself says of a page; is the page a scan? is anything drawn on it?"""
    textpage = page.get_textpage()
    try:
        handle, count = native.handle(textpage.raw), max(textpage.count_chars(), 0)
        rotation = max(pdfium.FPDFPage_GetRotation(page.raw), 0) % 4
        view = _view(page, upright(handle, count, rotation))
        width, height = view.size
        drawn = drawn_on(page.raw, view)
        grids = find_grids(drawn.rulings, width, height) if drawn.rulings else []
        runs, firsts = without_copies(*runs_of(handle, count, view, Borders(grids).between if grids else None))
        scan = is_scan(runs, drawn, width, height)
        runs = set_hidden_aside(handle, runs, firsts, drawn)
    finally:
        textpage.close()
    links, typed = laid_over(document.raw, page.raw, view)
    turned = (view.turns - rotation) % 4
    found = Page(number, width, height, runs + typed, grids, drawn.rulings, links, turned)
    return found, scan, bool(drawn.images or drawn.rulings or drawn.areas or runs)


def _view(page: PdfPage, turns: int) -> View:
    left, bottom, right, top = page.get_bbox()
    return View(left, bottom, right - left, top - bottom, turns)


def _recognised(page: PdfPage, number: int, seen: _Seen, budget: Budget) -> Page | None:
    """The page by its image; None where that is switched off or not installed."""
    if seen.options.ocr == "never" or seen.missing:
        return None
    from ..images import ocr

    try:
        ocr.pillow()
        width, height = page.get_size()
        scale = min(ocr.PAGE_DPI / _POINTS, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
        image = page.render(scale=scale).to_pil()
        return ocr.read_page(image, number, 1 / scale, budget)
    except MissingExtra as error:
        if seen.options.ocr == "always":
            raise
        seen.missing = error
        return None


def _complain(seen: _Seen, count: int, budget: Budget) -> None:
    """An error where no page could be read."""
    if seen.read:
        return
    if seen.without_text:
        kind = "an unreadable text layer" if seen.unreadable == seen.without_text else "no text layer (page images)"
        if seen.missing:
            raise MissingExtra(f"{_name(budget)} has {kind}; {seen.missing}") from seen.missing
        raise UnreadableFile(f"{_name(budget)} has {kind}, and reading images is switched off (ocr=never)")
    if len(seen.damaged) == count:
        raise UnreadableFile(f"{_name(budget)} is a damaged pdf: none of its {count} pages can be read")


def _warnings(data: bytes, seen: _Seen, count: int) -> list[Warn]:
    found: list[Warn] = []
    if seen.damaged:
        found.append(("damaged-file", f"page(s) {_numbers(seen.damaged)} of {count} could not be read", 0, 0))
    elif b"%%EOF" not in data[-2048:]:
        found.append(("damaged-file", "the pdf ends before its last lines; pages may be missing", 0, 0))
    if seen.without_text:
        scans = [n for n in seen.without_text if n not in seen.unreadable]
        why = "no usable text, and page images were not read"
        if scans:
            found.append(("page-without-text", f"page(s) {_numbers(scans)} have {why}", 0, 0))
        if seen.unreadable:
            pages = _numbers(seen.unreadable)
            found.append(("page-without-text", f"page(s) {pages} have an unreadable text layer, set aside", 0, 0))
    return found


def _numbers(pages: list[int]) -> str:
    """1-3, 7"""
    parts: list[list[int]] = []
    for page in pages:
        if parts and page == parts[-1][-1] + 1:
            parts[-1].append(page)
        else:
            parts.append([page])
    return ", ".join(str(p[0]) if len(p) == 1 else f"{p[0]}-{p[-1]}" for p in parts)
