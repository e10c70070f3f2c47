"""Words of Chinese text for full-text search: the same cut for what is stored and for what is asked."""

from __future__ import annotations

import re
from functools import cache
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
    return " ".join(_words(text, _jieba().lcut_for_search))


def asked(query: str) -> str:
    """`query` as an FTS5 expression: every word must be there, in any order. Empty where there is no word in it."""
    return " ".join(f'"{word}"' for word in dict.fromkeys(_words(query, _jieba().lcut)))


def _words(text: str, cut: Any) -> list[str]:
    return [word for part in _WORD.findall(normalize("NFKC", text)) for word in cut(part, HMM=False)]
