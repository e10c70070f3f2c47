"""Item numbers: the styles of GB/T 9704-2012 §7.3.3 and their relatives, and how to find them in text.

Finding a marker is cheap and generous; whether it really numbers an item is decided in `outline.py` by continuity.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .numerals import NO_AMOUNT, from_int, to_int
from .text import Line, new

_H = "[一二三四五六七八九十百〇零]"
_A = "[0-9０-９]"
_HAN, _FIGURES = "一二三四五六七八九十百〇零", "0123456789０１２３４５６７８９"
_OPENING, _DASHES = "（(〔﹙", "-－—–―─━ー﹣"
_CJK = "[\u4e00-\u9fff“《〈]"
# 第三条第（一）项 is a citation, （一）项目管理 and （二）条件保障 are items
_UNCITED = "(?!项(?!目)|款(?![项式])|条(?![件例块])|至)"
# 1.2020年底前…, 1.2018和2019年…: the item opens with a year, it is no decimal
# 4.12345平台…: or with five digits that count nothing (a hotline)
_YEAR_ON = (
    rf"(?:{_A}{{3}}\s?(?:[和与及、至到—～~-]\s?{_A}{{4}}\s?)?年"
    rf"|{_A}{{4}}{NO_AMOUNT})"
)
# 3.2亿元, 24家银行, 1个月 … are amounts, not numbers of items; 2.1 时间, 3 家庭教育, 4 分工 are items
_UNITS = (
    r"(?!\s{0,2}(?:年(?!度)|月(?!度)|日(?!常|程)|号|时(?!间|限)|分(?![析类工级布配散组阶步期])|秒|个(?![人体别性])|项(?!目)"
    r"|条(?!件|例)|家(?![庭长属校])|户(?!籍|外)|人(?![员才口民事力大工文])|名(?![称单录词])|次(?!序)|倍|元|万|亿|千|百|%|％|℃"
    r"|米|吨|亩|度(?!量)|只|台(?!账)|套|所(?!有|属)|座|处(?![理置室罚])|类(?![别型])|种(?![类植子])|届|期(?!限)|批(?![准复])|周(?![边期])"
    r"|天(?!然)|岁|折|版(?!本)|代(?![表码理]))"
    r"|\s{0,2}(?:[区县乡镇村]|市(?!场)|公里|平方|小时|季度|以上|以下))"
)


class Style(NamedTuple):
    """A numbering style. `pattern` has one group: the numeral. `rank` is the usual order of levels."""

    name: str
    rank: int
    pattern: str
    example: str
    firsts: str
    """Characters one of which every marker of the style begins with."""
    whole: bool = False
    """The number as written is the whole marker (第三条), not the numeral alone."""


def _between(first: str, last: str) -> str:
    return "".join(chr(code) for code in range(ord(first), ord(last) + 1))


STYLES: tuple[Style, ...] = (
    Style(
        "第一部分",
        1,
        rf"第\s?({_H}{{1,3}}|{_A}{{1,2}})\s?(?:部分|编|篇)(?=[\s　：:、．.]|{_CJK}|$)[：:、．.]?",
        "第一部分 总体要求",
        "第",
        True,
    ),
    Style("第一章", 2, rf"第\s?({_H}{{1,3}}|{_A}{{1,2}})\s?章", "第二章 组织机构", "第", True),
    Style("第一节", 3, rf"第\s?({_H}{{1,3}}|{_A}{{1,2}})\s?节(?!课)", "第一节 申报", "第", True),
    Style(
        "第一条",
        4,
        rf"第\s?({_H}{{1,5}}|{_A}{{1,3}})\s?条(?!规定|第|款|所|的|之|、|和|及|至|中|（(?:第|{_H}{{1,3}}）))[：:]?",
        "第三条 本办法所称…",
        "第",
        True,
    ),
    Style(
        "第一阶段",
        7,
        rf"第\s?({_H}{{1,2}}|{_A}{{1,2}})\s?(?:阶段|步骤?|层次)(?=[\s　：:、，,。．.（(—-]|$)[：:、，,。．.]?",
        "第一阶段：动员部署（2月底前）。",
        "第",
        True,
    ),
    Style(
        "步骤一",
        7,
        rf"(?:步骤|阶段|任务|行动|环节|措施)({_H}{{1,2}}|{_A}{{1,2}})[：:、．.\s　]",
        "任务一：摸底排查",
        "步阶任行环措",
        True,
    ),
    Style("第一，", 12, rf"第({_H}{{1,2}})[，、,：:]", "第一，提高认识。", "第"),
    Style("一是", 13, r"([一二三四五六七八九十]{1,2})是(?!否|非)", "一是加强内部督查。", _HAN),
    Style("一要", 13, r"([一二三四五六七八九十]{1,2})要(?!求|点|素|么|件)", "一要反映工作动态。", _HAN),
    Style(
        "一、",
        5,
        rf"({_H}{{1,4}})[ 　]{{0,2}}[、．.](?!\s?{_H}{{1,3}}(?:[、月季级类等年线号楼期批届产]|是|要))",
        "一、总体要求",
        _HAN,
    ),
    Style(
        "壹、",
        4,
        r"([壹贰叁肆伍陆柒捌玖拾]{1,3})(?:[ 　]{0,2}[、．.]|[ 　]{1,4}(?=[\u4e00-\u9fff]))",
        "壹、总则",
        "壹贰叁肆伍陆柒捌玖拾",
    ),
    Style("-、", 5, rf"([{_DASHES}])[ 　]{{0,2}}、", "-、政策措施", _DASHES),
    Style(
        "（一）",
        6,
        rf"[（(〔﹙][ 　]{{0,2}}({_H}{{1,4}})[ 　]{{0,2}}[）)〕﹚]{_UNCITED}[、．.]?",
        "（一）加强组织领导",
        _OPENING,
    ),
    Style("（-）", 6, rf"[（(]([{_DASHES}])[）)]", "（-）组织领导", _OPENING),
    Style("（一）", 6, r"([㈠-㈩])[、．.]?", "㈠组织领导", _between("㈠", "㈩")),
    Style("一）", 6, rf"({_H}{{1,3}})[）)]", "一）组织领导", _HAN),
    Style(
        "1.1",
        9,
        rf"(?!{_A}{{1,2}}[．.]{_A}{{4}}\s?年)"
        rf"({_A}{{1,2}}(?:[．.]{_A}{{1,2}}){{1,3}})[．.、]?(?=[ 　\t]|{_CJK}){_UNITS}",
        "2.1.3 监测预警",
        _FIGURES,
    ),
    Style("1.", 8, rf"({_A}{{1,3}})[ 　]?[．.](?!{_A}(?!{_YEAR_ON}))", "1. 强化领导责任落实。", _FIGURES),
    Style("1.", 8, r"([⒈-⒛])", "⒈强化领导责任", _between("⒈", "⒛")),
    Style("1、", 8, rf"({_A}{{1,3}})[ 　]?[、，,](?!\s?{_A}(?!{_YEAR_ON}))", "1、落实单位包村任务。", _FIGURES),
    Style(
        "（1）",
        10,
        rf"[（(][ 　]{{0,2}}({_A}{{1,2}})[ 　]{{0,2}}[）)]{_UNCITED}[、．.]?",
        "（1）制定清单",
        _OPENING,
    ),
    Style("（1）", 10, r"([⑴-⒇])[、．.]?", "⑴制定清单", _between("⑴", "⒇")),
    Style("1）", 11, rf"({_A}{{1,2}})[）)]", "1）制定清单", _FIGURES),
    Style("①", 12, r"([①-⑳])[、．.]?", "①制定清单", _between("①", "⑳")),
    Style("Ⅰ", 5, r"([Ⅰ-Ⅻ])[、．.]?", "Ⅰ. 总则", _between("Ⅰ", "Ⅻ")),
    Style("A.", 12, r"([A-H])[．.、](?![A-Za-z0-9])", "A. 申请表", "ABCDEFGH"),
    Style("a）", 12, r"[（(]?([a-h])[）)][、．.]?", "a）申请表", "abcdefgh" + _OPENING),
    Style("1", 8, rf"({_A}{{1,2}})[ 　]{{0,4}}(?={_CJK}){_UNITS}", "1 总则", _FIGURES),
    Style("一", 5, rf"({_H}{{1,2}})[ 　]{{1,4}}(?={_CJK})", "一 总体要求", _HAN),
)

PARAGRAPH, HEADING = "paragraph", "heading"
"""Levels without a number: a paragraph that holds items, a section whose heading has none."""
RANK = {s.name: s.rank for s in STYLES} | {HEADING: 0, PARAGRAPH: 99}
SISTERS = {
    # a slip of the pen inside one list: 1. 2、 3. or （1）（2）3）; also a lost point (1降低成本 2.…)
    "1.": ("1、", "1"),
    "1、": ("1.", "1"),
    "1": ("1.", "1、"),
    "（1）": ("1）",),
    "1）": ("（1）",),
    "（一）": ("一）",),
    "一）": ("（一）",),
    "一": ("一、",),
    "一、": ("一",),
}
BARE = frozenset(("1", "一"))

OF_DASH = {"-、": "一、", "（-）": "（一）"}
"""A scanner's dash for 一 and the style it stands for."""


def _dispatch() -> dict[str, re.Pattern[str]]:
    """First character -> the styles that may begin with it, as one pattern."""
    styles_of: dict[str, tuple[int, ...]] = {}
    for i, style in enumerate(STYLES):
        for c in style.firsts:
            styles_of[c] = (*styles_of.get(c, ()), i)
    made = {key: re.compile("|".join(f"(?P<s{i}>{STYLES[i].pattern})" for i in key)) for key in set(styles_of.values())}
    return {c: made[key] for c, key in styles_of.items()}


_AT_LINE = _dispatch()
_LEAD_IN = " \t　*#>"
_OPENERS = frozenset(_AT_LINE) | frozenset(_LEAD_IN)
"""A line that begins with none of these has no marker."""
_STYLE_OF = {f"s{i}": style for i, style in enumerate(STYLES)}
_LEAD = re.compile(r"[ \t　*#>]{0,8}")
_AFTER = re.compile(r"[ \t　*]{0,8}")
# 一、总体要求…………3: a line of a table of contents
_LEADERS = re.compile(r"[.．…·]{3}[.．…·\s]{0,200}[0-9]{0,3}\s*$")
_LEADER_ENDS = frozenset(".．…·0123456789 ")
_ASKED = frozenset(_HAN + _FIGURES + _LEAD_IN + "\xa0、．.，,项款条至否非")
"""What the patterns may ask for right behind the usual numbers: （一）项目 is one, （一）项 is not."""
_OFFSETS = ((0x2460, 0x2473), (0x2474, 0x2487), (0x2488, 0x249B), (0x3220, 0x3229), (0x2160, 0x216B))


class Marker(NamedTuple):
    """A possible item number at `start`; the item's text begins at `content`."""

    start: int
    content: int
    style: str
    value: int
    """0 when the numeral cannot be read (-、)."""
    number: str
    written: str
    line: int
    inline: bool = False
    prefix: tuple[int, ...] = ()
    """Of 2.1.3: (2, 1)."""


@lru_cache(maxsize=1024)
def _value(numeral: str) -> int:
    code = ord(numeral[0])
    if len(numeral) == 1 and code > 0x2000:
        for first, last in _OFFSETS:
            if first <= code <= last:
                return code - first + 1
    if len(numeral) == 1 and numeral.isascii() and numeral.isalpha():
        return ord(numeral.upper()) - 64
    return to_int(numeral) or 0


def line_marker(string: str, start: int, stop: int, index: int) -> Marker | None:
    """The marker at the start of line `index`, `string[start:stop]`."""
    if start == stop or string[start] not in _OPENERS:
        return None
    form = string[start : start + 3]
    usual = _USUAL.get(form) or _USUAL.get(form[:2])
    if usual is not None:
        style, value, number, written, prefix, size = usual
        content = start + size
        if content < stop and string[content] not in _ASKED and string[stop - 1] not in _LEADER_ENDS:
            return new(Marker, (start, content, style, value, number, written, index, False, prefix))
    return _any_marker(string, start, stop, index)


def _any_marker(string: str, start: int, stop: int, index: int) -> Marker | None:
    """The marker at the start of the line, of whatever style and in front of whatever text."""
    first = start
    if start < stop and string[start] in _LEAD_IN and (lead := _LEAD.match(string, start, stop)):
        start = lead.end()
    pattern = _AT_LINE.get(string[start]) if start < stop else None
    m = pattern.match(string, start, stop) if pattern else None
    if m is None or m.lastgroup is None or m.lastindex is None:
        return None
    end = m.end()
    if string[stop - 1] in _LEADER_ENDS and _LEADERS.search(string, max(end, stop - 60), stop):
        return None
    written, numeral = m.group(0, m.lastindex + 1)
    name, value, number, written, prefix = _read(m.lastgroup, numeral, written)
    if not value and name not in OF_DASH:
        return None
    if end < stop and string[end] in " \t　*" and (blanks := _AFTER.match(string, end, stop)):
        end = blanks.end()
    return new(Marker, (first, end, name, value, number, written, index, False, prefix))


@lru_cache(maxsize=1024)
def _read(group: str, numeral: str, written: str) -> tuple[str, int, str, str, tuple[int, ...]]:
    """Style, value, number and marker as written, and of 2.1.3 what stands before the last figure: (2, 1)."""
    style, written = _STYLE_OF[group], written.strip()
    number = written.rstrip("：:、，,。．. ") if style.whole else numeral
    if style.name == "1.1":
        figures = [to_int(f) or 0 for f in re.split("[．.]", numeral)]
        return style.name, figures[-1], number, written, tuple(figures[:-1])
    return style.name, 0 if style.name in OF_DASH else _value(numeral), number, written, ()


def _usual() -> dict[str, tuple[str, int, str, str, tuple[int, ...], int]]:
    """What the patterns make of the numbers that most items have, with the blank behind, and how long these are."""
    han, figures = [from_int(n) for n in range(1, 100)], range(1, 100)
    forms = [form.format(n) for form in ("{}、", "（{}）", "{}是") for n in han]
    forms += [form.format(n) for form in ("{}.", "{}. ", "{}、", "（{}）") for n in figures]
    found = {form: _any_marker(form + "某", 0, len(form) + 1, 0) for form in forms if 2 <= len(form) <= 3}
    return {form: (m.style, m.value, m.number, m.written, m.prefix, m.content) for form, m in found.items() if m}


_USUAL = _usual()


class _Inline(NamedTuple):
    """A style of items inside a paragraph; `seconds` are the ways to write its 2."""

    style: str
    seconds: tuple[str, ...]
    pattern: re.Pattern[str]
    word: bool = False
    """一是/一要/第一: items of a sentence even when the paragraph begins with the first of them."""


_STOP = r"(?<![^。；;：:，,！？!?、）)”’\"—\s　])"
_FULL = r"(?<![^。；;：:！？!?）)”’\s　])"
# 四、工作要求1.加强领导。…2.…: the first number glued to the heading (not 附件1、表1)
_GLUED = r"(?<=[\u4e00-\u9fff])(?<![第件表图注附约达为至])"
_INLINE: tuple[_Inline, ...] = (
    _Inline("一是", ("二是",), re.compile(_STOP + r"([一二三四五六七八九十]{1,2})是(?!否|非)"), True),
    _Inline("一要", ("二要",), re.compile(_STOP + r"([一二三四五六七八九十]{1,2})要(?!求|点|素|么|件)"), True),
    _Inline("第一，", ("二，", "二、", "二,"), re.compile(_STOP + r"第([一二三四五六七八九十]{1,2})[，、,]"), True),
    _Inline(
        "（一）",
        ("二）", "二)"),
        re.compile(rf"(?<![第条款见按和与及至])[（(][ ]?({_H}{{1,3}})[ ]?[）)]{_UNCITED}(?![、和及])"),
    ),
    _Inline("1.", ("2.", "2．"), re.compile(rf"({_GLUED}1|{_FULL}{_A}{{1,2}})[．.](?!{_A}(?!{_YEAR_ON}))")),
    _Inline("1、", ("2、",), re.compile(rf"({_GLUED}1|{_FULL}{_A}{{1,2}})、(?!\s?{_A})")),
    _Inline(
        "（1）",
        ("2）", "2)"),
        re.compile(rf"(?<![第条款见按和与及至0-9])[（(][ ]?({_A}{{1,2}})[ ]?[）)]{_UNCITED}(?![、和及])"),
    ),
    _Inline("①", ("②",), re.compile(rf"(?<![第条款见按和与及至])([①-⑳]){_UNCITED}(?![、和及])")),
)
_KIND_OF_SECOND = {word: kind for kind in _INLINE for word in kind.seconds}
_KIND_OF_STYLE = {kind.style: kind for kind in _INLINE if not kind.word}
_POINTS = tuple((sign, re.compile(rf"[{sign}](?<=[^\n]\d[{sign}])")) for sign in ".．")
"""The point behind a figure, but for that of a figure which begins the line."""
_THIRD = str.maketrans("2二②", "3三③")
_SENTENCES = frozenset(("1.", "1、"))
"""Styles whose items are sentences of their own when each ends with a stop."""
_MIN_ITEM = 3


def inline_runs(
    string: str, lines: tuple[Line, ...], starts: Sequence[int], firsts: dict[int, Marker]
) -> dict[int, list[list[Marker]]]:
    """Runs of items inside one paragraph (一是…；二是…), by line index: each without gap, at least two.

    A run begins with 1, or with the number of the paragraph itself (`firsts`: markers at the starts of lines).
    """
    places = {(i, kind.style): kind for i, kind in _lines_with_seconds(string, lines, starts)}
    places |= {(i, kind.style): kind for i, kind in _lines_that_count_on(string, lines, firsts)}
    places |= {(i, "1."): _KIND_OF_STYLE["1."] for i in _lines_with_figures(string, lines, starts, firsts)}
    found: dict[int, list[list[Marker]]] = {}
    for (index, _), kind in sorted(places.items()):
        runs = [r for r in _runs(string, lines[index], index, kind) if len(r) > 1]
        if runs:
            found.setdefault(index, []).extend(runs)
    return found


def _lines_with_seconds(string: str, lines: tuple[Line, ...], starts: Sequence[int]) -> Iterator[tuple[int, _Inline]]:
    """Lines that hold a 2 of some style. Looking for the digit alone is far cheaper than for 二是, 二要, 2. …"""
    kind_of = _KIND_OF_SECOND.get
    for digit, size in (("二", 2), ("2", 2), ("②", 1)):
        at = string.find(digit)
        while at >= 0:
            kind = kind_of(string[at : at + size])
            if kind is not None:
                line = lines[i := bisect_right(starts, at) - 1]
                # a line that begins with 2. holds a run only if it holds 3. too
                if (
                    at < line.end
                    and line.table is None
                    and not line.meta
                    and (at - line.start > 2 or string.find(digit.translate(_THIRD), at, line.end) >= 0)
                ):
                    yield i, kind
            at = string.find(digit, at + 1)


def _lines_that_count_on(
    string: str, lines: tuple[Line, ...], firsts: dict[int, Marker]
) -> Iterator[tuple[int, _Inline]]:
    """（五）… （六）…: lines that begin with a number and go on with the next; 5.… 6.… are known by their points."""
    _, _, styles, values, *_ = zip(*firsts.values(), strict=True) if firsts else [()] * 4
    for i, style, value in zip(firsts, styles, values, strict=True):
        if value > 1 and style != "1." and style in _KIND_OF_STYLE and _counts_on(string, lines[i], firsts[i]):
            yield i, _KIND_OF_STYLE[style]


def _counts_on(string: str, line: Line, m: Marker) -> bool:
    """Whether the next number stands anywhere in the line that `m` begins."""
    return string.find(_next_numeral(m.style, m.number, m.value), m.content, line.end) >= 0


def _lines_with_figures(
    string: str, lines: tuple[Line, ...], starts: Sequence[int], firsts: dict[int, Marker]
) -> Iterator[int]:
    """（四）建设标准茶园。5.推广良种…。6.改造…: numbers that run on through the sections, inside a line."""
    for sign, pattern in _POINTS:
        for m in pattern.finditer(string) if sign in string else ():
            at = m.start()
            line = lines[i := bisect_right(starts, at) - 1]
            if at < line.end and line.table is None and not line.meta:
                inside = at - line.start > 5 and not string[at + 1 : at + 2].isdecimal()
                first = None if inside else firsts.get(i)
                if inside or (first and first.style == "1." and first.value > 1 and _counts_on(string, line, first)):
                    yield i


@lru_cache(maxsize=1024)
def _next_numeral(style: str, number: str, value: int) -> str:
    if style == "①":
        return chr(0x2460 + value)
    return str(value + 1) if number.isascii() else from_int(value + 1)


def _runs(string: str, line: Line, index: int, kind: _Inline) -> list[list[Marker]]:
    """Greedy runs 1, 2, 3 …; a run that begins with the line's own number may begin anywhere (3. … 4. …)."""
    runs: list[list[Marker]] = []
    for m in kind.pattern.finditer(string, line.start, line.end):
        value = _value(m.group(1))
        after = _AFTER.match(string, m.end(), line.end)
        end = after.end() if after else m.end()
        last = runs[-1] if runs else None
        joins = last is not None and value == last[-1].value + 1 and m.start() - last[-1].content >= _MIN_ITEM
        if not (joins or value == 1 or kind.style == "1." or _opens_line(string, line, m.start())):
            continue
        marker = Marker(m.start(), end, kind.style, value, m.group(1), m.group(), index, True)
        if joins and last is not None:
            last.append(marker)
        else:
            runs.append([marker])
    for run in runs:
        opens = not kind.word and _opens_line(string, line, run[0].start)
        if opens or (
            kind.style in _SENTENCES and len(run) > 1 and all(string[r.start - 1] in "。；)）" for r in run[1:])
        ):
            run[:] = [r._replace(inline=False) for r in run]  # paragraphs run together on one line
        if opens:
            run[0] = run[0]._replace(start=line.start)
    return runs


def _opens_line(string: str, line: Line, at: int) -> bool:
    return at - line.start <= 8 and not string[line.start : at].strip(" \t　*#>")
