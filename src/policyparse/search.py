"""Where given words stand: quicker than a pattern where the words are rare."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_PER_TRY = 600
"""To look for a word takes as long for so many characters as to look at one more place of its rarest character."""
_FREQUENT = (
    " 0，、。的业2区市局实工务1行建人作发（）展资管和政化合农设位单理开进地用平产项3全等：新一关公体技对"
    "通任机民企施部责保服动成要办推持各加高中定整分信监经国会在提支委大年方村制目安组范重规专治不文为住改生科"
    "法导育创有力查省能强质处构度期交主上；及门场以于培点牵月乡件员时本知据基出策性府集与品落领标城级号长日"
)
"""Characters of official documents, the frequent ones first."""


@cache
def _anchor(word: str) -> tuple[str, int, int]:
    """The rarest character of a word, and how many characters stand before and behind it."""
    rank = [_FREQUENT.find(c) % (len(_FREQUENT) + 1) for c in word]
    before = max(range(len(word)), key=lambda at: (rank[at], at))
    return word[before], before, len(word) - before - 1


def holds(string: str, *words: str) -> bool:
    """Whether any of the words stands in a long string, by its rarest character.

    One character is found ten times as fast as a word (`in` looks at every character when it looks for two); where
    it is frequent all the same, the word is searched after some tries.
    """
    find, starts, most = string.find, string.startswith, len(string) // _PER_TRY + 1
    for word in words:
        char, before, _ = _anchor(word)
        at, tries = find(char, before), 0
        while at >= 0:
            if starts(word, at - before):
                return True
            tries += 1
            if tries == most:
                if find(word, at - before) >= 0:
                    return True
                break
            at = find(char, at + 1)
    return False


def seek(pattern: re.Pattern[str], string: str) -> re.Match[str] | None:
    """`pattern.search(string)` in a long string, of a pattern that begins with one character: tried where that stands.

    Where it is frequent all the same, the pattern is searched after some tries.
    """
    first, tries = pattern.pattern[0], len(string) // _PER_TRY + 1
    at = string.find(first)
    while at >= 0 and tries:
        if found := pattern.match(string, at):
            return found
        at, tries = string.find(first, at + 1), tries - 1
    return pattern.search(string, at) if at >= 0 else None


def ascii_part(string: str) -> str:
    """The ASCII characters of a string alone: few in a Chinese text, they soon tell what cannot stand in it."""
    return string.encode("ascii", "ignore").decode("ascii")


def behind_last(string: str, signs: str, start: int, end: int) -> int:
    """Behind the last of these characters in `string[start:end]`, else `start`."""
    rest = string[start:end]
    for sign in signs:
        rest = rest.rpartition(sign)[2]
    return end - len(rest)


def places(string: str, words: Iterable[str], start: int = 0, end: int | None = None) -> list[int]:
    """Where any of the words (of a string: any of its characters) begins in `string[start:end]`, in order.

    One character is much quicker to find than two, so the rarest of each word is looked for.
    """
    stop = len(string) if end is None else end
    find, found = string.find, []
    if isinstance(words, str):
        for char in words:
            at = find(char, start, stop)
            while at >= 0:
                found.append(at)
                at = find(char, at + 1, stop)
    else:
        for word in words:
            char, before, behind = _anchor(word)
            last = stop - behind if stop > behind else 0
            at = find(char, start + before, last)
            while at >= 0:
                if string.startswith(word, at - before):
                    found.append(at - before)
                at = find(char, at + 1, last)
    found.sort()
    return found
