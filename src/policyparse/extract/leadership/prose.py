"""Seats told in sentences: 由X任组长，Y、Z任副组长，A、B为成员; 组长由X担任; 由X负责，Y组成."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ... import lexicon
from ...persons import first_characters, is_person
from ...search import behind_last, places
from .names import KIND
from .roles import FIRST

_WORDS = lexicon.alternation("group_roles")
_RANK = r"(?:常务|执行|第一|第二|双|名誉|共同|联合|总)?"
_ROLE = rf"(?={FIRST})(?<![村居]民小)(?<!党小|教研|课题|年级)(?P<role>(?:办公室|专班办)?{_RANK}副?{_RANK}{_WORDS}"
_ROLE += r"(?:(?<=[长人])单位)?)"
_ROLE += r"(?!务|制|责任|负责制|会议)"
_OF_GROUP = rf"(?:(?:[^\s，。、；：任为的]{{0,24}}?{KIND})的?)?"
_OFFICE_SEAT = r"(?:[^\s，。、；：]{0,12}办公室)?副?主任"
_HOLDS = re.compile(
    rf"(?:兼任|担任|出任|任(?:(?<![主责上前]任)|(?<=[，,；;。、][一-鿿]前任))|作为|为|当|兼)(?:该|本)?{_OF_GROUP}{_ROLE}(?:[兼、](?P<also>{_OFFICE_SEAT}))?"
)
_KIND_LASTS = "".join(sorted({word[-1] for word in lexicon.words("group_kinds")}))
_IN_CHARGE = re.compile(rf"(?:兼任|担任|任|为)(?:[^\s，。、；：任为的]{{0,24}}?{KIND})的?(?P<role>(?:总|主要)?负责人)")
_OF_KIND = re.compile(
    "|".join(rf"负责人(?<=[{_KIND_LASTS}]{of}{main}负责人)" for of in ("", "的") for main in ("", "总", "主要"))
)
"""领导小组主要负责人: only such a one is of the group."""
_TAKES_PART = re.compile(
    r"[，,、](?P<y>(?!成员|组员)[^。；\n，,由]{2,200}?(?:负责人|负责同志|领导|人员|同志|代表))(?:为成员)?(?:共同)?(?:参加|参与|组成)(?=的|[。；，,\n])"
)
_INCLUDES = re.compile(
    r"(?P<role>成员单位)(?:主要)?(?:包括|包含|[有为](?=[：:]))[：:]?\n?(?P<y>(?!的)[^。；\n：、，]{2,30}[、，][^。；\n：]{2,400})(?=[。；\n])"
)
_HELD_BY = re.compile(rf"{_ROLE}(?:分别|一般|均|暂| |　)?(?:由|为(?!{_RANK}副?{_RANK}{_WORDS}|(?<=单位为)[：:]))")
_LEADS = re.compile(
    r"由(?P<x>[^，。；：\n由]{2,40}?)(?:总)?负责[，,](?P<y>[^。；\n由]{2,200}?)(?:共同)?组成(?=[。；，的\n])"
)
_MADE_OF = re.compile(
    r"(?:成立|组建|设立|建立)(?P<pre>[^。；\n]{0,60}?)由(?P<y>[^。；\n由]{2,200}?)(?:共同)?组成(?=[。；，的\n])"
)
_BARE = re.compile(rf"(?<=[，,；;：:。\s）)]){_ROLE}(?:有|包括|是|为|[ 　]{{1,4}})?(?=[一-鿿])")
_BARE_END = re.compile(
    r"[，,](?=[一-鿿]{0,8}(?:组长|组员|成员|指挥|召集人|联络员|办公室))"
    r"|[，,](?=(?:办公室)?(?:常务)?副?主任[一-鿿])|[。；;\n]|，(?=[^，、。]{0,12}(?:负责|办公))"
)
_FIRST_OF_LIST = re.compile(r"[^、，,（(；;。\s]{2,9}")
_UNTIL = re.compile(r"兼任|担任|出任|组成(?!员)|(?<!主)任(?=[，,。；;、\n])|兼(?=[，,。；;\n])|[。；;\n]")
_BY = re.compile(  # each alternative begins with its own character, so that the search passes over all others
    r"由(?<![自经事理缘因]由)(?![于此来])"
    r"|以(?<![所可予加得难足给]以)(?![及上下来内外前后]|[一-鿿](?:[、，,]|同志|\Z))"
    r"|组成[，,]|成立|组建|建立|设立|增补|新增"
    r"|设在[^，,。；;\n]{2,40}[，,]|设于[^，,。；;\n]{2,40}[，,]|办公室在[^，,。；;\n]{2,40}[，,]"
    r"|挂靠[^，,。；;\n]{2,40}[，,]|依托[^，,。；;\n]{2,40}[，,]"
    r"|承担[^，,。；;\n]{2,40}[，,]|负责[^，,。；;\n]{2,40}[，,]|总负责[，,]|牵头[，,]|具体负责[，,]|全面负责[，,]"
    r"|如下[：:]?|决定[：:]?|明确[：:]?|：|:|。|；|;|\n"
)
_CLAUSE = re.compile(r"[，,]")
_NAMED = re.compile(rf"{KIND}(?:办公室|制度|机制)?[，,]")


class Predicate(NamedTuple):
    """A seat told in words: its role and the stretch that names who holds it; `string[start:end]` is the phrase."""

    role: str
    who_start: int
    who_end: int
    start: int
    end: int
    also: str | None = None
    """The seat in the office that goes with it (副组长兼办公室主任)."""


def predicates(string: str, words: list[tuple[int, str]]) -> list[Predicate]:
    """All phrases that give a seat to somebody, in order; `words`: what `seat_words` found."""
    seats = [(at, at + len(word)) for at, word in words if word != "组成"]
    is_held = [a for a, b in seats if _IS.search(string, b, b + 8) and not _is_plain_charge(string, a)]
    found = list(_held_by(string, windows(string, is_held, 24, 12)))
    found.extend(_bare(string, windows(string, [a for a, b in seats if string[b : b + 1] in _OPENS], 24, 12), found))
    taken = sorted((p.start, p.end) for p in found)
    given = [a for a, b in seats if _AS.search(string, max(a - 40, 0), a)]
    found.extend(_holds(string, windows(string, given, 40, 16), taken))
    for p in found[:]:
        if string[p.end : p.end + 1] in _COMMAS and (m := _TAKES_PART.match(string, p.end)):
            found.append(Predicate("成员", *m.span("y"), *m.span()))
    for at, word in words:
        if (
            word == "成员"
            and string.startswith(("包", "主要包", "有：", "有:", "为：", "为:"), at + 4)
            and (m := _INCLUDES.match(string, at))
        ):
            found.append(Predicate(m["role"], *m.span("y"), *m.span()))
    chiefs = [at for at, word in words if word == "责人" and string[at + 2 : at + 3] in _IS_HELD]
    chiefs = [at for at in chiefs if string.endswith(_OFFICE_CHIEFS, 0, at)]
    for a, b in windows(string, chiefs, 10, 60):
        found.extend(Predicate(m["role"], *m.span("y"), *m.span()) for m in _OFFICE_CHIEF.finditer(string, a, b))
    for a, b in windows(string, [at for at, word in words if word == "组成"], 300, 4):
        if string.find("由", a, b) >= 0:
            found.extend(_leads(string, a, b))
            found.extend(_made_of(string, a, b))
    return sorted(found, key=lambda p: (p.start, p.end))


def clerks(string: str, since: int) -> list[Predicate]:
    """Who does the work of an office, behind the first that is named (`since`): 具体经办为A、B."""
    heads = [at for at in places(string, _CLERK_HEADS, max(since, 0)) if string.startswith(_CLERK_WORDS, at)]
    near = windows(string, heads, 6, 240)
    return [Predicate(m["role"], *m.span("y"), *m.span()) for a, b in near for m in _CLERKS.finditer(string, a, b)]


_CLERKS = re.compile(
    r"(?<=[，,。；;、\n])(?P<role>(?:具体|日常)(?:经办|承办|办理|工作)人员?|具体(?:经办|承办)|经办人员?)(?:为|是|由|：)"
    r"(?P<y>[^。；;\n：]{2,200}?)(?=(?:担任|承担|组成|负责)?[。；;\n])"
)
"""具体经办为A、B及C中心全体工作人员: the office's staff."""
_CLERK_WORDS = ("具体经", "具体承", "具体办", "具体工", "日常经", "日常承", "日常办", "日常工", "经办人", "经办为")
_CLERK_HEADS = ("具体", "日常", "经办")
_OFFICE_CHIEF = re.compile(
    r"(?<=[，,。；;、\n])(?P<role>(?:办公室|秘书处|专班办|日常工作)(?:主要)?负责人)(?:由|为|是)"
    r"(?P<y>[^。；;，,\n：]{2,40}?)(?=(?:兼任|担任)?[，,。；;\n])"
)
_OFFICE_CHIEFS = tuple(f"{of}{main}负" for of in ("办公室", "秘书处", "专班办", "日常工作") for main in ("", "主要"))
"""秘书处负责人为某某: who leads the office of a group, where it has no 主任."""
_COMMAS = frozenset("，,、")
_IS_HELD = frozenset("由为是")
_IS, _AS = re.compile("[由为]"), re.compile("[任为当兼]")
_OPENS = first_characters() | frozenset("有包是为 　")


def _is_plain_charge(string: str, at: int) -> bool:
    """负责人 is no seat of a group, as 总负责人 is, and none is near that has no word of its own (小组成员由)."""
    if not string.startswith("责人", at) or string.endswith("总负", 0, at):
        return False
    return _WORDLESS.search(string, max(at - 24, 0), at + 12) is None


_WORDLESS = re.compile(r"组成(?:员(?:单位)?|人员)(?:分别|一般|均|暂)?[由为]|督导(?:分别|一般|均|暂)?[由为]")


def windows(string: str, found: Iterable[int], before: int, after: int) -> list[tuple[int, int]]:
    """Stretches around each place, joined where they overlap: regexes are tried only there."""
    out: list[tuple[int, int]] = []
    length = len(string)
    for at in found:
        a, b = at - before if at > before else 0, at + after if at + after < length else length
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _bare(string: str, near: list[tuple[int, int]], held: list[Predicate]) -> Iterator[Predicate]:
    """组长张三，副组长李四，成员有王五、赵六: seats told without a verb."""
    starts = {p.start for p in held}
    for m in (m for a, b in near for m in _BARE.finditer(string, a, b)):
        stop = _BARE_END.search(string, m.end(), m.end() + 320)
        end = stop.start() if stop else min(len(string), m.end() + 320)
        first = _FIRST_OF_LIST.match(string, m.end(), end)
        if m.start() not in starts and first and is_person(first[0].removesuffix("同志")):
            yield Predicate(m["role"], m.end(), end, m.start(), end)
            if all_of := _BARE_ALL.match(string, end):
                yield Predicate(all_of["role"], *all_of.span("y"), *all_of.span())


_BARE_ALL = re.compile(
    r"[，,](?P<role>成员|组员|队员|委员)(?P<y>(?!由|为|单位)[^，。；：\n由为]{2,60}?(?:人员|负责人|负责同志))(?=[。；;\n])"
)
"""组长张三，|组员工程部全体人员。"""
_CHANGED = re.compile(r"(?:调整|变更|更换)为")
"""组长由张三调整为李四."""


def _held_by(string: str, near: list[tuple[int, int]]) -> Iterator[Predicate]:
    """组长由X担任."""
    for m in (m for a, b in near for m in _HELD_BY.finditer(string, a, b)):
        by_is = string[m.end() - 1] == "为"
        end = _UNTIL.search(string, m.end(), m.end() + 320)
        comma = _CLAUSE.search(string, m.end(), m.end() + 80) if by_is else None
        if comma and (end is None or comma.start() < end.start()):
            end = comma
        if end is None or end.start() - m.end() < 2:
            continue
        if not by_is and (changed := _CHANGED.search(string, m.end(), end.start())):
            yield Predicate(m["role"], changed.end(), end.start(), m.start(), end.start())
            continue
        if end[0] in "。；;\n" and not by_is:
            continue
        yield Predicate(m["role"], m.end(), end.start(), m.start(), end.end())


def _holds(string: str, near: list[tuple[int, int]], taken: list[tuple[int, int]]) -> Iterator[Predicate]:
    """X任组长, X为成员."""
    last, t = 0, 0
    phrases = [m for a, b in near for m in _HOLDS.finditer(string, a, b)]
    if charges := [(a, b) for a, b in near if _OF_KIND.search(string, a, b)]:
        phrases.extend(m for a, b in charges for m in _IN_CHARGE.finditer(string, a, b))
        phrases.sort(key=lambda m: m.start())
    for m in phrases:
        while t < len(taken) and taken[t][1] <= m.start():
            last = max(last, taken[t][1])
            t += 1
        if t < len(taken) and taken[t][0] < m.start() and taken[t][1] > m.start():
            continue
        start = _who_start(string, max(last, m.start() - 320), m.start(), last)
        if m.start() - start >= 2 and not string.startswith("不再", m.start() - 2):
            yield Predicate(m["role"], start, m.start(), start, m.end(), _also(m))
        last = m.end()


def _also(m: re.Match[str]) -> str | None:
    also = m.groupdict().get("also")
    return also[max(also.find("办公室"), 0) :] if also else None


def _who_start(string: str, low: int, end: int, last: int) -> int:
    """Where the holder's words begin: after 由, after the group's name, else after the previous seat or clause."""
    sentence = behind_last(string, "。；;\n：", low, end)
    marks = [m.end() for m in _BY.finditer(string, sentence, end)]
    comma = max(string.rfind("，", sentence, end), string.rfind(",", sentence, end))
    if comma >= 0:
        marks += [m.end() for m in _NAMED.finditer(string, sentence, comma + 1)]
    if marks:
        return max(marks)
    return sentence if sentence == last and last else max(sentence, comma + 1)


_OF_A_KIND = re.compile(r"(?:专业|技术|管理|方面|领域|行业|学科)(?:的|技术)?(?:人员|人才|专家)(?:等|共同)?\Z")
"""由规划、给排水等专业人员组成: kinds of people, no members."""


def _leads(string: str, a: int, b: int) -> Iterator[Predicate]:
    """由X负责，Y组成."""
    for m in _LEADS.finditer(string, a, b):
        yield Predicate("负责", *m.span("x"), m.start(), m.end("x"))
        yield Predicate("成员", *m.span("y"), m.start("y"), m.end())


def _made_of(string: str, a: int, b: int) -> Iterator[Predicate]:
    """成立由X、Y组成的工作专班: bodies or people, before anybody is given a seat."""
    for m in _MADE_OF.finditer(string, a, b):
        if not any(w in m["y"] for w in ("任", "为", "牵头", "负责，")) and not _OF_A_KIND.search(m["y"]):
            yield Predicate("成员", *m.span("y"), m.start("y"), m.end())


_ROSTER_ELSEWHERE = ("名单见", "名单附后", "具体名单", "人员名单")
"""链长由市领导担任（名单见附件）: who it is stands there."""
_ASKED = re.compile(r"(?:明确|指定|确定|安排|选派|指派|推荐|落实)(?:本单位)?[1-9一两二三][名位]")
"""请贵单位明确1名科级干部为联络员: others are to say who."""
_OF_EACH = re.compile(r"每[个支]?[一-鿿]{0,6}?[组队班]")
"""每个督查组设组长1名，组长由X担任: no one group."""


def gives_no_seat(string: str, p: Predicate, sentence: int) -> bool:
    """Whether the phrase tells of a list elsewhere, of what others are to say, or of each of several groups."""
    if string.startswith(_ROSTER_ELSEWHERE, p.end + 1):
        return True
    if p.role.startswith("联络") and _ASKED.search(string, max(p.who_start - 4, 0), p.who_end):
        return True
    return string.find("每", sentence, p.start) >= 0 and _OF_EACH.search(string, sentence, p.start) is not None
