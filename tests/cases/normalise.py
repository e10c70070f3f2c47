"""Adapter: the lines of the canonical text, `[meta]` before page metadata."""

from __future__ import annotations

from policyparse import readers
from policyparse.normalise import normalise


def read(given: str) -> list[str]:
    text = normalise(readers.read(given.encode(), None))
    return [("[meta] " if line.meta else "") + text.string[line.start : line.end] for line in text.lines]
