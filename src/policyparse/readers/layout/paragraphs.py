"""Lines -> paragraphs, from geometry: the indent of two characters, the full or short line, spacing, size, place.

GB/T 9704-2012, 7.3.2: each paragraph begins two characters in, lines that go on begin at the edge. So a line goes on
the paragraph before it when it begins at the edge and the line before it is full. Where the geometry leaves a choice
(full lines without indents) numbering and the end of a sentence decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...source import Align
from .footnotes import footnotes
from .frames import set_frames
from .join import joined
from .lines import Line
from .pages import Frame, Laid
from .tables import Table, room

_ITEM = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]{1,5}[章节条]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|\d{1,3}[.．、](?!\d)|[（(]\d{1,3}[)）]|[①-⑳]|附\s{0,2}件)"
)
_ANNEX = re.compile(r"\s*附\s{0,2}件\s?[\d一二三四五六七八九十]{0,3}\s?[：:]?\s*")
_LEADER = re.compile(r"(?:[.．·…⋯]\s?){3,}\s*[-—]?\s?[\dIVXivx]{1,4}\s*[-—]?\s*$")  # 一、总体要求……………3
_LEADER_ENDS = frozenset("IVXivx-—")
_ENDED = "。！？；：!?;:”）)》"
_FINAL = "。！？；!?;"


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph."""

    lines: list[Line]
    align: Align | None = None
    aside: bool = False


@dataclass(slots=True)
class _Flow:
    """What has been put together so far."""

    done: list[Paragraph | Table] = field(default_factory=list)
    last: Line | None = None
    """The last line of running text, when the next line may go on with it."""
    frame: Frame | None = None
    held: list[Paragraph] = field(default_factory=list)
    """Page numbers and headers between two halves of a paragraph."""


def paragraphs(pages: list[Laid]) -> list[Paragraph | Table]:
    """The paragraphs and tables of all pages in reading order."""
    set_frames(pages)
    flow = _Flow()
    for laid in pages:
        assert laid.frame is not None
        notes = footnotes(laid)
        for item in laid.items:
            if notes and isinstance(item, Line) and (at := notes.get(id(item))) is not None:
                flow.held += [Paragraph([item])] if at else []
                if not at:
                    flow.held[-1].lines.append(item)
                continue
            if isinstance(item, Table):
                before = flow.done[-1] if flow.done else None
                if not (isinstance(before, Table) and joined(before, item)):
                    _release(flow)
                    flow.done.append(item)
                flow.last = None
            elif item.aside:
                flow.held.append(Paragraph([item], aside=True))
            else:
                _add(flow, item, laid.frame)
    _release(flow)
    return flow.done


def _release(flow: _Flow) -> None:
    flow.done += flow.held
    flow.held = []


def _add(flow: _Flow, line: Line, frame: Frame) -> None:
    """Go on with the last paragraph, or begin a new one."""
    align = align_of(line, frame)
    before = flow.done[-1] if flow.done else None
    if (
        isinstance(before, Paragraph)
        and flow.last is not None
        and flow.frame is not None
        and (
            _goes_on(before, flow.last, line, flow.frame, frame)
            if align is None and before.align is None
            else align == before.align == "center" and _wraps(flow.last, line, frame)
        )
    ):
        before.lines.append(line)
    else:
        _release(flow)
        flow.done.append(Paragraph([line], align))
    flow.last = None if align == "right" or _ends_here(line) else line
    flow.frame = frame


def _ends_here(line: Line) -> bool:
    """The last line of a notice: 某某办公室　　　2020年3月5日印发"""
    return line.text.rstrip().endswith(("印发", "日印", "印制")) and len(line.text) < 60


def align_of(line: Line, frame: Frame) -> Align | None:
    """center or right; None for a line of running text (or one that cannot be told from it)."""
    em = frame.size
    before, after = line.x0 - frame.left, frame.right - line.x1
    if abs(before - after) <= 1.5 * em and before > (0.3 if line.size > 1.12 * em else 2.6) * em:
        return "center"
    if line.size > 1.12 * em and abs(before - after) <= em:
        return "center"
    if abs(line.middle - frame.centre) <= em and before > 2.6 * em and after > 2.6 * em:
        return "center"
    if before > 0.4 * (frame.right - frame.left) and after < 0.4 * (frame.right - frame.left):
        return "right"
    return None


def _goes_on(before: Paragraph, last: Line, line: Line, last_frame: Frame, frame: Frame) -> bool:
    """Is `line` the next line of the paragraph that `last` belongs to?"""
    em = line.size
    if abs(line.size - last.size) > 0.12 * em or not _full(last, line, last_frame):
        return False
    spaced = _in_columns(last, line) and not _labels_in_a_row(before, last, line, last_frame, frame)
    end = last.text.rstrip()[-1:]
    if spaced or ((end.isdigit() or end in _LEADER_ENDS) and _LEADER.search(last.text, max(0, len(last.text) - 40))):
        return False
    if line.page == last.page and line.centre - last.centre > 1.45 * max(frame.pitch, 1.2 * em):
        return False
    indent, was = line.x0 - frame.left, last.x0 - last_frame.left
    first = before.lines[0].x0 - (last_frame.left if before.lines[0].page == last.page else frame.left)
    item = _ITEM.match(line.text) is not None
    if item and _ANNEX.fullmatch(line.text):
        return False
    if indent < 1.1 * em:  # at the edge
        if item and last.text[-1:] in _ENDED:
            return False
        return first >= 1.1 * em or len(before.lines) > 1 or end not in _FINAL
    if item or end in "。！？；：!?;:":
        return False
    if len(before.lines) > 1:  # a paragraph that is indented as a whole, or hangs
        return abs(indent - was) < 0.7 * em
    return indent > was + 0.9 * em and not 1.4 * em < indent < 2.7 * em  # 附件：1.关于… | goes on below the name


def _wraps(last: Line, line: Line, frame: Frame) -> bool:
    """A centred title too long for one line: the first is full, and the next is set alike."""
    width = frame.right - frame.left
    return (
        last.page == line.page
        and abs(last.size - line.size) < 0.05 * line.size
        and line.centre - last.centre < 2.2 * line.size
        and width - (last.x1 - last.x0) < room(line)
        and not _ITEM.match(line.text)
    )


def _in_columns(last: Line, line: Line) -> bool:
    """Rows of a table without rulings: wide gaps in both, or two in one."""
    gaps = last.gaps
    return gaps > 1 or (gaps > 0 and line.gaps > 0)


def _labels_in_a_row(before: Paragraph, last: Line, line: Line, last_frame: Frame, frame: Frame) -> bool:
    """牵头单位：甲局　　配合单位：乙局　　完成 / 时限：6月: no columns, for the second line begins at the edge."""
    indented = len(before.lines) == 1 and last.x0 - last_frame.left >= 1.1 * last.size
    return indented and "：" in last.text and line.gaps == 0 and line.x0 - frame.left < 0.5 * line.size


def _full(last: Line, line: Line, frame: Frame) -> bool:
    """Would the first word of `line` not have fitted at the end of `last`?"""
    return frame.right - last.x1 < room(line) + 0.8 * line.size
