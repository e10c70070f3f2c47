"""Lines right above the signature that name attachments without a colon: 附件一 任务分工表, 附件 1 任务表 / 2 台账."""

from __future__ import annotations

from bisect import bisect_left

import regex

from ...outline import Doc
from ...squeeze import squeeze
from .notes import Entry
from .titles import arabic, title_of

_COUNT = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_LINE = regex.compile(
    rf"[ \t　]*(?P<label>附[ 　]{{0,4}}[件表][ 　]{{0,4}})?(?P<no>{_COUNT})[ \t　]{{1,6}}"
    r"(?P<title>[\p{Han}《“\d][^，。；：:]{3,60})"
)
_MOST = 12


def unmarked(doc: Doc) -> list[Entry]:
    """The attachments that such lines name; nothing when the first of them has no label or is not the first."""
    closing = doc.anatomy.signature or doc.anatomy.issue_date
    if closing is None:
        return []
    lines = doc.text.lines
    last = bisect_left(lines, closing.start, key=lambda line: line.start) - 1
    found: list[Entry] = []
    for line in reversed(lines[max(last - _MOST, 0) : last + 1]):
        m = _LINE.fullmatch(doc.text.string, line.start, line.end) if line.table is None else None
        title = title_of(m["title"]) if m else None
        if m is None or title is None:
            break
        number = arabic(m["no"])
        label = f"{squeeze(m['label'] or '附件').replace(' ', '')}{m['no'] if m['label'] else number}"
        found.append(Entry(label, number, title, m.start("title"), m.end("title")))
        if m["label"] and number == "1":
            return found[::-1]
    return []
