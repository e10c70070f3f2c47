"""What the date engine takes and gives."""

from __future__ import annotations

import datetime
from typing import Literal, NamedTuple

from ..text import new
from .calendar import Grain

Marker = Literal["before", "from", "at", "range", "recurring", "open"]


class DateContext(NamedTuple):
    """Where a missing year comes from, in the guide's order (the phrase itself and the date before it come first)."""

    previous: datetime.date | None = None
    """The date just before, in the same item or table column."""
    title_year: int | None = None
    declared: tuple[datetime.date, datetime.date] | None = None
    """The period the document declares (2020年6月至10月)."""
    issued: datetime.date | None = None
    number_year: int | None = None
    called: bool = False
    """The title's year is to come, and the notice calls for applications before it (关于2022年度项目申报的通知)."""

    def after(self, date: datetime.date | None) -> DateContext:
        """The same context with `date` as the date just before."""
        if date is None:
            return self
        _, title_year, declared, issued, number_year, called = self
        return new(DateContext, (date, title_year, declared, issued, number_year, called))


class DateExpression(NamedTuple):
    """A date expression in `string[start:end]`.

    `first`/`last` are the first and last day it covers after its marker is applied: before (前/底前/以前) sets only
    `last`, from (起) only `first`.
    """

    start: int
    end: int
    text: str
    first: datetime.date | None
    last: datetime.date | None
    marker: Marker = "at"
    grain: Grain = "day"
    inferred: str | None = None
    """Where a missing year was taken from (previous, title, declared, issued, number), None when written."""
    candidates: tuple[datetime.date, ...] = ()
    problem: str | None = None
    """Diagnostic code: invalid-date, ambiguous-date, garbled-text."""
