"""责任单位：A、B；配合单位：C；完成时限：5月底前 -> units with roles, deadline."""

from __future__ import annotations

import re
from itertools import pairwise

from ..model import Role
from .clauses import has_predicate, list_assignments, read_clauses, trimmed
from .model import Assignment, Note
from .roles import cut_rule
from .vocabulary import BARE_LABEL, COLONS, DUE, LABEL, OTHER_LABEL, PERSON_NOUNS, ROLES, RULE, STOP

_SPACE = re.compile(r"\s+")
_LONGEST = 18
"""Characters of a label with its padding."""
_LONGEST_VALUE = 600
_ROUND = re.compile(r"[（(〔【\[）)〕】\]]")


def find_labels(string: str, start: int, end: int) -> list[re.Match[str]]:
    """Labels of a short stretch, with a colon or (at the head of a clause) without."""
    found = list(LABEL.finditer(string, start, end))
    if not found:
        bare = BARE_LABEL.finditer(string, start, end)
        found = [m for m in bare if m.start() == start or string[m.start() - 1] in "，,；; "]
    return found


def label_role(label: re.Match[str]) -> tuple[Role | None, bool]:
    """(role, whether it names persons); role null for a deadline label."""
    groups = label.groupdict()
    if groups.get("due"):
        return None, False
    if groups.get("odd"):  # letters lost by a scanner
        return ("cooperate" if label["odd"][0] == "配" else "responsible"), False
    nouns = _SPACE.sub("", label["noun"]), (groups.get("also") or "").rstrip("）)")
    return ROLES[_SPACE.sub("", label["role"])], any(n.endswith(PERSON_NOUNS) for n in nouns)


def label_before(string: str, start: int, colon: int) -> re.Match[str] | None:
    """The label that ends with the colon at `colon`."""
    start = max(start, colon - _LONGEST)
    start = max(start, *(string.rfind(c, start, colon) + 1 for c in "：:∶"))
    return LABEL.search(string, start, colon + 1)


def read_labels(string: str, start: int, end: int, labels: list[re.Match[str]]) -> Note | None:
    """A stretch (the content of a bracket, a cell) with its labels."""
    due = _due_before(string, start, labels[0].start())
    rule, stop = cut_rule(string, labels[-1].end(), end)
    if rule is None and RULE.search(string, labels[0].start(), labels[-1].end()):
        rule = "first"  # 责任单位（排第一位的为牵头单位）：A、B
    found: list[Assignment] = []
    for label, after in pairwise([*labels, None]):
        assert label is not None
        last = after.start() if after is not None else stop
        role, person = label_role(label)
        if role is None:
            due = due or trimmed(string, label.end(), last)
            continue
        more, late = read_value(string, label.end(), last, role, person)
        found += more
        due = due or late
    if not found and due is None:
        return None
    return Note(start, end, tuple(found), due, rule, rule is not None and "下同" in string[stop:end])


def _due_before(string: str, start: int, end: int) -> tuple[int, int] | None:
    """（5月底取得阶段性成效并持续推进，牵头单位：A）: the phrase before the first label is the deadline."""
    place = trimmed(string, start, end)
    return place if place and end - start <= 60 and DUE.search(string[place[0] : place[1]]) else None


def read_value(
    string: str, start: int, end: int, role: Role, person: bool
) -> tuple[list[Assignment], tuple[int, int] | None]:
    """Units after a label, up to `end` or to a label of another kind (适用范围：…), and a deadline after them."""
    other = OTHER_LABEL.search(string, start, end)
    end = other.start() if other else end
    if has_predicate(string, start, end):
        found, due = read_clauses(string, start, end, role)
        if found:
            return found, due
    due = None
    if (m := DUE.search(string, start, end)) is not None:  # 责任单位：A、B，2023年6月底前完成
        comma = max(string.rfind(c, start, m.start()) for c in "，,；;")
        if comma >= 0:
            due, end = trimmed(string, comma, end), comma
    return list_assignments(string, start, end, role, person=person, spaces=person), due


def _before_closing(string: str, start: int, end: int) -> int:
    """Up to a bracket that closes what was opened (or lost) before `start`: 责任单位：甲局、乙局）."""
    depth = 0
    for m in _ROUND.finditer(string, start, end):
        depth += 1 if m[0] in "（(〔【[" else -1
        if depth < 0:
            return m.start()
    return end


def value_end(string: str, start: int, end: int) -> int:
    """Where the value of an unbracketed label ends at the latest: sentence, line, item number or next label."""
    stop = STOP.search(string, start, min(end, start + _LONGEST_VALUE))
    limit = _before_closing(string, start, stop.start() if stop else min(end, start + _LONGEST_VALUE))
    for colon in COLONS.finditer(string, start, limit):
        label = label_before(string, start, colon.start())
        if label is not None:
            return label.start()
    return limit
