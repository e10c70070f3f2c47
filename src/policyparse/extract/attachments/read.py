"""Attachments (附件, §7.3.4 and §7.3.7) from the 附件说明 and from the headings of the annexes themselves."""

from __future__ import annotations

from itertools import pairwise

import regex

from ...anatomy.unlabelled import letters
from ...diagnostics import Report
from ...model import Attachment
from ...outline import Doc
from ...squeeze import squeeze
from ...text import Span
from .links import Links
from .notes import Entry, is_list, noted
from .tables import listed
from .titles import LABEL, arabic, title_of
from .unmarked import unmarked

_LABEL = regex.compile(LABEL)
_REFERENCE = regex.compile(
    r"(?P<kind>附\s?[件表])\s?(?P<no>\d{1,2}|[一二三四五六七八九十]{1,3})(?![\d.份个张页套]|[-—]\d)"
)
_SHORT_NAME = 5
"""A file's name of so many characters, with which the listed title ends, is enough to know it."""
_RUN_IN = regex.compile(r"(?<=.{4})(?:[一二]、|（一）|\n附|附\s?件).*$", regex.DOTALL)


def extract_attachments(doc: Doc, report: Report) -> list[Attachment]:
    """Attachments named or present, each once, in order of number and place."""
    if "附" not in doc.text.string:
        return []
    entries = _merge([*(noted(doc) or unmarked(doc)), *(listed(doc) if doc.text.tables else ())], _annexes(doc))
    entries = _with_enclosed(doc, [e for e in entries if e.text or not _is_document(doc, e)])
    _check(doc, entries, report)
    links = Links(doc)
    return [_finish(doc, e, links.href(e, len(entries) == 1)) for e in entries]


def _is_document(doc: Doc, entry: Entry) -> bool:
    """附件下载：某政发〔2022〕17号.doc on its page: the document itself, as a file."""
    number = entry.title if entry.number is None and entry.title and entry.title.endswith("号") else None
    return number is not None and letters(number) in letters(doc.text.string[: min(entry.start, _HEAD)])


_HEAD = 1500
"""As far as a document's own number stands."""


def _annexes(doc: Doc) -> list[Entry]:
    """The annexes whose text is in the file, by their headings."""
    string, note, out = doc.text.string, doc.anatomy.enclosure_note, []
    for part in doc.anatomy.parts:
        if part.kind == "attachment" and part.label is None and part.title:  # known by its title alone
            title = title_of(string[part.title.start : part.title.end])
            out.append(Entry("", None, title, part.title.start, part.title.end, Span(part.start, part.end)))
        if part.label is None or part.kind not in ("attachment", "enclosure") or is_list(string, part):
            continue
        if note and part.label.end <= note.start <= part.label.end + 6:
            continue
        if string[part.label.end : part.label.end + 1] in ("份", "个", "套"):
            continue
        label = squeeze(string[part.label.start : part.label.end]).replace(" ", "").strip("（）()【】[]：:.．、 ")
        m = _LABEL.match(label)
        title = title_of(_RUN_IN.sub("", string[part.title.start : part.title.end])) if part.title else None
        span = Span(part.start, part.end)
        end = part.title.end if part.title else part.label.end
        out.append(Entry(label, arabic(m["no"]) if m else None, title, part.label.start, end, span))
    return out


def _merge(noted: list[Entry], present: list[Entry]) -> list[Entry]:
    """Each attachment once: the note's entry takes the text of the annex with its number or its title."""
    out: list[Entry] = []
    for entry in [*noted, *present]:
        same = _counterpart(out, entry)
        if same is None:
            if entry.label and (entry.title or entry.text):
                out.append(entry)
        elif same.text is None:
            same.text = entry.text
            same.title = same.title or entry.title
    return out


def _counterpart(out: list[Entry], entry: Entry) -> Entry | None:
    """The entry that means the same attachment: of the same title, else of its number.

    An annex whose number is taken, or that bears none (附件 over each), belongs to the listed title it resembles.
    """
    if entry.text and entry.title:
        titled = [o for o in out if not o.text and o.title and letters(o.title) == letters(entry.title)]
        if len(titled) == 1:
            return titled[0]
    same = next((o for o in out if _same(o, entry)), None)
    if not entry.text or (same is not None and same.text is None):
        return same
    return next((o for o in out if not o.text and _alike(o.title, entry.title)), same)


def _same(a: Entry, b: Entry) -> bool:
    if not b.label:
        return letters(a.title or "") == letters(b.title or "")
    if a.title and a.title == b.title:
        return True
    if a.number is None and b.number is None:
        if (
            a.title
            and b.title
            and len(b.title) >= _SHORT_NAME
            and a.title.endswith(b.title) != b.title.endswith(a.title)
        ):
            return True  # 东河县排查登记表, and 排查登记表 as the name of its file
        both_noted = a.text is None and b.text is None and a.title and b.title  # two files of a list
        return not (both_noted or (a.text and b.text)) or not b.title
    if a.number == b.number:
        one_list = _kind(a) == _kind(b) and (a.inner == b.inner or b.text is not None)
        return one_list or not (a.title and b.title) or _alike(a.title, b.title)
    alike = not a.title or not b.title or a.title in b.title or b.title in a.title
    return alike and (a.number or b.number) == "1" and None in (a.number, b.number)


def _kind(entry: Entry) -> str:
    """附1 of the notice and 附件1 of the plan that it issues are two things."""
    return entry.label.rstrip("-0123456789一二三四五六七八九十")


_ALIKE = 0.7
"""Share of their pairs of letters that two forms of one title have in common."""


def _alike(a: str | None, b: str | None) -> bool:
    """整治情况汇总表 in the note, 整治情况表 over the annex."""
    one, other = ({*map("".join, pairwise(letters(t or "")))} for t in (a, b))
    return len(one) > 2 and len(other) > 2 and 2 * len(one & other) >= _ALIKE * (len(one) + len(other))


def _with_enclosed(doc: Doc, entries: list[Entry]) -> list[Entry]:
    """附件：某某实施方案 of a notice with that plan, which bears its title alone: the plan is the attachment's text."""
    texts = [p for p in doc.anatomy.parts if p.kind == "enclosure" and p.label is None and p.title]
    for entry in entries:
        for part in texts if not entry.text and entry.title else ():
            if part.title and letters(entry.title or "") == letters(doc.text.string[part.title.start : part.title.end]):
                entry.text = Span(part.start, part.end)
    return entries


def _check(doc: Doc, entries: list[Entry], report: Report) -> None:
    """Report the attachments that are listed, or referred to (附件2), and are not in the file."""
    string = doc.text.string
    for entry in entries:
        if not entry.text:
            report.add(
                "missing-attachment",
                f"{entry.label} {entry.title} is listed but not in the file",
                Span(entry.start, entry.end),
            )
    known = {e.number for e in entries}
    own = next((p for p in doc.anatomy.parts if p.kind == "head" and p.label), None)
    seen: set[str] = set()
    for m in _REFERENCE.finditer(string):
        number = arabic(m["no"]) or ""
        if number in seen or number in known:
            continue
        if own and own.label and own.label.start <= m.start() < own.label.end:
            continue
        seen.add(number)
        if entries or number != "1":
            report.add(
                "missing-attachment",
                f"{squeeze(m['kind'])}{number} is referred to but not in the file",
                Span(*m.span()),
            )


def _finish(doc: Doc, entry: Entry, href: str | None) -> Attachment:
    span = entry.text
    tables = [n for n, t in enumerate(doc.tables) if span and span.start <= t.start and t.end <= span.end]
    return Attachment(
        label=entry.label,
        number=entry.number,
        title=entry.title,
        span=Span(entry.start, entry.end),
        text_span=span,
        tables=tables,
        href=href,
    )
