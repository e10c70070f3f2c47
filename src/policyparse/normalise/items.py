"""Where numbered items begin inside a line that runs several paragraphs together.

A number counts as an item only where its own sequence expects it: 2.4 万元, 第一、二季度, （一）项 and 附件1、2 stand
in sentences too. What stands before it decides the rest (the end of a sentence, a heading without a full stop).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from string import ascii_letters
from typing import NamedTuple

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CN = "一二三四五六七八九十"


class Mark(NamedTuple):
    """A number that may begin an item: `rank` 0 is the highest level."""

    start: int
    end: int
    rank: int
    number: int


# The first character stands alone ([一二][一二]{0,2}, not [一二]{1,3}): `re` then jumps from one to the next.
# 第一章 | 第一条 | 一、 | （一） | 第一阶段： | 1. 1、 | （1） | ①
_CHAPTER = re.compile(rf"第([{_CN}百零〇]{{1,5}})[编章节](?=[\s\u4e00-\u9fff])")
_STAGE = re.compile(rf"第([{_CN}]{{1,2}})(?:阶段|步)(?=[：:（(\s、，—])")
_ARTICLE = re.compile(rf"第([{_CN}百零〇]{{1,5}})条(?=[\s（(\u4e00-\u9fff])(?![的第款和至与及规]|之)")
_CHINESE = re.compile(rf"([{_CN}][{_CN}]{{0,2}})[、.．](?![{_CN}]{{1,2}}[、级季等类])")
_ROUND_CHINESE = re.compile(rf"[（(]\s?([{_CN}]{{1,3}})\s?[)）](?![项款条类、号])")
_ARABIC = re.compile(r"([0-9][0-9]?)\s?[.．、](?![0-9\s]?[0-9])")
_ROUND_ARABIC = re.compile(r"[（(](\d{1,2})[)）](?![项款条类、号])")
_HALF_ROUND = re.compile(r"([0-9][0-9]?)[)）](?=[\u4e00-\u9fff])")
_CIRCLED = re.compile("[①-⑳]")
_LINE, _ROUND, _STAGES, _DIGIT = 2, 3, 4, 5
"""Ranks of 一、, （一）, 第一阶段 and 1."""
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
    found = [Mark(m.start(), m.end(), 0, number_of(m[1])) for m in _CHAPTER.finditer(text)] if "第" in text else []
    if "条" in text:
        found += [Mark(m.start(), m.end(), 1, number_of(m[1])) for m in _ARTICLE.finditer(text)]
    found += _marks(_CHINESE, text, _LINE, number_of, _CN + "第其之")
    found += _marks(_ROUND_CHINESE, text, _ROUND, number_of)
    if "阶段" in text or "步" in text:
        found += _marks(_STAGE, text, _STAGES, number_of)
    if not strong_only:
        found += _marks(_ARABIC, text, _DIGIT, int, "0123456789.．、-—~～/" + ascii_letters)
        found += _marks(_ROUND_ARABIC, text, _DIGIT + 1, int)
        found += _marks(_HALF_ROUND, text, _DIGIT + 1, int, "0123456789.（(")
        found += [Mark(m.start(), m.end(), _DIGIT + 2, ord(m.group()) - ord("①") + 1) for m in _CIRCLED.finditer(text)]
    return sorted(found)


def _marks(
    pattern: re.Pattern[str], text: str, rank: int, number: Callable[[str], int], never_after: str = ""
) -> list[Mark]:
    """Matches of `pattern` that do not follow one of the characters `never_after`.

    A look-behind in the pattern would say the same, but keeps `re` from jumping to the next possible start.
    """
    return [
        Mark(m.start(), m.end(), rank, number(m[1]))
        for m in pattern.finditer(text)
        if not (m.start() and text[m.start() - 1] in never_after)
    ]


@dataclass(slots=True)
class _Sequence:
    """What has been accepted so far."""

    last: dict[int, int] = field(default_factory=dict)
    rank: int = -1
    end: int = 0
    """End of the last accepted mark."""

    def accept(self, mark: Mark) -> None:
        self.last[mark.rank] = mark.number
        for rank in [r for r in self.last if r > mark.rank and r not in _ON and (mark.rank, r) != (_ROUND, _DIGIT)]:
            del self.last[rank]  # 1. often runs on through （一）（二）
        self.rank, self.end = mark.rank, mark.end


def item_breaks(text: str, *, strong_only: bool = False) -> list[int]:
    """Offsets in `text` where a numbered item begins."""
    found = marks(text, strong_only=strong_only)
    if not found:
        return []
    later = _followers(found)
    seen = _Sequence()
    points: list[int] = []
    for n, mark in enumerate(found):
        if mark.start < seen.end or not _expected(text, mark, seen, later[n]):
            continue
        seen.accept(mark)
        if mark.start and not text.endswith(("附件：", "附件:", "附：", "附:"), 0, mark.start):
            points.append(mark.start)
    return points


def _followers(found: list[Mark]) -> list[bool]:
    """For each mark: does the next number of its own kind come later?"""
    ahead: set[tuple[int, int]] = set()
    result: list[bool] = []
    for mark in reversed(found):
        result.append((mark.rank, mark.number + 1) in ahead)
        ahead.add((mark.rank, mark.number))
    return result[::-1]


def _expected(text: str, mark: Mark, seen: _Sequence, followed: bool) -> bool:
    """Does an item begin at `mark`?"""
    before = text[mark.start - 1] if mark.start else "。"
    if mark.start and before in _INNER:
        return False
    if mark.rank == 1 and before == "》":  # 《某某条例》第十二条
        return False
    last = seen.last.get(mark.rank, 0)
    sequel = last and mark.number == last + 1
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
        return mark.rank > seen.rank >= 0 and _after_heading(text, mark, seen) and (mark.rank == _ROUND or followed)
    return bool(sequel)


def _after_heading(text: str, mark: Mark, seen: _Sequence) -> bool:
    """Only a short heading, without a full stop, since the number above?"""
    if seen.rank < 0 or mark.start - seen.end > _HEADING:
        return False
    between = text[seen.end : mark.start]
    return not any(c in _FINAL or c in "，," for c in between.rstrip())
