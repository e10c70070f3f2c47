"""Headings glued to their text, without a mark between (总体目标片区…): by their usual names, or by what follows."""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import alternation

Stretch = tuple[int, int]
"""Where a heading begins and ends."""
_CJK = "\u4e00-\u9fff"
_GLUED_NEXT = (
    r"(?![的和及与、是为内外中上下不较要应须已均将可后前等有无所（(“，,：:。；;]|完成|落实(?!《)|明确|任务|目标|责任|考核|管理"
    r"|制度|体系|机制|情况|方面|文件|部门|单位|人员|领导|达到|符合|清单|分工|方案)"
)
# 组织领导为做好…工作，: the purpose begins the text (not 组织领导为先)
_GLUED_PURPOSE = "(?=为(?:了|做好|确保|保[证障]|推[进动]|加[强快]|进一步|切实|全面|深入|贯彻|落实|认真|规范|有效|顺利))"
_GLUED_STAGE = rf"[{_CJK}]{{2,12}}?阶段(?=时间|任务|目标|内容|[0-9]{{4}}年|[0-9]{{1,2}}月)"
_MIN_TEXT = 8
"""Characters behind a heading glued to them."""
# 评选架构由县局牵头, 秩序整治为切实提高, 检查重点一是, 参评要求“示范店”应: a noun of plans, then what opens a sentence
_RUN_ON = re.compile(
    rf"(?![各本该凡对由有相])[{_CJK}“”、]{{3,15}}?"
    "(?<=目标|任务|对象|要求|架构|范围|内容|重点|时间|方式|步骤|程序|条件|流程|措施|标准|原则|机制|规定|办法|职责|情况|整治|区域|制度"
    "|安排|分工|保障|依据|意义|检查|行动|领导|引导|诺书|核查|排查|治理|考核|评定|验收)"
    f"(?={_GLUED_PURPOSE}|(?:根据|按照|依据|落实|贯彻|开展)?[《“]|(?:根据|按照|依据|针对)[^，。；\n]{{2,30}}，|由[^，。；：\n]{{2,20}}(?:牵头|组成|负责|组织)|一是"
    "|[在自从]?(?:20[0-9]{2}年[0-9]|[“]|此次|本次|即日起|全[省市县区镇])|以(?:贯彻|习近平|邓小平)|包括|通过|采取|采用|实行|围绕|凡"
    "|对(?=[^，。；\n]{2,30}的)|[各全](?:级|单位|部门|地|乡镇|镇|街道|村|县|区|市|省|体|处室|成员|有关|相关))"
)
_NO_RUN_ON = frozenset("的按根符违不将须把于被并")
"""严格按照规定|由县局负责: signs of a sentence."""


@cache
def _glue() -> re.Pattern[str]:
    return re.compile(rf"{alternation('section_headings')}(?:{_GLUED_NEXT}|{_GLUED_PURPOSE})|{_GLUED_STAGE}")


def glued_heading(string: str, start: int, end: int) -> Stretch | None:
    """总体目标片区选择…, 前期准备阶段时间：9月…: a usual heading with the text right behind it."""
    m = _glue().match(string, start, end)
    return (start, m.end()) if m and end - m.end() >= _MIN_TEXT else None


def run_on_heading(string: str, start: int, end: int) -> Stretch | None:
    """The heading of a section in a text whose source ran paragraphs together, so that no mark need end it."""
    m = _RUN_ON.match(string, start, end)
    return m.span() if m and end - m.end() >= _MIN_TEXT and _NO_RUN_ON.isdisjoint(m.group()) else None
