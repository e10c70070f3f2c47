"""Names of archive members as text that is safe to build a path from."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_RUBBISH = ("thumbs.db", "desktop.ini")
_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")


def zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member. Without the mark for UTF-8 it is in the code page of the computer that packed it."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    if raw.isascii():
        return info.orig_filename
    if name := _unicode_path(info.extra, raw):
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _ODD.search(name):
            return name
    return info.orig_filename


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The UTF-8 name that some programs put beside the other one; it counts when made for that very name."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(raw):
            try:
                return field[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + size
    return None


def decoded(name: bytes) -> str:
    """The name of a tar member, which may be in an old code page."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("latin-1")


def clean(name: str) -> str:
    """A relative path: no drive, no way up, no character that a file system refuses. Empty when nothing is left."""
    parts = [_UNSAFE.sub("_", part).strip(" ") for part in name.replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part.strip("."))


def skipped(name: str) -> bool:
    """What no one packed on purpose: __MACOSX, .DS_Store, Thumbs.db, the lock file of an open Word document."""
    parts = name.split("/")
    return (
        any(p.startswith(".") for p in parts)
        or parts[0] == "__MACOSX"
        or parts[-1].startswith("~$")
        or parts[-1].lower() in _RUBBISH
    )


class Names:
    """Gives every member a name of its own: a second a.txt becomes a (2).txt."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """The name, or `name (2)` where an earlier member has it already."""
        if name not in self._taken:
            self._taken[name] = 2
            return name
        path = PurePosixPath(name)
        while True:
            n = self._taken[name]
            self._taken[name] += 1
            other = str(path.with_name(f"{path.stem} ({n}){path.suffix}"))
            if other not in self._taken:
                self._taken[other] = 2
                return other
