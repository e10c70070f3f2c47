"""Persons and units: in the value of a label, before a label, glued together."""

from __future__ import annotations

import re

from ...organisations import is_organisation, region_of
from ...persons import is_person, is_rare_person, name_tail
from ...squeeze import squeeze
from .numbers import PHONE

_PERSON = re.compile(r"[一-鿿]{1,2}[ 　]{0,4}[一-鿿]{1,2}|[一-鿿]{2,6}·[一-鿿]{2,6}")
_LETTER_SPACED = re.compile(r"(?:[一-鿿] ){4}[一-鿿]")
_PADDED = re.compile(r"(?<![一-鿿])([一-鿿])[ 　\xa0]{1,4}([一-鿿])(?![一-鿿])")
"""王　芳 in 实验室管理处 王　芳，…."""
_TITLES = re.compile(r"(?:同志|先生|女士|老师|主任|科长|处长|局长)$")
_SEPARATORS = re.compile(r"[、，,；;/：:（）()]|[ 　\xa0]{1,8}(?![ 　\xa0])")
_FIELD = re.compile(
    r"(?:填[报表写]|审[核批签]|所在|办公|移动|报送|单位)[一-鿿]{1,4}|姓名|职[务称]|手机|传真|(?:电子)?邮箱|电话|座机"
    r"|签[名字章]|盖章|部门|单位|[科处]室|备注|日期|时间|审核"
)
"""What a form asks for: 联系人：姓名　职务　手机, 联系人：　　填报时间：, left blank."""
_ASKED_FOR = re.compile(r"(?<![一-鿿])[一-鿿 　]{1,6}[人间期名务称话机真箱注核址见章][：:]")
"""The same before a colon: 审核人：."""
_CLAUSE = re.compile(r"(?<![一-鿿])([一-鿿]{4,30})[，,、 　（(]{0,2}$")
PAIR = re.compile(
    r"[ 　\t]{0,12}(?P<unit>[一-鿿]{3,24})[ 　]{1,4}(?P<name>[一-鿿]{1,2}[ 　]{0,3}[一-鿿]{1,2})[，,、 　（(：:]{0,3}"
)
"""县商务局　唐某某　 at the head of a line, before 电话： or a number: one more contact below 联系人：…."""
_UNIT_FIRST = re.compile(
    r"[ 　\t]{0,12}(?P<unit>[一-鿿]{3,24})[：:][ 　]{0,4}(?P<names>[一-鿿、 　]{0,30}?)[，,、 　（(：:]{0,3}"
)
"""市科技局高新处：张工、李工，电话：…; 市财政局教科文处：0571-…."""
_BEFORE = re.compile(r"([一-鿿（）()]{3,25})$")


def names_of(value: str, emails: list[str]) -> tuple[list[str], str | None]:
    """Persons and the organisation of 市教育局 王某某、李某某 0571-…"""
    for email in emails:
        value = value.replace(email, "，")
    rest = PHONE.sub("，", _ASIDE.sub(_kept, value))
    rest = rest.replace(" ", "") if _LETTER_SPACED.search(rest) else _PADDED.sub(r"\1\2", rest)
    if _PERSON.fullmatch(rest.strip()):
        return [squeeze(rest.strip())], None
    persons: list[str] = []
    unit: str | None = None
    rest = _ASKED_FOR.sub("，", rest) if "：" in rest or ":" in rest else rest
    for word in (squeeze(w) for w in _SEPARATORS.split(rest)):
        bare = _TITLES.sub("", word)
        if not bare or _FIELD.fullmatch(word):
            continue
        if len(word) > 4 and (glued := _glued(bare)):
            persons.append(glued[0])
            unit = unit or glued[1]
        elif is_organisation(word) or len(word) > 4:
            unit = unit or (word if is_organisation(word) else None)
        elif _PERSON.fullmatch(bare) and len(bare) >= 2:
            persons.append(bare if word.endswith("同志") else word)
        elif re.fullmatch("[一-鿿]{2,4}", word):
            persons.append(word)
    return persons, unit


_ASIDE = re.compile(r"[（(]([^（）()\d]{1,4})(?:[）)]|$)")


def _kept(m: re.Match[str]) -> str:
    """A short word in brackets stays when it is a name or a unit: not （传真）, （内线）."""
    return m[0] if is_person(m[1]) or is_organisation(m[1]) else "，"


def unit_before(string: str, line: int, start: int) -> str | None:
    """市卫生健康委联系人：…: the organisation directly before the label."""
    before = re.split("[，,；;。：:（(、 　]", string[max(line, start - 25) : start])[-1]
    before = before.removesuffix("联系").removesuffix("咨询")
    m = _BEFORE.search(before)
    return m.group() if m and is_organisation(m.group()) else None


def named_before(string: str, line: int, start: int) -> tuple[list[str], str | None, int] | None:
    """省财政厅综合处王某某，电话：…: the person directly before the label of a number, the unit, where they begin."""
    line = max(line, string.rfind("；", line, start) + 1)
    if (first := unit_first(string, line, start)) and first[0]:
        return *first, line
    pair = PAIR.fullmatch(string, line, start)
    if pair and is_organisation(pair["unit"]) and is_rare_person(squeeze(pair["name"])):
        return [squeeze(pair["name"])], pair["unit"], pair.start("unit")
    m = _CLAUSE.search(string, max(line, start - 34), start)
    found = _glued(m.group(1)) if m else None
    return ([found[0]], found[1], m.start(1)) if m and found else None


def unit_first(string: str, line: int, end: int) -> tuple[list[str], str] | None:
    """Persons and unit of 市科技局高新处：张工、李工， before a number or its label."""
    m = _UNIT_FIRST.fullmatch(string, line, end)
    if m is None or not (is_organisation(m["unit"]) or (m["names"].strip() and region_of(m["unit"]))):
        return None
    persons = names_of(m["names"], [])[0] if m["names"].strip() else []
    return persons, m["unit"]


def _glued(word: str) -> tuple[str, str | None] | None:
    """Person and unit of a name glued to its unit."""
    cut = name_tail(word)
    if cut is None:
        return None
    return word[cut:], word[:cut] if is_organisation(word[:cut]) else None
