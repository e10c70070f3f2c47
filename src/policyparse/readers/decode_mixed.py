"""Texts that went through the wrong codec once: a page of two encodings, UTF-8 read as Latin-1 and saved again."""

from __future__ import annotations

import re
from collections.abc import Callable

_CHUNK = re.compile(rb"[\x80-\xff][^<>\r\n]*+")
_WIDE = re.compile("[\u2000-\U0010ffff]")
_HAN = re.compile("[\u3400-\u9fff]")
_MOST_BROKEN = 2
"""Chunks that neither encoding explains: where a download broke off."""
_SHORT, _FEWEST = 20, 4
_TWICE = re.compile("[\u00c2-\u00ef\u0160\u0178\u0192][\u0080-\u00ff\u0152-\u2122]{1,3}")
# what a browser makes of the bytes 80-9F of windows-1252
_WINDOWS = {ord(c): b for b in range(0x80, 0xA0) if (c := bytes([b]).decode("cp1252", "ignore")) and ord(c) > 0xFF}


def two_encodings(data: bytes, likely: Callable[[str], bool]) -> tuple[str, list[tuple[int, int]]] | None:
    """A text of which some lines or elements are UTF-8 and the others GB18030; null when it is no such text.

    A template in one and an article in the other: browsers show half of such a page. It is cut at < > and line feeds,
    which are part of no character in either encoding. Also the places that neither explains.
    `likely` tells Chinese from what a wrong codec makes of it.
    """
    pieces: list[str] = []
    broken: list[tuple[int, int]] = []
    at = length = 0
    found: dict[str, list[str]] = {"utf-8": [], "gb18030": []}
    for m in _CHUNK.finditer(data):
        text, encoding = _chunk(m[0], likely)
        plain = data[at : m.start()].decode("ascii")
        if encoding:
            found[encoding].append(text)
        else:
            broken.append((length + len(plain), length + len(plain) + len(text)))
            if len(broken) > _MOST_BROKEN:
                return None
        pieces += (plain, text)
        length += len(plain) + len(text)
        at = m.end()
    if any(len("".join(texts)) < _FEWEST for texts in found.values()) or not likely("".join(found["gb18030"])):
        return None
    return "".join(pieces) + data[at:].decode("ascii"), broken


def _chunk(data: bytes, likely: Callable[[str], bool]) -> tuple[str, str]:
    """The text of a chunk and the encoding that explains all of it ('' when none does)."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # two bytes of GBK may be a Latin, Greek or Cyrillic letter of UTF-8
        if len(_WIDE.findall(text)) < _SHORT or likely(text) if encoding == "gb18030" else _WIDE.search(text):
            return text, encoding
    return data.decode("utf-8", "replace"), ""


def twice_encoded(text: str) -> str | None:
    """UTF-8 that was read as Latin-1 or windows-1252 and written as UTF-8 again (é€šçŸ¥): the text that it was."""
    if not _TWICE.search(text, 0, 65536) or _HAN.search(text, 0, 65536):
        return None
    try:
        found = text.translate(_WINDOWS).encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return found if len(_HAN.findall(found, 0, 65536)) > 3 else None
