"""What follows the notice's own text: enclosed texts, annexes, imprint, site remains."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from ..text import Span
from .annexes import place_unlabelled
from .lines.days import trailing_day
from .lines.kinds import bare, doc_type_of
from .lines.labels import AnnexLabel, annex_label
from .lines.names import looks_like_organisations
from .lines.page import is_noise
from .lines.printing import is_printing
from .lines.rows import Row
from .lines.wording import is_prose, is_title
from .model import Head, Mark, PartKind, Tail
from .sign import NOTE_LINE, head_end, is_contact, joined_title, sign_off

_ISSUES = re.compile(r"印发|转发|下发|发布|公布|颁布|批转|印送|制定|同意")


_HANDED = re.compile(r"(?:印发|转发|下发)给你们|现予?以?(?:印发|转发|发布|公布)|制[定订]了?《|一并(?:印发|转发)")
_QUOTED = re.compile(r"《([^《》]{4,120}(?:《[^《》]{1,60}》[^《》]{0,60})?)》")


_LIST_LINE = re.compile(r"(?:\d{1,2}|[１-９])\s*[.．、](?!\d(?!\d{3}年))|《")


_FIRST_ITEM = re.compile(r"[1１]\s*[.．、](?!\d(?!\d{3}年))")
"""1.任务表, 1.2023年任务表."""
_ISSUED = re.compile(r"印发|转发|下发|发布|公布|颁布|批转|印送")
_PRINT_STARTS = frozenset("主抄分内（(校打#>*<| \t　\xa0")
"""What a line of the imprint without 印 begins with, markup before it included."""
_SHORT = 120
_MAX_NOTES = 12


def read_tail(rows: list[Row], head: Head) -> Tail:
    """Everything after the head. `rows` are all rows of the text."""
    tail = Tail()
    labels = _annex_labels(rows, head)
    notes = _read_notes(rows, labels)
    tail.note = notes[0] if notes else None
    annexes = [(r, a) for r, a in labels if _is_annex(rows, r, a, notes)]
    names = expected_names(head.title_text, rows, head)
    named = _named_enclosure(rows, head, names, annexes, notes)
    limit = min([named] if named is not None else [len(rows)])
    sign_off(rows, head, tail, limit, annexes)
    _place_enclosure(rows, head, tail, named, names, annexes)
    _place_annexes(rows, tail, annexes, names)
    place_unlabelled(rows, tail, notes, any(m.label for m in tail.marks))
    _place_imprint(rows, head, tail)
    _place_remains(rows, tail)
    return tail


def expected_names(title: str, rows: list[Row], head: Head) -> list[str]:
    """Names of the texts that the notice issues: from its title and from its first sentences."""
    names: list[str] = []
    m = _ISSUED.search(title)
    if m:
        rest = title[m.end() :]
        names += _QUOTED.findall(rest)
        if not names and (core := re.sub(r"的(?:通知|函|公告|通告|决定|批复)(?:[（(].*)?$", "", rest)) != rest:
            names.append(core)
    for row in rows[head.body : head.body + 4]:
        if len(row.raw) < 2000 and "《" in row.raw and (_ISSUES if m else _HANDED).search(row.raw):
            names += [n for n in _QUOTED.findall(row.flat) if n not in names]
    return [n for n in names if doc_type_of(n) or len(n) > 5]


def similar(a: str, b: str) -> bool:
    """Whether two names mean one text: 《十一旅游整治方案》 and 某片区十一旅游整治方案."""
    (kind, pairs), (other_kind, others) = _core(a), _core(b)
    if len(pairs) < 3 or len(others) < 3 or kind != other_kind:
        return False
    both = len(pairs & others)
    return both >= 0.66 * min(len(pairs), len(others)) and both >= 0.4 * max(len(pairs), len(others))


@lru_cache(maxsize=256)
def _core(name: str) -> tuple[str | None, frozenset[str]]:
    """文种 and pairs of characters of a name."""
    core = _letters(bare(name))
    return doc_type_of(core), frozenset(map("".join, pairwise(core)))


def _annex_labels(rows: list[Row], head: Head) -> list[tuple[Row, AnnexLabel]]:
    found = []
    for row in rows[head.body :]:
        if row.raw[:1] in "附（([【#<* \t　" and not row.table and "附" in row.raw[:8] and (a := annex_label(row)):
            found.append((row, a))
    return found


def _rest(row: Row, a: AnnexLabel) -> str:
    return row.raw[a.rest - row.line.start :].strip()


def _is_annex(rows: list[Row], row: Row, a: AnnexLabel, notes: list[Span]) -> bool:
    """Whether the label heads an annex, not a 附件说明."""
    if any(row.line.start < n.end and row.line.end + 1 >= n.start for n in notes):
        return False
    rest = _rest(row, a)
    if not rest:
        return row.index + 1 < len(rows)
    return (len(rest) < _SHORT and not rest.endswith(("。", "；"))) or _glued_title(row, a, notes, rows) is not None


def _glued_title(row: Row, a: AnnexLabel, notes: list[Span], rows: list[Row]) -> Span | None:
    """附件检查表项目名称：…: the annex's title, announced in a 附件说明, run together with its text."""
    rest = row.raw[a.rest - row.line.start :]
    for note in notes:
        for line in (r for r in rows if note.start < r.line.end and r.line.start < note.end):
            title = line.raw[max(0, note.start - line.line.start) :].strip()
            title = re.sub(r"^(?:附件)?\d{0,2}\s*[.．、:：]\s*", "", title)
            if len(title) > 4 and rest.startswith(title) and len(rest) > len(title):
                return Span(a.rest, a.rest + len(title))
    return None


def _read_notes(rows: list[Row], labels: list[tuple[Row, AnnexLabel]]) -> list[Span]:
    """附件说明 of the notice and of the texts it issues: labels with titles after them, the annexes come later."""
    last = {x.number: i for i, (_, x) in enumerate(labels)}
    notes: list[Span] = []
    for i, (row, a) in enumerate(labels):
        if notes and row.line.start < notes[-1].end:
            continue
        again, more = last[a.number] > i, i + 1 < len(labels)
        end = _note_end(rows, row, a, again, more)
        if end is not None:
            gap = len(rows[row.index].raw[a.rest - row.line.start :]) == 0
            notes.append(Span(rows[row.index + 1].core.start if gap else a.rest, end))
            if len(notes) == _MAX_NOTES:
                break
    return notes


def _note_end(rows: list[Row], row: Row, a: AnnexLabel, again: bool, more: bool) -> int | None:
    """End of the 附件说明 that the label opens, or None. `again`: the label comes again; `more`: others follow."""
    rest = _rest(row, a)
    following = rows[row.index + 1] if row.index + 1 < len(rows) else None
    below = not rest and a.marked and following is not None and not following.table
    if not rest and not (below and following and not a.number and (_FIRST_ITEM.match(following.raw) or again)):
        return None
    listed = not rest or (_LIST_LINE.match(rest) is not None and not rest.startswith("《"))
    if not (below or again or (listed and (more or a.marked)) or (a.marked and _nothing_follows(rows, row))):
        return None
    end = row.index + (1 if below else 0)
    while end + 1 < len(rows) and (_continues_note(rows[end + 1], listed, a) or (listed and _wraps(rows, end + 1))):
        end += 1
    return rows[end].line.end


_ENTRY = re.compile(r"(?:附\s{0,2}件?\s*[：:]?\s*)?(\d{1,2})\s*[.．、](?!\d(?!\d{3}年))")


def _wraps(rows: list[Row], index: int) -> bool:
    """附件：1.某某厅关于做好 / 某某工作的通知 / 2.登记表: a line between entries 1 and 2 ends the first of them."""
    if index + 1 >= len(rows) or len(rows[index].flat) > _SHORT or rows[index].flat[-1:] in "。：；":
        return False
    before, after = _ENTRY.match(rows[index - 1].raw.strip()), _ENTRY.match(rows[index + 1].raw.strip())
    if before is None or after is None or rows[index].table or int(after[1]) != int(before[1]) + 1:
        return False
    return _ENTRY.match(rows[index].raw.strip()) is None and annex_label(rows[index]) is None


def _continues_note(row: Row, listed: bool, a: AnnexLabel) -> bool:
    if row.table or len(row.flat) > _SHORT or "。" in row.flat or trailing_day(row.raw):
        return False
    if re.match(r"\d{1,2}\s*[.．、](?!\d(?!\d{3}年))", row.raw):
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
    rows: list[Row], head: Head, names: list[str], annexes: list[tuple[Row, AnnexLabel]], notes: list[Span]
) -> int | None:
    """First row of a title line that the notice has announced."""
    if head.enclosed_row is not None:
        return head.enclosed_row
    if not names or not _ISSUES.search(head.title_text or "印发"):
        return None
    announced, end = [_letters(n) for n in names], head_end(head)
    firsts = frozenset(n[:1] for n in announced) | frozenset("《“")
    for row in rows[head.body + 1 : head.body + 80]:
        if row.table or len(row.flat) > _SHORT or row.line.start < end:
            continue
        if any(n.start < row.line.end and row.line.start < n.end for n in notes):
            continue  # the 附件说明 names it; its text comes below
        if not row.flat or (row.flat[0] in "附（([【" and annex_label(row)):
            continue
        if row.flat[0] in firsts and _announced_title(rows, row.index, announced) is not None:
            return row.index
        if is_title(row.flat) and any(similar(row.flat, n) for n in names):
            return row.index
        two = joined_title(rows, row.index)
        if two and any(similar(two[1], n) for n in names):
            return row.index
    return None


def _announced_title(rows: list[Row], index: int, names: list[str]) -> tuple[int, str] | None:
    """(last row, text) of a title that begins at `index` and is one of `names`.

    It may end in no 文种 (…分解表), or do so in its first line already.
    """
    flat = ""
    for row in rows[index : index + 4]:
        flat += row.flat
        written = _letters(flat)
        if written in names:
            return row.index, flat
        if row.table or not any(n.startswith(written) for n in names):
            return None
    return None


def _letters(name: str) -> str:
    return re.sub(r"\W", "", name)


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
    whole = _announced_title(rows, at, [_letters(n) for n in names]) if at == named else None
    if title is None or (whole and whole[0] > title[0]):  # 某某三年行动计划 / 实施方案
        title = whole
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
        NOTE_LINE.match(rows[at].flat)
        or is_printing(rows[at].flat)
        or is_noise(rows[at].flat)
        or is_contact(rows[at])
        or (tail.note and rows[at].line.start < tail.note.end and rows[at].line.end > tail.note.start)
    ):
        at += 1
    if at >= len(rows) or at in heads:
        return None
    if joined_title(rows, at) or (rows[at].centred and len(rows[at].flat) <= 60 and len(rows) - at > 2):
        return at
    return None


def _place_annexes(rows: list[Row], tail: Tail, annexes: list[tuple[Row, AnnexLabel]], names: list[str]) -> None:
    taken = {m.label.start for m in tail.marks if m.label}
    enclosed = any(m.kind == "enclosure" for m in tail.marks)
    for row, a in annexes:
        if a.label.start in taken or (tail.date and row.line.start < tail.date.start and not enclosed):
            continue
        rest = _rest(row, a)
        glued = _glued_title(row, a, [tail.note], rows) if tail.note and len(rest) > 30 else None
        span, text = (glued, rest[: len(glued)]) if glued else _annex_title(rows, row, a, rest)
        is_enclosed = not enclosed and text and any(similar(text, n) for n in names)
        tail.marks.append(Mark(row.index, "enclosure" if is_enclosed else "attachment", span, a.label))
        enclosed = enclosed or bool(is_enclosed)


def _annex_title(rows: list[Row], row: Row, a: AnnexLabel, rest: str) -> tuple[Span | None, str]:
    if rest and row.core.end > a.rest:  # 附件2 | in a cut table has the frame alone behind it
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
    passed = head.body
    for row in [r for r in rows[head.body :] if "印" in r.raw or r.raw[:1] in _PRINT_STARTS]:
        i = row.index
        if (
            i >= passed
            and is_printing(row.flat)
            and len(row.raw) <= 400
            and (not row.table or len(row.flat) < 90)
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
            if tail.date and rows[first].line.start >= tail.date.end:
                i += _printer(rows, i + 1)
                while i + 1 < len(rows) and is_printing(rows[i + 1].flat):
                    i += 1
            tail.marks.append(Mark(first, "imprint"))
            passed = i + 1
            _resume(rows, tail, passed)


def _printer(rows: list[Row], at: int) -> int:
    """How many lines below 抄送：… name the office that had the text printed and the day, without the word 印发."""
    row, below = (rows[i] if i < len(rows) else None for i in (at, at + 1))
    if row is None or row.table:
        return 0
    day = trailing_day(row.raw)
    if day is not None:
        before = row.raw[: day.start()].strip()
        return int(not before or looks_like_organisations(before))
    under = trailing_day(below.raw) if below is not None and looks_like_organisations(row.raw) else None
    return 2 if below is not None and under is not None and not below.raw[: under.start()].strip() else 0


def _resume(rows: list[Row], tail: Tail, at: int) -> None:
    """Text after an imprint that no other mark opens goes on with the part before it."""
    if at < len(rows) and not any(m.row == at for m in tail.marks):
        kind: PartKind = "meta" if all(is_noise(r.flat) for r in rows[at : at + 12]) else "body"
        tail.marks.append(Mark(at, kind))


def _place_remains(rows: list[Row], tail: Tail) -> None:
    """来源：…, 附件下载, 扫一扫 … at the end of a web page."""
    at = len(rows)
    while at > 0 and (rows[at - 1].line.meta or is_noise(rows[at - 1].flat)):
        at -= 1
    if at < len(rows):
        tail.marks.append(Mark(at, "meta"))
