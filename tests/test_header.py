"""Header values stand where their spans say, over the sample notices and the header cases."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

import policyparse
from policyparse import PolicyDocument
from policyparse.numbers import find_numbers
from policyparse.squeeze import squeeze
from policyparse.text import Span

from .conftest import CORPORA
from .test_cases import CASES, cases_of

SAMPLES = sorted((CORPORA / "notices").glob("*.txt"))


def placed(doc: PolicyDocument) -> Iterator[tuple[str, Span]]:
    """(value, its span) of every header element that is text as written."""
    if doc.title:
        yield doc.title.text, doc.title.span
    for name in (*doc.issuers, *doc.recipients, *(doc.imprint.cc if doc.imprint else [])):
        yield name.name, name.span
    for mark in (doc.copy_number, doc.classification, doc.urgency, doc.issuing_mark, *doc.signatories, *doc.notes):
        if mark:
            yield mark.text, mark.span
    for enclosure in doc.enclosures:
        yield enclosure.title, enclosure.span
    if doc.issue_date:
        yield doc.issue_date.text, doc.issue_date.span
    for field in doc.disclosure.fields if doc.disclosure else []:
        yield field.value, field.span


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_values_stand_where_their_spans_say(path: object) -> None:
    doc = policyparse.parse(str(path))
    for value, span in placed(doc):
        assert squeeze(doc.text[span.start : span.end]) == value


def test_a_number_stands_where_it_says_in_a_field_that_holds_more() -> None:
    doc = policyparse.parse_text(
        "信息名称：青禾市水务局公告 /\n文号：青 水〔2023〕3号 /\n青禾市水务局公告\n河道清理即日起进行。\n"
    )
    assert doc.document_number is not None and doc.document_number.text == "青水〔2023〕3号"
    assert doc.text[doc.document_number.span.start : doc.document_number.span.end] == "青 水〔2023〕3号"


def test_an_enclosed_title_stands_within_its_quotation_marks() -> None:
    notice = "关于印发《河道清理办法》的通知\n各县水务局：\n现将《河道清理办法》印发给你们，请遵照执行。\n"
    notice += "甲市水务局\n2024年1月22日\n"
    doc = policyparse.parse_text(
        notice + "《河道清理办法》\n第一条 为清理河道，制定本办法。\n第二条 本办法自印发之日起施行。\n"
    )
    (enclosure,) = doc.enclosures
    assert enclosure.text_span is not None
    assert doc.text[enclosure.span.start : enclosure.span.end] == enclosure.title == "河道清理办法"
    assert enclosure.span.start == enclosure.text_span.start + 1


@pytest.mark.parametrize("given", [g for _, g, _ in cases_of(CASES / "header.txt")][::4])
def test_values_of_made_up_notices_stand_where_their_spans_say(given: str) -> None:
    doc = policyparse.parse_text(given)
    for value, span in placed(doc):
        assert squeeze(doc.text[span.start : span.end]) == value


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_parts_cover_the_text(path: object) -> None:
    doc = policyparse.parse(str(path))
    number = doc.document_number
    if number:
        assert [n.normalized for n in find_numbers(number.normalized)] == [number.normalized]


def test_conflict_of_page_and_document_is_reported() -> None:
    doc = policyparse.parse_text(
        "标题：关于做好防火工作的通知\n文号：青林〔2020〕5号\n成文日期：2020年1月3日\n\n"
        "青禾市林业局关于做好防火工作的通知\n青林发〔2020〕5号\n各县林业局：\n　　现就防火工作通知如下。\n"
        "青禾市林业局\n2020年1月3日\n"
    )
    assert doc.document_number and doc.document_number.normalized == "青林发〔2020〕5号"
    assert "metadata-conflict" in [d.code for d in doc.diagnostics]


def test_metadata_fields_are_listed() -> None:
    doc = policyparse.parse_text(
        "索 引 号：QH-2020-1\n主题分类：林业\n发文机关：青禾市林业局\n成文日期：2020年01月03日\n"
        "标　　题：关于做好防火工作的通知\n发文字号：青林〔2020〕5号\n发布日期：2020年01月09日\n有效性：有效\n\n"
        "关于做好防火工作的通知\n各县林业局：\n　　现就防火工作通知如下。\n"
    )
    page = doc.disclosure
    assert page is not None
    assert (page.index_number, page.topic, page.issuer) == ("QH-2020-1", "林业", "青禾市林业局")
    assert (page.written, page.published, page.validity) == ("2020-01-03", "2020-01-09", "有效")
    assert doc.issue_date and doc.issue_date.date == "2020-01-03"
    assert [n.name for n in doc.issuers] == ["青禾市林业局"]


PIECES = (
    *("青禾市教育局", "文件", "青教〔2021〕3号", "关于", "印发", "《"),
    *("》", "安全方案", "的通知", "各学校：", "各县、", "现将", "给你们。"),
    *("2021年3月1日", "（试行）", "附件", "附件1：", "1.", "抄送："),
    *("**", "<b>", "特急", "（", "）", "目录", "第318号"),
    *("令", "公告", "2023年", "二〇二一年三月一日", "签发人：李明", "号"),
    *("一、目标", "附：", "来源：", "2021年4月", "共印5份", "主送："),
    *("会议纪要", "；", "："),
    *("\n", "\n", "\n", " ", "\u3000", "\t", "# "),
)


def test_any_order_of_header_pieces_is_read_and_covered() -> None:
    choose = random.Random(7)
    for _ in range(300):
        given = "".join(choose.choice(PIECES) for _ in range(choose.randint(0, 40)))
        doc = policyparse.parse_text(given) if given.strip() else None
        for value, span in placed(doc) if doc else ():
            assert value and 0 <= span.start <= span.end <= len(doc.text if doc else "")


def test_no_header_is_reported() -> None:
    piece = policyparse.parse_text("完善制度，进一步加强监管。\n大力推广网上办理。\n")
    assert [d.code for d in piece.diagnostics] == ["no-header"]
    notice = policyparse.parse_text("甲县水利局关于做好防汛工作的通知\n各单位：\n请认真落实。\n")
    assert "no-header" not in [d.code for d in notice.diagnostics]
    assert "no-header" not in [d.code for d in policyparse.parse_text(" \n").diagnostics]


def test_a_label_with_the_frame_of_a_table_alone_behind_it() -> None:
    notice = "关于河道清理的通知\n各县水务局：\n请于5月底前完成河道清理。\n附件：1.项目资金申报表\n"
    notice += "青禾市水务局\n2024年1月22日\n"
    doc = policyparse.parse_text(notice + "附件1 |\n项目资金申报表\n填报单位：\n")
    assert [a.title for a in doc.attachments] == ["项目资金申报表"]
