"""The period that a stage's own text tells."""

from __future__ import annotations

import re

from ..dates import DateContext, DateExpression, find_dates

_OPENING = re.compile(r"(?:^|[。\n；;])[\s　]{0,4}(?:时间[：:]|从|自|在|于|到|至)?[\s　]{0,2}$")
_CLOSING = re.compile(r"[^，,。；;\n]{0,12}?(?:完成|结束|到位|建成|报送|上报|前)?[^，,。；;\n]{0,8}[。；;]?[\s　）)]*$")


def period_in_text(string: str, start: int, end: int, context: DateContext) -> DateExpression | None:
    """The period told by the stage's own text: dates that open its sentences, else the one that closes it.

    Of several the last end counts, and no start is set.
    """
    found = find_dates(string, start, min(end, start + 3000), context=context)
    opening = [e for e in found if _OPENING.search(string, max(start, e.start - 8), e.start) or e.start == start]
    dated = [e for e in opening if (e.last or e.first) and e.marker != "recurring" and _is_limit(e)]
    if not dated and found:
        last = found[-1]
        if last.last and last.marker == "before" and end - last.end <= 30 and _CLOSING.match(string, last.end, end):
            dated = [last]
    if not dated:
        return None
    if len(dated) == 1:
        return _with_end(string, dated[0], found)
    ends = [e for e in dated if e.last]
    return max(ends, key=lambda e: e.last.toordinal() if e.last else 0) if ends else dated[0]


_ENDS = re.compile(r"前?(?:结束|完成|完毕|为?止)")


def _with_end(string: str, opening: DateExpression, found: list[DateExpression]) -> DateExpression:
    """9月16日开始，10月10日结束: a start and the end told after it."""
    after = next((e for e in found if e.start > opening.end), None)
    if opening.marker != "from" or after is None or after.last is None or after.start - opening.end > 2:
        return opening
    if _ENDS.match(string, after.end) is None or (opening.first and opening.first > after.last):
        return opening
    text = string[opening.start : after.end]
    return opening._replace(end=after.end, text=text, last=after.last, marker="range")


def _is_limit(e: DateExpression) -> bool:
    """2023年，… at the head of a sentence is no period of a stage; 2025年底前 is its end."""
    return e.grain != "year" or e.first is None or e.marker == "range"


def opens_with_date(string: str, body: int) -> bool:
    """动员部署阶段：3月底前，…; 动员部署。3月15日前，…: the period opens the text."""
    return bool(_DATED_TEXT.match(string, body))


_DATED_TEXT = re.compile(
    r"[：:。．.\n]{1,2}[\s　]{0,4}"
    r"(?:(?:从|自|于|在|到)?(?:20[0-9]{2}年|[0-9０-９]{1,2}月|[上下]半年|年底|[一二三四]季度)|即日)"
)
