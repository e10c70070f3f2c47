"""Serial numbers of a spreadsheet as dates and times: 45473 is 2024-06-30."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_LAST = 2_958_466
"""The day after 9999-12-31."""
_DIGITS = {"dbnum1": "〇一二三四五六七八九", "dbnum2": "零壹贰叁肆伍陆柒捌玖"}
_UNITS = {"dbnum1": ("", "十", "百", "千"), "dbnum2": ("", "拾", "佰", "仟")}
_WEEK = "一二三四五六日"


def moment(serial: float, from_1904: bool = False) -> datetime | None:
    """The date and time of a serial number; null outside the calendar. Sheets count a 29th of February 1900 (60)."""
    if not 0 <= serial < _LAST:
        return None
    base = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
    try:
        return base + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return None


def date_text(
    serial: float, tokens: Sequence[tuple[str, ...]], numerals: str = "", from_1904: bool = False
) -> str | None:
    """A date by the tokens (kind, text) of its format; null for a number that is no date."""
    at = moment(serial, from_1904)
    if at is None:
        return None
    halves = any(kind == "half" for kind, _ in tokens)
    out: list[str] = []
    for n, (kind, text) in enumerate(tokens):
        if kind == "date" and text[0] in "mM" and _is_minute(tokens, n):
            out.append(_padded(at.minute, text, numerals))
        elif kind == "date":
            out.append(_field(at, text.lower(), halves, numerals))
        elif kind == "elapsed":
            seconds = round(serial * 86_400)
            out.append(_padded(seconds // {"h": 3600, "m": 60, "s": 1}[text[0].lower()], text, numerals))
        elif kind == "half":
            first, second = text.split("/")
            out.append(first if at.hour < 12 else second)
        elif kind == "digit":
            out.append("0")  # hundredths of seconds, which dates are rounded to
        elif kind in ("literal", "mark"):
            out.append("" if text == "@" else text)
    return "".join(out)


def _is_minute(tokens: Sequence[tuple[str, ...]], n: int) -> bool:
    """m beside h or s is a minute, else a month."""
    if len(tokens[n][1]) > 2:
        return False

    def nearest(where: Sequence[tuple[str, ...]]) -> str:
        return next((t[0].lower() for k, t in where if k in ("date", "elapsed")), "")

    return nearest(tokens[:n][::-1]) == "h" or nearest(tokens[n + 1 :]) == "s"


def _field(at: datetime, text: str, halves: bool, numerals: str) -> str:
    letter, width = text[0], len(text)
    if letter == "y":
        year = f"{at.year:04d}" if width > 2 else f"{at.year % 100:02d}"
        return "".join(_DIGITS[numerals][int(c)] for c in year) if numerals else year
    if letter == "e":
        return "".join(_DIGITS[numerals][int(c)] for c in str(at.year)) if numerals else str(at.year)
    if letter == "a":
        return ("星期" if width > 3 else "") + _WEEK[at.weekday()]
    if letter == "m" and width > 2:
        name = MONTH_NAMES[at.month - 1]
        return name[0] if width == 5 else name[:3] if width == 3 else name
    if letter == "d" and width > 2:
        name = at.strftime("%A")
        return name[:3] if width == 3 else name
    hour = (at.hour % 12 or 12) if halves else at.hour
    return _padded({"m": at.month, "d": at.day, "h": hour, "s": at.second}[letter], text, numerals)


def _padded(value: int, text: str, numerals: str) -> str:
    return han(value, numerals) if numerals else str(value).zfill(min(len(text), 9))


def han(value: int, numerals: str) -> str:
    """A whole number in Chinese numerals: 十一, 二百〇三, 一万二千; `numerals` is dbnum1 or dbnum2."""
    digits, units = _DIGITS[numerals], _UNITS[numerals]
    if value < 0:
        return "-" + han(-value, numerals)
    groups: list[str] = []
    for power, name in ((12, "万亿"), (8, "亿"), (4, "万"), (0, "")):
        part, value = divmod(value, 10**power)
        if part:
            gap = digits[0] if groups and part < 1000 else ""
            groups.append(gap + _thousands(part, digits, units) + name)
    text = "".join(groups) or digits[0]
    return text[1:] if numerals == "dbnum1" and text.startswith("一十") else text


def _thousands(part: int, digits: str, units: tuple[str, ...]) -> str:
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit, part = divmod(part, 10**place)
        if digit:
            out += (digits[0] if gap and out else "") + digits[digit] + units[place]
            gap = False
        else:
            gap = True
    return out
