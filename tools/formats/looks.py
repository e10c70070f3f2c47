"""How each sample looks: its office's habits in Word or WPS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SONG, FANG, KAI, HEI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes are half points, distances twips (1/20 point), as Word counts them."""

    body_font: str = FANG
    body_size: int = 32
    line: int = 570
    mark_size: int = 80
    title_size: int = 44
    numbering: Literal["typed", "chain", "lists", "cells"] = "typed"
    """Numbers typed; levels of one list; a list for each run of items; in the first column of the table."""
    footer: Literal["outside", "centre", "total"] = "outside"
    """— 1 — at the outer edge (§7.5), - 1 - in the middle, 第1页 共5页."""
    wps: bool = False
    """WPS Office's XML: short runs, the red line as a drawing anchored to the page."""
    letter: bool = False
    """信函格式: the number at the right."""
    wide: bool = False
    """A page turned on its side."""
    ofd: Literal["lines", "fragments"] = "lines"
    """A text object a printed line, or pieces out of order, scaled by a matrix."""
    site: str = "plain"
    """Template of the web page (html_pages)."""

    @property
    def page(self) -> tuple[int, int]:
        """Width and height: A4."""
        return (16838, 11906) if self.wide else (11906, 16838)

    @property
    def margins(self) -> tuple[int, int, int, int]:
        """Top, right, bottom, left: §5.2.1 (37 mm above, 28 mm at the left)."""
        return (1247, 1134, 1134, 1247) if self.wide else (2098, 1474, 1985, 1588)

    @property
    def text_width(self) -> int:
        """Between the margins."""
        return self.page[0] - self.margins[1] - self.margins[3]


LOOKS = {
    "000": Look(numbering="chain", ofd="lines", site="portal"),
    "001": Look(body_font="宋体", body_size=24, line=440, title_size=36, footer="total", ofd="fragments", site="jsp"),
    "002": Look(letter=True, footer="centre", ofd="fragments", site="crumbs"),
    "003": Look(body_font="宋体", body_size=21, line=300, title_size=40, numbering="cells", footer="centre", wide=True),
    "004": Look(mark_size=48, title_size=40, numbering="lists", wps=True, ofd="lines", site="disclosure"),
}


def look_of(name: str) -> Look:
    """The look of the sample of this name."""
    return LOOKS[name[:3]]
