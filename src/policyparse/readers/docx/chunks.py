"""w:altChunk: a web page or another document that stands in the package whole, to be imported when it is opened.

Programs that turn a page into a docx write nothing else; the text is in the page.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from ...limits import Budget, ReadOptions
from ...source import RawDoc, RawTable
from ..html.items import Cell, Grid, Paragraph, Part
from .lines import NODE

_COST = 50
"""Levels of nesting that a document in a document counts."""


def chunk(data: bytes, name: str, budget: Budget, depth: int) -> list[Part]:
    """The paragraphs and tables of the document in `data`. Raises PolicyParseError when it cannot be read."""
    from .. import read  # a chunk may be of any format

    budget.check("depth", _COST + depth)
    limits = replace(budget.limits, depth=max(budget.limits.depth - _COST - depth, 1))
    return _parts(read(data, name, ReadOptions(limits=limits)))


def _parts(raw: RawDoc) -> list[Part]:
    tables = {table.start: table for table in raw.tables}
    starts = [start for start, _, _ in raw.links]
    parts: list[Part] = []
    done = 0
    for block in raw.blocks:
        if block.kind == "cell":
            table = tables.get(block.start)
            if table is not None:
                parts.append(_grid(raw, table))
                done = table.end
            if block.end <= done:
                continue
        text = raw.raw[block.start : block.end]
        here = raw.links[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        links = [(s - block.start, min(e, block.end) - block.start, target) for s, e, target in here]
        kind = "paragraph" if block.kind == "cell" else block.kind
        parts.append(Paragraph(text, NODE, block.align, block.heading, links=links, kind=kind))
    return parts


def _grid(raw: RawDoc, table: RawTable) -> Grid:
    rows: dict[int, list[Cell]] = {}
    for c in table.cells:
        cell = Cell(c.row, c.rowspan, c.colspan, c.header, column=c.column, text=raw.raw[c.start : c.end])
        rows.setdefault(c.row, []).append(cell)
    return Grid(NODE, [*rows.values()])
