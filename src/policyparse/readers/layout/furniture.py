"""What belongs to the paper and not to the text: page numbers and running headers, by where they stand.

They are marked `aside` only where their place says so (outside the body, the same on several pages); all others are
left to normalisation, which knows more forms of them.
"""

from __future__ import annotations

import re
from collections import defaultdict

from .lines import Line
from .pages import Laid

_DASH = r"[—–―\-－─_~～·•.]"
_NUMBER = re.compile(
    rf"\s*(?:{_DASH}{{0,3}}\s*[0-9０-９]{{1,4}}\s*{_DASH}{{0,3}}|[ivxlcIVXLC]{{1,6}}|[-—–]?\s*第\s*[0-9０-９一二三四五六七八九十]{{1,4}}\s*页"
    r"(?:\s*[，,/]?\s*共\s*[0-9０-９一二三四五六七八九十]{1,4}\s*页)?\s*[-—–]?|共\s*\d{1,4}\s*页\s*[，,/]?\s*第\s*\d{1,4}\s*页"
    r"|[0-9]{1,4}\s*/\s*[0-9]{1,4}|[Pp]age\s?\d{1,4}(?:\s?of\s?\d{1,4})?)\s*"
)
_DIGITS = re.compile(r"[0-9０-９]+")
_HEADING = re.compile(r"\s*附\s*[件录表]")
_HEAD, _FOOT = 0.09, 0.9
"""Running headers stand in this share of the page's height; the text begins at 12% (GB/T 9704-2012, 5.2.1)."""
_NUMBER_ZONE, _BARE_ZONE = 0.2, 0.13
_TIMES = 3
_EDGE = 60.0
"""Points from the top: the text begins at 105 (37 mm)."""
_LONGEST = 80


def mark_furniture(pages: list[Laid], count: int) -> None:
    """Mark page numbers and lines that repeat in the margins of `count` pages."""
    places: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for laid in pages:
        height = laid.page.height or 842.0
        lines = laid.lines
        for line in lines:
            outside = line.centre < _HEAD * height or line.centre > _FOOT * height
            if line.aside or not (outside or line is lines[0] or line is lines[-1]):
                continue
            if _is_number(line, lines, height):
                line.aside = True
            elif outside and len(line.text) <= _LONGEST and not _HEADING.match(line.text):
                places[_DIGITS.sub("0", line.text.strip()), round(line.centre / 6)].append(line)
    for (text, y), found in places.items():
        near = [*found, *places.get((text, y + 1), ()), *places.get((text, y - 1), ())]
        if len({line.page for line in near}) >= min(_TIMES, max(count, 2)) and (count > 2 or _alone(near)):
            for line in found:
                line.aside = True


def _is_number(line: Line, lines: list[Line], height: float) -> bool:
    """A page number: above or below everything else, near the edge of the page."""
    zone = _BARE_ZONE if line.text.strip().isalnum() else _NUMBER_ZONE
    if not _NUMBER.fullmatch(line.text) or zone * height < line.centre < (1 - zone) * height:
        return False
    if zone == _BARE_ZONE:  # — 3 — needs no proof, 3 stands apart from the text
        others = [o for o in lines if o is not line and not o.aside]
        return all(abs(o.centre - line.centre) > 1.2 * max(o.size, line.size) for o in others)
    return True


def _alone(lines: list[Line]) -> bool:
    """On two pages the same words in the same place are a header only when written small, or at the paper's edge."""
    return all(line.size <= 11 or line.centre < _EDGE for line in lines)
