"""责任单位：A、B；配合单位：C；完成时限：5月底前 -> units with roles, deadline."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..model import Role
from ..organisations import is_organisation, region_of
from .clauses import has_predicate, list_assignments, organisations_only, read_clauses, shares, trimmed
from .model import Assignment, Note, RoleRule
from .roles import behind_rule, cut_rule, is_lasting
from .vocabulary import (
    BARE_LABEL,
    BOXED,
    COLONS,
    DUE,
    LABEL,
    LABEL_HEADS,
    LABEL_LASTS,
    OTHER_LABEL,
    PERSON_NOUNS,
    PLAIN,
    ROLES,
    RULE,
    SHARES,
    SPACED,
    STANDING,
    STOP,
    STRONG_LABEL,
    WEAK_PLAIN,
)

_LONGEST = 30
"""Characters of a label with its padding and bracket."""
_LONGEST_VALUE = 600
_LONGEST_KEPT = 200
_LONGEST_LAST = 12
_NAMES_MORE = "|".join(rf"(?<=[和及与、/][\u4e00-\u9fff]{{{length}}}.)" for length in range(2, 7))
"""责任单位及联系方式："""
_MAY_END = re.compile(rf".(?:(?<=[{re.escape(''.join(sorted(LABEL_LASTS)))}].)|{_NAMES_MORE})")
"""The colon of a label."""
_ROUND = re.compile(r"[（(〔【\[）)〕】\]]")
_SPACE = re.compile(r"\s+")
_EDGES = "：:∶，,；;。\n（(〔【[［"
_TO_EDGE = re.compile(rf".*[{re.escape(_EDGES)}]", re.DOTALL)
"""To the last of them."""
_NUMBER = re.compile(r"[ \u3000]*[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)][ \u3000]*")
"""四、责任分工：甲局负责…"""
_AFTER_NOUN = re.compile(r"[位门室](?:为|是|[ \u3000])")
"""In a label without a colon: 责任单位为甲局."""
_CUT_OPEN = ("单位", "部门", "）室", ")室")
_Value = tuple[list[Assignment], tuple[int, int] | None]


class Label(NamedTuple):
    """责任单位： in `string[start:end]`, colon included."""

    start: int
    end: int
    role: Role | None
    """Null for a deadline label."""
    person: bool = False
    """Whether it names persons (责任人)."""
    strong: bool = True
    """Whether it allots work wherever it stands; 主办单位 may be an event's organiser."""
    plain: bool = False
    """Whether it has no noun (牵头：甲局), so that only organisations may follow."""


def find_labels(string: str, start: int, end: int) -> list[Label]:
    """Labels of a short stretch, with a colon or (at the head of a clause) without."""
    colons = COLONS.finditer(string, start, end)
    found = [label for colon in colons if (label := label_before(string, start, colon.start())) is not None]
    if not found and _AFTER_NOUN.search(string, start, end):
        bare = BARE_LABEL.finditer(string, start, end)
        found = [
            Label(m.start(), m.end(), ROLES[_SPACE.sub("", m["role"])])
            for m in bare
            if m.start() == start or string[m.start() - 1] in "，,；; "
        ]
    return found


def label_before(string: str, start: int, colon: int) -> Label | None:
    """The label that ends with the colon at `colon`."""
    if _MAY_END.match(string, colon) is None:
        return None  # as most
    start = max(start, colon - _LONGEST)
    if string[colon - 1] not in "）)" and (edge := _TO_EDGE.match(string, start, colon)) is not None:
        start = edge.end()
    text = string[start : colon + 1]
    read = _read_label(text)
    if read is None and string.endswith(_CUT_OPEN, start, colon) and string[start - 1 : start] in "（(":
        start = max(0, start - 8)  # 牵头（责任）单位：, 责任处（科）室：
        read = _read_label(string[start : colon + 1])
    return None if read is None else Label(start + read.start, colon + 1, *read[2:])


def label_at(string: str, start: int, end: int) -> Label | None:
    """A label without a colon at `start`: 【责任单位】, or 责任单位　 at the head of a line."""
    m = BOXED.match(string, start, end) or SPACED.match(string, start, end)
    if m is None:
        return None
    if m.re is BOXED and m["due"]:
        return Label(start, m.end(), None)
    if m.re is BOXED and m["plain"]:
        return Label(start, m.end(), PLAIN[m["plain"]], strong=m["plain"] not in WEAK_PLAIN, plain=True)
    role = ROLES[_SPACE.sub("", m["role"])]
    person = m["noun"].endswith(PERSON_NOUNS)
    strong = STRONG_LABEL.search(m[0]) is not None
    return Label(start, m.end(), role, person, strong, m.re is SPACED or not strong)


def begins_with_label(string: str, start: int, end: int) -> bool:
    """Whether the stretch is 责任单位：… or 完成时限：… from its first character."""
    if string[start : start + 1] not in LABEL_HEADS:
        return False
    colon = COLONS.search(string, start, min(end, start + _LONGEST))
    label = label_before(string, start, colon.start()) if colon else None
    return (label is not None and label.start == start) or label_at(string, start, end) is not None


@lru_cache(maxsize=2048)
def _read_label(text: str) -> Label | None:
    """The label at the end of `text`; few different ones stand in a document."""
    label = LABEL.search(text)
    if label is None or label.end() != len(text):
        return None
    at = label.start()
    if label["due"]:
        return Label(at, 0, None)
    if label["odd"]:  # letters lost by a scanner
        return Label(at, 0, "cooperate" if label["odd"][0] == "配" else "responsible")
    if label["plain"]:
        word = label["plain"]
        head = len(text) < _LONGEST and (not text[:at].strip(" \u3000—－-·•") or text[at - 1] in " \u3000\t")
        head = head or (word in SHARES and _NUMBER.fullmatch(text, 0, at) is not None)
        return Label(at, 0, PLAIN[word], strong=word not in WEAK_PLAIN, plain=True) if head else None
    role = ROLES[_SPACE.sub("", label["role"])]
    nouns = _SPACE.sub("", label["noun"]), (label["also"] or "").rstrip("）)")
    person = any(n.endswith(PERSON_NOUNS) for n in nouns)
    if person and role == "lead" and "责" in label["role"] and "牵头" not in label["role"]:
        role = "responsible"  # 第一责任人, 主要负责人 are no host
    return Label(at, 0, role, person, STRONG_LABEL.search(label[0]) is not None)


def read_labels(string: str, start: int, end: int, labels: list[Label]) -> Note | None:
    """A stretch (the content of a bracket, a cell) with its labels."""
    due = _due_before(string, start, labels[0].start)
    rule, stop = cut_rule(string, labels[-1].end, end)
    if rule is None and any(string[x.end - 2] in "）)" and RULE.search(string, x.start, x.end) for x in labels):
        rule = RoleRule("first")  # 责任单位（排第一位的为牵头单位）：A、B
    # （甲局牵头，乙局参与；完成时限：6月底前）
    said = has_predicate(string, start, labels[0].start) and read_clauses(string, start, labels[0].start, objects=False)
    found: list[Assignment] = list(said[0]) if said else []
    due = said[1] if said and found else due
    if not found and due is None and labels[0].role is None and string[start - 1 : start] in "（(〔【[［":
        found = organisations_only(string, start, labels[0].start)  # （甲局、乙局，完成时限：6月底前）
    for label, after in pairwise([*labels, None]):
        assert label is not None
        if label.plain and label is not labels[0]:  # （牵头部门：甲部；督导：领导班子成员）
            label = label._replace(plain=False)
        last = after.start if after is not None else stop
        if label.role is None:
            due = due or trimmed(string, label.end, last)
            continue
        more, late = read_value(string, label.end, last, label)
        found += more
        if rule is not None and more and after is None and (at := behind_rule(string, stop, end)) is not None:
            found += read_value(string, at, end, label)[0]
        due = due or late
    if not found and due is None:
        return None
    return Note(start, end, tuple(found), due, rule, rule is not None and is_lasting(string, stop, end))


def _due_before(string: str, start: int, end: int) -> tuple[int, int] | None:
    """（5月底取得阶段性成效并持续推进，牵头单位：A）: the phrase before the first label is the deadline."""
    place = trimmed(string, start, end) if 0 < end - start <= 60 else None
    return place if place and DUE.search(string[place[0] : place[1]]) else None


def read_value(string: str, start: int, end: int, label: Label) -> _Value:
    """Units after a label, up to `end` or to a label of another kind (适用范围：…), and a deadline after them."""
    if end - start > _LONGEST_KEPT or label.role is None:
        return _value(string, start, end, label.role or "responsible", label.person, label.plain)
    found, due = _value_again(string[start:end], label.role, label.person, label.plain)
    return [a.moved(start) for a in found], (due[0] + start, due[1] + start) if due else None


@lru_cache(maxsize=4096)
def _value_again(text: str, role: Role, person: bool, plain: bool) -> _Value:
    """A document names the same units again and again."""
    return _value(text, 0, len(text), role, person, plain)


def _value(string: str, start: int, end: int, role: Role, person: bool, plain: bool) -> _Value:
    other = OTHER_LABEL.search(string, start, end)
    end = other.start() if other else end
    found: list[Assignment] = []
    due = None
    if has_predicate(string, start, end):
        found, due = read_clauses(string, start, end, role, objects=plain)
    if not found and plain and role == "responsible" and string.find("负责", start, end) > 0:
        found = shares(string, start, end)
        if found:
            return found, None
    if not found:
        if (last := STANDING.search(string, max(start, end - _LONGEST_LAST), end)) is not None:
            due, end = last.span("due"), last.start()
        elif (m := DUE.search(string, start, end)) is not None:  # 责任单位：A、B，2023年6月底前完成
            comma = max(string.rfind(c, start, m.start()) for c in "，,；;")
            if comma >= 0:
                due, end = trimmed(string, comma, end), comma
        found = list_assignments(string, start, end, role, person=person, spaces=person or plain)
    if plain and not all(is_organisation(a.unit.name) for a in found):
        return [], None
    return found, due


def _before_closing(string: str, start: int, end: int) -> int:
    """Up to a bracket that closes what was opened (or lost) before `start`: 责任单位：甲局、乙局）."""
    depth = 0
    for m in _ROUND.finditer(string, start, end):
        depth += 1 if m[0] in "（(〔【[" else -1
        if depth < 0:
            return m.start()
    return end


_LAST_NAME = re.compile(r"[^、，,；;：:。\s]{2,12}\Z")
_FIRST_NAME = re.compile(r"[^、，,；;：:。\s]{1,12}(?=[、，,；;。\n]|\Z)")


def _breaks_name(string: str, start: int, at: int, end: int) -> bool:
    """责任单位：县应急⏎管理局、县财政局: whether the line breaks inside the name of a unit."""
    last = _LAST_NAME.search(string, max(start, at - 12), at)
    first = _FIRST_NAME.match(string, at + 1, end) if last else None
    if last is None or first is None or is_organisation(last[0]):
        return False
    region = region_of(last[0])
    return region is not None and region.organ != "" and is_organisation(last[0] + first[0])


def value_end(string: str, start: int, end: int) -> int:
    """Where the value of an unbracketed label ends at the latest: sentence, line, item number or next label."""
    limit = min(end, start + _LONGEST_VALUE)
    for colon in COLONS.finditer(string, start, limit):
        label = label_before(string, start, colon.start())
        if label is not None:
            limit = label.start
            break
    stop = STOP.search(string, start, limit)
    while stop is not None and stop[0] == "\n" and _breaks_name(string, start, stop.start(), limit):
        stop = STOP.search(string, stop.end(), limit)
    limit = stop.start() if stop else limit
    if (box := BOXED.search(string, start, limit)) is not None:
        limit = box.start()
    return _before_closing(string, start, limit)
