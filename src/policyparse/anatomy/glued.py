"""What shares its line with a title, a break being lost: number, recipients, the label of an annex."""

from __future__ import annotations

import re

from ..numbers import find_numbers
from ..text import Span
from .lines.kinds import doc_type_of
from .lines.labels import annex_label
from .lines.numbers import without_mark
from .lines.rows import Row
from .lines.wording import is_title
from .model import Head

_ANNOUNCED = re.compile(r"(?:公告|通告|令)\s*[（(](\s*(?:(?:19|20)\d\d\s*年\s*)?第\s*\d{1,5}\s*号)\s*[）)]\s*$")
"""…的公告（2021年第121号）."""
_LEADING = re.compile(r"\s*(?:特急|加急|急件|特提)?\s*")
"""特急　青政办〔2020〕7号关于…."""


def split_annex_title(head: Head, region: list[Row]) -> bool:
    """附件2 某某县补贴管理办法: only the annex survives, its label on the line of its title."""
    if not region or head.number or head.recipients or not (label := annex_label(region[0])):
        return False
    row = region[0]
    rest = row.raw[label.rest - row.line.start :]
    if not is_title("".join(rest.split())):
        return False
    head.annex_label, head.title, head.title_text = label.label, Span(label.rest, row.core.end), "".join(rest.split())
    head.body = max(head.body, row.index + 1) if head.body != row.index else row.index + 1
    return True


def cut_behind(head: Head, region: list[Row]) -> None:
    """…的通知中国人民银行上海总部、各分行：: title and recipients on one line; or title and number on one line."""
    rec = head.recipients
    for row in region:
        if rec and row.line.start < rec.start <= row.line.end:
            lead = row.raw[: rec.start - row.line.start]
            flat = "".join(lead.split())
            if is_title(flat) and not (head.title and head.title.end > row.line.start):
                lead = _without_number(head, row, lead.rstrip())
                head.title, head.title_text = Span(row.core.start, row.line.start + len(lead)), "".join(lead.split())
            return
    if head.title:
        _split_number(head, region)


def _without_number(head: Head, row: Row, lead: str) -> str:
    """The title before its number, which is noted: …的通知（青政发〔2019〕5号）."""
    found = find_numbers(lead) if lead.endswith(("号", "号）", "号)")) else []
    if not found or lead[found[-1].end :].strip("）) "):
        return lead
    if head.number is None:
        head.number = Span(row.line.start + found[-1].start, row.line.start + found[-1].end)
    return lead[: found[-1].start].rstrip(" \t　（(")


def _split_number(head: Head, region: list[Row]) -> None:
    """A number in brackets at the end of the title line: …的通知（国办发〔2018〕1号）."""
    assert head.title
    for row in region:
        if not (row.line.start <= head.title.end - 1 < row.line.end):
            continue
        if (counted := _ANNOUNCED.search(row.raw)) and head.number is None:
            head.number = Span(row.line.start + counted.start(1), row.line.start + counted.end(1))
            return
        found = find_numbers(row.raw)
        if found and not row.raw[found[-1].end :].strip(" 　）)\t") and head.number is None:
            before = row.raw[: found[0].start].rstrip(" 　（(\t")
            flat = re.sub(r"\s", "", before)
            if doc_type_of(flat):
                head.number = Span(row.line.start + found[0].start, row.line.start + found[-1].end)
                head.title = Span(head.title.start, row.line.start + len(before))
        return


def cut_before(head: Head, region: list[Row]) -> None:
    """青政办〔2020〕7号关于…的通知: the number stands before the title on its line."""
    assert head.title
    row = next(r for r in region if r.line.end > head.title.start)
    found = find_numbers(row.raw[:90]) if "号" in row.raw[:90] else []
    if not found or not (lead := _LEADING.match(row.raw)) or found[-1].end >= 90:
        return
    if found[0].start > lead.end() and without_mark(row.raw[: found[0].start]):
        return
    at = row.line.start + found[-1].end
    if head.number is None:
        head.number = Span(row.line.start + found[0].start, at)
    start = at + len(row.raw[found[-1].end :]) - len(row.raw[found[-1].end :].lstrip())
    if start >= head.title.end or "号" not in head.title_text:
        return
    head.title = Span(start, head.title.end)
    head.title_text = head.title_text[head.title_text.index("号") + 1 :]
