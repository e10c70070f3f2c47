"""From the inner values (Doc, Text, Header) to the parts of the output model that need no extraction."""

from __future__ import annotations

from pydantic import TypeAdapter

from .model import Section, SetAsideText, SourceMap, Table
from .outline import MAX_DEPTH, Doc
from .squeeze import squeeze
from .tables import Grid
from .text import Cell, Span, Text
from .trusted import trusted

# one validation of nested plain values is faster than a constructor call for every one
_TABLES = TypeAdapter(list[Table])
_make_section, _make_set_aside, _make_map = trusted(Section), trusted(SetAsideText), trusted(SourceMap)


def outline_sections(doc: Doc) -> list[Section]:
    """The outline as output; the cells of a table row are separated by tabs."""
    string = doc.text.string
    found: list[list[Section]] = [[] for _ in range(MAX_DEPTH + 2)]  # by level, the list that is open there
    for node, _ in doc.walk():
        start, end, level = node.start, node.end, node.level
        text: str | None = None
        children: list[Section] = []
        if node.children:
            found[level + 1] = children
        elif node.style == "row":
            text = "\t".join(map(squeeze, string[start:end].split("\t")))
        else:
            text = squeeze(string[start:end])
        found[level].append(
            _make_section(
                {
                    "number": node.number,
                    "level": level,
                    "heading": node.heading,
                    "text": text,
                    "span": node.span,
                    "children": children,
                }
            )
        )
    return found[0]


def tables(doc: Doc) -> list[Table]:
    """The tables as output."""
    s = doc.text.string
    return _TABLES.validate_python([_table(s, g) for g in doc.tables]) if doc.tables else []


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
        _make_set_aside({"reason": step, "text": raw[start:end], "source_start": start, "source_end": end})
        for step, start, end in text.set_aside
    ]


def source_map(text: Text) -> SourceMap:
    """The offset map as plain numbers."""
    return _make_map(
        {
            "segments": list(text.segments),
            "blocks": [(block.start,) + block.place for block in text.source.blocks],  # noqa: RUF005  half the time
            "boxes": list(text.source.boxes),
            "page_sizes": list(text.source.page_sizes),
        }
    )
