"""The seats of one role of a roster (副组长：…), from clean lines as well as from posts and names run together.

A roster gives names first (韩　正　　国务院副总理), posts first (区财政局局长 张三), posts in brackets, or seats
without names (市教育局、市财政局). Its text is cut into chunks at white space and punctuation; a chunk is a name, a
post, or a post with the next name glued to it (…局副局长李某某); the first chunk tells the direction.
"""

from __future__ import annotations

import re

import regex

from ...organisations import is_organisation
from ...persons import ends_with_post, is_person
from ...squeeze import squeeze
from .chunks import Item, glued
from .items import read_items
from .seats import Seat, seats_of_list

_ALL = regex.compile(
    r"(?:以?及|和|与)?(?:[省市县区州旗镇乡街局]?[直属])?(?:各|有关|相关|其他)\p{Han}"
    r"|[省市县区州旗]直(?:部门|单位)"
)
_AND_ALL = regex.compile(r"(?:以?及|和|与)(?:[省市县区镇乡街局][直属])?(?:各|有关|相关|其他)")
_ASIDE = regex.compile(
    r"[（(]\s*(?:[女男兼]|[按以]?照?姓[氏名]?笔[画划]\p{Han}{0,6}|[\p{Han}]{1,4}族|女，\p{Han}{1,4}族"
    r"|正?副?[处科县厅局乡]级|兼任)\s*[)）]"
)
_END = regex.compile(
    r"""(?=[。！？\n一二三四五六七八九十（(领指专联工委办下内挂设常小主具本职任以上组成人因如今不筹安，,；;电抄附来责浏打12])(?:
      [。！？]
    | \n[^\S\n]*(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、．.](?!\d)
        |\d{1,2}(?:[.．]\d{1,2}){1,3}[ 　]
        |第[一二三四五六七八九十]{1,3}[章条]|附件|附[：:])
    | (?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）])(?=\p{Han})
    | (?P<group>领导小组|领导组|指挥部|专班|联席会议|工作组|[组筹安]委会|委员会)?
        (?:办公室)?(?:下设|内设|挂靠|设[在立于]|常设)
    | (?P<group>领导小组|领导组|指挥部|专班|联席会议|工作组|小组|[组筹安]委会|委员会(?=办公室))
        (?:办公室|成员(?!单位)|负责|主要|的|日常|组成|实行|定期|不定期|统筹|各成员|全体|职责)
        (?!主任|副主任|负责人|综合|成员)
    | (?:主要|工作|具体|小组|本组)?(?:职责|任务|职能)(?:分工)?[：:为是]
    | (?:以上|上述)(?:人员|成员|同志|组成|单位)
    | 组成人员(?:如|因)|成员因|人员因|如因|因工作|如有(?:变动|调整|人事)|今后|不再另行
    | [，,；;\n][^\S\n]*(?:成员|组员|副?组长|副?召集人|副?(?:总)?指挥长?|副?队长)(?:单位)?(?:由|为|包括)
    | [，,；;][^\S\n]*(?:接替|不再|具体|负责|主要|统筹|承担|全面|办公室|领导|组织
        |下设|按照|共同|日常|各成员|办公地点|以确保|确保|加强|定期)
    | \n?(?:联系电话|联系人|办公电话|电话|办公地点|抄送|附件|来源|责任编辑|浏览|打印)[：:]?
    | [12]\d{3}年\d|[12]\d{3}[-./]\d|[二一][〇○零0oOΟ])
    """,
    regex.VERBOSE,
)


def roster_seats(string: str, start: int, end: int, *, several: bool = False) -> tuple[list[Seat], int]:
    """Seats of `string[start:end]` (what follows 副组长：) and where the roster's text ends.

    `end` is the next role, or as far as the roster may reach; the roster may end before it.
    """
    found = _END.search(string, start, end)
    stop = _before(string, start, found) if found else end
    items = read_items(string, start, stop)
    items = _clip(_trim(items))
    stop = items[-1].end if items else stop if found else end
    if all(i.kind != "N" for i in items):
        last = max((i.end for i in items), default=start)
        return seats_of_list(string, start, last, several=several), last
    return _build(string, items), stop


def opens_with_name(string: str, at: int) -> bool:
    """Whether a person's name, padded or not, stands at `at` (a roster line without colon: 组长　张三　局长)."""
    line = string.find("\n", at)
    items = glued(string, at, min(line if line >= 0 else len(string), at + 16))
    first = next((i for i in items if i.kind in "NPB"), None)
    return first is not None and first.kind == "N"


_PART = re.compile(r"\n[^\S\n]*[^\s，。；：:]{1,16}[组部班会办队]\Z")
"""…分管负责人 / 推进组|下设: a group whose kind has no name of its own in _END."""


def _before(string: str, start: int, found: regex.Match[str]) -> int:
    """Where the roster ends before what `found` tells: before the name of the group that it speaks of."""
    if found["group"]:
        return _before_group(string, start, found.start())
    part = _PART.search(string, max(start, found.start() - 20), found.start())
    return part.start() if part else found.start()


def _before_group(string: str, start: int, at: int) -> int:
    """Where the last post ends before a group's name: …派出所副所长|领导小组下设, …副所长 |东河县普查领导小组下设."""
    low = max(start, at - 40)
    begin = max(low, *(string.rfind(mark, low, at) + 1 for mark in " \n　\t、"))
    chunk = string[begin:at]
    for size in range(len(chunk), 1, -1):
        if ends_with_post(chunk[:size]) or (size == len(chunk) and is_organisation(chunk)):
            return begin + size
    if (m := _NAME_GLUED.fullmatch(chunk)) and is_person(m["name"]):
        return begin + m.end("name")
    return begin if begin > low else at


_NAME_GLUED = re.compile(r"(?P<name>[一-鿿]{2,3})(?:专项|整治|行动|检查|本)?(?:工作)?")
"""…高翔 林小明|工作小组办公室"""


def _clip(items: list[Item]) -> list[Item]:
    """The items up to where the roster runs into other text (a signature, a paragraph), outer separators dropped."""
    names = any(i.kind == "N" for i in items)
    seen_name = False
    for n, item in enumerate(items):
        if item.kind == "N":
            seen_name = True
        elif item.kind == "\n":
            line = _line(items, n + 1)
            named = any(i.kind == "N" for i in line)
            last = n + 1 + len(line) >= len(items)
            if names and seen_name and not named and not _seat_line(line, last):
                return _trim(items[:n])
            if not names and n and (_long(line) or not _seat_line(line, False)):
                return _trim(items[:n])
        elif item.kind == " " and seen_name and n + 1 < len(items) and _signature(items, n):
            return _trim(items[:n])
    return _trim(items)


def _line(items: list[Item], start: int) -> list[Item]:
    stop = next((n for n in range(start, len(items)) if items[n].kind == "\n"), len(items))
    return items[start:stop]


def _long(line: list[Item]) -> bool:
    return bool(line) and line[-1].end - line[0].start > 200


def _seat_line(line: list[Item], last: bool) -> bool:
    """A line without a name that still belongs to the roster: 各乡镇主要负责人, 市教育局, a post under its name.

    In the `last` line of the stretch an organisation alone is rather the signature.
    """
    words = [i for i in line if i.kind == "P"]
    if not words:
        return not line or line[0].kind == "B"
    text = words[-1].text
    if ends_with_post("".join(i.text for i in line)) or text.endswith(("人员", "单位", "领导", "同志", "人")):
        return True
    return is_organisation(text) and (not last or text.startswith("各"))


def _signature(items: list[Item], n: int) -> bool:
    """Whether after a complete post an organisation stands alone at the end (…局副局长 某某区管委会办公室)."""
    before, after = items[n - 1], items[n + 1]
    return (
        before.kind == "P"
        and after.kind == "P"
        and n + 2 == len(items)
        and ends_with_post(before.text)
        and not ends_with_post(after.text)
        and is_organisation(after.text)
    )


def _trim(items: list[Item]) -> list[Item]:
    places = [n for n, i in enumerate(items) if i.kind in "NPB"]
    return items[places[0] : places[-1] + 1] if places else []


def _build(string: str, items: list[Item]) -> list[Seat]:
    """Seats of a segment that names persons; 甲、乙、丙　副镇长 have one post."""
    while items and items[0].kind == "B" and _ASIDE.fullmatch(items[0].text):
        items = _trim(items[1:])  # 委员：（按姓氏笔画排序）
    first = next((i.kind for i in items if i.kind in "NPB"), "N")
    groups = _names_first(items) if first == "N" else _posts_first(items)
    seats: list[Seat] = []
    shared = 0
    for group in groups:
        found = _seats(string, _trim(group))
        if shared and len(found) == 1 and found[0].post and [i.kind for i in group[:3]] == ["N", " ", "P"]:
            seats[-shared:] = [s._replace(post=found[0].post, end=found[0].end) for s in seats[-shared:]]
        seats.extend(found)
        shared = shared + 1 if [i.kind for i in group] == ["N", "、"] else 0
    return seats


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
    if not any(i.kind in "PB" for i in group) and not (mark != "\n" and line[-1].text.startswith("各")):
        return False  # 李某某　王某某　各科室主任: one that is for all follows bare names too
    if mark == "P":
        return _AND_ALL.match(line[0].text) is not None
    if mark == "\n":
        return not _goes_on(group, line[-1].text)
    if mark not in " 、，,；;" or _ALL.match(line[-1].text) is None:
        return False
    return any(i.kind == "N" for i in group) or _is_for_all(group)


def _for_bodies(group: list[Item], line: list[Item]) -> bool:
    """A seat for the heads of several bodies behind a complete entry.

    周涛 总务科、保卫科、信息科负责人 behind a bare name, and 周涛（局长）、县残联教就部负责人.
    """
    kinds = [i.kind for i in group]
    if len(line) < 2 or line[1].kind != "P":
        return False
    if kinds == ["N", "B"]:
        lone = len(line) == 2 or line[2].kind in "\n；;"
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
        if item.kind == "\n" and not named and _complete_seat(groups[-1], _line(items, n + 1)):
            groups.append([])
        if named and item.kind in "PN" and not _of_body(groups[-1], item):
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
        and group[-1].kind == " "
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
    post = max(posts, key=lambda p: (ends_with_post(p), len(p)))
    return [Seat(squeeze(name.text), post or None, start, end)]
