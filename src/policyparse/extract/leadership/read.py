"""Leadership groups (领导小组, 工作专班, 指挥部 …) with members and office.

The text is read once from left to right: roles with a colon (副组长：) open a roster, phrases like 由X任组长 give
seats in prose, 办公室设在X sets up the office of the group before it. A group told in the body and again in an
annex is listed once, with the fuller roster.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ...diagnostics import Report
from ...model import LeadershipGroup, Member
from ...organisations import region_of
from ...outline import Doc
from ...text import Span
from ...trusted import trusted
from .cells import Cells, cells
from .groups import Group, finish, once
from .lines import line_rosters
from .marks import Mark, in_row, marks
from .names import KIND, MAIN, established, is_whole, kind_after, name_of, sentence_start, told_to_others
from .office import Place, office_places
from .parts import is_part, part_above, spoken_of
from .prose import Predicate, clerks, gives_no_seat, predicates
from .roles import CHIEF_HERE, OFFICE_SEATS, SECRETARIES, WEAK, is_chief, is_clerk, is_office, several_hold
from .roster import roster_seats
from .seats import BLANKS, Seat, is_blank, seats_of_list, seats_of_phrase
from .table import TableRoster, table_rosters
from .words import seat_words

_OTHERS = re.compile(r"[，,；;、][^。\n]{2,120}?(?:任|担任|为)(?:常务)?副(?:组长|召集人|指挥长|总指挥)")
"""…任组长|，A、B任副组长: a whole group, whatever it is called."""
_OFFICE_HEAD = re.compile(r"办公室(?:成员|组成人员|人员)?(?:名单)?[：:]?\s*\Z")
"""领导小组办公室： / 主　任：…"""
_NEXT_SEAT = re.compile(r"[\s，；。;]{0,8}(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）]?[、.．]?)?\s{0,4}(?:增补|新增)?")
"""Between a seat and the next: a line's end, the number of an item."""
_OF_OFFICE = re.compile(r"[ \t　]{0,8}[一-鿿]{3,20}")
"""指挥部|办公室主任：, 筹备工作|办公室主任："""
_KIND_BEFORE = re.compile(rf"(?<=[；;，,。\s])(?:本|该)?{KIND}\Z")
_COMMITTEE = re.compile(r"专班|委员会|安委会|筹委会|组委会|工作队|突击队|联席会议|指挥部|应急队|抢险队|救援队")
_BARE_NAMES = 20
"""How many bare names (领导小组, 工作专班) are looked up; more have only hostile texts."""
_make_member = trusted(Member)
_LINE = 40
"""Characters of a name and a post, at most."""
_REACH = 1500  # how far after a group's last word its office may be told


def extract_leadership(doc: Doc, report: Report) -> list[LeadershipGroup]:
    """Groups from rosters and from prose."""
    string = doc.text.string
    to = doc.anatomy.recipients  # 各县（区），市安委会各成员单位： addresses them
    events: list[_Event] = [
        m for m in marks(string) if to is None or m.end - 1 != to.end or string[m.end : m.end + 1] != "\n"
    ]
    if words := seat_words(string):
        told = predicates(string, words)
        rows = [p.start for p in told if string[p.who_start - 1].isspace() and is_chief(p.role)]
        events += [*(in_row(string, rows, {e.start for e in events}) if rows else ()), *told]
    events += [*office_places(string), *table_rosters(string, doc.tables), *line_rosters(string)]
    if not events:
        return []
    if words and (offices := [e.start for e in events if _names_office(e)]):
        events += clerks(string, min(offices))
    closings = [p.start for p in doc.anatomy.parts if p.kind == "closing"]
    reader = _Reader(string, closings, cells(string, doc.tables) if doc.tables else None)
    reader.read(sorted(events, key=lambda e: (e.start, not isinstance(e, TableRoster))))
    return [finish(g) for g in once(reader.groups)]


_OFFICES = ("办公室", "秘书处")
_ANOTHER = re.compile(rf"(?:成立|设立|组建|建立|下设)(?:了)?[^，。；：\n]{{0,30}}(?:{KIND}|委员会)(?=[，,。；\n])")
"""…任秘书长。设立专家委员会，由…任主任: no seat of the office before it."""
_Event = Mark | Predicate | Place | TableRoster


def _names_office(event: _Event) -> bool:
    """Whether an event may tell of an office, so that who works there may be told behind it."""
    return isinstance(event, (Place, TableRoster)) or event.also is not None or is_office(event.role)


class _Reader:
    """Reads the events in order; `groups` are what it found."""

    def __init__(self, string: str, closings: list[int], cells: Cells | None) -> None:
        self.string = string
        self.closings = closings
        """Where signatures begin: no roster goes beyond one."""
        self.cells = cells
        self.groups: list[Group] = []
        self.done = 0
        self.names: dict[str, str] = {}
        self.main: str | None = None
        self.in_office = False
        self.after: dict[int, Mark] = {}
        """By the place of each mark, the next."""
        self.searched = 0
        """Before it no group is named that has not been read."""

    def read(self, events: list[_Event]) -> None:
        after = self.after = {m.start: n for m, n in pairwise(e for e in events if isinstance(e, Mark))}
        for event in events:
            if event.start < self.done:
                continue
            if isinstance(event, Mark):
                self._mark(event, after.get(event.start))
            elif isinstance(event, Predicate):
                self._predicate(event)
            elif isinstance(event, TableRoster):
                self._table(event)
            else:
                self._place(event)

    def current(self, at: int) -> Group | None:
        """The group that a phrase at `at` may belong to."""
        last = self.groups[-1] if self.groups else None
        return last if last and at - last.end <= _REACH else None

    def _mark(self, mark: Mark, following: Mark | None) -> None:
        stop = min(following.start if following else len(self.string), mark.end + 20_000)
        stop = min([stop, *(c for c in self.closings if c > mark.end)])
        if following and is_chief(following.role) and following.start - mark.end > 4:
            heading = name_of(self.string, mark.end, following.start, following.end)
            line = self.string.rfind("\n", mark.end, following.start)
            stop = max(line, mark.end) if heading and line >= 0 and heading[1] > line - 60 else stop
        if following and (kind := _KIND_BEFORE.search(self.string, max(mark.end, stop - 8), following.start)):
            stop = min(stop, kind.start())  # 组长：…；专班|副组长：
        ranked = following is not None and following.role != mark.role  # 组长： and 组长： are two groups
        ranked = ranked or (following is not None and self._both_chiefs(mark, following))
        if following and is_office(following.role):  # 指挥部|办公室主任：
            line = self.string.rfind("\n", mark.end, following.start) + 1
            stop = line if line and _OF_OFFICE.fullmatch(self.string, line, following.start) else stop
        stop = self.cells.bound(mark.end, stop) if self.cells else stop
        full = ranked and following is not None and following.start - mark.end < 400
        part = self._part(mark) if mark.role == "成员单位" else None
        group, office = (
            (part, False) if part else self._target(mark.role, mark.start, mark.end, roster=True, unnamed=full)
        )
        if group is None:
            return
        seats, end = roster_seats(self.string, mark.end, stop, several=several_hold(mark.role))
        self._add(group, office, mark.role, seats, mark.start, max(end, mark.end))
        group.roster = group.roster or bool(seats)
        if mark.also:
            self._add(group, True, mark.also, seats, mark.start, max(end, mark.end))
            self.in_office = False

    def _both_chiefs(self, mark: Mark, following: Mark) -> bool:
        """组长：甲 / 组长：乙 / 副组长：…: one group all the same."""
        below = self.after.get(following.start) if following.start - mark.end < _LINE else None
        return below is not None and below.role != mark.role and self.string.count("\n", mark.end, below.start) < 3

    def _part(self, mark: Mark) -> Group | None:
        """The part of a group that is told with the bodies in it only (综合协调组 / 牵头单位：… / 成员单位：…)."""
        part = part_above(self.string, self.groups[-1].end if self.groups else 0, mark.start)
        group = self._open(part.name, part.start) if part else None
        if group and part and part.lead:
            role, start, end = part.lead
            self._add(group, False, role, seats_of_list(self.string, start, end), part.start, end)
        return group

    def _predicate(self, p: Predicate) -> None:
        sentence = sentence_start(self.string, p.start, max(0, p.start - 300))
        stop = self.string.find("。", p.end, p.end + 6)  # …任办公室主任。|各地要建立…
        if told_to_others(self.string, sentence, stop if stop >= 0 else min(p.end + 6, len(self.string))):
            return
        if gives_no_seat(self.string, p, sentence):
            return
        group, office = self._target(p.role, p.start, p.end, roster=False)
        if group is not None:
            seats = seats_of_phrase(self.string, p.who_start, p.who_end, several=several_hold(p.role))
            if is_clerk(p.role) and not any(s.person for s in seats):
                return
            self._add(group, office, p.role, seats, p.start, p.end)
            if p.also:
                self._add(group, True, p.also, seats, p.start, p.end)
                self.in_office = False

    def _table(self, table: TableRoster) -> None:
        group = self._open(table.name, table.start) if table.name else self._new(table.start, table.start, unnamed=True)
        if group is not None:
            for role, seat in table.seats:
                self._add(group, is_office(role), role, [seat], table.start, table.end)
            group.roster = True

    def _place(self, place: Place) -> None:
        group = spoken_of(self.string, self.groups, place.start, _REACH) or self.current(place.start)
        if group is not None and is_part(self.string, group, place.start):
            group = None
        sentence = sentence_start(self.string, place.start, max(0, place.start - 200))
        if group is None or (group.place and group.place.at and place.at):
            named = name_of(self.string, sentence, place.end, place.end)
            if place.at is None or named is None or told_to_others(self.string, sentence, place.end):
                return
            if group is None or not group.name.endswith(named[0]):
                group = self._open(named[0], place.start)
            else:
                return
        if group.place is None or group.place.at is None:
            group.place = place
        group.end = max(group.end, place.end)
        self.in_office = True

    def _target(
        self, role: str, start: int, end: int, *, roster: bool, unnamed: bool = False
    ) -> tuple[Group | None, bool]:
        """The group a seat belongs to (a new one for a chief), and whether it is a seat of its office."""
        group = self.current(start)
        if is_clerk(role):
            return (group, True) if self._office_near(group, start) else (None, False)
        if is_office(role) or (role in OFFICE_SEATS and self._office_near(group, start)):
            return group or self._new(start, end), True
        if role in OFFICE_SEATS and group and _OFFICE_HEAD.search(self.string, max(start - 24, 0), start):
            return group, True
        if role in SECRETARIES and self._office_near(group, start, ("秘书处",)):
            return group, True
        if role == "工作人员":
            return None, False
        if role in WEAK and not self._committee(group, start):
            return None, False
        if is_chief(role) or role in CHIEF_HERE:
            same = group and self._same(group, start, roster=roster)
            return (group if same else self._new(start, end, unnamed=unnamed, told=not roster)), False
        if group is None or (not roster and self._paragraph_between(group, start) and not self._next(group, start)):
            return self._new(start, end, unnamed=unnamed and role.endswith("顾问")), False
        return group, False

    def _office_near(self, group: Group | None, at: int, names: tuple[str, ...] = _OFFICES) -> bool:
        """Whether the office was named just before (办公室设在X，主任由…)."""
        if group is None or not self.in_office or _ANOTHER.search(self.string, group.end, at):
            return False
        if names is _OFFICES and group.staff and at - group.end <= 60:
            return True
        return any(self.string.rfind(name, max(at - 200, 0), at) >= 0 for name in names)

    def _committee(self, group: Group | None, at: int) -> bool:
        if group is not None and group.has_chief() and at - group.end < 40:
            return True
        return _COMMITTEE.search(self.string, max(at - 300, 0), at) is not None

    def _same(self, group: Group, at: int, *, roster: bool) -> bool:
        """Whether one more chief (第一组长, 组长) belongs to the group being read."""
        if self._paragraph_between(group, at) and not roster:
            return False
        last = group.members[-1].role if group.members else ""
        adviser = last.endswith(("顾问", "政委"))
        if not group.has_chief() and not adviser:
            return at - group.end < 200 and not group.roster
        follows = self.string[group.end : at].strip(" \n\t　，,、；;和") == ""
        return follows and (adviser or is_chief(last)) and not group.staff

    def _next(self, group: Group, at: int) -> bool:
        """副县长赵某任组长 / 主任钱某任副组长: a seat a line."""
        return bool(group.members) and _NEXT_SEAT.fullmatch(self.string, group.end, at) is not None

    def _paragraph_between(self, group: Group, at: int) -> bool:
        return self.string.find("\n", group.end, at) >= 0

    def _new(self, start: int, end: int, *, unnamed: bool = False, told: bool = False) -> Group | None:
        """A new group by the name before it; a whole roster (组长：… 副组长：…) needs none."""
        low = max(self.groups[-1].end if self.groups else 0, self.searched)
        if self.cells and (name := self.cells.name(start)):
            return self._open(name, start)
        named = name_of(self.string, low, start, end)
        if named is None and (unnamed or (told and _OTHERS.match(self.string, end))):
            named = kind_after(self.string, end, _REACH), start
        if named is None:
            self.searched = start
            return None
        sentence = sentence_start(self.string, start, max(0, start - 300))
        if told_to_others(self.string, sentence, start) or named[0].startswith("各"):
            return None
        return self._open(named[0], min(named[1], start))

    def _open(self, name: str, start: int) -> Group:
        if not is_whole(name):
            if name not in self.names and len(self.names) < _BARE_NAMES:
                self.names[name] = established(self.string, name)
            name = self.names.get(name, name)
        group = Group(name, start, start)
        if group.name.endswith(MAIN):
            self.main = self.main or group.name
        elif not ((region := region_of(group.name)) and region.named):
            group.parent = self.main  # 东河县数据共享推进组 beside 东河县整治领导小组 is no part of it
        self.groups.append(group)
        self.in_office = False
        return group

    def _add(self, group: Group, office: bool, role: str, seats: list[Seat], start: int, end: int) -> None:
        role = role.removeprefix("双") if is_chief(role) else role  # 任双组长: two, each a 组长
        members = [
            _make_member({"role": role, "person": s.person, "post": s.post, "span": Span(s.start, s.end)})
            for s in seats
            if not (s.post and not BLANKS.isdisjoint(s.post) and is_blank(s.post))
        ]
        (group.staff if office else group.members).extend(members)
        group.end = max(group.end, end)
        self.in_office = office or (self.in_office and not is_chief(role))
        self.done = max(self.done, end)
