"""Labels that open a line of their own: 附件：, 抄送：, （此件公开发布）."""

from __future__ import annotations

import re
from itertools import chain, islice

from .shared import WORD

_IN_BRACKET = r"(?:(?:此件|本件)[^（()）]{2,12}[)）]|联\s?系\s?人\s?[：:])"
_LABELS = {
    first: re.compile(pattern)
    for first, pattern in (
        ("抄", r"抄\s?[送报]\s?[：:]"),
        ("主", r"主(?:题词|\s?送)\s?[：:]"),
        ("内", r"内部发送\s?[：:]"),
        ("（", "（" + _IN_BRACKET),
        ("(", r"\(" + _IN_BRACKET),
    )
}
"""抄送：, 主题词：, （此件公开发布）, （联系人：; a pattern that begins with one character is searched quickly."""
_ANNEX = re.compile(r"附\s{0,2}(?:件\s?(?=[\s：:1-9一二三四五六七八九十]|[\u4e00-\u9fff])|[：:](?=\s{0,2}\S))")
"""附件：, 附件1, 附：某某表."""
# 附件1 某某领导小组成员名单 为进一步…
_ANNEX_TITLE = re.compile(r"(附件\s?[\d一二三四五六七八九十]{0,2})\s+([^\s，。：；]{4,60})\s+(?=\S)")
_LISTS = re.compile(r"附件?\s?[：:]\s?1\.")
"""附件：1.情况汇总表2.成员名单."""
_GLUED_LABEL = re.compile(r"附\s?件\s?(?P<no>[1-9])\s?(?=[\u4e00-\u9fff]|(?:19|20)\d\d年)")
"""附件1|情况汇总表, 附件2|2023年任务分解表."""
_TITLE_AGAIN = re.compile(
    r"附\s?件\s?[：:]\s?(?P<title>[^\s，。；：:]{6,60})(?:[^，。；：:]{0,60}?)(?=(?P<label>附\s?件\s?)(?P=title))"
)
"""附件：整改任务清单某某市人民政府2022年6月28日|附件|整改任务清单|一、…: the only annex, its title told again."""
_CONTACT = re.compile(r"[^。；\n]{4,300}?[\u4e00-\u9fff）)](联\s?系\s?人\s?[：:])")
"""附件：1.问题清单2.统计表|联系人：某某."""
_WHOM = re.compile(
    r"[。！]\s{1,4}(?P<label>[\u4e00-\u9fff（）()]{0,30}?联\s?系\s?(?:人|方\s?式|电\s?话)(?:及(?:联系)?(?:电话|方式))?\s?[：:])"
)
"""…总结报告。 |某某领导小组办公室联系方式： 电话：…."""
_LONGEST_TITLE = 60
_LEAST_ALIKE = 6
"""Signs of a heading that must be those of the title listed."""
_LONGEST_LIST = 1000
_MOST_HEADINGS = 20


def labels(text: str) -> list[int]:
    """附件： | 抄送： | （此件公开发布）; 2021年3月1日 | （联系人：…）, but not 报市教育局安全科（联系人：…）."""
    points: list[int] = []
    for m in chain.from_iterable(label.finditer(text) for first, label in _LABELS.items() if first in text):
        if text[m.start() - 1] not in "，、,并" and not (m.group()[1:2] == "联" and WORD.match(text, m.start() - 1)):
            points.append(m.start())
            if m.group()[-1] in "）)":
                points.append(m.end())
    if "联" in text:
        points += [m.start("label") for m in _WHOM.finditer(text)]
    if "附" in text:
        for m in _ANNEX.finditer(text):
            before = text[m.start() - 1]
            if before in "。； \u3000）)" or (before.isascii() and before.isalnum() and text[m.end()] in "：:"):
                points.append(m.start())
                if t := _ANNEX_TITLE.match(text, m.start()):
                    points += [t.end(1), t.end(2)]
            if text[m.end() - 1] in "：:" or text[m.end() : m.end() + 1] in "：:":
                points += [c.start(1) for c in (_CONTACT.match(text, m.end()),) if c]
        if note := _LISTS.search(text):
            points += _repeated(text, note.start())
        elif again := _TITLE_AGAIN.search(text):
            points += [
                again.end(),
                again.end() + len(again["label"]),
                again.end() + len(again["label"] + again["title"]),
            ]
    return points


def _repeated(text: str, note: int) -> list[int]:
    """附件：1.情况汇总表2.成员名单|附件1|情况表|序号…: a heading run on to the list that names its title."""
    points: list[int] = []
    end = 0
    for m in islice(_GLUED_LABEL.finditer(text, note + 4), _MOST_HEADINGS):
        end = end or min(m.start(), note + _LONGEST_LIST)
        at, after = (text.find(f"{n}.", note, end) for n in (int(m["no"]), int(m["no"]) + 1))
        title = text[at + 2 : after if after > at else end].strip() if at > 0 else ""
        size = min(len(title), len(text) - m.end())
        same = next((n for n in range(size) if title[n] != text[m.end() + n]), size)
        if len(title) <= _LONGEST_TITLE and same >= _LEAST_ALIKE and 2 * same >= len(title):
            last = text.find(title[-1], m.end() + same - 1, m.end() + len(title) + 4)
            points += [m.start(), m.end(), last + 1] if last > 0 else []
    return points
