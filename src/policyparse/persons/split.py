"""Where a name ends and a post begins. jieba is loaded only when punctuation does not decide.

A roster writes 张　三　　市教育局局长, 市教育局局长张三, 张三（市教育局局长）, 张三副局长, 张三同志: surnames and the
words that end a post tell the two apart. Only 江北区副区长 (a place, or Mr 江北 of the district?) needs jieba, and only
where the document does not name the place again and again.
"""

from __future__ import annotations

import re

from ..squeeze import squeeze
from .names import (
    HAN,
    NO_NAME_ENDS,
    could_be_name,
    ends_with_post,
    first_characters,
    has_post_end,
    is_person,
    is_rare_person,
    is_shaped,
    is_sound_name,
    is_surname,
    may_be_named,
    post_lasts,
    post_words,
)

_UNIT_ENDS = tuple("局处科股室部厅办院所站队中心委会组")
"""Last characters of a unit name, where a name may follow without any post (…环评处陈某)."""
_UNIT_LASTS = frozenset(_UNIT_ENDS)
_PLACES = ("街道", "社区", "镇", "乡")
"""柳林街道办事处主任 is a seat of a place."""
_ORG_STARTS = re.compile(
    r"(?:[省市县区州盟旗镇乡局][一-鿿、（）]|国务院|党[委组工政群校]|管委|街道|办公|中[央共国]|人民|公安|教育|财政|国家|"
    r"常务|副|原|纪委|政协|人大|自治|集团|公司|总工|一级|二级|三级|四级)"
)
_BARE_POST = re.compile(rf"(?:常务|执行|第一)?副?({HAN}{{2,5}})")
_BRACKETED = re.compile(r"(?P<a>[^（(]{2,40})[（(](?P<b>[^（）()]{2,60})[）)]\s*")
_SHORT_POST = 3
_AGAIN, _WITHIN = 3, 20_000
_COMRADE = re.compile(r"\s*(?:等?同志|[（(](?:[女男兼]|(?:[女男][，,、]\s?)?[一-鿿]{1,4}族)[）)])\s*\Z")
_COMRADE_ENDS = ("志", "）", ")")
_GAP = re.compile(r"[\s,，:：]+")


def name_tail(string: str) -> int | None:
    """Where a person's name begins that is glued to the end of a post or unit (区交建局局长黄某某), else None.

    Here and in `name_head` white space is squeezed before: a padded name is no case of theirs.
    """
    if has_post_end(string):
        return None
    surnames = first_characters()
    posted = not post_lasts().isdisjoint(string[-7:-2])
    for size in (3, 2, 4):
        tail = string[-size:]
        if len(string) < size + 2 or tail[0] not in surnames or not is_person(tail):
            continue
        head = string[:-size]
        if ends_with_post(head) or (size != 4 and _unit_end(head)):
            if head[-1] == "长" and is_person("长" + tail) and ends_with_post(head[:-1]):
                return len(head) - 1  # 局长|长孙某某
            return len(head) + (tail[0] == "长" and _is_seat(head) and is_person(tail[1:]))
    for size in (3, 2, 4, 5, 6) if posted else ():
        if len(string) > size + 1 and ends_with_post(string[:-size]) and is_rare_person(string[-size:]):
            return len(string) - size
    at = string.rfind("·")
    if at > 0:
        for i in range(at - 1, max(at - 6, 2) - 1, -1):  # 总工程师|古丽…·…, not 总工|程师…
            if ends_with_post(string[:i]) and is_person(string[i:]):
                return i
    return None


def _is_seat(unit: str) -> bool:
    """县教育局 + 长: …局长孙某 is Mr 孙, not one of the family 长孙."""
    return not ends_with_post(unit) and unit[-1:] in _UNIT_ENDS


def name_by_shape(string: str) -> int | None:
    """Where three characters begin that may be a name, whatever the first is, behind a post: 院长|支某某."""
    if string[-4:-3] not in post_lasts():
        return None
    head, tail = string[:-3], string[-3:]
    return len(head) if len(head) > 1 and ends_with_post(head) and could_be_name(tail) else None


def tail_in_list(string: str) -> int | None:
    """Where a name of two or three characters begins behind a post, whatever it is, where others of the list do."""
    if post_lasts().isdisjoint(string[-4:-2]):
        return None
    for size in (3, 2):
        head, tail = string[:-size], string[-size:]
        if len(head) < 2 or not ends_with_post(head) or ends_with_post(tail) or tail[-1] in NO_NAME_ENDS:
            continue
        if is_shaped(tail) or (size == 3 and is_surname(tail[0]) and is_shaped(tail[0] + "某")):
            return len(head)
    return None


def name_head(string: str, document: str = "") -> int | None:
    """Where the post begins that is glued to a person's name (张三副局长, 张三市教育局局长), else None.

    `document`: what the string stands in. A person is not named again and again together with what follows him, as
    the place of 江北区副区长, 江北区财政局局长 is.
    """
    if string[:1] not in first_characters():
        return None
    for size in (3, 2, 4):
        name, rest = string[:size], string[size:]
        if len(rest) < 2 or not is_person(name):
            continue
        if (bare := _BARE_POST.fullmatch(rest)) and bare[1] in post_words():
            return None if _is_place(name, rest) else size
        if not _ORG_STARTS.match(rest) or not ends_with_post(rest):
            continue
        if size == 2 and rest.startswith(_PLACES):
            continue
        if size > 2:
            return size
        if len(rest) > 3 and document.count(string[:3], 0, _WITHIN) < _AGAIN and _jieba_says_name(string, size):
            return size
    return None


def name_within(string: str) -> tuple[int, int] | None:
    """Where a name of three characters stands between a body and a bare post (市教育局|张某某|局长), else None."""
    for size in (2, 3) if string[-1:] in _BARE_LASTS else ():
        at = len(string) - size - 3
        if at < _BODY or string[at] not in first_characters() or string[at - 1] not in _UNIT_LASTS:
            continue
        bare = _BARE_POST.fullmatch(string, at + 3)
        if bare and bare[1].removeprefix("副") in post_words() and is_person(string[at : at + 3]):
            return at, at + 3
    return None


_BARE_LASTS = frozenset("长任记席")
_BODY = 3
"""教育局, 县财政局: a body has three characters at least."""


def sound_head(string: str) -> int | None:
    """Where the post begins behind a name written by sound (哈力木拉提县教育局局长).

    Only in a list where other names stand so before their posts: 和布克赛尔县水利局局长 looks the same.
    """
    for size in (6, 5, 4, 3):
        if is_sound_name(string[:size]) and _ORG_STARTS.match(string, size) and ends_with_post(string):
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
    s = _without_comrade(_without_comrade(whole)) if whole.endswith(_COMRADE_ENDS) else whole
    if not s:
        return None, None
    if (len(s) < 7 and is_rare_person(s)) or is_person(s) or (s != whole and _is_comrade(s)):
        return squeeze(s), None
    if s[-1] in "）)" and (m := _BRACKETED.fullmatch(s)) is not None:
        named = could_be_name(m["a"]) or (len(m["a"]) == 2 and len(m["b"]) > _SHORT_POST and is_shaped(m["a"]))
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
    if (within := name_within(s)) is not None:
        at, end = within
        return s[at:end], s[:at] + s[end:]
    if s != whole and whole.endswith("同志") and (at := tail_in_list(s)) is not None:
        return s[at:], s[:at]  # 常务副市长药某某同志, whatever the surname
    return None, squeeze(whole)


def _without_comrade(text: str) -> str:
    """张三（女）同志 -> 张三（女）."""
    return _COMRADE.sub("", text)


def _is_comrade(name: str) -> bool:
    """What stands before 同志: a name whatever its characters (文明同志), but not 有关同志 or 主要负责同志."""
    return (
        could_be_name(name)
        or may_be_named(name, loose=True)
        or (len(name) == 2 and is_shaped(name) and name not in _NOT_ONE)
    )


_NOT_ONE = ("主要", "多位", "两位", "三位", "几位", "其余", "班子", "处室", "科室", "各位", "青年", "女性", "党内")


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


def word_ends(string: str) -> set[int]:
    """Where words end by jieba's dictionary alone: its guesses take 李某县 for a name."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    ends: set[int] = set()
    at = 0
    for word in jieba.cut(string, HMM=False):
        at += len(word)
        ends.add(at)
    return ends


def _jieba_says_name(string: str, size: int) -> bool:
    """Whether the first word of `string` is a person's name of `size` characters, by jieba's tagger (slow to load)."""
    import logging

    import jieba
    from jieba import posseg

    jieba.setLogLevel(logging.WARNING)
    first = next(iter(posseg.cut(string[:12])), None)
    return first is not None and first.word == string[:size] and first.flag.startswith("nr")
