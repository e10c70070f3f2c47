"""Rosters that are tables: columns 姓名, 单位及职务, 领导小组职务."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..organisations import is_organisation
from ..persons import could_be_name, ends_with_post
from ..squeeze import squeeze
from ..tables import Grid
from .leadership_roles import ROLE, is_chief, role_name
from .leadership_seats import Seat

_ROLE_CELL = re.compile(ROLE)
_NAME = re.compile(r"(?!各|合计|空缺|暂缺|待定)[\u4e00-\u9fff]{2,4}")
_POST = ("单位", "职务", "职位", "部门", "职称")


class TableRoster(NamedTuple):
    """The seats of a table, with their roles, in order."""

    start: int
    end: int
    seats: tuple[tuple[str, Seat], ...]


def table_rosters(string: str, tables: Iterable[Grid]) -> list[TableRoster]:
    """Tables with a column of names and one of roles of a group, one of them a chief's."""
    return [r for grid in tables if (r := _roster(string, grid)) is not None]


def _roster(string: str, grid: Grid) -> TableRoster | None:
    name = next((i for i, h in enumerate(grid.header) if "姓名" in h or h in ("名单", "人员")), None)
    if name is None:
        return None
    cells = [[squeeze(string[c.start : c.end]) for c in row] for row in grid.rows]
    role = next((i for i in range(len(grid.header)) if i != name and _is_role_column(cells, i)), None)
    if role is None:
        return None
    posts = [i for i, h in enumerate(grid.header) if i not in (name, role) and any(p in h for p in _POST)]
    seats: list[tuple[str, Seat]] = []
    for row, texts in zip(grid.rows, cells, strict=True):
        if len(texts) > max(name, role) and _is_name(texts[name]) and _ROLE_CELL.fullmatch(texts[role]):
            post = "".join(texts[i] for i in posts if i < len(texts)) or None
            seats.append((role_name(texts[role]), Seat(squeeze(texts[name]), post, row[0].start, row[-1].end)))
    if not any(is_chief(r) or r == "主任" for r, _ in seats):
        return None
    return TableRoster(grid.start, grid.end, tuple(seats))


def _is_name(text: str) -> bool:
    """What stands in the column 姓名: any two to four characters that are no body and no post."""
    if could_be_name(text):
        return True
    return _NAME.fullmatch(text) is not None and not is_organisation(text) and not ends_with_post(text)


def _is_role_column(cells: list[list[str]], column: int) -> bool:
    texts = [row[column] for row in cells if column < len(row) and row[column]]
    return len(texts) > 1 and sum(_ROLE_CELL.fullmatch(t) is not None for t in texts) * 10 >= len(texts) * 8
