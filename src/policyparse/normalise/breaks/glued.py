"""The head of a page saved as one line: its own fields before the title, and the number run into the title."""

from __future__ import annotations

import re

_FIELD = (
    r"(?:(?:信息|文章|稿件)?来源|(?:发布|发文|公开|更新)?(?:时间|日期)|作者|编辑|(?:浏览|点击|阅读|访问)(?:次数|数|率|量)?|发布(?:机构|单位)|字体|字号)"
    r"\s?[：:]\s?(?:\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s\d{1,2}:\d\d(?::\d\d)?)?|\d{1,7}次?|[^\s：:]{1,16}(?=\s))\s*"
)
_FIELDS = re.compile(rf"(?:标题|题目|名称)\s?[：:]\s?(?P<title>[^：:]{{6,120}}?)\s+(?:{_FIELD}){{1,8}}")
_CODE = re.compile(
    r"(?:通知|意见|决定|通报|公告|通告|批复|复函|的函|方案|办法|纪要|要点|措施|预案|计划|规划|细则)(?P<code>[\u4e00-\u9fff]{2,10})\Z"
)
_ABOUT = ("关于", "印发", "转发")
_STOPS = frozenset("。：:！？")


def behind_fields(text: str) -> int:
    """标题：某通知 来源：办公室 阅读次数：871|某通知…: where the title comes again behind the fields, else 0."""
    m = _FIELDS.match(text) if text[:2] in ("标题", "题目", "名称") else None
    return m.end() if m and text.startswith(m["title"], m.end()) else 0


def code_behind_title(text: str, at: int, bracket: int) -> int:
    """关于印发…的通知|某卫发〔2018〕15号: where the code begins that a title runs into, else 0."""
    lead = text[at:bracket]
    if bracket - at > 200 or not any(w in lead for w in _ABOUT) or any(c in _STOPS for c in lead):
        return 0
    m = _CODE.search(lead, max(0, len(lead) - 14))
    return at + m.start("code") if m and lead.count("《") == lead.count("》") else 0
