"""The passages that a search finds: the paragraphs and table rows of a document."""

from __future__ import annotations

from collections.abc import Iterator

from ..text import Span
from .relation import Facts, Value


def passages(facts: Facts) -> Iterator[tuple[tuple[Value, ...], str]]:
    """Each line of the text that is not blank: its row of the table `passages`, and what it says."""
    text, start, ordinal = facts.document.text, 0, 0
    for line in text.split("\n"):
        span = Span(start, start + len(line))
        start = span.end + 1
        if line.strip():
            ordinal += 1
            row = facts.row(ordinal, None, span)
            keys = (facts.document_id, ordinal, span.start, span.end, row.place.page, row.place.line)
            yield (*keys, facts.measure_at(span), facts.phase_at(span)), line
