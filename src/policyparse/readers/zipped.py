"""Archives (zip, tar, gz) whose members are documents of their own: their names, and the bytes of each when asked for.

Nothing is written to a disk under the names of an archive, and every archive costs no more than its own size and
the limits allow: a member that is larger than a document may be, or packed like a bomb, fails alone.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from ..errors import LimitExceeded, PolicyParseError, UnreadableFile, UnsupportedFormat
from ..limits import Budget, ReadOptions
from ..source import RawDoc
from .sniff import binary_format, package_format
from .zipped_names import Names, clean, skipped, zip_name

_PACKED = (".zip", ".tar", ".tgz", ".gz")
_LEVEL = 50
"""What an archive in an archive counts against the limit of depth."""
_EXPANSION = 20
"""An archive may unpack to so many times its own size, whatever the limit says: the cost stays that of its size."""
_BOMB_SIZE = 1024 * 1024
_CHUNK = 1024 * 1024
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError, UnicodeError, KeyError)
_FOREIGN = ((b"Rar!\x1a\x07", "a RAR archive"), (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"))

MemberPath = tuple[str, ...]
"""Names from the outermost archive in: ("2024年.zip", "通知.docx") is a document in an archive in an archive."""


class Entry(NamedTuple):
    """A member that may be a document."""

    path: MemberPath
    error: PolicyParseError | None = None
    """Why there is nothing to read: an archive in the archive that is damaged, too deep, or too large."""

    @property
    def name(self) -> str:
        """The path as text."""
        return "/".join(self.path)


class Shelf:
    """An archive and those inside it. `read` wants the path of an entry; the archives read last stay open."""

    def __init__(self, source: bytes | Path, options: ReadOptions, name: str | None = None) -> None:
        self._options, self._name = options, name or (source.name if isinstance(source, Path) else "the archive")
        self._size = source.stat().st_size if isinstance(source, Path) else len(source)
        self._members = 0
        self._counted: set[MemberPath] = set()
        self._unpacked = 0
        file = source.open("rb") if isinstance(source, Path) else io.BytesIO(source)
        self._chain: list[tuple[MemberPath, _Zip | _Tar]] = []
        self._outer = self._opened(file, (), self._name)

    def entries(self) -> Iterator[Entry]:
        """All members in the order of the archive; those of an archive inside stand in its place."""
        yield from self._below((), self._outer)

    def read(self, path: MemberPath) -> bytes:
        """The bytes of a member. Raises a PolicyParseError that says what is wrong with it."""
        archive = self._at(path[:-1])
        return self._bytes(archive, path)

    def _below(self, path: MemberPath, archive: _Zip | _Tar) -> Iterator[Entry]:
        for name in archive.names:
            inner = (*path, name)
            if not name.lower().endswith(_PACKED):
                yield Entry(inner)
                continue
            try:
                nested = self._nested(inner)
            except PolicyParseError as error:
                yield Entry(inner, error)
                continue
            if nested is None:
                yield Entry(inner)
            else:
                yield from self._below(inner, nested)

    def _nested(self, path: MemberPath) -> _Zip | _Tar | None:
        """The archive at `path`; null when the member is something else, whatever its name says."""
        self._budget("/".join(path)).check("depth", _LEVEL * len(path))
        data = self._bytes(self._at(path[:-1]), path)
        if binary_format(data) not in ("zip", "archive") or any(data.startswith(m) for m, _ in _FOREIGN):
            return None
        archive = self._opened(io.BytesIO(data), path, "/".join(path))
        self._chain.append((path, archive))
        return archive

    def _at(self, path: MemberPath) -> _Zip | _Tar:
        while self._chain and self._chain[-1][0] != path[: len(self._chain[-1][0])]:
            self._chain.pop()
        if not path:
            return self._outer
        if self._chain and self._chain[-1][0] == path:
            return self._chain[-1][1]
        for n in range(len(self._chain) + 1, len(path) + 1):
            if self._nested(path[:n]) is None:
                raise UnreadableFile(f"{'/'.join(path[:n])} is no archive")
        return self._chain[-1][1]

    def _opened(self, file: IO[bytes], path: MemberPath, name: str) -> _Zip | _Tar:
        archive = _open(file, self._options, self._budget(name))
        if path not in self._counted:
            self._counted.add(path)
            self._members += archive.count
            self._budget(name).check("members", self._members)
        return archive

    def _bytes(self, archive: _Zip | _Tar, path: MemberPath) -> bytes:
        budget = self._budget("/".join(path))
        size = archive.size(path[-1])
        budget.check("bytes", size)
        self._unpacked += size
        if self._unpacked > self._size * _EXPANSION:
            try:
                budget.check("unpacked", self._unpacked)
            except LimitExceeded:
                self._unpacked -= size
                raise
        return archive.read(path[-1], budget)

    def _budget(self, name: str) -> Budget:
        return Budget(self._options.limits, name)


class _Zip:
    """A zip archive."""

    def __init__(self, file: IO[bytes], options: ReadOptions, budget: Budget) -> None:
        self._options = options
        try:
            self._zip = zipfile.ZipFile(file)
        except (*_DAMAGE, NotImplementedError) as error:
            raise UnreadableFile(
                f"{budget.name} is a damaged zip archive: {error}; copy or download it again"
            ) from error
        infos = self._zip.infolist()
        self.count = len(infos)
        budget.check("members", self.count)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        given = Names()
        for info in infos:
            name = zip_name(info)
            if not name.endswith(("/", "\\")) and (plain := clean(name)) and not skipped(plain):
                self._infos[given.unique(plain)] = info

    @property
    def names(self) -> list[str]:
        """The members that may be documents."""
        return list(self._infos)

    def size(self, name: str) -> int:
        """Bytes when unpacked, as the archive says."""
        return self._infos[name].file_size

    def read(self, name: str, budget: Budget) -> bytes:
        """The bytes of a member."""
        info = self._infos[name]
        if info.file_size > _BOMB_SIZE:
            budget.check("ratio", info.file_size // max(info.compress_size, 1))
        if info.flag_bits & 1:
            return self._decrypted(info, budget)
        return self._read(info, budget, None)

    def _decrypted(self, info: zipfile.ZipInfo, budget: Budget) -> bytes:
        given = self._options.password
        if given is None:
            raise UnreadableFile(
                f"{budget.name} is protected by a password: give it as password=… (--password), "
                "or unpack the archive first"
            )
        for encoding in ("utf-8", "gb18030"):  # a Chinese Windows packs with the bytes of its code page
            try:
                return self._read(info, budget, given.encode(encoding))
            except _WrongPassword as error:
                wrong = error
        raise UnreadableFile(f"{budget.name} cannot be opened with this password") from wrong

    def _read(self, info: zipfile.ZipInfo, budget: Budget, password: bytes | None) -> bytes:
        try:
            with self._zip.open(info, pwd=password) as part:
                return part.read(info.file_size)  # what the directory promises, and no more
        except NotImplementedError as error:
            raise UnsupportedFormat(
                f"{budget.name} is packed or encrypted in a way that Python does not know ({error}): "
                "unpack the archive first"
            ) from error
        except RuntimeError as error:
            raise _WrongPassword(f"{budget.name} cannot be opened with this password") from error
        except _DAMAGE as error:
            if password is not None:  # one wrong password in 256 is only found out by what comes out
                raise _WrongPassword(f"{budget.name} cannot be opened with this password, or is damaged") from error
            raise UnreadableFile(f"{budget.name} is damaged in the archive: {error}") from error


class _WrongPassword(UnreadableFile):
    pass


class _Tar:
    """A tar archive, packed with gzip or not; or one file packed with gzip, which is its only member."""

    def __init__(self, file: IO[bytes], budget: Budget) -> None:
        self._file = _gunzipped(file, budget)
        self._infos: dict[str, tarfile.TarInfo] = {}
        self._given = Names()
        self.count = 0
        self._tar: tarfile.TarFile | None = None
        if self._is_tar():
            self._list(budget)
        else:
            name = PurePosixPath(budget.name or "").name
            self._single = clean(name[:-3] if name.lower().endswith(".gz") else name) or "document"
            self._length = self._file.seek(0, io.SEEK_END)

    def _is_tar(self) -> bool:
        self._file.seek(257)
        found = self._file.read(5) == b"ustar"
        self._file.seek(0)
        return found

    def _list(self, budget: Budget) -> None:
        try:
            self._tar = tarfile.open(fileobj=self._file, mode="r:")  # noqa: SIM115 (stays open as long as this)
            for info in self._tar:
                self.count += 1
                budget.check("members", self.count)
                name = info.name.encode("utf-8", "surrogateescape")
                plain = clean(_decoded(name))
                if info.isreg() and plain and not skipped(plain):
                    self._infos[self._given.unique(plain)] = info
        except _DAMAGE as error:
            if not self._infos:
                raise UnreadableFile(f"{budget.name} is a damaged tar archive: {error}") from error

    @property
    def names(self) -> list[str]:
        """The members that may be documents."""
        return list(self._infos) if self._tar else [self._single]

    def size(self, name: str) -> int:
        """Bytes when unpacked."""
        return self._infos[name].size if self._tar else self._length

    def read(self, name: str, budget: Budget) -> bytes:
        """The bytes of a member."""
        if self._tar is None:
            self._file.seek(0)
            return self._file.read()
        info = self._infos[name]
        try:
            part = self._tar.extractfile(info)
            data = part.read(info.size) if part else b""
        except _DAMAGE as error:
            raise UnreadableFile(f"{budget.name} is damaged in the archive: {error}") from error
        if len(data) < info.size:
            raise UnreadableFile(f"{budget.name} is damaged in the archive: it ends early")
        return data


def _decoded(name: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("latin-1")


def _gunzipped(file: IO[bytes], budget: Budget) -> IO[bytes]:
    """The file without gzip, as far as the limits allow; what does not fit into memory waits in a nameless file."""
    start = file.read(2)
    file.seek(0)
    if start != b"\x1f\x8b":
        return file
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=64 * _CHUNK)  # noqa: SIM115
    total = 0
    try:
        with gzip.open(file) as packed:
            while chunk := packed.read(_CHUNK):
                total += len(chunk)
                if total > size * _EXPANSION:
                    budget.check("unpacked", total)
                budget.tick()
                out.write(chunk)
    except _DAMAGE as error:
        if not total:
            raise UnreadableFile(f"{budget.name} is a damaged gzip file: {error}") from error
    out.seek(0)
    return out


def _open(file: IO[bytes], options: ReadOptions, budget: Budget) -> _Zip | _Tar:
    head = file.read(512)
    file.seek(0)
    if title := next((t for magic, t in _FOREIGN if head.startswith(magic)), None):
        raise _foreign(budget.name, title)
    if head[:2] == b"\x1f\x8b" or head[257:262] == b"ustar":
        return _Tar(file, budget)
    return _Zip(file, options, budget)


def _foreign(name: str | None, title: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"{name or 'the input'} is {title}, which this version does not read: unpack it and give the folder"
    )


def is_archive(path: Path) -> bool:
    """True for a file that holds documents of its own: a zip that is no docx, xlsx or ofd, a tar, a gz."""
    with path.open("rb") as file:
        head = file.read(512)
        if head[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
            return head[:3] == b"\x1f\x8b\x08" or head[257:262] == b"ustar"
        try:
            names = zipfile.ZipFile(file).namelist()
        except (*_DAMAGE, NotImplementedError):
            return False
    return package_format(names) == "zip"


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The one document in an archive. Raises UnsupportedFormat for an archive of several, which says how many."""
    from . import FORMATS, read

    shelf = Shelf(data, options, budget.name)
    entries = list(shelf.entries())
    known = {s for f in FORMATS.values() if f.module and f.module != "zipped" for s in f.suffixes}
    documents = (
        [e for e in entries if PurePosixPath(e.path[-1]).suffix.lower() in known] if len(entries) > 1 else entries
    )
    name = budget.name or "the input"
    if not documents:
        raise UnreadableFile(f"{name} is an archive without documents that this version reads")
    if len(documents) > 1:
        raise UnsupportedFormat(
            f"{name} is an archive of {len(documents)} documents: read them one by one with "
            "policyparse.parse_archive, or run: policyparse convert ARCHIVE -o FOLDER"
        )
    if documents[0].error is not None:
        raise documents[0].error
    return read(shelf.read(documents[0].path), documents[0].path[-1], options)
