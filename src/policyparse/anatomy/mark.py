"""What identifies a document: number (发文字号) and issuing mark (发文机关标志), wherever the layout puts them."""

from __future__ import annotations

import re

from ..numbers import NumberMatch, find_numbers
from ..text import Span
from .lines.marks import SITE, SMALL
from .lines.names import is_first_half, looks_like_organisations
from .lines.numbers import number_span, without_mark
from .lines.rows import Row
from .model import Head

_KIND = re.compile(r"(?<!的)(?:公告|令|通告)$")


_ANNOUNCES = re.compile(r"关于.{4,}(?:公告|通告)$")


_COUNTED = re.compile(r"[（(]?(?:(?:19|20)\d\d年)?第[\d〇零一二三四五六七八九十百]{1,6}号[）)]?")


def find_number(head: Head, region: list[Row]) -> None:
    if head.number is not None:
        return
    above: Row | None = None
    for row in region:
        found = number_span(row)
        named = above is not None and len(above.flat) <= 60 and _KIND.search(above.flat) is not None
        if named and above and (_COUNTED.fullmatch(row.flat) or (found and found[1][0].organ_code is None)):
            first = _organ_above(region, above)
            head.number = Span(first.core.start, row.core.end)  # 某某部公告 / 2023年第4号
            head.mark = first.core
            return
        if above and not found and _COUNTED.fullmatch(row.flat) and _ANNOUNCES.search(above.flat):
            bare = row.raw.strip("（(）) \t\u3000")  # 某某局关于…的通告 / 2023年第6号
            at = row.line.start + row.raw.index(bare)
            head.number = Span(at, at + len(bare))
            return
        if found:
            head.number = _joint_numbers(region, row, *found)
            return
        above = row


def _organ_above(region: list[Row], row: Row) -> Row:
    """某某部 / 公　告 / 2023年第4号: the line of the organ above a kind that has a line to itself."""
    above = next((r for r in region if r.index == row.index - 1), None)
    alone = len(row.flat) <= 2 and above is not None and looks_like_organisations(above.raw)
    return above if alone and above is not None else row


def _joint_numbers(region: list[Row], row: Row, span: Span, found: list[NumberMatch]) -> Span:
    """The numbers of a joint issue, one a line: 云农计〔2020〕17号 / 云财农〔2020〕36号."""
    codes = {n.organ_code for n in found}
    last = row.index
    for below in region:
        if below.index != last + 1:
            continue
        more = find_numbers(below.raw[:60]) if "号" in below.raw[:60] else []
        if not more or below.raw[: more[0].start].strip() or len(codes) > 7 or more[0].organ_code is None:
            break
        if any(n.organ_code in codes or n.year != found[0].year for n in more):
            break
        codes |= {n.organ_code for n in more}
        last, span = below.index, Span(span.start, below.line.start + more[-1].end)
    return span


_FILE = re.compile(r"文\s*件[|\s]*$")
_FILE_ENDS = frozenset("件| \t　")


def late_mark(head: Head, rows: list[Row]) -> None:
    """A red header that a PDF's text layer gives after the first page's text: 某厅文件 / 某科规发〔2020〕11号."""
    for row in rows[head.body : -1]:
        if row.table or row.raw[-1:] not in _FILE_ENDS or not _FILE.search(row.raw, max(0, len(row.raw) - 6)):
            continue
        number = number_span(rows[row.index + 1])
        if number is None or number[1][0].organ_code is None or "《" in row.flat[-40:]:
            continue
        head.number = number[0]
        first = row.index
        while first > head.body and row.index - first < 8 and looks_like_organisations(rows[first - 1].raw):
            first -= 1
        whole = first == head.body or rows[first - 1].flat[-1:] in "。：；"
        if whole and (first < row.index or len(row.flat) > 2) and (row.flat == "文件" or _is_mark(row)):
            head.mark = Span(rows[first].core.start, row.core.end)
        return


def find_mark(head: Head, region: list[Row]) -> None:
    """发文机关标志: X文件, or the issuers' names alone above the number."""
    stop = min((x.start for x in (head.number, head.title, head.recipients) if x is not None), default=None)
    if stop is None:
        return
    best: list[Row] = []
    for row in region:
        if row.line.start >= stop:
            break
        if _is_mark(row) or (looks_like_organisations(row.raw) and not SITE.search(row.flat)):
            best.append(row)
        elif stop < row.line.end and not without_mark(row.raw[: stop - row.line.start]) and row.line.start < stop:
            head.mark = Span(row.core.start, row.line.start + len(row.raw[: stop - row.line.start].rstrip()))
            return  # 云岭县教育局文件云教发〔2019〕33号: the break before the number is lost
        elif best and not SMALL.match(row.flat):
            best = []
    named = any(r.flat.endswith("文件") for r in best)
    if best and (named or (head.number and head.number.start >= best[-1].line.end and head.number.start == stop)):
        first = _first_half(region, best[0]) if named else None
        head.mark = Span((first or best[0]).core.start, best[-1].core.end)


def _is_mark(row: Row) -> bool:
    flat = row.flat
    if flat.endswith("命令"):
        return looks_like_organisations(flat.removesuffix("命令"))
    return flat == "文件" or (flat.endswith("文件") and not without_mark(flat))


def _first_half(region: list[Row], row: Row) -> Row | None:
    """The line above that holds the first half of a name too long for one line."""
    above = next((r for r in region if r.index == row.index - 1), None)
    if above is None or len(row.flat) < 3 or SMALL.match(above.flat) or SITE.search(above.flat):
        return None
    return above if is_first_half(above.flat, row.flat.removesuffix("文件")) else None
