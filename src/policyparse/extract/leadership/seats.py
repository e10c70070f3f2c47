"""Seats written as a phrase: a person with post, several of them, posts without names, organisations, a collective."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...organisations import is_organisation, split_units
from ...persons import (
    could_be_name,
    ends_with_post,
    is_person,
    may_be_given,
    may_be_named,
    name_by_shape,
    split_name_post,
    tail_in_list,
)
from ...squeeze import squeeze
from .titles import IN_CHARGE_OF, SEVERAL_HOLD, are_titles, is_title, of_bodies, of_kinds, same_post


class Seat(NamedTuple):
    """One seat, without its role: `string[start:end]` is what is written for it."""

    person: str | None
    post: str | None
    start: int
    end: int


BLANKS = frozenset("＿_年签姓")
"""One of them stands in what `is_blank` finds."""
_BLANK = re.compile(r"[＿_]{2}|年月日|签[字名章]|\A姓名")
_COMRADE = re.compile(r"(?:[三两二四五六]位)?等?(?:[三两二四五六]位)?同志\Z")
_LEAD = re.compile(r"[\s、，,；;：:]*(?:由|并由|以及|以|并|[及和与](?=各|有关|相关|其他))?[\s：:]*")
_MARKS = " 　\t\n\xa0。，,、；;：:"
_VERBS = ("组成", "担任", "兼任", "参加", "构成", "为责任人", "为第一责任人")
"""What stands behind the last seat of a list (A、B等共同组成)."""
_VERB_ENDS = frozenset("成任加人同等")
"""The last characters of these, of 共同 and of 等."""
_ALSO = r"各|有关|相关|其他|[^、，,；;。\s]{2,16}全体"
_SPLIT = re.compile(  # each alternative begins with its own character, so that the search passes over all others
    r"、|，|,|；|;|和(?<=同志和)|及(?<=同志及)|与(?<=同志与)"
    rf"|以及|及(?={_ALSO})|和(?={_ALSO})"
)
_COLLECTIVES = re.compile(
    r"[，,；; 　](?:(?<=负责人[，,；;])|(?<=负责同志[，,；;])|(?<=领导[，,；;])|(?<=[长任记人员事导][ 　])[ 　]*)(?=各)"
)
"""办公室、财务科负责人，各分公司总经理; 各村书记、主任 各社区网格长: two phrases, each for several people."""
_ALL = ("全体工作人员", "全体人员", "全体干部", "全体职工", "全体成员", "全体干部职工")
_JOINED = re.compile("以及|及|和|与")
_ANOTHER = re.compile(
    r"、|，|,|；|;|以及|及|和|与| [ 　]{0,3}(?=分管|协管|联系|主管)|　[ 　]{0,3}(?=分管|协管|联系|主管)"
)
_LINES = re.compile(r"\n|[、，,；;]|\s{2,}|　")
_CLAUSES = re.compile("[，；]")
"""县委常委、副县长，县人武部部长: two people."""
_GAPS = re.compile(r"[、\s]+")
_OTHERS = ("各", "有关", "相关", "其他", "以及")
_TWO_CHIEFS = re.compile(
    r"[一-鿿]{0,6}[省市县区州盟旗]委书记[、\s]{1,4}[一-鿿]{0,6}(?:省长|市长|县长|区长|州长|盟长|旗长)"
    r"|(?:镇|乡)党委书记[、\s]{1,4}(?:镇|乡)长"
)
"""县委书记、县长: nobody is both."""
_AND_ALL = re.compile(r"(?:以及|及|和|与)(?=(?:[省市县区镇乡街局][直属])?各)")
_NEWLINE = re.compile(r"\n")


def is_blank(post: str) -> bool:
    """A form to fill in (组长：＿＿＿＿ 日期：年 月 日)."""
    return _BLANK.search(post) is not None


def strip_comrade(text: str) -> str:
    """张三同志 -> 张三."""
    return _COMRADE.sub("", text) if text.endswith("同志") else text


def seats_of_phrase(string: str, start: int, end: int, *, several: bool = False) -> list[Seat]:
    """Seats of the words before 任组长 or after 组长由: persons one by one, else posts or organisations."""
    start, end = _strip(string, start, end)
    if start >= end:
        return []
    if persons := _persons(string, start, end):
        return persons
    return seats_of_list(string, start, end, several=several)


def seats_of_list(string: str, start: int, end: int, *, several: bool = False) -> list[Seat]:
    """Seats without names: a collective phrase whole, organisations and full titles one by one.

    `several`: a role that is given to more than one (副组长), so that two titles are rather two people.
    """
    start, end = _strip(string, start, end)
    text = squeeze(string[start:end])
    if not text or len(text) > 600:
        return []
    if len(two := _two_titles(string, start, end)) > 1:
        return [s for a, b in two for s in seats_of_list(string, a, b, several=several)]
    if several and "、" in text and ("，" in text or "；" in text):
        pieces = [_strip(string, a, b) for a, b in _pieces(string, start, end, _CLAUSES)]
        if len(pieces) > 1 and all(is_title(squeeze(string[a:b])) for a, b in pieces):
            return [Seat(None, squeeze(string[a:b]), a, b) for a, b in pieces]
    units = split_units(string, start, end, spaces=True)
    if len(units) > 1 and _organisations([u.name for u in units]):
        return [Seat(None, u.name, u.start, u.end) for u in units]
    chiefs = _TWO_CHIEFS.fullmatch(string, start, end)
    pieces = _pieces(string, start, end, _GAPS if chiefs else _LINES)
    texts = [squeeze(string[a:b]) for a, b in pieces]
    if len(pieces) > 1 and (chiefs or are_titles(texts, several) or same_post(texts)):
        if "、" in text and of_kinds(texts):
            return [Seat(None, text, start, end)]
        return [Seat(None, squeeze(string[a:b]), *_strip(string, a, b)) for a, b in pieces]
    if "\n" in string[start:end]:
        lines = [p for p in _pieces(string, start, end, _NEWLINE) if string[slice(*p)].strip()]
        if len(lines) > 1:  # else the line ends within a bracket
            return [seat for a, b in lines for seat in seats_of_list(string, a, b, several=several)]
    pieces = _pieces(string, start, end, _COLLECTIVES)
    return [Seat(None, squeeze(string[a:b]), a, b) for a, b in pieces]


def _two_titles(string: str, start: int, end: int) -> list[tuple[int, int]]:
    """市委常委、常务副市长和分管副市长, 县长和县委副书记: 和 joins two people, where 、 may join one's titles.

    市财政局局长及各镇镇长: 及各 opens a phrase of its own behind one man's title, else it goes on (财政局及各镇负责人).
    """
    for m in _AND_ALL.finditer(string, start, end):
        left, right = squeeze(string[start : m.start()]), squeeze(string[m.end() : end])
        own = is_title(left) and not of_bodies(left)
        if own and ends_with_post(right) and not _inside(string, start, m.start()):
            return [(start, m.start()), (m.end(), end)]
    for m in _ANOTHER.finditer(string, start, end):
        right = squeeze(string[m.end() : end])
        if m[0] in "、，,；;" and not IN_CHARGE_OF.match(right):
            continue
        left = squeeze(string[start : m.start()])
        if is_title(left) and is_title(right) and not _inside(string, start, m.start()):
            return [(start, m.start()), (m.end(), end)]
    return []


def _strip(string: str, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.match(string, start, end)
    start = lead.end() if lead else start
    while end > start and string[end - 1] in _MARKS:
        end -= 1
    for words in (_VERBS, ("共同",), ("等",)) if string[end - 1 : end] in _VERB_ENDS else ():
        if string.endswith(words, start, end):
            end -= next(len(w) for w in words if string.endswith(w, start, end))
    while end > start and string[end - 1] in " 　\n\t、，,；;。":
        end -= 1
    return start, end


def _persons(string: str, start: int, end: int) -> list[Seat]:
    """The seats when each part names a person (市委书记张三、市长李四同志), else nothing."""
    seats: list[Seat] = []
    pending = start
    pieces = [half for piece in _pieces(string, start, end) for half in _two_persons(string, *piece)]
    for a, b in pieces:
        part = string[a:b]
        person, post = split_name_post(part)
        if person is None and (cut := _cut_by_shape(string, squeeze(part), pieces)):
            post, person = squeeze(part)[:cut], squeeze(part)[cut:]
        if person is None and len(pieces) == 1 and (cut := _last_of_one(squeeze(part))):
            post, person = squeeze(part)[:cut], squeeze(part)[cut:]
        if person is None and seats and pending == a and (cut := _behind_company(squeeze(part))):
            post, person = squeeze(part)[:cut], squeeze(part)[cut:]
        if person is None and seats and pending == a and could_be_name(name := squeeze(part)) and len(name) == 3:
            person, post = name, None  # 副县长张三、义某某: whatever the surname
        if person is None:
            continue
        head = squeeze(string[pending:a]).rstrip("、，, ") if pending < a else ""
        if head and (all_of := _several(head)):  # 办公室、财务科负责人和总经理李四
            seats.append(Seat(None, all_of, pending, a))
            pending, head = a, ""
        if head and not _title(head):
            return []
        if head and post and squeeze(part).startswith(person):  # 副镇长，孙某（农业中心主任）: two seats
            seats.append(Seat(None, head, pending, a))
            pending = a
        elif head:
            post = f"{head}{string[a - 1] if post and string[a - 1] in '、，,' else ''}{post or ''}"
        seats.append(Seat(person, post, pending, b))
        pending = b + 1
    rest = squeeze(string[pending:end]).strip("、，,；; 及和") if seats and pending <= end else ""
    if not seats or (rest and not rest.startswith(_OTHERS) and not rest.endswith(_ALL)):
        return _person_first(string, start, end)
    return seats + seats_of_list(string, pending, end) if rest else seats


def _several(head: str) -> str:
    """办公室、财务科负责人 before the next person: the phrase, where it speaks of several people."""
    text = head.rstrip("及以和与")
    return text if text.endswith(SEVERAL_HOLD[:4]) and (text != head or of_bodies(text)) else ""


def _cut_by_shape(string: str, part: str, pieces: list[tuple[int, int]]) -> int | None:
    """Where a name without a known surname begins behind its post, where others of the list are told so."""
    if (cut := name_by_shape(part)) and (may_be_given(part[cut:]) or _names_behind_posts(string, pieces)):
        return cut
    return cut if (cut := tail_in_list(part)) and _names_behind_posts(string, pieces, 2) else None


def _last_of_one(part: str) -> int | None:
    """应急办主任阳某: what stands behind the post of one who takes a seat, though it is a word."""
    sizes = (n for n in (3, 2) if may_be_named(part[-n:]) and len(part) > n + 3 and ends_with_post(part[:-n]))
    return next((len(part) - n for n in sizes), None) if not ends_with_post(part) else None


def _behind_company(part: str) -> int | None:
    """Where a name begins behind a firm (公交公司|翁某), where a name stands before."""
    cut = part.rfind("公司") + 2
    return cut if cut > 3 and is_person(part[cut:]) else None


def _two_persons(string: str, start: int, end: int) -> list[tuple[int, int]]:
    """县委书记张三和县长李四: two people with their posts; 市长张和平 is one."""
    for m in _JOINED.finditer(string, start + 2, end - 2):
        left, right = split_name_post(string[start : m.start()]), split_name_post(string[m.end() : end])
        if left[0] and right[0] and (left[1] or right[1] or len(left[0]) > 1 < len(right[0])):
            return [(start, m.start()), *_two_persons(string, m.end(), end)]
        if right[0] and right[1] and not left[0] and squeeze(string[start : m.start()]).endswith(SEVERAL_HOLD):
            return [(start, m.start()), (m.end(), end)]  # 办公室、财务科负责人及|总经理李四
        if left[0] and left[1] and is_title(squeeze(string[m.end() : end])):  # 董事长张三和总经理|、副书记李四
            return [(start, m.start()), (m.end(), end)]
    return [(start, end)]


def _names_behind_posts(string: str, pieces: list[tuple[int, int]], least: int = 1) -> bool:
    """党委书记张三、院长…: one of the parts at least is a post with a name behind it."""
    for a, b in pieces:
        person, post = split_name_post(string[a:b])
        if person and post and squeeze(string[a:b]).endswith(person):
            least -= 1
            if not least:
                return True
    return False


def _person_first(string: str, start: int, end: int) -> list[Seat]:
    """张三（…、…） or 张三 副书记、副局长: a name with several posts behind it."""
    person, post = split_name_post(string[start:end])
    return [Seat(person, post, start, end)] if person else []


def _title(text: str) -> bool:
    """党委书记 of 党委书记、局长张三: one person's further title."""
    return len(text) <= 30 and ends_with_post(text)


def _pieces(string: str, start: int, end: int, separator: re.Pattern[str] = _SPLIT) -> list[tuple[int, int]]:
    """Stretches between separators outside brackets."""
    out: list[tuple[int, int]] = []
    at = start
    bracketed = string.find("（", start, end) >= 0 or string.find("(", start, end) >= 0
    for m in separator.finditer(string, start, end):
        first = m.start()
        if first < at or (bracketed and _inside(string, at, first)):
            continue
        if first > at:
            out.append((at, first))
        at = m.end()
    if at < end:
        out.append((at, end))
    return out


def _inside(string: str, start: int, at: int) -> bool:
    return string.count("（", start, at) + string.count("(", start, at) > string.count("）", start, at) + string.count(
        ")", start, at
    )


def _organisations(names: list[str]) -> bool:
    """Organisations one by one, maybe with a collective among them (…、各乡镇人民政府), not only collectives."""
    own = [n for n in names if not n.startswith(("各", "有关", "相关", "其他"))]
    return len(own) > 1 and all(is_organisation(n) for n in names)
