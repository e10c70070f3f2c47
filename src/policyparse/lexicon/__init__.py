"""Word lists as data: one word a line, `#` starts a comment, longest words first when made into a pattern."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import regex


@cache
def words(name: str) -> tuple[str, ...]:
    """Words of `lexicon/<name>.txt`, in file order. Raises ValueError when the list is empty."""
    lines = (files(__package__) / f"{name}.txt").read_text("utf-8").splitlines()
    found = tuple(w for w in (line.partition("#")[0].strip() for line in lines) if w)
    if not found:
        raise ValueError(f"lexicon {name!r} has no words")
    return found


@cache
def alternation(*names: str) -> str:
    """`(?:long|short|…)` over the words of the named lists; an empty alternation would match everywhere."""
    every = sorted({w for name in names for w in words(name)}, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(regex.escape(w) for w in every) + ")"
