"""Which year a date without one belongs to: the annotation guide's order."""

from __future__ import annotations

import datetime
from functools import lru_cache

from .calendar import Fields, days_of
from .model import DateContext

_DEICTIC = {"今年": 0, "本年": 0, "本年度": 0, "明年": 1, "来年": 1, "去年": -1}
_ANAPHORIC = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1, "上年": -1}


def infer_year(fields: Fields, context: DateContext, previous: datetime.date | None) -> tuple[int | None, str | None]:
    """(year, source) of a date that writes none; (None, None) where nothing tells it: it is never a guess."""
    relative = fields.relative
    if relative is None:
        return _in_order(fields, context, previous)
    if relative in _DEICTIC:
        year, source = _from_outside(context)
        return (None, None) if year is None else (year + _DEICTIC[relative], source)
    year, source = _in_order(fields, context, previous)
    return (None, None) if year is None else (year + _ANAPHORIC.get(relative, 0), source)


def _from_outside(context: DateContext) -> tuple[int | None, str | None]:
    """今年, 明年 are said from the day of issue."""
    if context.issued:
        return context.issued.year, "issued"
    if context.number_year:
        return context.number_year, "number"
    return context.title_year, "title"


def _in_order(fields: Fields, context: DateContext, previous: datetime.date | None) -> tuple[int | None, str | None]:
    _, title_year, declared, issued, number_year, called = context
    if called and issued and fields.relative is None:
        year = _next_time(fields, issued)
        if previous is None or previous.year < year:
            return year, "issued"
    if previous is not None:
        return previous.year + _turned(fields, previous, issued), "previous"
    if title_year and issued and _soon(fields, title_year, issued):
        return issued.year, "issued"
    if title_year and not _long_past(fields, title_year, issued):
        return title_year, "title"
    if declared and not (issued and _ambiguous(fields, declared, issued)):
        if (within := _in_period(fields, declared)) is not None:
            return within, "declared"
        return (_next_time(fields, issued), "issued") if issued else (declared[0].year, "declared")
    if issued:
        return issued.year, "issued"
    return (number_year, "number") if number_year else (title_year, "title")


def _next_time(fields: Fields, issued: datetime.date) -> int:
    """The year in which the day comes first: 关于2022年度项目申报的通知 of November 2021 asks by 12月5日."""
    days = days_of(fields, issued.year)
    return issued.year + (days is not None and days[1] < issued)


def _turned(fields: Fields, previous: datetime.date, issued: datetime.date | None) -> bool:
    """12月28日前…，1月5日前, told in December: the next January, as the year of the date before is nearly over."""
    if (
        issued is None
        or previous < issued
        or fields.month is None
        or fields.relative
        or previous.month - fields.month < 10
    ):
        return False
    days = days_of(fields, previous.year)
    return days is not None and days[1] < issued


def _soon(fields: Fields, year: int, issued: datetime.date) -> bool:
    """Whether a day is of the year of issue though the title names the next one.

    关于2022年春节值班的通知 of 2021-12-20: 12月28日前 is in a week; 12月底前 is the end of the year it is about.
    """
    if year != issued.year + 1:
        return False
    days = days_of(fields, issued.year)
    if days is None or days[1] < issued:
        return False
    if issued.month <= _AUTUMN:  # 关于2021年度参保缴费的通知 of September prepares that year in this one
        return True
    return fields.day is not None and (days[1] - issued).days <= _A_MONTH and days[1].day != _LAST_DAY


def _long_past(fields: Fields, year: int, issued: datetime.date | None) -> bool:
    """关于2022年度考核的通知, issued in January 2023: 2月10日前 is not in the year of the title."""
    if not issued or year >= issued.year:
        return False
    days = days_of(fields, year)
    return days is not None and days[1] < issued


def _ambiguous(fields: Fields, period: tuple[datetime.date, datetime.date], issued: datetime.date) -> bool:
    """A period of two years (培育周期自2020年1月至2021年12月) does not say which 9月30日 is meant: the next one is."""
    if (period[1] - period[0]).days < _A_YEAR or period[0] <= issued:
        return False
    days = days_of(fields, issued.year)
    return days is not None and days[1] >= issued


_A_YEAR, _A_MONTH, _LAST_DAY = 366, 31, 31
_AUTUMN = 10
"""Plans of a year are issued from November on before it, what prepares for it until October."""


@lru_cache(maxsize=1024)
def _in_period(fields: Fields, period: tuple[datetime.date, datetime.date]) -> int | None:
    """In 2023年9月至2024年3月 a 2月 is one of 2024; a 7月 is in none."""
    for year in range(period[0].year, period[1].year + 1):
        days = days_of(fields, year)
        if days and days[0] <= period[1] and period[0] <= days[1]:
            return year
    return None
