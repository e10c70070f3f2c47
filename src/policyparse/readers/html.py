"""HTML pages. First version: tags are cut, every block element is a line."""

from __future__ import annotations

import re
from html import unescape

from ..source import RawDoc
from . import text
from .decode import Decoded, decode

_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|div|tr|br|h\d|td|li|ul|dl|dt|dd|table)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)


def read(data: bytes, name: str | None = None) -> RawDoc:
    """A page as blocks."""
    return read_text(decode(data))


def read_text(decoded: Decoded) -> RawDoc:
    """A decoded page as blocks."""
    flat = _SCRIPT.sub("", decoded.text).replace("\n", " ")
    flat = unescape(_TAG.sub("", _BLOCK.sub("\n", flat)))
    return text.read_text(decoded._replace(text=re.sub(r"\n[ \n]+", "\n", flat)))
