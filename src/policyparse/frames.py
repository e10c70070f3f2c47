"""The tables of documents in memory, for analysis: pandas or pyarrow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, overload

from .export.relation import Record, Table
from .export.tables import TABLES, rows
from .export.writer import need
from .model import PolicyDocument

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_DTYPES = {"text": "string", "integer": "Int64", "boolean": "boolean", "date": "datetime64[s]"}


@overload
def to_frames(
    documents: Iterable[PolicyDocument | tuple[str, PolicyDocument]], library: Literal["pandas"] = "pandas"
) -> dict[str, pd.DataFrame]: ...


@overload
def to_frames(
    documents: Iterable[PolicyDocument | tuple[str, PolicyDocument]], library: Literal["pyarrow"]
) -> dict[str, pa.Table]: ...


def to_frames(
    documents: Iterable[PolicyDocument | tuple[str, PolicyDocument]], library: Literal["pandas", "pyarrow"] = "pandas"
) -> dict[str, Any]:
    """Every table (documents, phases, measures, responsibilities …; see docs/outputs.md) by its name.

    `documents` may hold pairs (path, document): the path tells documents with the same file name and bytes apart.
    Raises MissingExtra when the library is not installed.
    """
    make = _pandas() if library == "pandas" else _arrow()
    gathered: dict[str, list[Record]] = {table.name: [] for table in TABLES}
    for given in documents:
        path, document = given if isinstance(given, tuple) else (None, given)
        for name, records in rows(document, path).items():
            gathered[name] += records
    return {table.name: make(table, gathered.pop(table.name)) for table in TABLES}


def _pandas() -> Any:
    pandas = need("pandas", "pandas")

    def make(table: Table, records: list[Record]) -> pd.DataFrame:
        columns = zip(*records, strict=True) if records else ([] for _ in table.columns)
        made = {c.name: _series(pandas, c.type, list(values)) for c, values in zip(table.columns, columns, strict=True)}
        return pandas.DataFrame(made)

    return make


def _series(pandas: Any, type: str, values: list[Any]) -> Any:
    if type == "date":  # seconds hold every year that a document can name; nanoseconds end in 2262
        values = [None if v is None else v.isoformat() for v in values]
    return pandas.Series(values, dtype="string" if type == "date" else _DTYPES[type]).astype(_DTYPES[type])


def _arrow() -> Any:
    from .export.arrow import arrow, as_table, schema

    arrow()
    return lambda table, records: as_table(schema(table), records)
