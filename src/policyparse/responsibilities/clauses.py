"""A牵头，B、C配合，2023年底前完成: clauses that close with a predicate -> units with roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..model import Role
from ..organisations import KINDS, Unit, is_organisation, region_of, split_units
from ..squeeze import squeeze
from .model import Assignment
from .vocabulary import (
    BAD_NAME,
    CLAUSE,
    DUE,
    JOINT,
    LASTS,
    OBJECT,
    OWN_ROLE,
    PREDICATE,
    ROLES,
    TAIL,
    TAIL_ENDS,
    WITH_VERB,
    WORD,
    WORDS,
)

_HOST_END = re.compile(r"(?:牵头|负责)?[，,]?\Z")
_SPACE = re.compile(r"\s")
_LONGEST_CLAUSE = 600
_LONGEST_LASTING = 9
_LONGEST_NAME = 60


def has_predicate(string: str, start: int, end: int) -> bool:
    """Whether some clause of the stretch could close with a predicate."""
    return PREDICATE.search(string, start, end) is not None


def read_clauses(
    string: str, start: int, end: int, before: Role | None = None, *, objects: bool = False
) -> tuple[list[Assignment], tuple[int, int] | None]:
    """Units by predicate and the place of a deadline clause; no units when the stretch reads as prose.

    `before`: role of units that no predicate of their own follows, after a label (责任单位：A、B，C配合).
    `objects`: a predicate may say what part of the task it means (A负责资金保障，B负责实施).
    """
    found: list[Assignment] = []
    due: tuple[int, int] | None = None
    waiting: tuple[int, int] | None = None
    """Clauses that wait for their predicate."""
    for a, b in split_clauses(string, start, end):
        tail = TAIL.search(string, a, b) if string[b - 1] in TAIL_ENDS and b - a <= _LONGEST_CLAUSE else None
        if tail is not None and b - a <= _LONGEST_LASTING and LASTS.fullmatch(string, a, b) is not None:
            due = due or (a, b)
            continue
        if tail is None and objects:
            tail = _object(string, a, b)
        if tail is None:
            if DUE.search(string[a:b]) is not None and not is_organisation(string[a:b]):
                due = due or (a, b)
            else:
                waiting = (waiting[0] if waiting else a, b)
            continue
        first, role = a, tail_role(tail)
        if waiting is not None:
            apart = before or ("responsible" if not found and role == "cooperate" else None)
            if apart is None:
                first = waiting[0]
            else:
                found += [Assignment(u, apart) for u in list_units(string, *waiting)]
        more = _allot(string, first, tail, role)
        if more is None:
            if due is None and DUE.search(string[a:b]):
                due = (a, b)
                continue
            return found, due
        found, waiting = found + more, None
    if waiting is not None and found and string.startswith("会同", waiting[0]):  # A牵头，会同B
        found += [Assignment(u, "cooperate") for u in list_units(string, waiting[0] + 2, waiting[1])]
    elif waiting is not None and (found or before):
        rest = list_units(string, *waiting)
        found += [Assignment(u, before or "responsible") for u in rest if before or is_organisation(u.name)]
    return found, due


def split_clauses(string: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches between clause marks outside brackets."""
    at = start
    for m in CLAUSE.finditer(string, start, end):
        if m[0][0] in "（(〔":
            continue
        if place := trimmed(string, at, m.start()):
            yield place
        at = m.end()
    if place := trimmed(string, at, end):
        yield place


def trimmed(string: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch without punctuation and white space at its ends, null when nothing is left."""
    while start < end and string[start] in " \u3000\t\n，,；;：:、":
        start += 1
    while end > start and string[end - 1] in " \u3000\t\n，,；;。、":
        end -= 1
    return (start, end) if end > start else None


def tail_role(tail: re.Match[str]) -> Role:
    """Role of a predicate; of several verbs the stronger counts (牵头负责 -> lead, 配合落实 -> cooperate)."""
    if tail.re is OBJECT:
        return next(r for w in WORD.findall(tail["tail"]) if (r := WORDS[w]))
    if tail["role"]:
        return ROLES[tail["role"]]
    roles = {WORDS[w] for w in WORD.findall(tail[0])}
    order: tuple[Role, ...] = ("lead", "cooperate", "supervise")
    return next((r for r in order if r in roles), "responsible")


def _object(string: str, start: int, end: int) -> re.Match[str] | None:
    """市财政局负责资金保障: the predicate with its object, behind organisations only."""
    m = OBJECT.search(string, start, min(end, start + _LONGEST_NAME)) if end - start <= _LONGEST_NAME else None
    return m if m and "的" not in m[0] and m.start() > start and checked(string, start, m.start()) else None


_SHARE = re.compile(
    r"(?P<who>[\u4e00-\u9fff（）()、]{2,24}?)(?P<tail>(?:具体|主要|牵头)?负责)(?!人|制|单位|部门)[^；;。\n]{2,60}\Z"
)
_SEVERAL = 2


def shares(string: str, start: int, end: int) -> list[Assignment]:
    """村支书负责宣传发动；会计负责一组、二组: persons and teams that each have a part of the work, and nothing else."""
    found: list[Assignment] = []
    at = start
    for mark in (*_SHARE_MARKS.finditer(string, start, end), None):
        place = trimmed(string, at, mark.start() if mark else end)
        at = mark.end() if mark else end
        m = _SHARE.match(string, *place) if place else None
        units = split_units(string, *m.span("who")) if m else []
        if place and not (units and all(plausible(u.name, strict=True) and len(u.name) >= _SHORTEST for u in units)):
            return []
        role: Role = "lead" if m and m["tail"].startswith("牵头") else "responsible"
        found += [Assignment(u, role, not is_organisation(u.name)) for u in units]
    return found if len(found) >= _SEVERAL else []


_SHARE_MARKS = re.compile("[；;]")
_SHORTEST = 2


def _allot(string: str, start: int, tail: re.Match[str], role: Role) -> list[Assignment] | None:
    """Units of the list before a predicate; null when it reads as prose, empty when the predicate stands alone."""
    stop = tail.start()
    joint = _joint(string, start, stop)
    if joint is None:
        units = checked(string, start, stop) if stop > start else []
        return None if units is None else [Assignment(u, role) for u in units]
    partners = checked(string, joint.end(), stop)
    if partners is None:
        return None
    hosts: list[Unit] | None = []
    if joint.start() > start:
        end = _HOST_END.search(string, start, joint.start())
        hosts = checked(string, start, end.start() if end else joint.start())
    if hosts is None:
        return None
    return [Assignment(u, "lead") for u in hosts] + [Assignment(u, "cooperate") for u in partners]


def _joint(string: str, start: int, end: int) -> re.Match[str] | None:
    """会同, or 联合 between two bodies: 储运联合车间 is the name of one."""
    joint = JOINT.search(string, start, end)
    if joint is None or joint[0] != "联合" or joint.start() == start:
        return joint
    host = string[max(start, *(string.rfind(mark, start, joint.start()) + 1 for mark in "、，,；;）)")) : joint.start()]
    return joint if not host or is_organisation(host.strip()) or _is_area(host.strip()) else None


def checked(string: str, start: int, end: int) -> list[Unit] | None:
    """Units of a list that must be one: every part plausible and at least one an organisation."""
    units = split_units(string, start, end)
    if not units or not all(plausible(u.name, strict=True) for u in units):
        return None
    named = any((is_organisation(u.name) and u.name not in KINDS) or _is_area(u.name) for u in units)
    return units if named else None


def organisations_only(string: str, start: int, end: int) -> list[Assignment]:
    """甲局、乙局 in front of a date or a deadline label: who is responsible, when nothing else stands there."""
    units = checked(string, start, end) if start < end else None
    if not units or not all(is_organisation(u.name) and u.name not in KINDS for u in units):
        return []
    return [Assignment(u, "responsible") for u in units]


def _is_area(name: str) -> bool:
    region = region_of(name)
    return region is not None and not region.organ and len(name) > 1


def list_assignments(string: str, start: int, end: int, role: Role, *, person: bool, spaces: bool) -> list[Assignment]:
    """Units of a list without predicates, all with `role`; in A会同B, A leads."""
    joint = _joint(string, start, end)
    if joint is not None and joint.start() > start:
        hosts = list_units(string, start, joint.start(), spaces=spaces)
        partners = list_units(string, joint.end(), end, spaces=spaces)
        return [Assignment(u, "lead") for u in hosts] + [Assignment(u, "cooperate") for u in partners]
    units = list_units(string, start, end, spaces=spaces)
    units = _padded_names(string, units) if person else units
    return [Assignment(u, role, person and not is_organisation(u.name)) for u in units]


_GIVEN = re.compile(r"[\u4e00-\u9fff](?:[（(][^（）()]*[）)])?\Z")


_TITLE = re.compile("(?:长|书记|主任|主席|经理|校长|委员|调研员)\\Z")


def _titled(title: str, name: str) -> bool:
    """副市长 赵永刚: a title before its name."""
    return len(title) <= _LONGEST_TITLE and 2 <= len(name) <= _TITLED and _TITLE.search(title) is not None


_LONGEST_TITLE, _TITLED = 10, 3


def _padded_names(string: str, units: list[Unit]) -> list[Unit]:
    """文　波（副县长）: the two characters of a padded name are one person."""
    out: list[Unit] = []
    for unit in units:
        last = out[-1] if out else None
        near = last is not None and string[last.end : unit.start].isspace()
        if last and near and ((len(last.name) == 1 and _GIVEN.match(unit.name)) or _titled(last.name, unit.name)):
            out[-1] = Unit(last.start, unit.end, squeeze(string[last.start : unit.end]))
        else:
            out.append(unit)
    return out


def list_units(string: str, start: int, end: int, *, spaces: bool = False) -> list[Unit]:
    """Units of a list, up to the first part that reads as a sentence."""
    kept: list[Unit] = []
    for unit in split_units(string, start, end, spaces=spaces):
        if plausible(unit.name):
            kept.append(unit)
            continue
        head = _without_remark(string, unit) or _head(string, unit)
        if head is not None:
            kept.append(head)
        break
    return kept


def plausible(name: str, *, strict: bool = False) -> bool:
    """Whether `name` can be a unit or person rather than a piece of prose; `strict`: where no label says so."""
    return 0 < len(name) <= _LONGEST_NAME and _plausible(name, strict)


_WITH = re.compile(r"[（(][^（()）]{1,30}[，,]下同[）)]")
"""各市（含甲市、乙市，下同）政府: what a name stands for from here on."""


@lru_cache(maxsize=8192)
def _plausible(name: str, strict: bool) -> bool:
    if name.endswith(("）", ")")):
        name = OWN_ROLE.sub("", name)
    if "下同" in name:
        name = _WITH.sub("", name)
    if not name or BAD_NAME.search(name) is not None:
        return False
    if is_organisation(name):
        return True
    if strict and WITH_VERB.search(name) is not None:
        return False
    return len(name) <= 14 or region_of(name) is not None


_REMARK = re.compile(r"[（(〔\[][^（）()〔〕\[\]]{4,60}[）)〕\]]\Z")


def _without_remark(string: str, unit: Unit) -> Unit | None:
    """各开发区管委会（以下均需各县区落实，不再列出）: the unit before a remark in brackets."""
    m = _REMARK.search(string, unit.start, unit.end)
    name = squeeze(string[unit.start : m.start()]) if m else ""
    return Unit(unit.start, m.start(), name) if m and is_organisation(name) and _plausible(name, True) else None


def _head(string: str, unit: Unit) -> Unit | None:
    """市财政局 根据上述要求…: the organisation before the white space where the list ends without a mark."""
    for m in _SPACE.finditer(string, unit.start, min(unit.end, unit.start + 40)):
        name = squeeze(string[unit.start : m.start()])
        if is_organisation(name) and _plausible(name, True):
            return Unit(unit.start, m.start(), name)
    return None
