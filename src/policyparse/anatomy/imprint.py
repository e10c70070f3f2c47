"""The imprint (版记): it stands at the end or between the notice and its annexes, and ends the part before it."""

from __future__ import annotations

import re

from .lines.days import trailing_day
from .lines.names import looks_like_organisations
from .lines.page import is_noise
from .lines.printing import is_printing
from .lines.rows import Row, row_at
from .lines.wording import is_title
from .model import Head, Mark, PartKind, Tail
from .sign import head_end

_PRINT_LINE = re.compile("\n[主抄分内校打#>*<| \t　\xa0]")
"""What a line of the imprint without 印 begins with, markup before it included."""


def place_imprint(rows: list[Row], head: Head, tail: Tail, string: str) -> None:
    """版记: 主题词, 抄送, 印发 lines, at the end or between the notice and its annexes."""
    passed = head.body
    for index in sorted(_candidates(rows, head.body, string)):
        row = rows[index]
        if row.index >= passed and _opens(row, head):
            first = row.index
            if first > head.body and row.flat[:1].isdigit() and looks_like_organisations(rows[first - 1].raw):
                first -= 1  # X办公室 on the line above 2018年3月1日印发
            passed = _end(rows, row.index, tail.date is not None and rows[first].line.start >= tail.date.end)
            tail.marks.append(Mark(first, "imprint"))
            _resume(rows, tail, passed)


def _candidates(rows: list[Row], first: int, string: str) -> set[int]:
    """Indexes of the rows from `first` on that an imprint may begin at."""
    if first >= len(rows):
        return set()
    start = rows[first].line.start
    found = {first, *(row_at(rows, m.end() - 1).index for m in _PRINT_LINE.finditer(string, start))}
    at = string.find("印", start)
    while at >= 0:
        row = row_at(rows, at)
        found.add(row.index)
        at = string.find("印", row.line.end)
    return found


def _opens(row: Row, head: Head) -> bool:
    """Whether an imprint begins at the line; a long table row only mentions 印发."""
    if not is_printing(row.flat) or len(row.raw) > 400 or (row.table and len(row.flat) >= 90):
        return False
    return row.line.start >= head_end(head)


def _end(rows: list[Row], at: int, signed: bool) -> int:
    """The row behind the imprint that row `at` belongs to. `signed`: it stands below the date."""
    at += 1
    while at < len(rows) and (is_printing(rows[at].flat) or _between(rows, at)):
        at += 1
    if signed:
        at += _printer(rows, at)
        while at < len(rows) and is_printing(rows[at].flat):
            at += 1
    return at


def _between(rows: list[Row], at: int) -> bool:
    """A short line between two of the imprint: 抄送：市委办公室， / 市人大办公室。 / 某市人民政府办公室印发."""
    if at + 1 >= len(rows) or len(rows[at].flat) >= 60:
        return False
    return is_printing(rows[at + 1].flat) and not is_title(rows[at].flat)


def _printer(rows: list[Row], at: int) -> int:
    """How many lines below 抄送：… name the office that had the text printed and the day, without the word 印发."""
    row, below = (rows[i] if i < len(rows) else None for i in (at, at + 1))
    if row is None or row.table:
        return 0
    day = trailing_day(row.raw)
    if day is not None:
        before = row.raw[: day.start()].strip()
        return int(not before or looks_like_organisations(before))
    under = trailing_day(below.raw) if below is not None and looks_like_organisations(row.raw) else None
    return 2 if below is not None and under is not None and not below.raw[: under.start()].strip() else 0


def _resume(rows: list[Row], tail: Tail, at: int) -> None:
    """Text after an imprint that no other mark opens goes on with the part before it."""
    if at < len(rows) and not any(m.row == at for m in tail.marks):
        kind: PartKind = "meta" if all(is_noise(r.flat) for r in rows[at : at + 12]) else "body"
        tail.marks.append(Mark(at, kind))
