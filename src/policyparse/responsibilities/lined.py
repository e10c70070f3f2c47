"""责任单位：市财政局⏎市人社局⏎各县政府: lists that go on with a unit a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..organisations import is_organisation, split_units
from .clauses import plausible
from .labels import Label, begins_with_label
from .model import Assignment

_MOST = 20
_LINE = re.compile(r"\n[ \u3000]{0,12}(?P<units>[\u4e00-\u9fff（）()、，,和及]{3,40})[ \u3000]{0,8}(?=\n)")
_NEXT = re.compile(
    r"\n[ \u3000]{0,12}(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]{1,3}[条章])"
)
"""The number of the item that follows."""


def more_lines(string: str, at: int, end: int) -> int:
    """Where a list that stops at the line feed `at` ends, when lines of units alone carry it on.

    A label or the next item's number must follow them: a signature is the name of a body on its own line as well.
    """
    stop = at
    for _ in range(_MOST):
        m = _LINE.match(string, stop, end) if string[stop : stop + 1] == "\n" else None
        if m is None or not _units_only(string, *m.span("units")):
            break
        stop = m.end()
    if stop == at:
        return at
    first = stop + 1
    while string[first : first + 1] in tuple(" \u3000"):
        first += 1
    return stop if _NEXT.match(string, stop, end) or begins_with_label(string, first, end) else at


def lined_units(string: str, start: int, end: int, label: Label) -> Iterator[Assignment]:
    """The units of the lines, with the role of the label above them."""
    for m in _LINE.finditer(string, start, end + 1):
        for unit in split_units(string, *m.span("units")):
            yield Assignment(unit, label.role or "responsible")


def _units_only(string: str, start: int, end: int) -> bool:
    units = split_units(string, start, end)
    return bool(units) and all(is_organisation(u.name) and plausible(u.name, strict=True) for u in units)
