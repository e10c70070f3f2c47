"""Paragraphs as the anatomy asks about them: as they are, and without white space and markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter

from ...numbers import NumberMatch
from ...text import Line, Span, Text

_START = attrgetter("line.start")
WHITE_SPACE = re.compile(r"\s+")
_LEFT_OUT = r"\*(?!\*{0,3}[省市县区州盟旗镇乡村])"
"""An asterisk, but for those of a name left out: **市教育局."""
_LEAD_MARKUP = re.compile(rf"(?:[#>|\s]|{_LEFT_OUT}|</?b>)*")
_TAIL_MARKUP = re.compile(r"(?:</?b>|[*|\s])$")
_MARKUP = re.compile(rf"^(?:[#>|\s]|{_LEFT_OUT}|</?b>)+|(?:</?b>|[*|\s])+$")
"""## 一、总体要求, **通知**, <b>目标</b>."""


class Row:
    """A paragraph; most are asked for no more than their text as it is."""

    __slots__ = ("_flat", "index", "line", "number", "raw")

    def __init__(self, index: int, line: Line, raw: str) -> None:
        self.index = index
        self.line = line
        self.raw = raw
        self.number: tuple[Span, list[NumberMatch]] | bool | None = None
        self._flat: str | None = None

    @property
    def flat(self) -> str:
        """The text without white space and markup."""
        if self._flat is None:
            flat = "".join(self.raw.split())
            self._flat = _MARKUP.sub("", flat) if flat and (flat[0] in "#>*<|" or flat[-1] in ">*|") else flat
        return self._flat

    def at(self, index: int) -> Row:
        """The same paragraph as row `index` of another list."""
        row = Row(index, self.line, self.raw)
        row._flat = self._flat
        return row

    @property
    def table(self) -> bool:
        """Whether the paragraph is a table row."""
        return self.line.table is not None

    @property
    def centred(self) -> bool:
        """Set in the middle or marked as a heading by the format itself."""
        return self.line.align == "center" or self.line.heading is not None or self.raw.startswith("#")

    @property
    def core(self) -> Span:
        """The text without markup and outer white space."""
        first, last = self.raw[:1], self.raw[-1:]
        if first and first not in "#>*|<" and last not in "*|>" and not first.isspace() and not last.isspace():
            return Span(self.line.start, self.line.start + len(self.raw))
        lead = _LEAD_MARKUP.match(self.raw)
        start = lead.end() if lead else 0
        end = len(self.raw.rstrip())
        while end > start and (tail := _TAIL_MARKUP.search(self.raw, max(start, end - 8), end)):
            end = tail.start()
        return Span(self.line.start + start, self.line.start + max(start, end))


def rows_of(text: Text) -> list[Row]:
    """The paragraphs of the text."""
    string, lines = text.string, text.lines
    strings = text.strings or [string[line.start : line.end] for line in lines]
    return list(map(Row, range(len(lines)), lines, strings))


def row_at(rows: list[Row], position: int) -> Row:
    """The paragraph that holds `position`."""
    return rows[bisect_right(rows, position, key=_START) - 1]
