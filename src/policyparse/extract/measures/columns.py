"""Which columns a task table (任务分工表, 责任清单) has: the task, its units, its deadline, its number and steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ... import lexicon
from ...model import Role
from ...organisations import is_organisation, region_of, split_units
from ...responsibilities import RoleRule, stated_rule
from ...squeeze import squeeze
from ...tables import Grid

# 责任单位/牵头, 市直牵头单位, 责任领导, 任务分工; not 建设单位, 联系单位, 申报单位
UNITS = re.compile(
    r"(?P<word>主要责任|主要负责|牵头|会办|主办|主责|配合|协同|协助|协办|协作|参与|参加|联办|指导|督导|督办|监督|监管|责任|承办|承担|(?:落实|实施|执行|整改)(?!牵头|责任|主责|配合|协同|协助|协办|督导|督办|监督)|负责|分管|包保|包抓|挂点|挂钩|承接|办理)"
    r"[\u4e00-\u9fff（()）/、]{0,6}?(?P<noun>单位|部门|科室|处室|股室|部室|院系|学院|车间|机构|主体|(?<=监[管督])责任|领导|责任人|人员|人|处|科|局|区县|分工)"
    r"|责任分工|任务分工|职责分工|(?<!法律)(?:责任|分工)\Z|(?P<bare>牵头|配合|协办|主办)\Z|\A(?P<alone>参与|参加|协助|承办|负责|成员单位)\Z"
)
ROLE_OF: dict[str, Role] = {
    **dict.fromkeys(("牵头", "主办", "主责", "主要责任", "主要负责"), "lead"),
    **dict.fromkeys(("配合", "会办", "协同", "协助", "协办", "协作", "参与", "参加", "联办", "成员单位"), "cooperate"),
    **dict.fromkeys(("指导", "督导", "督办", "监督", "监管"), "supervise"),
}
DEADLINE = re.compile(
    r"(?:完成|整改|办结|落实|推进|办理|工作|任务|实施|计划|时间|截止|进度).{0,4}(?:时限|时间|期限|日期|节点)|(?:时间|时限|进度|完成)要求|时限|期限|时间节点|节点|\A时间(?:表|安排)\Z|(?:建成|竣工|投用|交付)时间"
)
_NOT_DEADLINE = re.compile(r"开始|启动|起始|发布|有效|执行|政策|开工")
_OF_WORK = re.compile(r"执行(?:完成)?(?:时限|期限|时间)\Z")
"""How long a policy holds, or by when a task is done: a deadline beside 工作任务, 重点事项."""
_NUMBER = re.compile(r"序号|编号|序|NO\.?|No\.?|号")
LONGEST_HEADING = 40
_WHAT = ("指标", "要点", "目标", "要求", "标准", "清单", "指标名称", "工程名称", "活动名称", "政策名称", "行动")
"""Where no column is called a task: 一级指标 | 二级指标 | 牵头部门."""
_DUTIES = "职责"
"""组别 | 牵头单位 | 成员单位 | 主要职责: what a group has to do."""
_TASK_NAMES = ("任务", "任务名称", "事项", "项目", "项目名称", "工作", "举措", "要点")
_NAMES, _FAULTS = (*_TASK_NAMES, "组别", "指标", "指标名称"), ("问题", "隐患")
"""What may head a measure: the task's name, its 指标, the group that does it, the fault (问题表现) it puts right."""
_GROUPS = re.compile(r"(?:类别|类型|分类|大类|领域|板块|方面|环节|维度|模块|章节|一级(?:指标|任务|项目))\Z")
"""What rows belong together in: 任务类别, 重点领域."""
PERSON = ("人", "领导", "人员")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a task table holds what."""

    task: int
    units: tuple[tuple[int, Role, bool, RoleRule | None], ...]
    """(column, role, whether it names persons, role rule in its header)."""
    number: int | None
    deadline: int | None
    steps: int | None
    name: int | None = None
    """A task's short name left of what is to be done: 任务 | 工作措施."""
    groups: tuple[int, ...] = ()
    """Left of the task and its name: what groups the rows."""
    rule: RoleRule | None = None
    """A role rule stated around the table (注：责任单位列第一位的为牵头单位)."""


def find_columns(string: str, grid: Grid) -> Columns | None:
    """The columns of a task table, null when the table has no task or nobody who is responsible for it."""
    units = tuple(_unit_columns(grid)) or _plain_units(string, grid)
    taken = {c for c, *_ in units}
    deadline = _deadline_column(string, grid, taken)
    free = [i for i in range(len(grid.header)) if i not in taken and i != deadline]
    task = _task_column(grid, free)
    if task is None and any(role == "lead" and not person for _, role, person, _ in units):
        task = next((i for i in free if grid.header[i].endswith(_DUTIES)), None)
    if task is None and deadline is not None and any(role in ("lead", "responsible") for _, role, *_ in units):
        task = _made_column(string, grid, [i for i in free if i < units[0][0]])
    if task is None or all(role == "cooperate" for _, role, *_ in units):
        return None  # 会议内容 | 参加单位
    number = next((i for i in free if i != task and _NUMBER.fullmatch(grid.header[i])), None)
    steps = next(
        (i for w in lexicon.words("step_columns") for i in free if i not in (task, number) and w in grid.header[i]),
        None,
    )
    said = steps if steps is not None else _content_column(grid, free, task)
    if said is not None and _names(grid, task, said):
        return Columns(said, units, number, deadline, None, task, _group_columns(grid, free, task))
    name = _name_column(grid, free, task)
    groups = _group_columns(grid, free, task if name is None else min(name, task))
    return Columns(task, units, number, deadline, steps, name, groups)


def _plain_units(string: str, grid: Grid) -> tuple[tuple[int, Role, bool, RoleRule | None], ...]:
    """单位 | 工作任务: a column of nothing but organisations beside one that is called a task."""
    task = next((i for i, h in enumerate(grid.header) if h.endswith("任务")), None)
    column = next((i for i, h in enumerate(grid.header) if h in _PLAIN_UNITS), None) if task is not None else None
    if column is None or task is None:
        return ()
    if not all(
        _SAID.search(string, r[task].start, r[task].end) for i, r in enumerate(grid.rows) if i not in grid.sections
    ):
        return ()  # 单位 | 目标任务 with figures: quotas
    cells = [
        squeeze(string[r[column].start : r[column].end]) for i, r in enumerate(grid.rows) if i not in grid.sections
    ]
    units = [split_units(c, spaces=True) for c in cells if c]
    named = units and all(u and all(is_organisation(x.name) for x in u) for u in units)
    return ((column, "responsible", False, None),) if named else ()


_SAID = re.compile("[\u4e00-\u9fff]{4}")
_PLAIN_UNITS = ("单位", "部门", "科室", "处室", "单位名称", "部门名称")


def _deadline_column(string: str, grid: Grid, taken: set[int]) -> int | None:
    work = any(h.endswith(_TASK_NAMES) for h in grid.header)
    for i, name in enumerate(grid.header):
        if i in taken or not DEADLINE.search(name):
            continue
        if not _NOT_DEADLINE.search(name) or (work and _OF_WORK.match(name) is not None):
            return i
    for i, name in enumerate(grid.header):  # 时间 | … | 6月底前; not when something takes place
        if name == "时间" and i not in taken and any(_BY.search(string, r[i].start, r[i].end) for r in grid.rows):
            return i
    return None


_BY = re.compile("前|底|末|持续|长期")


def _unit_columns(grid: Grid) -> Iterator[tuple[int, Role, bool, RoleRule | None]]:
    for i, name in enumerate(grid.header):
        last = name.rsplit("/", 1)[-1]
        m = UNITS.search(last) or (UNITS.search(name) if "/" in name else None)
        if m is None:
            continue
        word = m["word"] or m["bare"] or m["alone"] or ""
        person = (m["noun"] or "").endswith(PERSON) or last.endswith(PERSON)  # 责任单位及责任人
        yield i, ROLE_OF.get(word, "responsible"), person, stated_rule(name)


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


def _made_column(string: str, grid: Grid, before: list[int]) -> int | None:
    """申报指南名称 | 责任科室 | 完成时限: what is to be made by whom and when, by whatever name."""
    for task in reversed(before):
        if _NO_TASK.search(grid.header[task]) or _NUMBER.fullmatch(grid.header[task]):
            continue
        cells = [
            squeeze(string[r[task].start : r[task].end]) for i, r in enumerate(grid.rows) if i not in grid.sections
        ]
        if sum(map(_is_made, cells)) * 2 > len(cells):
            return task
    return None


def _is_made(cell: str) -> bool:
    """消费券发放实施细则, not 商贸科, 青禾县."""
    region = region_of(cell)
    return len(cell) >= _SHORTEST_MADE and not is_organisation(cell) and (region is None or bool(region.organ))


_NO_TASK = re.compile(
    r"(?:单位|企业|公司|学校|机构|部门|科室|村|社区|乡镇|街道|县区|人员|姓名|地[点址区]|位置|阶段|步骤|依据|电话|备注|金额|资金|数量|类别|类型|领域|方面|级别|等级|时间|日期|来源|标准)(?:名称)?\Z"
)
"""Of whom, where, when: no task."""
_SHORTEST_MADE = 4


def _content_column(grid: Grid, free: list[int], task: int) -> int | None:
    """工作任务 | 具体要求: the column right of the task that says more of it."""
    beside = next((i for i in free if i > task), None)
    return beside if beside is not None and grid.header[beside].endswith(_SAYS) else None


_SAYS = ("要求", "内容", "目标", "标准", "措施", "举措", "做法")


def _names(grid: Grid, task: int, steps: int) -> bool:
    """重点任务 | 主要内容: whether the task's cells are short names of what the column beside it says."""
    if steps < task or not grid.header[task].endswith(_TASK_NAMES):
        return False
    rows = [r for i, r in enumerate(grid.rows) if i not in grid.sections]
    longest = max([r[task].end - r[task].start for r in rows], default=0)
    return longest <= LONGEST_HEADING and any(r[steps].end > r[steps].start for r in rows)


def _name_column(grid: Grid, free: list[int], task: int) -> int | None:
    """The task's name beside the measures that carry it out: 任务 | 工作措施; one name may cover several rows."""
    names = [i for i in free if i < task and (grid.header[i].endswith(_NAMES) or _is_fault(grid.header[i]))]
    return names[-1] if names and _GROUPS.search(grid.header[names[-1]]) is None else None


def _group_columns(grid: Grid, free: list[int], task: int) -> tuple[int, ...]:
    """任务类别, or a coarser task, left of the task."""
    coarse = lexicon.words("task_columns")
    return tuple(
        i
        for i in free
        if i < task
        and (_GROUPS.search(grid.header[i]) or (grid.header[i].endswith(coarse) and _covers_several(grid, i)))
    )


def _is_fault(name: str) -> bool:
    return any(word in name for word in _FAULTS)


def _covers_several(grid: Grid, column: int) -> bool:
    rows = [r for i, r in enumerate(grid.rows) if i not in grid.sections]
    return any(a[column].start == b[column].start < a[column].end for a, b in pairwise(rows))


def _leaves_blank(grid: Grid, column: int, others: list[int]) -> bool:
    """一、厕所革命 | 1.改造户厕, then a blank | 2.建立管护机制: the name stands in the first of its rows only."""
    rows = [r for i, r in enumerate(grid.rows) if i not in grid.sections]
    blank = [r for r in rows if r[column].end <= r[column].start]
    finer = [i for i in others if i != column and all(r[i].end > r[i].start for r in rows)]
    return bool(blank and finer)
