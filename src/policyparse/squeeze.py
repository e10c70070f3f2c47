"""Values as written, on one line."""

from __future__ import annotations

import regex

_CJK = r"[\p{Han}　-〿＀-￯“”‘’—…·〇○]"
_BETWEEN = regex.compile(rf"(?<={_CJK})\s+|\s+(?={_CJK})")
_RUN = regex.compile(r"\s+")


def squeeze(string: str) -> str:
    """White space next to a Chinese character or full-width mark removed, other runs made one space, ends stripped."""
    if not _RUN.search(string):
        return string
    return _RUN.sub(" ", _BETWEEN.sub("", string.strip()))
