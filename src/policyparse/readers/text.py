"""Plain text. BASELINE."""

from __future__ import annotations

from ..source import Place, RawBlock, RawDoc


def read(data: bytes, name: str | None = None) -> RawDoc:
    """Lines of a text file as blocks."""
    try:
        s, enc = data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        s, enc = data.decode("gb18030", "replace"), "gb18030"
    blocks, at = [], 0
    for n, line in enumerate(s.splitlines(keepends=True), 1):
        if line.strip():
            blocks.append(RawBlock(at, at + len(line.rstrip("\r\n")), place=Place(line=n)))
        at += len(line)
    return RawDoc(s, tuple(blocks), encoding=enc)
