"""Full-text search in a database that the sqlite output has made."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NamedTuple

from ..errors import UnreadableFile
from ..text import Span
from .sqlite import check
from .tokens import asked

_SELECT = """
SELECT d.document_id, d.path, d.title, d.document_number, p.span_start, p.span_end, p.page, p.line, p.measure_id,
  substr(d.text, p.span_start + 1, p.span_end - p.span_start)
"""
_BY_WORDS = (
    _SELECT
    + """
FROM search JOIN passages p ON p.passage_id = search.rowid JOIN documents d USING (document_id)
WHERE search MATCH ? ORDER BY bm25(search), p.passage_id LIMIT ?
"""
)
_AS_WRITTEN = (
    _SELECT
    + """
FROM passages p JOIN documents d USING (document_id)
WHERE instr(d.text, ?1) AND instr(substr(d.text, p.span_start + 1, p.span_end - p.span_start), ?1)
ORDER BY p.passage_id LIMIT ?2
"""
)
"""For what no dictionary cuts as the passage does (生命 in 研究生命题): a plain scan."""


class Hit(NamedTuple):
    """A passage (paragraph, table row) that a search has found."""

    document_id: str
    path: str | None
    """The document's place in the input."""
    title: str | None
    document_number: str | None
    span: Span
    """The passage in the document's text."""
    page: int | None
    line: int | None
    measure_id: str | None
    """The measure whose text holds it (column of `measures`, `ledger`)."""
    text: str


def find(database: str | Path, query: str, *, limit: int = 20) -> list[Hit]:
    """Passages that hold every word of `query`, in any order, the best first.

    Where there are none, those that hold `query` as written. Raises UnreadableFile when `database` is none of ours.
    """
    path = Path(database)
    if not path.is_file():
        raise UnreadableFile(f"{path} is not there; make it with: policyparse convert … --to sqlite")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        if not check(connection, path) or not query.strip():
            return []
        words = asked(query)
        found = connection.execute(_BY_WORDS, (words, limit)).fetchall() if words else []
        return [_hit(row) for row in found or connection.execute(_AS_WRITTEN, (query.strip(), limit))]
    finally:
        connection.close()


def _hit(row: tuple[str, str, str, str, int, int, int, int, str, str]) -> Hit:
    document, path, title, number, start, end, page, line, measure, text = row
    return Hit(document, path, title, number, Span(start, end), page, line, measure, text)
