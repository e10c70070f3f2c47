"""Tables that go on over the page become one: repeated header set aside, cut rows and merged cells mended.

A table at the end of a page and one with the same columns at the top of the next are one, as the writer sees it. A row
that the page cuts in two is told by its cells: those with text on the second page go on where the first page's cells
are full to the last line. A cell merged over rows is empty on the next page.
"""

from __future__ import annotations

import re
from itertools import groupby

from . import Grid
from .tables import Table, TableCell, is_full, seam

_SAME = 4.0
"""Points by which the columns of two pages may differ."""
_FINAL = "。！？；!?;"
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[.．、](?!\d)|[①-⑳])"
)

_TALLEST = 60
"""Rows of a page."""
_HEADER_CELLS = 200

Row = list[TableCell]
Bottom = dict[tuple[int, int], TableCell]


def joined(first: Table, second: Table) -> bool:
    """Add `second` to `first` when it is the same table on the next page."""
    if second.page != first.last_page + 1 or not _same_columns(first, second):
        return False
    rows = _rows(second.cells)
    repeated = _repeated(first, rows)
    first.set_aside += [line for row in rows[:repeated] for cell in row for line in cell.lines]
    body = rows[repeated:]
    height, bottom = first.height, _bottom(first)
    if body and _cut_in_two(bottom, body[0]):
        _mend(bottom, body[0])
        body = body[1:]
    if body:
        _append(first, bottom, body, height)
    first.last_page = second.page
    return True


def _rows(cells: list[TableCell]) -> list[Row]:
    return [list(row) for _, row in groupby(cells, key=lambda c: c.row)]


def _bottom(table: Table) -> Bottom:
    """The cells that reach the end of the last row, by column and width. Looks at the last page only."""
    found: Bottom = {}
    for cell in reversed(table.cells):
        if cell.row + cell.rowspan >= table.height:
            found.setdefault((cell.column, cell.colspan), cell)
        if cell.row < table.height - _TALLEST:
            break
    for cell in table.tall:
        if cell.row + cell.rowspan >= table.height:
            found.setdefault((cell.column, cell.colspan), cell)
    return found


def _same_columns(first: Table, second: Table) -> bool:
    a, b = _columns(first.grid), _columns(second.grid)
    return len(a) == len(b) and all(abs(x - y) <= _SAME for x, y in zip(a, b, strict=True))


def _columns(grid: Grid) -> list[float]:
    found = {cell.column: cell.x0 for cell in grid.cells}
    return [*(found[column] for column in sorted(found)), grid.x1]


def _text(cell: TableCell) -> str:
    return "".join("".join(line.text.split()) for line in cell.lines)


def _repeated(first: Table, lower: list[Row]) -> int:
    """How many rows at the top of the second page repeat those of the table's top."""
    upper = _rows(first.cells[:_HEADER_CELLS])
    count = 0
    for a, b in zip(upper[:-1], lower[:-1], strict=False):
        texts = [_text(c) for c in b]
        if texts != [_text(c) for c in a] or not any(texts):
            break
        count += 1
    return count


def _cut_in_two(bottom: Bottom, row: Row) -> bool:
    """Is `row` the rest of the last row of the page before?"""
    pairs = [(bottom.get((cell.column, cell.colspan)), cell) for cell in row]
    if any(a is None and b.lines for a, b in pairs):
        return False
    known = [(a, b) for a, b in pairs if a is not None]
    going_on = [(a, b) for a, b in known if b.lines]
    ended = [a for a, b in known if a.lines and not b.lines]
    items = [(a, b) for a, b in going_on if _BEGINS.match(b.lines[0].text)]
    if (
        items
    ):  # （2）… may go on in a row whose other cells are cut in mid-sentence, under a number that is not repeated
        going_on = [pair for pair in going_on if pair not in items]
        first, below = known[0]
        if not going_on or below.lines or not first.lines:
            return False
    if not going_on:
        return False
    if (ended or len(going_on) > 1) and all(_goes_on(a, b) for a, b in going_on):
        return True
    first, below = known[0]  # a number without a row of its own: 10 | … over nothing | …
    alone = first.lines and not below.lines and first.rowspan == below.rowspan == 1
    return bool(alone) and 3 * len(going_on) <= len(row) and all(a.lines for a, _ in going_on)


def _goes_on(a: TableCell, b: TableCell) -> bool:
    """Does the text of `a` stop in mid-sentence at the end of a full line?"""
    return bool(a.lines) and a.lines[-1].text.rstrip()[-1:] not in _FINAL and is_full(a.box, a.lines[-1], b.lines[0])


def _mend(bottom: Bottom, row: Row) -> None:
    """Put the cells of `row` to the ends of those above."""
    for cell in row:
        above = bottom.get((cell.column, cell.colspan))
        if above is None:
            continue
        if cell.lines:
            if above.lines:
                above.joins.append(seam(above.lines[-1].text, cell.lines[0].text) if _goes_on(above, cell) else "\n")
            above.joins += cell.joins
            above.lines += cell.lines
        above.rowspan += cell.rowspan - 1


def _append(first: Table, bottom: Bottom, body: list[Row], height: int) -> None:
    """The rows of the second page below those of the first; merged cells that go on are made longer."""
    top = body[0][0].row
    for n, row in enumerate(body):
        leading = n == 0
        for cell in row:
            above = bottom.get((cell.column, cell.colspan)) if leading and not cell.lines else None
            if above is not None and above.lines and max(above.rowspan, cell.rowspan) > 1:
                above.rowspan += cell.rowspan
                first.tall.append(above)
                continue
            leading = False
            cell.row += height - top
            first.cells.append(cell)
            first.height = max(first.height, cell.row + cell.rowspan)
    first.tall = [c for c in first.tall if c.row + c.rowspan >= first.height]
