"""From the inner values (Doc, Text, Header) to the parts of the output model that need no extraction."""

from __future__ import annotations

from .model import Section, SetAsideText, SourceMap, Table, TableCell
from .outline import Doc, Node
from .squeeze import squeeze
from .text import Span, Text


def outline_sections(doc: Doc) -> list[Section]:
    """The outline as output."""

    def section(node: Node) -> Section:
        return Section(
            number=node.number,
            level=node.level,
            heading=squeeze(doc.text.string[node.heading.start : node.heading.end]) if node.heading else None,
            text=None if node.children else squeeze(doc.text.string[node.start : node.end]),
            span=Span(node.start, node.end),
            children=[section(c) for c in node.children],
        )

    return [section(root) for root in doc.roots]


def tables(doc: Doc) -> list[Table]:
    """The tables as output."""
    s = doc.text.string
    return [
        Table(
            caption=squeeze(s[g.caption.start : g.caption.end]) if g.caption else None,
            header=list(g.header),
            rows=[[TableCell(text=squeeze(s[c.start : c.end]), span=Span(c.start, c.end)) for c in r] for r in g.rows],
            sections=sorted(g.sections),
            page=g.page,
            span=Span(g.start, g.end),
        )
        for g in doc.tables
    ]


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
        segments=[(s.start, s.length, s.source_start, s.source_length) for s in text.segments],
        blocks=[(b.start, *b.place) for b in text.source.blocks],
    )
