"""What runs into one output have done, input by input: a small database in the output's hidden folder.

It is written after the outputs themselves, so that what it says is there is there, whatever ends a run. While a run
holds it, no other run can write to the same output.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from .. import __version__
from ..errors import PolicyParseError
from ..limits import Limits, ReadOptions

_NAME = "journal.db"
_SCHEMA = 1
_TABLES = """
CREATE TABLE input (
    place BLOB PRIMARY KEY, path TEXT, status TEXT, sha256 TEXT, fingerprint BLOB, warnings TEXT, files TEXT,
    segment INTEGER, at INTEGER, length INTEGER, reading INTEGER, run INTEGER, seq INTEGER
);
CREATE INDEX input_fingerprint ON input (fingerprint);
CREATE TABLE reading (id INTEGER PRIMARY KEY, version TEXT, ocr TEXT, limits TEXT, UNIQUE (version, ocr, limits));
CREATE TABLE segment (id INTEGER PRIMARY KEY, path BLOB, size INTEGER);
CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT);
"""
_PUT = """
INSERT INTO input VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (place) DO UPDATE SET
    path = excluded.path, status = excluded.status, sha256 = excluded.sha256, fingerprint = excluded.fingerprint,
    warnings = excluded.warnings, files = excluded.files, segment = excluded.segment, at = excluded.at,
    length = excluded.length, reading = excluded.reading, run = excluded.run, seq = excluded.seq
"""


class Record(NamedTuple):
    """What is known of an input."""

    path: str
    """Where it stands, for a person."""
    status: str
    """ok, partial, or failed."""
    sha256: str | None
    fingerprint: bytes | None
    """Of its text, the same in every file format."""
    warnings: dict[str, int]
    """Codes of warnings with their number."""
    files: dict[str, tuple[str, int]]
    """Format -> name in the output, and size, of the file that was written."""
    segment: int | None = None
    """The file of JSON lines that holds its document, with place and length."""
    at: int = 0
    length: int = 0


class Journal:
    """Opened by one run at a time. Raises PolicyParseError when another run has it."""

    def __init__(self, folder: Path, options: ReadOptions) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.db = _opened(folder / _NAME)
        self._reading = self._this_reading(options)
        self._fitting: dict[int, int] = {}
        self._limits, self._ocr = options.limits, options.ocr
        self.run = 1 + (self.db.execute("SELECT max(run) FROM input").fetchone()[0] or 0)
        self._seq = 0

    def get(self, place: bytes) -> Record | None:
        """What is known of the input with this place in the output, if it still holds: read by this version, with
        options that change nothing."""
        row = self.db.execute(
            "SELECT path, status, sha256, fingerprint, warnings, files, segment, at, length, reading "
            "FROM input WHERE place = ?",
            (place,),
        ).fetchone()
        if row is None or row[1] == "failed" or not self._fits(row[9], row[1]):
            return None
        path, status, sha256, fingerprint, warnings, files, segment, at, length, _ = row
        files = {to: (name, size) for to, (name, size) in json.loads(files).items()}
        return Record(path, status, sha256, fingerprint, json.loads(warnings), files, segment, at, length)

    def put(self, place: bytes, record: Record, run: int | None = None) -> None:
        """Remember what became of an input, in this run or in that with the number `run`."""
        path, status, sha256, fingerprint, warnings, files, segment, at, length = record
        known = (path, status, sha256, fingerprint, json.dumps(warnings), json.dumps(files), segment, at, length)
        self.db.execute(_PUT, (place, *known, self._reading, self.run if run is None else run, self._seq))
        self._seq += 1

    def original(self, place: bytes, path: str, fingerprint: bytes) -> str | None:
        """The path of the first input with the same text; null when it is this one, by its place or its `path`."""
        row = self.db.execute(
            "SELECT place, path FROM input WHERE fingerprint = ? ORDER BY rowid LIMIT 1", (fingerprint,)
        ).fetchone()
        return row[1] if row and row[0] != place and row[1] != path else None

    def fact(self, key: str) -> Any:
        """A remembered value, or null."""
        row = self.db.execute("SELECT value FROM fact WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def remember(self, key: str, value: Any) -> None:
        """Keep a value; null forgets it."""
        if value is None:
            self.db.execute("DELETE FROM fact WHERE key = ?", (key,))
        else:
            self.db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (key, json.dumps(value)))

    def commit(self) -> None:
        """All that was said so far holds, whatever happens next."""
        self.db.commit()
        self.db.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Commit and let other runs in. A second call does nothing; where the disk is full, what was committed before
        holds."""
        with suppress(sqlite3.ProgrammingError, sqlite3.OperationalError):
            self.db.commit()
        self.db.close()

    def rows(self, query: str, *values: object) -> Iterator[Any]:
        """The rows of a query, one by one."""
        return iter(self.db.execute(query, values))

    def _this_reading(self, options: ReadOptions) -> int:
        key = (__version__, options.ocr, json.dumps(asdict(options.limits)))
        self.db.execute("INSERT OR IGNORE INTO reading (version, ocr, limits) VALUES (?, ?, ?)", key)
        found = self.db.execute("SELECT id FROM reading WHERE (version, ocr, limits) = (?, ?, ?)", key).fetchone()
        return int(found[0])

    def _fits(self, reading: int, status: str) -> bool:
        """The password has no say: another one that opens the file finds the same text in it."""
        if reading == self._reading:
            return True
        if reading not in self._fitting:
            self._fitting[reading] = self._fit(reading)
        return self._fitting[reading] > (status != "ok")

    def _fit(self, reading: int) -> int:
        """0: read otherwise. 1: read within narrower limits, so what is whole is the same."""
        version, ocr, limits = self.db.execute(
            "SELECT version, ocr, limits FROM reading WHERE id = ?", (reading,)
        ).fetchone()
        then, now = Limits(**json.loads(limits)), self._limits
        wider = all(getattr(now, name) >= value for name, value in asdict(then).items())
        return int((version, ocr) == (__version__, self._ocr) and wider)


def _opened(path: Path) -> sqlite3.Connection:
    try:
        return _connected(path)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise PolicyParseError(
                f"another run is writing to {path.parent.parent}; wait for it to end, or choose another output"
            ) from error
        raise PolicyParseError(
            f"cannot keep what the run has done in {path.parent}: {error}; make room there, or choose another output"
        ) from error
    except sqlite3.DatabaseError:  # damaged (a failing disk, a power cut): everything is read again
        os.replace(path, path.with_suffix(".damaged"))  # noqa: PTH105
        for extra in ("-wal", "-shm"):
            Path(f"{path}{extra}").unlink(missing_ok=True)
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=0.5, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("BEGIN IMMEDIATE")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _SCHEMA):
            raise sqlite3.DatabaseError(f"schema {version}")
        if not version:
            for statement in _TABLES.split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {_SCHEMA}")
    except BaseException:
        db.close()
        raise
    return db
