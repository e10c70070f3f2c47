"""One zip or tar file: the names of its members, their sizes, and their bytes one by one."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, Protocol

from ...errors import UnreadableFile, UnsupportedFormat
from ...limits import Budget, ReadOptions
from .names import Names, clean, decoded, skipped, zip_name

EXPANSION = 20
"""An archive may unpack to so many times its own size, whatever the limit says: the cost stays that of its size."""
DAMAGE = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, struct.error),
    *(EOFError, OSError, ValueError, UnicodeError, KeyError),
)
"""What the standard library raises on damaged archives."""
_BOMB_SIZE = 1024 * 1024
_CHUNK = 1024 * 1024


class Archive(Protocol):
    """A zip or tar file."""

    count: int
    """Members, those included that are no documents."""

    @property
    def names(self) -> list[str]:
        """The members that may be documents."""

    def size(self, name: str) -> int:
        """Bytes when unpacked, as the archive says."""

    def read(self, name: str, budget: Budget) -> bytes:
        """The bytes of a member. Raises a PolicyParseError that says what is wrong with it."""


class Zip:
    """A zip archive."""

    def __init__(self, file: IO[bytes], options: ReadOptions, budget: Budget) -> None:
        self._options = options
        try:
            self._zip = zipfile.ZipFile(file)
        except (*DAMAGE, NotImplementedError) as error:
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
            if stat.S_ISLNK(info.external_attr >> 16):
                continue  # its content is the name of another file
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
        except DAMAGE as error:
            if password is not None:  # one wrong password in 256 is only found out by what comes out
                raise _WrongPassword(f"{budget.name} cannot be opened with this password, or is damaged") from error
            raise UnreadableFile(f"{budget.name} is damaged in the archive: {error}") from error


class _WrongPassword(UnreadableFile):
    pass


class Tar:
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
                plain = clean(decoded(name))
                if info.isreg() and plain and not skipped(plain):
                    self._infos[self._given.unique(plain)] = info
        except DAMAGE as error:
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
        except DAMAGE as error:
            raise UnreadableFile(f"{budget.name} is damaged in the archive: {error}") from error
        if len(data) < info.size:
            raise UnreadableFile(f"{budget.name} is damaged in the archive: it ends early")
        return data


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
                if total > size * EXPANSION:
                    budget.check("unpacked", total)
                budget.tick()
                out.write(chunk)
    except DAMAGE as error:
        if not total:
            raise UnreadableFile(f"{budget.name} is a damaged gzip file: {error}") from error
    out.seek(0)
    return out
