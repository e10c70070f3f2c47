"""What the attributes of an element say: alignment, hidden or not, the article, its title, or furniture of the page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ...source import Align

_ALIGN = re.compile(r"text-align\s*:\s*([a-z]{1,10})", re.IGNORECASE)
_ALIGN_VALUES: dict[str, Align] = {
    "center": "center",
    "middle": "center",
    "right": "right",
    "end": "right",
    "left": "left",
    "start": "left",
    "justify": "left",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SIGNS = re.compile(
    r"content|article|zoom|trs_|ucap|editor|detail|news_?text|main_?text|art_?con|text_?con|\bcon_?\b|xl_?con|wz_?con|info_?con"
    r"|\bnr\b|\bzw\b|zhengwen|wenzhang|neirong|wznr|conTxt|txt_?con|print_?area|print_?con",
    re.IGNORECASE,
)
_TITLE = re.compile(r"title|(?:^|[-_\s])(?:tit|bt|biaoti|wzbt)(?:$|[-_\s])", re.IGNORECASE)
_CHROME_SIGNS = re.compile(
    r"crumb|share|qr_?code|(?:^|[-_\s])(?:ewm|footer|navbar|topnav|sidebar|copyright|dqwz|fenxiang|erweima|related)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_SPAN_LIMITS = {"rowspan": 10_000, "colspan": 100}


class Look(NamedTuple):
    """What the attributes of an element say."""

    align: Align | None
    hidden: bool
    signed: bool
    """Holds the article, by its id and class."""
    title: bool
    chrome: bool
    """Page furniture."""
    rowspan: int
    colspan: int


@lru_cache(1024)
def look_of(tag: str, attributes: tuple[tuple[str, str], ...]) -> Look:
    """The same few sets of attributes stand on every paragraph and cell of a page."""
    if not attributes:
        return Look("center" if tag == "center" else None, False, False, False, False, 1, 1)
    given = dict(attributes)
    style, names = given.get("style", ""), f"{given.get('id', '')} {given.get('class', '')}"
    styled = _ALIGN.search(style)
    align = _ALIGN_VALUES.get(styled[1].lower()) if styled else None
    return Look(
        "center" if tag == "center" else align or _placed(tag, given.get("align", "")),
        "hidden" in given or _HIDDEN.search(style) is not None,
        _SIGNS.search(names) is not None,
        _TITLE.search(names) is not None,
        _CHROME_SIGNS.search(names) is not None,
        _span(given, "rowspan"),
        _span(given, "colspan"),
    )


def _placed(tag: str, align: str) -> Align | None:
    """The align attribute; that of a table places the table, not its text."""
    return None if tag == "table" else _ALIGN_VALUES.get(align.lower())


def _span(given: dict[str, str], name: str) -> int:
    value = given.get(name, "").strip()
    return min(max(int(value), 1), _SPAN_LIMITS[name]) if value.isascii() and value.isdigit() and len(value) < 6 else 1
