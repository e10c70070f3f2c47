"""A goal told before the favour that is to reach it: 到年底贷款余额突破10亿元，对首次贷款户给予贴息."""

from __future__ import annotations

import re

_GOAL = re.compile(
    r"[^，,。；;\n的]{0,40}(?:突破|超过|达到?|不低于|不少于|增长|实现)[^，,。；;\n]{0,24}[，,。；;](?<!的[，,。；;])"
)


def opens_with_goal(after: str) -> bool:
    """Whether what stands behind 到年底, 力争年内 says first what is reached by then."""
    return _GOAL.match(after) is not None
