"""Annexes without a label: after the signature a line repeats a title that the 附件说明 has announced."""

from __future__ import annotations

import re

from ..text import Span
from .lines.days import trailing_day
from .lines.labels import annex_label
from .lines.page import is_noise
from .lines.rows import Row
from .model import Mark, Tail

_MARK = re.compile(
    r"附\s{0,2}[件表]\s{0,2}(?:\d{1,2}|[一二三四五六七八九十]{1,3})?\s{0,2}(?=[：:.．、\s《])[：:.．、]?"
    r"|(?<!\d)\d{1,2}\s{0,2}[.．、](?!\d{1,3}(?!\d))"
)
"""What stands before each title of a note: 附件一：, 附件2：, 3."""
_LETTERS = re.compile(r"[\W_]+")
_LEAST = 5
"""Letters of a title that a line can be known by; 登记表 stands in many a form."""
_LONGEST = 120


def place_unlabelled(rows: list[Row], tail: Tail, notes: list[Span], titled: bool) -> None:
    """Marks the annexes whose only heading is their title, as noted: 《…日汇报表》 in the note, …日汇报表 below.

    `titled`: annexes of the file carry labels; then a title that comes again is no heading but a link to a file.
    """
    if titled or tail.date is None or not notes:
        return
    announced = _announced(rows, notes)
    after = [r for r in rows if r.line.start >= tail.date.end]
    taken = {m.row for m in tail.marks}
    for i, row in enumerate(after):
        if row.table or not _LEAST <= len(row.flat) <= _LONGEST or row.index in taken:
            continue
        for more in (0, 1):  # a title takes one line, or two
            title = letters("".join(r.flat for r in after[i : i + 1 + more]))
            if title in announced and _has_text(after[i + 1 + more : i + 3 + more], announced):
                announced.discard(title)
                tail.marks.append(Mark(row.index, "attachment", Span(row.core.start, after[i + more].core.end)))
                break


def letters(title: str) -> str:
    """A title without quotation marks, brackets and other signs, for comparison."""
    return _LETTERS.sub("", title)


def _announced(rows: list[Row], notes: list[Span]) -> set[str]:
    """Titles of the notes' lines without label and number."""
    found: set[str] = set()
    for row in rows:
        if not any(n.start < row.line.end and row.line.start < n.end for n in notes):
            continue
        found.update(name for title in _MARK.split(row.raw) if len(name := letters(title)) >= _LEAST)
    return found


def _has_text(after: list[Row], announced: set[str]) -> bool:
    """Whether the annex's text follows: not the next of a list of downloads, nor what a web page ends with."""
    if not after or letters(after[0].flat) in announced or is_noise(after[0].flat) or annex_label(after[0]):
        return False
    return trailing_day(after[0].raw) is None or len(after) > 1
