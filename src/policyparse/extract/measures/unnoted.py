"""Items of sections headed 主要任务, 工作措施 … that no responsibility note closes: measures without units.

The smallest item counts, but where items only say what another is about (对存在下列问题的单位进行整改：1.…), the
other is the measure and they are its steps.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from ... import lexicon
from ...model import Step
from ...outline import Doc, Node, path
from ...squeeze import squeeze
from .items import Item
from .notes import Fields, make_step
from .work import LONGEST, introduces_data, is_work, sets_out

_TASK = re.compile(lexicon.alternation("task_sections"))
_LONGEST_HEADING = 16


class _Noted(NamedTuple):
    """What notes close already."""

    closed: set[int]
    """Where items begin that have a note."""
    holding: set[int]
    """Where what holds them begins."""
    taken: list[tuple[int, int]]
    """Stretches with a note that are no items."""


def _noted(items: list[Item]) -> _Noted:
    noted = _Noted(set(), set(), [])
    closed, holding, taken = noted
    last: tuple[Node, ...] = ()
    for item in items:
        node = item.node
        if node is None or item.plain:
            taken.append((item.start, item.end))
            continue
        closed.add(node.start)
        if item.above is not last:
            last = item.above
            holding.update([n.start for n in last])
    taken.sort()
    return noted


def unnoted(doc: Doc, items: list[Item], stages: frozenset[int]) -> Iterator[Fields]:
    """Measures without a note: `items` have one; at `stages` phases begin."""
    noted = _noted(items)
    done = 0
    for section, above in doc.sections:
        if section.start < done or section.heading is None:
            continue
        if not _is_task(section.heading) or any(n.start in noted.closed for n in (*above, section)):
            continue
        done = section.end
        yield from _below(doc, section, (*above, section), noted, stages)


def _is_task(heading: str) -> bool:
    return len(heading) <= _LONGEST_HEADING and _TASK.search(heading) is not None


def _below(
    doc: Doc,
    section: Node,
    above: tuple[Node, ...],
    noted: _Noted,
    stages: frozenset[int],
) -> Iterator[Fields]:
    string = doc.text.string
    todo = [(child, above) for child in reversed(_unclosed(section, noted))]
    while todo:
        node, holders = todo.pop()
        if node.number is not None and not stages.isdisjoint((node.start, node.content)):
            continue
        children = node.children
        inside = _unclosed(node, noted) if children else []
        if children and not inside and children[-1].number is not None:
            continue  # each of its items has a note
        if _lists(node):
            if node.heading is not None and sets_out(node.heading):
                continue
            if _overlaps(node, noted.taken):
                continue
            items = [c for c in children if c.number is not None and not c.inline]
            starts = [c.start for c in items]
            free = noted.closed.isdisjoint(starts) and noted.holding.isdisjoint(starts)
            if free and _is_work(string, node, items):
                yield _measure(string, node, holders)
                continue
        if inside:
            below = (*holders, node) if node.number is not None else holders
            todo.extend([(c, below) for c in reversed(inside)])


def _unclosed(node: Node, noted: _Noted) -> list[Node]:
    """What is right below a node and may be a measure without a note, or hold one."""
    closed = noted.closed
    return [c for c in node.children if (c.children if c.number is None else c.start not in closed)]


def _lists(node: Node) -> bool:
    """Whether the node is an item of its own; 一是… are points of an argument."""
    return node.number is not None and node.style != "row" and not (node.marker or "").endswith("是")


def _own_text(string: str, node: Node, items: list[Node]) -> str:
    """The item's text before its sub-items, as far as it decides."""
    end = items[0].start if items else node.end
    return string[node.content : min(end, node.content + LONGEST)]


def _is_work(string: str, node: Node, items: list[Node]) -> bool:
    """Whether the item is a task, and its sub-items are what it is about, no work of their own."""
    own = _own_text(string, node, items)
    if not is_work(own):
        return False
    if not items or introduces_data(own):
        return True
    data = sum(not is_work(_own_text(string, item, [])) for item in items)
    return data * 2 > len(items)


def _overlaps(node: Node, taken: list[tuple[int, int]]) -> bool:
    """Whether the node is part of a stretch that has notes (整改措施：1.… of a paragraph 问题一：…)."""
    i = bisect_left(taken, (node.end, 0)) - 1
    return i >= 0 and taken[i][1] > node.start


def _measure(string: str, node: Node, above: tuple[Node, ...]) -> Fields:
    return {
        "number": node.number,
        "path": path((*above, node)),
        "heading": node.heading,
        "text": squeeze(string[node.content : node.end]),
        "steps": steps(string, node),
        "responsibilities": [],
        "deadline": None,
        "phase": None,
        "span": node.span,
    }


def steps(string: str, node: Node) -> list[Step]:
    """The numbered items right below a measure."""
    return [
        make_step({"number": c.number, "text": squeeze(string[c.content : c.end]), "span": c.span})
        for c in node.children
        if c.number is not None
    ]
