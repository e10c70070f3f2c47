"""Where numbered items begin inside a line that runs several paragraphs together.

A number counts as an item only where its own sequence expects it: 2.4 万元, 第一、二季度, （一）项 and 附件1、2 stand
in sentences too. What stands before it decides the rest (the end of a sentence, a heading without a full stop).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from string import ascii_letters
from typing import NamedTuple

from ...numerals import NO_AMOUNT

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CN = "一二三四五六七八九十"


class Mark(NamedTuple):
    """A number that may begin an item: `rank` 0 is the highest level."""

    start: int
    end: int
    rank: int
    number: int


_LINE, _ROUND, _STAGES, _DIGIT = 2, 3, 4, 5
"""Ranks of 一、, （一）, 第一阶段 and 1."""
# 第一章 | 第一条 | 第一阶段：
_CHAPTER = re.compile(rf"第([{_CN}百零〇]{{1,5}})[编章节](?=[\s\u4e00-\u9fff])")
_STAGE = re.compile(rf"第([{_CN}]{{1,2}})(?:阶段|步)(?=[：:（(\s、，—])")
_ARTICLE = re.compile(rf"第([{_CN}百零〇]{{1,5}})条(?=[\s（(\u4e00-\u9fff])(?![的第款和至与及规]|之)")
_CHAPTERS = ((0, _CHAPTER), (1, _ARTICLE), (_STAGES, _STAGE))
# 4.12345平台…: five digits that count nothing are no fraction
_HOTLINE = rf"[0-9]{{5}}{NO_AMOUNT}"
# （一） （1） | 1. 1、 1） | 一、 in one search, which jumps from one possible first character to the next
_AFTER = (
    rf"(?:(?<=[（(])(?:\s?[{_CN}]{{1,3}}\s?|\d{{1,2}})[)）](?![项款条类、号])"
    rf"|(?<=[0-9])[0-9]?(?:\s?[.．、](?:(?![0-9\s]?[0-9])|(?=(?:19|20)[0-9][0-9]年)|(?={_HOTLINE}))|[)）](?=[\u4e00-\u9fff]))"
    rf"|(?<=[{_CN}])[{_CN}]{{0,2}}[、.．](?![{_CN}]{{1,2}}[、级季等类]))"
)
_NUMBER, _STRONG = re.compile(rf"[0-9（({_CN}]{_AFTER}"), re.compile(rf"[（({_CN}]{_AFTER}")
_CIRCLED = re.compile("[①-⑳]")
_NOT_BEFORE_HAN = _CN + "第其之"
_WORD_OF_ONE = frozenset("统唯惟专单归划均合不周期万逐")
"""统一、规范; 周一、周三: 一 is part of a word."""
_NOT_BEFORE_BRACKET = "0123456789.（("
_NOT_BEFORE_POINT = "0123456789.．、-—~～/" + ascii_letters
_ON = (1, _STAGES)
"""第四条 counts on in 第二章; 第二阶段 comes after the items of 第一阶段."""
_ENDS = frozenset('。；;：:！？!?”"）)】〕]》…. \u3000\u00a0')
_FINAL = frozenset("。；;！？…")
_INNER = frozenset("、，,（(《〈“‘第至和与及或到见按-—~")
_HEADING = 40
"""A heading that runs into its first item is not longer: （二）整治内容1.道路垃圾…"""


def number_of(chinese: str) -> int:
    """一 -> 1, 十二 -> 12, 二十 -> 20, 一百零三 -> 103."""
    total, digit = 0, 0
    for c in chinese:
        if c == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif c == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = _DIGITS[c]
    return total + digit


def marks(text: str, *, strong_only: bool = False) -> list[Mark]:
    """Every number that may begin an item, in order."""
    numbers = (_STRONG if strong_only else _NUMBER).finditer(text)
    found = [mark for m in numbers if (mark := _mark(text, m.start(), m.end()))]
    if strong_only:
        found = [mark for mark in found if mark.rank < _DIGIT]
    elif "①" in text or "②" in text:  # no list begins with ③
        found += [Mark(m.start(), m.end(), _DIGIT + 2, ord(m.group()) - ord("①") + 1) for m in _CIRCLED.finditer(text)]
    if "第" in text:
        for rank, pattern in _CHAPTERS:
            found += [Mark(m.start(), m.end(), rank, number_of(m[1])) for m in pattern.finditer(text)]
    return sorted(found)


def _mark(text: str, start: int, end: int) -> Mark | None:
    """What the number `text[start:end]` may be; None when the character before it says that it is none."""
    first, before = text[start], text[start - 1] if start else "\n"
    if first in "（(":
        inner = text[start + 1 : end - 1].strip()
        if inner[0] in _CN:
            return Mark(start, end, _ROUND, number_of(inner))
        return Mark(start, end, _DIGIT + 1, int(inner))
    number = text[start : end - 1]
    if first in _CN:
        return None if before in _NOT_BEFORE_HAN else Mark(start, end, _LINE, number_of(number))
    if text[end - 1] in "）)":
        return None if before in _NOT_BEFORE_BRACKET else Mark(start, end, _DIGIT + 1, int(number))
    return None if before in _NOT_BEFORE_POINT else Mark(start, end, _DIGIT, int(number))


@dataclass(slots=True)
class _Sequence:
    """What has been accepted so far."""

    last: dict[int, int] = field(default_factory=dict)
    closed: dict[int, int] = field(default_factory=dict)
    """Last numbers of the lists that a higher one ended; some documents count on: 二、环境卫生 （四）清理…"""
    rank: int = -1
    end: int = 0
    """End of the last accepted mark."""

    def accept(self, mark: Mark) -> None:
        self.last[mark.rank] = mark.number
        for rank in [r for r in self.last if r > mark.rank and r not in _ON and (mark.rank, r) != (_ROUND, _DIGIT)]:
            self.closed[rank] = self.last.pop(rank)  # 1. often runs on through （一）（二）
        self.rank, self.end = mark.rank, mark.end


def item_breaks(text: str, *, strong_only: bool = False, opened: Collection[int] = ()) -> list[int]:
    """Offsets in `text` where a numbered item begins. `opened`: where other lines are known to begin."""
    found = marks(text, strong_only=strong_only)
    if not found or not found[-1].start:
        return []  # nothing but what the line begins with
    before = ["。" if m.start in opened or not m.start else text[m.start - 1] for m in found]
    later, again = _followers(found, before)
    seen = _Sequence()
    only = _only_first(found, before, later)
    points: list[int] = []
    for n, mark in enumerate(found):
        if mark.start < seen.end or not (n == only or _expected(text, mark, before[n], seen, later[n])):
            continue
        if again[n] and mark.rank == _LINE and before[n] not in _ENDS:
            continue  # 举一反三、标本兼治…。三、组织保障
        seen.accept(mark)
        if mark.start and not text.endswith(("附件：", "附件:", "附：", "附:"), 0, mark.start):
            points.append(mark.start)
    return points


def _followers(found: list[Mark], before: list[str]) -> tuple[list[bool], list[bool]]:
    """For each mark: does the next number of its own kind come later? Does its own, after the end of a sentence?

    The second only as far as the next number of the kind: lists begin again.
    """
    ahead: set[tuple[int, int]] = set()
    clean: set[tuple[int, int]] = set()
    later: list[bool] = []
    again: list[bool] = []
    for mark, c in zip(reversed(found), reversed(before), strict=True):
        own, following = (mark.rank, mark.number), (mark.rank, mark.number + 1)
        later.append(following in ahead)
        again.append(own in clean)
        ahead.add(own)
        clean.discard((mark.rank, mark.number - 1))
        if c in _ENDS:
            clean.add(own)
    return later[::-1], again[::-1]


def _only_first(found: list[Mark], before: list[str], later: list[bool]) -> int:
    """…任务分解表|一、公共服务: the one 一、 of the line, with a 二、 behind it, needs no full stop before it."""
    firsts = [n for n, mark in enumerate(found) if mark.rank == _LINE and mark.number == 1]
    if len(firsts) != 1 or not later[firsts[0]] or not found[firsts[0]].start:
        return -1
    c = before[firsts[0]]
    return -1 if c in _INNER or c in _WORD_OF_ONE else firsts[0]


def _expected(text: str, mark: Mark, before: str, seen: _Sequence, followed: bool) -> bool:
    """Does an item begin at `mark`, behind the character `before`?"""
    if mark.start and before in _INNER:
        return False
    if mark.rank == 1 and before == "》":  # 《某某条例》第十二条
        return False
    last = seen.last.get(mark.rank, 0)
    sequel = last and mark.number == last + 1
    if not last and mark.number == seen.closed.get(mark.rank, -1) + 1 and before not in _FINAL:
        # 二、深化改革 4.推进…: numbers that run on over the sections
        return mark.rank > seen.rank and _after_heading(text, mark, seen, clauses=True)
    if before in _ENDS:
        if mark.number == 1:
            return mark.rank <= _STAGES or followed or before in _FINAL or _after_heading(text, mark, seen)
        return (
            bool(sequel)
            or (mark.number == last + 2 and mark.rank >= 2 and before in _FINAL)
            or (not last and before in _FINAL and mark.rank in (2, 3))
        )
    if mark.number == 1 and mark.rank <= 1 and followed and not last:  # …管理办法第一章总则
        return text[mark.end] not in "的规第、"
    if mark.number == 1:
        headed = mark.rank > seen.rank >= 0 and _after_heading(text, mark, seen, clauses=followed)
        return headed and (mark.rank == _ROUND or followed)
    return bool(sequel)


def _after_heading(text: str, mark: Mark, seen: _Sequence, *, clauses: bool = False) -> bool:
    """Only a short heading, without a full stop, since the number above? `clauses`: it may have two of them."""
    if seen.rank < 0 or mark.start - seen.end > _HEADING:
        return False
    between = text[seen.end : mark.start].rstrip()
    if clauses and seen.rank <= _ROUND and between.count("，") + between.count(",") <= 2 and between[-1:] not in "，,":
        return not any(c in _FINAL for c in between)
    return not any(c in _FINAL or c in "，," for c in between)
