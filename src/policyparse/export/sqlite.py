"""SQLite: the tables with keys and indexes, full-text search over jieba words (FTS5), the view `ledger`.

Documents are added to what the file holds. A document with the same path takes the place of the earlier one, with all
its rows. Everything since the last `flush` is one transaction: it is there wholly or not at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..errors import UnreadableFile
from ..model import PolicyDocument
from .passages import passages
from .relation import Facts, Record, Value
from .sqlite_schema import APPLICATION_ID, SCRIPT
from .tables import TABLES, TABLES_VERSION
from .tokens import tokens
from .writer import PackWriter, Placed, write_all

_WAIT = 60
"""Seconds to wait for another program that writes to the file."""
_INSERTS = tuple(f"INSERT INTO {t.name} VALUES ({', '.join('?' * len(t.columns))})" for t in TABLES)
_LAST = "SELECT ifnull(max(passage_id), 0) FROM passages"
_PASSAGE = "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_WORDS = "INSERT INTO search (rowid, words) VALUES (?, ?)"


class Packed(NamedTuple):
    """A document as rows."""

    document_id: str
    path: str | None
    tables: list[list[Record]]
    """In the order of TABLES."""
    passages: list[tuple[tuple[Value, ...], str]]
    """Rows of the table `passages`, with the words of each."""


def pack(documents: Iterable[Placed]) -> list[Packed]:
    """The rows of documents, the words for full-text search cut."""
    return [_packed(Facts(document, path)) for path, document in documents]


def _packed(facts: Facts) -> Packed:
    tables = [[_stored(record) for record in table.records(facts)] for table in TABLES]
    found = [(values, tokens(text)) for values, text in passages(facts)]
    return Packed(facts.document_id, facts.path, tables, found)


class _Database(PackWriter[list[Packed]]):
    pack = staticmethod(pack)

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._new = not path.exists()
        with _told(path):
            self._database = connect(path)
            try:
                _prepare(self._database, path)
                self._database.execute("BEGIN IMMEDIATE")
            except BaseException:
                self._database.close()
                raise

    def append(self, packed: list[Packed]) -> None:
        """Add documents, or put each in the place of the one with the same path."""
        for document in packed:
            with _told(self.path):
                self._database.execute("SAVEPOINT document")
                try:
                    self._replace(document)
                except BaseException:
                    with suppress(sqlite3.Error):  # the transaction is gone already when the disk is full
                        self._database.execute("ROLLBACK TO document")
                    raise
                self._database.execute("RELEASE document")

    def _replace(self, document: Packed) -> None:
        run = self._database.execute
        run("DELETE FROM documents WHERE document_id = ? OR path = ?", (document.document_id, document.path))
        for insert, records in zip(_INSERTS, document.tables, strict=True):
            self._database.executemany(insert, records)
        first = run(_LAST).fetchone()[0] + 1
        many = self._database.executemany
        many(_PASSAGE, ((at, *values) for at, (values, _) in enumerate(document.passages, first)))
        many(_WORDS, ((at, words) for at, (_, words) in enumerate(document.passages, first)))

    def flush(self) -> None:
        """Keep what was added so far."""
        with _told(self.path):
            self._database.execute("COMMIT")
            self._new = False
            self._database.execute("BEGIN IMMEDIATE")

    def put(self) -> None:
        """Keep all that was added."""
        with _told(self.path):
            self._database.execute("COMMIT")
            self._database.close()

    def drop(self) -> None:
        """Leave the file as it was at the last `flush`."""
        with suppress(sqlite3.Error):
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
        self._database.close()
        if self._new:
            self.path.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the database says (locked, full disk, damaged) is an error of the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise OSError(f"{path}: {error}") from error


def connect(path: Path) -> sqlite3.Connection:
    """A connection with foreign keys in force, in which transactions are begun by hand."""
    database = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    database.execute("PRAGMA foreign_keys = ON")
    return database


def check(database: sqlite3.Connection, path: Path) -> bool:
    """True for a database of this version, false for an empty one. Raises UnreadableFile for any other."""
    try:
        (application,), (version,) = (database.execute(f"PRAGMA {p}").fetchone() for p in _PRAGMAS)
        empty = not database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        raise UnreadableFile(f"{path} is no SQLite database ({error}); give another name") from error
    if empty:
        return False
    if application != APPLICATION_ID:
        raise UnreadableFile(f"{path} is a database of another program; give another name")
    if version != TABLES_VERSION:
        raise UnreadableFile(
            f"{path} has tables of version {version}, this policyparse writes version {TABLES_VERSION}; "
            "give another name, or remove it and convert again"
        )
    return True


_PRAGMAS = ("application_id", "user_version")


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    if check(database, path):
        return
    database.executescript(f"BEGIN IMMEDIATE; {SCRIPT} COMMIT;")


def _stored(record: Record) -> Record:
    """SQLite has no dates: they are stored as ISO text, which sorts and compares, and which its functions take."""
    return tuple(v.isoformat() if isinstance(v, date) else v for v in record)


def open(path: Path) -> PackWriter[list[Packed]]:
    """A stream of documents into the database `path`, which is made where it is not there."""
    return _Database(path)


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Add documents to the database `path`, in one transaction."""
    write_all(open(path), documents)
