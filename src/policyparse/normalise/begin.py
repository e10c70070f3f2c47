"""RawDoc -> Draft: one strip a paragraph or table row, in characters of a canonical width."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Iterator

from ..search import ascii_part
from ..source import BlockKind, RawBlock, RawCell, RawDoc
from .draft import Draft, Strip, join

# Every replacement here is one character for one, so that offsets stay those of the source.
# ２０１８年 -> 2018年; ⼀、 (a Kangxi radical out of a PDF font) -> 一、
_WIDE = "０-９Ａ-Ｚａ-ｚ％\u2e80-\u2fd5\uf900-\ufaff\u2000-\u200a\u205f"
"""Blanks of printers' widths among them: &emsp; is as wide as a character, and pads names as U+3000 does."""
_EM_BLANKS = "\u2001\u2003"
_WIDE_RUN = re.compile(f"[{_WIDE}]+")
_WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")
_BLANKS = str.maketrans(dict.fromkeys("\t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "))
_BREAKS = re.compile("[\t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]")
_LINE_BREAKS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufffe\x00-\x08\x0e-\x1b\x7f"
_STRANGE = f"{_WIDE}{INVISIBLE}\t\r\v\f\x1c-\x1f\x85\u2028\u2029"
_UNUSUAL = re.compile(f"[{_STRANGE}](?<!\r(?=\n))")
"""One look tells most documents to have nothing of all this; the line feed, alone or after \\r, is no event."""


def _all_but(characters: str) -> str:
    """The characters outside a class, as a class: a run of those is passed at half the cost of a search for these."""
    at, ranges = 0, []
    for first, last in sorted((ord(a), ord(b or a)) for a, b in re.findall("(.)(?:-(.))?", characters, re.DOTALL)):
        if first > at:
            ranges.append(f"{re.escape(chr(at))}-{re.escape(chr(first - 1))}")
        at = last + 1
    return "".join([*ranges, f"{re.escape(chr(at))}-\U0010ffff"])


_ORDINARY = re.compile(f"[{_all_but(_STRANGE)}]*")


_LETTERS = "OolI"
_MISREAD = re.compile(
    r"(?<![A-Za-z0-9])[12lI][0Oo][0-9OolI]{2}(?=[年〕\]）)])|(?:(?<=月)|(?<=[年—－–~～至到、-]))[0-9OolI]{1,2}(?=[日月])"
)
"""〔2O19〕, 9月l0日: digits that a scanner took for letters."""
_SUSPECTS = {letter: re.compile(f"{letter}[0-9{_LETTERS}]{{0,3}}[年月日〕\\]）)]") for letter in _LETTERS}
"""One of them finds something in every text that has such a number. A pattern that begins with one character is
searched ten times as fast as one that may begin with any of four."""
_AS_DIGITS = str.maketrans(_LETTERS, "0011")


def misread_digits(string: str, ascii_part: str) -> str:
    """The same with digits for letters in years and days of the calendar; same length."""
    if not any(letter in ascii_part and suspect.search(string) for letter, suspect in _SUSPECTS.items()):
        return string
    return _MISREAD.sub(lambda m: m.group().translate(_AS_DIGITS), string)


def canonical_width(string: str) -> str:
    """Full-width digits, letters and ％, and characters for the eye only, as their ordinary selves; same length."""
    string, count = _WIDE_RUN.subn(lambda m: "".join(map(_plain, m.group())), string)
    return _WIDE_POINT.sub(".", string) if count and "．" in string else string


def _plain(char: str) -> str:
    if char in _EM_BLANKS:
        return "\u3000"
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def begin(raw: RawDoc) -> Draft:
    """The blocks of `raw` as strips; boilerplate, and whatever stands outside all blocks, is set aside."""
    string = raw.raw
    unusual = _is_unusual(string)
    if unusual:
        string = canonical_width(string)
    draft = Draft(raw, [], ascii_part(string) if unusual or raw.ascii is None else raw.ascii, unusual)
    if (read := misread_digits(string, draft.ascii)) != string:
        draft.counts["digits-mended"] += sum(map(operator.ne, read, string))
        string, draft.unusual = read, True
    if raw.lines is None or draft.unusual:
        _add_blocks(draft, string)
    else:
        _add_lines(draft, raw.lines)
    return draft


def _add_lines(draft: Draft, lines: tuple[str, ...]) -> None:
    """The lines of a plain text, which its reader has cut already."""
    for block, line in zip(draft.raw.blocks, lines, strict=True):
        kind, start = block.kind, block.start
        if kind == "boilerplate":
            draft.drop_source("boilerplate", start, block.end)
        elif text := line.strip():
            left = 0 if len(text) == len(line) else len(line) - len(line.lstrip())
            strip = Strip(text, start + left, left)
            if kind == "meta":  # a label and its value are one line
                strip.text, strip.meta, strip.prose = _on_one_line(text), True, False
            draft.lines.append(strip)


def _add_blocks(draft: Draft, string: str) -> None:
    """The blocks of `string`, of whatever kind."""
    raw, unusual, lines = draft.raw, draft.unusual, draft.lines
    cells = {c.start: (n, c) for n, t in enumerate(raw.tables) for c in t.cells}
    at = 0
    for block in raw.blocks:
        start, end, kind, place, align, heading = block
        if start > at and not string[at:start].isspace():
            draft.drop_source("outside", at, start)
        if end > at:
            at = end
        if kind == "boilerplate":
            draft.drop_source("boilerplate", start, end)
        elif kind == "cell" and start in cells:
            _add_cell(draft, string, block, *cells[start])
        else:
            whole, known = string[start:end], len(lines)
            if unusual or "\n" in whole:
                for first, written in _lines_in(whole, start, kind):
                    _add_line(lines, written, first)
            else:
                _add_line(lines, whole, start)
            if kind == "meta" or align or heading or place.page:
                for strip in lines[known:]:
                    strip.align, strip.heading, strip.page = align, heading, place.page
                    strip.meta, strip.prose = kind == "meta", kind != "meta"
    draft.drop_source("outside", at, len(string))


def _add_line(lines: list[Strip], written: str, start: int) -> None:
    """A line that stands in the source from `start` on, without the white space around it; no empty one."""
    text = written.strip()
    if text:
        left = 0 if len(text) == len(written) else len(written) - len(written.lstrip())
        lines.append(Strip(text, start + left, left))


def _is_unusual(string: str) -> bool:
    """Whether the text holds characters that a typed one has not."""
    found = _ORDINARY.match(string)
    at = found.end() if found else 0
    return at < len(string) and _UNUSUAL.search(string, at) is not None


def _on_one_line(text: str) -> str:
    """`text` with spaces for tabs and breaks."""
    return text.translate(_BLANKS) if _BREAKS.search(text) else text


def _lines_in(whole: str, start: int, kind: BlockKind) -> Iterator[tuple[int, str]]:
    """A block is one line; a reader that leaves line feeds inside means several (but a label and its value are one)."""
    at = 0
    if kind != "meta":
        for m in _LINE_BREAKS.finditer(whole):
            yield start + at, _on_one_line(whole[at : m.start()])
            at = m.end()
    yield start + at, _on_one_line(whole[at:])


def _add_cell(draft: Draft, string: str, block: RawBlock, table: int, cell: RawCell) -> None:
    """A cell joins the row of the cell before, or begins a new one."""
    whole = string[block.start : block.end]
    text = whole.strip()
    left = whole.index(text[0]) if text else 0
    if draft.unusual or "\n" in text:
        text = _on_one_line(text)
    content = Strip(text, block.start + left, left)
    last = draft.lines[-1] if draft.lines else None
    if last is not None and last.cells and last.table == table and last.cells[0][0].row == cell.row:
        if cell.column <= last.cells[-1][0].column and _goes_on(last.cells, cell, content):
            return
        last.cells.append((cell, content))
    else:
        row = Strip("", block.start)
        row.copied, row.prose, row.page, row.table = False, False, block.place.page, table
        row.cells = [(cell, content)]
        draft.lines.append(row)


def _goes_on(cells: list[tuple[RawCell, Strip]], cell: RawCell, content: Strip) -> bool:
    """A cell wrapped onto the next line goes on with the one of its place; whether there is one."""
    for n, (known, above) in enumerate(cells):
        if known.column == cell.column:
            cells[n] = (known, join([above, content], between=" "))  # maybe another body: 市教育局 | 市财政局
            return True
    return False
