"""Header elements: document number, title, issuers, recipients, date, markings, enclosures, imprint, disclosure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...anatomy.lines.kinds import doc_type_of
from ...dates import DateContext, find_dates
from ...diagnostics import Report
from ...model import (
    Disclosure,
    DocumentNumber,
    Enclosure,
    Imprint,
    IssueDate,
    Marking,
    Name,
    Title,
)
from ...organisations import Unit, is_organisation, split_units
from ...outline import Doc
from ...squeeze import squeeze
from ...text import Span
from ...trusted import trusted
from . import markings
from .disclosure import extract_disclosure, field_of, plain_day, written_in_head
from .enclosures import extract_enclosures
from .imprint import extract_imprint
from .names import fuller, split_issuers, title_prefix
from .number import read_number

_NAMES_ITSELF: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    ("通知", ("给你们", "通知"), re.compile(r"现?(?:印发|转发)给你们|通知如下|特此通知|本通知")),
    ("意见", ("意见",), re.compile(r"提出(?:如下|以下)[^。，]{0,8}意见|本(?:实施|指导)?意见")),
    ("批复", ("批复如下", "此复"), re.compile(r"批复如下|此复")),
    ("函", ("复如下", "函告如下", "特此函"), re.compile(r"函复如下|特此函(?:告|达|复)?|函告如下")),
    ("通报", ("通报",), re.compile(r"通报如下|特此通报")),
    ("公告", ("公告",), re.compile(r"公告如下|特此公告|本公告")),
    ("通告", ("通告",), re.compile(r"通告如下|特此通告|本通告")),
    ("决定", ("决定",), re.compile(r"作出?如下决定|决定如下|本决定")),
    ("请示", ("请示如下", "请批"), re.compile(r"请示如下|妥否，请批示|当否，请批")),
    ("报告", ("报告如下", "特此报告"), re.compile(r"(?<!情况)报告如下|特此报告")),
    (
        "方案",
        ("方案",),
        re.compile(
            r"(?:制[定订]|形成|提出)(?:本|如下|以下)[^。，；]{0,14}方案|(?<![一-龥])本(?:实施|工作|行动|整治|试点)?方案"
        ),
    ),
    (
        "措施",
        ("措施",),
        re.compile(
            r"(?:制[定订]|提出|出台)(?:本|如下|以下)[^。，；]{0,10}措施|(?<![一-龥])本(?:政策|若干)?措施"
            r"|制[定订](?!了)[^。，；]{0,24}[一二三四五六七八九十]{1,3}条(?:政策)?措施[。：]"
        ),
    ),
    ("办法", ("办法",), re.compile(r"(?:制[定订])本(?:暂行|管理|实施)?办法|(?<![一-龥])本办法")),
    ("规定", ("规定",), re.compile(r"(?:制[定订])本(?:暂行|若干)?规定|(?<![一-龥])本规定")),
    ("细则", ("细则",), re.compile(r"(?:制[定订])本(?:实施)?细则|(?<![一-龥])本细则")),
    ("计划", ("计划",), re.compile(r"(?:制[定订])本(?:行动|实施|工作)?计划|(?<![一-龥])本(?:行动)?计划")),
)
"""文种 by which a text without title names itself: 现就…通知如下, 特制定本方案."""
_KIND = re.compile(r"(?:公\s*告|(?:命\s*)?令|通\s*告)\s*$")
_FILE = re.compile(r"文\s*件")
_QUALITY = re.compile(
    r"各[\u4e00-\u9fff]{1,2}[^局委办部厅院会处科室站所府镇乡村区县市州盟旗校行企业队团社组司位构体地心道级班口点居员师生门园厂店馆台库户港场线军学关系格屯庄寨\W]\Z"
)
"""各临床, 各全资: how the bodies are, not what they are."""
_KINDS = re.compile(r"(?:各|有关)[^各，；]{0,6}[局委办处科室所站][)）]?\Z")
_AND = frozenset(("以及", "和", "及", "与", "暨"))


@dataclass(slots=True)
class Header:
    """What the header, the signature, the imprint and the page metadata say. Field names are those of the model."""

    document_number: DocumentNumber | None = None
    title: Title | None = None
    doc_type: str | None = None
    issuers: list[Name] = field(default_factory=list)
    recipients: list[Name] = field(default_factory=list)
    issue_date: IssueDate | None = None
    enclosures: list[Enclosure] = field(default_factory=list)
    copy_number: Marking | None = None
    classification: Marking | None = None
    urgency: Marking | None = None
    issuing_mark: Marking | None = None
    signatories: list[Marking] = field(default_factory=list)
    notes: list[Marking] = field(default_factory=list)
    imprint: Imprint | None = None
    disclosure: Disclosure | None = None


def extract_header(doc: Doc, report: Report) -> Header:
    """Header elements of the document."""
    disclosure = extract_disclosure(doc)
    title = _title(doc, disclosure)
    number = read_number(doc, disclosure, report)
    issuers = _issuers(doc, title, disclosure)
    if not (title or number or issuers) and doc.text.string.strip():
        report.add("no-header", "no title, document number or issuer was found: perhaps this is no official document")
    head = next((p for p in doc.anatomy.parts if p.kind == "head"), None)
    marked = markings.lines_of_marks(doc, head)
    return Header(
        document_number=number,
        title=title,
        doc_type=_doc_type(doc, title),
        issuers=issuers,
        recipients=_recipients(doc),
        issue_date=_issue_date(doc, disclosure, report),
        enclosures=extract_enclosures(doc, title, report),
        copy_number=markings.copy_number(doc.text.string, marked),
        classification=markings.classification(doc.text.string, marked),
        urgency=markings.urgency(doc, head, marked),
        issuing_mark=markings.issuing_mark(doc),
        signatories=markings.signatories(doc, head),
        notes=markings.notes(doc),
        imprint=extract_imprint(doc),
        disclosure=disclosure,
    )


_make_title, _make_name, _make_date = trusted(Title), trusted(Name), trusted(IssueDate)


def _title(doc: Doc, disclosure: Disclosure | None) -> Title | None:
    span = doc.anatomy.title
    if span is not None:
        return _make_title({"text": squeeze(doc.text.string[span.start : span.end]), "span": span})
    given = field_of(disclosure, "title")
    return Title(text=given.value, span=given.span) if given else None


def _doc_type(doc: Doc, title: Title | None) -> str | None:
    """文种: from the title, else from how the text names itself."""
    if title:
        flat = "".join(title.text.split())
        if flat.endswith("》") and re.search(r"(?:印发|转发)《", flat):
            return "通知"  # …办公室印发《…方案》
        found = doc_type_of(flat)
        if found:
            return found
    s = doc.text.string
    body = next((p for p in doc.anatomy.parts if p.kind == "body"), None)
    if body is None:
        return None
    opening = s[body.start : min(body.end, body.start + 1200)]
    hits = _self_names(opening)
    if not hits and body.end - body.start > 1200:
        closing = s[max(body.start + 1200, body.end - 300) : body.end]
        hits = _self_names(closing)
    return min(hits)[1] if hits else None


def _self_names(passage: str) -> list[tuple[int, str]]:
    """(place, 文种) of the phrases by which a passage names its own text."""
    return [
        (m.start(), kind)
        for kind, needs, pattern in _NAMES_ITSELF
        if any(n in passage for n in needs) and (m := pattern.search(passage))
    ]


def _issuers(doc: Doc, title: Title | None, disclosure: Disclosure | None) -> list[Name]:
    """发文机关: red header, else signature, else the title's prefix, else page metadata."""
    s, anatomy = doc.text.string, doc.anatomy
    prefix = _prefix_names(s, title)
    given = _metadata_names(s, disclosure)
    hints = frozenset(n.name for n in (*prefix, *given))
    signed = split_issuers(s, anatomy.signature.start, anatomy.signature.end, hints) if anatomy.signature else []
    marked = _mark_names(s, anatomy.issuing_mark, hints)
    if marked and len(signed) > len(marked) and {n.name for n in marked} < {n.name for n in signed}:
        marked = []  # the red header shows the host only
    if signed and {n.name for n in signed} < {n.name for n in prefix}:
        signed = []  # only a part of the signature could be read
    chosen = marked or signed or prefix or given
    told = [*marked, *signed, *prefix]
    return [fuller(fuller(n, told), given, of_page=True) for n in chosen]


def _prefix_names(s: str, title: Title | None) -> list[Name]:
    if title is None:
        return []
    prefix = title_prefix(s[title.span.start : title.span.end])
    return split_issuers(s, title.span.start, title.span.start + len(prefix)) if prefix else []


def _metadata_names(s: str, disclosure: Disclosure | None) -> list[Name]:
    given = field_of(disclosure, "issuer")
    if given is None:
        return []
    return [
        n for n in split_issuers(s, given.span.start, given.span.end) if is_organisation(n.name) or n.name == "国务院"
    ]


def _mark_names(s: str, span: Span | None, hints: frozenset[str]) -> list[Name]:
    if span is None:
        return []
    names: list[Name] = []
    at = span.start
    kind = _KIND.search(s, span.start, span.end)
    span = Span(span.start, kind.start()) if kind else span
    for m in _FILE.finditer(s, span.start, span.end):
        names += split_issuers(s, at, m.start(), hints)
        at = m.end()
    return names + split_issuers(s, at, span.end, hints)


def _recipients(doc: Doc) -> list[Name]:
    span = doc.anatomy.recipients
    if span is None:
        return []
    s = doc.text.string
    spans: list[Span] = []
    for u in split_units(s, span.start, span.end):
        between = s[spans[-1].end : u.start].strip() if spans else ""
        if between in _AND or (between == "、" and _one_call(s, spans[-1], u)):
            spans[-1] = Span(spans[-1].start, u.end)  # 各乡镇党委和人民政府: a list of recipients is cut at ，、；
            continue
        at = s.find("并", u.start + 3, u.end)
        if at > 0 and is_organisation(squeeze(s[u.start : at])) and is_organisation(squeeze(s[at + 1 : u.end])):
            spans += [Span(u.start, at), Span(at + 1, u.end)]  # 某某县人民政府并某某市人民政府：
        else:
            spans.append(Span(u.start, u.end))
    return [_make_name({"name": squeeze(s[x.start : x.end]), "span": x}) for x in spans]


def _one_call(s: str, before: Span, u: Unit) -> bool:
    """各临床、医技科室; 机关各局（办）、中心: what stands before 、 is no name without the noun behind it."""
    if s[u.start] not in "各市县区局" and _QUALITY.match(s, before.start, before.end):
        return True
    return s[u.start : u.end] in ("中心", "办公室") and _KINDS.search(s, before.start, before.end) is not None


def _issue_date(doc: Doc, disclosure: Disclosure | None, report: Report) -> IssueDate | None:
    """成文日期: in the signature, else the explicit one of the page metadata."""
    span = doc.anatomy.issue_date
    if span is None and field_of(disclosure, "written") is None:
        span = written_in_head(doc)
    if span is None:
        given = field_of(disclosure, "written")
        if given is None or disclosure is None:
            return None
        return IssueDate(text=given.value, date=disclosure.written, span=given.span)
    s = doc.text.string
    text = squeeze(s[span.start : span.end])
    if plain := plain_day(text):
        return _make_date({"text": text, "date": plain.isoformat(), "candidates": [], "span": span})
    days = find_dates(s, span.start, span.end, context=DateContext())
    day = days[0] if days else None
    if day and day.candidates:
        readings = [c.isoformat() for c in day.candidates]
        report.add("ambiguous-date", f"{text} reads as {' or '.join(readings)}", span)
        return IssueDate(text=text, date=None, candidates=readings, span=span)
    if day is None or day.last is None or day.problem == "invalid-date":
        report.add("invalid-date", f"{text} is no date of the calendar", span)
        return IssueDate(text=text, date=None, span=span)
    whole = day.first == day.last  # 2021年4月 names no day
    return IssueDate(text=text, date=day.last.isoformat() if whole else None, span=span)
