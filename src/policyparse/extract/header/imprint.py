"""版记 (§7.4): 抄送机关, 印发机关, 印发日期."""

from __future__ import annotations

import datetime
import re

from ...dates import DateContext, find_dates
from ...model import Imprint, Name
from ...organisations import split_units
from ...outline import Doc
from ...squeeze import squeeze
from ...text import Span
from .disclosure import plain_day

_CC = re.compile(r"(?:抄\s*送|抄\s*报|抄\s*致|分\s*送|主\s*送)\s*[:：]\s*")
_DAY = (
    r"(?P<date>(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[一二][〇○零Ｏ0０一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_ON_DAY = rf"{_DAY}\s*印\s*[发制刷]"
_PRINTED = re.compile(rf"(?P<by>[^\n。；：:]{{2,60}}?)[\s　]*{_ON_DAY}")
"""某某局办公室　　2018年3月1日印发."""
_PRINTED_DAY = re.compile(_ON_DAY)
"""It is found much sooner than all of that."""
_LAST_LINE = re.compile(
    rf"(?:^|\n)[ \t　]*(?:(?P<by>[^\n。；：:]{{2,60}}?)[\s　]*)?{_DAY}(?:\s*[（(]?共印[^\n]{{1,12}})?\s*\Z"
)
"""某某局办公室　　2018年3月1日, without the word."""


def extract_imprint(doc: Doc) -> Imprint | None:
    """The last imprint of the document, None when it has none."""
    part = next((p for p in reversed(doc.anatomy.parts) if p.kind == "imprint"), None)
    if part is None:
        return None
    s, end = doc.text.string, min(part.end, part.start + 3000)
    cc: list[Name] = []
    for m in _CC.finditer(s, part.start, end):
        stops = [p for c in "。\n" if (p := s.find(c, m.end(), end)) >= 0]
        cc += [Name(name=u.name, span=Span(u.start, u.end)) for u in split_units(s, m.end(), min(stops, default=end))]
    printed = None
    if first := _PRINTED_DAY.search(s, part.start, end):
        lead = s[part.start : first.start()].rstrip()
        for printed in _PRINTED.finditer(s, part.start + lead.rfind("\n") + 1, end):  # noqa: B007  the last one counts
            pass
    printed = printed or _LAST_LINE.search(s, max(part.start, end - 160), end)
    by = re.sub(r".*[）)]", "", squeeze(printed["by"])) if printed and printed["by"] else None
    day = _day(printed["date"]) if printed else None
    stop = part.start + len(s[part.start : part.end].rstrip())
    return Imprint(
        cc=cc, printed_by=by or None, print_date=day.isoformat() if day else None, span=Span(part.start, stop)
    )


def _day(written: str) -> datetime.date | None:
    if day := plain_day(squeeze(written)):
        return day
    days = find_dates(written, context=DateContext())
    return days[0].last if days else None
