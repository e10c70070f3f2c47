"""The clause around a due date, and what is to be done by then."""

from __future__ import annotations

import re

from ..dates import DateExpression
from ..model import DatePeriod, Deadline
from ..squeeze import squeeze
from ..text import Span
from ..trusted import trusted
from .limits import CLOSES

_STOP = "，,。；;：:！!？?\n\t"
_STOPS = re.compile(f"[{_STOP}]")


def before_next(string: str, dates: list[DateExpression], i: int, high: int) -> int:
    """5月底前公布名单，|6月15日前下达通知: the next clause has its own date."""
    after = dates[i + 1].start if i + 1 < len(dates) else high
    return after - 1 if string[after - 1] in "，," and after > dates[i].end + _SHORT else high


def list_end(string: str, dates: list[DateExpression], i: int) -> int:
    """The end of the dates listed with this one (3月31日、6月30日前): the action stands after the last."""
    stop = min(len(dates), i + 12)
    while i + 1 < stop and LIST.fullmatch(string, dates[i].end, dates[i + 1].start):
        i += 1
    return dates[i].end


def make_deadline(string: str, low: int, high: int, e: DateExpression, period: DatePeriod, behind: int) -> Deadline:
    """The deadline with the clause around it; a short clause is widened to the next one."""
    at, stop = e.start, e.end
    start = _clause_start(string, low, at)
    end = _clause_end(string, behind, high)
    if end < high and string[end] in "，," and not _TAKES.isdisjoint(string[behind : behind + 2]):
        end = _told(string, behind, end, high)
    labelled = start > low and string[start - 1] in "：:" and CLOSES.search(string, max(low, start - 24), start)
    if labelled or (end - start < _SHORT and start > low and string[start - 1] in "，,：:"):
        start = _clause_start(string, low, start - 1)
    if string[behind : behind + 1] in _HOUR_STARTS and (hour := _HOUR.match(string, behind, end)):
        behind = hour.end()
    action = squeeze(string[behind:end].lstrip(_NO_ACTION).rstrip(_NO_ACTION_ENDS))
    if end < high and string[end] in _CLOSING:  # 开展排查（6月底前完成）
        end += _unopened(string, start, end + 1) < 0
    while start < at and string[start].isspace():
        start += 1
    while end > stop and string[end - 1].isspace():
        end -= 1
    return _make_deadline(
        {
            "text": period.text,
            "context": squeeze(string[start:end]),
            "period": period,
            "action": action or None,
            "span": Span(start, end),
        }
    )


_make_deadline = trusted(Deadline)


def _clause_start(string: str, low: int, at: int) -> int:
    """Where the clause begins that leads to `at`; what stands in brackets in it does not end it."""
    floor = at - _REACH if at - _REACH > low else low
    back = string[floor:at][::-1]
    stop = _STOPS.search(back)
    start = at - (stop.start() if stop else len(back))
    if start == floor > low:
        start = max(low, at - _NEAR)
    if start > low and string[start] in _OPENING and string[start - 1] in "。；;":  # 。（市财政局负责）各县要于…
        start = max(string.find(")", start, at), string.find("）", start, at), start - 1) + 1
    closed = _unopened(string, start, at)
    if closed < 0:
        return start
    opened = max(string.rfind(c, max(low, closed - _REACH), start) for c in _OPENING)
    if opened <= low or string[opened - 1] in "。；;！!\n":  # （市财政局负责）各县要于6月底前…
        return closed + 1
    return _clause_start(string, max(low, closed - 2 * _REACH), opened)


def _unopened(string: str, start: int, end: int) -> int:
    """The last bracket that closes in the stretch and opens before it, -1 when there is none."""
    clause = string[start:end]
    if not ("）" in clause or ")" in clause or "》" in clause):
        return -1  # as most
    depth, last = 0, -1
    for m in _BRACKETS.finditer(string, start, end):
        if m.group() in _OPENING:
            depth += 1
        else:
            depth, last = (depth - 1, last) if depth else (0, m.start())
    return last


_TAKES = frozenset("将把对")
_DOES = re.compile(r"(?<![申填举通])报(?![告名表备])|[送寄入成为至到给]|[上提移转递]交|反馈|上传|传真")
_OBJECT = re.compile(r"(?:[）)]|问题|情况|材料|资料|名单|总结|方案|报告|报表|线索|事项|的)\Z")


def _told(string: str, start: int, end: int, high: int) -> int:
    """于5月底前将申报书（一式两份），以及电子版…报送县局: the clause goes on to what is done with its object."""
    for _ in range(3):
        clause = string[start:end]
        if end >= high or string[end] not in "，," or _DOES.search(clause) or not _OBJECT.search(clause):
            break
        end = _clause_end(string, end + 1, high)
    return end


LIST = re.compile(r"\s?[、和及]\s?")
"""在6月中旬、12月中旬将…上报: what holds for the first holds for the second."""
_SHORT = 8
"""A clause of fewer characters (年内销号) is told with the one before it."""
_HOUR = re.compile(r"\s?(?:上午|中午|下午|晚上?)?\s?[0-9０-９]{1,2}(?:时|点|[:：][0-9]{2})(?:整|半|[0-9]{1,2}分)?")
"""4月20日|17时: no part of what is to be done."""
_HOUR_STARTS = frozenset("上中下晚0123456789０１２３４５６７８９ \u3000\xa0\t")
_NO_ACTION, _NO_ACTION_ENDS = _STOP + "、)） 　", _STOP + "、 　"
_REACH, _NEAR = 80, 40
"""Characters before the date among which its clause begins; how many are told when it begins farther back."""
_OPENING, _CLOSING = "（(《", "）)》"
_BRACKETS = re.compile(f"[{_OPENING}{_CLOSING}]")
_CUTS = re.compile(f"[。；;\n\t！!，,{_OPENING}{_CLOSING}]")


def _clause_end(string: str, start: int, high: int) -> int:
    """The end of the sentence, or of the first clause at least 12 characters on; brackets are told whole."""
    high = min(high, start + 120)
    opened: list[int] = []
    for m in _CUTS.finditer(string, start, high):
        mark, at = m.group(), m.start()
        if mark in _OPENING:
            opened.append(at)
        elif mark in _CLOSING:
            if opened:
                opened.pop()
            elif at > start + 1:  # （6月底前完成）
                return at
        elif (mark in "\n\t" or not opened) and (mark not in "，," or at >= start + 12):
            return opened[0] if opened else at
    return opened[0] if opened and opened[0] >= start + 12 else high
