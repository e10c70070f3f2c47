"""The time axis of the timetable: the months of all years in which something happens, or, where that would be more
than a page holds, twelve months for each year on its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

_MOST_YEARS = 3
"""Years whose months stand side by side."""
Period = tuple[date | None, date | None]


class Axis(NamedTuple):
    """The columns of the band."""

    years: tuple[int, ...]
    """Years side by side; none where every year has a block of rows of its own."""

    @property
    def columns(self) -> int:
        """How many there are."""
        return 12 * max(len(self.years), 1)

    def covered(self, period: Period) -> list[int]:
        """The columns that a period touches: where one end is open, that of the other. A year on its own is that of
        the period's last day."""
        months = [d.year * 12 + d.month - 1 for d in period if d]
        if not months:
            return []
        first, last = months[0], max(months)
        found: list[int] = []
        for i, year in enumerate(self.years or (last // 12,)):
            low, high = max(first, year * 12), min(last, year * 12 + 11)
            found += range(12 * i + low - year * 12, 12 * i + high - year * 12 + 1)
        return found

    def begins_before(self, period: Period) -> bool:
        """True when the block of the period's last year does not show where it begins."""
        start, end = period
        return not self.years and start is not None and end is not None and start.year < end.year


def axis(periods: Iterable[Period]) -> Axis:
    """The axis for these periods."""
    years: set[int] = set()
    for start, end in periods:
        if at := sorted({d.year for d in (start, end) if d}):
            years |= set(range(at[0], at[-1] + 1)) if at[-1] - at[0] <= _MOST_YEARS else {*at, *range(at[0], at[0] + 5)}
    return Axis(tuple(sorted(years)) if len(years) <= _MOST_YEARS else ())
