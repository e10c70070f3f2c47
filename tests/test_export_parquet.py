"""Parquet, read back by DuckDB and pyarrow."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from policyparse.errors import MissingExtra
from policyparse.export import parquet, writer
from policyparse.export.tables import TABLES, rows
from tests.documents import CORPORA, parsed

DOCUMENTS = [parsed(p) for p in sorted((CORPORA / "notices").iterdir())]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "表 parquet"
    parquet.write(DOCUMENTS, path)
    return path


def asked(folder: Path, query: str) -> list[Any]:
    with duckdb.connect() as database:
        for table in TABLES:
            database.execute(f"CREATE VIEW {table.name} AS FROM read_parquet('{folder}/{table.name}.parquet')")
        return database.execute(query).fetchall()


def test_duckdb_reads_every_row_as_it_is(folder: Path) -> None:
    for table in TABLES:
        found = asked(folder, f"FROM {table.name}")
        assert found == [record for doc in DOCUMENTS for record in rows(doc)[table.name]]


def test_duckdb_joins_units_with_deadlines(folder: Path) -> None:
    found = asked(
        folder,
        """SELECT m.path, m.deadline_end FROM responsibilities r JOIN measures m USING (measure_id)
        WHERE r.unit = '运输局' AND r.role = 'lead' AND m.deadline_end IS NOT NULL
        ORDER BY m.deadline_end, m.ordinal""",
    )
    assert found[0] == ("三、(八)", datetime.date(2020, 7, 31))


def test_types_and_descriptions_are_in_the_files(folder: Path) -> None:
    for table in TABLES:
        schema = pq.read_schema(folder / f"{table.name}.parquet")
        assert schema.metadata[b"schema_version"] == b"1.0"
        for column in table.columns:
            field = schema.field(column.name)
            assert field.nullable != column.required
            assert field.metadata[b"term"].decode() == column.term
            assert (field.type == pa.date32()) == (column.type == "date")


def test_rows_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP_ROWS", 20)
    parquet.write(DOCUMENTS, tmp_path / "p")
    file = pq.ParquetFile(tmp_path / "p" / "measures.parquet")
    assert file.num_row_groups > 2
    assert file.read().num_rows == sum(len(d.measures) for d in DOCUMENTS)
    monkeypatch.setattr(parquet, "_GROUP_CHARACTERS", 1000)
    parquet.write(DOCUMENTS, tmp_path / "q")
    assert pq.ParquetFile(tmp_path / "q" / "documents.parquet").num_row_groups == 5


def test_a_missing_pyarrow_is_told_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(writer, "import_module", none)
    with pytest.raises(MissingExtra, match=r"policyparse\[parquet\]"):
        parquet.open(tmp_path / "p")
    assert not list(tmp_path.iterdir())
