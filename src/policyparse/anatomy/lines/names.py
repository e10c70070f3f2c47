"""Lines of nothing but organisations' names: issuers above the number, a signature above the date."""

from __future__ import annotations

import re
from functools import lru_cache

from ...organisations import is_organisation, region_of
from .rows import WHITE_SPACE
from .wording import is_title

_ORDINAL = re.compile(r"第\d{1,3}[届次]")
_AND_OTHERS = re.compile(r"等[\d一二三四五六七八九十]{1,3}个?(?:部门|单位|部委|委局)\s*\Z")
_HALF_NAME = re.compile(r"[\u4e00-\u9fff（）()“”、]{10,40}")
"""某省某某商业运营管."""


def looks_like_organisations(string: str) -> bool:
    """Whether a short string is one or several names of organisations: 市财政局　市教育局."""
    return _lists_organisations(string) if len(string) <= 300 else _lists_organisations.__wrapped__(string)


@lru_cache(maxsize=1024)
def _lists_organisations(string: str) -> bool:
    if "第" in string:
        string = _ORDINAL.sub("", string)  # 某市第24届省运会筹备委员会
    if "等" in string:
        string = _AND_OTHERS.sub("", string)  # 某市住房和城乡建设局等4部门
    if not 2 <= len(string.strip()) <= 160 or any(c in string for c in "。：:，,；;《》！？0123456789"):
        return False
    parts = [p for p in re.split(r"[\s、]+", WHITE_SPACE.sub(" ", string).strip()) if p]
    flat = "".join(parts)
    if all(len(p) == 1 for p in parts):
        return is_organisation(flat)
    return (all(is_organisation(p) for p in parts) and len(flat) >= 2) or (len(flat) <= 40 and is_organisation(flat))


def is_first_half(above: str, flat: str) -> bool:
    """Whether a line holds the first half of a name that the next line ends: …商业运营管 / 理有限公司."""
    if not _HALF_NAME.fullmatch(above) or is_title(above) or looks_like_organisations(above):
        return False
    begins = region_of(above) is not None or above.startswith(("中国", "中共", "国家", "全国"))
    return begins and region_of(flat) is None and is_organisation(above + flat)
