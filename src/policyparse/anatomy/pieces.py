"""Paragraphs that hold a whole head (a page saved as one line), cut at their gaps so that the head can be read."""

from __future__ import annotations

import re

from .lines.names import looks_like_organisations
from .lines.recipients import recipients_end
from .lines.rows import Row
from .lines.wording import heads_columns, is_prose
from .model import Head

_GAP = re.compile(
    r"[ \t\xa0]*　[ 　\t\xa0]*|[ \t\xa0]{2,}|(?<=[\u4e00-\u9fff：，；》）〕号])[ \t\xa0](?=[\u4e00-\u9fff《（“])"
)
"""Title　　recipients：　　first sentence; not the spaces of 现将 2020 年…."""
_NUMBER_NEXT = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,14}[〔（(\[【﹝]\s*[（(]?(?:19|20)\d\d|[（(]?[\u4e00-\u9fff]{2,14}[〔\[]"
)
_LINES = 8
_LONG = 60
_NUMBER_GAP = re.compile(r"[〕）\])][ 　]?\d{1,5}[ 　]?号[）)]?[ 　]+(?=[\u4e00-\u9fff《“])(?!签|特|加急|抄)")
"""某县人民政府办公室 〔2020〕26号 关于…."""
_CITED = re.compile(r"文件?[精要规的和，,、]|文件(?=\S)|精神|要求|规定|[和与及、，]")
"""Behind the number of a document that a sentence cites."""
_TELEGRAM = re.compile(r"[\u4e00-\u9fff]{0,6}机发[ 　]{0,4}\d{0,6}[ 　]{0,4}号[ 　]{0,4}(?=\S)")
"""云机发　号, run into the title of a telegram."""
_SIGNED = 16
"""签发人：李　明　　关于… is longer than a line of signatories."""
_REACH = 2500
_MOST = 60


def pieces_of(rows: list[Row]) -> list[Row]:
    """The rows, those of the first lines that are long cut at gaps up to where running text begins."""
    if not any(_may_cut(r) for r in rows[:_LINES]):
        return rows
    found: list[Row] = []
    prose, name = False, ""
    for row in rows:
        cuts = [] if prose or row.index >= _LINES or not _may_cut(row) else _cuts(row, name)
        if "件" in row.raw and row.flat.endswith("文件") and len(row.flat) > 5:
            name = row.flat[:-2]
        if not cuts:
            found.append(row if row.index == len(found) else row.at(len(found)))
            prose = prose or (is_prose(row) and recipients_end(row.raw) is None)
        for start, end in cuts:
            line = row.line._replace(start=row.line.start + start, end=row.line.start + end)
            found.append(Row(len(found), line, row.raw[start:end]))
    return found if len(found) > len(rows) else rows


def _may_cut(row: Row) -> bool:
    """Whether a line is too long for one element of a head, and has gaps."""
    if row.table or len(row.raw) <= _SIGNED or heads_columns(row):
        return False
    if row.raw.startswith("签发人") or "机发" in row.raw[:8]:
        return True
    if len(row.flat) == len(row.raw):  # no white space at all
        return False
    if len(row.raw) > _LONG:
        return _GAP.search(row.raw, 0, _REACH) is not None
    return "号" in row.raw and _NUMBER_GAP.search(row.raw) is not None


def _cuts(row: Row, name: str) -> list[tuple[int, int]]:
    """Ranges of the pieces of a line; the last one holds all from the first sentence on.

    `name`: the issuer's, as the red header has it; 签发人：李　明某某局关于… is cut before it.
    """
    if row.raw.startswith("签发人"):
        at = row.raw.find(name, _SIGNED // 4) if name else -1
        at = at if at > 0 else row.raw.find("关于")
        return [(0, at), (at, len(row.raw))] if 4 < at < 40 else []
    if telegram := _TELEGRAM.match(row.raw):
        return [(0, telegram.end()), (telegram.end(), len(row.raw))]
    found: list[tuple[int, int]] = []
    at = 0
    for gap in _GAP.finditer(row.raw, 0, _REACH):
        if gap.start() == at or _open_bracket(row.raw, at, gap.start()):
            continue
        piece = Row(0, row.line, row.raw[at : gap.start()])
        if is_prose(piece) and recipients_end(piece.raw) is None:
            break
        if piece.raw.endswith("号") and _CITED.match(row.raw, gap.end()):
            break  # 遵照云政发〔2012〕15、75 号 文件精神，…
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
