"""Stages as rows of a table: 阶段 | 时间 | 内容."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...dates import DateContext, DateExpression, read_period
from ...diagnostics import Report
from ...model import Phase
from ...outline import Doc
from ...squeeze import squeeze
from ...stages import Head, read_head
from ...tables import Grid
from ...text import Cell
from .make import make_phase
from .series import Item

_STAGE_COLUMN = re.compile(r"^(?:实施|工作|推进|整治|行动|时间|活动|所处|任务)?(?:阶段|步骤)(?:名称|划分|安排)?$")
_TIME_COLUMN = re.compile(r"时间|时限|日期|期限|进度|节点")


def table_phases(doc: Doc, grid: Grid, context: DateContext, report: Report) -> Iterator[Phase]:
    """Rows of a table with a column 阶段; its period stands in a column of times, or beside the name."""
    string = doc.text.string
    names = [i for i, h in enumerate(grid.header) if _STAGE_COLUMN.search(h)]
    if not names:
        return
    times = [i for i, h in enumerate(grid.header) if i != names[0] and _TIME_COLUMN.search(h)]
    stages: dict[str, list[tuple[Cell, ...]]] = {}
    for row in grid.rows:
        if name_text := squeeze(string[row[names[0]].start : row[names[0]].end]):
            stages.setdefault(name_text, []).append(row)
    made: list[tuple[Item, Head, DateContext]] = []
    for rows in stages.values():
        name = rows[0][names[0]]
        head = read_head(string, name.start, name.start, name.end, context)
        period = _rows_period(string, [r[times[0]] for r in rows], context) if times else None
        if head is None or not (times or head.period):
            continue
        cells = [c for row in rows for c in row]
        item = Item(min(c.start for c in cells), name.start, max(c.end for c in cells))
        made.append((item, head._replace(period=period or head.period, body=name.end), context))
        last = made[-1][1].period
        context = context.after(last.last if last else None)
    for ordinal, (item, head, known) in enumerate(made, 1):
        yield make_phase(doc, ordinal, item, head, known, report)


def _rows_period(string: str, cells: list[Cell], context: DateContext) -> DateExpression | None:
    """The period of a stage that runs over several rows: from the first day of the first to the last of the last."""
    found: list[DateExpression] = []
    for c in dict.fromkeys(cells):
        if period := read_period(string, c.start, c.end, context=context):
            found.append(period)
            context = context.after(period.last)
    if len(found) < 2 or not found[0].first or not found[-1].last or found[0].first > found[-1].last:
        return found[0] if found else None
    return found[0]._replace(last=found[-1].last, marker="range")
