"""Where a roster ends: at what follows it, at a line that names nobody, at the signature."""

from __future__ import annotations

import re

import regex

from ...organisations import is_organisation
from ...persons import ends_with_post, is_person, is_rare_person
from .chunks import Item

END = regex.compile(
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
    | (?:成员单位及其?)?(?:主要|工作|具体|小组|本组)?(?:职责|任务|职能)(?:分工)?[：:为是]
    | (?:以上|上述)(?:人员|成员|同志|组成|单位)
    | 组成人员(?:如|因)|成员因|人员因|如因|因工作|如有(?:变动|调整|人事)|今后|不再另行
    | [，,；;\n][^\S\n]*(?:[成组队委]员|副?组长|副?召集人|副?(?:总)?指挥长?|副?队长)(?:单位)?(?:由|为|包括)
    | [，,；;]\p{Han}{0,8}由(?<![自经事理缘因]由)
    | [，,；;][^\S\n]*(?:接替|不再|具体|负责|主要|统筹|承担|全面|办公室|领导|组织
        |下设|按照|共同|日常|各成员|办公地点|以确保|确保|加强|定期)
    | \n?(?:联系电话|联系人|办公电话|电话|办公地点|抄送|附件|来源|责任编辑|浏览|打印)[：:]?
    | [12]\d{3}年\d|[12]\d{3}[-./]\d|[二一][〇○零0oOΟ])
    """,
    regex.VERBOSE,
)


_LABEL = re.compile(
    r"(?<=[\s。，,；;)）])[一-鿿]{2,4}(?:范围|对象|区域|片区|地区|内容|乡镇|县区|路线|企业|行业|领域|时间|地点|方式|事项|项目|单位)"
    r"[ 　]*[：:]"
)
"""督查范围：, 包保乡镇：, 检查对象：: what the group does, behind its last seat."""


def label(string: str, start: int, end: int) -> int:
    """Where a label of something else begins that ends a roster's list, `end` where none does."""
    if string.find("：", start, end) < 0 and string.find(":", start, end) < 0:
        return end
    found = _LABEL.search(string, start, end)
    return found.start() if found else end


_PART = re.compile(r"\n[^\S\n]*[^\s，。；：:]{1,16}[组部班会办队]\Z")
"""…分管负责人 / 推进组|下设: a group whose kind has no name of its own in END."""


_OFFICE_OF = re.compile(r"\n[^\S\n]*(?P<name>[\u4e00-\u9fff]{2,12})\Z")
"""…、王某某 / 筹备|办公室下设: what the office is called."""


def before(string: str, start: int, found: regex.Match[str]) -> int:
    """Where the roster ends before what `found` tells: before the name of the group that it speaks of."""
    if found["group"]:
        return _before_group(string, start, found.start())
    part = _PART.search(string, max(start, found.start() - 20), found.start())
    if part is None and found[0].startswith("办公室"):
        part = _OFFICE_OF.search(string, max(start, found.start() - 16), found.start())
        part = part if part and not is_rare_person(part["name"]) else None
    return part.start() if part else found.start()


def _before_group(string: str, start: int, at: int) -> int:
    """Where the last post ends before a group's name: …派出所副所长|领导小组下设, …副所长 |东河县普查领导小组下设."""
    low = max(start, at - 40)
    begin = max(low, *(string.rfind(mark, low, at) + 1 for mark in " \n　\t、"))
    chunk = string[begin:at]
    if chunk.endswith(("）", ")")) or is_rare_person(chunk):
        return at
    for size in range(len(chunk), 1, -1):
        if ends_with_post(chunk[:size]) or (size == len(chunk) and is_organisation(chunk)):
            return begin + size
    if (m := _NAME_GLUED.fullmatch(chunk)) and is_person(m["name"]):
        return begin + m.end("name")
    return begin if begin > low else at


_NAME_GLUED = re.compile(r"(?P<name>[一-鿿]{2,3})(?:专项|整治|行动|检查|本)?(?:工作)?")
"""…高翔 林小明|工作小组办公室"""


def clip(items: list[Item]) -> list[Item]:
    """The items up to where the roster runs into other text (a signature, a paragraph), outer separators dropped."""
    names = any(i.kind == "N" for i in items)
    seen_name = False
    for n, item in enumerate(items):
        if item.kind == "N":
            seen_name = True
        elif item.kind == "\n":
            line = line_of(items, n + 1)
            named = any(i.kind == "N" for i in line)
            last = n + 1 + len(line) >= len(items)
            if names and seen_name and not named and not _seat_line(line, last):
                return trim(items[:n])
            if not names and n and (_long(line) or not _seat_line(line, False)):
                return trim(items[:n])
        elif item.kind == " " and seen_name and n + 1 < len(items) and _signature(items, n):
            return trim(items[:n])
    return trim(items)


def line_of(items: list[Item], start: int) -> list[Item]:
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


def trim(items: list[Item]) -> list[Item]:
    places = [n for n, i in enumerate(items) if i.kind in "NPB"]
    return items[places[0] : places[-1] + 1] if places else []
