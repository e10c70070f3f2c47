"""The calendar of the date engine: year, month, 旬, quarter … -> first and last day."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from ..numerals import to_int

Grain = Literal["day", "xun", "month", "quarter", "half", "year", "none"]
Days = tuple[datetime.date, datetime.date]

_XUN = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "上中旬": (1, 20), "中下旬": (11, 31)}
_ZEROS = str.maketrans(dict.fromkeys("○0０OＯoо◯零", "〇"))
FIRST_YEAR, LAST_YEAR = 1900, 2100


class Fields(NamedTuple):
    """What a date says of itself; None where it says nothing."""

    year: int | None = None
    relative: str | None = None
    month: int | None = None
    day: int | None = None
    xun: str | None = None
    edge: str | None = None
    """初, 底, 末, 终, 内, 以内 …: of the smallest unit given."""
    quarter: int | None = None
    half: int | None = None
    garbled: bool = False

    @property
    def grain(self) -> Grain:
        """The smallest unit given."""
        if self.day is not None:
            return "day"
        if self.xun:
            return "xun"
        if self.month is not None:
            return "month"
        if self.quarter:
            return "quarter"
        return "half" if self.half else "year"


@lru_cache(maxsize=512)
def number(string: str | None) -> int | None:
    """A day, month or quarter number: 3, ３, 十二, 二十三."""
    return to_int(string) if string else None


@lru_cache(maxsize=512)
def year_number(string: str | None) -> int | None:
    """A year: 2018, ２０１８, 二〇一八, 二0一二."""
    if not string:
        return None
    if string.isdigit() and string[0] not in "一二":
        return int(string)
    return to_int(string.translate(_ZEROS))


@lru_cache(maxsize=4096)
def days_of(fields: Fields, year: int) -> Days | None:
    """First and last day, the edge (初, 底) applied; None when the calendar has no such day (9月31日)."""
    try:
        return _days(fields, year)
    except ValueError:
        return None


def _days(f: Fields, year: int) -> Days:
    if f.month is not None:
        if f.day is not None:
            day = datetime.date(year, f.month, f.day)
            return day, day
        length = _length(year, f.month)
        low, high = _XUN[f.xun] if f.xun else (1, 10) if f.edge == "初" else (1, 31)
        return datetime.date(year, f.month, low), datetime.date(year, f.month, min(high, length))
    if f.quarter:
        return _months(year, 3 * f.quarter - 2, 3 * f.quarter)
    if f.half:
        return _months(year, 6 * f.half - 5, 6 * f.half)
    return _months(year, 1, 1) if f.edge == "初" else _months(year, 1, 12)


def _length(year: int, month: int) -> int:
    """Days of a month. Raises ValueError for a month that no calendar has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return 30 if month in (4, 6, 9, 11) else 31


def _months(year: int, first: int, last: int) -> Days:
    return datetime.date(year, first, 1), datetime.date(year, last, _length(year, last))


def add_months(date: datetime.date, count: int) -> datetime.date:
    """The first day of the month `count` months later."""
    month = date.year * 12 + date.month - 1 + count
    return datetime.date(month // 12, month % 12 + 1, 1)


def readings(year: int, rest: str) -> tuple[datetime.date, ...]:
    """Calendar readings of month and day digits without separators: 112 -> 01-12, 11-02."""
    found = []
    for cut in (1, 2):
        month, day = rest[:cut], rest[cut:]
        if 0 < len(day) <= 2 and month and int(month) and int(day):
            try:
                found.append(datetime.date(year, int(month), int(day)))
            except ValueError:
                continue
    return tuple(sorted(set(found)))
