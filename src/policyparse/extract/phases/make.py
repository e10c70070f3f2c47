"""The phase of a stage: its name, period, tasks and deadlines."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ...dates import DateContext, DateExpression, stated
from ...diagnostics import Report
from ...due import find_due, inside
from ...model import Phase, PhaseTask
from ...outline import Doc
from ...squeeze import squeeze
from ...stages import Head, period_in_text, read_head
from ...text import Span
from ...trusted import trusted
from .series import Item, Series


def make_series(doc: Doc, stages: Series, context: DateContext, report: Report) -> Iterator[Phase]:
    """A stage follows the one before it: after 2023年12月 a stage of 1月 is in 2024."""
    string = doc.text.string
    for ordinal, (item, head) in enumerate(stages, 1):
        if _other_year(head.period, context):
            head = read_head(string, item.start, item.content, item.end, context) or head
        phase = make_phase(doc, ordinal, item, head, context, report)
        if phase.period and phase.period.end:
            context = context.after(datetime.date.fromisoformat(phase.period.end))
        yield phase


def _other_year(period: DateExpression | None, context: DateContext) -> bool:
    """True when the stage before gives another year than the one inferred without it."""
    known = (period.last or period.first) if period and period.inferred else None
    return bool(known and context.previous and known.year != context.previous.year)


def make_phase(doc: Doc, ordinal: int, item: Item, head: Head, context: DateContext, report: Report) -> Phase:
    string = doc.text.string
    start, content, end, children = item
    told = period = _turn_year(head.period, context)
    if period is None:
        own = next((c.start for c in children if c.number is not None and not c.inline), end)
        period = _turn_year(period_in_text(string, _text_start(string, head.body, own), own, context), context)
    within = inside(context, period.first, period.last) if period else context
    return _new_phase(
        {
            "ordinal": ordinal,
            "name": squeeze(head.name),
            "period": stated(period, report) if period else None,
            "text": squeeze(string[content:end]),
            "tasks": _tasks(string, item, head.body),
            "deadlines": list(find_due(doc, start, end, [], within, report, told)),
            "span": Span(start, end),
        }
    )


_new_phase, _new_task = trusted(Phase), trusted(PhaseTask)


def _turn_year(period: DateExpression | None, context: DateContext) -> DateExpression | None:
    """Move a period whose year was taken from the stage before to the next year when it would lie long before it."""
    if not period or not period.inferred or not period.last or not context.previous:
        return period
    if (context.previous - period.last).days < 180:
        return period
    return period._replace(first=_next_year(period.first) if period.first else None, last=_next_year(period.last))


def _next_year(day: datetime.date) -> datetime.date:
    if day.month == 2 and day.day >= 28:
        return datetime.date(day.year + 1, 3, 1) - datetime.timedelta(days=1)
    return day.replace(year=day.year + 1)


def _text_start(string: str, at: int, end: int) -> int:
    while at < end and string[at] in " 　\t\n：:。，,、；;．.）)—–-*":
        at += 1
    return at


def _paragraphs(string: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the text of each paragraph begins, and its end."""
    while start < end:
        stop = string.find("\n", start, end)
        stop = stop if stop >= 0 else end
        yield _text_start(string, start, stop), stop
        start = stop + 1


def _tasks(string: str, item: Item, body: int) -> list[PhaseTask]:
    """The numbered items, else the paragraphs, of a stage."""
    items = [(c.start, c.end) for c in item.children if c.number is not None]
    found = []
    for start, end in items or _paragraphs(string, body, item.end):
        text = string[start:end].rstrip()
        if len(text) >= 4:
            found.append(_new_task({"text": squeeze(text), "span": Span(start, start + len(text))}))
    return found
