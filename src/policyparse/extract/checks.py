"""Checks over the finished facts: what a careful reader would flag that no single extractor sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Report
from ..model import Deadline, Phase
from ..outline import Doc
from ..text import Span

# (pattern, literals of which one must be in the text, message, example)
_GARBLED: tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...] = (
    (re.compile("\ufffd+"), ("\ufffd",), "characters lost in decoding"),
    # 2023月11月1日, 到2023月底: a year where a month belongs
    (re.compile(r"(?<!\d)(?:19|20)\d\d月(?:\d{1,2}(?:月|日))?"), ("月",), "a year where a month belongs"),
    # 2023日前
    (re.compile(r"(?<!\d)20\d\d日"), ("日",), "a year where a day belongs"),
    # 到达20230%: a number overwritten by a year
    (re.compile(r"(?<![\d.])(?:19|20)\d{3}(?:\.\d+)?[%％]"), ("%", "％"), "a percentage above 10000"),
    # 奖励202300元, 202310户: digits glued to a year
    (re.compile(r"(?<![\d.,，])20[12]\d00(?=[元户人个名])"), ("元", "户", "人", "个", "名"), "digits glued to a year"),
    # 2023年13月, 11月31日
    (re.compile(r"(?<!\d)(?:1[3-9]|[2-9]\d|00?)月(?:份|底|[0-3]?\d日)"), ("月",), "no such month"),
    (
        re.compile(r"(?<!\d)(?:(?:0?[469]|11)月31|0?2月3[01]|(?:0?\d|1[0-2])月(?:3[2-9]|[4-9]\d|00))日"),
        ("月",),
        "no such day",
    ),
    # 20212023年: the dash between two years is lost
    (re.compile(r"(?<!\d)(?:19|20)\d\d(?:19|20)\d\d年"), ("年",), "two years without a dash"),
)
_MAX_REPORTS = 200


def check(doc: Doc, phases: list[Phase], deadlines: list[Deadline], report: Report) -> None:
    """Garbled text, dangling brackets, phases out of order, deadlines after the last phase."""
    _garbled(doc, report)
    _titles_left_open(doc, report)
    for series in _series(phases):
        _phase_order(series, report)
    _late_deadlines(doc, phases, deadlines, report)


def _garbled(doc: Doc, report: Report) -> None:
    string = doc.text.string
    for pattern, needs, message in _GARBLED:
        if not any(n in string for n in needs):
            continue
        for count, m in enumerate(pattern.finditer(string)):
            if count >= _MAX_REPORTS:
                break
            report.add("garbled-text", f"{message}: {m.group()}", Span(m.start(), m.end()))


def _titles_left_open(doc: Doc, report: Report) -> None:
    """《 without 》 in its paragraph: a title that the source cut or wrote with a wrong mark."""
    string = doc.text.string
    if string.count("《") == string.count("》"):
        return
    for line in doc.text.lines:
        if line.meta:
            continue
        opened = string.count("《", line.start, line.end)
        closed = string.count("》", line.start, line.end)
        if opened > closed:
            at = string.rfind("《", line.start, line.end)
            report.add("garbled-text", "《 without 》", Span(at, min(at + 20, line.end)))
        elif closed > opened:
            at = string.find("》", line.start, line.end)
            report.add("garbled-text", "》 without 《", Span(max(at - 20, line.start), at + 1))


def _series(phases: list[Phase]) -> Iterator[list[Phase]]:
    """Phases of one plan: a new series begins where the ordinal does not rise."""
    run: list[Phase] = []
    for phase in phases:
        if run and phase.ordinal <= run[-1].ordinal:
            yield run
            run = []
        run.append(phase)
    if run:
        yield run


def _phase_order(series: list[Phase], report: Report) -> None:
    """A stage that begins before the one before it, or ends before it, or ends before it begins."""
    before: Phase | None = None
    for phase in series:
        period = phase.period
        if period is None:
            continue
        if period.start and period.end and period.end < period.start:
            report.add(
                "phase-order", f"{phase.name} ends ({period.end}) before it begins ({period.start})", period.span
            )
        if before is not None and before.period is not None:
            _compare(before, phase, report)
        before = phase


def _compare(before: Phase, phase: Phase, report: Report) -> None:
    earlier, later = before.period, phase.period
    if earlier is None or later is None:
        return
    if later.end and earlier.end and later.end < earlier.end:
        message = f"{phase.name} ends ({later.end}) before {before.name} ({earlier.end})"
    elif later.start and earlier.start and later.start < earlier.start:
        message = f"{phase.name} begins ({later.start}) before {before.name} ({earlier.start})"
    elif later.start and earlier.end and later.start < earlier.end and not _shared_month(earlier.end, later.start):
        message = f"{phase.name} begins ({later.start}) before {before.name} ends ({earlier.end})"
    else:
        return
    report.add("phase-order", message, later.span)


def _shared_month(end: str, start: str) -> bool:
    """8月 then 8-10月: stages told in whole months may share one."""
    return end[:7] == start[:7] and start.endswith("-01")


def _late_deadlines(doc: Doc, phases: list[Phase], deadlines: list[Deadline], report: Report) -> None:
    """A deadline after the last stage ends, in a plan whose stages are all dated and stand in one part."""
    ends = [p.period.end for p in phases if p.period and p.period.end]
    if len(phases) < 2 or not phases[-1].period or not phases[-1].period.end:
        return
    last = max(ends)
    first_place, last_place = phases[0].span.start, phases[-1].span.end
    for d in deadlines:
        if not (d.period.end and d.period.end > last):
            continue
        inside = first_place <= d.span.start < last_place or _same_part(doc, d.span.start, first_place)
        if inside:
            report.add("deadline-after-phases", f"{d.text} ({d.period.end}) is after the last phase ({last})", d.span)


def _same_part(doc: Doc, one: int, other: int) -> bool:
    parts = [p for p in doc.anatomy.parts if p.start <= one < p.end]
    return any(p.start <= other < p.end for p in parts)
