"""What follows the notice's own text: sign-off, enclosed texts, annexes, imprint, site remains, found in this order."""

from __future__ import annotations

from .enclosures import named_enclosure, place_enclosure
from .imprint import place_imprint
from .issued import expected_names
from .labelled import is_annex, place_labelled
from .lines.page import is_noise
from .lines.rows import Row
from .model import Head, Mark, Tail
from .notes import annex_labels, read_notes
from .sign import sign_off
from .unlabelled import place_unlabelled


def read_tail(rows: list[Row], head: Head, string: str) -> Tail:
    """Everything after the head. `rows` are all rows of the text `string`."""
    tail = Tail()
    labels = annex_labels(rows, head, string)
    notes = read_notes(rows, labels)
    tail.note = notes[0] if notes else None
    annexes = [(r, a) for r, a in labels if is_annex(rows, r, a, notes)]
    names = expected_names(head.title_text, rows, head)
    named = named_enclosure(rows, head, names, notes)
    limit = len(rows) if named is None else named
    sign_off(rows, head, tail, limit, annexes)
    place_enclosure(rows, tail, named, names, annexes)
    place_labelled(rows, tail, annexes, names)
    place_unlabelled(rows, tail, notes, any(m.label for m in tail.marks))
    place_imprint(rows, head, tail, string)
    _place_remains(rows, tail)
    return tail


def _place_remains(rows: list[Row], tail: Tail) -> None:
    """来源：…, 附件下载, 扫一扫 … at the end of a web page."""
    at = len(rows)
    while at > 0 and (rows[at - 1].line.meta or is_noise(rows[at - 1].flat)):
        at -= 1
    if at < len(rows):
        tail.marks.append(Mark(at, "meta"))
