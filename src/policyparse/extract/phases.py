"""Phases (实施阶段, 方法步骤): lists of stages, each with its name and period."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

from ..dates import DateContext, DateExpression, as_period, report_date
from ..diagnostics import Report
from ..due import find_due, inside
from ..model import Phase, PhaseTask
from ..numerals import to_int
from ..outline import Doc, Node
from ..squeeze import squeeze
from ..stages import Head, period_in_text, read_head, span_of
from ..text import Span

_NEEDS = ("阶段", "步骤", "第一步", "时间安排", "进度安排", "工作安排")
_TITLE = re.compile(
    r"(?:实施|工作|方法|行动|整治|推进|具体|组织|主要|时间|活动|专项|治理|建设|推广|进度|和|及|与|、|的|任务|安排|程序|整改|检查|创建|试点)*(?:步骤|阶段)(?:安排|划分|任务|要求|方法|进度|和要求|及要求|与要求|及时间安排|和时间安排|时间安排|及时间|与时间安排|与进度安排|和措施|及措施|及内容|和方法|与方法)*$"
)
"""实施步骤, 方法步骤, 时间步骤, 阶段安排: every item below is a stage."""
_TIMES = re.compile(
    r"(?:时间|进度|工作|日程|实施|行动|步骤|推进)?(?:时间|进度|日程|工作|实施|推进|行动|活动)(?:安排|计划|节点|表|进度)(?:和要求|及要求|与步骤|及步骤|和步骤)?$|^时间及步骤$"
)
"""时间安排, 进度安排: items below with a period are stages."""
_COUNT = re.compile(
    r"(?:分为?|共分|划分为|分成|按|总体分)?\s?([一二两三四五六七八九2-9])\s?(?:个)?(?:阶段|步骤?)(?:进行|实施|推进|开展|组织|走|完成|安排|：|:|。|，)?"
)
_MAX_STAGES = 12


def extract_phases(doc: Doc, context: DateContext, report: Report) -> list[Phase]:
    """Stages of the work with their periods, in document order."""
    string = doc.text.string
    if not any(n in string for n in _NEEDS):
        return []
    phases: list[Phase] = []
    for stages in _series(doc, context):
        phases.extend(_make_series(doc, stages, context, report))
    return phases


# -- finding the lists ---------------------------------------------------------------------------------------------


def _series(doc: Doc, context: DateContext) -> Iterator[list[tuple[Node, Head]]]:
    """Lists of sister items that set out stages."""
    covered = 0
    for node, _ in doc.walk():
        if node.start < covered or len(node.children) < 2 or doc.anatomy.kind_at(node.start) in ("meta", "imprint"):
            continue
        for sisters in _sisters(node):
            stages = _accept(doc, node, sisters, context)
            if stages:
                covered = stages[-1][0].end
                yield stages


def _sisters(node: Node) -> list[list[Node]]:
    """The numbered children of a node, by style."""
    styles: dict[str, list[Node]] = {}
    for child in node.children:
        if child.number is not None and child.style and child.style != "row":
            styles.setdefault(child.style, []).append(child)
    return [s for s in styles.values() if len(s) >= 2]


def _accept(doc: Doc, parent: Node, sisters: list[Node], context: DateContext) -> list[tuple[Node, Head]]:
    """The sisters that are stages, with their heads; nothing when the list is none of stages."""
    string = doc.text.string
    if len(sisters) > _MAX_STAGES:
        return []
    titled, timed, count = _signals(string, parent, sisters[0])
    look = titled or timed or count
    heads: list[tuple[Node, Head]] = []
    for s in sisters:
        if s.style == "第一阶段":
            head = read_head(string, s.start, s.start, s.end, context)
        elif look or "阶段" in string[s.content : s.content + 40] or string.startswith("第", s.content):
            head = read_head(string, s.start, s.content, s.end, context)
        else:
            head = None
        if head:
            heads.append((s, head))
    marked = [(s, h) for s, h in heads if h.label or h.staged]
    if len(marked) >= 2 or (marked and (titled or count)):
        if count and len(heads) >= count > len(marked):
            return heads[:count]
        return heads if titled and len(heads) == len(sisters) and _headlike(heads) else marked
    dated = [(s, h) for s, h in heads if h.period]
    if len(dated) >= 2 and look:
        return heads if titled and _headlike(heads) else dated
    if titled and len(heads) == len(sisters) and 2 <= len(heads) <= 7 and _headlike(heads):
        return heads
    if count and len(heads) == count and _headlike(heads):
        return heads
    return []


def _headlike(heads: list[tuple[Node, Head]]) -> bool:
    return all(len(h.name) <= 20 for _, h in heads)


def _signals(string: str, parent: Node, first: Node) -> tuple[bool, bool, int]:
    """What the section says of its items: (titled 步骤/阶段, titled 时间安排, how many stages it announces)."""
    intro = string[max(parent.content or parent.start, first.start - 300) : first.start]
    title = re.split(r"[。\n；;：:]", string[parent.content or parent.start : first.start], maxsplit=1)[0].strip()
    title = re.sub(r"[（(][^）)]*[）)]$", "", title).strip()
    m = _COUNT.search(intro)
    count = to_int("二" if m[1] == "两" else m[1]) if m else 0
    return bool(len(title) <= 20 and _TITLE.search(title)), bool(len(title) <= 14 and _TIMES.search(title)), count or 0


# -- making the phases ---------------------------------------------------------------------------------------------


def _make_series(doc: Doc, stages: list[tuple[Node, Head]], context: DateContext, report: Report) -> Iterator[Phase]:
    before: datetime.date | None = None
    for ordinal, (node, head) in enumerate(stages, 1):
        phase = _make(doc, ordinal, node, head, _following(context, before), report)
        if phase.period and phase.period.end:
            before = datetime.date.fromisoformat(phase.period.end)
        yield phase


def _following(context: DateContext, before: datetime.date | None) -> DateContext:
    """A stage follows the one before it: after 2023年12月 a stage of 1月 is in 2024."""
    return context.after(before)


def _make(doc: Doc, ordinal: int, node: Node, head: Head, context: DateContext, report: Report) -> Phase:
    string = doc.text.string
    start = node.content if node.style != "第一阶段" else node.start
    again = read_head(string, node.start, start, node.end, context) or head
    own = _own_end(node)
    in_text = again.period is None
    period = again.period or period_in_text(string, _text_start(string, again.body, own), own, context)
    period = _turn_year(period, context)
    if period:
        report_date(period, report)
    stated = [] if in_text or not period else [span_of(period)]
    first, last = (period.first, period.last) if period else (None, None)
    return Phase(
        ordinal=ordinal,
        name=squeeze(again.name),
        period=as_period(period) if period else None,
        text=squeeze(string[start : node.end].strip()),
        tasks=_tasks(string, node, again.body),
        deadlines=list(find_due(doc, node.start, node.end, stated, inside(context, first, last), report)),
        span=Span(node.start, node.end),
    )


def _turn_year(period: DateExpression | None, context: DateContext) -> DateExpression | None:
    """Move a period whose year was taken from the stage before to the next year when it would lie long before it."""
    if not period or not period.inferred or not period.last or not context.previous:
        return period
    if (context.previous - period.last).days < 180:
        return period
    return replace(
        period,
        first=_next_year(period.first) if period.first else None,
        last=_next_year(period.last),
    )


def _next_year(day: datetime.date) -> datetime.date:
    leap = day.month == 2 and day.day >= 28
    following = datetime.date(day.year + 1, day.month, 28 if leap else day.day)
    return datetime.date(day.year + 1, 3, 1) - datetime.timedelta(days=1) if leap else following


def _own_end(node: Node) -> int:
    """The end of the stage's own text, before its numbered items."""
    for child in node.children:
        if child.number is not None and not child.inline:
            return child.start
    return node.end


def _text_start(string: str, at: int, end: int) -> int:
    while at < end and string[at] in " 　\t\n：:。，,、；;．.）)—–-*":
        at += 1
    return at


def _tasks(string: str, node: Node, body: int) -> list[PhaseTask]:
    """The numbered items, else the paragraphs, of a stage."""
    numbered = [c for c in node.children if c.number is not None]
    if numbered:
        spans = [(c.start, c.end) for c in numbered]
    else:
        spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", string[body : node.end])]
        spans = [(body + a, body + b) for a, b in spans]
    found = []
    for a, b in spans:
        a = _text_start(string, a, b) if not numbered else a
        text = string[a:b].strip()
        if len(text) >= 4:
            found.append(PhaseTask(text=squeeze(text), span=Span(a, a + len(string[a:b].rstrip()))))
    return found
