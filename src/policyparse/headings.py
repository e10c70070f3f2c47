"""Headings of items: a whole short line, or a run-in heading before the text."""

from __future__ import annotations

import re

from .text import Span

MAX_HEADING = 40
MAX_SENTENCE = 25
_SENTENCE = re.compile(r"[。；;！!？?]")
_END = re.compile(r"[。：:]|——|(?<=[\u4e00-\u9fff）”])[ 　\t]+(?=[\u4e00-\u9fff])")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff）”])[ 　\t]+(?=[\u4e00-\u9fff])")
_BRACKET = re.compile("[（(〔《“【\\[）)〕》”】\\]]")
_OPEN, _SHUT = "（(〔《“【[", "）)〕》”】]"
# 牵头单位：… and 包括：… lead into a value or a list, they do not name the item
_NO_HEADING = re.compile(
    r"(?:单位|部门|科室|处室|责任人|联系人|电话|邮箱|地址|时限|时间|组长|成员|主任|召集人|如下|包括|其中|内容为|分别是|公式为)$"
)
# 自查自纠阶段（2016年4月）各单位应…: the bracketed period ends the heading
_DATED = re.compile(
    r"[^。；;：:（(\n]{2,25}[（(][^（()）\n]{0,25}\d[ ]?[年月日][^（()）\n]{0,25}[）)](?![。，,；;：:、])"
)
_NOTE_ONLY = re.compile(r"[\s　]*[（(〔【\[][^）)〕】\]]{0,300}[）)〕】\]]")


def find_heading(string: str, start: int, end: int, *, more: bool = False) -> Span | None:
    """Heading of the item whose text is `string[start:end]` (its first paragraph, without the number).

    `more`: paragraphs or items follow under it, so that a short first sentence on its own line is a heading too.
    """
    while end > start and string[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    if end - start <= MAX_HEADING and not _SENTENCE.search(string, start, end):
        if string[end - 1] in "：:" and (gap := _GAP.search(string, start + 4, end)):
            return _trim(string, start, gap.start())  # 主要任务 本次整治的任务是：
        label, colon, value = string[start:end].replace(":", "：").partition("：")
        return None if colon and value and _NO_HEADING.search(label) else _trim(string, start, end)
    if (
        more
        and end - start <= MAX_SENTENCE
        and string[end - 1] == "。"
        and not _SENTENCE.search(string, start, end - 1)
    ):
        return _trim(string, start, end)
    return _run_in(string, start, end)


def _run_in(string: str, start: int, end: int) -> Span | None:
    opening = string[start : start + 26]
    if "（" in opening or "(" in opening:
        dated = _DATED.match(string, start, end)
        if dated and dated.end() < end:
            return Span(start, dated.end())
    for m in _END.finditer(string, start, min(end, start + MAX_HEADING + 1)):
        head = string[start : m.start()]
        if _BRACKET.search(head) and not _balanced(head):
            continue
        if m.end() >= end:
            return None
        mark = m.group()[0]
        if mark in " 　\t" and (len(head) < 4 or any(c in head for c in "，,、；;（(") or end - m.end() < 15):
            continue
        if mark in "：:—" and (any(c in head for c in "，,；;") or _NO_HEADING.search(head)):
            return None
        rest = _NOTE_ONLY.match(string, m.end(), end)
        if mark == "。" and rest and rest.end() >= end - 1:
            return None  # 完成年度计划。（责任单位：…）: the sentence is the item
        return _trim(string, start, m.start())
    return None


def _trim(string: str, start: int, end: int) -> Span | None:
    while end > start and string[end - 1] in " 　\t：:，,、—*.．。":
        end -= 1
    return Span(start, end) if end > start else None


def _balanced(head: str) -> bool:
    return sum(head.count(c) for c in _OPEN) == sum(head.count(c) for c in _SHUT)
