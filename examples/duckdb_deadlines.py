"""Which measures does a unit lead, by deadline? DuckDB over the Parquet output.

    policyparse convert corpora/notices -o out --to parquet
    python examples/duckdb_deadlines.py out/parquet 运输局

Needs `pip install 'policyparse[parquet]' duckdb`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

QUERY = """
SELECT m.deadline_end AS due, d.document_number, m.path, coalesce(m.heading, m.text) AS task, d.path AS file, m.line
FROM read_parquet($responsibilities) r
JOIN read_parquet($measures) m USING (measure_id)
JOIN read_parquet($documents) d ON d.document_id = m.document_id
WHERE r.unit = $unit AND r.role = 'lead'
ORDER BY due NULLS LAST, d.path, m.ordinal
"""


def main(folder: str, unit: str) -> None:
    """Print the measures, those without a date last."""
    files = {name: str(Path(folder, f"{name}.parquet")) for name in ("responsibilities", "measures", "documents")}
    for due, number, path, task, file, line in duckdb.execute(QUERY, {**files, "unit": unit}).fetchall():
        print(f"{due or '（未定）'}  {path or ''} {task[:40]}  {number or ''} {file}:{line}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
