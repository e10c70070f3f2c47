"""Fonts of an OFD document: which are bold, and which character a glyph of an embedded font stands for.

Text objects may name glyphs only (CGTransform), with blanks or private characters in the text. The font's own table
(cmap: character -> glyph) is read the other way round then; fonts without one leave the glyphs unread.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from struct import unpack_from

from .parts import Document, first, text_of

_MOST_TABLES = 100
_MOST_CODES = 200_000
_UNKNOWN = "\ufffd"


class Fonts:
    """The fonts of one document, opened when their glyphs are asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._maps: dict[str, dict[int, str]] = {}
        self.bold = frozenset(document.bold_fonts())
        self.unread = 0
        """Text objects whose glyphs no font explains."""

    def read(self, font: str, glyphs: str) -> str:
        """The characters of glyph numbers (`34 52 52`); "" when the font does not tell."""
        if font not in self._maps:
            self._maps[font] = self._open(font)
        known = self._maps[font]
        found = [known.get(int(g), _UNKNOWN) for g in glyphs.split() if g.isdigit() and len(g) < 7]
        if not found or found.count(_UNKNOWN) * 2 > len(found):
            self.unread += 1
            return ""
        return "".join(found)

    def _open(self, font: str) -> dict[int, str]:
        resource = self._document.resource("Font", font)
        location = text_of(first(resource[0], "FontFile")) if resource else ""
        name = self._document.find(location, resource[1]) if resource and location else None
        if name is None:
            return {}
        try:
            return characters(self._document.parts.content(name))
        except (struct.error, IndexError, ValueError):
            return {}


def characters(font: bytes) -> dict[int, str]:
    """Glyph number -> character, of a TrueType or OpenType font. Raises struct.error when it is cut off."""
    start = unpack_from(">I", font, 12)[0] if font[:4] == b"ttcf" else 0
    for n in range(min(unpack_from(">H", font, start + 4)[0], _MOST_TABLES)):
        tag, _, offset, _ = unpack_from(">4sIII", font, start + 12 + 16 * n)
        if tag == b"cmap":
            return _reversed(font, offset)
    return {}


def _reversed(font: bytes, table: int) -> dict[int, str]:
    found: dict[int, str] = {}
    count = 0
    for n in range(min(unpack_from(">H", font, table + 2)[0], _MOST_TABLES)):
        platform, encoding, offset = unpack_from(">HHI", font, table + 4 + 8 * n)
        if platform != 0 and (platform, encoding) not in ((3, 1), (3, 10)):
            continue  # not Unicode
        for code, glyph in _codes(font, table + offset):
            count += 1
            if count > _MOST_CODES:
                return found
            if glyph and code < 0x110000 and not 0xD800 <= code < 0xE000:
                found.setdefault(glyph, chr(code))
    return found


def _codes(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    """(character, glyph) of the two kinds of table in use: 4 (to U+FFFF) and 12."""
    kind = unpack_from(">H", font, at)[0]
    if kind == 12:
        for n in range(min(unpack_from(">I", font, at + 12)[0], _MOST_CODES)):
            first_code, last, glyph = unpack_from(">III", font, at + 16 + 12 * n)
            yield from ((code, glyph + code - first_code) for code in range(first_code, min(last, 0x10FFFF) + 1))
    elif kind == 4:
        double = unpack_from(">H", font, at + 6)[0]
        for n in range(double // 2):
            place = at + 14 + 2 * n
            last, first_code = unpack_from(">H", font, place)[0], unpack_from(">H", font, place + double + 2)[0]
            delta, offset = unpack_from(">H", font, place + 2 * double + 2)[0], place + 3 * double + 2
            far = unpack_from(">H", font, offset)[0]
            for code in range(first_code, min(last, 0xFFFE) + 1):
                glyph = unpack_from(">H", font, offset + far + 2 * (code - first_code))[0] if far else code
                yield code, (glyph + delta) & 0xFFFF if glyph or not far else 0
