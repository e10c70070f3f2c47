"""Stages without numbers: paragraphs, clauses of one, and names below a heading that promises stages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...dates import DateContext
from ...outline import Doc
from ...stages import (
    Head,
    Marks,
    Signals,
    after_bullet,
    inline_stages,
    line_stage,
    listed_periods,
    read_head,
    read_signals,
)
from ...text import Line
from .series import MAX_STAGES, Item, Series, in_order


def unnumbered_series(doc: Doc, covered: list[tuple[int, int]], marks: Marks, context: DateContext) -> Iterator[Series]:
    """Paragraphs (动员部署阶段（3月）…) and clauses (3月为宣传发动阶段，…) that set out stages without numbers."""
    string = doc.text.string
    group: list[tuple[int, Head]] = []
    holder, close = None, 0
    starts = [a for a, _ in covered]
    for line in _staged_lines(doc, marks):
        if line.table is not None or line.meta:
            continue
        i = bisect_right(starts, line.start) - 1
        if i >= 0 and line.start < covered[i][1]:
            continue
        clauses = inline_stages(string, line.start, line.end, context)
        if clauses:
            yield _clauses(clauses, line.end)
            continue
        here = doc.item_at(line.start)
        signals = read_signals(string, here.content, line.start, marks) if here else Signals()
        head = line_stage(string, line.start, line.end, context, announced=signals.stages)
        if head is None or signals.goals:
            continue
        if group and here is not holder:
            yield from _paragraph_series(group, close)
            group = []
        holder, close = here, here.end if here else _part_end(doc, line.start)
        group.append((line.start, head))
    yield from _paragraph_series(group, close)


def _clauses(heads: list[Head], close: int) -> Series:
    ends = [h.start for h in heads[1:]] + [close]
    return [(Item(h.start, h.start, e), h) for h, e in zip(heads, ends, strict=True)]


_HEADING_REACH = 11
"""It begins so near the end of its line."""
_HEADING = re.compile(r"(?:步骤|安排|进度|时序|阶段)[^\n，,。；;]{0,8}[。：:]?\n")


def announced_series(doc: Doc, known: list[Series], marks: Marks, context: DateContext) -> Iterator[Series]:
    """Paragraphs with a name and a period, below a heading that promises stages: 动员部署（3月1日—3月15日）。…"""
    string = doc.text.string
    starts = sorted(s[0][0].start for s in known)
    for here in doc.items:
        start, end, children = here.start, here.end, here.children
        if (children and children[-1].number) or (stop := string.find("\n", start, end - 1)) < 0:
            continue  # items below, or nothing below its first line, as most
        m = _HEADING.search(string, max(here.start, stop - _HEADING_REACH), stop + 1)
        if m is None or doc.item_at(m.start()) is not here or any(c.number for c in here.children):
            continue
        i = bisect_right(starts, here.start)
        lines = [line for line in doc.lines(m.end(), here.end) if line.table is None and not line.meta]
        if len(lines) == 1 and (clauses := listed_periods(string, lines[0].start, lines[0].end, context)):
            yield _clauses(clauses, lines[0].end)
            continue
        if (i < len(starts) and starts[i] < here.end) or not 2 <= len(lines) <= 3 * MAX_STAGES:
            continue
        group: list[tuple[int, Head]] = []
        for line in lines:
            head = read_head(string, line.start, after_bullet(string, line.start, line.end), line.end, context)
            if head and head.period and len(head.name) <= 14 and head.body - line.start <= 50:
                group.append((line.start, head))
        if not group or group[0][0] > lines[1].start or not in_order([(Item(a, a, a), h) for a, h in group]):
            continue
        signals = read_signals(string, here.content, group[0][0], marks)
        if (signals.stages or signals.times or signals.number) and not signals.goals:
            yield from _paragraph_series(group, here.end)


def _staged_lines(doc: Doc, marks: Marks) -> Iterator[Line]:
    """Paragraphs and table rows with 阶段 or 第一步, each once."""
    string, read = doc.text.string, 0
    for at in marks.places:
        if at < read or (string[at] == "步" and string[max(at - 2, 0) : at] != "第一"):
            continue
        line = doc.line_at(at)
        if line is not None:
            read = line.end
            yield line


def _paragraph_series(group: list[tuple[int, Head]], close: int) -> Iterator[Series]:
    if 2 <= len(group) <= MAX_STAGES:
        ends = [start for start, _ in group[1:]] + [close]
        yield [(Item(start, start, end), head) for (start, head), end in zip(group, ends, strict=True)]


def _part_end(doc: Doc, position: int) -> int:
    return next((p.end for p in doc.anatomy.parts if p.start <= position < p.end), len(doc.text.string))
