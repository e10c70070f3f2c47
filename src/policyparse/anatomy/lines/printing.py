"""Lines of the imprint (版记), which closes a document and belongs to none of its texts."""

from __future__ import annotations

import re

_PRINTED = re.compile(r"印\s*(?:发|制|刷)\s*[）)]?\s*(?:[（(].{0,12}[）)])?\s*$|共\s*印\s*\d+\s*份")
"""某市人民政府办公室 2018年3月1日印发, 共印50份."""
_IMPRINT = re.compile(r"(?:主题词|抄\s*送|抄\s*报|抄\s*致|分\s*送|内部发送|[（(]?共印\d|校对[:：]|打字[:：]|印发机关)")
"""抄送：市委办公室, 主题词：农业 通知."""


def is_printing(flat: str) -> bool:
    """Whether the line belongs to the imprint (版记): 抄送：…, …办公室 2018年3月1日印发."""
    if flat[:1] in "主抄分内（(校打印" and _IMPRINT.match(flat):
        return True
    if "印" not in flat[-24:]:
        return False
    return (
        len(flat) <= 90
        and _PRINTED.search(flat) is not None
        and any(c.isdigit() or c == "〇" for c in flat)
        and "。" not in flat[:-1]
    )
