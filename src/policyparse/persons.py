"""Person names, and where a name ends and a post begins. jieba is loaded only when punctuation does not decide.

A roster writes 张　三　　市教育局局长, 市教育局局长张三, 张三（市教育局局长）, 张三副局长, 张三同志: surnames and the
words that end a post tell the two apart. Only 江北区副区长 (a place, or Mr 江北 of the district?) needs jieba.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from . import lexicon
from .squeeze import squeeze

HAN = r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\U00020000-\U0003347f]"
"""A Chinese character, the rare ones of names (䶮, 𬭎) included."""
_UNIT_ENDS = tuple("局处科室部厅办院所站队中心委会组")
"""Last characters of a unit name, where a name may follow without any post (…环评处陈某)."""
_NO_NAME_ENDS = frozenset("长委局处科室部厅办所站队员等市县区省镇乡村街组会分")
"""No given name ends like this next to a post: 局长, 区委, 高新区."""
_UNIT_LASTS = frozenset("院馆台社司校厂店矿班室段学行园股系岭村库级副办中政")
"""Last characters of units and grades: 中医院, 实验小学, 正处级."""
_NO_NAME = re.compile(
    r"^[各有相其等及和或与第一二三四五六七八九十正副总兼代主由以为在省市县区州旗镇乡局]|领导|人员|单位|分管|负责|部门|工作|同志|公安|中国"
    r"|国网|移动|电信|联通|银行|烟草|石油|开发|管理|执法|监管|规划|保障|监督|服务|指挥|纪检|监察|成员|参加|牵头|教育|卫生"
)
"""What no name holds."""
_PLACES = ("街道", "社区", "镇", "乡")
"""柳林街道办事处主任 is a seat of a place."""
_ORG_STARTS = re.compile(
    r"(?:[省市县区州盟旗镇乡局][一-鿿、（）]|国务院|党[委组工政群校]|管委|街道|办公|中[央共国]|人民|公安|教育|财政|国家|"
    r"常务|副|原|纪委|政协|人大|自治|集团|公司|总工|一级|二级|三级|四级)"
)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(lexicon.words("surnames"))


@cache
def _rare_surnames() -> frozenset[str]:
    return _surnames() | frozenset(lexicon.words("surnames_rare"))


@cache
def _sounds() -> frozenset[str]:
    return frozenset(lexicon.words("sound_characters"))


@cache
def _departments() -> frozenset[str]:
    """水利, 教育, 信访: never names, though some begin with a rare surname."""
    return frozenset(lexicon.words("dept_stems"))


@cache
def first_characters() -> frozenset[str]:
    """The characters that a surname begins with."""
    return frozenset(s[0] for s in _surnames())


@cache
def _not_names() -> frozenset[str]:
    return frozenset(lexicon.words("not_names"))


@cache
def _post_words() -> frozenset[str]:
    return frozenset(lexicon.words("post_words"))


@cache
def _post_sizes() -> tuple[int, ...]:
    """Lengths of the post words that end with no shorter one (工程师, not 总工程师)."""
    words = _post_words()
    return tuple(sorted({len(w) for w in words if all(w[i:] not in words for i in range(1, len(w) - 1))}))


@cache
def _post_lasts() -> frozenset[str]:
    return frozenset(word[-1] for word in _post_words())


def _has_post_end(string: str) -> bool:
    if string[-1:] not in _post_lasts():
        return False
    words = _post_words()
    for size in _post_sizes():  # noqa: SIM110 - a loop costs half of any(), and each word of a roster comes here
        if string[-size:] in words:
            return True
    return False


_DOTS = frozenset("·•・")
_ETHNIC = re.compile(rf"{HAN}{{1,8}}+(?:[·•・]{HAN}{{1,8}}+){{1,4}}")
_NAME = re.compile(rf"{HAN}{{2,4}}")
_BARE_POST = re.compile(rf"(?:常务|执行|第一)?副?({HAN}{{2,5}})")
_BRACKETED = re.compile(r"(?P<a>[^（(]{2,40})[（(](?P<b>[^（）()]{2,60})[）)]\s*")
_SHORT_POST = 3
_COMRADE = re.compile(r"\s*(?:等?同志|（[女兼]）|\([女兼]\))\s*\Z")
_GAP = re.compile(r"[\s,，:：]+")


def is_surname(string: str, *, rare: bool = False) -> bool:
    """Whether the string is a surname of the list (王, 欧阳); `rare`: or of the rarer ones (战, 那)."""
    return string in (_rare_surnames() if rare else _surnames())


@lru_cache(maxsize=4096)
def is_person(name: str) -> bool:
    """Whether `name` reads as a person's name: a surname of the list and one or two more characters, or a name with ·.

    Padding inside (韩　正) is ignored; words of notices that look like names (高新, 常委, 林业局) are not names.
    """
    if not 2 <= len(name) <= 30:
        return False
    if name[0] not in first_characters() and name[0] not in " 　\t":
        return (
            len(name) > 4
            and not _DOTS.isdisjoint(name)
            and _ETHNIC.fullmatch(name) is not None
            and not ends_with_post(name)
        )
    if len(name) > 4 and ("·" in name or "•" in name or "・" in name):
        return _ETHNIC.fullmatch(name) is not None and not ends_with_post(name)
    name = squeeze(name)
    if not _NAME.fullmatch(name) or name[-1] in _NO_NAME_ENDS or name in _not_names():
        return False
    if name[:2] in _surnames():
        return len(name) > 2
    if name[0] not in _surnames() or len(name) > 3 or name[:2] in _not_names():
        return False
    if len(name) == 2 and name[1] == "州":  # 徐州, 郑州, 万州
        return False
    return not _has_post_end(name)


def is_rare_person(name: str) -> bool:
    """Whether `name` reads as a name by a rare surname too (战玉福, 衣建华), or is one written by sound (斯日古楞).

    Only for places where little else can stand: alone before 任组长, behind a post, before one. 利民 and 信用 have the
    same shape in running text.
    """
    return is_person(name) or _is_rare(name) or is_sound_name(name)


def _is_rare(name: str) -> bool:
    if not _shaped(name) or name[:2] in _not_names() or name[:2] in _departments():
        return False
    surnames = _rare_surnames()
    return (name[:2] in surnames and len(name) > 2) or (name[0] in surnames and len(name) < 4)


def is_sound_name(name: str) -> bool:
    """Whether `name` is three to six characters that names are written with by sound (萨如拉, 次仁旺堆)."""
    return 3 <= len(name) <= 6 and _sounds().issuperset(name) and name not in _not_names() and name[-1] not in "区"


def _shaped(name: str) -> bool:
    """Two to four characters that are no post, unit or department."""
    return (
        _NAME.fullmatch(name) is not None
        and name[-1] not in _NO_NAME_ENDS
        and name not in _not_names()
        and name not in _departments()
        and not ends_with_post(name)
        and _NO_NAME.search(name) is None
    )


def could_be_name(name: str) -> bool:
    """Whether `name` may be a name whatever it begins with, judged by shape: for the head of a roster's entry only."""
    return is_rare_person(name) or (_shaped(name) and len(name) > 2 and name[-1] not in _UNIT_LASTS)


def ends_with_post(string: str) -> bool:
    """Whether the string ends with a job title (…局副局长, …负责人) or any …长."""
    return (string[-1:] == "长" and len(string) > 1) or _has_post_end(string)


def name_tail(string: str) -> int | None:
    """Where a person's name begins that is glued to the end of a post or unit (区交建局局长黄某某), else None."""
    if _has_post_end(string):
        return None
    for size in (3, 2, 4):
        head, tail = string[:-size], string[-size:]
        if len(head) > 1 and is_person(tail) and (ends_with_post(head) or (size != 4 and _unit_end(head))):
            return len(head)
    for size in (3, 2, 4, 5, 6):
        if len(string) > size + 1 and ends_with_post(string[:-size]) and is_rare_person(string[-size:]):
            return len(string) - size
    at = string.rfind("·")
    if at > 0:
        for i in range(max(at - 6, 2), at):
            if ends_with_post(string[:i]) and is_person(string[i:]):
                return i
    return None


def name_by_shape(string: str) -> int | None:
    """Where three characters begin that may be a name, whatever the first is, behind a post: 院长|支某某."""
    head, tail = string[:-3], string[-3:]
    return len(head) if len(head) > 1 and ends_with_post(head) and could_be_name(tail) else None


def name_head(string: str) -> int | None:
    """Where the post begins that is glued to a person's name (张三副局长, 张三市教育局局长), else None."""
    for size in (3, 2, 4):
        name, rest = string[:size], string[size:]
        if len(rest) < 2 or not is_person(name):
            continue
        if (bare := _BARE_POST.fullmatch(rest)) and bare[1] in _post_words():
            return None if _is_place(name, rest) else size
        if not _ORG_STARTS.match(rest) or not ends_with_post(rest):
            continue
        if size == 2 and rest.startswith(_PLACES):
            continue
        if size == 3 or (len(rest) > 3 and _jieba_says_name(string, size)):
            return size
    return None


def padded_head(surname: str, rest: str) -> int | None:
    """Length of the given name at the head of `rest`, after a surname set apart by padding (钱 明市财政局局长)."""
    for size in (1, 2):
        if is_person(surname + rest[:size]) and _ORG_STARTS.match(rest, size) and ends_with_post(rest):
            return size
    return None


def split_name_post(string: str) -> tuple[str | None, str | None]:
    """(person, post) of one seat as written: 张三 市教育局局长, 市教育局局长张三, 张三（市教育局局长）, 张三同志.

    A seat without a person gives (None, post); nothing at all gives (None, None).
    """
    whole = string.strip(" \t\n　、，,；;。")
    s = _COMRADE.sub("", _COMRADE.sub("", whole)) if whole[-1:] in ("志", "）", ")") else whole
    if not s:
        return None, None
    if (len(s) < 7 and is_rare_person(s)) or is_person(s) or (s != whole and could_be_name(s)):
        return squeeze(s), None
    if s[-1] in "）)" and (m := _BRACKETED.fullmatch(s)) is not None:
        named = could_be_name(m["a"]) or (len(m["a"]) == 2 and len(m["b"]) > _SHORT_POST and _shaped(m["a"]))
        if is_person(m["a"]) or (named and ends_with_post(m["b"])):
            return squeeze(m["a"]), squeeze(m["b"])
        if is_person(m["b"]) or (is_rare_person(m["b"]) and ends_with_post(m["a"])):
            return squeeze(m["b"]), squeeze(m["a"])
    if (m := _GAP.search(s)) is not None and (pair := _split_at_gap(s)):
        return pair
    s = squeeze(s)
    if (at := name_tail(s)) is not None:
        return s[at:], s[:at].rstrip("、，,")
    if (at := name_head(s)) is not None:
        return s[:at], s[at:]
    return None, squeeze(whole)


def _split_at_gap(s: str) -> tuple[str, str] | None:
    """Name and post with white space between; the name itself may be padded (韩　正　　副总理)."""
    gaps = [m.span() for m in _GAP.finditer(s)]
    for a, b in (*gaps[1:2], gaps[0]):
        if is_person(s[:a]):
            return squeeze(s[:a]), squeeze(s[b:])
    for a, b in (*gaps[-2:-1], gaps[-1]):
        if is_person(s[b:]):
            return squeeze(s[b:]), squeeze(s[:a])
    a, b = gaps[0]
    if is_rare_person(s[:a]) and ends_with_post(s):
        return s[:a], squeeze(s[b:])
    a, b = gaps[-1]
    if is_rare_person(s[b:]) and ends_with_post(s[:a]):
        return s[b:], squeeze(s[:a])
    return None


def _unit_end(string: str) -> bool:
    return len(string) > 3 and string.endswith(_UNIT_ENDS)


def _is_place(name: str, rest: str) -> bool:
    """江北 + 区长 is a seat of a place, 张三 + 区长 a person: the place's kind returns in the post."""
    return len(name) == 3 and name[-1] in "区县市州盟旗省" and rest.lstrip("副").startswith(name[-1])


def _jieba_says_name(string: str, size: int) -> bool:
    """Whether the first word of `string` is a person's name of `size` characters, by jieba's tagger (slow to load)."""
    import logging

    import jieba
    from jieba import posseg

    jieba.setLogLevel(logging.WARNING)
    first = next(iter(posseg.cut(string[:12])), None)
    return first is not None and first.word == string[:size] and first.flag.startswith("nr")
