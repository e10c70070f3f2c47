"""Document numbers (发文字号, §7.2.5): one reader for a document's own number and for cited ones."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A document number in `string[start:end]`, normalised to 吉交发〔2018〕81号."""

    start: int
    end: int
    normalized: str
    organ_code: str | None
    year: int | None
    serial: str | None
    restored: bool = False
    """True when 号 or a bracket was completed."""


def find_numbers(string: str, start: int = 0, end: int | None = None) -> list[NumberMatch]:
    """Document numbers of `string[start:end]`, in order."""
    return []
