"""From the inner values (Doc, Text, Header) to the parts of the output model that need no extraction."""

from __future__ import annotations

from pydantic import TypeAdapter

from .model import Section, SetAsideText, SourceMap, Table
from .outline import Doc, Node
from .squeeze import squeeze
from .tables import Grid
from .text import Cell, Span, Text

# one validation of nested plain values is faster than a constructor call for every node
_SECTIONS = TypeAdapter(list[Section])
_TABLES = TypeAdapter(list[Table])


def outline_sections(doc: Doc) -> list[Section]:
    """The outline as output; the cells of a table row are separated by tabs."""
    s = doc.text.string

    def section(node: Node) -> dict[str, object]:
        return {
            "number": node.number,
            "level": node.level,
            "heading": squeeze(s[node.heading.start : node.heading.end]) if node.heading else None,
            "text": None if node.children else _leaf_text(s, node),
            "span": Span(node.start, node.end),
            "children": [section(c) for c in node.children],
        }

    return _SECTIONS.validate_python([section(root) for root in doc.roots])


def _leaf_text(string: str, node: Node) -> str:
    text = string[node.start : node.end]
    return "\t".join(squeeze(cell) for cell in text.split("\t")) if node.style == "row" else squeeze(text)


def tables(doc: Doc) -> list[Table]:
    """The tables as output."""
    s = doc.text.string
    return _TABLES.validate_python([_table(s, g) for g in doc.tables])


def _table(string: str, g: Grid) -> dict[str, object]:
    def cell(c: Cell) -> dict[str, object]:
        return {"text": squeeze(string[c.start : c.end]), "span": Span(c.start, c.end)}

    return {
        "caption": squeeze(string[g.caption.start : g.caption.end]) if g.caption else None,
        "header": list(g.header),
        "rows": [[cell(c) for c in row] for row in g.rows],
        "sections": sorted(g.sections),
        "page": g.page,
        "span": Span(g.start, g.end),
    }


def set_aside(text: Text) -> list[SetAsideText]:
    """What normalisation took out of the text."""
    raw = text.source.raw
    return [
        SetAsideText(
            reason=d.step, text=raw[d.source_start : d.source_end], source_start=d.source_start, source_end=d.source_end
        )
        for d in text.set_aside
    ]


def source_map(text: Text) -> SourceMap:
    """The offset map as plain numbers."""
    return SourceMap(
        segments=list(text.segments),
        blocks=[(b.start, *b.place) for b in text.source.blocks],
        boxes=list(text.source.boxes),
        page_sizes=list(text.source.page_sizes),
    )
