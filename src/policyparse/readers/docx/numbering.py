"""numbering.xml: the number that Word prints in front of a paragraph (第%1章, 一、, （一）, 1.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from .names import FALLBACK, RPR, VAL, child, number, on, value, w
from .numerals import FORMATS
from .styles import Look, Styles
from .symbols import plain

_LEVELS = 9
_DEEPEST = 20
"""Lists that name one another by a style."""
_ABSTRACT_ID, _NUM_ID, _ILVL = w("abstractNumId"), w("numId"), w("ilvl")
_ABSTRACT, _NUM, _LVL, _OVERRIDE = w("abstractNum"), w("num"), w("lvl"), w("lvlOverride")
_START, _START_OVERRIDE, _FORMAT, _TEXT = w("start"), w("startOverride"), w("numFmt"), w("lvlText")
_SUFFIX, _RESTART, _LEGAL, _STYLE = w("suff"), w("lvlRestart"), w("isLgl"), w("pStyle")
_STYLE_LINK, _VANISH, _FONTS, _ASCII = w("numStyleLink"), w("vanish"), w("rFonts"), w("ascii")
_VALUE = re.compile("%([1-9])")


class Level(NamedTuple):
    """How one level of a list is numbered."""

    text: str = ""
    form: str = "decimal"
    start: int = 1
    restart: int | None = None
    """After which level (from 1) it begins again; 0: never; None: after any level above."""
    legal: bool = False
    """All levels are shown in plain digits."""
    tight: bool = False
    """Nothing stands between number and text."""


class _List(NamedTuple):
    """A w:num: its levels, the counters it shares with other lists, and where it begins anew."""

    key: str
    levels: dict[int, Level]
    starts: dict[int, int]


class _Place(NamedTuple):
    """Where paragraphs of one look stand in the lists."""

    num_id: str
    listed: _List
    ilvl: int
    shown: list[tuple[str, int, Callable[[int], str]]]
    """What stands before a level's value, which level, and how its value is written."""
    rest: str
    tight: bool


class Numbering:
    """Counts through a document. Ask `number` once a paragraph, in the order of the text."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Any] = {}
        self._nums: dict[str, Any] = {}
        self._lists: dict[str, _List | None] = {}
        self._linked: dict[tuple[str, str], int] = {}
        self._places: dict[tuple[str | None, int | None, Look], _Place | None] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in root if root is not None else ():
            if element.tag == _ABSTRACT:
                self._abstract.setdefault(element.get(_ABSTRACT_ID, ""), element)
            elif element.tag == _NUM:
                self._nums.setdefault(element.get(_NUM_ID, ""), element)

    def number(self, num_id: str | None, ilvl: int | None, look: Look) -> str:
        """The printed number of a paragraph with what separates it from the text; empty when it has none.

        `num_id` and `ilvl` are the paragraph's own; what it does not say, its style does.
        """
        key = num_id, ilvl, look
        try:
            place = self._places[key]
        except KeyError:
            place = self._places[key] = self._place(num_id, ilvl, look)
        if place is None:
            return ""
        listed, counters = place.listed, self._count(place)
        label = place.rest
        for before, n, shown in reversed(place.shown):
            value = counters.get(n)
            label = before + shown(self._start(listed, n) if value is None else value) + label
        return label if place.tight or not label else label + "\t"

    def _place(self, num_id: str | None, ilvl: int | None, look: Look) -> _Place | None:
        listed = self._list(num_id if num_id is not None else look.num_id)
        if listed is None:
            return None
        if ilvl is None:
            ilvl = look.ilvl
        if ilvl is None and num_id is None and look.numbered_by:
            ilvl = self._linked.get((listed.key, look.numbered_by))
        ilvl = min(max(ilvl or 0, 0), _LEVELS - 1)
        level = listed.levels.get(ilvl)
        if level is None:
            return None
        *pieces, rest = _VALUE.split(level.text) if level.form != "bullet" else (level.text,)
        shown = [
            (before, min(int(digit) - 1, ilvl), _format(listed, level, int(digit) - 1, ilvl))
            for before, digit in zip(pieces[::2], pieces[1::2], strict=True)
        ]
        return _Place(num_id or look.num_id or "", listed, ilvl, shown, rest, level.tight)

    def _count(self, place: _Place) -> dict[int, int]:
        """Advance the counter of this level; the counters of its list."""
        num_id, listed, ilvl, *_ = place
        counters = self._counters.get(listed.key)
        if counters is None:
            counters = self._counters[listed.key] = {}
        if listed.starts and ilvl in listed.starts and (num_id, ilvl) not in self._begun:
            counters.pop(ilvl, None)
            self._begun.add((num_id, ilvl))
        before = counters.get(ilvl)
        counters[ilvl] = self._start(listed, ilvl) if before is None else before + 1
        if len(counters) == 1:
            return counters
        for below in [n for n in counters if n > ilvl]:
            restart = listed.levels[below].restart if below in listed.levels else None
            if restart is None or (0 < restart <= _LEVELS and ilvl < restart):
                del counters[below]
        return counters

    def _start(self, listed: _List, ilvl: int) -> int:
        if ilvl in listed.starts:
            return listed.starts[ilvl]
        return listed.levels[ilvl].start if ilvl in listed.levels else 1

    def _list(self, num_id: str | None) -> _List | None:
        if num_id is None or num_id == "0":
            return None
        if num_id not in self._lists:
            self._lists[num_id] = self._read(num_id)
        return self._lists[num_id]

    def _read(self, num_id: str) -> _List | None:
        num = self._nums.get(num_id)
        found = None if num is None else self._resolved(num)
        if num is None or found is None:
            return None
        key, abstract = found
        levels = dict(_levels(abstract))
        for ilvl, element in ((number(e.get(_ILVL)), e) for e in abstract if e.tag == _LVL):
            if style := value(element, _STYLE):
                self._linked.setdefault((key, style), ilvl)
        starts: dict[int, int] = {}
        for override in (e for e in num if e.tag == _OVERRIDE):
            ilvl = number(override.get(_ILVL))
            start = value(override, _START_OVERRIDE)
            levels.update((ilvl, level) for _, level in _levels(override))
            if start is not None:
                starts[ilvl] = number(start, 1)
        return _List(key, levels, starts)

    def _resolved(self, num: Any) -> tuple[str, Any] | None:
        """The definition that a list uses: its own, or that of the numbering style it names."""
        for _ in range(_DEEPEST):
            key = value(num, _ABSTRACT_ID) or ""
            abstract = self._abstract.get(key)
            if abstract is None:
                return None
            style = value(abstract, _STYLE_LINK)
            if style is None:
                return key, abstract
            num = self._nums.get(self._styles.num_id(style) or "")
            if num is None:
                return None
        return None


def _levels(parent: Any) -> list[tuple[int, Level]]:
    return [(min(max(number(e.get(_ILVL)), 0), _LEVELS - 1), _level(e)) for e in parent if e.tag == _LVL]


def _format(listed: _List, level: Level, n: int, ilvl: int) -> Callable[[int], str]:
    """How the value of level `n` is written in a label of `level`, which is number `ilvl`."""
    if n > ilvl:
        return lambda value: ""
    form = listed.levels[n].form if n in listed.levels else "decimal"
    return FORMATS.get("decimal" if level.legal and form != "decimalZero" else form, str)


def _level(element: Any) -> Level:
    told = {e.tag: e for e in reversed(element)}  # of two of a kind the first counts
    said = {tag: e.get(VAL) for tag, e in told.items()}
    form = said.get(_FORMAT)
    if form is None:  # a format of its own (001, 002 …) with the plain one to fall back on
        form = next((f.get(VAL) for other in element.iter(FALLBACK) for f in other.iter(_FORMAT)), None)
    text = said.get(_TEXT) or ""
    rpr = told.get(RPR)
    if rpr is not None and (not text.isascii() or on(rpr, _VANISH)):
        fonts = child(rpr, _FONTS)
        text = "" if on(rpr, _VANISH) else plain(text, None if fonts is None else fonts.get(_ASCII))
    restart = said.get(_RESTART)
    return Level(
        text[:200],
        form or "decimal",
        number(said.get(_START), 1 if form != "bullet" else 0),
        None if restart is None else number(restart),
        _LEGAL in told and bool(on(element, _LEGAL)),
        said.get(_SUFFIX) == "nothing",
    )
