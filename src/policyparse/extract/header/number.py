"""The number of the document (发文字号, §7.2.5): in its text, else in the page metadata."""

from __future__ import annotations

import re

from ...diagnostics import Report
from ...model import Disclosure, DocumentNumber
from ...numbers import NumberMatch, find_numbers
from ...outline import Doc
from ...squeeze import squeeze
from ...text import Span
from ...trusted import trusted
from .disclosure import field_of

_BREAK = re.compile(r"\s*\n\s*|(?<=[公通])\s+(?=告)")


def read_number(doc: Doc, disclosure: Disclosure | None, report: Report) -> DocumentNumber | None:
    """发文字号: in the text first, else in the page metadata."""
    s, span = doc.text.string, doc.anatomy.number
    found = find_numbers(s, span.start, span.end) if span is not None else []
    plain = _as_number(s, found)
    own = _own_number(s, span, plain) if span is not None else None
    given = field_of(disclosure, "document_number")
    stated = _stated_number(given.value, given.span) if given else None
    if own and stated and own.normalized != stated.normalized:
        report.add(
            "metadata-conflict", f"document number {own.normalized}, page metadata {stated.normalized}", own.span
        )
    if own and True in [n.restored for n in found]:
        report.add("number-restored", f"{own.text} read as {own.normalized}", own.span)
    number = own or stated
    if number is None or number is plain:
        return number
    written = _written_in(s, number.span, number.text)
    return number if written == number.span else number.model_copy(update={"span": written})


def _own_number(s: str, span: Span, plain: DocumentNumber | None) -> DocumentNumber | None:
    """The number that stands in `span`; `plain`: as it is read there without further ado."""
    written, own = s[span.start : span.end], plain
    if "\n" in written.strip():  # 某某部公告 / 2023年第4号
        joined = _BREAK.sub("", written)
        if not (parts := find_numbers(joined)):  # 某某局 / 公　　告 / 2024年 第18号
            joined = squeeze(joined)
            parts = find_numbers(joined)
        own = _as_number(joined, parts, span) or plain
        if own and own.organ_code is None:  # 某某市总河长令 / （2021年第1号）: whoever issues it
            own = own.model_copy(update={"text": squeeze(joined), "normalized": squeeze(joined)})
    if own is not None:
        return own
    counted = squeeze(written)  # …的公告（2021年第121号）
    year = re.match(r"(\d{4})年", counted)
    serial = re.search(r"第(\d+)号", counted)
    return DocumentNumber(
        text=counted,
        normalized=counted,
        year=int(year[1]) if year else None,
        serial=serial[1] if serial else None,
        span=span,
    )


def _written_in(s: str, span: Span, text: str) -> Span:
    """Where `text` stands in `span`, blanks aside: 文号：甲人社〔2023〕3号 / holds more than the number."""
    if squeeze(s[span.start : span.end]) == text:
        return span
    places = [n for n in range(span.start, span.end) if not s[n].isspace()]
    wanted = "".join(text.split())
    at = "".join([s[n] for n in places]).find(wanted)
    return Span(places[at], places[at + len(wanted) - 1] + 1) if at >= 0 else span


def _stated_number(value: str, span: Span) -> DocumentNumber | None:
    """The number of the page metadata; one of an unknown form (国令第718号) as written."""
    found = _as_number(value, find_numbers(value), span)
    if found is None and len(value) <= 30 and re.search(r"\d\s*号$", value):
        flat = "".join(value.split())
        return DocumentNumber(text=squeeze(value), normalized=flat, span=span)
    return found


def _as_number(s: str, found: list[NumberMatch], span: Span | None = None) -> DocumentNumber | None:
    if not found:
        return None
    first, last = found[0], found[-1]
    return _make_number(
        {
            "text": squeeze(s[first.start : last.end]),
            "normalized": "、".join([n.normalized for n in found]),
            "organ_code": first.organ_code,
            "year": first.year,
            "serial": first.serial,
            "span": span or Span(first.start, last.end),
        }
    )


_make_number = trusted(DocumentNumber)
