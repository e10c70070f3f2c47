"""Short lines that stand where a title does and are none: secrecy, urgency, a telegram's form, the name of a site."""

from __future__ import annotations

import re

SITE = re.compile(
    r"门户网站|政府网|信息公开(?!.*(?:通知|办法|规定|方案|意见|指南|目录|要点|制度|报告))|专栏|频道|首页|>>|›|»| > |\|"
)
"""某某市人民政府门户网站, 首页>>政务公开."""
SMALL = re.compile(
    r"[【\[（(]?(?:机密|秘密|绝密|特急|加急|特提|平急|急件|特急件|签发人|\d{6}$|№|份号|密级|内部|保密期限|此件)"
)
"""机密★1年, 特急, 签发人：…, 000123."""
TELEGRAM = re.compile(
    r"(?:发往|发电(?:单位|机关)?|签批(?:盖章)?|签发(?:人)?|等级|密级|缓急|主送)[:：]?"
    r"(?=.{0,40}(?:签批|等级|明电|特急|加急|平急|报头))"
)
"""The form at the head of a telegram: 发往：见报头　签批盖章：…, 等级：特急·明电."""
TELEGRAM_MARK = re.compile(r"(?:明传电报|内部电报|明传|传真电报|电报)$")
"""某某省人民政府办公厅明传电报."""
CONTENTS = re.compile(r"\d(?:\.\d{1,2}){0,3}(?![\d年月日条项个届批.·—-])")
"""1.1编制目的: a line of a table of contents, not 2023年… or 18条措施."""
_OPENS = frozenset("【[（(机秘绝特加平急签№份密内保此发等缓主")
"""What SMALL and TELEGRAM begin with, figures aside."""
NO_TITLES = frozenset(("目录", "附件", "正文", "通知公告", "公告", "通知"))
"""Headings of a page and of its parts."""


def is_mark(flat: str) -> bool:
    """Whether a line (not empty) is one of these: secrecy, urgency, a telegram's form, a line of contents."""
    opens = flat[0] in _OPENS or flat[0].isdecimal()
    if opens and (CONTENTS.match(flat) or SMALL.match(flat) or TELEGRAM.match(flat)):
        return True
    return flat in NO_TITLES or (flat[-1] in "报传" and TELEGRAM_MARK.search(flat) is not None)
