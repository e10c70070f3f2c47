"""The head: page metadata, issuing mark (发文机关标志), number, recipients, and where the body begins."""

from __future__ import annotations

import re

from ..numbers import find_numbers
from ..text import Span
from .glued import split_annex_title
from .lines.days import DAY, trailing_day
from .lines.labels import annex_label
from .lines.marks import SMALL, TELEGRAM
from .lines.names import looks_like_organisations
from .lines.numbers import number_span
from .lines.page import begins_with_meta_label, is_field_row, is_noise
from .lines.recipients import recipients_end
from .lines.rows import Row
from .lines.wording import is_prose, is_title
from .mark import find_mark, find_number, late_mark
from .model import Head
from .title import find_title

_NOTICE = "通知|函|复函|批复|意见|决定|通报|公告|通告|请示|报告"


_ADDRESSED = re.compile(r"\s*主\s*送(?:机关|单位)?\s*[:：]\s*")


_COLLECTIVE_START = re.compile(r"各|有关|市直|省直|区直|县直|州直|机关各|局属|厅属")


_GLUED = re.compile(rf"的(?:紧急|补充)?(?:{_NOTICE})(?:（[^（）]{{1,12}}）)?\s*(?![》〉”])")


def read_head(rows: list[Row], total: int) -> Head:
    """The head of the document, from its first rows (`total` is the number of rows of the whole text)."""
    head = Head()
    usable, body = _usable_rows(rows)
    head.body = body if body is not None else min(len(rows), total)
    region = [r for r in rows[: head.body + 1] if usable[r.index] and not (r.index == head.body and r.table)]
    _find_recipients(head, region)
    find_number(head, region)
    if split_annex_title(head, region):
        _find_byline(head, rows, usable)
        _close(head, rows, usable)
        return head
    find_title(head, region)
    if head.recipients is None:
        _unclosed_list(head, region)
    find_mark(head, region)
    _find_byline(head, rows, usable)
    _bound_body(head, rows, usable)
    _close(head, rows, usable)
    if head.number is None and head.mark is None:
        late_mark(head, rows)
    return head


def _bound_body(head: Head, rows: list[Row], usable: list[bool]) -> None:
    """The body begins right after the recipients, or at the latest after the last element of the head."""
    if head.recipients is not None:
        end = head.recipients.end
    elif head.body >= len(rows):
        end = max((x.end for x in (head.title, head.number, head.byline, head.dateline) if x is not None), default=0)
    else:
        return
    after = next((r.index for r in rows if r.line.start >= end and usable[r.index]), len(rows))
    if after < head.body and (end or head.body >= len(rows)):
        head.body = after


_LIST_LINES = 6


_FIELD_ROWS = 16
"""A table of metadata has as many rows at most."""


def is_meta_row(row: Row) -> bool:
    """Whether a row before the document is a page's own: label：value, breadcrumb, share buttons."""
    flat = row.flat
    if not flat or is_noise(flat) or " > " in row.raw or ">>" in flat or begins_with_meta_label(flat):
        return True
    return row.table and row.index < _FIELD_ROWS and is_field_row(row)


def _usable_rows(rows: list[Row]) -> tuple[list[bool], int | None]:
    """Which rows belong to the document, and the first row of its body (rows after that are not looked at)."""
    usable = [True] * len(rows)
    for row in rows:
        usable[row.index] = not (row.line.meta or is_meta_row(row))
        if usable[row.index] and _begins_body(rows, row):
            return usable, row.index
    return usable, None


def _begins_body(rows: list[Row], row: Row) -> bool:
    """Whether the body has begun: running text, a numbered heading, a table."""
    if (
        number_span(row)
        or (row.index < 8 and TELEGRAM.match(row.flat))
        or (row.index < 4 and len(row.flat) < 40 and annex_label(row))
        or not (is_prose(row) or row.flat in ("目录", "目次"))
    ):
        return False
    end = None if row.table else recipients_end(row.raw)
    if row.flat in ("目录", "目次"):
        return row.index > 0
    if end is not None and len(row.raw) - end < 8:
        return False
    below = rows[row.index + 1] if row.index + 1 < len(rows) else None
    if row.flat[-1] in "；;" and _lists_on(rows, row.index):
        return False
    return below is None or _glued_list(rows, below, below.raw.find("：")) is None


def _lists_on(rows: list[Row], index: int) -> bool:
    """各市、县人民政府，省政府各部门； / 各直属机构：: a list of recipients that a semicolon carries over lines."""
    for row in rows[index : index + _LIST_LINES]:
        if row.flat[-1:] not in ("；", ";"):
            end = recipients_end(row.raw)
            return end is not None and len(row.raw) - end < 8
        if recipients_end(row.raw.rstrip("；; ") + "：") is None:
            return False
    return False


def _find_recipients(head: Head, region: list[Row]) -> None:
    """主送机关: the line before the body that ends with a colon; it may run over several lines."""
    for row in region:
        if "：" not in row.raw and ":" not in row.raw:
            continue
        start = 0
        if "号" in row.raw[:40] and (after := _past_number(row.raw, 0)):
            start = after  # （江教监管〔2022〕15号） 各市教育局：
        end = recipients_end(row.raw, start)
        if end is not None and start:
            own = find_numbers(row.raw, 0, start)
            head.number = Span(row.line.start + own[0].start, row.line.start + own[-1].end)
        if end is None:
            for m in _GLUED.finditer(row.raw[:400]):
                after = _past_number(row.raw, m.end())
                end = recipients_end(row.raw, after)
                if end is not None:
                    start = after
                    break
        if end is None:
            continue
        first = row.line.start + start
        at = row.index
        while at > 0 and start == 0 and region and _continues_recipients(region, at - 1):
            at -= 1
            first = next(r for r in region if r.index == at).core.start
        if at == row.index and start == 0 and row.index > 0 and (glued := _glued_list(region, row, end)) is not None:
            first, at = glued, row.index - 1
        lead = len(row.raw[start:end]) - len(row.raw[start:end].lstrip())
        if at == row.index:
            first += lead
        head.recipients = Span(first, row.line.start + end)
        if row.index == head.body and not row.raw[end + 1 :].strip():
            head.body = row.index + 1
        elif row.index < head.body and row.raw[end + 1 :].strip():
            head.body = row.index  # the body's first sentence stands on the same line
        return


def _past_number(raw: str, at: int) -> int:
    """…的通知（青政发〔2019〕5号）各镇：: where the list begins after a number that follows the title."""
    found = find_numbers(raw, at, min(len(raw), at + 40)) if "号" in raw[at : at + 40] else []
    if not found or raw[at : found[0].start].strip(" \t　（("):
        return at
    end = found[0].end
    while end < len(raw) and raw[end] in " \t　）)":
        end += 1
    return end


def _glued_list(region: list[Row], row: Row, end: int) -> int | None:
    """Where recipients begin on the line above, right after the title: …的通知各市人民政府，/ 各有关单位：."""
    above = next((r for r in region if r.index == row.index - 1), None)
    if above is None or end < 0 or "的" not in above.raw or is_title(above.flat) or len(above.raw) > 500:
        return None
    for m in _GLUED.finditer(above.raw):
        if above.raw[m.end() :].strip() and recipients_end(above.raw[m.end() :] + row.raw[: end + 1]) is not None:
            return above.line.start + m.end()
    return None


def _continues_recipients(region: list[Row], index: int) -> bool:
    """各县（市、区）人民政府， on a line of its own above the line that closes the list."""
    row = next((r for r in region if r.index == index), None)
    if row is None:
        return False
    if not row.flat.endswith(("，", ",", "、", "；", ";")):
        below = next((r for r in region if r.index == index + 1), None)
        return below is not None and _broken_list(row, below)
    return recipients_end(row.raw.rstrip("，,、；; ") + "：") is not None


def _broken_list(row: Row, below: Row) -> bool:
    """…各直属机构，驻市 / 有关单位：: a list whose line breaks inside a name."""
    if len(row.raw) < 18 or is_title(row.flat) or number_span(row) or not any(c in row.raw for c in "，,；;"):
        return False
    return not any(c in row.raw for c in "。：:《") and recipients_end(row.raw.rstrip() + below.raw[:200]) is not None


def _unclosed_list(head: Head, region: list[Row]) -> None:
    """主送机关 by its label (主送：…), or right under the title or number with its colon lost."""
    after = max((x.end for x in (head.title, head.number) if x is not None), default=None)
    for row in region:
        label = _ADDRESSED.match(row.raw)
        if label:
            head.recipients = Span(row.line.start + label.end(), row.core.end)
            if row.index == head.body:
                head.body += 1
            return
        if after is None or row.index >= head.body or row.line.start < after or not _COLLECTIVE_START.match(row.flat):
            continue
        if row.flat[-1] not in "。：；" and not is_title(row.flat) and recipients_end(row.raw + "：") is not None:
            head.recipients = row.core
            return


def _find_byline(head: Head, rows: list[Row], usable: list[bool]) -> None:
    """Organisations and a date under the title: 某某局 / （2018年3月1日）, （青政发〔2003〕5号　2003年1月7日）."""
    if head.title is None:
        return
    above: Row | None = None
    minutes = head.title_text.endswith("纪要")  # 某某办公室　　2021年2月4日 stands above the title of minutes
    for row in rows[: head.body]:
        if (row.line.start < head.title.end and not minutes) or not usable[row.index] or len(row.flat) > 80:
            continue
        if number_span(row):
            _beside_number(head, row)
            continue
        day = trailing_day(row.raw)
        if day is None:
            above = row
            if looks_like_organisations(row.raw) and head.byline is None and head.recipients is None:
                head.byline = row.core
            continue
        before = row.raw[: day.start()].strip(" \t　\xa0（(")
        if "年" not in day[0] or not (row.flat[:1] in "（(" or head.byline or (minutes and (before or above))):
            continue
        if above is not None and above.index == row.index - 1 and looks_like_organisations(above.raw):
            head.byline = head.byline or above.core
        if before and not looks_like_organisations(before):
            continue
        head.dateline = Span(row.line.start + day.start(), row.line.start + day.end())
        if before and head.byline is None:
            at = row.line.start + row.raw.index(before)
            head.byline = Span(at, at + len(before))


def _beside_number(head: Head, row: Row) -> None:
    """（青政发〔2003〕5号　2003年1月7日）: the date on the line of the number."""
    day = DAY.search(row.raw)
    if day and "年" in day[0] and head.dateline is None:
        head.dateline = Span(row.line.start + day.start(), row.line.start + day.end())


def _close(head: Head, rows: list[Row], usable: list[bool]) -> None:
    """The first row of the head: the first element found, with marks (份号, 密级) just above it."""
    starts = [x.start for x in (head.mark, head.number, head.title, head.recipients) if x is not None]
    if not starts:
        head.first = head.body
        return
    first = next((r.index for r in rows if r.line.end > min(starts)), 0)
    while first > 0 and usable[first - 1] and SMALL.match(rows[first - 1].flat):
        first -= 1
    if first > 0 and usable[first - 1] and (label := annex_label(rows[first - 1])) and len(rows[first - 1].flat) <= 6:
        head.annex_label = label.label
        first -= 1
    head.first = min(first, head.body)
