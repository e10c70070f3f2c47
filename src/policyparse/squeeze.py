"""Values as written, on one line."""

from __future__ import annotations

from itertools import pairwise

import regex

_CJK = regex.compile(r"[\p{Han}　-〿＀-￯“”‘’—…·　〇○]")


def squeeze(string: str) -> str:
    """White space next to a Chinese character or full-width mark removed, other runs made one space, ends stripped."""
    words = string.split()
    if len(words) < 2:
        return words[0] if words else ""
    parts = [words[0]]
    for before, word in pairwise(words):
        if not (_is_chinese(before[-1]) or _is_chinese(word[0])):
            parts.append(" ")
        parts.append(word)
    return "".join(parts)


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fa5" or (char > "\x7f" and _CJK.match(char) is not None)
