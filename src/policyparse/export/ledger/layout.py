"""How wide columns and how high rows must be. A workbook does not say how its text breaks into lines: it is reckoned
here, in halves of a Chinese character, generously, so that nothing is cut in Excel, WPS or LibreOffice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Literal

Align = Literal["left", "center"]
Cell = str | int | date | None

SIZE = 10
"""Points of the text."""
SMALL = 8
"""Points of the text of a cell that would be higher than a row can be."""
HIGHEST = 409.0
"""Points of the highest row that Excel has."""
SHORT = 100
"""A text of so many characters fits in any row."""
_LATIN = 1.12
"""Width of a Latin letter or a digit, in the widest of the fonts that stand in for 宋体."""
_LEADING = 1.36
"""Height of a line by size of its characters: that of the tall ones of the fonts that stand in for 宋体."""
_CHARACTER, _MARGIN = 1.91, 0.9
"""Width of a Chinese character, and of what is empty beside the text, where 宋体 itself is there: a digit is 7 pixels
wide then, and the character 13⅓. With the fonts that stand in, columns hold more."""
_PADDING = 5.0
_EMPTY = 6.0
"""Width of a column with nothing in it but its heading."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet, with what its width depends on."""

    term: str
    least: float
    most: float
    align: Align = "left"
    lines: int = 3
    """So many lines are well for most of its cells."""
    stretch: bool = False
    """True: takes the width that the others leave."""
    rare: bool = False
    """True: left out where no row has it."""


def units(text: str) -> float:
    """Width of a text in halves of a Chinese character."""
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2
    return 2 * wide + _LATIN * max(len(text) - wide, 0)


def shown(value: Cell) -> str:
    """A value as it is seen."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def lines(text: str, width: float, size: int = SIZE) -> int:
    """Lines that a text takes in a column. A line holds whole characters, and may end one early, before a 、 that must
    not begin the next."""
    room = 2 * max(int((width - _MARGIN) * SIZE / size / _CHARACTER), 1)
    return sum(max(ceil(units(part) * 1.05 / room), 1) for part in text.split("\n"))


def height(cells: Iterable[tuple[str, float]], size: int = SIZE) -> float:
    """Height of a row: of its cells, each a text and its width. In many lines a small error adds up."""
    most = max((lines(text, width, size) for text, width in cells), default=1)
    return max((most + most // 12) * size * _LEADING + _PADDING, 20.0)


def fits(value: Cell, width: float) -> bool:
    """True when the highest row shows all of a value."""
    return not isinstance(value, str) or len(value) <= SHORT or height([(value, width)], SMALL) <= HIGHEST


def fitted(text: str, width: float) -> tuple[str, int]:
    """A text that the highest row can show, and its size: smaller where it must be, cut where that is not enough."""
    for size in (SIZE, SMALL):
        if height([(text, width)], size) <= HIGHEST:
            return text, size
    note = f"…（全文{len(text)}字，余下见原文）"
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if height([(text[:middle] + note, width)], SMALL) <= HIGHEST:
            low = middle
        else:
            high = middle - 1
    return text[:low] + note, SMALL


def widths(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], whole: float) -> list[float]:
    """Widths of the columns of a sheet that is `whole` wide, for these rows."""
    lengths: list[list[float]] = [[] for _ in columns]
    for row in rows:
        for found, value in zip(lengths, row, strict=True):
            if text := shown(value):
                found.append(max(map(units, text.split("\n"))))
    wanted = [_width(column, sorted(found)) for column, found in zip(columns, lengths, strict=True)]
    left = whole - sum(wanted)
    if left < 0:  # print must not get too small: columns give way, by what they have above their least
        spare = [max(w - c.least, 0) for w, c in zip(wanted, columns, strict=True)]
        share = min(-left / (sum(spare) or 1), 1)
        return [round(w - s * share, 1) for w, s in zip(wanted, spare, strict=True)]
    stretched = [i for i, c in enumerate(columns) if c.stretch and lengths[i]]
    for i in stretched:
        wanted[i] = round(max(wanted[i], min(columns[i].most * 1.3, wanted[i] + left / len(stretched))), 1)
    return wanted


def _width(column: Column, lengths: list[float]) -> float:
    """Wide enough that nine cells of ten have no more lines than is well."""
    if not lengths:
        return min(column.least, max(_EMPTY, units(column.term) / 2 + 2))
    usual = lengths[min(len(lengths) * 9 // 10, len(lengths) - 1)]
    return round(min(max(usual / column.lines + 2.5, column.least), column.most), 1)
