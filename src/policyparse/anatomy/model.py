"""The parts of a document and the places of its header elements, as the anatomy finds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..text import Span

PartKind = Literal["meta", "head", "body", "closing", "enclosure", "attachment", "imprint"]


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


@dataclass(slots=True)
class Head:
    """Places of the header elements; `first` is the first row of the head, `body` the first row of the body."""

    first: int = 0
    body: int = 0
    title: Span | None = None
    title_text: str = ""
    number: Span | None = None
    mark: Span | None = None
    recipients: Span | None = None
    annex_label: Span | None = None
    byline: Span | None = None
    """署名 under the title of a text that has none at its end."""
    dateline: Span | None = None
    """（2018年3月1日） under the title."""
    enclosed_row: int | None = None
    """Row of the enclosed text's title where it follows the notice's title directly."""


class Mark(NamedTuple):
    """A part begins at `row`."""

    row: int
    kind: PartKind
    title: Span | None = None
    label: Span | None = None


@dataclass(slots=True)
class Tail:
    """Places found after the head."""

    signature: Span | None = None
    date: Span | None = None
    note: Span | None = None
    marks: list[Mark] = field(default_factory=list)
