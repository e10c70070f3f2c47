"""Where notes stand: closed brackets, labels, last sentences that only allot the task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from ..model import Role
from ..organisations import is_organisation
from .bare import SEVERAL, SHORTEST_RULE, bare_list, closes_item, stated_role, states_rule
from .brackets import brackets, read_bracket, seldom_brackets
from .clauses import has_predicate, list_assignments, read_clauses, trimmed
from .closing import closing_sentences, stated_units
from .labels import Label, find_labels, label_at, label_before, read_labels, read_value, value_end
from .lined import lined_units, more_lines
from .model import Assignment, Note
from .roles import apply_rules, behind_rule, cut_rule, is_lasting, own_roles, stated_rule
from .same import with_repeated
from .vocabulary import BOX, BOXED, COLON, NO_LABEL, REMARK, SPACED, SPACED_NEXT

_GAPS = {gap: re.compile(f"{gap}(?<=(?:单位|部门){gap})") for gap in " \u3000"}
"""单位 or 部门 before white space; a pattern that opens with one character is found fastest."""
_NOUN = 2
_BLANK = re.compile(r"[ \u3000]{0,8}\n[ \u3000]{0,8}")


def find_notes(string: str, start: int = 0, end: int | None = None) -> list[Note]:
    """All notes of `string[start:end]` in order, role rules (下同) applied to later notes."""
    stop = len(string) if end is None else end
    seldom = seldom_brackets(string, start, stop)
    bracketed = _bracketed(string, start, stop, seldom)
    labelled = list(_labelled(string, start, stop, bracketed))
    labelled += _colonless(string, start, stop, seldom)
    notes = [*_without_remarks(bracketed, labelled), *labelled] if labelled else bracketed
    notes.extend(closing_sentences(string, start, stop))
    notes.extend(stated_units(string, start, stop))
    if not notes:
        return notes
    notes.sort(key=attrgetter("start"))
    stated = [n for n in notes if n.rule]
    rule = None if stated else stated_rule(string, start, stop)
    if stated or rule:
        apply_rules(notes, rule, string)
    return with_repeated(string, start, stop, notes)


def _bracketed(string: str, start: int, end: int, seldom: list[int]) -> list[Note]:
    """Notes in brackets; brackets of organisations only where the document shows what they mean."""
    notes: list[Note] = []
    bare: list[tuple[int, int]] = []
    role = stated_role(string, start, end)
    for a, b in brackets(string, start, end, seldom):
        note = read_bracket(string, a, b)
        if note is None and (role is not None or (b - a >= SHORTEST_RULE and states_rule(string, a, b))):
            note = bare_list(string, a, b, role or "responsible")
            role = "responsible" if note is not None and note.lasting and role is None else role
        if note is not None:
            notes.append(note)
        elif closes_item(string, a, b):
            bare.append((a, b))
    if len(bare) + len(notes) >= SEVERAL:
        more = [n for a, b in bare if (n := bare_list(string, a, b, "responsible")) is not None]
        if more and len(more) + len(notes) >= SEVERAL:
            notes += more
            notes.sort(key=attrgetter("start"))
    return notes


def _without_remarks(bracketed: list[Note], labelled: list[Note]) -> Iterator[Note]:
    """责任单位：甲局、乙局（各单位按职责分工落实，下同）: a remark about the units of a label is no note.

    Nor is the other name of a unit there: 责任单位：甲局（乙中心）.
    """
    i = 0
    for note in bracketed:
        while i < len(labelled) and labelled[i].end < note.start:
            i += 1
        inside = i < len(labelled) and labelled[i].start < note.start
        if not (inside and (note.bare or all(REMARK.fullmatch(a.unit.name) for a in note.assignments))):
            yield note


# --- labels outside brackets ------------------------------------------------------------------------------------------


def _labelled(string: str, start: int, end: int, bracketed: list[Note]) -> Iterator[Note]:
    """责任单位：A、B on a line of its own, or run on after the item's last sentence."""
    reach = start
    for at in _colons_outside(string, start, end, bracketed):
        if at < reach:
            continue
        label = label_before(string, start, at)
        if label is None or NO_LABEL.search(string, max(start, label.start - 4), label.start):
            continue
        note = _note(string, label, end)
        if note is not None:
            reach = max(a.unit.end for a in note.assignments) if note.assignments else at
            yield note
            if note.assignments and (due := _THEN_DUE.match(string, reach, end)) is not None:
                yield Note(due.start("due"), due.end(), (), due.span("due"))


def _colons_outside(string: str, start: int, end: int, notes: list[Note]) -> list[int]:
    """Where colons stand, but for those in the notes: most are there."""
    find, found = string.find, []
    for colon in COLON:
        at = find(colon, start, end)
        for note in notes:
            if at < 0:
                break
            first = note.start
            while 0 <= at < first:
                found.append(at)
                at = find(colon, at + 1, end)
            if first <= at < note.end:
                at = find(colon, note.end, end)
        while at >= 0:
            found.append(at)
            at = find(colon, at + 1, end)
    found.sort()
    return found


_THEN_DUE = re.compile(
    r"[ \u3000，,；;。）)\n]{1,4}(?:时间|期限|进度|节点)[：:∶][ \u3000]?"
    r"(?P<due>[^。；;，,\n：:（(]{2,30})(?=[。；;，,\n]|\Z)"
)
"""牵头部门：市商务局，时间：10月底前: what is a deadline only behind those who have to keep it."""


def _note(string: str, label: Label, end: int) -> Note | None:
    """The note that a label opens, null when no unit (or deadline) follows it."""
    first = label.end
    blank = _BLANK.match(string, first, end)
    first = blank.end() if blank else first
    stop = value_end(string, first, end)
    if stop - first < 2:
        return None
    if label.role is None:
        due = None if blank else trimmed(string, first, min(stop, first + 80))
        return Note(label.start, stop, (), due) if due else None
    rule, last = cut_rule(string, first, stop)
    found, due = read_value(string, first, last, label)
    if found and rule is not None and (more := behind_rule(string, last, stop)) is not None:
        found = [*found, *read_value(string, more, stop, label)[0]]
    if not found or (blank and not _whole(found, last)):
        return None
    if (more := more_lines(string, stop, end)) > stop:
        found = [*found, *lined_units(string, stop, more, label)]
        stop = more
    lasting = rule is not None and is_lasting(string, label.end, stop)
    return Note(label.start, stop, own_roles(found, string), due, rule, lasting, label.strong)


def _whole(found: list[Assignment], stop: int) -> bool:
    """Whether a line under 责任单位： holds nothing but organisations."""
    return stop - found[-1].unit.end < 12 and all(is_organisation(a.unit.name) for a in found)


def _colonless(string: str, start: int, end: int, boxes: list[int]) -> Iterator[Note]:
    """【责任单位】市财政局, and lines such as 责任单位　市财政局. At `boxes` seldom brackets open."""
    for at in boxes:
        label = label_at(string, at, end) if string[at] in BOX and BOXED.match(string, at, end) else None
        if label is not None and (note := _note(string, label, end)) is not None:
            yield note
    for at in _spaced_labels(string, start, end):
        label = label_at(string, at, end)
        if label is None:
            continue
        stop = _line_end(string, at, min(end, at + _LONGEST_RUN))
        after = SPACED_NEXT.search(string, label.end, stop)
        note = _note(string, label, after.start() if after else end)
        if note is None:
            continue
        yield note
        if after is not None and after["due"] and (due := trimmed(string, after.end(), stop)) is not None:
            yield Note(after.start(), stop, (), due)


_LONGEST_RUN = 300


def _line_end(string: str, at: int, end: int) -> int:
    stop = string.find("\n", at, end)
    return stop if stop >= 0 else end


def _spaced_labels(string: str, start: int, end: int) -> Iterator[int]:
    """Where a label with white space behind it begins: at the head of a line, or behind white space in it."""
    gaps = (gap.finditer(string, start + _NOUN, end) for blank, gap in _GAPS.items() if blank in string)
    for at in (m.start() - _NOUN for found in gaps for m in found):
        first = max(string.rfind("\n", max(start, at - 10), at) + 1, start)
        while first < at and string[first] in " \u3000":
            first += 1
        if at - first > _LONGEST_LABEL or SPACED.match(string, first, end) is None:
            first = at
            while first > max(start, at - _LONGEST_LABEL) and string[first - 1] not in _BLANKS:
                first -= 1
            if first == start or string[first - 1] not in _BLANKS:
                continue
        yield first


_LONGEST_LABEL = 8
_BLANKS = " \u3000\t\n"


# --- cells -----------------------------------------------------------------------------------------------------------


def read_cell(string: str, start: int, end: int, role: Role, *, person: bool = False) -> Note:
    """A cell of a 责任单位-like column: a list, A牵头，B配合, or labels."""
    read = _read_cell_again if end - start <= _LONGEST_KEPT else _read_cell
    return read(string[start:end], role, person).at(start, end, start)


def _read_cell(cell: str, role: Role, person: bool) -> Note:
    end = len(cell)
    if cell.strip(_NOBODY) in ("", "无"):
        return Note(0, end, ())
    note = None
    labels = find_labels(cell, 0, end)
    if labels:
        note = read_labels(cell, 0, end, labels)
    if note is None and has_predicate(cell, 0, end):
        found, due = read_clauses(cell, 0, end)
        note = Note(0, end, tuple(found), due) if found else None
    if note is None:
        note = Note(0, end, tuple(list_assignments(cell, 0, end, role, person=person, spaces=True)))
    note.assignments = own_roles(note.assignments, cell)
    return note


_NOBODY = " \u3000\t\n—－-–―─/／\\"
"""— or / in a cell: nobody."""
_LONGEST_KEPT = 200
_read_cell_again = lru_cache(maxsize=2048)(_read_cell)
"""The rows of a table name the same units again and again."""
