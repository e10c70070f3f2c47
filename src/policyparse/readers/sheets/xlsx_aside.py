"""What stands on a sheet beside its cells: text boxes (read with the sheet) and comments (set aside)."""

from __future__ import annotations

from lxml import etree

from ...errors import UnreadableFile
from .sheet import SheetCell
from .xlsx_parts import Parts, elements
from .xlsx_styles import local, number

_ANCHORS = ("{*}twoCellAnchor", "{*}oneCellAnchor", "{*}absoluteAnchor")
_MOST = 10_000


def text_boxes(package: Parts, related: dict[str, tuple[str, str]]) -> list[SheetCell]:
    """The texts of the boxes on a sheet, each at the cell where its box begins."""
    found: list[SheetCell] = []
    for target in _targets(package, related, "drawing"):
        try:
            for anchor in elements(package.read(target), target, *_ANCHORS):
                found += _boxes(anchor)
        except UnreadableFile as error:
            package.damage.append(str(error))
    return found[:_MOST]


def comments(package: Parts, related: dict[str, tuple[str, str]]) -> list[SheetCell]:
    """The comments on cells."""
    found: list[SheetCell] = []
    for target in _targets(package, related, "comments"):
        try:
            for comment in elements(package.read(target), target, "{*}comment"):
                text = "".join(str(t.text or "") for t in comment.iter("{*}t")).strip()
                if text:
                    found.append(SheetCell(0, 0, text))
        except UnreadableFile as error:
            package.damage.append(str(error))
    return found[:_MOST]


def _targets(package: Parts, related: dict[str, tuple[str, str]], kind: str) -> list[str]:
    return [target for k, target in related.values() if k == kind and target in package]


def _boxes(anchor: etree._Element) -> list[SheetCell]:
    start = anchor.find("{*}from")
    row, column = 0, 0
    if start is not None:
        place = {local(e): number((e.text or "").strip()) for e in start}
        row, column = place.get("row", 0), place.get("col", 0)
    return [SheetCell(row, column, text) for body in anchor.iter("{*}txBody") if (text := _text(body))]


def _text(body: etree._Element) -> str:
    """The paragraphs of a box."""
    lines = ("".join(str(t.text or "") for t in p.iter("{*}t")) for p in body.iterfind("{*}p"))
    return "\n".join(line for line in lines if line.strip())
