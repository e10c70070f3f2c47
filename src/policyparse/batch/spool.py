"""The documents of a run as JSON lines, kept from run to run, so that no file is read twice for an output of all.

Lines are only ever added at the end of a segment; the journal knows which of them hold. When a run is through, the
lines that hold stand in one file, in the order of the input: the finished JSON Lines output, if one is wanted.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ..errors import UnreadableFile
from .journal import Journal, Record

_FOREIGN = b"\0"
"""Before the key of a line that the journal did not know."""
_HEAD = re.compile(
    rb'\{"schema_version":"[^"]{1,20}","parser_version":"[^"]{1,40}",'
    rb'"source":\{"name":(null|"(?:[^"\\]|\\.)*"),[^{}]*?"sha256":"([0-9a-f]{64})"'
)
"""The beginning of a document's line, with the source's name and hash."""
_READ_AGAIN = """
DELETE FROM input WHERE substr(place, 1, 1) = x'00' AND sha256 IN
    (SELECT sha256 FROM input WHERE run = ? AND segment IS NOT NULL AND substr(place, 1, 1) != x'00')
"""
"""Lines that the journal did not know, of files that this run has read."""
_LIVE = "FROM input WHERE segment IS NOT NULL"
_ORDER = "ORDER BY run = ?, CASE WHEN run = ? THEN 0 ELSE segment END, CASE WHEN run = ? THEN seq ELSE at END"
"""Documents of earlier runs that are not among the inputs come first."""


class Spool:
    """The lines that `journal` tells of."""

    def __init__(self, journal: Journal, target: Path | None = None) -> None:
        """`target`: the JSON Lines output; lines that are in it already, whoever wrote them, are kept."""
        self._journal = journal
        self._out: BinaryIO | None = None
        self._segment = self._end = 0
        self._mend()
        if target is not None and target.is_file():
            self._adopt(target)

    def append(self, line: bytes) -> tuple[int, int, int]:
        """Add a line (with its line feed). Returns its segment, place, and length."""
        if self._out is None:
            self._begin()
        assert self._out is not None
        self._out.write(line)
        at, self._end = self._end, self._end + len(line)
        return self._segment, at, len(line)

    def flush(self) -> None:
        """Hand everything to the system; before the journal says that it is there."""
        if self._out is not None:
            self._out.flush()

    def close(self) -> None:
        """No more lines in this run."""
        if self._out is not None:
            self._out.close()
            self._out = None

    def finish(self, target: Path | None) -> tuple[int, Path]:
        """Bring the lines that hold together in one file: `target`, or one of its own.

        The number that comes with the file stays the same as long as its content does.
        """
        self.flush()
        self.close()
        journal = self._journal
        journal.db.execute(_READ_AGAIN, (journal.run,))
        wanted = self._whole() or self._assemble()
        path = self._path(wanted)
        size = path.stat().st_size
        journal.db.execute("UPDATE segment SET size = ? WHERE id = ?", (size, wanted))
        if target is not None and path != target.absolute():
            self._move(wanted, target.absolute())
        journal.commit()
        self._drop_others(wanted)
        return wanted, self._path(wanted)

    def lines(self, segment: int) -> Iterator[tuple[str, int, int]]:
        """Of each document in a finished file: its place in the input, and where its line stands."""
        rows = self._journal.rows("SELECT place, path, at, length FROM input WHERE segment = ? ORDER BY at", segment)
        for place, path, at, length in rows:
            yield path if place.startswith(_FOREIGN) else os.fsdecode(place), at, length

    # --- at the beginning: what an earlier run has left ------------------------------------------------------------

    def _mend(self) -> None:
        journal = self._journal
        if move := journal.fact("move"):
            self._moved(move[0], Path(os.fsdecode(bytes.fromhex(move[1]))))
        segments = list(journal.rows("SELECT id, size FROM segment"))
        for segment, size in segments:
            path = self._path(segment)
            there = path.stat().st_size if path.is_file() else -1
            if size is not None and there != size:  # somebody has changed or removed it
                journal.db.execute("UPDATE input SET segment = NULL WHERE segment = ?", (segment,))
                journal.db.execute("DELETE FROM segment WHERE id = ?", (segment,))
            elif size is None:
                journal.db.execute(
                    "UPDATE input SET segment = NULL WHERE segment = ? AND at + length > ?", (segment, there)
                )
                self._go_on(segment, path)
        known = {self._path(segment) for segment, _ in journal.rows("SELECT id, size FROM segment")}
        for path in journal.folder.glob("spool-*"):
            if path.absolute() not in known:
                path.unlink()
        journal.commit()

    def _adopt(self, target: Path) -> None:
        """Take over the lines of a file that the journal does not know. Raises UnreadableFile if it is none of ours."""
        journal = self._journal
        if journal.db.execute("SELECT 1 FROM segment WHERE path = ?", (self._relative(target),)).fetchone():
            return
        segment, at = self._new(), 0
        with target.open("rb") as file:
            for number, line in enumerate(file):
                found = _HEAD.match(line[:4096])
                if found is None or not line.endswith(b"\n"):
                    journal.db.rollback()
                    raise UnreadableFile(f"{target} holds other things than documents; give the output another name")
                name, sha256 = json.loads(found[1]), found[2].decode()
                record = Record(name or "", "ok", sha256, None, {}, {}, segment, at, len(line))
                journal.put(_FOREIGN + b"%d" % number, record, run=0)
                at += len(line)
        journal.db.execute("UPDATE segment SET path = ?, size = ? WHERE id = ?", (self._relative(target), at, segment))
        journal.commit()

    def _go_on(self, segment: int, path: Path) -> None:
        """Write behind the last line that holds; what stands there is of no use."""
        end = self._journal.db.execute(f"SELECT max(at + length) {_LIVE} AND segment = ?", (segment,)).fetchone()[0]
        if end is None:
            self._journal.db.execute("DELETE FROM segment WHERE id = ?", (segment,))
            return
        self._segment, self._end = segment, end
        self._out = path.open("r+b")
        self._out.truncate(end)
        self._out.seek(end)

    # --- files -----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._segment, self._end = self._new(), 0
        self._out = self._path(self._segment).open("wb")

    def _new(self) -> int:
        db = self._journal.db
        number = 1 + max(
            (db.execute("SELECT max(id) FROM segment").fetchone()[0] or 0, self._journal.fact("segments") or 0)
        )
        self._journal.remember("segments", number)  # a number is never used again
        path = (self._journal.folder / f"spool-{number}.jsonl").absolute()
        db.execute("INSERT INTO segment VALUES (?, ?, NULL)", (number, os.fsencode(path.name)))
        return int(number)

    def _path(self, segment: int) -> Path:
        """Files in the hidden folder are known by name only, so that the output can be moved."""
        found = self._journal.db.execute("SELECT path FROM segment WHERE id = ?", (segment,)).fetchone()
        return Path(os.path.normpath(self._journal.folder.absolute() / os.fsdecode(found[0])))

    def _whole(self) -> int | None:
        """The segment that holds all lines that hold, and no others, in order; null when there is none."""
        db = self._journal.db
        found = db.execute(f"SELECT segment, sum(length) {_LIVE} GROUP BY segment").fetchall()
        if len(found) != 1 or self._path(found[0][0]).stat().st_size != found[0][1]:
            return None
        segment, finished = db.execute("SELECT id, size FROM segment WHERE id = ?", (found[0][0],)).fetchone()
        return segment if finished is not None or self._in_order() else None

    def _in_order(self) -> bool:
        run, at = self._journal.run, 0
        for place, length in self._journal.rows(f"SELECT at, length {_LIVE} {_ORDER}", run, run, run):
            if place != at:
                return False
            at += length
        return True

    def _assemble(self) -> int:
        """Copy the lines that hold into a new segment."""
        db, run = self._journal.db, self._journal.run
        rows = db.execute(f"SELECT rowid, segment, at, length {_LIVE} {_ORDER}", (run, run, run))  # sorted: a copy
        segment, end = self._new(), 0
        files: dict[int, BinaryIO] = {}
        try:
            with self._path(segment).open("wb") as out:
                for row, source, at, length in rows:
                    if source not in files:
                        files[source] = self._path(source).open("rb")
                    files[source].seek(at)
                    out.write(files[source].read(length))
                    db.execute("UPDATE input SET segment = ?, at = ? WHERE rowid = ?", (segment, end, row))
                    end += length
        finally:
            for file in files.values():
                file.close()
        return segment

    def _move(self, segment: int, target: Path) -> None:
        """A rename in two steps, so that being killed between them does no harm."""
        self._journal.remember("move", [segment, os.fsencode(target).hex()])
        self._journal.commit()
        self._moved(segment, target)

    def _moved(self, segment: int, target: Path) -> None:
        path = self._path(segment)
        if path.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
        db = self._journal.db
        db.execute("DELETE FROM segment WHERE path = ? AND id != ?", (self._relative(target), segment))
        db.execute("UPDATE segment SET path = ? WHERE id = ?", (self._relative(target), segment))
        self._journal.remember("move", None)

    def _relative(self, target: Path) -> bytes:
        return os.fsencode(os.path.relpath(target, self._journal.folder.absolute()))

    def _drop_others(self, kept: int) -> None:
        for segment in [s for s, _ in self._journal.rows("SELECT id, size FROM segment") if s != kept]:
            path = self._path(segment)
            if path.parent == self._journal.folder.absolute():
                path.unlink(missing_ok=True)
            self._journal.db.execute("DELETE FROM segment WHERE id = ?", (segment,))
        self._journal.commit()
