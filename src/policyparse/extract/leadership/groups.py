"""A leadership group while it is read, groups told twice made one, and the group as the model has it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...model import LeadershipGroup, Member, Office
from ...text import Span
from ...trusted import trusted
from .names import MAIN
from .office import Place
from .roles import is_chief

_COMPARED = 30
"""A document has a few groups; only hostile input has thousands."""


@dataclass(slots=True)
class Group:
    """A group while it is read."""

    name: str
    start: int
    end: int
    members: list[Member] = field(default_factory=list)
    staff: list[Member] = field(default_factory=list)
    place: Place | None = None
    roster: bool = False
    parent: str | None = None

    def has_chief(self) -> bool:
        return any(is_chief(m.role) for m in self.members)

    def named(self) -> int:
        return sum(m.person is not None for m in self.members)


def once(groups: list[Group]) -> list[Group]:
    """Each group once: one told in prose and again as a roster is merged into the fuller one."""
    kept: list[Group] = []
    for group in groups:
        if not group.members and not group.staff and not (group.place and group.place.at):
            continue
        same = next((k for k in kept[:_COMPARED] if _same_group(k, group)), None)
        if same is None:
            kept.append(group)
            continue
        if (group.named(), len(group.members)) > (same.named(), len(same.members)):
            same.members, same.start, same.end = group.members, group.start, group.end
            same.name = max(same.name, group.name, key=len)
        same.staff = same.staff or group.staff
        same.place = same.place if same.place and same.place.at else group.place
    return kept


def _same_group(a: Group, b: Group) -> bool:
    short, long = sorted((a.name, b.name), key=len)
    seats = [{(m.role, m.person or m.post) for m in g.members} for g in (a, b)]
    if seats[0] and seats[0] == seats[1]:
        return True
    if not long.endswith(short):
        return False
    bare = short == long or short in MAIN
    return len(short) > 6 or (bare and not (a.named() and b.named())) or not (seats[0] and seats[1])


def finish(group: Group) -> LeadershipGroup:
    """The group as the document shows it."""
    office = None
    if group.place or group.staff:
        at = group.place
        spans = [m.span for m in group.staff] + ([Span(at.start, at.end)] if at else [])
        office = _make_office(
            {
                "located_at": at.at if at else None,
                "members": group.staff,
                "duties": at.duties if at else None,
                "span": Span(min(s.start for s in spans), max(s.end for s in spans)),
            }
        )
    return _make_group(
        {
            "name": group.name,
            "members": group.members,
            "office": office,
            "parent": group.parent,
            "span": Span(min(group.start, group.end), group.end),
        }
    )


_make_office, _make_group = trusted(Office), trusted(LeadershipGroup)
