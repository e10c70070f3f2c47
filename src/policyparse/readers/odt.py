"""OpenDocument text (odt): content.xml in reading order, headers from styles.xml apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import UnreadableFile, UnsupportedFormat
from ..limits import Budget, ReadOptions
from ..source import Align, RawDoc
from .docx.numerals import written
from .docx.tables import Slot
from .flow import BREAK, Flow, Table, paragraphs
from .html.items import Cell, Part
from .package import Package

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_TEXT, _TABLE, _OFFICE, _STYLE = (f"{{{_NAMES.format(n)}}}" for n in ("text", "table", "office", "style"))
_DRAW, _FO = f"{{{_NAMES.format('drawing')}}}", f"{{{_NAMES.format('xsl-fo-compatible')}}}"
_ALIGN: dict[str, Align] = {"center": "center", "right": "right", "end": "right"}
# style:num-format of Chinese numbers, as its writers spell it
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一, 二, 三, ...": "chineseCounting",
    "一, 十, 一百, ...": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "壹, 拾, 壹佰, ...": "chineseLegalSimplified",
    "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac",
    "①, ②, ③, ...": "decimalEnclosedCircle",
    "１, ２, ３, ...": "decimalFullWidth",
}
_SKIPPED = frozenset((_TEXT + "tracked-changes", _TEXT + "soft-page-break", _TEXT + "bookmark", _TEXT + "ruby-text"))
_MOST = 256


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """An OpenDocument text."""
    package = Package(data, budget)
    if "content.xml" not in package:
        raise UnreadableFile(f"{budget.name or 'the input'} is an OpenDocument file without content.xml")
    damage: list[str] = []
    root = package.xml("content.xml", recover=True, damage=damage)
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UnsupportedFormat(
            f"{budget.name or 'the input'} is an OpenDocument file that holds no text document: save it as xlsx or pdf"
        )
    styles = package.xml("styles.xml", recover=True, damage=damage) if "styles.xml" in package else None
    reader = _Reader([r for r in (styles, root) if r is not None], budget)
    reader.flow.parts.extend(reader.blocks(body))
    for page in styles.iter(_STYLE + "master-page") if styles is not None else ():
        for story in page:
            reader.flow.aside(reader.blocks(story))
    return reader.flow.document(budget, damage)


class _Reader:
    def __init__(self, roots: list[Any], budget: Budget) -> None:
        self.flow = Flow("odt", "application/vnd.oasis.opendocument.text")
        self._budget = budget
        self._styles = {e.get(_STYLE + "name"): e for root in roots for e in root.iter(_STYLE + "style")}
        self._lists = {e.get(_STYLE + "name"): e for root in roots for e in root.iter(_TEXT + "list-style")}
        self._counters: dict[str, list[int]] = {}
        self._boxes: list[Part] = []
        self._depth = 0

    def blocks(self, element: Any, style: str = "", level: int = 0) -> list[Part]:
        """The paragraphs and tables below `element`; `style` and `level` are those of the list it is."""
        self._depth += 1
        self._budget.check("depth", self._depth)
        found: list[Part] = []
        first = level > 0
        for n, child in enumerate(element):
            if n % 1000 == 0:
                self._budget.tick()
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            if tag in (_TEXT + "p", _TEXT + "h"):
                outer, self._boxes = self._boxes, []
                parts = self._paragraph(child, style if first else "", level)
                found += [*self._boxes, *parts]
                self._boxes, first = outer, False
            elif tag == _TEXT + "list":
                found += self._list(child, style, level)
            elif tag == _TABLE + "table":
                found += self._table(child)
            else:
                found += self.blocks(child)
        self._depth -= 1
        return found

    def _list(self, element: Any, style: str, level: int) -> list[Part]:
        style = element.get(_TEXT + "style-name") or style
        found: list[Part] = []
        for item in element:
            counted = item.tag == _TEXT + "list-item"
            found += self.blocks(item, style if counted else "", level + 1 if counted else 0)
        return found

    def _paragraph(self, element: Any, style: str, level: int) -> list[Part]:
        text = "".join(self._text(element))
        align, listed = self._look(element.get(_TEXT + "style-name"))
        outline = element.get(_TEXT + "outline-level", "") if element.tag == _TEXT + "h" else ""
        number = self._number(style or listed if level else "", level) if level and text.strip() else ""
        heading = min(int(outline), 9) - 1 if outline.isdigit() and int(outline) else None
        return [*paragraphs(text, align, heading, (), number)] if text.strip() else []

    def _look(self, name: str | None) -> tuple[Align | None, str]:
        """(alignment, list style) of a style or of those it is based on."""
        align, listed = "", ""
        for _ in range(12):
            style = self._styles.get(name)
            if style is None:
                break
            properties = style.find(_STYLE + "paragraph-properties")
            align = align or (properties.get(_FO + "text-align", "") if properties is not None else "")
            listed = listed or style.get(_STYLE + "list-style-name", "")
            name = style.get(_STYLE + "parent-style-name")
        return _ALIGN.get(align), listed

    def _number(self, name: str, level: int) -> str:
        style = self._lists.get(name)
        if style is None or not 0 < level <= 10:
            return ""
        levels = {e.get(_TEXT + "level"): e for e in style}
        counters = self._counters.setdefault(name, [0] * 11)
        own = levels.get(str(level))
        start = (own.get(_TEXT + "start-value", "") if own is not None else "") or "1"
        counters[level] = counters[level] + 1 if counters[level] else int(start) if start.isdigit() else 1
        counters[level + 1 :] = [0] * (10 - level)
        if own is None or own.tag != _TEXT + "list-level-style-number":
            return ""
        shown = own.get(_TEXT + "display-levels", "1")
        first = max(level - (int(shown) if shown.isdigit() else 1) + 1, 1)
        made = []
        for n in range(first, level + 1):
            form = levels[str(n)].get(_STYLE + "num-format", "") if str(n) in levels else ""
            if form:
                made.append(written(max(counters[n], 1), _FORMATS.get(form, "decimal")))
        number = ".".join(made)
        whole = own.get(_STYLE + "num-prefix", "") + number + own.get(_STYLE + "num-suffix", "")
        return whole + "\t" if whole.strip() else ""

    def _text(self, element: Any) -> Iterator[str]:
        self._depth += 1
        self._budget.check("depth", self._depth)
        yield element.text or ""
        for child in element:
            tag = child.tag
            if tag in (_TEXT + "note", _OFFICE + "annotation"):
                self.flow.aside(self.blocks(child))
            elif tag == _TEXT + "s":
                count = child.get(_TEXT + "c", "1")
                yield " " * min(int(count) if count.isdigit() else 1, 1000)
            elif tag == _TEXT + "tab":
                yield "\t"
            elif tag == _TEXT + "line-break":
                yield BREAK
            elif tag == _DRAW + "text-box":
                self._boxes += self.blocks(child)
            elif isinstance(tag, str) and tag not in _SKIPPED and not self._is_hidden(child.get(_TEXT + "style-name")):
                yield from self._text(child)
            yield child.tail or ""
        self._depth -= 1

    def _is_hidden(self, name: str | None) -> bool:
        style = self._styles.get(name)
        properties = style.find(_STYLE + "text-properties") if style is not None else None
        return properties is not None and properties.get(_TEXT + "display") == "none"

    def _table(self, element: Any) -> list[Part]:
        ruled = any(self._draws(cell.get(_TABLE + "style-name")) for cell in element.iter(_TABLE + "table-cell"))
        table = Table(list(range(0, _MOST * 1000, 1000)), ruled)
        covered: dict[int, int] = {}
        for row in element.iter(_TABLE + "table-row"):
            if next(row.iterancestors(_TABLE + "table")) is element:
                header = row.getparent().tag == _TABLE + "table-header-rows"
                table.rows.append(self._row(row, len(table.rows), header, covered))
        return table.finish()

    def _row(self, row: Any, n: int, header: bool, covered: dict[int, int]) -> list[Slot]:
        """`covered`: columns that a cell above reaches down over, and how many rows more."""
        slots: list[Slot] = []
        for column, cell in enumerate(row):
            if cell.tag == _TABLE + "table-cell":
                span, rows = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
                slots.append(Slot(Cell(n, header=header, parts=self.blocks(cell)), column, span))
                if rows > 1:
                    covered[column] = (rows - 1) * 1000 + span
            elif (
                cell.tag == _TABLE + "covered-table-cell"
                and covered.get(column, 0) >= 1000
                and (not slots or slots[-1].start + slots[-1].span <= column)
            ):
                slots.append(Slot(Cell(n), column, covered[column] % 1000, goes_on=True))
                covered[column] -= 1000
        return slots

    def _draws(self, name: str | None) -> bool:
        style = self._styles.get(name)
        properties = style.find(_STYLE + "table-cell-properties") if style is not None else None
        if properties is None:
            return False
        sides = (properties.get(_FO + side, "none") for side in ("border", "border-left", "border-right"))
        return any(side.split(" ")[0] not in ("none", "") for side in sides)


def _count(cell: Any, name: str) -> int:
    value = cell.get(_TABLE + name, "1")
    return min(max(int(value), 1), _MOST) if value.isascii() and value.isdigit() and len(value) < 5 else 1
