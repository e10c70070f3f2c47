"""Annexes under their labels (附件1), which may also head the text that the notice issues."""

from __future__ import annotations

import re

from ..text import Span
from .issued import LONGEST_TITLE, similar
from .lines.labels import AnnexLabel, after_label, annex_label
from .lines.rows import Row
from .model import Mark, Tail
from .sign import joined_title


def is_annex(rows: list[Row], row: Row, a: AnnexLabel, notes: list[Span]) -> bool:
    """Whether the label heads an annex, not a 附件说明."""
    if any(row.line.start < n.end and row.line.end + 1 >= n.start for n in notes):
        return False
    rest = after_label(row, a)
    if not rest:
        return row.index + 1 < len(rows)
    if len(rest) < LONGEST_TITLE and not rest.endswith(("。", "；")):
        return True
    return _glued_title(row, a, notes, rows) is not None


def _glued_title(row: Row, a: AnnexLabel, notes: list[Span], rows: list[Row]) -> Span | None:
    """附件检查表项目名称：…: the annex's title, announced in a 附件说明, run together with its text."""
    rest = row.raw[a.rest - row.line.start :]
    for note in notes:
        for line in (r for r in rows if note.start < r.line.end and r.line.start < note.end):
            title = line.raw[max(0, note.start - line.line.start) :].strip()
            title = re.sub(r"^(?:附件)?\d{0,2}\s*[.．、:：]\s*", "", title)
            if len(title) > 4 and rest.startswith(title) and len(rest) > len(title):
                return Span(a.rest, a.rest + len(title))
    return None


def place_labelled(rows: list[Row], tail: Tail, annexes: list[tuple[Row, AnnexLabel]], names: list[str]) -> None:
    """Marks the annexes; the first whose title the notice has named, where no other is, is the enclosed text."""
    taken = {m.label.start for m in tail.marks if m.label}
    enclosed = any(m.kind == "enclosure" for m in tail.marks)
    for row, a in annexes:
        if a.label.start in taken or (tail.date and row.line.start < tail.date.start and not enclosed):
            continue
        rest = after_label(row, a)
        glued = _glued_title(row, a, [tail.note], rows) if tail.note and len(rest) > 30 else None
        span, text = (glued, rest[: len(glued)]) if glued else _annex_title(rows, row, a, rest)
        is_enclosed = not enclosed and text and any(similar(text, n) for n in names)
        tail.marks.append(Mark(row.index, "enclosure" if is_enclosed else "attachment", span, a.label))
        enclosed = enclosed or bool(is_enclosed)


def _annex_title(rows: list[Row], row: Row, a: AnnexLabel, rest: str) -> tuple[Span | None, str]:
    """The annex's title, on the line of the label or below it: its place, and its text without white space."""
    if rest and row.core.end > a.rest:  # 附件2 | in a cut table has the frame alone behind it
        return Span(a.rest, row.core.end), re.sub(r"\s", "", rest)
    found = joined_title(rows, row.index + 1)
    if found:
        return Span(rows[row.index + 1].core.start, rows[found[0]].core.end), found[1]
    if row.index + 1 < len(rows):
        after = rows[row.index + 1]
        if (
            not after.table
            and 2 <= len(after.flat) <= 60
            and not re.search(r"[。：；，]$", after.flat)
            and not annex_label(after)
        ):
            return after.core, after.flat
    return None, ""
