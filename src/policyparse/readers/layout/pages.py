"""One page laid out: its tables, its lines in reading order, and the margins of its text."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import Page, Run
from .columns import bands
from .lines import Line, lines_of
from .overprint import page_numbers
from .tables import Table, fill, is_table


@dataclass(slots=True)
class Frame:
    """Where the text of a page (or column) begins and ends, and how it is set."""

    left: float
    right: float
    size: float
    pitch: float
    """Distance from line to line."""
    centre: float
    """Of the page or column."""


@dataclass(slots=True)
class Laid:
    """A page, or a column of one: lines and tables from top to bottom."""

    page: Page
    items: list[Line | Table] = field(default_factory=list)
    frame: Frame | None = None
    column: bool = False
    """One of the columns of a page; lines over both columns are no column."""

    @property
    def lines(self) -> list[Line]:
        """The lines outside tables."""
        return [i for i in self.items if isinstance(i, Line)]

    @property
    def left(self) -> float:
        """Where its text begins."""
        return min((line.x0 for line in self.lines if not line.aside), default=0.0)


def lay_out(page: Page) -> list[Laid]:
    """Put the runs of a page in order."""
    runs = page.runs
    tables: list[Table] = []
    numbers = page_numbers(page) if page.grids else []
    if numbers:
        runs = [r for r in runs if r not in numbers]
    for grid in sorted(page.grids, key=lambda g: (g.y0, g.x0)):
        if is_table(grid):
            table, runs = fill(grid, runs, page.number)
            tables.append(table)
    groups = bands(runs, page.width) if not tables else None
    if groups:
        return [_column(page, group) for group in groups]
    items: list[Line | Table] = list(lines_of([*runs, *numbers], page.number))
    for table in tables:
        middle = (table.grid.y0 + table.grid.y1) / 2
        at = next((n for n, i in enumerate(items) if _top(i) > middle), len(items))
        items.insert(at, table)
    return [Laid(page, items)]


def _column(page: Page, runs: list[Run]) -> Laid:
    middle = page.width / 2
    over = any(r.x0 < middle < r.x1 and r.x1 - r.x0 > 2 * r.size for r in runs)  # a page number stands in the gutter
    return Laid(page, list(lines_of(runs, page.number)), column=not over)


def _top(item: Line | Table) -> float:
    return item.centre if isinstance(item, Line) else (item.grid.y0 + item.grid.y1) / 2
