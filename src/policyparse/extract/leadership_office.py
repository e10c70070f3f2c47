"""The office of a group: 领导小组办公室设在X, 下设办公室，挂靠在X, with its duties."""

from __future__ import annotations

from typing import NamedTuple

import regex

from ..squeeze import squeeze
from .leadership_names import KIND
from .leadership_prose import windows

_PLACE = regex.compile(
    rf"""(?:{KIND}[^。；;\n，,]{{0,12}}?(?:办公室|专班办|日常办事机构)|下设(?:一个|专门)?办公室|设立?办公室|(?<=[，,。；;\n\s）)])办公室)
    (?:[（(][^（）()]{{0,40}}[)）])?(?P<gap>[^。；;\n设挂依由]{{0,20}}?)
    (?:(?:地点)?(?:常)?(?:设立?|挂靠|依托)(?:[在于到]|(?=[省市县区州局镇乡街厅委]))|挂靠|依托|(?<=办公室)[在于])(?P<at>[^，,。；;：:\n（()）]{{2,40}})""",
    regex.VERBOSE,
)
_BARE = regex.compile(rf"(?:{KIND}[^。；;\n，,]{{0,12}}?)?(?:下设|设立?)(?:一个|专门)?办公室")
_DUTIES = regex.compile(
    r"[，,；;](?P<d>(?:具体|主要|全面)?(?:负责|承担)(?:(?![，,](?:办公室|副?主任|由|成员))[^。；;\n]){4,200})"
)
_TAIL = regex.compile(r"(?:内|，.*|具体负责.*|负责.*|承担.*|由.*|办公)$")
_NOT_PLACE = ("由", "立", "置", "办公室主任", "主任", "负责")


_VERBS = ("设在", "设于", "挂靠", "依托", "办公室在", "办公室设", "办公室于", "办设")


class Place(NamedTuple):
    """A phrase that sets up a group's office; `at` is null where it only says that there is one (下设办公室)."""

    at: str | None
    duties: str | None
    start: int
    end: int


def office_places(string: str) -> list[Place]:
    """Phrases that set up an office, in order."""
    if "办公室" not in string and "专班办" not in string:
        return []
    near = windows(string, _VERBS, 80, 48)
    found = [p for a, b in near for m in _PLACE.finditer(string, a, b) if (p := _place(string, m))]
    taken = {p.start for p in found}
    ends = [(p.start, p.end) for p in found]
    bare = windows(string, ("设办公室", "设立办公室", "设一个办公室"), 40, 8)
    for m in (m for a, b in bare for m in _BARE.finditer(string, a, b)):
        if m.start() not in taken and not any(a <= m.start() < b for a, b in _near(ends, m.start())):
            found.append(Place(None, _duties(string, m.end()), m.start(), m.end()))
    return sorted(found, key=lambda p: p.start)


def _near(ends: list[tuple[int, int]], at: int) -> list[tuple[int, int]]:
    from bisect import bisect_right

    i = bisect_right(ends, (at, 1 << 60))
    return ends[max(i - 2, 0) : i]


def _place(string: str, m: regex.Match[str]) -> Place | None:
    at = _TAIL.sub("", squeeze(m["at"]))
    if len(at) < 2 or at.startswith(_NOT_PLACE) or at == "办公室":
        return None
    return Place(at, _duties(string, m.end()), m.start(), m.end())


def _duties(string: str, at: int) -> str | None:
    """What the office does, told in the same sentence."""
    stop = min((i for i in (string.find(mark, at, at + 260) for mark in "。\n") if i >= 0), default=at + 260)
    m = _DUTIES.search(string, at, stop)
    return squeeze(m["d"]) if m else None
