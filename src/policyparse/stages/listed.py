"""Stages in one paragraph below 时间安排, without the word 阶段: 3月6日—3月10日为宣传发动时间；3月11日—3月25日."""

from __future__ import annotations

import re
from itertools import pairwise

from ..dates import DateContext, DateExpression, find_dates
from .head import Head

_CLAUSE = re.compile(r"[^；;。\n]+")
_COMMA_CLAUSE = re.compile(r"[^，,；;。\n]+")
_NAME = re.compile(
    r"[ 　]{0,2}(?:为|是|[，,：:])?[ 　]{0,2}(?P<name>(?!前|底|各|由)[\u4e00-\u9fff、]{2,12}?)"
    r"(?:时间|时段|阶段)?[ 　]{0,2}"
)
_LONGEST = 400


def listed_periods(string: str, start: int, end: int, context: DateContext) -> list[Head]:
    """Clauses that are each a period and a name, one period following on the other; nothing when any is not."""
    if end - start > _LONGEST:
        return []
    clauses = _CLAUSE if string.find("；", start, end) >= 0 else _COMMA_CLAUSE
    found: list[Head] = []
    for m in clauses.finditer(string, start, end):
        head = _head(string, *m.span(), context)
        if head is None:
            return []
        context = context.after(head.period.last if head.period else None)
        found.append(head)
    return found if len(found) >= 2 and all(_follows(a.period, b.period) for a, b in pairwise(found)) else []


def _head(string: str, start: int, end: int, context: DateContext) -> Head | None:
    while start < end and string[start] in " 　":
        start += 1
    dates = find_dates(string, start, end, context=context)
    if len(dates) != 1 or dates[0].start != start or not (dates[0].first and dates[0].last):
        return None
    name = _NAME.fullmatch(string, dates[0].end, end)
    return Head(start, end, name["name"], None, True, dates[0]) if name else None


def _follows(a: DateExpression | None, b: DateExpression | None) -> bool:
    """Whether the second period begins on the day after the first ends."""
    return bool(a and b and a.last and b.first and 0 <= (b.first - a.last).days <= 1)
