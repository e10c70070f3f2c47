"""Items of sections headed 主要任务, 工作措施 … that no responsibility note closes: measures without units.

The smallest item counts, but where items only say what another is about (对存在下列问题的单位进行整改：1.…), the
other is the measure and they are its steps.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ... import lexicon
from ...model import Step
from ...outline import Doc, Node, path
from ...squeeze import squeeze
from ...text import Span
from .notes import Fields, make_step
from .work import LONGEST, introduces_data, is_work, sets_out

_TASK = re.compile(lexicon.alternation("task_sections"))
_LONGEST_HEADING = 16


def unnoted(doc: Doc, noted: list[Node], taken: list[tuple[int, int]], stages: frozenset[int]) -> Iterator[Fields]:
    """Measures without a note. `noted` items and the stretches `taken` have one; at `stages` phases begin."""
    closed = {n.start for n in noted}
    taken = sorted(taken)
    string = doc.text.string
    done = 0
    for section, above in [(s, a) for s, a in doc.walk() if s.children and s.number is not None]:
        if section.start < done or section.heading is None:
            continue
        if not _is_task(string, section.heading) or any(n.start in closed for n in (*above, section)):
            continue
        done = section.end
        yield from _below(doc, section, (*above, section), closed, taken, stages)


def _is_task(string: str, heading: Span) -> bool:
    name = squeeze(string[heading.start : heading.end])
    return len(name) <= _LONGEST_HEADING and _TASK.search(name) is not None


def _below(
    doc: Doc,
    section: Node,
    above: tuple[Node, ...],
    closed: set[int],
    taken: list[tuple[int, int]],
    stages: frozenset[int],
) -> Iterator[Fields]:
    string = doc.text.string
    todo = [(child, above) for child in reversed(section.children)]
    while todo:
        node, holders = todo.pop()
        if node.number is not None and (node.start in closed or not stages.isdisjoint((node.start, node.content))):
            continue
        items = [c for c in node.children if c.number is not None and not c.inline]
        own = _own_text(string, node, items)
        if _lists(node):
            if node.heading is not None and sets_out(squeeze(string[node.heading.start : node.heading.end])):
                continue
            if _overlaps(node, taken):
                continue
            if is_work(own) and (not items or _only_data(string, own, items, closed)):
                yield _measure(string, node, holders)
                continue
        if node.children:
            inside = (*holders, node) if node.number is not None else holders
            todo.extend([(c, inside) for c in reversed(node.children)])


def _lists(node: Node) -> bool:
    """Whether the node is an item of its own; 一是… are points of an argument."""
    return node.number is not None and node.style != "row" and not (node.marker or "").endswith("是")


def _own_text(string: str, node: Node, items: list[Node]) -> str:
    """The item's text before its sub-items, as far as it decides."""
    end = items[0].start if items else node.end
    return string[node.content : min(end, node.content + LONGEST)]


def _only_data(string: str, own: str, items: list[Node], closed: set[int]) -> bool:
    """Whether sub-items are what the item is about, and no work of their own."""
    if any(n.start in closed for item in items for n in item.walk()):
        return False
    if introduces_data(own):
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
        "path": path(node, above),
        "heading": squeeze(string[node.heading.start : node.heading.end]) if node.heading else None,
        "text": squeeze(string[node.content : node.end]),
        "steps": steps(string, node),
        "responsibilities": [],
        "deadline": None,
        "phase": None,
        "span": Span(node.start, node.end),
    }


def steps(string: str, node: Node) -> list[Step]:
    """The numbered items right below a measure."""
    return [
        make_step({"number": c.number, "text": squeeze(string[c.content : c.end]), "span": Span(c.start, c.end)})
        for c in node.children
        if c.number is not None
    ]
