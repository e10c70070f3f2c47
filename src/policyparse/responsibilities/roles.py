"""Rules that give roles to lists without predicates: 列第一位者为牵头单位, 市教育局（牵头）、市财政局."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from ..model import Role
from ..organisations import Unit
from ..squeeze import squeeze
from .model import Assignment, Note, RoleRule
from .vocabulary import OWN_ROLE, RULE, RULE_LITERAL


def stated_rule(string: str, start: int = 0, end: int | None = None) -> RoleRule | None:
    """The role rule that the text states anywhere (注：责任单位列首位的为牵头单位)."""
    stop = len(string) if end is None else end
    if RULE_LITERAL.search(string, start, stop) is None:
        return None
    m = RULE.search(string, start, stop)
    return None if m is None else ("comma" if m["comma"] else "first")


def cut_rule(string: str, start: int, end: int) -> tuple[RoleRule | None, int]:
    """The role rule that a note states, and where the units end before it."""
    if RULE_LITERAL.search(string, start, end) and (m := RULE.search(string, start, end)):
        clause = max(string.rfind(c, start, m.start()) for c in "，,；;。（(")
        return ("comma" if m["comma"] else "first"), (clause if clause >= 0 else m.start())
    at = string.rfind("下同", start, end)
    return None, (at if at >= 0 else end)


def apply_rules(notes: list[Note], rule: RoleRule | None, string: str) -> Iterator[Note]:
    """Notes with the roles of the rule they state, or that an earlier one stated with 下同."""
    for note in notes:
        own = note.rule or rule
        if note.rule and note.lasting:
            rule = note.rule
        found = note.assignments
        if any(string[a.unit.end - 1] in "）)" for a in found):
            found = tuple(own_roles(found, string))
        if own:
            found = apply_rule(found, own, string)
        yield note if found is note.assignments else replace(note, assignments=found)


def apply_rule(assignments: tuple[Assignment, ...], rule: RoleRule, string: str) -> tuple[Assignment, ...]:
    """The first unit (or the units before the first comma) of a list without roles of its own is `lead`."""
    if len(assignments) < 2 or any(a.role != "responsible" for a in assignments):
        return assignments
    count = 1
    if rule == "comma":
        gaps = (string[a.unit.end : b.unit.start] for a, b in pairwise(assignments))
        count = next((i for i, gap in enumerate(gaps, 1) if "，" in gap or "," in gap), 0)
    return tuple(replace(a, role="lead") if i < count else a for i, a in enumerate(assignments))


def own_roles(found: Iterable[Assignment], string: str) -> Iterator[Assignment]:
    """市教育局（牵头）、市财政局: a role that a unit carries itself."""
    for a in found:
        m = OWN_ROLE.search(string, a.unit.start, a.unit.end) if string[a.unit.end - 1] in "）)" else None
        if m is None or m.start() == a.unit.start:
            yield a
            continue
        role: Role = {"lead": "lead", "cooperate": "cooperate", "supervise": "supervise"}.get(m.lastgroup or "", a.role)  # type: ignore[assignment]
        name = squeeze(string[a.unit.start : m.start()])
        yield Assignment(Unit(a.unit.start, m.start(), name), role, a.person)
