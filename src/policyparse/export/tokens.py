"""Words of Chinese text for full-text search: the same cut for what is stored and for what is asked.

They are those of `jieba.lcut_for_search(…, HMM=False)`, found in a fifth of its time: its dictionary, its rule (the
likeliest sequence of dictionary words), but one pass over the characters.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import log
from typing import Any
from unicodedata import normalize

_WORD = re.compile(r"\w+")
_COVERED = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9_]+")
"""What jieba looks up in its dictionary; it takes other characters (ё, の, 𠮷) one by one."""
_PLAIN = re.compile(r"[a-zA-Z0-9]")


@cache
def dictionary() -> Any:
    """jieba, its dictionary loaded."""
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return jieba


def tokens(text: str) -> str:
    """The words of `text`, between spaces: with the short words inside long ones (脱贫攻坚: 脱贫 攻坚 脱贫攻坚).

    Full-width letters and digits count as plain ones. Characters that no dictionary word covers stand alone, so that
    names unknown to jieba are found, too.
    """
    return " ".join(map(_stored, _parts(text)))


def asked(query: str) -> str:
    """`query` as an FTS5 expression: every word must be there, in any order. Empty where there is no word in it."""
    words = [word for part in _parts(query) for word in cut(part)]
    return " ".join(f'"{word}"' for word in dict.fromkeys(words))


def _parts(text: str) -> list[str]:
    return _WORD.findall(normalize("NFKC", text))


@lru_cache(maxsize=20_000)
def _stored(part: str) -> str:
    """The words between two punctuation marks: a quarter of the text of notices has been seen before."""
    return " ".join([words for word in cut(part) for words in (_inside(word) if len(word) > 2 else (word,))])


@lru_cache(maxsize=20_000)
def _inside(word: str) -> tuple[str, ...]:
    """The dictionary words of two and of three characters inside a longer word, then the word."""
    known = dictionary().dt.FREQ.get
    two = [w for i in range(len(word) - 1) if known(w := word[i : i + 2])]
    three = [w for i in range(len(word) - 2) if known(w := word[i : i + 3])] if len(word) > 3 else []
    return (*two, *three, word)


def cut(part: str) -> list[str]:
    """The likeliest sequence of dictionary words: `jieba.lcut(part, HMM=False)`."""
    if not _COVERED.fullmatch(part):
        return list(dictionary().lcut(part, HMM=False))
    ends, words, spelled, at = _ends(part), [], "", 0
    while at < len(part):
        word = part[at : ends[at]]
        at = ends[at]
        if len(word) == 1 and _PLAIN.match(word):  # letters and digits that are no dictionary words belong together
            spelled += word
            continue
        if spelled:
            words.append(spelled)
            spelled = ""
        words.append(word)
    return [*words, spelled] if spelled else words


def _ends(part: str) -> list[int]:
    """Where the word that begins at each character ends, in the likeliest sequence from there on."""
    known, weights = dictionary().dt.FREQ.get, _weights()
    unknown, length = weights[1], len(part)
    scores, ends = [0.0] * (length + 1), [0] * length
    for start in range(length - 1, -1, -1):
        best, best_end, end = None, start + 1, start + 1
        count = known(part[start])
        while count is not None:  # 0: no word, but some word begins so
            if count:
                score = weights[count] + scores[end]
                if best is None or score >= best:
                    best, best_end = score, end
            if end == length:
                break
            end += 1
            count = known(part[start:end])
        scores[start] = unknown + scores[start + 1] if best is None else best
        ends[start] = best_end
    return ends


class _Weights(dict[int, float]):
    """The logarithm of a word's probability, by its count."""

    def __init__(self, total: int) -> None:
        self._total = log(total)

    def __missing__(self, count: int) -> float:
        self[count] = weight = log(count) - self._total
        return weight


@cache
def _weights() -> _Weights:
    return _Weights(dictionary().dt.total)
