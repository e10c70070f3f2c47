"""The numbers that a word processor puts before the items of a list, as it shows them: 第一章, 一、, （一）, 1., ①.

Names of number formats are those of ISO 29500-1 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)
_HIGHEST = 9999


def format_number(value: int, style: str) -> str:
    """`value` in a number format; in Arabic digits where the format does not go so far or is not known."""
    make = _FORMATS.get(style, str)
    return (make(value) or str(value)) if 0 <= value <= _HIGHEST or make is str else str(value)


def _counting(value: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """21 -> 二十一, 10 -> 十, 105 -> 一百〇五 (written 一百零五 with 零 as zero)."""
    found, zero, rest = "", False, value
    for place in range(3, -1, -1):
        digit, rest = divmod(rest, 10**place)
        if digit:
            found += ("零" if zero else "") + digits[digit] + (units[place - 1] if place else "")
            zero = False
        elif found:
            zero = True
    return found or digits[0]


def _chinese(value: int) -> str:
    text = _counting(value)
    return text[1:] if 10 <= value < 20 else text


def _by_digit(digits: str) -> Callable[[int], str]:
    return lambda value: "".join(digits[int(d)] for d in str(value))


def _from(first: str, count: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= count else ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value else ""


def _letters(value: int) -> str:
    """1 -> A, 27 -> AA, 53 -> AAA, as Word counts."""
    return chr(65 + (value - 1) % 26) * min((value - 1) // 26 + 1, 20) if value else ""


def _roman(value: int) -> str:
    found = ""
    for number, sign in _ROMAN:
        times, value = divmod(value, number)
        found += sign * times
    return found


def _circled(value: int) -> str:
    if 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if value <= 35:
        return chr(0x3251 + value - 21) if value else "⓪"
    return chr(0x32B1 + value - 36) if value <= 50 else ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseDigitalTenThousand": _by_digit(_DIGITS),
    "taiwaneseDigital": _by_digit(_DIGITS.replace("〇", "○")),
    "ideographDigital": _by_digit(_DIGITS),
    "chineseLegalSimplified": lambda value: _counting(value, _FORMAL, "拾佰仟"),
    "ideographLegalTraditional": lambda value: _counting(value, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "decimalFullWidth": lambda value: str(value).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "decimalFullWidth2": lambda value: str(value).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㈠", 10),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "bullet": lambda value: "",
    "none": lambda value: "",
}
