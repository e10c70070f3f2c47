"""Plain text and Markdown: lines as blocks, tab-separated and piped tables, metadata lines, page controls.

`RawDoc.raw` is the decoded file, character for character. Markup that is no text (the # of a heading, the > of a
quotation) is left out of the blocks; html tags inside a line stay in (normalisation takes them out).
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...search import ascii_part, holds, seek
from ...source import BlockKind, Place, RawBlock, RawCell, RawDoc, RawTable
from ...text import new
from .. import chrome, controls
from ..decode import Decoded, decode
from .columns import CODE, HEAD, HEAD_BELOW, INLINE, SERIAL, SET_APART, find_inline
from .tables import Lines, find_table

_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+(?=\S)")
_QUOTE = re.compile(r"[ \t]{0,3}>[ \t]?")
_BULLET = re.compile(r"[ \t]{0,6}[-*+][ \t]+(?=\S)")
_IMAGE = re.compile(r"\s*!\[[^\]]{0,200}\]\([^)]{0,500}\)\s*")
_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,200})\]\(([^()\s]{1,500})\)")
_KEY = re.compile(r"[^\s:：#][^:：\n]{0,30}[:：]")
_NUMBERED = re.compile(
    r"[\s\u3000]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章条]|（[一二三四五六七八九十]{1,3}）)"
)
_HEAD_LINES = 40
_MOST_HEADS = 200
"""So many lines like 序号 责任单位 … that head no table are looked at."""
_LONGEST_FIELD = 120
_VALUE = re.compile(
    r"[^：:]{2,12}[：:]\s?(?:(?:主动|依申请|不予)公开|https?://[!-~]{8,200}|(?:19|20)\d\d-\d{1,2}-\d{1,2})(?=[\u4e00-\u9fff])"
)
"""公开方式：主动公开|某市人民政府…, 原文链接：…/t1.html|某局…: a value that ends where a word begins."""
_FIRST_WORD = re.compile(r"[^：:]{1,14}[：:]\s*\S{2,60}\s+")
"""文号：某卫函〔2021〕12号 关于…的通知 各卫生院：…: a page saved as one line; the notice begins after the value."""
_LONG_LINE = 60


def read(data: bytes, name: str | None = None) -> RawDoc:
    """A text file as blocks. Raises UnreadableFile when it is no text."""
    return read_text(decode(data))


def read_text(decoded: Decoded, *, markdown: bool = False) -> RawDoc:
    """Decoded text as blocks."""
    cutter = _Cutter(decoded.text, ascii_part(decoded.text) if decoded.ascii is None else decoded.ascii, markdown)
    cutter.run()
    warnings = decoded.warnings
    if not cutter.blocks:
        warnings = (*warnings, ("empty-document", "the file has no text", 0, 0))
    return RawDoc(
        decoded.text,
        tuple(cutter.blocks),
        tuple(cutter.tables),
        reader="markdown" if markdown else "text",
        media_type="text/markdown" if markdown else "text/plain",
        encoding=decoded.encoding,
        warnings=warnings,
        links=tuple(_links(decoded.text)) if markdown else (),
        ascii=cutter.ascii,
        lines=tuple(cutter.strings) if cutter.plain else None,
    )


def _links(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(1), m.end(1), m[2]) for m in _LINK.finditer(text)] if "](" in text else []


@lru_cache(4096)
def _place(n: int) -> Place:
    """The place of line `n`, made once for all texts."""
    return Place(line=n + 1)


_PLACES = [_place(n) for n in range(500)]
"""Those of most texts, at hand without a call."""


class _Cutter:
    """One pass over the lines; `head` is true until the notice's own text begins."""

    def __init__(self, text: str, ascii: str, markdown: bool) -> None:
        self.text = text
        self.ascii = ascii
        self.markdown = markdown
        self.lines = Lines(text, even="\r" not in ascii and not text.startswith("\ufeff"))
        self.blocks: list[RawBlock] = []
        self.strings: list[str] = []
        """What each block holds."""
        self.tables: list[RawTable] = []
        self.head = True
        self.seen = 0
        self.heads = 0  # lines that look like the first of a table, and are none
        self.no_table = 0  # lines before this one were looked at, and are no table
        self.has_headings = markdown and ("\n#" in text or text.startswith("#"))
        numbered = seek(SERIAL, text) is not None
        self.inline = numbered and INLINE.search(text) is not None  # whether a table may stand within a line
        self.tabular = self._may_have_tables(numbered)
        self.plain = not (self.tabular or self.inline or markdown or "#" in ascii)
        """Whether nothing but paragraphs, metadata and controls of the page can stand in the text."""

    def _may_have_tables(self, numbered: bool) -> bool:
        text, ascii = self.text, self.ascii
        if "\t" in ascii or "|" in ascii or ("<" in ascii and ("<t" in text or "<T" in text)):
            return True
        if (numbered or holds(text, CODE)) and (HEAD.match(text) or HEAD_BELOW.search(text)):
            return True
        narrow, wide = SET_APART
        return ("  " in ascii and narrow.search(text) is not None) or wide.search(text) is not None

    def run(self) -> None:
        """Cut every line."""
        strings = self.lines.strings
        n = self._front()
        while n < len(strings):
            if self.plain and not self.head:
                self._plain_lines(n)
                return
            line = strings[n]
            if not line or line.isspace():
                n += 1
            elif (self.tabular and n >= self.no_table and (after := self._table(n, line))) or (
                self.head and (after := self._head_line(n, line))
            ):
                n = after
            else:
                if "。" not in line and controls.is_boilerplate(line):
                    self._add(n, kind="boilerplate")
                else:
                    self._paragraph(n, line)
                n += 1

    def _plain_lines(self, first: int) -> None:
        """Take the lines from `first` on, where nothing but a paragraph or a control of the page can stand."""
        strings = self.lines.strings[first:]
        found = controls.boilerplate([line for line in strings if line and "。" not in line])
        blocks, cut, starts = self.blocks, self.strings, None if self.lines.even else self.lines.starts
        at = self.lines.start(first) if strings else 0
        places = _PLACES if first + len(strings) <= len(_PLACES) else [_place(n) for n in range(first + len(strings))]
        for n, line in enumerate(strings, first):
            if line:
                start = starts[n] if starts else at
                at = start + len(line)
                if not line.isspace():
                    kind: BlockKind = "boilerplate" if found and line in found else "paragraph"
                    blocks.append(new(RawBlock, (start, at, kind, places[n], None, None)))
                    cut.append(line)
            at += 1

    def _table(self, n: int, line: str) -> int:
        """Take the table that line `n` opens; returns the number of the line after it, 0 when there is none."""
        if not ("\t" in line or "|" in line or "<t" in line or "<T" in line) and not (
            self.heads < _MOST_HEADS
            and (("号" in line[:14] and HEAD.match(line[:24] + "\n")) or any(apart.search(line) for apart in SET_APART))
        ):
            return 0
        found = find_table(self.lines, n)
        if found is None:
            self.heads += 1
            return 0
        cells, after = found
        if not cells:
            self.no_table = after
            return 0
        self._take_table(cells)
        self.head = False
        return after

    def _front(self) -> int:
        """Front matter, or the metadata that a saving program wrote above a 正文 line; returns the next line."""
        first = next((n for n in range(min(len(self.lines), 20)) if self.lines[n].strip("\ufeff \t\u3000")), 0)
        if "---" in self.ascii and self.lines[first].strip("\ufeff ") == "---":
            end = next(
                (n for n in range(first + 1, min(len(self.lines), first + 80)) if self.lines[n].rstrip() == "---"), 0
            )
            if end:
                return self._take_front(first, end, strict=False)
        if seek(chrome.BODY_WORD, self.text) is None:
            return 0
        end = next((n for n, x in enumerate(self.lines.strings[:60]) if "正" in x and chrome.BODY_MARK.fullmatch(x)), 0)
        inside = [self.lines[n] for n in range(end) if self.lines[n].strip()]
        if inside and sum(chrome.has_any_label(x) for x in inside) * 3 >= len(inside) * 2:
            return self._take_front(0, end, strict=True)
        return 0

    def _take_front(self, first: int, end: int, *, strict: bool) -> int:
        for n in range(first, end + 1):
            line = self.lines[n]
            if not line.strip():
                continue
            if n == end or line.strip("\ufeff ") == "---":
                self._add(n, kind="boilerplate")
            elif chrome.has_any_label(line) or (not strict and _KEY.match(line)):
                self._add(n, kind="meta")
            elif controls.is_boilerplate(line):
                self._add(n, kind="boilerplate")
            else:
                self._add(n, kind="paragraph" if strict else "meta")
        return end + 1

    def _head_line(self, n: int, line: str) -> int:
        """Cut a metadata line before the notice's own text; returns the next line, 0 when it is something else."""
        self.seen += 1
        label = chrome.label_of(line)
        if label and (not chrome.is_weak(label) or self._in_run(n)):
            start = self.lines.start(n)
            if below := self._value_below(n, line):
                self._block(start, self.lines.start(below) + len(self.lines[below]), n, "meta")
                return below + 1
            for piece in chrome.pieces(line):
                kind: BlockKind = "meta" if piece.meta else "boilerplate"
                if piece.end - piece.start > _LONGEST_FIELD and (
                    value := _VALUE.match(line, piece.start, piece.end)
                    or _FIRST_WORD.match(line, piece.start, piece.end)
                ):
                    self._block(start + piece.start, start + value.end(), n, kind)
                    self._block(start + value.end(), start + len(line), n)
                    self.head = False
                    break
                self._block(start + piece.start, start + piece.end, n, kind)
            return n + 1
        among = not label and n + 1 < len(self.lines) and (not self.blocks or self.blocks[-1].kind == "meta")
        if chrome.is_scraper_note(line) or (among and chrome.is_field_above(line, self.lines[n + 1])):
            self._add(n, kind="meta")
            return n + 1
        if self.markdown and self.has_headings and _QUOTE.match(line):
            self._add(n, kind="boilerplate")
            return n + 1
        if len(line) > _LONG_LINE or self.seen > _HEAD_LINES or _NUMBERED.match(line) or line.rstrip()[-1:] in "：:":
            self.head = False
        return 0

    def _value_below(self, n: int, line: str) -> int:
        """Number of the line that holds the value of a label alone on line `n`; 0 when there is none."""
        if line.rstrip()[-1:] not in "：:" or len(line) > _LONG_LINE:
            return 0
        if line.count("：") + line.count(":") > 1 and n + 1 < len(self.lines) and not self.lines[n + 1].strip():
            return 0  # 名称：…　文号：…　主题词： / (blank) / 某某局: the last of several fields is blank
        below = next((k for k in range(n + 1, min(n + 4, len(self.lines))) if self.lines[k].strip()), 0)
        value = self.lines[below].strip() if below else ""
        known = chrome.label_of(value) is not None or value[-1:] in "：:"
        known |= "关于" in value and "标" not in line and "名称" not in line  # the title, below a label left blank
        return below if value and not known and len(value) <= 2 * _LONG_LINE and "\t" not in value else 0

    def _in_run(self, n: int) -> bool:
        """A weak label counts when a neighbouring line (blank ones skipped) is a metadata line, too."""
        if self.blocks and self.blocks[-1].kind == "meta":
            return True
        following = next(
            (self.lines[k] for k in range(n + 1, min(n + 4, len(self.lines))) if self.lines[k].strip()), ""
        )
        return chrome.label_of(following) is not None

    def _paragraph(self, n: int, line: str) -> None:
        skip, heading = 0, None
        if "#" in line and (m := _HEADING.match(line)):
            skip, heading = m.end(), len(m[1])
            self.has_headings = False
        elif self.markdown and (m := _QUOTE.match(line) or _BULLET.match(line)):
            skip = m.end()
        if line[0] == "|" and line.count("|") == 2 and line.rstrip()[-1] == "|":  # a frame around one line
            start = self.lines.start(n)
            self._block(start + 1, start + line.rindex("|"), n)
            return
        if self.markdown and "![" in line and _IMAGE.fullmatch(line):
            self._add(n, kind="boilerplate")
            return
        self._add(n, skip, heading=heading)

    def _add(self, n: int, skip: int = 0, kind: BlockKind = "paragraph", heading: int | None = None) -> None:
        start = self.lines.start(n)
        self._block(start + skip, start + len(self.lines[n]), n, kind, heading)

    def _block(self, start: int, end: int, n: int, kind: BlockKind = "paragraph", heading: int | None = None) -> None:
        if self.inline and kind == "paragraph" and end - start > _LONG_LINE:
            cells = find_inline(self.text, start, end)
            if cells:
                self.inline = False  # one of them
                self._block(start, cells[0].start, n, kind, heading)
                self._take_table([(n, c) for c in cells])
                start = cells[-1].end
        if start < end:
            self.blocks.append(new(RawBlock, (start, end, kind, _place(n), None, heading)))
            self.strings.append(self.text[start:end])

    def _take_table(self, cells: list[tuple[int, RawCell]]) -> None:
        number = len(self.tables) + 1
        for n, c in cells:
            place = new(Place, (None, n + 1, number, c.row + 1, c.column + 1))
            self.blocks.append(new(RawBlock, (c.start, c.end, "cell", place, None, None)))
        every = tuple(c for _, c in cells)
        self.tables.append(RawTable(every[0].start, every[-1].end, every, Place(line=cells[0][0] + 1, table=number)))
