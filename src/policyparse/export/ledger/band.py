"""The time axis of the timetable: a column a month, or a quarter or year where the dates lie far apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

_STEPS = ((1, 48), (3, 48), (12, 40))
"""Months that a column stands for, and how many columns there may be."""
_LONGEST = 50
"""Years of one period that are all on the axis; of a longer one, those of its ends are."""
Period = tuple[date | None, date | None]


class Slot(NamedTuple):
    """A column: the months from `first` to `last`, counted from the year 0."""

    year: int
    label: str
    first: int
    last: int


class Axis:
    """The columns that the periods need. Years in which nothing happens are left out."""

    def __init__(self, periods: Iterable[Period]) -> None:
        years: set[int] = set()
        for start, end in periods:
            at = sorted({d.year for d in (start, end) if d})
            if at:
                years |= set(range(at[0], at[-1] + 1)) if at[-1] - at[0] < _LONGEST else set(at)
        step, most = next((s for s in _STEPS if len(years) * 12 // s[0] <= s[1]), _STEPS[-1])
        self.step = step
        kept = sorted(years)[-most * step // 12 :]
        self.slots = [_slot(year, month, step) for year in kept for month in range(0, 12, step)]

    def years(self) -> list[tuple[int, int, int]]:
        """Each year with its first and its last column, from 0."""
        found: dict[int, list[int]] = {}
        for i, slot in enumerate(self.slots):
            found.setdefault(slot.year, []).append(i)
        return [(year, at[0], at[-1]) for year, at in found.items()]

    def covered(self, period: Period) -> set[int]:
        """The columns that a period touches: where one end is open, that of the other."""
        start, end = (d.year * 12 + d.month - 1 if d else None for d in period)
        if start is None and end is None:
            return set()
        low, high = (start if start is not None else end), (end if end is not None else start)
        assert low is not None and high is not None
        return {i for i, s in enumerate(self.slots) if s.first <= high and s.last >= low}


def _slot(year: int, month: int, step: int) -> Slot:
    label = {1: str(month + 1), 3: f"{month // 3 + 1}季", 12: "全年"}[step]
    return Slot(year, label, year * 12 + month, year * 12 + month + step - 1)
