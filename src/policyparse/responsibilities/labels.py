"""责任单位：A、B；配合单位：C；完成时限：5月底前 -> units with roles, deadline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..model import Role
from .clauses import has_predicate, list_assignments, read_clauses, trimmed
from .model import Assignment, Note
from .roles import cut_rule
from .vocabulary import BARE_LABEL, COLONS, DUE, LABEL, OTHER_LABEL, PERSON_NOUNS, ROLES, RULE, STOP, STRONG_LABEL

_LONGEST = 30
"""Characters of a label with its padding and bracket."""
_LONGEST_VALUE = 600
_ROUND = re.compile(r"[（(〔【\[）)〕】\]]")
_SPACE = re.compile(r"\s+")
_EDGE = re.compile(r"[：:∶，,；;。\n（(〔【\[［]")
_BARE_NOUNS = ("单位", "部门", "科室", "处室")


@dataclass(frozen=True, slots=True)
class Label:
    """责任单位： in `string[start:end]`, colon included."""

    start: int
    end: int
    role: Role | None
    """Null for a deadline label."""
    person: bool
    """Whether it names persons (责任人)."""
    strong: bool
    """Whether it allots work wherever it stands; 主办单位 may be an event's organiser."""


def find_labels(string: str, start: int, end: int) -> list[Label]:
    """Labels of a short stretch, with a colon or (at the head of a clause) without."""
    colons = COLONS.finditer(string, start, end)
    found = [label for colon in colons if (label := label_before(string, start, colon.start())) is not None]
    if not found and any(string.find(n, start, end) >= 0 for n in _BARE_NOUNS):
        bare = BARE_LABEL.finditer(string, start, end)
        found = [
            Label(m.start(), m.end(), ROLES[_SPACE.sub("", m["role"])], False, True)
            for m in bare
            if m.start() == start or string[m.start() - 1] in "，,；; "
        ]
    return found


def label_before(string: str, start: int, colon: int) -> Label | None:
    """The label that ends with the colon at `colon`."""
    start = max(start, colon - _LONGEST)
    if not string.endswith(("）", ")"), start, colon):
        edges = list(_EDGE.finditer(string, start, colon))
        start = edges[-1].end() if edges else start
    read = _read_label(string[start : colon + 1])
    if read is None and string.endswith(("单位", "部门"), start, colon) and string[start - 1 : start] in "（(":
        start = max(0, start - 8)  # 牵头（责任）单位：
        read = _read_label(string[start : colon + 1])
    return None if read is None else Label(start + read[0], colon + 1, *read[1:])


def begins_with_label(string: str, start: int, end: int) -> bool:
    """Whether the stretch is 责任单位：… or 完成时限：… from its first character."""
    colon = COLONS.search(string, start, min(end, start + _LONGEST))
    label = label_before(string, start, colon.start()) if colon else None
    return label is not None and label.start == start


@lru_cache(maxsize=2048)
def _read_label(text: str) -> tuple[int, Role | None, bool, bool] | None:
    """(start, role, person, strong) of the label at the end of `text`; few different ones stand in a document."""
    label = LABEL.search(text)
    if label is None or label.end() != len(text):
        return None
    if label["due"]:
        return label.start(), None, False, True
    if label["odd"]:  # letters lost by a scanner
        return label.start(), ("cooperate" if label["odd"][0] == "配" else "responsible"), False, True
    role = ROLES[_SPACE.sub("", label["role"])]
    nouns = _SPACE.sub("", label["noun"]), (label["also"] or "").rstrip("）)")
    person = any(n.endswith(PERSON_NOUNS) for n in nouns)
    if person and role == "lead" and "责" in label["role"] and "牵头" not in label["role"]:
        role = "responsible"  # 第一责任人, 主要负责人 are no host
    return label.start(), role, person, STRONG_LABEL.search(label[0]) is not None


def read_labels(string: str, start: int, end: int, labels: list[Label]) -> Note | None:
    """A stretch (the content of a bracket, a cell) with its labels."""
    due = _due_before(string, start, labels[0].start)
    rule, stop = cut_rule(string, labels[-1].end, end)
    if rule is None and any(string[x.end - 2] in "）)" and RULE.search(string, x.start, x.end) for x in labels):
        rule = "first"  # 责任单位（排第一位的为牵头单位）：A、B
    found: list[Assignment] = []
    for label, after in pairwise([*labels, None]):
        assert label is not None
        last = after.start if after is not None else stop
        if label.role is None:
            due = due or trimmed(string, label.end, last)
            continue
        more, late = read_value(string, label.end, last, label.role, label.person)
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
            return label.start
    return limit
