"""What a Word 97 file says of its paragraphs and of hidden characters: [MS-DOC] 2.4.6 and 2.6.

Properties are lists of modifiers (sprm, 2.2.5.1), first those of the style, then the paragraph's own, then those
that a fast save laid over the piece.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ...source import Align
from .file import DocFile

_PAGE = 512
_DEPTH = 100
"""Tables in tables deeper than this are a damaged file's."""
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_DELETED, _HIDDEN, _SYMBOL = 0x0800, 0x083C, 0x6A09
_TABLE_DEFINITION, _TAB_CHANGES = 0xD608, 0xC615
_RENAMED = {0x2403: 0x2461}
"""sprmPJc80 of Word 97 and sprmPJc of later ones: the last one counts."""
_HUGE = (0x6645, 0x6646)
_ALIGN: dict[int, Align] = {1: "center", 2: "right"}


class Look(NamedTuple):
    """A paragraph's properties."""

    depth: int = 0
    """Tables that it stands in."""
    row_end: bool = False
    cell_end: bool = False
    """It ends a cell of a table in a table (there the mark is an ordinary one)."""
    align: Align | None = None
    outline: int | None = None
    """Its level in the outline, from 0."""
    list: int = 0
    """Number of its list format override; 0: not numbered."""
    level: int = 0
    row: bytes = b""
    """At the end of a row: the modifiers that describe it."""


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(sprm, operand) of each modifier (2.6.1 to 2.6.3)."""
    at, end = 0, len(data)
    while at + 3 <= end:
        sprm = data[at] | data[at + 1] << 8
        at += 2
        size = _SIZES[sprm >> 13]
        if not size:
            if sprm == _TABLE_DEFINITION and at + 2 <= end:
                size = max((data[at] | data[at + 1] << 8) - 1, 0)
                at += 2
            else:
                size = data[at]
                at += 1
                if sprm == _TAB_CHANGES and size == 255 and at < end:
                    size = _tab_changes(data, at)
        yield sprm, data[at : at + size]
        at += size


def _tab_changes(data: bytes, at: int) -> int:
    """Size of a PChgTabsOperand that is too long to say it (2.9.182)."""
    deleted = data[at]
    added = at + 1 + 4 * deleted
    return 2 + 4 * deleted + 3 * (data[added] if added < len(data) else 0)


class Paragraphs:
    """The properties of any paragraph, looked up by the position of its mark."""

    def __init__(self, file: DocFile) -> None:
        self._file = file
        self._styles = _styles(file.table("styles"))
        self._limits, self._properties = _paragraph_runs(file)
        self._seen: dict[tuple[bytes, bytes], Look] = {}
        self.known = bool(self._properties)
        """False when the file says nothing of its paragraphs (lost, or Word 95)."""

    def at(self, cp: int) -> Look:
        """Properties of the paragraph whose mark stands at `cp`."""
        fc, changes = self._file.place(cp)
        n = bisect_right(self._limits, fc) - 1
        own = self._properties[n] if 0 <= n < len(self._properties) else b""
        key = (own, changes)
        look = self._seen.get(key)
        if look is None:
            look = self._seen[key] = self._look(own, changes)
        return look

    def _look(self, own: bytes, changes: bytes) -> Look:
        style = self._styles.get(int.from_bytes(own[:2], "little"), b"")
        values: dict[int, int] = {}
        row = b""
        for sprm, operand in modifiers(style + own[2:] + changes):
            if sprm in _HUGE and len(operand) == 4:
                row = self._stored(int.from_bytes(operand, "little"))
                values.update((s, int.from_bytes(o[:4], "little")) for s, o in modifiers(row))
            elif len(operand) <= 4:
                values[_RENAMED.get(sprm, sprm)] = int.from_bytes(operand, "little")
        get = values.get
        depth = min(get(0x6649, 0) or int(bool(get(0x2416))), _DEPTH)
        row_end = bool(depth and (get(0x2417) or get(0x244C)))
        outline = get(0x2640, 9)
        return Look(
            depth,
            row_end,
            depth > 1 and bool(get(0x244B)),
            _ALIGN.get(get(0x2461, 0)),
            outline if outline < 9 else None,
            get(0x460B, 0),
            min(get(0x260A, 0), 8),
            (own[2:] + row + changes) if row_end else b"",
        )

    def _stored(self, at: int) -> bytes:
        """Modifiers too long for a page, in the Data stream (2.9.175 PrcData)."""
        data = self._file.data
        return data[at + 2 : at + 2 + int.from_bytes(data[at : at + 2], "little")]


def _runs(file: DocFile, name: str) -> list[int]:
    """Offsets of the pages of properties that a PlcfBtePapx or PlcfBteChpx (2.8.5, 2.8.6) names, each once."""
    plc = file.table(name)
    count = (len(plc) - 4) // 8
    if count < 1:
        return []
    numbers = struct.unpack_from(f"<{count}I", plc, 4 * (count + 1))
    pages = (_PAGE * (n & 0x3FFFFF) for n in dict.fromkeys(numbers))
    return [at for at in pages if at + _PAGE <= len(file.main)]


def _paragraph_runs(file: DocFile) -> tuple[list[int], list[bytes]]:
    """First byte of each run of paragraphs, and its GrpPrlAndIstd (2.9.174 PapxFkp)."""
    found: list[tuple[int, bytes]] = []
    for at in _runs(file, "papx"):
        page = file.main[at : at + _PAGE]
        count = page[-1]
        if 17 * count + 5 > _PAGE:
            continue
        limits = struct.unpack_from(f"<{count + 1}I", page)
        for n in range(count):
            place = 2 * page[4 * (count + 1) + 13 * n]
            size = page[place] if place else 0
            if size:
                own = page[place + 1 : place + 2 * size]
            else:
                own = page[place + 2 : place + 2 + 2 * page[place + 1]] if place else b""
            found.append((limits[n], own))
    if any(a[0] > b[0] for a, b in pairwise(found)):
        found.sort(key=lambda f: f[0])
    return [f[0] for f in found], [f[1] for f in found]


class Marks(NamedTuple):
    """Characters that are not what they seem, by position."""

    unseen: list[tuple[int, int]]
    """Deleted with changes tracked, or hidden."""
    symbols: list[tuple[int, int, int]]
    """(start, end, character of a symbol font)."""


def character_marks(file: DocFile) -> Marks:
    """What the character properties (2.9.32 ChpxFkp) say that a reader of the page sees."""
    marks = Marks([], [])
    for at in _runs(file, "chpx"):
        page = file.main[at : at + _PAGE]
        if b"\x00\x08" in page or b"\x3c\x08" in page or b"\x09\x6a" in page:
            _read_marks(file, page, marks)
    for piece in file.pieces:
        if piece.changes and _is_unseen(dict(modifiers(piece.changes))):
            marks.unseen.append((piece.start, piece.end))
    return marks


def _read_marks(file: DocFile, page: bytes, marks: Marks) -> None:
    count = page[-1]
    if 5 * count + 5 > _PAGE:
        return
    limits = struct.unpack_from(f"<{count + 1}I", page)
    for n in range(count):
        place = 2 * page[4 * (count + 1) + n]
        if not place:
            continue
        values = dict(modifiers(page[place + 1 : place + 1 + page[place]]))
        if _is_unseen(values):
            marks.unseen.extend(file.spans_of(limits[n], limits[n + 1]))
        elif len(symbol := values.get(_SYMBOL, b"")) == 4:
            code = int.from_bytes(symbol[2:], "little")
            marks.symbols.extend((start, end, code) for start, end in file.spans_of(limits[n], limits[n + 1]))


def _is_unseen(values: dict[int, bytes]) -> bool:
    return values.get(_DELETED, b"")[:1] == b"\1" or values.get(_HIDDEN, b"")[:1] in (b"\1", b"\x81")


def _styles(sheet: bytes) -> dict[int, bytes]:
    """Modifiers of each paragraph style with those of the styles it is based on (2.9.272 STSH, 2.9.260 STD)."""
    if len(sheet) < 6:
        return {}
    size, count, base_size = struct.unpack_from("<3H", sheet)
    own: dict[int, tuple[int, bytes]] = {}
    at = 2 + size
    for n in range(count):
        if at + 2 > len(sheet):
            break
        length = int.from_bytes(sheet[at : at + 2], "little")
        if length:
            style = _style(sheet[at + 2 : at + 2 + length], base_size)
            if style is not None:
                own[n] = style
        at += 2 + length + (length & 1)
    return {n: _based(n, own) for n in own}


def _style(std: bytes, base_size: int) -> tuple[int, bytes] | None:
    """(style it is based on, own modifiers) of a paragraph style."""
    if len(std) < base_size + 2 or base_size < 10:
        return None
    kind, base = std[2] & 15, (std[2] | std[3] << 8) >> 4
    if kind != 1:
        return None
    at = base_size + 4 + 2 * int.from_bytes(std[base_size : base_size + 2], "little")
    size = int.from_bytes(std[at : at + 2], "little")
    number = (std[0] | std[1] << 8) & 0xFFF
    outline = struct.pack("<HB", 0x2640, number - 1) if 1 <= number <= 9 else b""
    return base, outline + std[at + 4 : at + 2 + size]


def _based(n: int, own: dict[int, tuple[int, bytes]]) -> bytes:
    found = []
    for _ in range(12):
        if n not in own:
            break
        n, modified = own[n]
        found.append(modified)
    return b"".join(reversed(found))
