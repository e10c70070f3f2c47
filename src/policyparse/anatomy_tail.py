"""What follows the notice's own text: signature, date, notes, enclosed texts, annexes, imprint, site remains."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from .anatomy_head import Head
from .anatomy_lines import (
    NOISE,
    AnnexLabel,
    Row,
    annex_label,
    bare,
    doc_type_of,
    is_printing,
    is_prose,
    is_title,
    is_version,
    looks_like_organisations,
    trailing_day,
)
from .text import Span

PartKind = Literal["meta", "head", "body", "closing", "enclosure", "attachment", "imprint"]

_ISSUES = re.compile(r"印发|转发|下发|发布|公布|颁布|批转|印送|制定|同意")
_QUOTED = re.compile(r"《([^《》]{4,120}(?:《[^《》]{1,60}》[^《》]{0,60})?)》")
_NOTE_LINE = re.compile(
    r"[（(](?!\d|[一二三四五六七八九十])[^（）()]{2,60}(?:[（(][^（）()]{1,20}[）)][^（）()]{0,30})?[）)]$"
)
_LIST_LINE = re.compile(r"(?:\d{1,2}|[１-９])\s*[.．、](?!\d)|《")
_SHORT = 120


@dataclass(frozen=True, slots=True)
class Mark:
    """A part begins at `row`."""

    row: int
    kind: PartKind
    title: Span | None = None
    label: Span | None = None


@dataclass(slots=True)
class Tail:
    """Places found after the head."""

    signature: Span | None = None
    date: Span | None = None
    signed_row: int | None = None
    note: Span | None = None
    marks: list[Mark] = field(default_factory=list)


def read_tail(rows: list[Row], head: Head, string: str) -> Tail:
    """Everything after the head. `rows` are all rows of the text."""
    tail = Tail()
    labels = _annex_labels(rows, head)
    _read_notes(rows, labels, tail, string)
    annexes = [(r, a) for r, a in labels if _is_annex(rows, r, a, labels, tail)]
    names = expected_names(head.title_text, rows, head)
    named = _named_enclosure(rows, head, names, annexes)
    limit = min([named] if named is not None else [len(rows)])
    _sign_off(rows, head, tail, limit, annexes)
    _place_enclosure(rows, head, tail, named, names, annexes)
    _place_annexes(rows, tail, annexes, names)
    _place_imprint(rows, head, tail)
    _place_remains(rows, tail)
    return tail


def expected_names(title: str, rows: list[Row], head: Head) -> list[str]:
    """Names of the texts that the notice issues: from its title and from its first sentences."""
    names: list[str] = []
    m = re.search(r"(?:印发|转发|下发|发布|公布|颁布|批转|印送)", title)
    if m:
        rest = title[m.end() :]
        names += _QUOTED.findall(rest)
        if not names and (core := re.sub(r"的(?:通知|函|公告|通告|决定|批复)(?:[（(].*)?$", "", rest)) != rest:
            names.append(core)
    for row in rows[head.body : head.body + 4]:
        if len(row.raw) < 2000 and "《" in row.raw and _ISSUES.search(row.raw):
            names += [n for n in _QUOTED.findall(row.flat) if n not in names]
    return [n for n in names if doc_type_of(n) or len(n) > 5]


def similar(a: str, b: str) -> bool:
    """Whether two names mean one text: 《十一旅游整治方案》 and 某片区十一旅游整治方案."""
    a, b = (re.sub(r"\W", "", bare(x)) for x in (a, b))
    if len(a) < 4 or len(b) < 4 or doc_type_of(a) != doc_type_of(b):
        return False
    pairs = {a[i : i + 2] for i in range(len(a) - 1)}
    other = {b[i : i + 2] for i in range(len(b) - 1)}
    return len(pairs & other) >= 0.66 * min(len(pairs), len(other)) and len(pairs & other) >= 0.4 * max(
        len(pairs), len(other)
    )


def _annex_labels(rows: list[Row], head: Head) -> list[tuple[Row, AnnexLabel]]:
    found = []
    for row in rows[head.body :]:
        if row.raw[:1] in "附（([【#<* \t　" and not row.table and "附" in row.raw[:8] and (a := annex_label(row)):
            found.append((row, a))
    return found


def _rest(row: Row, a: AnnexLabel) -> str:
    return row.raw[a.rest - row.line.start :].strip()


def _is_annex(rows: list[Row], row: Row, a: AnnexLabel, labels: list[tuple[Row, AnnexLabel]], tail: Tail) -> bool:
    """Whether the label heads an annex, not the 附件说明."""
    if tail.note and row.line.start < tail.note.end and row.line.end > tail.note.start:
        return False
    rest = _rest(row, a)
    if not rest:
        return row.index + 1 < len(rows)
    return len(rest) < _SHORT and not rest.endswith(("。", "；"))


def _read_notes(rows: list[Row], labels: list[tuple[Row, AnnexLabel]], tail: Tail, string: str) -> None:
    """附件说明: the label with titles after it, where the annexes themselves come later or not at all."""
    for i, (row, a) in enumerate(labels):
        rest = _rest(row, a)
        later = {x.number for _, x in labels[i + 1 :]}
        following = rows[row.index + 1] if row.index + 1 < len(rows) else None
        listed = _LIST_LINE.match(rest) is not None and not rest.startswith("《")
        if not rest and not (
            a.marked and following is not None and re.match(r"[1１]\s*[.．、]", following.raw) and not a.number
        ):
            continue
        repeated = a.number in later or (listed and bool(later))
        if not (listed or not rest or repeated or _nothing_follows(rows, row)):
            continue
        end = row.index + (0 if rest or (following is not None and _LIST_LINE.match(following.raw)) else 1)
        while end + 1 < len(rows) and _continues_note(rows[end + 1], listed or not rest, a):
            end += 1
        tail.note = Span(a.rest, rows[end].line.end)
        return


def _continues_note(row: Row, listed: bool, a: AnnexLabel) -> bool:
    if row.table or len(row.flat) > _SHORT or "。" in row.flat or trailing_day(row.raw):
        return False
    if re.match(r"\d{1,2}\s*[.．、](?!\d)", row.raw):
        return listed
    label = annex_label(row)
    return (
        label is not None and bool(a.number) and bool(row.raw[label.rest - row.line.start :].strip()) and label.marked
    )


def _nothing_follows(rows: list[Row], row: Row) -> bool:
    """A titled label near a signature or the end of the text names an annex that stands elsewhere."""
    if row.index + 1 < len(rows) and is_prose(rows[row.index + 1]) and not _LIST_LINE.match(rows[row.index + 1].raw):
        return False
    for following in rows[row.index + 1 : row.index + 9]:
        if trailing_day(following.raw) and len(following.flat) < 60:
            return True
        if following.table or len(following.flat) > 60:
            return False
    return len(rows) - row.index <= 8


def _named_enclosure(
    rows: list[Row], head: Head, names: list[str], annexes: list[tuple[Row, AnnexLabel]]
) -> int | None:
    """First row of a title line that the notice has announced."""
    if head.enclosed_row is not None:
        return head.enclosed_row
    if not names or not _ISSUES.search(head.title_text or "印发"):
        return None
    for row in rows[head.body + 1 : head.body + 80]:
        if row.table or len(row.flat) > _SHORT or row.line.start < head_end(head):
            continue
        if row.flat[0] in "附（([【" and annex_label(row):
            continue
        if is_title(row.flat) and any(similar(row.flat, n) for n in names):
            return row.index
        two = joined_title(rows, row.index)
        if two and any(similar(two[1], n) for n in names):
            return row.index
    return None


def head_end(head: Head) -> int:
    """Where the last element of the head ends."""
    return max((x.end for x in (head.title, head.number, head.recipients) if x), default=0)


def joined_title(rows: list[Row], index: int) -> tuple[int, str] | None:
    """(last row, text) of the title that begins at `index`, over up to five lines."""
    flat = ""
    for row in rows[index : index + 5]:
        if row.table or len(row.raw) > 120 or _no_title(row):
            return None
        flat += row.flat
        if is_title(flat):
            last = row.index
            following = rows[last + 1] if last + 1 < len(rows) else None
            if following and is_version(following.flat):
                return last + 1, flat + following.flat
            return last, flat
    return None


def _no_title(row: Row) -> bool:
    """Whether a short line cannot be part of a title: a sentence, a list's head, a date, a note in brackets, a label."""
    flat = row.flat
    if flat[-1:] in "。：；，:;,、" or len(flat) > 80 or trailing_day(row.raw) is not None or _NOTE_LINE.match(flat):
        return True
    if "印" in flat and is_printing(flat):
        return True
    return flat[:1] in "附（([【" and annex_label(row) is not None


def _sign_off(rows: list[Row], head: Head, tail: Tail, limit: int, annexes: list[tuple[Row, AnnexLabel]]) -> None:
    """署名 and 成文日期: the first line after the body that is a date, alone or after organisations."""
    stop = min([limit, *(r.index for r, _ in annexes if not _rest(r, _))])
    for row in rows[head.body : stop]:
        if row.table or row.line.meta:
            continue
        day = trailing_day(row.raw)
        if day is None or row.line.start + day.start() < head_end(head):
            continue
        before = row.raw[: day.start()].strip(" \t　\xa0（(")
        if before and not looks_like_organisations(before):
            if not _glued_sign_off(rows, row, day, tail):
                continue
            return
        if not before and not _closes(rows, row, head):
            continue
        _set_signature(rows, row, before, day, tail, head)
        return
    _unsigned(rows, head, tail, stop)


def _closes(rows: list[Row], row: Row, head: Head) -> bool:
    """Whether a date alone on its line ends the text, not an item of a timetable."""
    if row.line.align == "right" or (row.index > head.body and _signs(rows[row.index - 1])):
        return True
    if row.index + 1 >= len(rows):
        return True
    after = rows[row.index + 1]
    if after.line.meta or _NOTE_LINE.match(after.flat) or NOISE.match(after.flat) or _is_contact(after):
        return True
    return (
        is_printing(after.flat)
        or annex_label(after) is not None
        or _signs(after)
        or joined_title(rows, after.index) is not None
    )


def _glued_sign_off(rows: list[Row], row: Row, day: re.Match[str], tail: Tail) -> bool:
    """…请认真贯彻执行。某某局2018年3月1日: signature and date stand at the end of the last paragraph."""
    at = row.raw.rfind("。", 0, day.start()) + 1
    before = row.raw[at : day.start()]
    if not at or not before.strip() or not looks_like_organisations(before):
        return False
    start = row.line.start + at + len(before) - len(before.lstrip())
    tail.signature = Span(start, start + len(before.strip()))
    tail.date = Span(row.line.start + day.start(), row.line.start + day.end())
    return True


def _set_signature(rows: list[Row], row: Row, before: str, day: re.Match[str], tail: Tail, head: Head) -> None:
    tail.date = Span(row.line.start + day.start(), row.line.start + day.end())
    first = row.index
    while first - 1 >= head.body and row.index - first < 12 and _signs(rows[first - 1]):
        first -= 1
    start = rows[first].core.start
    end = row.line.start + row.raw.index(before) + len(before) if before else rows[row.index - 1].core.end
    if before or first < row.index:
        tail.signature = Span(start if first < row.index or before else end, end)
    elif row.index + 1 < len(rows) and _signs(rows[row.index + 1]) and not is_printing(rows[row.index + 1].flat):
        tail.signature = rows[row.index + 1].core  # the date above the name
    tail.signed_row = first
    tail.marks.append(Mark(first, "closing"))


def _signs(row: Row) -> bool:
    """Whether a line above the date is a signature."""
    return not row.table and len(row.flat) <= 90 and looks_like_organisations(row.raw)


def _unsigned(rows: list[Row], head: Head, tail: Tail, stop: int) -> None:
    """A signature whose date is lost: organisations alone on the last line before the enclosed text."""
    at = min(stop, len(rows)) - 1
    if at <= head.body or not _signs(rows[at]) or not (rows[at].line.align == "right" or stop < len(rows)):
        return
    tail.signature = rows[at].core
    tail.signed_row = at
    tail.marks.append(Mark(at, "closing"))


def _place_enclosure(
    rows: list[Row], head: Head, tail: Tail, named: int | None, names: list[str], annexes: list[tuple[Row, AnnexLabel]]
) -> None:
    at = named
    signed = tail.date is not None and (named is None or tail.date.end <= rows[named].line.start)
    if at is None and signed:
        at = _after_signature(rows, tail, annexes)
    if at is None:
        return
    title = joined_title(rows, at)
    label = rows[at - 1] if at else None
    a = annex_label(label) if label is not None else None
    begin = at - 1 if a and label is not None and not _rest(label, a) and named is not None else at
    if annexes and any(r.index == at and (names == [] or named is None) for r, _ in annexes):
        return
    span = (
        Span(rows[at].core.start, rows[title[0]].core.end) if title else (rows[at].core if rows[at].centred else None)
    )
    tail.marks.append(Mark(begin, "enclosure", span, a.label if a and begin < at else None))
    if title and len(names) > 1:
        _more_enclosures(rows, tail, title[0] + 1, [n for n in names if not similar(title[1], n)], annexes)


def _more_enclosures(
    rows: list[Row], tail: Tail, first: int, names: list[str], annexes: list[tuple[Row, AnnexLabel]]
) -> None:
    """The second and later texts of a notice that issues several."""
    taken = {r.index for r, _ in annexes}
    for row in rows[first:]:
        if not names:
            return
        if len(row.raw) > _SHORT or row.table or row.index in taken or row.index - 1 in taken or not is_title(row.flat):
            continue
        same = next((n for n in names if similar(row.flat, n)), None)
        if same is not None:
            tail.marks.append(Mark(row.index, "enclosure", row.core))
            names.remove(same)


def _after_signature(rows: list[Row], tail: Tail, annexes: list[tuple[Row, AnnexLabel]]) -> int | None:
    """Row of the enclosed text after the signature, its date, notes and imprint."""
    assert tail.date
    at = next(r.index for r in rows if r.line.end >= tail.date.end) + 1
    heads = {r.index for r, _ in annexes}
    while at < len(rows) and (
        _NOTE_LINE.match(rows[at].flat)
        or is_printing(rows[at].flat)
        or NOISE.match(rows[at].flat)
        or _is_contact(rows[at])
        or (tail.note and rows[at].line.start < tail.note.end and rows[at].line.end > tail.note.start)
    ):
        at += 1
    if at >= len(rows) or at in heads:
        return None
    if joined_title(rows, at) or (rows[at].centred and len(rows[at].flat) <= 60 and len(rows) - at > 2):
        return at
    return None


def _is_contact(row: Row) -> bool:
    return re.match(r"[（(]?(?:联系人|联系电话|联系方式|电话|传真|信息公开|公开)", row.flat) is not None


def _place_annexes(rows: list[Row], tail: Tail, annexes: list[tuple[Row, AnnexLabel]], names: list[str]) -> None:
    taken = {m.label.start for m in tail.marks if m.label}
    enclosed = any(m.kind == "enclosure" for m in tail.marks)
    for row, a in annexes:
        if a.label.start in taken or (tail.date and row.line.start < tail.date.start and not enclosed):
            continue
        rest = _rest(row, a)
        span, text = _annex_title(rows, row, a, rest)
        is_enclosed = not enclosed and text and any(similar(text, n) for n in names)
        tail.marks.append(Mark(row.index, "enclosure" if is_enclosed else "attachment", span, a.label))
        enclosed = enclosed or bool(is_enclosed)


def _annex_title(rows: list[Row], row: Row, a: AnnexLabel, rest: str) -> tuple[Span | None, str]:
    if rest:
        return Span(a.rest, row.core.end), re.sub(r"\s", "", rest)
    found = joined_title(rows, row.index + 1)
    if found:
        return Span(rows[row.index + 1].core.start, rows[found[0]].core.end), found[1]
    if row.index + 1 < len(rows):
        after = rows[row.index + 1]
        if (
            not after.table
            and 2 <= len(after.flat) <= 60
            and not re.search(r"[。：；，]$", after.flat)
            and not annex_label(after)
        ):
            return after.core, after.flat
    return None, ""


def _place_imprint(rows: list[Row], head: Head, tail: Tail) -> None:
    """版记: 主题词, 抄送, 印发 lines, at the end or between the notice and its annexes."""
    i = head.body
    while i < len(rows):
        row = rows[i]
        if (
            len(row.raw) <= 400
            and (not row.table or len(row.flat) < 90)
            and is_printing(row.flat)
            and row.line.start >= head_end(head)
        ):
            first = i
            if (
                first
                and first - 1 >= head.body
                and looks_like_organisations(rows[first - 1].raw)
                and rows[first].flat[:1].isdigit()
            ):
                first -= 1  # X办公室 on the line above 2018年3月1日印发
            while i + 1 < len(rows) and (
                is_printing(rows[i + 1].flat)
                or (
                    i + 2 < len(rows)
                    and len(rows[i + 1].flat) < 60
                    and is_printing(rows[i + 2].flat)
                    and not is_title(rows[i + 1].flat)
                )
            ):
                i += 1
            tail.marks.append(Mark(first, "imprint"))
            _resume(rows, tail, i + 1)
        i += 1


def _resume(rows: list[Row], tail: Tail, at: int) -> None:
    """Text after an imprint that no other mark opens goes on with the part before it."""
    if at < len(rows) and not any(m.row == at for m in tail.marks):
        kind: PartKind = "meta" if all(NOISE.match(r.flat) for r in rows[at : at + 12]) else "body"
        tail.marks.append(Mark(at, kind))


def _place_remains(rows: list[Row], tail: Tail) -> None:
    """来源：…, 附件下载, 扫一扫 … at the end of a web page."""
    at = len(rows)
    while at > 0 and (rows[at - 1].line.meta or NOISE.match(rows[at - 1].flat)):
        at -= 1
    if at < len(rows):
        tail.marks.append(Mark(at, "meta"))
