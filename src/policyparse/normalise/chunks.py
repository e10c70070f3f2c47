"""Step: a crawler's own numbers at the start of physical lines, or of pieces of the text, are taken out again."""

from __future__ import annotations

import re

from .draft import Draft, Edit, Strip, join
from .lines import FINAL, TYPES
from .sentences import mid_sentence, unclosed

_CHUNK = re.compile(r"(\d{1,3})\s?[、.．]\s?")
_MARK = re.compile(r"(\d{1,3})、\s?")
_FEWEST = 3


def join_chunks(draft: Draft) -> None:
    """Undo a crawler that cuts the text into numbered chunks: 1、… 2、记何诗傲、…"""
    first = next((s.text for s in draft.lines if s.prose and s.text), "")
    if not first.startswith("1"):
        return
    prose = [s for s in draft.lines if s.prose and s.text]
    if len(prose) < _FEWEST:
        return
    if sum(len(s.text) for s in prose) >= 150 * len(prose) and _whole_lines(draft, prose):
        return
    _pieces(draft, prose)


def _whole_lines(draft: Draft, prose: list[Strip]) -> bool:
    """Every line is a chunk of equal length; whether it was so."""
    found = [_CHUNK.match(s.text) for s in prose]
    if any(m is None or int(m[1]) != n for n, m in enumerate(found, 1)):
        return False
    broken = sum(s.text[-1] not in FINAL for s in prose[:-1])
    if broken < 0.6 * (len(prose) - 1) or not any("。" in s.text for s in prose):
        return False
    for strip, m in zip(prose, found, strict=True):
        assert m is not None
        draft.edit(strip, [Edit(0, m.end())], "crawler-mark")
    whole = join([s for s in prose if s.text])
    draft.counts["line-joined"] += len(prose) - 1
    at = draft.lines.index(prose[0])
    draft.lines = [*draft.lines[:at], whole, *(s for s in draft.lines[at:] if not s.prose)]
    return True


def _pieces(draft: Draft, prose: list[Strip]) -> None:
    """1、…的通知 at the top, then 2、 and 3、 in the middle of sentences: pieces of several lines each."""
    marks: list[tuple[int, int]] = []  # (line, end of the number)
    for n, strip in enumerate(prose):
        m = _MARK.match(strip.text) if strip.text[0].isdigit() else None
        if m and int(m[1]) == len(marks) + 1:
            marks.append((n, m.end()))
    if len(marks) < _FEWEST or marks[0][0] != 0 or not prose[0].text.endswith(TYPES):
        return
    broken = {n for n, end in marks[1:] if _goes_on(prose[n - 1].text, prose[n].text[end:])}
    if 2 * len(broken) < len(marks) - 1:
        return
    for n, end in marks:
        draft.edit(prose[n], [Edit(0, end)], "crawler-mark")
    places = {id(s): k for k, s in enumerate(draft.lines)}
    changed: dict[int, list[Strip]] = {}
    for n in sorted(n for n in broken if n - 1 not in broken):
        changed[places[id(prose[n - 1])]] = [join([prose[n - 1], prose[n]])]
        changed[places[id(prose[n])]] = []
    draft.counts["line-joined"] += len(changed) // 2
    draft.replace(changed)


def _goes_on(a: str, b: str) -> bool:
    """Whether `b` ends the sentence that `a` breaks off: （责任单位：县财政局、县市 | 场监管局）."""
    return bool(b) and a[-1] not in FINAL and (unclosed(a, b) or mid_sentence(a, b))
