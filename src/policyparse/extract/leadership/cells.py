"""Tables whose cells hold rosters in words (组长：张某 成员：…): what bounds them, and whose they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from ...squeeze import squeeze
from ...tables import Grid

_DUTIES = re.compile("职责|任务|分工|内容|范围|对象")
_PART = re.compile(r"(?:工作|专项|工作专)?(?:组|小组|专班|组别|组名|分组)(?:名称|设置)?|名称|机构")
_NAME = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、．.]*)?\s*(?P<name>[\u4e00-\u9fff]{2,20}(?:组|专班|部|队))"
)
_MOST_ROWS = 2000


class Cells(NamedTuple):
    """Places in order."""

    duties: list[int]
    """Where the cells begin that say what a group does: no seat of the cell before goes on there."""
    rows: list[tuple[int, int, str]]
    """Where rows begin and end that open with the name of a group, and the name."""

    def bound(self, at: int, stop: int) -> int:
        """`stop`, or where what follows `at` in its row is told in another cell before."""
        n = bisect_right(self.duties, at)
        return min(stop, self.duties[n]) if n < len(self.duties) else stop

    def name(self, at: int) -> str | None:
        """The name of the group in the row that holds `at`."""
        n = bisect_right(self.rows, at, key=lambda row: row[0]) - 1
        return self.rows[n][2] if n >= 0 and at < self.rows[n][1] else None


def cells(string: str, tables: Iterable[Grid]) -> Cells:
    """The cells of all tables."""
    duties: list[int] = []
    rows: list[tuple[int, int, str]] = []
    for grid in tables:
        if "姓名" in grid.header:
            continue  # a row a seat
        columns = [i for i, h in enumerate(grid.header) if i and _DUTIES.search(h)]
        named = next((i for i, h in enumerate(grid.header) if _PART.fullmatch(h)), None)
        if len(grid.rows) > _MOST_ROWS or not (columns or named is not None):
            continue
        for row in grid.rows:
            duties += [row[i].start for i in columns if i < len(row)]
            text = squeeze(string[row[named].start : row[named].end]) if named is not None else ""
            if m := _NAME.fullmatch(text):
                rows.append((row[0].start, max(c.end for c in row), m["name"]))
    return Cells(sorted(duties), sorted(rows))
