"""Checks over the finished facts: what a careful reader would flag that no single extractor sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ..diagnostics import Report
from ..model import Deadline, Phase
from ..outline import Doc
from ..search import holds, places
from ..text import Line, Span

_NO_DAY = "3[2-9]日|[4-9][0-9]日|00日"
_NO_FRACTION = r"(?<![0-9][.,，][0-9]{%d}%s)"
_FORMS = (
    # what is wrong, the sign behind the number, the digits before it (how many, which), what follows
    ("a year where a month belongs", "月", 4, "(?:19|20)[0-9]{2}", "(?:[0-9]{1,2}[月日])?"),  # 到2023月底
    ("no such month", "月", 2, "(?:1[3-9]|[2-9][0-9]|00)", "(?:份|底|[0-3]?[0-9]日)"),  # 2023年13月5日
    ("no such month", "月", 1, "0", "(?:份|底|[0-3]?[0-9]日)"),
    ("no such day", "月", 2, "(?:0[0-9]|1[0-2])", f"(?:{_NO_DAY}|(?<=0[469]月|11月)31日|(?<=02月)3[01]日)"),
    ("no such day", "月", 1, "[0-9]", f"(?:{_NO_DAY}|(?<=[469]月)31日|(?<=2月)3[01]日)"),  # 11月31日, 2月30日
    ("a year where a day belongs", "日", 4, "20[0-9]{2}", "(?![历本元])"),  # 2023日前
    ("two years without a dash", "年", 8, "(?:19|20)[0-9]{2}(?:19|20)[0-9]{2}", ""),  # 20212023年
    ("a percentage above 10000", "%", 5, "(?:19|20)[0-9]{3}", _NO_FRACTION % (5, "%")),  # 参保率达到20230%
    ("a percentage above 10000", "％", 5, "(?:19|20)[0-9]{3}", _NO_FRACTION % (5, "％")),
    ("a percentage above 10000", ".", 5, "(?:19|20)[0-9]{3}", _NO_FRACTION % (5, "\\.") + "[0-9]+[%％]"),
    ("digits glued to a year", "00", 4, "20[12][0-9]", _NO_FRACTION % (4, "00") + "(?=[元户人个名])"),  # 奖励202300元
)


def _by_sign() -> dict[str, re.Pattern[str]]:
    """One pattern for the forms of each sign: one that begins with a single character is found fastest."""
    forms: dict[str, list[str]] = {}
    for i, (_, sign, width, digits, behind) in enumerate(_FORMS):
        alone = f"(?<={digits}{re.escape(sign)})(?<![0-9]{{{width + 1}}}{re.escape(sign)})"
        forms.setdefault(sign, []).append(f"(?P<form{i}>{alone}{behind})")
    return {sign: re.compile(f"{re.escape(sign)}(?:{'|'.join(of_sign)})") for sign, of_sign in forms.items()}


_GARBLED = _by_sign()
_LOST = re.compile("\ufffd+")
_EMPTIED = {pair: re.compile(f"{re.escape(pair[0])}(?={re.escape(pair[1])})") for pair in ("()", "（）", "〔〕")}
"""Brackets that lost what stood in them (乡镇()对贫困村…负直接责任); a blank to fill in has spaces."""
_USUAL = "（）"
"""So many of these that the pair is looked for at once."""
_MAX_REPORTS = 200
"""Reports of one kind; a file in a wrong encoding may have a million."""


def check(doc: Doc, phases: list[Phase], deadlines: list[Deadline], report: Report) -> None:
    """Garbled text, dangling brackets, phases out of order, deadlines after the last phase."""
    _garbled(doc, report)
    _emptied(doc, report)
    _titles(doc, report)
    _phase_order(phases, report)
    _late_deadlines(doc, phases, deadlines, report)


def _garbled(doc: Doc, report: Report) -> None:
    string = doc.text.string
    percent = "%" in string or "％" in string
    for pattern in [_GARBLED[sign] for sign in _GARBLED if sign[0] in string and (percent or sign != ".")]:
        for m in islice(pattern.finditer(string), _MAX_REPORTS):
            message, _, width, _, _ = _FORMS[int((m.lastgroup or "").removeprefix("form"))]
            start = m.start() - width
            report.add("garbled-text", f"{message}: {string[start : m.end()]}", Span(start, m.end()))
    if "\ufffd" in string:
        for m in islice(_LOST.finditer(string), _MAX_REPORTS):
            report.add("garbled-text", f"characters lost in decoding: {m.group()[:20]}", Span(m.start(), m.end()))


def _emptied(doc: Doc, report: Report) -> None:
    string = doc.text.string
    for pair, brackets in _EMPTIED.items():
        if not (pair in string if pair == _USUAL else holds(string, pair)):
            continue
        for m in islice(brackets.finditer(string), _MAX_REPORTS):
            _report_emptied(m.start(), report)


def _report_emptied(at: int, report: Report) -> None:
    report.add("garbled-text", "nothing left inside the brackets", Span(max(at - 2, 0), at + 2))


def _titles(doc: Doc, report: Report) -> None:
    """《 without 》 in its paragraph: a title that the source cut or wrote with a wrong mark; 《》."""
    string = doc.text.string
    opened, closed = places(string, "《"), places(string, "》")
    for at in islice([at for at in opened if string.startswith("》", at + 1)], _MAX_REPORTS):
        _report_emptied(at, report)
    if len(opened) == len(closed):
        return
    for line in islice(_unpaired(doc, opened, closed), _MAX_REPORTS):
        if string.count("《", line.start, line.end) > string.count("》", line.start, line.end):
            at = string.rfind("《", line.start, line.end)
            report.add("garbled-text", "《 without 》", Span(at, min(at + 20, line.end)))
        else:
            at = string.find("》", line.start, line.end)
            report.add("garbled-text", "》 without 《", Span(max(at - 20, line.start), at + 1))


def _unpaired(doc: Doc, opened: list[int], closed: list[int]) -> Iterator[Line]:
    """Lines that open more titles than they close, or the other way round."""
    lines: dict[int, Line] = {}
    more: dict[int, int] = {}
    for marks, one in ((opened, 1), (closed, -1)):
        start = end = 0
        for at in marks:
            if at >= end and (line := doc.line_at(at)) is not None:
                start, end = line.start, line.end
                lines[start] = line
            more[start] = more.get(start, 0) + one
    yield from [line for start, line in sorted(lines.items()) if more[start] and not line.meta]


def _phase_order(phases: list[Phase], report: Report) -> None:
    """A stage that begins before the one before it, or ends before it, or ends before it begins."""
    earlier: tuple[str, str | None, str | None] | None = None
    last = 0
    for phase in phases:
        name, ordinal, period = phase.name, phase.ordinal, phase.period
        if ordinal <= last:  # another plan
            earlier = None
        last = ordinal
        if period is None:
            continue
        start, end = period.start, period.end
        if start and end and end < start:
            report.add("phase-order", f"{name} ends ({end}) before it begins ({start})", period.span)
        if earlier is not None and (message := _out_of_order(earlier, (name, start, end))):
            report.add("phase-order", message, period.span)
        earlier = name, start, end


def _out_of_order(earlier: tuple[str, str | None, str | None], later: tuple[str, str | None, str | None]) -> str | None:
    """What is wrong with the second of two stages (name, first and last day), if anything."""
    (before, first, last), (name, start, end) = earlier, later
    if end and last and end < last:
        return f"{name} ends ({end}) before {before} ({last})"
    if start and first and start < first:
        return f"{name} begins ({start}) before {before} ({first})"
    if start and last and start < last and not _shared_month(last, start):
        return f"{name} begins ({start}) before {before} ends ({last})"
    return None


def _shared_month(end: str, start: str) -> bool:
    """8月 then 8-10月: stages told in whole months may share one."""
    return end[:7] == start[:7] and start.endswith("-01")


def _late_deadlines(doc: Doc, phases: list[Phase], deadlines: list[Deadline], report: Report) -> None:
    """A deadline after the last stage ends, in a plan whose stages are all dated and stand in one part."""
    periods = [p.period for p in phases]
    if len(periods) < 2 or not periods[-1] or not periods[-1].end:
        return
    last = max([end for period in periods if period and (end := period.end)])
    first_place, last_place = phases[0].span.start, phases[-1].span.end
    for d in [d for d in deadlines if (end := d.period.end) and end > last]:
        inside = first_place <= d.period.span.start < last_place or _same_part(doc, d.period.span.start, first_place)
        if inside:
            report.add(
                "deadline-after-phases", f"{d.text} ({d.period.end}) is after the last phase ({last})", d.period.span
            )


def _same_part(doc: Doc, one: int, other: int) -> bool:
    parts = [p for p in doc.anatomy.parts if p.start <= one < p.end]
    return any(p.start <= other < p.end for p in parts)
