"""Signature and date, run on to the last sentence, and the enclosed text behind them."""

from __future__ import annotations

import re

from ..draft import trimmed
from .shared import BODY, BODY_START, CN, ENCLOSED, ORGAN

_REACH = 120
"""A signature stands so near before its date."""
_TOLD = 6
"""A title told again is known by so many characters at its beginning."""
_DATES = re.compile(  # the first character on its own lets `re` jump from one to the next
    r"[12二一](?:(?<=[12])[09]\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
    rf"|(?<=[二一])[〇○ＯO0零oо{CN}]{{3}}年[{CN}]{{1,3}}月[{CN}]{{1,3}}日)"
)
_PRINTED = re.compile(r"\s*印发(?![《的〈“])")
"""某市人民政府办公室2019年3月5日|印发; not 印发《某某方案》."""
_NOT_SIGNED = re.compile(r"\s?(?:[至\-—–~～前后起以之印发布，,、；;的召期]|会议|修订|通过|施行|实施|开始|公布)")
"""2019年3月5日前, 2019年3月5日起施行: a date in a sentence."""
_ACTING = re.compile(r"[（(][\u4e00-\u9fff]{2,24}代[章印]?[)）]\s*$")
"""某某领导小组办公室（市发展改革委代章）2021年4月19日."""
_LABEL_NEXT = re.compile(r"\s*(?:主题词|抄\s?[送报])\s?[：:]")
"""附件：情况表|二〇一〇年三月一日|主题词：…, as pages leave the signature out."""
_FOOTER = re.compile(
    r"主办(?:单位)?\s?[：:]|承办(?:单位)?\s?[：:][^。]{2,30}(?:ICP|网|公安)|上一[篇条][：:]|版权所有|网站标识码|网站地图|扫一扫在手机|【打印|[\u4e00-\u9fff]ICP备|[\u4e00-\u9fff]公网安备"
)
_FOOT = 240
"""A page's last line is not longer."""
_TITLE_WORD = re.compile("[表单册图案法则划书要点料函样式本）)]")
"""How the title of an annex ends."""
_PLACED = re.compile(
    r"\s*(?:中共|国家|中国|全国|[\u4e00-\u9fff]{1,8}?[省市县区州盟旗镇乡])[\u4e00-\u9fff（）()]{2,30}\Z"
)
"""某某市人民政府办公室, a name that begins with its place."""
_OFFICIAL = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6}[省市县区州部局署行院会]\s*长|主\s*任|主\s*席|总\s*理)\s+[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff·]){1,4}"
)
"""市　长　张　某 signs an order."""
_PARTY = re.compile(r"中共[\u4e00-\u9fff]{2,12}委(?:员会)?(?:办公[室厅])?\s?\Z")
"""附件：先进单位名单|中共某某县委某某县人民政府2023年2月6日."""
_STOPS = '。；！？”"）)：:'
_LISTED = re.compile(r"(?<!\d)\d{1,2}\s?[.．、]\s?(?=[\u4e00-\u9fff《“])")
"""附件：1.某某规范（征求意见稿）|2.反馈表某某厅."""
_HAN_RUN = re.compile(r"(?<=\s)[\u4e00-\u9fff（）()]{4,40}\s*$")
"""附件：情况表　|某某市教育局: one word behind a gap."""
_HAN = re.compile("[\u4e00-\u9fff]")
_FIRST_NAME = re.compile(rf"[\u4e00-\u9fff]{BODY}(?=\s)")
_SHORTEST, _LONGEST, _HEAD = 3, 40, 400
"""Characters of a name that the head tells, and of the head."""
_BYLINE = re.compile(rf"\s+[\u4e00-\u9fff]{{2,30}}{BODY}\s+(?=[为根按])")
"""某某实施方案 某某市教育局 |为深入贯彻…."""


def closings(text: str, signer: str = "") -> list[int]:
    """Signature | date | enclosed title | its text."""
    points: list[int] = []
    for m in _DATES.finditer(text):
        printed = _PRINTED.match(text, m.end())
        if not printed and _NOT_SIGNED.match(text, m.end()):
            continue
        acting = _ACTING.search(text, max(0, m.start() - _REACH), m.start()) if text[m.start() - 1] in "）)" else None
        signed = acting.start() if acting else m.start()
        start = _signature(text, signed)
        if signer:
            _, end = trimmed(text, max(0, m.start() - _REACH), m.start())
            start = end - len(signer) if text.endswith(signer, 0, end) else start
        if start is None:
            if _LABEL_NEXT.match(text, m.end()):
                points += [m.start(), m.end()]
            continue
        if party := _PARTY.search(text, max(0, start - 20), start):
            start = party.start()
        name = text[start:signed].strip()
        if printed:
            if ORGAN.search(name):
                points += [start, printed.end()]
            continue
        after = text[m.end() : m.end() + 1]
        if name and not ORGAN.search(name) and not _OFFICIAL.fullmatch(name):
            continue
        told = _told_before(text, m.end())
        alone = not name and (start == m.start() or (after and not after.isspace()))
        if alone and not told and not _before_plan(text, m.end()):
            continue
        points += [start, m.start(), m.end()]
        if told:
            points.append(told)
        elif e := ENCLOSED.match(text, m.end()):
            points.append(e.end())
            if by := _BYLINE.match(text, e.end()):
                points.append(by.end())
    return points


def _behind_title(text: str, start: int, end: int) -> int | None:
    """附件：隐患清单|某某市人民政府安委会办公室: a name behind the last word of a title."""
    while end > start and text[end - 1].isspace():
        end -= 1
    if not ORGAN.search(text, start, end):
        return None
    ends = [m.end() for m in _TITLE_WORD.finditer(text, start, end)]
    placed = next((at for at in reversed(ends) if _PLACED.match(text, at, end)), None)
    return placed or _named(text, start, end)


def _named(text: str, start: int, end: int) -> int | None:
    """附件：宣传标语|某某学院: where the longest name begins that the head names (某某学院关于…的通知)."""
    first = _FIRST_NAME.search(text, start, end)  # the others that sign follow behind gaps
    stop = first.end() if first else end
    for at in range(max(start, stop - _LONGEST), stop - _SHORTEST):
        told = text.find(text[at:stop], 0, min(_HEAD, start))
        if told == 0 or (told > 0 and not _HAN.match(text, told - 1)):
            return at if ORGAN.search(text[at:stop]) else None
    return None


def footer(text: str) -> int:
    """附件：值班表|主办：某某人民政府 网站地图: where the page's own last line begins, else 0."""
    m = _FOOTER.search(text, max(1, len(text) - _FOOT))
    return m.start() if m else 0


def _told_before(text: str, at: int) -> int:
    """现将《某某重点任务分解》印发给你们…2016年3月8日|某某重点任务分解|2016年是…: where the title ends, else 0."""
    start = at + len(text[at : at + 4]) - len(text[at : at + 4].lstrip())
    named = text.rfind("《" + text[start : start + _TOLD], 0, at)
    if named < 0:
        return 0
    end = text.find("》", named)
    title = text[named + 1 : end]
    return start + len(title) if end > 0 and text.startswith(title, start) else 0


def _before_plan(text: str, at: int) -> bool:
    """…请抓好落实。2019年9月10日|某某实施方案|为认真贯彻…: the enclosed text follows the date."""
    plan = ENCLOSED.match(text, at)
    return plan is not None and BODY_START.match(text, plan.end()) is not None


def _signature(text: str, end: int) -> int | None:
    """Where the bodies that sign before the date at `end` begin; None when what stands there is no signature."""
    floor = max(0, end - _REACH)
    start = max(text.rfind(c, floor, end) for c in _STOPS)
    if start < 0 and floor:
        return None
    if start >= 0 and text[start] in "：:":
        named = _named(text, start + 1, end)
        m = _HAN_RUN.search(text, start + 1, end) if named is None else None
        return named or (m.start() if m else _behind_title(text, start + 1, end))
    gap = text[start + 1 : end]
    if _LISTED.search(gap):
        return _behind_title(text, start + 1, end)
    return None if "，" in gap or "、" in gap or "《" in gap or len(gap.strip()) > 80 else start + 1
