"""The text with its outline, and quick ways to find an item and what holds it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..anatomy import Anatomy
from ..diagnostics import Report
from ..tables import Grid
from ..text import Line, Text
from .node import Node
from .tree import Tree

AFTER_NUMBER = "、.．,，：: "
"""What a marker may end with beside the number."""
_NOWHERE: tuple[None, tuple[Node, ...]] = None, ()


def path(nodes: tuple[Node, ...]) -> list[str]:
    """The numbers of nodes that hold each other, with brackets but without final punctuation: 三, （一）, 1."""
    return [n.marker.rstrip(AFTER_NUMBER) for n in nodes if n.marker is not None]


class _Index(NamedTuple):
    """All nodes with their numbered ancestors, and the numbered ones alone, in document order."""

    nodes: list[tuple[Node, tuple[Node, ...]]]
    items: list[Node]
    starts: list[int]
    parents: list[int]
    """Index in `items` of the item that holds item i, or -1."""
    held: list[tuple[Node, tuple[Node, ...]]]
    """The items as in `nodes`."""
    families: list[tuple[int, tuple[Node, ...]]]
    """Where a section's text begins, and its children, of those with two or more; the roots first."""
    sections: list[tuple[Node, tuple[Node, ...]]]
    """The items with something below them, as in `nodes`."""


@dataclass(frozen=True, slots=True)
class Doc:
    """The text with its anatomy, outline and tables: what every extractor reads."""

    text: Text
    anatomy: Anatomy
    roots: tuple[Node, ...]
    tables: tuple[Grid, ...] = ()
    _line_starts: list[int] = field(default_factory=list, compare=False, repr=False)
    _lazy: list[_Index] = field(default_factory=list, compare=False, repr=False)

    def walk(self) -> Iterator[tuple[Node, tuple[Node, ...]]]:
        """Every node with its numbered ancestors, outermost first, in document order."""
        return iter(self._index().nodes)

    @property
    def items(self) -> list[Node]:
        """Numbered items in document order, those inside paragraphs (`inline`) included."""
        return self._index().items

    @property
    def families(self) -> list[tuple[int, tuple[Node, ...]]]:
        """Where a section's text begins, and its children, of each section with two or more; the roots first."""
        return self._index().families

    @property
    def sections(self) -> list[tuple[Node, tuple[Node, ...]]]:
        """The numbered items that have children, with their numbered ancestors, outermost first."""
        return self._index().sections

    def item_at(self, position: int, *, inline: bool = True) -> Node | None:
        """The smallest numbered item that holds `position`; `inline=False` passes over 一是…；二是… in paragraphs."""
        _, items, starts, parents, _, _, _ = self._index()
        i = bisect_right(starts, position) - 1
        while i >= 0:
            node = items[i]
            if node.end > position and (inline or not node.inline):
                return node
            i = parents[i]
        return None

    def held_at(self, positions: list[int]) -> list[tuple[Node | None, tuple[Node, ...]]]:
        """For each position the smallest item there, none inside a paragraph, with the items that hold it."""
        _, items, starts, parents, held, _, _ = self._index()
        found: list[tuple[Node | None, tuple[Node, ...]]] = []
        for position in positions:
            i = bisect_right(starts, position) - 1
            while i >= 0 and ((node := items[i]).end <= position or node.inline):
                i = parents[i]
            found.append(held[i] if i >= 0 else _NOWHERE)
        return found

    def ancestors(self, node: Node) -> tuple[Node, ...]:
        """Numbered items that hold `node` (any node of this outline, numbered or not), outermost first."""
        _, items, starts, parents, _, _, _ = self._index()
        i = bisect_right(starts, node.start) - 1
        while i >= 0 and (items[i].end < node.end or items[i] is node):
            i = parents[i]
        found: list[Node] = []
        while i >= 0:
            found.append(items[i])
            i = parents[i]
        return tuple(reversed(found))

    def parent(self, node: Node) -> Node | None:
        """The numbered item that directly holds `node`."""
        above = self.ancestors(node)
        return above[-1] if above else None

    def path(self, node: Node) -> list[str]:
        """Numbers that lead to `node`: 三, （一）, 1 (the node's own last)."""
        return path((*self.ancestors(node), node))

    def lines(self, start: int, end: int) -> tuple[Line, ...]:
        """Paragraphs (and table rows) that begin in `[start, end)`; those of a node with its start and end."""
        starts = self._line_starts or self._starts()
        return self.text.lines[bisect_left(starts, start) : bisect_left(starts, end)]

    def line_at(self, position: int) -> Line | None:
        """The paragraph (or table row) that holds `position`."""
        i = bisect_right(self._line_starts or self._starts(), position) - 1
        return self.text.lines[i] if i >= 0 else None

    def row_at(self, position: int) -> int:
        """The index of that paragraph (or table row), -1 before the first."""
        return bisect_right(self._line_starts or self._starts(), position) - 1

    def _starts(self) -> list[int]:
        if not self._line_starts:
            self._line_starts.extend(line.start for line in self.text.lines)
        return self._line_starts

    def _index(self) -> _Index:
        if not self._lazy:
            self._lazy.append(_make_index(self.roots))
        return self._lazy[0]


def _make_index(roots: tuple[Node, ...]) -> _Index:
    index = _Index([], [], [], [], [], [], [])
    if len(roots) >= 2:
        index.families.append((roots[0].start, roots))
    _enter(index, roots, (), -1)
    index.starts.extend([item.start for item in index.items])
    return index


def _enter(index: _Index, nodes: tuple[Node, ...], above: tuple[Node, ...], parent: int) -> None:
    """Note `nodes` and all below them; the tree is not deeper than MAX_DEPTH."""
    seen, items, _, parents, held, families, sections = index
    for node in nodes:
        entry = node, above
        seen.append(entry)
        children = node.children
        if children and len(children) >= 2:
            families.append((node.content or node.start, children))
        if node.number is not None:
            items.append(node)
            held.append(entry)
            parents.append(parent)
            if children:
                sections.append(entry)
                _enter(index, children, (*above, node), len(items) - 1)
        elif children:
            _enter(index, children, above, parent)


def build(text: Text, anatomy: Anatomy, grids: tuple[Grid, ...], report: Report) -> Doc:
    """Find the sections of each part. Linear in the length of the text; depth at most MAX_DEPTH."""
    tree = Tree(text, anatomy, report)
    return Doc(text, anatomy, tree.grow(), grids, list(tree.starts))
