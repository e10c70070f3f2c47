"""Whether a name is an organisation, and the area it begins with (县（区）政府, 天河区人民政府)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from .. import lexicon


def _by_last(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Endings by their last character, the shortest first: a name is asked only for the few it could have."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(words, key=len):
        found[word[-1]] = (*found.get(word[-1], ()), word)
    return found


_SUFFIXES = _by_last(lexicon.words("org_suffixes"))
_LOOKALIKES = _by_last(lexicon.words("org_lookalikes"))
_LONGEST = 60
_TRAILING_BRACKET = re.compile(r"[（(〔\[][^（）()〔〕\[\]]{0,40}[）)〕\]]\Z")
COLLECTIVE = re.compile(r"(?:各|全|有关|相关)")
_COLLECTIVE = ("各", "全", "有关", "相关")

# A region by its kind only (各市、县（市、区）) or by its name (天河区).
# The look-aheads keep 市场监管局, 乡村振兴局 whole.
_LEVEL = (
    r"(?:自治区|直辖市|省?直管[市县]|设区的?市|所?辖[市县区]|计划单列市|自治州|自治县|地区|街道|省(?![级直属际部会])|市(?![场级直属民容]|政(?![府协]))"
    r"|州(?![级直])|盟(?![市])|县(?![级直域])|区(?![级直域划块属])|旗|镇(?![域直])|乡(?![村土])|街(?!道)|地(?![方质震税理铁下产名籍]))"
)
INSIDE = r"(?:[（(][^（）()]{1,16}[）)])"
_BARE = re.compile(rf"(?:全|各|有关|相关)*(?:{_LEVEL}|盟市)+{INSIDE}?(?:{_LEVEL}{INSIDE}?)?")
_NAMED = re.compile(
    r"(?![省市州盟县区镇]直)(?:(?![各全本该我原省市州县区外邻每两属驻])[\u4e00-\u9fff]县(?![场域级直属委政、])|[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|地区|街道|新区|开发区|生产建设兵团|[省市州盟县区旗镇乡街](?![场域级直属委]|政(?!府))))"
    + INSIDE
    + "?"
)
"""天河区, 云县."""
_BARE_FIRST = frozenset("全各有相自直省所辖市设计地街州盟县区旗镇乡")
_LEVELS = frozenset("省市州盟县区旗镇乡街地团")
"""What _BARE begins with, and of what one is in every area."""
_TOWN_LIKE = re.compile(
    r"(?:[镇乡](?:[\u4e00-\u9fff]{1,8}自治县|[\u4e00-\u9fff][市县]|(?![社园辖片景街校库灾山林矿])[\u4e00-\u9fff]区)|市[中南北]区)"
    r"(?![场域级直属委政协])" + INSIDE + "?"
)
"""镇雄县, 镇江市, 市北区: names that begin like a kind of area; no town holds a county."""
_INNER_BRACKET = re.compile(r"(?<=[\u4e00-\u9fff])[（(][\u4e00-\u9fff、]{1,8}[）)](?=[区园县市])")
"""各开发（度假）区: the area's kind stands after a bracket."""
_KIND = r"(?:所?辖[市县区]|自治区|直辖市|计划单列市|自治州|自治县|地区|省|[市州盟地县区旗乡镇])"
AREAS = re.compile(rf"(?:各|全)?{_KIND}(?:{INSIDE}?[、及和与]{_KIND})*{INSIDE}?")
"""各省、自治区、直辖市及计划单列市: kinds of areas, each of which cannot stand alone."""
RANK = {"省": 5, "市": 4, "州": 4, "盟": 4, "地": 4, "县": 3, "区": 3, "旗": 3, "镇": 2, "乡": 2, "街": 2}


class Region(NamedTuple):
    """A name that begins with an area: `rank` 5 province … 2 township; `organ` is what follows it."""

    rank: int
    named: bool
    collective: bool
    organ: str


def without_bracket(name: str) -> str:
    """县（区） -> 县; most names have no bracket at their end."""
    return _TRAILING_BRACKET.sub("", name) if name.endswith(("）", ")", "〕", "]")) else name


def is_organisation(name: str) -> bool:
    """Whether `name` reads as an organisation or a collective of organisations (各有关部门), by its suffix."""
    return 2 <= len(name) <= _LONGEST and _is_organisation(name)


@lru_cache(maxsize=8192)
def _is_organisation(name: str) -> bool:
    core = without_bracket(name).rstrip("等")
    if not 2 <= len(core) <= 40 or not core.endswith(_SUFFIXES.get(core[-1], ())):
        return False
    return not core.endswith(_LOOKALIKES.get(core[-1], ())) or core.endswith("各地")


def region_of(name: str) -> Region | None:
    """The area that `name` begins with, or null: 县（区）政府 -> rank 3, organ 政府; 各市 -> rank 4, no organ."""
    return _region_of(name) if len(name) <= _LONGEST else None


@lru_cache(maxsize=8192)
def _region_of(name: str) -> Region | None:
    if _LEVELS.isdisjoint(name):
        return None
    named = _TOWN_LIKE.match(name) if name[0] in "镇乡市" else None
    bare = _BARE.match(name) if named is None and name[0] in _BARE_FIRST else None
    found = named or bare or _NAMED.match(name)
    if found is None:
        shorter = _INNER_BRACKET.sub("", name) if "（" in name or "(" in name else name
        return _region_of(shorter) if shorter != name else None  # 自贸试验（经济合作）区管委会
    return Region(_rank(without_bracket(found[0])), bare is None, name.startswith(_COLLECTIVE), name[found.end() :])


def _rank(area: str) -> int:
    if area.endswith(("自治区", "直辖市", "计划单列市")):
        return 5
    if area.endswith("地区"):
        return 4
    return 2 if area.endswith("街道") else RANK.get(area[-1:], 3)
