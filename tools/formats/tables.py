"""Tables of the samples: cells with what they span, from lines of tab-separated cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(slots=True)
class Cell:
    """A cell: its paragraphs, and the columns and rows it spans."""

    paragraphs: list[str]
    columns: int = 1
    rows: int = 1
    bold: bool = False
    centred: bool = False
    number: str = ""
    """A running number that an office would leave to the program: (一)."""


@dataclass(slots=True)
class Table:
    """Rows of cells, a cell only where it begins. `widths`: shares of the page's width."""

    rows: list[list[Cell]]
    widths: list[int]
    head: int = 1
    wide: bool = field(default=False)
    """For a page turned on its side."""


def plain_table(lines: list[str]) -> Table:
    """A heading line and rows: 序号 主管部门 大类 子类 备注."""
    rows = [[Cell([_close(c)], centred=i in (0, 1)) for i, c in enumerate(x.split("\t"))] for x in lines]
    for cell in rows[0]:
        cell.bold = cell.centred = True
    return Table(rows, [8, 20, 28, 30, 14])


def form_table(lines: list[str]) -> Table:
    """An empty form under a heading of two lines: a year spans three columns, a column's name takes both lines."""
    above, *below = ([_close(c) for c in x.split("\t")] for x in lines)
    names = ["".join(row[i] if i < len(row) else "" for row in below) for i in range(9)]
    first = [Cell([x], rows=2, bold=True, centred=True) for x in above[:3]]
    first += [Cell([x], columns=3, bold=True, centred=True) for x in above if x.endswith("投入")]
    return Table(
        [first, [Cell([x], bold=True, centred=True) for x in names[3:]]], [10, 11, 11, 10, 16, 10, 10, 12, 10], 2
    )


def task_table(lines: list[str]) -> Table:
    """A task list printed anew with title and heading on each page: one table, sections over its full width."""
    rows: list[list[Cell]] = []
    for line in lines:
        cells = line.split("\t")
        if line.startswith("## ") or (cells[0] == "序号" and rows):
            continue
        if cells[0] == "序号":
            rows.append([Cell([c], bold=True, centred=True) for c in cells])
        elif cells[0].startswith("<b>"):
            rows.append([Cell([re.sub("</?b>", "", cells[0])], columns=6, bold=True)])
        else:
            rows.append([Cell([], number=cells[0], centred=True), *(Cell(_paragraphs(c)) for c in cells[1:])])
    return Table(rows, [6, 24, 38, 14, 12, 6], wide=True)


def _paragraphs(cell: str) -> list[str]:
    """The paragraphs of a cell: marked by tags, or parted by a space before a number or after a full clause."""
    if "<p>" in cell:
        return re.findall(r"<p>(.*?)</p>", cell)
    return re.split(r" (?=\d+[、月]|年底)", cell)


def _close(cell: str) -> str:
    """`区农业农村 局`: the space is where the cell's line ended."""
    return re.sub(r"(?<=[\u4e00-\u9fff,]) (?=[\u4e00-\u9fff(])", "", cell.strip())
