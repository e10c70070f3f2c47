"""The paragraph below the last item of a list that closes the list: it is said of all items, not of the last.

What shows it: it speaks of the document itself (本办法自印发之日起施行), or to all (各县区要对照任务分工…于6月底前报送)
below an item that has been told in full, with as many paragraphs, or the same note at its end, as those before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from .node import Node

_NEAR = 12
"""So many paragraphs below a list may close it, and so many items before the last are looked at."""
_NOTE_ENDS = frozenset("）)〕】")
_SEVERAL = 2
_NEXT = 4
"""Whom to ask stands less than so many paragraphs below the last item's beginning."""
_TOLD = frozenset("。！）)")
_PLACES = re.compile(r"\n(?<=[。；！）)〕】]\n)[各请望希全有相以上本特未其联业技工报（(]")
"""Where such a paragraph may begin, below one that has said all it says."""
_SAYS = re.compile(
    # of the whole text
    r"(?P<document>特此[通函公批复证报]"
    r"|本(?:通知|通告|意见|方案|措施|办法|细则|规定|规则|规范|标准|预案|制度|政策|文件|公告|决定|计划|规划"
    r"|[^，。；：\n本]{1,6}(?:意见|方案|措施|办法|细则|计划|规划|政策|规定))"
    r"(?:[（(][^（()）\n]{0,20}[）)])?(?:自|由|从|有效期|未尽|执行[期至]|实施期)"
    r"|(?:其[他它])?未尽事[宜项]"
    r"|[（(]?(?:业务|工作|技术|报送)?联系(?:人|电话|方式)[^，。；：\n]{0,6}[：:])"
    # to all: 各乡镇要…, 请各单位…, 以上任务…; 各督导组 are those of the item
    r"|(?:[请望希]望?)?(?:全[^，。；：:\n各]{1,4})?各"
    r"(?![自种类项]|[^，。；：:\n要应须]{0,8}(?:组|专班)(?!织)|[^，。；：:\n]{0,16}[：:])"
    r"|(?:[请望]|希望)?(?:有关|相关)(?:单位|部门|地区|地方|县|市|科室|处室)"
    r"|(?:以上|上述)(?![^，。；：:\n]{0,6}(?:问题|企业|人员|对象|情形|情况|资金|项目|地区|区域))"
)
_OF_UNIT = re.compile(r"[一-鿿（）()]{2,30}联系(?:人|电话|方式)[^，。；：:\n]{0,6}[：:]")
"""市某某领导小组办公室联系方式：."""
_UNLABELLED = re.compile(r"(?![（(〔【\[])[^\n：:]{16,2000}。\n")
"""A paragraph below notes that says so by its place alone."""


def closing(string: str, starts: Sequence[int], last: Node, items: Sequence[Node], end: int) -> int | None:
    """Where the paragraph begins that closes a list, above `end` and below its `last` item.

    Those before it, with its style, are among `items`.
    """
    line, style = last.line, last.style
    second = starts[line + 1]
    if string[second - 2] in _NOTE_ENDS and _UNLABELLED.match(string, second, end) is not None:
        before = _before(items, style)
        if len(before) >= _SEVERAL and _noted(string, before) and all(_paragraphs(starts, n) == 1 for n in before):
            return second
    for place in _PLACES.finditer(string, starts[line], end):
        start = place.start() + 1
        says = _SAYS.match(string, start, end)
        if says is None:
            continue
        if says.lastgroup is not None:
            return start
        if last.heading is not None and last.heading_end >= start - 2:
            continue
        paragraphs = bisect_left(starts, start, line) - line
        if paragraphs > _NEAR:
            break
        before = _before(items, style)
        longest = max([_paragraphs(starts, n) for n in before], default=_NEAR + 1)
        headed = last.heading is not None and last.heading_end >= second - 2
        if longest == paragraphs or (longest < paragraphs and not headed):
            return start
        if before and string[start - 2] in _NOTE_ENDS and _noted(string, before):
            return start
    for start in starts[line + 1 : line + _NEXT]:
        if start >= end:
            break
        if "联系" in string[start : start + 32] and string[start - 2] in _TOLD and _OF_UNIT.match(string, start, end):
            return start
    return None


def _before(items: Sequence[Node], style: str) -> list[Node]:
    """The items of the list before its last."""
    return [n for n in items[-_NEAR:] if n.style == style]


def _noted(string: str, items: list[Node]) -> bool:
    """Whether each ends in a note."""
    return all(string[n.end - 2] in _NOTE_ENDS for n in items)


def _paragraphs(starts: Sequence[int], node: Node) -> int:
    return bisect_left(starts, node.end) - bisect_left(starts, node.start)
