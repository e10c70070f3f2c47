"""What a line looks like to the joining steps: what ends a sentence, what opens a paragraph, how wide it is."""

from __future__ import annotations

import re

from ..lexicon import words

FINAL = "。！？；：!?;:…"
ENDED = FINAL + "）)》”】〕"
CLOSERS = "、，。；：！？）)》〉”’」』】〕,;"
OPENERS = "“‘（(《〈「『【〔［["
# What begins a paragraph of its own: 一、 （一） 1. 1、 （1） ① 第一章 附件 | a line that is only a date
START = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,5}(?:[编章节条]|阶段)|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|\d{1,3}\s?[.．、](?!\d)|[（(]\d{1,3}[)）]|\d{1,2}[)）]|[①-⑳⑴-⒇●■◆★▲·•]|附\s{0,2}[件录表]|抄\s?[送报]|主题词|(?:备?注|说明)[：:]"
)
LABEL = re.compile(r"[^，。；（(]{2,10}[：:]")
"""完成时限：, 联系人：."""
NAMED = re.compile(r"(?:联系|电话|地址|邮编|邮箱|传真|网址)")
"""联系电话：…, 邮箱：…: lines of a contact stay apart."""
RUNNING = re.compile("[，。；：,;]")
"""Signs of running text."""
TYPES = words("normalise_types")
"""通知, 实施方案: what a title ends in."""
LONG = 30
"""Characters of a line of running text; a heading or list entry is shorter as a rule."""
SHORTEST = 10
"""A shorter line is no part of a sentence cut in two."""
HEADING = 45
"""A numbered line without a full stop may be a heading up to this length."""
DEEPEST = 4
"""Characters of a paragraph's indent: two wide ones or four narrow ones."""


def width(text: str) -> float:
    """In full-width characters: ASCII counts half."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2
