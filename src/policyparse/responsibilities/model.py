"""What a responsibility note says: units with roles, maybe a deadline, maybe a rule for the roles of later notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..model import Role
from ..organisations import Unit

RoleRule = Literal["first", "comma"]
"""列第一位者为牵头单位 (first), 逗号前为牵头单位 (comma)."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit with its role; `person`: named under a label for persons (责任人, 责任领导)."""

    unit: Unit
    role: Role
    person: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note in `string[start:end]` (brackets included)."""

    start: int
    end: int
    assignments: tuple[Assignment, ...] = ()
    deadline: tuple[int, int] | None = None
    """Where the item's own 完成时限 is written, without its label."""
    rule: RoleRule | None = None
    lasting: bool = False
    """下同: the rule holds for later notes too."""
    sure: bool = True
    """False for labels that other lists use as well (主办单位, 承办单位 of an event), outside brackets."""
