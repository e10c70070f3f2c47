"""The lists and items that are open while the tree grows: how they open and close, and become nodes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..anatomy import Anatomy
from ..diagnostics import Report
from ..squeeze import squeeze
from ..text import Span, Text
from .candidates import Candidates
from .glued import run_on_heading
from .headings import UPPER, Heading, line_heading, opening, sentence_heading
from .node import MAX_DEPTH, Node
from .styles import PARAGRAPH, RANK


@dataclass(slots=True, eq=False)
class Open:
    """An open list and its open item; the next item of the list takes the place of the one before."""

    node: Node
    """The item; where it ends and what it holds is told when it closes."""
    style: str
    inline: bool = False
    children: list[Node] = field(default_factory=list)
    cursor: int = 0
    """Text up to here is in `children`."""


class OpenLists:
    """The open lists of a text, the innermost last; `markers` are the numbers that may begin one or go on with it."""

    def __init__(self, text: Text, anatomy: Anatomy, report: Report) -> None:
        self.string, self.anatomy, self.report = text.string, anatomy, report
        self.run_together = report.holds("paragraph-split")
        candidates = Candidates(text, anatomy)
        self.starts, self.ends = candidates.starts, candidates.ends
        self.next_starts = (*self.starts[1:], len(text.string))
        rows = [i for i, table in enumerate(candidates.tables) if table is not None] if text.tables else []
        self.row_cuts = [(self.starts[i], self.next_starts[i]) for i in rows]
        self.row_starts = [a for a, _ in self.row_cuts]
        self.markers = candidates.find()
        self.root = Open(Node(0, 0, 0), "")
        self.stack: list[Open] = [self.root]
        self.last_of: dict[str, int] = {}
        self.orders: set[tuple[str, str]] = set()
        self.part, self.part_end = 0, len(self.string)
        self.rank: Mapping[str, float] = RANK

    def _restart(self, m: Node, *, running: bool = False) -> Node:
        """Close what cannot hold a new list of this style."""
        stack, rank = self.stack, self.rank
        depth = len(stack) - 1
        while depth > 0 and stack[depth].inline:
            depth -= 1
        if rank[m.style] <= rank["一、"]:
            while depth > 0 and rank[stack[depth].style] > rank[m.style]:
                depth -= 1
        while depth > 0 and (m.style, stack[depth].style) in self.orders and stack[depth].style != m.style:
            depth -= 1
        same = depth
        while same > 0 and stack[same].style != m.style:
            same -= 1
        if same and (same == depth or rank[stack[depth].style] >= rank[m.style]):
            depth = same - 1
        elif running:
            while depth > 0 and rank[stack[depth].style] >= rank[m.style]:
                depth -= 1
        self._close_to(depth, m.start)
        return m

    def _open_list(self, m: Node, k: int) -> None:
        if not m.inline:
            self._push(m, k)
            return
        while self.stack[-1].inline and self.stack[-1].style == m.style:
            self._close_to(len(self.stack) - 2, m.start)
        at, level = self.starts[m.line], len(self.stack) - 1
        if not self.stack[-1].inline and at > self.stack[-1].node.start and level < MAX_DEPTH - 1:
            # not the item's first paragraph: the items are children of their own paragraph
            paragraph = Node(at, at, level, style=PARAGRAPH, content=at, part=self.part, line=m.line)
            self.stack.append(Open(paragraph, PARAGRAPH, inline=True, cursor=at))
        self._push(m, k)

    def _push(self, m: Node, k: int) -> None:
        if len(self.stack) > MAX_DEPTH:
            return
        for above in self.stack[1:]:
            self.orders.add((above.style, m.style))
        f = Open(m, m.style, m.inline)
        self.stack.append(f)
        self._begin(f, k)

    def _next_item(self, depth: int, m: Node, k: int) -> None:
        f = self.stack[depth]
        self._close_to(depth - 1, m.start)
        self.stack.append(f)
        self._begin(f, k)

    def _begin(self, f: Open, k: int) -> None:
        """Begin item `k` in its list, which is the innermost."""
        node = f.node = self.markers[k]
        style, line = f.style, node.line
        after = self.markers[k + 1] if k + 1 < len(self.markers) else None
        end = self.ends[line] if after is None or after.start > self.ends[line] else after.start
        node.level = len(self.stack) - 2
        node.style = style
        node.part = self.part
        node.children = ()
        sentence, told = opening(self.string, node.content, end)
        if told and style != "第一条":
            heading = sentence_heading(self.string, node, end, sentence)
        else:
            heading = self._line_heading(node, end, sentence, after)
        if heading is None and self.run_together and style in UPPER:
            run_on = run_on_heading(self.string, node.content, end)
            heading = run_on and (*run_on, squeeze(self.string[run_on[0] : run_on[1]]))
        if heading is not None:
            node.heading_start, node.heading_end, node.heading = heading
        else:
            node.heading_start = node.heading_end = node.content
            node.heading = None
        f.cursor = node.start
        if f.children:
            f.children = []
        if not node.inline:
            self.last_of[style] = node.value

    def _line_heading(self, node: Node, end: int, sentence: str, after: Node | None) -> Heading | None:
        """The heading of an item, which may depend on what follows its first line: the number `after` it."""
        opens = node.start == self.starts[node.line]
        more, heads = opens and self.next_starts[node.line] < self.part_end, False
        if opens and after is not None and after.start < self.part_end:
            on_next, other = after.line == node.line + 1, after.style != node.style
            more = not on_next or (other and after.value == 1)
            heads = on_next and other and node.style in UPPER and not self._is_open(after.style)
        return line_heading(self.string, node, end, sentence, more=more, heads=heads)

    def _is_open(self, style: str) -> bool:
        """Whether an item above is numbered so; then the next leads out of the one at hand."""
        return any(o.style == style for o in self.stack)

    def _close_to(self, depth: int, end: int) -> None:
        """Close the open items below `depth` at `end`."""
        stack = self.stack
        while (level := len(stack) - 2) >= depth:
            f, above = stack.pop(), stack[level]
            stop = end
            if f.inline and self.next_starts[f.node.line] < end:
                stop = self.next_starts[f.node.line]
            if f.cursor < stop and (f.children or (self.row_starts and self._has_rows(f.cursor, stop))):
                self._fill(f, stop, level + 1)
            if above.cursor < f.node.start:
                self._fill(above, f.node.start, level)
            self._end(f, above, stop)

    def _end(self, f: Open, above: Open, end: int) -> None:
        """The item, whose children are complete, becomes a child of the one above."""
        node = f.node
        node.end = above.cursor = end
        node.span = Span(node.start, end)
        if f.children:
            node.children = tuple(f.children)
        above.children.append(node)

    def _has_rows(self, start: int, end: int) -> bool:
        i = bisect_left(self.row_starts, start)
        return i < len(self.row_starts) and self.row_starts[i] < end

    def _fill(self, f: Open, end: int, level: int) -> None:
        """Unnumbered text up to `end` becomes leaves, table rows one each."""
        while f.cursor < end:
            i = bisect_left(self.row_starts, f.cursor) if self.row_starts else 0
            stop, style = end, ""
            if i < len(self.row_cuts):
                first, last = self.row_cuts[i]
                stop, style = (min(last, end), "row") if first == f.cursor else (min(first, end), "")
            leaf = Node(f.cursor, stop, level, None, None, style, f.cursor)
            leaf.part, leaf.span = self.part, Span(f.cursor, stop)
            f.children.append(leaf)
            f.cursor = stop
