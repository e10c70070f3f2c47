"""Markdown: the text reader with front matter, quotations and links switched on."""

from __future__ import annotations

from ...source import RawDoc
from .. import text
from ..decode import Decoded, decode


def read(data: bytes, name: str | None = None) -> RawDoc:
    """A Markdown file as blocks. Raises UnreadableFile when it is no text."""
    return read_text(decode(data))


def read_text(decoded: Decoded) -> RawDoc:
    """Decoded Markdown as blocks."""
    return text.read_text(decoded, markdown=True)
