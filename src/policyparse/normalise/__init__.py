"""RawDoc -> Text, by ordered, named steps.

Each step looks at the lines the step before left, and each repair is recorded where it is made: the characters it
left out (`Text.set_aside`), a diagnostic that says what was done, and the exact map from text to source.
"""

from __future__ import annotations

from collections.abc import Callable

from ..diagnostics import Report
from ..source import RawDoc
from ..text import Text
from .begin import begin
from .chunks import join_chunks
from .contents import drop_contents
from .draft import Draft
from .join import join_lines
from .markup import clean_markup
from .pages import drop_furniture, drop_page_marks
from .reflow import reflow
from .repeats import drop_repeats
from .spacing import close_digits
from .write import write

STEPS: tuple[Callable[[Draft], None], ...] = (
    clean_markup,  # stray tags, entities, zero-width characters, Markdown marks
    close_digits,  # 2 0 2 2 年 5 月 3 1 日, set apart by a text layer
    drop_page_marks,  # — 3 —, 第5页 共5页, running headers
    drop_contents,  # 目录 and its entries, which come again below as headings
    join_chunks,  # a crawler's own numbers at the start of physical lines
    join_lines,  # lines broken in mid-sentence
    drop_furniture,  # 当前位置：首页…, 时间：… 微信 微博, 附件下载
    drop_repeats,  # a passage that the page inserts again and again
    reflow,  # paragraphs run together on one line
)

MESSAGES = {
    "digits-mended": "{} letter(s) that stand for digits (O, o, l, I) replaced in dates and numbers",
    "line-joined": "{} line break(s) in mid-sentence removed",
    "paragraph-split": "{} paragraph break(s) put back in lines that run several paragraphs together",
    "repeated-text": "{} repetition(s) of a passage set aside",
}


def normalise(raw: RawDoc, report: Report | None = None) -> Text:
    """Canonical text of `raw` with its exact map; repairs are told to `report`."""
    draft = begin(raw)
    for step in STEPS:
        step(draft)
    if report is not None:
        for code, count in sorted(draft.counts.items()):
            if count:
                report.add(code, MESSAGES[code].format(count))
    return write(draft)


__all__ = ["STEPS", "normalise"]
