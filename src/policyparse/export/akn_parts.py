"""Which stretches of a document's text are its head, body and closing, and which belong to texts it carries."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ..model import PolicyDocument, Section
from ..text import Span

Ranges = list[tuple[int, int]]
_NEAR = 40
"""A header element that begins so few characters after the head so far belongs to it."""


class Carried(NamedTuple):
    """A text that the document carries: an enclosed plan, an annex."""

    name: str
    """enclosure or annex."""
    label: str | None
    title: str | None
    ranges: Ranges


class Parts(NamedTuple):
    """A partition of the text: every character is in exactly one range."""

    head: Ranges
    body: Ranges
    closing: Ranges
    carried: list[Carried]


def parts(document: PolicyDocument) -> Parts:
    """Head up to the recipients, closing from the signature (or list of annexes) on, body between them."""
    main, carried = _carried(document)
    first, last = _numbered(document, main)
    head_end = _head_end(document, main, first)
    tail_start = _tail_start(document, main, max(head_end, last))
    return Parts(
        _cut(main, 0, head_end),
        _cut(main, head_end, tail_start),
        _cut(main, tail_start, len(document.text)),
        carried,
    )


def signatures(document: PolicyDocument) -> list[Span]:
    """The lines before the date that are the name of an issuer (署名, §7.3.5)."""
    found: list[Span] = []
    names = {"".join(i.name.split()) for i in document.issuers}
    end = document.text.rfind("\n", 0, document.issue_date.span.start) if document.issue_date else -1
    while end > 0:
        start = document.text.rfind("\n", 0, end) + 1
        line = "".join(document.text[start:end].split())
        if line and line not in names:
            break
        found += [Span(start, end)] if line else []
        end = start - 1
    return found


def _carried(document: PolicyDocument) -> tuple[Ranges, list[Carried]]:
    """The main document's own ranges, and the carried texts; one inside another keeps its own range."""
    found = [(e.text_span, Carried("enclosure", None, e.title, [])) for e in document.enclosures]
    found += [(a.text_span, Carried("annex", a.label, a.title, [])) for a in document.attachments]
    given = sorted(((s, c) for s, c in found if s), key=lambda f: (f[0].start, -f[0].end))
    main: Ranges = []
    edges = sorted({0, len(document.text), *(e for span, _ in given for e in (span.start, span.end))})
    open_: list[tuple[Span, Carried]] = []
    i = 0
    for start, end in pairwise(edges):
        while i < len(given) and given[i][0].start <= start:
            open_.append(given[i])
            i += 1
        while open_ and open_[-1][0].end <= start:
            open_.pop()
        (open_[-1][1].ranges if open_ else main).append((start, end))
    return main, [c for _, c in given if c.ranges]


def _inside(ranges: Ranges, position: int) -> bool:
    i = bisect_right(ranges, (position, sys.maxsize)) - 1
    return i >= 0 and position < ranges[i][1]


def _numbered(document: PolicyDocument, main: Ranges) -> tuple[int, int]:
    """Where the first and the last numbered section of the main document begin."""

    def walk(sections: list[Section]) -> Iterator[int]:
        for section in sections:
            if section.number is not None:
                yield section.span.start
            yield from walk(section.children)

    starts = [s for s in walk(document.outline) if _inside(main, s)]
    return (starts[0], starts[-1]) if starts else (len(document.text), 0)


def _head_end(document: PolicyDocument, main: Ranges, before: int) -> int:
    d = document
    anchors = [*(r.span for r in d.recipients), *([d.title.span] if d.title else [])]
    anchors = [s for s in anchors if s.start < before and _inside(main, s.start)]
    near = [m.span for m in (d.document_number, d.copy_number, d.classification, d.urgency, d.issuing_mark) if m]
    near += [m.span for m in d.signatories]
    end = max((_line_end(d.text, s.end) for s in anchors), default=0)
    for span in sorted(s for s in near if s.start < before and _inside(main, s.start)):
        if span.start <= end + _NEAR:
            end = max(end, _line_end(d.text, span.end))
    return end


def _tail_start(document: PolicyDocument, main: Ranges, after: int) -> int:
    d = document
    spans = [i.span for i in d.issuers] + [n.span for n in d.notes] + [a.span for a in d.attachments]
    spans += [part.span for part in (d.issue_date, d.imprint) if part] + signatures(d)
    starts = [s.start for s in spans if s.start >= after and _inside(main, s.start)]
    return max(d.text.rfind("\n", 0, min(starts)) + 1, after) if starts else len(d.text)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1


def _cut(ranges: Ranges, start: int, end: int) -> Ranges:
    return [(max(s, start), min(e, end)) for s, e in ranges if max(s, start) < min(e, end)]
