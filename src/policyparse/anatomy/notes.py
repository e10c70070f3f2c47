"""The 附件说明, a list of annexes to come: its labels open no annex."""

from __future__ import annotations

import re

from ..text import Span
from .issued import LONGEST_TITLE
from .lines.days import trailing_day
from .lines.labels import AnnexLabel, after_label, annex_label
from .lines.rows import Row, row_at
from .lines.wording import is_prose
from .model import Head

_POINT = r"\s*[.．、](?!\d(?!\d{3}年))"
"""Behind the number of an entry, 1.2023年任务表 included, not that of 1.5万元."""
_LIST_LINE = re.compile(rf"(?:\d{{1,2}}|[１-９]){_POINT}|《")
"""1.任务表, 《任务表》."""
_FIRST_ITEM = re.compile(rf"[1１]{_POINT}")
"""1.任务表, 1.2023年任务表."""
_ITEM = re.compile(rf"\d{{1,2}}{_POINT}")
"""2.登记表."""
_ENTRY = re.compile(rf"(?:附\s{{0,2}}件?\s*[：:]?\s*)?(\d{{1,2}}){_POINT}")
"""附件：1.任务表 or, below it, 2.登记表."""
_MAX_NOTES = 12
_LABEL_WITHIN = 8
"""Signs of a line that hold the first of its label."""


def annex_labels(rows: list[Row], head: Head, string: str) -> list[tuple[Row, AnnexLabel]]:
    """The lines after the head that open with a label, of annexes as of the notes that announce them."""
    found: list[tuple[Row, AnnexLabel]] = []
    at = string.find("附", rows[head.body].line.start) if head.body < len(rows) else -1
    while at >= 0:
        if at < _LABEL_WITHIN or "\n" in string[at - _LABEL_WITHIN : at]:
            row = row_at(rows, at)
            if row.raw[0] in "附（([【#<* \t　" and not row.table and (a := annex_label(row)):
                found.append((row, a))
            at = row.line.end
        at = string.find("附", at + 1)
    return found


def read_notes(rows: list[Row], labels: list[tuple[Row, AnnexLabel]]) -> list[Span]:
    """附件说明 of the notice and of the texts it issues: labels with titles after them, the annexes come later."""
    last = {x.number: i for i, (_, x) in enumerate(labels)}
    notes: list[Span] = []
    for i, (row, a) in enumerate(labels):
        if notes and row.line.start < notes[-1].end:
            continue
        again, more = last[a.number] > i, i + 1 < len(labels)
        end = _note_end(rows, row, a, again, more, more and not notes and _counts(row, a, *labels[i + 1]))
        if end is not None:
            gap = a.rest == row.line.end
            notes.append(Span(rows[row.index + 1].core.start if gap else a.rest, end))
            if len(notes) == _MAX_NOTES:
                break
    return notes


def _counts(row: Row, a: AnnexLabel, below: Row, b: AnnexLabel) -> bool:
    """附件1 甲表 with 附件2 乙表 right below: no annex stands between them, whether or not they come later."""
    titles = after_label(row, a), after_label(below, b)
    if below.index != row.index + 1 or not all(1 < len(t) < LONGEST_TITLE for t in titles):
        return False
    return (a.number, b.number) in (("1", "2"), ("一", "二"), ("１", "２"))


def _note_end(rows: list[Row], row: Row, a: AnnexLabel, again: bool, more: bool, counts: bool) -> int | None:
    """End of the 附件说明 that the label opens, or None.

    `again`: the label comes again; `more`: others follow; `counts`: the next of them does at once.
    """
    rest = after_label(row, a)
    following = rows[row.index + 1] if row.index + 1 < len(rows) else None
    below = not rest and a.marked and following is not None and not following.table
    if not rest and not (below and following and not a.number and (_FIRST_ITEM.match(following.raw) or again)):
        return None
    listed = not rest or (_LIST_LINE.match(rest) is not None and not rest.startswith("《"))
    if not (below or again or counts or (listed and (more or a.marked)) or (a.marked and _nothing_follows(rows, row))):
        return None
    end = row.index + (1 if below else 0)
    while end + 1 < len(rows) and (_continues_note(rows[end + 1], listed, a) or (listed and _wraps(rows, end + 1))):
        end += 1
    return rows[end].line.end


def _wraps(rows: list[Row], index: int) -> bool:
    """附件：1.某某厅关于做好 / 某某工作的通知 / 2.登记表: a line between entries 1 and 2 ends the first of them."""
    if index + 1 >= len(rows) or len(rows[index].flat) > LONGEST_TITLE or rows[index].flat[-1:] in "。：；":
        return False
    before, after = _ENTRY.match(rows[index - 1].raw.strip()), _ENTRY.match(rows[index + 1].raw.strip())
    if before is None or after is None or rows[index].table or int(after[1]) != int(before[1]) + 1:
        return False
    return _ENTRY.match(rows[index].raw.strip()) is None and annex_label(rows[index]) is None


def _continues_note(row: Row, listed: bool, a: AnnexLabel) -> bool:
    """Whether the line is a further entry: 2.登记表 of a list, 附件2：登记表 of labelled titles."""
    if row.table or len(row.flat) > LONGEST_TITLE or "。" in row.flat or trailing_day(row.raw):
        return False
    if _ITEM.match(row.raw):
        return listed
    label = annex_label(row)
    return label is not None and bool(a.number) and label.marked == a.marked and bool(after_label(row, label))


def _nothing_follows(rows: list[Row], row: Row) -> bool:
    """A titled label near a signature or the end of the text names an annex that stands elsewhere."""
    if row.index + 1 < len(rows) and is_prose(rows[row.index + 1]) and not _LIST_LINE.match(rows[row.index + 1].raw):
        return False
    for following in rows[row.index + 1 : row.index + 9]:
        if trailing_day(following.raw) and len(following.flat) < 60:
            return True
        if following.table or len(following.flat) > 60:
            return False
    return len(rows) - row.index <= 8
