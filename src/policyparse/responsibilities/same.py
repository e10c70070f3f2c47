"""（责任单位同上）, 牵头单位：同上, 责任单位、时限同上: units and deadlines that stand in the notes before."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from operator import attrgetter

from .. import lexicon
from .model import Assignment, Note
from .vocabulary import ROLES

SAME = ("同上", "同前")
_SAME = re.compile("同[上前]")
_WORD = 2
_NOUN = "(?:单位|部门|科室|处室|股室|领导|责任人|人)"
_ROLE = "|".join(sorted(ROLES, key=len, reverse=True))
_DUE = rf"(?:{lexicon.alternation('deadline_labels')}|时间|期限)"
_LABEL = re.compile(
    rf"(?:(?P<role>{_ROLE}){_NOUN}(?:[和及与、/](?:(?P<due>{_DUE})|[责牵配督完分工整]\w{{1,7}}))?"
    rf"|(?P<first>{_DUE})(?:[和及与、/](?P<second>{_ROLE}){_NOUN})?)"
    r"[ \u3000]?[：:∶]?[ \u3000]{0,2}(?:均|都|皆)?\Z"
)
"""责任单位, 责任单位及时限, 完成时限 before 同上."""
_LONGEST = 24
_ENDS = "）)】]〕；;，,。 \u3000\t\n"
_OPENERS, _CLOSERS = "（(【[〔", "）)】]〕"
_BETWEEN = re.compile(r"[\s。；;，,、）)】\]〕（(【\[〔]*")
"""Between 牵头单位：甲局 and 配合单位：乙局 of one item."""
_SEVERAL = 6


def with_repeated(string: str, start: int, end: int, notes: list[Note]) -> list[Note]:
    """The notes, those that say 同上 with the units (and the deadline) of the one before."""
    for m in _SAME.finditer(string, start, end):
        at = m.start()
        label = _LABEL.search(string, max(start, at - _LONGEST), at)
        stop = at + _WORD
        if label is not None and (stop == end or string[stop] in _ENDS):
            role, due = label["role"] or label["second"], label["due"] or label["first"]
            _repeat(string, label.start(), stop, role, bool(due), notes)
    return notes


def _repeat(string: str, start: int, end: int, role: str | None, timed: bool, notes: list[Note]) -> None:
    """Give the note at 同上 (or a new one) what the notes before it name in this role, and their deadline."""
    i = bisect_left(notes, start + 1, key=attrgetter("start"))
    inside = i > 0 and notes[i - 1].end >= end
    before = notes[max(i - 1 - _SEVERAL if inside else i - _SEVERAL, 0) : i - 1 if inside else i]
    found = _named_before(string, before, role) if role else ()
    due = next((n.deadline for n in reversed(before) if n.deadline), None) if timed else None
    if not found and due is None:
        return
    if inside:
        note = notes[i - 1]
        note.assignments = (*note.assignments, *(a.moved(-note.base) for a in found))
        note.deadline = due or note.deadline
        return
    if string[start - 1 : start] in tuple(_OPENERS) and string[end : end + 1] in tuple(_CLOSERS):
        start, end = start - 1, end + 1
    notes.insert(i, Note(start, end, found, due))


def _named_before(string: str, notes: list[Note], word: str) -> tuple[Assignment, ...]:
    """责任单位 means all units of the item before, 牵头单位 the hosts only. Their places are counted from 0."""
    named = [n for n in notes if n.assignments]
    role = ROLES[word]
    if role != "responsible":
        last = next((n for n in reversed(named) if any(a.role == role for a in n.assignments)), None)
        return tuple(a.moved(last.base) for a in last.assignments if a.role == role) if last else ()
    first = len(named) - 1
    for before, after in reversed(list(pairwise(named))):
        if _BETWEEN.fullmatch(string, before.end, after.start) is None:
            break
        first -= 1
    units = (a.moved(n.base) for n in named[max(first, 0) :] for a in n.assignments)
    return tuple({(a.unit.name, a.role): a for a in units}.values())
