"""All that may be an item number in a text, in order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from ..anatomy import Anatomy, Part
from ..text import Text
from .markers import line_marker
from .node import Node
from .runs import inline_runs
from .styles import HEADING, SISTERS

_MAX_PLAIN = 16
_LONG = 30
_PLAIN = re.compile("[一-鿿“”、]+")
_FIRST = re.compile("[（(]?[一1][）)、．.]")
_TOP_LEVEL = re.compile(r"[ 　\t*#]{0,8}(?:[一二三][ ]?、|第[一二三1-3][章节条])")
_TOP_LEVEL_BELOW = re.compile(r"\n" + _TOP_LEVEL.pattern)
# 附件：1.登记表 and the lines 2.…, 3.… under it
_ATTACHMENTS = re.compile(r"[ 　\t*#]{0,8}附[ 　]{0,4}(?:[件表录][ 　]{0,2})?[0-9一二三四五]?[ 　]{0,2}[：:](?=.)")
_LISTED = frozenset(("1.", "1、", "1"))
_LONG_ENTRY = 80
_LONGEST_HEAD = 16
# the head of an annex on a line of its own: 附 1, 附件2, 附：
_ANNEX = re.compile(
    r"[ 　\t*#]{0,8}附[ 　]{0,4}(?:[件表录][ 　]{0,4})?[0-9一二三四五六七八九十]{0,3}[ 　]{0,2}[：:]?[ 　*]{0,4}"
)


class Candidates:
    """Finds the possible item numbers of a text; the columns of its lines are at hand for all who work on them."""

    def __init__(self, text: Text, anatomy: Anatomy) -> None:
        self.text, self.anatomy, self.string = text, anatomy, text.string
        columns: list[tuple[Any, ...]] = list(zip(*text.lines, strict=True)) or [()] * 7
        self.starts, self.ends, _, _, self.tables, self.metas, _ = columns

    def find(self) -> list[Node]:
        """All possible item numbers in order; a run inside a paragraph stands for the number that begins it."""
        firsts = self._line_markers()
        runs = inline_runs(self.string, self.text.lines, self.starts, firsts)
        if not runs:
            return list(firsts.values())
        found: list[Node] = []
        for i in sorted({*firsts, *(i for i in runs if not self._in_note(i))}):
            m = firsts.get(i)
            inner = sorted((r for run in runs.get(i, ()) for r in run), key=lambda r: (r.start, r.content, r.style))
            if m and not (
                inner and inner[0].content == m.content and inner[0].style in (m.style, *SISTERS.get(m.style, ()))
            ):
                found.append(m)
            found.extend(inner)
        return found

    def _line_markers(self) -> dict[int, Node]:
        """Markers at the starts of lines, by line index."""
        string, plain, part_starts = self.string, self._plain_headings(), {p.start for p in self.anatomy.parts}
        labelled = self._lines_with_label()
        self.listed = listed = self._attachment_list(labelled, part_starts)
        found: dict[int, Node] = {}
        for i, (start, end, table, meta) in enumerate(
            zip(self.starts, self.ends, self.tables, self.metas, strict=True)
        ):
            if table is not None or meta or i in listed:
                continue
            m = line_marker(string, start, end, i)
            if m is None and (i in plain or (i in labelled and start not in part_starts and self._is_annex_head(i))):
                m = Node(start, start, 0, style=HEADING, content=start, value=plain.get(i, 1), line=i)
            if m is not None:
                found[i] = m
        if self.anatomy.enclosure_note is not None:
            found = {i: m for i, m in found.items() if not self._in_note(i)}
        return found

    def _lines_with_label(self) -> dict[int, int]:
        """Lines that hold 附, with the place of the first: all lines that can be the head or the list of annexes."""
        found: dict[int, int] = {}
        at = self.string.find("附") if self.starts else -1
        while at >= 0:
            i = bisect_right(self.starts, at) - 1
            found[i] = at
            at = self.string.find("附", self.ends[i])
        return found

    def _is_annex_head(self, i: int) -> bool:
        start, end = self.starts[i], self.ends[i]
        return end - start <= _LONGEST_HEAD and _ANNEX.fullmatch(self.string, start, end) is not None

    def _attachment_list(self, labelled: Iterable[int], part_starts: set[int]) -> set[int]:
        """Lines of 附件：1.登记表, 2.…, 3.…, also where an entry is broken over two lines."""
        found: set[int] = set()
        for i in labelled:
            if i not in found and _ATTACHMENTS.match(self.string, self.starts[i], self.ends[i]):
                found.add(i)
                found.update(self._entries(i + 1, part_starts))
        return found

    def _entries(self, first: int, part_starts: set[int]) -> Iterator[int]:
        """Lines of the entries 2, 3 … after the first; one line in between may be the rest of an entry."""
        value, gap = 0, 0
        for i in range(first, len(self.starts)):
            start, end = self.starts[i], self.ends[i]
            if start in part_starts or end - start >= _LONG_ENTRY:
                return
            m = line_marker(self.string, start, end, i)
            if m is not None and m.style in _LISTED and m.value in (value + 1, value + 2):
                value, gap = m.value, 0
                yield i
            elif m is not None or gap:
                return
            else:
                gap += 1

    def _in_note(self, i: int) -> bool:
        """Whether the line belongs to the list of attachments, whose numbers are no sections."""
        note = self.anatomy.enclosure_note
        return i in self.listed or (note is not None and note.start <= self.starts[i] < note.end)

    def _plain_headings(self) -> dict[int, int]:
        """Headings that lost their automatic numbers, by line index, counted in each part.

        Only in a part without 一、 or 第X章, and at least two of them: 重点整治内容 above 1. … 2. …
        """
        found: dict[int, int] = {}
        for part in self.anatomy.parts:
            if part.kind not in ("body", "enclosure") or self._has_top_level(part):
                continue
            first, last = bisect_left(self.starts, part.start), bisect_left(self.starts, part.end)
            lines = [i for i in range(first, last) if self._is_plain_heading(i, first, last, part)]
            if len(lines) > 1:
                found.update({i: n for n, i in enumerate(lines, 1)})
        return found

    def _has_top_level(self, part: Part) -> bool:
        """Whether a line of the part begins with 一、, 第X章 …; parts begin with a line."""
        string, start = self.string, part.start
        at_once = _TOP_LEVEL.match(string, start, part.end)
        return at_once is not None or _TOP_LEVEL_BELOW.search(string, start, part.end) is not None

    def _is_plain_heading(self, i: int, first: int, last: int, part: Part) -> bool:
        """A few words without any mark, after a full sentence, above a long paragraph or the first of a list."""
        start, end = self.starts[i], self.ends[i]
        if not 2 < end - start <= _MAX_PLAIN or self.tables[i] is not None or i + 1 >= last or i == first:
            return False
        if not _PLAIN.fullmatch(self.string, start, end) or self.text.lines[i].align == "right":
            return False
        if part.title and part.title.start <= start < part.title.end:
            return False
        below, stop = self.starts[i + 1], self.ends[i + 1]
        long = stop - below >= _LONG or _FIRST.match(self.string, below, stop) is not None
        return long and self.string[self.ends[i - 1] - 1] in "。；;！!）)：:"
