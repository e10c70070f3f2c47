"""A list cut at its separators outside brackets, trailing 等部门 and 按职责分工负责 removed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .. import lexicon
from ..squeeze import squeeze
from .glued import seams
from .kinds import KINDS
from .names import is_organisation, region_of

_OPEN, _CLOSE = "（(〔《“[【〈「［﹝〖", "）)〕》”]】〉」］﹞〗"
_TOKEN = re.compile(r"[（(〔《“\[【〈「［﹝〖）)〕》”\]】〉」］﹞〗、，,；;/／]|以及|[和及与暨]|\s+")
_HARD = "、，,；;/／"
SOFT = frozenset({"以及", "和", "及", "与", "暨"})
_NEXT = re.compile(r"[、，,；;。/／]")
_WORD = re.compile(r"[^\s、，,；;]+")
_TITLE = re.compile(r"(?:长|主任|书记|主席|调研员|巡视员|委员|经理)\Z")
_SHORT_NAME = 3
_LONGEST = 60
"""No name is longer: bounds what is looked at around 和 and white space."""
_TAIL = re.compile(
    r"""(?:等(?:[0-9一二三四五六七八九十]+[个家])?
            (?:各|有关|相关|其他|国务院|[省市州县区](?:[直级属]|政府)|中央(?:和国家机关)?|国家|成员|责任|职能)*
            (?:部门|单位|机构|处室|科室|企业|地区|方面)?(?:[和及、](?:部门|单位|机构))?)?
        (?:分别|共同|具体)?
        (?:(?:依据|依照|根据|按照|依|按|据)(?:照)?(?:各自)?(?:的)?(?:法定)?(?:职责|职能|分工|任务)+(?:范围)?(?:分工)?(?:内)?)?
        (?:分别|分工|各自|共同|具体|分头|组织)*(?:负责|落实|实施|推进|各负其责)*[。.，,；;：:、]*\Z""",
    re.VERBOSE,
)
_TAIL_WORDS = ("等", "按", "依", "根据", "据", "分别", "共同", "具体", "分工", "各自", "负责", "各负其责")
_TAIL_WORD = re.compile("|".join(_TAIL_WORDS))
_CARED_FOR = frozenset(lexicon.words("cared_for"))
_CARES = re.compile(
    r"[^与和及]{2,10}(?:管理(?:中心|局)|(?:管理|服务|建设|保障|监督|指导|合作|发展)(?:处|部|科|股|办公室))\Z"
)
"""实验室与设备管理处: what an office cares for, before 与, is no unit beside it."""
_OFFICE = re.compile("[^与和及局委]{3,8}[处司]\\Z")
"""博物馆与社会文物处."""
_OTHERS = re.compile(r"等(?:各|有关|相关|其他)?(?!各级)[^，,；;。（）()]{2,20}(?:部门|单位)\Z")


@dataclass(slots=True, eq=False)
class Part:
    """A stretch between two separators; `before` is the separator in front of it."""

    start: int
    end: int
    name: str
    before: str


def without_others(string: str, start: int, end: int) -> int:
    """市投资促进局等各产业、招商主管部门: what follows 等 names nobody, when an organisation stands before it."""
    at = string.rfind("等", max(start, end - 24), end)
    if at <= start or _OTHERS.match(string, at, end) is None:
        return end
    before = max(string.rfind(c, start, at) for c in "、，,；;")
    return at if is_organisation(squeeze(string[max(before + 1, start) : at])) else end


def cut_parts(string: str, start: int, end: int, spaces: bool) -> list[Part]:
    """The stretches between separators, trailing 等部门 and 按职责分工负责 removed, empty ones dropped."""
    parts: list[Part] = []
    before = ""
    for a, b, sep in _cut(string, start, end, spaces):
        found = _names_again(string[a:b]) if b - a <= _LONGEST else _names(string[a:b])
        for first, last, name in found:
            parts.append(Part(a + first, a + last, name, before))
            before = " "
        if found:
            before = sep
        elif sep != " ":
            before = before or sep
    return parts


def _names(text: str) -> tuple[tuple[int, int, str], ...]:
    """The name in a stretch, with its place; of units without a separator (市教育局市公安局) each."""
    start, end = _trim(text)
    if start >= end:
        return ()
    within = seams(text, start, end)
    if not within:
        return ((start, end, squeeze(text[start:end])),)
    return tuple((a, b, squeeze(text[a:b])) for a, b in pairwise([start, *within, end]))


_names_again = lru_cache(maxsize=8192)(_names)
"""Documents name the same units again and again."""


def _trim(string: str) -> tuple[int, int]:
    """Where the names of a stretch begin and end."""
    start, end = 0, len(string)
    while start < end and (string[start].isspace() or string[start] in "★☆▲△＊*●◆※"):
        if string.startswith("**", start):  # **市教育局: letters left out
            break
        start += 1
    while end > start and string[end - 1] in " \t\n\r\u3000\xa0。.，,；;、：:★☆▲△＊*●◆※":
        end -= 1
    # The pattern is anchored at the end, so it is only tried on the last stretch that could be such a tail.
    if string[end - 1 : end] in "门单位责构室业区面实施进内工能围务家" or "等" in string:
        found = _tail(string, max(start, end - 32), end)
        end = found if found is not None else without_others(string, start, end)
    while end > start and string[end - 1].isspace():
        end -= 1
    return start, end


def _tail(string: str, start: int, end: int) -> int | None:
    """Where the trailing 等部门, 按职责分工负责 of `string[start:end]` begins."""
    if _TAIL_WORD.search(string, start + 1, end) is None:
        return None
    for literal in _TAIL_WORDS:
        at = string.rfind(literal, start, end)
        if at > start and (m := _TAIL.match(string, at, end)) is not None and m.end() > at:
            rest = _tail(string, start, at)
            return rest if rest is not None else at
    return None


def _cut(string: str, start: int, end: int, spaces: bool) -> list[tuple[int, int, str]]:
    """(start, end, separator after it) of each stretch; separators inside closed brackets do not count."""
    cuts: list[tuple[int, int, str]] = []
    opened: list[int] = []
    """How many cuts there were at each bracket still open: when it closes, those made since are taken back."""
    at = start
    for token in _TOKEN.finditer(string, start, end):
        word = token[0]
        if word not in _HARD:
            if word in _OPEN:
                opened.append(len(cuts))
                continue
            if word in _CLOSE:
                if opened and (outside := opened.pop()) < len(cuts):
                    at = cuts[outside][0]
                    del cuts[outside:]
                continue
            if word in SOFT:
                if not _splits_at_and(string, at, token, end):
                    continue
            else:
                splits = _splits_at_space if spaces else _splits_between
                if not splits(string, at, token.start(), token.end(), end):
                    continue
                word = " "
        stop, after = token.span()
        cuts.append((at, stop, word))
        at = after
    cuts.append((at, end, ""))
    return cuts


def _stretch(string: str, start: int, end: int) -> str:
    """From `start` to the next hard separator, for the right side of 和."""
    m = _NEXT.search(string, start, min(end, start + 60))
    return squeeze(string[start : m.start() if m else min(end, start + 60)])


def _splits_at_and(string: str, start: int, token: re.Match[str], end: int) -> bool:
    """Whether 和 stands between two organisations (住房和城乡建设局和财政局: only the second does)."""
    if token.start() - start > _LONGEST or string.startswith("其", token.end()):
        return False
    left = squeeze(string[start : token.start()])
    right = _stretch(string, token.end(), end)
    region = region_of(left) if right.startswith("各") and len(left) > _SHORT_NAME else None
    if region is not None and region.organ and _stands(right):
        return True  # 市新华书店及各爱心企业: 各 opens a name, whatever the one before ends with
    if left in KINDS or not _stands(left):
        return False
    tail = _tail(right, 0, len(right))
    right = right[:tail] if tail else right
    if left in _CARED_FOR and (_CARES.match(right) or (token[0] == "与" and _OFFICE.match(right))):
        return False
    return right not in KINDS and _stands(right)


def _stands(name: str) -> bool:
    """Whether `name` can be a unit: an organisation, or an area (各区市县, 先导区)."""
    if is_organisation(name):
        return True
    region = region_of(name)
    return region is not None and not region.organ and len(name) > 1


def _splits_at_space(string: str, start: int, end: int, after: int, stop: int) -> bool:
    """White space in a cell separates unless it pads a name (张　三) or breaks one (人力资源和社 会保障局)."""
    if end - start > _LONGEST:
        return False
    left, right = string[start:end].strip(), _WORD.match(string, after, min(stop, after + 60))
    if not left or right is None:
        return bool(left)
    if len(left) == 1 and len(right[0]) == 1:
        return False
    if len(left) <= 4 and _TITLE.search(right[0]) and not is_organisation(left):
        return False  # 周明 副市长
    region = region_of(left)
    broken = len(left) > 4 and not is_organisation(left) and (region is None or region.organ != "")
    level = region_of(right[0])
    return not (broken and is_organisation(right[0]) and (level is None or level.named))


def _splits_between(string: str, start: int, end: int, after: int, stop: int) -> bool:
    """市财政局 市教育局: white space where both sides are organisations; not in 人民银行 甲市分行."""
    if end - start > _LONGEST:
        return False
    left, right = string[start:end].strip(), _WORD.match(string, after, min(stop, after + 60))
    if right is None or not is_organisation(left) or not is_organisation(right[0]):
        return False
    return not right[0].endswith(("分行", "支行", "分公司", "分局", "支队"))
