"""What a text has told of dates so far: by it the next date that leaves out its year is read."""

from __future__ import annotations

import datetime
import re

from . import patterns as p
from .model import DateContext, DateExpression
from .recurring import yearly
from .values import Said, make

_SENTENCE_END = re.compile("[。；;\n]")
_PLAN = re.compile(r"[度的]?[\u4e00-\u9fff]{0,8}?(?:打算|计划|思路|要点|预算|谋划)")
"""总结及2022年|工作打算."""
_HALF_YEARLY = 40
"""So near before its dates stands 每半年."""
_BASIS = re.compile("(?:结合|根据|依据|依照|按照|对照|参照|基于|鉴于|针对|对|较|比)[^，,。；;：:、\n]{0,6}$")
"""结合|2020年监测结果, 对照|《…目录（2020年）》."""
_BASIS_REACH = 60
_OF_YEAR = re.compile("20[0-9]{2}年度(?![内末底初全间以前后起至])[\u4e00-\u9fff]")
"""2021年度结转项目, not 2021年度，…: of what is told, not when."""


class Told:
    """The dates found so far, and the date and period that the next one follows."""

    def __init__(self, string: str, start: int, end: int, context: DateContext) -> None:
        previous, title_year, _, issued, _, _ = context
        self.string, self.start, self.end = string, start, end
        self.context = context
        self.previous = previous
        self.reference = title_year if issued is None else issued.year
        """The year of the document; only a date of another year may have been told of something else."""
        self.period: tuple[datetime.date, datetime.date] | None = None
        """First and last day of the period that was told last."""
        self.found: list[DateExpression] = []
        self.previous_end = start

    def make(self, at: int, end: int, words: Said) -> DateExpression | None:
        """The period that `words` at `at` mean here; what they leave out is taken from what was told before."""
        previous = self.previous
        other_year = previous is not None and previous.year != self.reference and words.a.year is None
        if other_year:
            self._forget_past(at)
            previous = None if self._before_plan(words) else self.previous
        found = make(self.string, (self.start, at, end), words, self.context, previous)
        source = None if found is None else found.inferred
        if found is None or source is None:
            return found
        if source == "previous" and self.period and not words.a.relative:
            found = self._within(found, (at, end), words, *self.period)
        elif source == "previous" and other_year and self._looks_back(found):
            ahead = make(self.string, (self.start, at, end), words, self.context, None)
            found = ahead if ahead and ahead.last and found.last and ahead.last > found.last else found
        issued = self.context.issued
        if issued is None:
            return found
        if words.grain == "day" and self._half_yearly(at):
            day = yearly(words.a, self.context)
            return found._replace(last=day, first=found.first and day) if day else found
        if not (self.found and found.last and self._yearly(at)) or found.last > issued:
            return found
        return make(self.string, (self.start, at, end), words, self.context, datetime.date(issued.year + 1, 1, 1))

    def _within(
        self, e: DateExpression, place: tuple[int, int], words: Said, first: datetime.date, last: datetime.date
    ) -> DateExpression:
        """2022年11月至2023年2月, 12月底前: a day of the period that was told before."""
        if first.year == last.year or not e.last or first <= e.last <= last:
            return e
        read = (make(self.string, (self.start, *place), words, self.context, day) for day in (first, last))
        return next((x for x in read if x and x.last and first <= x.last <= last), e)

    def _looks_back(self, e: DateExpression) -> bool:
        """结合2020年监测结果，…5月20日前完成更新, told in 2021: what is told of a past year dates no task after it."""
        issued, previous = self.context.issued, self.previous
        if not (issued and previous and e.last and e.last < issued) or previous.year >= issued.year:
            return False
        told = self.found[-1] if self.found else None
        if e.last > previous or told is None:
            return False
        of_year = told.grain == "year" and _OF_YEAR.match(self.string, told.start) is not None
        if previous.year == self.context.title_year and not of_year:
            return False
        declared = self.context.declared
        if declared and declared[0].year <= previous.year:
            return False
        return told.grain != "year" or of_year or self._in_basis(told.start)

    def _in_basis(self, at: int) -> bool:
        """结合2020年…, 对照《…目录（2020年）》: not 完成2020年的任务."""
        low = max(self.start, at - _BASIS_REACH)
        if self.string.rfind("《", low, at) > self.string.rfind("》", low, at):
            return True
        return _BASIS.search(self.string, max(low, at - 12), at) is not None

    def _yearly(self, at: int) -> bool:
        """每年3月底前完成检查，4月底前完成整改: what follows in the sentence comes back every year as well."""
        last = self.found[-1]
        if last.marker != "recurring" or not last.text.startswith("每年"):
            return False
        return not _SENTENCE_END.search(self.string, last.end, at)

    def _half_yearly(self, at: int) -> bool:
        """每半年报送进展，分别于6月20日、12月20日前: each of them comes back every year."""
        low = max(self.start, at - _HALF_YEARLY)
        if self.string.find("半", low, at) < 0:
            return False  # one character is found ten times as fast as three
        told = self.string.rfind("每半年", low, at)
        return told >= 0 and _SENTENCE_END.search(self.string, told, at) is None

    def _before_plan(self, words: Said) -> bool:
        """总结及2022年工作打算，请于12月15日前报送: handed in before the year it plans for."""
        issued, month = self.context.issued, words.a.month
        if not (self.previous and issued and month) or words.a.year or self.previous.year != issued.year + 1:
            return False
        return month >= issued.month and _PLAN.match(self.string, self.previous_end) is not None

    def _forget_past(self, at: int) -> None:
        """完成2022年的改造任务。……年底前完成: a year before that of the document counts in its sentence only."""
        previous = self.previous
        if (
            previous
            and self.reference
            and previous.year < self.reference
            and previous.year != self.context.title_year
            and self.string.find("。", max(self.previous_end, at - 1000), at) >= 0
        ):
            self.previous = None

    def add(self, e: DateExpression) -> None:
        """Keep `e`; a limit holds for the dates listed before it too (分别于3月1日、6月1日前)."""
        _, end, text, first, last, marker, grain, _, _, _ = e
        if marker == "before" and self.found and last and not text.startswith(p.PREFIXES):
            self._limit_listed(e)
        self.found.append(e)
        known = last or first
        if known is None or marker == "recurring" or (grain == "year" and self._past_years(e)):
            return
        self.previous, self.previous_end = known, end
        if marker == "range":
            opening = first or self.context.issued
            self.period = (opening, last) if opening and last else None
        elif self.period and not self.period[0] <= known <= self.period[1]:
            self.period = None

    def _past_years(self, e: DateExpression) -> bool:
        """2018年以来的线索, 2016年至2018年数据: what is told of years before the issue dates nothing after it."""
        issued = self.context.issued
        if issued is None:
            return False
        return e.text.endswith("以来") or (e.marker == "range" and e.last is not None and e.last.year < issued.year)

    def _limit_listed(self, after: DateExpression) -> None:
        """Make limits of the dates listed right before `after`."""
        for i in range(len(self.found) - 1, -1, -1):
            e = self.found[i]
            if e.marker != "at" or not e.last or not self._joined(e, after):
                return
            self.found[i] = e._replace(first=None, marker="before")
            after = e

    def _joined(self, a: DateExpression, b: DateExpression) -> bool:
        return a.start == b.start or (b.start > a.end and bool(p.LIST_JOINT.fullmatch(self.string, a.end, b.start)))
