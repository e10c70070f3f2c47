"""Step: a table of contents (目　录) whose entries come again below as headings is set aside.

It would give each section twice. A list of contents is known by what it repeats: a line 目录, then short lines, until
the first of them comes again and the others after it, in their order.
"""

from __future__ import annotations

import re
from itertools import islice

from .draft import Draft, Strip

_WORD = re.compile(r"目[ 　]{0,8}[录次]")
"""A pattern that begins with one character is searched ten times as fast as one that may begin with a bracket."""
_HEAD = re.compile(rf"[\[【]?{_WORD.pattern}[\]】]?")
_LEADERS = re.compile(r"[ 　.．…·•⋯_—-]*\d{0,3}$")
"""一、总则……………3."""
_BLANK = re.compile(r"\s+")
_REACH = 120
"""So far from the top (lines) a table of contents may stand."""
_MOST = 300
_LONGEST, _WITH_LEADERS = 60, 300
"""Characters of an entry, and of its line with the dots that lead to the page."""
_FEWEST = 3
_SHARE = 0.8
"""So much of the entries must come again: a contents list may name annexes otherwise than their headings do."""
_BEHIND = 4
"""So many lines may stand between the list and its text: annexes, the title again."""
_AHEAD = 3
"""So many entries may be missing between two that come again."""


def drop_contents(draft: Draft) -> None:
    """Set the contents list aside, its heading included."""
    if _WORD.search(draft.raw.raw) is None:
        return
    lines = draft.lines
    for n, line in enumerate(islice(lines, _REACH)):
        if len(line.text) <= 12 and line.prose and _HEAD.fullmatch(line.text):
            gone = _entries(lines, n)
            for k in gone:
                draft.drop(lines[k], "contents")
            draft.replace({k: [] for k in gone})
            return


def _entries(lines: list[Strip], head: int) -> list[int]:
    """Lines of the contents list, none when the lines below are no such list."""
    keys: list[str] = []
    for line in islice(lines, head + 1, head + _MOST):
        key = _key(line.text[:_WITH_LEADERS])
        if keys and _flat(line.text, len(keys[0])) == keys[0]:
            break
        if not key or not line.prose or len(line.text) > _WITH_LEADERS or len(key) > _LONGEST or key[-1] in "。；：":
            return []
        keys.append(key)
    else:
        return []
    if len(keys) < _FEWEST:
        return []
    found = _come_again(lines, head + 1 + len(keys), keys)
    if len(found) < _FEWEST or len(found) < _SHARE * (found[-1] + 1) or len(keys) > found[-1] + 1 + _BEHIND:
        return []
    last = found[-1]
    while last + 1 < len(keys) and keys[last + 1][0] == "附":  # not the title that is printed again below the list
        last += 1
    return list(range(head, head + 2 + last))


def _come_again(lines: list[Strip], start: int, keys: list[str]) -> list[int]:
    """Numbers of the entries with which later lines begin, in order."""
    found: list[int] = []
    ahead = 0
    for line in islice(lines, start, None):
        for n in range(ahead, min(ahead + _AHEAD, len(keys))):
            if _flat(line.text, len(keys[n])) == keys[n]:
                found.append(n)
                ahead = n + 1
                break
        if ahead == len(keys):
            break
    return found


def _key(text: str) -> str:
    return _LEADERS.sub("", _BLANK.sub("", text))


def _flat(text: str, length: int) -> str:
    """The first characters of the line, without white space."""
    return _BLANK.sub("", text[: 2 * length + 8])[:length]
