"""The sign-off: signature (署名) and date (成文日期)."""

from __future__ import annotations

import re

from ..text import Span
from .lines.days import DAY_LAST, DAY_PADDING, trailing_day, trailing_month
from .lines.kinds import doc_type_of
from .lines.labels import AnnexLabel, after_label, annex_label
from .lines.names import is_first_half, looks_like_organisations
from .lines.page import is_noise
from .lines.printing import is_printing
from .lines.rows import Row
from .lines.wording import is_title, is_version
from .model import Head, Mark, Tail

NOTE_LINE = re.compile(
    r"[（(](?!\d|[一二三四五六七八九十])[^（）()]{2,60}(?:[（(][^（）()]{1,20}[）)][^（）()]{0,30})?[）)]$"
)


_ACTING = re.compile(r"[（(][\u4e00-\u9fff]{2,24}代[章印]?[)）]")
"""（市发展改革委代章）, between the name of a body without a seal and the date."""
_LONGEST_KIND = 14


def head_end(head: Head) -> int:
    """Where the last element of the head ends."""
    return max((x.end for x in (head.title, head.number, head.recipients) if x is not None), default=0)


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
            if following and (is_version(following.flat) or _kind_below(flat, following)):
                return last + 1, flat + following.flat
            return last, flat
    return None


def _kind_below(flat: str, row: Row) -> bool:
    """《某某若干措施》 / 分工方案: what is made of the text in 《》 stands on the next line."""
    short = flat[-1] == "》" and not row.table and len(row.flat) <= _LONGEST_KIND and row.flat[:1] not in "《（("
    return short and doc_type_of(row.flat) is not None and is_title(flat + row.flat)


def _no_title(row: Row) -> bool:
    """Whether a short line cannot be part of a title: a sentence, a date, a note in brackets, a label."""
    flat = row.flat
    if flat[-1:] in "。：；，:;,、" or len(flat) > 80 or trailing_day(row.raw) is not None or NOTE_LINE.match(flat):
        return True
    if "印" in flat and is_printing(flat):
        return True
    return flat[:1] in "附（([【" and annex_label(row) is not None


def is_contact(row: Row) -> bool:
    return re.match(r"[（(]?(?:联系人|联系电话|联系方式|电话|传真|信息公开|公开)", row.flat) is not None


_LAST = DAY_LAST | {"月"}


def sign_off(rows: list[Row], head: Head, tail: Tail, limit: int, annexes: list[tuple[Row, AnnexLabel]]) -> None:
    """署名 and 成文日期: the first line after the body that is a date, alone or after organisations."""
    stop = min([limit, *(r.index for r, a in annexes if not after_label(r, a))])
    for row in rows[head.body : stop]:
        if row.raw.rstrip(DAY_PADDING)[-1:] not in _LAST or row.table or row.line.meta:
            continue
        day = trailing_day(row.raw)
        if day is None and row.raw[-1:] == "月" and row.index > head.body and _signs(rows[row.index - 1]):
            day = trailing_month(row.raw)
        if day is None or row.line.start + day.start() < head_end(head):
            continue
        before = row.raw[: day.start()].strip(" \t　\xa0（(")
        if before and set(before.split()) == {"".join(day[0].split())}:
            before = ""  # 2020年8月21日　　2020年8月21日: two issuers, each with its date
        if before and not looks_like_organisations(before):
            if not _glued_sign_off(rows, row, day, tail):
                continue
            return
        if not before and row.index + 1 != limit and not _closes(rows, row, head):
            continue
        _set_signature(rows, row, before, day, tail, head)
        if tail.signature is None and head.byline is None:
            tail.signature = _last_line(rows, row)
        return
    _unsigned(rows, head, tail, stop)


def _last_line(rows: list[Row], dated: Row) -> Span | None:
    """The signature under the enclosed text, where only the date stands under the notice itself."""
    last = next((r for r in reversed(rows[-6:]) if not (r.line.meta or is_noise(r.flat))), None)
    if last is None or last.index <= dated.index + 2 or not _signs(last):
        return None
    return last.core if rows[last.index - 1].flat[-1:] in "。；" else None


def _closes(rows: list[Row], row: Row, head: Head) -> bool:
    """Whether a date alone on its line ends the text, not an item of a timetable."""
    if row.line.align == "right" or (row.index > head.body and _signs(rows[row.index - 1])):
        return True
    if row.index + 1 >= len(rows):
        return True
    after = rows[row.index + 1]
    if after.line.meta or NOTE_LINE.match(after.flat) or is_noise(after.flat) or is_contact(after):
        return True
    return (
        is_printing(after.flat)
        or annex_label(after) is not None
        or _signs(after)
        or joined_title(rows, after.index) is not None
    )


def _glued_sign_off(rows: list[Row], row: Row, day: re.Match[str], tail: Tail) -> bool:
    """…请认真贯彻执行。某某局2018年3月1日: signature and date stand at the end of the last paragraph."""
    signature = _name_at_end(row, day.start())
    if signature is None:
        return False
    tail.signature = signature
    tail.date = Span(row.line.start + day.start(), row.line.start + day.end())
    return True


_STOP = re.compile(r"[。.！；!;：:]")
_WORD = re.compile(r"[^\s、]+")
_NO_NAME = re.compile(
    r"(?:请|报(?!社|业)|送|交(?!通|警|易|投)|由|经(?!济|开|信|贸)|抄|联系|咨询|各|凡|按|并|或|到|至|以及|(?:向|对|和|与|及)(?=[省市县区州各有本我]))"
    r"|(?:责任|牵头|配合|主办|协办|承办|落实|督导|参与|参加|协助|主责)(?:单位|部门|科室|处室|领导|人)"
    r"|.*(?:的(?!肺炎)|应当|要求|负责|报送|会同)"
)


_ITEM = 8
_ITEM_NUMBER = re.compile(r"\s*[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.．、）)]\s*")


def _name_at_end(row: Row, end: int) -> Span | None:
    """The organisations that stand after the last sentence or gap of a paragraph: …请遵照执行.某某局."""
    base = max(0, end - 160)
    raw = row.raw[base:end].rstrip(" \t　\xa0（(")
    stop = 0
    for m in _STOP.finditer(raw):
        stop = m.end()
    start = len(raw)
    for word in reversed(list(_WORD.finditer(raw, stop))):
        if not 4 <= len(word[0]) <= 40 or _NO_NAME.match(word[0]) or not looks_like_organisations(word[0]):
            break
        start = word.start()
    if start == len(raw) or (start == 0 and base == 0):
        return None
    if raw[:start].rstrip()[-1:] in "：:、" or (start and start < _ITEM and _ITEM_NUMBER.fullmatch(raw, 0, start)):
        return None  # 责任单位：甲局、乙局 ends in names, too; 2.某某公司 is one of a list
    return Span(row.line.start + base + start, row.line.start + base + len(raw))


def _set_signature(rows: list[Row], row: Row, before: str, day: re.Match[str], tail: Tail, head: Head) -> None:
    tail.date = Span(row.line.start + day.start(), row.line.start + day.end())
    first = row.index
    if first - 2 >= head.body and _ACTING.fullmatch(rows[first - 1].flat) and _signs(rows[first - 2]):
        first -= 1
    while first - 1 >= head.body and row.index - first < 12 and _signs(rows[first - 1]):
        first -= 1
    if first - 1 > head.body and first < row.index and _ends_name(rows[first - 1], rows[first]):
        first -= 1
    start = rows[first].core.start
    last = rows[row.index - 1 - bool(_ACTING.fullmatch(rows[row.index - 1].flat))]
    end = row.line.start + row.raw.index(before) + len(before) if before else last.core.end
    if before or first < row.index:
        above = _name_above(rows, first, head)
        tail.signature = Span(above.start if above else start, end)
    elif above := _name_above(rows, row.index, head):
        tail.signature = above
    elif row.index + 1 < len(rows) and _signs(rows[row.index + 1]) and not is_printing(rows[row.index + 1].flat):
        tail.signature = rows[row.index + 1].core  # the date above the name
    tail.marks.append(Mark(first, "closing"))


def _name_above(rows: list[Row], index: int, head: Head) -> Span | None:
    """The organisations at the end of the paragraph above row `index`; a table row is none."""
    above = rows[index - 1] if index > head.body else None
    return _name_at_end(above, len(above.raw)) if above and not above.table else None


def _ends_name(above: Row, row: Row) -> bool:
    """…疫情防控工作指挥 / 部办公室: the signature's first line ends a name begun above."""
    if above.table or len(row.flat) > 10:
        return False
    return is_first_half(above.flat, row.flat) and _NO_NAME.match(above.flat) is None


def _signs(row: Row) -> bool:
    """Whether a line above the date is a signature."""
    if row.table or len(row.flat) > 90 or not looks_like_organisations(row.raw.replace("，", "、")):
        return False
    return _NO_NAME.match(row.flat) is None and _ITEM_NUMBER.match(row.flat) is None


def _unsigned(rows: list[Row], head: Head, tail: Tail, stop: int) -> None:
    """A signature whose date is lost: organisations alone on the last line before the enclosed text."""
    at = min(stop, len(rows)) - 1
    if at <= head.body or not _signs(rows[at]) or not (rows[at].line.align == "right" or stop < len(rows)):
        return
    tail.signature = rows[at].core
    tail.marks.append(Mark(at, "closing"))
