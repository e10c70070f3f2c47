"""Names of the texts that a notice says it issues: by them their titles are known further down."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from .lines.kinds import bare, doc_type_of
from .lines.rows import Row
from .model import Head

ISSUED = re.compile(r"印发|转发|下发|发布|公布|颁布|批转|印送")
"""In a title: 关于印发《某某规定》的通知."""
ISSUING = re.compile(r"印发|转发|下发|发布|公布|颁布|批转|印送|制定|同意")
"""In the first sentences of such a notice: 经同意，现将《某某规定》…."""
_HANDED = re.compile(r"(?:印发|转发|下发)给你们|现予?以?(?:印发|转发|发布|公布)|制[定订]了?《|一并(?:印发|转发)")
"""In the first sentences of a notice whose title says nothing of it: 现将《某某规定》印发给你们."""
_QUOTED = re.compile(r"《([^《》]{4,120}(?:《[^《》]{1,60}》[^《》]{0,60})?)》")
"""《某某省实施《某某法》办法》: a name may hold another."""
_NOTICE = re.compile(r"的(?:通知|函|公告|通告|决定|批复)(?:[（(].*)?$")
_SIGNS = re.compile(r"\W")
LONGEST_TITLE = 120
"""Signs of a line that may be a title or an entry of a list of titles."""


def expected_names(title: str, rows: list[Row], head: Head) -> list[str]:
    """Names of the texts that the notice issues: from its title and from its first sentences."""
    names: list[str] = []
    m = ISSUED.search(title)
    if m:
        rest = title[m.end() :]
        names += _QUOTED.findall(rest)
        if not names and (core := _NOTICE.sub("", rest)) != rest:
            names.append(core)
    for row in rows[head.body : head.body + 4]:
        if len(row.raw) < 2000 and "《" in row.raw and (ISSUING if m else _HANDED).search(row.raw):
            names += [n for n in _QUOTED.findall(row.flat) if n not in names]
    return [n for n in names if doc_type_of(n) or len(n) > 5]


def similar(a: str, b: str) -> bool:
    """Whether two names mean one text: 《十一旅游整治方案》 and 某片区十一旅游整治方案."""
    (kind, pairs), (other_kind, others) = _core(a), _core(b)
    if len(pairs) < 3 or len(others) < 3 or kind != other_kind:
        return False
    both = len(pairs & others)
    return both >= 0.66 * min(len(pairs), len(others)) and both >= 0.4 * max(len(pairs), len(others))


@lru_cache(maxsize=256)
def _core(name: str) -> tuple[str | None, frozenset[str]]:
    """文种 and pairs of characters of a name."""
    core = plain(bare(name))
    return doc_type_of(core), frozenset(map("".join, pairwise(core)))


def plain(name: str) -> str:
    """A name without the signs and gaps in which two writings of it differ."""
    return _SIGNS.sub("", name)
