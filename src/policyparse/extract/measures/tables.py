"""Measures of task tables (任务分工表, 责任清单): a row with a task column and a column of responsible units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ... import lexicon
from ...dates import DateContext
from ...diagnostics import Report
from ...model import DatePeriod, Step
from ...outline import Doc
from ...responsibilities import SAME, Note, RoleRule, apply_rule, read_cell, stated_rule
from ...squeeze import squeeze
from ...tables import Grid, split_steps
from ...text import Cell, Span
from .columns import DEADLINE, LONGEST_HEADING, PERSON, ROLE_OF, UNITS, Columns, find_columns
from .notes import Fields, make_step, period, responsibilities

_LEADING = re.compile(r"[（(]?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,3})(?:[）)]|[、．]|\.(?!\d))[ \u3000]*")
_AROUND = 200
_LONGEST_NAME = 10


def table_measures(doc: Doc, grid: Grid, context: DateContext, report: Report, stated: RoleRule | None) -> list[Fields]:
    """Measures of the rows of `grid`, empty when it is no task table. `phase` is left open.

    `stated`: the role rule of the document, for tables that have none of their own.
    """
    columns = find_columns(doc.text.string, grid)
    if columns is None:
        return [] if grid.header else _forms(doc, grid, context, report)
    if not any(role == "lead" and not person for _, role, person, _ in columns.units):  # a column tells who leads
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


def _row(
    doc: Doc, grid: Grid, columns: Columns, index: int, row: tuple[Cell, ...], context: DateContext, report: Report
) -> Fields | None:
    string = doc.text.string
    task = row[columns.task]
    if columns.name is not None and not string[task.start : task.end].strip():
        task = row[columns.name]
    notes: list[Note] = []
    due: DatePeriod | None = None
    for column, role, person, own_rule in columns.units:
        cell = _meant(string, grid, index, column)
        if cell.start == task.start:
            continue
        note = read_cell(string, cell.start, cell.end, role, person=person)
        rule = columns.rule or own_rule
        if rule:
            apply_rule(note, rule, string)
        notes.append(note)
        if note.deadline:
            due = due or period(string, *note.deadline, context, report)
    if not any(n.assignments for n in notes) or not string[task.start : task.end].strip():
        return None
    if columns.deadline is not None and (cell := _meant(string, grid, index, columns.deadline)).end > cell.start:
        due = period(string, cell.start, cell.end, context, report) or due
    steps = _steps(string, columns, row)
    written, content = _number(string, columns, row, task, in_steps=columns.steps is None and bool(steps))
    number = written.strip("（）()") if written else None
    above = _section_path(string, grid, index)
    if columns.groups:
        above += _groups(string, grid, columns.groups, index, task)
    heading, named = _heading(string, grid, columns, index, task, written)
    return {
        "number": number,
        "path": [*above, *([written] if written else [])],
        "heading": heading,
        "text": squeeze(string[content : task.end]),
        "steps": steps,
        "responsibilities": responsibilities(notes),
        "deadline": due,
        "phase": None,
        "span": Span(min(named, min(row).start), max([c.end for c in row])),
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


def _heading(
    string: str, grid: Grid, columns: Columns, index: int, task: Cell, number: str | None
) -> tuple[str | None, int]:
    """The name of the row's task, and where it stands; a blank cell means the name above it, within the section."""
    if columns.name is None:
        return None, task.start
    cell = _covering(grid, index, columns.name)
    name = squeeze(string[cell.start : cell.end]).rstrip("。；;：:")
    if number and name.startswith(number):
        name = name.removeprefix(number).lstrip("、.． ")
    if not 0 < len(name) <= LONGEST_HEADING or cell.start == task.start:
        return None, task.start
    return name, cell.start


def _covering(grid: Grid, index: int, column: int) -> Cell:
    """The cell; a blank one means the one above it, within the section."""
    cell = grid.rows[index][column]
    first = max(index - _FAR, 0)
    while cell.end <= cell.start and index > first and index - 1 not in grid.sections:
        index -= 1
        cell = grid.rows[index][column]
    return cell


def _groups(string: str, grid: Grid, columns: tuple[int, ...], index: int, task: Cell) -> list[str]:
    """What the row belongs to, outermost first: the number of 一、稳增长, or 依法行政 whole."""
    found: dict[int, str] = {}
    for column in columns:
        cell = _covering(grid, index, column)
        name = squeeze(string[cell.start : cell.end])
        if 0 < len(name) <= LONGEST_HEADING and cell.start != task.start:
            m = _LEADING.match(string, cell.start, cell.end)
            found[cell.start] = m[0].strip().rstrip("、.．") if m else name
    return list(found.values())


@dataclass(slots=True)
class _Form:
    """A task told in label cells beside value cells."""

    start: int
    name: str = ""
    """What its task is called: the next cell with this label opens another form."""
    task: Cell | None = None
    due: DatePeriod | None = None
    notes: list[Note] = field(default_factory=list)


def _forms(doc: Doc, grid: Grid, context: DateContext, report: Report) -> list[Fields]:
    """Forms of label cells beside value cells: 项目名称 | … | 责任单位 | 区教育局 | 完成时限 | 8月底前.

    One table may hold several, each from its own 项目名称 on.
    """
    string = doc.text.string
    forms = [_Form(grid.start)]
    for row in grid.rows:
        for label, cell in pairwise(sorted({c.start: c for c in row}.values())):
            name = squeeze(string[label.start : label.end])
            if not 2 <= len(name) <= _LONGEST_NAME:
                continue
            form = forms[-1]
            if (m := UNITS.match(name)) is not None:
                role = ROLE_OF.get(m["word"] or m["bare"] or m["alone"] or "", "responsible")
                form.notes.append(read_cell(string, cell.start, cell.end, role, person=name.endswith(PERSON)))
            elif DEADLINE.fullmatch(name):
                form.due = form.due or period(string, cell.start, cell.end, context, report)
            elif name in lexicon.words("task_columns") and form.name in ("", name):
                if form.task is not None:
                    form = _Form(label.start)
                    forms.append(form)
                form.task, form.name = cell, name
    edges = [*(f.start for f in forms[1:]), grid.end]
    found = (_filled(string, form, end) for form, end in zip(forms, edges, strict=True))
    return [fields for fields in found if fields is not None]


def _filled(string: str, form: _Form, end: int) -> Fields | None:
    task = form.task
    if task is None or not any(n.assignments for n in form.notes) or not string[task.start : task.end].strip():
        return None
    return {
        "number": None,
        "path": [],
        "heading": None,
        "text": squeeze(string[task.start : task.end]),
        "steps": [],
        "responsibilities": responsibilities(form.notes),
        "deadline": form.due,
        "phase": None,
        "span": Span(form.start, end),
    }


def _number(
    string: str, columns: Columns, row: tuple[Cell, ...], task: Cell, *, in_steps: bool
) -> tuple[str | None, int]:
    """The row's number as written (column 序号, else the head of its cells), and where the task's text begins.

    `in_steps`: the number at the head of the task's cell is that of the first of its steps.
    """
    m = None if in_steps else _LEADING.match(string, task.start, task.end)
    if columns.number is not None:
        cell = row[columns.number]
        written = squeeze(string[cell.start : cell.end]).rstrip("、.．")
        if written:
            return written, task.start
    if m is not None and m.end() < task.end:
        return m[0].strip().rstrip("、.．"), m.end()
    name = row[columns.name] if columns.name is not None else task
    m = _LEADING.match(string, name.start, name.end) if name.start != task.start else None
    return (m[0].strip().rstrip("、.．") if m else None), task.start


def _section_path(string: str, grid: Grid, row: int) -> list[str]:
    above = grid.section_of(row)
    if above is None:
        return []
    cell = grid.rows[above][0]
    m = _LEADING.match(string, cell.start, cell.end)
    return [m[0].strip().rstrip("、.．")] if m else []


def _steps(string: str, columns: Columns, row: tuple[Cell, ...]) -> list[Step]:
    cell = row[columns.steps if columns.steps is not None else columns.task]
    steps: list[tuple[str | None, int, int]] = [*split_steps(string, cell.start, cell.end)]
    if columns.steps is None and len(steps) < 2:
        return []
    if not steps and columns.steps is not None and cell.end > cell.start:
        steps = [(None, cell.start, cell.end)]
    return [make_step({"number": n, "text": squeeze(string[a:b]), "span": Span(a, b)}) for n, a, b in steps]
