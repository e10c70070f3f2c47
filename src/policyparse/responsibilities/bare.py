"""Brackets of organisations only: （甲局、乙局，列首位者为牵头单位，下同）, or every item's （甲局、乙局）."""

from __future__ import annotations

import re

from ..model import Role
from ..organisations import KINDS, is_organisation, region_of, split_units
from .clauses import plausible
from .model import Assignment, Note
from .roles import cut_rule, is_lasting, own_roles

_LONGEST_LIST = 400
_LONGEST_ITEM = 1500
_SHORTEST_TASK = 4
_LONGEST_NAME = 20
_IN_BRACKETS = re.compile(r"括号[内中里](?:的)?(?:单位|部门)?(?:均)?(?:为|是)(?P<lead>牵头|主办)?")
SEVERAL = 3
"""So many items that close with a bracket of organisations show that it names who is responsible."""


def stated_role(string: str, start: int, end: int) -> Role | None:
    """Role of units in brackets without a word, where the text says so: 括号内为责任单位."""
    if string.find("括", start, end) < 0 or (m := _IN_BRACKETS.search(string, start, end)) is None:
        return None
    return "lead" if m["lead"] else "responsible"


_LINE_END = re.compile(r"[。；;，,]*+(?:\n|\Z)")
SHORTEST_RULE = 8
"""（首位牵头，下同）: characters of a bracket that states a rule, at least."""


def states_rule(string: str, start: int, end: int) -> bool:
    """Whether the bracket states a role rule for itself and later ones."""
    return is_lasting(string, start, end) and cut_rule(string, start + 1, end - 1)[0] is not None


def closes_item(string: str, start: int, end: int) -> bool:
    """Whether the bracket ends the line of an item, so that it may name who does it."""
    if _LINE_END.match(string, end) is None:
        return False  # as most
    return _behind_stop(string, start, end) or _ends_numbered(string, start, end)


def _behind_stop(string: str, start: int, end: int) -> bool:
    """Whether the bracket stands behind a full stop at the end of its paragraph, or on a line of its own after one."""
    before = string[start - 1 : start]
    if before == "\n":
        before = string[start - 2 : start - 1]
    return before in "。；;！" and string[end : end + 1] in "\n"


_NUMBER = re.compile(
    r"[ \u3000\t]{0,8}(?:\d{1,3}(?:[.．、]\d{1,2}){0,3}[.．、]?|[（(]?[一二三四五六七八九十\d]{1,3}[）)]"
    r"|[一二三四五六七八九十]{1,3}、|[①-⑳]|第[一二三四五六七八九十]{1,3}[，、])"
)
_NO_TASK = re.compile(r"[》a-zA-Z\d]\Z|(?:[表单书录件]|样式|模板|电话|名额)\Z")
"""…登记表（市教育局）, 咨询电话：…（市民政局）: who keeps it, not who does it."""


_TO = re.compile(r"(?:报送?|上报|报至|送至?|提交|反馈|寄送?|发至|联系)[^，,。；;]{0,12}[部委局厅办院会司室处科]\Z")
"""…报送市发改委（综合科）: whose office it is."""


def _ends_numbered(string: str, start: int, end: int) -> bool:
    """Whether the line that the bracket ends is a numbered item's: 1.全面排查隐患（市教育局）。"""
    line = string.rfind("\n", max(0, start - _LONGEST_ITEM), start) + 1
    number = _NUMBER.match(string, line, start) if line or start < _LONGEST_ITEM else None
    if number is None or start - number.end() < _SHORTEST_TASK or _NO_TASK.search(string, start - 2, start):
        return False
    if _TO.search(string, max(number.end(), start - _LONGEST_NAME), start) is not None:
        return False
    task = string[number.end() : start] if start - number.end() < _LONGEST_NAME else ""
    return not is_organisation(task) and not _is_area(string[start + 1 : end - 1])


def _is_area(name: str) -> bool:
    """甲路小学（城关镇）: where it is."""
    region = region_of(name)
    return region is not None and not region.organ


_BARE_DUE = re.compile(
    r"[，,；;][ \u3000]?(?P<due>(?:\d{4}年)?\d{1,2}月(?:[、至和—-]\d{1,2}月){0,6}[底初]?前?"
    r"|(?:\d{4}年)?全年|第?[一二三四]季度|每[月季]度?)"
    r"(?:完成)?[ \u3000]*\Z"
)
"""（安监科、各企业，6月、11月）."""
_SEAT = re.compile("各?(?:管理?委(?:员会|会)|(?:街道)?办事处|街道办|党?工委)")
"""各县（市、区）政府（管委会）: the other name of what stands before."""


def bare_list(string: str, start: int, end: int, role: Role) -> Note | None:
    """The note that a bracket of organisations is; null when it holds anything else."""
    closes = string[start - 1 : start] in "。；;！”" or string[end : end + 1] in "\n。；;，,"
    if end - start > _LONGEST_LIST or not closes or string.find("括号", start, end) >= 0:
        return None
    rule, stop = cut_rule(string, start + 1, end - 1)
    due = _BARE_DUE.search(string, start + 1, stop)
    stop = due.start() if due else stop
    units = split_units(string, start + 1, stop)
    if not units or not all(is_organisation(u.name) and plausible(u.name, strict=True) for u in units):
        return None
    if any(u.name in KINDS for u in units) or (len(units) == 1 and _SEAT.fullmatch(units[0].name)):
        return None
    lasting = rule is not None and is_lasting(string, stop, end)
    found = own_roles([Assignment(u, role) for u in units], string)
    return Note(start, end, found, due.span("due") if due else None, rule, lasting, bare=True)
