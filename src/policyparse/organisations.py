"""Lists of organisations: splitting, brackets, shared prefixes and suffixes, collectives.

`split_units` works in three steps: cut at separators outside brackets (`_cut`), join parts that could not stand
alone (`_join`: 各市、县人民政府 is one name, 各处室、机关党委 are two), restore an elided prefix (`_restore`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from . import lexicon
from .squeeze import squeeze

_SUFFIXES = tuple(sorted(lexicon.words("org_suffixes"), key=len))
_LOOKALIKES = lexicon.words("org_lookalikes")
_OPEN, _CLOSE = "（(〔《“[【〈「［﹝〖", "）)〕》”]】〉」］﹞〗"

_TOKEN = re.compile(r"[（(〔《“\[【〈「［﹝〖）)〕》”\]】〉」］﹞〗、，,；;/／]|以及|[和及与暨]|\s+")
_SOFT = frozenset({"以及", "和", "及", "与", "暨"})
_TAIL = re.compile(
    r"""(?:等(?:[0-9一二三四五六七八九十]+[个家])?(?:各|有关|相关|其他|市直|省直|区直|县直|州直|市级|省级|成员|责任|职能)*
        (?:部门|单位|机构|处室|科室|企业|地区|方面)?(?:[和及、](?:部门|单位|机构))?)?
        (?:分别|共同|具体)?(?:(?:依据|依照|根据|按照|依|按|据)(?:照)?(?:各自)?(?:的)?(?:法定)?(?:职责|职能|分工|任务)+(?:范围)?(?:分工)?(?:内)?)?
        (?:分别|分工|各自|共同|具体|分头|组织)*(?:负责|落实|实施|推进|各负其责)*[。.，,；;：:、]*\Z""",
    re.VERBOSE,
)
_LEAD = re.compile(r"\s*(?:由|[:：·])\s*")
_TRAILING_BRACKET = re.compile(r"[（(〔\[][^（）()〔〕\[\]]{0,40}[）)〕\]]\Z")

# 各市、县（市、区） -- a region by its kind only; 天河区 -- by its name. The look-aheads keep 市场监管局, 乡村振兴局 whole.
_LEVEL = (
    r"(?:自治区|直辖市|直管[市县]|设区的?市|计划单列市|自治州|自治县|地区|街道|省(?![级直属际部])|市(?![场级直属民容]|政(?![府协]))|州(?![级直])|盟(?![市])"
    r"|县(?![级直域])|区(?![级直域划块属])|旗|镇(?![域直])|乡(?![村土])|街(?!道)|地(?![方质震税理铁下产名籍]))"
)
_INSIDE = r"(?:[（(][^（）()]{1,16}[）)])"
_BARE = re.compile(rf"(?:全|各|有关|相关)*(?:{_LEVEL}|盟市)+{_INSIDE}?(?:{_LEVEL}{_INSIDE}?)?")
_NAMED = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|地区|街道|新区|开发区|生产建设兵团|[省市州盟县区旗镇乡街](?![场域级直属委政]))"
    + _INSIDE
    + "?"
)
_AREAS = re.compile(rf"(?:各|全)?(?:自治区|直辖市|计划单列市|自治州|自治县|地区|省|[市州盟地县区旗乡镇])(?:{_INSIDE}?[、及和与](?:自治区|直辖市|计划单列市|自治州|自治县|地区|省|[市州盟地县区旗乡镇]))*{_INSIDE}?")
"""各省、自治区、直辖市及计划单列市: kinds of areas, each of which cannot stand alone."""
_RANKS = (
    ("自治区", 5),
    ("直辖市", 5),
    ("计划单列市", 5),
    ("省", 5),
    ("自治州", 4),
    ("地区", 4),
    ("自治县", 3),
    ("街道", 2),
)
_RANK = {"省": 5, "市": 4, "州": 4, "盟": 4, "地": 4, "县": 3, "区": 3, "旗": 3, "镇": 2, "乡": 2, "街": 2}
# Words that name a kind of body and cannot stand alone after 、: 各科、室; 党委、政府; 市直有关部门、单位.
_KINDS = frozenset(
    ["省", "市", "州", "盟", "地", "县", "区", "旗", "乡", "镇", "村", "处", "科", "室", "局", "部", "委", "办", "院", "所", "站", "队", "组", "股", "馆", "社", "厅", "厂", "场", "校", "班", "政府", "人民政府", "党委", "党组", "单位", "部门", "机构", "企业", "人大", "政协", "公司", "组织", "自治区", "直辖市", "个人", "有关单位", "居", "社区"]
)
_COLLECTIVE = re.compile(r"(?:各|全|有关|相关)")
_OWN_SEAT = ("管委会", "管理委员会", "办事处", "街道办")
_GOVERNMENT = ("政府", "党委", "党组", "人大", "政协", "纪委", "工委")


@dataclass(frozen=True, slots=True)
class Unit:
    """One organisation (or person) of a list: `string[start:end]` is what is written for it."""

    start: int
    end: int
    name: str
    """As written, white space inside Chinese text removed."""
    full_name: str | None = None
    """With an elided prefix restored, when the list itself shows it."""


class Region(NamedTuple):
    """A name that begins with an area: `rank` 5 province … 2 township; `organ` is what follows it."""

    rank: int
    named: bool
    collective: bool
    organ: str


class _Part(NamedTuple):
    """A stretch between two separators; `before` is the separator in front of it."""

    start: int
    end: int
    name: str
    before: str


def split_units(string: str, start: int = 0, end: int | None = None, *, spaces: bool = False) -> list[Unit]:
    """Units of a list. `spaces`: white space separates too (table cells, signatures)."""
    stop = len(string) if end is None else end
    stop = _without_others(string, start, stop)
    lead = _LEAD.match(string, start, stop)
    parts = _parts(string, lead.end() if lead else start, stop, spaces)
    return _restore(_join(string, parts), string)


_OTHERS = re.compile(r"等(?:各|有关|相关|其他)?(?!各级)[^，,；;。（）()]{2,20}(?:部门|单位)\Z")


def _without_others(string: str, start: int, end: int) -> int:
    """市投资促进局等各产业、招商主管部门: what follows 等 names nobody, when an organisation stands before it."""
    at = string.rfind("等", max(start, end - 24), end)
    if at <= start or _OTHERS.match(string, at, end) is None:
        return end
    before = max(string.rfind(c, start, at) for c in "、，,；;")
    return at if is_organisation(squeeze(string[max(before + 1, start) : at])) else end


@lru_cache(maxsize=8192)
def is_organisation(name: str) -> bool:
    """Whether `name` reads as an organisation or a collective of organisations (各有关部门), by its suffix."""
    core = _TRAILING_BRACKET.sub("", name).rstrip("等")
    if not 2 <= len(core) <= 40 or not core.endswith(_SUFFIXES):
        return False
    return not core.endswith(_LOOKALIKES) or core.endswith("各地")


@lru_cache(maxsize=8192)
def region_of(name: str) -> Region | None:
    """The area that `name` begins with, or null: 县（区）政府 -> rank 3, organ 政府; 各市 -> rank 4, no organ."""
    found = _BARE.match(name)
    named = found is None
    if found is None:
        found = _NAMED.match(name)
        if found is None:
            return None
    area = found[0]
    core = _TRAILING_BRACKET.sub("", area)
    rank = next((r for word, r in _RANKS if core.endswith(word)), None) or _RANK.get(core[-1:], 3)
    return Region(rank, named, _COLLECTIVE.match(name) is not None, name[found.end() :])


def _parts(string: str, start: int, end: int, spaces: bool) -> list[_Part]:
    """The stretches between separators, trailing 等部门 and 按职责分工负责 removed, empty ones dropped."""
    parts: list[_Part] = []
    before = ""
    for a, b, sep in _cut(string, start, end, spaces):
        part = _trim(string, a, b, before)
        if part is not None:
            parts.append(part)
            before = sep
        elif sep not in ("", " "):
            before = before or sep
    return parts


def _trim(string: str, start: int, end: int, before: str) -> _Part | None:
    while start < end and (string[start].isspace() or string[start] in "★☆▲△＊*●◆"):
        start += 1
    while end > start and string[end - 1] in " \t\n\r\u3000\xa0。.，,；;、：:":
        end -= 1
    # The pattern is anchored at the end, so it is only tried on the last stretch that could be such a tail.
    if string[end - 1 : end] in "等门单位责构室业区面实施进内工能围务家" or string.find("等", start, end) >= 0:
        found = _tail(string, max(start, end - 32), end)
        end = found if found is not None else end
    while end > start and string[end - 1].isspace():
        end -= 1
    return _Part(start, end, squeeze(string[start:end]), before) if end > start else None


def _tail(string: str, start: int, end: int) -> int | None:
    """Where the trailing 等部门, 按职责分工负责 of `string[start:end]` begins."""
    for literal in ("等", "按", "依", "根据", "据", "分别", "共同", "具体", "分工", "各自", "负责", "各负其责"):
        at = string.rfind(literal, start, end)
        if at > start and (m := _TAIL.match(string, at, end)) is not None and m.end() > at:
            rest = _tail(string, start, at)
            return rest if rest is not None else at
    return None


def _cut(string: str, start: int, end: int, spaces: bool) -> list[tuple[int, int, str]]:
    """(start, end, separator after it) of each stretch; separators inside closed brackets do not count."""
    cuts: list[tuple[int, int, str]] = []
    at, tokens = start, list(_TOKEN.finditer(string, start, end))
    skip = _inside_brackets(tokens)
    for i, token in enumerate(tokens):
        word = token[0]
        if token.start() < at or i in skip or word in _OPEN or word in _CLOSE:
            continue
        if word.isspace():
            splits = _splits_at_space if spaces else _splits_between
            if not splits(string, at, token.start(), token.end(), end):
                continue
            word = " "
        elif word in _SOFT and not _splits_at_and(string, at, token, end):
            continue
        cuts.append((at, token.start(), word))
        at = token.end()
    cuts.append((at, end, ""))
    return cuts


def _inside_brackets(tokens: list[re.Match[str]]) -> frozenset[int]:
    """Indexes of tokens inside brackets that are closed again; an unclosed bracket encloses nothing."""
    opened: list[int] = []
    inside: set[int] = set()
    reach = -1
    for i, token in enumerate(tokens):
        if token[0] in _OPEN:
            opened.append(i)
        elif token[0] in _CLOSE and opened:
            first = opened.pop()
            if not opened or first > reach:
                inside.update(range(max(first, reach + 1), i + 1))
                reach = i
    return frozenset(inside)


def _stretch(string: str, start: int, end: int) -> str:
    """From `start` to the next hard separator, for the right side of 和."""
    m = _NEXT.search(string, start, min(end, start + 60))
    return squeeze(string[start : m.start() if m else min(end, start + 60)])


_NEXT = re.compile(r"[、，,；;。/／]")


def _splits_at_and(string: str, start: int, token: re.Match[str], end: int) -> bool:
    """Whether 和 stands between two organisations (住房和城乡建设局和财政局: only the second does)."""
    if string.startswith("其", token.end()):
        return False
    left = squeeze(string[start : token.start()])
    if left in _KINDS or not _stands(left):
        return False
    right = _stretch(string, token.end(), end)
    tail = _tail(right, 0, len(right))
    right = right[:tail] if tail else right
    return right not in _KINDS and _stands(right)


def _stands(name: str) -> bool:
    """Whether `name` can be a unit: an organisation, or an area (各区市县, 先导区)."""
    if is_organisation(name):
        return True
    region = region_of(name)
    return region is not None and not region.organ and len(name) > 1


def _splits_at_space(string: str, start: int, end: int, after: int, stop: int) -> bool:
    """White space in a cell separates unless it pads a name (张　三) or breaks one (人力资源和社 会保障局)."""
    left, right = string[start:end].strip(), _WORD.match(string, after, min(stop, after + 60))
    if not left or right is None:
        return bool(left)
    if len(left) == 1 and len(right[0]) == 1:
        return False
    region = region_of(left)
    broken = len(left) > 4 and not is_organisation(left) and (region is None or region.organ != "")
    return not (broken and is_organisation(right[0]) and not _BARE.match(right[0]))


def _splits_between(string: str, start: int, end: int, after: int, stop: int) -> bool:
    """市财政局 市教育局: white space where both sides are organisations; not in 人民银行 甲市分行."""
    left, right = string[start:end].strip(), _WORD.match(string, after, min(stop, after + 60))
    if right is None or not is_organisation(left) or not is_organisation(right[0]):
        return False
    return not right[0].endswith(("分行", "支行", "分公司", "分局", "支队"))


_WORD = re.compile(r"[^\s、，,；;]+")


def _join(string: str, parts: list[_Part]) -> list[_Part]:
    """Parts that could not stand alone joined with their neighbour."""
    units: list[_Part] = []
    run = 0
    """Number of parts at the end of `units` that may share the suffix of what follows."""
    for part in parts:
        name, region = part.name, region_of(part.name)
        joint = part.before not in ("；", ";", " ")
        if units and joint and _cannot_stand(name, units[-1].name, region):
            units[-1] = _merge(string, units[-1], part)
            run = max(run, 1) if _may_share(units[-1].name) else 0
            continue
        first = len(units) - run
        while joint and first < len(units) and not _shares(units[first].name, units[-1].name, part, region):
            first += 1
        if joint and first < len(units):
            part = _merge(string, units[first], part)
            del units[first:]
        units.append(part)
        run = run + 1 if _may_share(part.name) and first >= len(units) - 1 - run else 0
        run = min(run, len(units)) if _may_share(part.name) else 0
    return units


def _merge(string: str, first: _Part, last: _Part) -> _Part:
    return _Part(first.start, last.end, squeeze(string[first.start : last.end]), first.before)


def _cannot_stand(name: str, previous: str, region: Region | None) -> bool:
    """室 after 各科, 政府 after 各级党委, 直辖市 after 各省; but 政府 after 市财政局 is a (badly named) unit."""
    core = _TRAILING_BRACKET.sub("", name)
    if _AREAS.fullmatch(core) and not _COLLECTIVE.match(core):
        before = region_of(previous)
        return before is not None and _AREAS.fullmatch(_TRAILING_BRACKET.sub("", previous)) is not None
    if core == "中心":  # 各处、室、中心
        return previous.startswith("各") and "、" in previous
    if core not in _KINDS:
        return False
    if core in _RANK or core in ("自治区", "直辖市"):
        before = region_of(previous)
        return before is not None and not _organ_of(before)
    return is_organisation(previous) or len(core) == 1 or _COLLECTIVE.search(previous) is not None


def _organ_of(region: Region) -> str:
    return region.organ.lstrip("、，,和及与")


def _may_share(name: str) -> bool:
    """Whether a name could lack its suffix: an area (各市, 黄埔区), or a short word that is no organisation (青岛)."""
    region = region_of(name)
    if region is not None and not is_organisation(region.organ or "。"):
        return not region.organ or "、" in name or region.organ[:1] in "和及与"
    return len(name) <= 6 and not is_organisation(name) and "各" not in name[1:]


def _shares(first: str, nearest: str, part: _Part, region: Region | None) -> bool:
    """Whether `first` takes its suffix from `part` (黄埔区、天河区人民政府; 发改、财政部门)."""
    before = region_of(first)
    if before is None:
        return _names_only(first, part.name, region)
    if region is None or not region.organ or region.collective:
        return False
    if region.organ.startswith(_OWN_SEAT) and not before.named:
        return False
    if not is_organisation("某" + region.organ):
        return False
    if "兵团" in part.name:  # 各省、自治区、直辖市、新疆生产建设兵团财政厅（局）
        return True
    if before.named or region.named:
        return (before.named and region.named and _last_rank(nearest) >= 2) or (part.before in _SOFT and region.named)
    if region.rank <= _last_rank(nearest) or len(first) == 1:
        return True
    return region.organ.endswith(_GOVERNMENT) and region.rank - _last_rank(nearest) == 1


def _last_rank(name: str) -> int:
    region = region_of(re.split("[、和及与]", _TRAILING_BRACKET.sub("", name))[-1])
    return region.rank if region else 0


def _names_only(first: str, name: str, region: Region | None) -> bool:
    """大连、青岛、深圳市分行: bare place names before a named area; 发改、财政部门: fields before 部门."""
    if not 2 <= len(first) <= 6 or is_organisation(first):
        return False
    if region is not None and region.named and region.organ and is_organisation("某" + region.organ):
        return len(first) <= 3
    return name.endswith(("部门", "系统")) and len(name) <= 10 and not re.search("有关|相关|各|其他|级|直|成员", name)


# --- elided prefixes ---------------------------------------------------------------------------------------------

_STEMS = lexicon.words("dept_stems")
_PARTY = lexicon.words("party_organs")
_PREFIX = re.compile(
    rf"(?P<party>(?:[\u4e00-\u9fff]{{2,8}}?)?[省市州盟县区旗]委)(?=[组宣统政网编改巡督老机台农直])"
    rf"|(?P<area>(?:[\u4e00-\u9fff]{{2,8}}?(?:新区|开发区|[省市州盟县区旗])|[省市州盟县区旗]))(?=(?:{lexicon.alternation('dept_stems')}|扶贫|政府))"
    r"|(?P<own>[局厅委部署院])(?=(?!属|直|机关|领导|系统)[\u4e00-\u9fff])"
)
_INNER = ("科", "室", "处", "股", "办公室", "中心", "部", "队", "站", "所")
_OUTER = ("局", "委", "办", "厅", "办公室", "中心", "队", "委员会", "总工会", "联", "科协")


def _restore(parts: list[_Part], string: str) -> list[Unit]:
    """Units, with the prefix that the first of several shows: 局办公室、规划建设科 -> 局规划建设科."""
    units: list[Unit] = []
    prefix: re.Match[str] | None = None
    for part in parts:
        found = _PREFIX.match(part.name)
        if part.before in ("，", ",", "；", ";", " ", "/", "／") or found is not None:
            prefix = found
        full = None if found is not None or prefix is None else _full_name(prefix, part.name)
        if found is None and full is None:
            prefix = None
        units.append(Unit(part.start, part.end, part.name, full))
    return units


def _full_name(prefix: re.Match[str], name: str) -> str | None:
    """`name` with the elided prefix, null when it does not read as a sister of the name that shows it."""
    if prefix["own"]:
        own = name.endswith(_INNER) and not name.startswith(
            ("各", "省", "市", "区", "县", "厅", "局", "州", "国家", "有关", "机关")
        )
        return prefix[0] + name if own and is_organisation(name) else None
    if prefix["party"]:
        if name.startswith(_PARTY):
            return prefix["party"] + name
        return prefix["party"][:-1] + name if name.startswith(_STEMS) and name.endswith(_OUTER) and not name.endswith("分局") else None
    return prefix["area"] + name if name.startswith(_STEMS) and name.endswith(_OUTER) and not name.endswith("分局") else None
