"""Word 97-2003 and WPS files (doc, wps): [MS-DOC], through olefile.

The body in reading order with its tables; text boxes where they are anchored; headers, footers, notes and comments
apart. Deleted and hidden text and field codes are left out; automatic numbers are written out.
"""

from __future__ import annotations

import io
import re
import struct
from bisect import bisect_left

import olefile

from ...errors import UnreadableFile
from ...limits import Budget, ReadOptions
from ...source import RawDoc
from ..flow import Flow, paragraphs
from ..html.items import Part
from ..protected import read_protected
from .file import DocFile
from .numbering import Numbering
from .properties import Look, Paragraphs, character_marks
from .tables import Tables, row_shape
from .text import plain, shown

_END = re.compile("[\r\x07\x0c]")
_PLAIN = Look()
_STREAMS = ("0Table", "1Table", "Data")
_IDENT = b"\xec\xa5"
_MOST_SHAPES = 10_000
_LOW_BOX = 8000
"""A text box anchored so far below its paragraph (1/20 point; 14 cm) comes after it: an imprint at the foot."""


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """A Word 97-2003 or WPS document."""
    streams, damage = _streams(data, budget)
    if "EncryptedPackage" in streams:
        return read_protected(data, options, budget)
    if "WordDocument" not in streams:
        raise UnreadableFile(
            f"{budget.name or 'the input'} is a compound file without a Word document in it; "
            "open it with the program that wrote it and save it as docx or pdf"
        )
    file = DocFile(streams.pop("WordDocument"), streams, budget)
    if file.encrypted:
        return read_protected(data, options, budget)
    return _Reader(file, budget).read(damage)


def _streams(data: bytes, budget: Budget) -> tuple[dict[str, bytes], list[str]]:
    """The streams by name; of a file whose directory is lost, the main stream where it usually stands."""
    found: dict[str, bytes] = {}
    damage: list[str] = []
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            for name in ("WordDocument", *_STREAMS, "EncryptedPackage"):
                if ole.exists(name):
                    try:
                        found[name] = ole.openstream(name).read()
                    except (OSError, ValueError, IndexError, struct.error):
                        damage.append(f"the stream {name} is damaged")
    except (OSError, ValueError, IndexError, TypeError, AttributeError, KeyError, struct.error, RecursionError):
        damage.append("the compound file is damaged")
    if not found:
        at = next((n for n in range(512, len(data), 512) if data.startswith(_IDENT, n)), 0)
        if at:
            found["WordDocument"] = data[at:]
            damage.append("the directory of the compound file is lost")
        elif damage:
            raise UnreadableFile(f"{budget.name or 'the input'} is a damaged compound file: nothing in it can be read")
    return found, damage


class _Reader:
    """One document on its way to a RawDoc."""

    def __init__(self, file: DocFile, budget: Budget) -> None:
        self._file = file
        self._budget = budget
        self._paragraphs = Paragraphs(file)
        self._numbering = Numbering(file)
        self._text, self._links = shown(file.text, character_marks(file))
        self._links.sort()
        self._flow = Flow("doc", "application/msword")

    def read(self, damage: list[str]) -> RawDoc:
        file, flow = self._file, self._flow
        parts = file.parts
        boxes = self._boxes(*parts["boxes"])
        self._story(*parts["text"], flow.parts, boxes)
        for name in ("headers", "header_boxes", "footnotes", "endnotes", "comments"):
            aside: list[Part] = []
            self._story(*parts[name], aside, {})
            flow.aside(aside)
        return flow.document(self._budget, [*damage, *file.warnings])

    def _story(self, start: int, end: int, into: list[Part], boxes: dict[int, list[Part]]) -> None:
        """Append a stretch of the text to `into`; `boxes` are text boxes by the position of their anchor."""
        tables = Tables(into)
        anchors = sorted(boxes, reverse=True)
        at, n = start, 0
        while at < end:
            n += 1
            if n % 1000 == 0:
                self._budget.tick()
            m = _END.search(self._text, at, end)
            stop = m.start() if m else end
            mark = m.group() if m else "\r"
            while anchors and anchors[-1] <= stop:
                tables.outside.extend(boxes[anchors.pop()])
            self._paragraph(at, stop, mark, tables)
            at = stop + 1
        tables.at_depth(0)
        for anchor in reversed(anchors):
            into.extend(boxes[anchor])

    def _paragraph(self, start: int, stop: int, mark: str, tables: Tables) -> None:
        look = self._look(start, stop, mark)
        target = tables.at_depth(look.depth)
        if look.row_end and look.depth:
            tables.end_row(row_shape(look.row))
            return
        self._add(start, stop, look, target)
        if look.depth and (mark == "\x07" or look.cell_end):
            tables.end_cell()

    def _look(self, start: int, stop: int, mark: str) -> Look:
        """The properties; without any, two cell marks side by side end a row."""
        if self._paragraphs.known:
            look = self._paragraphs.at(min(stop, len(self._text) - 1))
            return look._replace(depth=1) if mark == "\x07" and not look.depth else look
        if mark != "\x07":
            return _PLAIN
        return Look(1, row_end=start == stop and self._text[start - 1 : start] == "\x07")

    def _add(self, start: int, stop: int, look: Look, into: list[Part]) -> None:
        """The blocks of a paragraph. A cell may hold nothing but an automatic number (a column of 序号)."""
        text = plain(self._text[start:stop])
        number = self._numbering.number(look.list, look.level) if look.list else ""
        if not text.strip() and not (number.strip() and look.depth):
            return
        links = self._links_in(start, stop) if self._links else ()
        into.extend(paragraphs(text, look.align, look.outline, links, number, cell=look.depth > 0))

    def _links_in(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Hyperlinks in this stretch, by places in what is shown of it."""
        found: list[tuple[int, int, str]] = []
        at, length = start, 0
        for link in self._links[bisect_left(self._links, (start,)) :]:
            if link.start >= end:
                break
            if at <= link.start and link.end <= end:
                before = length + len(plain(self._text[at : link.start]))
                at, length = link.end, before + len(plain(self._text[link.start : link.end]))
                found.append((before, length, link.target))
        return found

    def _boxes(self, start: int, end: int) -> dict[int, list[Part]]:
        """The text of each text box (2.8.31 PlcftxbxTxt) by the position of the shape it stands in (2.8.37 PlcfSpa)."""
        plc, shapes = self._file.table("boxes"), self._shapes()
        whole = (len(plc) - 4) // 26
        count = min(whole, _MOST_SHAPES)
        found: dict[int, list[Part]] = {}
        if end <= start:
            return found
        bounds = list(struct.unpack_from(f"<{count + 1}I", plc)) if count > 0 else [0, end - start]
        anchor = 0
        for n in range(max(count, 1)):
            low, high = start + bounds[n], min(start + bounds[n + 1], end)
            if count > 0:
                shape = struct.unpack_from("<I", plc, 4 * (whole + 1) + 22 * n + 14)[0]
                anchor = shapes.get(shape, anchor)
            if low < high and self._text[low:high].strip("\r\0 "):
                self._story(low, high, found.setdefault(anchor, []), {})
        return found

    def _shapes(self) -> dict[int, int]:
        """Position of the anchor of each shape; of one far down the page, that of the paragraph after it."""
        plc = self._file.table("shapes")
        count = (len(plc) - 4) // 30
        found: dict[int, int] = {}
        for n in range(min(count, _MOST_SHAPES)):
            cp = int.from_bytes(plc[4 * n : 4 * n + 4], "little")
            shape, _, top = struct.unpack_from("<Iii", plc, 4 * (count + 1) + 26 * n)
            if top > _LOW_BOX and (m := _END.search(self._text, cp)):
                cp = m.end()
            found[shape] = cp
        return found
