"""Word 2003 XML (w:wordDocument): the same content as a doc file, in one XML file.

Only what a reader of the page sees: deleted and hidden text and field codes are left out, numbers are those that Word
wrote beside each item (wx:t), headers, footers, notes and comments are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..limits import Budget, ReadOptions
from ..source import Align, RawDoc
from .doc.text import symbol
from .docx.tables import Slot
from .flow import BREAK, PAGE_BREAK, Flow, Table, paragraphs
from .html.items import Cell, Part
from .package import parse_xml

_W = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_VAL = _W + "val"
_ALIGN: dict[str, Align] = {"center": "center", "right": "right"}
_CHARACTERS = {
    "tab": "\t",
    "br": BREAK,
    "cr": BREAK,
    "noBreakHyphen": "-",
}
_LEFT_OUT = frozenset(
    _W + n for n in ("rPr", "pPr", "instrText", "delText", "fldChar", "softHyphen", "binData", "sectPr")
)
_MOST_COLUMNS = 256
_ASIDES = frozenset(_W + n for n in ("footnote", "endnote"))


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """A Word 2003 XML document."""
    damage: list[str] = []
    root = parse_xml(data.lstrip(b"\xef\xbb\xbf \r\n\t"), budget.name or "the input", recover=True, damage=damage)
    reader = _Reader(root, budget)
    body = root.find(_W + "body")
    if body is not None:
        reader.flow.parts.extend(reader.blocks(body))
    return reader.flow.document(budget, damage if body is not None else [*damage, "the document has no body"])


class _Reader:
    def __init__(self, root: Any, budget: Budget) -> None:
        self.flow = Flow("wordml", "application/xml")
        self._budget = budget
        self._styles = {style.get(_W + "styleId"): style for style in root.iterfind(f"{_W}styles/{_W}style")}
        self._boxes: list[Part] = []
        self._depth = 0

    def blocks(self, element: Any) -> list[Part]:
        """The paragraphs and tables below `element`, in order; sections and smart tags around them count nothing."""
        self._depth += 1
        self._budget.check("depth", self._depth)
        found: list[Part] = []
        for n, child in enumerate(element):
            if n % 1000 == 0:
                self._budget.tick()
            tag = child.tag
            if tag == _W + "p":
                outer, self._boxes = self._boxes, []
                parts = self._paragraph(child)
                found += [*self._boxes, *parts]
                self._boxes = outer
            elif tag == _W + "tbl":
                found.extend(self._table(child))
            elif tag == _W + "sectPr":
                self._section(child)
            elif tag == _AML + "annotation":
                if not child.get(_W + "type", "").endswith("Deletion"):
                    found.extend(self.blocks(child))
            elif isinstance(tag, str) and tag not in _LEFT_OUT:
                found.extend(self.blocks(child))
        self._depth -= 1
        return found

    def _section(self, element: Any) -> None:
        for name in ("hdr", "ftr"):
            for story in element.iterfind(_W + name):
                self.flow.aside(self.blocks(story))

    def _paragraph(self, element: Any) -> list[Part]:
        properties = element.find(_W + "pPr")
        align, outline, number = self._look(properties)
        text = "".join(self._text(element))
        found: list[Part] = [*paragraphs(text, align, outline, (), number)] if text.strip() else []
        if properties is not None and (section := properties.find(_W + "sectPr")) is not None:
            self._section(section)
        return found

    def _look(self, properties: Any) -> tuple[Align | None, int | None, str]:
        """(alignment, outline level, number) by the paragraph's own properties, then its style's."""
        align: str | None = None
        outline: str | None = None
        number = ""
        for n in range(12):
            if properties is None:
                break
            align = align or _value(properties, "jc")
            outline = outline or _value(properties, "outlineLvl")
            if n == 0 and (listed := properties.find(f"{_W}listPr/{_WX}t")) is not None:
                number = listed.get(_WX + "val", "").strip()
            style = self._styles.get(_value(properties, "pStyle") or _value(properties, "basedOn"))
            if style is None:
                break
            own = style.find(_W + "pPr")
            base = self._styles.get(_value(style, "basedOn"))
            align = align or (_value(own, "jc") if own is not None else None)
            outline = outline or (_value(own, "outlineLvl") if own is not None else None)
            properties = base.find(_W + "pPr") if base is not None else None
        level = int(outline) if outline and outline.isdigit() and int(outline) < 9 else None
        return _ALIGN.get(align or ""), level, number and number + "\t"

    def _text(self, element: Any) -> Iterator[str]:
        self._depth += 1
        self._budget.check("depth", self._depth)
        for child in element:
            tag = child.tag
            if tag in _LEFT_OUT or not isinstance(tag, str):
                continue
            if tag == _W + "r" and _is_hidden(child):
                continue
            if tag == _W + "t":
                yield child.text or ""
            elif tag == _W + "sym":
                code = child.get(_W + "char", "")
                yield symbol(int(code, 16)) if len(code) == 4 and code.isalnum() and _is_hex(code) else ""
            elif tag in _ASIDES:
                self.flow.aside(self.blocks(child))
            elif tag == _W + "txbxContent":
                self._boxes += self.blocks(child)
            elif tag == _AML + "annotation":
                yield from self._annotation(child)
            elif tag == _W + "br" and child.get(_W + "type") == "page":
                yield PAGE_BREAK
            elif (character := _CHARACTERS.get(tag.rpartition("}")[2])) is not None:
                yield character
            else:
                yield from self._text(child)
        self._depth -= 1

    def _annotation(self, element: Any) -> Iterator[str]:
        kind = element.get(_W + "type", "")
        if kind.endswith("Comment"):
            self.flow.aside(self.blocks(element))
        elif not kind.endswith("Deletion"):
            yield from self._text(element)

    def _table(self, element: Any) -> list[Part]:
        edges = [0]
        for column in element.iterfind(f"{_W}tblGrid/{_W}gridCol"):
            edges.append(edges[-1] + _integer(column.get(_W + "w", "").partition(".")[0]))
        ruled = _is_ruled(element.find(_W + "tblPr")) or any(map(_draws, element.iter(_W + "tcBorders")))
        table = Table(edges[:_MOST_COLUMNS], ruled)
        for tr in element.iter(_W + "tr"):
            if next(tr.iterancestors(_W + "tbl")) is element:
                table.rows.append(self._row(tr, len(table.rows)))
        return table.finish()

    def _row(self, tr: Any, n: int) -> list[Slot]:
        header = tr.find(f"{_W}trPr/{_W}tblHeader") is not None
        slots: list[Slot] = []
        column = 0
        for tc in tr.iter(_W + "tc"):
            if next(tc.iterancestors(_W + "tr")) is not tr:
                continue
            span = min(max(_integer(_value(tc.find(_W + "tcPr"), "gridSpan") or ""), 1), _MOST_COLUMNS)
            merge = tc.find(f"{_W}tcPr/{_W}vmerge")
            goes_on = merge is not None and merge.get(_VAL) != "restart"
            slots.append(Slot(Cell(n, header=header, parts=self.blocks(tc)), column, span, goes_on))
            column += span
        return slots


def _is_ruled(properties: Any) -> bool:
    """Upright lines, or a style that may draw them."""
    if properties is None:
        return False
    borders = properties.find(_W + "tblBorders")
    if borders is None:
        return (_value(properties, "tblStyle") or "") not in ("", "a1", "TableNormal")
    return _draws(borders)


def _draws(borders: Any) -> bool:
    return any(_value(borders, side) not in (None, "nil", "none") for side in ("left", "right", "insideV"))


def _value(element: Any, name: str) -> str | None:
    found = None if element is None else element.find(_W + name)
    return None if found is None else found.get(_VAL)


def _integer(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


def _is_hidden(run: Any) -> bool:
    found = run.find(f"{_W}rPr/{_W}vanish")
    return found is not None and found.get(_VAL) != "off"


def _is_hex(code: str) -> bool:
    return all(c in "0123456789abcdefABCDEF" for c in code)
