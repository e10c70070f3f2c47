"""The numbers that a browser puts before the items of a list (<ol>), and raised digits (<sup>)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z -]{1,60})", re.IGNORECASE)
_CUSTOM = re.compile(r"\bcustom_(num|cn)([12]?)\b")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_FORMATS = {
    # list-style-type: (number format, what is around the number)
    "decimal": ("decimal", "{}."),
    "decimal-leading-zero": ("decimalZero", "{}."),
    "lower-alpha": ("lowerLetter", "{}."),
    "lower-latin": ("lowerLetter", "{}."),
    "upper-alpha": ("upperLetter", "{}."),
    "upper-latin": ("upperLetter", "{}."),
    "lower-roman": ("lowerRoman", "{}."),
    "upper-roman": ("upperRoman", "{}."),
    "cjk-ideographic": ("chineseCounting", "{}、"),
    "simp-chinese-informal": ("chineseCounting", "{}、"),
    "trad-chinese-informal": ("chineseCounting", "{}、"),
    "num": ("decimal", "{}."),
    "num1": ("decimal", "{}）"),
    "num2": ("decimal", "（{}）"),
    "cn": ("chineseCounting", "{}、"),
    "cn1": ("chineseCounting", "{}）"),
    "cn2": ("chineseCounting", "（{}）"),
}
"""The last six are lists of the editor that most sites use (class custom_cn2)."""
_NUMBERED = re.compile(
    r"[\s\u3000\xa0]*(?:[\d０-９]{1,3}(?:[.．、)）]|[\s\u3000\xa0])|[（(][\d一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十百\d]{1,4}[条章节]|[①-⑳])"
)
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_DIGITS = re.compile(r"[+\-−]?\d{1,3}")


@dataclass(slots=True)
class _List:
    next: int
    step: int
    style: str


class Lists:
    """The lists that are open."""

    def __init__(self) -> None:
        self._open: list[_List | None] = []

    def begin(self, element: Any) -> None:
        """<ol> or <ul>."""
        if element.tag != "ol" or len(self._open) > 100:
            self._open.append(None)
            return
        get = element.get
        step = -1 if get("reversed") is not None else 1
        first = _integer(get("start"))
        if first is None:
            first = sum(1 for _ in element.iterchildren("li")) if step < 0 else 1
        self._open.append(_List(first, step, _style(get("type") or "", get("style") or "", get("class") or "")))

    def end(self) -> None:
        """</ol> or </ul>."""
        if self._open:
            self._open.pop()

    def item(self, element: Any) -> str:
        """The number before an <li>, `1.`, `（二）`; empty in an <ul>."""
        now = self._open[-1] if self._open else None
        if now is None:
            return ""
        value = _integer(element.get("value"))
        number = now.next if value is None else value
        now.next = number + now.step
        css = element.get("style")
        return label(number, _style("", css, "") if css and "list-style" in css else now.style)


def before(number: str, text: str) -> str:
    """What goes before `text`: nothing when its number is typed as well (sites often hide the numbers of lists)."""
    if not number or _NUMBERED.match(text):
        return ""
    return f"{number} " if text[:1].isascii() else number


def raised(text: str) -> str:
    """m<sup>2</sup> -> m², 10<sup>4</sup> -> 10⁴: raised digits are no part of the number before them."""
    return text.translate(_RAISED) if _DIGITS.fullmatch(text) else text


def label(number: int, style: str) -> str:
    """3 as upper-alpha -> `C.`; '' in a list without numbers."""
    form, around = _FORMATS.get(style, ("", ""))
    if form and form != "decimal" and 0 < number < 10_000:
        from ..docx.numerals import written

        return around.format(written(number, form))
    return around.format(number)


@lru_cache(256)
def _style(kind: str, css: str, names: str) -> str:
    if custom := _CUSTOM.search(names):
        return custom[1] + custom[2]
    found = _STYLE.search(css)
    for word in found[1].lower().split() if found else ():
        if word in _FORMATS or word in ("none", "disc", "circle", "square"):
            return word
    return _TYPES.get(kind.strip(), "decimal")


def _integer(value: str | None) -> int | None:
    value = (value or "").strip()
    return int(value) if value.removeprefix("-").isdecimal() and value.isascii() and len(value) < 6 else None
