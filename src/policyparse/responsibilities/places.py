"""Where single characters stand. In Chinese text this is many times faster than a pattern of one character class."""

from __future__ import annotations


def places(string: str, characters: str, start: int, end: int) -> list[int]:
    """Where any of `characters` stands in `string[start:end]`, in order."""
    found: list[int] = []
    for c in characters:
        at = string.find(c, start, end)
        while at >= 0:
            found.append(at)
            at = string.find(c, at + 1, end)
    found.sort()
    return found
