"""What a relational table is made of: columns, and how each value is read from the model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from ..model import PolicyDocument
from ..text import Span
from .places import Holders, Place, Places

Type = Literal["text", "integer", "date", "boolean"]
Value = str | int | bool | date | None
Record = tuple[Value, ...]


ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML (and so a workbook) cannot hold."""


class Row(NamedTuple):
    """One row before it is cut into columns."""

    about: Facts
    """The document it belongs to."""
    ordinal: int
    """1 for the first row of its document."""
    item: Any
    """The model object that the row tells."""
    span: Span | None
    place: Place
    parent: str | None = None
    """Key of the row of another table that this one belongs to."""
    kind: str = ""
    """Where the item stands in the document, for tables that gather several lists."""

    @property
    def key(self) -> str:
        """Key that rows of other tables refer to."""
        return f"{self.about.document_id}-{self.ordinal}"


class Column(NamedTuple):
    """A column of a table."""

    name: str
    type: Type
    term: str
    """Chinese name: the header of a workbook."""
    about: str
    read: Callable[[Row], Any]
    required: bool = False
    """True: never null."""
    long: bool = False
    """True: may hold a whole document; spreadsheets (xlsx, csv) leave it out."""
    references: str | None = None
    """The `table.column` that it points to."""


class Table(NamedTuple):
    """A table: `read` finds its rows in a document."""

    name: str
    term: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    read: Callable[[Facts], Iterable[Row]]
    unique: str | None = None
    """A column that is a key by itself."""

    def records(self, facts: Facts) -> list[Record]:
        """The rows of one document as tuples in the order of `columns`."""
        reads = [column.read for column in self.columns]
        return [tuple([read(row) for read in reads]) for row in self.read(facts)]


class Facts:
    """A document with what its rows share: its key, and the measures and phases that hold a place."""

    def __init__(self, document: PolicyDocument, path: str | None = None) -> None:
        self.document = document
        self.path = path if path is not None else document.source.name
        self.document_id = document_id(document, path)
        self._places = Places(document)
        self._measures = Holders([m.span for m in document.measures])
        self._phases = Holders([p.span for p in document.phases])

    def row(self, ordinal: int, item: Any, span: Span | None, parent: str | None = None, kind: str = "") -> Row:
        """A row of this document."""
        return Row(self, ordinal, item, span, self._places.of(span), parent, kind)

    def rows(self, items: Iterable[Any]) -> Iterator[Row]:
        """A row for each object, which has its own span."""
        for i, item in enumerate(items, 1):
            yield self.row(i, item, item.span)

    def measure_at(self, span: Span) -> str | None:
        """Key of the measure whose text holds `span`."""
        return self._key(self._measures.of(span))

    def phase_at(self, span: Span) -> str | None:
        """Key of the phase whose text holds `span`."""
        return self._key(self._phases.of(span))

    def _key(self, index: int | None) -> str | None:
        return None if index is None else f"{self.document_id}-{index + 1}"


def document_id(document: PolicyDocument, path: str | None = None) -> str:
    """Key of a document: 32 hexadecimal digits of SHA-256 over its path in the input (else its file name) and bytes.

    The same bytes at two paths are two inputs and have two keys; the same path with other bytes has another key.
    Where nothing was read from a file, the name is empty.
    """
    name = path if path is not None else document.source.name or ""
    content = document.source.sha256 or hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    return hashlib.sha256(f"{name}\0{content}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def iso(value: str | None) -> date | None:
    """An ISO date as a date; null when there is none."""
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def joined(values: Iterable[str]) -> str | None:
    """A list of names as it is written in Chinese: A、B、C; null when it is empty."""
    return "、".join(values) or None


def lines(values: Iterable[str]) -> str | None:
    """A list of whole passages, one a line; null when it is empty."""
    return "\n".join(values) or None
