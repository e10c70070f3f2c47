"""Whether a line reads as a title or as running text: what is the one is not the other."""

from __future__ import annotations

import re
from functools import lru_cache

from .kinds import LAST_SIGNS, doc_type_of
from .rows import Row

NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[、．.](?!\d)|第[一二三四五六七八九十百]{1,4}[章条节编]|[一二三四五]是)"
)
"""一、, （三）, 2.; 第四章, 五是."""
SENTENCE = re.compile(r"[。！？；;]")
"""Signs of running text; a comma is none, titles have it, too."""
_PROSE_START = re.compile(r"为(?!民)|根据|按照|依据|依照|遵照|现将|现就|近年来|今年以来|经|当前|最近|随着|自|从")
"""为贯彻落实…, 现将…; not 为民服务…."""
_VERSION = re.compile(r"[（(][^（）()]{1,24}[）)]")
_NO_VERSION = re.compile(r"[月日号]|公开|联系|通过|会议|删减|电话|此件|附|签发|代拟|盖章|送审稿?$")
"""（某局 2018年3月1日）, （公开方式：主动公开）, （联系人：…）."""
_COLUMNS = re.compile(r"序[ 　]{0,4}号(?:[ \t　]+\S{2,12}){2,20}\s*$")
"""序号　任务　责任单位."""


def is_title(flat: str) -> bool:
    """Whether a line (or joined lines) reads as a whole title: no sentence, ends in a 文种."""
    return 4 <= len(flat) <= 150 and flat[-1] in LAST_SIGNS and _is_title(flat)


@lru_cache(maxsize=1024)
def _is_title(flat: str) -> bool:
    """The same lines are asked about again and again while a title is put together."""
    return doc_type_of(flat) is not None and not (
        SENTENCE.search(flat)
        or "：" in flat
        or ":" in flat
        or flat.endswith(("，", "、"))
        or NUMBERED.match(flat)
        or is_prose_start(flat)
    )


def is_version(flat: str) -> bool:
    """Whether a line goes on with the title above it: （试行）, （2021—2023年）, not （某局 2018年3月1日）."""
    return _VERSION.fullmatch(flat) is not None and not _NO_VERSION.search(flat)


def is_prose_start(flat: str) -> bool:
    """Whether the line opens as running text does: 为贯彻落实…, 根据…, 现将…."""
    return _PROSE_START.match(flat) is not None and not flat.startswith(
        ("经济", "自然", "自治", "自贸", "从化", "从严", "从江")
    )


def is_prose(row: Row) -> bool:
    """Whether the paragraph is running text, a numbered heading, or a table row: the body has begun."""
    flat = row.flat
    if row.table or NUMBERED.match(flat) or heads_columns(row):
        return True
    if is_prose_start(flat) and ((len(flat) > 16 and not is_title(flat)) or flat.endswith("：")):
        return True
    return (SENTENCE.search(flat) is not None and (len(flat) > 12 or flat.endswith("。"))) or (
        len(flat) > 60 and flat.count("，") + flat.count(",") >= 2
    )


def heads_columns(row: Row) -> bool:
    """Whether the line names the columns of a table that spaces draw: 序号  存在问题  整改措施."""
    return row.raw.startswith("序") and _COLUMNS.match(row.raw) is not None
