"""Lists of numbered sister items that set out stages: （一）动员部署阶段（3月）。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...dates import DateContext, read_period
from ...lexicon import alternation, words
from ...outline import Doc, Node
from ...stages import Head, Marks, Signals, opens_with_date, read_head, read_signals
from ...text import new
from .series import MAX_STAGES, Item, Series, in_order

_OPENS, _CLOSES = (re.compile(alternation(f"stage_{name}")) for name in ("opens", "closes"))
_NAME_REACH = 10
_LONGEST_WORD = max(len(word) for word in (*words("stage_opens"), *words("stage_closes")))
_STOPS = re.compile("[，,。；;：:\n]")


def numbered_series(doc: Doc, marks: Marks, context: DateContext) -> Iterator[Series]:
    """Lists of sister items that set out stages."""
    covered = 0
    for opening, children in doc.families:
        if children[-1].end <= covered:
            continue
        for sisters in _sisters(children):
            stages = _accept(doc, opening, sisters, marks, context) if sisters[0].start >= covered else None
            if stages and doc.anatomy.kind_at(sisters[0].start) not in ("meta", "imprint"):
                covered = stages[-1][0].end
                yield stages


def _sisters(children: tuple[Node, ...]) -> list[list[Node]]:
    """The numbered children of a node, by style."""
    numbered = [c for c in children if c.number is not None]
    if len(numbered) < 2:
        return []
    style, part = numbered[0].style, numbered[0].part
    if len([c for c in numbered if c.style == style and c.part == part]) == len(numbered):
        return [numbered] if style not in _NO_LISTS and len(numbered) <= MAX_STAGES else []
    styles: dict[tuple[str, int], list[Node]] = {}  # few have items of several styles
    for child in numbered:
        styles.setdefault((child.style, child.part), []).append(child)
    return [s for s in styles.values() if s[0].style not in _NO_LISTS and 2 <= len(s) <= MAX_STAGES]


_NO_LISTS = ("", "row")


def _accept(doc: Doc, opening: int, sisters: list[Node], marks: Marks, context: DateContext) -> Series:
    """The sisters that are stages, with their heads; nothing when the list is none of stages."""
    string = doc.text.string
    signals = read_signals(string, opening, sisters[0].start, marks)
    told = _says(_OPENS, string, sisters[0].content) and _says(_CLOSES, string, sisters[-1].content)
    placed = sisters if told or signals or signals.procedure else _named_stages(string, sisters, marks)
    if len(placed) < 2:
        return []
    heads: Series = []
    for s in placed:
        content = s.start if s.style == "第一阶段" else s.content
        head = read_head(string, s.start, content, s.end, context)
        if head:
            heads.append((new(Item, (s.start, content, s.end, s.children)), head))
    if told and len(heads) == len(sisters) and _is_told(string, heads, signals):
        return heads
    chosen = _choose(heads, len(sisters), signals)
    if len(heads) == len(sisters) > len(chosen) > 1 and all(_is_dated(string, h) for _, h in heads):
        return heads  # （三）调查核实。8月，… among （二）示范引领。6月—7月，…
    return (
        chosen or _opened(string, heads, len(sisters), signals) or _noted(string, heads, len(sisters), signals, context)
    )


def _says(pattern: re.Pattern[str], string: str, at: int) -> bool:
    """Whether one of its words stands in the name that begins at `at`."""
    m = pattern.search(string, at, at + _NAME_REACH + _LONGEST_WORD)
    return m is not None and m.start() <= at + _NAME_REACH and not _STOPS.search(string, at, m.start())


def _is_dated(string: str, head: Head) -> bool:
    return len(head.name) <= _SHORT and (head.period is not None or opens_with_date(string, head.body))


_SHORT = 14


def _named_stages(string: str, sisters: list[Node], marks: Marks) -> list[Node]:
    """The sisters that begin with the name of a stage."""
    if not marks.within(sisters[0].start, sisters[-1].content + 60):
        return []  # as most lists
    return [s for s in sisters if marks.within(s.start, s.content + 60) and _names_stage(string, s)]


def _names_stage(string: str, item: Node) -> bool:
    at = item.start if item.style == "第一阶段" else item.content
    return "步" in string[at : at + 6] or "阶段" in string[at : at + 60]


def _is_told(string: str, heads: Series, signals: Signals) -> bool:
    """动员部署 … 总结提升: names that open and close a plan, with periods or under a heading that leads to stages."""
    if signals.goals or signals.procedure or not in_order(heads):
        return False
    if max([len(h.name) for _, h in heads]) > _SHORT or (signals.duties and not all(h.staged for _, h in heads)):
        return False
    dated = len([h for _, h in heads if h.period or opens_with_date(string, h.body)])
    return dated == len(heads) or (bool(signals) and dated >= 2) or all(h.staged for _, h in heads)


def _choose(heads: Series, sisters: int, signals: Signals) -> Series:
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
    if len(dated) == sisters >= 2 and signals.plan and short and in_order(dated):
        return dated
    if signals.procedure and len(dated) == sisters >= 3 and short and in_order(dated):
        return dated  # 申报程序：学校申报（5月20日—6月10日）, 专家评审（7月上旬）, 公示（7月底前）
    if short and 2 <= len(heads) <= 7 and (signals.stages or signals.number == len(heads)):
        return heads
    return []


def _opened(string: str, heads: Series, sisters: int, signals: Signals) -> Series:
    """验收方式与时间：（一）县级自验。9月15日前完成，…（二）市级复验。9月16日开始，…: a date opens each text."""
    if len(heads) != sisters or sisters < 2 or signals.goals or any(len(h.name) > 8 for _, h in heads):
        return []
    if not signals.times and not (signals.plan and sisters > 2 and not signals.duties):
        return []  # 检查程序：（一）项目确定。6月底前，…（二）现场检查。7月至9月，…
    if not signals.times and any(_ONE_DAY.match(string, h.body) for _, h in heads):
        return []  # 会议安排：（一）报到。3月5日，…
    dated = all(h.period or opens_with_date(string, h.body) for _, h in heads)
    return heads if dated and not any(h.name[-2:] in _NO_STAGE for _, h in heads) else []


_ONE_DAY = re.compile(
    r"[：:。．.\n]{1,2}[\s　]{0,4}于?(?:20[0-9]{2}年)?"
    r"[0-9０-９]{1,2}月[0-9０-９]{1,2}[日号](?![之以]?前|起|[至到—–―~～-])"
)
_NO_STAGE = ("时间", "期限", "日期", "时限")
_NOTED = re.compile(rf"{alternation('deadline_labels')}[：:][\s　]{{0,4}}")
_NOTE_REACH = 60


def _noted(string: str, heads: Series, sisters: int, signals: Signals, context: DateContext) -> Series:
    """Steps (评选流程, 工作步骤) that each close with their 完成时限：…, in order."""
    if not (signals.procedure or signals.stages) or not len(heads) == sisters >= 3 or signals.duties:
        return []
    found: Series = []
    for item, head in heads:
        low = max(item.content, item.end - _NOTE_REACH)
        note = _NOTED.search(string, low, item.end) if string.find("时", low, item.end) >= 0 else None
        period = read_period(string, note.end(), item.end, context=context) if note else None
        if period is None or period.last is None or len(head.name) > 14:
            return []
        found.append((item, head._replace(period=period)))
    return found if in_order(found) else []
