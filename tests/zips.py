"""Archives for tests: ordinary ones, and such as no program would write."""

from __future__ import annotations

import io
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Iterable

NOTICE = "关于做好防汛工作的通知\n各单位：\n一、加强领导。各单位要落实责任。（责任单位：市水利局）\n"


def notice(mark: str = "") -> bytes:
    """A notice that differs from others by `mark`."""
    return (NOTICE + mark).encode()


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip; names are written in UTF-8 with the mark for it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Iterable[tuple[str, bytes]], mode: str = "w:gz") -> bytes:
    """A tar, packed with gzip."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def raw_zip(
    members: Iterable[tuple[bytes, bytes]],
    *,
    flags: int = 0,
    size: int | None = None,
    method: int = 8,
    extra: bytes = b"",
) -> bytes:
    """A zip by hand: names are bytes of any encoding; `size` is what the directory claims (zip64 above 4 GB)."""
    out, directory, count = io.BytesIO(), b"", 0
    for name, packed in members:
        at = out.tell()
        claimed = len(packed) if size is None else size
        large = claimed > 0xFFFFFFFE
        more = extra + (struct.pack("<HHQ", 1, 8, claimed) if large else b"")
        shown = 0xFFFFFFFF if large else claimed
        fields = struct.pack("<HHHHHIIIHH", 45, flags, method, 0, 33, 0, len(packed), shown, len(name), len(more))
        out.write(b"PK\x03\x04" + fields + name + more + packed)
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 45) + fields + struct.pack("<HHHII", 0, 0, 0, 0, at) + name + more
        )
        count += 1
    start = out.tell()
    out.write(directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start, 0))
    return out.getvalue()


def stored(members: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A zip without the mark for UTF-8: the names are bytes of some code page."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n, (_, data) in enumerate(entries := list(members)):
            archive.writestr(f"{n:0{len(entries[n][0])}d}", data)
    data = out.getvalue()
    for n, (name, _) in enumerate(entries):
        data = data.replace(f"{n:0{len(name)}d}".encode(), name)
    return data


def zeros(gigabytes: int) -> bytes:
    """So many gigabytes of zeros, deflated: about a megabyte for each."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(bytes(1 << 20))
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands for itself, wherever it is
    return block * (gigabytes << 10) + packer.flush()


def encrypted(name: str, data: bytes, password: bytes) -> bytes:
    """A zip of one stored member in the old encryption of zip (ZipCrypto)."""
    check = zlib.crc32(data)
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = _crc(byte, keys[0])
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = _crc(keys[1] >> 24, keys[2])

    for byte in password:
        update(byte)
    out = bytearray()
    for byte in bytes(11) + bytes([check >> 24]) + data:
        mask = keys[2] | 2
        out.append(byte ^ ((mask * (mask ^ 1)) >> 8 & 0xFF))
        update(byte)
    plain = zipped([(name, b"")])
    info = zipfile.ZipFile(io.BytesIO(plain)).infolist()[0]
    encoded, flags = name.encode(), info.flag_bits | 1
    fields = struct.pack("<HHHHHIIIHH", 20, flags, 0, 0, 33, check, len(out), len(data), len(encoded), 0)
    local = b"PK\x03\x04" + fields + encoded + bytes(out)
    directory = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + encoded
    return local + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), len(local), 0)


def _crc(byte: int, crc: int) -> int:
    return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


def members_of(data: bytes) -> list[str]:
    """Names in a zip, as the standard library sees them."""
    return zipfile.ZipFile(io.BytesIO(data)).namelist()
