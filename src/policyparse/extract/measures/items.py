"""The items that responsibility notes close: the smallest numbered item, paragraph or table cell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...outline import Doc, Node
from ...responsibilities import Note, begins_with_label, find_notes
from ...text import Line

_Key = int | tuple[str, int]
"""Where an item begins; of a line without one: ("line", its start)."""
_KINDS = ("body", "enclosure", "attachment")
_LONGEST_LABEL_LINE = 200
_LABEL_LINES = 12
"""So many lines of labels (and blank ones) may follow a paragraph."""


@dataclass(slots=True)
class Item:
    """A numbered item (or, without node, a paragraph) with the notes that close it."""

    node: Node | None
    start: int
    end: int
    notes: list[Note] = field(default_factory=list)
    above: tuple[Node, ...] = ()
    """Numbered items that hold `node`, outermost first."""
    plain: bool = False
    """A paragraph of `node` that is an item of its own, without the node's number."""


def notes_of(doc: Doc, tables: list[tuple[int, int]]) -> list[Note]:
    """Notes outside task tables, head and sign-off."""
    stretches = [(p.start, p.end) for p in doc.anatomy.parts if p.kind in _KINDS]
    notes = find_notes(doc.text.string)
    starts = [note.start for note in notes]
    kept = [n for a, b in stretches for n in notes[bisect_left(starts, a) : bisect_left(starts, b)]]
    if tables:
        tables = sorted(tables)
        blocked = [a for a, _ in tables]
        places = [bisect_right(blocked, n.start) - 1 for n in kept]
        kept = [n for n, i in zip(kept, places, strict=True) if i < 0 or n.start >= tables[i][1]]
    return kept


def noted_items(doc: Doc, notes: list[Note]) -> list[Item]:
    """Notes grouped by item; one on its own line under several items goes to the item that holds them."""
    string, tabular = doc.text.string, bool(doc.text.tables)
    groups: dict[_Key, Item] = {}
    eldest: list[int] = []
    """Which of them are the first of their siblings that have a note."""
    siblings_above: tuple[Node, ...] = ()
    moved = False
    for note, (node, above) in zip(notes, doc.held_at([note.start for note in notes]), strict=True):
        if node is not None and (string[node.start - 1] != "\n" or (node.marker and node.marker[-1] == "是")):
            node, above = _holder(doc, note, node, above)
        line = doc.line_at(note.start) if tabular else None
        if line is not None and line.table is not None:
            start, end = _cell(string, line, note)
            groups.setdefault(("line", start), Item(None, start, end)).notes.append(note)
        elif node is None:
            line = _closed_line(doc, note, 0)
            item = groups.setdefault(("line", line.start), Item(None, line.start, max(line.end, note.end)))
            item.end = max(item.end, note.end)
            item.notes.append(note)
        elif (known := groups.get(start := node.start)) is not None:
            known.notes.append(note)
        else:
            item = groups[start] = Item(node, start, node.end, [note], above)
            if note.start <= node.content + 1:
                _hold(doc, item, note)
                moved = moved or item.start != start
            if item.above and item.above is not siblings_above:
                siblings_above = item.above
                eldest.append(len(groups) - 1)
    items = list(groups.values())
    for i in eldest:
        lifted = _lift(doc, items[i], groups)
        moved = moved or lifted is not items[i]
        items[i] = lifted
    items = _merged(items) if moved else items
    if len(items) == len(notes):  # each has one
        return items
    return [part for item in items for part in (_split(doc, item) if len(item.notes) > 1 else (item,))]


def _merged(items: list[Item]) -> list[Item]:
    """Items given to what holds them may stand there beside others."""
    merged: dict[tuple[bool, int], Item] = {}
    for item in items:
        same = merged.setdefault((item.node is None, item.start), item)
        if same is not item:
            same.notes += item.notes
    return list(merged.values())


def _holder(doc: Doc, note: Note, node: Node | None, above: tuple[Node, ...]) -> tuple[Node | None, tuple[Node, ...]]:
    """The smallest numbered item (with what holds it) that the note stands in, `node` or one of those above.

    The steps of 整改措施：1.…；2.… end with their paragraph: what follows it belongs to the item that holds them.
    """
    while node is not None:
        inside = doc.text.string[node.start - 1] != "\n" and _in_label(doc, node, note)
        marker = node.marker
        if not inside and not (marker and marker[-1] == "是" and _only_point(doc, node)):
            break
        node, above = (above[-1], above[:-1]) if above else (None, ())
    return node, above


def _only_point(doc: Doc, node: Node) -> bool:
    """一是… alone under a heading: the paragraph of the item, no item of its own."""
    parent = doc.parent(node)
    return parent is not None and sum(c.number is not None for c in parent.children) == 1


def _in_label(doc: Doc, node: Node, note: Note) -> bool:
    """Whether an item inside a line stands behind 整改措施：, and the note after that line."""
    if node.start == 0:
        return False
    line = doc.line_at(node.start)
    if line is None or line.start == node.start or note.start < line.end:
        return False
    return _PART.match(doc.text.string, line.start, node.start) is not None


_PADDING = " \u3000\t·•●■—-（("


def _own_line(doc: Doc, note: Note) -> bool:
    """Whether the note begins its line (责任单位：… under the item's text), or follows one that does."""
    string, at = doc.text.string, note.start
    while at > 0 and string[at - 1] in _PADDING:
        at -= 1
    if at == 0 or string[at - 1] == "\n":
        return True
    line = doc.line_at(note.start)
    return line is not None and _label_line(string, line)


def _label_line(string: str, line: Line) -> bool:
    """责任单位：… or 完成时限：… alone on a line."""
    start = line.start
    while start < line.end and string[start] in _PADDING:
        start += 1
    return line.end - start < _LONGEST_LABEL_LINE and begins_with_label(string, start, line.end)


_PART = re.compile(r"(?:[具主][体要])?(?:整改|工作|落实|治理|推进)(?:措施|目标|内容|要求|任务|举措)[：:]")
"""整改措施：… under 问题1：…: a part of the item, not its first line."""


def _cell(string: str, line: Line, note: Note) -> tuple[int, int]:
    """The table cell that holds a note (in a table without a column of units)."""
    start = max(string.rfind("\t", line.start, note.start) + 1, line.start)
    end = string.find("\t", note.end, line.end)
    return start, end if end >= 0 else line.end


def _closed_line(doc: Doc, note: Note, first: int) -> Line:
    """The paragraph that a note closes: its own, or the one before when the note stands on a line of its own."""
    line = doc.line_at(note.start)
    assert line is not None
    own = _own_line(doc, note)
    for _ in range(_LABEL_LINES if own else 0):
        before = doc.line_at(line.start - 1) if line.start > first else None
        if before is None or before.start < first or before.table is not None:
            break
        line = before
        if not doc.text.string[line.start : line.end].strip() or _label_line(doc.text.string, line):
            continue
        if not (own and _PART.match(doc.text.string, line.start, line.end)):
            break
    return line


def _hold(doc: Doc, item: Item, note: Note) -> None:
    """Give 3.责任单位：甲局, an item that is nothing but its (first) note, to the item that holds it."""
    node = item.node
    if node is None or not item.above or note.start < node.content:
        return
    if begins_with_label(doc.text.string, node.content, item.end) and item.above[-1].number is not None:
        item.node, item.above = item.above[-1], item.above[:-1]
        item.start, item.end = item.node.start, item.node.end


def _lift(doc: Doc, item: Item, groups: dict[_Key, Item]) -> Item:
    """The parent, when `item` is the last of several and only a note on its own line after it stands there."""
    parent = item.above[-1]
    last = parent.children[-1]
    if last.number is None or last.inline:
        last = next(c for c in reversed(parent.children) if c.number is not None and not c.inline)
    if last.start != item.start or item.notes[0].start < last.content:
        return item
    if not all(_own_line(doc, n) for n in item.notes):
        return item
    siblings = [c for c in parent.children[:-1] if c.number is not None and not c.inline and c.start != last.start]
    if not siblings or any(_has_notes(c, groups) for c in siblings):
        return item
    return Item(parent, parent.start, parent.end, item.notes, item.above[:-1])


def _has_notes(node: Node, groups: dict[_Key, Item]) -> bool:
    return any(n.start in groups for n in node.walk() if n.number is not None)


def _split(doc: Doc, item: Item) -> Iterator[Item]:
    """The item, or its paragraphs where several carry notes and each is an item of its own.

    Arabic numbers count items, so 13.培养资助。…（牵头单位：甲局）⏎ …（牵头单位：乙局） is one measure.
    一、 and （一） may number a section: a mere heading line, or paragraphs that each open with a heading sentence
    as the first does; then the paragraphs are the items.
    """
    if item.node is None:
        yield item
        return
    lines: dict[int, tuple[Line, list[Note]]] = {}
    for note in item.notes:
        line = _closed_line(doc, note, item.start)
        lines.setdefault(line.start, (line, []))[1].append(note)
    if len(lines) < 2 or item.node.number is None or item.node.number.isdigit():
        yield item
        return
    bare = _bare_heading(doc, item.node) and item.start not in lines
    if not (bare or _all_headed(doc, item, [line for line, _ in lines.values()])):
        yield item
        return
    for line, notes in lines.values():
        end = max(line.end, *(n.end for n in notes))
        first = not bare and line.start == min(lines)
        yield Item(item.node, item.start if first else line.start, end, notes, item.above, plain=not first)


def _bare_heading(doc: Doc, node: Node) -> bool:
    """Whether the item's first line is only a heading."""
    line = doc.line_at(node.content)
    return line is not None and node.heading is not None and node.heading_end >= line.end - 2


def _all_headed(doc: Doc, item: Item, lines: list[Line]) -> bool:
    assert item.node is not None
    if item.node.heading is None:
        return False
    later = [line for line in lines if line.start > item.start]
    return all(_run_in(doc, line) for line in later)


_LEADING_SENTENCE = re.compile(r"[^。；;！\d\n（(]{4,60}。(?=[^（(〔【\n]{12})")


def _run_in(doc: Doc, line: Line) -> bool:
    """优化管理体制，强化部门分工。根据…: a short first sentence without figures, then the text."""
    return _LEADING_SENTENCE.match(doc.text.string, line.start, line.end) is not None
