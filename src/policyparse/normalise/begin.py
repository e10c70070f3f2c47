"""RawDoc -> Draft: one strip a paragraph or table row, in characters of a canonical width."""

from __future__ import annotations

import re
import unicodedata

from ..source import RawBlock, RawCell, RawDoc
from .draft import Draft, Piece, Strip

# Every replacement here is one character for one, so that offsets stay those of the source.
# ２０１８年 -> 2018年; ⼀、 (a Kangxi radical out of a PDF font) -> 一、
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ％\u2e80-\u2fd5\uf900-\ufaff]")
_WIDE_RUN = re.compile(_WIDE.pattern + "+")  # the pattern for one character is searched three times as fast
_WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")
_BLANKS = str.maketrans(dict.fromkeys("\t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "))
_BREAKS = re.compile("[\t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]")
_LINE_BREAKS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def canonical_width(string: str) -> str:
    """Full-width digits, letters and ％, and characters for the eye only, as their ordinary selves; same length."""
    if _WIDE.search(string):
        string = _WIDE_RUN.sub(lambda m: "".join(map(_plain, m.group())), string)
        if "．" in string:
            string = _WIDE_POINT.sub(".", string)
    return string


def _plain(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def begin(raw: RawDoc) -> Draft:
    """The blocks of `raw` as strips; boilerplate, and whatever stands outside all blocks, is set aside."""
    string = canonical_width(raw.raw)
    draft = Draft(raw, [])
    cells = {c.start: (n, c) for n, t in enumerate(raw.tables) for c in t.cells}
    at = 0
    for block in raw.blocks:
        start, end, kind = block[:3]
        if start > at and not string[at:start].isspace():
            draft.drop_source("outside", at, start)
        at = max(at, end)
        if kind == "boilerplate":
            draft.drop_source("boilerplate", start, end)
        elif kind == "cell" and start in cells:
            _add_cell(draft, string, block, *cells[start])
        else:
            _add_paragraph(draft, block, string[start:end], start)
    draft.drop_source("outside", at, len(raw.raw))
    return draft


def _on_one_line(draft: Draft, text: str) -> str:
    """`text`, which holds characters that are not printed, with spaces for tabs and breaks."""
    draft.printable = False
    return text.translate(_BLANKS) if _BREAKS.search(text) else text


def _add_paragraphs(draft: Draft, block: RawBlock, whole: str, start: int) -> None:
    """A block is one line; a reader that leaves line feeds inside means several (but a label and its value are one)."""
    at = 0
    for m in _LINE_BREAKS.finditer(whole + "\n"):
        if m.start() > at:
            _add_paragraph(draft, block, whole[at : m.start()], start + at)
        at = m.end()


def _add_paragraph(draft: Draft, block: RawBlock, whole: str, start: int) -> None:
    text = whole.strip()
    if not text:
        return
    _, _, kind, place, align, heading = block
    left, printable = whole.index(text[0]), text.isprintable()
    plain = printable and not left
    if not plain and kind != "meta" and _LINE_BREAKS.search(whole, 0, left if printable else len(whole)):
        _add_paragraphs(draft, block, whole, start)
        return
    if not printable:
        text = _on_one_line(draft, text)
    strip = Strip(text, [Piece(0, len(text), start + left, len(text))], left)
    if kind == "meta":
        strip.meta, strip.prose = True, False
    if align or heading or place.page:
        strip.align, strip.heading, strip.page = align, heading, place.page
    draft.lines.append(strip)


def _add_cell(draft: Draft, string: str, block: RawBlock, table: int, cell: RawCell) -> None:
    """A cell joins the row of the cell before, or begins a new one."""
    whole = string[block.start : block.end]
    text = whole.strip()
    if text:
        start = block.start + whole.index(text[0])
        if not text.isprintable():
            text = _on_one_line(draft, text)
        content = Strip(text, [Piece(0, len(text), start, len(text))], start - block.start)
    else:
        content = Strip("", [])
    last = draft.lines[-1] if draft.lines else None
    if last is not None and last.cells and last.table == table and last.cells[0][0].row == cell.row:
        last.cells.append((cell, content))
    else:
        row = Strip("", [])
        row.prose, row.page, row.table, row.cells = False, block.place.page, table, [(cell, content)]
        draft.lines.append(row)
