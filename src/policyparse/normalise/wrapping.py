"""Text layers that wrap their pages: the width they wrap at, and lines that are full."""

from __future__ import annotations

import re
from itertools import pairwise

from ..lexicon import alternation
from .draft import Strip
from .lines import CLOSERS, DEEPEST, FINAL, LABEL, NAMED, OPENERS, RUNNING, TYPES, width

_WIDEST = 200
"""Characters beyond which a line holds a whole paragraph."""
FULL = 0.8
"""Share of the usual width from which on a wrapped line counts as full."""
_COLUMNS = re.compile(r"[^\s：:、.．）)](?:　+| {3,})\S")
"""A gap inside a line: names and posts, one under the other."""
ORGAN = re.compile(alternation("normalise_organisations") + "$")
HAN = re.compile("[\u4e00-\u9fff]{2,40}")
_DATED = re.compile(r"年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s?(?:印发)?$")
"""…办公室　2020年3月5日印发."""
_ASIDE = re.compile("[（(](?:此件|本件|此页|联系人)")
"""（此件公开发布）."""
_ITEM_LABEL = re.compile(
    "(?:[具主][体要]|整改|工作|治理|落实|推进|完成|责任|牵头|配合|督导|监督|协办|主办)(?:责任)?"
    "(?:措施|目标|内容|要求|任务|举措|单位|部门|科室|领导|人|时限|期限)[：:]"
)
"""整改措施：, 督导责任单位： open a line of their own below a task, however full the line before is."""
_VERSION = re.compile(r"[（(][^（()），。；]{2,20}[）)]$")
"""…实施方案（2021—2023年）."""
_OFFICE = re.compile(r"[^，。；：]{0,16}办公室(?:设|挂|由|主任)")
"""领导小组办公室设在…, below a roster."""
_CLAUSE = re.compile("[，。；,;]")


def wraps(lines: list[Strip]) -> list[float] | None:
    """For each line the width, in full-width characters, at which a text layer wraps its page; 0: it does not.

    None when the paragraphs of the document are whole.
    """
    if len(lines) < 6 or any(len(s.text) > _WIDEST and s.prose for s in lines):
        return None
    texts = [s.text if s.prose else "" for s in lines]
    pages = [texts[a:b] for a, b in pairwise(_pages(lines))]
    found = [_wrap(page) for page in pages]
    last = next(filter(None, found), 0) or _wrap(texts)
    if not last:
        return None
    result: list[float] = []
    for page, full in zip(pages, found, strict=True):
        last = full or last  # a short page is set like the one before it
        result += [last if max(map(width, page)) <= last * 1.6 + 4 else 0] * len(page)
    return result


def _pages(lines: list[Strip]) -> list[int]:
    """Where pages begin, as far as page numbers tell, and where the last one ends."""
    return [0, *(n for n, s in enumerate(lines) if n and (s.turned or s.page != lines[n - 1].page)), len(lines)]


def _wrap(texts: list[str]) -> float:
    """The width at which these lines are wrapped, 0 when they are whole."""
    widths = sorted(width(t) for t in texts if len(t) >= 8)
    full = widths[int(len(widths) * 0.8)] if len(widths) >= 6 else 0
    if not (12 <= full <= 60 and widths[-1] <= full * 1.6 + 4):
        return 0
    near = [t for t in texts if len(t) >= 8 and width(t) >= full * FULL]
    broken = sum(t[-1] not in FINAL for t in near)
    running = sum(RUNNING.search(t) is not None for t in near)
    enough = len(near) >= max(5, 0.35 * len(widths)) and broken >= 0.5 * len(near) and running >= 0.4 * len(near)
    return full if enough else 0


def goes_over(group: list[Strip], b: str, full: float) -> bool:
    """On a page with wrapped lines: is the last line of `group` full?"""
    a = group[-1].text
    if b.endswith("文件") and HAN.fullmatch(a) and HAN.fullmatch(b):  # a red header is set in larger type
        return not ORGAN.search(a)
    if visual_width(group) < FULL * full or NAMED.match(a) or NAMED.match(b) or _ASIDE.match(b):
        return False
    if _ITEM_LABEL.match(b):
        return False
    if _COLUMNS.search(a) and (LABEL.match(b) if _COLUMNS.search(b) else _OFFICE.match(b) and not _CLAUSE.search(a)):
        return False  # 组长：张某　　市长 | 副组长：李某　　副市长; 康某　　市卫健局副局长 | 办公室设在…
    if _COLUMNS.search(a) and _COLUMNS.search(b) and not (RUNNING.search(a) and RUNNING.search(b)):
        return False  # not …，李　明任副组长，…领导小组办 | 公室设在…，李　明兼任主任
    titled = a.endswith(TYPES) or (a[-1] in "）)" and _VERSION.sub("", a).endswith(TYPES))
    if titled or _DATED.search(a):  # a title; …实施方案（2021—2023年）; …办公室 2020年3月5日印发
        return any(RUNNING.search(s.text) for s in group)
    return True


def visual_width(group: list[Strip]) -> float:
    """Width of the last printed line of `group`, of which a text layer may have made several (“ | 一站式”服务)."""
    total = 0.0
    n = len(group)
    while n and total < _WIDEST:
        n -= 1
        begins = 2 <= group[n].indent <= DEEPEST and RUNNING.search(group[n].text)
        total += width(group[n].text) + (2 if begins else 0)  # the first line of a paragraph is set in
        if not n or not (group[n].first in CLOSERS or group[n - 1].last in OPENERS):
            break
    return total
