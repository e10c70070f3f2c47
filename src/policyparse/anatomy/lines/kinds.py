"""The kind of document (文种) that a title ends in: by it a title is known from other short lines."""

from __future__ import annotations

import regex

from ... import lexicon
from ...numbers import find_numbers

_TYPES = dict((w.split() * 2)[:2] for w in lexicon.words("doc_types"))
"""What a title ends in -> its 文种."""
_SIZES = sorted({len(w) for w in _TYPES}, reverse=True)
_CLOSERS = '》〉”"’」）)]】〕一二三四五'
LAST_SIGNS = frozenset(_CLOSERS + "号") | {w[-1] for w in _TYPES}
"""Every title ends in one of these signs: a test that costs less than the 文种 itself."""
_TAIL = regex.compile(
    r"(?r)(?:[》〉”\"’」]|[（(\[【〔][^（）()\[\]【】〔〕]{1,24}[）)\]】〕]|[（(][^（）()]{1,16}[（(][^（）()]{1,8}[）)][）)]|之?[一二三四五]){1,4}"
)
"""What may follow the 文种 of a title: （试行）, （2021—2023年）, 》."""


def doc_type_of(title: str) -> str | None:
    """文种 that a title (without white space) ends in, （试行） ignored: …实施方案（试行） -> 方案."""
    if title[-1:] not in LAST_SIGNS:
        return None
    core = bare(title)
    for size in _SIZES:
        found = _TYPES.get(core[-size:])
        if found is not None:
            return found
    return None


def bare(title: str) -> str:
    """A title without what may follow its 文种: （试行）, 》, its own number."""
    found = find_numbers(title, max(0, len(title) - 40)) if title.endswith(("号", "号）", "号)")) else []
    if found and len(title) - found[-1].end <= 1:
        title = title[: found[-1].start].rstrip("（(")
    if title[-1:] in _CLOSERS and (tail := _TAIL.match(title)) and tail.end() == len(title) and tail.start() > 1:
        return title[: tail.start()]
    return title
