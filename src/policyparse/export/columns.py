"""The kinds of columns that the tables are put together from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..model import DatePeriod
from ..text import Span
from .relation import Column, Facts, Row, Table, Type, iso, joined

Read = Callable[[Row], Any]


def start(span: Span | None) -> int | None:
    """Its first character."""
    return None if span is None else span.start


def end(span: Span | None) -> int | None:
    """The character after its last."""
    return None if span is None else span.end


def text(name: str, term: str, about: str, read: Read, **more: Any) -> Column:
    """A column of text."""
    return Column(name, "text", term, about, read, **more)


def integer(name: str, term: str, about: str, read: Read, **more: Any) -> Column:
    """A column of whole numbers."""
    return Column(name, "integer", term, about, read, **more)


def field(name: str, term: str, about: str, type: Type = "text", **more: Any) -> Column:
    """A column with the value of the object's field of the same name."""
    return Column(name, type, term, about, lambda row: getattr(row.item, name), **more)


def day(name: str, term: str, about: str, read: Read) -> Column:
    """A column of dates, read from ISO dates."""
    return Column(name, "date", term, about, lambda row: iso(read(row)))


def of(name: str, *path: str) -> Read:
    """Reads document.a.b, null where a is null."""

    def read(row: Row) -> Any:
        value: Any = row.about.document
        for part in (name, *path):
            value = getattr(value, part, None)
        return value

    return read


def number(part: str, of: Read) -> Read:
    """Reads a part of an object that may be null."""
    return lambda row: getattr(of(row), part, None)


def period(read: Callable[[Row], DatePeriod | None], what: str, term: str, prefix: str = "") -> tuple[Column, ...]:
    """The columns of a date expression."""

    def part(name: str) -> Callable[[Row], Any]:
        return lambda row: getattr(read(row), name, None)

    def candidates(row: Row) -> str | None:
        period = read(row)
        return joined(period.candidates) if period else None

    return (
        text(prefix + "text", term, f"{what} as written", part("text")),
        day(prefix + "start", "开始日期", f"first day of the {what}, null where the text sets none", part("start")),
        day(prefix + "end", "截止日期", f"last day of the {what} (inclusive)", part("end")),
        Column(
            prefix + "inferred", "boolean", "年份推定", "the year (or month) came from the context", part("inferred")
        ),
        text(prefix + "candidates", "日期可能读法", "readings of an ambiguous date, ISO, joined by 、", candidates),
    )


DOCUMENT = text(
    "document_id",
    "文件标识",
    "key of the document",
    lambda row: row.about.document_id,
    required=True,
    references="documents.document_id",
)
ORDINAL = integer(
    "ordinal",
    "序号",
    "place of the row among its document's rows of this table, from 1",
    lambda row: row.ordinal,
    required=True,
)
PLACE = (
    integer("span_start", "原文起", "first character in the document's `text`", lambda r: start(r.span)),
    integer("span_end", "原文止", "character after the last in the document's `text`", lambda r: end(r.span)),
    integer("page", "页", "page of the source file (pdf, ofd, scans)", lambda r: r.place.page),
    integer("line", "行", "line of a text file, paragraph of the other formats", lambda r: r.place.line),
    integer("source_table", "表", "table of the source file", lambda r: r.place.table),
    integer("source_row", "表行", "row in that table", lambda r: r.place.row),
    integer("source_column", "表列", "column in that table", lambda r: r.place.column),
)
TEXT_SPAN = (
    integer(
        "text_start", "正文起", "first character of its own text, null when that is not in the file",
        lambda r: start(r.item.text_span),
    ),
    integer("text_end", "正文止", "character after the last of its own text", lambda r: end(r.item.text_span)),
)  # fmt: skip


def key(name: str, term: str, about: str) -> Column:
    """The column that rows of other tables refer to."""
    return text(name, term, about, lambda row: row.key, required=True)


def parent(name: str, term: str, about: str, references: str, **more: Any) -> Column:
    """The column that refers to the row this one belongs to."""
    return text(name, term, about, lambda row: row.parent, references=references, **more)


def table(
    name: str,
    term: str,
    about: str,
    read: Callable[[Facts], Iterator[Row]],
    *columns: Column,
    unique: str | None = None,
) -> Table:
    """A table of which a document has any number of rows, each with its place."""
    every = (DOCUMENT, ORDINAL, *columns, *PLACE)
    return Table(name, term, about, ("document_id", "ordinal"), every, read, unique)


def names(field: str) -> Read:
    """Reads a list of organisations of the document."""
    return lambda row: joined(n.name for n in getattr(row.about.document, field))


def count(field: str) -> Read:
    """Reads how long a list of the document is."""
    return lambda row: len(getattr(row.about.document, field))
