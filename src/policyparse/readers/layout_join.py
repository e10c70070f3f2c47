"""Tables that go on over the page become one: repeated header set aside, cut rows and merged cells mended.

A table at the end of a page and one with the same columns at the top of the next are one, as the writer sees it. A row
that the page cuts in two is told by its cells: those with text on the second page go on where the first page's cells
are full to the last line. A cell merged over rows is empty on the next page.
"""

from __future__ import annotations

import re
from itertools import groupby

from .layout_tables import Table, TableCell, is_full, seam

_SAME = 4.0
"""Points by which the columns of two pages may differ."""
_FINAL = "。！？；!?;"
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[.．、](?!\d)|[①-⑳])"
)

Row = list[TableCell]


def joined(first: Table, second: Table) -> bool:
    """Add `second` to `first` when it is the same table on the next page."""
    if second.page != first.last_page + 1 or not _same_columns(first, second):
        return False
    upper, lower = _rows(first), _rows(second)
    repeated = _repeated(first, upper, lower)
    first.set_aside += [line for row in lower[:repeated] for cell in row for line in cell.lines]
    body = lower[repeated:]
    if body and _cut_in_two(first, upper, body[0]):
        _mend(first, upper, body[0])
        body = body[1:]
    if body:
        _append(first, upper, body)
    first.last_page = second.page
    return True


def _rows(table: Table) -> list[Row]:
    return [list(row) for _, row in groupby(table.cells, key=lambda c: c.row)]


def _same_columns(first: Table, second: Table) -> bool:
    a, b = _columns(first), _columns(second)
    return len(a) == len(b) and all(abs(x - y) <= _SAME for x, y in zip(a, b, strict=True))


def _columns(table: Table) -> list[float]:
    found = {cell.column: cell.box.x0 for cell in table.cells}
    return [found[column] for column in sorted(found)] + [table.grid.x1]


def _text(cell: TableCell) -> str:
    return "".join("".join(line.text.split()) for line in cell.lines)


def _repeated(first: Table, upper: list[Row], lower: list[Row]) -> int:
    """How many rows at the top of the second page repeat those of the table's top."""
    count = 0
    for a, b in zip(upper[: len(upper) - 1], lower[: len(lower) - 1], strict=False):
        texts = [_text(c) for c in b]
        if texts != [_text(c) for c in a] or not any(texts):
            break
        count += 1
    return count


def _above(upper: list[Row], cell: TableCell) -> TableCell | None:
    """The cell of the first page that `cell` stands below."""
    last = max(c.row + c.rowspan for row in upper for c in row)
    for row in reversed(upper):
        for c in row:
            if c.row + c.rowspan >= last and c.column == cell.column and c.colspan == cell.colspan:
                return c
        if row[0].row < last - 50:
            break
    return None


def _cut_in_two(first: Table, upper: list[Row], row: Row) -> bool:
    """Is `row` the rest of the last row of the page before?"""
    pairs = [(_above(upper, cell), cell) for cell in row]
    going_on = [(a, b) for a, b in pairs if b.lines]
    if not going_on or any(a is None for a, _ in pairs):
        return False
    ended = [a for a, b in pairs if not b.lines and a is not None and a.lines]
    return (bool(ended) or len(going_on) > 1) and all(a is not None and _goes_on(a, b) for a, b in going_on)


def _goes_on(a: TableCell, b: TableCell) -> bool:
    """Does the text of `a` stop in mid-sentence at the end of a full line?"""
    if not a.lines or a.lines[-1].text.rstrip()[-1:] in _FINAL or _BEGINS.match(b.lines[0].text):
        return False
    return is_full(a.box, a.lines[-1], b.lines[0])


def _mend(first: Table, upper: list[Row], row: Row) -> None:
    for cell in row:
        above = _above(upper, cell)
        if above is not None and cell.lines:
            above.joins += [seam(above.lines[-1].text, cell.lines[0].text), *cell.joins]
            above.lines += cell.lines


def _append(first: Table, upper: list[Row], body: list[Row]) -> None:
    """The rows of the second page below those of the first; merged cells that go on are made longer."""
    height = max(c.row + c.rowspan for c in first.cells)
    top = body[0][0].row
    for n, row in enumerate(body):
        leading = n == 0
        for cell in row:
            above = _above(upper, cell) if leading and not cell.lines else None
            if above is not None and above.lines and max(above.rowspan, cell.rowspan) > 1:
                above.rowspan += cell.rowspan
                continue
            leading = False
            cell.row += height - top
            first.cells.append(cell)
