"""Where the texts begin that a notice issues or forwards: at a title it has announced, or after its signature."""

from __future__ import annotations

from ..text import Span
from .issued import ISSUING, LONGEST_TITLE, plain, similar
from .lines.labels import AnnexLabel, after_label, annex_label
from .lines.page import is_noise
from .lines.printing import is_printing
from .lines.rows import Row
from .lines.wording import is_title
from .model import Head, Mark, Tail
from .sign import NOTE_LINE, head_end, is_contact, joined_title


def named_enclosure(rows: list[Row], head: Head, names: list[str], notes: list[Span]) -> int | None:
    """First row of a title line that the notice has announced."""
    if head.enclosed_row is not None:
        return head.enclosed_row
    if not names or not ISSUING.search(head.title_text or "印发"):
        return None
    announced, end = [plain(n) for n in names], head_end(head)
    firsts = frozenset(n[:1] for n in announced) | frozenset("《“")
    for row in rows[head.body + 1 : head.body + 80]:
        if row.table or len(row.flat) > LONGEST_TITLE or row.line.start < end:
            continue
        if any(n.start < row.line.end and row.line.start < n.end for n in notes):
            continue  # the 附件说明 names it; its text comes below
        if not row.flat or (row.flat[0] in "附（([【" and annex_label(row)):
            continue
        if row.flat[0] in firsts and _announced_title(rows, row.index, announced) is not None:
            return row.index
        if is_title(row.flat) and any(similar(row.flat, n) for n in names):
            return row.index
        two = joined_title(rows, row.index)
        if two and any(similar(two[1], n) for n in names):
            return row.index
    return None


def _announced_title(rows: list[Row], index: int, names: list[str]) -> tuple[int, str] | None:
    """(last row, text) of a title that begins at `index` and is one of `names`.

    It may end in no 文种 (…分解表), or do so in its first line already.
    """
    flat = ""
    for row in rows[index : index + 4]:
        flat += row.flat
        written = plain(flat)
        if written in names:
            return row.index, flat
        if row.table or not any(n.startswith(written) for n in names):
            return None
    return None


def place_enclosure(
    rows: list[Row], tail: Tail, named: int | None, names: list[str], annexes: list[tuple[Row, AnnexLabel]]
) -> None:
    """Marks the issued text, at row `named` or after the signature; 附件 alone above its title belongs to it."""
    at = named
    signed = tail.date is not None and (named is None or tail.date.end <= rows[named].line.start)
    if at is None and signed:
        at = _after_signature(rows, tail, annexes)
    if at is None:
        return
    title = joined_title(rows, at)
    whole = _announced_title(rows, at, [plain(n) for n in names]) if at == named else None
    if title is None or (whole and whole[0] > title[0]):  # 某某三年行动计划 / 实施方案
        title = whole
    label = rows[at - 1] if at else None
    a = annex_label(label) if label is not None else None
    begin = at - 1 if a and label is not None and not after_label(label, a) and named is not None else at
    if annexes and any(r.index == at and (names == [] or named is None) for r, _ in annexes):
        return
    span = (
        Span(rows[at].core.start, rows[title[0]].core.end) if title else (rows[at].core if rows[at].centred else None)
    )
    tail.marks.append(Mark(begin, "enclosure", span, a.label if a and begin < at else None))
    if title and len(names) > 1:
        _more_enclosures(rows, tail, title[0] + 1, [n for n in names if not similar(title[1], n)], annexes)


def _after_signature(rows: list[Row], tail: Tail, annexes: list[tuple[Row, AnnexLabel]]) -> int | None:
    """Row of the enclosed text after the signature, its date, notes and imprint."""
    assert tail.date
    at = next(r.index for r in rows if r.line.end >= tail.date.end) + 1
    heads = {r.index for r, _ in annexes}
    while at < len(rows) and (
        NOTE_LINE.match(rows[at].flat)
        or is_printing(rows[at].flat)
        or is_noise(rows[at].flat)
        or is_contact(rows[at])
        or (tail.note and rows[at].line.start < tail.note.end and rows[at].line.end > tail.note.start)
    ):
        at += 1
    if at >= len(rows) or at in heads:
        return None
    if joined_title(rows, at) or (rows[at].centred and len(rows[at].flat) <= 60 and len(rows) - at > 2):
        return at
    return None


def _more_enclosures(
    rows: list[Row], tail: Tail, first: int, names: list[str], annexes: list[tuple[Row, AnnexLabel]]
) -> None:
    """The second and later texts of a notice that issues several."""
    taken = {r.index for r, _ in annexes}
    for row in rows[first:]:
        if not names:
            return
        if len(row.raw) > LONGEST_TITLE or row.table or not taken.isdisjoint((row.index, row.index - 1)):
            continue
        if not is_title(row.flat):
            continue
        same = next((n for n in names if similar(row.flat, n)), None)
        if same is not None:
            tail.marks.append(Mark(row.index, "enclosure", row.core))
            names.remove(same)
