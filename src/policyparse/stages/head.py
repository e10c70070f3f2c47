"""How a stage (阶段, 步骤) begins: its label, its name and its period, as written at the head of an item or line."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..dates import DateContext, DateExpression, find_dates, read_period
from ..lexicon import alternation
from ..text import new

NUMERAL = "[一二三四五六七八九十1-9１-９]"
LABEL = re.compile(
    rf"[\s　*#（(【\[]{{0,6}}(?P<label>第\s?{NUMERAL}{{1,2}}\s?(?:个)?(?:阶段|步骤?)"
    rf"|(?:阶段|步骤){NUMERAL}{{1,2}}|{NUMERAL}阶段(?=[（(：:]))(?:工作)?"
    r"[）)】\]]?"
    r"(?P<after>[\s　]{0,4}(?:[—–-]{1,2}|[：:、，,．.。]|为|是)?[\s　]{0,4})(?!的|以来|任务)"
)
"""第一阶段：, 第二步，, 阶段一、."""
_NAME_END = re.compile(r"[。；;：:\n\t！!（(【\[]|[ 　]{1,6}")
STAGE = re.compile(
    r"(?P<name>(?:[^。；;：:\n\t（(）)]|[（(][省市地州盟县区旗乡镇街道、]{1,6}[）)](?!工?作?阶段)){2,24}?)(?:工作)?阶段"
    r"(?=[\s　*]{0,4}(?:[（(。．.：:，,；;—–\n\-0-9]|$|时间|任务|主要|为期)|[ 　]{1,4}\S)"
)
"""动员部署阶段（2月底前）, 前期准备阶段时间：…, 市（地）级复核阶段; not 义务教育阶段学生."""
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
_EDGES = ' －◆◇●•·■▪➢★▲>　\t\n*#：:、，,。．.；;—–-―─_～~）)（(“”"'
NOT_STAGE = re.compile(
    rf"^{alternation('stage_stop')}$|(?:(?:义务|基础|高等|职业|中等|初等|继续|特殊|学历|[科生学])教育|小学|初中|高中|学前|目前|当前)$"
)
"""义务教育阶段 is a school's; 学习教育阶段 one of a campaign."""
_GROWTH = re.compile("起步|爬坡|初级")
"""处于起步阶段 is a state of things; 起步阶段（2019年7月—12月） a stage of the work."""
_TASKLIKE = re.compile(
    r"(?:举办|举行|进行|出台|印发|编制|建立|建成|实现|落实|基本|全面|各|全|由|要|在|对|按|根据|完成|组织|认真|通过|结合|开展|制定|召开|市|县|区|省|我)"
)
_PAIR = re.compile(r"[\u4e00-\u9fff]{4}[、，,]?[\u4e00-\u9fff]{4}")
"""组织实施、全面建设: names of two halves."""
_SENTENCE_ENDS = ("", "。", "；", ";", "\n")
_DATE_START = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十年上下第本今明次即自从到至")
_OPENS_DATE = re.compile(
    r"[^自从到至]|[自从到至截止直]{1,4}[ 　\xa0]{0,3}[0-9０-９第上下年本今当次明来翌去同每一二三四五六七八九十“\"〇]"
    r"|.[^，。；：（(\n]{1,12}?[日现]"
)
"""自3月1日起, 自即日起, not 自查自纠."""
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
    label = LABEL.match(string, content, end if end < content + 30 else content + 30)
    at = label.end() if label else content
    word = "".join(label["label"].split()) if label else None
    stop = end if end < at + 100 else at + 100
    period, at = _leading_period(string, at, stop, context, label is not None)
    stage = match_stage(string, at, stop if stop < at + 40 else at + 40)
    staged = bool(stage) and not NOT_STAGE.search(clean_name(stage["name"])) if stage else False
    if (
        stage
        and not staged
        and not (_GROWTH.fullmatch(clean_name(stage["name"])) and _dated_bracket(string, stage, stop))
    ):
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
        period, body = _period_after(string, body, end if end < body + 90 else body + 90, context)
    if period is None and not stage and name and (comma := _COMMA_DATE.search(name)):
        body -= len(name) - comma.start()  # 第一阶段，动员部署，3月1日—3月15日。
        name = name[: comma.start()]
        period, body = _period_after(string, body, min(end, body + 90), context)
    cleaned = clean_name(name)
    if period is None and _DATE_NAME.match(cleaned):
        if not label:
            return None
        cleaned, body = "", at  # 第一步，3月底前，完成调查摸底: the date opens the stage's own text
    tasklike = label and not staged and len(cleaned) > 8 and _TASKLIKE.match(cleaned) and not _PAIR.fullmatch(cleaned)
    if len(cleaned) > MAX_NAME or tasklike:
        cleaned, body = "", at
    if not cleaned and not word:
        return None
    return new(Head, (start, body, cleaned or word or "", word, staged, period))


def match_stage(string: str, at: int, stop: int) -> re.Match[str] | None:
    """STAGE; one character is found sooner than the pattern finds out that there is none."""
    return STAGE.match(string, at, stop) if string.find("段", at, stop) >= 0 else None


def _dated_bracket(string: str, stage: re.Match[str], stop: int) -> bool:
    bracket = _BRACKET.match(string, stage.end("name") + 2, stop)
    return bracket is not None and bracket["in"][:1] in _DATE_START


def clean_name(name: str) -> str:
    name = "".join(name.split()).strip(_EDGES)
    return name[:-2] if len(name) > 2 and name.endswith("阶段") else name


def _leading_period(
    string: str, at: int, stop: int, context: DateContext, labelled: bool
) -> tuple[DateExpression | None, int]:
    """第一阶段（3月1日-3月31日）：宣传动员; 3月1日—3月15日，宣传发动阶段."""
    bracket = _BRACKET.match(string, at, stop)
    if bracket:
        period = period_of(string, bracket.start("in"), bracket.end("in"), context)
        if period and covers(period, bracket.start("in"), bracket.end("in")):
            return period, _skip(string, bracket.end(), stop)
        return None, at
    if string[at : at + 1] not in _DATE_START or not _OPENS_DATE.match(string, at, stop):
        return None, at
    found = find_dates(string, at, min(stop, at + 40), context=context)
    if found and found[0].start - at <= 1:
        after = _skip(string, found[0].end, stop)
        stage = match_stage(string, after, stop)
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


def covers(period: DateExpression, start: int, end: int) -> bool:
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
    period = period_of(string, low, high, context)
    name = string[low : period.start] if period and period.start > low + 1 else string[low:high] if not period else ""
    if period and period.start == low:
        name = string[period.end : high]
    name = clean_name(re.sub(r"[，,：:；;\s]*(?:时间[：:为]?)?$", "", name))
    if len(name) > MAX_NAME:
        name = ""
    if period is None:
        period, _ = _period_after(string, bracket.end(), min(stop, bracket.end() + 60), context)
    return Head(start, bracket.end(), name or word or "", word, "阶段" in string[low:high], period)


def _period_after(string: str, at: int, stop: int, context: DateContext) -> tuple[DateExpression | None, int]:
    """…阶段（6月7日前）; …阶段：3月1日至3月15日。; …阶段 时间：2023年9月-10月."""
    bracket = _BRACKET.match(string, at, stop)
    if bracket:
        period = period_of(string, bracket.start("in"), bracket.end("in"), context)
        return (period, bracket.end()) if period else (None, at)
    low = at
    while low < stop and string[low] in " 　：:，,。—–-―\n*为":
        low += 1
    bracket = _BRACKET.match(string, low, stop) if string[low : low + 1] in ("（", "(") else None
    if bracket:
        period = period_of(string, *bracket.span("in"), context)
        return (period, bracket.end()) if period and covers(period, *bracket.span("in")) else (None, at)
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


def period_of(string: str, start: int, end: int, context: DateContext) -> DateExpression | None:
    """The period of a bracket, null when the bracket holds no date."""
    period = read_period(string, start, end, context=context)
    if period is None or (period.marker == "open" and end - start > 8):
        return None
    if period.marker == "at" and _TO_EVENT.match(string, period.end, end):
        return period._replace(last=None, marker="from")
    if period.grain == "year":
        found = find_dates(string, period.start, end, context=context)
        if _FROM_EVENT.match(string, period.start, end):
            return found[-1] if found[-1].marker == "before" else None
        if len(found) > 1 and found[0].grain == "year" and found[0].end == found[1].start:
            return _within_year(period, found[1:])
    return period


def _within_year(period: DateExpression, parts: list[DateExpression]) -> DateExpression:
    """2022年第二、三季度: from the first day of the second quarter to the last of the third."""
    first, last = parts[0].first, parts[-1].last
    if first is None or last is None or first > last or parts[-1].end > period.end:
        return period
    return period._replace(first=first, last=last, grain=parts[0].grain, marker="range")


_TO_EVENT = re.compile(r"[至到—–-]{1,2}[\u4e00-\u9fff]{2,12}")
"""10月1日至测评结束: only a start."""
_FROM_EVENT = re.compile(r"20[0-9]{2}年(?![上下]半年|[一二三四]季|第|[年底初末前])[\u4e00-\u9fff]{2,10}[至到]")
"""2023年春季学期开学至3月上旬: only an end."""
