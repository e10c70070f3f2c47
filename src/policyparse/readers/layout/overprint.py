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
    found: list[Run] = []
    for run in page.runs:
        if len(run.text) > _LONGEST or (number := _NUMBER.fullmatch(run.text)) is None:
            continue
        if _ZONE * page.height < (run.y0 + run.y1) / 2 < (1 - _ZONE) * page.height:
            continue
        usual = median(r.size for r in page.runs)
        if int(number[1]) == page.number or abs(run.size - usual) > 0.12 * usual:
            found.append(run)
    return found
