"""What reads as a person's name, by surname, by the characters of given names, or by shape; what ends a post."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .. import lexicon
from ..squeeze import squeeze

HAN = r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\U00020000-\U0003347f]"
"""A Chinese character, the rare ones of names (䶮, 𬭎) included."""
NO_NAME_ENDS = frozenset("长委局处科室部厅办所站队员等市县区省镇乡村街组会分副")
"""No given name ends like this next to a post: 局长, 区委, 高新区."""
_UNIT_LASTS = frozenset("院馆台社司校厂店矿班室段学行园股系岭村库级副办中政")
"""Last characters of units and grades: 中医院, 实验小学, 正处级."""
_NO_NAME = re.compile(
    r"^[各有相其等及和或与第一二三四五六七八九十正副总兼代主由以为在省市县区州旗镇乡局]|领导|人员|单位|分管|负责|部门|工作|同志|公安|中国"
    r"|国网|移动|电信|联通|银行|烟草|石油|开发|管理|执法|监管|规划|保障|监督|服务|指挥|纪检|监察|成员|参加|牵头|教育|卫生"
)
"""What no name holds."""


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
def _given() -> frozenset[str]:
    return frozenset(lexicon.words("given_characters"))


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
def post_words() -> frozenset[str]:
    return frozenset(lexicon.words("post_words"))


@cache
def _posts() -> dict[str, tuple[str, ...]]:
    """The post words by their last character."""
    by_last: dict[str, tuple[str, ...]] = {}
    for word in sorted(post_words()):
        by_last[word[-1]] = (*by_last.get(word[-1], ()), word)
    return by_last


@cache
def post_lasts() -> frozenset[str]:
    """What the last character of any post may be: a cheap test before the words are compared."""
    return frozenset(_posts()) | {"长"}


def has_post_end(string: str) -> bool:
    words = _posts().get(string[-1:])
    return words is not None and string.endswith(words)


_IN_TWO = frozenset("子小大中江南北山川河东西民生世学少家国开道心本友一三千万太亦尔加为行有士立元")
"""Characters of given names of two (小江, 子文); behind a surname alone they make words (双江, 国道)."""
_DOTS = frozenset("·•・")
_ETHNIC = re.compile(rf"{HAN}{{1,8}}+(?:[·•・]{HAN}{{1,8}}+){{1,4}}")
_NAME = re.compile(rf"{HAN}{{2,4}}")
_LONG_NAME = re.compile(rf"{HAN}{{5,6}}")


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
            and not _opens_with_post(name)
        )
    if len(name) > 4 and ("·" in name or "•" in name or "・" in name):
        return _ETHNIC.fullmatch(name) is not None and not ends_with_post(name) and not _opens_with_post(name)
    name = squeeze(name)
    if 4 < len(name) < 7 and name[:4] in _surnames():
        return _LONG_NAME.fullmatch(name) is not None and not has_post_end(name)  # 爱新觉罗某某
    if not _NAME.fullmatch(name) or name[-1] in NO_NAME_ENDS or name in _not_names():
        return False
    if name[:2] in _surnames():
        return len(name) > 2
    if name[0] not in _surnames() or len(name) > 3:
        return False
    if len(name) == 3 and name[:2] in _not_names() and not _third_of_name(name):
        return False  # 高新区, not 高新民
    if len(name) == 2 and name[1] == "州":  # 徐州, 郑州, 万州
        return False
    return not has_post_end(name)


def _third_of_name(name: str) -> bool:
    """Whether the last character makes a name of what begins like a word: 高新民, not 任务书, 平安建 or 文广新."""
    return name[2] in _given() and name[2] not in "书建" and name not in _departments()


def _opens_with_post(name: str) -> bool:
    """县长古丽娜尔·艾山: a post and a name with ·."""
    first = min(at for at in map(name.find, "·•・") if at > 0)
    return any(ends_with_post(name[:i]) for i in range(2, first))


def is_rare_person(name: str) -> bool:
    """Whether `name` reads as a name by a rare surname too (战玉福, 衣建华), or is one written by sound (斯日古楞).

    Only for places where little else can stand: alone before 任组长, behind a post, before one. 利民 and 信用 have the
    same shape in running text.
    """
    return is_person(name) or _is_rare(name) or is_sound_name(name)


def _is_rare(name: str) -> bool:
    if not is_shaped(name) or name[:2] in _not_names() or name[:2] in _departments():
        return False
    surnames = _rare_surnames()
    if name[:2] in surnames and len(name) > 2:
        return True
    return name[0] in surnames and len(name) < 4 and _is_given(name)


def _is_given(name: str) -> bool:
    """Whether what follows the first character is made of characters of names: 展鹏 and 权志强, not 展厅 and 权属."""
    if not _given().isdisjoint(name[1:]):
        return True
    return _sounds().issuperset(name) if len(name) == 2 else not _IN_TWO.isdisjoint(name[1:])


def is_sound_name(name: str) -> bool:
    """Whether `name` is three to six characters that names are written with by sound (萨如拉, 次仁旺堆)."""
    return 3 <= len(name) <= 6 and _sounds().issuperset(name) and name not in _not_names() and name[-1] not in "区"


def is_shaped(name: str) -> bool:
    """Two to four characters that are no post, unit or department."""
    return (
        _NAME.fullmatch(name) is not None
        and name[-1] not in NO_NAME_ENDS
        and name not in _not_names()
        and name not in _departments()
        and not ends_with_post(name)
        and _NO_NAME.search(name) is None
    )


def could_be_name(name: str) -> bool:
    """Whether `name` may be a name whatever it begins with, judged by shape: for the head of a roster's entry only."""
    return is_rare_person(name) or (is_shaped(name) and len(name) > 2 and name[-1] not in _UNIT_LASTS)


def may_be_given(name: str) -> bool:
    """Whether all that follows the first character are characters of given names."""
    return all(c in _given() or c in _IN_TWO for c in name[1:]) and not _given().isdisjoint(name[1:])


def may_be_named(name: str, *, loose: bool = False) -> bool:
    """Whether `name` is a surname and characters of given names, though the whole may be a word (阳光, 区少波).

    Only for a place where a name must stand: before a post in brackets, in a column of names, `loose` before 同志.
    """
    if not 2 <= len(name) <= 3 or not (name[0] in _surnames() or name[0] == "区"):
        return False
    given = _given()
    if (given.isdisjoint(name[1:]) and not loose) or name in _departments() or ends_with_post(name):
        return False
    return all(c in given or (c in _IN_TWO and (loose or len(name) > 2)) for c in name[1:])


def ends_with_post(string: str) -> bool:
    """Whether the string ends with a job title (…局副局长, …负责人) or any …长."""
    return (string[-1:] == "长" and len(string) > 1) or has_post_end(string)
