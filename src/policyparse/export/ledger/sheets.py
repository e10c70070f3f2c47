"""The sheets of the ledger: their columns, and the rows that fill them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from .book import Book
from .facts import Finding, Task
from .gather import Gathered, Unit
from .layout import Cell, Column, fits, widths
from .paths import shortened
from .timetable import COLUMNS as TIMETABLE
from .timetable import write_timetable
from .words import ROLES, kind, reason, said

WHOLE = 150.0
"""Width of a sheet in digits: text of 10 points is printed at 8 or more on A4, whatever font stands in for 宋体."""
_BRIEF = 30
"""Characters of a deadline where the task is only named."""
_SEVERITY = {0: "读取失败", 1: "须核对", 2: "提示"}
_LEFT = ("duplicate", "own-ledger", "left-out")

TASKS = (
    Column("序号", 5, 7, "center", 1),
    Column("文件标题", 12.4, 22, lines=4),
    Column("发文字号", 10.5, 13, "center", 2),
    Column("发文机关", 8.6, 12, lines=3),
    Column("任务路径", 12.4, 24, lines=4),
    Column("工作任务", 12.4, 20, lines=5),
    Column("具体措施", 36, 64, lines=6, stretch=True),
    Column("牵头单位", 8.6, 15, lines=3),
    Column("责任单位", 8.6, 15, lines=4),
    Column("配合单位", 8.6, 14, lines=4),
    Column("督导单位", 8.6, 14, lines=3, rare=True),
    Column("完成时限", 8.6, 16, lines=4),
    Column("截止日期", 11, 11, "center", 1),
    Column("所属阶段", 8, 12, "center", 2),
    Column("原文位置", 7.5, 12, "center", 1),
)
UNITS = (
    Column("单位", 11, 20, lines=2),
    Column("角色", 6.5, 8, "center", 1),
    Column("总表序号", 6, 7, "center", 1),
    Column("工作任务", 26, 50, lines=2, stretch=True),
    Column("任务路径", 14, 34, lines=2),
    Column("文件标题", 14, 34, lines=2),
    Column("发文字号", 10, 14, "center", 2),
    Column("完成时限", 9, 16, lines=3),
    Column("截止日期", 11, 11, "center", 1),
    Column("所属阶段", 8, 12, "center", 2),
    Column("原文位置", 7.5, 12, "center", 1),
)
SEATS = (
    Column("序号", 5.5, 7, "center", 1),
    Column("文件标题", 18, 34, lines=2),
    Column("机构名称", 16, 34, lines=2),
    Column("上级机构", 12, 24, lines=2, rare=True),
    Column("所在", 10, 10, "center", 1),
    Column("组内职务", 10, 14, "center", 1),
    Column("姓名", 9, 12, "center", 1),
    Column("单位及职务", 20, 44, lines=2, stretch=True),
    Column("备注", 12, 36, lines=4),
    Column("原文位置", 9, 12, "center", 1),
)
FINDINGS = (
    Column("序号", 5.5, 7, "center", 1),
    Column("程度", 9, 10, "center", 1),
    Column("类别", 14, 20, "center", 1),
    Column("文件标题", 18, 32, lines=2),
    Column("文件", 14, 30, lines=2),
    Column("说明", 30, 50, lines=2, stretch=True),
    Column("原文摘录", 20, 44, lines=2),
    Column("原文位置", 9, 12, "center", 1),
    Column("代码", 14, 22, "center", 1),
)
SHEETS = {"任务总表": TASKS, "按单位": UNITS, "时间表": TIMETABLE, "领导小组": SEATS, "待核对": FINDINGS}
"""The columns of every sheet."""
Rows = Callable[[], Iterable[Sequence[Cell]]]


def write(gathered: Gathered, book: Book) -> None:
    """All sheets."""
    _table(book, "任务总表", TASKS, lambda: task_rows(gathered), "没有识别出工作任务")
    _units(book, gathered)
    write_timetable(book, gathered.dates, WHOLE)
    _table(book, "领导小组", SEATS, lambda: _seats(gathered), "没有识别出领导小组")
    _table(book, "待核对", FINDINGS, lambda: _findings(gathered), "没有需要核对的内容")


def _table(book: Book, title: str, columns: Sequence[Column], rows: Rows, nothing: str) -> None:
    """A sheet with a row an item; columns that are rarely needed only where they are."""
    used = {i for row in rows() for i, v in enumerate(row) if columns[i].rare and v}
    kept = [i for i, c in enumerate(columns) if not c.rare or i in used]
    columns = [columns[i] for i in kept]
    sheet = book.sheet(title, columns, _sized(columns, lambda: ([r[i] for i in kept] for r in rows())))
    sheet.head()
    for row in rows():
        sheet.row([row[i] for i in kept])
    sheet.filter(len(columns))
    if sheet.rows == 1:
        sheet.note(nothing)


def _sized(columns: Sequence[Column], rows: Rows) -> list[float]:
    """Widths of the columns: print is large, but where the highest row would cut a text, its column is wider."""
    found = widths(columns, rows(), WHOLE)
    for row in rows():
        for i, value in enumerate(row):
            while found[i] < columns[i].most and not fits(value, found[i]):
                found[i] = round(min(found[i] + 2, columns[i].most), 1)
    return found


def task_rows(gathered: Gathered, linked: bool = True) -> Iterator[list[Cell]]:
    """任务总表: a row a task, in the order of the documents and of their text."""
    for number, task in enumerate(gathered.tasks, 1):
        paper = task.spot.paper
        yield [
            number,
            *(paper.title, paper.number, paper.issuers, task.path, task.task, task.measures),
            *("、".join(task.units[role]) or None for role in ROLES),
            *(task.due_text, task.due, task.phase),
            task.spot.linked() if linked else task.spot.text(),
        ]


def _units(book: Book, gathered: Gathered) -> None:
    """按单位: a block a unit, with its tasks below."""
    names = Counter(unit.name for unit in gathered.units.values())

    def rows(unit: Unit) -> Iterator[list[Cell]]:
        called = _called(unit, names[unit.name] > 1)
        for at, roles in unit.duties:
            yield _duty(called, roles, at, gathered.tasks[at])

    sized = widths(UNITS, (row for unit in gathered.units.values() for row in rows(unit)), WHOLE)
    sheet = book.sheet("按单位", UNITS, sized, levels=1)
    sheet.head()
    for unit in gathered.units.values():
        sheet.block(_called(unit, names[unit.name] > 1), _summary(unit, gathered.tasks))
        for row in rows(unit):
            sheet.row(row, level=1, grey=1)
    sheet.filter(len(UNITS))
    if sheet.rows == 1:
        sheet.note("各文件没有写明责任单位")


def _called(unit: Unit, shared: bool) -> str:
    """Its name; where several units have it, with the document that it is from."""
    return f"{unit.name}（{unit.paper.issuers or unit.paper.title}）" if shared else unit.name


def _summary(unit: Unit, tasks: Sequence[Task]) -> str:
    """共5项：牵头3项、配合2项；涉及2份文件；文中又称：市教体局"""
    counts = Counter(role for _, roles in unit.duties for role in roles)
    papers = len({tasks[at].spot.paper for at, _ in unit.duties})
    said = f"共{len(unit.duties)}项：" + "、".join(f"{ROLES[r]}{counts[r]}项" for r in ROLES if counts[r])
    said += f"；涉及{papers}份文件" if papers > 1 else ""
    return said + (f"；文中又称：{'、'.join(unit.others)}" if unit.others else "")


def _duty(called: str, roles: Sequence[str], at: int, task: Task) -> list[Cell]:
    paper = task.spot.paper
    return [
        called,
        "、".join(ROLES[role] for role in roles),
        at + 1,
        *(task.brief, task.path, paper.title, paper.number),
        *(shortened(task.due_text, _BRIEF) if task.due_text else None, task.due, task.phase),
        task.spot.linked(),
    ]


def _seats(gathered: Gathered) -> Iterator[list[Cell]]:
    for number, s in enumerate(gathered.seats, 1):
        title = s.spot.paper.title
        yield [number, title, s.group, s.parent, s.body, s.role, s.person, s.post, s.note, s.spot.linked()]


def _findings(gathered: Gathered) -> Iterator[list[Cell]]:
    """What was not read first, then what must be looked at, then what is good to know; each in order."""
    order = sorted(gathered.findings, key=lambda f: (f.severity, f.code not in _LEFT))
    for number, f in enumerate(order, 1):
        severity = "未计入" if f.code in _LEFT else _SEVERITY[f.severity]
        paper = f.spot.paper
        yield [
            *(number, severity, kind(f.code), paper.title, paper.file or None),
            *(_message(f), f.passage, f.spot.linked(), f.code),
        ]


def _message(f: Finding) -> str:
    match f.code:
        case "failed" | "left-out":
            return reason(f.message)
        case "duplicate":
            return f"与“{f.message}”内容相同，任务只计一次"
        case "own-ledger":
            return "这是本工具生成的台账，不是公文，未计入"
        case "no-tasks":
            return "没有识别出工作任务，任务总表中没有本文件的内容"
        case _:
            return said(f.code, f.message) + (f"为{f.day}" if f.day and f.code == "year-inferred" else "")
