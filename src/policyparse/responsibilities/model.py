"""What a responsibility note says: units with roles, maybe a deadline, maybe a rule for the roles of later notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..model import Role
from ..organisations import Unit


class RoleRule(NamedTuple):
    """列第一位者为牵头单位 (first), 逗号前为牵头单位 (mark ，), 标*的为牵头单位 (mark *)."""

    kind: Literal["first", "before", "marked"]
    mark: str = ""
    """The separator that closes the hosts, or the sign that marks them."""
    rest: Role = "responsible"
    """Role of the other units (其余为配合单位)."""


@dataclass(slots=True, eq=False)
class Assignment:
    """A unit with its role; `person`: named under a label for persons (责任人, 责任领导)."""

    unit: Unit
    role: Role
    person: bool = False

    def moved(self, by: int) -> Assignment:
        """The same unit `by` characters further on."""
        unit = self.unit
        return Assignment(Unit(unit.start + by, unit.end + by, unit.name, unit.full_name), self.role, self.person)


@dataclass(slots=True, eq=False)
class Note:
    """A note in `string[start:end]` (brackets included)."""

    start: int
    end: int
    assignments: tuple[Assignment, ...] = ()
    """Their places are counted from `base`."""
    deadline: tuple[int, int] | None = None
    """Where the item's own 完成时限 is written, without its label."""
    rule: RoleRule | None = None
    lasting: bool = False
    """下同: the rule holds for later notes too."""
    sure: bool = True
    """False for labels that other lists use as well (主办单位, 承办单位 of an event), outside brackets."""
    bare: bool = False
    """A bracket of organisations only, without a word that says what they do."""
    base: int = 0

    def at(self, start: int, end: int, base: int) -> Note:
        """The same note where it stands in a longer text, in which its own begins at `base`."""
        note = _new(Note)  # by its constructor each of the notes of a document takes twice the time
        note.start, note.end, note.base = start, end, base
        note.assignments, note.rule, note.lasting = self.assignments, self.rule, self.lasting
        note.sure, note.bare = self.sure, self.bare
        due = self.deadline
        note.deadline = (due[0] + base, due[1] + base) if due is not None else None
        return note


_new = object.__new__
