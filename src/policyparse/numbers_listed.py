"""Numbers that leave out what stands before: 财税〔2008〕1号、〔2009〕59号; 46、47号; 《…公告》（2023年第1号）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .numbers import BUILDINGS, FOLD, NumberMatch, numbers_at, organ_code_before
from .numbers_places import BRACKETED, CLOSE, OPEN, before_counts
from .squeeze import squeeze

_GAP = r"[ \u3000]?"
_BETWEEN = "、，,和及与"
_AND = rf"{_GAP}[{_BETWEEN}]{_GAP}"
_COUNT = "[0-9０-９]{1,4}"
_MORE = re.compile(
    rf"{_AND}(?P<left>(?:[{re.escape(OPEN)}](?P<year>[12][09][0-9]{{2}})[{re.escape(CLOSE)}]{_GAP})?"
    rf"(?P<di>第)?(?P<serial>{_COUNT}){_GAP}号)(?![{BUILDINGS}])"
)
"""…〔2003〕1号|、2号|、〔2005〕9号."""
_FEW = re.compile(rf"[{re.escape(CLOSE)}]{_GAP}(?P<serials>{_COUNT}(?:{_AND}{_COUNT}){{1,8}}){_GAP}号(?![{BUILDINGS}])")
"""财库〔2011〕|46、47号."""
_LONGEST = 72
"""Characters of nine such counts."""
_SERIAL = re.compile(_COUNT)
_AFTER_TITLE = re.compile(
    r"》[（(](?P<number>(?P<year>20\d\d)年[ 　]?第[ 　]?(?P<serial>\d{1,4})号(?:令|公告|通告)?)[）)]"
)
_LONGEST_YEAR = 9
"""Characters of 》（2023年 with padding."""
_HEAD = 8
"""Characters of 〔2011〕 with padding."""


def find_cited(string: str, start: int, end: int) -> list[NumberMatch]:
    """The numbers of `string[start:end]`: whole ones, and those that only the list they stand in makes whole."""
    counts = before_counts(string, start, end)
    found = numbers_at(string, start, end, counts)
    listed = [n for first in found for n in _after(string, end, first)]
    for before, stop in counts:
        if string[before] == "第" and (number := _after_title(string, start, end, before)):
            listed += [number] if all(n.start != number.start for n in found) else []
        if string[before] in _BETWEEN and (few := _FEW.search(string, max(start, stop - _LONGEST), stop)):
            listed += _serials(string, start, few)
    return found + listed


def _after(string: str, end: int, first: NumberMatch) -> Iterator[NumberMatch]:
    """…1号|、2号、〔2005〕9号: with the code of the first, and the year of the last that writes one."""
    code, year, at = first.organ_code, first.year, first.end
    if not code or string[at - 1] != "号":
        return
    if "〔" not in first.normalized:
        yield from _orders(string, end, first, code)
        return
    while (m := _MORE.match(string, at, end)) is not None:
        year, at = int(m["year"]) if m["year"] else year, m.end()
        serial = m["serial"].translate(FOLD)
        written = f"{code}〔{year}〕{m['di'] or ''}{serial}号"
        yield NumberMatch(m.start("left"), at, written, code, year, serial, True)


def _orders(string: str, end: int, first: NumberMatch, code: str) -> Iterator[NumberMatch]:
    """某某部令第32号|、第45号."""
    at = first.end
    while code.endswith("令") and (m := _MORE.match(string, at, end)) is not None and m["di"] and not m["year"]:
        at, serial = m.end(), m["serial"].translate(FOLD)
        yield NumberMatch(m.start("left"), at, f"{code}第{serial}号", code, first.year, serial, True)


def _after_title(string: str, start: int, end: int, at: int) -> NumberMatch | None:
    """《某某局关于…的公告》（2023年第60号）: a number whose kind stands in the title."""
    title_end = string.rfind("》", max(start, at - _LONGEST_YEAR), at)
    m = _AFTER_TITLE.match(string, title_end, end) if title_end >= 0 else None
    if m is None:
        return None
    written = squeeze(m["number"]).replace(" ", "")
    return NumberMatch(*m.span("number"), written, None, int(m["year"]), m["serial"])


def _serials(string: str, start: int, few: re.Match[str]) -> Iterator[NumberMatch]:
    """〔2011〕46、47号: two numbers."""
    opening = max(string.rfind(c, max(start, few.start() - _HEAD), few.start()) for c in OPEN)
    year = BRACKETED.match(string, opening) if opening >= 0 else None
    begin, code = organ_code_before(string, opening, start) if year else (0, None)
    if year is None or not code:
        return
    for m in _SERIAL.finditer(string, *few.span("serials")):
        last, serial = m.end() == few.end("serials"), m[0].translate(FOLD)
        written = f"{code}〔{year['year'].translate(FOLD)}〕{serial}号"
        place = (begin if m.start() == few.start("serials") else m.start(), few.end() if last else m.end())
        yield NumberMatch(*place, written, code, int(year["year"]), serial, True)
