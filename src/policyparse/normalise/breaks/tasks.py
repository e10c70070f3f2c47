"""Labels below a task, run on to its text: …完成投资32亿元。责任领导：某某牵头单位：某局完成时限：12月底前."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

_ROLES = "责任|牵头|配合|落实|主办|协办|承办|督导|督办|监督|主管|分管|参与|参加|协同|整改|实施|包抓"
_LABEL = re.compile(
    rf"(?:(?:市|县|区)?(?:{_ROLES})(?:责任)?(?:单位|部门|领导|科室|处室|人)"
    r"|(?:完成|整改|办理|办结|责任|工作|推进|落实)(?:时限|期限|时间)"
    r"|(?:整改|工作|推进|具体|主要)(?:目标|措施|举措|任务|内容|要求|进展))\s?[：:]"
)
"""责任领导：, 牵头单位：, 完成时限：, 整改措施：."""
_LONGEST = 9
"""Characters of a label, its colon included."""
_COLON = re.compile("[：:]")
_NOT_BEFORE = frozenset("（(《“〔[【、，,；;：:/和及与或的各由对向按据下上本该")
_TOLD = ("明确", "落实", "确定", "相关", "有关", "逐一", "列出", "细化", "填写")
_FEWEST = 3
"""So many labels show that they are set on lines of their own; one or two stand in sentences, too."""
_BRACKETS = re.compile("[（()）]")


def tasks(text: str) -> list[int]:
    """Offsets of the labels, outside brackets."""
    found = [at for at in _labels(text) if at and _opens(text, at)]
    if len(found) < _FEWEST:
        return []
    inside = _bracketed(text)
    starts = [start for start, _ in inside]
    around = (inside[n - 1] if (n := bisect_left(starts, at)) else (0, 0) for at in found)
    return [at for at, (_, end) in zip(found, around, strict=True) if at >= end]


def _labels(text: str) -> Iterator[int]:
    """Where labels begin: what stands before each colon is looked at, which is much less than the text."""
    floor = 0
    for colon in _COLON.finditer(text):
        if label := _LABEL.search(text, max(floor, colon.end() - _LONGEST), colon.end()):
            yield label.start()
        floor = colon.end()


def _opens(text: str, at: int) -> bool:
    return text[at - 1] not in _NOT_BEFORE and not text.endswith(_TOLD, max(0, at - 2), at)


def _bracketed(text: str) -> list[tuple[int, int]]:
    """Closed round brackets, the outermost, in order."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    for m in _BRACKETS.finditer(text):
        if m.group() in "（(":
            opened.append(m.start())
        elif opened:
            start = opened.pop()
            if not opened:
                spans.append((start, m.start()))
    return spans
