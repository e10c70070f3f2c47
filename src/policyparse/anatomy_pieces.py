"""Paragraphs that hold a whole head (a page saved as one line), cut at their gaps so that the head can be read."""

from __future__ import annotations

import re

from .anatomy_lines import Row, is_prose, looks_like_organisations, recipients_end
from .anatomy_model import Head

_GAP = re.compile(
    r"[ \t\xa0]*　[ 　\t\xa0]*|[ \t\xa0]{2,}|(?<=[\u4e00-\u9fff：，；》）〕号])[ \t\xa0](?=[\u4e00-\u9fff《（“])"
)
"""Title　　recipients：　　first sentence; not the spaces of 现将 2020 年…."""
_NUMBER_NEXT = re.compile(r"[\u4e00-\u9fffA-Za-z]{0,14}[〔（(\[【﹝]\s*[（(]?(?:19|20)\d\d|[（(]?[\u4e00-\u9fff]{2,14}[〔\[]")
_LINES = 8
_LONG = 100
_REACH = 2500
_MOST = 60


def pieces_of(rows: list[Row]) -> list[Row]:
    """The rows, those of the first lines that are long cut at gaps up to where running text begins."""
    if not any(len(r.raw) > _LONG and not r.table and _GAP.search(r.raw, 0, _REACH) for r in rows[:_LINES]):
        return rows
    found: list[Row] = []
    prose = False
    for row in rows:
        cuts = [] if prose or row.index >= _LINES or row.table or len(row.raw) <= _LONG else _cuts(row)
        for start, end in cuts or [(0, len(row.raw))]:
            line = row.line._replace(start=row.line.start + start, end=row.line.start + end)
            piece = Row(len(found), line, row.raw[start:end])
            found.append(piece)
            prose = prose or (start == 0 and end == len(row.raw) and is_prose(piece) and recipients_end(piece.raw) is None)
    return found


def _cuts(row: Row) -> list[tuple[int, int]]:
    """Ranges of the pieces of a line; the last one holds all from the first sentence on."""
    found: list[tuple[int, int]] = []
    at = 0
    for gap in _GAP.finditer(row.raw, 0, _REACH):
        if gap.start() == at or _open_bracket(row.raw, at, gap.start()):
            continue
        piece = Row(0, row.line, row.raw[at : gap.start()])
        if is_prose(piece) and recipients_end(piece.raw) is None:
            break
        if looks_like_organisations(piece.raw) and not _NUMBER_NEXT.match(row.raw, gap.end()):
            continue  # 公安部 工商总局 银监会关于…: names of a joint issue stay with their title
        found.append((at, gap.start()))
        at = gap.end()
        if len(found) == _MOST:
            break
    return [*found, (at, len(row.raw))] if found else []


def _open_bracket(raw: str, start: int, end: int) -> bool:
    """（云政发〔2003〕5号　2003年1月7日） is one piece."""
    return any(raw.count(a, start, end) > raw.count(b, start, end) for a, b in ("（）", "()", "《》", "【】"))


def on_lines(head: Head, pieces: list[Row], rows: list[Row]) -> None:
    """Counts the rows of `head` in paragraphs again; a paragraph that holds head and body is body."""
    starts = {r.line.start: r.index for r in rows[: len(pieces)]}
    whole = [0] * (len(pieces) + 1)
    for i, piece in enumerate(pieces):
        whole[i] = starts.get(piece.line.start, whole[i - 1] if i else 0)
    whole[len(pieces)] = whole[len(pieces) - 1] + 1
    head.first, head.body = whole[min(head.first, len(pieces))], whole[min(head.body, len(pieces))]
    if head.enclosed_row is not None:
        head.enclosed_row = whole[head.enclosed_row]
