"""Stages without a number: a paragraph that begins like one, and several told in one paragraph."""

from __future__ import annotations

import re

from ..dates import DateContext, find_dates
from .head import LABEL, NOT_STAGE, NUMERAL, Head, clean_name, covers, match_stage, period_of, read_head
from .texts import opens_with_date

_LINE = re.compile(r"[ 　\t*#>•●·◆◇■▪➢★▲－–—-]{0,8}(?:[0-9]{1,2}[.．、](?=[0-9]{1,2}月|20[0-9]{2}年))?")
"""Bullets; the number of 1.3月1日—3月15日为宣传发动阶段."""


def after_bullet(string: str, start: int, end: int) -> int:
    """Where the text of a paragraph begins behind its bullet: ● 动员部署（3月上旬）."""
    m = _LINE.match(string, start, end)
    return m.end() if m else start


def line_stage(string: str, start: int, end: int, context: DateContext, *, announced: bool) -> Head | None:
    """The head of a paragraph that begins like a stage without number: 动员部署阶段（3月1日至15日）。

    `announced`: it stands under a heading that promises stages (实施步骤), so that it needs no period.
    """
    at = after_bullet(string, start, end)
    label = LABEL.match(string, at, end)
    near = min(end, at + 60)
    named = _AS_STAGE.search(string, at, near) if string.find("段", at, near) >= 0 else None
    if named:
        dates = find_dates(string, at, named.start(), context=context)
        if dates and dates[-1].end == named.start() and dates[-1].start - at <= 4:
            return Head(start, named.end(), clean_name(named["name"]), None, True, dates[-1])
    if not label and string[at : at + 1] not in ("（", "(") and not match_stage(string, at, min(end, at + 40)):
        return None
    head = read_head(string, start, at, end, context)
    if head is None or not (
        head.label or (head.staged and (head.period or announced or opens_with_date(string, head.body)))
    ):
        return None
    return head


_AS_STAGE = re.compile(r"(?:为|是)(?P<name>[^，,。；;：:、（）()\d]{2,16}?)阶段")
_CLAUSE_LABEL = re.compile(
    rf"第(?:(?<=[。；;：:，,\n]第)|(?<=[。；;：:，,]\s第)){NUMERAL}{{1,2}}(?:阶段|步)(?=[（(：:，,]|为|是|[\u4e00-\u9fff、]{{2,12}}[（(])"
)
_FIRST_LABEL = re.compile(r"第[一1](?:阶段|步)(?=[（(：:，,]|为|是|[\u4e00-\u9fff、]{2,12}[（(])")


def inline_stages(string: str, start: int, end: int, context: DateContext) -> list[Head]:
    """Stages told in one paragraph: 3月为宣传发动阶段，4月为集中整治阶段; 第一阶段（3月），…；第二阶段（4月），…."""
    if string.count("段", start, end) + string.count("步", start, end) < 2:
        return _listed_stages(string, start, end, context)
    labels = [m.start() for m in _CLAUSE_LABEL.finditer(string, start, end)]
    if labels and labels[0] != start and _FIRST_LABEL.match(string, start, end):
        labels.insert(0, start)
    if len(labels) >= 2 and _FIRST_LABEL.match(string, labels[0], end):
        stops = [*labels[1:], end]
        heads = [read_head(string, a, a, b, context) for a, b in zip(labels, stops, strict=True)]
        found = [h for h in heads if h]
        staged = any("阶段" in (h.label or "") for h in found)
        return found if staged or _dated(string, labels, stops, context) else []
    named = list(_AS_STAGE.finditer(string, start, end))
    if len(named) < 2:
        return _listed_stages(string, start, end, context)
    found = []
    dates = {e.end: e for e in find_dates(string, start, end, context=context)}
    for m in named:
        e = dates.get(m.start())
        if e and not NOT_STAGE.search(clean_name(m["name"])):
            found.append(Head(e.start, m.end(), clean_name(m["name"]), None, True, e))
    return found if len(found) >= 2 else []


def _dated(string: str, starts: list[int], stops: list[int], context: DateContext) -> bool:
    """Steps that each have a period or limit: not 第一步，登录系统 of a procedure, nor 到2035年 of a strategy."""
    for a, b in zip(starts, stops, strict=True):
        dates = find_dates(string, a, min(b, a + _STEP_REACH), context=context)
        if not any(e.last and e.grain != "year" for e in dates):
            return False
    return True


_STEP_REACH = 200
_LISTED = re.compile(r"个(?<=[二两三四五六2-6]个)(?:工作)?(?:阶段|步骤)")
"""三|个阶段. It begins with one character, which is quick to find."""
_LISTED_ITEM = re.compile(
    r"(?:分为|分成|按照?|[：:为、；;和])[“]?(?P<name>[\u4e00-\u9fff]{2,12}?)[”]?(?:阶段)?[（(](?P<in>[^（(）)\n]{2,40})[）)]"
)


def _listed_stages(string: str, start: int, end: int, context: DateContext) -> list[Head]:
    """专项行动分为动员部署（3月）、集中整治（4月至9月）、总结提升（10月）三个阶段."""
    counted = _LISTED.search(string, start, end)
    if counted is None:
        return []
    close = counted.start() - 1
    sentence = max(string.rfind("。", start, close) + 1, start, close - 300)
    if string.find("（", sentence, close) < 0 and string.find("(", sentence, close) < 0:
        return []
    found = []
    for m in _LISTED_ITEM.finditer(string, sentence, close):
        period = period_of(string, *m.span("in"), context)
        if period is None or not covers(period, *m.span("in")):
            return []
        found.append(Head(m.start("name"), m.end(), clean_name(m["name"]), None, True, period))
    return found if len(found) >= 2 else []
