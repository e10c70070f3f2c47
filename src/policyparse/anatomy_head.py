"""The head of a document: page metadata, issuing mark (发文机关标志), number, title, recipients, and where the body begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .anatomy_lines import (
    DAY,
    NOISE,
    Row,
    annex_label,
    doc_type_of,
    is_prose,
    is_title,
    is_version,
    looks_like_organisations,
    number_span,
    recipients_end,
    trailing_day,
)
from .numbers import find_numbers
from .organisations import is_organisation
from .text import Span

_LABELLED = re.compile(r"\s*[【\[]?([^：:】\]\s][^：:】\]]{0,14})[】\]]?\s*[:：】]")
_ISSUES = re.compile(r"印发|转发|下发|发布|公布|颁布|批转|印送")
_OPEN_END = re.compile(r"(?:关于|印发|转发|批转|下发|发布|公布|的|和|与|及|《|“|、|——|—)$")
_STARTS_OPEN = re.compile(r"(?:关于|印发|转发|批转|《|“|的|—|（)")
_NOTICE = "通知|函|复函|批复|意见|决定|通报|公告|通告|请示|报告"
_ADDRESSED = re.compile(r"\s*主\s*送(?:机关|单位)?\s*[:：]\s*")
_COLLECTIVE_START = re.compile(r"各|有关|市直|省直|区直|县直|州直|机关各|局属|厅属")
_KIND = re.compile(r"(?<!的)(?:公告|令|通告)$")
_COUNTED = re.compile(r"[（(]?(?:(?:19|20)\d\d年)?第[\d〇零一二三四五六七八九十百]{1,6}号[）)]?")
_ANNOUNCED = re.compile(r"(?:公告|通告|令)\s*[（(](\s*(?:(?:19|20)\d\d\s*年\s*)?第\s*\d{1,5}\s*号)\s*[）)]\s*$")
"""…的公告（2021年第121号）."""
_GLUED = re.compile(rf"的(?:紧急|补充)?(?:{_NOTICE})(?:（[^（）]{{1,12}}）)?\s*(?![》〉”])")
_DEFINITE = re.compile(rf"(?:{_NOTICE})$")
_SITE = re.compile(
    r"门户网站|政府网|信息公开(?!.*(?:通知|办法|规定|方案|意见|指南|目录|要点|制度|报告))|专栏|频道|首页|>>|›|»| > |\|"
)
_COPY = re.compile(r"(?:№|NO[.．]?)?\s*\d{6}$|\d{6}$", re.IGNORECASE)
_SMALL = re.compile(r"(?:机密|秘密|绝密|特急|加急|特提|平急|急件|特急件|签发人|\d{6}$|№|份号|密级|内部|保密期限|此件)")


@dataclass(slots=True)
class Head:
    """Places of the header elements; `first` is the first row of the head, `body` the first row of the body."""

    first: int = 0
    body: int = 0
    title: Span | None = None
    title_text: str = ""
    number: Span | None = None
    mark: Span | None = None
    recipients: Span | None = None
    annex_label: Span | None = None
    byline: Span | None = None
    """署名 under the title of a text that has none at its end."""
    dateline: Span | None = None
    """（2018年3月1日） under the title."""
    enclosed_row: int | None = None
    """Row of the enclosed text's title where it follows the notice's title directly."""


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


def read_head(rows: list[Row], total: int) -> Head:
    """The head of the document, from its first rows (`total` is the number of rows of the whole text)."""
    head = Head()
    usable = [not (r.line.meta or is_meta_row(r)) for r in rows]
    body = _first_body_row(rows, usable)
    head.body = body if body is not None else min(len(rows), total)
    region = [r for r in rows[: head.body + 1] if usable[r.index] and not (r.index == head.body and r.table)]
    _find_recipients(head, region)
    _find_number(head, region)
    if _annex_title(head, region):
        _find_byline(head, rows, usable)
        _close(head, rows, usable)
        return head
    _choose_title(head, region)
    _glued_title(head, region)
    if head.title:
        _after_number(head, region)
    if head.recipients is None:
        _unclosed_list(head, region)
    _find_mark(head, region)
    _find_byline(head, rows, usable)
    _bound_body(head, rows, usable)
    _close(head, rows, usable)
    return head


def _bound_body(head: Head, rows: list[Row], usable: list[bool]) -> None:
    """The body begins right after the recipients, or at the latest after the last element of the head."""
    if head.recipients is not None:
        end = head.recipients.end
    elif head.body >= len(rows):
        end = max((x.end for x in (head.title, head.number, head.byline, head.dateline) if x), default=0)
    else:
        return
    after = next((r.index for r in rows if r.line.start >= end and usable[r.index]), len(rows))
    if after < head.body and (end or head.body >= len(rows)):
        head.body = after


def is_meta_row(row: Row) -> bool:
    """Whether a row before the document is a page's own: label：value, breadcrumb, share buttons."""
    flat = row.flat
    return not flat or NOISE.match(flat) is not None or " > " in row.raw or ">>" in flat


def _first_body_row(rows: list[Row], usable: list[bool]) -> int | None:
    for row in rows:
        if not usable[row.index] or number_span(row) or (annex_label(row) and row.index < 4 and len(row.flat) < 40):
            continue
        if is_prose(row):
            if (
                not row.table
                and recipients_end(row.raw) is not None
                and len(row.raw) - (recipients_end(row.raw) or 0) < 8
            ):
                continue
            if (
                row.index + 1 < len(rows)
                and _glued_list(rows, rows[row.index + 1], rows[row.index + 1].raw.find("：")) is not None
            ):
                continue
            return row.index
    return None


def _find_recipients(head: Head, region: list[Row]) -> None:
    """主送机关: the line before the body that ends with a colon; it may run over several lines."""
    for row in region:
        start = 0
        end = recipients_end(row.raw)
        if end is None:
            for m in _GLUED.finditer(row.raw[:400]):
                end = recipients_end(row.raw, m.end())
                if end is not None:
                    start = m.end()
                    break
        if end is None:
            continue
        first = row.line.start + start
        at = row.index
        while at > 0 and start == 0 and region and _continues_recipients(region, at - 1):
            at -= 1
            first = next(r for r in region if r.index == at).core.start
        if at == row.index and start == 0 and row.index > 0 and (glued := _glued_list(region, row, end)) is not None:
            first, at = glued, row.index - 1
        lead = len(row.raw[start:end]) - len(row.raw[start:end].lstrip())
        if at == row.index:
            first += lead
        head.recipients = Span(first, row.line.start + end)
        if row.index == head.body and not row.raw[end + 1 :].strip():
            head.body = row.index + 1
        elif row.index < head.body and row.raw[end + 1 :].strip():
            head.body = row.index  # the body's first sentence stands on the same line
        return


def _glued_list(region: list[Row], row: Row, end: int) -> int | None:
    """Where recipients begin on the line above, right after the title: …的通知各市人民政府，/ 各有关单位：."""
    above = next((r for r in region if r.index == row.index - 1), None)
    if above is None or end < 0 or "的" not in above.raw or is_title(above.flat) or len(above.raw) > 500:
        return None
    for m in _GLUED.finditer(above.raw):
        if above.raw[m.end() :].strip() and recipients_end(above.raw[m.end() :] + row.raw[: end + 1]) is not None:
            return above.line.start + m.end()
    return None


def _continues_recipients(region: list[Row], index: int) -> bool:
    """各县（市、区）人民政府， on a line of its own above the line that closes the list."""
    row = next((r for r in region if r.index == index), None)
    if row is None or not row.flat.endswith(("，", ",", "、", "；", ";")):
        return False
    return recipients_end(row.raw.rstrip("，,、；; ") + "：") is not None


def _unclosed_list(head: Head, region: list[Row]) -> None:
    """主送机关 by its label (主送：…), or right under the title or number with its colon lost."""
    after = max((x.end for x in (head.title, head.number) if x), default=None)
    for row in region:
        label = _ADDRESSED.match(row.raw)
        if label:
            head.recipients = Span(row.line.start + label.end(), row.core.end)
            if row.index == head.body:
                head.body += 1
            return
        if after is None or row.index >= head.body or row.line.start < after or not _COLLECTIVE_START.match(row.flat):
            continue
        if row.flat[-1] not in "。：；" and not is_title(row.flat) and recipients_end(row.raw + "：") is not None:
            head.recipients = row.core
            return


def _find_number(head: Head, region: list[Row]) -> None:
    above: Row | None = None
    for row in region:
        found = number_span(row)
        named = above is not None and len(above.flat) <= 60 and _KIND.search(above.flat) is not None
        if named and above and (_COUNTED.fullmatch(row.flat) or (found and found[1][0].organ_code is None)):
            head.number = Span(above.core.start, row.core.end)  # 某某部公告 / 2023年第4号
            head.mark = above.core
            return
        if found:
            head.number = found[0]
            return
        above = row


def _groups(head: Head, region: list[Row]) -> list[_Group]:
    """Title candidates: rows joined until they end in a 文种."""
    groups: list[_Group] = []
    cur: list[Row] = []

    def flush() -> None:
        if cur:
            flat = "".join(r.flat for r in cur)
            if is_title(flat):
                groups.append(_group(cur, flat, True))
            elif 6 <= len(flat) <= 100 and not _SITE.search(flat):
                groups.append(_group(cur, flat, False))
            cur.clear()

    previous = -1
    for i, row in enumerate(region):
        if row.index >= head.body or row.index != previous + 1:
            flush()
        previous = row.index
        if row.index >= head.body or not _may_title(row):
            flush()
            continue
        if cur and not _joins(cur, row):
            flush()
        cur.append(row)
        flat = "".join(r.flat for r in cur)
        if len(cur) > 6 or len(flat) > 160:
            cur.clear()
        elif is_title(flat) and not _continues_title(flat, region[i + 1] if i + 1 < len(region) else None):
            flush()
    flush()
    return groups


def _group(rows: list[Row], flat: str, complete: bool) -> _Group:
    return _Group(
        rows[0].index,
        rows[-1].index,
        Span(rows[0].core.start, rows[-1].core.end),
        flat,
        complete,
        all(r.centred for r in rows),
    )


def _may_title(row: Row) -> bool:
    """Whether a row of the head can be part of a title."""
    flat = row.flat
    if not flat or len(flat) > 130 or flat.endswith(("：", ":", "。", "；", "，")) or number_span(row):
        return False
    if _SMALL.match(flat) or flat in ("目录", "附件", "正文", "通知公告", "公告", "通知") or annex_label(row):
        return False
    if (
        re.search(r"文件$|文$", flat)
        and not re.search("关于|印发", flat)
        and is_organisation(re.sub("文件$", "", flat))
    ):
        return False
    return trailing_day(row.raw) is None and not (_SITE.search(flat) and not is_title(flat))


def _joins(cur: list[Row], row: Row) -> bool:
    """Whether `row` continues the title begun by `cur`."""
    flat = "".join(r.flat for r in cur)
    if is_title(flat) and _starts_anew(row.flat):
        return row.flat.startswith(("（", "(")) and len(row.flat) <= 24
    if _OPEN_END.search(flat) or row.flat.startswith(("的", "）", "》")):
        return True
    about = row.flat.find("关于")
    if about > 0 and is_organisation(row.flat[:about]):
        return all(looks_like_organisations(r.raw) for r in cur)
    if _STARTS_OPEN.match(row.flat):
        return all(looks_like_organisations(r.raw) for r in cur) or "关于" in flat or "印发" in flat
    if flat.startswith("关于") or "关于" in flat or "印发" in flat:
        return True
    return (
        not looks_like_organisations(cur[-1].raw)
        and cur[-1].centred == row.centred
        and len(flat) >= 4
        and not _SITE.search(flat)
    )


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
    if not _DEFINITE.search(flat) and half and (_ends_notice(following.flat) or open_quote):
        return not following.flat.startswith("关于") and len(following.flat) <= 45 and "关于" not in following.flat
    return open_quote


def _ends_notice(flat: str) -> bool:
    return _DEFINITE.search(flat) is not None


def _annex_title(head: Head, region: list[Row]) -> bool:
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


_LEADING = re.compile(r"\s*(?:特急|加急|急件|特提)?\s*")


def _after_number(head: Head, region: list[Row]) -> None:
    """青政办〔2020〕7号关于…的通知: the number stands before the title on its line."""
    assert head.title
    row = next(r for r in region if r.line.end > head.title.start)
    found = find_numbers(row.raw[:60]) if "号" in row.raw[:60] else []
    if not found or not (lead := _LEADING.match(row.raw)) or found[0].start > lead.end() or found[-1].end >= 60:
        return
    at = row.line.start + found[-1].end
    if head.number is None:
        head.number = Span(row.line.start + found[0].start, at)
    start = at + len(row.raw[found[-1].end :]) - len(row.raw[found[-1].end :].lstrip())
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
            flat = re.sub(r"\s", "", lead)
            if is_title(flat) and not (head.title and head.title.end > row.line.start):
                head.title, head.title_text = Span(row.core.start, row.line.start + len(lead.rstrip())), flat
            return
    if head.title:
        _split_number(head, region)


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


def _find_mark(head: Head, region: list[Row]) -> None:
    """发文机关标志: X文件, or the issuers' names alone above the number."""
    stop = (
        min(x.start for x in (head.number, head.title, head.recipients) if x)
        if (head.number or head.title or head.recipients)
        else None
    )
    if stop is None:
        return
    best: list[Row] = []
    for row in region:
        if row.line.start >= stop:
            break
        flat = row.flat
        core = re.sub(r"文件$", "", flat)
        if (flat.endswith("文件") and len(flat) <= 60 and (is_organisation(core) or not core)) or (
            looks_like_organisations(row.raw) and not _SITE.search(flat)
        ):
            best.append(row)
        elif best and not _SMALL.match(flat):
            best = []
    if best and (
        best[-1].flat.endswith("文件")
        or any(r.flat.endswith("文件") for r in best)
        or (head.number and head.number.start >= best[-1].line.end and head.number.start == stop)
    ):
        head.mark = Span(best[0].core.start, best[-1].core.end)


def _find_byline(head: Head, rows: list[Row], usable: list[bool]) -> None:
    """Organisations and a date under the title: 某某局 / （2018年3月1日）, （青政发〔2003〕5号　2003年1月7日）."""
    if head.title is None:
        return
    for row in rows[: head.body]:
        if row.line.start < head.title.end or not usable[row.index] or len(row.flat) > 80:
            continue
        if number_span(row):
            _beside_number(head, row)
            continue
        day = trailing_day(row.raw)
        if day is None:
            if looks_like_organisations(row.raw) and head.byline is None and head.recipients is None:
                head.byline = row.core
            continue
        before = row.raw[: day.start()].strip(" \t　\xa0（(")
        if "年" not in day[0] or not (row.flat[:1] in "（(" or head.byline):
            continue
        if before and not looks_like_organisations(before):
            continue
        head.dateline = Span(row.line.start + day.start(), row.line.start + day.end())
        if before and head.byline is None:
            at = row.line.start + row.raw.index(before)
            head.byline = Span(at, at + len(before))


def _beside_number(head: Head, row: Row) -> None:
    """（青政发〔2003〕5号　2003年1月7日）: the date on the line of the number."""
    day = DAY.search(row.raw)
    if day and "年" in day[0] and head.dateline is None:
        head.dateline = Span(row.line.start + day.start(), row.line.start + day.end())


def _close(head: Head, rows: list[Row], usable: list[bool]) -> None:
    """The first row of the head: the first element found, with marks (份号, 密级) just above it."""
    starts = [x.start for x in (head.mark, head.number, head.title, head.recipients) if x]
    if not starts:
        head.first = head.body
        return
    first = next((r.index for r in rows if r.line.end > min(starts)), 0)
    while first > 0 and usable[first - 1] and _SMALL.match(rows[first - 1].flat):
        first -= 1
    if first > 0 and usable[first - 1] and (label := annex_label(rows[first - 1])) and len(rows[first - 1].flat) <= 6:
        head.annex_label = label.label
        first -= 1
    head.first = min(first, head.body)
