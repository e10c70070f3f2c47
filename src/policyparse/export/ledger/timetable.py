"""时间表: phases and deadlines by date, with a band over the months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from .band import Axis, axis
from .book import Book, Sheet
from .facts import Dated, Link
from .layout import Cell, Column, widths

COLUMNS = (
    Column("类别", 9, 9, "center", 1),
    Column("事项", 22, 40, lines=2, stretch=True),
    Column("时间（原文）", 12, 22, lines=3),
    Column("开始日期", 11, 11, "center", 1),
    Column("截止日期", 11, 11, "center", 1),
    Column("责任单位", 10, 24, lines=3),
    Column("文件", 13, 22, lines=2),
    Column("原文位置", 9, 12, "center", 1),
)
_WIDE, _NARROW, _CROWDED = 3.4, 2.3, 24
"""Width of a month; where there are more months than the last of these, they are narrow."""
_KINDS = {"阶段": "phase", "任务时限": "task", "文中时限": "told"}
_LEGEND = (
    "蓝色：实施阶段；绿色：任务的完成时限；黄色：正文提到的时限；●：截止日所在月；◀：上一年已开始。"
    "截止日期红字：打开本表之日已过；橙底：30天内到期。没有明确日期的排在最后。"
)


def write_timetable(book: Book, dates: Sequence[Dated], whole: float) -> None:
    """The sheet, sorted by the last day."""
    order = sorted(dates, key=lambda d: (_last(d), d.start or date.min))
    months = axis((d.start, d.end) for d in order)
    wide = _WIDE if months.columns <= _CROWDED else _NARROW
    sized = widths(COLUMNS, map(_values, order), max(whole - wide * months.columns, 108))
    sheet = book.sheet("时间表", COLUMNS, [*sized, *[wide] * months.columns], head=2)
    _head(sheet, months)
    for year, rows in groupby(order, key=lambda d: _last(d).year):
        if not months.years:
            sheet.block(f"{year}年" if year != date.max.year else "", "" if year != date.max.year else "没有明确日期")
        for d in rows:
            _row(sheet, d, months)
    sheet.filter(len(COLUMNS))
    if dates:
        _warn(sheet.raw, sheet.rows)
        sheet.note(_LEGEND)
    else:
        sheet.note("没有识别出阶段和时限")


def _row(sheet: Sheet, d: Dated, months: Axis) -> None:
    values = _values(d)
    styles = [f"{c.align} {_kind(v)}" for c, v in zip(COLUMNS, values, strict=True)]
    bands = list(_band(d, months))
    sheet.row([*values, *(v for v, _ in bands)], [*styles, *(s for _, s in bands)])


def _last(d: Dated) -> date:
    return d.end or d.start or date.max


def _values(d: Dated) -> list[Cell]:
    paper = d.spot.paper
    return [d.kind, d.what, d.said or None, d.start, d.end, d.units, paper.number or paper.title, d.spot.linked()]


def _kind(value: Cell) -> str:
    return "date" if isinstance(value, date) else "link" if isinstance(value, Link) else ""


def _band(d: Dated, months: Axis) -> Iterator[tuple[Cell, str]]:
    """A cell a month: coloured where the period goes, with a mark at the last day."""
    covered = months.covered((d.start, d.end))
    marks = {covered[0]: "◀"} if covered and months.begins_before((d.start, d.end)) else {}
    if covered and d.end and d.kind != "阶段":
        marks[covered[-1]] = "●"
    for i in range(months.columns):
        edge = "year" if i % 12 == 0 else ""
        yield marks.get(i), f"band {edge} {_KINDS[d.kind] if i in covered else ''}"


def _head(sheet: Sheet, months: Axis) -> None:
    """Two rows: the terms, over both; the years, and below them the months."""
    years = [f"{year}年" for year in months.years] or ["月份"]
    sheet.head([*(c.term for c in COLUMNS), *(t for year in years for t in (year, *[None] * 11))], 22)
    sheet.head([*[None] * len(COLUMNS), *(str(i % 12 + 1) for i in range(months.columns))], 18, "month")
    for i in range(1, len(COLUMNS) + 1):
        sheet.merge(i, 1, i, 2)
    for first in range(len(COLUMNS) + 1, len(COLUMNS) + months.columns, 12):
        sheet.merge(first, 1, first + 11, 1)


def _warn(raw: Any, rows: int) -> None:
    """Dates gone by and dates near, as seen on the day on which the workbook is opened."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    at = f"E3:E{rows}"
    near = PatternFill("solid", bgColor="F8CBAD")
    raw.conditional_formatting.add(at, FormulaRule(["AND(ISNUMBER($E3),$E3<TODAY())"], font=Font(color="C00000")))
    raw.conditional_formatting.add(at, FormulaRule(["AND(ISNUMBER($E3),$E3>=TODAY(),$E3<=TODAY()+30)"], fill=near))
