"""The characters of a pdf page as runs: stretches on one line without a wide gap."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import sub
from typing import NamedTuple

from ..layout import Run
from . import native

Box = tuple[float, float, float, float]

_SEGMENT, _SPACE = re.compile("[^\r\n]+"), re.compile(r"\s")
_GAP, _LATIN_GAP, _BACK = 0.4, 0.15, 0.6
"""Shares of a line's height: a gap that ends a run, one that may stand for a blank, a step back to another line."""
_TOUCHING = 0.1
"""How far characters of one word may reach into one another; one that is drawn twice lies further back."""
_HAN_GAP = 0.12
"""Beyond the usual distance in this line, between Chinese characters: 张某某 李某"""
_LEVEL = 0.7
"""Share of their height that characters on one line have in common; 文件 stands half a line below a name beside it."""
_WIDE = re.compile("[\u2e80-\u9fff\uff01-\uff60]")
_DIGIT = re.compile("[0-9]")
_SAMPLES = 15
_QUARTER = math.pi / 2
_OFF = 0.09
"""Radians (5°) from which on a character lies askew."""
_REPAIRED = str.maketrans(
    {
        "\x02": "-",  # a hyphen at the end of a line, which pdfium marks so
        "\x00": "\ufffd",
        "\ufffe": "\ufffd",
        "\uffff": "\ufffd",
        "\u201a": "“",  # what Word writes for the quotation marks of some Chinese fonts
        "\u201b": "”",
        "\uf06c": "●",  # Wingdings and Symbol, as Word writes bullets
        "\uf06e": "■",
        "\uf0b7": "·",
        "\uf0d8": "➢",
        "\uf0fc": "✓",
        "\uf075": "◆",
        "\uf0fe": "☑",
        "\uf0a8": "□",
        "\uf06f": "□",
        "\uf0a3": "□",
        "\uf052": "☑",
    }
)


_ODD = re.compile("[\x00\x02\ufffe\uffff\u201a\u201b\uf000-\uf0ff]")


class View(NamedTuple):
    """How the page is looked at: its box, and the clockwise quarter turns that make its text upright."""

    left: float
    bottom: float
    width: float
    """Before turning."""
    height: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height after turning."""
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """A box in the page's coordinates -> from the top left corner of the turned page, y downwards."""
        u0, u1, v0, v1 = left - self.left, right - self.left, bottom - self.bottom, top - self.bottom
        if self.turns == 0:
            return u0, self.height - v1, u1, self.height - v0
        if self.turns == 1:
            return v0, u0, v1, u1
        if self.turns == 2:
            return self.width - u1, v0, self.width - u0, v1
        return self.height - v1, self.width - u1, self.height - v0, self.width - u0


def upright(textpage: native.Handle, count: int, default: int) -> int:
    """Quarter turns that make most of the text upright."""
    if not count:
        return default
    angles = [native.char_angle(textpage, (2 * n + 1) * count // (2 * _SAMPLES)) for n in range(_SAMPLES)]
    if not any(angles):
        return 0
    found: Counter[int] = Counter()
    for angle in angles:
        if angle >= 0:
            quarters = round(angle / _QUARTER)  # clockwise, as pdfium counts
            if abs(angle - quarters * _QUARTER) < _OFF:
                found[-quarters % 4] += 1
    if not found:
        return default
    best, times = found.most_common(1)[0]
    return default if found.get(default, 0) == times else best


class _Chars(NamedTuple):
    """Characters and boxes as the turned page has them; heights count upwards, `height` is where y is 0."""

    text: str
    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]
    height: float
    gaps: list[float]
    """From the end of each character to the beginning of the next."""


def _seen(chars: native.Chars, view: View) -> _Chars:
    text = chars.text.translate(_REPAIRED) if _ODD.search(chars.text) else chars.text
    x0, top, x1, bottom = chars[1:]
    a, b = view.left, view.bottom
    w, height = view.left + view.width, view.bottom + view.height
    if view.turns == 1:
        x0, top, x1, bottom = [v - b for v in bottom], [a - v for v in x0], [v - b for v in top], [a - v for v in x1]
    elif view.turns == 2:
        x0, top, x1, bottom = [w - v for v in x1], [b - v for v in bottom], [w - v for v in x0], [b - v for v in top]
    elif view.turns == 3:
        x0, top, x1, bottom = (
            *([height - v for v in top], [v - w for v in x1]),
            *([height - v for v in bottom], [v - w for v in x0]),
        )
    elif a:
        x0, x1 = [v - a for v in x0], [v - a for v in x1]
    return _Chars(text, x0, top, x1, bottom, 0.0 if view.turns else height, list(map(sub, x0[1:], x1)))


Cuts = Callable[[float, float, float | None], bool]
"""(x0, x1, y) -> does a vertical border of a table stand between the two, at the height y or at any?"""


def runs_of(textpage: native.Handle, count: int, view: View, cuts: Cuts | None = None) -> tuple[list[Run], list[int]]:
    """The runs of a page in the order of the file, and for each the index of its first character."""
    if not count:
        return [], []
    chars = _seen(native.characters(textpage, count), view)
    runs: list[Run] = []
    firsts: list[int] = []
    askew: list[int] = []
    for match in _SEGMENT.finditer(chars.text):
        start, end = match.span()
        pieces: Iterable[Sequence[int]]
        pieces = [range(start, end)] if _whole(chars, start, end, cuts) else _cut(chars, start, end, cuts)
        for piece in pieces:
            if chars.text[piece[0]].isspace() or chars.text[piece[-1]].isspace():
                piece = _trimmed(chars.text, piece)
                if not piece:
                    continue
            if len(piece) <= 2 and _lies_askew(textpage, piece[0], view.turns):
                askew += piece
            else:
                runs.append(_run(chars, piece))
                firsts.append(piece[0])
    if askew:
        runs.append(_run(chars, askew)._replace(aside=True))
        firsts.append(askew[0])
    return runs, firsts


def _trimmed(text: str, piece: Sequence[int]) -> Sequence[int]:
    """Without blanks at either end."""
    first, last = 0, len(piece)
    while first < last and text[piece[first]].isspace():
        first += 1
    while first < last and text[piece[last - 1]].isspace():
        last -= 1
    return piece[first:last]


def _whole(chars: _Chars, start: int, end: int, cuts: Cuts | None) -> bool:
    """Does a segment of pdfium's text stand on one line without gaps? Most do."""
    top, bottom = chars.top[start], chars.bottom[start]
    if min(chars.top[start:end]) <= max(chars.bottom[start:end]):
        return False
    if gaps := chars.gaps[start : end - 1]:
        height = top - bottom
        if max(gaps) > _LATIN_GAP * height or min(gaps) < -_BACK * height:
            return False
    return cuts is None or not cuts(chars.x0[start], chars.x1[end - 1], chars.height - (top + bottom) / 2)


def _cut(chars: _Chars, start: int, end: int, cuts: Cuts | None) -> Iterator[list[int]]:
    """The runs of a segment: cut at gaps, jumps and table borders."""
    text, x0, x1 = chars.text, chars.x0, chars.x1
    if cuts and not cuts(min(x0[start:end]), max(x1[start:end]), None):
        cuts = None  # it stands in one column
    gaps = sorted(chars.gaps[start : end - 1])
    usual = max(gaps[len(gaps) // 2], 0.0) if gaps else 0.0  # of a line that justification has drawn apart
    piece: list[int] = []
    blank, n = -1, start
    for stop in (*_blanks(chars, start, end), end):  # words: what stands between two blanks
        whole = _is_word(chars, n, stop, cuts)
        while n < stop:
            last = piece[-1] if piece else -1
            if piece and text[last] == text[n] and _again(chars, last, n):
                n += 1
                continue
            if piece and _apart(chars, last, n, cuts):
                yield piece
                piece = []
            elif piece and blank > last:
                height = chars.top[n] - chars.bottom[n] or 1.0  # a damaged font has no height
                gap = (x0[n] - x1[last] - usual) / height
                piece += (blank,) if _is_blank(text[last], text[n], gap) else ()
            after = stop if whole else n + 1
            piece += range(n, after)
            n = after
        blank, n = stop, stop + 1
    if piece:
        yield piece


def _blanks(chars: _Chars, start: int, end: int) -> list[int]:
    """Blanks that pdfium has put in: they have no width."""
    return [n for m in _SPACE.finditer(chars.text, start, end) if chars.x0[n := m.start()] == chars.x1[n]]


def _is_word(chars: _Chars, start: int, end: int, cuts: Cuts | None) -> bool:
    """Do these characters stand on one line, one close to the other, in one cell?"""
    if end - start < 2:
        return False
    gaps = chars.gaps[start : end - 1]
    tops, bottoms = chars.top[start:end], chars.bottom[start:end]
    high, low = max(tops), min(bottoms)
    if max(gaps) > _LATIN_GAP * (high - low) or min(gaps) < -_TOUCHING * (high - low):
        return False
    if min(tops) - max(bottoms) < _LEVEL * (high - low):
        return False
    return cuts is None or not cuts(chars.x0[start], chars.x1[end - 1], None)


def _is_blank(a: str, b: str, gap: float) -> bool:
    """Does a blank that pdfium put in stand for one? Between Chinese and Latin text there is only a little air."""
    if a.isspace() or b.isspace():
        return False
    return a.isascii() == b.isascii() and gap > (0.0 if a.isascii() else _HAN_GAP)


def _again(chars: _Chars, a: int, b: int) -> bool:
    """Is a character drawn again at nearly the same place (fake bold)?"""
    width = chars.x1[a] - chars.x0[a]
    return (
        chars.text[a].isalnum()  # —— may be one sign with one box
        and abs(chars.x0[a] - chars.x0[b]) < 0.3 * width
        and abs(chars.top[a] - chars.top[b]) < 0.3 * width
    )


def _apart(chars: _Chars, a: int, b: int, cuts: Cuts | None) -> bool:
    """Does a run end between the characters `a` and `b`?"""
    top, bottom, upper, lower = chars.top[a], chars.bottom[a], chars.top[b], chars.bottom[b]
    height = top - bottom
    gap = chars.x0[b] - chars.x1[a]
    if gap > _GAP * height or gap < -_BACK * height:
        return True
    if min(top, upper) - max(bottom, lower) < _LEVEL * min(height, upper - lower):
        return True
    if cuts is None:
        return False
    y = chars.height - (top + bottom) / 2
    return cuts((chars.x0[a] + chars.x1[a]) / 2, (chars.x0[b] + chars.x1[b]) / 2, y)


def _run(chars: _Chars, piece: Sequence[int]) -> Run:
    """The run of these characters."""
    first, last = piece[0], piece[-1]
    if last - first + 1 == len(piece):
        part = slice(first, last + 1)
        text, top, bottom = chars.text[part], max(chars.top[part]), min(chars.bottom[part])
        x0, x1 = chars.x0[first], chars.x1[last]
        if len(piece) == 1 or x1 < x0:
            x0, x1 = min(chars.x0[part]), max(chars.x1[part])
    else:
        real = [n for n in piece if chars.x0[n] != chars.x1[n]] or piece
        text = "".join([chars.text[n] for n in piece])
        x0, x1 = min([chars.x0[n] for n in real]), max([chars.x1[n] for n in real])
        top, bottom = max([chars.top[n] for n in real]), min([chars.bottom[n] for n in real])
    return Run(text, x0, chars.height - top, x1, chars.height - bottom, _size(chars, text, piece))


def _size(chars: _Chars, text: str, piece: Sequence[int]) -> float:
    """Font size: the width of a Chinese character, twice that of a digit."""
    height = chars.top[piece[0]] - chars.bottom[piece[0]]
    if found := _WIDE.search(text):
        at = piece[found.start()]
        size = chars.x1[at] - chars.x0[at]
        height = chars.top[at] - chars.bottom[at]
    elif found := _DIGIT.search(text):
        at = piece[found.start()]
        size = 2 * (chars.x1[at] - chars.x0[at])
    else:
        return 0.9 * height
    return size if 0.6 * height < size < 1.5 * height else 0.9 * height


def _lies_askew(textpage: native.Handle, index: int, turns: int) -> bool:
    """Is the character drawn at an angle to most of the page?"""
    angle: float = native.char_angle(textpage, index)
    off = (angle + turns * _QUARTER) % (2 * math.pi)
    return angle >= 0 and min(off, 2 * math.pi - off) > _OFF


def without_copies(runs: list[Run], firsts: list[int]) -> tuple[list[Run], list[int]]:
    """Text drawn twice at nearly the same place (fake bold, a shadow) counts once."""
    texts = [r.text for r in runs]
    if len(set(texts)) == len(runs):
        return runs, firsts
    times = Counter(texts)
    kept: list[Run] = []
    starts: list[int] = []
    seen: dict[str, list[Run]] = {}
    for run, first in zip(runs, firsts, strict=True):
        if times[run.text] > 1:
            near = 0.3 * (run.size or run.y1 - run.y0)
            same = seen.setdefault(run.text, [])
            if any(abs(o.x0 - run.x0) < near and abs(o.y0 - run.y0) < near for o in same[-50:]):
                continue
            same.append(run)
        kept.append(run)
        starts.append(first)
    return kept, starts
