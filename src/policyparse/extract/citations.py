"""Documents that the text cites: by number (国发〔2025〕11号), or by title alone after 根据, 按照, 落实 …"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from .. import lexicon
from ..diagnostics import Report
from ..model import Citation, DocumentNumber, Relation
from ..numbers import NumberMatch, find_numbers
from ..outline import Doc
from ..squeeze import squeeze
from ..text import Span

_KINDS = lexicon.words("cited_kinds")
_BASIS = re.compile("根据|依据|按照|遵照|依照|贯彻|落实|执行|对照|参照|遵循|符合|按|依")
_TITLED = regex.compile(r"《(?P<title>(?:[^《》\n]++|《[^《》\n]{1,80}+》){1,9}+)》")
_ISSUE = regex.compile(r"[（(][^（）()《》]{1,20}[)）]$")
"""…办法（试行）, …意见（2020年）."""
_ABOLISHES = regex.compile(
    r"(?:废止|停止执行|宣布失效)(?:了)?[^。；，\n《》]{0,20}(?:《[^》\n]{2,60}》[^。；，\n《》]{0,20}、)*$"
)
_FORWARDS = regex.compile(r"(?:转发|批转|转印)(?:了)?[^。；\n《》]{0,30}$")
_ISSUES = regex.compile(r"(?:印发|下发|出台|颁布|发布|制定)(?:了|的)?[^。；\n《》]{0,20}$")
_FORWARDED = regex.compile(r"^[^。；\n，]{0,12}?(?P<verb>转发|印发|下发|转给)(?:给|至|各|你)")
_MADE = regex.compile(r"(?:制定|制订|出台|编制|起草|修订|形成|印发|填写|填报|签订|发布)(?:了|的|好)?\s*$")
_LISTED = regex.compile(r"[）)\s]{0,3}(?:文件?)?(?:[、，,和及与以]{1,2}\p{Han}{0,16})?")
"""Between two documents of one list: …》《…, …）和省编办《…."""
_ABOLISH = regex.compile(r"^[^。；\n]{0,60}?(?:同时|予以|即行|自行|相应|一并|停止)?(?:废止|失效|停止执行|不再执行)")
_AMEND = regex.compile(r"^[^。；，\n]{0,20}?(?:修改为|作如下修改|进行修改|予以修改|修订)")
_ENDED = ("废止", "失效", "停止执行", "不再执行")
_BACK = 200


def extract_citations(doc: Doc, own: DocumentNumber | None, report: Report) -> list[Citation]:
    """Cited documents, each once, in order of their first place; the document's own number is none."""
    string = doc.text.string
    ranges = [(p.start, p.end) for p in doc.anatomy.parts if p.kind != "meta"]
    numbered = list(_by_number(string, ranges, _own_numbers(doc, own)))
    titled = [m for a, b in ranges for m in _titles(string, a, b)] if "《" in string else []
    places, known = {c.span.start for c in numbered}, {c.title for c in numbered}
    mentions = [
        *numbered,
        *(_titled(string, m) for m in titled if m.start() not in places),
    ]
    out: dict[str, Citation] = {}
    last: Citation | None = None
    for citation in sorted(mentions, key=lambda c: c.span.start):
        if last and citation.relation == "引用" and _LISTED.fullmatch(string, last.span.end, citation.span.start):
            citation = citation.model_copy(update={"relation": last.relation})
        last = citation
        number = citation.document_number
        if number or (citation.title not in known and citation.relation in ("依据", "废止", "修改")):
            out.setdefault(number.normalized if number else citation.title or "", citation)
    return list(out.values())


def _by_number(string: str, ranges: list[tuple[int, int]], mine: set[str]) -> Iterator[Citation]:
    for number in (n for a, b in ranges for n in find_numbers(string, a, b)):
        if number.normalized not in mine and number.organ_code is not None:
            yield _citation(string, number, _title_before(string, number.start))


def _own_numbers(doc: Doc, own: DocumentNumber | None) -> set[str]:
    """The document's own number, from the header and as it stands in the text (metadata may write it differently)."""
    numbers = set(own.normalized.split("、")) if own else set()
    if place := doc.anatomy.number:
        numbers.update(n.normalized for n in find_numbers(doc.text.string, place.start, place.end))
    return numbers


def _title_before(string: str, at: int) -> Span | None:
    """Inside of 《…》 that closes right before （number）; nested marks 《…《…》…》 are kept whole."""
    i = at
    while i > 0 and string[i - 1] in "（([〔 　\n\t，,的“”":
        i -= 1
    if i == 0 or string[i - 1] != "》":
        return None
    depth, low = 0, max(0, i - _BACK)
    for k in range(i - 1, low - 1, -1):
        if string[k] == "》":
            depth += 1
        elif string[k] == "《":
            depth -= 1
            if depth == 0:
                return Span(k + 1, i - 1)
    opening = string.rfind("《", low, i)
    return Span(opening + 1, i - 1) if opening >= 0 else None


def _citation(string: str, number: NumberMatch, title: Span | None) -> Citation:
    start = title.start - 1 if title else number.start
    return Citation(
        title=squeeze(string[title.start : title.end]) if title else None,
        document_number=DocumentNumber(
            text=squeeze(string[number.start : number.end]),
            normalized=number.normalized,
            organ_code=number.organ_code,
            year=number.year,
            serial=number.serial,
            span=Span(number.start, number.end),
        ),
        relation=_relation(string, start, number.end),
        span=Span(start, number.end),
    )


def _relation(string: str, start: int, end: int) -> Relation:
    """What the text does with the cited document."""
    after = string[end : end + 80]
    if any(w in after for w in _ENDED) and _ABOLISH.match(after):
        return "废止"
    if "修" in after and _AMEND.match(after):
        return "修改"
    if ("发" in after or "转" in after) and (sent := _FORWARDED.match(after)):
        return "印发" if sent["verb"] != "转发" else "转发"
    before = string[max(0, start - 80) : start].replace("、\n", "、")
    if _MADE.search(before[-8:]):
        return "印发" if before.rstrip().endswith(("印发", "印发的", "印发了", "发布", "发布的")) else "引用"
    return _relation_before(before)


def _relation_before(before: str) -> Relation:
    """By the words before the document: 根据…, 转发…, 废止…."""
    if any(w in before for w in _ENDED) and _ABOLISHES.search(before):
        return "废止"
    if "转" in before and _FORWARDS.search(before):
        return "转发"
    clause = before[max(before.rfind(mark) for mark in "。；\n") + 1 :]
    if _BASIS.search(clause, max(len(clause) - 44, 0)):
        return "依据"
    return "印发" if _ISSUES.search(clause) else "引用"


def _titles(string: str, start: int, end: int) -> Iterator[regex.Match[str]]:
    """《…》 that names a document by its kind (《…条例》, 《…办法（试行）》)."""
    for m in _TITLED.finditer(string, start, end):
        title = m["title"].rstrip()
        if title.endswith(("）", ")")):
            title = _ISSUE.sub("", title).rstrip()
        if 2 < len(title) <= 120 and title.endswith(_KINDS):
            yield m


def _titled(string: str, m: regex.Match[str]) -> Citation:
    return Citation(
        title=squeeze(m["title"]),
        relation=_relation(string, m.start(), m.end()),
        span=Span(m.start(), m.end()),
    )
