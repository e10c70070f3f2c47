"""Attachments (附件, §7.3.4 and §7.3.7) from the 附件说明 and from the headings of the annexes themselves."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import regex

from ..anatomy import Part
from ..diagnostics import Report
from ..model import Attachment
from ..numerals import to_int
from ..organisations import is_organisation
from ..outline import Doc
from ..squeeze import squeeze
from ..text import Span

_LABEL = r"附\s{0,4}(?:件|表|录|图)?\s{0,4}(?:之)?(?P<no>\d{1,2}(?:[-—－]\d{1,2})?|[一二三四五六七八九十]{1,3})?"
_NOTE_LABEL = regex.compile(rf"{_LABEL}\s{{0,4}}[：:.．、]?\s{{0,6}}$")
_NOTE = regex.compile(rf"(?:^|(?<=\n))[ \t　]*{_LABEL}[ \t　]*[：:][ \t　]*(?=[^\s：:])")
_ITEM = regex.compile(rf"(?:^|(?<=[\s。；;，,、])){_LABEL}[ \t　]*[：:.．、][ \t　]*")
_NUMBER = regex.compile(
    r"(?<![\d.．〔（(第])(?P<no>\d{1,2})[ 　]{0,2}(?:[.．、]|[ \t　]+(?=\p{Han}))[ 　]{0,4}(?![\d%])"
)
_BRACKET_NUMBER = regex.compile(r"[（(](?P<no>\d{1,2})[)）]|(?P<no>[①②③④⑤⑥⑦⑧⑨])")
_REFERENCE = regex.compile(r"附\s?(?:件|表)\s?(?P<no>\d{1,2}|[一二三四五六七八九十]{1,3})(?![\d.]|[-—]\d)")
_ENDING = regex.compile(
    r"(?:\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|ofd|txt|jpe?g|png|pptx?|ceb))+(?:\s*[（(][\d.]+\s*[KMG]?B?[)）])?$"
    r"|[（(](?:另发|略|附后|见附件|另附|此件不公开)[)）]$|[\s。；;，,、：:.．—_-]+$",
    regex.IGNORECASE,
)
_RUN_IN = regex.compile(r"(?<=.{4})(?:[一二]、|（一）|\n附|附\s?件).*$", regex.DOTALL)
_NEXT = regex.compile(r"(?:\n(?!\s*\d)[^\n。]{1,30}){0,2}\n\s*[（(]?(?P<no>\d{1,2})[.．、)）][^\n。]{2,80}+(?=\n|$)")
_DATE_LINE = regex.compile(r"\s*(?:[12]\d{3}|[二一][〇○零Oo0九])")
_COUNT = regex.compile(r"(?:附件)?[共计]?\d{1,2}[份件个]")
_GLUED = regex.compile(r"[表单册图案法见则划度书要点明知函料准）)](?P<sig>\p{Han}{4,24})$")
"""A title with the signature run on to it (任务分工表东河县教育局), before the date."""
_FIRST = regex.compile(r"[（(]1[)）]|1[.．、](?!\d)|①")
_SIGN_OFF = regex.compile(r"\n[^\n]{0,40}\d{4}年\d{1,2}月\d{1,2}日|\n[^\n]{0,60}[（(](?:此件|联系)|\n抄送|\n联系")


@dataclass(slots=True)
class _Entry:
    """An attachment while it is read; `number` in Arabic digits for comparison."""

    label: str
    number: str | None
    title: str | None
    start: int
    end: int
    text: Span | None = None


def extract_attachments(doc: Doc, report: Report) -> list[Attachment]:
    """Attachments named or present, each once, in order of number and place."""
    string = doc.text.string
    if "附" not in string:
        return []
    noted = [e for a, b in _notes(doc) for e in _entries(string, a, b)]
    entries = _merge(noted, _annexes(doc))
    _check(doc, entries, report)
    return [_finish(doc, e) for e in entries]


def _notes(doc: Doc) -> list[tuple[int, int]]:
    """Stretches of 附件说明, label included: the one that anatomy found and those of enclosed texts."""
    string, anatomy = doc.text.string, doc.anatomy
    heads = [(p.start, p.label.end) for p in anatomy.parts if p.label]
    found: list[tuple[int, int]] = []
    if anatomy.enclosure_note:
        note = anatomy.enclosure_note
        low = max(0, note.start - 24)
        label = _NOTE_LABEL.search(string, low, note.start)
        found.append((label.start() if label else note.start, _note_whole(string, note.start, note.end)))
    found.extend((p.label.start, p.end) for p in anatomy.parts if p.label and _is_list(string, p))
    starts = [line.start for line in doc.text.lines]
    for m in _NOTE.finditer(string) if "附" in string else ():
        at = m.start() + len(m[0]) - len(m[0].lstrip())
        if any(a <= at < b for a, b in heads) or any(a <= at < b for a, b in found):
            continue
        if found or anatomy.kind_at(at) in ("meta", "attachment", "imprint"):
            continue
        found.append((at, _note_end(string, m.end(), starts)))
    return found


def _note_whole(string: str, start: int, end: int) -> int:
    """The end of a note whose title of two lines hides the numbers after it; the signature under it left out."""
    count = max(len(_consecutive(list(p.finditer(string, start, end)))) for p in (_NUMBER, _BRACKET_NUMBER))
    while count:
        ahead = _NEXT.match(string, end)
        if ahead is None or int(ahead["no"]) != count + 1:
            break
        end, count = ahead.end(), count + 1
    last = string.rfind("\n", start, end)
    signature = string[last + 1 : end].strip()
    if not _DATE_LINE.match(string, end):
        return end
    if last > 0 and signature[:1] not in "附123456789" and len(signature) < 30 and is_organisation(signature):
        return last
    glued = _GLUED.search(string, max(start, end - 30), end)
    return glued.start("sig") if glued and is_organisation(glued["sig"]) else end


def _is_list(string: str, part: Part) -> bool:
    """A heading 附件： whose title is the first of a numbered list: rather a note."""
    return part.title is not None and _FIRST.match(string, part.title.start) is not None


def _note_end(string: str, at: int, starts: list[int]) -> int:
    """The note's own line, and the numbered lines after it."""
    n = bisect_left(starts, at)
    end = starts[n] - 1 if n < len(starts) else len(string)
    while n < len(starts) and n - bisect_left(starts, at) < 40:
        stop = starts[n + 1] - 1 if n + 1 < len(starts) else len(string)
        if not (_NUMBER.match(string, starts[n], stop) or _ITEM.match(string, starts[n], stop)):
            break
        end, n = stop, n + 1
    return end


def _entries(string: str, start: int, end: int) -> list[_Entry]:
    """The entries of a note: 附件：1.X 2.Y, lines or glued; 附件1：X 附件2：Y; 附件：X."""
    sign_off = _SIGN_OFF.search(string, start, end)
    end = sign_off.start() if sign_off else end
    items = list(_ITEM.finditer(string, start, end))
    if not items:
        return _numbered(string, start, end, "附件")
    out: list[_Entry] = []
    for m, following in zip(items, [*items[1:], None], strict=True):
        stop = following.start() if following else end
        label = squeeze(string[m.start() : m.end()]).replace(" ", "").rstrip("：:.．、")
        if m["no"] is None:
            out.extend(_numbered(string, m.end(), stop, label))
        else:
            out.extend(_entry(string, label, m["no"], m.end(), stop))
    return out


def _numbered(string: str, start: int, end: int, label: str) -> list[_Entry]:
    """The numbered titles after 附件：, or the one title without a number."""
    for pattern in (_NUMBER, _BRACKET_NUMBER):
        marks = _consecutive(list(pattern.finditer(string, start, end)))
        if marks and not string[start : marks[0].start()].strip():
            stops = [m.start() for m in marks[1:]] + [end]
            return [
                e
                for n, (m, stop) in enumerate(zip(marks, stops, strict=True), 1)
                for e in _entry(string, f"{label}{n}", str(n), m.end(), stop)
            ]
    return _entry(string, label, None, start, end)


def _consecutive(marks: list[regex.Match[str]]) -> list[regex.Match[str]]:
    """Of all numbers those that count 1, 2, 3 …: a number inside a title breaks no entry."""
    out: list[regex.Match[str]] = []
    for m in marks:
        digit = m["no"]
        value = int(digit) if digit.isdigit() and digit.isascii() else ord(digit) - ord("①") + 1
        if value == len(out) + 1:
            out.append(m)
    return out


def _entry(string: str, label: str, number: str | None, start: int, end: int) -> list[_Entry]:
    title = _title(string[start:end])
    return [_Entry(label, _arabic(number), title, start, end)] if title else []


def _title(text: str) -> str | None:
    """The title without 《》 around the whole of it, file endings and final punctuation."""
    title = squeeze(text)
    for _ in range(3):
        title = _ENDING.sub("", title)
    if title.startswith("《") and title.endswith("》") and title.find("》") == len(title) - 1:
        title = title[1:-1]
    return title if 2 <= len(title) <= 120 and not _COUNT.fullmatch(title) else None


def _arabic(number: str | None) -> str | None:
    if number is None:
        return None
    number = squeeze(number)
    if number[0].isdigit():
        return number
    value = to_int(number)
    return str(value) if value else number


def _annexes(doc: Doc) -> list[_Entry]:
    """The annexes whose text is in the file, by their headings."""
    string, out = doc.text.string, []
    for part in doc.anatomy.parts:
        if part.label is None or part.kind not in ("attachment", "enclosure") or _is_list(string, part):
            continue
        if string[part.label.end : part.label.end + 1] in ("份", "个", "套"):
            continue
        label = squeeze(string[part.label.start : part.label.end]).replace(" ", "").strip("（）()【】[]：:.．、 ")
        m = regex.match(_LABEL, label)
        title = _title(_RUN_IN.sub("", string[part.title.start : part.title.end])) if part.title else None
        span = Span(part.start, part.end)
        end = part.title.end if part.title else part.label.end
        out.append(_Entry(label, _arabic(m["no"]) if m else None, title, part.label.start, end, span))
    return out


def _merge(noted: list[_Entry], present: list[_Entry]) -> list[_Entry]:
    """Each attachment once: the note's entry takes the text of the annex with its number."""
    out: list[_Entry] = []
    for entry in [*noted, *present]:
        same = next((o for o in out if _same(o, entry)), None)
        if same is None:
            if entry.title or entry.text:
                out.append(entry)
        elif same.text is None:
            same.text = entry.text
            same.title = same.title or entry.title
    return out


def _same(a: _Entry, b: _Entry) -> bool:
    if a.title and a.title == b.title:
        return True
    if a.number is None and b.number is None:
        return not (a.text and b.text) or not b.title
    if a.number == b.number:
        return True
    alike = not a.title or not b.title or a.title in b.title or b.title in a.title
    return alike and (a.number or b.number) == "1" and None in (a.number, b.number)


def _check(doc: Doc, entries: list[_Entry], report: Report) -> None:
    """Report numbers that the text refers to (附件2) while the file has only other annexes."""
    string = doc.text.string
    listed = {e.number for e in entries}
    present = {e.number for e in entries if e.text}
    own = next((p for p in doc.anatomy.parts if p.kind == "head" and p.label), None)
    seen: set[str] = set()
    for m in _REFERENCE.finditer(string):
        number = _arabic(m["no"]) or ""
        if number in seen or number in present or (number in listed and not present):
            continue
        if own and own.label and own.label.start <= m.start() < own.label.end:
            continue
        seen.add(number)
        if entries or number != "1":
            report.add("missing-attachment", f"附件{number} is referred to but not in the file", Span(*m.span()))


def _finish(doc: Doc, entry: _Entry) -> Attachment:
    span = entry.text
    tables = [n for n, t in enumerate(doc.tables) if span and span.start <= t.start and t.end <= span.end]
    return Attachment(
        label=entry.label,
        number=entry.number,
        title=entry.title,
        span=Span(entry.start, entry.end),
        text_span=span,
        tables=tables,
        href=_href(doc, entry),
    )


def _href(doc: Doc, entry: _Entry) -> str | None:
    """Target of a link in the entry."""
    links = doc.text.source.links
    if not links:
        return None
    start, end = doc.text.to_source(entry.start, entry.end)
    return next((target for a, b, target in links if a < end and start < b), None)
