"""Akoma Ntoso 3.0 (OASIS LegalDocML): the whole text of a notice, with its structure and marked entities.

Elements of GB/T 9704-2012 go where docs/outputs.md says. Texts that the notice carries (an enclosed plan, annexes) are
documents in `attachments`; nothing of the text is left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from ..model import PolicyDocument, Section, Table
from .akn_marks import Mark, Marks
from .akn_meta import NAMESPACE, Identity, child, legal, tag, write_meta
from .akn_parts import Carried, Ranges, parts
from .body import Body


def text(document: PolicyDocument) -> bytes:
    """The document as XML, UTF-8."""
    root = _Writer(document).root()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False) + b"\n"


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write one document; raises ValueError for any other number."""
    (document,) = documents
    path.write_bytes(text(document))


class _Writer:
    """Writes one document."""

    def __init__(self, document: PolicyDocument) -> None:
        self._document, self._text = document, document.text
        self._marks, self._body, self._parts = Marks(document), Body(document), parts(document)
        self._count: Counter[str] = Counter()
        self._starts = [section.span.start for section in document.outline]

    def root(self) -> etree._Element:
        """The whole file."""
        root = etree.Element(tag("akomaNtoso"), nsmap={None: NAMESPACE})  # type: ignore[dict-item]
        doc = child(root, "doc", name=self._document.doc_type or "公文")
        title = self._document.title.text if self._document.title else None
        write_meta(doc, self._document, Identity("main", title, self._document.doc_type), self._marks)
        if self._parts.head:
            self._head(child(doc, "preface"))
        self._main(doc, self._parts.body)
        if self._parts.closing:
            self._closing(child(doc, "conclusions"))
        if self._parts.carried:
            attachments = child(doc, "attachments")
            for carried in self._parts.carried:
                self._carried(attachments, carried)
        return root

    def _head(self, preface: etree._Element) -> None:
        """Recipients have no element of their own: a container holds the lines from the first of them on."""
        starts = [r.span.start for r in self._document.recipients]
        first = self._text.rfind("\n", 0, min(starts)) + 1 if starts else len(self._text)
        self._split(preface, self._parts.head, first, "recipients")

    def _closing(self, conclusions: etree._Element) -> None:
        imprint = self._document.imprint
        self._split(conclusions, self._parts.closing, imprint.span.start if imprint else len(self._text), "imprint")

    def _split(self, parent: etree._Element, ranges: Ranges, at: int, name: str) -> None:
        """Paragraphs; from the position `at` on in a container."""
        container: etree._Element | None = None
        for start, end in ranges:
            if start < at:
                self._paragraphs(parent, start, min(end, at))
            if max(start, at) < end and self._text[max(start, at) : end].strip():
                if container is None:
                    container = child(parent, "container", name=name, eId=self._id(name))
                self._paragraphs(container, max(start, at), end)
        if not len(parent):
            child(parent, "p")

    def _carried(self, attachments: etree._Element, carried: Carried) -> None:
        attachment = child(attachments, "attachment", eId=self._id("att"))
        if carried.title:
            child(attachment, "heading").text = legal(carried.title)
        doc = child(attachment, "doc", name=carried.name)
        identity = Identity(self._id(carried.name), carried.title, None)
        write_meta(doc, self._document, identity, None)
        self._main(doc, carried.ranges)

    def _main(self, doc: etree._Element, ranges: Ranges) -> None:
        main = child(doc, "mainBody")
        for start, end in ranges:
            first = max(bisect_right(self._starts, start) - 1, 0)
            for section in self._document.outline[first : bisect_left(self._starts, end)]:
                self._section(main, section, start, end)
        if not len(main):
            child(main, "p")

    def _section(self, parent: etree._Element, section: Section, start: int, end: int) -> None:
        """What of a section lies in `start:end`."""
        if section.span.end <= start or section.span.start >= end:
            return
        if section.number is not None and start <= section.span.start:
            self._numbered(parent, section, end)
        elif section.children:
            for inner in section.children:
                self._section(parent, inner, start, end)
        else:
            self._paragraphs(parent, max(section.span.start, start), min(section.span.end, end))

    def _numbered(self, parent: etree._Element, section: Section, end: int) -> None:
        """A section up to the position `end`: the closing of the document may follow in its last item."""
        element = self._container(parent, section)
        lead = self._body.lead(section)
        if lead.number:
            self._fill(child(element, "num"), lead.number.start, lead.number.end)
        if lead.heading:
            self._fill(child(element, "heading"), lead.heading.start, lead.heading.end)
        items = [item for item in section.children if item.span.start < end]
        rest = items[1:] if items and items[0].number is None else items
        stop = min(rest[0].span.start if rest else section.span.end, end)
        if self._text[lead.rest : stop].strip():
            self._paragraphs(child(element, "intro" if rest else "content"), lead.rest, stop)
        for inner in rest:
            if inner.number is not None:
                self._numbered(element, inner, end)
            else:
                between = child(element, "hcontainer", name="text", eId=self._id("text"))
                self._paragraphs(child(between, "content"), inner.span.start, min(inner.span.end, end))

    def _container(self, parent: etree._Element, section: Section) -> etree._Element:
        number = section.number or ""
        for last, name in (("章", "chapter"), ("条", "article")):
            if number.startswith("第") and number.endswith(last):
                return child(parent, name, eId=self._id(name))
        return child(parent, "hcontainer", name=f"level{section.level + 1}", eId=self._id("item"))

    def _paragraphs(self, parent: etree._Element, start: int, end: int) -> None:
        for block in self._body.blocks(start, end):
            if block.table is None:
                self._fill(child(parent, "p"), block.span.start, block.span.end)
            else:
                self._table(parent, self._document.tables[block.table])

    def _table(self, parent: etree._Element, table: Table) -> None:
        element = child(parent, "table", eId=self._id("table"))
        if table.header:
            row = child(element, "tr")
            for name in table.header:
                child(child(row, "th"), "p").text = legal(name)
        for cells in table.rows:
            row = child(element, "tr")
            for cell in cells:
                self._fill(child(child(row, "td"), "p"), cell.span.start, cell.span.end)
            if not cells:
                child(row, "td")
        if not len(element):
            child(child(element, "tr"), "td")

    def _fill(self, element: etree._Element, start: int, end: int) -> None:
        """The text between two places, with the marks in it."""
        last: etree._Element | None = None
        at = start
        for mark in self._marks.inside(start, end):
            self._append(element, last, self._text[at : mark.start])
            last = self._mark(element, mark)
            at = mark.end
        self._append(element, last, self._text[at:end])

    def _mark(self, element: etree._Element, mark: Mark) -> etree._Element:
        outer = child(element, "inline", name=mark.around) if mark.around else None
        inner = etree.SubElement(element if outer is None else outer, tag(mark.tag), mark.attributes)
        inner.text = legal(self._text[mark.start : mark.end])
        return inner if outer is None else outer

    @staticmethod
    def _append(element: etree._Element, last: etree._Element | None, words: str) -> None:
        if last is None:
            element.text = legal(words)
        else:
            last.tail = legal(words)

    def _id(self, name: str) -> str:
        self._count[name] += 1
        return f"{name}_{self._count[name]}"
