"""A sheet as paragraphs and tables: title rows above the grid, notes under it, several grids between blank rows."""

from __future__ import annotations

import re
from bisect import bisect_right

from ...limits import Budget
from .sheet import GridCell, Line, Merge, Part, Sheet, SheetCell, SheetTable

# 填报单位：某局, 联系电话：…, 单位：万元, 2024年6月30日, （盖章）
_LABELLED = re.compile(r"[（(]?[^\s：:][^：:\n。]{0,15}[：:]")
_DATED = re.compile(
    r"[（(]?(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}(?:\s*[月./-](?:\s*\d{1,2}\s*日?)?)?[）)]?|[（(][^（()）]{1,12}[）)]"
)
_TITLED = re.compile(r"[^：:。]{3,60}(?:表|清单|台账|汇总|方案|名单|计划|目录|情况)(?:[（(].{1,20}[）)])?")
_NOTE = re.compile(
    r"[（(]?(?:备\s*注|附?\s*注|说\s*明|填\s*[表报]\s*说\s*明|注\s*释|注\s*意)\s*(?:[：:]|\d|[一二三四五六七八九十]、)|[*※★●]"
)
_SIGNED = re.compile(r"(?:填[表报]|制表|审[核批]|复核|联系|经办|负责|报送|单位|主管|盖章|日期|时间|电话)")
_SECTION = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[）)])")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})?[.、]?")
_MOST_LABELS, _MOST_LABEL_ROWS = 6, 3
"""In a row above the grid, and rows of them."""
_LONG = 40
"""Characters of a lone cell under the grid that make it a note."""
_WIDEST = 100
"""Rows of a wider table are not filled up with empty cells."""
_WORK = 50
"""Places that merged ranges may cover, as a multiple of the cells."""


def parts_of(sheet: Sheet, budget: Budget) -> list[Part]:
    """The parts of the sheet, top to bottom."""
    layout = _Layout(sheet, budget)
    parts: list[Part] = []
    columns: tuple[int, ...] = ()
    for block in _blocks(sheet, layout):
        found = _block_parts(block, layout, columns)
        parts += found
        last = found[-1]
        columns = last.columns if isinstance(last, SheetTable) else ()
    return parts


class _Layout:
    """The text cells that show, and how far each reaches."""

    def __init__(self, sheet: Sheet, budget: Budget) -> None:
        self.framed = sheet.framed
        self.numbers = list(sheet.rows)
        self.reach: dict[tuple[int, int], Merge] = {}
        """By (row, column) of the first cell."""
        covered = self._cover(sheet, budget)
        self.rows: dict[int, list[SheetCell]] = {}
        self.below: dict[int, int] = {}
        """The last row that some cell of the row reaches."""
        for number, cells in sheet.rows.items():
            shown = [c for c in cells if (number, c.column) not in covered]
            if shown:
                self.rows[number] = shown
                self.below[number] = max(self.bottom(c) for c in shown)
        self.numbers = list(self.rows)

    def _cover(self, sheet: Sheet, budget: Budget) -> set[tuple[int, int]]:
        """Places with text that a merged range hides: what a program left under it is not shown."""
        work = _WORK * (sum(map(len, sheet.rows.values())) + 1_000)
        hidden: set[tuple[int, int]] = set()
        for n, merge in enumerate(sheet.merges):
            if n % 1_000 == 0:
                budget.tick()
            self.reach[merge.top, merge.left] = merge
            first, last = bisect_right(self.numbers, merge.top - 1), bisect_right(self.numbers, merge.bottom)
            work -= last - first
            for number in self.numbers[first:last]:
                cells = sheet.rows[number]
                work -= len(cells)
                if work < 0:
                    return hidden
                hidden.update((number, c.column) for c in cells if merge.left <= c.column <= merge.right)
            hidden.discard((merge.top, merge.left))
        return hidden

    def bottom(self, cell: SheetCell) -> int:
        """The last row that the cell covers."""
        merge = self.reach.get((cell.row, cell.column))
        return merge.bottom if merge else cell.row

    def right(self, cell: SheetCell) -> int:
        """The last column that the cell covers."""
        merge = self.reach.get((cell.row, cell.column))
        return merge.right if merge else cell.column

    def is_one_row(self, cell: SheetCell, following: int | None) -> bool:
        """It does not stand beside cells of the next row."""
        return following is None or self.bottom(cell) < following


def _blocks(sheet: Sheet, layout: _Layout) -> list[list[int]]:
    """Row numbers in groups: between two groups lies a row without text, border or merged cell."""
    groups: list[list[int]] = []
    reach = -1
    for number in layout.numbers:
        if groups and (number <= max(groups[-1][-1], reach) + 1 or _all_framed(layout, groups[-1][-1], number)):
            groups[-1].append(number)
        else:
            groups.append([number])
        reach = max(reach, layout.below[number])
    return groups


def _all_framed(layout: _Layout, above: int, below: int) -> bool:
    """Empty rows of a form, with borders, divide nothing."""
    return below - above - 1 <= len(layout.framed) and all(n in layout.framed for n in range(above + 1, below))


def _block_parts(block: list[int], layout: _Layout, columns: tuple[int, ...]) -> list[Part]:
    rows = [layout.rows[n] for n in block]
    if not any(len(row) > 1 for row in rows):
        return [line for row in rows for line in _lines(row)]
    first = _head(rows, layout)
    if first and _goes_on(rows, first, columns):
        first = 0
    last = _tail(rows, layout, first)
    core = rows[first:last]
    before = columns if not first and _fits(core, columns) else ()
    if len(core) < 2 and not before:  # one row of cells is no table
        middle: list[Part] = [line for row in core for line in _lines(row)]
    else:
        middle = [_table(core, layout, before)]
    above = [line for row in rows[:first] for line in _lines(row)]
    return [*above, *middle, *(line for row in rows[last:] for line in _lines(row))]


def _fits(rows: list[list[SheetCell]], columns: tuple[int, ...]) -> bool:
    """Below an empty row, the table above goes on: the same columns, one of which may have no text here."""
    used = {c.column for row in rows for c in row}
    return bool(columns) and len(set(columns) - used) <= 1 and used <= set(columns)


def _goes_on(rows: list[list[SheetCell]], first: int, columns: tuple[int, ...]) -> bool:
    """二、… in a row of its own, then rows that begin with a number: the next section of the table above."""
    lone = all(len(row) == 1 and _SECTION.match(row[0].text) for row in rows[:first])
    return lone and _fits(rows[first:], columns) and bool(_NUMBER.fullmatch(rows[first][0].text.strip()))


# ---- what stands above and below the grid


def _head(rows: list[list[SheetCell]], layout: _Layout) -> int:
    """Number of rows above the grid: lone cells (title, 附件1), and rows of labels (填报单位：… 填报时间：…)."""
    wide = [n for n, row in enumerate(rows) if len(row) > 1]
    width, labelled, n = _width(rows), 0, 0
    while n < wide[-1]:
        row, following = rows[n], rows[n + 1][0].row
        if not all(layout.is_one_row(c, following) for c in row):
            break
        if len(row) > 1:
            labelled += 1
            if labelled > _MOST_LABEL_ROWS:  # a form: labels beside values all the way down
                return wide[0]
            if not _is_labels(row, width) or len(wide) - labelled < 2:
                break
        n += 1
    return n


def _tail(rows: list[list[SheetCell]], layout: _Layout, first: int) -> int:
    """Number of the row after the grid: what follows are notes (备注：…), and who filled the sheet in."""
    width = _width(rows)
    reach = [0] * len(rows)
    for n in range(1, len(rows)):
        reach[n] = max(reach[n - 1], layout.below[rows[n - 1][0].row])
    at = len(rows)
    while at > first + 2 and reach[at - 1] < rows[at - 1][0].row and _is_loose(rows[at - 1], width):
        at -= 1
    for n in range(at, len(rows)):
        if _is_note(rows[n], layout, rows[first], width):
            return n
    return len(rows)


def _is_loose(row: list[SheetCell], width: int) -> bool:
    return len(row) == 1 or (_is_labels(row, width) and any(_SIGNED.match(c.text.strip("（( ")) for c in row))


def _is_note(row: list[SheetCell], layout: _Layout, header: list[SheetCell], width: int) -> bool:
    """A lone cell over the whole width, one that says 备注：, a long one, or one without the borders of the grid."""
    first = row[0]
    text = first.text.strip()
    if len(row) > 1 or _NOTE.match(text):
        return True
    left, right = header[0].column, max(layout.right(c) for c in header)
    if first.column <= left and layout.right(first) >= right > left:
        return True
    framed = any(c.framed for c in header)
    return first.column == left and ((framed and not first.framed) or len(text) > _LONG)


def _is_labels(row: list[SheetCell], width: int) -> bool:
    """Every cell is a label with its value, a label before its value, or a date; fewer cells than the grid has.

    Before them there may be a title (任务分解表 | 单位：万元).
    """
    if len(row) > _MOST_LABELS or len(row) >= width:
        return False
    labelled, waiting = 0, False
    if _TITLED.fullmatch(row[0].text.strip()):
        row = row[1:]
    for cell in row:
        text = cell.text.strip()
        if _LABELLED.match(text):
            labelled += 1
            waiting = text[-1] in "：:"
        elif _DATED.fullmatch(text) or waiting:
            waiting = False
        else:
            return False
    return labelled > 0 or all(_DATED.fullmatch(c.text.strip()) for c in row)


def _width(rows: list[list[SheetCell]]) -> int:
    return max(len(row) for row in rows)


def _lines(row: list[SheetCell]) -> list[Part]:
    """A row beside the grid as paragraphs: 填报单位： | 某局 is one, other cells are one each."""
    found: list[Part] = []
    waiting: SheetCell | None = None
    for cell in row:
        text = cell.text.strip()
        if waiting is not None and not _LABELLED.match(text):
            found.append(Line((waiting, cell)))
            waiting = None
            continue
        if waiting is not None:
            found.append(Line((waiting,)))
        waiting = cell if len(row) > 1 and text[-1] in "：:" else None
        if waiting is None:
            found.append(Line((cell,), cell.align if cell.align != "left" else None))
    if waiting is not None:
        found.append(Line((waiting,)))
    return found


# ---- the grid


def _table(rows: list[list[SheetCell]], layout: _Layout, before: tuple[int, ...]) -> SheetTable:
    """Rows and columns in which no text begins are left out: they only give merged cells their width."""
    columns = sorted({c.column for row in rows for c in row})
    columns = list(before) or columns
    lines = [row[0].row for row in rows]
    at = {column: n for n, column in enumerate(columns)}
    taken: set[tuple[int, int]] = set()
    work = _WORK * (sum(map(len, rows)) + 1_000)
    found: list[tuple[GridCell, ...]] = []
    for n, row in enumerate(rows):
        cells: dict[int, GridCell] = {}
        for c in row:
            left = at[c.column]
            colspan = bisect_right(columns, layout.right(c)) - left
            rowspan = bisect_right(lines, layout.bottom(c)) - n
            if 1 < colspan * rowspan <= work:
                work -= colspan * rowspan
                taken.update((r, k) for r in range(n, n + rowspan) for k in range(left, left + colspan))
            cells[left] = GridCell(n, left, rowspan, colspan, c)
        if len(columns) <= _WIDEST:
            for k in range(len(columns)):
                if k not in cells and (n, k) not in taken:
                    cells[k] = GridCell(n, k, 1, 1, None)
        found.append(tuple(cells[k] for k in sorted(cells)))
    return SheetTable(tuple(found), tuple(lines), tuple(columns))
