"""Measures (工作措施, 重点任务) with their responsible units, roles and deadlines.

A responsibility note makes the smallest numbered item (or paragraph) that it closes a measure. Items under headings
such as 主要任务 are listed without a note too, with no units.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from operator import attrgetter

from ...dates import DateContext
from ...diagnostics import Report
from ...model import Measure, Phase
from ...outline import AFTER_NUMBER, Doc, Node, path
from ...responsibilities import Note, stated_rule
from ...squeeze import squeeze
from ...text import Span
from .items import Item, noted_items, notes_of
from .notes import Fields, make, period, responsibilities
from .tables import table_measures
from .unnoted import steps, unnoted

_LABEL_HEAD = 7
_SAME = 16
"""Items and rows of a task table that have so many first characters in common are the same."""
_SEVERAL = 3
"""So many items with only 主办单位：… or 实施单位：… are task items; one or two are an event's organisers."""


def extract_measures(doc: Doc, phases: list[Phase], context: DateContext, report: Report) -> list[Measure]:
    """Items of work, from text and from task tables, in document order."""
    found: list[Fields] = []
    tables: list[tuple[int, int]] = []
    rule = stated_rule(doc.text.string) if doc.tables else None
    for grid in doc.tables:
        rows = table_measures(doc, grid, context, report, rule)
        if rows:
            tables.append((grid.start, grid.end))
            found += rows
    items = sorted(noted_items(doc, notes_of(doc, tables)), key=attrgetter("start"))
    weak = _task_items(items)
    string = doc.text.string
    above: tuple[Node, ...] = ()
    numbers: list[str] = []
    for item in items:
        if _is_measure(string, item, weak):
            if item.above is not above:
                above = item.above
                numbers = path(above)
            found.append(_measure(doc, item, numbers, context, report))
    more = list(unnoted(doc, items, frozenset([p.span.start for p in phases])))
    if tables or more:
        more = _untold(more, found) if tables else more
        found = sorted([*found, *more], key=lambda m: m["span"].start)
    first = found[0]["span"].start if found else 0
    if found and any(p.span.end > first for p in phases):
        _set_phases(found, phases)
    return [make(fields) for fields in found]


def _untold(free: list[Fields], rows: list[Fields]) -> list[Fields]:
    """The items without a note that no row of a task table tells again, with its units (任务分工表 of a plan)."""
    told = {str(row["text"])[:_SAME] for row in rows}
    return [m for m in free if _opening(m) not in told and m["text"][:_SAME] not in told]


def _opening(m: Fields) -> str:
    """The first characters below the heading."""
    begin, text = len(m["heading"] or ""), str(m["text"])
    return text[begin : begin + _SAME + 1].lstrip("。：:. ")[:_SAME]


# --- from item to measure -------------------------------------------------------------------------------------------


def _is_measure(string: str, item: Item, weak: set[int]) -> bool:
    """Whether a note makes its item a measure: 负责人：… and (but for `weak`) 主办单位：… need another beside them."""
    notes = item.notes
    for note in notes:
        if note.assignments and (note.sure or item.start in weak):
            start = note.start
            if "负责人" not in string[start : start + _LABEL_HEAD]:
                return not (notes[0].bare and item.above and _only_told(string, item))
    return False


def _measure(doc: Doc, item: Item, above: list[str], context: DateContext, report: Report) -> Fields:
    """The measure of an item with its notes; `above`: the numbers that lead to what holds it."""
    string = doc.text.string
    holder, notes, start, end = item.node, item.notes, item.start, item.end
    due = notes[0].deadline if len(notes) == 1 else next((n.deadline for n in notes if n.deadline), None)
    node = None if item.plain else holder
    children = node.children if node is not None else ()
    if children:
        end = _text_end(item, children)
    return {
        "number": node.number if node is not None else None,
        "path": _path(holder, above) if holder is not None else [],
        "heading": _heading(string, node, notes) if node is not None else None,
        "text": squeeze(string[node.content if node is not None else start : end]),
        "steps": steps(string, node) if node is not None and children else [],
        "responsibilities": responsibilities(notes),
        "deadline": period(string, *due, context, report) if due else None,
        "phase": None,
        "span": node.span if node is not None and node.start == start and node.end == end else Span(start, end),
    }


def _path(node: Node, above: list[str]) -> list[str]:
    marker = node.marker
    return above[:] if marker is None else [*above, marker.rstrip(AFTER_NUMBER)]


def _only_told(string: str, item: Item) -> bool:
    """营业执照（市市场监管局） under 申报材料: a bracket there names nobody who has to do the item."""
    if not all(n.bare for n in item.notes):
        return False
    return any(n.heading is not None and n.heading.endswith(_PAPERS) for n in item.above)


_PAPERS = ("条件", "材料", "资料", "要件", "证明", "对象")
"""申报条件, 提交材料; the steps of 办理流程 are done by somebody."""


def _heading(string: str, node: Node, notes: list[Note]) -> str | None:
    """The heading without the note in it: 推进课后服务|（市教育局牵头）。"""
    start, end = node.heading_start, node.heading_end
    for note in notes:
        if start < note.start < end:
            return squeeze(string[start : min(n.start for n in notes if n.start > start)])
    return node.heading


def _task_items(items: list[Item]) -> set[int]:
    """Items (their starts) whose only notes are 主办单位：…: several, beside noted ones, or with a deadline."""
    unsure = [i for i in items if i.notes and not i.notes[0].sure and all(not n.sure for n in i.notes if n.assignments)]
    if not unsure or len(unsure) >= _SEVERAL:
        return {i.start for i in unsure}
    timed = {i.start for i in unsure if any(n.deadline for n in i.notes)}
    starts = {i.start for i in unsure}
    holders = {i.above[-1].start for i in items if i.above and i.start not in starts}
    return timed | {i.start for i in unsure if i.above and i.above[-1].start in holders}


def _text_end(item: Item, children: tuple[Node, ...]) -> int:
    """A note in the text before the first sub-item closes only that text."""
    first = next((c for c in children if c.number is not None and not c.inline), None)
    if first is not None and all(n.start < first.start for n in item.notes):
        return first.start
    return item.end


def _set_phases(measures: list[Fields], phases: list[Phase]) -> None:
    """Each measure (in order) belongs to the last phase that begins before it, unless that has ended."""
    starts = [m["span"].start for m in measures]
    ordered = sorted(phases, key=lambda p: p.span.start)
    for phase, after in pairwise([*ordered, None]):
        assert phase is not None
        span = phase.span
        end = span.end if after is None else min(span.end, after.span.start)
        for m in measures[bisect_left(starts, span.start) : bisect_left(starts, end)]:
            m["phase"] = phase.name
