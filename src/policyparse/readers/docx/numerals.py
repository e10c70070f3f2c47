"""Automatic numbers as Word writes them: value and number format -> characters."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_CIRCLED = "".join(chr(c) for c in (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)))
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def _listed(characters: str) -> Callable[[int], str]:
    """One character a value; beyond the list plain digits, as Word does."""
    return lambda n: characters[n - 1] if 0 < n <= len(characters) else str(n)


def _run(first: int, count: int) -> str:
    return "".join(chr(first + i) for i in range(count))


def digits(n: int, zero: str = "〇") -> str:
    """Digit for digit: 12 -> 一二, 20 -> 二〇."""
    return "".join(zero if c == "0" else _DIGITS[int(c)] for c in str(n))


def counting(n: int, names: str = _DIGITS, units: str = "十百千", zero: str = "零") -> str:
    """12 -> 十二, 105 -> 一百零五, up to 9999; beyond that digits."""
    if not 0 < n < 10_000:
        return zero if n == 0 else digits(n)
    if n < 10:
        return names[n]
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = n // 10**place % 10
        if digit:
            out += (zero if gap and out else "") + names[digit] + (units[place - 1] if place else "")
        gap = not digit
    return out[1:] if out.startswith(names[1] + units[0]) and n < 20 else out


def _roman(n: int) -> str:
    if not 0 < n < 4000:
        return str(n)
    out = ""
    for size, sign in _ROMAN:
        while n >= size:
            out += sign
            n -= size
    return out


def _letters(n: int) -> str:
    """a … z, aa, bb …: Word repeats the letter."""
    return chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 780 else str(n)


def _ordinal(n: int) -> str:
    return str(n) + ("th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th"))


def _wide(n: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in str(n))


def _formal(n: int) -> str:
    return counting(n, _LEGAL, "拾佰仟") if n >= 20 or n < 10 else _LEGAL[1] + counting(n, _LEGAL, "拾佰仟")


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "none": lambda n: "",
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "chineseCounting": counting,
    "chineseCountingThousand": counting,
    "taiwaneseCounting": counting,
    "taiwaneseCountingThousand": counting,
    "japaneseCounting": lambda n: counting(n).replace("零", ""),
    "ideographDigital": digits,
    "japaneseDigitalTenThousand": digits,
    "taiwaneseDigital": digits,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "japaneseLegal": _formal,
    "decimalEnclosedCircle": _listed(_CIRCLED),
    "decimalEnclosedCircleChinese": _listed(_CIRCLED),
    "decimalEnclosedParen": _listed(_run(0x2474, 20)),
    "decimalEnclosedFullstop": _listed(_run(0x2488, 20)),
    "ideographEnclosedCircle": _listed(_run(0x3280, 10)),
    "ideographTraditional": _listed(_STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "ideographZodiacTraditional": lambda n: _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12] if n > 0 else str(n),
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "numberInDash": lambda n: f"- {n} -",
}
"""By `w:numFmt`; a format that is not here is written in plain digits."""


def written(value: int, form: str) -> str:
    """The number `value` in the format of this name."""
    return FORMATS.get(form, str)(value)


def circled(string: str) -> str | None:
    """The encircled character for a number in words of a field: 3 -> ③."""
    return _CIRCLED[int(string) - 1] if string.isascii() and string.isdigit() and 0 < int(string) <= 50 else None
