"""From the matched words of a date to the days it covers."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from ..text import new
from . import patterns as p
from .calendar import FIRST_YEAR, LAST_YEAR, Fields, Grain, days_of, number, year_number
from .model import DateContext, DateExpression, Marker
from .years import infer_year

_LATE = "底末终内"
_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4}
_HALF = {"上": 1, "下": 2}
_NOT_UNTIL = frozenset("达回复当抵收接得")
"""达到2018年水平, 收到: 到 is no limit here."""
_PREFIX_ENDS = frozenset(word[-1] for word in p.PREFIXES)
_LEAD_ENDS = _PREFIX_ENDS | frozenset(p.FROM_NOW_ENDS)


class Said(NamedTuple):
    """What a date says of itself, wherever it stands."""

    a: Fields
    b: Fields | None
    """The second end of a range."""
    suffix: str | None
    marker: Marker
    """What its own words make it; 自, 到 … before it may say more."""
    late: bool
    """It begins at the end of something (2月底至5月)."""
    grain: Grain
    """The smallest unit given (of a range: of its second end)."""
    sure: bool = True
    """False where what stands around it may show that it is no date (近3月, 学年末)."""


def said(a: Fields, b: Fields | None, suffix: str | None, *, sure: bool = True) -> Said:
    """One date, or a range when `b` is given, and what follows it."""
    if b is not None:
        a, b = _complete(a, b)
    marker: Marker = "at"
    if b is not None:
        marker = "range"
    elif suffix in ("before", "until") or (a.edge and a.edge.endswith("内")):
        marker = "before"
    elif suffix == "from":
        marker = "from"
    return Said(a, b, suffix, marker, bool(a.edge and a.edge[-1] in _LATE), (b or a).grain, sure)


def make(
    string: str, place: tuple[int, int, int], said: Said, context: DateContext, previous: datetime.date | None
) -> DateExpression | None:
    """The expression with its days. `place`: search start, date, its end."""
    low, at, end = place
    a, b, suffix, marker, _, grain, _ = said
    if a.garbled:
        kept = days_of(a, a.year or 0)
        candidates = kept[:1] if kept else ()
        return DateExpression(at, end, string[at:end], None, None, "at", a.grain, None, candidates, "garbled-text")
    start = at
    if at > low and string[at - 1] in _LEAD_ENDS:
        start, prefix = _lead(string, low, at, b is not None)
        if prefix == "open":
            suffix, marker = "open", "range"
        elif prefix and marker in ("at", "from"):
            marker = "before" if prefix in p.BY_PREFIXES else "from"
    year, inferred = a.year, None
    if year is None:
        year, inferred = infer_year(a, context, previous)
    if year is None:
        return DateExpression(start, end, string[start:end], None, None, marker, grain)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    first, last, marker, problem = _covered(said, year, suffix, marker)
    return new(DateExpression, (start, end, string[start:end], first, last, marker, grain, inferred, (), problem))


_Covered = tuple[datetime.date | None, datetime.date | None, Marker, str | None]


@lru_cache(maxsize=4096)
def _covered(said: Said, year: int, suffix: str | None, marker: Marker) -> _Covered:
    """First and last day, marker and problem of a date in that year; `suffix` and `marker` as what leads to it says."""
    a, b, late = said.a, said.b, said.late
    days = days_of(a, year)
    until = days_of(b, _year_of(a, b, year)) if b is not None else days
    if days is None or until is None:
        return None, None, "at", "invalid-date"
    first: datetime.date | None = days[1] if late and (b is not None or marker == "from") else days[0]
    last: datetime.date | None = until[1]
    if marker == "from":
        last = None
    elif marker == "before" or suffix == "open" or (b is None and late):
        first = None
    if first and last and first > last:
        return None, None, marker, "invalid-date"
    return first, last, marker, None


def _lead(string: str, low: int, at: int, is_range: bool) -> tuple[int, str]:
    """Where the expression begins with what leads to it: its prefix (自, 到 …), or "open" for 自即日起至."""
    if string[at - 1] not in _PREFIX_ENDS and string[at - 1] != " " and string.find("起", max(at - 5, low), at) < 0:
        return at, ""  # a comma
    left = _before_blank(string, low, at)
    prefix = prefix_of(string, low, left)
    start = left - len(prefix) if prefix else at
    if not is_range and prefix in ("", "至", "到"):
        opening = _from_now(string, low, start)
        if opening is not None and (prefix or opening["dash"]):
            return opening.start(), "open"
    return start, prefix


def _before_blank(string: str, low: int, at: int) -> int:
    """到 2025 年: many set a blank around digits, so the word before may end one character further left."""
    return at - 1 if at - 1 > low and string[at - 1] == " " and string[at - 2] in _PREFIX_ENDS else at


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


@lru_cache(maxsize=4096)
def read_groups(groups: tuple[str | None, ...]) -> Said | None:
    """The groups of EXPRESSION as numbers; None when they are no date that stands alone.

    Few dates are written in one archive, so what they say is kept.
    """
    said_of = dict(zip(p.GROUPS, groups, strict=True))
    a, b = _fields(said_of, "a"), _fields(said_of, "b") if said_of["b"] else None
    if not _stands(said_of, a) or (b is not None and not _may_end(said_of, b)):
        return None
    month, day = said_of["ma"], said_of["da"]
    if not (a.year or a.relative or said_of["rma"] or said_of["ea"] or month or a.quarter or a.half):
        return None
    if month and not 1 <= (a.month or 0) <= 12 and not (said_of["ya"] or said_of["ra"] or said_of["rma"]):
        return None
    suffix = next((word for word in ("before", "until", "from") if said_of[word]), None)
    sure = bool(said_of["ya"] or said_of["ra"] or said_of["rma"] or (month and day) or said_of["ha"])
    return said(a, b, suffix, sure=sure)


@lru_cache(maxsize=4096)
def read_plain(written: str) -> Said | None:
    """The same for what PLAIN has found, which tells its groups again."""
    found = p.PLAIN.fullmatch(written)
    assert found
    ya, ma, da, mea, ea, b, yb, mb, db, meb, d0b, before, _ = found.groups()
    month = number(ma)
    if month is not None and not ya and not 1 <= month <= 12:
        return None
    start = Fields(year=year_number(ya), month=month, day=number(da), edge=mea or ea)
    end = Fields(year=year_number(yb), month=number(mb), day=number(db or d0b), edge=meb) if b else None
    return said(start, end, "before" if before else None, sure=bool(ya or (ma and da)))


def _stands(said_of: dict[str, str | None], f: Fields) -> bool:
    """Whether the first end says enough: not a day (上旬) without its month, 本年 without more."""
    if f.month is None and (f.day or f.xun) and not said_of["rma"]:
        return False
    return not f.relative or bool(f.month or f.quarter or f.half or f.edge)


def _may_end(said_of: dict[str, str | None], f: Fields) -> bool:
    """Whether the second end says enough: not 至底."""
    if f.relative and not (f.month or f.quarter or f.half or f.edge):
        return False
    lone_edge = f.year is None and f.relative is None and said_of["eb"]
    return not lone_edge or (said_of["b"] or "").startswith("年")


def _fields(said_of: dict[str, str | None], k: str) -> Fields:
    """The fields of point `k`."""

    def part(*names: str) -> str | None:
        return next((said_of[name + k] for name in names if said_of[name + k]), None)

    quarter, half = part("q"), part("h")
    return Fields(
        year=year_number(part("y")),
        relative=part("r"),
        month=number(part("m")),
        day=number(part("d", "d0")),
        xun=part("x", "x0"),
        edge=part("me", "qe", "he", "e"),
        quarter=(_QUARTER.get(quarter) or number(quarter)) if quarter else None,
        half=_HALF[half] if half else None,
        garbled=bool(part("gy")),
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
