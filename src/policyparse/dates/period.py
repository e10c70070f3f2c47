"""A whole cell or bracket read as one period: deadlines of tables and phases are stated so."""

from __future__ import annotations

import datetime
import re

from . import patterns as p
from .calendar import Fields, number
from .find import find_dates
from .model import DateContext, DateExpression
from .values import make, said

_OPEN = re.compile(
    "长期(?:坚持|推进|任务|开展)?|持续(?:推进|推动|开展|进行|实施)|常态化(?:推进|开展)?|常年|贯穿始终|全过程|立行立改|立即|即时|适时|每[年月季周天日]度?"
)
"""长期坚持, 立即, 每月: a period without a day."""
_ALL_YEAR = re.compile(r"\s*(?P<year>全年度?)\s*[。；;]?\s*")
"""完成时限：全年: the days of a year that the context tells."""
_EVENT = re.compile(
    r"的?[\u4e00-\u9fff]{1,8}?(?:之|以)?前(?![期后三两几一二四五六\d])|的?(?:[春夏秋冬]季?|[暑寒]假|[主前]?汛期|供暖|采暖)(?:学期)?[起末初]?"
)
"""(2023年)汛前, 国庆节前, 秋季开学前; 秋季学期起, 暑假."""


def read_period(string: str, start: int, end: int, *, context: DateContext) -> DateExpression | None:
    """The period that a deadline cell or a phase's bracket states as a whole; of several dates the last end counts."""
    found = find_dates(string, start, end, context=context)
    if not found and (bare := p.BARE_RANGE.fullmatch(string, start, end)):
        return _bare_range(bare, context)
    if not found:
        if (whole := _ALL_YEAR.fullmatch(string, start, end)) is not None:
            return make(string, (start, *whole.span("year")), said(Fields(), None, None), context, context.previous)
        m = _OPEN.search(string, start, end)
        return DateExpression(*m.span(), m.group(), None, None, "open", "none") if m else None
    if len(found) == 1:
        before = _EVENT.match(string, found[0].end, end) if found[0].grain == "year" else None
        if before and found[0].marker == "at":  # 2023年主汛期前: no calendar has its day
            return DateExpression(found[0].start, before.end(), string[found[0].start : before.end()], None, None)
        return found[0]
    first, last = (
        found[0],
        max((f for f in found if f.last), key=lambda f: f.last or datetime.date.min, default=found[-1]),
    )
    opening = first.first if not last.last or not first.first or first.first <= last.last else None
    return last._replace(
        start=first.start,
        end=found[-1].end,
        text=string[first.start : found[-1].end],
        first=opening,
        marker="range" if opening else last.marker,
        inferred=first.inferred or last.inferred,
        problem=next((f.problem for f in found if f.problem), None),
    )


def _bare_range(m: re.Match[str], context: DateContext) -> DateExpression | None:
    """3.1-3.15: read only where it is the whole of a bracket or cell."""
    a = Fields(month=number(m["m"]), day=number(m["d"]))
    b = Fields(month=number(m["m2"]), day=number(m["d2"]))
    found = make(m.string, (m.start(), m.start(), m.end()), said(a, b, None), context, context.previous)
    return found if found and not found.problem else None
