"""Labels of annexes (附件1), which part an annex from the text that names it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...text import Span
from .rows import WHITE_SPACE, Row

_ANNEX = re.compile(
    r"[（(\[【]?\s*(?P<label>附\s*(?:件|表|录|图)?\s*(?:之)?\s*(?P<no>[0-9]{1,2}(?=(?:19|20)[0-9]{2}年)|[0-9０-９]{1,3}(?:\s*[-—－]\s*\d{1,2})?|[一二三四五六七八九十]{1,3})?)\s*[】\]）)]?\s*"
    r"(?P<mark>[:：．.、，]?)\s*"
)
"""附件1：, 【附件二】, 附表3-1; 附件2|2023年任务分解表."""
_NOT_ANNEX = re.compile(r"下载|中|所|要求|规定|的|为|见|内|和|及|与|与否|近|加|属|议|带|则|着|上|有|后|在|需|请")
"""附件中所列…, 附近, 附则."""


@dataclass(frozen=True, slots=True)
class AnnexLabel:
    """附件1 at the start of a line: where it stands, its number, and where what follows begins."""

    label: Span
    number: str
    rest: int
    marked: bool


def annex_label(row: Row) -> AnnexLabel | None:
    """The annex label that opens the line, or None (附近, 附件中所列…)."""
    raw = row.raw.lstrip("#*> \t　\xa0")
    if raw[:1] not in "附（([【" or "附" not in raw[:3]:
        return None
    shift = len(row.raw) - len(raw)
    m = _ANNEX.match(raw)
    if m is None:
        return None
    label = WHITE_SPACE.sub("", m["label"])
    rest = raw[m.end() :]
    if label == "附" and not m["mark"] and rest:
        return None  # 附 alone on its line stands above the annex's title
    if not m["mark"] and _NOT_ANNEX.match(rest):
        return None
    base = row.line.start + shift
    return AnnexLabel(
        Span(base + m.start("label"), base + m.start("label") + len(m["label"].rstrip())),
        m["no"] or "",
        base + m.end(),
        bool(m["mark"]),
    )


def after_label(row: Row, label: AnnexLabel) -> str:
    """What stands behind the label on its line."""
    return row.raw[label.rest - row.line.start :].strip()
