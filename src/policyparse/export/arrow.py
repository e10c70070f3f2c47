"""Arrow schemas of the tables, and stretches of rows as arrow tables: for parquet and `to_frames`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model import SCHEMA_VERSION
from .relation import Record, Table
from .tables import TABLES_VERSION
from .writer import need

if TYPE_CHECKING:
    import pyarrow as pa


def arrow() -> Any:
    """The library. Raises MissingExtra where it is not installed."""
    return need("pyarrow", "parquet")


def schema(table: Table) -> pa.Schema:
    """Names, types and descriptions of the columns; dates are days (date32)."""
    pa = arrow()
    types = {"text": pa.string(), "integer": pa.int32(), "date": pa.date32(), "boolean": pa.bool_()}
    types_by_name = {"size": pa.int64()}
    fields = [
        pa.field(
            column.name,
            types_by_name.get(column.name, types[column.type]),
            nullable=not column.required,
            metadata={"description": column.about, "term": column.term},
        )
        for column in table.columns
    ]
    about = {
        "schema_version": SCHEMA_VERSION,
        "tables_version": str(TABLES_VERSION),
        "table": table.name,
        "term": table.term,
        "description": table.about,
    }
    return pa.schema(fields, metadata=about)


def as_table(schema: pa.Schema, records: list[Record]) -> pa.Table:
    """Rows as columns."""
    pa = arrow()
    columns = zip(*records, strict=True) if records else ([] for _ in schema)
    return pa.table([pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema)
