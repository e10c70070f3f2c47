"""Rows of a tabbed table whose cells run over several lines, as Word's tables come out when pasted into a text.

The head line says how many tabs a row has; lines are taken together until a row has them all:

    序号 <tab> 工作任务 <tab> 责任单位 <tab> 完成时限
    一、经济发展
    1 <tab> 新增就业5万人；
    失业率低于4.5%。 <tab> 市人社局
    市民政局 <tab> 12月底前
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST_HEAD = 14
"""Characters in a cell of the head line."""
_FEWEST = 3
"""Tabs: narrower tables are hardly told from rosters."""
_LINES_OF_A_ROW = 40
_SECTION = re.compile(r"\s*(?:第?[一二三四五六七八九十]{1,3}[、章节 ]|[（(][一二三四五六七八九十]{1,3}[）)]).{1,60}")


def find_rows(strings: Sequence[str], first: int) -> list[tuple[int, int]]:
    """(first line, last line) of each row of the table whose head stands on line `first`; none where there is none.

    A line without tabs between two rows is a section row (一、经济发展) or the rest of the row's last cell.
    """
    width = _width(strings[first])
    if not width:
        return []
    rows = [(first, first)]
    n, full = first + 1, 0
    while n < len(strings):
        if "\t" not in strings[n] and _SECTION.fullmatch(strings[n]) and _begins_row(strings, n + 1, width):
            rows.append((n, n))
            n += 1
            continue
        last = _end_of_row(strings, n, width)
        if last is None:
            break
        rows.append((n, last))
        full += 1
        n = last + 1
    return rows if full > 1 else []


def _width(head: str) -> int:
    """Tabs of a row, 0 when `head` is no head line: a name in each cell, no sentence and no number."""
    cells = [cell.strip() for cell in head.split("\t")]
    if len(cells) <= _FEWEST or not all(cells) or len(set(cells)) < len(cells):
        return 0
    return len(cells) - 1 if all(len(c) <= _LONGEST_HEAD and not re.search(r"[\d。；：]", c) for c in cells) else 0


def _begins_row(strings: Sequence[str], n: int, width: int) -> bool:
    return n < len(strings) and _end_of_row(strings, n, width) is not None


def _end_of_row(strings: Sequence[str], n: int, width: int) -> int | None:
    """The line that gives the row on line `n` its last tab, and what its last cell still holds."""
    if "\t" not in strings[n]:
        return None
    tabs = 0
    for k in range(n, min(n + _LINES_OF_A_ROW, len(strings))):
        if not strings[k].strip() or (k > n and _is_numbered(strings[k])):
            return None
        tabs += strings[k].count("\t")
        if tabs > width:
            return None
        if tabs == width:
            return _last_cell(strings, k)
    return None


def _last_cell(strings: Sequence[str], k: int) -> int:
    """Lines without a tab go to the last cell when a numbered row follows them; behind the table they are text."""
    for n in range(k + 1, min(k + _LINES_OF_A_ROW, len(strings))):
        line = strings[n]
        if "\t" in line:
            return n - 1 if _is_numbered(line) else k
        if not line.strip() or _SECTION.fullmatch(line):
            return k
    return k


def _is_numbered(line: str) -> bool:
    """The next row begins: 2 <tab> 清理欠款。"""
    number, tab, _ = line.partition("\t")
    return bool(tab) and number.strip().isdigit()
