"""How a stage (阶段, 步骤) begins: its label, its name and its period, as written at the head of an item or line."""

from __future__ import annotations

import re
from typing import NamedTuple

from .dates import DateContext, DateExpression, find_dates, read_period
from .lexicon import alternation
from .text import Span

_H = "[一二三四五六七八九十1-9１-９]"
LABEL = re.compile(
    rf"[\s　*#（(【\[]{{0,6}}(?P<label>第\s?{_H}{{1,2}}\s?(?:个)?(?:阶段|步骤?)"
    rf"|(?:阶段|步骤){_H}{{1,2}}|{_H}阶段(?=[（(：:]))(?:工作)?"
    r"[）)】\]]?"
    r"(?P<after>[\s　]{0,4}(?:[—–-]{1,2}|[：:、，,．.。]|为|是)?[\s　]{0,4})(?!的|以来|任务)"
)
"""第一阶段：, 第二步，, 阶段一、."""
_NAME_END = re.compile(r"[。；;：:\n\t！!（(【\[]|[ 　]{1,6}")
_STAGE = re.compile(
    r"(?P<name>[^。；;：:\n\t（(）)]{2,24}?)(?:工作)?阶段"
    r"(?=[\s　*]{0,4}(?:[（(。．.：:，,；;—–\n\-0-9]|$|时间|任务|主要|为期)|[ 　]{1,4}\S)"
)
"""动员部署阶段（2月底前）, 前期准备阶段时间：…; not 义务教育阶段学生."""
_BRACKET = re.compile(r"[\s　*]{0,4}[（(【\[〔](?P<in>[^（(）)】\]〕\n]{2,60})[）)】\]〕]")
_TIME_LABEL = re.compile(
    r"[\s　*#（(]{0,6}(?:\d[.、]\s?)?(?:工作|实施|起止|完成|阶段|活动|具体)?(?:时间|时限|日期|期限)"
    r"(?:安排|节点|要求|段|跨度)?(?:为|是)?[\s　]{0,3}[：:为]?[\s　]{0,3}"
)
_SHORT_NAME = re.compile(
    r"(?!各|[春夏秋冬]季|全(?!员|人群|民|覆盖)|由|要|完成|按|对|在|市|县|区|省|将|通过)[\u4e00-\u9fff、]{2,12}(?:[。：:；;\n]|$)"
)
_COMMA_DATE = re.compile(r"[，,](?=(?:时间|从|自)?[为是]?(?:20[0-9]{2}年|[0-9０-９]{1,2}月|即日))")
_DATE_NAME = re.compile(r"(?:20[0-9]{2}[年.]|[0-9０-９]{1,2}[月.])")
_EDGES = " －◆◇●•·■▪➢★▲>　\t\n*#：:、，,。．.；;—–-―─_～~）)（("
_NOT_STAGE = re.compile(
    rf"^{alternation('stage_stop')}$|(?:(?:义务|基础|高等|职业|中等|初等|继续|特殊|学历|[科生学])教育|小学|初中|高中|学前|目前|当前)$"
)
"""义务教育阶段 is a school's; 学习教育阶段 one of a campaign."""
_TASKLIKE = re.compile(
    r"(?:举办|举行|进行|出台|印发|编制|建立|建成|实现|落实|基本|全面|各|全|由|要|在|对|按|根据|完成|组织|认真|通过|结合|开展|制定|召开|市|县|区|省|我)"
)
_SENTENCE_ENDS = ("", "。", "；", ";", "\n")
_DATE_START = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十年上下第本今明次即自从到至")
MAX_NAME = 30


class Head(NamedTuple):
    """The head of a possible stage."""

    start: int
    """Where the item begins (its number included)."""
    body: int
    """Where the stage's own text begins."""
    name: str
    label: str | None = None
    """第一阶段, 第二步 …, when written."""
    staged: bool = False
    """True when the name itself ends in 阶段."""
    period: DateExpression | None = None


def read_head(string: str, start: int, content: int, end: int, context: DateContext) -> Head | None:
    """The head of the item whose text is `string[content:end]`; None when nothing there can be a stage's name."""
    label = LABEL.match(string, content, min(end, content + 30))
    at = label.end() if label else content
    word = "".join(label["label"].split()) if label else None
    stop = min(end, at + 100)
    period, at = _leading_period(string, at, stop, context, label is not None)
    stage = _STAGE.match(string, at, min(stop, at + 40))
    staged = bool(stage) and not _NOT_STAGE.search(_clean(stage["name"])) if stage else False
    if stage and not staged:
        return None
    if stage:
        name, body = (
            stage["name"],
            stage.end("name") + 2 + (2 if string.startswith("工作阶段", stage.end("name")) else 0),
        )
    else:
        name, body = _plain_name(string, at, stop)
        if name.endswith("时间") and string[body : body + 1] in ("：", ":"):
            if not label:
                return None  # 报名时间：3月1日至3月10日
            name = name[:-2]
    if label and not name and _BRACKET.match(string, at, stop):
        return _bracketed_name(string, start, at, stop, word, context)
    if period is None:
        period, body = _period_after(string, body, min(end, body + 90), context)
    if period is None and not stage and name and (comma := _COMMA_DATE.search(name)):
        body -= len(name) - comma.start()  # 第一阶段，动员部署，3月1日—3月15日。
        name = name[: comma.start()]
        period, body = _period_after(string, body, min(end, body + 90), context)
    cleaned = _clean(name)
    if period is None and _DATE_NAME.match(cleaned):
        if not label:
            return None
        cleaned, body = "", at  # 第一步，3月底前，完成调查摸底: the date opens the stage's own text
    if len(cleaned) > MAX_NAME or (label and not staged and _TASKLIKE.match(cleaned) and len(cleaned) > 8):
        cleaned, body = "", at
    if not cleaned and not word:
        return None
    return Head(start, body, cleaned or word or "", word, staged, period)


def _clean(name: str) -> str:
    name = "".join(name.split()).strip(_EDGES + '“”"')
    return name[:-2] if len(name) > 2 and name.endswith("阶段") else name


def _leading_period(
    string: str, at: int, stop: int, context: DateContext, labelled: bool
) -> tuple[DateExpression | None, int]:
    """第一阶段（3月1日-3月31日）：宣传动员; 3月1日—3月15日，宣传发动阶段."""
    bracket = _BRACKET.match(string, at, stop)
    if bracket:
        period = _period_of(string, bracket.start("in"), bracket.end("in"), context)
        if period and _covers(period, bracket.start("in"), bracket.end("in")):
            return period, _skip(string, bracket.end(), stop)
        return None, at
    if string[at : at + 1] not in _DATE_START:
        return None, at
    found = find_dates(string, at, min(stop, at + 40), context=context)
    if found and found[0].start - at <= 1:
        after = _skip(string, found[0].end, stop)
        stage = _STAGE.match(string, after, stop)
        if stage and len(stage["name"]) <= 14 and "，" not in stage["name"] and "," not in stage["name"]:
            return found[0], after
        if labelled and found[0].marker == "range" and string[found[0].end : found[0].end + 1] in _SENTENCE_ENDS:
            return found[0], found[0].end  # 第一阶段：2022年3月—2022年12月。: a stage without a name
        colon = string[found[0].end : found[0].end + 1] in ("：", ":")
        if (labelled or colon) and _SHORT_NAME.match(string, after, stop):
            return found[0], after
        after += string[after : after + 1] == "。"
        if not labelled and _SHORT_NAME.match(string, after, stop) and not _TASKLIKE.match(string, after, stop):
            return found[0], after  # （一）3月1日—3月15日，动员部署。
    return None, at


def _skip(string: str, at: int, stop: int) -> int:
    while at < stop and string[at] in " 　：:、，,—–-为是*":
        at += 1
    return at


def _covers(period: DateExpression, start: int, end: int) -> bool:
    return (period.end - period.start) * 2 >= end - start


def _plain_name(string: str, at: int, stop: int) -> tuple[str, int]:
    while at < stop and string[at] in " 　*":
        at += 1
    m = _NAME_END.search(string, at, stop)
    cut = m.start() if m else stop
    return string[at:cut], cut


def _bracketed_name(string: str, start: int, at: int, stop: int, word: str | None, context: DateContext) -> Head | None:
    """第一阶段（宣传发动阶段，3月1日至3月31日）."""
    bracket = _BRACKET.match(string, at, stop)
    if not bracket:
        return None
    low, high = bracket.span("in")
    period = _period_of(string, low, high, context)
    name = string[low : period.start] if period and period.start > low + 1 else string[low:high] if not period else ""
    if period and period.start == low:
        name = string[period.end : high]
    name = _clean(re.sub(r"[，,：:；;\s]*(?:时间[：:为]?)?$", "", name))
    if len(name) > MAX_NAME:
        name = ""
    if period is None:
        period, _ = _period_after(string, bracket.end(), min(stop, bracket.end() + 60), context)
    return Head(start, bracket.end(), name or word or "", word, "阶段" in string[low:high], period)


def _period_after(string: str, at: int, stop: int, context: DateContext) -> tuple[DateExpression | None, int]:
    """…阶段（6月7日前）; …阶段：3月1日至3月15日。; …阶段 时间：2023年9月-10月."""
    bracket = _BRACKET.match(string, at, stop)
    if bracket:
        period = _period_of(string, bracket.start("in"), bracket.end("in"), context)
        return (period, bracket.end()) if period else (None, at)
    low = at
    while low < stop and string[low] in " 　：:，,。—–-―\n*为":
        low += 1
    bracket = _BRACKET.match(string, low, stop) if string[low : low + 1] in ("（", "(") else None
    if bracket:
        period = _period_of(string, *bracket.span("in"), context)
        return (period, bracket.end()) if period and _covers(period, *bracket.span("in")) else (None, at)
    time = _TIME_LABEL.match(string, low, stop)
    if time:
        line = string.find("\n", time.end(), stop)
        found = find_dates(string, time.end(), line if line >= 0 else stop, context=context)
        if found and found[0].start - time.end() <= 2:
            return found[0], found[0].end
        return None, at
    if string[low : low + 1] not in _DATE_START:
        return None, at
    found = find_dates(string, low, min(stop, low + 40), context=context)
    if found and found[0].start == low and "\n" not in string[at:low]:
        colon = string[low - 1] in "：:" and found[0].marker == "at" and found[0].grain != "year"
        if _stands_alone(string, found[0], stop) or (colon and string[found[0].end] in "，,"):
            return found[0], found[0].end
    return None, at


def _stands_alone(string: str, e: DateExpression, stop: int) -> bool:
    """动员部署阶段：3月1日至3月15日。 is a period; …阶段。3月底前，各单位… opens the text."""
    return e.end >= stop or string[e.end] in "。；;\n）)．. 　" or e.marker == "range"


def _period_of(string: str, start: int, end: int, context: DateContext) -> DateExpression | None:
    """The period of a bracket, null when the bracket holds no date."""
    period = read_period(string, start, end, context=context)
    if period is None or (period.marker == "open" and end - start > 8):
        return None
    if period.marker == "at" and _TO_EVENT.match(string, period.end, end):
        return period._replace(last=None, marker="from")
    if period.grain == "year" and _FROM_EVENT.match(string, period.start, end):
        last = find_dates(string, period.start, end, context=context)[-1]
        return last if last.marker == "before" else None
    return period


_TO_EVENT = re.compile(r"[至到—–-]{1,2}[\u4e00-\u9fff]{2,12}")
"""10月1日至测评结束: only a start."""
_FROM_EVENT = re.compile(r"20[0-9]{2}年(?![上下]半年|[一二三四]季|第|[年底初末前])[\u4e00-\u9fff]{2,10}[至到]")
"""2023年春季学期开学至3月上旬: only an end."""


_OPENING = re.compile(r"(?:^|[。\n；;])[\s　]{0,4}(?:时间[：:]|从|自|在|于|到|至)?[\s　]{0,2}$")
_CLOSING = re.compile(r"[^，,。；;\n]{0,12}?(?:完成|结束|到位|建成|报送|上报|前)?[^，,。；;\n]{0,8}[。；;]?[\s　）)]*$")


def period_in_text(string: str, start: int, end: int, context: DateContext) -> DateExpression | None:
    """The period told by the stage's own text: dates that open its sentences, else the one that closes it.

    Of several the last end counts, and no start is set.
    """
    found = find_dates(string, start, min(end, start + 3000), context=context)
    opening = [e for e in found if _OPENING.search(string, max(start, e.start - 8), e.start) or e.start == start]
    dated = [e for e in opening if (e.last or e.first) and e.marker != "recurring" and _is_limit(e)]
    if not dated and found:
        last = found[-1]
        if last.last and last.marker == "before" and end - last.end <= 30 and _CLOSING.match(string, last.end, end):
            dated = [last]
    if not dated:
        return None
    if len(dated) == 1:
        return _with_end(string, dated[0], found)
    ends = [e for e in dated if e.last]
    return max(ends, key=lambda e: e.last.toordinal() if e.last else 0) if ends else dated[0]


_ENDS = re.compile(r"前?(?:结束|完成|完毕|为?止)")


def _with_end(string: str, opening: DateExpression, found: list[DateExpression]) -> DateExpression:
    """9月16日开始，10月10日结束: a start and the end told after it."""
    after = next((e for e in found if e.start > opening.end), None)
    if opening.marker != "from" or after is None or after.last is None or after.start - opening.end > 2:
        return opening
    if _ENDS.match(string, after.end) is None or (opening.first and opening.first > after.last):
        return opening
    text = string[opening.start : after.end]
    return opening._replace(end=after.end, text=text, last=after.last, marker="range")


def _is_limit(e: DateExpression) -> bool:
    """2023年，… at the head of a sentence is no period of a stage; 2025年底前 is its end."""
    return e.grain != "year" or e.first is None or e.marker == "range"


def span_of(e: DateExpression) -> Span:
    """Where the expression stands."""
    return Span(e.start, e.end)


_LINE = re.compile(r"[ 　\t*#>•●·◆◇■▪➢★▲－–—-]{0,8}(?:[0-9]{1,2}[.．、](?=[0-9]{1,2}月))?")
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
    named = _AS_STAGE.search(string, at, min(end, at + 60))
    if named:
        dates = find_dates(string, at, named.start(), context=context)
        if dates and dates[-1].end == named.start() and dates[-1].start - at <= 4:
            return Head(start, named.end(), _clean(named["name"]), None, True, dates[-1])
    if not label and string[at : at + 1] not in ("（", "(") and not _STAGE.match(string, at, min(end, at + 40)):
        return None
    head = read_head(string, start, at, end, context)
    if head is None or not (
        head.label or (head.staged and (head.period or announced or opens_with_date(string, head.body)))
    ):
        return None
    return head


def opens_with_date(string: str, body: int) -> bool:
    """动员部署阶段：3月底前，…; 动员部署。3月15日前，…: the period opens the text."""
    return bool(_DATED_TEXT.match(string, body))


_DATED_TEXT = re.compile(
    r"[：:。．.\n]{1,2}[\s　]{0,4}"
    r"(?:(?:从|自|于|在|到)?(?:20[0-9]{2}年|[0-9０-９]{1,2}月|[上下]半年|年底|[一二三四]季度)|即日)"
)
_AS_STAGE = re.compile(r"(?:为|是)(?P<name>[^，,。；;：:、（）()\d]{2,16}?)阶段")
_CLAUSE_LABEL = re.compile(
    rf"第(?:(?<=[。；;：:，,\n]第)|(?<=[。；;：:，,]\s第)){_H}{{1,2}}(?:阶段|步)(?=[（(：:，,]|为|是|[\u4e00-\u9fff、]{{2,12}}[（(])"
)
_FIRST_LABEL = re.compile(r"第[一1](?:阶段|步)(?=[（(：:，,]|为|是|[\u4e00-\u9fff、]{2,12}[（(])")


def inline_stages(string: str, start: int, end: int, context: DateContext) -> list[Head]:
    """Stages told in one paragraph: 3月为宣传发动阶段，4月为集中整治阶段; 第一阶段（3月），…；第二阶段（4月），…."""
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
        if e and not _NOT_STAGE.search(_clean(m["name"])):
            found.append(Head(e.start, m.end(), _clean(m["name"]), None, True, e))
    return found if len(found) >= 2 else []


def _dated(string: str, starts: list[int], stops: list[int], context: DateContext) -> bool:
    """Steps that each have a period or limit: not 第一步，登录系统 of a procedure, nor 到2035年 of a strategy."""
    for a, b in zip(starts, stops, strict=True):
        dates = find_dates(string, a, min(b, a + _STEP_REACH), context=context)
        if not any(e.last and e.grain != "year" for e in dates):
            return False
    return True


_STEP_REACH = 200
_LISTED = re.compile(r"[二两三四五六2-6]个(?:工作)?(?:阶段|步骤)")
_LISTED_ITEM = re.compile(
    r"(?:分为|分成|按照?|[：:为、；;和])(?P<name>[\u4e00-\u9fff]{2,12}?)(?:阶段)?[（(](?P<in>[^（(）)\n]{2,40})[）)]"
)


def _listed_stages(string: str, start: int, end: int, context: DateContext) -> list[Head]:
    """专项行动分为动员部署（3月）、集中整治（4月至9月）、总结提升（10月）三个阶段."""
    counted = _LISTED.search(string, start, end) if string.find("个", start, end) >= 0 else None
    if not counted:
        return []
    sentence = max(string.rfind("。", start, counted.start()) + 1, start, counted.start() - 300)
    found = []
    for m in _LISTED_ITEM.finditer(string, sentence, counted.start()):
        period = _period_of(string, *m.span("in"), context)
        if period is None or not _covers(period, *m.span("in")):
            return []
        found.append(Head(m.start("name"), m.end(), _clean(m["name"]), None, True, period))
    return found if len(found) >= 2 else []
