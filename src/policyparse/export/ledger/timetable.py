"""时间表: phases and deadlines by date, with a band over the months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from .band import Axis
from .book import Book, Sheet, letter
from .facts import Dated, Link
from .layout import Cell, Column, widths

COLUMNS = (
    Column("类别", 9, 9, "center", 1),
    Column("事项", 22, 40, lines=2, stretch=True),
    Column("时间（原文）", 12, 18, lines=2),
    Column("开始日期", 12, 12, "center", 1),
    Column("截止日期", 12, 12, "center", 1),
    Column("责任单位", 10, 24, lines=3),
    Column("文件", 13, 22, lines=2),
    Column("原文位置", 8, 12, "center", 1),
)
_SLOTS = {1: 2.3, 3: 4.2, 12: 6.0}
"""Width of a column of the band, by the months that it stands for."""
_KINDS = {"阶段": "phase", "任务时限": "task", "文中时限": "told"}
_LEGEND = (
    "蓝色：实施阶段；绿色：任务的完成时限；黄色：正文提到的时限；●：截止日所在。"
    "截止日期红字：打开本表之日已过；橙底：30天内到期。没有明确日期的排在最后。"
)


def write_timetable(book: Book, dates: Sequence[Dated], whole: float) -> None:
    """The sheet, sorted by the last day."""
    order = sorted(dates, key=lambda d: (_last(d), d.start or date.min))
    axis = Axis((d.start, d.end) for d in order)
    slot = _SLOTS[axis.step]
    sized = widths(COLUMNS, (_values(d) for d in order), max(whole - slot * len(axis.slots), 100))
    sheet = book.sheet("时间表", COLUMNS, [*sized, *(slot for _ in axis.slots)], head=2)
    _head(sheet, axis)
    for d in order:
        values, styles = _values(d), [f"{c.align} {_kind(v)}" for c, v in zip(COLUMNS, _values(d), strict=True)]
        bands = list(_band(d, axis))
        sheet.row([*values, *(v for v, _ in bands)], [*styles, *(s for _, s in bands)])
    sheet.filter(len(COLUMNS))
    if dates:
        _warn(sheet.raw, sheet.rows)
        sheet.note(_LEGEND)
    else:
        sheet.note("没有识别出阶段和时限")


def _last(d: Dated) -> date:
    return d.end or d.start or date.max


def _values(d: Dated) -> list[Cell]:
    paper = d.spot.paper
    return [
        *(d.kind, d.what, d.said or None, d.start, d.end, d.units),
        paper.number or paper.title,
        d.spot.linked(),
    ]


def _kind(value: Cell) -> str:
    return "date" if isinstance(value, date) else "link" if isinstance(value, Link) else ""


def _band(d: Dated, axis: Axis) -> Iterator[tuple[Cell, str]]:
    """A cell a month: coloured where the period goes, with a mark at the last day."""
    covered = axis.covered((d.start, d.end))
    last = max(covered) if covered and d.end else None
    for i, slot in enumerate(axis.slots):
        edge = "year" if slot.first % 12 == 0 else ""
        mark = "●" if i == last and d.kind != "阶段" else None
        yield mark, f"band {edge} {_KINDS[d.kind] if i in covered else ''}"


def _head(sheet: Sheet, axis: Axis) -> None:
    """Two rows: the terms, over both; the years, and below them the months."""
    years = {first: f"{year}年" if first != last else str(year) for year, first, last in axis.years()}
    sheet.head([*(c.term for c in COLUMNS), *(years.get(i) for i in range(len(axis.slots)))], 22)
    sheet.head([*(None for _ in COLUMNS), *(s.label for s in axis.slots)], 18)
    for i in range(1, len(COLUMNS) + 1):
        sheet.raw.merged_cells.add(f"{letter(i)}1:{letter(i)}2")
    before = len(COLUMNS) + 1
    for _, first, last in axis.years():
        if first != last:
            sheet.raw.merged_cells.add(f"{letter(before + first)}1:{letter(before + last)}1")


def _warn(raw: Any, rows: int) -> None:
    """Dates gone by and dates near, as seen on the day on which the workbook is opened."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    at = f"E3:E{rows}"
    near = PatternFill("solid", bgColor="F8CBAD")
    raw.conditional_formatting.add(at, FormulaRule(["AND(ISNUMBER($E3),$E3<TODAY())"], font=Font(color="C00000")))
    raw.conditional_formatting.add(at, FormulaRule(["AND(ISNUMBER($E3),$E3>=TODAY(),$E3<=TODAY()+30)"], fill=near))
