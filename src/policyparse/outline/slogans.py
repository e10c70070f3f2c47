"""Slogans (加强组织领导，落实政府责任): how they begin, and where one on a line of its own ends."""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import words

_PARTS = re.compile("[，,、；;]")
_LEAST, _UNLIKE, _MOST = 4, 3, 4
"""Characters of a slogan, by how many it may differ from its neighbours, and how many make a heading."""
_APPOSITION = re.compile(r"[^，,、。；;：:！!（(\n—]{2,24}(?:。[ 　]{0,4})?(?:[（(〔【\[][^\n]{0,300})?")
_MADE = frozenset(("建成", "完成", "举办", "编制", "制定", "搭建", "上线", "开发", "申报", "启动", "设立", "成立"))
"""Verbs of one deed, whose object a dash may go on with."""


def begins_with_verb(sentence: str) -> bool:
    """加强…, 常态化…."""
    return sentence[:2] in _verbs() or sentence[:3] in _verbs()


def parallel(head: str, behind: int) -> bool:
    """Whether a line that a blank ends is slogans of about one length, with `behind` characters of text behind it.

    加强组织领导，落实政府责任 各级政府要…: the line break is a blank where a page has lost its lines.
    """
    parts = _PARTS.split(head)
    if behind <= len(head) or "（" in head or "(" in head or not 1 < len(parts) <= _MOST:
        return False
    lengths = [len(part.strip("“”")) for part in parts]
    if min(lengths) < _LEAST or max(lengths) - min(lengths) > (0 if "、" in head else _UNLIKE):
        return False
    return any(map(begins_with_verb, parts))


def goes_on(string: str, head: str, at: int, end: int) -> bool:
    """Whether a dash only names an item's object again: 建成市级平台——某某共享中心。, and no more is said."""
    if not (begins_with_verb(head) or head[:2] in _MADE):
        return False
    m = _APPOSITION.fullmatch(string, at, end)
    return m is not None and not begins_with_verb(string[at : at + 3])


@cache
def _verbs() -> frozenset[str]:
    return frozenset(words("heading_verbs"))
