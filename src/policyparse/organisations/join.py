"""Parts of a list that could not stand alone joined: 各市、县人民政府 is one name, 各处室、机关党委 are two."""

from __future__ import annotations

import re
from functools import lru_cache

from .. import lexicon
from ..squeeze import squeeze
from .cut import SOFT, Part
from .kinds import KINDS
from .names import AREAS, COLLECTIVE, RANK, Region, is_organisation, region_of, without_bracket

_OF_LEVEL = frozenset(("县级人民政府", "县级政府", "区级人民政府", "区级政府", "乡级人民政府", "乡级政府"))
_OF_AREA = re.compile("各?(?:设区的?|地级)?[省市州盟地县区]级?(?:、[市州盟地县区]级?){0,4}")
"""各市、县级人民政府: the level above waits for 人民政府, too."""
_AND_LEVEL = re.compile(r"直[及和与](?:中央|中|国家|省|部)\Z")
"""县直及省、市属驻某各有关单位."""
_ALONG = re.compile(r"[\u4e00-\u9fff]{2,6}(?:沿线|沿岸|流域|两岸|周边|库区|灌区)(?:内)?各")
"""甲水、乙江沿线各水管单位: what lies along both."""
_CARRIER = "(?:中国)?(?:移动|联通|电信|铁塔|广电)"
_OF_GROUP = ("集团", "集团公司")
_BARE_SEAT = re.compile(
    rf"(?!{lexicon.alternation('dept_stems')})[\u4e00-\u9fff]{{2,4}}(?<![县市区园村镇乡街社场站矿库企校院部委局厅办处科会行所心司业])"
)
"""甲山、乙江、丙岭森工集团公司: names of seats alone, which wait for the group of the last."""
_OF_CARRIER = ("公司", "营业厅", "营业部")
_BARE_CARRIER = re.compile(_CARRIER)
_CARRIERS = re.compile(rf"{_CARRIER}(?:通信)?[\u4e00-\u9fff]{{2,10}}(?:公司|营业厅|营业部)\Z")
"""移动、联通、电信公司某某营业厅: the names before share the office at a place; 电信、移动、联通公司 are three."""
_AREA_ENDS = "区县市省州盟地旗乡镇）)"
"""How what AREAS matches ends."""
_OWN_SEAT = ("管委会", "管理委员会", "办事处", "街道办")
_GOVERNMENT = ("政府", "党委", "党组", "人大", "政协", "纪委", "工委")
_CENTRAL = ("中央", "中直", "国家", "上级", "部")
_OF_LEVEL_ENDS = "直属管"
_OWN_OF_LEVEL = re.compile("各?(?:中央|[中国部省市州县区旗镇乡])[直属管]")
_BODIES = ("单位", "部门", "企业", "机构", "机关", "院校", "学校", "公司", "医院")
"""中直、省直各有关单位; 市属、区属企业."""
_OPEN_ENDS = ("属", "派出", "代管", "挂靠", "直管")
_OPEN_KIND = re.compile(r"(?:各|局|厅|委|校|院|区|县|市)?(?:直属|附属|下属|所属|派出|代管|挂靠|直管)")
_KIND_OF = re.compile(
    r"(?:各)?(?:直属|附属|下属|所属|派出|代管|挂靠|直管)[\u4e00-\u9fff]{0,4}(?:单位|机构|部门|企业|院系|公司)"
)
_OWNED = ("省属", "省直", "市属", "市直", "州属")
_ZONE = re.compile(r"(?:高新|经开|开发|新|示范|保税|先导|度假|风景|高新技术产业开发|经济技术开发|经济开发)区")
"""A zone beside the counties, without a name of its own."""
_BUREAUS = ("局", "委", "办", "办公室", "中心", "支队", "大队", "会", "院")
_ZONE_NAME = re.compile(r"(?:园|开发|度假|新|保税|示范|试验|管理|高新|经开|产业|合作|集聚|先导)区\Z")
_EACH_ITS_OWN = re.compile(r"[厅局委办处][（(](?:[厅局委办处部会室]|[、，])+[）)]\Z")
"""各省、自治区、直辖市农业农村、畜牧兽医、渔业厅（局、委）: each of the fields before has one."""
_SEATED = re.compile(
    r"(?=[\u4e00-\u9fff]{2}(?:证券交易所|期货交易所|海关|铁路局|[银保]{0,2}证?监局|监管局|专员办|特派办|办事处)\Z)"
)
"""上海、深圳证券交易所: bodies told apart by their seat only."""
_LONGEST_FIELD = 10
_FIELD_OFFICES = ("主管部门", "管理部门", "监管部门")
_NO_FIELD = re.compile(r"有关|相关|各|其他|级|直|成员|行业|业务")
"""各区县、行业主管部门: no field of work that shares its 主管部门 with what stands before."""
_OF_ZONES = re.compile(r"各[^、]{0,8}区(?![^、]*(?:有关|相关))[^、]{2,12}(?:主管|管理)部门\Z")
"""甲新区、各国家级开发区建设管理部门: the zone before waits for the office, too."""
_LOCAL = re.compile(r"[\u4e00-\u9fff]{2,20}[局部行厅会司团](?=各)")
"""国家某某总局各市（州）、县（市、区）某某局: a body before the areas of its offices."""
_ACTIVITY = (
    "(?:建设|代建|勘察|设计|施工|监理|检测|监测|生产|经营|使用|管理|运营|运行|运维|维护|养护|销售|储存|运输|承包|分包"
    "|咨询|招标|代理|评估|产权|供应)"
)
_PARTY = re.compile(rf"(?:工程)?{_ACTIVITY}单位\Z")
_WAITS = re.compile(rf"(?:{_ACTIVITY}|各(?!有关|相关)[\u4e00-\u9fff]{{0,10}}{_ACTIVITY})\Z")
"""各在建项目建设、施工、监理单位: what a party does, without its 单位."""
_LONGEST_NAME = 200
_LONGEST_RUN = 40
"""So many areas may share a suffix (甲市、乙市、… 癸市人民政府)."""


def join_parts(string: str, parts: list[Part]) -> list[Part]:
    """Parts that could not stand alone joined with their neighbour."""
    units: list[Part] = []
    run = 0
    """Number of parts at the end of `units` that may share the suffix of what follows."""
    for part in parts:
        region = region_of(part.name)
        joint = bool(units) and part.before not in ("；", ";", " ")
        if joint and _cannot_stand(part.name, units[-1].name) and part.end - units[-1].start < _LONGEST_NAME:
            units[-1] = _merge(string, units[-1], part)
        else:
            first = _first_sharing(units, run, part, region) if joint else None
            if first is not None:
                part = _merge(string, units[first], part)
                del units[first:]
                run = 0
            units.append(part)
            run = min(run + 1, _LONGEST_RUN) if joint else 1
        run = run if _may_share(units[-1].name) else 0
    return units


def _first_sharing(units: list[Part], run: int, part: Part, region: Region | None) -> int | None:
    """Index of the first of the last `run` units that takes its suffix from `part`."""
    nearest = units[-1].name
    if part.name.endswith(("）", ")")) and _EACH_ITS_OWN.search(part.name):
        return _first_field(units, part)
    if nearest.endswith(_OPEN_ENDS) and _OPEN_KIND.fullmatch(nearest) and _KIND_OF.match(part.name):
        return len(units) - 1  # 各直属、附属单位
    if nearest[-1:] in _OF_LEVEL_ENDS and part.name.endswith(_BODIES) and _OWN_OF_LEVEL.fullmatch(nearest):
        return _first_of(units, part, _OWN_OF_LEVEL)
    if nearest in ("各中央", "各中直"):
        return len(units) - 1  # 各中央、省属企业
    if (region is None and part.name.endswith(_OWN_SEAT[:2])) or (
        part.name.endswith("部门") and _OF_ZONES.match(part.name)
    ):
        return _first_zone(units, part)
    if part.name.endswith(_OF_GROUP) and len(units) > 1 and part.before == "、":
        first = _first_of(units, part, _BARE_SEAT)
        if first is not None and first < len(units) - 1:
            return first
    if part.name.endswith(_OF_CARRIER) and _CARRIERS.match(part.name):
        return _first_of(units, part, _BARE_CARRIER)
    if part.before == "、" and 2 <= len(nearest) <= 6 and "各" in part.name and _ALONG.match(part.name):
        bare = region_of(nearest) is None and not is_organisation(nearest)
        return len(units) - 1 if bare else None
    if part.name.endswith("单位") and _PARTY.match(part.name):
        return _first_of(units, part, _WAITS)
    if part.name in _OF_LEVEL:
        return _first_of(units, part, _OF_AREA)
    if _of_field(part.name) and not _NO_FIELD.search(part.name) and _is_field(nearest):
        return _first_area(units, _first_field(units, part))
    if _SEATED.match(part.name):
        return next((i for i in range(len(units) - run, len(units)) if _seats(units[i:])), None)
    if (region is None or not region.organ) and not part.name.endswith(("部门", "系统")) and "驻" not in part.name:
        return None
    return next((i for i in range(len(units) - run, len(units)) if _shares(units[i].name, nearest, part, region)), None)


def _first_field(units: list[Part], part: Part) -> int | None:
    """Index of the first of the fields (…、畜牧兽医) that wait for the 厅（局、委） of what follows."""
    at, before, first = len(units), part.before, max(len(units) - _LONGEST_RUN, 0)
    while at > first and before in ("、", *SOFT) and not is_organisation(units[at - 1].name):
        at -= 1
        before = units[at].before
    return at if at < len(units) else None


def _of_field(name: str) -> bool:
    """能源主管部门; 财政部门."""
    return name.endswith(_FIELD_OFFICES) or (name.endswith("部门") and len(name) <= _LONGEST_FIELD)


def _is_field(name: str) -> bool:
    """生态环境, 某某兵团工业和信息化: a field of work, with or without the area it is in, no area alone."""
    region = region_of(name)
    return not is_organisation(name) and (region is None or bool(region.organ))


def _first_area(units: list[Part], first: int | None) -> int | None:
    """Index of the first of the areas and fields from `first` on: 各区县、|市教育、财政主管部门 opens at 市."""
    if first is None:
        return None
    for i in range(len(units) - 1, first, -1):
        region = region_of(units[i].name)
        if region is not None and region.rank > _last_rank(units[i - 1].name) and "兵团" not in units[i].name:
            return i
    return first


def _first_of(units: list[Part], part: Part, waiting: re.Pattern[str]) -> int | None:
    """Index of the first of the names (建设、施工; 移动、联通) that wait for the 单位, 公司 of what follows."""
    at, before, first = len(units), part.before, max(len(units) - _LONGEST_RUN, 0)
    while at > first and before in ("、", *SOFT) and waiting.fullmatch(units[at - 1].name):
        at -= 1
        before = units[at].before
    return at if at < len(units) else None


def _first_zone(units: list[Part], part: Part) -> int | None:
    """Index of the first of the zones (甲工业园区、乙度假区) that wait for the 管委会 of what follows."""
    at, before, first = len(units), part.before, max(len(units) - _LONGEST_RUN, 0)
    while at > first and before in ("、", *SOFT) and _ZONE_NAME.search(units[at - 1].name):
        at -= 1
        before = units[at].before
    return at if at < len(units) else None


def _seats(units: list[Part]) -> bool:
    return all(len(u.name) == 2 and region_of(u.name) is None and not is_organisation(u.name) for u in units)


def _merge(string: str, first: Part, last: Part) -> Part:
    return Part(first.start, last.end, squeeze(string[first.start : last.end]), first.before)


def _cannot_stand(name: str, previous: str) -> bool:
    """室 after 各科, 政府 after 各级党委, 直辖市 after 各省; but 政府 after 市财政局 is a (badly named) unit."""
    core = without_bracket(name)
    if core[-1:] in _AREA_ENDS and AREAS.fullmatch(core) and not COLLECTIVE.match(core):
        before = region_of(previous)
        return before is not None and AREAS.fullmatch(without_bracket(previous)) is not None
    if core == "中心":  # 各处、室、中心
        return previous.startswith("各") and "、" in previous
    if core in _OWN_SEAT:  # 各街道党工委、办事处; 园区党工委、管委会
        return previous.endswith(("工委", "街道党委", "区党委"))
    if core not in KINDS:
        return False
    if core in RANK or core in ("自治区", "直辖市"):
        before = region_of(previous)
        return before is not None and not _organ_of(before)
    return is_organisation(previous) or len(core) == 1 or COLLECTIVE.search(previous) is not None


def _organ_of(region: Region) -> str:
    return region.organ.lstrip("、，,和及与")


def _of_areas(name: str) -> str:
    """国家某某总局各市（州） -> 各市（州）."""
    local = _LOCAL.match(name) if "各" in name[3:] else None
    return name[local.end() :] if local else name


@lru_cache(maxsize=8192)
def _may_share(name: str) -> bool:
    """Whether a name could lack its suffix: an area (各市, 黄埔区), or a short word that is no organisation (青岛)."""
    if _open_tail(name):
        return True
    region = region_of(_of_areas(name))
    if region is not None and not is_organisation(_organ_of(region) or "。"):
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
    if region.organ.startswith(_OWN_SEAT) and not before.named:
        return False
    if not is_organisation("某" + region.organ):
        return False
    if "兵团" in part.name:  # 各省、自治区、直辖市、新疆生产建设兵团财政厅（局）
        return True
    if (
        before.collective
        and not before.organ
        and _ZONE.match(part.name)
        and (region.organ.endswith(_BUREAUS) or (region.organ.endswith("部门") and not _NO_FIELD.search(region.organ)))
    ):
        return True  # 各县（市、区）、高新区教育局; 各县（市、区）、开发区教育部门
    if before.named or region.named:
        return (before.named and region.named and _last_rank(nearest) >= 2) or (part.before in SOFT and region.named)
    if region.rank <= _last_rank(nearest) or len(first) == 1:
        return True
    return region.organ.endswith(_GOVERNMENT) and region.rank - _last_rank(nearest) == 1


def _last_rank(name: str) -> int:
    region = region_of(re.split("[、，,和及与]", without_bracket(name))[-1])
    return region.rank if region else 0


_OPEN_TAIL = re.compile(r"[及和与][\u4e00-\u9fff]{2,3}\Z")
_LINKS = frozenset("及和与")


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
