"""What the ledger takes from a document: tasks, dates, seats, findings, each a row that needs no document any more."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ...model import DatePeriod, Measure, PolicyDocument
from ...text import Span
from ..places import Place
from ..relation import Facts, iso
from .paths import Sections, shortened
from .texts import due as due_text
from .texts import task_and_measures
from .words import QUIET, ROLES

_BRIEF = 60
"""Characters of a task that has no heading, where it is only named."""
_TELLING = 12
"""A shorter action (全部完工) does not say what it is about; its clause does."""
_BEGINNING = 8
"""Characters by which the text of a task is found."""
_AROUND = 12
"""Characters before and behind the passage that a finding points to."""
_SPACE = re.compile(r"\s+")
_SHORTEST = 20
"""Texts of fewer characters say too little to call two documents the same."""
LEDGER_HEADER = "序号文件标题发文字号发文机关任务路径工作任务具体措施"
"""What a ledger of this library reads as."""


class Paper(NamedTuple):
    """The document of a row."""

    title: str
    number: str | None
    issuers: str | None
    file: str
    """Its place in the input, as told to a person."""
    link: str | None
    """The address of the file, from the workbook's folder."""
    unit: str
    """What a block of its text is called: 行 in a text file, 段 elsewhere."""


class Link(str):
    """A text that leads to `target`."""

    target: str

    def __new__(cls, text: str, target: str) -> Link:
        made = super().__new__(cls, text)
        made.target = target
        return made


class Spot(NamedTuple):
    """Where a row's text stands."""

    paper: Paper
    place: Place

    def text(self) -> str:
        """通知.docx 第12段"""
        return " ".join(filter(None, (self.paper.file, self.within())))

    def linked(self) -> str | None:
        """第12段, leading to the file."""
        if self.paper.link is None:
            return self.within() or None
        return Link(self.within() or "打开原文", self.paper.link)

    def within(self) -> str:
        """第3页 表2第4行"""
        page, line, table, row, _ = self.place
        parts = [f"第{page}页"] if page else []
        if table and row and self.paper.unit != "行":
            parts.append(f"表{table}第{row}行")
        elif line and not page:
            parts.append(f"第{line}{self.paper.unit}")
        return " ".join(parts)


class Task(NamedTuple):
    """A measure."""

    spot: Spot
    path: str | None
    task: str | None
    measures: str | None
    units: dict[str, tuple[str, ...]]
    """Names by role."""
    due_text: str | None
    due: date | None
    phase: str | None

    @property
    def brief(self) -> str:
        """What it is called where it is only named."""
        return shortened(self.task or self.measures or "", _BRIEF)


class Dated(NamedTuple):
    """A row of the timetable."""

    kind: str
    what: str
    said: str
    start: date | None
    end: date | None
    units: str | None
    spot: Spot


class Seat(NamedTuple):
    """A row of the leadership groups."""

    group: str
    parent: str | None
    body: str
    role: str
    person: str | None
    post: str | None
    note: str | None
    spot: Spot


class Finding(NamedTuple):
    """A row of what is to be checked."""

    severity: int
    """0: not read; 1: to be checked; 2: to be known."""
    code: str
    message: str
    """As the library says it."""
    passage: str | None
    spot: Spot
    day: str | None = None
    """The date that was made of the passage."""


class Reading:
    """What one document says."""

    def __init__(self, document: PolicyDocument, path: str | None, link: str | None) -> None:
        self.document, self.facts = document, Facts(document, path)
        file = path if path is not None else document.source.name or ""
        self.paper = Paper(
            title=document.title.text if document.title else file.rpartition("/")[2] or "（无标题）",
            number=document.document_number.normalized if document.document_number else None,
            issuers="、".join(n.name for n in document.issuers) or None,
            file=file,
            link=link,
            unit="行" if document.source.media_type.startswith("text/plain") else "段",
        )
        self._sections = Sections(document)

    def spot(self, span: Span | None) -> Spot:
        """The place of a passage."""
        return Spot(self.paper, self.facts.row(0, None, span).place)

    def tasks(self) -> Iterator[Task]:
        """The measures, in the order of the text."""
        told = self._told()
        for i, m in enumerate(self.document.measures):
            names = {
                role: tuple(dict.fromkeys(r.full_name or r.name for r in m.responsibilities if r.role == role))
                for role in ROLES
            }
            task, measures = task_and_measures(m)
            task = task or self._sections.around(m)
            due = due_text(m.deadline, self.document.text) if m.deadline else None
            if due is None and i in told:
                due = "文中：" + "；".join(told[i])
            day = iso(m.deadline.end) if m.deadline else None
            spot = self.spot(self._own_place(i, m))
            yield Task(spot, self._sections.path(m), task, measures, names, due, day, m.phase)

    def _own_place(self, i: int, measure: Measure) -> Span:
        """Rows beside one merged cell all begin with it: those below the first are where their own text stands."""
        start, end = measure.span.start, measure.span.end
        if i and self.document.measures[i - 1].span.end > start:
            at = self.document.text.find(measure.text[:_BEGINNING], start, end)
            return Span(at, end) if at > start else measure.span
        return measure.span

    def _told(self) -> dict[int, list[str]]:
        """The deadlines that stand in the text of each measure."""
        found: dict[int, list[str]] = {}
        for d in self.document.deadlines:
            if (holder := self.facts.measure_at(d.period.span)) is not None:
                at = found.setdefault(int(holder.rpartition("-")[2]) - 1, [])
                if d.text not in at:
                    at.append(d.text)
        return found

    def dates(self, tasks: list[Task]) -> Iterator[Dated]:
        """Phases, deadlines of measures, and deadlines told in the text."""
        for p in self.document.phases:
            yield _dated("阶段", p.name, p.period, None, self.spot(p.span))
        for m, task in zip(self.document.measures, tasks, strict=True):
            if m.deadline:
                yield _dated("任务时限", task.brief, m.deadline, shown(task), task.spot)._replace(
                    said=task.due_text or ""
                )
        for d in self.document.deadlines:
            holder = self.facts.measure_at(d.period.span)
            units = shown(tasks[int(holder.rpartition("-")[2]) - 1]) if holder else None
            what = shortened(d.action if d.action and len(d.action) >= _TELLING else d.context, _BRIEF)
            yield _dated("文中时限", what, d.period, units, self.spot(d.period.span))

    def seats(self) -> Iterator[Seat]:
        """The members of the groups and of their offices."""
        for g in self.document.leadership_groups:
            for m in g.members:
                yield Seat(g.name, g.parent, "领导机构", m.role, m.person, m.post, None, self.spot(m.span))
            if g.office is None:
                if not g.members:
                    yield Seat(g.name, g.parent, "领导机构", "", None, None, None, self.spot(g.span))
                continue
            duties = f"职责：{g.office.duties}" if g.office.duties else None
            if g.office.located_at or duties or not g.office.members:
                at = f"设在{g.office.located_at}" if g.office.located_at else None
                yield Seat(g.name, g.parent, "办公室", "（办公室）", None, at, duties, self.spot(g.office.span))
            for m in g.office.members:
                yield Seat(g.name, g.parent, "办公室", m.role, m.person, m.post, None, self.spot(m.span))

    def findings(self) -> Iterator[Finding]:
        """The diagnostics that ask for a look."""
        days = self._days()
        for d in self.document.diagnostics:
            if d.code not in QUIET:
                severity = 2 if d.severity == "info" else 1
                day = days.get(d.span) if d.span else None
                yield Finding(severity, d.code, d.message, self._passage(d.span), self.spot(d.span), day)
        if not self.document.measures:
            yield Finding(2, "no-tasks", "", None, self.spot(None))

    def _days(self) -> dict[Span, str]:
        """What the dates of the document were read as."""
        d = self.document
        periods = [p.period for p in d.phases] + [m.deadline for m in d.measures] + [x.period for x in d.deadlines]
        return {
            p.span: f"{p.start}至{p.end}" if p.start and p.end and p.start != p.end else p.end or p.start or ""
            for p in periods
            if p
        }

    def _passage(self, span: Span | None) -> str | None:
        if span is None:
            return None
        text, start, end = self.document.text, span.start, min(span.end, span.start + _BRIEF)
        low, high = max(start - _AROUND, 0), min(end + _AROUND, len(text))
        begin = max(text.rfind("\n", low, start) + 1, low)
        stop = text.find("\n", end, high)
        stop = stop if stop >= 0 else high
        before = "…" if text[:begin] and text[begin - 1] != "\n" else ""
        behind = "…" if text[stop : stop + 1].strip() else ""
        return before + " ".join(text[begin:stop].split()) + behind

    def is_ledger(self) -> bool:
        """True for a workbook that this module has written."""
        return LEDGER_HEADER in _squeezed(self.document.text[:400])

    def keys(self) -> list[bytes]:
        """What two documents with the same text, or the same tasks under the same title and number, have in common."""
        text = _squeezed(self.document.text)
        found = [_hash("text", text)] if len(text) >= _SHORTEST else []
        measures = [
            "\t".join((_squeezed(m.text), *(f"{r.role}:{r.full_name or r.name}" for r in m.responsibilities)))
            for m in self.document.measures
        ]
        if self.document.title and measures:
            title = _squeezed(self.paper.title)
            found.append(_hash("tasks", title, self.paper.number or "", self.paper.issuers or "", *measures))
        return found


def shown(task: Task) -> str | None:
    """The units of a task with their roles: 牵头：甲；配合：乙、丙."""
    parts = [f"{ROLES[role]}：{'、'.join(names)}" for role, names in task.units.items() if names]
    return "；".join(parts) or None


def _dated(kind: str, what: str, period: DatePeriod | None, units: str | None, spot: Spot) -> Dated:
    if period is None:
        return Dated(kind, what, "", None, None, units, spot)
    return Dated(kind, what, period.text, iso(period.start), iso(period.end), units, spot)


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def _hash(*parts: str) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
