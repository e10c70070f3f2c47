"""Step: paragraphs run together on one line get their line feeds back.

A third of the notices on the web come as one line. A break is put where a typist would have made one, and only
where the conventions of official documents (GB/T 9704-2012) say what begins there: number, title, recipients,
numbered item, signature, date, enclosed text, roster row, annex, imprint (`breaks/`).
"""

from __future__ import annotations

import re

from ..search import holds
from .breaks.closings import closings, footer
from .breaks.head import head
from .breaks.items import item_breaks
from .breaks.labels import labels
from .breaks.navigation import LEADS, title_behind
from .breaks.rosters import rosters
from .breaks.shared import CN, ORGAN
from .breaks.tasks import tasks
from .draft import Draft, Strip

LONG = 200
"""Characters from which on a line is looked at closely."""
SHORT = 80
"""The same where the line is most of the document."""
DENSE = 1000
"""A line of this length, or most of a document, is a scrape: lower levels (1.（1）①) are looked for as well."""
_HEAD = 12
"""So many lines from the top may hold title and recipients run together."""
_SENTENCE = re.compile("[，。：；,;:、]")
# 特此通知。 | 本办法自2021年1月1日起施行。
_LAST_WORDS = (
    re.compile("特此(?:通知|公告|通告|通报|函复|函告|批复|报告)"),
    re.compile("本(?:通知|办法|方案|意见|规定|细则)自"),
)
# 一、总则（一）为落实…
_GLUED_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节])[^，。；：、（(]{2,30}"
    r"(?=[（(][一二三四五六七八九十]{1,3}[)）][^，。、)）项款]{2})"
)
_NUMBERED = frozenset(CN + "第")
_GLUED = _NUMBERED | {"附"}
# 附件：1.某某表2.某某表
_GLUED_ANNEXES = re.compile(r"附件?\s?[：:]\s?1\s?[.．、](?=.{2,80}?2\s?[.．、])")
_NOTE = re.compile("附件?\\s?[：:]")
"""附件：情况表 某某局2022年3月1日（此件公开发布） 附件下载: what closes a notice, on one line."""
_ITEM = re.compile(rf"[{CN}]{{1,3}}、|[（(][{CN}]{{1,3}}[)）]|[0-9]{{1,2}}[.．、]")
"""一、, （二）, 3.: a line further down."""
_INDENTS = tuple(re.compile(rf"{blank}[\u3000\u2003]{{1,3}}(?=\S)") for blank in "\u3000\u2003")
"""。　　某某市人民政府办公室　　2019年3月5日: the indent of a paragraph that lost its line feed."""
_HEADING_END = re.compile(rf"(?:[{CN}]{{1,3}}、|[（(][{CN}]{{1,3}}[)）])[^，。；：\s]{{2,30}}$")
"""一、总体要求|　　以…."""
_SIGNER = re.compile(r"(?:^|\s)([\u4e00-\u9fff]{4,40}?)(?:关于|印发|转发)")
"""某某县教育局|关于…."""


def reflow(draft: Draft) -> None:
    """Split the lines that hold several paragraphs."""
    lengths = [len(s.text) for s in draft.lines if s.prose]
    longest, total = max(lengths, default=0), sum(lengths)
    labelled = "抄" in draft.raw.raw or holds(draft.raw.raw, "发送")
    signer = _signer(draft.lines) if longest >= DENSE or 2 * longest > total else ""
    changed: dict[int, list[Strip]] = {}
    added = 0
    for n, line in enumerate(draft.lines):
        text, length = line.text, len(line.text)
        # most lines are told by their length, first and last character to need no cut
        if (
            length >= 12
            and line.prose
            and (
                length > LONG
                or (length > 40 and (n + added < _HEAD or 2 * length > total))
                or line.first in _GLUED
                or (n < _HEAD and line.first in LEADS)
                or line.last in "发日"
                or labelled
            )
            and (points := _points(text, n + added < _HEAD, 2 * length > total, signer))
        ):
            changed[n] = draft.split(line, points)
            added += len(changed[n]) - 1
    draft.replace(changed)
    draft.counts["paragraph-split"] += added


def _signer(lines: list[Strip]) -> str:
    """The body that the title names: 某某县教育局关于…的通知."""
    for line in lines[:_HEAD]:
        if line.prose and (m := _SIGNER.search(line.text, 0, 200)) and ORGAN.search(m[1]):
            return m[1]
    return ""


def _points(text: str, top: bool, most: bool, signer: str) -> list[int]:
    """Where a line is to be cut. `top`: it is one of the first; `most`: it is most of the document."""
    length, first = len(text), text[0]
    long = length > (SHORT if most else LONG)
    found: set[int] = set()
    if top and length > 40 and not _ITEM.match(text):
        found.update(head(text))
    elif top and first in LEADS:
        found.add(title_behind(text))
    if length <= LONG and (text.endswith("印发") or (text[-1] == "日" and not _SENTENCE.search(text))):
        found.update(closings(text))
    if first in _NUMBERED and (heading := _GLUED_HEADING.match(text)):
        found.add(heading.end())
    elif first == "附":
        if _GLUED_ANNEXES.match(text):
            found.update(item_breaks(text))
        if not long and "日" in text and _NOTE.match(text) and (closed := closings(text, signer)):
            found.update((*closed, *labels(text)))
    if long or "抄" in text or "发送" in text:
        found.update(labels(text))
    if long:
        found.update(_inside(text, signer, found, dense=most or length >= DENSE))
    return sorted(p for p in found if 0 < p < length) if found else []


def _inside(text: str, signer: str, known: set[int], *, dense: bool) -> set[int]:
    """Where a long line is to be cut, besides at labels and below the head (`known`)."""
    found: set[int] = set()
    if dense or (signer and text.rfind(signer, 1) > 0):
        found.update(closings(text, signer))
    if dense:
        found.update(rosters(text))
        found.update(tasks(text))
        found.add(footer(text))
        for last in _LAST_WORDS:
            found.update(m.start() for m in last.finditer(text) if text[m.start() - 1] in "。；） \u3000")
        for indent in _INDENTS:
            found.update(m.end() for m in indent.finditer(text) if _ends(text, m.start()))
    found.update(item_breaks(text, strong_only=not dense, opened=known | found))
    return found


def _ends(text: str, at: int) -> bool:
    """Does a sentence or a numbered heading end at `at`?"""
    return text[at - 1] in "。；！？）)”" or _HEADING_END.search(text, max(0, at - 36), at) is not None
