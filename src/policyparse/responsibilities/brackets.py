"""Closed brackets of a text, and what each says: （责任单位：A；完成时限：5月底前）, （A牵头，B配合）."""

from __future__ import annotations

import re
from functools import lru_cache

from .clauses import checked, has_predicate, organisations_only, read_clauses, trimmed
from .labels import find_labels, read_labels
from .model import Assignment, Note
from .roles import cut_rule, is_lasting, own_roles
from .vocabulary import COLONS, DUE, MARK

_SQUARE = "〔[【［﹝〖"
_ANY = re.compile(r"([（）()〔〕【】\[\]［］﹝﹞〖〗])")
_PARAGRAPH_END = re.compile(r"[。；：.;:）)!！]\n")
_OPENERS = {"）": "（(", ")": "（(", **dict.fromkeys("〕】]］﹞〗", _SQUARE)}
SHORTEST = 6
"""Characters of a note with its brackets; （一） is none."""
_BY_WHEN = re.compile("前|底|完成|长期|持续")
_LONGEST_DUE = 40
_LONGEST_NOTE = 1500
_LONGEST_KEPT = 300


def brackets(string: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost closed brackets; an unclosed one is forgotten at the end of its paragraph."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    pieces = _ANY.split(string[start:end])  # text, bracket, text, bracket …: without a match object for each
    seen, at = start, start
    for text, bracket in zip(pieces[::2], pieces[1::2], strict=False):
        at += len(text)
        if opened and "\n" in text and _PARAGRAPH_END.search(string, seen, at) is not None:
            opened.clear()
        if bracket not in _OPENERS:
            opened.append(at)
        elif opened and (len(opened) == 1 or string[opened[-1]] in _OPENERS[bracket]):
            first = opened.pop()
            while found and found[-1][0] > first:
                found.pop()
            if at - first <= _LONGEST_NOTE:
                found.append((first, at + 1))
        seen, at = at, at + 1
    return found


def read_bracket(string: str, start: int, end: int) -> Note | None:
    """The note that the bracket `string[start:end]` is, null when it is none."""
    if end - start < SHORTEST:
        return None
    closes = string[start - 1 : start] in "。；;！”" or string[end : end + 1] in "\n。；;"
    if end - start > _LONGEST_KEPT:
        return _read(string, start, end, closes)
    note = _read_again(string[start:end], closes)
    if note is None:
        return None
    due = (note.deadline[0] + start, note.deadline[1] + start) if note.deadline else None
    return Note(start, end, note.assignments, due, note.rule, note.lasting, base=start)


@lru_cache(maxsize=4096)
def _read_again(text: str, closes: bool) -> Note | None:
    """The items of a document often close with the same note."""
    return _read(text, 0, len(text), closes)


def _read(string: str, start: int, end: int, closes: bool) -> Note | None:
    """`closes`: the bracket stands at the end of a sentence, where it may allot parts of the task."""
    a, b = start + 1, end - 1
    colon = COLONS.search(string, a, b) is not None
    if not colon and MARK.search(string, a, b) is None and not (closes and _BY_WHEN.search(string, a, b)):
        return None
    labels = find_labels(string, a, b)
    if labels:
        note = read_labels(string, a, b, labels)
        if note is None:
            return None
        return note._replace(start=start, end=end, assignments=own_roles(note.assignments, string))
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
