"""Rules that give roles to lists without predicates: 列第一位者为牵头单位, 市教育局（牵头）、市财政局."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..model import Role
from ..organisations import Unit
from ..search import places
from ..squeeze import squeeze
from .model import Assignment, Note, RoleRule
from .vocabulary import HOSTS, LASTING, OTHERS_ROLE, OWN_ROLE, RULE, RULE_CHARACTERS, RULE_LITERAL

_SHORT = 400
_NEAR = 26
"""Characters between the words of a rule at most."""
_OTHER_HOST = re.compile("主(?:办|要责任|责)")
"""A rule without 牵头 has one of these."""
_SEPARATORS = {"逗": "，,", "分": "；;"}


def stated_rule(string: str, start: int = 0, end: int | None = None) -> RoleRule | None:
    """The role rule that the text states anywhere (注：责任单位列首位的为牵头单位)."""
    stop = len(string) if end is None else end
    if string.find("牵", start, stop) < 0 and _OTHER_HOST.search(string, start, stop) is None:
        return None
    found = _rule_at(string, start, stop)
    return found[0] if found else None


def cut_rule(string: str, start: int, end: int) -> tuple[RoleRule | None, int]:
    """The role rule that a note states, and where the units end before it."""
    found = _rule_at(string, start, end)
    if found:
        rule, at = found
        clause = max(string.rfind(c, start, at) for c in "，,；;。（(")
        return rule, (clause if clause >= 0 else at)
    at = string.rfind("下同", start, end)
    if at < 0:
        return None, end
    bracket = max(string.rfind(c, start, at) for c in "（(")  # 甲局、乙局（各单位按职责分工落实，下同）
    inside = bracket >= 0 and not any(string.find(c, bracket, at) >= 0 for c in "）)")
    if inside and string.startswith(("含", "包括"), bracket + 1):
        return None, end  # 各市（含甲市、乙市，下同）政府、丙区管委会
    return None, (bracket if inside else at)


def behind_rule(string: str, stop: int, end: int) -> int | None:
    """责任单位：甲局（列第一位的为牵头单位，下同）、|乙局: where the list goes on behind the rule in its bracket."""
    if stop >= end or string[stop] not in "（(":
        return None
    close = min((at for c in "）)" if (at := string.find(c, stop, end)) >= 0), default=-1)
    return close + 2 if close >= 0 and string[close + 1 : close + 2] in tuple("、，,；;") and close + 2 < end else None


def is_lasting(string: str, start: int, end: int) -> bool:
    """Whether a rule holds for later notes too: 下同, 以下类同."""
    return LASTING.search(string, start, end) is not None


def _rule_at(string: str, start: int, end: int) -> tuple[RoleRule, int] | None:
    """The first role rule of the stretch, and where it begins."""
    m = next(_rules(string, start, end), None)
    if m is None:
        return None
    others = OTHERS_ROLE.search(string, m.end(), min(end, m.end() + 24))
    rest: Role = "cooperate" if others else "responsible"
    if m["separator"]:
        return RoleRule("before", _SEPARATORS[m["separator"]], rest), m.start()
    if m["mark"]:
        return RoleRule("marked", "*＊" if m["mark"] in "*＊" else m["mark"], rest), m.start()
    return RoleRule("first", "", rest), m.start()


def _rules(string: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches of RULE; 第一阶段 and the like are passed over when no word for a host is near."""
    for at in _literals(string, start, end):
        a, b = max(start, at - _NEAR), min(end, at + _NEAR)
        if any(string.find(w, a, b) >= 0 for w in HOSTS) and (m := RULE.search(string, a, b)) is not None:
            yield m


def _literals(string: str, start: int, end: int) -> Iterable[int]:
    """Where 第一, 首位, 号前 … stand. A long text is first searched for their characters."""
    if end - start < _SHORT:
        return (m.start() for m in RULE_LITERAL.finditer(string, start, end))
    return (
        at
        for at in places(string, RULE_CHARACTERS, start, end)
        if RULE_LITERAL.search(string, max(start, at - 2), at + 2)
    )


def apply_rules(notes: list[Note], rule: RoleRule | None, string: str) -> None:
    """Give notes the roles of the rule they state, or that an earlier one stated with 下同."""
    for note in notes:
        own = note.rule or rule
        if note.rule and note.lasting:
            rule = note.rule
        if own:
            apply_rule(note, own, string)


def apply_rule(note: Note, rule: RoleRule, string: str) -> None:
    """Give the note the roles of the rule."""
    own_text = string[note.base : note.end] if note.base else string
    note.assignments = _by_rule(note.assignments, rule, own_text)


def _by_rule(assignments: tuple[Assignment, ...], rule: RoleRule, string: str) -> tuple[Assignment, ...]:
    """The first unit (those before the first comma, those with a mark) of a list without own roles is `lead`."""
    own = tuple(a for a in assignments if a.role == "responsible")
    if len(own) < len(assignments):  # 甲局、乙局负责，丙局配合: those without another role are told apart
        if any(a.role == "lead" for a in assignments):
            return assignments
        ruled = dict(zip(own, _by_rule(own, rule, string), strict=True))
        return tuple(ruled.get(a, a) for a in assignments)
    if rule.kind != "marked" and len(assignments) < 2:
        return assignments
    if rule.kind == "marked":
        hosts = [_marked(string, a.unit, rule.mark) for a in assignments]
    else:
        count = 1
        if rule.kind == "before":
            gaps = (string[a.unit.end : b.unit.start] for a, b in pairwise(assignments))
            count = next((i for i, gap in enumerate(gaps, 1) if any(c in gap for c in rule.mark)), 0)
        hosts = [i < count for i in range(len(assignments))]
    if not any(hosts):
        return assignments
    roles: list[Role] = ["lead" if host else rule.rest for host in hosts]
    return tuple([Assignment(a.unit, role, a.person) for a, role in zip(assignments, roles, strict=True)])


def _marked(string: str, unit: Unit, mark: str) -> bool:
    """市财政局*, ★市财政局: the sign stands at the name."""
    before, after = string[max(0, unit.start - 2) : unit.start], string[unit.end : unit.end + 2]
    return before.rstrip()[-1:] in tuple(mark) or after.lstrip()[:1] in tuple(mark)


def own_roles(found: Iterable[Assignment], string: str) -> tuple[Assignment, ...]:
    """市教育局（牵头）、市财政局: units with the role that they carry themselves."""
    return tuple([_own_role(a, string) if string[a.unit.end - 1] in "）)" else a for a in found])


def _own_role(a: Assignment, string: str) -> Assignment:
    m = OWN_ROLE.search(string, a.unit.start, a.unit.end)
    if m is None or m.start() == a.unit.start:
        return a
    role: Role = {"lead": "lead", "cooperate": "cooperate", "supervise": "supervise"}.get(m.lastgroup or "", a.role)  # type: ignore[assignment]
    return Assignment(Unit(a.unit.start, m.start(), squeeze(string[a.unit.start : m.start()])), role, a.person)
