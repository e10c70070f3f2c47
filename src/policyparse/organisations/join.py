"""Parts of a list that could not stand alone joined: 各市、县人民政府 is one name, 各处室、机关党委 are two."""

from __future__ import annotations

import re

from .. import lexicon
from ..squeeze import squeeze
from .cut import SOFT, Part
from .kinds import KINDS
from .names import AREAS, COLLECTIVE, RANK, is_organisation, region_of, without_bracket
from .sharing import LONGEST_RUN, NO_FIELD, OWN_SEAT, first_of_run, last_rank, may_share, organ_of, run_of

_OF_LEVEL = frozenset(("县级人民政府", "县级政府", "区级人民政府", "区级政府", "乡级人民政府", "乡级政府"))
_OF_AREA = re.compile("各?(?:设区的?|地级)?[省市州盟地县区]级?(?:、[市州盟地县区]级?){0,4}")
"""各市、县级人民政府: the level above waits for 人民政府, too."""
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
_OF_LEVEL_ENDS = "直属管"
_OWN_OF_LEVEL = re.compile("各?(?:中央|[中国部省市州县区旗镇乡])[直属管]")
_BODIES = ("单位", "部门", "企业", "机构", "机关", "院校", "学校", "公司", "医院")
"""中直、省直各有关单位; 市属、区属企业."""
_OPEN_ENDS = ("属", "派出", "代管", "挂靠", "直管")
_OPEN_KIND = re.compile(r"(?:各|局|厅|委|校|院|区|县|市)?(?:直属|附属|下属|所属|派出|代管|挂靠|直管)")
_KIND_OF = re.compile(
    r"(?:各)?(?:直属|附属|下属|所属|派出|代管|挂靠|直管)[\u4e00-\u9fff]{0,4}(?:单位|机构|部门|企业|院系|公司)"
)
_ZONE_NAME = re.compile(r"(?:园|开发|度假|新|保税|示范|试验|管理|高新|经开|产业|合作|集聚|先导)区\Z")
_EACH_ITS_OWN = re.compile(r"[厅局委办处][（(](?:[厅局委办处部会室]|[、，])+[）)]\Z")
"""各省、自治区、直辖市农业农村、畜牧兽医、渔业厅（局、委）: each of the fields before has one."""
_SEATED = re.compile(
    r"(?=[\u4e00-\u9fff]{2}(?:证券交易所|期货交易所|海关|铁路局|[银保]{0,2}证?监局|监管局|专员办|特派办|办事处)\Z)"
)
"""上海、深圳证券交易所: bodies told apart by their seat only."""
_LONGEST_FIELD = 10
_FIELD_OFFICES = ("主管部门", "管理部门", "监管部门")
_OF_ZONES = re.compile(r"各[^、]{0,8}区(?![^、]*(?:有关|相关))[^、]{2,12}(?:主管|管理)部门\Z")
"""甲新区、各国家级开发区建设管理部门: the zone before waits for the office, too."""
_ACTIVITY = (
    "(?:建设|代建|勘察|设计|施工|监理|检测|监测|生产|经营|使用|管理|运营|运行|运维|维护|养护|销售|储存|运输|承包|分包"
    "|咨询|招标|代理|评估|产权|供应)"
)
_PARTY = re.compile(rf"(?:工程)?{_ACTIVITY}单位\Z")
_WAITS = re.compile(rf"(?:{_ACTIVITY}|各(?!有关|相关)[\u4e00-\u9fff]{{0,10}}{_ACTIVITY})\Z")
"""各在建项目建设、施工、监理单位: what a party does, without its 单位."""
_SHARED_ENDS = (
    *("部门", "单位", "）", ")", "政府", "公司", "集团", "营业厅", "营业部", *OWN_SEAT[:2]),
    *("交易所", "海关", "铁路局", "监局", "监管局", "专员办", "特派办", "办事处"),
)
_WAITING_ENDS = frozenset("央直属管出靠")
"""How a name ends, and the one before it, for which there is a rule of its own (`_first_waiting`)."""
_TOGETHER = frozenset(("、", *SOFT))
_LONGEST_NAME = 200


def join_parts(string: str, parts: list[Part]) -> list[Part]:
    """Parts that could not stand alone joined with their neighbour."""
    units = parts[:1]
    opens = 0
    """Where in `units` those begin that may share the suffix of what follows, if their names let them."""
    for part in parts[1:]:
        if part.before in ("；", ";", " "):
            opens = len(units)
            units.append(part)
            continue
        last = units[-1]
        if _cannot_stand(part.name, last.name) and part.end - last.start < _LONGEST_NAME:
            if not may_share(last.name):
                opens = len(units)
            units[-1] = _merge(string, last, part)
            continue
        first = _first_sharing(units, opens, part)
        if first is not None:
            part = _merge(string, units[first], part)
            del units[first:]
            opens = first
        units.append(part)
    return units


def _first_sharing(units: list[Part], opens: int, part: Part) -> int | None:
    """Index of the first of the units that takes its suffix from `part`."""
    name = part.name
    if name.endswith(_SHARED_ENDS) or units[-1].name[-1:] in _WAITING_ENDS or "各" in name:
        return _first_waiting(units, opens, part)
    return first_of_run(units, opens, part)


def _first_waiting(units: list[Part], opens: int, part: Part) -> int | None:
    """The same for names that end as one of these rules says (建设、施工单位; 各直属、附属单位)."""
    name, nearest = part.name, units[-1].name
    if name.endswith(("）", ")")) and _EACH_ITS_OWN.search(name):
        return _first_field(units, part)
    if nearest.endswith(_OPEN_ENDS) and _OPEN_KIND.fullmatch(nearest) and _KIND_OF.match(name):
        return len(units) - 1  # 各直属、附属单位
    if nearest[-1:] in _OF_LEVEL_ENDS and name.endswith(_BODIES) and _OWN_OF_LEVEL.fullmatch(nearest):
        return _first_of(units, part, _OWN_OF_LEVEL)
    if nearest in ("各中央", "各中直"):
        return len(units) - 1  # 各中央、省属企业
    if (name.endswith(OWN_SEAT[:2]) and region_of(name) is None) or (name.endswith("部门") and _OF_ZONES.match(name)):
        return _first_zone(units, part)
    if name.endswith(_OF_GROUP) and len(units) > 1 and part.before == "、":
        first = _first_of(units, part, _BARE_SEAT)
        if first is not None and first < len(units) - 1:
            return first
    if name.endswith(_OF_CARRIER) and _CARRIERS.match(name):
        return _first_of(units, part, _BARE_CARRIER)
    if part.before == "、" and 2 <= len(nearest) <= 6 and "各" in name and _ALONG.match(name):
        bare = region_of(nearest) is None and not is_organisation(nearest)
        return len(units) - 1 if bare else None
    if name.endswith("单位") and _PARTY.match(name):
        return _first_of(units, part, _WAITS)
    if name in _OF_LEVEL:
        return _first_of(units, part, _OF_AREA)
    if _of_field(name) and not NO_FIELD.search(name) and _is_field(nearest):
        return _first_area(units, _first_field(units, part))
    if _SEATED.match(name):
        return next((i for i in range(run_of(units, opens), len(units)) if _seats(units[i:])), None)
    return first_of_run(units, opens, part)


def _first_field(units: list[Part], part: Part) -> int | None:
    """Index of the first of the fields (…、畜牧兽医) that wait for the 厅（局、委） of what follows."""
    at, before, first = len(units), part.before, max(len(units) - LONGEST_RUN, 0)
    while at > first and before in _TOGETHER and not is_organisation(units[at - 1].name):
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
        if region is not None and region.rank > last_rank(units[i - 1].name) and "兵团" not in units[i].name:
            return i
    return first


def _first_of(units: list[Part], part: Part, waiting: re.Pattern[str]) -> int | None:
    """Index of the first of the names (建设、施工; 移动、联通) that wait for the 单位, 公司 of what follows."""
    at, before, first = len(units), part.before, max(len(units) - LONGEST_RUN, 0)
    while at > first and before in _TOGETHER and waiting.fullmatch(units[at - 1].name):
        at -= 1
        before = units[at].before
    return at if at < len(units) else None


def _first_zone(units: list[Part], part: Part) -> int | None:
    """Index of the first of the zones (甲工业园区、乙度假区) that wait for the 管委会 of what follows."""
    at, before, first = len(units), part.before, max(len(units) - LONGEST_RUN, 0)
    while at > first and before in _TOGETHER and _ZONE_NAME.search(units[at - 1].name):
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
    if core in OWN_SEAT:  # 各街道党工委、办事处; 园区党工委、管委会
        return previous.endswith(("工委", "街道党委", "区党委"))
    if core not in KINDS:
        return False
    if core in RANK or core in ("自治区", "直辖市"):
        before = region_of(previous)
        return before is not None and not organ_of(before)
    return is_organisation(previous) or len(core) == 1 or COLLECTIVE.search(previous) is not None
