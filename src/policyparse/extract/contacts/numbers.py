"""What a telephone number and an e-mail address look like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...squeeze import squeeze
from ...text import Span

PHONE = re.compile(
    r"(?<![\dA-Za-z.@_-])(?:1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})"
    r"|(?:(?:[（(]0\d{2,3}[）)][-—–－ ]{0,2}|0\d{2,3}[-—–－]{1,2} ?)[1-9]|(?:0\d{2,3} {0,2})?[2-9])\d{6,7}"
    r"|(?:[（(]0\d{2,3}[）)][-—–－ ]{0,2}|0\d{2,3}[-—–－] ?)?[3-9]\d{3} \d{4}"
    r"(?:(?:[-—–－]|转)\d{1,5})?"
    r"|1[3-9]\d[*＊×xX]{4}\d{4}|[48]00-?\d{3}-?\d{4}|12\d{3}|119|110|123\d{2})(?![\d年@＠])"
)
_MAILBOX = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}$")
_DOMAIN = re.compile(r"[@＠](?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,10}")
_FAX_NOTE = re.compile(r"[ 　]{0,4}[（(](?:兼?传真|FAX)[）)]", re.IGNORECASE)


def numbers(string: str, start: int, end: int) -> list[str]:
    """Telephone numbers in `string[start:end]`, those marked as fax left out."""
    return [
        squeeze(m.group())
        for m in PHONE.finditer(string, start, end)
        if not _FAX_NOTE.match(string, m.end(), m.end() + 12)
    ]


def addresses(string: str, start: int, end: int) -> Iterator[Span]:
    """Addresses in `string[start:end]`, found by their @."""
    for sign in "@＠":
        at = string.find(sign, start, end)
        while at >= 0:
            name, domain = _MAILBOX.search(string, max(at - 64, start), at), _DOMAIN.match(string, at, end)
            if name and domain:
                yield Span(name.start(), domain.end())
            at = string.find(sign, at + 1, end)
