"""Lists of organisations: splitting, brackets, shared prefixes and suffixes, collectives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """One organisation (or person) of a list: `string[start:end]` is what is written for it."""

    start: int
    end: int
    name: str
    """As written, white space inside Chinese text removed."""
    full_name: str | None = None
    """With an elided prefix restored, when the list itself shows it."""


def split_units(string: str, start: int = 0, end: int | None = None, *, spaces: bool = False) -> list[Unit]:
    """Units of a list. `spaces`: white space separates too (table cells, signatures)."""
    return []


def is_organisation(name: str) -> bool:
    """Whether `name` reads as an organisation or a collective of organisations (各有关部门), by its suffix."""
    return False
