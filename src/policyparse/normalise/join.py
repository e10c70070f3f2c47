"""Step: lines that a page, a text layer or a crawler broke in mid-sentence are joined again.

Precision first: a short line without a full stop is a heading, a list entry or a signature, and stays alone.
"""

from __future__ import annotations

import re

from .draft import Draft, Strip, join
from .lines import BEGINS, CLOSERS, DEEPEST, FINAL, HEADING, LABEL, LONG, OPENERS, RUNNING, SHORTEST, STARTS, opens
from .sentences import Shape, mid_sentence, unclosed
from .wrapping import FULL, HAN, ORGAN, goes_over, visual_width, wraps

_DATE_LINE = re.compile(
    r"(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?(?:印发)?|[二一][〇○ＯO0零oо一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
"""2020年3月5日, alone on its line."""
_DATE_GOES_ON = re.compile(
    r"年\s?\d{1,2}\s?月|月(?:\s?\d{1,2}\s?日|[底初末上中下前起]|份)|日(?=[前起至止以之，。；、（(—-])"
)
"""于2020年10 | 月15日前."""
_BY_THEN = re.compile("前(?![进期往来述])|[起止]")
"""…，12月20日 | 前达到95%以上。"""
_UNIT_LABEL = re.compile(
    "(?:^|[；;，,。（(]\\s?)(?:(?:责任|牵头|配合|主管|主办|协办|承办|负责|参与|参加|协作|实施)(?:责任)?(?:单位|部门|领导|人)|(?P<due>(?:完成|责任|整改)?(?:时限|期限)))[：:]\\Z"
)
"""责任单位：, （牵头部门：某局；完成时限：."""
_LONGEST_LABEL = 10
_NAME_GOES_ON = re.compile("[·•・][\u4e00-\u9fff]{2,8}(?:同志)?(?:兼?任|担任|为|[、，（(])")
"""古丽 | ·某某兼任: a name over two lines, where a bullet would open a task."""
_LEVELS = re.compile(
    r"\d{1,2}(?:[.．]\d{1,2}){1,3}[ \u3000]{1,4}(?![万亿个元米吨公平])[\u4e00-\u9fff]{2}"
    r"|\d{1,2}[ \u3000]{1,4}(?![万亿个元米吨公平])[\u4e00-\u9fff]{2,12}\Z"
)
"""（责任单位：某局） | 3.2 工程准备。 and the heading 4 应急响应: sections in decimal numbers."""


def join_lines(draft: Draft) -> None:
    """Join each line to the next where the break is no paragraph's end."""
    lines = draft.lines
    shape, widths = Shape(lines), wraps(lines)
    groups: dict[int, list[Strip]] = {}
    first, last = 0, "。"
    for n, line in enumerate(lines):
        if last == "。":
            may_go_on = n > 0 and line.text != "" and line.first in CLOSERS
        else:  # a line that is not wrapped may begin a paragraph whatever the one before it says
            begins = None if widths or last in OPENERS else BEGINS.get(line.first)
            may_go_on = begins is None or begins.match(line.text) is None
        if may_go_on:
            full = widths[n - 1] if widths else 0
            group = groups.get(first) or [lines[first]]
            if _belongs(group, line, shape, full) and not (full and _signs(lines, n)):
                group.append(line)
                groups[first] = group
                last = line.last
                continue
        first, last = n, line.last
    changed: dict[int, list[Strip]] = {
        n: [] for first, group in groups.items() for n in range(first, first + len(group))
    }
    for first, group in groups.items():
        changed[first] = [join(group)]
    draft.counts["line-joined"] += len(changed) - len(groups)
    draft.replace(changed)


def _labelled(text: str) -> bool:
    """Do the first characters of a line that opens like a paragraph make a label (备注：, 说明：)?"""
    head = text[:4]
    return ("：" in head or ":" in head) and LABEL.match(head) is not None


def _signs(lines: list[Strip], n: int) -> bool:
    """Is line `n` a signature: the name of a body, with nothing but a date after it?"""
    if n + 1 == len(lines) or not _DATE_LINE.fullmatch(lines[n + 1].text):
        return False
    return len(lines[n].text) >= 4 and not RUNNING.search(lines[n].text) and ORGAN.search(lines[n].text) is not None


def _belongs(group: list[Strip], line: Strip, shape: Shape, full: float) -> bool:
    """Does `line` go on where the last line of `group` stops? `full`: the width of a wrapped line here, or 0."""
    last = group[-1]
    if not (last.prose and line.prose and last.text and line.text):
        return False
    a, b = last.text, line.text
    first, end = line.first, last.last
    if b == "件" and end == "文" and HAN.fullmatch(a):
        return True  # 某某市人民政府文 | 件: a red header too wide for its line
    if last.heading or line.heading or (line.align in ("center", "right") and last.align != line.align):
        return False
    if first in CLOSERS or end in OPENERS:  # 一 | 、降低家庭生育成本; “ | 一站式”服务
        return first in "、，" or not LABEL.match(b)
    start = STARTS.get(first)
    starts = start is not None and start.match(b) is not None
    if starts and full and first in "·•・" and _NAME_GOES_ON.match(b) and "\u4e00" <= end <= "\u9fff":
        return visual_width(group) >= FULL * full
    if starts and not _labelled(b):
        return False
    if first in "12二一" and _DATE_LINE.fullmatch(b):
        return (
            end in "：:"
            and (label := _UNIT_LABEL.search(a, max(len(a) - _LONGEST_LABEL, 0))) is not None
            and bool(label["due"])
        )
    if unclosed(a, b):
        return True
    if first in "年月日" and end.isdigit() and _DATE_GOES_ON.match(b):
        return True
    if end == "日" and first in "前起止" and _BY_THEN.match(b) and not _DATE_LINE.fullmatch(a):
        return a[-2:-1].isdigit()
    if end in "：:" and _UNIT_LABEL.search(a, max(len(a) - _LONGEST_LABEL, 0)):  # 责任单位： | 市教育局、市财政局
        return not (starts or LABEL.match(b))
    if starts or end in FINAL:
        return False
    if end in "，、,":
        return len(a) > 6 and not LABEL.match(b)
    if end in "）)" and first.isdigit() and _LEVELS.match(b):
        return False
    if full:
        return not (2 <= line.indent <= DEEPEST and shape.indented) and goes_over(group, b, full)
    if line.turned or (line.page != last.page):
        return _turned(a, b)
    if shape.open_ended:
        return False
    if len(group) > 1 and len(a) >= SHORTEST:  # …，| 现就做好校车工作通 | 知如下。
        a = group[-2].text + a
    return mid_sentence(a, b, shape)


def _turned(a: str, b: str) -> bool:
    """Two paragraphs with a page's end between them: the first may end in anything but a full stop."""
    if LABEL.match(b) or b[-1] not in FINAL or len(a) < 10 or (a[-1] in "）)" and "，" not in a):
        return False
    if opens(a) and "。" not in a:
        return len(a) >= HEADING
    return len(a) >= LONG or RUNNING.search(a) is not None or "、" in a
