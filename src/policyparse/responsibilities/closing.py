"""Last sentences of an item that only allot it: …。由市教育局牵头，市财政局配合。, and lines of units and verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..organisations import is_organisation
from ..search import places
from .clauses import read_clauses, split_clauses
from .labels import find_labels, label_before, read_labels
from .model import Assignment, Note
from .roles import own_roles
from .vocabulary import ALLOTS, BARE_LABEL, CLOSERS, COLON, COLONS, SHARED

_LINE_END = " \u3000\t。；;"
_SHORTEST_LINE = 12
_SHORTEST_SENTENCE = 5
_LONGEST_LINE = 120
_NO_LINE = re.compile(r"[：:.．“《]|[（(](?=[一二三四五六七八九十\d])|[一二三四五六七八九十\d]、")
"""What a line of nothing but units with their verbs does not hold: a number in front, a quotation."""


def closing_sentences(string: str, start: int, end: int) -> Iterator[Note]:
    """…。由市教育局牵头，市财政局配合。: a last sentence that allots the task and says nothing else."""
    for stop in [*[m.start() for m in _MAY_CLOSE.finditer(string, start, end)], end]:
        at = max(string.rfind("\n", start, stop) + 1, start)
        said = string[at:stop].rstrip(_LINE_END)
        if (
            said.endswith(_CLOSING)
            and (note := _closing_sentence(string, at, at + len(_without_due(said)))) is not None
        ):
            yield note


_BY_THEN = "完成"
_CLOSING = (*CLOSERS, _BY_THEN)
_LAST = "(?:" + "|".join(sorted({word[-2:] for word in _CLOSING})) + ")"
_LASTS = "".join(sorted({word[-1] for word in _CLOSING}))
_MAY_CLOSE = re.compile(
    rf"\n(?<=[{_LASTS}{_LINE_END}]\n)(?:(?<={_LAST}\n)|(?<={_LAST}[{_LINE_END}]\n)|(?<=[{_LINE_END}]{{2}}\n))"
)
"""The end of a line that may close with one of the words: asked of the line feeds, not of every line."""
_DUE_CLAUSE = re.compile(
    r"[，,；;](?:[于在]|确保|力争)?"
    r"(?:(?:[\d年月日今明本]{2,11}[底初中旬末]{0,2}|年[底末])[之以]?前|[今明本\d年月]{0,6}[年月][内底末]|\d{1,2}月)完成\Z"
)
"""8月底前完成, 年内完成."""


_STATED = frozenset("位门")
_SENTENCE = re.compile("[。\n]")
_LONGEST_REST = 8


def stated_units(string: str, start: int, end: int) -> Iterator[Note]:
    """…。责任单位为市住建局，配合单位为市交通局。: a sentence of labels without colons."""
    reach = start
    for at in [at - 1 for at in places(string, "为是", start + 1, end) if string[at - 1] in _STATED]:
        label = BARE_LABEL.search(string, max(reach, at - _LONGEST_REST), min(end, at + _LONGEST_REST))
        if label is None or string[label.start() - 1 : label.start()] not in "。；;\n \u3000" or at < reach:
            continue
        stop = _SENTENCE.search(string, at, end)
        reach = min(stop.start() if stop else end, at + _LONGEST_SENTENCE)
        if COLONS.search(string, at, reach) is not None:
            continue
        note = read_labels(string, label.start(), reach, find_labels(string, label.start(), reach))
        found = note.assignments if note else ()
        if note and found and found[-1].unit.end > reach - _LONGEST_REST and _bodies([*found]):
            note.assignments = own_roles(found, string)
            yield note


_LONGEST_SENTENCE = 200


def _without_due(said: str) -> str:
    """由甲局牵头，乙局配合，8月底前完成。 without its last clause."""
    due = _DUE_CLAUSE.search(said) if said.endswith(_BY_THEN) else None
    return said[: due.start()] if due else said


def _bodies(found: list[Assignment]) -> bool:
    """…。市财政局、各县人民政府负责。: nothing but organisations, none of them 本单位 or 所在学校."""
    return all(is_organisation(x.unit.name) and not _VAGUE.match(x.unit.name) for x in found)


_VAGUE = re.compile(r"本|我|该|其|所在|当地|属地|用人|企业|单位|学校|医院|公司")


_TO_MARK = re.compile(".*[。；;：:]")
"""To the last mark of a line."""


def _closing_sentence(string: str, start: int, end: int) -> Note | None:
    if end - start < _SHORTEST_SENTENCE or not string.endswith(CLOSERS, start, end):
        return None
    before = _TO_MARK.match(string, start, end)
    first = before.end() - 1 if before is not None else -1
    if first >= 0 and string[first] in COLON and label_before(string, start, first) is not None:
        return None
    a = _allotting(string, max(first + 1, start), end)
    if first < 0 and (a == start or _ABOVE.match(string, start, a + 1) is not None):
        note = _closing_line(string, a, end) if start else None
        if note is not None:
            note.start = start
        return note
    if (
        end - start <= _SHORTEST_LINE
        or not 4 < end - a < 300
        or not (string.startswith("由", a) or ALLOTS.search(string, a, end) or string.find("负责", a, end) > 0)
    ):
        return None
    found, due = read_clauses(string, a, end)
    if string.endswith(SHARED, a, end) and not any(x.role == "lead" for x in found):
        return None  # a law's 各有关部门按照各自职责做好相关工作
    if not string.startswith("由", a) and not ALLOTS.search(string, a, end) and not _bodies(found):
        return None
    return _sentence(string, a, end, found, due)


_ABOVE = re.compile(
    r"[ \u3000\t]*(?:以上|上述)(?:各项|各条|所有|全部)?(?:工作|任务|措施|内容|事项){0,2}(?:均|都|全部|统一)?(?=由)"
)


def _allotting(string: str, start: int, end: int) -> int:
    """…完成排查，|由市水务局牵头，市应急局配合。: where the allotting clauses of a sentence begin."""
    if (above := _ABOVE.match(string, start, end)) is not None:
        return above.end()
    if string.startswith("由", start) or not string.endswith(_HELPERS, start, end):
        return start
    by = string.rfind("，由", start, end)
    return by + 1 if by >= 0 and string.find("牵头", by, end) > 0 else start


_HELPERS = ("配合", "协助", "参与", "协办")


def _closing_line(string: str, start: int, end: int) -> Note | None:
    """市教育局负责，市财政局配合。 alone on a line under the item's text."""
    while start < end and string[start] in " \u3000\t":
        start += 1
    if end - start > _LONGEST_LINE or string[start - 1 : start] == "" or _NO_LINE.search(string, start, end):
        return None
    found, due = read_clauses(string, start, end)
    return _sentence(string, start, end, found, due) if found and _bodies(found) else None


def _sentence(string: str, a: int, end: int, found: list[Assignment], due: tuple[int, int] | None) -> Note | None:
    """The note of a sentence in which every clause names a unit."""
    if not found or found[-1].unit.end < end - 24:
        return None
    places = [x.unit.start for x in found]
    covered = all(any(a <= p < b for p in places) for a, b in split_clauses(string, a, end))
    return Note(a, end, own_roles(found, string), due) if covered else None
