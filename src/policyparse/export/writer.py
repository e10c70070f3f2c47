"""Writing as a stream: open → add, add, … → close. What was there before stays until `close` has put the new in place.

>>> with exporter("parquet").open(Path("out/parquet")) as out:
...     for path, document in read:
...         out.add(document, path)

Leaving the block with an error aborts: nothing is left of what was added (since the last `flush`, where that is kept).
"""

from __future__ import annotations

import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType, TracebackType
from typing import BinaryIO, Generic, Protocol, TypeVar

from ..errors import MissingExtra, UnreadableFile
from ..model import PolicyDocument

P = TypeVar("P")
Placed = tuple[str | None, PolicyDocument]
"""A document with its place in the input."""


class Writer(ABC):
    """An output that takes one document after the other; memory does not grow with their number."""

    def __init__(self, path: Path) -> None:
        self.path = path
        """Where the output stands after `close`."""
        self._ended = False

    @abstractmethod
    def add(self, document: PolicyDocument, path: str | None = None) -> None:
        """Write a document. `path` is its place in the input (2024/a.zip/通知.docx), which tells it from others with
        the same name and bytes; the default is its file name."""

    def flush(self) -> None:
        """Keep what was added so far, come what may. Only sqlite can; elsewhere nothing is there before `close`."""
        return

    def close(self) -> None:
        """All is written: put it in place. Does nothing when the writer was closed or aborted before."""
        if not self._ended:
            self.put()
            self._ended = True

    def abort(self) -> None:
        """Leave everything as it was. Does nothing when the writer was closed or aborted before."""
        if not self._ended:
            self._ended = True
            self.drop()

    @abstractmethod
    def put(self) -> None:
        """Put what was written in place."""

    @abstractmethod
    def drop(self) -> None:
        """Drop what was written."""

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            self.abort()
            return
        try:
            self.close()
        except BaseException:
            self.abort()
            raise


class PackWriter(Writer, Generic[P]):
    """An output in two steps: the module's `pack` makes what is to be written, anywhere (in worker processes);
    `append` writes it, one after the other. The work is in the first."""

    pack: Callable[[Iterable[Placed]], P]
    """The function of the module, as a static method. What it makes can be pickled."""

    @abstractmethod
    def append(self, packed: P) -> None:
        """Write what `pack` has made of documents."""

    def add(self, document: PolicyDocument, path: str | None = None) -> None:
        """Both steps for one document."""
        self.append(self.pack([(path, document)]))


def write_all(writer: Writer, documents: Iterable[PolicyDocument]) -> None:
    """Add all `documents` and close."""
    with writer:
        for document in documents:
            writer.add(document)


def part_of(path: Path) -> Path:
    """Where an output grows until it is whole: beside its place, hidden, always the same, so that none piles up."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f".{path.name}.part")


class FileWriter(PackWriter[bytes]):
    """A file to which the bytes of each document are added."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._part = part_of(path)
        self._out: BinaryIO = self._part.open("wb")
        self._out.write(self.head())

    def head(self) -> bytes:
        """What stands before the first document."""
        return b""

    def tail(self) -> bytes:
        """What stands after the last document."""
        return b""

    def append(self, packed: bytes) -> None:
        """Write the bytes of documents."""
        self._out.write(packed)

    def put(self) -> None:
        """Put the file in place."""
        self._out.write(self.tail())
        self._out.flush()
        os.fsync(self._out.fileno())
        self._out.close()
        self._part.replace(self.path)

    def drop(self) -> None:
        """Drop what was written."""
        with suppress(OSError):  # the disk is full
            self._out.close()
        self._part.unlink(missing_ok=True)


class Closable(Protocol):
    """A file of a folder."""

    def close(self) -> None:
        """Nothing more comes."""


class FolderWriter(PackWriter[P]):
    """A folder of files that are made together and put in place together.

    An earlier output is replaced as a whole. A folder that holds anything else is left alone.
    """

    def __init__(self, path: Path, names: Iterable[str]) -> None:
        super().__init__(path)
        self._names = frozenset(names)
        self._old = path.with_name(f".{path.name}.old")
        self.part = part_of(path)
        """The folder that grows."""
        self._recover()
        if path.exists():
            self._check()
        shutil.rmtree(self.part, ignore_errors=True)
        self.part.mkdir()
        self.files: tuple[Closable, ...] = ()
        """The files in `part` that the subclass has opened; closed before the folder is put in place, or dropped."""

    def _recover(self) -> None:
        """A run that was killed between the two renames of `close` has left the earlier output under its other name."""
        if self._old.exists() and not self.path.exists():
            self._old.rename(self.path)

    def _check(self) -> None:
        if not self.path.is_dir():
            raise UnreadableFile(f"{self.path} is a file; this output is a folder of tables: give another name")
        if other := sorted({p.name for p in self.path.iterdir()} - self._names):
            raise UnreadableFile(
                f"{self.path} holds other files ({other[0]}); give a folder of its own for this output"
            )

    def put(self) -> None:
        """Put the folder in place."""
        for file in self.files:
            file.close()
        shutil.rmtree(self._old, ignore_errors=True)
        if self.path.exists():
            self.path.rename(self._old)
        self.part.rename(self.path)
        shutil.rmtree(self._old, ignore_errors=True)

    def drop(self) -> None:
        """Drop what was written."""
        for file in self.files:
            with suppress(OSError):  # the disk is full
                file.close()
        shutil.rmtree(self.part, ignore_errors=True)
        self._recover()


def need(module: str, extra: str | None) -> ModuleType:
    """Import a library that only some outputs use. Raises MissingExtra with the command that installs it.

    `extra` is null for a library of the core install, which somebody has taken away.
    """
    try:
        return import_module(module)
    except ImportError as error:
        library = module.partition(".")[0]
        what = f"'policyparse[{extra}]'" if extra else library
        message = f"this output needs {library}, which is not installed; run: python -m pip install {what}"
        raise MissingExtra(message) from error
