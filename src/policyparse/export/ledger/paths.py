"""任务路径: where a task stands in its document, 二、主要任务／（三）….

The model has the numbers of the sections that hold a measure; their headings come from the outline, or, in a task
table, from the rows over its whole width (一、提高政治站位).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...model import Measure, PolicyDocument, Section
from ...text import Span

_LONGEST = 40
"""Characters of a heading; the rest of a longer one says no more about the place."""
_MOST_ROWS = 200
"""Headings in tables that are looked through, back from a task."""
_OPEN = ("（", "(")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、．.]")
_SIGNS = " \t\n（）()[]［］【】、.．,，:：。 　"


class Sections:
    """The headings of one document."""

    def __init__(self, document: PolicyDocument) -> None:
        self._text, self._outline = document.text, document.outline
        self._rows = sorted(_wide_rows(document), key=lambda r: r[0].start)
        self._row_starts = [span.start for span, _ in self._rows]

    def path(self, measure: Measure) -> str | None:
        """The sections that hold `measure`, outermost first, and its own number."""
        above = measure.path[:-1] if _own(measure) else measure.path
        holders = self._holders(measure.span)
        parts = [self._label(number, measure.span, holders) for number in above]
        return "／".join([*parts, *measure.path[len(above) :]]) or None

    def around(self, measure: Measure) -> str | None:
        """What the section that holds `measure` is headed: the task that an item without a heading belongs to."""
        holders = [s for s in self._holders(measure.span) if s.span.start < measure.span.start and s.heading]
        return shortened(holders[-1].heading or "", _LONGEST) if holders else None

    def _label(self, number: str, span: Span, holders: list[Section]) -> str:
        """A number with its heading. The sections up to that which it names are taken from `holders`."""
        plain = number.strip(_SIGNS)
        for i, node in enumerate(holders):
            if node.number == plain and self._bracketed(node) == number.startswith(_OPEN):
                del holders[: i + 1]
                return shortened(self._mark(node, number) + (node.heading or ""), _LONGEST) if node.heading else number
        last = bisect_right(self._row_starts, span.start) - 1
        for i in range(last, max(last - _MOST_ROWS, -1), -1):
            row = self._rows[i][1]
            if row.startswith(_OPEN) == number.startswith(_OPEN) and _begins(row, plain):
                return shortened(row, _LONGEST)
        return number

    def _holders(self, span: Span) -> list[Section]:
        """The numbered sections that hold `span`, outermost first."""
        found: list[Section] = []
        level = self._outline
        while level:
            node = level[max(bisect_right(level, span.start, key=lambda s: s.span.start) - 1, 0)]
            if not node.span.start <= span.start < node.span.end:
                break
            found += [node] if node.number else []
            level = node.children
        return found

    def _bracketed(self, node: Section) -> bool:
        return self._text.startswith(_OPEN, node.span.start)

    def _mark(self, node: Section, number: str) -> str:
        """The number as it stands before the heading: 三、, （二）, 第一阶段："""
        start = node.span.start
        head = self._text[start : start + len(number) + 12]
        at = head.find((node.heading or "")[:2], len(node.number or ""))
        return "".join(head[:at].split()) if at > 0 else f"{number}、"


def _own(measure: Measure) -> bool:
    """True when the path ends with the measure's own number."""
    return bool(measure.number and measure.path and measure.path[-1].strip(_SIGNS) == measure.number.strip(_SIGNS))


def _wide_rows(document: PolicyDocument) -> Iterator[tuple[Span, str]]:
    """The rows over the whole width of a table, and the numbered names of groups at the head of its rows."""
    for table in document.tables:
        sections, last = set(table.sections), -1
        for i, row in enumerate(table.rows):
            cell = next((c for c in row if c.text.strip()), None)
            if cell and cell.span.start > last and (i in sections or _NUMBERED.match(cell.text)):
                last = cell.span.start
                yield cell.span, "".join(cell.text.split())


def _begins(row: str, number: str) -> bool:
    """一、强化…, （一）强化…: begins with the number, which ends there."""
    found = re.match(rf"[（(第]?{re.escape(number)}(?=[）)、.．,，:：\s])", row)
    return found is not None


def shortened(text: str, longest: int) -> str:
    """A text on one line, cut where it is too long."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
