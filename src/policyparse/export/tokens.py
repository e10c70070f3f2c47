"""Words of Chinese text for full-text search: the same cut for what is stored and for what is asked."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any
from unicodedata import normalize

_WORD = re.compile(r"\w+")


@cache
def _jieba() -> Any:
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    return jieba


def tokens(text: str) -> str:
    """The words of `text`, between spaces: with the short words inside long ones (脱贫攻坚: 脱贫 攻坚 脱贫攻坚).

    Full-width letters and digits count as plain ones. Characters that no dictionary word covers stand alone, so that
    names unknown to jieba are found, too.
    """
    return " ".join([word for part in _parts(text) for word in _cut(part)])


def asked(query: str) -> str:
    """`query` as an FTS5 expression: every word must be there, in any order. Empty where there is no word in it."""
    words = [word for part in _parts(query) for word in _jieba().lcut(part, HMM=False)]
    return " ".join(f'"{word}"' for word in dict.fromkeys(words))


def _parts(text: str) -> list[str]:
    return _WORD.findall(normalize("NFKC", text))


@lru_cache(maxsize=50_000)
def _cut(part: str) -> tuple[str, ...]:
    """The words between two punctuation marks: a quarter of the text of notices has been seen before."""
    return tuple(_jieba().lcut_for_search(part, HMM=False))
