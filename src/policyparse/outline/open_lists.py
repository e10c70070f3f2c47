"""The lists and items that are open while the tree grows: how they open and close, and become nodes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..anatomy import Anatomy
from ..diagnostics import Report
from ..text import Span, Text, new
from .candidates import Candidates
from .headings import find_heading
from .markers import Marker
from .node import MAX_DEPTH, Node
from .styles import PARAGRAPH, RANK

_UPPER = frozenset(("一、", "（一）", "一", "一）"))


@dataclass(slots=True, eq=False)
class Open:
    """An open list and its open item; the next item of the list takes the place of the one before."""

    style: str
    inline: bool = False
    prefix: tuple[int, ...] = ()
    value: int = 0
    start: int = 0
    number: str | None = None
    marker: str | None = None
    content: int = 0
    heading: Span | None = None
    line: int = 0
    children: list[Node] = field(default_factory=list)
    cursor: int = 0
    """Text up to here is in `children`."""

    def begin(self, start: int, line: int) -> None:
        """Begin an item, or a paragraph that holds items."""
        self.start = self.content = self.cursor = start
        self.line = line
        if self.children:
            self.children = []


class OpenLists:
    """The open lists of a text, the innermost last; `items` are the numbers that may begin one or go on with it."""

    def __init__(self, text: Text, anatomy: Anatomy, report: Report) -> None:
        self.string, self.anatomy, self.report = text.string, anatomy, report
        candidates = Candidates(text, anatomy)
        self.starts, self.ends = candidates.starts, candidates.ends
        self.next_starts = (*self.starts[1:], len(text.string))
        rows = [i for i, table in enumerate(candidates.tables) if table is not None] if text.tables else []
        self.row_cuts = [(self.starts[i], self.next_starts[i]) for i in rows]
        self.row_starts = [a for a, _ in self.row_cuts]
        self.markers = candidates.find()
        self.items: list[tuple[Any, ...]] = list(zip(*zip(*self.markers, strict=True), strict=True))
        """The markers as plain tuples, which are told apart much faster."""
        self.root = Open("")
        self.stack: list[Open] = [self.root]
        self.last_of: dict[str, int] = {}
        self.orders: set[tuple[str, str]] = set()
        self.part, self.part_end = 0, len(self.string)
        self.rank: Mapping[str, float] = RANK

    def _restart(self, m: Marker, *, running: bool = False) -> Marker:
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
        same = next((d for d in range(depth, 0, -1) if stack[d].style == m.style), 0)
        if same and (same == depth or rank[stack[depth].style] >= rank[m.style]):
            depth = same - 1
        elif running:
            while depth > 0 and rank[stack[depth].style] >= rank[m.style]:
                depth -= 1
        self._close_to(depth, m.start)
        return m

    def _open_list(self, m: Marker, k: int) -> None:
        if not m.inline:
            self._push(m, k)
            return
        while self.stack[-1].inline and self.stack[-1].style == m.style:
            self._close_to(len(self.stack) - 2, m.start)
        at = self.starts[m.line]
        if not self.stack[-1].inline and at > self.stack[-1].start and len(self.stack) < MAX_DEPTH:
            # not the item's first paragraph: the items are children of their own paragraph
            paragraph = Open(PARAGRAPH, inline=True)
            paragraph.begin(at, m.line)
            self.stack.append(paragraph)
        self._push(m, k)

    def _push(self, m: Marker, k: int) -> None:
        if len(self.stack) > MAX_DEPTH:
            return
        self.orders.update([(f.style, m.style) for f in self.stack[1:]])
        f = Open(m.style, m.inline, m.prefix)
        self.stack.append(f)
        self._begin(f, k)

    def _next_item(self, depth: int, m: Marker, k: int) -> None:
        f = self.stack[depth]
        self._close_to(depth - 1, m.start)
        self.stack.append(f)
        self._begin(f, k)

    def _begin(self, f: Open, k: int) -> None:
        """Begin item `k` in its list, which is the innermost."""
        start, content, _, value, number, written, line, _, _ = self.items[k]
        style, inline = f.style, f.inline
        end, opens = self.ends[line], start == self.starts[line]
        more, heads = opens and self.next_starts[line] < self.part_end, False
        if k + 1 < len(self.items):
            after, _, after_style, after_value, _, _, after_line, _, _ = self.items[k + 1]
            if after < self.part_end:
                if after < end:
                    end = after
                if opens:
                    on_next, other = after_line == line + 1, after_style != style
                    more = not on_next or (other and after_value == 1)
                    heads = on_next and other and style in _UPPER and not self._is_open(after_style)
        f.begin(start, line)
        f.value, f.number, f.marker, f.content = value, number, written, content
        f.heading = find_heading(
            self.string,
            content,
            end,
            more=more,
            heads=heads,
            inline=inline,
            article=style == "第一条",
            section=style in _UPPER,
        )
        if not inline:
            self.last_of[style] = value

    def _is_open(self, style: str) -> bool:
        """Whether an item above is numbered so; then the next leads out of the one at hand."""
        return any(o.style == style for o in self.stack)

    def _close_to(self, depth: int, end: int) -> None:
        """Close the open items below `depth` at `end`."""
        stack = self.stack
        while (level := len(stack) - 2) >= depth:
            f, above = stack.pop(), stack[level]
            stop = end
            if f.inline and self.next_starts[f.line] < end:
                stop = self.next_starts[f.line]
            if f.cursor < stop and (f.children or (self.row_starts and self._has_rows(f.cursor, stop))):
                self._fill(f, stop, level + 1)
            if above.cursor < f.start:
                self._fill(above, f.start, level)
            self._end(f, above, stop, level)

    def _end(self, f: Open, above: Open, end: int, level: int) -> None:
        """The item, whose children are complete, becomes a child of the one above."""
        start, number = f.start, f.number
        children = tuple(f.children) if f.children else ()
        inline = f.inline and number is not None
        node = start, end, level, number, f.marker, f.style, f.content, f.heading, self.part, children, inline
        above.children.append(new(Node, node))
        above.cursor = end

    def _has_rows(self, start: int, end: int) -> bool:
        i = bisect_left(self.row_starts, start)
        return i < len(self.row_starts) and self.row_starts[i] < end

    def _fill(self, f: Open, end: int, level: int) -> None:
        """Unnumbered text up to `end` becomes leaves, table rows one each."""
        while f.cursor < end:
            i = bisect_left(self.row_starts, f.cursor) if self.row_starts else 0
            stop, style = end, None
            if i < len(self.row_cuts):
                first, last = self.row_cuts[i]
                stop, style = (min(last, end), "row") if first == f.cursor else (min(first, end), None)
            node = f.cursor, stop, level, None, None, style, f.cursor, None, self.part, (), False
            f.children.append(new(Node, node))
            f.cursor = stop
