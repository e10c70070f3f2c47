"""A paragraph's characters -> lines: automatic number in front, line breaks cut or, in a title, joined."""

from __future__ import annotations

import re
from itertools import pairwise

from ...source import Align, BlockKind
from ..html.items import Node, Paragraph
from .inline import BREAK, PAGE_BREAK

NODE = Node(None)
"""Paragraphs of a docx stand in no container that would have to be judged."""

Links = list[tuple[int, int, str]]
"""(start, end, target) in the characters of a paragraph."""

_BREAKS = re.compile(f"[{BREAK}{PAGE_BREAK}]")
_SPECIAL = re.compile(f"[{BREAK}{PAGE_BREAK}\t\n\r]")
_BLANKS = str.maketrans("\t\n\r", "   ")
# 某某市教育局文件 | 某教发〔2020〕1号 | 2020年3月5日: what ends or begins a line of its own in the middle of a page
_WHOLE = re.compile(r"(?:文件|号[）)]?|日[）)]?|[。：:；，！？])\s*$")
_APART = re.compile(
    r"\s*(?:[（(]?\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[二一][〇○零]|附\s{0,2}件"
    r"|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章条]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_TITLE = 200
"""Characters; a title is not longer."""


def numbered(label: str, text: str, links: Links) -> tuple[str, Links]:
    """`text` and its links behind its automatic number.

    A tab behind the number is a gap on paper; typed notices have none after 一、 and （一）, one after 第一章.
    """
    if not links and not label.endswith("\t"):
        return label + text, links
    body = text
    if label.endswith("\t"):
        label, body = label[:-1], text.lstrip(" \t\u3000")
        if body and _is_apart(label[-1], body[0]):
            label += " "
    first, moved = len(label), len(label) - len(text) + len(body)
    return label + body, [(max(s + moved, first), max(e + moved, first), href) for s, e, href in links]


def _is_apart(last: str, first: str) -> bool:
    """第一章 总则, 1.1 概述, 1. 2021年: a gap where number and text would run into one another; ①概述 needs none."""
    if last in ".)":
        return first.isascii()
    return last.isalnum() and not "\u2460" <= last <= "\u32ff"


def lines_of(
    text: str, align: Align | None, outline: int | None, links: Links, kind: BlockKind | None, *, cell: bool = False
) -> list[Paragraph]:
    """The lines of a paragraph as blocks; blank ones are no blocks. In a `cell` breaks part names: 教务处 | 财务处."""
    if not text.isprintable() and _SPECIAL.search(text):
        text = text.translate(_BLANKS)
        if _BREAKS.search(text):
            return _broken(text, align, outline, links, kind, cell=cell)
    shown = text.rstrip()
    if not shown:
        return []
    part = Paragraph(shown, NODE, align, None if outline is None else _heading(shown, outline), kind=kind)
    if links:
        part.links = _clipped(links, [(0, len(shown))])
    return [part]


def _broken(
    text: str, align: Align | None, outline: int | None, links: Links, kind: BlockKind | None, *, cell: bool
) -> list[Paragraph]:
    edges = [-1, *(m.start() for m in _BREAKS.finditer(text)), len(text)]
    pieces = [(a + 1, b) for a, b in pairwise(edges) if text[a + 1 : b].strip()]
    title = (align == "center" or outline is not None) and len(text) <= _TITLE and not cell
    found: list[Paragraph] = []
    for group in _titles(text, pieces) if title else [[p] for p in pieces]:
        group = [_trimmed(text, a, b) for a, b in group] if len(group) > 1 else group
        shown = "".join(text[a:b] for a, b in group).rstrip()
        found.append(Paragraph(shown, NODE, align, _heading(shown, outline), links=_clipped(links, group), kind=kind))
    return found


def _titles(text: str, pieces: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pieces that make up one title: 某某市人民政府办公室 | 关于印发某某方案的通知. A page's end parts them."""
    groups: list[list[tuple[int, int]]] = []
    for start, end in pieces:
        if groups:
            before = groups[-1][-1]
            gap = text[before[1] : start]
            if (
                PAGE_BREAK not in gap
                and not _WHOLE.search(text[before[0] : before[1]])
                and not _APART.match(text, start)
            ):
                groups[-1].append((start, end))
                continue
        groups.append([(start, end)])
    return groups


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _clipped(links: Links, pieces: list[tuple[int, int]]) -> Links:
    """The links in terms of the pieces put together."""
    found: Links = []
    at = 0
    for a, b in pieces if links else ():
        for s, e, href in links:
            if s < b and e > a:
                start, end = at + max(s, a) - a, at + min(e, b) - a
                if found and found[-1][1:] == (start, href):  # one link over a break that was joined
                    start = found.pop()[0]
                found.append((start, end, href))
        at += b - a
    return found


def _heading(text: str, outline: int | None) -> int | None:
    """1–6; a sentence that someone gave an outline level is no heading."""
    if outline is None or outline > 8 or len(text) > _TITLE or text[-1] in "。；;":
        return None
    return min(outline + 1, 6)
