"""Page images read by the real engine: pages of the samples drawn, turned, soiled, stamped. Needs the extra [ocr]."""

from __future__ import annotations

import difflib
import io
import re
import sys
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

import policyparse
from policyparse import LimitExceeded, Limits, MissingExtra, UnreadableFile
from policyparse.limits import Budget
from policyparse.readers.images import ocr, page_image
from policyparse.squeeze import squeeze

FORMATS = Path(__file__).parent.parent / "corpora" / "formats"
SAMPLE = FORMATS / "000_d3411eaaf7ef5d1a.pdf"
TABLES = FORMATS / "003_d6330b67b7808c67.pdf"
DPI = 200


@cache
def drawn(path: Path, page: int, dpi: int = DPI) -> Image.Image:
    """A page of a sample as the printer would draw it."""
    with pypdfium2.PdfDocument(path) as pdf:
        image: Image.Image = pdf[page].render(scale=dpi / 72).to_pil()
        return image.convert("RGB")


def saved(*images: Image.Image, form: str = "PNG", dpi: int = DPI) -> bytes:
    """The bytes of an image file, with its resolution."""
    out = io.BytesIO()
    more = {"save_all": True, "append_images": [i.copy() for i in images[1:]]} if len(images) > 1 else {}
    copies = [image.copy() for image in images]  # a page drawn by pdfium shares its memory, which tif refuses
    copies[0].save(out, form, dpi=(dpi, dpi), **more)
    return out.getvalue()


@cache
def printed(path: Path, page: int) -> str:
    """The text layer of a page, without white space and page number."""
    with pypdfium2.PdfDocument(path) as pdf:
        return re.sub(r"—\d+—", "", squeeze(pdf[page].get_textpage().get_text_range()))


def error(read: str, truth: str) -> float:
    """Share of characters that differ; brackets and dashes of either width count as equal, quotes not at all."""
    same = str.maketrans("〔〕（）—－–,:;", "()()---，：；", "“”")
    a, b = squeeze(read).translate(same), truth.translate(same)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    return 1 - sum(m.size for m in matcher.get_matching_blocks()) / max(len(a), len(b))


def read(image: Image.Image, name: str = "page.png") -> policyparse.PolicyDocument:
    """The document on one image."""
    return policyparse.parse_bytes(saved(image), name)


@cache
def plain() -> policyparse.PolicyDocument:
    """The first page of the first sample, read once."""
    return read(drawn(SAMPLE, 0))


def test_a_clean_page_is_read_nearly_without_error() -> None:
    assert error(read(drawn(SAMPLE, 1)).text, printed(SAMPLE, 1)) < 0.01


def test_recognised_text_says_so() -> None:
    told = {d.code: d for d in plain().diagnostics}
    assert "OCR" in told["ocr-text"].message
    assert plain().source.reader == "image" and plain().source.media_type == "image/png" and plain().source.pages == 1


def test_values_point_at_their_place_on_the_page() -> None:
    """The box of the title on the image is the box of the title in the pdf it was drawn from."""
    seen, told = (d.locate(d.title.span)[0].boxes[0] for d in (plain(), policyparse.parse(SAMPLE)) if d.title)
    assert seen.page == told.page == 1
    assert seen.confidence is not None and seen.confidence > 0.9 and told.confidence is None
    assert all(abs(getattr(seen, side) - getattr(told, side)) < 12 for side in ("x0", "y0", "x1", "y1"))


@pytest.mark.parametrize("degrees", [1.0, -1.0])
def test_a_page_laid_askew(degrees: float) -> None:
    askew = drawn(SAMPLE, 1).rotate(degrees, fillcolor="white", resample=Image.Resampling.BICUBIC)
    assert error(read(askew).text, printed(SAMPLE, 1)) < 0.01


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_laid_on_its_side_or_head(degrees: int) -> None:
    assert error(read(drawn(SAMPLE, 0).rotate(degrees, expand=True)).text, printed(SAMPLE, 0)) < 0.03


def test_the_text_below_a_red_seal_stays() -> None:
    page = drawn(SAMPLE, 1).copy()
    pen, radius = ImageDraw.Draw(page, "RGBA"), int(20 / 25.4 * DPI)
    x, y = int(page.width * 0.6), int(page.height * 0.7)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(215, 25, 30, 210), width=9)
    pen.line((x - 80, y, x + 80, y), fill=(215, 25, 30, 210), width=12)
    assert error(read(page).text, printed(SAMPLE, 1)) < 0.02


def test_red_headlines_are_no_seal() -> None:
    pixels = page_image.prepare(drawn(SAMPLE, 0), 72 / DPI)[1]
    assert (pixels == page_image.prepare(drawn(SAMPLE, 0), 72 / DPI)[1]).all()
    red = Image.new("RGB", (1000, 400), "white")
    ImageDraw.Draw(red).rectangle((50, 150, 950, 250), fill="red")  # 114 mm by 13 mm at 200 dpi
    assert (page_image.prepare(red, 72 / DPI)[1][:, :, 1] == 0).any()


def test_tables_are_read_by_their_rules() -> None:
    """The first ruled page: the same cells as in the text layer's reading."""
    of_pdf = policyparse.parse(TABLES)
    page = next(t.page for t in of_pdf.tables if t.page)
    of_image = read(drawn(TABLES, page - 1))
    assert of_image.tables
    told = [squeeze(c.text) for row in of_pdf.tables[0].rows for c in row][:12]
    seen = [squeeze(c.text) for row in of_image.tables[0].rows for c in row][:12]
    assert sum(a == b for a, b in zip(told, seen, strict=False)) >= 10, list(zip(told, seen, strict=False))


def test_frames_of_a_tif_are_pages() -> None:
    data = saved(drawn(SAMPLE, 0), drawn(SAMPLE, 1), form="TIFF")
    doc = policyparse.parse_bytes(data, "scan.tif")
    assert doc.source.pages == 2 and doc.source_map.page_sizes[0] == pytest.approx((595, 842), abs=2)
    assert {b[2] for b in doc.source_map.boxes} == {1, 2}


def test_a_transparent_image_lies_on_white() -> None:
    page = drawn(SAMPLE, 0).convert("RGBA")
    page.putalpha(page.convert("L").point(lambda v: 255 - v))
    assert error(read(page).text, printed(SAMPLE, 0)) < 0.03


def test_without_the_extra_the_message_tells_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    ocr._engine.cache_clear()
    with pytest.raises(MissingExtra, match=r"pip install 'policyparse\[ocr\]'"):
        read(drawn(SAMPLE, 0))
    ocr._engine.cache_clear()


def test_images_are_not_read_when_switched_off() -> None:
    with pytest.raises(UnreadableFile, match="ocr=never"):
        policyparse.parse_bytes(saved(Image.new("RGB", (10, 10))), "a.png", ocr="never")


def test_a_blank_page_has_no_text() -> None:
    doc = read(Image.new("RGB", (400, 600), "white"))
    assert doc.text == "" and "empty-document" in {d.code for d in doc.diagnostics}


@pytest.mark.parametrize("cut", [8, 40, 500, 5000])
def test_cut_off_images_say_so(cut: int) -> None:
    data = saved(drawn(SAMPLE, 0))
    with pytest.raises(UnreadableFile, match=r"damaged image.*; copy or download it again") as caught:
        policyparse.parse_bytes(data[:cut], "cut.png")
    assert "object at" not in str(caught.value)


def test_limits_of_size_and_pages() -> None:
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    with pytest.raises((LimitExceeded, UnreadableFile), match="pixels"):
        policyparse.parse_bytes(bomb.getvalue(), "bomb.png")
    frames = saved(*[Image.new("L", (20, 20), 255)] * 5, form="TIFF")
    with pytest.raises(LimitExceeded, match="5 pages"):
        policyparse.parse_bytes(frames, "many.tif", limits=Limits(pages=4))


def test_letters_are_cut_at_table_rules() -> None:
    page = ocr.read_page(drawn(TABLES, 0), 1, 72 / DPI, Budget(Limits()))
    for grid in page.grids:
        for run in page.runs:
            crossed = [c for c in grid.cells if c.y0 < (run.y0 + run.y1) / 2 < c.y1 and run.x0 + 6 < c.x0 < run.x1 - 6]
            assert not crossed, run.text
