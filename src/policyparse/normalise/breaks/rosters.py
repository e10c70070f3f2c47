"""Rows of a roster (组长：…, 成员：…), told from sentences that name the same posts."""

from __future__ import annotations

import re

from ...lexicon import words
from .shared import WORD


def _roles() -> re.Pattern[str]:
    """组 长： with any padding."""
    names = sorted(words("normalise_roles"), key=len, reverse=True)
    return re.compile("(?:" + "|".join(r"\s{0,4}".join(n) for n in names) + r")\s{0,2}[：:]")


_ROLE = _roles()
# 由张某任组长：, 领导小组组长：, 组长:张某，副组长：李某 are no rows of a roster
_NO_ROW = re.compile(r"(?:[，、,（(由兼]|[^主]任|领导小组|工作小组|办公室)\s*$")
_AFTER_ROSTER = re.compile(
    r"(?:(?:工作|领导(?!领导)|推进|专项|协调|行动){1,3}小组|(?:工作)?(?:指挥部|领导组|联席会议|专班)|工作组)(?:下设|办公室(?!主任|副主任|负责人))"
    r"|(?:主要|工作|具体)职责\s?[：:]|以上(?:人员|成员|同志)|下设(?:\S{0,8}办公室|验收|工作组)"
)
"""领导小组下设办公室…, 主要职责：…: the text that follows a roster."""


def rosters(text: str) -> list[int]:
    """组 长：… | 副组长：… | 成 员：… | 领导小组下设办公室…"""
    found: list[re.Match[str]] = []
    for m in _ROLE.finditer(text):
        inside = _NO_ROW.search(text, max(0, m.start() - 4), m.start())
        if inside and text[m.start() - 1] in "，," and " " in m.group().strip():
            inside = None  # 成立工作小组，组 长：王文海: padded as in a roster
        named = m.group()[0] == "成" and not found and WORD.match(text, m.start() - 1)  # 指挥部成员单位：
        if not inside and not named:
            found.append(m)
    points = [m.start() for m in found]
    for a, b in zip(found, [*found[1:], None], strict=False):
        end = b.start() if b else min(len(text), a.end() + 800)
        after = _AFTER_ROSTER.search(text, a.end(), end)
        if after and text[after.start() - 1] not in "，,的由向报送至在（(":
            points.append(after.start())
    return points
