"""Is the text layer of a page the text of the page? A wrong character map, hidden text, a scan app's line is not."""

from __future__ import annotations

import re
from statistics import median

from ...lexicon import words
from ..layout import Run
from . import native
from .drawn import Drawn

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_MOJIBAKE = re.compile("[\u00a1-\u00ff\u0100-\u024f]")  # Öйú: bytes of GBK read as Latin letters
_LEAST = 30
"""Characters of a judgement about a page."""
_SANE = 0.04
"""Any Chinese prose has more commas, stops and 的 than this."""
_COMMON = 0.25
"""Common characters are more than half of any Chinese text, and a tenth of one read with a wrong character map."""
_ORDINARY = 0.7
"""Share of characters of the first level; drawn at random from all characters it is a fifth."""
_IMAGE_PAGE, _FEW, _FEWEST, _EDGE = 0.5, 60, 12, 0.1
"""A page mostly covered by images with fewer characters than that is a scan with a line of the app that made it
in the outer tenth of its height."""
_WHITE, _GREY, _PALE_SIZE = 245, 150, 1.6


def is_scan(runs: list[Run], drawn: Drawn, width: float, height: float) -> bool:
    """A page that is an image, whatever few characters an app wrote on it; not a signature over a background."""
    seen = [r for r in runs if not r.aside]
    letters = sum(len(r.text) for r in seen)
    if letters >= _FEW or drawn.image_share(width, height) <= _IMAGE_PAGE:
        return False
    return letters < _FEWEST or all(r.y1 < _EDGE * height or r.y0 > (1 - _EDGE) * height for r in seen)


def is_garbage(runs: list[Run]) -> bool:
    """Does the text layer hold something else than readable text?"""
    text = "".join([r.text for r in runs if not r.aside])
    if len(text) < _LEAST or sum(map(text.count, "，。、的")) > _SANE * len(text):
        return False
    if len(_BROKEN.findall(text)) > 0.25 * len(text) or len(_MOJIBAKE.findall(text)) > 0.3 * len(text):
        return True
    han = _HAN.findall(text)
    if len(han) < _LEAST:
        return False
    known = sum(map(frozenset("".join(words("reader_common_characters"))).__contains__, han))
    return known < _COMMON * len(han) and _first_level(han) < _ORDINARY * len(han)


def _first_level(han: list[str]) -> int:
    """How many are among the 3,755 characters of GB 2312's first level: lists of names hold few others."""
    return sum(0xB0 <= char.encode("gb2312", "replace")[0] <= 0xD7 for char in han)


def set_hidden_aside(textpage: native.Handle, runs: list[Run], firsts: list[int], drawn: Drawn) -> list[Run]:
    """Mark text that nobody sees, and pale watermarks. Invisible text over a page's image is its OCR layer."""
    if not runs:
        return runs
    usual = median(r.size for r in runs)
    step = max(len(runs) // 3, 1)
    layer = drawn.images and max((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in drawn.images) > _IMAGE_PAGE * 200_000
    unseen = not layer and any(native.invisible(textpage, n) for n in firsts[::step])
    found: list[Run] = []
    for run, first in zip(runs, firsts, strict=True):
        hidden = unseen and native.invisible(textpage, first)
        if not hidden and (colour := native.fill_colour(textpage, first)):
            hidden = _hidden(run, colour, usual, drawn)
        found.append(run._replace(aside=True) if hidden else run)
    return found


def _hidden(run: Run, colour: tuple[int, int, int, int], usual: float, drawn: Drawn) -> bool:
    red, green, blue, opacity = colour
    low = min(red, green, blue)
    if low < _GREY and opacity > 60:
        return False
    if low >= _WHITE and opacity > 60:
        x, y = (run.x0 + run.x1) / 2, (run.y0 + run.y1) / 2
        return not any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in (*drawn.areas, *drawn.images))
    return run.size > _PALE_SIZE * usual
