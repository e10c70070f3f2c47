"""A Word 97-2003 file: its streams, its file information block, and its text by the piece table.

Sections are those of [MS-DOC]. Positions: a CP counts characters of the document, an FC bytes of the main stream.
A damaged file gives what is there; `warnings` says what is not.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from ...errors import UnreadableFile
from ...limits import Budget

_LAST_WORD_95 = 0xC0
_COMPLEX, _ENCRYPTED, _TABLE_1 = 0x0004, 0x0100, 0x0200
_IDENT = (0xA5EC, 0xA5DC)
# names of the parts of the document by place in FibRgLw97 (2.5.4), in the order in which their text is stored
PARTS = {
    "text": 3,
    "footnotes": 4,
    "headers": 5,
    "macros": 6,
    "comments": 7,
    "endnotes": 8,
    "boxes": 9,
    "header_boxes": 10,
}
# what the table stream holds, by place in FibRgFcLcb97 (2.5.6)
_TABLES = {
    "styles": 1,
    "header_places": 11,
    "chpx": 12,
    "papx": 13,
    "clx": 33,
    "shapes": 40,
    "boxes": 56,
    "lists": 73,
    "overrides": 74,
}
# characters that a compressed piece holds in the bytes 80 to 9F (2.9.73)
_WINDOWS = {b: c for b in range(0x80, 0xA0) if (c := bytes([b]).decode("cp1252", "replace")) != "\ufffd"}
_MOST_SPANS = 1_000_000
"""Looked at to find hidden text; a file with more has pieces upon pieces."""
_HIGH = re.compile("[\x80-\x9f]")
_DOUBLE_BYTES = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xfe]{2})*+")
_HAN_BYTES = re.compile(rb"(?:[\xb0-\xf7][\xa1-\xfe]){2}")


class Piece(NamedTuple):
    """Characters from `start` to `end` (CP) stand at `at` (FC), in one or two bytes each."""

    start: int
    end: int
    at: int
    width: int
    changes: bytes
    """Properties that a fast save laid over the piece (2.9.209 Prm)."""


class DocFile:
    """The parts of the file that a reader needs."""

    def __init__(self, main: bytes, tables: dict[str, bytes], budget: Budget) -> None:
        """`main` is the WordDocument stream; `tables` the other streams by name."""
        self.main = main
        self.data = tables.get("Data", b"")
        self.warnings: list[str] = []
        self._budget = budget
        if len(main) < 34 or int.from_bytes(main[:2], "little") not in _IDENT:
            raise UnreadableFile(f"{budget.name or 'the input'} is no Word document: its main stream is damaged")
        self.version, self.language = struct.unpack_from("<H2xH", main, 2)
        self.flags = int.from_bytes(main[10:12], "little")
        self.encrypted = bool(self.flags & _ENCRYPTED)
        self.old = self.version <= _LAST_WORD_95
        name = "1Table" if self.flags & _TABLE_1 else "0Table"
        if name not in tables:  # a converter that names the stream against its own flag
            name = "0Table" if name == "1Table" else "1Table"
        self._table = tables.get(name, b"")
        self._lengths, self._places = self._information()
        self.pieces: list[Piece] = []
        self.text = ""
        if not self.encrypted:
            self.pieces = [] if self.old else self._pieces()
            if not self.pieces:
                self.pieces = self._one_piece()
            self.text = self._characters()
        self.parts = self._parts()
        self._starts = [p.start for p in self.pieces]
        self._stored: list[Piece] | None = None
        self._longest = self._spans = 0

    def _information(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """FibRgLw97 and FibRgFcLcb (2.5.1): the lengths of the parts, and the places in the table stream."""
        main = self.main
        if self.old:
            return (0, 0, 0, *_numbers(main, 0x34, 8)), ()
        words = int.from_bytes(main[32:34], "little")
        at = 34 + 2 * words
        longs = int.from_bytes(main[at : at + 2], "little")
        lengths = _numbers(main, at + 2, longs)
        at += 2 + 4 * longs
        return lengths, _numbers(main, at + 2, 2 * int.from_bytes(main[at : at + 2], "little"))

    def table(self, name: str) -> bytes:
        """A structure of the table stream; empty when the file has none."""
        return self.table_from(name)[: max(self._place(name)[1], 0)]

    def table_from(self, name: str) -> bytes:
        """Like `table`, with all that follows in the stream (the length of the lists leaves out their levels)."""
        at, length = self._place(name)
        return self._table[at:] if length else b""

    def _place(self, name: str) -> tuple[int, int]:
        n = 2 * _TABLES[name]
        return (self._places[n], self._places[n + 1]) if n + 1 < len(self._places) else (0, 0)

    def _pieces(self) -> list[Piece]:
        """The piece table (2.9.38 Clx, 2.8.35 PlcPcd)."""
        clx, at = self.table("clx"), 0
        changes: list[bytes] = []
        while at + 3 <= len(clx) and clx[at] == 1:
            size = int.from_bytes(clx[at + 1 : at + 3], "little")
            changes.append(clx[at + 3 : at + 3 + size])
            at += 3 + size
        if at + 5 > len(clx) or clx[at] != 2:
            return []
        plc = clx[at + 5 : at + 5 + int.from_bytes(clx[at + 1 : at + 5], "little")]
        count = (len(plc) - 4) // 12
        if count < 1:
            return []
        bounds = _numbers(plc, 0, count + 1)
        found: list[Piece] = []
        for n in range(count):
            start, end = bounds[n], bounds[n + 1]
            fc, prm = struct.unpack_from("<IH", plc, 4 * (count + 1) + 8 * n + 2)
            if not start <= end <= start + len(self.main) or (found and start != found[-1].end):
                self._warn("the piece table is damaged")
                break
            at, width = ((fc & 0x3FFFFFFF) // 2, 1) if fc & 0x40000000 else (fc & 0x3FFFFFFF, 2)
            found.append(Piece(start, end, at, width, _changes(prm, changes)))
        return found

    def _one_piece(self) -> list[Piece]:
        """Without a piece table: the text from fcMin to fcMac, as a first save leaves it, if that makes sense."""
        first, last = _numbers(self.main, 24, 2)
        total = sum(self._lengths[n] for n in PARTS.values() if n < len(self._lengths))
        if not 0 < first < last <= len(self.main):
            first, last = min(2048 if total else 512, len(self.main)), len(self.main)
        if self.old:
            return [Piece(0, last - first, first, 1, b"")]
        self._warn("the piece table is missing; the text may be out of order")
        # a narrow text has no zero bytes; a wide one has them in every figure and end of paragraph
        zeros = self.main.count(0, first, min(first + total, first + 4096, last))
        width = 2 if not total or zeros or last - first >= 2 * total else 1
        return [Piece(0, (last - first) // width, first, width, b"")]

    def _characters(self) -> str:
        self._budget.check("characters", self.pieces[-1].end)
        found = []
        for n, piece in enumerate(self.pieces):
            if n % 1000 == 0:
                self._budget.tick()
            found.append(self._read(piece))
        return "".join(found)

    def _read(self, piece: Piece) -> str:
        """As many characters as the piece has positions; U+0000 stands for what is no character."""
        count = piece.end - piece.start
        stored = self.main[piece.at : piece.at + count * piece.width]
        if piece.width == 1:
            text = _narrow(stored)
        else:
            stored = stored[: len(stored) & ~1]
            text = stored.decode("utf-16-le", "surrogatepass")
            if len(text) < len(stored) // 2:  # a character beyond U+FFFF takes two positions
                text = "".join(map(chr, struct.unpack(f"<{len(stored) // 2}H", stored)))
        if len(text) < count:
            self._warn("the file ends before its text does")
            text += "\0" * (count - len(text))
        return text

    def _parts(self) -> dict[str, tuple[int, int]]:
        """Where each part of the document stands in the text."""
        lengths = [max(self._lengths[n], 0) if n < len(self._lengths) else 0 for n in PARTS.values()]
        total = len(self.text)
        if not lengths[0] or (self.old and lengths[0] > total):
            lengths[0] = total
        ends = [min(end, total) for end in accumulate(lengths)]
        return dict(zip(PARTS, zip([0, *ends], ends, strict=False), strict=True))

    def place(self, cp: int) -> tuple[int, bytes]:
        """Byte offset (FC) of a character, and what its piece changes."""
        piece = self.pieces[bisect_right(self._starts, cp) - 1]
        return piece.at + (cp - piece.start) * piece.width, piece.changes

    def spans_of(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Positions (CP) of what stands in the bytes from `start` to `end`."""
        if self._stored is None:
            self._stored = sorted(self.pieces, key=lambda p: p.at)
            self._longest = max((p.end - p.start) * p.width for p in self.pieces)
        n = bisect_left(self._stored, end, key=lambda p: p.at)
        while n and self._stored[n - 1].at + self._longest > start and self._spans < _MOST_SPANS:
            n -= 1
            p = self._stored[n]
            low, high = max(start, p.at), min(end, p.at + (p.end - p.start) * p.width)
            self._spans += 1
            if low < high:
                yield p.start + (low - p.at) // p.width, p.start + (high - p.at + p.width - 1) // p.width

    def _warn(self, message: str) -> None:
        if message not in self.warnings:
            self.warnings.append(message)


def _narrow(stored: bytes) -> str:
    """One byte a character; Chinese double bytes (an old converter's) give a character and U+0000."""
    if stored.isascii():
        return stored.decode("ascii")
    if _HAN_BYTES.search(stored) and _DOUBLE_BYTES.fullmatch(stored):
        return "".join(c if c < "\x80" else c + "\0" for c in stored.decode("gbk", "replace"))
    text = stored.decode("latin-1")
    return text.translate(_WINDOWS) if _HIGH.search(text) else text


def _changes(prm: int, shared: list[bytes]) -> bytes:
    """The properties that a Prm stands for: one short one (2.9.211 Prm0), or a list of the Clx (2.9.212 Prm1)."""
    if not prm:
        return b""
    if prm & 1:
        return shared[prm >> 1] if prm >> 1 < len(shared) else b""
    sprm = _SHORT.get(prm >> 1 & 0x7F)
    return b"" if sprm is None else struct.pack("<HB", sprm, prm >> 8)


_SHORT = {0x05: 0x2403, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x5C: 0x083C}
"""isprm of a Prm0 -> sprm, of those that are read here: alignment, in a table, end of a row, deleted, hidden."""


def _numbers(data: bytes, at: int, count: int) -> tuple[int, ...]:
    """As many of `count` unsigned numbers of four bytes as there are."""
    return struct.unpack_from(f"<{max(0, min(count, (len(data) - at) // 4))}I", data, at) if at < len(data) else ()
