"""Where document numbers stand: nearly all end in 号, which is rare and cheap to find; what stands before its count
says which form it is.
"""

from __future__ import annotations

import re

from .search import places

OPEN, CLOSE = "〔﹝［[【（(「〖{｛", "〕﹞］]】）)」〗}｝"
_YEAR = r"(?P<year>[12１２][09０９][0-9０-９]{2})"
_SERIAL = (
    r"(?P<di>第)?[ \t　\xa0]{0,3}(?P<serial>[0-9０-９]{1,6}(?: [0-9]{1,4}(?= ?号))?"
    r"(?:[ 　]{0,2}[-—–－―‐][ 　]{0,2}[0-9０-９]{1,4})?)"
    r"[ \t　\xa0]{0,3}(?P<hao>号)?"
)
_GAP = r"[ \t　\xa0]{0,3}"
BRACKETED = re.compile(
    rf"(?P<open>[{re.escape(OPEN)}]){_GAP}{_YEAR}{_GAP}年?{_GAP}"
    rf"(?:(?P<close>[{re.escape(CLOSE)}]){_GAP}|(?<=[ 　])(?=[0-9]{{1,4}}[ 　]?号)){_SERIAL}"
)
"""〔2018〕81号, (2023)42号, 〔2021)113号, 〔2024〕 3 号, 〔2023〕第12号, 〔2023〕38-1号, 〔2019〕3 0号."""
_LONGEST_COUNT, _LONGEST_YEAR = 60, 20
"""Characters of a count, and of a bracketed year, with all their padding."""
_BLANK = " \t　\xa0"
_DIGIT = "0-9０-９"
_LINE_END = re.compile(rf"\n(?<=[{_DIGIT}{_BLANK}{re.escape(CLOSE)}第][)）{_DIGIT}{_BLANK}]\n)")
"""临江脱贫组[2018] 1|, （某发〔2018〕1）|."""
_COUNT = "0123456789０１２３４５６７８９〇零一二三四五六七八九十百-—–－―‐" + _BLANK
_BEFORE_SERIAL = OPEN + CLOSE + "第"


def before_counts(string: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The counts that end in 号: the place of the character before the count, and where 号 ends."""
    ends = [at + 1 for at in places(string, "号", start, stop)]
    return [(_before(string, start, end - 1, _COUNT), end) for end in ends]


def with_year(string: str, start: int, stop: int, signed: list[tuple[int, int]]) -> list[re.Match[str]]:
    """Bracketed years with a serial, in order: before the `signed` counts, and at the end of a line without 号."""
    ends = [*[m.start() for m in _LINE_END.finditer(string, start, stop)], stop]
    places_before = [*signed, *[(_before(string, start, end, _COUNT + ")）"), end) for end in ends]]
    found = {
        m.start(): m
        for before, end in places_before
        if before >= start and string[before] in _BEFORE_SERIAL
        for m in BRACKETED.finditer(string, max(start, before - _LONGEST_YEAR), end)
    }
    return [found[at] for at in sorted(found)]


def _before(string: str, start: int, end: int, chars: str) -> int:
    low = end - _LONGEST_COUNT if end - start > _LONGEST_COUNT else start
    return low + len(string[low:end].rstrip(chars)) - 1
