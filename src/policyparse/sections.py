"""The tree of numbered sections, grown line by line.

`numbering.py` finds what may be an item number. Here continuity decides: an item continues the innermost open list
of its style whose last number + 1 it is, or opens a list below; a number that does not fit is plain text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .anatomy import Anatomy, Part
from .diagnostics import Report
from .headings import find_heading
from .levels import ranks
from .numbering import BARE, HEADING, OF_DASH, PARAGRAPH, RANK, SISTERS, Marker, inline_runs, line_marker
from .numerals import from_int
from .text import Span, Text, new

MAX_DEPTH = 12
_UPPER = frozenset(("一、", "（一）", "一", "一）"))
_MAX_PLAIN = 16
_LONG = 30
_PLAIN = re.compile("[一-鿿“”、]+")
_FIRST = re.compile("[（(]?[一1][）)、．.]")
_TOP_LEVEL = re.compile(r"[ 　\t*#]{0,8}(?:[一二三][ ]?、|第[一二三1-3][章节条])")
_TOP_LEVEL_BELOW = re.compile(r"\n" + _TOP_LEVEL.pattern)
_LOOKAHEAD = 40
_SLIP = 3
"""A list may leap so far (三 -> 五) without another item to prove it."""


# 附件：1.登记表 and the lines 2.…, 3.… under it
_ATTACHMENTS = re.compile(r"[ 　\t*#]{0,8}附[ 　]{0,4}(?:[件表录][ 　]{0,2})?[0-9一二三四五]?[ 　]{0,2}[：:](?=.)")
_LISTED = frozenset(("1.", "1、", "1"))
_LONG_ENTRY = 80
_LONGEST_HEAD = 16
# the head of an annex on a line of its own: 附 1, 附件2, 附：
_ANNEX = re.compile(
    r"[ 　\t*#]{0,8}附[ 　]{0,4}(?:[件表录][ 　]{0,4})?[0-9一二三四五六七八九十]{0,3}[ 　]{0,2}[：:]?[ 　*]{0,4}"
)


class Node(NamedTuple):
    """A section, or (number None) the text between numbered items.

    The children of a node cover its span without gap or overlap; a node without children is a leaf.
    The heading of a node with children, and text before its first item, form its first child (number None).
    """

    start: int
    end: int
    level: int
    number: str | None = None
    """As written without punctuation (一, 1, 第三条, 第一阶段)."""
    marker: str | None = None
    """As written (（一）, 1., 第三条)."""
    style: str | None = None
    """Name of the numbering style in `numbering.STYLES`; `row` for a table row, `paragraph` for one that holds
    items (一是…；二是…), `heading` for a section whose heading has no number, None for other unnumbered text."""
    content: int = 0
    """Offset of the first character after the number."""
    heading: Span | None = None
    """Heading without number and final punctuation: the whole first line when it is only a heading, else the
    run-in heading (1. 强化领导责任落实。各单位要… -> 强化领导责任落实)."""
    part: int = 0
    """Index of the part (anatomy) that holds the node."""
    children: tuple[Node, ...] = ()
    inline: bool = False
    """True for items inside a paragraph (一是…；二是…；), which are parts of a sentence rather than paragraphs."""

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in document order."""
        todo = [self]
        while todo:
            node = todo.pop()
            yield node
            todo.extend(reversed(node.children))


@dataclass(slots=True, eq=False)
class _Open:
    """An open list and its open item; the next item of the list takes the place of the one before."""

    style: str
    inline: bool = False
    prefix: tuple[int, ...] = ()
    value: int = 0
    start: int = 0
    number: str | None = None
    marker: str | None = None
    content: int = 0
    heading: Span | None = None
    line: int = 0
    children: list[Node] = field(default_factory=list)
    cursor: int = 0
    """Text up to here is in `children`."""

    def begin(self, start: int, line: int) -> None:
        """Begin an item, or a paragraph that holds items."""
        self.start = self.content = self.cursor = start
        self.line = line
        if self.children:
            self.children = []


class Tree:
    """Grows the sections of a text: linear in its length, depth at most MAX_DEPTH."""

    def __init__(self, text: Text, anatomy: Anatomy, report: Report) -> None:
        self.text, self.anatomy, self.report = text, anatomy, report
        self.string = text.string
        columns: list[tuple[Any, ...]] = list(zip(*text.lines, strict=True)) or [()] * 7
        self.starts, self.ends, _, _, self.tables, self.metas, _ = columns
        self.next_starts = (*self.starts[1:], len(text.string))
        rows = [i for i, table in enumerate(self.tables) if table is not None] if text.tables else []
        self.row_cuts = [(self.starts[i], self.next_starts[i]) for i in rows]
        self.row_starts = [a for a, _ in self.row_cuts]
        self.markers = self._find_markers()
        self.items: list[tuple[Any, ...]] = list(zip(*zip(*self.markers, strict=True), strict=True))
        """The markers as plain tuples, which are told apart much faster."""
        self.root = _Open("")
        self.stack: list[_Open] = [self.root]
        self.last_of: dict[str, int] = {}
        self.orders: set[tuple[str, str]] = set()
        self.part, self.part_end = 0, len(self.string)
        self.rank: Mapping[str, float] = RANK

    # ---- candidates

    def _find_markers(self) -> list[Marker]:
        """All possible item numbers in order; a run inside a paragraph stands for the number that begins it."""
        firsts = self._line_markers()
        runs = inline_runs(self.string, self.text.lines, self.starts, firsts)
        if not runs:
            return list(firsts.values())
        found: list[Marker] = []
        for i in sorted({*firsts, *(i for i in runs if not self._in_note(i))}):
            m = firsts.get(i)
            inner = sorted(r for run in runs.get(i, ()) for r in run)
            if m and not (
                inner and inner[0].content == m.content and inner[0].style in (m.style, *SISTERS.get(m.style, ()))
            ):
                found.append(m)
            found.extend(inner)
        return found

    def _line_markers(self) -> dict[int, Marker]:
        """Markers at the starts of lines, by line index."""
        string, plain, part_starts = self.string, self._plain_headings(), {p.start for p in self.anatomy.parts}
        labelled = self._lines_with_label()
        self.listed = listed = self._attachment_list(labelled, part_starts)
        found: dict[int, Marker] = {}
        for i, (start, end, table, meta) in enumerate(
            zip(self.starts, self.ends, self.tables, self.metas, strict=True)
        ):
            if table is not None or meta or i in listed:
                continue
            m = line_marker(string, start, end, i)
            if m is None and (i in plain or (i in labelled and start not in part_starts and self._is_annex_head(i))):
                m = Marker(start, start, HEADING, plain.get(i, 1), "", "", i)
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

    # ---- the walk

    def grow(self) -> tuple[Node, ...]:
        parts = self.anatomy.parts or (Part("body", 0, len(self.string)),)
        starts, k = [m.start for m in self.markers], 0
        for index, part in enumerate(parts):
            end = parts[index + 1].start if index + 1 < len(parts) else len(self.string)
            first, k = k, bisect_left(starts, end, k)
            self._enter(index, part, end)
            self._order(first, k)
            self._place_all(first, k)
        self._close_to(0, len(self.string))
        self._fill(self.root, len(self.string), 0)
        return tuple(self.root.children)

    def _enter(self, index: int, part: Part, end: int) -> None:
        self._close_to(0, part.start)
        self._fill(self.root, part.start, 0)
        self.part, self.part_end = index, end
        self.last_of.clear()

    def _order(self, first: int, last: int) -> None:
        """The level of each style in the part at hand, whose markers are `first` to `last`."""
        before, self.rank = self.rank, ranks(self.markers[first:last])
        if before is not self.rank:  # an order that is not the usual one holds for its own part alone
            self.orders.clear()

    def _place_all(self, first: int, last: int) -> None:
        """Place the markers of a part. Most are the next item of the innermost open list, which is told first."""
        stack, items = self.stack, self.items
        for k in range(first, last):
            start, _, style, value, _, _, line, inline, prefix = items[k]
            top = stack[-1]
            if top.inline and top.line != line:
                self._leave_paragraph(line)
                top = stack[-1]
            if (
                top.value == value - 1
                and top.style == style
                and value > 1
                and top.inline == inline
                and top.prefix == prefix
                and style != HEADING
            ):
                above = stack[-2]
                if inline or top.children or self.row_starts or above.cursor < top.start:
                    self._close_to(len(stack) - 2, start)
                    stack.append(top)
                else:
                    self._end(top, above, start, len(stack) - 2)
                self._begin(top, k)
            else:
                self._place(k)

    def _leave_paragraph(self, line: int) -> None:
        """Items inside a paragraph end with it."""
        while (f := self.stack[-1]).inline and f.line != line:
            self._close_to(len(self.stack) - 2, self.next_starts[f.line])

    def _place(self, k: int) -> None:
        m = self.markers[k]
        if m.style == HEADING:
            self._open_section(m)
            return
        if m.style in OF_DASH:
            m = self._read_dash(m)
            self.items[k] = tuple(m)
        depth = self._continues(m)
        if depth is not None:
            self._next_item(depth, m, k)
        elif m.inline:
            if m.value == 1:
                self._open_list(m, k)
        elif m.style == "1.1":
            self._place_decimal(m, k)
        elif m.style in BARE and not self._bare_fits(k):
            return
        elif m.value == 1:
            self._open_list(self._restart(m), k)
        elif self._family_last(m) == m.value - 1:
            self._open_list(self._restart(m, running=True), k)
        else:
            self._place_slip(m, k)

    def _open_section(self, m: Marker) -> None:
        """A heading without number closes all that is open; lists begin again under it."""
        self._close_to(0, m.start)
        self.last_of.clear()
        f = _Open(HEADING, value=m.value)
        f.begin(m.start, m.line)
        f.heading = find_heading(self.string, self.starts[m.line], self.ends[m.line])
        self.stack.append(f)

    def _read_dash(self, m: Marker) -> Marker:
        """-、政策措施 after 一、基本原则: the scanner lost a stroke; the number is the one that fits."""
        style = OF_DASH[m.style]
        value = self.last_of.get(style, 0) + 1
        if style == "（一）":
            inner = next((f for f in reversed(self.stack) if f.style == style), None)
            value = inner.value + 1 if inner else 1
        number = from_int(value)
        self.report.add("numbering-gap", f"number {m.written!r} read as {number}", Span(m.start, m.content))
        return m._replace(style=style, value=value, number=number, written=style.replace("一", number))

    def _continues(self, m: Marker) -> int | None:
        """Depth of the innermost open list that this number continues."""
        if m.value < 2:
            return None
        for styles in ((m.style,), SISTERS.get(m.style, ())):
            for depth in range(len(self.stack) - 1, 0, -1):
                f = self.stack[depth]
                if f.style in styles and f.value + 1 == m.value and f.prefix == m.prefix and f.inline == m.inline:
                    if (
                        m.style in BARE
                        and f.style not in BARE
                        and not self.string.startswith((" ", "　"), m.content - 1)
                    ):
                        return depth if m.value < 30 and f.style == "1." else None
                    return depth
        return None

    def _bare_fits(self, k: int) -> bool:
        """1 总则, 1降低成本: a number without a point needs the next one (2, 2., 1.1) to prove it."""
        m = self.markers[k]
        for other in self.markers[k + 1 : k + 1 + _LOOKAHEAD]:
            if other.style == "1.1" and other.prefix == (m.value,) and m.style == "1":
                return True
            if other.style == m.style or other.style in SISTERS.get(m.style, ()):
                return other.value == m.value + 1 and m.value in (1, self._family_last(m) + 1)
        return False

    def _family_last(self, m: Marker) -> int:
        return max((self.last_of.get(s, 0) for s in (m.style, *SISTERS.get(m.style, ()))), default=0)

    def _place_decimal(self, m: Marker, k: int) -> None:
        """2.1 under 2, 2.1.1 under 2.1; 3.2% and 2.5亿 fit nowhere."""
        for depth in range(len(self.stack) - 1, 0, -1):
            f = self.stack[depth]
            if (*f.prefix, f.value) == m.prefix and RANK[f.style] <= RANK["1.1"] and m.value == 1:
                self._close_to(depth, m.start)
                self._push(m, k)
                return
            if (
                f.style == "1.1"
                and len(f.prefix) == len(m.prefix)
                and m.value == 1
                and m.prefix[-1] == f.prefix[-1] + 1
            ):
                self._close_to(depth - 1, m.start)
                self._push(m, k)
                return
        if m.value == 1 and m.prefix == (1,) and self._followed(k, 2):
            self._push(m, k)

    def _followed(self, k: int, value: int) -> bool:
        m = self.markers[k]
        return any(
            o.style == m.style and o.value == value and o.prefix == m.prefix
            for o in self.markers[k + 1 : k + 1 + _LOOKAHEAD]
        )

    def _place_slip(self, m: Marker, k: int) -> None:
        """A number out of order: taken where a slip of the pen or a lost line explains it, and reported."""
        same = [
            d for d in range(len(self.stack) - 1, 0, -1) if self.stack[d].style == m.style and not self.stack[d].inline
        ]
        before = self.stack[same[0]].value if same else self._family_last(m)
        leap = m.value - before
        sure = self._followed(k, m.value + 1)
        if same and (0 <= leap <= _SLIP or (sure and 0 < leap <= 20)):
            code = "numbering-repeat" if leap == 0 else "numbering-gap"
            self._report(code, f"item {m.number} follows {self.stack[same[0]].number}", m)
            self._next_item(same[0], m, k)
        elif m.value <= _SLIP or sure:
            message = f"item {m.number} without {_before(m)} before it"
            self._report("numbering-gap", message, m)
            self._open_list(self._restart(m, running=True), k)
        elif same and m.style in ("一、", "（一）"):
            self._report("numbering-repeat", f"item {m.number} follows {self.stack[same[0]].number}", m)
            self._next_item(same[0], m, k)

    def _report(self, code: str, message: str, m: Marker) -> None:
        self.report.add(code, message, Span(m.start, m.content))

    # ---- opening and closing

    def _restart(self, m: Marker, *, running: bool = False) -> Marker:
        """Close what cannot hold a new list of this style."""
        stack, rank = self.stack, self.rank
        depth = len(stack) - 1
        while depth > 0 and stack[depth].inline:
            depth -= 1
        if rank[m.style] <= rank["一、"]:
            while depth > 0 and rank[stack[depth].style] > rank[m.style]:
                depth -= 1
        while depth > 0 and (m.style, stack[depth].style) in self.orders and stack[depth].style != m.style:
            depth -= 1
        same = next((d for d in range(depth, 0, -1) if stack[d].style == m.style), 0)
        if same and (same == depth or rank[stack[depth].style] >= rank[m.style]):
            depth = same - 1
        elif running:
            while depth > 0 and rank[stack[depth].style] >= rank[m.style]:
                depth -= 1
        self._close_to(depth, m.start)
        return m

    def _open_list(self, m: Marker, k: int) -> None:
        if not m.inline:
            self._push(m, k)
            return
        while self.stack[-1].inline and self.stack[-1].style == m.style:
            self._close_to(len(self.stack) - 2, m.start)
        at = self.starts[m.line]
        if not self.stack[-1].inline and at > self.stack[-1].start and len(self.stack) < MAX_DEPTH:
            # not the item's first paragraph: the items are children of their own paragraph
            paragraph = _Open(PARAGRAPH, inline=True)
            paragraph.begin(at, m.line)
            self.stack.append(paragraph)
        self._push(m, k)

    def _push(self, m: Marker, k: int) -> None:
        if len(self.stack) > MAX_DEPTH:
            return
        self.orders.update([(f.style, m.style) for f in self.stack[1:]])
        f = _Open(m.style, m.inline, m.prefix)
        self.stack.append(f)
        self._begin(f, k)

    def _next_item(self, depth: int, m: Marker, k: int) -> None:
        f = self.stack[depth]
        self._close_to(depth - 1, m.start)
        self.stack.append(f)
        self._begin(f, k)

    def _begin(self, f: _Open, k: int) -> None:
        """Begin item `k` in its list, which is the innermost."""
        start, content, _, value, number, written, line, _, _ = self.items[k]
        style, inline = f.style, f.inline
        end, opens = self.ends[line], start == self.starts[line]
        more, heads = opens and self.next_starts[line] < self.part_end, False
        if k + 1 < len(self.items):
            after, _, after_style, after_value, _, _, after_line, _, _ = self.items[k + 1]
            if after < self.part_end:
                if after < end:
                    end = after
                if opens:
                    on_next, other = after_line == line + 1, after_style != style
                    more = not on_next or (other and after_value == 1)
                    heads = on_next and other and style in _UPPER and not self._is_open(after_style)
        f.begin(start, line)
        f.value, f.number, f.marker, f.content = value, number, written, content
        f.heading = find_heading(
            self.string,
            content,
            end,
            more=more,
            heads=heads,
            inline=inline,
            article=style == "第一条",
            section=style in _UPPER,
        )
        if not inline:
            self.last_of[style] = value

    def _is_open(self, style: str) -> bool:
        """Whether an item above is numbered so; then the next leads out of the one at hand."""
        return any(o.style == style for o in self.stack)

    def _close_to(self, depth: int, end: int) -> None:
        """Close the open items below `depth` at `end`."""
        stack = self.stack
        while (level := len(stack) - 2) >= depth:
            f, above = stack.pop(), stack[level]
            stop = end
            if f.inline and self.next_starts[f.line] < end:
                stop = self.next_starts[f.line]
            if f.cursor < stop and (f.children or (self.row_starts and self._has_rows(f.cursor, stop))):
                self._fill(f, stop, level + 1)
            if above.cursor < f.start:
                self._fill(above, f.start, level)
            self._end(f, above, stop, level)

    def _end(self, f: _Open, above: _Open, end: int, level: int) -> None:
        """The item, whose children are complete, becomes a child of the one above."""
        start, number = f.start, f.number
        children = tuple(f.children) if f.children else ()
        inline = f.inline and number is not None
        node = start, end, level, number, f.marker, f.style, f.content, f.heading, self.part, children, inline
        above.children.append(new(Node, node))
        above.cursor = end

    def _has_rows(self, start: int, end: int) -> bool:
        i = bisect_left(self.row_starts, start)
        return i < len(self.row_starts) and self.row_starts[i] < end

    def _fill(self, f: _Open, end: int, level: int) -> None:
        """Unnumbered text up to `end` becomes leaves, table rows one each."""
        while f.cursor < end:
            i = bisect_left(self.row_starts, f.cursor) if self.row_starts else 0
            stop, style = end, None
            if i < len(self.row_cuts):
                first, last = self.row_cuts[i]
                stop, style = (min(last, end), "row") if first == f.cursor else (min(first, end), None)
            node = f.cursor, stop, level, None, None, style, f.cursor, None, self.part, (), False
            f.children.append(new(Node, node))
            f.cursor = stop


def _before(m: Marker) -> str:
    return from_int(m.value - 1) if m.style in ("一、", "（一）", "一", "一）") else str(m.value - 1)
