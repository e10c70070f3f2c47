"""docx: Word's own format since 2007, also as WPS and others write it.

The parts are read by lxml as they are. python-docx is not used here: it opens every part of a package before any limit
can be asked (pictures too), has no view of text boxes, changes and automatic numbers, and takes five times as long.
"""

from __future__ import annotations

import re

from ...limits import Budget, ReadOptions
from ...source import RawDoc
from ..protected import read_protected
from .flat import MARK, packed
from .parts import Parts
from .raw import Assembly
from .story import Reader

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""An encrypted package is an OLE file."""
_NO_TEXT = 40
"""Characters: a page number, a watermark; less is no notice."""
_OF_A_SYMBOL_FONT = re.compile("[\uf000-\uf0ff]")


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The document in `data`: body in reading order, headers, footers and notes set aside."""
    if data.startswith(_OLE):
        return read_protected(data, options, budget)
    if not data.startswith(b"PK") and MARK in data[:4096]:
        data = packed(data, budget)
    parts = Parts(data, budget)
    reader = Reader(parts, budget)
    raw = _put_together(parts, reader)
    if _OF_A_SYMBOL_FONT.search(raw.raw):
        raw = _put_together(parts, Reader(parts, budget, symbols=True))
    if len(raw.raw) < _NO_TEXT and reader.root is not None:
        from .scans import read_scans  # with all that reads page images

        return read_scans(reader.root, parts, options, budget, MEDIA_TYPE) or raw
    return raw


def _put_together(parts: Parts, reader: Reader) -> RawDoc:
    assembly = Assembly()
    assembly.add(reader.read())
    return assembly.finish(parts.warnings, "docx", MEDIA_TYPE)
