"""Lists of organisations: splitting, brackets, shared prefixes and suffixes, collectives.

`split_units` works in three steps: cut at separators outside brackets (`cut`), join parts that could not stand
alone (`join`: 各市、县人民政府 is one name, 各处室、机关党委 are two), restore an elided prefix (`restore`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from .cut import cut_parts, without_others
from .join import join_parts
from .kinds import KINDS
from .names import Region, is_organisation, region_of
from .restore import Unit, restore

__all__ = ["KINDS", "Region", "Unit", "is_organisation", "region_of", "split_units"]

_LONGEST_KEPT = 200
_LEAD = re.compile(r"\s*(?:由|[:：·])\s*")


def split_units(string: str, start: int = 0, end: int | None = None, *, spaces: bool = False) -> list[Unit]:
    """Units of a list. `spaces`: white space separates too (table cells, signatures)."""
    stop = len(string) if end is None else end
    if stop - start > _LONGEST_KEPT:
        return _split(string, start, stop, spaces)
    units = _split_again(string[start:stop], spaces)
    return [Unit(u.start + start, u.end + start, u.name, u.full_name) for u in units]


@lru_cache(maxsize=4096)
def _split_again(text: str, spaces: bool) -> tuple[Unit, ...]:
    """A document names the same units again and again."""
    return tuple(_split(text, 0, len(text), spaces))


def _split(string: str, start: int, end: int, spaces: bool) -> list[Unit]:
    end = without_others(string, start, end)
    lead = _LEAD.match(string, start, end)
    return restore(join_parts(string, cut_parts(string, lead.end() if lead else start, end, spaces)))
