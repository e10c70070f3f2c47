"""Word 97 files by hand, for cases that no word processor writes on demand: fast saves, narrow pieces, damage.

Only what a reader looks at: a compound file of full sectors, the file information block, the piece table, pages of
paragraph and character properties, and whatever the test gives as parts of the table stream ([MS-DOC] 2.5, 2.8, 2.9).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_PLACES = {"styles": 1, "chpx": 12, "papx": 13, "clx": 33, "shapes": 40, "boxes": 56, "lists": 73, "overrides": 74}
_TEXT_AT = 2048


class Piece(NamedTuple):
    """A stretch of the text as it is stored: `narrow` ones take a byte a character. `order`: its place in the file."""

    text: str
    narrow: bool = False
    order: int = 0
    prm: int = 0
    encoding: str = "cp1252"


def sprm(code: int, operand: bytes | int = 1) -> bytes:
    """A property modifier; an int is an operand of one byte."""
    return struct.pack("<H", code) + (bytes([operand]) if isinstance(operand, int) else operand)


def word(
    pieces: str | Sequence[Piece],
    *,
    paragraphs: dict[int, bytes] | None = None,
    characters: Sequence[tuple[int, int, bytes]] = (),
    parts: Sequence[int] = (),
    tables: dict[str, bytes] | None = None,
    shared: Sequence[bytes] = (),
    flags: int = 0,
    version: int = 193,
    table_name: str = "0Table",
) -> bytes:
    """A doc file. `paragraphs`: modifiers of the paragraph with this number; `characters`: (start, end, modifiers).

    `parts`: characters of footnotes, headers, macros, comments, endnotes and text boxes, which end the text;
    `shared`: lists of modifiers that a piece's prm names.
    """
    pieces = [Piece(pieces)] if isinstance(pieces, str) else list(pieces)
    whole = "".join(p.text for p in pieces)
    stored, places = _store(pieces)
    main = bytearray(_TEXT_AT) + stored
    main += b"\0" * (-len(main) % 512)
    content = {
        "papx": _pages(main, _runs(_paragraphs(whole, paragraphs or {}), pieces, places), paragraph=True),
        "chpx": _pages(main, _runs(list(characters), pieces, places), paragraph=False) if characters else b"",
        "clx": _clx(pieces, places, shared),
        **(tables or {}),
    }
    table, at = bytearray(16), {}
    for name, data in content.items():
        at[name] = (len(table), len(data))
        table += data
    total = sum(len(p.text.encode("gbk")) if p.encoding == "gbk" else len(p.text) for p in pieces)
    lengths = [total - sum(parts), *parts, *[0] * (7 - len(parts))]
    fib = _fib(lengths, at, len(stored), flags | (0x200 if table_name == "1Table" else 0), version)
    main[: len(fib)] = fib
    return compound({"WordDocument": bytes(main), table_name: bytes(table)})


def _store(pieces: list[Piece]) -> tuple[bytes, list[int]]:
    stored = b""  # each piece at an even place
    places = [0] * len(pieces)
    for n in sorted(range(len(pieces)), key=lambda n: pieces[n].order):
        piece = pieces[n]
        places[n] = _TEXT_AT + len(stored)
        stored += piece.text.encode(piece.encoding if piece.narrow else "utf-16-le")
        stored += b"\0" * (len(stored) % 2)
    return stored, places


def _paragraphs(whole: str, given: dict[int, bytes]) -> list[tuple[int, int, bytes]]:
    ends = [0, *(n + 1 for n, c in enumerate(whole) if c in "\r\x07\x0c")]
    return [(a, b, b"\0\0" + given.get(n, b"")) for n, (a, b) in enumerate(pairwise(ends))]


def _runs(spans: list[tuple[int, int, bytes]], pieces: list[Piece], places: list[int]) -> list[tuple[int, int, bytes]]:
    """Spans of characters as spans of bytes, in the order of the file."""
    found: list[tuple[int, int, bytes]] = []
    at = 0
    for piece, place in zip(pieces, places, strict=True):
        width = 1 if piece.narrow else 2
        for start, end, data in spans:
            low, high = max(start, at), min(end, at + len(piece.text))
            if low < high:
                found.append((place + (low - at) * width, place + (high - at) * width, data))
        at += len(piece.text)
    return sorted(found)


def _pages(main: bytearray, runs: list[tuple[int, int, bytes]], *, paragraph: bool) -> bytes:
    """Append pages of properties (FKPs); returns the table that finds them."""
    limits: list[int] = []
    numbers: list[int] = []
    end = runs[-1][1]
    while runs:
        taken, room = 0, 500
        while taken < len(runs) and taken < 25:
            room -= (18 if paragraph else 6) + len(runs[taken][2]) + 2
            if room < 0:
                break
            taken += 1
        assert taken, "a property is too long for a page"
        limits.append(runs[0][0])
        numbers.append(len(main) // 512)
        main += _page(runs[:taken], paragraph)
        runs = runs[taken:]
    return struct.pack(f"<{len(limits) + 1}I{len(numbers)}I", *limits, end, *numbers)


def _page(runs: list[tuple[int, int, bytes]], paragraph: bool) -> bytes:
    page = bytearray(512)
    struct.pack_into(f"<{len(runs) + 1}I", page, 0, *(start for start, _, _ in runs), runs[-1][1])
    at = 510
    for n, (_, _, data) in enumerate(runs):
        held = bytes([(len(data) + 1) // 2]) + data if paragraph else bytes([len(data)]) + data
        if paragraph and len(data) % 2 == 0:  # the other way to say the size
            held = bytes([0, len(data) // 2]) + data
        at = (at - len(held)) // 2 * 2
        page[at : at + len(held)] = held
        page[4 * (len(runs) + 1) + n * (13 if paragraph else 1)] = at // 2
    page[511] = len(runs)
    return bytes(page)


def _clx(pieces: list[Piece], places: list[int], shared: Sequence[bytes]) -> bytes:
    bounds = [0]
    for piece in pieces:
        bounds.append(bounds[-1] + len(piece.text.encode("gbk") if piece.encoding == "gbk" else piece.text))
    plc = struct.pack(f"<{len(bounds)}I", *bounds)
    for piece, place in zip(pieces, places, strict=True):
        plc += struct.pack("<HIH", 0, 2 * place | 0x40000000 if piece.narrow else place, piece.prm)
    lists = b"".join(b"\1" + struct.pack("<H", len(data)) + data for data in shared)
    return lists + b"\2" + struct.pack("<I", len(plc)) + plc


def _fib(lengths: list[int], at: dict[str, tuple[int, int]], stored: int, flags: int, version: int) -> bytes:
    fib = bytearray(34 + 28 + 2 + 88 + 2 + 8 * 93)
    struct.pack_into("<HHHHHH", fib, 0, 0xA5EC, version, 0, 0x804, 0, flags)
    struct.pack_into("<II", fib, 24, _TEXT_AT, _TEXT_AT + stored)
    struct.pack_into("<H", fib, 32, 14)
    struct.pack_into("<H", fib, 62, 22)
    struct.pack_into("<8I", fib, 64 + 12, *lengths)
    struct.pack_into("<H", fib, 152, 93)
    for name, (place, length) in at.items():
        struct.pack_into("<II", fib, 154 + 8 * _PLACES[name], place, length)
    return bytes(fib)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) of these streams, each long enough to need no mini stream."""
    padded = {name: data + b"\0" * (-len(data) % 512) for name, data in streams.items()}
    padded = {name: data + b"\0" * max(0, 4096 - len(data)) for name, data in padded.items()}
    fat = [_FAT, _END]
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    body = b""
    for n, (name, data) in enumerate(padded.items(), 1):
        first = len(fat)
        count = len(data) // 512
        fat += [*range(first + 1, first + count), _END]
        entries.append(_entry(name, 2, first, len(data), right=n + 1 if n < len(padded) else _FREE))
        body += data
    assert len(fat) <= 128, "this maker writes one sector of FAT"
    directory = b"".join(entries).ljust(512, b"\0")
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    header[80:] = b"\xff" * (512 - 80)
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    return bytes(header) + table + directory + body


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    entry = bytearray(128)
    coded = name.encode("utf-16-le")
    entry[: len(coded)] = coded
    struct.pack_into("<HBBIII", entry, 64, len(coded) + 2, kind, 1, _FREE, right, child)
    struct.pack_into("<IQ", entry, 116, first, size)
    return bytes(entry)
