"""Document numbers (发文字号, §7.2.5): one reader for a document's own number and for cited ones.

`numbers_places` finds the bracketed year with its serial; the organ code is read to its left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

import regex

from . import lexicon
from .numbers_places import BRACKETED, CLOSE, OPEN, before_counts, with_year
from .organisations import is_organisation
from .search import places
from .squeeze import squeeze
from .text import new


class NumberMatch(NamedTuple):
    """A document number in `string[start:end]`, normalised to 吉交发〔2018〕81号."""

    start: int
    end: int
    normalized: str
    organ_code: str | None
    year: int | None
    serial: str | None
    restored: bool = False
    """True when 号 or a bracket was completed."""


_GAP = r"[ \t　\xa0]{0,3}"
_ISSUES = ("令", "公告", "通告")
_ISSUE = rf"(?P<kind>{'|'.join(_ISSUES)})"
_COUNT = r"(?P<serial>[0-9０-９]{1,6}|[〇零一二三四五六七八九十百]{1,7})"
_AFTER_KIND = re.compile(
    rf"{_ISSUE}{_GAP}[（(]?{_GAP}(?:(?P<year>(?:19|20)\d\d){_GAP}年{_GAP})?(?:第{_GAP}|(?<=令)){_COUNT}{_GAP}号(?![楼线院])"
)
"""国务院令第760号, 省政府令290号, 财政部公告2024年第15号, 农业农村部公告（第782号）."""
_BEFORE_KIND = re.compile(rf"第{_GAP}{_COUNT}{_GAP}号{_GAP}{_ISSUE}(?!牌|人)")
"""2024年第3号公告, 国务院第760号令."""
_YEAR_BEFORE = regex.compile(rf"(?r)(?P<year>(?:19|20)\d\d){_GAP}年{_GAP}")

_ALONE_IN_BRACKETS = regex.compile(r"(?r)(?P<open>[（(])(?:(?![本见此该其据照])\p{Han}){2,10}")
"""（云总河长令第3号）: whoever issues it, it is an order."""

_HAN = "々〇〡-〩〸-〻㐀-䶿一-鿿\u2e80-\u2fd5\uf900-\ufad9\U00020000-\U00033479"
_RUN = re.compile(f"[{_HAN}A-Za-zＡ-Ｚａ-ｚ×]*")
_LONGEST_RUN = 30
_SPACED = regex.compile(r"(?r)(?<![\p{Han}A-Za-z])(?:\p{Han}[ 　]){1,8}")
_STOP = re.compile("|".join(re.escape(w[::-1]) for w in sorted(lexicon.words("number_stops"), key=len, reverse=True)))
"""Both are for strings turned round: what is read to the left of a bracket begins there."""
_LINKS = "和与暨"
"""May stand in a code (和政发, 民和政办发), so they end one only after another name: ）和国办发〔2018〕1号."""
_ORGAN = regex.compile(
    r"(?r)(?:[\p{Han}]{0,28}(?:部|院|局|委|会|厅|政府|行|署|办|办公室|主席|总队|中心|公司|集团|人大)[ 　、]{1,4}){0,6}"
    r"[\p{Han}]{0,28}(?:部|院|局|委|会|厅|政府|行|署|办|办公室|主席|总队|中心|公司|集团|人大)"
)
BUILDINGS = "楼线院桥店馆门机井矿站台厅房库厂炉船艇仓"
_CODE_HEADS = ("工信部", "人社部", "退役军人部", "安监总厅")
"""Codes that begin like a name: 工信部联企业〔2011〕300号, 安监总厅管三〔2014〕68号."""
_BRANCH = re.compile(f"(?:[发字函规通复][办规]?)?[）)][{_HAN}]{{1,3}}[（(](?P<head>[{_HAN}]{{2,8}})")
"""宁农（社）发, 鲁卫函（办）, turned round: the branch of the office stands in a bracket in the code."""
_LONGEST_HEAD = 6
_SPLIT = re.compile(f"》[ 　]?[（(](?P<head>[{_HAN}]{{1,2}})[ 　]\\Z")
"""《…通知》（药监 综械管〔2021〕48号）: a space of the copy; （水利部 办水保〔…〕） names the organ."""
_CODE_LIMIT = 16
_RULED = re.compile(f"[部局厅会府由以被凭经告年月日{_LINKS}]")
"""What the rules for names, particles and announcements before a bracket look for."""
FOLD = str.maketrans("０１２３４５６７８９", "0123456789")
_PAIRS = frozenset(map("".join, zip(OPEN, CLOSE, strict=True)))


def find_numbers(string: str, start: int = 0, end: int | None = None) -> list[NumberMatch]:
    """Document numbers of `string[start:end]`, in order."""
    stop = len(string) if end is None else end
    if (at := string.find("〔", start, stop)) > start and (m := BRACKETED.fullmatch(string, at, stop)):
        number = _bracketed(string, m, start, stop)
        if number and number.start == start:  # the stretch is a number
            return [number]
    return numbers_at(string, start, stop, before_counts(string, start, stop))


def numbers_at(string: str, start: int, stop: int, counts: list[tuple[int, int]]) -> list[NumberMatch]:
    """The same, for the `before_counts` of the stretch."""
    found: list[NumberMatch] = []
    for m in with_year(string, start, stop, counts):
        number = _bracketed(string, m, found[-1].end if found else start, stop)
        if number:
            found.append(number)
    issues = _issues(string, start, stop) if any(string[before] in "第令" for before, _ in counts) else []
    if issues:
        found.extend([n for n in issues if not any(n.start < f.end and f.start < n.end for f in found)])
        found.sort(key=lambda n: n.start)
    return found


def _bracketed(string: str, m: re.Match[str], floor: int, stop: int) -> NumberMatch | None:
    """The number around the bracketed year `m`, or None when it is none ((2018)年, 幢（2023）1号楼)."""
    opened, year, closed, di, serial, hao = m.groups()
    round_open = opened in "（("
    if not closed and round_open:
        return None
    start, code = organ_code_before(string, m.start(), floor)
    end = m.end()
    if not hao:
        if not code or not _alone(string, start, end, floor, stop):
            return None  # （2018）12个; only a document's own number, alone on its line, may lack 号
    elif round_open and (not code or (string[end : end + 1] in BUILDINGS and end < stop)):
        return None
    serial = "".join(serial.split())
    if not (year.isascii() and serial.isascii()):
        year, serial = year.translate(FOLD), serial.translate(FOLD)
    normalized = f"{code or ''}〔{year}〕{di or ''}{serial}号"
    restored = not hao or not closed or opened + closed not in _PAIRS
    return new(NumberMatch, (start if code else m.start(), end, normalized, code, int(year), serial, restored))


def organ_code_before(string: str, bracket: int, floor: int) -> tuple[int, str | None]:
    """Start and text of the organ code that ends before `bracket`: 根据国办发 -> 国办发."""
    end = bracket
    while end > floor and bracket - end < 3 and string[end - 1] in " \t　\xa0":
        end -= 1
    before = string[max(end - _LONGEST_RUN, floor) : end][::-1]
    run = _RUN.match(before)
    begin = end - run.end() if run else end
    length, apart = end - begin, begin == floor or string[begin - 1] not in " 　*＊"
    plain = apart and 2 < length <= _CODE_LIMIT and not _RULED.search(before, 0, length)
    if plain and not _STOP.search(before, 0, length):
        return begin, string[begin:end]  # （赣交规划字, as most
    if (branched := _BRANCH.match(before)) and (at := _branched(string, branched, end, floor)) is not None:
        return at, squeeze(string[at:end])
    if begin == end:
        return bracket, None
    if end - begin == 1 and (spaced := _SPACED.match(string, floor, begin)) and spaced.end() == begin:
        begin = spaced.start()  # 国 办 发〔2018〕1号
    elif split := _SPLIT.search(string, max(begin - _LONGEST_HEAD, floor), begin):
        known = is_organisation(split["head"]) or _STOP.fullmatch(split["head"][::-1])  # （见 国发〔2018〕1号）
        begin = begin if known else split.start("head")
    begin = _after_name(string, _after_stops(string, begin, end, floor), end)
    while begin > floor and string[begin - 1] in "*＊":  # **政办发〔2022〕15号
        begin -= 1
    code = squeeze(string[begin:end]).replace(" ", "")
    if not 1 <= len(code) <= _CODE_LIMIT and not code.endswith(("公告", "令", "通告")):
        return bracket, None
    return begin, code or None


def _branched(string: str, m: re.Match[str], end: int, floor: int) -> int | None:
    """Where a code with a bracket in it begins; None when a name or a title stands before the bracket."""
    head = end - m.start("head")
    begin = _after_stops(string, end - m.end("head"), head, floor)
    return begin if 2 <= head - begin <= 5 and not is_organisation(string[begin:head]) else None


def _after_stops(string: str, begin: int, end: int, floor: int) -> int:
    """The code begins after the last word that cannot be in one."""
    named = string.endswith(("公告", "通告"), begin, end)  # 证监会公告〔2018〕29号 keeps the name before it
    kind_end = end - 2 if named else end
    at = begin
    for word, after in _stops(string, begin, kind_end):
        if named and word in ("委员会", "总局", "人民政府", "办公厅", "办公室"):
            continue
        at = after
        break
    if at >= end:
        return end
    if _PARTICLE.match(string, at, end):
        at += 1
    before = string[at - 1] if at else ""
    if (string[at] in "年月日" and before.isdigit()) or (string[at] in _LINKS and before and before not in "（(\n"):
        return at + 1
    for link in _LINKS:  # 发展改革委和财综〔2018〕3号
        cut = string.rfind(link, at + 1, end)
        if cut > 0 and string[cut - 1] in "部院局委会厅府办署":
            at = cut + 1
    return at


_PARTICLE = re.compile(r"[由以被凭][\u4e00-\u9fff]{3,}|经(?![开信济贸发管办])[\u4e00-\u9fff]{4,}")
"""由某政发〔2015〕6号…, 经某发改审批〔2021〕98号批准; not 经开管发."""


def _stops(string: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Words that cannot be in a code, the last first, each with its end."""
    for m in _STOP.finditer(string[start:end][::-1]):
        yield m[0][::-1], end - m.start()


def _after_name(string: str, begin: int, end: int) -> int:
    """The code begins after the name of the organ written before it: 市委组织部明组发〔2015〕16号 -> 明组发."""
    for head in _CODE_HEADS:
        if 0 <= (at := string.rfind(head, begin, end)) < end - len(head):
            return at
    if _LEVEL.match(string, begin, end):
        return begin + 2  # 省厅云教基〔2024〕3号
    for at in range(end - 3, begin + 1, -1):  # 工信厅企业函〔2020〕159号 is a code as a whole
        named = string[at] == "部" or (string[at] in "局厅" and at - begin >= 3)
        named = named or (string[at] in "会府" and string.endswith(("委会", "政府"), begin, at + 1))
        if named and string[at + 1] not in "办发函字令公通规文党机人" and is_organisation(string[begin : at + 1]):
            return at + 1
    return begin


_LEVEL = re.compile("[省市县区州][厅局](?![办发函字令公通规文党机人])[\u4e00-\u9fff]{3,}")


def _alone(string: str, start: int, end: int, floor: int, stop: int) -> bool:
    """Whether `string[start:end]` stands alone on its line (临江脱贫组[2018] 1)."""
    line_start = string.rfind("\n", 0, start) + 1
    line_end = string.find("\n", end)
    line_end = len(string) if line_end < 0 else line_end
    before, after = string[line_start:start].strip(), string[end:line_end].strip()
    return before in ("", "（", "(") and after in ("", "）", ")")


def _issues(string: str, start: int, stop: int) -> list[NumberMatch]:
    """Numbers of orders and announcements, which have a count instead of a code: 国务院令第760号."""
    kinds = places(string, _ISSUES, start, stop)
    if not kinds:
        return []
    matches = [m for at in kinds if (m := _AFTER_KIND.match(string, at, stop))]
    found: list[NumberMatch] = []
    for m in chain(matches, _BEFORE_KIND.finditer(string, start, stop)):
        number = _issue(string, m, found[-1].end if found and found[-1].end <= m.start() else start)
        if number and not any(number.start < f.end and f.start < number.end for f in found[-2:]):
            found.append(number)
    return found


def _issue(string: str, m: re.Match[str], floor: int) -> NumberMatch | None:
    """The order or announcement at `m`, when its issuer or its year is written (第3号公告 says neither)."""
    left = _YEAR_BEFORE.match(string, floor, m.start()) if m.re is _BEFORE_KIND else None
    head = left.start() if left else m.start()
    year = left["year"] if left else None if m.re is _BEFORE_KIND else m["year"]
    begin = _organisation_before(string, head, floor)
    if begin is None and not year and (alone := _ALONE_IN_BRACKETS.match(string, floor, head)):
        begin = alone.end("open") if string[m.end() : m.end() + 1] in ("）", ")") else None
    if begin is None and not year:
        return None
    at = head if begin is None else begin
    end = m.end()
    text = string[at:end]
    if text.count("（") + text.count("(") > text.count("）") + text.count(")") and string[end : end + 1] in "）)":
        end += 1
    code = re.sub(r"\s", "", string[begin:head]) + m["kind"] if begin is not None else None
    return NumberMatch(
        start=at,
        end=end,
        normalized=re.sub(r"\s", "", string[at:end]),
        organ_code=code,
        year=int(year) if year else None,
        serial=m["serial"].translate(FOLD),
    )


_ISSUE_BEFORE = re.compile("(?:公告|通告|令|号)[和与及、]")


def _organisation_before(string: str, end: int, floor: int) -> int | None:
    """Start of the organisation(s) whose name ends at `end`: 财政部 税务总局|公告2023年第12号."""
    padded = end
    while end > max(floor, padded - 3) and string[end - 1] in " \u3000":  # 某某市财政局　公告2019年第2号
        end -= 1
    m = _ORGAN.match(string, max(floor, end - 90), end)
    if not m or m.end() != end or m.start() == end:
        return None
    begin = m.start()
    for word, after in _stops(string, begin, end):
        if word not in ("委员会", "总局", "人民政府", "办公厅", "办公室", "自", "对", "为", "以", "在", "日"):
            begin = after
            break
    for issue in _ISSUE_BEFORE.finditer(string, begin, end):  # 第33号公告和|市政府令第45号
        begin = issue.end()
    if begin and string[begin] in "年月日" and string[begin - 1].isdigit():  # 3月1日云岭市人民政府令第12号
        begin += 1
    while begin < end and string[begin] in _LINKS + " 　、，":
        begin += 1
    return begin if begin < end else None
