"""HTML pages and fragments: the document, its tables, the page's metadata, and the rest set aside."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from lxml import etree

from ...source import Place, RawBlock, RawCell, RawDoc, RawTable
from .. import text
from ..decode import Decoded, decode
from .content import classify
from .items import Grid, Paragraph, Part
from .lists import before
from .source import cleaned, enclosed, fill_areas, headers, parser, source_code, why_empty
from .walk import Walker

_META_NAMES = {
    "articletitle": "标题",
    "pubdate": "发布日期",
    "publishdate": "发布日期",
    "contentsource": "来源",
    "columnname": "栏目",
    "sitename": "网站名称",
}
_SCRIPT = re.compile(
    r"<(script|style)\b[^>]*+>(?:[^<]++|<(?!/\1))*+</\1\s*>|<!--(?:[^-]++|-(?!->))*+-->", re.IGNORECASE
)
_BREAK = re.compile(r"</?(?:p|div|tr|br|h\d|td|th|li|ul|dl|dt|dd|table)\b[^<>]{0,2000}>", re.IGNORECASE)
_BODY = re.compile(r"<body[\s>]", re.IGNORECASE)
_END = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z!][^<>]{0,2000}>", re.IGNORECASE)


def read(data: bytes, name: str | None = None) -> RawDoc:
    """A page or a fragment of one as blocks."""
    return read_text(decode(data))


def read_text(decoded: Decoded) -> RawDoc:
    """A decoded page as blocks; `raw` is the text a reader of the page sees, not its source."""
    answer = headers(decoded.text) if decoded.text[:5].lstrip()[:5] == "HTTP/" else ""
    source = decoded.text.partition(answer)[2] if answer else decoded.text
    tree = _tree(source)
    if tree is not None and (code := source_code(tree, source)) is not None:
        source, tree = code, _tree(code)
    if tree is None:
        return _flat(decoded)
    walker = Walker()
    if answer:
        walker.parts.append(Paragraph(" ".join(answer.split()), walker.root, kind="boilerplate"))
    walker.parts.extend(_head_meta(tree, walker))
    if "<textarea" in source:
        fill_areas(tree)
    for element in (tree, *tree.itersiblings()):  # after a stray </html> the parser puts the rest beside the root
        walker.walk(element)
    return _assemble(classify(walker.parts, walker.nodes), decoded, tree)


def _tree(text: str) -> Any:
    """The tree of a page; None when the parser gives up on it."""
    source, reading = cleaned(text.encode("utf-8", "replace")), parser()
    try:
        tree = etree.fromstring(source, reading) if source.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return None if any("depth" in e.message.lower() for e in _fatal(reading)) else tree


def _fatal(parser: Any) -> list[Any]:
    last = parser.error_log.last_error
    return [last] if last is not None else []


def _flat(decoded: Decoded) -> RawDoc:
    """Pages that the parser gives up on (thousands of unclosed tags): the tags are cut, the text is kept."""
    flat = _BREAK.sub("\n", _SCRIPT.sub("", decoded.text).replace("\n", " "))
    flat = re.sub(r"\n[ \t\r\n]+", "\n", unescape(_ANY_TAG.sub("", flat)))
    raw = text.read_text(decoded._replace(text=flat, warnings=()))
    return RawDoc(raw.raw, raw.blocks, raw.tables, "html", "text/html", decoded.encoding, None, raw.warnings)


def _head_meta(tree: Any, walker: Walker) -> list[Part]:
    """<title> and the <meta> tags that government CMS write (ArticleTitle, PubDate, ContentSource)."""
    found: list[Part] = []
    for element in tree.iterfind(".//meta"):
        label = _META_NAMES.get((element.get("name") or "").lower())
        value = " ".join((element.get("content") or "").split())
        if label and value:
            found.append(Paragraph(f"{label}：{value}", walker.root, kind="meta"))
    title = tree.find(".//title")
    if title is not None and (value := " ".join("".join(title.itertext()).split())):
        found.append(Paragraph(f"页面标题：{value}", walker.root, kind="meta"))
    return found


def _is_cut(page: str) -> bool:
    """A download that broke off: the page has a <body>, and no end of it; or it ends inside a tag."""
    opened = _BODY.search(page)
    return opened is not None and _END.search(page, opened.end()) is None


class _Raw:
    """Joins the parts into `RawDoc.raw`."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.blocks: list[RawBlock] = []
        self.tables: list[RawTable] = []
        self.links: list[tuple[int, int, str]] = []

    def put(self, string: str) -> int:
        """Append; returns where it starts."""
        at = self.length
        self.pieces.append(string)
        self.length += len(string)
        return at

    def paragraph(self, part: Paragraph) -> None:
        """Append a block on a line of its own."""
        at = self.length
        if part.number and part.kind == "paragraph":
            self.put(before(part.number, part.text))
        begin = self.put(part.text)
        place = Place(line=len(self.blocks) + 1)
        self.blocks.append(RawBlock(at, self.length, part.kind or "paragraph", place, part.align, part.heading))
        if part.links and (part.kind == "paragraph" or part.files):
            self.links.extend((begin + s, begin + e, href) for s, e, href in part.links)
        self.put("\n")

    def grid(self, grid: Grid) -> None:
        """Append a table: cells joined by tabs, rows by line feeds."""
        cells: list[RawCell] = []
        number = len(self.tables) + 1 if grid.kind == "cell" else None
        for row in grid.rows:
            for n, cell in enumerate(row):
                at = self.put(cell.text)
                self.links.extend((at + s, at + e, href) for s, e, href in cell.links)
                place = Place(None, len(self.blocks) + 1, number, cell.row + 1, cell.column + 1)
                self.blocks.append(RawBlock(at, self.length, grid.kind, place))
                cells.append(RawCell(at, self.length, cell.row, cell.column, cell.rowspan, cell.colspan, cell.header))
                self.put("\t" if n + 1 < len(row) else "\n")
        if number is not None:
            self.tables.append(RawTable(cells[0].start, cells[-1].end, tuple(cells), Place(table=number)))


def _assemble(parts: list[Part], decoded: Decoded, tree: Any) -> RawDoc:
    out = _Raw()
    for part in parts:
        if isinstance(part, Grid):
            out.grid(part)
        else:
            out.paragraph(part)
    raw = "".join(out.pieces).removesuffix("\n")
    warnings = [(code, message, 0, 0) for code, message, _, _ in decoded.warnings]
    if not any(b.end > b.start and b.kind in ("paragraph", "cell") for b in out.blocks):
        warnings.append(("empty-document", why_empty(tree, decoded.text), 0, 0))
    warnings += [("enclosed-file", f"the page shows a file that was not read: {f}", 0, 0) for f in enclosed(tree)[:5]]
    if _is_cut(decoded.text):
        warnings.append(("damaged-file", "the page ends before its end: its text may be cut off", 0, 0))
    return RawDoc(
        raw,
        tuple(out.blocks),
        tuple(out.tables),
        reader="html",
        media_type="text/html",
        encoding=decoded.encoding,
        warnings=tuple(warnings),
        links=tuple(out.links),
    )
