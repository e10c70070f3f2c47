"""The styles of item numbers: those of GB/T 9704-2012 §7.3.3 and their relatives, and their levels."""

from __future__ import annotations

from typing import NamedTuple

from ..numerals import NO_AMOUNT

NUMERAL = "[一二三四五六七八九十百〇零]"
FIGURE = "[0-9０-９]"
HAN, FIGURES = "一二三四五六七八九十百〇零", "0123456789０１２３４５６７８９"
_OPENING, _DASHES = "（(〔﹙", "-－—–―─━ー﹣"
_CJK = "[\u4e00-\u9fff“《〈]"
# 第三条第（一）项 is a citation, （一）项目管理 and （二）条件保障 are items
UNCITED = "(?!项(?!目)|款(?![项式])|条(?![件例块])|至)"
# 1.2020年底前…, 1.2018和2019年…: the item opens with a year, it is no decimal
# 4.12345平台…: or with five digits that count nothing (a hotline)
YEAR_ON = (
    rf"(?:{FIGURE}{{3}}\s?(?:[和与及、至到—～~-]\s?{FIGURE}{{4}}\s?)?年"
    rf"|{FIGURE}{{4}}{NO_AMOUNT})"
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
        rf"第\s?({NUMERAL}{{1,3}}|{FIGURE}{{1,2}})\s?(?:部分|编|篇)(?=[\s　：:、．.]|{_CJK}|$)[：:、．.]?",
        "第一部分 总体要求",
        "第",
        True,
    ),
    Style("第一章", 2, rf"第\s?({NUMERAL}{{1,3}}|{FIGURE}{{1,2}})\s?章", "第二章 组织机构", "第", True),
    Style("第一节", 3, rf"第\s?({NUMERAL}{{1,3}}|{FIGURE}{{1,2}})\s?节(?!课)", "第一节 申报", "第", True),
    Style(
        "第一条",
        4,
        rf"第\s?({NUMERAL}{{1,5}}|{FIGURE}{{1,3}})\s?条(?!规定|第|款|所|的|之|、|和|及|至|中|（(?:第|{NUMERAL}{{1,3}}）))[：:]?",
        "第三条 本办法所称…",
        "第",
        True,
    ),
    Style(
        "第一阶段",
        7,
        rf"第\s?({NUMERAL}{{1,2}}|{FIGURE}{{1,2}})\s?(?:阶段|步骤?|层次)(?=[\s　：:、，,。．.（(—-]|$)[：:、，,。．.]?",
        "第一阶段：动员部署（2月底前）。",
        "第",
        True,
    ),
    Style(
        "步骤一",
        7,
        rf"(?:步骤|阶段|任务|行动|环节|措施)({NUMERAL}{{1,2}}|{FIGURE}{{1,2}})[：:、．.\s　]",
        "任务一：摸底排查",
        "步阶任行环措",
        True,
    ),
    Style("第一，", 12, rf"第({NUMERAL}{{1,2}})[，、,：:]", "第一，提高认识。", "第"),
    Style("一是", 13, r"([一二三四五六七八九十]{1,2})是(?!否|非)", "一是加强内部督查。", HAN),
    Style("一要", 13, r"([一二三四五六七八九十]{1,2})要(?!求|点|素|么|件)", "一要反映工作动态。", HAN),
    Style(
        "一、",
        5,
        rf"({NUMERAL}{{1,4}})[ 　]{{0,2}}[、．.](?!\s?{NUMERAL}{{1,3}}(?:[、月季级类等年线号楼期批届产]|是|要))",
        "一、总体要求",
        HAN,
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
        rf"[（(〔﹙][ 　]{{0,2}}({NUMERAL}{{1,4}})[ 　]{{0,2}}[）)〕﹚]{UNCITED}[、．.]?",
        "（一）加强组织领导",
        _OPENING,
    ),
    Style("（-）", 6, rf"[（(]([{_DASHES}])[）)]", "（-）组织领导", _OPENING),
    Style("（一）", 6, r"([㈠-㈩])[、．.]?", "㈠组织领导", _between("㈠", "㈩")),
    Style("一）", 6, rf"({NUMERAL}{{1,3}})[）)]", "一）组织领导", HAN),
    Style(
        "1.1",
        9,
        rf"(?!{FIGURE}{{1,2}}[．.]{FIGURE}{{4}}\s?年)"
        rf"({FIGURE}{{1,2}}(?:[．.]{FIGURE}{{1,2}}){{1,3}})[．.、]?(?=[ 　\t]|{_CJK}){_UNITS}",
        "2.1.3 监测预警",
        FIGURES,
    ),
    Style("1.", 8, rf"({FIGURE}{{1,3}})[ 　]?[．.](?!{FIGURE}(?!{YEAR_ON}))", "1. 强化领导责任落实。", FIGURES),
    Style("1.", 8, r"([⒈-⒛])", "⒈强化领导责任", _between("⒈", "⒛")),
    Style("1、", 8, rf"({FIGURE}{{1,3}})[ 　]?[、，,](?!\s?{FIGURE}(?!{YEAR_ON}))", "1、落实单位包村任务。", FIGURES),
    Style(
        "（1）",
        10,
        rf"[（(][ 　]{{0,2}}({FIGURE}{{1,2}})[ 　]{{0,2}}[）)]{UNCITED}[、．.]?",
        "（1）制定清单",
        _OPENING,
    ),
    Style("（1）", 10, r"([⑴-⒇])[、．.]?", "⑴制定清单", _between("⑴", "⒇")),
    Style("1）", 11, rf"({FIGURE}{{1,2}})[）)]", "1）制定清单", FIGURES),
    Style("①", 12, r"([①-⑳])[、．.]?", "①制定清单", _between("①", "⑳")),
    Style("Ⅰ", 5, r"([Ⅰ-Ⅻ])[、．.]?", "Ⅰ. 总则", _between("Ⅰ", "Ⅻ")),
    Style("A.", 12, r"([A-H])[．.、](?![A-Za-z0-9])", "A. 申请表", "ABCDEFGH"),
    Style("a）", 12, r"[（(]?([a-h])[）)][、．.]?", "a）申请表", "abcdefgh" + _OPENING),
    Style("1", 8, rf"({FIGURE}{{1,2}})[ 　]{{0,4}}(?={_CJK}){_UNITS}", "1 总则", FIGURES),
    Style("一", 5, rf"({NUMERAL}{{1,2}})[ 　]{{1,4}}(?={_CJK})", "一 总体要求", HAN),
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
