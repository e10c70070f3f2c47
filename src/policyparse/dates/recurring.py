"""Recurring dates (每年2月底前, 每月10日前, 每季度末, 次月5日前): the first occurrence after the issue date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import islice

from .calendar import Days, Fields, add_months, days_of, number
from .model import DateContext, DateExpression

_WITHIN = {"首月": 0, "首个月": 0, "第一月": 0, "第一个月": 0, "第二月": 1, "第二个月": 1}
_NEXT = ("次月", "下月", "下个月", "结束次月")
_STEP = {"月": 1, "季": 3, "季度": 3, "半年": 6, "年": 12}


def first_occurrence(
    m: re.Match[str], unit: str, context: DateContext
) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day of the first occurrence whose last day is after the issue date."""
    issued = context.issued
    if issued is None:
        if unit != "年" or not context.title_year:
            return None, None
        issued = datetime.date(context.title_year, 1, 1)
    for days in islice(_occurrences(m, unit, issued), 30):
        if days and days[1] > issued:
            return days
    return None, None


def _occurrences(m: re.Match[str], unit: str, issued: datetime.date) -> Iterator[Days | None]:
    """Occurrences from the unit (month, quarter, year) that holds the issue date."""
    step = _STEP[unit]
    opening = issued.month - 1 - (issued.month - 1) % step - step
    fields = Fields(day=number(m["d2"] or m["d"]), xun=m["x"], edge=m["e"])
    for n in range(30):
        month = add_months(datetime.date(issued.year, 1, 1), opening + n * step + _month_in_unit(m, step))
        f = Fields(month=month.month, day=fields.day, xun=fields.xun, edge=fields.edge)
        days = days_of(f, month.year)
        if days and m["d2"] and m["d"]:
            days = days[1].replace(day=number(m["d"]) or 1), days[1]
        yield days


def _month_in_unit(m: re.Match[str], step: int) -> int:
    """Which month of the unit is meant: 每年2月 -> 1, 每季度末 -> 2, 每季度首月 -> 0, 次月 -> the one after."""
    if m["m"]:
        return (number(m["m"]) or 1) - 1
    word = m["w"] or ""
    if word in _NEXT:
        return step
    if word in _WITHIN:
        return _WITHIN[word]
    # 每季度末 is its last month; 每季度10日前 means the first month of the next one
    return step if m["d"] and not word and step > 1 else step - 1


def yearly(day: Fields, context: DateContext) -> datetime.date | None:
    """The first time after the issue date that a day of the year comes."""
    issued = context.issued or (datetime.date(context.title_year, 1, 1) if context.title_year else None)
    years = (issued.year, issued.year + 1) if issued else ()
    return next((days[1] for y in years if (days := days_of(day, y)) and issued and days[1] > issued), None)


def this_month(m: re.Match[str], fields: Fields, context: DateContext) -> DateExpression | None:
    """本月底前, 次月5日前: the month of issue or the one after; 当月25日 comes back every month."""
    end = m.start() + len(m.group().rstrip(" 　\xa0"))
    text = m.group()[: end - m.start()]
    marker = "recurring" if m["rma"] in ("当月", "次月", "翌月") else "before" if m["before"] else "at"
    if context.issued is None:
        return DateExpression(m.start(), end, text, None, None, marker, "day")  # type: ignore[arg-type]
    month = add_months(context.issued, 0 if m["rma"][0] in "本当" else 1)
    days = days_of(Fields(month=month.month, day=fields.day, xun=fields.xun, edge=fields.edge), month.year)
    if days is None:
        return None
    first = None if m["before"] or fields.edge else days[0]
    return DateExpression(m.start(), end, text, first, days[1], marker, "day", "issued")  # type: ignore[arg-type]
