"""Lists of dates that share a word: 3、6月底前, 每年7月、12月的5日前, 一、二季度末, 6月10日、20日前."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import patterns as p
from .calendar import Fields, number, year_number
from .model import DateExpression
from .recurring import yearly
from .told import Told
from .values import said

NOT_QUARTER = frozenset("每各逐上前这该几多")
"""每季度, 前三季度."""
NOT_MONTH = frozenset("每近第个满整单同逾超前后各逐.．")
"""每月, 近3月: no month of the calendar."""


def _key(month: int | None) -> int:
    return month or 0


class Listed(Told):
    """Reads the lists of one string."""

    def month_list(self, at: int, before: str) -> list[DateExpression]:
        m = p.MONTH_LIST.match(self.string, at, self.end)
        if not m or before in NOT_MONTH:
            return []
        months = [number(x) for x in re.split(r"[、，,和及与\s]+", m["list"])]
        if any(x is None or not 1 <= x <= 12 for x in months) or months != sorted(set(months), key=lambda x: x or 0):
            return []
        opens = not before or before in "\n\t 　。；;"
        if len(months) == 2 and opens and not (at == self.start and len(m.group().rstrip()) == self.end - at):
            return []  # 1、6月底前完成: the 1 numbers the item
        suffix = "before" if m["before"] else None
        found, end = [], at + len(m.group().rstrip())
        for month in months:
            e = self.make(at, end, said(Fields(month=month, edge=m["e"]), None, suffix))
            if e:
                found.append(e)
        return found

    def month_days(self, at: int) -> list[DateExpression]:
        """每年7月、12月的5日前: one expression each."""
        m = p.MONTH_DAYS.match(self.string, at, self.end)
        months = [number(x) for x in re.split(r"[月份、，,和及与\s]+", m["list"]) if x] if m else []
        if m is None or any(x is None or not 1 <= x <= 12 for x in months) or months != sorted(set(months), key=_key):
            return []
        end = at + len(m.group().rstrip())
        days = [Fields(year=year_number(m["y"]), month=month, day=number(m["d"])) for month in months]
        if m["each"]:
            return [self._each_year(at, end, day, before=bool(m["before"])) for day in days]
        made = (self.make(at, end, said(day, None, "before" if m["before"] else None)) for day in days)
        return [e for e in made if e]

    def _each_year(self, at: int, end: int, day: Fields, *, before: bool) -> DateExpression:
        """The first time of a day that comes back every year."""
        last = yearly(day, self.context)
        first = None if before else last
        source = "issued" if last else None
        return DateExpression(at, end, self.string[at:end], first, last, "recurring", "day", source)

    def quarter_list(self, at: int, before: str) -> list[DateExpression]:
        """一、二季度末: one expression each."""
        if self.string.find("季", at, at + 16) < 0:
            return []
        m = p.QUARTER_LIST.match(self.string, at, self.end)
        if not m or before in NOT_QUARTER:
            return []
        suffix, end = "before" if m["before"] else None, at + len(m.group().rstrip())
        quarters = ["一二三四1234".index(x) % 4 + 1 for x in m["list"] if x in "一二三四1234"]
        if quarters != sorted(set(quarters)):
            return []
        made = (self.make(at, end, said(Fields(quarter=q, edge=m["e"]), None, suffix)) for q in quarters)
        return [e for e in made if e]

    def more_days(self, first: DateExpression, fields: Fields) -> Iterator[DateExpression]:
        """6月10日、20日前."""
        end = first.end
        while first.grain == "day" and first.last and fields.month:
            m = p.MORE_DAYS.match(self.string, end, self.end)
            if not m:
                return
            end = end + len(m.group().rstrip())
            suffix = "before" if m["before"] else None
            day = fields._replace(year=first.last.year, relative=None, day=number(m["d"]))
            e = self.make(m.start("d"), end, said(day, None, suffix))
            if e:
                yield e._replace(inferred=first.inferred)
