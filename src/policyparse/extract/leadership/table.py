"""Rosters that are tables: columns 姓名, 单位及职务, 领导小组职务 in any order, roles as rows, groups as rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...organisations import is_organisation, split_units
from ...persons import could_be_name, ends_with_post, is_person, is_rare_person
from ...squeeze import squeeze
from ...tables import Grid
from ...text import Cell
from .names import KIND
from .roles import ROLE, is_chief, role_name
from .roster import roster_seats
from .seats import Seat

_ROLE_CELL = re.compile(rf"(?P<role>{ROLE})(?:[（(]\s*\d{{1,2}}\s*[人名位]?\s*[)）])?\s*[：:]?")
_NAME = re.compile(r"(?!各|合计|空缺|暂缺|待定|[\u4e00-\u9fff]{0,2}(?:领导|负责|人员|单位|分管))[\u4e00-\u9fff]{2,4}")
_NAMES = re.compile(r"[、，,；;\s]+")
_PERSONS = ("名单", "人员", "人选", "组成人员", "人员组成", "担任人员", "担任人", "任职人员")
_POST = ("单位", "职务", "职位", "部门", "职称")
_NUMBER = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、．.]+)\s*")
_GROUP = re.compile(rf"[^，。；：:]{{0,40}}(?:{KIND}|组|专班)(?:成员)?(?:名单|组成人员)?")
_GROUP_COLUMN = re.compile(r"组别|组名|小组|工作组|专项组|专班|分组|类别|名称|机构")
_TASKS = ("责任", "任务", "措施", "举措")


class TableRoster(NamedTuple):
    """The seats of a table, with their roles, in order."""

    start: int
    end: int
    seats: tuple[tuple[str, Seat], ...]
    name: str | None = None
    """What the table itself calls the group (综合协调组 in a row of its own or in the first column)."""


def table_rosters(string: str, tables: Iterable[Grid]) -> list[TableRoster]:
    """Tables with a column of names and roles of a group, one of them a chief's."""
    found: list[TableRoster] = []
    for grid in tables:
        if len(grid.rows) < _MOST_ROWS:
            found.extend(
                _by_columns(string, grid)
                or _of_bodies(string, grid)
                or _by_rows(string, grid)
                or _by_labels(string, grid)
            )
    return found


_MOST_ROWS = 2000


def _by_columns(string: str, grid: Grid) -> list[TableRoster]:
    """组别 | 组长 | 副组长 | 成员: each row is a group."""
    header, rows = grid.header, grid.rows
    if not header and rows:
        header, rows = tuple(_text(string, c) for c in rows[0]), rows[1:]
    roles = {i: role for i, h in enumerate(header) if (role := _role(h))}
    if len(roles) < 2 or not any(is_chief(r) for r in roles.values()) or _is_of_tasks(header):
        return []
    names = [i for i, h in enumerate(header) if i not in roles and _GROUP_COLUMN.search(h)]
    found: list[TableRoster] = []
    for row in rows:
        seats = [(r, s) for i, r in roles.items() for s in _seats(string, row[i], several="长" not in r or "副" in r)]
        group = _text(string, row[names[0]]) if names else ""
        if any(is_chief(r) for r, _ in seats) and _GROUP.fullmatch(group):
            found.append(TableRoster(row[0].start, row[-1].end, tuple(seats), _NUMBER.sub("", group)))
    return found


_BODIES = {"牵头单位": "牵头单位", "牵头部门": "牵头部门", "成员单位": "成员单位", "组成单位": "组成单位"}
_PART_COLUMN = re.compile(r"(?:工作|专项|工作专)?(?:组|小组|专班|组别|组名|分组)(?:名称)?")


def _of_bodies(string: str, grid: Grid) -> list[TableRoster]:
    """组别 | 牵头单位 | 成员单位: the parts of a group, each with the bodies in it."""
    header = grid.header
    roles = {i: _BODIES[h] for i, h in enumerate(header) if h in _BODIES}
    if len(roles) < 2 or not any(r.startswith(("成员", "组成")) for r in roles.values()):
        return []
    name = next((i for i, h in enumerate(header) if _PART_COLUMN.fullmatch(h)), None)
    if name is None or not all(_GROUP.fullmatch(_text(string, row[name])) for row in grid.rows):
        return []
    found: list[TableRoster] = []
    for row in grid.rows:
        bodies = ((r, u) for i, r in roles.items() for u in split_units(string, row[i].start, row[i].end, spaces=True))
        seats = tuple((role, Seat(None, u.name, u.start, u.end)) for role, u in bodies)
        if seats:
            found.append(TableRoster(row[0].start, row[-1].end, seats, _NUMBER.sub("", _text(string, row[name]))))
    return found


def _is_of_tasks(header: tuple[str, ...]) -> bool:
    return any(word in h for h in header for word in _TASKS)


def _by_labels(string: str, grid: Grid) -> list[TableRoster]:
    """组长 | 分管副县长 and 成员单位 | 县财政局、县应急局: roles in the first column of a table without a header."""
    if grid.header or not grid.rows or len(grid.rows[0]) > _LABELLED:
        return []
    roles = [_role(_text(string, row[0])) for row in grid.rows if row[0].end > row[0].start]
    if sum(r is not None for r in roles) * 10 < len(roles) * 6 or not any(r and is_chief(r) for r in roles):
        return []
    seats: list[tuple[str, Seat]] = []
    role = None
    for row in grid.rows:
        role = _role(_text(string, row[0])) if row[0].end > row[0].start else role
        if role and row[-1].end > row[1].start:
            found, _ = roster_seats(string, row[1].start, row[-1].end, several="长" not in role or "副" in role)
            seats.extend((role, seat) for seat in found)
    return [TableRoster(grid.start, grid.end, tuple(seats))] if seats else []


_LABELLED = 4
"""Columns of such a table at most."""


class _Columns(NamedTuple):
    """Where a table has its names, roles (or only rows that say them) and posts."""

    name: int
    role: int | None
    posts: list[int]


def _by_rows(string: str, grid: Grid) -> list[TableRoster]:
    """A row a seat; a role holds for the rows below where its cell is merged or empty, or it has a row of its own."""
    cells = [[_text(string, c) for c in row] for row in grid.rows]
    columns = _columns(grid, cells)
    if columns is None:
        return []
    found: list[TableRoster] = []
    for start, end, name in _groups(cells, columns):
        seats = tuple(_of_rows(string, grid, cells, columns, start, end))
        if any(is_chief(r) or r == "主任" for r, _ in seats):
            found.append(_of(grid, start, end, seats, name))
    return found


def _of(grid: Grid, start: int, end: int, seats: tuple[tuple[str, Seat], ...], name: str | None) -> TableRoster:
    """The roster of the rows from `start` to `end`; one without a name of its own is the whole table's."""
    if name is None and end == len(grid.rows):
        caption = grid.caption.end if grid.caption and grid.caption.start >= grid.start else grid.start
        return TableRoster(max(grid.start, caption), grid.end, seats)
    return TableRoster(grid.rows[start][0].start, grid.rows[end - 1][-1].end, seats, name)


def _columns(grid: Grid, cells: list[list[str]]) -> _Columns | None:
    name = next(
        (i for i, h in enumerate(grid.header) if "姓名" in h or h in _PERSONS),
        None,
    )
    if name is None:
        return None
    role = next((i for i in range(len(grid.header)) if i != name and _is_role_column(cells, i)), None)
    if role is None and not any(_role(alone) for row in cells if (alone := _alone(row))):
        return None
    posts = [i for i, h in enumerate(grid.header) if i not in (name, role) and any(p in h for p in _POST)]
    return _Columns(name, role, posts)


def _groups(cells: list[list[str]], columns: _Columns) -> Iterator[tuple[int, int, str | None]]:
    """Stretches of rows with the name of the group in the row above them (一、领导小组)."""
    start, name = 0, None
    for n, row in enumerate(cells):
        alone = _alone(row)
        if alone and not _role(alone) and _GROUP.fullmatch(alone):
            if n > start:
                yield start, n, name
            start, name = n + 1, re.sub(r"(?:成员)?(?:名单|组成人员)\Z", "", _NUMBER.sub("", alone))
    if start < len(cells):
        yield start, len(cells), name


def _of_rows(
    string: str, grid: Grid, cells: list[list[str]], columns: _Columns, start: int, end: int
) -> Iterator[tuple[str, Seat]]:
    role = None
    for row, texts in zip(grid.rows[start:end], cells[start:end], strict=True):
        alone = _alone(texts)
        if alone:
            told = alone.startswith(_FOR_ALL)
            role = _role(alone) or (role if columns.role is None or told else None)
            if role and told and not _role(alone):
                yield role, Seat(None, alone, min(c.start for c in row), max(c.end for c in row))
            continue
        if columns.role is not None and texts[columns.role]:
            role = _role(texts[columns.role])
        if role:
            yield from ((role, seat) for seat in _row_seats(string, row, texts, columns))


def _row_seats(string: str, row: tuple[Cell, ...], texts: list[str], columns: _Columns) -> Iterator[Seat]:
    """The seats of a row: mostly one; 甲、乙 in one cell are two, with a post each where there are as many lines."""
    cell = row[columns.name]
    start, end = min(c.start for c in row), max(c.end for c in row)  # a cell of rows above may be merged into this
    names = _names(string[cell.start : cell.end])
    if len(names) > 1:
        posts = [string[row[i].start : row[i].end].split() for i in columns.posts]
        each = posts[0] if len(posts) == 1 and len(posts[0]) == len(names) else [_post(texts, columns)] * len(names)
        yield from (Seat(n, squeeze(p or "") or None, start, end) for n, p in zip(names, each, strict=True))
    elif is_name_cell(name := _ALSO.sub("", texts[columns.name])):
        yield Seat(name, _post(texts, columns), start, end)
    elif columns.role is not None and (post := _unnamed(texts, columns)):
        told = string[cell.start : cell.end]
        several = _NAMES.search(told.strip()) and squeeze(told) == post
        yield from roster_seats(string, cell.start, cell.end)[0] if several else [Seat(None, post, start, end)]


_ALSO = re.compile(r"[（(](?:兼|兼任|女)[)）]\Z")
_FOR_ALL = ("全体", "其他", "各", "有关", "相关")
_VACANT = ("待定", "空缺", "暂缺")


def _unnamed(texts: list[str], columns: _Columns) -> str | None:
    """成员 | | 各镇分管负责人: a seat for whoever holds the post."""
    name = texts[columns.name].strip("—-－–/ ")
    said = _post(texts, columns) if name in ("", *_VACANT, *(texts[i] for i in columns.posts)) else name
    post = said.removesuffix("（兼）").removesuffix("(兼)") if said else ""
    told = ends_with_post(post) or is_organisation(post) or post.endswith(("领导", "同志", "人员", "单位"))
    return said if post and told and not _role(post) else None


def _post(texts: list[str], columns: _Columns) -> str | None:
    """县水利局 and 局长 are one post; 县水利局局长 beside 县水利局 says it all."""
    post = ""
    for text in dict.fromkeys(texts[i] for i in columns.posts if i < len(texts)):
        post = text if post and text.startswith(post) else post + text
    return post or None


def _names(written: str) -> list[str]:
    """The names of a cell that holds several; none where the white space only pads one (钱　明)."""
    parts = [p for p in _NAMES.split(written.strip()) if p]
    if len(parts) < 2 or not all(could_be_name(p) or is_person(p) for p in parts):
        return []
    sure = sum(is_person(p) for p in parts)
    return parts if sure * 2 >= len(parts) or (sure and all(is_rare_person(p) for p in parts)) else []


def _seats(string: str, cell: Cell, *, several: bool) -> list[Seat]:
    """The seats of a cell that may hold several persons, with posts or without."""
    if names := _names(string[cell.start : cell.end]):
        return [Seat(n, None, cell.start, cell.end) for n in names]
    if is_name_cell(text := _text(string, cell)):
        return [Seat(text, None, cell.start, cell.end)]
    return roster_seats(string, cell.start, cell.end, several=several)[0] if text.strip("—-/无") else []


def _text(string: str, cell: Cell) -> str:
    return squeeze(string[cell.start : cell.end])


def _role(text: str) -> str | None:
    """组长 of 组　长： and 副组长（2人）."""
    m = _ROLE_CELL.fullmatch(_NUMBER.sub("", text)) if len(text) < 24 else None
    return role_name(m["role"]) if m else None


def _alone(texts: list[str]) -> str | None:
    """What a row says in one cell only, merged over the width or not."""
    filled = {t for t in texts if t}
    return filled.pop() if len(filled) == 1 else None


def is_name_cell(text: str) -> bool:
    """What stands in the column 姓名: any two to four characters that are no body and no post."""
    if _role(text):
        return False
    if could_be_name(text):
        return True
    return _NAME.fullmatch(text) is not None and not is_organisation(text) and not ends_with_post(text)


def _is_role_column(cells: list[list[str]], column: int) -> bool:
    texts = [row[column] for row in cells if column < len(row) and row[column] and _alone(row) is None]
    return len(texts) > 1 and sum(_role(t) is not None for t in texts) * 10 >= len(texts) * 8
