"""What a document says of the years of its dates: title, declared period, issue date, document number."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from .calendar import FIRST_YEAR, LAST_YEAR, year_number
from .find import find_dates
from .model import DateContext
from .patterns import CONNECTOR, DASH, YEAR, W

if TYPE_CHECKING:
    from ..extract.header import Header
    from ..outline import Doc

_TITLE_YEAR = re.compile(rf"(?<![0-9０-９])(?<!{DASH})(?<![至到])(?P<y>{YEAR}){W}年(?!{CONNECTOR}[0-9])")
_PERIOD = re.compile(
    rf"年(?:(?<=[0-9０-９一二三四五六七八九〇零○O 　]年){W}[0-9０-９]{{1,2}}{W}"
    rf"(?:月[0-9０-９ ]{{0,4}}日?份?)?{CONNECTOR}"
    r"|(?P<theme>(?<=[0-9]年)(?=(?:度)?(?:作为|确定为|定为|列为|为全|为我|为“)[^。；\n]{0,30}年)))"
)
"""2018年3月至…, 将2018年作为脱贫攻坚作风建设年. It begins with 年, which is quick to find; the year before it is read
afterwards."""
_YEAR_END = re.compile(rf"{YEAR}{W}$")
_BODY = frozenset(("body", "enclosure", "attachment", "head"))
_LONGEST = datetime.timedelta(days=366 * 3)


_HALF = 7
_CALLS = re.compile("申报|申请|推荐|评选|评审|评定|评优|遴选|选拔|征集|征订|报名|招生|招聘|招募|立项|预算")
"""Titles of notices that ask, late in a year, for what the next year needs."""


def date_context(doc: Doc, header: Header) -> DateContext:
    """Where a missing year comes from in this document (annotation guide, general rules)."""
    issued = header.issue_date.date if header.issue_date else None
    if not issued and header.imprint:
        issued = header.imprint.print_date  # minutes bear no other date
    day = datetime.date.fromisoformat(issued) if issued else None
    titles = [header.title.text if header.title else "", *(e.title for e in header.enclosures)]
    year = title_year(titles)
    if year is None and day is None and header.title and header.document_number is None:
        year = year_below(doc.text.string, header.title.span.end)
    return DateContext(
        title_year=year,
        declared=None if year else declared_period(doc, day),
        issued=day,
        number_year=header.document_number.year if header.document_number else None,
        called=bool(day and year and year == day.year + 1 and day.month >= _HALF and _CALLS.search(titles[0])),
    )


_BELOW = re.compile(
    rf"[^\S\n]{{0,4}}\n\s{{0,8}}[（(]\s?(?P<y>{YEAR}){W}年{W}[0-9]{{1,2}}{W}月(?:{W}[0-9]{{1,2}}{W}日)?[^（）()\n]{{0,16}}[）)]"
)


def year_below(string: str, end: int) -> int | None:
    """（2022年4月） below the title of a list that bears no other date."""
    below = _BELOW.match(string, end)
    year = year_number(below["y"]) if below else None
    return year if year and FIRST_YEAR <= year <= LAST_YEAR else None


def title_year(titles: list[str]) -> int | None:
    """The one year of the title; none where it spans several (2021—2023年)."""
    for title in titles:
        years = {year_number(m["y"]) for m in _TITLE_YEAR.finditer(title)} if "年" in title else ()
        years = {y for y in years if y and FIRST_YEAR <= y <= LAST_YEAR}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def declared_period(doc: Doc, issued: datetime.date | None) -> tuple[datetime.date, datetime.date] | None:
    """The first period of the work that the text writes with its year (从2020年6月至10月), near the issue date."""
    string = doc.text.string
    if "年" not in string:
        return None
    for part in doc.anatomy.parts:
        if part.kind not in _BODY:
            continue
        theme: int | None = None
        for m in _PERIOD.finditer(string, part.start, part.end):
            if m["theme"] is not None:
                theme = m.start() if theme is None else theme
                continue
            year = _YEAR_END.search(string, max(m.start() - 7, part.start), m.start())
            if not year:
                continue
            found = find_dates(string, year.start(), min(m.end() + 20, part.end), context=DateContext())
            e = found[0] if found else None
            if e and e.marker == "range" and e.first and e.last and _is_plausible(e.first, e.last, issued):
                return _turning(string, part.start, m.start(), e.first.year, issued) or (e.first, e.last)
        named = year_number(string[theme - 4 : theme]) if theme is not None and theme >= 4 else None
        if named and FIRST_YEAR <= named <= LAST_YEAR and (issued is None or abs(issued.year - named) <= 1):
            return datetime.date(named, 1, 1), datetime.date(named, 12, 31)
    return None


_TURNS = re.compile(
    rf"(?<![0-9０-９.年])[0-9０-９]{{1,2}}{W}月(?:{W}[0-9０-９]{{1,2}}{W}日)?{CONNECTOR}(?={YEAR}{W}年{W}[0-9０-９]{{1,2}}{W}月)"
)
"""12月16日至|2010年1月20日: the year stands at the second end only."""


def _turning(
    string: str, start: int, end: int, year: int, issued: datetime.date | None
) -> tuple[datetime.date, datetime.date] | None:
    """12月16日至2010年1月20日 before 2010年1月21日至2月10日: the work begins in the year of issue."""
    if issued is None or year != issued.year + 1:
        return None
    turns = _TURNS.search(string, start, end)
    found = find_dates(string, turns.start(), min(turns.end() + 20, end), context=DateContext()) if turns else None
    e = found[0] if found else None
    if e and e.marker == "range" and e.first and e.last and issued <= e.first and e.last.year == year:
        return e.first, e.last
    return None


def _is_plausible(first: datetime.date, last: datetime.date, issued: datetime.date | None) -> bool:
    if not datetime.timedelta(days=10) <= last - first <= _LONGEST:
        return False
    return issued is None or (last >= issued and abs((first - issued).days) <= 400)
