"""Rich Text: characters by striprtf, paragraphs and tables by the marks that `source` puts into the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...errors import UnreadableFile
from ...limits import Budget, ReadOptions
from ...source import Align, RawDoc
from ..doc.tables import Shape, Tables
from ..doc.text import symbol
from ..flow import BREAK, Flow, paragraphs
from ..html.items import Part
from .source import (
    ASIDE,
    BOX,
    CELL,
    END,
    LINE,
    LINK,
    NEST_CELL,
    NEST_ROW,
    NESTED,
    NUMBER,
    PARAGRAPH,
    RESET,
    ROW,
    VALUE,
    prepare,
)

_MARK = re.compile("([\ufdd0-\ufdef])")
_ALIGN: dict[str, Align] = {"qc": "center", "qr": "right"}
_ALIGNS = frozenset(("qc", "qr", "ql", "qj", "qd"))
_SURROGATE = re.compile("[\ud800-\udfff]")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad]")
_COUNTER = re.compile("[0-9A-Za-z\u2160-\u24ff\u3007\u3200-\u32ff\u4e00-\u9fff]")
_BULLETS = frozenset("•●■◆□○➢√")
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_JOINED = {"clmrg": 1, "clvmrg": 2}
_MOST_CELLS = 64


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """A Rich Text document."""
    from striprtf.striprtf import rtf_to_text

    try:
        text: str = rtf_to_text(prepare(data.decode("latin-1"), budget), errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        raise UnreadableFile(f"{budget.name or 'the input'} is damaged Rich Text: {error}") from error
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if _PRIVATE.search(text):
        text = _PRIVATE.sub(lambda m: symbol(ord(m.group())), text)
    reader = _Reader()
    reader.read(_DROPPED.sub("", text.replace("\u2011", "-")), budget)
    return reader.flow.document(budget, [] if data.rstrip(b"\0\r\n ").endswith(b"}") else ["the file ends too early"])


@dataclass(slots=True)
class _Shape:
    """A row definition in the making."""

    edges: list[int] = field(default_factory=lambda: [0])
    joined: list[int] = field(default_factory=list)
    next: int = 0
    header: bool = False
    ruled: bool = False

    def take(self, word: str, value: int) -> None:
        if word == "trowd":
            self.edges, self.joined, self.next, self.header, self.ruled = [0], [], 0, False, False
        elif word == "trleft":
            self.edges[0] = value
        elif word == "trhdr":
            self.header = True
        elif word == "ruled":
            self.ruled = True
        elif word == "cellx" and len(self.joined) < _MOST_CELLS:
            self.edges.append(value)
            self.joined.append(self.next)
            self.next = 0
        else:
            self.next = _JOINED.get(word, self.next)

    def done(self) -> Shape:
        return Shape(tuple(self.edges), tuple(self.joined), self.header, self.ruled) if self.joined else Shape()


@dataclass(slots=True)
class _Paragraph:
    """What is known of the paragraph that is being read."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    align: Align | None = None
    outline: int | None = None
    number: str = ""
    depth: int = 0
    links: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, piece: str) -> None:
        self.text.append(piece)
        self.length += len(piece)


class _Reader:
    """Follows the marks."""

    def __init__(self) -> None:
        self.flow = Flow("rtf", "application/rtf")
        self._tables = Tables(self.flow.parts)
        self._now = _Paragraph()
        self._shapes = [_Shape(), _Shape()]
        self._nested = 0
        self._open: list[tuple[str, Tables, _Paragraph, list[Part]]] = []
        self._link: tuple[int, str] | None = None

    def read(self, text: str, budget: Budget) -> None:
        pieces = _MARK.split(text)
        n = 0
        while n < len(pieces):
            piece = pieces[n]
            if n % 20_000 == 0:
                budget.tick()
            if piece in (VALUE, LINK) and n + 2 < len(pieces) and pieces[n + 2] == piece:
                self._value(piece, pieces[n + 1])
                n += 2
            elif len(piece) == 1 and "\ufdd0" <= piece <= "\ufdef":
                self._mark(piece)
            elif piece:
                self._now.add(piece)
            n += 1
        while self._open:
            self._leave()
        self._end()
        self._tables.at_depth(0)

    def _mark(self, mark: str) -> None:
        now = self._now
        if mark == PARAGRAPH:
            self._end()
        elif mark == LINE:
            now.add(BREAK)
        elif mark == RESET:
            now.align, now.outline, now.depth = None, None, 0
        elif mark in (CELL, NEST_CELL):
            now.depth = max(now.depth, 2 if mark == NEST_CELL else 1)
            if mark == CELL:
                now.depth = 1
            self._end()
            self._tables.at_depth(now.depth)
            self._tables.end_cell()
        elif mark in (ROW, NEST_ROW):
            depth = 1 if mark == ROW else max(now.depth, 2)
            self._tables.at_depth(depth)
            self._tables.end_row(self._shapes[depth > 1].done())
        elif mark in (ASIDE, BOX):
            self._enter(mark)
        elif mark in (NUMBER, NESTED):
            self._open.append((mark, self._tables, now, []))
            self._nested += mark == NESTED
            if mark == NUMBER:
                self._now = _Paragraph()
        elif mark == END:
            self._leave()

    def _value(self, mark: str, content: str) -> None:
        now = self._now
        if mark == LINK:
            self._open.append((LINK, self._tables, now, []))
            self._link = (now.length, content)
            return
        word, _, digits = content.partition(" ")
        value = int(digits) if digits.lstrip("-").isdigit() else 0
        if word in _ALIGNS:
            now.align = _ALIGN.get(word)
        elif word == "intbl":
            now.depth = max(now.depth, 1)
        elif word == "itap":
            now.depth = min(max(value, 0), 20)
        elif word == "outlinelevel":
            now.outline = value if 0 <= value < 9 else None
        else:
            self._shapes[self._nested > 0].take(word, value)

    def _enter(self, mark: str) -> None:
        """A header, a note or a text box has paragraphs of its own."""
        parts: list[Part] = []
        self._open.append((mark, self._tables, self._now, parts))
        self._tables, self._now = Tables(parts), _Paragraph()

    def _leave(self) -> None:
        if not self._open:
            return
        mark, tables, now, parts = self._open.pop()
        if mark in (ASIDE, BOX):
            self._end()
            self._tables.at_depth(0)
            self._tables, self._now = tables, now
            if mark == ASIDE:
                self.flow.aside(parts)
            else:
                tables.outside.extend(parts)
        elif mark == NUMBER:
            now.number = _number("".join(self._now.text))
            self._now = now
        elif mark == LINK and self._link is not None:
            start, target = self._link
            if now is self._now and now.length > start:
                now.links.append((start, now.length, target))
            self._link = None
        elif mark == NESTED:
            self._nested -= 1

    def _end(self) -> None:
        """The paragraph, or what of it stands before a cell's end, is complete."""
        now = self._now
        text = "".join(now.text)
        target = self._tables.at_depth(now.depth) if text.strip() or now.depth else None
        if target is not None and (text.strip() or now.number):
            cell = now.depth > 0
            target.extend(paragraphs(text, now.align, now.outline, now.links, now.number, cell=cell))
        now.text, now.length, now.links, now.number = [], 0, [], ""


def _number(text: str) -> str:
    """An automatic number, with a tab where a gap follows; a bullet lost its sense with its symbol font."""
    number = text.strip("\t ")
    if not (_COUNTER.search(number) or number in _BULLETS):
        return ""
    return number + "\t" * (text[-1:] in "\t ")
