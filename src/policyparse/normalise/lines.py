"""What a line looks like to the joining steps: what ends a sentence, what opens a paragraph, how wide it is."""

from __future__ import annotations

import re

from ..lexicon import words

FINAL = "。！？；：!?;:…"
ENDED = FINAL + "）)》”】〕"
CLOSERS = "、，。；：！？）)》〉”’」』】〕,;"
OPENERS = "“‘（(《〈「『【〔［["
# What begins a paragraph of its own: 一、 （一） 1. 1、 （1） ① 第一章 附件; by its first character, which most lines
# have not, and which leaves a short pattern to try
_CN = "一二三四五六七八九十"
STARTS = {
    first: re.compile(f"[{firsts}]{rest}")
    for firsts, rest in (
        ("第", rf"[{_CN}百零〇\d]{{1,5}}(?:[编章节条]|阶段)"),
        (f"{_CN}壹贰叁肆伍陆柒捌玖拾", f"[{_CN}壹贰叁肆伍陆柒捌玖拾]{{0,2}}[、.．]"),
        ("（(", rf"(?:[{_CN}]{{1,3}}|\d{{1,3}})[)）]"),
        ("0123456789", r"(?:\d{0,2}\s?[.．、](?!\d)|\d?[)）])"),
        ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇●■◆★▲·•", ""),
        ("附", r"\s{0,2}[件录表]"),
        ("抄", r"\s?[送报]"),
        ("主", "题词"),
        ("备", "注[：:]"),
        ("注", "[：:]"),
        ("说", "明[：:]"),
    )
    for first in firsts
}
BEGINS = {first: re.compile(f"(?![^，。；（(]{{2,3}}[：:]){start.pattern}") for first, start in STARTS.items()}
"""The same, but where the first characters make a label (备注：, 说明：)."""
LABEL = re.compile(r"[^，,。；;（(]{2,10}[：:]")
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


def opens(text: str) -> bool:
    """Whether a line begins as a paragraph of its own does: with a number, a bullet, 附件, 备注：."""
    pattern = STARTS.get(text[:1])
    return pattern is not None and pattern.match(text) is not None


def width(text: str) -> float:
    """In full-width characters: ASCII counts half."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2
