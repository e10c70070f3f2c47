"""What several kinds of break are found by: numbers, names of bodies and titles with their text behind them."""

from __future__ import annotations

import re

from ...lexicon import alternation, words

CN = "一二三四五六七八九十"
TYPE = alternation("normalise_types")
TYPE_FIRST = "[" + "".join(sorted({word[0] for word in words("normalise_types")})) + "]"
BODY = alternation("normalise_organisations")
# 岚综管办〔2016〕73号 by its bracket: letters of the issuing body before, serial after
NUMBER = re.compile(r"[〔\[［﹝【(（〈](?:19|20)\d{2}[〕\]］﹞】)）〉]\s?第?\s?\d{1,5}(?:[-—]\d{1,3})?\s?号")
_CODE = re.compile(r"[\u4e00-\u9fff]{2,20}+$")
"""岚综管办, where the bracket of the number follows."""
# 方案标题 为深入贯彻… | 方案标题为进一步…
ENCLOSED = re.compile(
    rf"\s*[^，。；：:！？]{{4,80}}?(?={TYPE_FIRST}){TYPE}(?:\s?[（(](?:试行|暂行|征求意见稿|修订稿?|草案|(?:19|20)\d\d\s?年?[—–-]{{1,2}}(?:19|20)\d\d\s?年?)[)）])?"
    r"(?=\s+\S|(?:19|20)\d\d年[是，,]|为(?:深入|贯彻|认真|进一步|全面|切实|加强|规范|做好|确保|推进|落实|加快|了|有效|推动|促进)|根据|按照|第一[章条]|一、|总则)"
)
BODY_START = re.compile(r"\s*(?:(?:19|20)\d\d年[是，,]|为|根据|按照|经|现|近|随着|依据|[一二三四五]、|[（(]一)")
"""为贯彻落实…, 一、…."""
ORGAN = re.compile(rf"{BODY}\s*$")
"""…某某市教育局."""
WORD = re.compile("(?!日)[\u4e00-\u9fff“”》]")
"""A character inside a sentence, not the 日 of a date."""


def code(text: str, bracket: int) -> re.Match[str] | None:
    """The letters of the issuing body that end where the bracket of the number opens."""
    return _CODE.search(text, max(0, bracket - 20), bracket)
