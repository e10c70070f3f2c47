"""How much one document may cost, and the options of reading. Every reader asks its `Budget` before it spends."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field, fields, replace
from typing import Literal, get_args

from .errors import LimitExceeded, PolicyParseError

Ocr = Literal["auto", "never", "always"]
_OCR = get_args(Ocr)
SIZES = ("bytes", "unpacked")
"""Limits that are counted in bytes: 64M is 64 × 1024 × 1024. Of the others 50M is 50,000,000."""
_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,3})?)\s*([kmgt]?)(?:i?b)?", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


def whole_number(value: str | int, base: int) -> int:
    """500, 64M, 1.5G as a number. Raises ValueError with words for the user."""
    found = _SIZE.fullmatch(str(value).strip().replace(",", ""))
    if found is None:
        raise ValueError(f"{value!r} is no number like 500, 64M or 1.5G")
    return int(float(found[1]) * base ** _POWERS[found[2].lower()])


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one document. Each can be set by the variable POLICYPARSE_MAX_<NAME> too."""

    bytes: int = 32 * 1024 * 1024
    """Size of the file."""
    pages: int = 5_000
    """Pages of a pdf or ofd, frames of an image."""
    unpacked: int = 512 * 1024 * 1024
    """Bytes that the parts of a zip-based file (docx, xlsx, ofd, zip) have together when unpacked."""
    ratio: int = 1_000
    """Unpacked by packed size of one part of more than a megabyte: more is a decompression bomb."""
    depth: int = 200
    """Nesting of XML elements, of tables in tables; archives in archives count 50 each."""
    members: int = 20_000
    """Parts of a zip-based file."""
    characters: int = 50_000_000
    """Characters that a reader gives."""
    seconds: int = 300
    """Time to read one document."""

    @classmethod
    def in_force(cls) -> Limits:
        """The defaults, changed by the environment."""
        given = os.environ
        found = {
            n: _set(n, variable, value)
            for n, variable in _VARIABLES
            if variable in given and (value := given[variable])
        }
        return replace(DEFAULTS, **found) if found else DEFAULTS


def _set(name: str, variable: str, value: str) -> int:
    """A limit from the environment. One that cannot be read must not pass for one that is in force."""
    try:
        return whole_number(value, 1024 if name in SIZES else 1000)
    except ValueError as error:
        raise PolicyParseError(f"the variable {variable}: {error}") from error


DEFAULTS = Limits()
_VARIABLES = tuple((f.name, f"POLICYPARSE_MAX_{f.name.upper()}") for f in fields(Limits))

_WHAT = {
    "bytes": "has {} bytes",
    "pages": "has {} pages",
    "unpacked": "unpacks to {} bytes",
    "ratio": "holds a part that unpacks to {} times its size",
    "depth": "is nested {} levels deep",
    "members": "holds {} parts",
    "characters": "has {} characters",
    "seconds": "took {} seconds to read",
}


@dataclass(slots=True)
class Budget:
    """What one document has spent. Methods raise LimitExceeded, which names the limit and how to raise it."""

    limits: Limits
    name: str | None = None
    _began: float = field(default_factory=time.monotonic)
    _unpacked: int = 0

    def check(self, limit: str, value: int) -> None:
        """`value` must not exceed the limit of this name (a field of Limits)."""
        if value > getattr(self.limits, limit):
            raise LimitExceeded(
                f"{self.name or 'the input'} {_WHAT[limit].format(value)}, more than the limit of "
                f"{getattr(self.limits, limit)}; to read it, give a larger --max-{limit} "
                f"(in Python: limits=Limits({limit}=…); for every run: the variable POLICYPARSE_MAX_{limit.upper()})"
            )

    def unpack(self, size: int) -> None:
        """Count bytes that a part has when unpacked."""
        self._unpacked += size
        self.check("unpacked", self._unpacked)

    def tick(self) -> None:
        """Call once a page, part or thousand blocks: ends a reading that takes too long."""
        self.check("seconds", int(time.monotonic() - self._began))


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a caller may ask of a reader."""

    password: str | None = None
    """Of an encrypted file."""
    ocr: Ocr = "auto"
    """Read page images: where a page has no usable text (auto), never, or on every page (always)."""
    limits: Limits = DEFAULTS

    def __post_init__(self) -> None:
        if self.ocr not in _OCR:
            raise ValueError(f"ocr={self.ocr!r}: it is one of {', '.join(_OCR)}")
