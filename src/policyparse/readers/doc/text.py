"""The characters of a Word 97 file as a reader of the page sees them: fields, marks, symbols ([MS-DOC] 2.4.1, 2.8.25).

Every step keeps the length of the text: U+0000 stands where nothing is shown, so that positions (CP) stay true.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..docx.numerals import circled
from ..docx.symbols import symbol as font_symbol
from .properties import Marks

_FIELD = re.compile("[\x13\x14\x15]")
_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*"([^"\\][^"]{0,2000})"', re.IGNORECASE)
# EQ \\o\\ac(○,1): a number in a circle; EQ \\* jc2 … \\o\\ad(\\s\\up 9(guó),国): a reading above a character
_OVER = re.compile(r"\s*eq\s.*?\\o\s?(?:\\a[clr])?\s*\(", re.IGNORECASE | re.DOTALL)
_LAST = re.compile(r"[,;，；]([^,;，；()]{1,20})\)+\s*\Z")
_CIRCLES = "○◯〇"
_NOT_SHOWN = re.compile("[\x00-\x06\x08\x10-\x1d\x1f\x7f]|[\ufeff\ufffe\uffff]")
_DEEPEST = 50
"""Fields in fields beyond this are a damaged file's."""
_HYPHEN = "\x1e"
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_COLUMN = "\x0e"
_SURROGATE = re.compile("[\ud800-\udfff]")


class Link(NamedTuple):
    """A hyperlink: where its text stands (CP) and where it leads."""

    start: int
    end: int
    target: str


def shown(text: str, marks: Marks) -> tuple[str, list[Link]]:
    """The text with what is not shown blanked out, and the hyperlinks in it."""
    if marks.symbols:
        text = _with_symbols(text, marks.symbols)
    if marks.unseen:
        text = _without(text, marks.unseen)
    return _without_codes(text) if "\x13" in text else (text, [])


def symbol(code: int) -> str:
    """The character of a symbol font as an ordinary one; without a font's name, F0B7 is Symbol's bullet."""
    code += 0xF000 if code < 0x100 else 0
    return "•" if code == 0xF0B7 else font_symbol(code, None)


def _with_symbols(text: str, symbols: list[tuple[int, int, int]]) -> str:
    chars = list(text)
    for start, end, code in symbols:
        for cp in range(max(start, 0), min(end, len(chars))):
            if chars[cp] in "(\x28" or "\uf000" <= chars[cp] <= "\uf0ff":
                chars[cp] = symbol(code)
    return "".join(chars)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Blank out deleted and hidden text; cell marks stay, or the table would fall apart."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        start = max(start, at)
        end = min(end, len(text))
        if start >= end:
            continue
        pieces.append(text[at:start])
        hidden = text[start:end]
        pieces.append("\0" * len(hidden) if "\x07" not in hidden else re.sub("[^\x07]", "\0", hidden))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


class _Field(NamedTuple):
    start: int
    separator: int | None


def _without_codes(text: str) -> tuple[str, list[Link]]:
    """A field shows its result only; its code says what a link leads to and what a field without result shows."""
    stack: list[_Field] = []
    found: list[tuple[int, int, str]] = []
    links: list[Link] = []
    for m in _FIELD.finditer(text):
        if m.group() == "\x13":
            if len(stack) < _DEEPEST:
                stack.append(_Field(m.start(), None))
        elif m.group() == "\x14" and stack and stack[-1].separator is None:
            stack[-1] = stack[-1]._replace(separator=m.start())
        elif m.group() == "\x15" and stack:
            field = stack.pop()
            code_end = m.start() if field.separator is None else field.separator
            if "\x07" in text[field.start : code_end]:
                continue  # marks of two fields that lost their other halves
            code = text[field.start + 1 : code_end]
            if field.separator is None:
                found.append((field.start, m.end(), _drawn(code)))
            else:
                found.append((field.start, code_end + 1, ""))
                if link := _LINK.match(code.replace("\0", "")):
                    links.append(Link(code_end + 1, m.start(), link[1]))
    return _replaced(text, found), links


def _replaced(text: str, spans: list[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end, by in sorted(spans):
        if start < at:
            continue  # inside the code of another field
        pieces.extend((text[at:start], by, "\0" * (end - start - len(by))))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _drawn(code: str) -> str:
    """What an EQ field draws, as far as it is text: ①, or the character below the reading."""
    if len(code) > 300 or not _OVER.match(code):
        return ""
    last = _LAST.search(code)
    if not last:
        return ""
    inner = last[1].strip()
    return circled(inner) or inner if any(c in code for c in _CIRCLES) else inner


def plain(text: str) -> str:
    """A stretch of the text without marks: optional hyphens, drawings, note references go, others are characters."""
    if text.isprintable():
        return text
    if _HYPHEN in text:
        text = text.replace(_HYPHEN, "-")
    if _COLUMN in text:
        text = text.replace(_COLUMN, "\x0b")
    if _PRIVATE.search(text):
        text = _PRIVATE.sub(lambda m: symbol(ord(m.group())), text)
    text = _NOT_SHOWN.sub("", text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
