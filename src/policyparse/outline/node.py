"""A section of the outline, from the number that may begin it on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..text import Span

MAX_DEPTH = 12
NOWHERE = Span(0, 0)


@dataclass(slots=True, eq=False)
class Node:
    """A section, or (number None) the text between numbered items.

    It is made where its number is found (`markers`, `runs`) and completed when it is placed in the tree; a number that
    finds no place is dropped.
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
    style: str = ""
    """Name of the numbering style in `styles.STYLES`; `row` for a table row, `paragraph` for one that holds
    items (一是…；二是…), `heading` for a section whose heading has no number, empty for other unnumbered text."""
    content: int = 0
    """Offset of the first character after the number."""
    heading: str | None = None
    """Heading without number and final punctuation, on one line: the whole first line when it is only a heading, else
    the run-in heading (1. 强化领导责任落实。各单位要… -> 强化领导责任落实)."""
    heading_start: int = 0
    heading_end: int = 0
    """Where the heading stands."""
    part: int = 0
    """Index of the part (anatomy) that holds the node."""
    children: tuple[Node, ...] = ()
    span: Span = NOWHERE
    """`start` and `end` once more, as all that is made of the node has them; told when it closes."""
    inline: bool = False
    """True for items inside a paragraph (一是…；二是…；), which are parts of a sentence rather than paragraphs."""
    value: int = 0
    """What the number counts; 0 when it cannot be read (-、)."""
    prefix: tuple[int, ...] = ()
    """Of 2.1.3: (2, 1)."""
    line: int = 0
    """Index of the line that holds the number."""

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in document order."""
        todo = [self]
        while todo:
            node = todo.pop()
            yield node
            todo.extend(reversed(node.children))
