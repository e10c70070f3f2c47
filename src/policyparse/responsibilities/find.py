"""Where notes stand: closed brackets, labels with a colon, last sentences that only allot the task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..model import Role
from ..organisations import is_organisation, split_units
from .clauses import has_predicate, list_assignments, plausible, read_clauses, split_clauses, trimmed
from .labels import find_labels, label_before, read_labels, read_value, value_end
from .model import Assignment, Note, RoleRule
from .roles import apply_rules, cut_rule, own_roles, stated_rule
from .vocabulary import ALLOTS, CLOSERS, COLONS, MARK, NO_LABEL

_SQUARE = "〔[【［﹝〖"
_BRACKET = re.compile(r"[（(〔【\[［﹝〖）)〕】\]］﹞〗\n]")
_PAIR = {"）": "（(", ")": "（(", **dict.fromkeys("〕】]］﹞〗", _SQUARE)}
_LONGEST_NOTE = 1500
_LONGEST_LIST = 400


def find_notes(string: str, start: int = 0, end: int | None = None) -> list[Note]:
    """All notes of `string[start:end]` in order, role rules (下同) applied to later notes."""
    stop = len(string) if end is None else end
    notes: list[Note] = []
    taken: list[tuple[int, int]] = []
    bare = _bare_role(string, start, stop)
    for a, b in _brackets(string, start, stop):
        note = read_bracket(string, a, b)
        if note is None and (bare is not None or _states_rule(string, a, b)):
            note = _bare_list(string, a, b, bare or "responsible")
            if note is not None and note.lasting:
                bare = "responsible"
        if note is not None:
            notes.append(note)
            taken.append((a, b))
    notes.extend(_labelled(string, start, stop, taken))
    notes.extend(_closing_sentences(string, start, stop))
    notes.sort(key=lambda n: n.start)
    rule = None if any(n.rule for n in notes) or not notes else stated_rule(string, start, stop)
    return list(apply_rules(notes, rule, string))


def _brackets(string: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost closed brackets; an unclosed one is forgotten at the end of its paragraph."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for m in _BRACKET.finditer(string, start, end):
        c, at = m[0], m.start()
        if c == "\n":
            if opened and string[at - 1] in "。；：.;:）)!！":
                opened.clear()
        elif c in "（(" or c in _SQUARE:
            opened.append(at)
        elif opened and (string[opened[-1]] in _PAIR[c] or len(opened) == 1):
            first = opened.pop()
            while found and found[-1][0] > first:
                found.pop()
            if at - first <= _LONGEST_NOTE:
                found.append((first, at + 1))
    return found


def read_bracket(string: str, start: int, end: int) -> Note | None:
    """The note that the bracket `string[start:end]` is, null when it is none."""
    a, b = start + 1, end - 1
    if b - a < 4 or (MARK.search(string, a, b) is None and COLONS.search(string, a, b) is None):
        return None
    labels = find_labels(string, a, b)
    if labels:
        note = read_labels(string, a, b, labels)
        return replace(note, start=start, end=end) if note else None
    if not has_predicate(string, a, b):
        return None
    rule, stop = cut_rule(string, a, b)
    found, due = read_clauses(string, a, stop)
    if not found:
        return None
    return Note(start, end, tuple(found), due, rule, rule is not None and "下同" in string[stop:end])


_IN_BRACKETS = re.compile(r"括号[内中里](?:的)?(?:单位|部门)?(?:均)?(?:为|是)(?P<lead>牵头|主办)?")


def _bare_role(string: str, start: int, end: int) -> Role | None:
    """Role of units in brackets without a word, where the text says so: 括号内为责任单位."""
    if string.find("括号", start, end) < 0 or (m := _IN_BRACKETS.search(string, start, end)) is None:
        return None
    return "lead" if m["lead"] else "responsible"


def _states_rule(string: str, start: int, end: int) -> bool:
    return string.find("下同", start, end) >= 0 and cut_rule(string, start + 1, end - 1)[0] is not None


def _bare_list(string: str, start: int, end: int, role: Role) -> Note | None:
    """（甲局、乙局，列首位者为牵头单位，下同）, and after it （乙局、丙局）: a bracket of organisations only."""
    closes = string[start - 1 : start] in "。；;！”" or string[end : end + 1] in "\n。；;"
    if end - start > _LONGEST_LIST or not closes:
        return None
    rule, stop = cut_rule(string, start + 1, end - 1)
    units = split_units(string, start + 1, stop)
    if not units or not all(is_organisation(u.name) and plausible(u.name, strict=True) for u in units):
        return None
    lasting = rule is not None and "下同" in string[stop:end]
    return Note(start, end, tuple(Assignment(u, role) for u in units), None, rule, lasting)


def _labelled(string: str, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[Note]:
    """责任单位：A、B on a line of its own, or run on after the item's last sentence."""
    i, reach = 0, start
    for colon in COLONS.finditer(string, start, end):
        at = colon.start()
        while i < len(taken) and taken[i][1] <= at:
            i += 1
        if at < reach or (i < len(taken) and taken[i][0] <= at):
            continue
        label = label_before(string, start, at)
        if label is None or NO_LABEL.search(string, max(start, label.start - 4), label.start):
            continue
        role = label.role
        stop = value_end(string, at + 1, end)
        due = trimmed(string, at + 1, min(stop, at + 80)) if role is None else None
        rule: RoleRule | None = None
        found: list[Assignment] = []
        if role is not None:
            rule, last = cut_rule(string, at + 1, stop)
            found, due = read_value(string, at + 1, last, role, label.person)
        if found or (role is None and due):
            reach = max(a.unit.end for a in found) if found else at
            lasting = rule is not None and "下同" in string[at:stop]
            yield Note(label.start, stop, tuple(found), due, rule, lasting, label.strong)


def _closing_sentences(string: str, start: int, end: int) -> Iterator[Note]:
    """…。由市教育局牵头，市财政局配合。: a last sentence that allots the task and says nothing else."""
    at = start
    while at < end:
        stop = string.find("\n", at, end)
        stop = end if stop < 0 else stop
        b = stop
        while b > at and string[b - 1] in " \u3000\t。；;":
            b -= 1
        if b - at > 12 and string.endswith(CLOSERS, at, b):
            note = _closing_sentence(string, at, b)
            if note is not None:
                yield note
        at = stop + 1


def _closing_sentence(string: str, start: int, end: int) -> Note | None:
    first = max(string.rfind(c, start, end) for c in "。；;")
    a = first + 1
    if first < 0 or not 4 < end - first <= 300 or not (string.startswith("由", a) or ALLOTS.search(string, a, end)):
        return None
    found, due = read_clauses(string, a, end)
    if not found or found[-1].unit.end < end - 24:
        return None
    places = [x.unit.start for x in found]
    covered = all(any(a <= p < b for p in places) for a, b in split_clauses(string, a, end))
    return Note(a, end, tuple(found), due) if covered else None


def read_cell(string: str, start: int, end: int, role: Role, *, person: bool = False) -> Note:
    """A cell of a 责任单位-like column: a list, A牵头，B配合, or labels."""
    note = None
    labels = find_labels(string, start, end)
    if labels:
        note = read_labels(string, start, end, labels)
    if note is None and has_predicate(string, start, end):
        found, due = read_clauses(string, start, end)
        note = Note(start, end, tuple(found), due) if found else None
    if note is None:
        note = Note(start, end, tuple(list_assignments(string, start, end, role, person=person, spaces=True)))
    return replace(note, assignments=tuple(own_roles(note.assignments, string)))
