"""The title of a document that the text cites by its number: 《…》（国发〔2025〕11号）, or the same without marks."""

from __future__ import annotations

import regex

from ...organisations import is_organisation
from ...text import Span

_BACK = 200
_BETWEEN = "（([〔 　\n\t，,的“”"
_OPENED_TWICE = regex.compile(r"(?r)《[^《》\n]{0,40}(?:印发|转发|批转|下发|发布|公布)")
"""《关于印发《某某方案〉的通知》: the outer mark opens before the inner one."""
_BARE = regex.compile(
    r"(?r)关于[^，。；：《》\n\t（）()]{2,80}(?:《[^《》\n]{2,80}》[^，。；：《》\n\t（）()]{0,12})?(?:通知|意见|决定|批复|函|公告|通告|通报|报告|请示|规定|办法|决议|指示|方案|细则)"
)
"""省人民政府关于公路养护的意见|（某政发〔2021〕9号）."""
_LEAD = regex.compile(r"(?r)[^，。；：、《》\n\t（）()“”]{0,40}")
_VERBS = regex.compile(
    r"根据|依据|按照|遵照|依照|贯彻|落实|执行|对照|参照|参见|遵循|符合|转发|批转|印发|下发|废止|修改|现将"
    r"|[将按依和及与据原对]|\d+[ 　.]|\s"
)
"""What a sentence says before the title begins."""
_PASSED_ON = ("转发", "批转", "印发")


def title_before(string: str, at: int) -> Span | None:
    """Inside of 《…》 that closes right before （number）; nested marks 《…《…》…》 are kept whole."""
    i = at
    while i > 0 and string[i - 1] in _BETWEEN:
        i -= 1
    if i == 0:
        return None
    if string[i - 1] != "》":
        return _bare(string, i)
    low = max(0, i - _BACK)
    opening = string.rfind("《", low, i)
    while opening >= 0 and string.count("《", opening, i) < string.count("》", opening, i):
        outer = string.rfind("《", low, opening)
        if outer < 0:
            return Span(string.rfind("《", low, i) + 1, i - 1)  # more of them close than open
        opening = outer
    if opening < 0:
        return None
    if string.endswith("的通知", opening, i - 1) and (twice := _OPENED_TWICE.match(string, low, opening)):
        opening = twice.start()
    return Span(opening + 1, i - 1)


def _bare(string: str, end: int) -> Span | None:
    """A title without marks: 省人民政府关于…的意见, its issuer included when it is one."""
    m = _BARE.match(string, max(0, end - _BACK), end) if string[end - 1] in "知见定复函告报示法议" else None
    if m is None:
        return None
    lead = _LEAD.match(string, max(0, m.start() - 40), m.start())
    begin = lead.start() if lead else m.start()
    for verb in _VERBS.finditer(string, begin, m.start()):
        if verb.group() in _PASSED_ON and is_organisation(string[begin : verb.start()]):
            return Span(begin, end)  # 市政府办公室转发市物价局关于…的通知
        begin = verb.end()
    named = string[begin] not in "你我贵该本" and is_organisation(string[begin : m.start()])
    return Span(begin if named else m.start(), end)  # 你局|关于…的请示（…号）收悉
