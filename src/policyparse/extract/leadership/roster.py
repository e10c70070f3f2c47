"""The seats of one role of a roster (副组长：…), from clean lines as well as from posts and names run together.

A roster gives names first (韩　正　　国务院副总理), posts first (区财政局局长 张三), posts in brackets, or seats
without names (市教育局、市财政局). Its text is cut into chunks at white space and punctuation; a chunk is a name, a
post, or a post with the next name glued to it (…局副局长李某某); the first chunk tells the direction.
"""

from __future__ import annotations

import regex

from ...organisations import is_organisation
from ...persons import ends_with_post, is_person, is_rare_person
from ...squeeze import squeeze
from .bounds import END, before, clip, label, line_of, trim
from .chunks import Item, glued
from .items import read_items
from .seats import Seat, seats_of_list

_ALL = regex.compile(
    r"(?:以?及|和|与)?(?:[省市县区州旗镇乡街局]?[直属])?(?:各|有关|相关|其他|全体)\p{Han}"
    r"|[省市县区州旗]直(?:部门|单位)"
)
_AND_ALL = regex.compile(r"(?:以?及|和|与)(?:[省市县区镇乡街局][直属])?(?:各|有关|相关|其他)")
_OF_SEVERAL = regex.compile(
    r"(?:有关|相关)(?:处室|科室|股室|部门)?(?:主要)?(?:负责人|负责同志|人员|领导|同志)\Z"
    r"|^\p{Han}{2,12}\d{1,2}[名人位]\Z"
)
"""张三、县公安局有关负责人; 张三（局长）、专家2名: no post of one person."""
_ASIDE = regex.compile(
    r"[（(]\s*(?:[女男兼]|[按以]?照?姓[氏名]?笔[画划]\p{Han}{0,6}|[\p{Han}]{1,4}族|女，\p{Han}{1,4}族"
    r"|正?副?[处科县厅局乡]级|兼任)\s*[)）]"
)


def roster_seats(string: str, start: int, end: int, *, several: bool = False) -> tuple[list[Seat], int]:
    """Seats of `string[start:end]` (what follows 副组长：) and where the roster's text ends.

    `end` is the next role, or as far as the roster may reach; the roster may end before it.
    """
    end = label(string, start, end)
    found = END.search(string, start, end)
    while found and (_ends_name(string, start, found) or _bracketed(string, start, found)):
        found = END.search(string, found.end(), end)
    stop = before(string, start, found) if found else end
    items = read_items(string, start, stop)
    items = clip(trim(items))
    stop = items[-1].end if items else stop if found else end
    if all(i.kind != "N" for i in items):
        last = max((i.end for i in items), default=start)
        return seats_of_list(string, start, last, several=several), last
    return _build(string, items), stop


def _ends_name(string: str, start: int, found: regex.Match[str]) -> bool:
    """Whether 一、 ends one name of a list and another follows: 吴金一、黎梅富."""
    at = found.start()
    if found[0] not in _NUMERALS or at == start:
        return False
    before, after = _NAME_BEFORE.search(string, max(start, at - 5), at + 1), _NAME_AFTER.match(string, found.end())
    return before is not None and after is not None and is_person(before["name"]) and is_rare_person(after["name"])


def _bracketed(string: str, start: int, found: regex.Match[str]) -> bool:
    """张三（副局长，联系电话：0355-1234567）: in a bracket of one line."""
    at = found.start()
    open_ = max(string.rfind("（", start, at), string.rfind("(", start, at))
    if open_ < 0 or max(string.rfind("）", open_, at), string.rfind(")", open_, at)) >= 0:
        return False
    return _CLOSED.match(string, open_ + 1) is not None


_CLOSED = regex.compile(r"[^（(）)\n。]{0,60}+[）)]")
_PHONE = regex.compile(
    r"[、，,；;\s]*(?:联系|办公|手机)?(?:电话|手机|号码)?[：:]?\s*(?<!\d)(?:1\d{10}|0\d{2,3}[-－—]?\d{7,8}|\d{7,8})(?!\d)"
)
_NUMERALS = frozenset(f"{n}、" for n in "一二三四五六七八九十")
_NAME_BEFORE = regex.compile(r"(?<=^|[、，,；;：:\s])(?P<name>\p{Han}{2,4})\Z")
_NAME_AFTER = regex.compile(r"(?P<name>\p{Han}{2,6})(?=[、，,；;。\s（(])")


def opens_with_name(string: str, at: int) -> bool:
    """Whether a person's name, padded or not, stands at `at` (a roster line without colon: 组长　张三　局长)."""
    line = string.find("\n", at)
    items = glued(string, at, min(line if line >= 0 else len(string), at + 16))
    first = next((i for i in items if i.kind in "NPB"), None)
    return first is not None and first.kind == "N"


def _build(string: str, items: list[Item]) -> list[Seat]:
    """Seats of a segment that names persons; 甲、乙、丙　副镇长 have one post."""
    while items and items[0].kind == "B" and _ASIDE.fullmatch(items[0].text):
        items = trim(items[1:])  # 委员：（按姓氏笔画排序）
    if items and items[0].kind == "P" and (line := _for_all_above(items)):
        above = trim(items[:line])
        return [*seats_of_list(string, above[0].start, above[-1].end), *_build(string, trim(items[line:]))]
    first = next((i.kind for i in items if i.kind in "NPB"), "N")
    groups = _names_first(items) if first == "N" else _posts_first(items)
    seats: list[Seat] = []
    shared = 0
    for group in groups:
        found = _seats(string, trim(group))
        if shared and len(found) == 1 and found[0].post and [i.kind for i in group[:3]] == ["N", " ", "P"]:
            seats[-shared:] = [s._replace(post=found[0].post, end=found[0].end) for s in seats[-shared:]]
        seats.extend(found)
        shared = shared + 1 if [i.kind for i in group] == ["N", "、"] else 0
    return seats


def _for_all_above(items: list[Item]) -> int:
    """Where the first line ends that speaks of all (各村党支部书记、主任), when the next opens with a name."""
    if not items[0].text.startswith(_FOR_ALL):
        return 0
    line = next((n for n, i in enumerate(items) if i.kind == "\n"), 0)
    named = line and any(i.kind == "N" for i in items[:line])
    return line if line and not named and items[line + 1].kind == "N" else 0


_FOR_ALL = ("各", "有关", "相关", "其他")


def _names_first(items: list[Item]) -> list[list[Item]]:
    groups: list[list[Item]] = [[]]
    for n, item in enumerate(items):
        if item.kind == "N":
            opens = bool(groups[-1])
        else:
            opens = item.kind != "B" and (
                _own_seat(groups[-1], items[n : n + 2], item.kind) or _for_bodies(groups[-1], items[n : n + 10])
            )
        if opens:
            groups.append([])
        groups[-1].append(item)
    return groups


def _own_seat(group: list[Item], line: list[Item], mark: str) -> bool:
    """What follows a complete entry is a seat of its own: a line without name, after other marks only 各街道主要负责人.

    `line`: the mark and what stands behind it; 张三（局长）及各街道主要负责人 has no mark.
    """
    if mark not in " \n、，,；;P" or (line[-1].kind != "P" and mark != "P"):
        return False
    if mark == "P" and (not group or group[-1].kind != "B"):
        return False
    if mark in "、，," and _OF_SEVERAL.search(line[-1].text):
        return True
    if not any(i.kind in "PB" for i in group) and not (mark != "\n" and _for_all(line[-1].text)):
        return False  # 李某某　王某某　各科室主任: one that is for all follows bare names too
    if mark == "P":
        return _AND_ALL.match(line[0].text) is not None
    if mark == "\n":
        return not _goes_on(group, line[-1].text)
    if mark in "；;" and group[-1].kind in "PB" and is_organisation(line[-1].text):
        return True  # 张三，县商务局局长；县税务局、县统计局
    if mark not in " 、，,；;" or not (_ALL.match(line[-1].text) or _for_all(line[-1].text)):
        return False
    return any(i.kind == "N" for i in group) or _is_for_all(group)


def _for_all(text: str) -> bool:
    """各科室主任, 执法中队全体队员."""
    return text.startswith("各") or "全体" in text


def _for_bodies(group: list[Item], line: list[Item]) -> bool:
    """A seat for the heads of several bodies behind a complete entry.

    周涛 总务科、保卫科、信息科负责人 behind a bare name, and 周涛（局长）、县残联教就部负责人.
    """
    kinds = [i.kind for i in group]
    if len(line) < 2 or line[1].kind != "P":
        return False
    if kinds == ["N", "B"]:
        lone = len(line) == 2 or line[2].kind in "\n；;" or [i.kind for i in line[2:4]] == ["、", "P"]
        return line[0].kind in "、，" and lone and len(line[1].text) > _BARE_POST and ends_with_post(line[1].text)
    if kinds != ["N"] or line[0].kind != " " or any(i.kind != "、" for i in line[2:6:2]) or len(line) < 6:
        return False
    words = [line[1], *(b for a, b in zip(line[2::2], line[3::2], strict=False) if a.kind == "、")]
    return len(words) > 2 and all(w.kind == "P" for w in words) and all(is_organisation(w.text) for w in words[:2])


def _goes_on(group: list[Item], text: str) -> bool:
    """Whether a line goes on with the post above it: …服务管理 / 局党组书记, 县财政局 / 局长.

    县财政局 / 县公安局副局长 are two seats.
    """
    if len(group) > 1 and group[-1].kind in "、，," and group[-2].kind == "P":
        return not text.startswith(("各", "有关", "相关"))  # 市委常委、常务副市长、 / 市委秘书长
    above = group[-1].text if group[-1].kind == "P" else ""
    if not above or ends_with_post(above) or not ends_with_post(text) or text.startswith(("各", "有关", "相关")):
        return False
    return len(text) <= _BARE_POST if is_organisation(above) else ends_with_post(above + text)


_BARE_POST = 5
"""党组书记, 常务副局长; a longer one has its own body."""


def _is_for_all(group: list[Item]) -> bool:
    """张三（局长）、各年级主任|、各班班主任: a complete seat for all in a list of persons."""
    words = [i for i in group if i.kind in "PB"]
    return len(words) == 1 and words[0].text.startswith("各") and ends_with_post(words[0].text)


def _posts_first(items: list[Item]) -> list[list[Item]]:
    groups: list[list[Item]] = [[]]
    named = False
    for n, item in enumerate(items):
        if item.kind == "\n" and not named and _complete_seat(groups[-1], line_of(items, n + 1)):
            groups.append([])
        glued_on = [i.kind for i in items[n + 1 : n + 3]] == ["P", "N"]
        if item.kind in "、，" and glued_on and not named and _is_for_all(groups[-1]):
            groups.append([])  # 各班班主任、|食堂管理员张三
        bracketed = item.kind == "B" and items[0].kind == "B"  # （县财政局）张三　（县水利局）李四
        if named and (bracketed or (item.kind in "PN" and not _of_body(groups[-1], item))):
            groups.append([])
            named = False
        groups[-1].append(item)
        named = named or item.kind == "N"
    return groups


def _of_body(group: list[Item], item: Item) -> bool:
    """县财政局　金某某　副局长: the body, the name, and the post in a third column."""
    words = [i for i in group if i.kind in "NP"]
    return (
        item.kind == "P"
        and [i.kind for i in words] == ["P", "N"]
        and (group[-1].kind == " " or group[-1].end == item.start)
        and len(item.text) <= _BARE_POST
        and ends_with_post(item.text)
        and not ends_with_post(words[0].text)
        and is_organisation(words[0].text)
    )


def _complete_seat(group: list[Item], line: list[Item]) -> bool:
    """Whether a seat without name ends with the line: the next line opens with a post that has its own name."""
    return bool(group) and bool(line) and line[0].kind == "P" and any(i.kind == "N" for i in line)


def _seats(string: str, group: list[Item]) -> list[Seat]:
    if not group:
        return []
    start, end = group[0].start, group[-1].end
    name = next((i for i in group if i.kind == "N"), None)
    if name is None:
        return seats_of_list(string, start, end)
    runs: list[list[str]] = [[]]
    for item in group:
        if item.kind == "N" or (item.kind == "B" and _ASIDE.fullmatch(item.text)):
            runs.append([])  # what stands on both sides of a name is no one post
        elif item.kind == "B" and not any(map(any, runs)):
            runs[-1].append(item.text[1:-1])
            if squeeze("".join(runs[-1])):
                break  # 张三（所长）| says no more of his post
        else:
            runs[-1].append("" if item.kind in " \n" else item.text)
    posts = [squeeze("".join(run)).strip("、，,；;/：: ") for run in runs]
    if any(c.isdigit() for c in string[end - 2 : end]):
        posts = [_PHONE.sub("", p) for p in posts]
    post = max(posts, key=lambda p: (ends_with_post(p), len(p)))
    return [Seat(squeeze(name.text), post or None, start, end)]
