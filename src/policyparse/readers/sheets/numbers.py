"""Numbers and dates of a spreadsheet as the sheet shows them: the number format of the cell decides.

45473 with the format yyyy"年"m"月"d"日" is 2024年6月30日; 0.5 with 0% is 50%; 1.0 without a format is 1.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from .dates import date_text, han

# Formats that a file names by number only. 27–36 and 50–58 are those of a Chinese Excel or WPS.
BUILTIN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月"),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), "m月d日"),
    30: "m-d-yy",
    31: "yyyy年m月d日",
    32: "h时mm分",
    33: "h时mm分ss秒",
    **dict.fromkeys((34, 55), "上午/下午h时mm分"),
    **dict.fromkeys((35, 56), "上午/下午h时mm分ss秒"),
}

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|(?P<pad>[_*].?)"
    r"|\[(?P<bracket>[^\]]{0,60})\]?"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<power>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|aaaa?|e+)"
    r"|(?P<digit>[0#?])|(?P<mark>[.,%/@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]{1,20})")
_CURRENCY = re.compile(r"\$([^-]{0,10})")
_LONGEST_CODE = 255


class Token(NamedTuple):
    """A piece of a format: its kind (a group of the pattern above, `literal` or `elapsed`) and its characters."""

    kind: str
    text: str


class Section(NamedTuple):
    """One of up to four parts of a format: for positive, negative, zero and text."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None
    numerals: str
    """DBNum1: 二〇二四, DBNum2: 贰零贰肆; empty: Arabic."""
    kind: str
    """date, number, text, or general."""


def shown(value: float, code: str = "General", *, from_1904: bool = False) -> str:
    """The number `value` in the format `code`."""
    sections = _sections(code[:_LONGEST_CODE])
    section, value, sign = _choose(sections, value)
    if section.kind == "date":
        text = date_text(value, [tuple(t) for t in section.tokens], section.numerals, from_1904)
        return general(value) if text is None else text
    if section.kind == "number":
        return sign + _number(value, section)
    parts = [
        t.text if t.kind == "literal" else _han_or_plain(value, section) for t in section.tokens if t.kind != "pad"
    ]
    return sign + "".join(parts)


def shown_text(text: str, code: str) -> str:
    """The text of a cell whose format adds words around it ("第"@"号")."""
    if "@" not in code or code == "@":
        return text
    last = _sections(code[:_LONGEST_CODE])[-1]
    if last.kind != "text":
        return text
    return "".join(text if t.kind == "general" else t.text for t in last.tokens if t.kind in ("literal", "general"))


def shown_iso(value: str, code: str) -> str:
    """A date that the file holds as 2024-06-30T00:00:00.000, in the format `code`."""
    try:
        at = datetime.fromisoformat(value.strip()).replace(tzinfo=None)
    except ValueError:
        return value
    days = (at - datetime(1899, 12, 30)).total_seconds() / 86_400
    return shown(days, code if code != "General" else "yyyy/m/d")


def general(value: float) -> str:
    """A number without a format: as few digits as say it, eleven characters at most for a fraction."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if not 1e-4 <= abs(value) < 1e15:
        mantissa, _, power = f"{value:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{power}"
    whole = len(str(int(abs(value))))
    text = f"{value:.{max(10 - whole, 1)}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _han_or_plain(value: float, section: Section) -> str:
    if section.numerals and value == int(value) and abs(value) < 1e15:
        return han(int(value), section.numerals)
    return general(value)


@lru_cache(512)
def _sections(code: str) -> tuple[Section, ...]:
    """The parts of a format, divided by semicolons that are not quoted."""
    parts: list[list[Token]] = [[]]
    notes: list[list[str]] = [[]]
    for m in _TOKEN.finditer(code):
        kind, text = m.lastgroup or "other", m[m.lastgroup or 0] or ""
        if kind == "other" and text == ";":
            parts.append([])
            notes.append([])
        elif kind == "bracket":
            notes[-1].append(text)
            if _ELAPSED.fullmatch(text):
                parts[-1].append(Token("elapsed", text))
            elif (found := _CURRENCY.match(text)) and found[1]:
                parts[-1].append(Token("literal", found[1]))
        elif kind != "pad":
            plain = kind in ("quoted", "escaped", "other")
            parts[-1].append(Token("literal" if plain else kind, text))
    return tuple(_section(tuple(p), n) for p, n in zip(parts[:4], notes, strict=False))


def _section(tokens: tuple[Token, ...], notes: list[str]) -> Section:
    kinds = {t.kind for t in tokens}
    condition = next((m for n in notes if (m := _CONDITION.fullmatch(n))), None)
    if kinds & {"date", "elapsed"} and "general" not in kinds:
        kind = "date"
    elif "digit" in kinds:
        kind = "number"
    else:
        kind = "text" if Token("mark", "@") in tokens else "general"
    try:
        limit = (condition[1], float(condition[2])) if condition else None
    except ValueError:
        limit = None
    numerals = next((n for n in notes if n.lower() in ("dbnum1", "dbnum2")), "")
    if kind == "text":
        tokens = tuple(Token("general", "") if t == Token("mark", "@") else t for t in tokens)
    return Section(tokens, limit, numerals.lower(), kind)


def _choose(sections: tuple[Section, ...], value: float) -> tuple[Section, float, str]:
    """The part for this value, the value it formats, and the sign that stands before it."""
    if any(s.condition for s in sections):
        for section in sections:
            if section.condition is None or _meets(value, *section.condition):
                return section, value, ""
        return sections[-1], value, ""
    if value < 0 and len(sections) > 1:
        return sections[1], -value, ""
    if value == 0 and len(sections) > 2:
        return sections[2], value, ""
    if value < 0 and sections[0].kind == "number":
        return sections[0], -value, "-"
    return sections[0], value, ""


def _meets(value: float, sign: str, limit: float) -> bool:
    above, below = value > limit, value < limit
    return {"<": below, ">": above, "<=": not above, ">=": not below, "<>": above or below}.get(
        sign, not above and not below
    )


# ---- numbers


def _number(value: float, section: Section) -> str:
    """A number by placeholders: 0 a digit always, # where there is one, , thousands, % hundredths, E+ powers of ten."""
    tokens = section.tokens
    marks = [t.text for t in tokens if t.kind == "mark"]
    value *= 100 ** min(marks.count("%"), 2)
    if any(t.kind == "power" for t in tokens):
        return _power(value, tokens)
    if "/" in marks:
        return _fraction(value, tokens)
    point = next((i for i, t in enumerate(tokens) if t == Token("mark", ".")), len(tokens))
    last = max((i for i, t in enumerate(tokens[:point]) if t.kind == "digit"), default=-1)
    value /= 1000 ** _scale(tokens)
    grouped = Token("mark", ",") in tokens[: max(last, 0)]
    places = [t.text for t in tokens[point:] if t.kind == "digit"]
    whole, _, fraction = f"{_rounded(value, len(places)):.{len(places)}f}".partition(".")
    needed = max((i + 1 for i, p in enumerate(places) if p == "0"), default=0)
    fraction = fraction[:needed] + fraction[needed:].rstrip("0")
    return _filled(tokens, point, whole, fraction, grouped)


def _scale(tokens: tuple[Token, ...]) -> int:
    """Commas behind the last place: 0.0,"千元" shows thousands."""
    last = max(i for i, t in enumerate(tokens) if t.kind == "digit")
    after = "".join(t.text for t in tokens[last + 1 :] if t.kind == "mark")
    return len(after) - len(after.lstrip(","))


def _rounded(value: float, places: int) -> float:
    """Half away from zero, as sheets round: 0.125 with two places is 0.13."""
    if abs(value) >= 1e15:
        return value
    nudged = float(f"{value:.15g}")
    nudge = 1e-9 * 0.1**places
    return round(nudged + (nudge if nudged >= 0 else -nudge), places)


def _filled(tokens: tuple[Token, ...], point: int, whole: str, fraction: str, grouped: bool) -> str:
    """The digits put into their places, words and signs of the format left where they stand."""
    slots = [i for i, t in enumerate(tokens[:point]) if t.kind == "digit"]
    digits = "" if whole == "0" and slots and tokens[slots[-1]].text != "0" else whole
    least = sum(tokens[i].text == "0" for i in slots)
    digits = digits.zfill(least)
    if grouped and len(digits) > 3:
        head = len(digits) % 3 or 3
        digits = ",".join([digits[:head], *(digits[i : i + 3] for i in range(head, len(digits), 3))])
        given = {slots[-1]: digits}
    else:
        given = {}
        for i in reversed(slots):
            given[i] = digits[-1:] if i != slots[0] else digits
            digits = digits[:-1] if i != slots[0] else ""
    out: list[str] = []
    for i, t in enumerate(tokens):
        if i in given:
            out.append(given[i])
        elif i == point:
            out.append(("." + fraction) if fraction else "")
        elif t.kind in ("literal", "date", "half") or t.text == "%":
            out.append(t.text)
    return "".join(out)


def _power(value: float, tokens: tuple[Token, ...]) -> str:
    at = next(i for i, t in enumerate(tokens) if t.kind == "power")
    point = next((i for i, t in enumerate(tokens[:at]) if t.text == "."), at)
    places = sum(t.kind == "digit" for t in tokens[point:at])
    mantissa, _, power = f"{value:.{places}E}".partition("E")
    width = sum(t.kind == "digit" for t in tokens[at:])
    sign = "-" if power.startswith("-") else "+" if tokens[at].text.endswith("+") else ""
    return f"{mantissa}E{sign}{power[1:].lstrip('0').zfill(width)}"


def _fraction(value: float, tokens: tuple[Token, ...]) -> str:
    from fractions import Fraction

    slash = next(i for i, t in enumerate(tokens) if t.text == "/")
    width = min(sum(t.kind == "digit" for t in tokens[slash:]) or 1, 4)
    whole = int(value)
    part = Fraction(value - whole).limit_denominator(10**width - 1)
    if not part:
        return str(whole)
    return f"{whole} {part}" if whole else str(part)


__all__ = ["BUILTIN", "general", "shown", "shown_iso", "shown_text"]
