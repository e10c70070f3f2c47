"""RawDoc -> Text, by ordered, named steps.

Each step looks at the lines the step before left, and each repair is recorded where it is made: the characters it
left out (`Text.set_aside`), a diagnostic that says what was done, and the exact map from text to source.
"""

from __future__ import annotations

from collections.abc import Callable

from ..diagnostics import Report
from ..source import RawDoc
from ..text import Builder, Cell, Line, Text, TextTable, new
from .begin import begin
from .chunks import join_chunks
from .contents import drop_contents
from .draft import Draft, Strip
from .join import join_lines
from .markup import clean_markup
from .pages import drop_furniture, drop_page_marks
from .reflow import reflow
from .repeats import drop_repeats
from .spacing import close_digits

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
    return _finish(draft)


def _finish(draft: Draft) -> Text:
    """Put the lines together."""
    b = Builder(draft.raw.raw)
    lines: list[Line] = []
    tables: dict[int, list[Cell]] = {}
    for strip in draft.lines:
        if strip.copied and strip.text:
            start = b.put_line(strip.source, strip.text)
        elif strip.text or strip.cells:
            if lines:
                b.break_line()
            start = b.length
            if strip.cells is None:
                _put(b, strip)
            else:
                assert strip.table is not None
                tables.setdefault(strip.table, []).extend(_put_row(b, strip))
        else:
            continue
        lines.append(new(Line, (start, b.length, strip.align, strip.heading, strip.table, strip.meta, strip.indent)))
    b.dropped.extend(sorted(draft.set_aside, key=lambda d: d.source_start))
    string, segments = b.finish()
    found = tuple(
        TextTable(c[0].start, c[-1].end, tuple(c), draft.raw.tables[t].place.page) for t, c in sorted(tables.items())
    )
    return Text(string, draft.raw, segments, tuple(lines), found, tuple(b.dropped))


def _put(b: Builder, strip: Strip) -> None:
    """Add the characters of `strip`."""
    if strip.copied:
        b.put(strip.source, strip.source + len(strip.text), strip.text)
        return
    at = 0
    for start, length, source, source_length in strip.pieces:
        if start > at:  # a space that `join` put between two Latin words
            b.insert(source, strip.text[at:start])
        b.put(source, source + source_length, strip.text[start : start + length])
        at = start + length


def _put_row(b: Builder, strip: Strip) -> list[Cell]:
    """Add a table row, its cells separated by tabs."""
    cells: list[Cell] = []
    for n, (cell, content) in enumerate(strip.cells or ()):
        if n:
            b.insert(b.source_end, "\t")
        start = b.length
        _put(b, content)
        cells.append(Cell(start, b.length, cell.row, cell.column, cell.rowspan, cell.colspan, cell.header))
    return cells


__all__ = ["STEPS", "normalise"]
