"""What can still be had of a damaged zip file: parts by their local headers, inflated as far as they go."""

from __future__ import annotations

import re
import zlib

from ..limits import Budget

_LOCAL = b"PK\x03\x04"
_HEADER = 30
_STORED, _DEFLATED = 0, 8
_NEXT = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x07\x08)")


def local_parts(data: bytes, budget: Budget) -> dict[str, int]:
    """Name -> offset of the local header, of every part that a directory would list."""
    found: dict[str, int] = {}
    at = data.find(_LOCAL)
    while at >= 0:
        size = int.from_bytes(data[at + 26 : at + 28], "little")
        name = data[at + _HEADER : at + _HEADER + size]
        if 0 < size < 1024 and len(name) == size:
            found.setdefault(name.decode("utf-8", "replace").replace("\\", "/").lstrip("/"), at)
            budget.check("members", len(found))
        at = data.find(_LOCAL, at + 4)
    return found


def inflate(data: bytes, at: int, budget: Budget) -> bytes:
    """The content behind the local header at `at`, up to where it is damaged; checksums are not asked."""
    head = data[at : at + _HEADER]
    if len(head) < _HEADER:
        return b""
    method, packed = int.from_bytes(head[8:10], "little"), int.from_bytes(head[18:22], "little")
    start = at + _HEADER + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    if method == _STORED:
        following = _NEXT.search(data, start)
        end = start + packed if packed else following.start() if following else len(data)
        content = data[start:end]
        budget.unpack(len(content))
        return content
    return _inflated(data, start, budget) if method == _DEFLATED else b""


def _inflated(data: bytes, start: int, budget: Budget) -> bytes:
    """Deflated bytes in steps, each counted before the next."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    rest = data[start : start + 65536]
    at = start + 65536
    while rest and not stream.eof:
        try:
            part = stream.decompress(rest, 1024 * 1024)
        except zlib.error:
            break
        budget.unpack(len(part))
        budget.tick()
        parts.append(part)
        rest = stream.unconsumed_tail
        if not rest:
            rest, at = data[at : at + 65536], at + 65536
    return b"".join(parts)
