"""Lists of organisations: splitting, brackets, shared prefixes and suffixes, collectives.

`split_units` works in three steps: cut at separators outside brackets (`cut`), join parts that could not stand
alone (`join`: 各市、县人民政府 is one name, 各处室、机关党委 are two), restore an elided prefix (`restore`).
"""

from __future__ import annotations

import re

from .cut import cut_parts, without_others
from .join import join_parts
from .names import Region, is_organisation, region_of
from .restore import Unit, restore

__all__ = ["Region", "Unit", "is_organisation", "region_of", "split_units"]

_LEAD = re.compile(r"\s*(?:由|[:：·])\s*")


def split_units(string: str, start: int = 0, end: int | None = None, *, spaces: bool = False) -> list[Unit]:
    """Units of a list. `spaces`: white space separates too (table cells, signatures)."""
    stop = without_others(string, start, len(string) if end is None else end)
    lead = _LEAD.match(string, start, stop)
    return restore(join_parts(string, cut_parts(string, lead.end() if lead else start, stop, spaces)))
