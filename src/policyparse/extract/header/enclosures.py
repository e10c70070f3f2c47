"""Texts that the notice issues or forwards (印发/转发): from their own headings, else as the notice names them."""

from __future__ import annotations

import re

from ...anatomy import Part
from ...anatomy.issued import similar
from ...anatomy.lines.kinds import doc_type_of
from ...diagnostics import Report
from ...model import Enclosure, Title
from ...outline import Doc
from ...squeeze import squeeze
from ...text import Span
from ...trusted import trusted

_ISSUES = re.compile(r"印发|转发|下发|颁布|批转|印送|发布|公布")
_QUOTED = re.compile(r"《([^《》\n]{4,120}(?:《[^《》\n]{1,60}》[^《》\n]{0,60})?)》")
_HANDED = re.compile(
    r"(?<![号令日])(?:印发|转发|下发|颁布|印送|发布|公布|批转)(?:给你们|施行|执行|实施|你们|，|,|。|；)|(?:予以?|一并)(?:印发|转发|发布|公布)"
)
_GIVEN = re.compile(
    r"现将(?:《(?P<quoted>[^《》\n]{2,100})》|(?P<bare>[^《》，。；：]{6,80}?))"
    r"(?:[（(][^（）()]{1,30}[）)])?(?:印发|转发|下发|下达)给?你们"
)
_ORDERED = re.compile(
    r"现予?(?:公布|发布|颁布)《([^《》]{4,80})》|《([^《》]{4,80})》[^。《》]{1,80}现予(?:公布|发布|颁布)"
)
"""现公布《某某办法》，自2020年1月1日起施行: the body of an order."""
_MADE = re.compile(r"(?:制定|拟定|编制|形成)了?《[^《》]{4,80}》")
_TAIL = re.compile(r"的?(?:紧急|补充)?(?:通知|函|公告|通告|决定|批复|令)(?:[（(][^（）()]{1,12}[）)])?$")
_SHORT_BODY = 900


def extract_enclosures(doc: Doc, title: Title | None, report: Report) -> list[Enclosure]:
    """Enclosed texts in order of the document."""
    parts = [p for p in doc.anatomy.parts if p.kind == "enclosure"]
    present = [e for p in parts if (e := _present(doc, p))]
    if present and _issues_texts(doc, title):
        return _with_absent(doc, title, present)
    named = _named(doc, title)
    if not named:
        return []
    text = next((Span(p.start, p.end) for p in parts), None)
    span = named[0]
    name = squeeze(doc.text.string[span.start : span.end])
    if text is None and _body_length(doc) < _SHORT_BODY and not _follows(doc) and not _listed(doc, name):
        report.add("missing-enclosure", f"《{name}》 is not in the file", span)
    return [Enclosure(title=name, doc_type=doc_type_of(_flat(name)), span=span, text_span=text)]


def _with_absent(doc: Doc, title: Title | None, present: list[Enclosure]) -> list[Enclosure]:
    """转发《甲通知》和印发《乙方案》的通知, of which the file holds 乙方案 only: both, in the order of the title."""
    if title is None or title.text.count("《") < 2:
        return present
    s, found = doc.text.string, []
    for span in _quoted(s, title.span, after=_ISSUES):
        name = squeeze(s[span.start : span.end])
        same = next((e for e in present if similar(_flat(e.title), _flat(name))), None)
        found.append(same or Enclosure(title=name, doc_type=doc_type_of(_flat(name)), span=span, text_span=None))
    named = [e for e in found if e.text_span is not None]
    if not named or len(found) < 2:
        return present
    return [*found, *(e for e in present if e not in named)]


def _issues_texts(doc: Doc, title: Title | None) -> bool:
    """Whether the notice issues texts at all: by its title, else by 现印发给你们, 制定了《…》 in its body."""
    if title is None or _ISSUES.search(title.text):
        return True
    s = doc.text.string
    body = next((p for p in doc.anatomy.parts if p.kind == "body"), None)
    if body is None:
        return False
    end = min(body.end, body.start + 1500)
    return _HANDED.search(s, body.start, end) is not None or _MADE.search(s, body.start, end) is not None


def _present(doc: Doc, part: Part) -> Enclosure | None:
    if part.title is None:
        return None
    string, span = doc.text.string, part.title
    name = squeeze(string[span.start : span.end])
    if name.startswith("《") and name.endswith("》") and name.count("《") == 1:
        name = name[1:-1]
        span = Span(string.index("《", span.start) + 1, string.rindex("》", span.start, span.end))
    text = Span(part.start, part.end)
    return _make({"title": name, "doc_type": doc_type_of(_flat(name)), "span": span, "text_span": text})


_make = trusted(Enclosure)


def _named(doc: Doc, title: Title | None) -> list[Span]:
    """Names in the notice: 《…》 in its title, 《…》 that the body hands out, the bare rest of the title."""
    s = doc.text.string
    issues = _ISSUES.search(title.text) if title else None
    if title and not issues:
        return _given_along(doc)
    spans: list[Span] = []
    if title:
        spans += _quoted(s, title.span, after=_ISSUES)
    spans += _handed_out(doc) if not spans else []
    if not spans and title and issues:
        m = _ISSUES.search(s, title.span.start, title.span.end)
        tail = _TAIL.search(s, m.end(), title.span.end) if m else None
        if m and tail and m[0] in ("公布", "发布") and not _stands_apart(doc, _flat(s[m.end() : tail.start()])):
            return spans
        if m and tail and tail.start() - m.end() > 4 and doc_type_of(_flat(s[m.end() : tail.start()])):
            spans.append(_stripped(s, m.end(), tail.start()))
    return spans


def _stands_apart(doc: Doc, name: str) -> bool:
    """Whether what is made public has a text of its own; 关于公布考务安排的公告 tells the arrangement itself."""
    if any(p.kind in ("enclosure", "attachment") for p in doc.anatomy.parts) or doc.anatomy.enclosure_note:
        return True
    body = next((p for p in doc.anatomy.parts if p.kind == "body"), None)
    return body is None or name in _flat(doc.text.string[body.start : min(body.end, body.start + 1500)])


def _given_along(doc: Doc) -> list[Span]:
    """What the body hands out under a title that does not say so: 关于组织申报…的通知, 现将《指南》印发你们."""
    s = doc.text.string
    body = next((p for p in doc.anatomy.parts if p.kind == "body"), None)
    end = min(body.end, body.start + 1500) if body else 0
    if body and s.find("现", body.start, end) >= 0 and (order := _ORDERED.search(s, body.start, end)):
        return [Span(*order.span(1 if order[1] else 2))]
    if body is None or s.find("现将", body.start, end) < 0 or not (m := _GIVEN.search(s, body.start, end)):
        return []
    if m["quoted"]:
        return [_full_name(s, body.start, Span(*m.span("quoted")))]
    annexes = (p.title for p in doc.anatomy.parts if p.kind in ("attachment", "enclosure"))
    places = [_flat(s[x.start : x.end]) for x in (doc.anatomy.enclosure_note, *annexes) if x]
    start = m.start("bare")
    for stop in (*(x.start() for x in _NEXT_GIVEN.finditer(s, start, m.end("bare"))), m.end("bare")):
        name = _flat(s[start:stop])
        if doc_type_of(name) and any(name in place for place in places):
            return [Span(start, stop)]
    return []


_NEXT_GIVEN = re.compile(r"[（(]附|[、和及]")
"""…实施意见|（附件1）、资金安排表（附件2）."""


def _full_name(s: str, start: int, short: Span) -> Span:
    """《…评定工作指南》（以下简称《指南》） … 现将《指南》印发: the name that the short one stands for."""
    said = f"简称《{s[short.start : short.end]}》"
    at = s.find(said, start, short.start)
    before = list(_QUOTED.finditer(s, start, at)) if at >= 0 else []
    return Span(*before[-1].span(1)) if before and at - before[-1].end() <= 6 else short


def _quoted(s: str, span: Span, after: re.Pattern[str]) -> list[Span]:
    m = after.search(s, span.start, span.end)
    found = [Span(q.start(1), q.end(1)) for q in _QUOTED_LOOSE.finditer(s, m.end(), span.end)] if m else []
    if len(found) == 1 and (more := _MADE_OF_IT.match(s, found[0].end + 1, span.end)):
        if doc_type_of(_flat(more["kind"])) is None:
            return found
        year = _YEAR_BEFORE.search(s, span.start, found[0].start - 1)
        return [Span(year.start() if year else found[0].start - 1, more.end("kind"))]
    return found


_MADE_OF_IT = re.compile(r"(?P<kind>[^《》的，。]{2,14})的(?:通知|函|公告|通告)")
"""印发《某某意见》分工方案的通知: the plan is enclosed, not the text in 《》."""
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d年度?\Z")
"""印发2021年《政府工作报告》责任分工的通知."""
_QUOTED_LOOSE = re.compile(r"《([^《》]{4,120}(?:《[^《》]{1,60}》[^《》]{0,60})?)》")


def _handed_out(doc: Doc) -> list[Span]:
    """现将《…》印发给你们; 《…》已经…同意，现印发给你们."""
    s = doc.text.string
    body = next((p for p in doc.anatomy.parts if p.kind == "body"), None)
    if body is None:
        return []
    end = min(body.end, body.start + 1500)
    handed = _HANDED.search(s, body.start, end)
    if handed is None:
        return []
    before = [Span(q.start(1), q.end(1)) for q in _QUOTED.finditer(s, body.start, handed.start())]
    near = [b for b in before if handed.start() - b.end <= 60]
    return near[:1] if near else []


def _stripped(s: str, start: int, end: int) -> Span:
    while start < end and s[start] in " \n\t　“":
        start += 1
    while end > start and s[end - 1] in " \n\t　":
        end -= 1
    return Span(start - 1 if s[start - 1 : start] == "“" else start, end)


def _flat(name: str) -> str:
    return "".join(name.split())


def _follows(doc: Doc) -> bool:
    """Whether the body announces that the text itself follows in it: 《…》全文如下。"""
    return any(doc.text.string.find("全文如下", p.start, p.end) >= 0 for p in doc.anatomy.parts if p.kind == "body")


def _listed(doc: Doc, name: str) -> bool:
    """Whether 附件：… lists it too, whose check says that it is missing."""
    note = doc.anatomy.enclosure_note
    return note is not None and _flat(name) in _flat(doc.text.string[note.start : note.end])


def _body_length(doc: Doc) -> int:
    return sum(p.end - p.start for p in doc.anatomy.parts if p.kind in ("body", "attachment"))
