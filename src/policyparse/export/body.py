"""The text of a document as blocks: paragraphs, and tables in the place of their lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ..model import PolicyDocument, Section
from ..text import Span

_AFTER_NUMBER = re.compile(r"[)）〕\]】、．.，,:：\s]*")
_AFTER_HEADING = re.compile(r"[。．.：:；;]?")
_BEFORE_NUMBER = re.compile(r"[（(〔\[【\s]*")


class Block(NamedTuple):
    """A paragraph, or (`table` is its index in the document's tables) a table."""

    span: Span
    table: int | None = None


class Lead(NamedTuple):
    """How a section begins: its number with punctuation (（一）), its heading (加强领导。), where the rest begins."""

    number: Span | None
    heading: Span | None
    rest: int


class Body:
    """Cuts one document's text into blocks."""

    def __init__(self, document: PolicyDocument) -> None:
        self.document, self.text = document, document.text
        self._tables = sorted((t.span.start, t.span.end, i) for i, t in enumerate(document.tables))
        titles = [t.span for t in (document.title, *document.enclosures) if t]
        self._titles = {self.text.rfind("\n", 0, s.start) + 1: s.end for s in titles}
        """Where the line of a title begins, and where the title ends: one over several lines is one paragraph."""
        self._starts = [start for start, _, _ in self._tables]

    def blocks(self, start: int, end: int) -> Iterator[Block]:
        """Paragraphs of `text[start:end]`, without blank ones; a table in the place of its first line."""
        done = -1
        for line in self._lines(start, end):
            at = bisect_right(self._starts, line.end) - 1
            if at < 0 or self._tables[at][1] <= line.start:
                yield Block(line)
            elif self._tables[at][0] >= line.start and at != done:
                yield Block(Span(*self._tables[at][:2]), self._tables[at][2])
                done = at

    def _lines(self, start: int, end: int) -> Iterator[Span]:
        while start < end:
            stop = self.text.find("\n", self._titles.get(start, start), end)
            stop = end if stop < 0 else stop
            if not self.text[start:stop].isspace() and stop > start:
                yield Span(start, stop)
            start = stop + 1

    def lead(self, section: Section) -> Lead:
        """How a numbered section begins."""
        start = section.span.start
        if section.number is None:
            return Lead(None, None, start)
        at = _past(_BEFORE_NUMBER, self.text, start)
        after = along(self.text, at, section.number, section.span.end)
        if after is None:
            return Lead(None, None, start)
        rest = _past(_AFTER_NUMBER, self.text, after, section.span.end)
        number = Span(start, rest)
        stop = along(self.text, rest, section.heading, section.span.end) if section.heading else None
        if stop is None:
            return Lead(number, None, rest)
        stop = _past(_AFTER_HEADING, self.text, stop, section.span.end)
        return Lead(number, Span(rest, stop), stop)


def _past(pattern: re.Pattern[str], text: str, at: int, end: int | None = None) -> int:
    match = pattern.match(text, at, len(text) if end is None else end)
    return match.end() if match else at


def along(text: str, at: int, value: str, end: int) -> int | None:
    """Where `value` ends when it stands at `at`, white space in the text apart; null when it does not stand there."""
    for character in value:
        while at < end and text[at] != character and text[at].isspace():
            at += 1
        if at >= end or text[at] != character:
            return None
        at += 1
    return at
