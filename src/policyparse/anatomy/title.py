"""The title of a document (标题): over several lines, repeated by the web page, glued to number or recipients."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..numbers import find_numbers
from ..organisations import is_organisation
from ..text import Span
from .lines.days import trailing_day
from .lines.kinds import doc_type_of
from .lines.labels import annex_label
from .lines.names import looks_like_organisations
from .lines.numbers import number_span, without_mark
from .lines.rows import Row
from .lines.wording import is_title, is_version
from .model import Head

_NOTICE = "通知|函|复函|批复|意见|决定|通报|公告|通告|请示|报告"


SITE = re.compile(
    r"门户网站|政府网|信息公开(?!.*(?:通知|办法|规定|方案|意见|指南|目录|要点|制度|报告))|专栏|频道|首页|>>|›|»| > |\|"
)


SMALL = re.compile(
    r"[【\[（(]?(?:机密|秘密|绝密|特急|加急|特提|平急|急件|特急件|签发人|\d{6}$|№|份号|密级|内部|保密期限|此件)"
)


TELEGRAM = re.compile(
    r"(?:发往|发电(?:单位|机关)?|签批(?:盖章)?|签发(?:人)?|等级|密级|缓急|主送)[:：]?"
    r"(?=.{0,40}(?:签批|等级|明电|特急|加急|平急|报头))"
)
"""The form at the head of a telegram: 发往：见报头　签批盖章：…, 等级：特急·明电."""
_TELEGRAM_MARK = re.compile(r"(?:明传电报|内部电报|明传|传真电报|电报)$")


_ISSUES = re.compile(r"印发|转发|下发|发布|公布|颁布|批转|印送")


_OPEN_END = re.compile(r"(?:关于|印发|转发|批转|下发|发布|公布|的|和|与|及|《|“|、|——|—)$")


_STARTS_OPEN = re.compile(r"(?:关于|印发|转发|批转|《|“|的|—|（)")


_ANNOUNCED = re.compile(r"(?:公告|通告|令)\s*[（(](\s*(?:(?:19|20)\d\d\s*年\s*)?第\s*\d{1,5}\s*号)\s*[）)]\s*$")
"""…的公告（2021年第121号）."""


_LONGEST_REST = 6
_DEFINITE = re.compile(rf"(?:{_NOTICE})$")
_ISSUING = re.compile(rf"的[^的《》]{{0,4}}(?:{_NOTICE})$")
"""关于印发某某实施意见的通知; without 的 the issued text ends there (关于印发某某反馈意见 / 整改方案的通知)."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Consecutive rows that make a title."""

    first: int
    last: int
    span: Span
    flat: str
    complete: bool
    centred: bool
    glued: bool = False


def find_title(head: Head, region: list[Row]) -> None:
    """Set the title of `head`, and what stands on its lines: number, recipients."""
    _choose_title(head, region)
    _glued_title(head, region)
    if head.title:
        _after_number(head, region)
        _once(head, region)


def _once(head: Head, region: list[Row]) -> None:
    """A title that the page prints twice on one line counts once, at its second place."""
    assert head.title
    row = next(r for r in region if r.line.end > head.title.start)
    if head.title.end > row.line.end:
        return
    raw = row.raw[head.title.start - row.line.start : head.title.end - row.line.start]
    flat = "".join(raw.split())
    half = len(flat) // 2
    if half < 8 or len(flat) % 2 or flat[:half] != flat[half:]:
        return
    at, seen = 0, 0
    while seen < half:
        seen += not raw[at].isspace()
        at += 1
    at += len(raw[at:]) - len(raw[at:].lstrip())
    head.title, head.title_text = Span(head.title.start + at, head.title.end), flat[half:]


def _groups(head: Head, region: list[Row]) -> list[_Group]:
    """Title candidates: rows joined until they end in a 文种."""
    groups: list[_Group] = []
    cur: list[Row] = []

    def flush() -> None:
        if cur:
            flat = "".join(r.flat for r in cur)
            if is_title(flat):
                groups.append(_group(cur, flat, True))
            elif len(cur) == 1 and (page := _PAGE_TITLE.match(cur[0].raw)):
                groups.append(_page_title(cur[0], page))
            elif 6 <= len(flat) <= 100 and not SITE.search(flat):
                groups.append(_group(cur, flat, False))
            cur.clear()

    previous, goes_on = -1, False
    for i, row in enumerate(region):
        if row.index >= head.body or row.index != previous + 1:
            flush()
        previous = row.index
        if row.index >= head.body or not (_may_title(row) or (cur and _last_word(cur[-1], row))):
            flush()
            continue
        if cur and not goes_on and not _joins(cur, row) and not _last_word(cur[-1], row):
            flush()
        cur.append(row)
        flat = "".join(r.flat for r in cur)
        goes_on = False
        if len(cur) > 6 or len(flat) > 160:
            cur.clear()
        elif is_title(flat):
            goes_on = _continues_title(flat, region[i + 1] if i + 1 < len(region) else None)
            if not goes_on:
                flush()
    flush()
    return groups


def _last_word(before: Row, row: Row) -> bool:
    """关于开展某某活动的 / 通  知: the 文种 has the last line of the title to itself."""
    if row.flat in ("公告", "通告") and looks_like_organisations(before.raw):
        return True  # 某某市水利局 / 通　告
    return before.flat.endswith("的") and re.fullmatch(_NOTICE, row.flat) is not None


def _group(rows: list[Row], flat: str, complete: bool) -> _Group:
    return _Group(
        rows[0].index,
        rows[-1].index,
        Span(rows[0].core.start, rows[-1].core.end),
        flat,
        complete,
        all(r.centred for r in rows),
    )


_PAGE_TITLE = re.compile(
    rf"(?P<title>[^_|｜]{{6,120}}?的(?:紧急|补充)?(?:{_NOTICE}))\s*[-_—–－]{{1,2}}\s*[^-_—–－。，：\s]{{2,20}}"
    r"(?:\s*[-_—–－]{1,2}\s*[^-_—–－。，：\s]{2,20}){0,3}\s*\Z"
)
"""…的通知-通知公告-某某市统计局: the title of the web page."""


def _page_title(row: Row, m: re.Match[str]) -> _Group:
    span = Span(row.core.start, row.line.start + m.end("title"))
    return _Group(row.index, row.index, span, re.sub(r"\s", "", m["title"]), True, row.centred)


def _may_title(row: Row) -> bool:
    """Whether a row of the head can be part of a title."""
    flat = row.flat
    if not flat or len(flat) > 130 or flat.endswith(("：", ":", "。", "；", "，")) or number_span(row):
        return False
    if (
        _CONTENTS.match(flat)
        or SMALL.match(flat)
        or TELEGRAM.match(flat)
        or _TELEGRAM_MARK.search(flat)
        or flat in ("目录", "附件", "正文", "通知公告", "公告", "通知")
        or annex_label(row)
    ):
        return False
    if (
        re.search(r"文件$|文$", flat)
        and not re.search("关于|印发", flat)
        and is_organisation(re.sub("文件$", "", flat))
    ):
        return False
    return trailing_day(row.raw) is None and not (SITE.search(flat) and not is_title(flat))


def _joins(cur: list[Row], row: Row) -> bool:
    """Whether `row` continues the title begun by `cur`."""
    flat = "".join(r.flat for r in cur)
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


def _bodies(rows: list[Row]) -> bool:
    """Whether the rows name organisations and nothing else; a name may go on over a line."""
    return all(_is_body(r) for r in rows) or (len(rows) > 1 and looks_like_organisations("".join(r.raw for r in rows)))


_VISITED = re.compile(
    r".(?:贯彻|落实|迎接|接受|配合|迎).{0,30}(?:督[察导查]|巡[视察]|检查|考核|评估|验收|审计|核查)组$"
)
"""某县贯彻落实省生态环境保护督察组 / 督察反馈意见整改方案: a title's first line, no body's name."""


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
    half = _ISSUES.search(flat) is not None or flat.startswith("关于") or "关于" in flat
    open_quote = flat.count("《") > flat.count("》") or flat.count("“") > flat.count("”")
    definite = _ISSUING if _ISSUES.search(flat) else _DEFINITE
    if not definite.search(flat) and half and (_ends_notice(following.flat) or open_quote):
        return not following.flat.startswith("关于") and len(following.flat) <= 45 and "关于" not in following.flat
    return open_quote


def _ends_notice(flat: str) -> bool:
    return _DEFINITE.search(flat) is not None


def split_annex_title(head: Head, region: list[Row]) -> bool:
    """附件2 某某县补贴管理办法: only the annex survives, its label on the line of its title."""
    if not region or head.number or head.recipients or not (label := annex_label(region[0])):
        return False
    row = region[0]
    rest = row.raw[label.rest - row.line.start :]
    if not is_title("".join(rest.split())):
        return False
    head.annex_label, head.title, head.title_text = label.label, Span(label.rest, row.core.end), "".join(rest.split())
    head.body = max(head.body, row.index + 1) if head.body != row.index else row.index + 1
    return True


def _choose_title(head: Head, region: list[Row]) -> None:
    """The last whole title before the recipients or the body; the web page often repeats it above."""
    limit = head.recipients.start if head.recipients else None
    groups = [g for g in _groups(head, region) if limit is None or g.span.start < limit]
    if not groups:
        return
    complete = [g for g in groups if g.complete]
    if not complete and not groups[-1].centred and not _plain_title(groups[-1], head, limit):
        return
    chosen = complete[-1] if complete else groups[-1]
    if len(complete) > 1 and head.recipients is None:
        for earlier in complete[:-1]:
            if (
                _ISSUES.search(earlier.flat)
                and _letters(chosen.flat) != _letters(earlier.flat)
                and _letters(chosen.flat) in _letters(earlier.flat)
            ):
                head.enclosed_row = chosen.first
                head.body = chosen.first
                chosen = earlier
                break
    head.title, head.title_text = chosen.span, chosen.flat


_CONTENTS = re.compile(r"\d(?:\.\d{1,2}){0,3}(?![\d年月日条项个届批.·—-])")
"""1.1编制目的: a line of a table of contents, not 2023年… or 18条措施."""
_LEADING = re.compile(r"\s*(?:特急|加急|急件|特提)?\s*")


def _after_number(head: Head, region: list[Row]) -> None:
    """青政办〔2020〕7号关于…的通知: the number stands before the title on its line."""
    assert head.title
    row = next(r for r in region if r.line.end > head.title.start)
    found = find_numbers(row.raw[:90]) if "号" in row.raw[:90] else []
    if not found or not (lead := _LEADING.match(row.raw)) or found[-1].end >= 90:
        return
    if found[0].start > lead.end() and without_mark(row.raw[: found[0].start]):
        return
    at = row.line.start + found[-1].end
    if head.number is None:
        head.number = Span(row.line.start + found[0].start, at)
    start = at + len(row.raw[found[-1].end :]) - len(row.raw[found[-1].end :].lstrip())
    if start >= head.title.end or "号" not in head.title_text:
        return
    head.title = Span(start, head.title.end)
    head.title_text = head.title_text[head.title_text.index("号") + 1 :]


def _plain_title(group: _Group, head: Head, limit: int | None) -> bool:
    """Whether lines that end in no 文种 are a title all the same: short, unpunctuated, right above the text."""
    if limit is None and group.last + 1 != head.body:
        return False
    if len(group.flat) > 60 or re.search(r"[，。：；:;,!?！？]|\d{4}-\d\d", group.flat) or group.last - group.first > 2:
        return False
    return not is_organisation(group.flat) and group.first <= 12


def _letters(flat: str) -> str:
    return re.sub(r"[^\w]", "", flat)


def _glued_title(head: Head, region: list[Row]) -> None:
    """…的通知中国人民银行上海总部、各分行：: title and recipients on one line; or title and number on one line."""
    rec = head.recipients
    for row in region:
        if rec and row.line.start < rec.start <= row.line.end:
            lead = row.raw[: rec.start - row.line.start]
            flat = "".join(lead.split())
            if is_title(flat) and not (head.title and head.title.end > row.line.start):
                lead = _without_number(head, row, lead.rstrip())
                head.title, head.title_text = Span(row.core.start, row.line.start + len(lead)), "".join(lead.split())
            return
    if head.title:
        _split_number(head, region)


def _without_number(head: Head, row: Row, lead: str) -> str:
    """The title before its number, which is noted: …的通知（青政发〔2019〕5号）."""
    found = find_numbers(lead) if lead.endswith(("号", "号）", "号)")) else []
    if not found or lead[found[-1].end :].strip("）) "):
        return lead
    if head.number is None:
        head.number = Span(row.line.start + found[-1].start, row.line.start + found[-1].end)
    return lead[: found[-1].start].rstrip(" \t　（(")


def _split_number(head: Head, region: list[Row]) -> None:
    """A number in brackets at the end of the title line: …的通知（国办发〔2018〕1号）."""
    assert head.title
    for row in region:
        if not (row.line.start <= head.title.end - 1 < row.line.end):
            continue
        if (counted := _ANNOUNCED.search(row.raw)) and head.number is None:
            head.number = Span(row.line.start + counted.start(1), row.line.start + counted.end(1))
            return
        found = find_numbers(row.raw)
        if found and not row.raw[found[-1].end :].strip(" 　）)\t") and head.number is None:
            before = row.raw[: found[0].start].rstrip(" 　（(\t")
            flat = re.sub(r"\s", "", before)
            if doc_type_of(flat):
                head.number = Span(row.line.start + found[0].start, row.line.start + found[-1].end)
                head.title = Span(head.title.start, row.line.start + len(before))
        return
