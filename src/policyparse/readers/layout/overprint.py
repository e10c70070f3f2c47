"""What is printed over a table and is no part of it."""

from __future__ import annotations

import re
from statistics import median

from . import Page, Run

_DASH = "[-—–―─－~～·•]"
_NUMBER = re.compile(rf"\s*{_DASH}{{1,3}}\s*([0-9０-９]{{1,4}})\s*{_DASH}{{1,3}}\s*")
_LONGEST = 12
_ZONE = 0.2
"""Share of the page's height, above and below."""


def page_numbers(page: Page) -> list[Run]:
    """Page numbers (— 38 —) over a table that leaves no margin for them, as on landscape pages.

    A value between dashes is none: it is set like its neighbours, and is not the number of its page.
    """
    found = [(run, n) for run in page.runs if (n := _number(run, page.height)) is not None]
    if not found:
        return []
    usual = median(r.size for r in page.runs)
    return [run for run, n in found if n == page.number or abs(run.size - usual) > 0.12 * usual]


def _number(run: Run, height: float) -> int | None:
    """The number that a run is, at the head or foot of a page of this height."""
    if len(run.text) > _LONGEST or (number := _NUMBER.fullmatch(run.text)) is None:
        return None
    return None if _ZONE * height < (run.y0 + run.y1) / 2 < (1 - _ZONE) * height else int(number[1])
