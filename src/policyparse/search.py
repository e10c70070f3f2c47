"""Where given words stand: quicker than a pattern where the words are rare."""

from __future__ import annotations


def places(string: str, words: tuple[str, ...], start: int = 0, end: int | None = None) -> list[int]:
    """Where any of the words begins in `string[start:end]`, in order.

    One character is much quicker to find than two, so the last of each word, mostly the rarer one, is looked for.
    """
    stop = len(string) if end is None else end
    found: list[int] = []
    for word in words:
        before = len(word) - 1
        at = string.find(word[-1], start + before, stop)
        while at >= 0:
            if string.startswith(word, at - before):
                found.append(at - before)
            at = string.find(word[-1], at + 1, stop)
    return sorted(found)
