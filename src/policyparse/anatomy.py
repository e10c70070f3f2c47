"""Text -> Anatomy: which stretch of the text is header, body, signature, enclosed text, annex or imprint.

This stage only finds places. `extract/header.py` and `extract/attachments.py` turn them into values, and
`outline.py` restarts its numbering in each part.
"""

from __future__ import annotations

from dataclasses import dataclass

from .anatomy_head import Head, read_head
from .anatomy_lines import Row, rows_of
from .anatomy_tail import Mark, PartKind, Tail, read_tail
from .text import Span, Text

HEAD_ROWS = 60
"""The head of a document and the page metadata above it are looked for in this many paragraphs."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of whole lines. Parts cover the canonical text in order, without gap or overlap.

    meta: page metadata and site remains before the document. head: from the red header (红头) to the recipients
    (主送机关). body: the notice's own text. closing: signature (署名), date (成文日期), notes (附注).
    enclosure: a text that the notice issues or forwards, with its title. attachment: an annex (附件N) with its
    heading. imprint: 版记.
    """

    kind: PartKind
    start: int
    end: int
    title: Span | None = None
    """Title line(s) of an enclosure or attachment; the document's own title for `head`."""
    label: Span | None = None
    """附件1 at the head of an attachment."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The parts of the text and the places of the header elements (null where the document has none)."""

    parts: tuple[Part, ...]
    title: Span | None = None
    number: Span | None = None
    """发文字号 of this document, where it stands in the text (not in the metadata)."""
    recipients: Span | None = None
    """主送机关 without the final colon."""
    issuing_mark: Span | None = None
    signature: Span | None = None
    """署名: the line(s) of issuing organisations above the date."""
    issue_date: Span | None = None
    enclosure_note: Span | None = None
    """附件说明: the list after 附件：."""

    def kind_at(self, position: int) -> PartKind:
        """Kind of the part that holds `position`."""
        for part in reversed(self.parts):
            if part.start <= position:
                return part.kind
        return "body"


def dissect(text: Text) -> Anatomy:
    """Find the parts of the document."""
    rows = rows_of(text)
    head = read_head(rows[:HEAD_ROWS], len(rows))
    tail = read_tail(rows, head, text.string)
    return Anatomy(
        parts=_parts(rows, head, tail, len(text.string)),
        title=head.title,
        number=head.number,
        recipients=head.recipients,
        issuing_mark=head.mark,
        signature=tail.signature or (None if tail.date else head.byline),
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
    order = {"meta": 0, "head": 1, "body": 2, "closing": 3, "imprint": 4, "attachment": 5, "enclosure": 6}
    at: dict[int, Mark] = {}
    for mark in sorted(marks, key=lambda m: (m.row, order[m.kind])):
        at[mark.row] = mark  # of several at one row the most specific
    if not at or min(at) > 0:
        at[0] = Mark(0, "body")
    chosen = [at[row] for row in sorted(at)]
    starts = [rows[m.row].line.start if m.row and rows else 0 for m in chosen]
    return tuple(
        Part(m.kind, a, b, m.title, m.label) for m, a, b in zip(chosen, starts, [*starts[1:], length], strict=True)
    )
