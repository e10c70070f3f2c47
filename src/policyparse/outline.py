"""Text -> Doc: the tree of numbered sections, adaptive to each document's own order of levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .anatomy import Anatomy
from .diagnostics import Report
from .tables import Grid
from .text import Span, Text


@dataclass(frozen=True, slots=True)
class Node:
    """A section, or (number None) the text between numbered items.

    The children of a node cover its span without gap or overlap; a node without children is a leaf.
    The heading of a node with children, and text before its first item, form its first child (number None).
    """

    start: int
    end: int
    level: int
    number: str | None = None
    """As written without punctuation (一, 1, 第三条, 第一阶段)."""
    marker: str | None = None
    """As written (（一）, 1., 第三条)."""
    style: str | None = None
    """Name of the numbering style in `outline.STYLES`, None for unnumbered text."""
    content: int = 0
    """Offset of the first character after the number."""
    heading: Span | None = None
    """Heading without number and final punctuation: the whole first line when it is only a heading, else the
    run-in heading (1. 强化领导责任落实。各单位要… -> 强化领导责任落实)."""
    part: int = 0
    """Index of the part (anatomy) that holds the node."""
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Doc:
    """The text with its anatomy, outline and tables: what every extractor reads."""

    text: Text
    anatomy: Anatomy
    roots: tuple[Node, ...]
    tables: tuple[Grid, ...] = ()

    def walk(self) -> Iterator[tuple[Node, tuple[Node, ...]]]:
        """Every node with its numbered ancestors, outermost first, in document order."""

        def down(node: Node, above: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
            yield node, above
            inner = (*above, node) if node.number is not None else above
            for child in node.children:
                yield from down(child, inner)

        for root in self.roots:
            yield from down(root, ())


def build(text: Text, anatomy: Anatomy, grids: tuple[Grid, ...], report: Report) -> Doc:
    """Find the sections of each part."""
    return Doc(text, anatomy, (Node(0, len(text.string), 0),), grids)
