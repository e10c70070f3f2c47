"""Values as written, on one line."""

from __future__ import annotations

import regex

_CJK = regex.compile(r"[\p{Han}　-〿＀-￯“”‘’—…·　〇○]")


def squeeze(string: str) -> str:
    """White space next to a Chinese character or full-width mark removed, other runs made one space, ends stripped."""
    words = string.split()
    if len(words) < 2:
        return words[0] if words else ""
    if len(words) == 2 and "\u4e00" <= words[1][0] <= "\u9fa5":
        return words[0] + words[1]  # 1. 强化…, as most with any white space
    parts = [words[0]]
    last = words[0][-1]
    for word in words[1:]:
        if not ("\u4e00" <= last <= "\u9fa5" or "\u4e00" <= word[0] <= "\u9fa5" or _is_mark(last) or _is_mark(word[0])):
            parts.append(" ")
        parts.append(word)
        last = word[-1]
    return "".join(parts)


def _is_mark(char: str) -> bool:
    """A full-width mark or a rare character."""
    return char > "\x7f" and _CJK.match(char) is not None
