"""The seats of a leadership group as notices write them: 组　长：, 常务副组长, 第一召集人, 副总指挥, 办公室主任."""

from __future__ import annotations

import re
from functools import lru_cache

from ... import lexicon
from ...squeeze import squeeze

_PAD = r"[ \t　\xa0]{0,8}"


def _padded(word: str) -> str:
    """The word with the padding of rosters: 组　　长."""
    return _PAD.join(re.escape(c) for c in word)


_WORDS = sorted(lexicon.words("group_roles"), key=len, reverse=True)
_RANK = rf"(?:{'|'.join(_padded(w) for w in ('常务', '执行', '第一', '第二', '双', '名誉', '共同', '联合'))}){_PAD}"
_COMMAND = rf"{_padded('指挥')}(?=[ \t　\xa0]{{0,8}}[：:])"
"""指　挥：, 副指挥： as some headquarters call their chiefs; without a colon it is any command."""
_OFFICE = rf"(?:{_padded('办公室')}|{_padded('专班办')}|办){_PAD}"
ROLE = rf"(?:{_OFFICE})?(?:{_RANK})?(?:副{_PAD})?(?:{_RANK})?(?:{'|'.join(_padded(w) for w in _WORDS)}|{_COMMAND})"
"""A seat, padded or not, with its rank before it."""
FIRST = "[" + "".join(sorted({w[0] for w in _WORDS} | set("常执第双名共联副办专"))) + "]"
"""What a seat begins with: a cheap test before the long pattern."""
WEAK = frozenset(
    {
        "主任",
        "副主任",
        "主席",
        "副主席",
        "秘书长",
        "副秘书长",
        "会长",
        "副会长",
        "队长",
        "副队长",
        "委员",
        "班长",
        "政委",
        "秘书",
        "队员",
    }
)
"""Seats of many bodies: they open a group only where a committee or the like is named."""
CHIEF_HERE = frozenset({"主任", "主席", "班长", "负责", "负责人", "总负责人", "主要负责人"})
"""Who leads where no 组长 does."""
OFFICE_SEATS = frozenset(
    {"主任", "副主任", "常务副主任", "成员", "组员", "工作人员", "组成人员", "联络员", "执行主任", "秘书"}
)
"""Seats of a group's office, where one was just named."""
SECRETARIES = frozenset({"秘书长", "副秘书长", "常务副秘书长", "执行秘书长"})
"""Seats of the 秘书处, where one was just set up; else of the group."""
_CHIEF = re.compile(
    r"(?:常务|执行|第一|双|名誉|共同|联合)?(?:组长|总?指挥长?|链长|总?召集人|总?协调人|主任委员|总负责人|总队长|队长|总督导|会长|班长)(?:单位)?"
)


def role_name(written: str) -> str:
    """The seat as written, without padding."""
    return squeeze(written).replace(" ", "")


@lru_cache(maxsize=1024)
def is_chief(role: str) -> bool:
    """Whether the seat opens a roster (组长, 第一召集人, 总指挥); 主任 does so only for a committee."""
    return _CHIEF.fullmatch(role) is not None


def is_office(role: str) -> bool:
    """Whether the seat is one of the group's office by its own words (办公室副主任)."""
    return role.startswith("办")


def is_clerk(role: str) -> bool:
    """Whether the seat is one of those who do the office's work (具体经办, 日常工作人员, 秘书处负责人)."""
    return role.startswith(("具体", "日常", "经办")) or (
        role.startswith(("办公室", "秘书处", "专班办")) and role.endswith("负责人")
    )


def several_hold(role: str) -> bool:
    """Whether a seat is given to more than one person (副组长, 成员)."""
    return "副" in role or role in ("成员", "组员", "委员")
