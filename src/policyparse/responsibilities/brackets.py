"""Closed brackets of a text, and what each says: （责任单位：A；完成时限：5月底前）, （A牵头，B配合）."""

from __future__ import annotations

import re
from functools import lru_cache

from ..search import places
from .clauses import checked, has_predicate, organisations_only, read_clauses, trimmed
from .labels import find_labels, read_labels
from .model import Assignment, Note
from .roles import cut_rule, is_lasting, own_roles
from .vocabulary import COLONS, DUE, MARK

_SQUARE = "〔[【［﹝〖"
_ANY = re.compile(r"[（）()〔〕【】\[\]［］﹝﹞〖〗]")
_LETTER = r"[^（）()〔〕【】\[\]［］﹝﹞〖〗\n]"
_TEXT = rf"{_LETTER}*+"
_INSIDE = rf"(?:（{_TEXT}）|〔{_TEXT}〕|\[{_TEXT}\])"
_ROUND = re.compile(rf"（(?!{_LETTER}?）)(?:{_TEXT}(?:{_INSIDE}{_TEXT})*+）|)")
"""（责任单位：局机关各科（室））, or an opening bracket that is not closed so simply; not （一）."""
_CLOSER = r"[）)〕】\]］﹞〗]"
_PLAIN = re.compile(rf".{_TEXT}{_CLOSER}")
"""Any bracket that is closed before another opens."""
_SELDOM = "(〔【[［﹝〖"
"""What else opens a bracket."""
_TRIFLE = re.compile(rf".(?:[0-9]{{4}}|{_LETTER}?){_CLOSER}")
"""〔2018〕, (1): what nobody is named in."""
_LONGEST_TRIFLE = 3
_PARAGRAPH_END = re.compile(r"[。；：.;:）)!！]\n")
_OPENERS = {"）": "（(", ")": "（(", **dict.fromkeys("〕】]］﹞〗", _SQUARE)}
SHORTEST = 6
"""Characters of a note with its brackets; （一） is none."""
_BY_WHEN = re.compile("前|底|完成|长期|持续")
_LONGEST_DUE = 40
_LONGEST_NOTE = 1501
_LONGEST_KEPT = 300


def seldom_brackets(string: str, start: int, end: int) -> list[int]:
    """Where brackets other than （ open that may be notes, or hold some."""
    return [at for at in places(string, _SELDOM, start, end) if _TRIFLE.match(string, at, end) is None]


def brackets(string: str, start: int, end: int, seldom: list[int]) -> list[tuple[int, int]]:
    """Outermost closed brackets with more than one character in them. At `seldom` others than （ open.

    Nearly all are round and closed on their line: one pattern finds those. Where an opening bracket is left over (of
    another kind, or unclosed) each bracket from there on is looked at until nothing is open any more.
    """
    spans = [m.span() for m in _ROUND.finditer(string, start, end)]
    left = [first for first, stop in spans if stop - first == 1]
    if not left and not seldom:
        return spans
    found: list[tuple[int, int]] = []
    reach = 0
    for span in sorted([*spans, *_paired(string, sorted(seldom + left), end)]):
        first, stop = span
        if first >= reach and stop - first > 1:
            reach = stop
            if stop - first > _LONGEST_TRIFLE:
                found.append(span)
    return found


def _paired(string: str, openers: list[int], end: int) -> list[tuple[int, int]]:
    """The closed brackets from each of the opening ones on until nothing is open."""
    found: list[tuple[int, int]] = []
    reach = 0
    for first in openers:
        if first < reach:
            continue
        if (plain := _PLAIN.match(string, first, end)) is not None:
            reach = plain.end()
            found.append((first, reach))
            continue
        reach, seen, opened = end, first, []
        for m in _ANY.finditer(string, first, end):
            at, bracket = m.start(), m[0]
            if string.find("\n", seen, at) >= 0 and _PARAGRAPH_END.search(string, seen, at) is not None:
                reach = at
                break
            seen = at
            if bracket not in _OPENERS:
                opened.append(at)
            elif len(opened) == 1 or string[opened[-1]] in _OPENERS[bracket]:
                found.append((opened.pop(), at + 1))
                if not opened:
                    reach = at + 1
                    break
    return found


def read_bracket(string: str, start: int, end: int) -> Note | None:
    """The note that the bracket `string[start:end]` is, null when it is none."""
    if not SHORTEST <= end - start <= _LONGEST_NOTE:
        return None
    if end - start > _LONGEST_KEPT or start == 0 or end == len(string):
        return _read(string, start, end)
    note = _read_again(string[start - 1 : end + 1])
    return note.at(start, end, start - 1) if note is not None else None


@lru_cache(maxsize=4096)
def _read_again(text: str) -> Note | None:
    """A bracket with the characters beside it: the items of a document often close with the same note."""
    return _read(text, 1, len(text) - 1)


def _read(string: str, start: int, end: int) -> Note | None:
    # at the end of a sentence it may allot parts of the task
    closes = start == 0 or end == len(string) or string[end] in "\n。；;" or string[start - 1] in "。；;！”"
    a, b = start + 1, end - 1
    colon = COLONS.search(string, a, b) is not None
    if not colon and MARK.search(string, a, b) is None and not (closes and _BY_WHEN.search(string, a, b)):
        return None
    labels = find_labels(string, a, b)
    if labels:
        note = read_labels(string, a, b, labels)
        if note is not None:
            note.start, note.end, note.assignments = start, end, own_roles(note.assignments, string)
        return note
    rule, stop = cut_rule(string, a, b)
    found, due = read_clauses(string, a, stop, objects=closes) if has_predicate(string, a, stop) else ([], None)
    if not found and (cut := _due_clause(string, a, stop)) and (closes or string.find("会同", a, cut) > 0):
        found = _joint(string, a, cut) or organisations_only(string, a, cut)
        due = trimmed(string, cut, stop) if found else None
    found = found or _joint(string, a, stop)
    if not found:
        return None
    lasting = rule is not None and is_lasting(string, stop, end)
    return Note(start, end, own_roles(found, string), due, rule, lasting)


def _due_clause(string: str, start: int, end: int) -> int | None:
    """（市教育局、市财政局，6月底前完成）: the comma before the last clause, when that says by when."""
    comma = max(string.rfind(c, start, end) for c in "，,；;")
    if comma < 0 or end - comma > _LONGEST_DUE or _BY_WHEN.search(string, comma, end) is None:
        return None
    return comma if DUE.search(string[comma + 1 : end]) is not None else None


def _joint(string: str, start: int, end: int) -> list[Assignment]:
    """（市教育局会同市财政局、市人社局）: the first leads, without a verb."""
    at = string.find("会同", start, end)
    hosts = checked(string, start, at) if at > start else None
    partners = checked(string, at + 2, end) if hosts else None
    if not hosts or not partners:
        return []
    return [Assignment(u, "lead") for u in hosts] + [Assignment(u, "cooperate") for u in partners]
