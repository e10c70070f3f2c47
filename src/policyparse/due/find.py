"""Where due dates are looked for: paragraphs and table cells with a likely one, each date in its turn."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from ..dates import DateContext, DateExpression, find_dates, report_date, stated
from ..diagnostics import Report
from ..model import Deadline
from ..outline import Doc
from ..text import Line, Span, new
from .clause import LIST, before_next, list_end, make_deadline
from .limits import is_due, is_limit

_NUMBER_AHEAD = r"\s?(?=[0-9０-９“\"十明今本一二])"
_LIKELY = re.compile(
    r"前(?<=[0-9０-９日月年度底末旬份时分点班午节）)”以之 　]前)"
    r"|底(?<=[年月度份期五半”\" 　]底)|末(?<=[年月度份期五半”\" 　]末)|内(?<=[年月度份以之]内)"
    rf"|到{_NUMBER_AHEAD}|至{_NUMBER_AHEAD}|于{_NUMBER_AHEAD}|在{_NUMBER_AHEAD}"
    r"|每(?=[年月季半个周星])|次(?=月)|截(?=[止至])|最(?=后期限)|日(?=上报|报送|提交|反馈)"
)
"""A paragraph without any of these has no due date. Each begins with one character, which is quick to find."""

_NEXT = re.compile(
    r"\n[ \u3000]{0,4}(?:问题|任务|行动|举措|措施|事项|工程|项目)[一二三四五六七八九十\d]{1,3}[：:、.．]"
)
"""问题三：…: an item of its own, though no number opens it; the dates before belong to another."""

TABLE_DEADLINE = re.compile(r"时限|时间|期限|进度|节点|日期|工期|周期|阶段|年限")
"""Header of a column whose cells are deadlines of measures, or periods, not running text."""


def find_due(
    doc: Doc,
    start: int,
    end: int,
    excluded: list[Span],
    context: DateContext,
    report: Report,
    told: DateExpression | None = None,
) -> Iterator[Deadline]:
    """Deadlines told in `[start, end)`.

    Expressions inside `excluded` (in order, apart) are stated elsewhere: notes of measures. `told` is the period of
    the stage that the stretch is: the paragraph with it is read from there on.
    """
    string = doc.text.string
    item, previous = None, None
    cells: list[tuple[int, int]] | None = None
    read = start
    begun, over = (told.start, told.end) if told is not None else (-1, -1)
    for line in _lines(doc, start, end):
        line_start, line_end, running = line.start, line.end, line.table is None
        here = doc.item_at(line_start)
        if here is not item or here is None or (previous and _NEXT.search(string, read, line_end)):
            item, previous = here, None
        read = line_end
        if not running and cells is None:
            cells = _running_cells(doc)
        for low, high in [(line_start, line_end)] if running else _cells_of(string, line, cells or []):
            listed, first = -1, low if low > start else start
            if told is not None and running and low <= begun < high:
                previous, first = told.last or told.first, over
            inner = context.after(previous) if previous and running else context
            dates = find_dates(string, first, high if high < end else end, context=inner)
            for i, e in enumerate(dates):
                at, stop, _, first_day, last_day, marker, _, _, _, problem = e
                if running and marker != "recurring":
                    previous = last_day or first_day or previous
                if problem == "invalid-date":
                    report_date(e, report)
                if (excluded and overlaps(at, stop, excluded)) or (at < over and begun < stop):
                    continue
                joined = marker == "at" and 0 <= listed < at and LIST.fullmatch(string, listed, at)
                if last_day is None and (
                    (marker == "recurring" and is_limit(string, e, high)) or (marker == "before" and not problem)
                ):
                    report_date(e, report)
                if not joined and not is_due(string, low, high, e, context.issued):
                    continue
                listed = stop
                numbered = running and here is not None and low < here.content <= at
                head = here.content if numbered and here else low  # 四、请电力部门于6月5日前…
                close = before_next(string, dates, i, high)
                behind = list_end(string, dates, i) if i + 1 < len(dates) else stop
                yield make_deadline(string, head, close, e, stated(e, report), behind)


def _lines(doc: Doc, start: int, end: int) -> Iterator[Line]:
    """Paragraphs with a likely due date; the search goes on behind each."""
    string = doc.text.string
    while (m := _LIKELY.search(string, start, end)) is not None:
        line = doc.line_at(m.start())
        if line is None or line.end <= m.start():
            start = m.end()
            continue
        start = line.end
        if not line.meta:
            yield line


def _cells_of(string: str, line: Line, cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The cells of a table row with a likely due date."""
    row = cells[bisect_left(cells, (line.start, 0)) : bisect_left(cells, (line.end, 0))]
    return [cell for cell in row if _LIKELY.search(string, *cell)]


def _running_cells(doc: Doc) -> list[tuple[int, int]]:
    """The table cells that are not in a deadline column, each once, in order."""
    cells: set[tuple[int, int]] = set()
    for grid in doc.tables:
        stated = {i for i, h in enumerate(grid.header) if TABLE_DEADLINE.search(h)}
        cells.update((c.start, c.end) for row in grid.rows for i, c in enumerate(row) if i not in stated)
    return sorted(cells)


def overlaps(start: int, end: int, spans: list[Span]) -> bool:
    """True when `[start, end)` touches one of the spans, which are in order and apart from each other."""
    i = bisect_left(spans, end, key=attrgetter("start"))
    return (i > 0 and spans[i - 1].end > start) or (i > 1 and spans[i - 2].end > start)


def inside(context: DateContext, start: datetime.date | None, end: datetime.date | None) -> DateContext:
    """The context for dates in a stage's own text: they fall into its period."""
    if start and end:
        _, _, _, issued, number_year, called = context
        return new(DateContext, (None, None, (start, end), issued, number_year, called))
    return context.after(end or start)
