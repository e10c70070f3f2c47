"""Rosters in lines that end with the seat: 张某　县水利局局长　组长, a table that lost its borders."""

from __future__ import annotations

import re

from ...persons import is_rare_person
from ...search import holds
from ...squeeze import squeeze
from .roles import ROLE, is_chief, role_name
from .seats import Seat
from .table import TableRoster

_GAP = r"[ \t　\xa0]"
_LINE = re.compile(
    rf"\n{_GAP}{{0,12}}(?:\d{{1,2}}[.．、]?{_GAP}{{1,4}})?(?P<name>[一-鿿](?:[ 　]{{0,4}}[一-鿿]){{1,3}}){_GAP}{{1,12}}"
    rf"(?P<post>[一-鿿][^\n，。；：]{{1,40}}?){_GAP}{{1,12}}(?P<role>{ROLE}){_GAP}{{0,8}}(?=\n|\Z)"
)


def line_rosters(string: str) -> list[TableRoster]:
    """Two such lines and more, one under the other, a chief and others among them."""
    if not holds(string, "组长", "指挥", "召集人"):
        return []
    found: list[TableRoster] = []
    run: list[re.Match[str]] = []
    for m in _LINE.finditer(string):
        if not is_rare_person(squeeze(m["name"]).replace(" ", "")):
            continue
        if run and run[-1].end() != m.start():
            found += _roster(run)
            run = []
        run.append(m)
    return [*found, *_roster(run)]


def _roster(run: list[re.Match[str]]) -> list[TableRoster]:
    seats = tuple(
        (role_name(m["role"]), Seat(squeeze(m["name"]), squeeze(m["post"]), m.start("name"), m.end("post")))
        for m in run
    )
    if len({role for role, _ in seats}) < 2 or not any(is_chief(role) for role, _ in seats):
        return []  # the heads of several groups of villagers
    return [TableRoster(run[0].start("name"), run[-1].end(), seats)]
