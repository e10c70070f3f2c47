"""The office of a group: 领导小组办公室设在X, 下设办公室，挂靠在X, with its duties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ... import lexicon
from ...organisations import is_organisation
from ...search import places
from ...squeeze import squeeze
from .names import KIND

_FIRST = "".join(sorted({word[0] for word in (*lexicon.words("group_kinds"), "委员会")}))
"""What the name of a group's kind begins with: a cheap test before the long pattern."""
_OWN = "(?:" + "|".join(rf"(?<=[，,。；;\n][一-鿿]{{{n}}})" for n in (2, 3, 4)) + ")(?<!政府)(?<!党[委组工])(?<!人大)"
"""普查|办公室, 双创|办公室: what an office calls itself at the head of a clause."""
_PLACE = re.compile(
    rf"""(?=[{_FIRST}专秘下设办])(?:(?:{KIND}|委员会)[^。；;\n，,]{{0,12}}?(?:办公室|专班办|日常办事机构)|专班(?=设在)|秘书处(?=设[在于])|下设(?:一个|专门)?办公室|设立?办公室|(?<=[，,。；;\n\s）)])办公室|(?<=[委会指])办公室(?=设[在于立]|挂靠)|{_OWN}办公室(?=设[在于]))
    (?:[（(][^（）()]{{0,40}}[)）])?(?P<gap>(?:(?!办公室)[^。；;\n设挂依由]){{0,20}}?)
    (?=[地常设挂依在于])(?:(?:地点)?(?:常)?(?:设立?|挂靠|依托)(?:[在于到]|(?=[省市县区州局镇乡街厅委]|地区|行署))|挂靠|依托|(?<=办公室)[在于])(?P<at>[^，,。；;：:\n（()）]{{2,40}})""",
    re.VERBOSE,
)
_IN = re.compile(
    rf"(?=[{_FIRST}，,。；;\n并拟])(?:{KIND}|委员会|指挥部|[，,。；;\n并拟])在(?P<at>(?![各其此该本])[^，,。；;：:\n（()）在]{{2,30}}?)(?<!下)"
    rf"(?P<under>下?)(?:内?设立?|设置|成立)(?:一个|专门)?(?:{KIND})?(?:日常)?办公室\Z"
)
"""领导小组在县水利局设办公室."""
_BARE = re.compile(
    rf"(?=[{_FIRST}下设])(?:{KIND}[^。；;\n，,]{{0,12}}?)?(?:下设(?:[一-鿿]{{2,4}}(?=办))?|设立?)(?:一个|专门)?办公室"
)
_DUTIES = re.compile(
    r"[，,；;](?P<d>(?:具体|主要|全面)?(?:负责|承担)(?:(?![，,](?:办公室|副?主任|由|成员))[^。；;\n]){4,200})"
)
_SENTENCE_END = re.compile("[。\n]")
_TAIL = re.compile(r"(?:内|，.*|具体负责.*|负责.*|承担.*|由.*|(?<=.)(?:开展|履行|组织(?:开展|实施|协调)).*|办公)\Z")
_ROLE_AFTER = re.compile(r"(?:办公室)?(?:常务)?副?主任\Z|(?:办公室)?(?:成员|组成人员)\Z")
"""…设在县水利局|办公室主任：, where the line break between them is lost."""
_NOT_PLACE = ("由", "立", "置", "办公室主任", "主任", "负责")


_OFFICE = re.compile("办公室")
_RARER = re.compile("办公室|专班办(?!公室)|日常办事机构|专班(?=设在)|秘书处(?=设[在于])")
"""For a text that has an office by another name; 办公室 alone is found faster."""
_OTHER_NAMES = ("专班办", "专班设", "秘书处设")
_LONG_NAME = "日常办事机构"


_VERB = re.compile("设(?:在|于|立在|立于|到|(?<=[)）]设)|(?<=地点设)|(?<=常设))|挂靠|依托")
_AT_ONCE = frozenset("在于设")
"""What a verb may begin with right behind the office; of other verbs the pattern knows two characters at least."""


class Place(NamedTuple):
    """A phrase that sets up a group's office; `at` is null where it only says that there is one (下设办公室)."""

    at: str | None
    duties: str | None
    start: int
    end: int


def office_places(string: str) -> list[Place]:
    """Phrases that set up an office, in order."""
    found: list[Place] = []
    for at, end in _offices(string):
        low = max(found[-1].end if found else 0, at - 60)
        m = None
        if string[end : end + 1] in _AT_ONCE or _VERB.search(string, end, end + 24):
            m = _PLACE.search(string, low, min(end + 70, len(string)))
        if m and m.start() <= at and (place := _place(string, m)):
            found.append(place)
            continue
        before = string[max(at - 48, low) : at]
        if "设" not in before and "成立" not in before:
            continue  # 责任单位：市政府办公室, as most
        if string.find("在", max(at - 40, low), at) >= 0 and (m := _in(string, max(at - 48, low), end)):
            found.append(Place(squeeze(m["at"]), _duties(string, m.end()), m.start("at"), m.end()))
        elif (string[at - 1 : at] in ("设", "立", "个", "门") or string.find("下设", max(at - 6, low), at) >= 0) and (
            m := _BARE.search(string, max(at - 40, low), end)
        ):
            found.append(Place(None, _duties(string, m.end()), m.start(), m.end()))
    return found


def _in(string: str, start: int, end: int) -> re.Match[str] | None:
    """在县水利局设办公室, 在县水利局下设办公室; not 在县委统一领导下设立办公室."""
    m = _IN.search(string, start, end)
    return m if m and (not m["under"] or is_organisation(squeeze(m["at"]))) else None


def _offices(string: str) -> Iterator[tuple[int, int]]:
    """Each mention of an office."""
    others = [at for at in places(string, ("专班", "秘书处")) if string.startswith(_OTHER_NAMES, at)]
    pattern = _RARER if others or _LONG_NAME in string else _OFFICE
    return (m.span() for m in pattern.finditer(string))


def _place(string: str, m: re.Match[str]) -> Place | None:
    at = squeeze(m["at"])
    if string[m.end() : m.end() + 1] in ("：", ":", "（", "("):
        at = _ROLE_AFTER.sub("", at)
    at = _TAIL.sub("", at)
    if len(at) < 2 or at.startswith(_NOT_PLACE) or (at == "办公室" and "设" not in m[0]):
        return None
    return Place(at, _duties(string, m.end()), m.start(), m.end())


def _duties(string: str, at: int) -> str | None:
    """What the office does, told in the same sentence."""
    end = _SENTENCE_END.search(string, at, at + 260)
    m = _DUTIES.search(string, at, end.start() if end else at + 260)
    return squeeze(m["d"]) if m else None
