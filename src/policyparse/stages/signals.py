"""What a section says of the items below it: whether its heading or first sentence announces stages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..numerals import to_int
from .marks import Marks

_TITLE = re.compile(r"(?:步骤|阶段)(?:安排|划分|任务|要求|方法|进度|内容|措施|时间|日程|工作|以?及|和|与|、|的)*$")
"""实施步骤, 方法步骤, 时间步骤, 阶段安排, 实施步骤及时间安排: every item below is a stage."""
_TIMES = re.compile(
    r"(?:(?:时间|进度|日程|时序)(?:安排|进度|节点|表|要求)?|(?:工作|步骤|推进|行动|活动|实施|总体|任务|整治|具体|整改|创建|检查|清理|普查)(?:安排|进度|节点|时序))"
    r"(?:(?:和|及|与|、)?(?:要求|步骤|方法|任务|内容|措施|分工))?$"
)
"""时间安排, 进度安排, 工作安排: items below with a period are stages."""
_PLAN = re.compile(r"(?:安排|计划|进度|进程|部署|方法|流程|环节|程序|组织实施|时间)$")
"""专项行动安排: items are stages where each has its period."""
_PROCEDURE = re.compile(
    r"申报|办理|申请|审批|操作|施工|设计|审核|评审|认定|受理|登记|采购|招标|竞买|应急|响应|处置|考核办法|评选"
)
"""申报步骤, 办理阶段: how something is applied for, no plan of work."""
_LEADS = re.compile(
    "步骤|阶段|安排|时间|进度|日程|时序|节点|计划|进程|部署|方法|流程|环节|程序|组织实施",
)
"""A title without any of these leads to no stages."""
_DUTIES = ("任务", "措施", "内容", "举措", "重点", "职责", "分工", "制度", "机制", "要求", "工作")
_NO_DUTIES = ("时间要求", "进度要求")
_COUNT = re.compile(
    r"(?:分为?|共分?为?|划分为|分成|按照?|采取|设|有|共)\s?(?:以下)?([一二两三四五六七八九2-9])\s?个?\s?(?:实施|工作)?(?:阶段|步骤|步(?:走|进行|实施|推进|开展|：|:))"
)
_FIRST = re.compile(r"[。\n；;：:]")
_LONGEST, _COUNT_REACH = 60, 300
"""Characters of a heading that are read; of the text before the first item where the count of stages may stand."""
_BRACKET_END = re.compile(r"[（(][^（()）]{0,40}[）)]$")


class Signals(NamedTuple):
    """False or 0 where the section says nothing."""

    stages: bool = False
    times: bool = False
    number: int = 0
    plan: bool = False
    procedure: bool = False
    """How something is applied for or built (申报步骤): no plan of work."""
    duties: bool = False
    """工作任务, 保障措施: items with dates are duties."""
    goals: bool = False
    """A section of targets (总体目标): 第一步，到2025年… is none of its stages."""

    def __bool__(self) -> bool:
        """True when the section leads to stages."""
        return self.stages or self.times or self.plan or bool(self.number)


def read_signals(string: str, start: int, first: int, marks: Marks) -> Signals:
    """What stands between the section's number (`start`) and its first item."""
    signals = _read_title(_title(string, start, first if first < start + _LONGEST else start + _LONGEST))
    low = first - _COUNT_REACH if first - _COUNT_REACH > start else start
    if marks.within(low, first) and (count := _count(string, low, first)):
        return signals._replace(number=count)
    return signals


@lru_cache(maxsize=2048)
def _read_title(title: str) -> Signals:
    """What the title alone says; sections of many documents have the same."""
    procedure = bool(_PROCEDURE.search(title))
    named = bool(not procedure and len(title) <= 24 and _LEADS.search(title))
    return Signals(
        named and bool(_TITLE.search(title)),
        named and bool(_TIMES.search(title)),
        0,
        named and bool(_PLAN.search(title)),
        procedure,
        title.endswith(_DUTIES) and not title.endswith(_NO_DUTIES),
        title.endswith(("目标", "目标任务", "任务目标", "指标")) and "步骤" not in title,
    )


def _title(string: str, start: int, end: int) -> str:
    """The heading without its bracket: 实施步骤（3月—12月）。 -> 实施步骤."""
    stop = _FIRST.search(string, start, end)
    title = string[start : stop.start() if stop else end].strip(" 　*#")
    return (_BRACKET_END.sub("", title) if title[-1:] in ("）", ")") else title).strip()


def _count(string: str, start: int, end: int) -> int:
    """How many stages the text announces, 0 when it does not say."""
    m = _COUNT.search(string, start, end)
    return (to_int("二" if m[1] == "两" else m[1]) or 0) if m else 0
