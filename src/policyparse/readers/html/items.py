"""The parts of a page while it is being read: paragraphs, tables, and the containers they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...source import Align, BlockKind
from .lists import before


@dataclass(slots=True)
class Node:
    """A block element (div, td, section …) that may turn out to be the one that holds the document."""

    parent: Node | None
    signed: bool = False
    """Its id or class says that it holds the article (content, TRS_Editor, zoom …)."""
    title: bool = False
    """Its id, class or tag says that it holds the title."""
    chrome: bool = False
    """Navigation, footer, share buttons, or hidden."""
    hidden: bool = False
    """It is not shown, or lies in an element that is not."""
    conceals: bool = False
    """It hides what is in it."""
    weight: int = 0
    """Characters of running text in it (links and page controls do not count)."""
    inside: bool = False
    """It is, or lies in, the container that holds the document."""


@dataclass(slots=True)
class Paragraph:
    """One block of text."""

    text: str
    node: Node
    align: Align | None = None
    heading: int | None = None
    term: bool = False
    """dt or th: may be a metadata label without colon."""
    linked: int = 0
    """Characters that are the text of links."""
    links: Sequence[tuple[int, int, str]] = ()
    kind: BlockKind | None = None
    number: str = ""
    """Its number in an automatic list, which stands before the text in the document."""
    files: int = 0
    """Characters of `linked` that lead to a file."""


@dataclass(slots=True)
class Cell:
    """A cell of a table: the parts found in it, and its place in the grid."""

    row: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    parts: list[Paragraph | Grid] = field(default_factory=list)
    column: int = 0

    text: str = ""
    """Its text on one line; a line break between two paragraphs of a cell is a space."""
    links: Sequence[tuple[int, int, str]] = ()

    def settle(self) -> None:
        """Join the parts, once all are there."""
        if not self.parts:
            return
        only = self.parts[0]
        if len(self.parts) == 1 and isinstance(only, Paragraph) and not only.number:
            self.text, self.links = only.text, only.links
            return
        parts = [p for p in self.parts if isinstance(p, Paragraph)]
        at, texts = 0, []
        for part in parts:
            number = before(part.number, part.text) if part.number else ""
            texts.append(number + part.text)
            at += len(number)
            if part.links:
                self.links = [*self.links, *((at + s, at + e, href) for s, e, href in part.links)]
            at += len(part.text) + 1
        self.text = " ".join(texts)


@dataclass(slots=True)
class Grid:
    """A data table."""

    node: Node
    rows: list[list[Cell]]
    kind: BlockKind = "cell"


Part = Paragraph | Grid
