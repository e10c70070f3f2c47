"""`read`: a table as | separated rows (a cell `text{2}` spans columns, `text{2v}` rows, `^` is covered by one).

Lines without | are paragraphs. Printed: caption, header, rows, sections, diagnostics.
"""

import re

from policyparse.diagnostics import Report
from policyparse.normalise import normalise
from policyparse.source import Place, RawBlock, RawCell, RawDoc, RawTable
from policyparse.tables import build_grids

_CELL = re.compile(r"([^{]*)(?:\{(\d+)(v?)\})?")


def document(given: str) -> RawDoc:
    raw, row = "", 0
    blocks: list[RawBlock] = []
    tables: list[RawTable] = []
    cells: list[RawCell] = []

    def finish() -> None:
        nonlocal cells, row
        if cells:
            tables.append(RawTable(cells[0].start, cells[-1].end, tuple(cells), Place(table=len(tables) + 1)))
        cells, row = [], 0

    for line in given.split("\n"):
        if "|" not in line:
            finish()
            if line and line != "---":
                blocks.append(RawBlock(len(raw), len(raw) + len(line)))
                raw += line + "\n"
            continue
        column = 0
        for value in line.strip("|").split("|"):
            m = _CELL.fullmatch(value.strip())
            assert m
            wide, tall = (1, int(m[2] or 1)) if m[3] else (int(m[2] or 1), 1)
            if m[1] != "^":
                cells.append(RawCell(len(raw), len(raw) + len(m[1]), row, column, tall, wide))
                blocks.append(RawBlock(len(raw), len(raw) + len(m[1]), "cell"))
                raw += m[1] + "\t"
            column += wide
        row += 1
        raw += "\n"
    finish()
    return RawDoc(raw, tuple(blocks), tuple(tables))


def read(given: str) -> list[str]:
    report = Report()
    text = normalise(document(given.strip("\n")), report)
    s, out = text.string, []
    report = Report()
    for g in build_grids(text, report):
        if g.caption:
            out.append("caption: " + s[g.caption.start : g.caption.end])
        out.append("header: " + " | ".join(g.header))
        for i, row in enumerate(g.rows):
            mark = "section: " if i in g.sections else "row: "
            out.append(mark + " | ".join(s[c.start : c.end].strip() or "-" for c in row))
    return out + [d.code for d in report]
