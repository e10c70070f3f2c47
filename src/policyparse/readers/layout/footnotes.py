"""Footnotes: small lines at the foot of a page that open with a mark, under a paragraph that goes on over the page.

They are put behind the paragraph that they interrupt.
"""

from __future__ import annotations

import re

from .lines import Line
from .pages import Laid

_MARK = re.compile(
    r"\s*(?:\d{1,2}(?![\d.．、年月日]{1,2}\d|[%％])|[①-⑳*＊※]|[\[［〔(（]\d{1,2}[\]］〕)）])"
    r"\s?[《“\u4e00-\u9fffA-Za-z]"
)
_SMALL = 0.8
"""Share of the text's size: 小五 (9) or 五号 (10.5) under 三号 (16), 小五 under 小四 (12)."""
_FOOT = 0.45
"""Share of the page's height below which footnotes stand."""


def footnotes(laid: Laid) -> dict[int, bool]:
    """Lines of footnotes by `id`: true for the first line of one, false for those that go on."""
    frame = laid.frame
    if frame is None or len(laid.items) < 2:
        return {}
    found: list[Line] = []
    for item in reversed(laid.items):
        if isinstance(item, Line) and item.aside:
            continue
        if not isinstance(item, Line) or item.size > _SMALL * frame.size:
            break
        found.append(item)
    found.reverse()
    above = len(found) < sum(not line.aside for line in laid.lines)
    if not found or not above or found[0].y0 < _FOOT * laid.page.height or not _MARK.match(found[0].text):
        return {}
    return {id(line): _MARK.match(line.text) is not None for line in found}
