"""Zip packages and XML parts of docx, xlsx, ofd and zip, read within the limits: no entity, no network, no bomb."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from lxml import etree

from ..errors import UnreadableFile
from ..limits import Budget

_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError),
)
"""What the standard library raises on damaged packages."""
_LOCAL = b"PK\x03\x04"
_UNUSUAL = 0x61
"""Flags of a part that is encrypted or a patch."""
_BOMB_SIZE = 1024 * 1024
"""Smaller parts may be packed as tightly as they like (a page of white space)."""

_SURROGATE = re.compile(
    rb"&\0?#\0?(?:x\0?(?:0\0?){0,9}d\0?[89a-f]\0?(?:[0-9a-f]\0?){2}|(?:0\0?){0,9}5\0?[5-7]\0?(?:\d\0?){3});",
    re.IGNORECASE,
)
"""&#xD800; in UTF-8 or UTF-16: half a character, which a recovering parser lets in and its text cannot hold."""


class Package:
    """The parts of a zip file by name; names with a slash at the start or backslashes are found too.

    Raises UnreadableFile for a damaged file, LimitExceeded for one that unpacks to too much.
    """

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._data, self._budget = data, budget
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise UnreadableFile(f"{budget.name or 'the input'} is a damaged zip package: {error}") from error
        budget.check("members", len(self._zip.infolist()))
        named = ((_plain(i.filename), i) for i in self._zip.infolist())
        self.parts: dict[str, zipfile.ZipInfo] = {name: i for name, i in named if name and name[-1] != "/"}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self.parts

    def read(self, name: str) -> bytes:
        """The bytes of a part. KeyError when there is none."""
        info = self.parts[_plain(name)]
        if info.file_size > _BOMB_SIZE:
            self._budget.check("ratio", info.file_size // max(info.compress_size, 1))
        self._budget.unpack(info.file_size)
        self._budget.tick()
        part = _inflated(self._data, info)
        if part is not None:
            return part
        try:
            with self._zip.open(info) as file:
                return file.read(info.file_size)  # what the directory promises, and no more
        except _DAMAGE as error:
            raise UnreadableFile(f"part {name} of {self._budget.name or 'the input'} is damaged: {error}") from error

    def xml(self, name: str, *, recover: bool = False, damage: list[str] | None = None) -> etree._Element:
        """The root element of an XML part."""
        return parse_xml(self.read(name), name, recover=recover, damage=damage)


def _inflated(data: bytes, info: zipfile.ZipInfo) -> bytes | None:
    """A part that is packed the usual way and whole; None leaves it, and what is wrong with it, to zipfile.

    A document has ten small parts or more, and zipfile takes three times as long to open one as to unpack it.
    """
    start = info.header_offset
    usual = info.compress_type == zipfile.ZIP_DEFLATED and info.file_size and not info.flag_bits & _UNUSUAL
    if not usual or not data.startswith(_LOCAL, start):
        return None
    try:
        name, extra = struct.unpack_from("<HH", data, start + 26)
        if data[start + 30 : start + 30 + name] != info.orig_filename.encode(errors="replace"):
            return None
        start += 30 + name + extra
        part = zlib.decompressobj(-15).decompress(data[start : start + info.compress_size], info.file_size)
    except (zlib.error, struct.error):
        return None
    return part if len(part) == info.file_size and zlib.crc32(part) == info.CRC else None


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").removeprefix("./")


_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
}


def each_element(data: bytes, tags: Sequence[str]) -> etree.iterparse[tuple[str, etree._Element]]:
    """The elements of these names as they end, within the bounds of `parse_xml`. Raises XMLSyntaxError at damage."""
    return etree.iterparse(io.BytesIO(data), events=("end",), tag=tags, **_SAFE)


def parse_xml(data: bytes, name: str, *, recover: bool = False, damage: list[str] | None = None) -> etree._Element:
    """An XML document with entities and network off; libxml2 itself bounds depth (256) and text nodes (10 MB).

    `recover`: what can be read of a damaged one; `damage` is told when it is one.
    """
    if recover and b"#" in data:
        data = _SURROGATE.sub(b"", data)
    parser = etree.XMLParser(recover=recover, **_SAFE)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"part {name} is damaged XML: {error}") from error
    if root is None:
        raise UnreadableFile(f"part {name} holds no XML")
    if damage is not None and (fatal := parser.error_log.filter_from_fatals()):
        damage.append(f"part {name} is damaged XML: {fatal[0].message} (line {fatal[0].line})")
    return root
