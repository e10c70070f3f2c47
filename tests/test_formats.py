"""The same notice as text, web page, docx, doc, pdf and ofd gives the same facts, each with its place in the file.

`corpora/formats/` is made from `corpora/notices/` by `python -m tools.formats`; `golden/<name>.json` is the truth for
every file of that name.
"""

from __future__ import annotations

import difflib
import importlib.util
import io
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest

from policyparse import model as m
from policyparse.squeeze import squeeze
from tests.documents import ROOT, parsed, walk
from tests.golden import OF_THE_TEXT_FILE, compared, formats, load, samples
from tests.golden_shape import view
from tests.test_invariants import check_every, check_outline, check_round_trip, check_spans
from tools.formats.__main__ import KINDS, made
from tools.formats.notice import Notice, notices

FILES = formats()
SCANS = sorted((ROOT / "tests" / "data" / "scans").iterdir())
PAGED = (".pdf", ".ofd")

TITLES = {name: str(load(name)["title"]) for name in samples()}
DISCLOSURE = {
    "000_d3411eaaf7ef5d1a.html": {
        "网站名称": "吉安市交通运输局",
        "栏目": "通知公告",
        "标题": TITLES["000_d3411eaaf7ef5d1a"],
        "页面标题": f"{TITLES['000_d3411eaaf7ef5d1a']}-吉安市交通运输局",
    },
    **{f"{name}.html": {"页面标题": TITLES[name]} for name in TITLES if name[:3] in ("001", "002", "003")},
    "004_0d288c9a923ba5fa.html": {
        "标题": TITLES["004_0d288c9a923ba5fa"],
        "页面标题": TITLES["004_0d288c9a923ba5fa"],
        "发文机构": "东西湖区扶贫攻坚领导小组办公室",
        "文号": "东扶组办〔2020〕3号",
        "成文日期": "2020年6月3日",
    },
}
"""What a web page says of itself, over and above the notice: the only facts that a format adds."""

of_file = pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)


def test_every_sample_is_there_in_every_format() -> None:
    assert {p.name for p in FILES} == {f"{name}.{kind}" for name in samples() for kind in KINDS}


@of_file
def test_facts_are_those_of_the_golden_file(path: Path) -> None:
    found = view(parsed(path))
    assert (found.pop("disclosure") or {}) == DISCLOSURE.get(path.name, {})
    differences = compared(path.stem, found, OF_THE_TEXT_FILE)
    assert not differences, f"{len(differences)} differences:\n" + "\n".join(differences[:40])


@of_file
def test_invariants_hold(path: Path) -> None:
    check_every(parsed(path), path.read_bytes(), path.name)


@of_file
def test_the_body_says_nothing_more_and_nothing_less_than_the_text(path: Path) -> None:
    """Every character of the notice, in order: page numbers, running heads and the site's navigation are set aside."""
    text, found = (_sevens(parsed(x).text) for x in (samples()[path.stem], path))
    # A text from the web repeats a table's heading on each page, or its cells stand in other lines.
    assert len(text & found) >= 0.96 * max(len(text), len(found))


@of_file
def test_every_fact_has_its_place(path: Path) -> None:
    doc = parsed(path)
    facts = [x for x in walk(doc) if isinstance(x, m.Responsibility | m.Title | m.PhaseTask | m.Deadline | m.TableCell)]
    assert facts
    for fact in facts:
        if fact.span.start == fact.span.end:
            continue  # an empty cell
        places = doc.locate(fact.span)
        assert places
        assert all((p.page if path.suffix in PAGED else p.line or p.table) for p in places)
        if path.suffix in PAGED and squeeze(doc.text[fact.span.start : fact.span.end]):
            assert all(box.x0 < box.x1 and box.y0 < box.y1 for p in places for box in p.boxes)
            assert any(p.boxes for p in places)
            assert all(p.page in {box.page for box in p.boxes} for p in places if p.boxes)


@pytest.mark.parametrize("kind", KINDS)
def test_cells_are_found_by_row_and_column(kind: str) -> None:
    """The last task of the list of 14, and who is responsible for it."""
    path = next(p for p in FILES if p.name.startswith("003") and p.suffix == f".{kind}")
    doc = parsed(path)
    last = doc.measures[-1]
    places = doc.locate(last.responsibilities[0].span)
    assert [(p.table is not None, p.column) for p in places] == [(True, 4)]
    if kind in ("pdf", "ofd"):
        assert places[0].page == doc.source.pages == 8


def test_a_sentence_over_a_page_break_stands_on_both_pages() -> None:
    for path in (p for p in FILES if p.suffix in PAGED and p.name[:3] in ("000", "002")):
        doc = parsed(path)
        pages = [{box.page for p in doc.locate(x.span) for box in p.boxes} for x in doc.measures]
        assert any(len(x) == 2 for x in pages), path.name


def test_automatic_numbers_are_read() -> None:
    """吉交发〔2018〕81号 has no number typed before （三）强化责任追究; Word counts 一、（一）1. by itself."""
    path = next(p for p in FILES if p.name.startswith("000") and p.suffix == ".docx")
    with zipfile.ZipFile(path) as archive:
        document = archive.read("word/document.xml").decode()
    assert "一、" not in re.sub(r"<[^>]+>", "", document)
    assert [m.path for m in parsed(path).measures if m.number == "6"] == [["三", "（三）", "6"]]


@pytest.mark.parametrize("notice", notices(), ids=lambda n: n.name)
@pytest.mark.parametrize("kind", ["docx", "html"])
def test_the_files_are_what_the_script_makes(notice: Notice, kind: str) -> None:
    """docx and html come out the same everywhere (doc, pdf and ofd depend on the LibreOffice that made them)."""
    new = made(notice, kind)
    old = (ROOT / "corpora" / "formats" / f"{notice.name}.{kind}").read_bytes()
    assert _unpacked(new) == _unpacked(old), "run `python -m tools.formats` and commit the files"


def test_samples_stay_small() -> None:
    sizes = {p.name: p.stat().st_size for p in [*FILES, *SCANS]}
    assert max(sizes.values()) < 260_000
    assert sum(sizes.values()) < 1_500_000


@pytest.mark.skipif(
    importlib.util.find_spec("rapidocr") is None, reason='page images need the extra: pip install "policyparse[ocr]"'
)
@pytest.mark.parametrize("path", SCANS, ids=lambda p: p.name)
def test_a_scan_says_what_the_notice_says(path: Path) -> None:
    doc, notice = parsed(path), parsed(ROOT / "corpora" / "formats" / f"{path.stem}.docx")
    assert difflib.SequenceMatcher(None, _bare(doc.text), _bare(notice.text), autojunk=False).ratio() >= 0.97
    differences = [x for x in compared(path.stem, view(doc), OF_THE_TEXT_FILE) if not _same_but_for_width(x)]
    assert not differences, "\n".join(differences)
    check_spans(doc)
    check_outline(doc)
    check_round_trip(doc)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _sevens(text: str) -> set[str]:
    """Every seven characters that follow each other."""
    bare = _bare(text)
    return {bare[i : i + 7] for i in range(len(bare) - 6)}


def _same_but_for_width(difference: str) -> bool:
    """督查, and 督查，: the picture of a comma does not say how wide it was typed."""
    found = re.search(r": - (.*) \+ (.*)$", difference)
    return found is not None and _bare(found[1]) == _bare(found[2])


def _unpacked(data: bytes) -> object:
    """The parts of a package (compression differs between zlib versions), else the bytes (but for line ends)."""
    if not data.startswith(b"PK"):
        return data.replace(b"\r\n", b"\n")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {x: archive.read(x) for x in archive.namelist()}
