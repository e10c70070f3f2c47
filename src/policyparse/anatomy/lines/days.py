"""Dates that end a line, as they do under a text (成文日期), where prose would go on."""

from __future__ import annotations

import re

import regex

DAY = regex.compile(
    r"(?:(?:19|20|１９|２０)[0-9０-９]{2}\s*年\s*[0-9０-９]{1,2}\s*月\s*[0-9０-９]{1,2}\s*日"
    r"|[一二][〇○Ｏ零OoО0０九一二三四五六七八]{3}\s*年\s*[元正一二三四五六七八九十]{1,2}\s*月\s*[一二三四五六七八九十廿卅]{1,3}\s*日"
    r"|(?:19|20)\d\d\s*[-./．－/]\s*\d{1,2}\s*[-./．－/]\s*\d{1,2}"
    r"|20\d{5,6}(?!\d))"
)
"""A full date at the end of a line: 2018年3月1日, 二〇一八年三月一日, 2018-03-01, 2018.3.1, 2018112."""
_DAY_END = regex.compile(rf"(?r)(?<!\d){DAY.pattern}")
_UNDAYED = re.compile(r"[ \t　\xa0]*((?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2})")
"""2021年6月28, alone on its line: the copy lost 日."""
_LONGEST_DAY = 24
_MONTH = re.compile(
    r"\s*(?:(?:19|20)\d\d|[一二][〇○零Ｏ0０九一二三四五六七八]{3})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月"
)
"""2021年4月, 二〇二一年四月."""
_SEALED = re.compile(r"\s*[（(](?:加?盖|公|印|签)?[章印]$")
"""2021年9月8日（盖章）."""
DAY_PADDING = " \t　\xa0。）)"
"""May stand after the date that ends a line."""
DAY_LAST = frozenset("日0123456789０１２３４５６７８９章印")
"""The date itself, with its seal, ends in one of these."""


def trailing_day(raw: str) -> re.Match[str] | None:
    """The full date that ends the line, （ ） and 印 seals aside."""
    end = len(raw.rstrip(DAY_PADDING))
    if end > 6 and raw[end - 1] in "章印" and (seal := _SEALED.search(raw, end - 6, end)):
        end = seal.start()
    if end < 6 or raw[end - 1] not in "日0123456789０１２３４５６７８９":
        return None
    m = _DAY_END.match(raw, 0, end)
    if m and m.end() == end:
        return m  # type: ignore[return-value]
    return _UNDAYED.fullmatch(raw, 0, end) if raw[end - 1].isdigit() and end <= _LONGEST_DAY else None


def trailing_month(raw: str) -> re.Match[str] | None:
    """A month that ends the line, as a sign-off without day has it: 2021年4月."""
    end = len(raw.rstrip())
    return _MONTH.fullmatch(raw, max(0, end - 12), end) if raw[:end].endswith("月") and end <= 12 else None
