"""Roles that open a line of a roster: 组　长：, 副组长（2人）：, 办公室主任：, and without colon before a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...search import holds
from .roles import FIRST, ROLE, is_chief, role_name
from .roster import opens_with_name

_PADDING = " \t　\xa0"
_LASTS = frozenset("书长挥人任席员委问位导)）")
_COLONS = tuple(
    (c, re.compile(f"{c}(?<=[{''.join(sorted(_LASTS))}{_PADDING}]{c})(?<!任单位{c})(?<!系人{c})")) for c in "：:"
)
"""Each begins with one character, which is found fastest; 责任单位： and 联系人： are the most frequent, no roles."""
_BEFORE_LAST = {
    last: re.compile(f"[{before}]")
    for last, before in {
        "长": "组挥队会班书链",
        "人": "召调络负",
        "问": "顾",
        "导": "督",
        "任": "主",
        "席": "主",
        "位": "成召组",
        "员": "成组委络人队",
        "委": "政",
        "书": "秘",
        "挥": "指",
        ")": "人名位干姓",
        "）": "人名位干姓",
    }.items()
}
"""What must stand before the last character of a role: 责任单位： and 联系人： are none."""
_MARK = re.compile(
    rf"(?={FIRST})(?P<role>{ROLE}(?:(?<=[长人])单位)?)(?:[兼、](?P<also>(?:[^\s，。、；：]{{0,12}}办公室)?副?主任))?"
    r"(?:[（(](?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[人名位]|若干[人名]?|[按以]?照?姓[一-鿿]{2,8})[)）])?"
    r"[ \t　\xa0]{0,4}[：:]\Z"
)
_FAR = re.compile(r"[兼、）) \t　\xa0]")
"""What makes a role long: padding, a second seat, a count in brackets."""
_LINE_START = re.compile(rf"\n(?=[{FIRST[1:-1]} \t　\xa0])[ \t　\xa0]*(?={FIRST})(?={ROLE})")
"""A line that begins with a role: all that follow are such lines."""
_PADDED = re.compile(r"[^\n，。；：]{1,20}[ \t　\xa0]")
"""What makes a role with white space behind it likely."""
_CHAIR = re.compile(r"\n[ \t　\xa0]{0,12}主[ \t　\xa0]{0,4}任(?:委员)?[ \t　\xa0]{1,8}[一-鿿]")
"""主　任　某某 on a line, as the roster of a committee begins."""
_OWN_LINE = re.compile(rf"(?P<role>{ROLE})[ \t　\xa0]{{0,8}}\n[ \t　\xa0]{{0,12}}")
"""副组长 on a line of its own, the names on the lines below."""
_GLUED = re.compile(rf"(?P<role>{ROLE})(?=[一-鿿]{{2,3}}[ \t　（(])")
"""副组长张某　副县长: nothing between the seat and the name."""
_FIRST_LINE = re.compile(FIRST)
_LINE_MARK = re.compile(
    rf"(?P<role>{ROLE})(?:[^\S\n]*[（(][按以]?照?姓[^（）()\n]{{2,10}}[)）]\s*(?=[一-鿿])|(?=[^\S\n]+[一-鿿]))"
)
"""组　长　某某, 委　员（按姓氏笔画排序）and the names on the next line."""
_FOR_ALL = re.compile(
    r"[^\S\n]+(?:其他|各|有关|相关)[^\n，。；：]{2,40}(?=\n|\Z)"
    r"|(?:\t|　| {2,})[^\S\n]*[一-鿿][^\n，。；：]{1,40}(?=\n|\Z)"
)
"""副组长　其他班子成员, and a name that none of the lists has, below a line with a name."""
_NOT_ROSTER = re.compile(  # \Z: with $ a group named on the line above (…工作专班 / 组　长：) would count
    r"(?:党[组委]|班子|常委会?|支部|工会|村|(?<!专)班|[系科]"
    r"|[村居]民小组?|党小组?|教研组?|课题组?|年级组?)\Z"
)


class Mark(NamedTuple):
    """A role with a colon: the seats begin at `end`."""

    role: str
    start: int
    end: int
    also: str | None = None
    """The seat in the office that goes with it (副组长兼办公室主任：)."""


def marks(string: str) -> list[Mark]:
    """Roles that open a roster line: 组　长：, and without colon at the start of a line or table row."""
    found: list[Mark] = []
    for at in _colons(string):
        far = _FAR.search(string, max(at - 30, 0), at)
        m = _MARK.search(string, max(at - (30 if far else 12), 0), at + 1)
        if m and string.startswith("各", m.start() - 1) and m["role"] == "成员单位":
            continue  # 区防指各成员单位： addresses them
        if m and not _NOT_ROSTER.search(string, max(m.start() - 4, 0), m.start()):
            also = m["also"]
            also = also[max(also.find("办公室"), 0) :] if also else None
            found.append(Mark(role_name(m["role"]), m.start(), m.end(), also))
    if holds(string, "组长", "指挥", "召集人") or (holds(string, "委员会") and _CHAIR.search(string)):
        starts = [line.end() for line in _LINE_START.finditer(string)]
        taken, lined = {m.start for m in found}, False
        padded = [at for at in starts if _PADDED.match(string, at + 1)]
        for at in (0, *padded) if _FIRST_LINE.match(string) else padded:
            m = _LINE_MARK.match(string, at)
            if m and at not in taken and opens_with_name(string, m.end()):
                found.append(_mark(m))
                lined = True
            elif m and lined and _FOR_ALL.match(string, m.end()):
                found.append(_mark(m))
        found.extend(_lines(string, starts, {m.start for m in found}))
    found.sort(key=lambda m: m.start)
    return found


def _lines(string: str, starts: list[int], taken: set[int]) -> list[Mark]:
    """Seats that have a line to themselves, or nothing between them and the name: only as a roster with a chief."""
    own: list[re.Match[str]] = []
    for at in starts:
        if (not own or at > own[-1].end()) and (m := _OWN_LINE.match(string, at)):
            own.append(m)
    rows = own + [m for at in starts if (m := _GLUED.match(string, at))]
    found = [_mark(m) for m in rows if m.start() not in taken and opens_with_name(string, m.end())]
    if not found:
        return []
    known = {m.start for m in found} | taken
    found += [_mark(m) for m in own if m.start() not in known]
    return found if any(is_chief(m.role) for m in found) and len(found) > 1 else []


def in_row(string: str, starts: Iterable[int], taken: set[int]) -> Iterator[Mark]:
    """排查组：组长 某某（兼） 组员 某某: seats in one line, white space before and behind each.

    `starts`: where a chief is told so; `taken`: where marks are known.
    """
    for at in starts:
        line = string.find("\n", at)
        row = list(_IN_ROW.finditer(string, at, line if line >= 0 else len(string)))
        if len(row) > 1 and row[0].start() == at:
            yield from (_mark(m) for m in row if m.start() not in taken)


_IN_ROW = re.compile(rf"(?<=[ 　：:\n、.）])(?={FIRST})(?P<role>{ROLE})(?=[ 　]+[一-鿿])")


def _mark(m: re.Match[str]) -> Mark:
    return Mark(role_name(m["role"]), m.start(), m.end())


def _colons(string: str) -> Iterator[int]:
    """Colons behind what may be a role: by its last character, and one that must stand before it."""
    for sign, colon in _COLONS:
        for m in colon.finditer(string) if sign in string else ():
            before = string[max(m.start() - 14, 0) : m.start()].rstrip(_PADDING)
            needs = _BEFORE_LAST.get(before[-1:])
            if before[-1:] in _LASTS and (needs is None or needs.search(before)):
                yield m.start()
