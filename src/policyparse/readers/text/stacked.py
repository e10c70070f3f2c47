"""Task tables saved with each cell on a line of its own: 序号 ⏎ 工作任务 ⏎ 责任单位 ⏎ 1 ⏎ 清理垃圾 ⏎ 各村.

A cell that was wrapped, or that names several bodies, takes several lines. Then a row has more lines than the header
has names, and what the columns hold (bodies, persons, days) tells which lines belong together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ...numerals import to_int
from ...source import RawCell

_Cells = list[tuple[int, RawCell]]
_Lines = list[int]
NUMBER = re.compile(r"[（(]?(\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?[.．、]?")
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]\S")
_MOST_HEADINGS = 36
MOST_WRAPPED = 6
"""A row has so many lines more than columns, at most."""
_LONG_LINE = 12
"""Characters from which on a line of a text may have been wrapped."""
FEWEST = 4
"""A table of fewer columns leaves no cell blank."""
_REMARK = re.compile("(?:备?注|说明)[：:]")
_PAGE = re.compile(r"[-—–]{1,2}\s?\d{1,3}\s?[-—–]{1,2}")
_GROUP = re.compile("(?:类别|分类|大类|领域|板块|方面|类型|维度)$")
"""任务类别, 重点领域: a column of groups, whose cells span several rows."""
_PAGE_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff）])\s*[—–]{1,2}\s?\d{1,3}\s?[—–]{1,2}\s*\Z")
"""市财政局— 6 —."""
_UNITS = re.compile(r"责任|牵头|配合|主办|协办|承办|负责|落实|单位|部门")
_PERSON = re.compile(r"(?:领导|人|人员)$")
_DUE = re.compile(r"时限|时间|期限|日期|节点")
_BODY = re.compile(
    r"[\u4e00-\u9fff、，（）() ]{2,60}"
    r"(?:[局办委部厅院会处科室站所府镇乡村区县市州道位门司校行企队团社组体心]|[）)])$|[-—－无/]{1,3}$"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,8}(?:[、 \u3000][\u4e00-\u9fff·]{1,8}){0,4}$")
_DAY = re.compile(r"[年月日前底季旬周]|长期|持续|常年|立行|全年|\d{4}[-./]\d|[-—－]$")
_UNLIKELY, _UNUSUAL, _CUT, _USUAL = 20, 8, 3, 2
_BLANK = (
    (0, re.compile("备注|说明|注$")),
    (1, re.compile("配合|协办|协助|参[与加]|监督|督导")),
    (_CUT, re.compile("牵头|主办")),
)
"""How little the columns are left blank."""
_PROSE = re.compile("[0-9。；]")


def stacked(
    strings: Sequence[str], starts: Sequence[int], first: int, is_header: Callable[[list[str]], bool]
) -> tuple[_Cells, int] | None:
    """The table whose header begins on line `first`, with the number of the line after it."""
    head: _Lines = []
    for n in range(first, min(first + _MOST_HEADINGS, len(strings))):
        if strings[n].strip():
            if head and (is_number(strings[n], 1) or _SECTION.match(strings[n].strip())):
                break
            head.append(n)
    names = [strings[n].strip() for n in head]
    if not is_header(names):
        return None
    found = list(_row(strings, starts, [[n] for n in head], 0))
    group = next((i for i, name in enumerate(names) if i and _GROUP.search(name)), 0)
    row, number, n = 1, 1, head[-1] + 1
    while (lines := _next_row(strings, n, len(head), number, grouped=group > 0 and row > 1)) is not None:
        edges = (
            None if len(lines) == 1 else by_column([strings[n].strip() for n in lines], names, group if row > 1 else 0)
        )
        if len(lines) > 1 and edges is None:
            break
        cells = [lines[a:b] for a, b in edges] if edges else [lines]
        found += _row(strings, starts, cells, row)
        if len(lines) > 1:
            number = (to_int(digits(strings[lines[0]])) or number) + 1
        row, n = row + 1, lines[-1] + 1
    return (_spanned(found, group, row) if group else found, n) if number > 2 else None


def _spanned(found: _Cells, group: int, rows: int) -> _Cells:
    """The cells of the column `group` go down to the next one or to a section: a copy loses that they were merged."""
    named = {cell.row for _, cell in found if cell.column == group}
    numbered = {cell.row for _, cell in found if cell.column > group}
    stops = [row for row in range(1, rows + 1) if row in named or row not in numbered]
    return [
        (line, cell._replace(rowspan=stops[bisect_right(stops, cell.row)] - cell.row) if _heads(cell, group) else cell)
        for line, cell in found
    ]


def _heads(cell: RawCell, group: int) -> bool:
    return cell.column == group and cell.row > 0


def _text(strings: Sequence[str], n: int) -> str:
    """Line `n` without blanks around it, nothing where it is a page number between the cells."""
    text = strings[n].strip()
    return "" if text[:1] in "-—–" and _PAGE.fullmatch(text) else text


def is_number(text: str, expected: int) -> bool:
    """Whether the cell numbers the row `expected`, or the first row of a new section."""
    m = NUMBER.fullmatch(text.strip())
    return m is not None and to_int(m[1]) in (expected, 1)


def digits(text: str) -> str:
    """The number of a row without brackets and point."""
    m = NUMBER.fullmatch(text.strip())
    return m[1] if m else ""


def _next_row(strings: Sequence[str], n: int, width: int, number: int, *, grouped: bool) -> _Lines | None:
    """The lines of the row that begins at line `n` or after blank ones; a section's name is a row of one line.

    `grouped`: the name of a group of rows stands at the first of them only, so that a cell may be missing.
    """
    cells: _Lines = []
    while n < len(strings) and len(cells) < width:
        text = _text(strings, n)
        if text:
            if not cells and not is_number(text, number):
                return [n] if _section(strings, n, number) else None
            if cells and is_number(text, number + 1) and text.isdigit():
                missing = width - len(cells) - grouped  # besides the name of the group
                one = missing == 1 and width - grouped >= FEWEST and _text_below(strings, n) != text
                return cells if one or (grouped and not missing) else None
            if width - len(cells) == 1 + grouped and width - grouped >= FEWEST and _section(strings, n, number + 1):
                return cells
            cells.append(n)
        n += 1
    if grouped and len(cells) == width and strings[cells[-1]].rstrip()[-1:] in "：:。":
        return cells[:-1]  # 说明：, below the last row
    if width >= FEWEST and len(cells) == width and _REMARK.match(strings[cells[-1]].strip()):
        return cells[:-1]
    if (grouped or width >= FEWEST) and len(cells) == width - 1:
        return cells
    return _with_wrapped(strings, cells, number) if len(cells) == width else None


def _with_wrapped(strings: Sequence[str], cells: _Lines, number: int) -> _Lines:
    """The lines up to the next row, where it begins a few lines after this one has as many as there are columns."""
    number = to_int(digits(strings[cells[0]])) or number
    more: _Lines = []
    for n in range(cells[-1] + 1, min(cells[-1] + 1 + 2 * MOST_WRAPPED, len(strings))):
        if text := _text(strings, n):
            opens = text.isdigit() and int(text) == number + 1
            if opens or _section(strings, n, number + 1):
                return [*cells, *more]
            if len(more) == MOST_WRAPPED:
                break
            more.append(n)
    return cells


def _section(strings: Sequence[str], n: int, number: int) -> bool:
    """二、运用 on line `n`, above the row `number`."""
    return _SECTION.match(strings[n].strip()) is not None and is_number(_text_below(strings, n), number)


def _text_below(strings: Sequence[str], n: int) -> str:
    """The text of the next line below `n` that is not blank."""
    n += 1
    while n < len(strings) and not _text(strings, n):
        n += 1
    return strings[n] if n < len(strings) else ""


def by_column(texts: list[str], names: list[str], group: int) -> list[tuple[int, int]] | None:
    """Which of the texts of a row make each cell: one each, or as the columns' kinds suggest; None where they fit not.

    The cell of the column `group` may be missing; any but the first two, where there are fewer texts than columns.
    """
    width, spare = len(names), max(len(texts) - len(names), 0)
    few = len(texts) < width - bool(group)
    if len(texts) == width and not group:
        return [(n, n + 1) for n in range(width)]
    best: list[list[tuple[int, tuple[int, ...]] | None]] = [[None] * (len(texts) + 1) for _ in range(width + 1)]
    best[0][0] = (0, ())
    for column, name in enumerate(names):
        least = 0 if (group and column == group) or (few and column > 1) else 1
        for start, before in enumerate(best[column]):
            if before is None:
                continue
            for end in range(start + least, min(start + spare + 2 + bool(group), len(texts)) + 1):
                cost = before[0] + _cost(texts[start:end], name, first=column == 0)
                if column == group and group:
                    cost += _USUAL if end == start else _UNUSUAL * (len("".join(texts[start:end])) > _LONG_LINE)
                elif end == start:
                    cost += next((c for c, words in _BLANK if words.search(name)), _USUAL)
                known = best[column + 1][end]
                if known is None or cost < known[0]:
                    best[column + 1][end] = (cost, (*before[1], end))
    chosen = best[width][len(texts)]
    if chosen is None or chosen[0] >= (_UNUSUAL if few else _UNLIKELY):
        return None
    return list(pairwise((0, *chosen[1])))


def _cost(cell: list[str], name: str, *, first: bool) -> int:
    """How little these lines are one cell of the column `name`."""
    more = len(cell) - 1
    if more < 0:
        return 0
    if first:
        return _UNLIKELY * more
    if _DUE.search(name):
        return (0 if _DAY.search("".join(cell)) else _UNUSUAL) + 5 * more
    if _UNITS.search(name):
        if _PERSON.search(name):
            return sum(_UNUSUAL for x in cell if not _NAME.match(x) or _BODY.match(x)) + 5 * more
        lead = "牵头" in name or "主办" in name  # the one that names several is rather 配合单位
        cut = sum(_CUT for x in cell[:-1] if not _BODY.match(x) and x[-1] not in "、，")
        cut += sum(_UNUSUAL for x in cell[:-1] if _PROSE.search(x))
        return (0 if _BODY.match(cell[-1]) else _UNUSUAL) + (4 if lead else _USUAL) * more + cut
    cost = sum(
        _USUAL if a[-1] in "，、" or (len(a) >= _LONG_LINE and a[-1] not in "。；") else _UNUSUAL for a in cell[:-1]
    )
    return cost + sum(_UNUSUAL for x in cell if len(x) <= 20 and _BODY.match(x)) // (1 if more else 2)


def _row(strings: Sequence[str], starts: Sequence[int], cells: list[_Lines], row: int) -> Iterator[tuple[int, RawCell]]:
    for column, lines in enumerate(cells):
        if not lines:
            continue
        first, last = strings[lines[0]], strings[lines[-1]]
        if last.rstrip()[-1:] in "—–" and (mark := _PAGE_BEHIND.search(last)):
            last = last[: mark.start()]
        a = starts[lines[0]] + len(first) - len(first.lstrip())
        yield lines[0], RawCell(a, starts[lines[-1]] + len(last.rstrip()), row, column, header=row == 0)
