"""Text -> Anatomy: which stretch of the text is header, body, signature, enclosed text, annex or imprint.

This stage only finds places. `extract/header` and `extract/attachments` turn them into values, and
`outline` restarts its numbering in each part.
"""

from __future__ import annotations

from ..text import Text
from .head import read_head
from .lines.rows import Row, rows_of
from .model import Anatomy, Head, Mark, Part, Tail
from .pieces import on_lines, pieces_of
from .tail import read_tail

_ORDER = {"meta": 0, "head": 1, "body": 2, "closing": 3, "imprint": 4, "attachment": 5, "enclosure": 6}
"""Of several parts that begin at one row the most specific counts, and of two of a kind the one found last."""
HEAD_ROWS = 60
"""The head of a document and the page metadata above it are looked for in this many paragraphs."""


def dissect(text: Text) -> Anatomy:
    """Find the parts of the document."""
    rows = rows_of(text)
    top = rows[:HEAD_ROWS]
    pieces = pieces_of(top)
    head = read_head(pieces, len(rows) if pieces is top else len(pieces))
    if pieces is not top:
        on_lines(head, pieces, rows)
    tail = read_tail(rows, head, text.string)
    untitled = head.title_text.startswith(("关于", "印发", "转发"))  # the title names no issuer, a line below it does
    return Anatomy(
        parts=_parts(rows, head, tail, len(text.string)),
        title=head.title,
        number=head.number,
        recipients=head.recipients,
        issuing_mark=head.mark,
        signature=tail.signature or (None if tail.date and not untitled else head.byline),
        issue_date=tail.date or head.dateline,
        enclosure_note=tail.note,
    )


def _parts(rows: list[Row], head: Head, tail: Tail, length: int) -> tuple[Part, ...]:
    """The marks in order as parts that cover the text."""
    marks = [Mark(head.body, "body")] if head.body < len(rows) else []
    if head.first < head.body:
        marks.append(Mark(head.first, "head", head.title, head.annex_label))
    if head.first > 0:
        marks.append(Mark(0, "meta"))
    marks += tail.marks
    at: dict[int, Mark] = {}
    for mark in marks:
        if mark.row not in at or _ORDER[at[mark.row].kind] <= _ORDER[mark.kind]:
            at[mark.row] = mark
    if 0 not in at:
        at[0] = Mark(0, "body")
    chosen = [at[row] for row in sorted(at)]
    starts = [rows[m.row].line.start if m.row and rows else 0 for m in chosen]
    return tuple(
        Part(m.kind, a, b, m.title, m.label) for m, a, b in zip(chosen, starts, [*starts[1:], length], strict=True)
    )
