"""Bytes -> characters, by strict decoding in a fixed order; never a character lost without a word.

The order: byte order mark; UTF-8; UTF-16 told by its NUL bytes; the charset that an html page declares; GB18030
against Big5, which the share of common characters decides; charset-normalizer as the last resort.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import NamedTuple

from ..errors import UnreadableFile
from ..lexicon import words
from .decode_mixed import twice_encoded, two_encodings

Warning_ = tuple[str, str, int, int]
"""(diagnostic code, message, start, end in the text)."""

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_MARKS = tuple(bom for bom, _ in _BOMS)
_DECLARED = re.compile(
    rb"(?:charset\s*=|<\?xml[^>]{0,60}encoding\s*=)\s*[\"']?\s*([A-Za-z0-9_.:-]{2,20})", re.IGNORECASE
)
_GB = {"gb2312", "gbk", "gb_2312-80", "gb18030", "cp936", "x-gbk", "hz-gb-2312"}
_ESCAPED = re.compile("[\udc80-\udcff]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = bytes(b for b in range(128) if _CONTROL.match(chr(b)))
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_THREE_BYTES = re.compile("[\u0800-\U0010ffff]+")
_CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_SAMPLE = 65536
_MOST_WARNINGS = 100
_PLAUSIBLE = 0.35
"""Share of common characters above which a decoding is taken for Chinese prose (right ones have 0.5 to 0.8)."""


class Decoded(NamedTuple):
    """The text of a file, the codec that gave it, and what had to be repaired."""

    text: str
    encoding: str
    warnings: tuple[Warning_, ...] = ()
    ascii: str | None = None
    """The ASCII characters of the text alone, where they were looked at."""


def decode(data: bytes) -> Decoded:
    """The text in `data`. Raises UnreadableFile when it is no text in any known encoding."""
    if data.startswith(_MARKS):
        bom, encoding = next(row for row in _BOMS if data.startswith(row[0]))
        return _with_repairs(data[len(bom) :], encoding)
    if b"\x00" in data[:_SAMPLE]:
        return _decode_with_nuls(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data)
    ascii_part = text.encode("ascii", "ignore")  # of a Chinese text a small one, soon searched
    if len(ascii_part.translate(None, _CONTROL_BYTES)) < len(ascii_part):
        _readable(text)
    return _written_twice(text) or Decoded(text, "utf-8", (), ascii_part.decode("ascii"))


def _written_twice(text: str) -> Decoded | None:
    """é€šçŸ¥ for 通知: a text without one Chinese character that is UTF-8 once more."""
    if text.isascii() or _CHINESE.search(text) or (found := twice_encoded(text)) is None:
        return None
    note = ("encoding-guessed", "the text is UTF-8 that was taken for Latin-1 and saved again; read as it was", 0, 0)
    return Decoded(_readable(found), "utf-8", (note,))


def _mixed(data: bytes) -> Decoded | None:
    """A page whose template and article are of two encodings."""
    if (found := two_encodings(data, lambda text: _commonness(text) >= _PLAUSIBLE)) is None:
        return None
    text, broken = found
    note = ("encoding-guessed", "parts of the text are UTF-8 and parts are GB18030; each is read as what it is", 0, 0)
    lost = [("undecodable", "bytes that are neither UTF-8 nor GB18030", start, end) for start, end in broken]
    return Decoded(_readable(text), "utf-8", (note, *lost))


def _decode_with_nuls(data: bytes) -> Decoded:
    """UTF-16 without mark (the NULs are halves of ASCII characters, 一 and full-width spaces), else no text."""
    best = max(("utf-16-le", "utf-16-be"), key=lambda e: _commonness(data[: _SAMPLE & ~1].decode(e, "replace")))
    if _commonness(data[: _SAMPLE & ~1].decode(best, "replace")) >= _PLAUSIBLE:
        return _guessed(_with_repairs(data, best))
    return Decoded(_readable(data.decode("utf-8", "replace")), "utf-8")


def _decode_legacy(data: bytes) -> Decoded:
    if _is_damaged_utf8(data):
        return _mixed(data) or _with_repairs(data, "utf-8")
    declared = _declared(data)
    if declared and declared != "utf-8" and (text := _strict(data, declared)) is not None:
        return Decoded(_readable(text), declared)
    tries = [(e, text) for e in ("gb18030", "big5", "cp950") if (text := _strict(data, e)) is not None]
    if tries:
        encoding, text = max(tries, key=lambda t: _commonness(t[1][:_SAMPLE]))
        if _commonness(text[:_SAMPLE]) >= _PLAUSIBLE or len(data) < 64:
            return _guessed(Decoded(_readable(text), encoding))
    return _mixed(data) or _guessed(_last_resort(data, declared))


def _last_resort(data: bytes, declared: str | None) -> Decoded:
    """Bytes that no strict decoding explains: a damaged file, a rare encoding, or no text at all."""
    damaged = [_with_repairs(data, e) for e in dict.fromkeys([declared or "gb18030", "gb18030", "big5"])]
    best = max(damaged, key=lambda d: _commonness(d.text[:_SAMPLE]))
    if _commonness(best.text[:_SAMPLE]) >= _PLAUSIBLE:
        return best
    from charset_normalizer import from_bytes

    match = from_bytes(data[:_SAMPLE]).best()
    if match is not None and not match.encoding.startswith(("utf_16", "utf_32")):
        return _with_repairs(data, match.encoding.replace("_", "-"))
    if best.text.count("\ufffd") * 10 > len(best.text):
        raise UnreadableFile("the bytes are no text in any known encoding; open the file and save it as UTF-8 text")
    return best


def _is_damaged_utf8(data: bytes) -> bool:
    """UTF-8 with a few broken bytes (a file cut in the middle of a character): GB18030 would also 'read' those."""
    sample = data[:_SAMPLE].decode("utf-8", "replace")
    broken = sample.count("\ufffd")
    if broken > 3 + len(sample) // 50:
        return False
    wide = sum(map(len, _THREE_BYTES.findall(sample)))
    return broken <= 3 + wide // 50 and wide > 2 * broken


def _declared(data: bytes) -> str | None:
    """The charset a page states in `<meta charset>` or `http-equiv`, as a codec name; gb2312 means GB18030."""
    found = _DECLARED.search(data, 0, 4096)
    if not found:
        return None
    name = found[1].decode("ascii").lower()
    if name in _GB:
        return "gb18030"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _with_repairs(data: bytes, encoding: str) -> Decoded:
    """Decode; each byte that cannot be decoded becomes U+FFFD and is reported with its value and place."""
    text = _strict(data, encoding)
    if text is not None:
        return Decoded(_readable(text), encoding)
    try:
        text = data.decode(encoding, "surrogateescape")
    except (UnicodeDecodeError, LookupError, ValueError):
        text = data.decode(encoding, "replace")
        return Decoded(_readable(text), encoding, tuple(_warn(re.finditer("\ufffd+", text), encoding)))
    found = tuple(_warn(_ESCAPED.finditer(text), encoding))
    return Decoded(_readable(_ESCAPED.sub(lambda m: "\ufffd" * len(m[0]), text)), encoding, found)


def _warn(runs: object, encoding: str) -> list[Warning_]:
    warnings: list[Warning_] = []
    for m in runs:  # type: ignore[attr-defined]
        if len(warnings) == _MOST_WARNINGS:
            warnings.append(("undecodable", f"more bytes that are no {encoding}", m.start(), m.end()))
            break
        values = " ".join(f"{ord(c) - 0xDC00:02X}" for c in m[0][:8] if c != "\ufffd")
        warnings.append(("undecodable", f"bytes that are no {encoding}: {values}".rstrip(": "), m.start(), m.end()))
    return warnings


def _guessed(decoded: Decoded) -> Decoded:
    note = ("encoding-guessed", f"the encoding is not declared; read as {decoded.encoding}", 0, 0)
    return decoded._replace(warnings=(note, *decoded.warnings))


@cache
def _common() -> frozenset[str]:
    punctuation = "，。、；：？！“”‘’（）《》〈〉【】〔〕—…·　"
    return frozenset("".join(words("reader_common_characters")) + punctuation)


def _commonness(text: str) -> float:
    """Share of common Chinese characters and marks among the characters outside ASCII (first few thousand)."""
    wide = "".join(_NOT_ASCII.findall(text, 0, 20000))[:4000]
    if not wide:
        return 1.0 if text and not _CONTROL.search(text, 0, 2000) else 0.0
    return sum(map(_common().__contains__, wide)) / len(wide)


def _readable(text: str) -> str:
    """`text`, unless it is full of control characters: then the bytes were never a text."""
    found = len(_CONTROL.findall(text, 0, _SAMPLE))
    if found > 32 and found * 50 > min(len(text), _SAMPLE):
        raise UnreadableFile(
            "the file holds binary data, not text, whatever its name says; download it again, or save it as docx or pdf"
        )
    return text
