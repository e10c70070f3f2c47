"""html -> paragraphs and tables in document order, white space collapsed as a browser does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ...source import Align
from .items import Cell, Node, Paragraph, Part
from .links import is_file, target
from .lists import Lists, raised
from .look import Look, look_of
from .tables import arrange

_BLANK = " \t\n\r\f"
_SPACE = re.compile(r"[ \t\n\r\f]+")
_PRE_LINE = re.compile(r"\r?\n")
_INDENTED = re.compile(r"\n(?=\u3000\u3000)")
_DROPPED = frozenset(
    ("script", "style", "template", "head", "title", "meta", "link", "object", "embed", "svg", "canvas", "map")
) | {"noframes", "xml"}  # xml: what Word leaves about itself in a pasted text
_CHROME = frozenset(("nav", "footer", "button", "select", "option", "textarea", "noscript", "iframe", "aside"))
_CONTAINER = frozenset(
    ("div", "td", "section", "article", "main", "header", "footer", "nav", "aside", "form", "body", "ul", "ol", "dl")
) | {"center", "fieldset"}
_BLOCK = (
    _CONTAINER
    | frozenset(
        ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr")
    )
    | {"th", "blockquote", "pre", "address", "figure", "figcaption", "hr", "html"}
    | _CHROME
)
_MAKES_NODE = _CONTAINER | _CHROME
_LISTS = frozenset(("ol", "ul", "li"))
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


_Line = tuple[list[str], int, bool, int, int, list[tuple[int, int, str]]]


@dataclass(slots=True)
class _Table:
    node: Node
    outer: list[Part]
    loose: list[Part] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    row: int = -1
    nested: bool = False
    veiled: bool = False
    """A part of a cell is hidden."""


class Walker:
    """One walk over the tree. `parts` is the result, `nodes` the containers, parents before children."""

    def __init__(self) -> None:
        self.root = Node(None)
        self.nodes: list[Node] = [self.root]
        self.parts: list[Part] = []
        self._node = self.root
        self._tables: list[_Table] = []
        self._aligns: list[Align | None] = [None]
        self._term = False
        self._heading: int | None = None
        self._pre = 0
        self._ends_in_space = False
        self._href: list[tuple[int, str]] = []
        self._lines: list[tuple[_Line, list[tuple[int, str]], str, list[Part]]] = []
        self._lists = Lists()
        self._number = ""
        self._makes_node: list[bool] = []  # one entry an open element: it opened a Node
        self._clear()

    def walk(self, body: Any) -> None:
        """Read the element `body`."""
        walker = etree.iterwalk(body, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if tag in _DROPPED:
                    walker.skip_subtree()
                else:
                    self._open(element, tag)
                    if text := element.text:
                        self._add(raised(text) if tag == "sup" else text)
            else:
                if tag not in _DROPPED:
                    self._close(tag)
                if text := element.tail:
                    self._add(text)
        self._flush()

    def _open(self, element: Any, tag: str) -> None:
        if tag in _BLOCK:
            if self._length:
                self._flush()
            self._open_block(tag, look_of(tag, tuple(element.items())))
            if tag in _LISTS:
                self._open_list(element, tag)
        elif tag == "br":
            self._flush()
        elif tag == "a":
            self._href.append((self._length, target(element.get("href") or "", element.get("onclick") or "")))
        else:
            look = look_of(tag, tuple(element.items()))
            self._makes_node.append(look.hidden)
            if look.hidden:  # a bookmark of an editor in the middle of a sentence
                self._set_by()
                self._push_node(tag, look)

    def _open_block(self, tag: str, look: Look) -> None:
        self._aligns.append(look.align or (None if tag == "table" else self._aligns[-1]))
        makes_node = look.hidden or tag in _MAKES_NODE
        self._makes_node.append(makes_node)
        if makes_node:
            self._push_node(tag, look)
        self._term = tag in ("dt", "th")
        self._heading = _HEADINGS.get(tag)
        if tag == "table":
            self._tables.append(_Table(self._node, self.parts))
            self.parts = self._tables[-1].loose
        elif tag == "pre":
            self._pre += 1
        elif self._tables and tag in ("tr", "td", "th"):
            table = self._tables[-1]
            if tag == "tr":
                table.row += 1
                return
            cell = Cell(max(table.row, 0), look.rowspan, look.colspan, tag == "th")
            table.cells.append(cell)
            self.parts = cell.parts

    def _open_list(self, element: Any, tag: str) -> None:
        if tag == "li":
            self._number = self._lists.item(element)
        else:
            self._lists.begin(element)

    def _push_node(self, tag: str, look: Look) -> None:
        conceals = look.hidden or tag == "noscript"
        if conceals and self._tables:
            self._tables[-1].veiled = True
        hidden = conceals or self._node.hidden
        self._node = Node(
            self._node,
            signed=tag != "body" and (look.signed or tag == "article"),
            title=look.title or tag == "header",
            chrome=look.chrome or tag in _CHROME,
            hidden=hidden,
            conceals=conceals,
        )
        self.nodes.append(self._node)

    def _close(self, tag: str) -> None:
        if tag in _BLOCK:
            if self._length:
                self._flush()
            self._close_block(tag)
        elif tag == "br":
            return
        elif tag == "a":
            self._close_link()
            return
        if self._makes_node.pop():
            self._flush()
            self._node = self._node.parent or self.root
            if tag not in _BLOCK:
                self._take_up()

    def _close_block(self, tag: str) -> None:
        self._aligns.pop()
        self._term, self._heading = False, None
        if tag in _LISTS:
            self._number = ""
            if tag != "li":
                self._lists.end()
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            self.parts = table.outer
            self.parts.extend(table.loose)
            self.parts.extend(arrange(table.cells, table.node, table.nested))
            if self._tables:
                self._tables[-1].nested = True
        elif tag in ("td", "th") and self._tables:
            table = self._tables[-1]
            if table.cells:
                if table.veiled and not self._node.hidden:
                    self._set_aside(table)
                table.cells[-1].settle()
            self.parts = table.loose
        elif tag == "pre":
            self._pre -= 1

    def _set_aside(self, table: _Table) -> None:
        """Hidden paragraphs of the last cell are no part of its text."""
        cell = table.cells[-1]
        hidden = [p for p in cell.parts if p.node.hidden]
        cell.parts = [p for p in cell.parts if not p.node.hidden]
        table.loose.extend(hidden)

    def _close_link(self) -> None:
        if self._href:
            start, href = self._href.pop()
            if self._length > start:
                self._link(start, self._length, href)

    def _link(self, start: int, end: int, href: str) -> None:
        self._linked += end - start
        if href:
            self._links.append((start, end, href))
            if is_file(href, self._buffer[-1]):
                self._files += end - start

    def _add(self, text: str) -> None:
        if not text.strip(_BLANK) and not self._pre:
            if self._length and not self._ends_in_space:
                self._buffer.append(" ")
                self._length += 1
                self._ends_in_space = True
            return
        if "\n" in text and (self._pre or "\n\u3000\u3000" in text):  # lines indented by hand are paragraphs
            for line in (_PRE_LINE if self._pre else _INDENTED).split(text):
                self._add(line)
                self._flush()
            return
        if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
            text = _SPACE.sub(" ", text)
        if text[:1] == " " and (not self._length or self._ends_in_space):
            text = text[1:]
        if text:
            self._buffer.append(text)
            self._length += len(text)
            self._ends_in_space = text[-1] == " "

    def _flush(self) -> None:
        if not self._length:
            return
        for start, href in self._href:  # a link over several paragraphs
            self._link(start, self._length, href)
        text = "".join(self._buffer).rstrip(" ")
        if text.strip():
            length = len(text)
            links = [(s, min(e, length), h) for s, e, h in self._links if s < length]
            part = Paragraph(
                text, self._node, self._aligns[-1], self._heading, self._term, min(self._linked, length), links
            )
            if self._number:
                part.number, self._number = self._number, ""
            if self._files:
                part.files = min(self._files, length)
            self.parts.append(part)
        self._href = [(0, href) for _, href in self._href]
        self._clear()

    def _set_by(self) -> None:
        """Begin a text of its own in the middle of a line."""
        line = (self._buffer, self._length, self._ends_in_space, self._linked, self._files, self._links)
        self._lines.append((line, self._href, self._number, self.parts))
        self._href, self._number = [], ""
        if self._tables:
            self.parts = self._tables[-1].loose
        self._clear()

    def _clear(self) -> None:
        self._buffer: list[str] = []
        self._length = 0
        self._ends_in_space = False
        self._linked = 0
        self._files = 0
        self._links: list[tuple[int, int, str]] = []

    def _take_up(self) -> None:
        """Go on with the line that was set by."""
        line, self._href, self._number, self.parts = self._lines.pop()
        self._buffer, self._length, self._ends_in_space, self._linked, self._files, self._links = line
