"""Tables that lost their borders: 张某　县水利局局长　组长 in a line, or each cell on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ... import lexicon
from ...persons import is_rare_person
from ...search import holds
from ...squeeze import squeeze
from .roles import ROLE, is_chief, role_name
from .seats import Seat
from .table import TableRoster, is_name_cell

_GAP = r"[ \t　\xa0]"
_DOTTED = r"[一-鿿]{1,8}(?:·[一-鿿]{1,8}){1,3}"
_LINE = re.compile(
    rf"\n{_GAP}{{0,12}}(?:\d{{1,2}}[.．、]?{_GAP}{{1,4}})?(?P<name>[一-鿿](?:[ 　]{{0,4}}[一-鿿]){{1,3}}){_GAP}{{1,12}}"
    rf"(?P<post>[一-鿿][^\n，。；：]{{1,40}}?){_GAP}{{1,12}}(?P<role>{ROLE}){_GAP}{{0,8}}(?=\n|\Z)"
)
_ROLE_END = re.compile(rf"\n(?<=[{''.join(sorted({w[-1] for w in lexicon.words('group_roles')}))} \t　\xa0]\n)")
"""The end of a line that may be such a row."""
_CELLS = re.compile(
    rf"\n(?:{_GAP}{{0,4}}\d{{1,3}}{_GAP}{{0,4}}\n)?"  # one character first: searched ten times as fast
    rf"{_GAP}{{0,4}}(?P<name>[一-鿿](?:[ 　]{{0,4}}[一-鿿]){{1,5}}|{_DOTTED}){_GAP}{{0,4}}"
    rf"\n{_GAP}{{0,4}}(?P<post>[一-鿿][^\n，。；：]{{1,40}}(?:\n[^\n，。；：]{{1,14}})?)\n{_GAP}{{0,4}}(?P<role>{ROLE}){_GAP}{{0,4}}(?=\n|\Z)"
)
"""A name, a post (of two lines at most) and a seat, each on its line, maybe with the row's number above."""


_HEADS = ("职务", "姓名", "单位", "名单", "备注", "部门")
"""The last cell of the header, above the first name."""


def line_rosters(string: str) -> list[TableRoster]:
    """Two such rows and more, one under the other, a chief and others among them."""
    if not holds(string, "组长", "指挥", "召集人"):
        return []
    ends = [*[m.start() for m in _ROLE_END.finditer(string)], len(string)]
    cells = _runs(string, _cells(string)) if "员" in [string[end - 1] for end in ends] else []
    return _runs(string, _lines(string, ends)) + cells


def _lines(string: str, ends: list[int]) -> Iterator[re.Match[str]]:
    """Rows of one line, looked for in the lines that end like a role."""
    for end in ends:
        start = string.rfind("\n", 0, end)
        if start >= 0 and (m := _LINE.match(string, start)) and _names(m, is_rare_person):
            yield m


def _cells(string: str) -> Iterator[re.Match[str]]:
    """Rows of a line a cell."""
    at = 0
    while m := _CELLS.search(string, at):
        named = _names(m, is_name_cell)
        at = m.end() if named else m.start() + 1
        if named:
            yield m


def _names(row: re.Match[str], is_name: Callable[[str], bool]) -> bool:
    name = squeeze(row["name"]).replace(" ", "")
    return not name.endswith(_HEADS) and ("·" in name or is_name(name))


def _runs(string: str, rows: Iterable[re.Match[str]]) -> list[TableRoster]:
    """The rosters that rows make which follow each other at once."""
    found: list[TableRoster] = []
    run: list[re.Match[str]] = []
    for m in rows:
        if run and run[-1].end() != m.start():
            found += _roster(string, run)
            run = []
        run.append(m)
    return [*found, *_roster(string, run)]


def _roster(string: str, run: list[re.Match[str]]) -> list[TableRoster]:
    seats = tuple(
        (role_name(m["role"]), Seat(squeeze(m["name"]), squeeze(m["post"]), m.start("name"), m.end("post")))
        for m in run
    )
    if len({role for role, _ in seats}) < 2 or not any(is_chief(role) for role, _ in seats):
        return []  # the heads of several groups of villagers
    return [TableRoster(_before_header(string, run[0].start()), run[-1].end(), seats)]


def _before_header(string: str, at: int) -> int:
    """Where the header's cells begin that stand above the first row (姓名 / 单位及职务 / 专班职务), else `at`."""
    for _ in range(_MOST_CELLS):
        line = string.rfind("\n", 0, at) + 1
        if at - line > _LONGEST_CELL or not string[line:at].strip().endswith((*_HEADS, "序号")):
            break
        at = max(line - 1, 0)
    return at


_MOST_CELLS, _LONGEST_CELL = 6, 12
