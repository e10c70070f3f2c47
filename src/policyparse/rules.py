"""A pattern is a row: its name in the words of the trade, the literals it needs, an example, and the regex."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern. `needs`: literals of which at least one must be in the text before the regex is tried."""

    name: str
    pattern: regex.Pattern[str]
    needs: tuple[str, ...] = ()
    example: str = ""
    """A real phrase that made the rule necessary; a test checks that the pattern matches it."""


def rule(name: str, pattern: str, *, needs: tuple[str, ...] = (), example: str = "") -> Rule:
    """A rule from a verbose pattern. Raises ValueError on an empty alternative, which would match everywhere."""
    if not pattern or "||" in pattern or "(?:|" in pattern or "|)" in pattern:
        raise ValueError(f"rule {name!r}: empty alternative")
    return Rule(name, regex.compile(pattern, regex.VERBOSE), needs, example)


def matches(
    rules: Iterable[Rule], string: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[Rule, regex.Match[str]]]:
    """All matches of all rules in `string[start:end]`, rule by rule."""
    stop = len(string) if end is None else end
    for r in rules:
        if r.needs and not any(string.find(n, start, stop) >= 0 for n in r.needs):
            continue
        for m in r.pattern.finditer(string, start, stop):
            yield r, m
