"""Attachments that a table lists: 附件1 | 任务分解表.docx in each row, or 序号 | 附件名称 with files below."""

from __future__ import annotations

import regex

from ...outline import Doc
from ...squeeze import squeeze
from ...text import Cell, TextTable
from .notes import Entry
from .titles import FILE_ENDING, LABEL, arabic, title_of

_LABELLED = regex.compile(rf"\s*{LABEL}[\s：:.．、]*")
_HEADER = regex.compile(r"(?:附件|文件|材料|下载)?(?:名称|列表|附件|文件名)(?:下载)?|附件")
_FILE = regex.compile(rf".{{1,120}}{FILE_ENDING}", regex.IGNORECASE)
_MOST_ROWS = 60
_LONGEST = 120


def listed(doc: Doc) -> list[Entry]:
    """Entries of the tables every row of which names an attachment, headings of columns aside."""
    found: list[Entry] = []
    for table in doc.text.tables:
        rows = _rows(table)
        if rows and len(rows) <= _MOST_ROWS:
            found += _labelled(doc.text.string, rows) or _files(doc.text.string, rows)
    return found


def _rows(table: TextTable) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells[: 8 * _MOST_ROWS]:
        rows.setdefault(cell.row, []).append(cell)
    return [rows[n] for n in sorted(rows)]


def _labelled(string: str, rows: list[list[Cell]]) -> list[Entry]:
    """附件1 | 任务分解表: a label alone in the first cell, a title in the next one."""
    found: list[Entry] = []
    for row in rows:
        first = squeeze(string[row[0].start : row[0].end])
        label = _LABELLED.fullmatch(first) if len(first) < 12 else None
        title = _title(string, row[1]) if label and len(row) > 1 else None
        if label is None or title is None or (not label["no"] and len(rows) > 1):
            return []
        name = first.replace(" ", "").rstrip("：:.．、")
        found.append(Entry(name, arabic(label["no"]), title, row[1].start, row[1].end))
    return found


def _files(string: str, rows: list[list[Cell]]) -> list[Entry]:
    """附件名称 over a column of files."""
    names = [squeeze(string[c.start : c.end]) for c in rows[0]]
    column = next((i for i, n in enumerate(names) if "附件" in n and _HEADER.fullmatch(n)), None)
    cells = [row[column] for row in rows[1:] if column is not None and column < len(row)]
    if not cells or len(cells) < len(rows) - 1:
        return []
    written = [string[c.start : c.end] for c in cells]
    if not all(_FILE.fullmatch(squeeze(w)) for w in written):
        return []
    titles = [title_of(w) for w in written]
    return [Entry(f"附件{n + 1}", str(n + 1), t, cells[n].start, cells[n].end) for n, t in enumerate(titles)]


def _title(string: str, cell: Cell) -> str | None:
    written = string[cell.start : cell.end]
    return title_of(written) if len(written) <= _LONGEST and "。" not in written else None
