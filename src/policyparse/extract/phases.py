"""Phases (实施阶段, 方法步骤): lists of stages, each with its name and period."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ..dates import DateContext, DateExpression, as_period, read_period, report_date
from ..diagnostics import Report
from ..due import find_due, inside
from ..lexicon import alternation
from ..model import Phase, PhaseTask
from ..outline import Doc, Node
from ..search import places
from ..squeeze import squeeze
from ..stage_signals import Signals, read_signals
from ..stages import Head, after_bullet, inline_stages, line_stage, opens_with_date, period_in_text, read_head
from ..stages_listed import listed_periods
from ..tables import Grid
from ..text import Cell, Line, Span
from ..trusted import trusted

_OPENS = re.compile(rf"[^，,。；;：:\n]{{0,10}}?{alternation('stage_opens')}")
_CLOSES = re.compile(rf"[^，,。；;：:\n]{{0,10}}?{alternation('stage_closes')}")
_MAX_STAGES = 12
_STAGE_COLUMN = re.compile(r"^(?:实施|工作|推进|整治|行动|时间|活动|所处|任务)?(?:阶段|步骤)(?:名称|划分|安排)?$")
_TIME_COLUMN = re.compile(r"时间|时限|日期|期限|进度|节点")


class _Item(NamedTuple):
    """What may be a stage: a numbered item, or a paragraph or clause that begins like one."""

    start: int
    content: int
    end: int
    children: tuple[Node, ...] = ()


_Series = list[tuple[_Item, Head]]


def extract_phases(doc: Doc, context: DateContext, report: Report) -> list[Phase]:
    """Stages of the work with their periods, in document order."""
    found = list(_numbered_series(doc, context))
    found += _announced_series(doc, found, context)
    covered = sorted((s[0][0].start, s[-1][0].end) for s in found)
    found += _unnumbered_series(doc, covered, context)
    phases = [p for s in sorted(found, key=lambda s: s[0][0].start) for p in _make_series(doc, s, context, report)]
    for grid in doc.tables:
        phases.extend(_table_phases(doc, grid, context, report))
    return phases


# -- numbered items ------------------------------------------------------------------------------------------------


def _numbered_series(doc: Doc, context: DateContext) -> Iterator[_Series]:
    """Lists of sister items that set out stages."""
    covered = 0
    for opening, children in _families(doc):
        if children[-1].end <= covered:
            continue
        for sisters in _sisters(children):
            stages = _accept(doc, opening, sisters, context) if sisters[0].start >= covered else None
            if stages and doc.anatomy.kind_at(sisters[0].start) not in ("meta", "imprint"):
                covered = stages[-1][0].end
                yield stages


def _families(doc: Doc) -> Iterator[tuple[int, tuple[Node, ...]]]:
    """Where a section's text begins, and its children; the roots of the document first."""
    if len(doc.roots) >= 2:
        yield doc.roots[0].start, doc.roots
    for node, _ in doc.walk():
        if len(node.children) >= 2:
            yield node.content or node.start, node.children


def _sisters(children: tuple[Node, ...]) -> list[list[Node]]:
    """The numbered children of a node, by style."""
    styles: dict[tuple[str, int], list[Node]] = {}
    for child in children:
        if child.number is not None and child.style and child.style != "row":
            styles.setdefault((child.style, child.part), []).append(child)
    return [s for s in styles.values() if 2 <= len(s) <= _MAX_STAGES]


def _accept(doc: Doc, opening: int, sisters: list[Node], context: DateContext) -> _Series:
    """The sisters that are stages, with their heads; nothing when the list is none of stages."""
    string = doc.text.string
    signals = read_signals(string, opening, sisters[0].start)
    told = bool(_OPENS.match(string, sisters[0].content) and _CLOSES.match(string, sisters[-1].content))
    placed = sisters if told or signals or signals.procedure else _named_stages(string, sisters)
    if len(placed) < 2:
        return []
    heads: _Series = []
    for s in placed:
        content = s.start if s.style == "第一阶段" else s.content
        head = read_head(string, s.start, content, s.end, context)
        if head:
            heads.append((_Item(s.start, content, s.end, s.children), head))
    if told and len(heads) == len(sisters) and _is_told(string, heads, signals):
        return heads
    chosen = _choose(heads, len(sisters), signals)
    return (
        chosen or _opened(string, heads, len(sisters), signals) or _noted(string, heads, len(sisters), signals, context)
    )


def _named_stages(string: str, sisters: list[Node]) -> list[Node]:
    """The sisters that begin with the name of a stage."""
    first, last = sisters[0].start, sisters[-1].content + 60
    if string.find("段", first, last) < 0 and string.find("步", first, last) < 0:
        return []  # as most lists; one character is found ten times as fast as 阶段
    return [s for s in sisters if _names_stage(string, s)]


def _names_stage(string: str, item: Node) -> bool:
    at = item.start if item.style == "第一阶段" else item.content
    return "步" in string[at : at + 6] or "阶段" in string[at : at + 60]


def _is_told(string: str, heads: _Series, signals: Signals) -> bool:
    """动员部署 … 总结提升: names that open and close a plan, with periods or under a heading that leads to stages."""
    if signals.goals or signals.procedure or any(len(h.name) > 14 for _, h in heads) or not _in_order(heads):
        return False
    if signals.duties and not all(h.staged for _, h in heads):
        return False
    dated = sum(bool(h.period) or opens_with_date(string, h.body) for _, h in heads)
    return dated == len(heads) or (bool(signals) and dated >= 2) or all(h.staged for _, h in heads)


def _in_order(heads: _Series) -> bool:
    """No stage ends before the one ahead of it."""
    ends = [h.period.last for _, h in heads if h.period and h.period.last]
    return all(a <= b for a, b in pairwise(ends))


def _choose(heads: _Series, sisters: int, signals: Signals) -> _Series:
    """Which of the heads are stages, by what the section announces and what the heads say themselves."""
    marked = [(i, h) for i, h in heads if h.label or h.staged]
    dated = [(i, h) for i, h in heads if h.period]
    short = len(heads) == sisters and all(len(h.name) <= 20 for _, h in heads)
    announced = signals.stages or signals.times or bool(signals.number)
    if signals.goals or (not announced and not dated and all(h.label and "步" in h.label for _, h in marked)):
        return []  # 第一步：登录系统。第二步：填写信息。
    evident = announced or any(h.label or h.period for _, h in heads)
    if (len(marked) >= 2 and evident) or (marked and (signals.stages or signals.number)):
        if signals.number and len(heads) >= signals.number > len(marked):
            return heads[: signals.number]
        return heads if signals.stages and short else marked
    if len(dated) >= 2 and announced:
        return heads if signals.stages and short else dated
    if len(dated) == sisters >= 2 and signals.plan and short and _in_order(dated):
        return dated
    if signals.procedure and len(dated) == sisters >= 3 and short and _in_order(dated):
        return dated  # 申报程序：学校申报（5月20日—6月10日）, 专家评审（7月上旬）, 公示（7月底前）
    if short and 2 <= len(heads) <= 7 and (signals.stages or signals.number == len(heads)):
        return heads
    return []


def _opened(string: str, heads: _Series, sisters: int, signals: Signals) -> _Series:
    """验收方式与时间：（一）县级自验。9月15日前完成，…（二）市级复验。9月16日开始，…: a date opens each text."""
    if not (signals.times and len(heads) == sisters >= 2) or signals.goals or any(len(h.name) > 8 for _, h in heads):
        return []
    return heads if all(opens_with_date(string, h.body) and h.name[-2:] not in _NO_STAGE for _, h in heads) else []


_NO_STAGE = ("时间", "期限", "日期", "时限")
_NOTED = re.compile(rf"{alternation('deadline_labels')}[：:][\s　]{{0,4}}")
_NOTE_REACH = 60


def _noted(string: str, heads: _Series, sisters: int, signals: Signals, context: DateContext) -> _Series:
    """Steps (评选流程, 工作步骤) that each close with their 完成时限：…, in order."""
    if not (signals.procedure or signals.stages) or not len(heads) == sisters >= 3 or signals.duties:
        return []
    found: _Series = []
    for item, head in heads:
        low = max(item.content, item.end - _NOTE_REACH)
        note = _NOTED.search(string, low, item.end) if string.find("时", low, item.end) >= 0 else None
        period = read_period(string, note.end(), item.end, context=context) if note else None
        if period is None or period.last is None or len(head.name) > 14:
            return []
        found.append((item, head._replace(period=period)))
    return found if _in_order(found) else []


# -- paragraphs and clauses ----------------------------------------------------------------------------------------


def _unnumbered_series(doc: Doc, covered: list[tuple[int, int]], context: DateContext) -> Iterator[_Series]:
    """Paragraphs (动员部署阶段（3月）…) and clauses (3月为宣传发动阶段，…) that set out stages without numbers."""
    string = doc.text.string
    group: list[tuple[int, Head]] = []
    holder, close = None, 0
    starts = [a for a, _ in covered]
    for line in _lines_with(doc, "阶段", "第一步"):
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
        signals = read_signals(string, here.content, line.start) if here else Signals()
        head = line_stage(string, line.start, line.end, context, announced=signals.stages)
        if head is None or signals.goals:
            continue
        if group and here is not holder:
            yield from _paragraph_series(group, close)
            group = []
        holder, close = here, here.end if here else _part_end(doc, line.start)
        group.append((line.start, head))
    yield from _paragraph_series(group, close)


def _clauses(heads: list[Head], close: int) -> _Series:
    ends = [h.start for h in heads[1:]] + [close]
    return [(_Item(h.start, h.start, e), h) for h, e in zip(heads, ends, strict=True)]


_HEADING_WORDS = ("步骤", "安排", "进度", "时序", "阶段")
_HEADING = re.compile(r"(?:步骤|安排|进度|时序|阶段)[^\n，,。；;]{0,8}[。：:]?\n")


def _announced_series(doc: Doc, known: list[_Series], context: DateContext) -> Iterator[_Series]:
    """Paragraphs with a name and a period, below a heading that promises stages: 动员部署（3月1日—3月15日）。…"""
    string = doc.text.string
    starts = sorted(s[0][0].start for s in known)
    done = 0
    for at in places(string, _HEADING_WORDS):
        m = _HEADING.match(string, at) if at >= done else None
        if m is None:
            continue
        done = m.end()
        here = doc.item_at(m.start())
        if not here or here.start < string.rfind("\n", 0, m.start()) or any(c.number for c in here.children):
            continue
        i = bisect_right(starts, here.start)
        lines = [line for line in doc.lines(m.end(), here.end) if line.table is None and not line.meta]
        if len(lines) == 1 and (clauses := listed_periods(string, lines[0].start, lines[0].end, context)):
            yield _clauses(clauses, lines[0].end)
            continue
        if (i < len(starts) and starts[i] < here.end) or not 2 <= len(lines) <= 3 * _MAX_STAGES:
            continue
        group: list[tuple[int, Head]] = []
        for line in lines:
            head = read_head(string, line.start, after_bullet(string, line.start, line.end), line.end, context)
            if head and head.period and len(head.name) <= 14 and head.body - line.start <= 50:
                group.append((line.start, head))
        if not group or group[0][0] > lines[1].start or not _in_order([(_Item(a, a, a), h) for a, h in group]):
            continue
        signals = read_signals(string, here.content, group[0][0])
        if (signals.stages or signals.times or signals.number) and not signals.goals:
            yield from _paragraph_series(group, here.end)


def _lines_with(doc: Doc, *words: str) -> Iterator[Line]:
    """Paragraphs and table rows with any of the words, each once."""
    last = None
    for at in places(doc.text.string, words):
        line = doc.line_at(at)
        if line is not None and line is not last:
            last = line
            yield line


def _paragraph_series(group: list[tuple[int, Head]], close: int) -> Iterator[_Series]:
    if 2 <= len(group) <= _MAX_STAGES:
        ends = [start for start, _ in group[1:]] + [close]
        yield [(_Item(start, start, end), head) for (start, head), end in zip(group, ends, strict=True)]


def _part_end(doc: Doc, position: int) -> int:
    return next((p.end for p in doc.anatomy.parts if p.start <= position < p.end), len(doc.text.string))


# -- tables --------------------------------------------------------------------------------------------------------


def _table_phases(doc: Doc, grid: Grid, context: DateContext, report: Report) -> Iterator[Phase]:
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
    made: list[tuple[_Item, Head, DateContext]] = []
    for rows in stages.values():
        name = rows[0][names[0]]
        head = read_head(string, name.start, name.start, name.end, context)
        period = _rows_period(string, [r[times[0]] for r in rows], context) if times else None
        if head is None or not (times or head.period):
            continue
        cells = [c for row in rows for c in row]
        item = _Item(min(c.start for c in cells), name.start, max(c.end for c in cells))
        made.append((item, head._replace(period=period or head.period, body=name.end), context))
        last = made[-1][1].period
        context = context.after(last.last if last else None)
    for ordinal, (item, head, known) in enumerate(made, 1):
        yield _make(doc, ordinal, item, head, known, report)


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


# -- making the phases ---------------------------------------------------------------------------------------------


def _make_series(doc: Doc, stages: _Series, context: DateContext, report: Report) -> Iterator[Phase]:
    """A stage follows the one before it: after 2023年12月 a stage of 1月 is in 2024."""
    string = doc.text.string
    for ordinal, (item, head) in enumerate(stages, 1):
        if _other_year(head.period, context):
            head = read_head(string, item.start, item.content, item.end, context) or head
        phase = _make(doc, ordinal, item, head, context, report)
        if phase.period and phase.period.end:
            context = context.after(datetime.date.fromisoformat(phase.period.end))
        yield phase


def _other_year(period: DateExpression | None, context: DateContext) -> bool:
    """True when the stage before gives another year than the one inferred without it."""
    known = (period.last or period.first) if period and period.inferred else None
    return bool(known and context.previous and known.year != context.previous.year)


def _make(doc: Doc, ordinal: int, item: _Item, head: Head, context: DateContext, report: Report) -> Phase:
    string = doc.text.string
    numbered = [c for c in item.children if c.number is not None and not c.inline]
    own = numbered[0].start if numbered else item.end
    period = head.period or period_in_text(string, _text_start(string, head.body, own), own, context)
    period = _turn_year(period, context)
    if period:
        report_date(period, report)
    told = period if head.period else None
    within = inside(context, period.first, period.last) if period else context
    return _make_phase(
        {
            "ordinal": ordinal,
            "name": squeeze(head.name),
            "period": as_period(period) if period else None,
            "text": squeeze(string[item.content : item.end].strip()),
            "tasks": _tasks(string, item, head.body),
            "deadlines": list(find_due(doc, item.start, item.end, [], within, report, told)),
            "span": Span(item.start, item.end),
        }
    )


_make_phase, _make_task = trusted(Phase), trusted(PhaseTask)


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


_PARAGRAPH = re.compile(r"[^\n]+")


def _tasks(string: str, item: _Item, body: int) -> list[PhaseTask]:
    """The numbered items, else the paragraphs, of a stage."""
    spans = [(c.start, c.end) for c in item.children if c.number is not None]
    if not spans:
        spans = [(_text_start(string, *m.span()), m.end()) for m in _PARAGRAPH.finditer(string, body, item.end)]
    found = []
    for start, end in spans:
        text = string[start:end].rstrip()
        if len(text) >= 4:
            found.append(_make_task({"text": squeeze(text), "span": Span(start, start + len(text))}))
    return found
