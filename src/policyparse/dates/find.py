"""Finding date expressions: each candidate is read by the form that its first signs promise."""

from __future__ import annotations

import datetime
import re

from . import patterns as p
from .calendar import readings
from .listed import NOT_MONTH, NOT_QUARTER, Listed
from .model import DateContext, DateExpression
from .recurring import first_occurrence, this_month
from .values import Said, make, numeric_fields, read_groups, read_plain, said, with_opening

_NOT_LAST_YEAR = frozenset("则本体以际")
"""原则上年底前完成: 上 is not of 上年."""
_GOES_ON = frozenset("0123456789.．０１２３４５６７８９")
"""Before digits: they are no number of their own."""
_JOINTS = frozenset("至到-－–—―─━~～〜∼﹣−‐‑")
_LISTING = frozenset("、，,和及或与 \u3000\xa0")
"""6月10日|、20日."""
_LISTED_ON = frozenset("、，,和及与份 \u3000\xa0")
"""7月|、12月的5日前."""
_MONTH_AHEAD = frozenset("的0123456789０１２３４５６７８９一二三四五六七八九十 \u3000\xa0")
"""2022年|3月、6月的5日前."""


def find_dates(string: str, start: int = 0, end: int | None = None, *, context: DateContext) -> list[DateExpression]:
    """All date expressions of `string[start:end]` in order; each serves as `previous` for the next one."""
    stop = len(string) if end is None else end
    if start < stop and "0" <= string[start] <= "9" and (plain := p.PLAIN.fullmatch(string, start, stop)):
        words = read_plain(plain.group())  # the bracket of a stage, the cell of a deadline: nothing is told before it
        found = make(string, (start, start, stop), words, context, context.previous) if words else None
        return [found] if found else []
    return _Finder(string, start, stop, context).run()


class _Finder(Listed):
    """One pass over a string."""

    def run(self) -> list[DateExpression]:
        """Candidates from left to right; what an expression covers is not looked at again."""
        string, position, end = self.string, self.start, self.end
        for candidate in p.CANDIDATE.finditer(string, position, end):
            at = candidate.start()
            if at < position:
                continue
            for expression in self._read(at, candidate.group()):
                self.add(expression)
                position = expression.end
        return self.found

    def _read(self, at: int, head: str) -> list[DateExpression]:
        string, first, behind = self.string, head[0], at + len(head)
        before = string[at - 1] if at > self.start else ""
        following = string[behind] if behind < len(string) else ""
        if "0" <= first <= "9" or "０" <= first <= "９":
            if before in (".", "．") and p.ITEM_AHEAD.search(string, max(at - 5, 0), at):
                before = ""
            if before in _GOES_ON or "A" <= before <= "Z" or "a" <= before <= "z":
                return []
            if following in ("年", "月") and (plain := p.PLAIN.match(string, at, self.end)):
                return self._plain(plain, before)
            if following == "年" and len(head) < len("2018"):
                return []  # 3年内
            special = self._digits(at, head) if len(head) >= 4 else None
            if special is not None:
                return special
            if len(head) == 4 and following in _JOINTS and (plain := p.PLAIN.match(string, at, self.end)):
                return self._plain(plain, before)  # 2019—2020年
        elif first == "每":
            return self.month_days(at) or self._recurring(at)
        elif first == "第":
            if string.find("季", at, at + 24) < 0:
                return []  # 第三方
            return self.quarter_list(at, before) or self._expression(at, before)
        elif first in '“"十' and (found := self._five_years(at)):
            return [found]
        behind += following == "月"
        ahead = string[behind : behind + 1]
        listed = string[behind + 1 : behind + 2] in _MONTH_AHEAD if following == "年" else ahead in _LISTED_ON
        if listed and before not in NOT_MONTH and (days := self.month_days(at)):
            return days
        if following and following in "、，,和及与./．":  # 3、6月; 一、二季度; an item's number
            return self.month_list(at, before) or self.quarter_list(at, before)
        return self._expression(at, before)

    def _digits(self, at: int, head: str) -> list[DateExpression] | None:
        """The forms without units; None when `head` is none of them."""
        digits = head.rstrip(" 　\xa0")
        following = self.string[at + len(head) : at + len(head) + 1]
        if len(digits) in (7, 8):
            m = p.LOST_DASH.match(self.string, at, self.end)
            if m:
                days = [datetime.date(int(m["y"]), 1, 1), datetime.date(int(m["z"]), 12, 31)]
                return [self._problem(m, "garbled-text", tuple(days))]
            return self._compact(at)
        if len(digits) != 4:
            return None
        if following == "月":
            m = p.LOST_MONTH.match(self.string, at, self.end)
            return [self._problem(m, "garbled-text")] if m else None
        return self._numeric(at) if following and following in "-/.．－" else None

    def _problem(self, m: re.Match[str], code: str, candidates: tuple[datetime.date, ...] = ()) -> DateExpression:
        return DateExpression(*m.span(), m.group(), None, None, "at", "none", None, candidates, code)

    def _compact(self, at: int) -> list[DateExpression]:
        m = p.COMPACT.match(self.string, at, self.end)
        if not m or p.PHONE_AHEAD.search(self.string, max(at - 16, 0), at):
            return []
        days = readings(int(m["y"]), m["rest"])
        if not days:
            return []
        day = days[0] if len(days) == 1 else None
        candidates, problem = ((), None) if day else (days, "ambiguous-date")
        return [DateExpression(*m.span(), m.group(), day, day, "at", "day", None, candidates, problem)]

    def _numeric(self, at: int) -> list[DateExpression] | None:
        m = p.NUMERIC.match(self.string, at, self.end)
        if not m or (self.string[at - 1 : at] in ("-", "/", "_") and at > self.start):
            return None
        a = numeric_fields(m)
        stop, b = m.end(), None
        joint = p.JOINT.match(self.string, stop, self.end)
        if joint:
            second = p.NUMERIC.match(self.string, joint.end(), self.end) or p.SHORT.match(
                self.string, joint.end(), self.end
            )
            if second:
                b, stop = numeric_fields(second), second.end()
        suffix = p.MARK.match(self.string, stop, self.end)
        assert suffix
        marked = suffix.lastgroup is not None
        whole = self.start == at and stop == self.end
        if (a.day is None and not (b or marked or whole)) or not (a.month and 1 <= a.month <= 12):
            return None
        if marked:
            stop = suffix.end()
        found = self.make(at, stop, said(a, b, suffix.lastgroup))
        return [found] if found else None

    def _five_years(self, at: int) -> DateExpression | None:
        m = p.FIVE_YEARS.match(self.string, at, self.end)
        if not m:
            return None
        opening = 2006 + 5 * "一二三四五".index(m["n"])
        first, last = datetime.date(opening, 1, 1), datetime.date(opening + 4, 12, 31)
        late = m["e"] in ("末", "期末")
        return DateExpression(*m.span(), m.group(), None if late else first, last, "at", "year")

    def _recurring(self, at: int) -> list[DateExpression]:
        m = p.RECURRING.match(self.string, at, self.end)
        if not m and (week := p.WEEKLY.match(self.string, at, self.end)):
            return [self._each_week(week)]
        if not m or not (
            m["d"]
            or m["x"]
            or m["e"]
            or (
                m["m"]
                and (
                    m["before"]
                    or p.LIST_JOINT.match(self.string, m.end())
                    or p.REPORT_AHEAD.match(self.string, m.end(), self.end)
                )
            )
        ):
            return []
        context = self._begun(at)
        found = [self._occurrence(m, at, m["unit"], context)]
        while True:
            more = p.RECURRING_MORE.match(self.string, found[-1].end, self.end)
            if not more or not (more["d"] or more["e"] or more["m"]) or (m["d"] and not m["m"] and not more["d"]):
                return found
            start = (
                more.start("d") if more["d"] and not more["m"] else more.start("m") if more["m"] else more.start("e")
            )
            found.append(self._occurrence(more, start, m["unit"], context))

    def _each_week(self, m: re.Match[str]) -> DateExpression:
        """每周五前: a day of the week, which is no day of the calendar."""
        end = m.start() + len(m.group().rstrip(" 　\xa0"))
        return DateExpression(m.start(), end, m.string[m.start() : end], None, None, "recurring", "day")

    def _begun(self, at: int) -> DateContext:
        """从4月起每月25日前: the first time is after that month has begun."""
        last = self.found[-1] if self.found else None
        if not last or last.marker != "from" or not last.first or self.string[last.end : at].strip("，, 　于在"):
            return self.context
        eve = last.first - datetime.timedelta(days=1)
        issued = self.context.issued
        return self.context._replace(issued=max(issued, eve) if issued else eve)

    def _occurrence(self, m: re.Match[str], at: int, unit: str, context: DateContext) -> DateExpression:
        """One of 每月10日、20日前."""
        first, last = first_occurrence(m, unit, context)
        end = m.start() + len(m.group().rstrip(" 　\xa0"))
        if m["before"] or m["e"]:
            first = None
        return DateExpression(at, end, self.string[at:end], first, last, "recurring", "day", "issued" if last else None)

    def _plain(self, m: re.Match[str], before: str) -> list[DateExpression]:
        """6月10日前, 3月1日-4月30日: as `_expression` reads it, at less cost."""
        words = read_plain(m.group())
        if words is None or not (words.sure or before not in NOT_MONTH):
            return []
        return self._with_days(m.start(), m.end(), words)

    def _expression(self, at: int, before: str) -> list[DateExpression]:
        if before and before in _NOT_LAST_YEAR and self.string.startswith("上年", at):
            return []
        m = p.EXPRESSION.match(self.string, at, self.end)
        if not m or m.end() == at:
            return []
        words = read_groups(m.groups())
        if words is None or not (words.sure or self._plausible(m, before)):
            return []
        if m["rma"]:
            found = this_month(m, words.a, self.context)
            return [with_opening(self.string, self.start, found)] if found else []
        end = m.end()
        while self.string[end - 1] in p.PADDING:
            end -= 1
        return self._with_days(at, end, words)

    def _with_days(self, at: int, end: int, words: Said) -> list[DateExpression]:
        """The expression, and the days listed behind it."""
        expression = self.make(at, end, words)
        if not expression:
            return []
        if words.grain == "day" and end < len(self.string) and self.string[end] in _LISTING:
            return [expression, *self.more_days(expression, words.b or words.a)]
        return [expression]

    def _plausible(self, m: re.Match[str], before: str) -> bool:
        """What stands around may show that the words are no date: 每一季度, 近3月, 3年内, 学年末."""
        if m["ea"]:
            if before == " ":  # 5 年内
                before = self.string[max(m.start() - 2, self.start) : m.start() - 1]
            return m.group().startswith("年") and before not in p.NO_YEAR_END
        if m["qa"]:
            return before not in NOT_QUARTER
        after = m.end("ma") + 1
        if m["ma"] == "一" and self.string[after : after + 1] in ("一", "两", "内", "之"):
            return False  # 一月一次
        # 3月内 is mostly a length of time (3个月内); 3月份内 is not
        within = m["mea"] and "内" in m["mea"] and "份" not in m.group()
        return not within and before not in NOT_MONTH
