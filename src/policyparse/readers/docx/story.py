"""The stories of a document (body, text boxes, notes, headers) -> paragraphs and tables in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Any

from ...errors import LimitExceeded, PolicyParseError
from ...limits import Budget
from ...source import BlockKind
from ..html.items import Grid, Paragraph, Part
from .boxes import Box, where
from .chunks import chunk
from .fields import Fields
from .inline import Inline, alternative
from .lines import NODE, Links, lines_of, numbered
from .names import (
    ALTERNATE,
    BODY,
    INS,
    MOVE_TO,
    PPR,
    RID,
    SDT,
    SDTCONTENT,
    SDTPR,
    SECTPR,
    TBL,
    VAL,
    P,
    R,
    T,
    child,
    on,
    w,
)
from .numbering import Numbering
from .parts import Parts
from .pasted import without_page_lines
from .slim import LINE
from .styles import Look, Styles
from .tables import read_table
from .told import OfParagraph, Told

_ID, _TYPE, _VANISH, _TITLE_PAGE = w("id"), w("type"), w("vanish"), w("titlePg")
_HEADERS = {w("headerReference"): "header", w("footerReference"): "footer"}
_EARLY = 200
"""Characters: a box tied to a paragraph before that may be the red header."""
_TEXT_MARKS = b":t>", b":t ", b"<t>", b"<t ", b":textpath "
_CONTENTS_LINE = re.compile(r"[.…·\t ]\s*\d{1,4}$|\d$")
_CONTENTS_HEAD = ("目录", "目次", "目　录", "目 录", "目  录", "目　　录")
_PARAGRAPHS, _LOOSE = (LINE, P), (R, T)
_GALLERY = "Table of Contents"


class Reader:
    """Reads the parts of one package. `symbols`: characters of symbol fonts are shown as ordinary ones."""

    def __init__(self, parts: Parts, budget: Budget, *, symbols: bool = False) -> None:
        self._parts, self._budget = parts, budget
        data = parts.content(parts.main)
        style_part = parts.companion("styles")
        style_data = parts.content(style_part) if style_part else b""
        fonts = symbols or b"vanish" in style_data  # of runs: what they print, and what they hide, depends on it
        self._xml = parts.xml if fonts else parts.plain_xml
        self.styles = Styles(self._xml(style_part, style_data) if style_part else None)
        self._numbering: Numbering | None = None
        self._notes: dict[str, dict[str, Any]] = {}
        self.root = parts.xml(parts.main, data) if fonts else parts.plain_xml(parts.main, data, once=True)
        self._told = Told(self.root, self.styles)
        hidden = b"vanish" in style_data or (b"vanish" in data and _hides(self.root))
        self._inline = Inline(self.styles, parts.relations, hidden=hidden, symbols=symbols)
        self._sections: list[Any] = []
        self._chunks: set[str] = set()
        self._foot: list[Part] = []
        self._held: tuple[str, Links] | None = None
        self._seen, self._count, self._depth = 0, 0, 0
        self._kind: BlockKind | None = None
        self._watermarks = True

    def read(self) -> list[Part]:
        """All parts: the body, then what is set aside (headers, footers)."""
        out: list[Part] = []
        if self.root is None:
            return out
        body = child(self.root, BODY)
        self._blocks(self.root if body is None else body, out)
        self._end(out)
        out += self._foot
        first, aside = self._headers()
        return [*first, *without_page_lines(out), *aside]

    # ---- blocks

    def _blocks(self, parent: Any, out: list[Part]) -> None:
        """The paragraphs and tables of a body, cell, box or note."""
        for element in parent:
            tag = element.tag
            if tag in _PARAGRAPHS:
                self._paragraph(element, out, tag == LINE)
            elif tag == TBL:
                self._end(out)
                self._table(element, out)
            elif tag == SECTPR:
                self._sections.append(element)
            elif tag in _LOOSE:  # text that stands in no paragraph: a damaged file
                self._paragraph((element,), out, False)
            elif handler := _BLOCKS.get(tag):
                handler(self, element, out)

    def _structured(self, element: Any, out: list[Part]) -> None:
        """w:sdt: a frame around blocks; one is the table of contents that Word makes."""
        content, told = child(element, SDTCONTENT), child(element, SDTPR)
        if content is None:
            return
        gallery = "" if told is None else next((g.get(VAL, "") for g in told.iter(w("docPartGallery"))), "")
        kept = self._kind
        if gallery == _GALLERY:
            self._kind = "boilerplate"
        self._blocks(content, out)
        self._kind = kept

    def _alternate(self, element: Any, out: list[Part]) -> None:
        self._blocks(alternative(element), out)

    def _chunk(self, element: Any, out: list[Part]) -> None:
        """A document in the document; one that cannot be read is told as damage."""
        relation = self._parts.relations.get(element.get(RID, ""))
        if relation is None or relation.target not in self._parts or relation.target in self._chunks:
            return
        self._chunks.add(relation.target)
        self._budget.tick()
        try:
            found = chunk(self._parts.content(relation.target), relation.target, self._budget, self._depth)
        except LimitExceeded:
            raise
        except PolicyParseError as error:
            self._parts.warnings.append(("damaged-file", f"part {relation.target} cannot be read: {error}", 0, 0))
        else:
            out += found

    # ---- paragraphs

    def _paragraph(self, element: Any, out: list[Part], line: bool) -> None:
        self._count += 1
        if not self._count % 1000:
            self._budget.tick()
        ppr = element if line else element[0] if len(element) else None
        told = self._told.of_paragraph(ppr) if ppr is not None and (line or ppr.tag == PPR) else self._told.plain
        if told.section is not None:
            self._sections.append(told.section)
        look, inline = told.look, self._inline
        text = inline.line(element) if line else inline.read(element, look.hidden)
        links = inline.links
        if self._held is not None:
            text, links = self._joined(text, links)
        if told.joined and not inline.boxes and not inline.notes:
            self._held = (text, links)
            return
        if told.numbered:
            text, links = self._with_number(text, links, told)
        kind = self._kind
        if kind is None and (look.contents or inline.fields.open):
            kind = self._kind_of(text, look, out)
        lines = lines_of(text, told.align, told.outline, links, kind, cell=self._depth > 0)
        if inline.tied or self._foot:
            self._place(lines, inline, told, out)
        else:
            out += lines
        if lines:
            self._seen += len(lines[0].text)

    def _place(self, lines: list[Paragraph], inline: Inline, told: OfParagraph, out: list[Part]) -> None:
        """The lines of a paragraph with the boxes, notes and hidden text that are tied to it."""
        turned, notes, concealed = inline.turned, inline.notes, inline.concealed
        if self._foot and not self._depth:
            if turned == "before" or told.page_before:
                self._end_page(out)
            elif turned is None and told.section is not None:
                turned = "after"
        after = self._boxes(inline.boxes, out)
        out += lines
        out += after
        if concealed and (hidden := "".join(concealed).strip()):
            out.append(Paragraph(" ".join(hidden.split()), NODE, kind="boilerplate"))
        for kind, ident in notes:
            self._note(kind, ident, out)
        if turned == "after" and not self._depth:
            self._end_page(out)

    def _end_page(self, out: list[Part]) -> None:
        """What stands at the foot of the page that ends."""
        out += self._foot
        self._foot = []

    def _joined(self, text: str, links: Links) -> tuple[str, Links]:
        """With the paragraph before, whose mark was deleted."""
        assert self._held is not None
        held, before = self._held
        self._held = None
        return held + text, [*before, *((s + len(held), e + len(held), href) for s, e, href in links)]

    def _end(self, out: list[Part]) -> None:
        """Text whose paragraph mark was deleted, and after which no paragraph comes."""
        if self._held is not None:
            text, links = self._held
            self._held = None
            out += lines_of(text, None, None, links, self._kind)

    def _with_number(self, text: str, links: Links, told: OfParagraph) -> tuple[str, Links]:
        if self._numbering is None:
            name = self._parts.companion("numbering")
            self._numbering = Numbering(self._parts.xml(name) if name else None, self.styles)
        label = self._numbering.number(told.num_id, told.ilvl, told.look)
        if not text.strip():  # a number alone is a slip in running text, and the first column of many a table
            return (label.strip(), []) if self._depth else (text, links)
        if not label:
            return text, links
        return numbered(label, text, links)

    def _kind_of(self, text: str, look: Look, out: list[Part]) -> BlockKind | None:
        """boilerplate for the lines of a table of contents."""
        flat = text.strip()
        if not ((look.contents or self._inline.fields.contents) and _CONTENTS_LINE.search(flat)):
            return "boilerplate" if look.contents and flat in _CONTENTS_HEAD else None
        if out and isinstance(out[-1], Paragraph) and out[-1].text.strip() in _CONTENTS_HEAD:
            out[-1].kind = "boilerplate"
        return "boilerplate"

    # ---- what is tied to a paragraph

    def _boxes(self, boxes: list[Box], out: list[Part]) -> list[Part]:
        """Boxes that stand above the paragraph go to `out`; those below are given back."""
        after: list[Part] = []
        early = self._seen < _EARLY and not self._depth
        if len({b.frame for b in boxes}) == 1 and all(b.y is not None for b in boxes):
            boxes = sorted(boxes, key=lambda b: b.y or 0.0)
        for box in boxes:
            place = where(box, early=early)
            into = out if place == "before" else after if place == "after" or self._depth else self._foot
            self._box(box, into)
        return after

    def _box(self, box: Box, out: list[Part]) -> None:
        if box.content is None:
            words = " ".join(box.words.split())
            if words:
                out.append(Paragraph(words, NODE, "center", kind=self._kind if self._watermarks else "boilerplate"))
            return
        self._nested(box.content, out)

    def _nested(self, element: Any, out: list[Part]) -> None:
        """A story of its own: fields that are open outside go on after it."""
        self._depth += 1
        self._budget.check("depth", self._depth)
        fields, held = self._inline.fields, self._held
        self._inline.fields, self._held = Fields(), None
        self._blocks(element, out)
        self._end(out)
        self._inline.fields, self._held = fields, held
        self._depth -= 1

    def _note(self, kind: str, ident: str, out: list[Part]) -> None:
        """A footnote is set aside beside the paragraph that refers to it."""
        if kind not in self._notes:
            name = self._parts.companion(kind)
            root = self._parts.xml(name) if name else None
            self._notes[kind] = {e.get(_ID, ""): e for e in root} if root is not None else {}
        note = self._notes[kind].pop(ident, None)
        if note is not None:
            self._aside(note, out)

    def _aside(self, element: Any, out: list[Part]) -> None:
        kept, relations = self._kind, self._inline.relations
        self._kind, self._inline.relations = "boilerplate", {}
        found: list[Part] = []
        self._nested(element, found)
        self._kind, self._inline.relations = kept, relations
        for part in found:
            if isinstance(part, Grid):
                texts = [c.text for row in part.rows for c in row if c.text]
                out.append(Paragraph(" ".join(texts), NODE, kind="boilerplate"))
            else:
                part.kind = "boilerplate"
                out.append(part)

    # ---- tables

    def _table(self, element: Any, out: list[Part]) -> None:
        self._depth += 1
        self._budget.check("depth", self._depth)
        out += read_table(element, self.styles, self._told, self._cell)
        self._depth -= 1

    def _cell(self, element: Any) -> list[Part]:
        parts: list[Part] = []
        self._blocks(element, parts)
        self._end(parts)
        return parts

    # ---- headers and footers

    def _headers(self) -> tuple[list[Part], list[Part]]:
        """The header of the title page, which is printed once, and all the others: set aside."""
        first: list[Part] = []
        aside: list[Part] = []
        done: set[str] = set()
        for n, section in enumerate(self._sections):
            for element in section:
                if element.tag not in _HEADERS:
                    continue
                relation = self._parts.relations.get(element.get(RID, ""))
                if relation is None or relation.target in done or relation.target not in self._parts:
                    continue
                done.add(relation.target)
                once = element.get(_TYPE) == "first"
                if once and not on(section, _TITLE_PAGE):
                    continue  # a header for a title page that there is not
                top = once and not n and _HEADERS[element.tag] == "header"
                self._header(relation.target, first if top else aside, top)
        return first, aside

    def _header(self, name: str, out: list[Part], top: bool) -> None:
        data = self._parts.content(name)
        root = self._xml(name, data) if any(mark in data for mark in _TEXT_MARKS) else None
        if root is None:
            return
        self._watermarks = False
        if top:
            self._nested(root, out)
        else:
            self._aside(root, out)
        self._watermarks = True


def _hides(root: Any) -> bool:
    """Is any run hidden? Most of w:vanish hides the mark of an empty paragraph between two tables."""
    if root is None:
        return False
    marks = (next(islice(e.iterancestors(), 1, None), None) for e in root.iter(_VANISH))
    return any(up is None or up.tag != PPR for up in marks)


_Handler = Callable[[Reader, Any, list[Part]], None]
_BLOCKS: dict[str, _Handler] = {
    SDT: Reader._structured,
    ALTERNATE: Reader._alternate,
    w("altChunk"): Reader._chunk,
    **dict.fromkeys((w("customXml"), INS, MOVE_TO, w("smartTag"), SDTCONTENT), Reader._blocks),
}
