"""Which numbering style stands above which in a part, where the order is not the usual one of `RANK`.

一、 divides an article by rule (第三条 … 一、…；二、…). A list of policies may be written the other way round:
一、 with its title, then 第一条 … 第八条, 二、 with its title, then 第九条 …, as if 一、 were a chapter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .node import Node
from .styles import BARE, HEADING, RANK, SISTERS

_SLIP = 3
"""So far the lower numbers may leap (an article that was not read)."""
_SEVERAL = 2
_BELOW = 0.5
"""The lower style comes right after the upper one, above all that usually follows."""
_UNFIT = BARE | {HEADING}


def ranks(markers: Sequence[Node]) -> Mapping[str, float]:
    """The level of each style in a part with these markers."""
    for n, (upper, lower) in enumerate(pairwise(markers)):
        if (
            upper.value == 1 == lower.value
            and RANK[lower.style] < RANK[upper.style]
            and not (upper.inline or lower.inline)
            and upper.style not in _UNFIT
            and lower.style not in _UNFIT
            and lower.style not in SISTERS.get(upper.style, ())
            and _counts_on(upper.style, lower.style, markers, n)
        ):
            return {**RANK, lower.style: RANK[upper.style] + _BELOW}
    return RANK


def _counts_on(upper: str, lower: str, markers: Sequence[Node], first: int) -> bool:
    """Whether the lower numbers count on through the upper ones, several to one: 一、 1 2 3 二、 4 5 三、 6.

    An upper number that begins again (一、 inside an article) or a lower one that does leaves the usual order.
    """
    above = below = held = most = 0
    on = False
    for i in range(first, len(markers)):
        m = markers[i]
        if m.inline:
            continue
        if m.style == upper:
            if m.value != above + 1:
                return False
            above, held = m.value, 0
        elif m.style == lower:
            if not below < m.value <= below + _SLIP:
                return False
            below, held, on = m.value, held + 1, above > 1
            most = max(most, held)
    return on and most >= _SEVERAL
