"""The tree of numbered sections, grown number by number.

`candidates.py` finds what may be an item number. Here continuity decides: an item continues the innermost open list
of its style whose last number + 1 it is, or opens a list below; a number that does not fit is plain text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ..anatomy import Part
from ..numerals import from_int
from ..text import Span
from .closings import closing
from .headings import line_heading, opening
from .levels import ranks
from .node import Node
from .open_lists import Open, OpenLists
from .styles import BARE, HEADING, OF_DASH, RANK, SISTERS

_LOOKAHEAD = 40
_SLIP = 3
"""A list may leap so far (三 -> 五) without another item to prove it."""


class Tree(OpenLists):
    """Grows the sections of a text: linear in its length, depth at most MAX_DEPTH."""

    def grow(self) -> tuple[Node, ...]:
        parts = self.anatomy.parts or (Part("body", 0, len(self.string)),)
        starts, k = [m.start for m in self.markers], 0
        for index, part in enumerate(parts):
            end = parts[index + 1].start if index + 1 < len(parts) else len(self.string)
            first, k = k, bisect_left(starts, end, k)
            self._enter(index, part, end)
            self._order(first, k)
            self._place_all(first, k)
            if k > first and self.next_starts[self.stack[-1].node.line] < end:
                self._close_part(end)
        self._close_to(0, len(self.string))
        self._fill(self.root, len(self.string), 0)
        return tuple(self.root.children)

    def _enter(self, index: int, part: Part, end: int) -> None:
        self._close_to(0, part.start)
        self._fill(self.root, part.start, 0)
        self.part, self.part_end = index, end
        self.last_of.clear()

    def _close_part(self, end: int) -> None:
        """What closes a list at the end of a part, and its list of annexes, belong to no item."""
        stack, note, stop = self.stack, self.anatomy.enclosure_note, end
        if note is not None and stack[-1].node.start < note.start < end:
            stop = self.starts[bisect_right(self.starts, note.start) - 1]
        at = len(stack) - 1
        while stack[at].inline:
            at -= 1
        f = stack[at]
        if at and f.style != HEADING:
            found = closing(self.string, self.starts, f.node, stack[at - 1].children, stop)
            if found is not None and not (self.row_starts and self._has_rows(f.node.start, found)):
                stop = found
        if stop < end:
            self._close_to(0, stop)

    def _order(self, first: int, last: int) -> None:
        """The level of each style in the part at hand, whose markers are `first` to `last`."""
        before, self.rank = self.rank, ranks(self.markers[first:last])
        if before is not self.rank:  # an order that is not the usual one holds for its own part alone
            self.orders.clear()

    def _place_all(self, first: int, last: int) -> None:
        """Place the markers of a part. Most are the next item of the innermost open list, which is told first."""
        stack, markers = self.stack, self.markers
        for k in range(first, last):
            m, top = markers[k], stack[-1]
            if top.inline and top.node.line != m.line:
                self._leave_paragraph(m.line)
                top = stack[-1]
            if (
                top.node.value == m.value - 1
                and top.style == m.style
                and m.value > 1
                and top.inline == m.inline
                and top.node.prefix == m.prefix
                and m.style != HEADING
            ):
                above = stack[-2]
                if m.inline or top.children or self.row_starts or above.cursor < top.node.start:
                    self._close_to(len(stack) - 2, m.start)
                    stack.append(top)
                else:
                    self._end(top, above, m.start)
                self._begin(top, k)
            else:
                self._place(k)

    def _leave_paragraph(self, line: int) -> None:
        """Items inside a paragraph end with it."""
        while (f := self.stack[-1]).inline and f.node.line != line:
            self._close_to(len(self.stack) - 2, self.next_starts[f.node.line])

    def _place(self, k: int) -> None:
        m = self.markers[k]
        if m.style == HEADING:
            self._open_section(m)
            return
        if m.style in OF_DASH:
            self._read_dash(m)
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

    def _open_section(self, m: Node) -> None:
        """A heading without number closes all that is open; lists begin again under it."""
        self._close_to(0, m.start)
        self.last_of.clear()
        m.part = self.part
        sentence, _ = opening(self.string, m.start, self.ends[m.line])
        if heading := line_heading(self.string, m, self.ends[m.line], sentence):
            m.heading_start, m.heading_end, m.heading = heading
        self.stack.append(Open(m, HEADING, cursor=m.start))

    def _read_dash(self, m: Node) -> None:
        """-、政策措施 after 一、基本原则: the scanner lost a stroke; the number is the one that fits."""
        style = OF_DASH[m.style]
        value = self.last_of.get(style, 0) + 1
        if style == "（一）":
            inner = next((f for f in reversed(self.stack) if f.style == style), None)
            value = inner.node.value + 1 if inner else 1
        number = from_int(value)
        self.report.add("numbering-gap", f"number {m.marker!r} read as {number}", Span(m.start, m.content))
        m.style, m.value, m.number, m.marker = style, value, number, style.replace("一", number)

    def _continues(self, m: Node) -> int | None:
        """Depth of the innermost open list that this number continues."""
        if m.value < 2:
            return None
        for styles in ((m.style,), SISTERS.get(m.style, ())):
            for depth in range(len(self.stack) - 1, 0, -1):
                f = self.stack[depth]
                if (
                    f.style in styles
                    and f.inline == m.inline
                    and f.node.value + 1 == m.value
                    and f.node.prefix == m.prefix
                ):
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

    def _family_last(self, m: Node) -> int:
        return max((self.last_of.get(s, 0) for s in (m.style, *SISTERS.get(m.style, ()))), default=0)

    def _place_decimal(self, m: Node, k: int) -> None:
        """2.1 under 2, 2.1.1 under 2.1; 3.2% and 2.5亿 fit nowhere."""
        for depth in range(len(self.stack) - 1, 0, -1):
            f = self.stack[depth]
            if (*f.node.prefix, f.node.value) == m.prefix and RANK[f.style] <= RANK["1.1"] and m.value == 1:
                self._close_to(depth, m.start)
                self._push(m, k)
                return
            if (
                f.style == "1.1"
                and len(f.node.prefix) == len(m.prefix)
                and m.value == 1
                and m.prefix[-1] == f.node.prefix[-1] + 1
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

    def _place_slip(self, m: Node, k: int) -> None:
        """A number out of order: taken where a slip of the pen or a lost line explains it, and reported."""
        same = [
            d for d in range(len(self.stack) - 1, 0, -1) if self.stack[d].style == m.style and not self.stack[d].inline
        ]
        before = self.stack[same[0]].node.value if same else self._family_last(m)
        leap = m.value - before
        sure = self._followed(k, m.value + 1)
        if same and (0 <= leap <= _SLIP or (sure and 0 < leap <= 20)):
            code = "numbering-repeat" if leap == 0 else "numbering-gap"
            self._report(code, f"item {m.number} follows {self.stack[same[0]].node.number}", m)
            self._next_item(same[0], m, k)
        elif m.value <= _SLIP or sure:
            message = f"item {m.number} without {_before(m)} before it"
            self._report("numbering-gap", message, m)
            self._open_list(self._restart(m, running=True), k)
        elif same and m.style in ("一、", "（一）"):
            self._report("numbering-repeat", f"item {m.number} follows {self.stack[same[0]].node.number}", m)
            self._next_item(same[0], m, k)

    def _report(self, code: str, message: str, m: Node) -> None:
        self.report.add(code, message, Span(m.start, m.content))


def _before(m: Node) -> str:
    return from_int(m.value - 1) if m.style in ("一、", "（一）", "一", "一）") else str(m.value - 1)
