"""Step: a passage that the page puts into the text again and again.

Some sites repeat a hidden paragraph inside the visible text, even inside a word (农村公 … 厕管护). Such a passage is a
whole sentence, is found three times or more, and at least once has no paragraph or sentence before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from operator import itemgetter

from .draft import Draft, Edit, Strip

_KEY = 30
"""Shortest passage, in characters: shorter ones (责任单位：…。) are repeated by writers."""
_LONGEST = 600
"""Longest: a document that holds another one twice is not repaired here."""
_LINE = 2 * _KEY
"""A line that holds such a passage has more characters than that."""
_TIMES = 3
_TAIL: Callable[[str], str] = itemgetter(slice(1 - _KEY, None))
"""The end of a sentence, without its stop."""
_STOP = re.compile("。")
_DUTY = re.compile("责任|负责|牵头|单位[：:]|部门[：:]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def drop_repeats(draft: Draft) -> None:
    """Keep the first of the repeated passages, set the others aside."""
    if not _possible(draft):
        return
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    long = [(n, s) for n, s in enumerate(draft.lines) if s.prose and len(s.text) > _LINE]
    for n, strip in long:
        for m in _STOP.finditer(strip.text):
            if m.end() >= _KEY:
                places[strip.text[m.end() - _KEY : m.end()]].append((n, m.end()))
    edits: dict[int, list[Edit]] = defaultdict(list)
    for key, ends in places.items():
        if len(ends) >= _TIMES and not _DUTY.search(key):
            for n, edit in _repetitions(draft.lines, ends):
                edits[n].append(edit)
    for n, found in edits.items():
        clean = _disjoint(found)
        draft.counts["repeated-text"] += len(clean)
        draft.edit(draft.lines[n], clean, "repeated-text")


def _possible(draft: Draft) -> bool:
    """A quick look: do two sentences or more of long lines end like another one?"""
    parts = "\n".join([s.text for s in draft.lines if len(s.text) > _LINE and s.prose]).split("。")
    if len(parts) - len(set(map(_TAIL, parts))) < _TIMES - 1:
        return False
    tails = [_TAIL(part) for part in parts if len(part) >= _KEY]
    return len(tails) - len(set(tails)) >= _TIMES - 1


def _repetitions(lines: list[Strip], ends: list[tuple[int, int]]) -> list[tuple[int, Edit]]:
    """The stretches to leave out, when the passage that ends at all `ends` is one the page inserted."""
    length = _common(lines, ends)
    if length >= _LONGEST:
        return []
    starts = [(n, end - length) for n, end in ends]
    n, at = starts[0]
    passage = lines[n].text[at : at + length]
    if _DUTY.search(passage):
        return []
    before = [lines[n].text[at - 1] if at else "\n" for n, at in starts]
    inside = any(_HAN.match(c) for c in before[1:])
    whole = any(c in "。：；\n \u3000" for c in before)
    if not (inside and whole):
        return []
    return [(n, Edit(at, at + length)) for n, at in starts[1:]]


def _common(lines: list[Strip], ends: list[tuple[int, int]]) -> int:
    """Length of the longest passage that ends at all `ends`, none reaching into the one before it."""
    room = min(end - (ends[i - 1][1] if i and ends[i - 1][0] == n else 0) for i, (n, end) in enumerate(ends))
    texts = [(lines[n].text, end) for n, end in ends]
    first, stop = texts[0]
    low, high = _KEY, min(room, _LONGEST)
    while low < high:  # by halves: a passage may stand in ten thousand places
        length = (low + high + 1) // 2
        passage = first[stop - length : stop]
        if all(t.startswith(passage, e - length) for t, e in texts):
            low = length
        else:
            high = length - 1
    return low


def _disjoint(edits: list[Edit]) -> list[Edit]:
    """In order, without overlap."""
    result: list[Edit] = []
    for e in sorted(edits):
        if not result or e.start >= result[-1].end:
            result.append(e)
    return result
