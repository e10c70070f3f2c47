"""Names of units with nothing between them: 市教育局市公安局, the lines of a narrow table cell run together.

A unit ends with its kind, and the next begins with the level of government. 市公安局交通管理局 is one unit: without
the level nothing tells a unit from its branch.
"""

from __future__ import annotations

import re
from functools import cache

from .. import lexicon
from ..squeeze import squeeze
from .names import is_organisation

_SHORTEST = 7
_ENDS = "[局厅委办部院府会心司队站处组]"
_FIRST = (
    r"市(?!长|区|中(?!医)|[直属级内场容郊辖北南东西]|政(?![府协务法])|民(?![政族宗]))"
    r"|县(?!长|[级直属城域内区乡镇])|区(?!长|[域级直属内块划位间县])|省(?!长|[级直属内会道际部])|州(?![级直属内])|旗(?![级直属县])"
)
_AREAS = r"各(?:县|区|市|州|旗|乡|镇|街道|盟|省)"
"""各县区人民政府; 市教育局各科室 are its own."""
_ORGAN = re.compile(r"(?:省|市|州|区|县|旗)委(?:员会)?\Z")
"""市委市政府 are one body of leaders, as written."""


@cache
def _seam() -> re.Pattern[str]:
    stems = "|".join(sorted(lexicon.words("dept_stems"), key=len, reverse=True))
    return re.compile(rf"(?<={_ENDS})(?:(?P<level>{_FIRST})(?P<stem>{stems}|委|政府)?|(?P<areas>{_AREAS}))")


def seams(string: str, start: int, end: int) -> list[int]:
    """Where in `string[start:end]`, a stretch without separators, one unit ends and another begins."""
    if end - start < _SHORTEST:
        return []
    found: list[int] = []
    for m in _seam().finditer(string, start + 2, end):
        left, right = squeeze(string[start : m.start()]), squeeze(string[m.start() : end])
        if (
            not is_organisation(left)
            or not is_organisation(right)
            or _ORGAN.fullmatch(left)
            or "（" in left
            or "(" in left
        ):
            continue
        if m["areas"] or m["stem"] or left.startswith(m["level"]):
            found.append(m.start())
            start = m.start()
    return found
