"""Where the words of stages (阶段, 步) stand: looked for once, for all that asks whether one is near."""

from __future__ import annotations

import sys
from bisect import bisect_left

from ..search import places


class Marks:
    """Offsets of each 阶段 and 步 (步骤, 第一步, also 进一步) in a text, in order."""

    def __init__(self, string: str) -> None:
        self.places = places(string, ("阶段", "步"))
        self._places = [*self.places, sys.maxsize]

    def within(self, start: int, end: int) -> bool:
        """Whether one begins in `[start, end)`."""
        return self._places[bisect_left(self._places, start)] < end
