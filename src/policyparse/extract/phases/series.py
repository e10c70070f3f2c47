"""A list of stages while it is read."""

from __future__ import annotations

from typing import NamedTuple

from ...outline import Node
from ...stages import Head

MAX_STAGES = 12
"""A list of more is none of stages."""


class Item(NamedTuple):
    """What may be a stage: a numbered item, or a paragraph or clause that begins like one."""

    start: int
    content: int
    end: int
    children: tuple[Node, ...] = ()


Series = list[tuple[Item, Head]]


def in_order(heads: Series) -> bool:
    """No stage ends before the one ahead of it."""
    ends = [last for _, h in heads if (period := h.period) and (last := period.last)]
    return ends == sorted(ends)
