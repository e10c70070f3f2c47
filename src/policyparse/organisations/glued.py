"""Names of units with nothing between them: 市教育局市公安局, the lines of a narrow table cell run together.

A unit ends with its kind, and the next begins with the level of government. 市公安局交通管理局 is one unit: without
the level nothing tells a unit from its branch, but where the whole is a run of departments (教育局公安局).
"""

from __future__ import annotations

import re
from functools import cache

from .. import lexicon
from ..squeeze import squeeze
from .names import is_organisation

_SHORTEST, _LONGEST = 7, 60
_ENDS = "[局厅委办部院府会心司队站处组]"
_FIRST = (
    r"市(?!长|区|中(?!医)|[直属级内场容郊辖北南东西]|政(?![府协务法])|民(?![政族宗]))"
    r"|县(?!长|[级直属城域内区乡镇])|区(?!长|[域级直属内块划位间县])|省(?!长|[级直属内会道际部])|州(?![级直属内])|旗(?![级直属县])"
)
_WHOLE = (
    r"各(?:县|区|市|州|旗|乡|镇|街道?|盟|省)"  # 各县区人民政府; 市教育局各科室 are its own
    r"|人行|人民银行|农发行|国网|中国(?:人民银行|农业发展银行|电信|移动|联通|铁塔|邮政)"
    r"|[\u4e00-\u9fff]{2,3}(?:[镇乡](?:人民)?政府|街道(?:办事处|办(?!公)))"  # 城关镇政府
)
"""What begins a unit by itself."""
_SOCIETY = re.compile(r"[市县区省州旗][\u4e00-\u9fff]{2,8}(?:协会|学会|商会|促进会|联合会)")
"""…各街道办事处|市物业协会: a society of a place is nobody's branch."""
_EVERY = re.compile(r"各[街镇乡]道?[（(][街道镇乡办处]{1,4}[)）]")
"""各街（镇）; not 国家税务总局各市（州）、县（区）税务局."""
_NO_SEAM = re.compile(r"[（(]|\A(?:省|市|州|区|县|旗)委(?:员会)?\Z")
"""市委市政府 are one body of leaders, as written; what stands in brackets is left as it is."""


@cache
def _seam() -> re.Pattern[str]:
    stems = "|".join(sorted(lexicon.words("dept_stems"), key=len, reverse=True))
    return re.compile(rf"{_ENDS}(?=(?P<level>{_FIRST})(?P<stem>{stems}|委|政府)?|(?P<whole>{_WHOLE}))")


_BRANCH = re.compile(r"(?:管理|稽查|监察|执法|巡察)局\Z")
"""公安局交通管理局, 水务局水政监察局: a branch of the one before."""


@cache
def _bureau() -> re.Pattern[str]:
    stems = "|".join(sorted(lexicon.words("dept_stems"), key=len, reverse=True))
    return re.compile(rf"\s*(?:{stems})[^局委厅、，,；;（）()]{{0,8}}(?:局|委|厅)(?!员)\s*")


def _bureaus(string: str, start: int, end: int) -> list[int]:
    """教育局公安局: nothing but the names of departments, none with its level of government."""
    found: list[int] = []
    at = start
    while (m := _bureau().match(string, at, end)) is not None:
        at = m.end()
        found.append(at)
    if at < end or len(found) < _SEVERAL or _BRANCH.search(squeeze(string[found[0] : end])) is not None:
        return []
    return found[:-1]


_SEVERAL = 2


def seams(string: str, start: int, end: int) -> list[int]:
    """Where in `string[start:end]`, a stretch without separators, one unit ends and another begins."""
    if end - start < _SHORTEST_BUREAUS or end - start > _LONGEST:
        return _seams(string, start, end)
    return _seams(string, start, end) or _bureaus(string, start, end)


_SHORTEST_BUREAUS = 6


def _seams(string: str, start: int, end: int) -> list[int]:
    """Where a unit ends and the next begins with its level of government, or as one that has a name of its own."""
    if end - start < _SHORTEST or _seam().search(string, start + 1, end) is None:
        return []
    matches = list(_seam().finditer(string, start + 1, end))
    found: list[int] = []
    for m, stop in zip(matches, [*(n.end() for n in matches[1:]), end], strict=True):
        if max(m.end() - start, stop - m.end()) > _LONGEST:
            continue
        left, right = squeeze(string[start : m.end()]), squeeze(string[m.end() : stop])
        if not is_organisation(left) or _NO_SEAM.search(left):
            continue
        if not (is_organisation(right) or (m["whole"] and _EVERY.fullmatch(right))):
            continue
        if left.endswith("纪委") and right.startswith("监委", 1):  # 省纪委省监委机关
            continue
        if m["whole"] or m["stem"] or left.startswith(m["level"]) or _SOCIETY.fullmatch(right):
            found.append(m.end())
            start = m.end()
    return found
