"""From the matched words of a date to the days it covers."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from . import patterns as p
from .calendar import FIRST_YEAR, LAST_YEAR, Fields, days_of, number, year_number
from .model import DateContext, DateExpression, Marker
from .years import infer_year

_LATE = "底末终内"
_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4}
_HALF = {"上": 1, "下": 2}
_NOT_UNTIL = frozenset("达回复当抵收接得")
"""达到2018年水平, 收到: 到 is no limit here."""
_PREFIX_ENDS = frozenset(word[-1] for word in p.PREFIXES)


def make(
    string: str,
    place: tuple[int, int, int],
    a: Fields,
    b: Fields | None,
    suffix: str | None,
    context: DateContext,
    previous: datetime.date | None,
) -> DateExpression | None:
    """The expression of one date, or of a range when `b` is given. `place`: search start, date, its end."""
    low, at, end = place
    if a.garbled:
        kept = days_of(a, a.year or 0)
        candidates = kept[:1] if kept else ()
        return DateExpression(at, end, string[at:end], None, None, "at", a.grain, None, candidates, "garbled-text")
    if b is not None:
        a, b = _complete(a, b)
    start, prefix = at, prefix_of(string, low, at)
    if prefix:
        start -= len(prefix)
    if b is None and prefix in ("", "至", "到"):
        opening = _from_now(string, low, start)
        if opening is not None and (prefix or opening["dash"]):
            start, suffix, prefix = opening.start(), "open", ""
    marker = _marker(a, b, suffix, prefix)
    grain = (b or a).grain
    year, inferred = infer_year(a, context, previous)
    if year is None:
        return DateExpression(start, end, string[start:end], None, None, marker, grain)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    days = days_of(a, year)
    until = days_of(b, _year_of(a, b, year)) if b is not None else days
    if days is None or until is None:
        return DateExpression(start, end, string[start:end], None, None, "at", grain, inferred, (), "invalid-date")
    first: datetime.date | None = days[1] if _is_late(a) and (b is not None or marker == "from") else days[0]
    last: datetime.date | None = until[1]
    if marker == "from":
        last = None
    elif marker == "before" or suffix == "open" or (b is None and _is_late(a)):
        first = None
    if first and last and first > last:
        return DateExpression(start, end, string[start:end], None, None, marker, grain, inferred, (), "invalid-date")
    return DateExpression(start, end, string[start:end], first, last, marker, grain, inferred)


def prefix_of(string: str, low: int, at: int) -> str:
    """自, 从, 到, 至, 截至 … right before the date."""
    if at <= low or string[at - 1] not in _PREFIX_ENDS:
        return ""
    for word in p.PREFIXES:
        if at - len(word) >= low and string.startswith(word, at - len(word), at):
            return "" if word == "到" and string[at - 2 : at - 1] in _NOT_UNTIL and at - 2 >= low else word
    return ""


def _from_now(string: str, low: int, at: int) -> re.Match[str] | None:
    """自即日起 right before."""
    low = max(at - 16, low)
    return p.FROM_NOW.search(string, low, at) if string.find("起", max(at - 5, low), at) >= 0 else None


_PARTS = ("y", "r", "m", "d", "d0", "x", "x0", "me", "qe", "he", "e", "q", "h", "gy")
_GROUPS = {k: tuple(part + k for part in _PARTS) for k in "ab"}


def with_opening(string: str, low: int, e: DateExpression) -> DateExpression:
    """自即日起至本月底: a date told from the day of issue, with what stands before it."""
    prefix = prefix_of(string, low, e.start)
    if e.marker == "recurring" or prefix not in ("", "至", "到"):
        return e
    start = e.start - len(prefix)
    opening = _from_now(string, low, start)
    if opening is None or not (prefix or opening["dash"]):
        return e
    return e._replace(start=opening.start(), text=string[opening.start() : e.end], first=None, marker="range")


def fields_of(m: re.Match[str], k: str) -> Fields | None:
    """The fields of point `k`; None when it says nothing that stands alone."""
    f = _fields(*m.group(*_GROUPS[k]))
    if k == "a" and f.month is None and (f.day or f.xun) and not m["rma"]:
        return None
    if f.relative and not (f.month or f.quarter or f.half or f.edge):
        return None
    if k == "b" and f.year is None and f.relative is None and m["eb"] and not m["b"].startswith("年"):
        return None
    return f


@lru_cache(maxsize=2048)
def _fields(
    y: str | None,
    relative: str | None,
    month: str | None,
    day: str | None,
    lone_day: str | None,
    xun: str | None,
    lone_xun: str | None,
    month_edge: str | None,
    quarter_edge: str | None,
    half_edge: str | None,
    edge: str | None,
    quarter: str | None,
    half: str | None,
    garbled: str | None,
) -> Fields:
    """The groups of a point as numbers; few points are written in one archive, so they are kept."""
    return Fields(
        year=year_number(y),
        relative=relative,
        month=number(month),
        day=number(day or lone_day),
        xun=xun or lone_xun,
        edge=month_edge or quarter_edge or half_edge or edge,
        quarter=(_QUARTER.get(quarter) or number(quarter)) if quarter else None,
        half=_HALF[half] if half else None,
        garbled=bool(garbled),
    )


def numeric_fields(m: re.Match[str]) -> Fields:
    """The fields of 2018-03-01 or of 4.30."""
    g = m.groupdict()
    return Fields(year=number(g.get("y")), month=number(g["m"]), day=number(g.get("d")))


def _complete(a: Fields, b: Fields) -> tuple[Fields, Fields]:
    """Give each end of a range what only the other one writes (3月1-15日; 2020年6-10月; 11月-2024年1月)."""
    if b.month is None and a.month is not None and (b.day is not None or b.xun):
        b = b._replace(month=a.month)
    if a.year is None and a.relative is None and b.year is not None:
        earlier = a.month is not None and b.month is not None and a.month > b.month
        a = a._replace(year=b.year - earlier)
    return a, b


def _year_of(a: Fields, b: Fields, year: int) -> int:
    """The year of the second end of a range whose first end is in `year`."""
    if b.year is not None:
        return b.year
    if b.relative in ("次年", "明年", "来年", "翌年"):
        return year + 1
    turns = a.month is not None and b.month is not None and b.month < a.month
    return year + turns


def _is_late(a: Fields) -> bool:
    return bool(a.edge and a.edge[-1] in _LATE)


def _marker(a: Fields, b: Fields | None, suffix: str | None, prefix: str) -> Marker:
    if b is not None or suffix == "open":
        return "range"
    if suffix in ("before", "until") or (a.edge and a.edge.endswith("内")) or prefix in p.BY_PREFIXES:
        return "before"
    return "from" if suffix == "from" or prefix in p.FROM_PREFIXES else "at"
