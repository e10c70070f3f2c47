"""HTML pages. BASELINE."""

from __future__ import annotations

import re

from ..source import RawDoc
from . import text


def read(data: bytes, name: str | None = None) -> RawDoc:
    """Text of the page, a paragraph a line."""
    s = data.decode("utf-8", "replace")
    s = re.sub(r"(?s)<(script|style).*?</\1>", "", s)
    s = re.sub(r"(?i)</?(p|div|tr|br|h\d|td|li)\b[^>]*>", "\n", s)
    s = re.sub(r"<[^>]+>", "", s).replace("&nbsp;", " ")
    return text.read(s.encode(), name)
