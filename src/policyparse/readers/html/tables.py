"""What a <table> of a page is: layout (dissolved), disclosure metadata, or a table of the document."""

from __future__ import annotations

from itertools import pairwise

from .. import chrome
from .items import Cell, Grid, Node, Paragraph, Part

_WIDEST = 256
"""Columns beyond this one are not tracked over rows: no table of a document is that wide."""


def arrange(cells: list[Cell], node: Node, nested: bool) -> list[Part]:
    """The parts that a table comes to: its own paragraphs, metadata lines, or a Grid."""
    rows = _rows(cells)
    if nested or not rows:
        return _dissolved(cells)
    meta = _disclosure(rows, node)
    if meta is not None:
        return meta
    captions, rows = _leading_captions(rows)
    if not _is_data(rows):
        return _dissolved(cells)
    place(rows)
    return [*_dissolved(captions), Grid(node, rows)]


def _rows(cells: list[Cell]) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [row for row in rows.values() if any(c.parts for c in row) or len(row) > 1]


def _dissolved(cells: list[Cell]) -> list[Part]:
    return [p for c in cells for p in c.parts]


def _leading_captions(rows: list[list[Cell]]) -> tuple[list[Cell], list[list[Cell]]]:
    """附件2 / 任务分工表: full-width rows above the column names are paragraphs before the table."""
    n = 0
    while n < len(rows) and len(rows[n]) == 1 and rows[n][0].rowspan == 1 and any(len(r) > 1 for r in rows[n + 1 :]):
        n += 1
    return [c for row in rows[:n] for c in row], rows[n:]


def _is_data(rows: list[list[Cell]]) -> bool:
    """Two rows of two columns with text; a page layout has one cell that holds nearly everything."""
    full = sum(1 for row in rows if sum(bool(c.parts) for c in row) > 1)
    if len(rows) < 2 or not full or sum(len(row) > 1 for row in rows) < 2:
        return False
    sizes = [(len(c.text), len(c.parts)) for row in rows for c in row]
    most, parts = max(sizes)
    return not (most > 1500 and parts > 8 and most * 10 > 7 * sum(s for s, _ in sizes))


def place(rows: list[list[Cell]]) -> None:
    """Number the rows and give each cell its column, past the cells that reach down from rows above."""
    reaching: dict[int, int] = {}  # column -> rows still covered
    for n, row in enumerate(rows):
        column, below = 0, {c: left - 1 for c, left in reaching.items() if left > 1}
        for cell in row:
            while reaching.get(column, 0) > 0:
                column += 1
            cell.row, cell.column = n, column
            cell.rowspan = min(cell.rowspan, len(rows) - n)
            if cell.rowspan > 1 and column < _WIDEST:
                below.update((column + k, cell.rowspan - 1) for k in range(cell.colspan))
            column += cell.colspan
        reaching = below


def _disclosure(rows: list[list[Cell]], node: Node) -> list[Part] | None:
    """Metadata lines of a 政府信息公开 table (label cell, value cell); None for any other table.

    A header row (标题 | 文号 | 发文机关) is no such table: its labels stand side by side, without a colon.
    """
    texts = [[(c.text, chrome.is_label(c.text)) for c in row] for row in rows]
    labels = [(t, i) for row in texts for i, (t, flag) in enumerate(row) if flag]
    whole = [t for row in texts for t, flag in row if not flag and chrome.label_of(t)]
    if any(a[1] and b[1] and a[0][-1] not in "：:" for row in texts for a, b in pairwise(row)):
        return None
    cells = sum(len(row) for row in texts)
    strong = sum(not chrome.is_weak(chrome.bare(t)) for t, _ in labels) + len(whole)
    if not strong or (len(labels) + len(whole) < 2 and cells > 4):
        return None
    if len(labels) * 10 < 3 * cells and len(whole) * 10 < 6 * sum(bool(t) for row in texts for t, _ in row):
        return None
    return [p for row in rows for p in _pairs(row, node)]


def _pairs(row: list[Cell], node: Node) -> list[Part]:
    found: list[Part] = []
    n = 0
    while n < len(row):
        text = row[n].text
        if chrome.is_label(text):
            if text[-1] in "：:" and n + 1 < len(row) and chrome.label_of(row[n + 1].text):
                n += 1  # 生效时间： | 废止时间：
                continue
            value = row[n + 1].text if n + 1 < len(row) else ""
            found.append(Paragraph(f"{chrome.bare(text)}：{value}", node, kind="meta"))
            n += 2
            continue
        if chrome.label_of(text):
            found.extend(
                Paragraph(text[p.start : p.end].strip(" "), node, kind="meta" if p.meta else "boilerplate")
                for p in chrome.pieces(text)
            )
        elif text:
            found.extend(row[n].parts)
        n += 1
    return found
