"""RawDoc -> Text, by ordered, named steps. BASELINE: to be replaced."""

from __future__ import annotations

from .diagnostics import Report
from .source import RawDoc
from .text import Builder, Cell, Line, Text, TextTable


def normalise(raw: RawDoc, report: Report | None = None) -> Text:
    """Canonical text of `raw` with its exact map."""
    b = Builder(raw.raw)
    lines: list[Line] = []
    table_at = {c.start: (ti, c) for ti, t in enumerate(raw.tables) for c in t.cells}
    cells: dict[int, list[Cell]] = {}
    row_start = 0
    for i, block in enumerate(raw.blocks):
        if block.kind == "boilerplate":
            b.drop(block.start, block.end, "boilerplate")
            continue
        s, e = block.start, block.end
        while s < e and raw.raw[s].isspace():
            s += 1
        while e > s and raw.raw[e - 1].isspace():
            e -= 1
        if block.kind == "cell":
            ti, rc = table_at[block.start]
            if rc.column == 0 or not cells.get(ti) or cells[ti][-1].row != rc.row:
                if b.length:
                    b.insert(s, "\n")
                row_start = b.length
            else:
                b.insert(s, "\t")
            at = b.length
            b.copy(s, e)
            cells.setdefault(ti, []).append(Cell(at, b.length, rc.row, rc.column, rc.rowspan, rc.colspan, rc.header))
            nxt = raw.blocks[i + 1] if i + 1 < len(raw.blocks) else None
            if (
                nxt is None
                or nxt.kind != "cell"
                or table_at[nxt.start][1].row != rc.row
                or table_at[nxt.start][0] != ti
            ):
                lines.append(Line(row_start, b.length, table=ti))
            continue
        if s == e:
            continue
        if b.length:
            b.insert(s, "\n")
        at = b.length
        b.copy(s, e)
        lines.append(Line(at, b.length, block.align, block.heading, meta=block.kind == "meta"))
    string, segments = b.finish()
    tables = tuple(
        TextTable(cs[0].start, cs[-1].end, tuple(cs), raw.tables[ti].place.page) for ti, cs in sorted(cells.items())
    )
    return Text(string, raw, segments, tuple(lines), tables, tuple(b.dropped))
