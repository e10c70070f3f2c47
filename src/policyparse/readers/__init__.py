"""One module a format: `read(data, name) -> RawDoc`. BASELINE registry: to be replaced."""

from __future__ import annotations

from ..source import RawDoc
from . import html, text


def read(data: bytes, name: str | None = None) -> RawDoc:
    """The document in `data`; the reader is chosen by content first, file name second."""
    if (name or "").lower().endswith((".html", ".htm")):
        return html.read(data, name)
    return text.read(data, name)
