"""Lists of values separated by commas (csv), read like the sheet that they were saved from."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from ...limits import Budget, Limits
from ...source import RawDoc
from .. import text
from ..decode import Decoded
from .parts import parts_of
from .sheet import Assembly, Sheet, SheetCell

_SAMPLE = 200
_LONGEST = 1_000_000


def looks_delimited(string: str) -> bool:
    """Most of the first rows have the same number of values, two at least; half of them in a list with title rows."""
    if "," not in string[:65536]:
        return False
    try:
        rows = [row for row in islice(_rows(string[:65536]), _SAMPLE) if any(v.strip() for v in row)]
    except csv.Error:
        return False
    widths = Counter(len(row) for row in rows)
    width, times = widths.most_common(1)[0] if widths else (0, 0)
    return width >= 2 and times >= 2 and times * 2 >= len(rows)


def _rows(string: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST)
    yield from csv.reader(io.StringIO(string.removeprefix("\ufeff").replace("\x00", ""), newline=""))


def read_text(decoded: Decoded) -> RawDoc:
    """The rows as titles, tables and notes. What csv does not understand is read as plain text."""
    budget = Budget(Limits.in_force())
    sheet = Sheet("Sheet1")
    try:
        for n, row in enumerate(_rows(decoded.text)):
            cells = [SheetCell(n, k, value.replace("\r\n", "\n")) for k, value in enumerate(row) if value.strip()]
            if cells:
                sheet.rows[n] = cells
    except csv.Error:
        return text.read_text(decoded)
    out = Assembly(budget)
    out.add(1, sheet, parts_of(sheet, budget))
    raw = out.finish("csv", "text/csv", 1, [(code, message) for code, message, _, _ in decoded.warnings])
    return replace(raw, encoding=decoded.encoding, pages=None)
