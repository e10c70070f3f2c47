"""What a page puts around a notice: metadata lines (label：value); `controls` tells the page's own controls.

Shared by all text-like readers. Every test is for a whole line: a stretch of running text is never boilerplate.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..lexicon import alternation, words


class Piece(NamedTuple):
    """A part of a line: `line[start:end]` is metadata or a page control."""

    start: int
    end: int
    meta: bool


PADDING = re.compile(r"[\s\u3000\xa0]+|&nbsp;")
_INNER_LABEL = re.compile(r"(?<=[\s\u3000\xa0|｜\]】])[\[【]?([^\s：:|｜\[\]【】]{2,8})[：:]")
_DATE_ONLY = re.compile(
    r"\s*\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}日?|年\d{1,2}月\d{1,2}日)(?:[\sT]*\d{1,2}:\d{2}(?::\d{2})?)?\s*"
)
_LAW_CODE = re.compile(r"\s*【法宝引证码】|\s*CLI\.\d")  # 【法宝引证码】 CLI.12.3456
_SCRAPER = re.compile(r"\s*(?:页面链接与图片详见|正文由脚本|本文由脚本)")
BODY_MARK = re.compile(r"\s*(?:[=＝_*~\-—]{2,}\s*正\s?文\s*[=＝_*~\-—]{2,}|[\[【]?正\s?文[\]】]?[：:]?)\s*")
BODY_WORD = re.compile(r"正\s?文")
"""Without it a text has no such line."""
ANY_LABEL = re.compile(r"\s*([^\s：:，。；（(《]{1,8}(?:[\s\u3000]+[^\s：:，。；（(《]{1,4}){0,3})\s*[：:]")

_LONGEST_FIELD = 60


@cache
def _labels() -> frozenset[str]:
    return frozenset(words("reader_meta_labels"))


@cache
def _weak() -> frozenset[str]:
    return frozenset(words("reader_meta_weak"))


@cache
def control_labels() -> frozenset[str]:
    return frozenset(words("reader_control_labels"))


@cache
def _known_label() -> re.Pattern[str]:
    return re.compile(alternation("reader_meta_labels", "reader_control_labels") + "[：:]")


def label_of(line: str) -> str | None:
    """The metadata label that opens `line` (索 引 号：… -> 索引号), None when it is no known one."""
    match = ANY_LABEL.match(line, 0, 40) if "：" in line or ":" in line else None
    if not match:
        return "法宝引证码" if _LAW_CODE.match(line) else None
    label = PADDING.sub("", match[1]).strip("【】[]*·•-")
    if label in _labels():
        return label
    if label in ("时间", "日期") and _DATE_ONLY.fullmatch(line, match.end()):
        return "发布时间"
    return None


def bare(label: str) -> str:
    """A label without padding and colon: 标　　题： -> 标题."""
    return PADDING.sub("", label).strip("：:【】[]")


def is_label(cell: str) -> bool:
    """True for a cell or term that is nothing but a metadata label (发文字号, 标　　题：)."""
    return len(cell) <= 20 and bare(cell) in _labels()


def is_weak(label: str) -> bool:
    """True for labels that may also open a line of the notice itself (有效期：…)."""
    return label in _weak()


def has_any_label(line: str) -> bool:
    """True for `label：value` with any short label; counts only inside a stretch that is metadata for sure."""
    return bool(ANY_LABEL.match(line, 0, 40) or _SCRAPER.match(line))


def is_field_above(line: str, below: str) -> bool:
    """Whether a short field of any label (拟稿部门：某某部) stands above one that is metadata for sure."""
    if len(line) > _LONGEST_FIELD or not ("：" in line or ":" in line) or line.rstrip()[-1:] in "：:。；，":
        return False
    known = label_of(below)
    return known is not None and not is_weak(known) and has_any_label(line)


def is_scraper_note(line: str) -> bool:
    """页面链接与图片详见 … : a note of the program that saved the page."""
    return bool(_SCRAPER.match(line))


def pieces(line: str) -> list[Piece]:
    """Cut a metadata line that holds several labels: 发布时间：…　来源：…　浏览次数：12."""
    starts = [0]
    for m in _INNER_LABEL.finditer(line):
        if m[1] in _labels() or m[1] in control_labels() or m[1] in ("时间", "日期"):
            starts.append(m.start())
    for m in _known_label().finditer(line, 1):
        before = line[m.start() - 1]
        if len(m[0]) > 4 or before in "0123456789]】[【":  # 10:11来源：甲局浏览次数：12【字体：大 中 小】
            starts.append(m.start() - (before in "[【"))
    starts = sorted(set(starts) - {s + 1 for s in starts if line[s] in "[【"})
    ends = [*starts[1:], len(line)]
    return [Piece(s, e, _is_meta_piece(line[s:e])) for s, e in zip(starts, ends, strict=True)]


def _is_meta_piece(piece: str) -> bool:
    label = label_of(piece)
    return label is not None and (label not in control_labels() or label in ("来源", "信息来源"))
