"""Areas and fields that share the suffix of what follows: 黄埔区、天河区人民政府; 发改、财政部门."""

from __future__ import annotations

import re
from functools import lru_cache

from .cut import SOFT, Part
from .names import Region, is_organisation, region_of, without_bracket

_AND_LEVEL = re.compile(r"直[及和与](?:中央|中|国家|省|部)\Z")
"""县直及省、市属驻某各有关单位."""
OWN_SEAT = ("管委会", "管理委员会", "办事处", "街道办")
_GOVERNMENT = ("政府", "党委", "党组", "人大", "政协", "纪委", "工委")
_CENTRAL = ("中央", "中直", "国家", "上级", "部")
_OWNED = ("省属", "省直", "市属", "市直", "州属")
_ZONE = re.compile(r"(?:高新|经开|开发|新|示范|保税|先导|度假|风景|高新技术产业开发|经济技术开发|经济开发)区")
"""A zone beside the counties, without a name of its own."""
_BUREAUS = ("局", "委", "办", "办公室", "中心", "支队", "大队", "会", "院")
NO_FIELD = re.compile(r"有关|相关|各|其他|级|直|成员|行业|业务")
"""各区县、行业主管部门: no field of work that shares its 主管部门 with what stands before."""
_LOCAL = re.compile(r"[\u4e00-\u9fff]{2,20}[局部行厅会司团](?=各)")
"""国家某某总局各市（州）、县（市、区）某某局: a body before the areas of its offices."""
_OPEN_TAIL = re.compile(r"[及和与][\u4e00-\u9fff]{2,3}\Z")
_LINKS = frozenset("及和与")
LONGEST_RUN = 40
"""So many areas may share a suffix (甲市、乙市、… 癸市人民政府)."""


def first_of_run(units: list[Part], opens: int, part: Part) -> int | None:
    """The first area or field that shares what follows the area of `part` (黄埔区、天河区人民政府; 发改、财政部门)."""
    name = part.name
    region = region_of(name)
    if (region is None or not region.organ) and not name.endswith(("部门", "系统")) and "驻" not in name:
        return None
    nearest = units[-1].name
    for i in range(run_of(units, opens), len(units)):
        if _shares(units[i].name, nearest, part, region):
            return i
    return None


def run_of(units: list[Part], opens: int) -> int:
    """Where, from `opens` on, the names begin that may all share the suffix of what follows."""
    at = len(units)
    opens = max(opens, at - LONGEST_RUN)
    while at > opens and may_share(units[at - 1].name):
        at -= 1
    return at


def organ_of(region: Region) -> str:
    return region.organ.lstrip("、，,和及与")


def _of_areas(name: str) -> str:
    """国家某某总局各市（州） -> 各市（州）."""
    local = _LOCAL.match(name) if "各" in name[3:] else None
    return name[local.end() :] if local else name


@lru_cache(maxsize=8192)
def may_share(name: str) -> bool:
    """Whether a name could lack its suffix: an area (各市, 黄埔区), or a short word that is no organisation (青岛)."""
    if _open_tail(name):
        return True
    region = region_of(_of_areas(name))
    if region is not None and not is_organisation(organ_of(region) or "。"):
        return not region.organ or "、" in name or region.organ[0] in "和及与，,"
    return len(name) <= 6 and not is_organisation(name) and "各" not in name[1:]


def _shares(first: str, nearest: str, part: Part, region: Region | None) -> bool:
    """Whether `first` takes its suffix from `part` (黄埔区、天河区人民政府; 发改、财政部门)."""
    if (
        "驻" in part.name
        and len(first) <= 4
        and (first.startswith(_CENTRAL) or first in _OWNED or _AND_LEVEL.search(first))
    ):
        return True  # 中央、省、市驻某各单位; 省属、市属驻某单位
    if "驻" in part.name and first[0] == "各" and (nearest + part.name).startswith(("中央", "省")):
        return False  # 各乡镇，省、市驻某各单位
    first, nearest = _of_areas(first), _of_areas(nearest)
    before = region_of(first)
    if before is None or _open_tail(first):
        return _names_only(first, part.name, region)
    if region is None or not region.organ or region.collective:
        return False
    if region.organ.startswith(OWN_SEAT) and not before.named:
        return False
    if not is_organisation("某" + region.organ):
        return False
    if "兵团" in part.name:  # 各省、自治区、直辖市、新疆生产建设兵团财政厅（局）
        return True
    if (
        before.collective
        and not before.organ
        and _ZONE.match(part.name)
        and (region.organ.endswith(_BUREAUS) or (region.organ.endswith("部门") and not NO_FIELD.search(region.organ)))
    ):
        return True  # 各县（市、区）、高新区教育局; 各县（市、区）、开发区教育部门
    if before.named or region.named:
        return (before.named and region.named and last_rank(nearest) >= 2) or (part.before in SOFT and region.named)
    if region.rank <= last_rank(nearest) or len(first) == 1:
        return True
    return region.organ.endswith(_GOVERNMENT) and region.rank - last_rank(nearest) == 1


def last_rank(name: str) -> int:
    region = region_of(re.split("[、，,和及与]", without_bracket(name))[-1])
    return region.rank if region else 0


def _open_tail(name: str) -> bool:
    """省会城市中心支行及大连: a bare place name after 及 waits for the suffix of what follows (、宁河市中心支行)."""
    tail = None if _LINKS.isdisjoint(name[-4:-2]) else _OPEN_TAIL.search(name)
    return tail is not None and not is_organisation(name) and is_organisation(name[: tail.start()])


def _names_only(first: str, name: str, region: Region | None) -> bool:
    """大连、青岛、深圳市分行: bare place names before a named area; 发改、财政部门: fields before 部门."""
    if _open_tail(first):
        return region is not None and region.named and is_organisation("某" + region.organ)
    if not 2 <= len(first) <= 6 or is_organisation(first):
        return False
    if region is not None and region.named and region.organ and is_organisation("某" + region.organ):
        return len(first) <= 3
    return name.endswith(("部门", "系统")) and len(name) <= 10 and not re.search("有关|相关|各|其他|级|直|成员", name)
