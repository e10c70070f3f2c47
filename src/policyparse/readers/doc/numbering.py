"""Automatic numbers of a Word 97 file: list formats and their overrides ([MS-DOC] 2.4.6.4)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import NamedTuple

from ..docx.numerals import written
from .file import DocFile
from .text import symbol

_LEVELS = 9
# MSONFC ([MS-OSHARED] 2.2.1.3) -> its name in ISO 29500
_STYLES = {
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    255: "none",
}


class Level(NamedTuple):
    """How a level of a list is numbered."""

    start: int
    style: str
    text: str
    """The number as shown, with the level's number (U+0000 to U+0008) where a counter goes: 第\\0章."""
    follow: str
    legal: bool
    restart: int
    """The counter begins anew after an item of a level above this one (0: never)."""


@dataclass(slots=True)
class _Override:
    list: int
    starts: dict[int, int]
    levels: dict[int, Level]
    used: bool = False


class Numbering:
    """Counts the items of every list as the document goes on."""

    def __init__(self, file: DocFile) -> None:
        self._lists = _lists(file.table_from("lists"))
        self._overrides = _overrides(file.table_from("overrides"))
        self._counters: dict[int, list[int | None]] = {}

    def number(self, override: int, level: int) -> str:
        """The number of the next item, with the tab or space after it; "" for an unknown list."""
        if not 0 < override <= len(self._overrides):
            return ""
        chosen = self._overrides[override - 1]
        levels = self._lists.get(chosen.list, [])
        if level >= len(levels):
            return ""
        if chosen.levels:
            levels = [chosen.levels.get(n, old) for n, old in enumerate(levels)]
        counters = self._counters.setdefault(chosen.list, [None] * _LEVELS)
        if not chosen.used:
            chosen.used = True
            for n in chosen.starts:
                counters[n] = None
        starts = [chosen.starts.get(n, item.start) for n, item in enumerate(levels)]
        _count(counters, level, levels, starts)
        return _shown(levels, level, counters, starts)


def _count(counters: list[int | None], level: int, levels: list[Level], starts: list[int]) -> None:
    before = counters[level]
    counters[level] = starts[level] if before is None else before + 1
    for n in range(level + 1, len(levels)):
        if level < levels[n].restart:
            counters[n] = None


def _shown(levels: list[Level], level: int, counters: list[int | None], starts: list[int]) -> str:
    item = levels[level]
    found = []
    for char in item.text:
        n = ord(char)
        if n >= _LEVELS:
            found.append(symbol(n) if n >= 0xF000 else char)
        elif n < len(levels):
            count = counters[n]
            style = "decimal" if item.legal and n < level else levels[n].style
            found.append(written(starts[n] if count is None else count, style))
    text = "".join(found)
    return text + item.follow if text else ""


def _lists(data: bytes) -> dict[int, list[Level]]:
    """Levels of each list by its identifier (2.9.178 PlfLst: all LSTFs, then all LVLs)."""
    count = int.from_bytes(data[:2], "little")
    count = min(count, (len(data) - 2) // 28)
    found: dict[int, list[Level]] = {}
    at = 2 + 28 * count
    for n in range(count):
        head = 2 + 28 * n
        levels = []
        for _ in range(1 if data[head + 26] & 1 else _LEVELS):
            level, at = _level(data, at)
            if level is None:
                return found
            levels.append(level)
        found[int.from_bytes(data[head : head + 4], "little")] = levels
    return found


def _level(data: bytes, at: int) -> tuple[Level | None, int]:
    if at + 30 > len(data):
        return None, at
    start, style, flags, follow = struct.unpack_from("<iBB9xB", data, at)
    characters, paragraphs, restart = struct.unpack_from("<BBB", data, at + 24)
    at += 28 + characters + paragraphs
    size = int.from_bytes(data[at : at + 2], "little")
    text = data[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace")
    n = restart if flags & 8 else _LEVELS
    shown = Level(start, _STYLES.get(style, "decimal"), text, ("\t", " ", "")[min(follow, 2)], bool(flags & 4), n)
    return shown, at + 2 + 2 * size


def _overrides(data: bytes) -> list[_Override]:
    """List format overrides in order (2.9.176 PlfLfo: all LFOs, then what each one changes)."""
    count = int.from_bytes(data[:4], "little")
    count = min(count, (len(data) - 4) // 16) if len(data) >= 4 else 0
    found = []
    at = 4 + 16 * count
    for n in range(count):
        head = 4 + 16 * n
        made = _Override(int.from_bytes(data[head : head + 4], "little"), {}, {})
        found.append(made)
        at += 4
        for _ in range(min(data[head + 12], _LEVELS)):
            if at + 8 > len(data):
                break
            start, flags = struct.unpack_from("<iI", data, at)
            at += 8
            number = flags & 15
            level = None
            if flags & 0x20:
                level, at = _level(data, at)
            if number >= _LEVELS:
                continue
            if level is not None:
                made.levels[number] = level
                if flags & 0x10:
                    made.starts[number] = level.start
            elif flags & 0x10:
                made.starts[number] = start
    return found
