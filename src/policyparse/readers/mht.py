"""Web archives (mht, as Word and browsers save them): the page in it, read as html."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from ..errors import UnreadableFile
from ..limits import Budget, ReadOptions
from ..source import RawDoc
from . import html
from .decode import Decoded, decode


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The first html part of a MIME message; a plain text part when there is none."""
    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n\t "), policy=email.policy.compat32)
    found: dict[str, Message] = {}
    for n, part in enumerate(message.walk()):
        budget.check("members", n)
        found.setdefault(part.get_content_type(), part)
    page = found.get("text/html") or found.get("application/xhtml+xml") or found.get("text/plain")
    payload = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(payload, bytes) or not payload.strip():
        raise UnreadableFile(f"{budget.name or 'the input'} is a web archive without a page in it")
    budget.unpack(len(payload))
    return html.read_text(_decoded(payload, page.get_content_charset()))


def _decoded(payload: bytes, charset: str | None) -> Decoded:
    """The page's characters, by the charset of the part when that fits (gb2312 means GB18030)."""
    if charset:
        name = "gb18030" if charset.lower() in ("gb2312", "gbk", "gb_2312-80") else charset
        try:
            return Decoded(payload.decode(name).removeprefix("\ufeff"), name)
        except (ValueError, LookupError):  # no such charset, or one with a NUL in its name
            pass
    return decode(payload)
