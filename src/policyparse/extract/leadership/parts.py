"""Parts of a group (综合协调组 below 领导小组), told by a heading with the bodies in them, and whose an office is."""

from __future__ import annotations

import re
from typing import NamedTuple

from .groups import Group
from .names import MAIN, established

_PARTS = 20
"""So many parts a group may have."""
_MAIN_KIND = re.compile("|".join(MAIN))
_HEADING = re.compile(
    r"\n[^\S\n]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]{1,2}[^\S\n]*)?(?P<name>[\u4e00-\u9fff]{2,14}(?<!小)组|[\u4e00-\u9fff]{2,14}专班)"
    r"[：:。]?[^\S\n]*(?=\n(?P<lead>[^\S\n]*牵头(?:单位|部门)[：:][^\n：:]{2,80})?\n?[^\S\n]*\Z)"
)
"""（一）综合协调组 / 牵头单位：县政府办公室 / 成员单位：…"""


class Part(NamedTuple):
    name: str
    start: int
    lead: tuple[str, int, int] | None
    """牵头单位 or 牵头部门, and where the bodies are told that hold this seat."""


def part_above(string: str, low: int, at: int) -> Part | None:
    """The part of a group whose heading stands above the bodies in it, told at `at`."""
    m = _HEADING.search(string, max(low - 1, at - 130, 0), at) if string.find("\n", low, at) >= 0 else None
    if m is None:
        return None
    if m["lead"] is None:
        return Part(m["name"], m.start("name"), None)
    begin = string.index("牵头", m.start("lead"))
    return Part(m["name"], m.start("name"), (string[begin : begin + 4], begin + 5, m.end("lead")))


def is_part(string: str, group: Group, at: int) -> bool:
    """Whether 领导小组办公室设在X speaks of the whole, not of `group` (督查组), the last of its parts."""
    if not group.name.endswith("组") or group.name.endswith((*MAIN, "小组", "工作组")):
        return False
    main = _MAIN_KIND.match(string, at)
    return main is not None and established(string, main[0]) != main[0]


def spoken_of(string: str, groups: list[Group], at: int, reach: int) -> Group | None:
    """领导小组办公室设在X behind the rosters of its parts (综合协调组): the group that the office is of."""
    if not groups or groups[-1].name.endswith(MAIN) or not (kind := _MAIN_KIND.match(string, at)):
        return None
    before = reversed(groups[:-1][-_PARTS:])
    return next((g for g in before if g.name.endswith(kind[0]) and at - g.end <= reach * 2), None)
