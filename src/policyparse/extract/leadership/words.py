"""Where the text speaks of seats: the words that every phrase with a seat holds, found once for all of them."""

from __future__ import annotations

from ... import lexicon
from ...search import holds

_STEMS = sorted({w[-2:] for w in lexicon.words("group_roles") if w[-2:] not in ("单位", "人员", "督导")} | {"组成"})
"""The last two characters of each seat, and 组成."""
_BY_FIRST = "主顾秘"
"""主任, 顾问: found by the first character, for 任 and 问 are frequent."""
_SIGNS: dict[tuple[str, int], set[str]] = {("员", -1): {"人"}}
"""A character, where the other of its words stands, and what that is: 长 finds 组长, 队长, 会长; 员 also 工作人员."""
for _word in _STEMS:
    _sign, _other = (_word[0], 1) if _word[0] in _BY_FIRST else (_word[1], -1)
    _SIGNS.setdefault((_sign, _other), set()).add(_word[1 if _other > 0 else 0])
_SHARED = frozenset(
    ("主任", "主席", "委员", "顾问", "成员", "书长", "络员", "络人", "责人", "政委", "秘书", "工作人员", "组成")
)
"""Words of any notice: alone they make no group."""
_SET_UP = ("成立", "组建", "建立", "设立", "为成员")
_SEATED_BEFORE = {
    "主任": ("办公室", "办公室副", "任"),
    "责人": ("专负", "组负", "专班负", "组班负"),
}
"""任主任, 办公室副主任, 专班负责人: these make one."""
_UNITS_ARE = ("成员单位包", "成员单位主要包", "组成员单位包", "组成员单位主要包")


_OF_GROUP = ("员由", "员为", "员单位由", "员单位为", "员分别由", "员单位包", "员单位有")
"""小组|成员由: no 组成."""


def seat_words(string: str) -> list[tuple[int, str]]:
    """The words of seats with their places, in order, none overlapping; none at all where they can make no group."""
    find, found = string.find, []
    for (sign, other), others in _SIGNS.items():
        start, end = (0, len(string) - 1) if other > 0 else (1, len(string))
        at = find(sign, start, end)
        while at >= 0:
            if string[at + other] in others:
                found.append(at if other > 0 else at - 1)
            at = find(sign, at + 1, end)
    words: list[tuple[int, str]] = []
    done = 0
    for at in sorted(found):
        word = string[at : at + 2]
        if word == "人员":
            at, word = at - 2, string[at - 2 : at + 2]
        elif word == "组成" and string.startswith(_OF_GROUP, at + 2):
            at, word = at + 1, "成员"
        if at >= done and (len(word) == 2 or word == "工作人员"):
            words.append((at, word))
            done = at + len(word)
    return words if not _SHARED.issuperset([w for _, w in words]) or _make_group(string, words) else []


def _make_group(string: str, found: list[tuple[int, str]]) -> bool:
    """Whether words of any notice may make a group all the same: it tells what is set up, or a seat that is given."""
    return bool(found) and (holds(string, *_SET_UP) or any(_is_seated(string, at, word) for at, word in found))


def _is_seated(string: str, at: int, word: str) -> bool:
    if word in _SEATED_BEFORE:
        return string.endswith(_SEATED_BEFORE[word], 0, at)
    return string.startswith(_UNITS_ARE, at)
