"""Lines of the head that make a title together: a page breaks them, repeats them and puts names above them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..organisations import is_organisation
from ..text import Span
from .issued import ISSUED
from .lines.days import trailing_day
from .lines.kinds import doc_type_of
from .lines.labels import annex_label
from .lines.marks import SITE, is_mark
from .lines.names import looks_like_organisations
from .lines.numbers import number_span
from .lines.rows import Row
from .lines.wording import is_title, is_version
from .model import Head

_NOTICE = "通知|函|复函|批复|意见|决定|通报|公告|通告|请示|报告"
_OPEN_END = re.compile(r"(?:关于|印发|转发|批转|下发|发布|公布|的|和|与|及|《|“|、|——|—)$")
"""某某市人民政府关于 / …: the title goes on below."""
_STARTS_OPEN = re.compile(r"(?:关于|印发|转发|批转|《|“|的|—|（)")
"""…/ 关于做好某某工作的通知, … / （试行）: the title has begun above."""
_LONGEST_REST = 6
"""Signs of a name that run over to the next line: …人民政府办公 / 室."""
_DEFINITE = re.compile(rf"(?:{_NOTICE})$")
"""…的通知: a title that nothing more is expected of."""
_ISSUING = re.compile(rf"的[^的《》]{{0,4}}(?:{_NOTICE})$")
"""关于印发某某实施意见的通知; without 的 the issued text ends there (关于印发某某反馈意见 / 整改方案的通知)."""
_PAGE_TITLE = re.compile(
    rf"(?P<title>[^_|｜]{{6,120}}?的(?:紧急|补充)?(?:{_NOTICE}))\s*[-_—–－]{{1,2}}\s*[^-_—–－。，：\s]{{2,20}}"
    r"(?:\s*[-_—–－]{1,2}\s*[^-_—–－。，：\s]{2,20}){0,3}\s*\Z"
)
"""…的通知-通知公告-某某市统计局: the title of the web page."""
_VISITED = re.compile(
    r".(?:贯彻|落实|迎接|接受|配合|迎).{0,30}(?:督[察导查]|巡[视察]|检查|考核|评估|验收|审计|核查)组$"
)
"""某县贯彻落实省生态环境保护督察组 / 督察反馈意见整改方案: a title's first line, no body's name."""


class Candidate(NamedTuple):
    """Consecutive rows that may make a title."""

    first: int
    last: int
    span: Span
    flat: str
    complete: bool
    centred: bool


def candidates(head: Head, region: list[Row]) -> list[Candidate]:
    """Title candidates: rows joined until they end in a 文种."""
    groups: list[Candidate] = []
    cur: list[Row] = []
    previous, flat, goes_on = -1, "", False
    for i, row in enumerate(region):
        outside = row.index >= head.body
        if cur and (outside or row.index != previous + 1):
            groups += _candidate(cur, flat)
            cur, flat = [], ""
        previous = row.index
        if outside or not (_may_title(row) or (cur and _last_word(cur[-1], row))):
            groups += _candidate(cur, flat)
            cur, flat = [], ""
            continue
        if cur and not goes_on and not _joins(cur, flat, row) and not _last_word(cur[-1], row):
            groups += _candidate(cur, flat)
            cur, flat = [], ""
        cur.append(row)
        flat += row.flat
        goes_on = False
        if len(cur) > 6 or len(flat) > 160:
            cur, flat = [], ""
        elif is_title(flat):
            goes_on = _continues_title(flat, region[i + 1] if i + 1 < len(region) else None)
            if not goes_on:
                groups += _candidate(cur, flat)
                cur, flat = [], ""
    return groups + _candidate(cur, flat)


def _candidate(rows: list[Row], flat: str) -> list[Candidate]:
    """The candidate that rows make together which `flat` joins, if any."""
    if not rows:
        return []
    if is_title(flat):
        return [_group(rows, flat, True)]
    if len(rows) == 1 and (page := _PAGE_TITLE.match(rows[0].raw)):
        return [_page_title(rows[0], page)]
    return [_group(rows, flat, False)] if 6 <= len(flat) <= 100 and not SITE.search(flat) else []


def _group(rows: list[Row], flat: str, complete: bool) -> Candidate:
    return Candidate(
        rows[0].index,
        rows[-1].index,
        Span(rows[0].core.start, rows[-1].core.end) if len(rows) > 1 else rows[0].core,
        flat,
        complete,
        all(r.centred for r in rows),
    )


def _page_title(row: Row, m: re.Match[str]) -> Candidate:
    span = Span(row.core.start, row.line.start + m.end("title"))
    return Candidate(row.index, row.index, span, re.sub(r"\s", "", m["title"]), True, row.centred)


def _may_title(row: Row) -> bool:
    """Whether a row of the head can be part of a title."""
    flat = row.flat
    if not flat or len(flat) > 130 or flat.endswith(("：", ":", "。", "；", "，")) or number_span(row):
        return False
    if is_mark(flat) or annex_label(row):
        return False
    if (
        flat.endswith(("文件", "文"))
        and "关于" not in flat
        and "印发" not in flat
        and is_organisation(flat.removesuffix("文件"))
    ):
        return False
    return trailing_day(row.raw) is None and not (SITE.search(flat) and not is_title(flat))


def _joins(cur: list[Row], flat: str, row: Row) -> bool:
    """Whether `row` continues the title begun by `cur`, which `flat` joins."""
    if is_title(flat) and _starts_anew(row.flat):
        return row.flat.startswith(("（", "(")) and len(row.flat) <= 24
    if _OPEN_END.search(flat) or row.flat.startswith(("的", "）", "》")):
        return True
    if len(row.flat) <= _LONGEST_REST and not _bodies(cur) and _bodies([*cur, row]):
        return True  # …某某市人民政府办公 / 室
    about = row.flat.find("关于")
    if about > 0 and is_organisation(row.flat[:about]):  # a site's name above X市人民政府办公室关于… is no issuer
        return _bodies(cur) and not row.flat.startswith(flat)
    if _is_body(row) and all(_is_body(r) for r in cur):
        return row.flat not in flat
    if _STARTS_OPEN.match(row.flat) or re.match(r"(?:19|20)\d\d年|“?十[二三四五六]五", row.flat):
        return _bodies(cur) or "关于" in flat or "印发" in flat
    if flat.startswith("关于") or "关于" in flat or "印发" in flat:
        return True
    if _is_body(row):
        return False  # a page's own title above 某某镇人民政府 / 关于印发…的通知
    return not _is_body(cur[-1]) and cur[-1].centred == row.centred and len(flat) >= 4 and not SITE.search(flat)


def _last_word(before: Row, row: Row) -> bool:
    """关于开展某某活动的 / 通  知: the 文种 has the last line of the title to itself."""
    if row.flat in ("公告", "通告") and looks_like_organisations(before.raw):
        return True  # 某某市水利局 / 通　告
    return before.flat.endswith("的") and re.fullmatch(_NOTICE, row.flat) is not None


def _bodies(rows: list[Row]) -> bool:
    """Whether the rows name organisations and nothing else; a name may go on over a line."""
    return all(_is_body(r) for r in rows) or (len(rows) > 1 and looks_like_organisations("".join(r.raw for r in rows)))


def _is_body(row: Row) -> bool:
    return looks_like_organisations(row.raw) and _VISITED.search(row.flat) is None


def _starts_anew(flat: str) -> bool:
    return not flat.startswith(("的", "）", "》"))


def _continues_title(flat: str, following: Row | None) -> bool:
    """…关于印发某某实施方案 / 的通知: a complete-looking title whose last line is still to come."""
    if following is None or not _may_title(following):
        return False
    if is_version(following.flat):
        return True
    if following.flat.startswith("的") and doc_type_of(following.flat):
        return True
    half = ISSUED.search(flat) is not None or flat.startswith("关于") or "关于" in flat
    open_quote = flat.count("《") > flat.count("》") or flat.count("“") > flat.count("”")
    definite = _ISSUING if ISSUED.search(flat) else _DEFINITE
    if not definite.search(flat) and half and (_ends_notice(following.flat) or open_quote):
        return not following.flat.startswith("关于") and len(following.flat) <= 45 and "关于" not in following.flat
    return open_quote


def _ends_notice(flat: str) -> bool:
    return _DEFINITE.search(flat) is not None
