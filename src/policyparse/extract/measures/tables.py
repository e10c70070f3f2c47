"""Measures of task tables (任务分工表, 责任清单): a row with a task column and a column of responsible units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ... import lexicon
from ...dates import DateContext
from ...diagnostics import Report
from ...model import DatePeriod, Role, Step
from ...outline import Doc
from ...responsibilities import SAME, Note, RoleRule, apply_rule, read_cell, stated_rule
from ...squeeze import squeeze
from ...tables import Grid, split_steps
from ...text import Cell, Span
from .notes import Fields, make_step, period, responsibilities

# 责任单位/牵头, 市直牵头单位, 责任领导, 任务分工; not 建设单位, 联系单位, 申报单位
_UNITS = re.compile(
    r"(?P<word>主要责任|主要负责|牵头|会办|主办|主责|配合|协同|协助|协办|协作|参与|参加|联办|指导|督导|督办|监督|责任|承办|承担|落实|实施|负责|执行|整改|分管|包保|包抓|挂点|挂钩|承接|办理)"
    r"[\u4e00-\u9fff（()）/、]{0,6}?(?P<noun>单位|部门|科室|处室|股室|部室|院系|学院|车间|机构|主体|领导|责任人|人员|人|处|科|局|区县|分工)"
    r"|责任分工|任务分工|职责分工|(?<!法律)(?:责任|分工)\Z|(?P<bare>牵头|配合|协办|主办)\Z|\A(?P<alone>参与|参加|协助|承办|负责|成员单位)\Z"
)
_ROLE_OF: dict[str, Role] = {
    **dict.fromkeys(("牵头", "主办", "主责", "主要责任", "主要负责"), "lead"),
    **dict.fromkeys(("配合", "会办", "协同", "协助", "协办", "协作", "参与", "参加", "联办", "成员单位"), "cooperate"),
    **dict.fromkeys(("指导", "督导", "督办", "监督"), "supervise"),
}
_DEADLINE = re.compile(
    r"(?:完成|整改|办结|落实|推进|办理|工作|任务|实施|计划|时间|截止|进度).{0,4}(?:时限|时间|期限|日期|节点)|(?:时间|时限|进度|完成)要求|时限|期限|时间节点|节点"
)
_NOT_DEADLINE = re.compile(r"开始|启动|起始|发布|有效|执行|政策|开工")
_OF_WORK = re.compile(r"执行(?:完成)?(?:时限|期限|时间)\Z")
"""How long a policy holds, or by when a task is done: a deadline beside 工作任务, 重点事项."""
_NUMBER = re.compile(r"序号|编号|序|NO\.?|No\.?|号")
_LEADING = re.compile(r"[（(]?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,3})(?:[）)]|[、．]|\.(?!\d))[ \u3000]*")
_AROUND = 200
_LONGEST_NAME = 10
_LONGEST_HEADING = 40
_WHAT = ("指标", "要点", "目标", "要求", "标准", "清单")
"""Where no column is called a task: 一级指标 | 二级指标 | 牵头部门."""
_DUTIES = "职责"
"""组别 | 牵头单位 | 成员单位 | 主要职责: what a group has to do."""
_TASK_NAMES = ("任务", "任务名称", "事项", "项目", "项目名称", "工作", "举措", "要点")
_PERSON = ("人", "领导", "人员")


@dataclass(frozen=True, slots=True)
class _Columns:
    task: int
    units: tuple[tuple[int, Role, bool, RoleRule | None], ...]
    """(column, role, whether it names persons, role rule in its header)."""
    number: int | None
    deadline: int | None
    steps: int | None
    name: int | None = None
    """A task's short name left of what is to be done: 任务 | 工作措施."""
    rule: RoleRule | None = None
    """A role rule stated around the table (注：责任单位列第一位的为牵头单位)."""


def table_measures(doc: Doc, grid: Grid, context: DateContext, report: Report, stated: RoleRule | None) -> list[Fields]:
    """Measures of the rows of `grid`, empty when it is no task table. `phase` is left open.

    `stated`: the role rule of the document, for tables that have none of their own.
    """
    columns = _columns(grid)
    if columns is None:
        form = None if grid.header else _form(doc, grid, context, report)
        return [form] if form is not None else []
    columns = replace(columns, rule=_rule(doc.text.string, grid) or stated)
    found = []
    for index, row in enumerate(grid.rows):
        if index in grid.sections:
            continue
        measure = _row(doc, grid, columns, index, row, context, report)
        if measure is not None:
            found.append(measure)
    return found


def _rule(string: str, grid: Grid) -> RoleRule | None:
    """The role rule stated before or under the table."""
    for a, b in ((max(0, grid.start - _AROUND), grid.start), (grid.end, min(grid.end + _AROUND, len(string)))):
        if (rule := stated_rule(string, a, b)) is not None:
            return rule
    return None


def _columns(grid: Grid) -> _Columns | None:
    units = tuple(_unit_columns(grid))
    taken = {c for c, *_ in units}
    deadline = _deadline_column(grid, taken)
    free = [i for i in range(len(grid.header)) if i not in taken and i != deadline]
    task = _task_column(grid, free)
    if task is None and any(role == "lead" and not person for _, role, person, _ in units):
        task = next((i for i in free if grid.header[i].endswith(_DUTIES)), None)
    if task is None or all(role == "cooperate" for _, role, *_ in units):
        return None  # 会议内容 | 参加单位
    number = next((i for i in free if i != task and _NUMBER.fullmatch(grid.header[i])), None)
    steps = next(
        (i for w in lexicon.words("step_columns") for i in free if i not in (task, number) and w in grid.header[i]),
        None,
    )
    return _Columns(task, units, number, deadline, steps, _name_column(grid, free, task))


def _deadline_column(grid: Grid, taken: set[int]) -> int | None:
    work = any(h.endswith(_TASK_NAMES) for h in grid.header)
    for i, name in enumerate(grid.header):
        if i in taken or not _DEADLINE.search(name):
            continue
        if not _NOT_DEADLINE.search(name) or (work and _OF_WORK.match(name) is not None):
            return i
    return None


def _unit_columns(grid: Grid) -> Iterator[tuple[int, Role, bool, RoleRule | None]]:
    for i, name in enumerate(grid.header):
        last = name.rsplit("/", 1)[-1]
        m = _UNITS.search(last) or (_UNITS.search(name) if "/" in name else None)
        if m is None:
            continue
        word = m["word"] or m["bare"] or m["alone"] or ""
        person = (m["noun"] or "").endswith(_PERSON) or last.endswith(_PERSON)  # 责任单位及责任人
        yield i, _ROLE_OF.get(word, "responsible"), person, stated_rule(name)


def _task_column(grid: Grid, free: list[int]) -> int | None:
    """The best column by name; of two, the finer one where cells of the first cover several rows."""
    ranked: list[int] = []
    for word in lexicon.words("task_columns"):
        ranked += [i for i in free if i not in ranked and word in grid.header[i] and len(grid.header[i]) <= 16]
    ranked = ranked or [i for i in free if grid.header[i].endswith(_WHAT)][-1:]
    for i in ranked:
        if len(ranked) == 1 or not (_covers_several(grid, i) or _leaves_blank(grid, i, ranked)):
            return i
    return ranked[-1] if ranked else None


def _name_column(grid: Grid, free: list[int], task: int) -> int | None:
    """The task's name beside the measures that carry it out: 任务 | 工作措施; one name may cover several rows."""
    names = [i for i in free if i < task and grid.header[i].endswith((*_TASK_NAMES, "组别"))]
    return names[-1] if names else None


def _covers_several(grid: Grid, column: int) -> bool:
    rows = [r for i, r in enumerate(grid.rows) if i not in grid.sections]
    return any(a[column].start == b[column].start < a[column].end for a, b in pairwise(rows))


def _leaves_blank(grid: Grid, column: int, others: list[int]) -> bool:
    """一、厕所革命 | 1.改造户厕, then a blank | 2.建立管护机制: the name stands in the first of its rows only."""
    rows = [r for i, r in enumerate(grid.rows) if i not in grid.sections]
    blank = [r for r in rows if r[column].end <= r[column].start]
    finer = [i for i in others if i != column and all(r[i].end > r[i].start for r in rows)]
    return bool(blank and finer)


def _row(
    doc: Doc, grid: Grid, columns: _Columns, index: int, row: tuple[Cell, ...], context: DateContext, report: Report
) -> Fields | None:
    string = doc.text.string
    task = row[columns.task]
    notes: list[Note] = []
    due: DatePeriod | None = None
    for column, role, person, own_rule in columns.units:
        cell = _meant(string, grid, index, column)
        if cell.start == task.start:
            continue
        note = read_cell(string, cell.start, cell.end, role, person=person)
        rule = columns.rule or own_rule
        notes.append(apply_rule(note, rule, string) if rule else note)
        if note.deadline:
            due = due or period(string, *note.deadline, context, report)
    if not any(n.assignments for n in notes) or not string[task.start : task.end].strip():
        return None
    if columns.deadline is not None and (cell := _meant(string, grid, index, columns.deadline)).end > cell.start:
        due = period(string, cell.start, cell.end, context, report) or due
    written, content = _number(string, columns, row, task)
    number = written.strip("（）()") if written else None
    above = _section_path(string, grid, index)
    return {
        "number": number,
        "path": [*above, *([written] if written else [])],
        "heading": _heading(string, grid, columns, index),
        "text": squeeze(string[content : task.end]),
        "steps": _steps(string, columns, row),
        "responsibilities": responsibilities(notes),
        "deadline": due,
        "phase": None,
        "span": Span(min(row).start, max([c.end for c in row])),
    }


_DITTO = (*SAME, "〃", "″", '"')


def _meant(string: str, grid: Grid, index: int, column: int) -> Cell:
    """The cell, or where it says 同上 the one above that it means."""
    cell = grid.rows[index][column]
    first = max(index - _FAR, 0)
    while index > first and cell.end - cell.start <= _LONGEST_DITTO and string[cell.start : cell.end].strip() in _DITTO:
        index -= 1
        cell = grid.rows[index][column]
    return cell


_LONGEST_DITTO = 4
_FAR = 100
"""So many rows above may be meant by 同上, or be named by a cell above."""


def _heading(string: str, grid: Grid, columns: _Columns, index: int) -> str | None:
    """The name of the row's task; a blank cell means the name above it, within the section."""
    if columns.name is None:
        return None
    task, cell = grid.rows[index][columns.task], grid.rows[index][columns.name]
    first = max(index - _FAR, 0)
    while cell.end <= cell.start and index > first and index - 1 not in grid.sections:
        index -= 1
        cell = grid.rows[index][columns.name]
    name = squeeze(string[cell.start : cell.end]).rstrip("。；;：:")
    return name if 0 < len(name) <= _LONGEST_HEADING and cell.start != task.start else None


def _form(doc: Doc, grid: Grid, context: DateContext, report: Report) -> Fields | None:
    """A form of label cells beside value cells: 项目名称 | … | 责任单位 | 区教育局 | 完成时限 | 8月底前."""
    string = doc.text.string
    task: Cell | None = None
    due: DatePeriod | None = None
    notes: list[Note] = []
    for row in grid.rows:
        for label, cell in pairwise(sorted({c.start: c for c in row}.values())):
            name = squeeze(string[label.start : label.end])
            if not 2 <= len(name) <= _LONGEST_NAME:
                continue
            if (m := _UNITS.match(name)) is not None:
                role = _ROLE_OF.get(m["word"] or m["bare"] or m["alone"] or "", "responsible")
                notes.append(read_cell(string, cell.start, cell.end, role, person=name.endswith(_PERSON)))
            elif _DEADLINE.fullmatch(name):
                due = due or period(string, cell.start, cell.end, context, report)
            elif task is None and name in lexicon.words("task_columns"):
                task = cell
    if task is None or not any(n.assignments for n in notes) or not string[task.start : task.end].strip():
        return None
    return {
        "number": None,
        "path": [],
        "heading": None,
        "text": squeeze(string[task.start : task.end]),
        "steps": [],
        "responsibilities": responsibilities(notes),
        "deadline": due,
        "phase": None,
        "span": Span(grid.start, grid.end),
    }


def _number(string: str, columns: _Columns, row: tuple[Cell, ...], task: Cell) -> tuple[str | None, int]:
    """The row's number as written (column 序号, else the head of the task cell), and where the task's text begins."""
    m = _LEADING.match(string, task.start, task.end)
    if columns.number is not None:
        cell = row[columns.number]
        written = squeeze(string[cell.start : cell.end]).rstrip("、.．")
        if written:
            return written, task.start
    if m is not None and m.end() < task.end:
        return m[0].strip().rstrip("、.．"), m.end()
    return None, task.start


def _section_path(string: str, grid: Grid, row: int) -> list[str]:
    above = grid.section_of(row)
    if above is None:
        return []
    cell = grid.rows[above][0]
    m = _LEADING.match(string, cell.start, cell.end)
    return [m[0].strip().rstrip("、.．")] if m else []


def _steps(string: str, columns: _Columns, row: tuple[Cell, ...]) -> list[Step]:
    cell = row[columns.steps if columns.steps is not None else columns.task]
    steps: list[tuple[str | None, int, int]] = [*split_steps(string, cell.start, cell.end)]
    if columns.steps is None and len(steps) < 2:
        return []
    if not steps and columns.steps is not None and cell.end > cell.start:
        steps = [(None, cell.start, cell.end)]
    return [make_step({"number": n, "text": squeeze(string[a:b]), "span": Span(a, b)}) for n, a, b in steps]
