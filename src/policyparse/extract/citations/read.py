"""Documents that the text cites: by number (国发〔2025〕11号), or by title alone after 根据, 按照, 落实 …"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from ... import lexicon
from ...anatomy import Part
from ...diagnostics import Report
from ...model import Citation, DocumentNumber, Relation
from ...numbers import NumberMatch
from ...numbers_listed import find_cited
from ...outline import Doc
from ...search import places
from ...squeeze import squeeze
from ...text import Span, new
from ...trusted import trusted
from .repealed import Repealed
from .titles import title_before

_KINDS = lexicon.words("cited_kinds")
_BASIS = re.compile("根据|依据|结合|按照|遵照|依照|贯彻|落实|执行|对照|参照|遵循|符合|按|依")
_ON_THESE = re.compile(r"\s*据(?![悉统了初此])")
"""据省政府《…》精神，…."""
_TITLED = re.compile(r"《(?P<title>(?:[^《》\n]++|《[^《》\n]{1,80}+》){1,9}+)》")
_WITH = re.compile(r"(?:^|[，,、：:])[^，,：:《》]{0,12}以[^，,：:《》]{0,20}$")
_AS_BASIS = re.compile(
    r"(?:[^。；，\n《》]{0,20}《[^》\n]{1,60}》){0,6}[^。；，\n《》]{0,20}为(?:根本|基本|主要|重要|工作)?"
    r"(?:依据|指导|遵循|准绳|准则|指引|引领|统领|指南)"
)
"""以《某某法》等法律法规|为依据."""
_ISSUE = re.compile(r"[（(][^（）()《》]{1,20}[)）]$")
"""…办法（试行）, …意见（2020年）."""
_ABOLISHES = re.compile(
    r"(?:废止|停止执行|宣布失效)(?:了)?[^。；，\n《》]{0,20}(?:《[^》\n]{2,60}》[^。；，\n《》]{0,20}、)*$"
)
_FORWARDS = re.compile(r"(?:转发|批转|转印)(?:了)?[^。；\n《》]{0,30}$")
_ISSUES = re.compile(r"(?:印发|下发|出台|颁布|发布|制定)(?:了|的)?[^。；\n《》]{0,20}$")
_FORWARDED = re.compile(r"^[^。；\n，]{0,12}?(?P<verb>转发|印发|下发|转给)(?:给|至|各|你)")
_MADE = re.compile(r"(?:制定|制订|出台|编制|起草|修订|形成|印发|填写|填报|签订|发布)(?:了|的|好)?\s*$")
_LISTED = re.compile(
    r"[）)\s]{0,3}(?:文件?|等(?:有关|相关)?(?:法律法规|法律、法规|规定))?"
    r"(?:[、，,和及与以]{1,2}(?:[一-鿿]{0,16}|[一-鿿、\s]{0,60}[部委局厅办府院会署处组]))?"
)
"""Between two documents of one list: …》《…, …）和省编办《…, …）和省财政厅、省教育厅《…."""
_OPENS_LINE = re.compile(
    r"\n[ \t　]{0,8}(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．][ 　]{0,4})?(?:[一-鿿、]{2,16})?\Z"
)
"""1.《某某法》, 国务院《某某条例》 at the head of a line."""
_LONGEST_OPENING, _LONGEST_HEADING = 32, 16
_ABOLISH = re.compile(
    r"^(?:[^。；\n《]|(?<=[、和及与])《[^》\n]{1,60}》){0,60}?(?:同时|予以|即行|自行|相应|一并|停止)?(?:废止|失效|停止执行|不再执行|作废)"
    r"(?!了?(?:[0-9一二三四五六七八九十]+[件个部]|《|下列|以下|如下|部分|原))"
)
"""…》（…）同时废止; not …》（…）要求，现废止以下文件."""
_ENDED = re.compile("废止|作废|失效|停止执行|不再执行")
_REASON = re.compile(r"(?:根据|依据|按照?|遵照|依照|落实|执行)[^，。；\n《》]{0,24}$")
_AMEND = re.compile(r"^[^。；，\n]{0,20}?(?:修改为|作如下修改|进行修改|予以修改|修订)")


class _Mention(NamedTuple):
    """A document as it is cited at one place; only some mentions become citations."""

    start: int
    end: int
    relation: Relation
    title: Span | None
    number: NumberMatch | None = None


def extract_citations(doc: Doc, own: DocumentNumber | None, report: Report) -> list[Citation]:
    """Cited documents, each once, in order of their first place; the document's own number is none."""
    string = doc.text.string
    ranges = _stretches(doc.anatomy.parts)
    numbers = [n for a, b in ranges for n in find_cited(string, a, b)]
    mine = _own_numbers(doc, own, numbers) | _in_short(numbers)
    numbered = [_by_number(string, n) for n in numbers if n.normalized not in mine and _names_document(string, n)]
    titled = [m for a, b in ranges for m in _titles(string, a, b)]
    mentions = [*numbered, *[_titled(string, m) for m in _outside(titled, numbered)]]
    out: dict[str, Citation] = {}
    last: _Mention | None = None
    below = -1
    repealed = Repealed(doc)
    for mention in sorted(mentions, key=attrgetter("start")):
        listed = last and mention.relation == "引用" and _LISTED.fullmatch(string, last.end, mention.start)
        if last and listed and "被" not in listed.group():
            mention = mention._replace(relation=last.relation)
        elif mention.relation == "引用" and _below_basis(string, mention.start, below):
            mention = mention._replace(relation="依据")
            below = string.find("\n", mention.end, mention.end + _LONGEST_OPENING)
        if repealed.lists(mention.start):
            mention = mention._replace(relation="废止")
        last = mention
        if mention.number is None and mention.relation not in ("依据", "废止", "修改"):
            continue
        title = _title(string, mention)
        key = mention.number.normalized if mention.number else title or ""
        if key not in out:
            out[key] = _citation(string, mention, title)
    if all(c.document_number for c in out.values()):
        return list(out.values())
    known = {_title(string, m) for m in numbered} | _short_names(string)
    return [c for c in out.values() if c.document_number or c.title not in known]


def _below_basis(string: str, start: int, below: int) -> bool:
    """Whether a document at the head of its line stands under 编制依据, or under (`below`) another that does."""
    near = max(0, start - _LONGEST_OPENING)
    if below < 0 and "依据" not in string[max(0, near - _LONGEST_HEADING) : start]:
        return False  # as most
    opening = _OPENS_LINE.search(string, near, start)
    if opening is None:
        return False
    at = opening.start()
    above = string[string.rfind("\n", max(0, at - _LONGEST_HEADING), at) + 1 : at]
    return at == below or above.rstrip("：: 　").endswith("依据")


def _stretches(parts: tuple[Part, ...]) -> list[tuple[int, int]]:
    """What is not metadata; parts that follow each other are read as one."""
    found: list[tuple[int, int]] = []
    for part in parts:
        if part.kind == "meta":
            continue
        if found and found[-1][1] == part.start:
            found[-1] = found[-1][0], part.end
        else:
            found.append((part.start, part.end))
    return found


def _outside(titled: list[re.Match[str]], numbered: list[_Mention]) -> Iterator[re.Match[str]]:
    """The titles that are no part of a document cited by its number: 关于印发《某某办法》的通知（…号）."""
    taken = sorted((m.start, m.end) for m in numbered)
    for m in titled:
        i = bisect_right(taken, (m.start(), len(m.string))) - 1
        if i < 0 or m.start() >= taken[i][1]:
            yield m


def _in_short(numbers: list[NumberMatch]) -> set[str]:
    """2022年第14号公告 for 某某部公告2022年第14号, 原某发〔2018〕7号 for 某发〔2018〕7号, which are cited as well."""
    found = {n.normalized for n in numbers}
    short = {name for name in found if name[0] == "原" and name[1:] in found}
    if bare := [n for n in numbers if n.organ_code is None and n.year]:
        whole = {(n.year, n.serial) for n in numbers if n.organ_code and n.organ_code.endswith(_KINDS_COUNTED)}
        short.update([n.normalized for n in bare if (n.year, n.serial) in whole])
    return short


_KINDS_COUNTED = ("公告", "通告", "令")
_SHORT = re.compile(r"称(?:为|作|之为)?[：:]?\s?[“\"‘]?《([^《》\n]{2,40})》")


def _short_names(string: str) -> set[str | None]:
    """Names that the text gives a document for itself: …（国科发火〔2016〕32号，以下简称《认定办法》）."""
    return {squeeze(m[1]) for at in places(string, "称") if (m := _SHORT.match(string, at))}


def _names_document(string: str, number: NumberMatch) -> bool:
    """A number without letters (〔2021〕8号) names a document only behind its kind: 会议纪要（〔2021〕8号）."""
    if number.organ_code is not None or string[number.start] == "2":  # 《…公告》（2023年第60号）
        return True
    return string[max(0, number.start - 4) : number.start].rstrip("（(》 ").endswith("纪要")


def _by_number(string: str, number: NumberMatch) -> _Mention:
    title = title_before(string, number.start)
    start = number.start
    if title is not None:
        start = title.start - (string[title.start - 1 : title.start] == "《")
    return new(_Mention, (start, number.end, _relation(string, start, number.end), title, number))


def _title(string: str, mention: _Mention) -> str | None:
    return squeeze(string[mention.title.start : mention.title.end]) if mention.title else None


def _own_numbers(doc: Doc, own: DocumentNumber | None, found: list[NumberMatch]) -> set[str]:
    """The document's own number, from the header and as it stands in the text (metadata may write it differently)."""
    mine = set(own.normalized.split("、")) if own else set()
    if (place := doc.anatomy.number) is not None:
        mine.update(n.normalized for n in found if n.start < place.end and place.start < n.end)
    return mine


def _citation(string: str, mention: _Mention, title: str | None) -> Citation:
    return _make_citation(
        {
            "title": title,
            "document_number": _number(string, mention.number) if mention.number else None,
            "relation": mention.relation,
            "span": Span(mention.start, mention.end),
        }
    )


def _number(string: str, number: NumberMatch) -> DocumentNumber:
    return _make_number(
        {
            "text": squeeze(string[number.start : number.end]),
            "normalized": number.normalized,
            "organ_code": number.organ_code,
            "year": number.year,
            "serial": number.serial,
            "span": Span(number.start, number.end),
        }
    )


_make_citation, _make_number = trusted(Citation), trusted(DocumentNumber)


def _relation(string: str, start: int, end: int) -> Relation:
    """What the text does with the cited document."""
    after = string[end : end + 80]
    if _names_end(after) and _ABOLISH.match(after) and not _REASON.search(string, max(0, start - 32), start):
        return "废止"
    if "修" in after and _AMEND.match(after):
        return "修改"
    if ("发" in after or "转" in after) and (sent := _FORWARDED.match(after)):
        return "印发" if sent["verb"] != "转发" else "转发"
    before = string[max(0, start - 80) : start].replace("、\n", "、")
    if _MADE.search(before[-8:]):
        if _REASON.search(before):
            return "依据"  # 按照省政府印发的《…》执行
        return "印发" if before.rstrip().endswith(("印发", "印发的", "印发了", "发布", "发布的")) else "引用"
    relation = _relation_before(before)
    if (
        relation == "引用"
        and "以" in before
        and "为" in after
        and _WITH.search(_clause(before))
        and _AS_BASIS.match(after)
    ):
        return "依据"
    return relation


def _relation_before(before: str) -> Relation:
    """By the words before the document: 根据…, 转发…, 废止…."""
    if _names_end(before) and _ABOLISHES.search(before):
        return "废止"
    if "转" in before and _FORWARDS.search(before):
        return "转发"
    clause = _clause(before)
    if _BASIS.search(clause, max(len(clause) - 44, 0)) or _ON_THESE.match(clause):
        return "依据"
    return "印发" if _ISSUES.search(clause, max(len(clause) - 24, 0)) else "引用"


def _clause(before: str) -> str:
    """The words of the sentence a document stands in, up to it."""
    return before.replace("；", "。").replace("\n", "。").rpartition("。")[2]


def _names_end(words: str) -> bool:
    return ("废" in words or "失效" in words or "执行" in words) and _ENDED.search(words) is not None


def _titles(string: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """《…》 that names a document by its kind (《…条例》, 《…办法（试行）》)."""
    after = start
    for at in places(string, "《", start, end):
        m = _TITLED.match(string, at, end) if at >= after else None
        if m is None:
            continue
        after = m.end()
        title = m["title"].rstrip()
        if title.endswith(("）", ")")):
            title = _ISSUE.sub("", title).rstrip()
        if 2 < len(title) <= 120 and title.endswith(_KINDS):
            yield m


def _titled(string: str, m: re.Match[str]) -> _Mention:
    start, end = m.span()
    return new(_Mention, (start, end, _relation(string, start, end), Span(*m.span("title")), None))
