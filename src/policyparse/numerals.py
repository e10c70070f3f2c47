"""Chinese numerals <-> int: 一…九十九, 百千万, 〇○零, 两, 廿, capital 壹贰叁, full-width digits."""

from __future__ import annotations

import re
from functools import lru_cache

_DIGIT = {
    c: v
    for v, group in enumerate(("〇○零Ｏ", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in group
}
_UNIT = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30}
_CHARS = "".join((*_DIGIT, *_UNIT, *_TENS, "万"))
_ALL = frozenset(_CHARS)
_MAX_LENGTH = 15

NUMERAL = f"[{_CHARS}]"
"""Character class of Chinese numerals, for patterns of other modules (`NUMERAL + "{1,7}"`)."""

NO_AMOUNT = r"(?=[\u4e00-\u9fff])(?!平[方米]|公[里斤顷]|[余多万亿千百元个名人户家条件次项例起吨亩立米倍年月天小])"
"""After figures: a word that they do not count (12345平台, not 12345元), for patterns of other modules."""

_ARABIC = re.compile(r"[0-9０-９]{1,15}")


@lru_cache(maxsize=2048)
def to_int(string: str) -> int | None:
    """The number that `string` writes, null when it is not a number as a whole.

    Reads counted numbers (二十三, 一百零五, 两千), digit rows (二〇一八, 一三 = 13), 廿三, 十 and Arabic digits.
    Irregular orders (三二十, 十百) are null.
    """
    if not string or len(string) > _MAX_LENGTH:
        return None
    if _ARABIC.fullmatch(string):
        return int(string)
    if not _ALL.issuperset(string):
        return None
    if len(string) > 1 and all(c in _DIGIT for c in string):
        return int("".join(str(_DIGIT[c]) for c in string))
    high, myriad, low = string.rpartition("万")
    if not myriad:
        return _below_myriad(low)
    if "万" in high:
        return None
    above, below = _below_myriad(high), _below_myriad(low) if low else 0
    return None if not above or below is None else above * 10000 + below


def _below_myriad(string: str) -> int | None:
    """Units must fall from left to right, and each digit needs a unit unless it is the last (一百二十三)."""
    total, digit, last_unit = 0, None, 10000
    for c in string:
        if c in _DIGIT:
            if digit:
                return None
            digit = _DIGIT[c]
            continue
        unit, count = (_UNIT[c], digit) if c in _UNIT else (10, _TENS[c] // 10)
        if unit >= last_unit or (c in _TENS and digit is not None):
            return None
        if not count:
            # 十三 has an implied 一, and so has 零十 in 一百零十; 百三 has not
            if unit != 10:
                return None
            count = 1
        total, digit, last_unit = total + count * unit, None, unit
    return total + (digit or 0) if string else None


def from_int(number: int) -> str:
    """一, 十二, 一百零五 … for 0 <= number < 10000. Raises ValueError outside."""
    if not 0 <= number < 10000:
        raise ValueError(f"no Chinese numeral for {number}")
    if number == 0:
        return "零"
    written, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if zero else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        elif written:
            zero = True
    return written.removeprefix("一") if written.startswith("一十") else written
