"""Runs -> printed lines: fragments on one baseline put together, gaps as blanks, a box for each stretch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from . import Run

_SAME_LINE = 0.55
"""Share of the lower run's height that two runs on one line have in common."""
_BLANK, _LATIN_BLANK, _STRETCH, _TAB = 0.45, 0.18, 0.8, 1.6
"""Gaps in em: a blank between Chinese, between Latin words, a new box, a tab stop."""
_MOST_BLANKS = 8
_TRACKED, _LOOSE = 4, 0.6
"""Runs of a line whose characters may all be set apart, and what more a blank between two of them takes, in em."""
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_APART = re.compile(r"(?<!\S)(?:[^\sA-Za-z0-9] ){6,}")
"""（ 市 自 然 资 发 〔2021〕: a justified line whose every gap became a blank; names are set apart unevenly."""
_MOST_MARKS = 3
_FILE = re.compile(r"文\s*件")


class Stretch(NamedTuple):
    """`line.text[start:end]` and where it is printed."""

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float | None = None


@dataclass(slots=True)
class Line:
    """A printed line."""

    text: str
    stretches: list[Stretch]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    """Of most of its characters; the height where the font size is not known."""
    bold: bool = False
    page: int = 0
    aside: bool = False
    """Set aside: a page number, running header or watermark."""

    @property
    def middle(self) -> float:
        """Between the left and right end."""
        return (self.x0 + self.x1) / 2

    @property
    def gaps(self) -> int:
        """Gaps as wide as a tab stop."""
        if len(self.stretches) == 1:
            return 0
        return sum(b.x0 - a.x1 >= _TAB * self.size for a, b in pairwise(self.stretches))

    @property
    def centre(self) -> float:
        """Between top and bottom."""
        return (self.y0 + self.y1) / 2


def lines_of(runs: Iterable[Run], page: int) -> list[Line]:
    """The lines of `runs` from top to bottom."""
    known = [r for r in runs if r.text.strip()]
    known.sort(key=lambda r: (r.y0 + r.y1, r.x0))
    apart = [_line([r], page) for r in known if r.aside]  # a watermark lies over several lines
    tall, rest = _beside_several([r for r in known if not r.aside] if apart else known)
    groups: list[list[Run]] = []
    top = bottom = 0.0
    for run in rest:
        if groups and _level(run, top, bottom):
            groups[-1].append(run)
            if run.y1 - run.y0 > bottom - top and len(run.text) > 2:
                top, bottom = run.y0, run.y1
        else:
            groups.append([run])
            top, bottom = run.y0, run.y1
    lines = [_line(g, page) for g in groups]
    for run in tall:
        names = _stack(run, [r for r in rest if r.x1 <= run.x0 + 1])
        at = sum(line.centre <= names[-1].y1 for line in lines)
        lines.insert(at, _line([run], page))
    return [*lines, *apart]


def _level(run: Run, top: float, bottom: float) -> bool:
    common = min(run.y1, bottom) - max(run.y0, top)
    return common >= _SAME_LINE * min(run.y1 - run.y0, bottom - top) > 0


def _beside_several(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """文件 at the right of several issuers' names, which stand one above the other: after all of them."""
    tall = [r for r in runs if len(r.text) < 6 and "件" in r.text and _FILE.fullmatch(r.text.strip())][:_MOST_MARKS]
    found = []
    for run in tall:
        names = _stack(run, [r for r in runs if r.x1 <= run.x0 + 1 and r is not run])
        if len(names) > 1 and (names[-1].y0 + names[-1].y1) - (run.y0 + run.y1) > 0.5 * (run.y1 - run.y0):
            found.append(run)
    return found, [r for r in runs if r not in found] if found else runs


def _stack(beside: Run, runs: list[Run]) -> list[Run]:
    """The names at the left of 文件, from top to bottom: of one size, one close below the other."""
    high = beside.y1 - beside.y0
    level = [n for n, r in enumerate(runs) if r.y0 < beside.y1 and r.y1 > beside.y0 and len(r.text) > 2]
    if not level:
        return []
    first, last = level[0], level[-1]
    while first and _next_in_stack(runs[first - 1], runs[first], high):
        first -= 1
    while last + 1 < len(runs) and _next_in_stack(runs[last], runs[last + 1], high):
        last += 1
    return runs[first : last + 1]


def _next_in_stack(a: Run, b: Run, high: float) -> bool:
    tall_a, tall_b = a.y1 - a.y0, b.y1 - b.y0
    return (
        abs(tall_a - tall_b) < 0.25 * tall_a and tall_a > 0.4 * high and (b.y0 + b.y1 - a.y0 - a.y1) / 2 < 2.2 * tall_a
    )


def _line(runs: list[Run], page: int) -> Line:
    """Fragments of one line, from left to right."""
    if len(runs) == 1:
        text, x0, y0, x1, y1, size, bold, confidence, aside = runs[0]
        text = _APART.sub(_closed_up, text.strip("\n")) if " " in text else text.strip("\n")
        stretches = [Stretch(0, len(text), x0, y0, x1, y1, confidence)]
        return Line(text, stretches, x0, y0, x1, y1, size or y1 - y0, bold, page, aside)
    if any(" " in r.text and _APART.search(r.text) for r in runs):
        runs = [r._replace(text=_APART.sub(_closed_up, r.text)) for r in runs]
    runs.sort(key=lambda r: r.x0)
    main = max(runs, key=lambda r: (len(r.text.strip()), r.size))
    size = main.size or main.y1 - main.y0
    text, stretches = _put_together(runs, size)
    return Line(
        text,
        stretches,
        min(r.x0 for r in runs),
        min(r.y0 for r in runs),
        max(r.x1 for r in runs),
        max(r.y1 for r in runs),
        size,
        main.bold,
        page,
        main.aside,
    )


def _closed_up(m: re.Match[str]) -> str:
    return m[0].replace(" ", "")


def _put_together(runs: Sequence[Run], size: float) -> tuple[str, list[Stretch]]:
    """Text of a line, and the stretches that no wide gap parts."""
    even = _spaced_out(runs, size)
    track = 0.0 if even or len(runs) < _TRACKED else _tracking(runs, size)
    parts: list[str] = [runs[0].text]
    length = len(runs[0].text)
    start, sure, (x0, y0, x1, y1) = 0, runs[0].confidence, runs[0][1:5]
    stretches: list[Stretch] = []
    for a, b in pairwise(runs):
        gap = b.x0 - a.x1
        close = even or (track and gap <= track + _LOOSE * size)
        between = "" if close else _between(a.text, b.text, (gap - track) / size)
        if gap > _STRETCH * size or between:
            stretches.append(Stretch(start, length, x0, y0, x1, y1, sure))
            length += len(between)
            start, sure, (x0, y0, x1, y1) = length, b.confidence, b[1:5]
        else:
            y0, x1, y1 = min(y0, b.y0), max(x1, b.x1), max(y1, b.y1)
            sure = b.confidence if sure is None else min(sure, 1.0 if b.confidence is None else b.confidence)
        parts += (between, b.text)
        length += len(b.text)
    stretches.append(Stretch(start, length, x0, y0, x1, y1, sure))
    return "".join(parts), stretches


def _between(a: str, b: str, gap: float) -> str:
    """What stands for a gap of so many em."""
    if gap >= _TAB:
        return "\u3000" * min(round(gap), _MOST_BLANKS)
    if a[-1:].isspace() or b[:1].isspace():
        return ""
    latin = a[-1:].isascii() and b[:1].isascii() and (a[-1:].isalnum() or b[:1].isalnum())
    return " " if gap >= (_LATIN_BLANK if latin else _BLANK) else ""


def _tracking(runs: Sequence[Run], size: float) -> float:
    """The distance that a line sets all its characters apart (a character grid wider than the font); 0 for none."""
    if sum(len(r.text.strip()) == 1 for r in runs) * 10 < len(runs) * 7:
        return 0.0
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(runs))
    usual = gaps[len(gaps) // 2]
    if not _BLANK * size <= usual <= 3 * size:
        return 0.0
    same = sum(abs(g - usual) <= 0.15 * size for g in gaps)
    return usual if same * 10 >= len(gaps) * 6 else 0.0


def _spaced_out(runs: Sequence[Run], size: float) -> bool:
    """国 务 院: three single characters or more at even distances are one word."""
    if len(runs) < 3 or any(len(r.text.strip()) > 1 or not _HAN.match(r.text.strip()) for r in runs):
        return False
    gaps = [b.x0 - a.x1 for a, b in pairwise(runs)]
    low, high = min(gaps), max(gaps)
    return high <= 3 * size and high - low <= max(0.25 * size, 0.2 * high)
