"""Where the title begins behind a page's navigation: a page saved as one line puts both on it."""

from __future__ import annotations

import re

from .shared import NUMBER, ORGAN, code

_NAVIGATION = re.compile(
    r"(?:您|你|当前|目前|所在|现在)[您你的现当前在所]{0,6}位置|(?:网站|设为)?首页(?=[\s>》»/|\-政信])|政府信息公开\s|加入收藏|登录\s|无障碍"
)
"""A page's navigation before the title: 当前位置：首页 > 政务公开 > 正文 …关于…的通知."""
LEADS = frozenset("您你当目所现网设首政加登无")
_ABOUT = re.compile("关于|印发《|转发《")
_PLAN_TITLE = re.compile(r"(?<=[\s>»/|])[^\s>》»/|，。：；]{6,60}(?:方案|办法|细则|要点|预案|计划|规划)(?=\s|$)")
_MARKS = " \u3000>》»/|"


def title_behind(text: str) -> int:
    """Where the title begins behind a page's navigation, 0 when there is none."""
    if _NAVIGATION.match(text) is None:
        return 0
    if (about := _ABOUT.search(text, 0, 300)) is None:
        plan = _PLAN_TITLE.search(text, 0, 300)
        return plan.start() if plan else 0
    start = max(text.rfind(c, 0, about.start()) for c in _MARKS) + 1
    while start > 1 and text[start - 1].isspace():  # 甲市财政局 甲市教育局关于…
        before = max(text.rfind(c, 0, start - 1) for c in _MARKS) + 1
        if before == 0 or not 4 <= start - 1 - before <= 30 or not ORGAN.search(text, before, start - 1):
            break
        start = before
    return start


def number_before(text: str, title: int) -> int:
    """Where the document number right before the title begins, else where the title does."""
    m = NUMBER.search(text, max(0, title - 20), title) if text.find("号", max(0, title - 4), title) >= 0 else None
    issuer = code(text, m.start()) if m and not text[m.end() : title].strip() else None
    return issuer.start() if issuer else title
