"""The title of a document (标题): chosen among the candidates, cut from what shares its line."""

from __future__ import annotations

import re

from ..organisations import is_organisation
from ..text import Span
from .candidates import Candidate, candidates
from .glued import cut_before, cut_behind
from .issued import ISSUED, plain
from .lines.rows import Row
from .model import Head


def find_title(head: Head, region: list[Row]) -> None:
    """Set the title of `head`, and what stands on its lines: number, recipients."""
    _choose_title(head, region)
    cut_behind(head, region)
    if head.title is not None:
        cut_before(head, region)
        _once(head, region)


def _choose_title(head: Head, region: list[Row]) -> None:
    """The last whole title before the recipients or the body; the web page often repeats it above."""
    limit = head.recipients.start if head.recipients is not None else None
    groups = [g for g in candidates(head, region) if limit is None or g.span.start < limit]
    if not groups:
        return
    complete = [g for g in groups if g.complete]
    if not complete and not groups[-1].centred and not _plain_title(groups[-1], head, limit):
        return
    chosen = complete[-1] if complete else groups[-1]
    if len(complete) > 1 and head.recipients is None:
        for earlier in complete[:-1]:
            if (
                ISSUED.search(earlier.flat)
                and plain(chosen.flat) != plain(earlier.flat)
                and plain(chosen.flat) in plain(earlier.flat)
            ):
                head.enclosed_row = chosen.first
                head.body = chosen.first
                chosen = earlier
                break
    head.title, head.title_text = chosen.span, chosen.flat


def _plain_title(group: Candidate, head: Head, limit: int | None) -> bool:
    """Whether lines that end in no 文种 are a title all the same: short, unpunctuated, right above the text."""
    if limit is None and group.last + 1 != head.body:
        return False
    if len(group.flat) > 60 or re.search(r"[，。：；:;,!?！？]|\d{4}-\d\d", group.flat) or group.last - group.first > 2:
        return False
    return not is_organisation(group.flat) and group.first <= 12


def _once(head: Head, region: list[Row]) -> None:
    """A title that the page prints twice on one line counts once, at its second place."""
    assert head.title
    row = next(r for r in region if r.line.end > head.title.start)
    if head.title.end > row.line.end:
        return
    raw = row.raw[head.title.start - row.line.start : head.title.end - row.line.start]
    flat = "".join(raw.split())
    half = len(flat) // 2
    if half < 8 or len(flat) % 2 or flat[:half] != flat[half:]:
        return
    at, seen = 0, 0
    while seen < half:
        seen += not raw[at].isspace()
        at += 1
    at += len(raw[at:]) - len(raw[at:].lstrip())
    head.title, head.title_text = Span(head.title.start + at, head.title.end), flat[half:]
