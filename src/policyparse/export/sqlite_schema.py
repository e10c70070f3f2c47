"""The SQL that makes an empty database: tables from the list in tables.py, indexes, search, the view `ledger`."""

from __future__ import annotations

from .relation import Column, Table
from .tables import TABLES, TABLES_VERSION

APPLICATION_ID = 0x676F6E67
"""Tells these databases from others (gong, 公)."""

_TYPES = {"text": "TEXT", "integer": "INTEGER", "date": "TEXT", "boolean": "INTEGER"}

_INDEXES = {
    "documents": ("path", "text_id", "document_number", "title", "issue_date"),
    "phases": ("name", "period_end"),
    "measures": ("deadline_end", "phase_id"),
    "responsibilities": ("unit", "name", "measure_id"),
    "leaders": ("group_id", "person"),
    "deadlines": ("due_end", "measure_id", "phase_id"),
    "citations": ("document_number", "title"),
    "diagnostics": ("code",),
}
"""What is looked up; every table is indexed by its key, which begins with the document."""

_SEARCH = """
CREATE TABLE passages (
  passage_id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (document_id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  page INTEGER,
  line INTEGER,
  measure_id TEXT REFERENCES measures (measure_id) DEFERRABLE INITIALLY DEFERRED,
  phase_id TEXT REFERENCES phases (phase_id) DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (document_id, ordinal)
);
CREATE INDEX passages_measure_id ON passages (measure_id);
CREATE INDEX passages_phase_id ON passages (phase_id);
CREATE VIRTUAL TABLE search USING fts5 (words, tokenize = 'unicode61 remove_diacritics 0');
CREATE TRIGGER passages_gone AFTER DELETE ON passages BEGIN
  DELETE FROM search WHERE rowid = old.passage_id;
END;
"""

_LEDGER = """
CREATE VIEW ledger AS
SELECT m.measure_id, m.document_id, d.title, d.document_number, d.issuers, d.issue_date, m.path, m.heading, m.text,
  m.lead, m.responsible, m.cooperate, m.supervise, m.deadline_text, m.deadline_end AS due, m.phase,
  d.path AS file, m.page, m.line, m.source_table, m.source_row, m.span_start, m.span_end
FROM measures m JOIN documents d USING (document_id)
ORDER BY d.rowid, m.ordinal;
"""


def _column(column: Column) -> str:
    parts = [column.name, _TYPES[column.type]]
    if column.required:
        parts.append("NOT NULL")
    if column.references:
        to, _, name = column.references.partition(".")
        parts.append(f"REFERENCES {to} ({name})")
        parts.append("ON DELETE CASCADE" if to == "documents" else "DEFERRABLE INITIALLY DEFERRED")
    return " ".join(parts)


def _table(table: Table) -> str:
    columns = [_column(c) for c in table.columns]
    columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    columns += [f"UNIQUE ({table.unique})"] if table.unique else []
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(columns) + "\n);\n"


def _indexes() -> str:
    made = ((table, column) for table, columns in _INDEXES.items() for column in columns)
    return "".join(f"CREATE INDEX {table}_{column} ON {table} ({column});\n" for table, column in made)


SCRIPT = "".join(
    (
        f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {TABLES_VERSION};\n",
        *map(_table, TABLES),
        *(_indexes(), _SEARCH, _LEDGER),
    )
)
