"""An elided prefix restored where the list itself shows it: 局办公室、规划建设科 -> 局规划建设科."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .. import lexicon
from .cut import Part
from .names import is_organisation

_STEMS = lexicon.words("dept_stems")
_PARTY = lexicon.words("party_organs")
_PREFIX = re.compile(
    r"(?P<party>(?:[\u4e00-\u9fff]{2,8}?)?[省市州盟县区旗]委)(?=[组宣统政网编改巡督老机台农直办])"
    r"|(?P<area>(?:[\u4e00-\u9fff]{2,8}?(?:新区|开发区|[省市州盟县区旗])|[省市州盟县区旗]))"
    rf"(?=(?:{lexicon.alternation('dept_stems')}|扶贫|政府))"
    r"|(?P<own>[局厅委部署院])(?=(?!属|直|机关|领导|系统)[\u4e00-\u9fff])"
)
_prefix_of = lru_cache(maxsize=8192)(_PREFIX.match)
_INNER = ("科", "室", "处", "股", "办公室", "中心", "部", "队", "站", "所")
_OUTER = ("局", "委", "办", "厅", "办公室", "中心", "队", "委员会", "总工会", "联", "科协")


_APART = frozenset("，,；; /／")
_INSTITUTES = frozenset(lexicon.words("institutes"))


@dataclass(slots=True, eq=False)
class Unit:
    """One organisation (or person) of a list: `string[start:end]` is what is written for it."""

    start: int
    end: int
    name: str
    """As written, white space inside Chinese text removed."""
    full_name: str | None = None
    """With an elided prefix restored, when the list itself shows it."""


def restore(parts: list[Part]) -> list[Unit]:
    """Units, with the prefix that the first of several shows: 局办公室、规划建设科 -> 局规划建设科."""
    if len(parts) == 1:
        return [Unit(p.start, p.end, p.name) for p in parts]
    units: list[Unit] = []
    prefix: re.Match[str] | None = None
    owner = ""
    mixed = False  # 示范区水利局、市农机局、财政金融局: whose 财政金融局 it is, the list does not show
    for part in parts:
        name, full = part.name, None
        found = _prefix_of(name)
        if part.before in _APART:
            prefix, mixed = None, False
        if found is not None:
            before, owner = owner, _owner(found)
            mixed = mixed or (prefix is not None and before != owner)
            prefix = found
        elif prefix is not None:
            full = None if mixed else _full_name(prefix, name)
            if full is None and not name.endswith(_OUTER):
                prefix = None
        units.append(Unit(part.start, part.end, name, full))
    return units


def _owner(prefix: re.Match[str]) -> str:
    """The area (市, 示范区) or body (局) that a prefix names: 市委 and 市 are the same city's."""
    return prefix["area"] or (prefix["party"] or "").removesuffix("委") or prefix["own"]


_OTHER_LEVEL = ("各", "省", "市", "区", "县", "厅", "局", "州", "国家", "有关", "机关")


def _full_name(prefix: re.Match[str], name: str) -> str | None:
    """`name` with the elided prefix, null when it does not read as a sister of the name that shows it."""
    if prefix["own"]:
        inner = name.endswith(_INNER) and not name.startswith(_OTHER_LEVEL)
        return prefix[0] + name if inner and is_organisation(name) else None
    if prefix["party"] and name.startswith(_PARTY):
        return prefix["party"] + name
    if name in _INSTITUTES:  # 省科技厅、农科院
        area = prefix["party"][:-1] if prefix["party"] else prefix["area"]
        return area + ("委党校" if name == "党校" else name)
    if not name.startswith(_STEMS) or not name.endswith(_OUTER) or name.endswith("分局"):
        return None
    return (prefix["party"][:-1] if prefix["party"] else prefix["area"]) + name
