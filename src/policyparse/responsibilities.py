"""Responsibility notes: （责任单位：A、B）, （A牵头，B配合）, 责任单位：A …, 由A牵头，B配合。 -> units with their roles.

`find_notes` goes bracket-first and colon-first: a note is a closed bracket whose content reads as one, a label
with a colon outside brackets, or a last sentence that only allots the task. `read_cell` reads a table cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from . import lexicon
from .model import Role
from .organisations import Unit, is_organisation, region_of, split_units

RoleRule = Literal["first", "comma"]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit with its role; `person`: named under a label for persons (责任人, 责任领导)."""

    unit: Unit
    role: Role
    person: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note in `string[start:end]` (brackets included)."""

    start: int
    end: int
    assignments: tuple[Assignment, ...] = ()
    deadline: tuple[int, int] | None = None
    """Where the item's own 完成时限 is written, without its label."""
    rule: RoleRule | None = None
    """列第一位者为牵头单位 (first), 逗号前为牵头单位 (comma)."""
    lasting: bool = False
    """下同: the rule holds for later notes too."""


# --- vocabulary --------------------------------------------------------------------------------------------------

_ROLES: dict[str, Role] = {}
for _line in lexicon.words("role_words"):
    _role, _, _word = _line.partition(" ")
    if _role in ("lead", "cooperate", "supervise", "responsible"):
        _ROLES[_word] = _role  # type: ignore[assignment]


def _spaced(words: Iterable[str]) -> str:
    """Alternation that allows padding inside a word (责 任 单 位)."""
    every = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(r"[ \u3000]{0,2}".join(map(re.escape, w)) for w in every) + ")"


_NOUN = _spaced(
    ("单位", "部门", "科室", "处室", "股室", "机构", "机关", "主体", "领导", "市领导", "县领导", "区领导", "人", "责任人", "人员", "处", "科", "局")
)
_LABEL = re.compile(
    rf"(?:(?P<due>{_spaced(lexicon.words('deadline_labels'))})"
    rf"|(?P<role>{_spaced(_ROLES)})[ \u3000]{{0,2}}任?(?:[（(/和及、][牵头配合责任落实主办协单位部门]{{2,6}}[）)]?)?(?P<noun>{_NOUN})"
    r"(?:[（(和及与、/]{1,2}[\u4e00-\u9fff]{2,6}[）)]?)?"
    r"|(?P<odd>配部门|责任位))[ \u3000]*(?P<colon>[：:∶])"
)
_BARE_LABEL = re.compile(
    rf"(?P<role>{_spaced(_ROLES)})(?P<noun>单位|部门|科室|处室)(?:为|是|[ \u3000]+)(?=[^ \u3000，；。）)])"
)
_PERSON_NOUNS = ("人", "领导", "人员")
# 要明确责任单位：… names no unit; a label follows punctuation, a level (市级责任单位) or a run-on sentence's end.
_NO_LABEL = re.compile(r"(?:明确|落实|确定|各|由|及|和|与|的|对|该|向|作为|相关|有关|逐一|每个|成立|列出|一个)\Z")
_COLONS = re.compile("[：:∶]")

_ADVERB = (
    r"(?:(?:按照?|依照?|根据|依据|依)(?:各自)?的?(?:法定)?(?:职责|职能|责任)(?:分工|任务|范围|权限)?|按(?:照)?(?:各自)?(?:任务)?分工|分工|分别|共同"
    r"|具体|各自|联合|密切|积极|全程|统一|做好|抓好|组织(?=实施|落实|推进|协调|开展)|予以|给予|切实)"
)
_WORDS: dict[str, Role | None] = {
    "牵头": "lead", "主办": "lead", "主责": "lead", "主抓": "lead", "抓总": "lead",
    "配合": "cooperate", "协同": "cooperate", "协助": "cooperate", "协办": "cooperate", "参与": "cooperate",
    "参加": "cooperate", "支持": "cooperate", "协作": "cooperate",
    "指导": "supervise", "督导": "supervise", "督促": "supervise", "监督": "supervise", "督办": "supervise", "督查": "supervise",
    "负责": "responsible", "落实": "responsible", "实施": "responsible", "承办": "responsible", "执行": "responsible",
    "推进": None, "完成": None, "办理": None, "推动": None, "协调": None, "统筹": None, "开展": None, "组织": None,
}  # fmt: skip
_TAIL = re.compile(
    rf"(?:{_ADVERB}|(?<!社会)(?:{'|'.join(_WORDS)}))*(?:{'|'.join(w for w, r in _WORDS.items() if r)})"
    rf"(?:{'|'.join(_WORDS)}|工作|、(?={'|'.join(_WORDS)}))*\Z"
    rf"|(?:为|是|作为)(?P<role>{'|'.join(sorted(_ROLES, key=len, reverse=True))})(?:单位|部门|处室|科室)\Z"
)
_TAIL_ENDS = tuple({w[-1] for w in _WORDS} | {"作", "位", "门", "室"})
_WORD = re.compile("|".join(_WORDS))
_MARK = re.compile("负责|牵头|配合|参与|指导|落实|主办|协办|协助|督导|实施|承办|支持|参加|监督|协同|责任|单位|部门|执行|督办")
_CLAUSE = re.compile(r"[，,；;。\n]|(?<=[头合责办与助导实])[ \u3000]+|[（(〔][^（）()〔〕]{0,60}[）)〕]")

_RULE = re.compile(
    r"(?:列|排|居|位)?(?:名|序|在|于|列)?(?:第一|首)(?:位|个|名|家)?(?:者|的)?[^，,。；;、）)\n]{0,8}?(?:为|是|系)[^，,。；;、）)\n]{0,3}(?P<first>牵头|主办|主要责任|总牵头)"
    r"|(?P<comma>逗号|分号)之?前[^，,。；;）)\n]{0,6}为牵头"
)
_DUE = re.compile(
    r"\d{1,2}月|\d{4}年|\d{4}[-./]\d|季度|[上中下]旬|半年|年[底末初内]|底前|\A(?:长期|持续|全年|常年|按进度|常态化|立即|即时|适时|随时|分阶段|逐步|每年)"
)
_BAD_NAME = re.compile(
    r"\A(?:以下|上述|其中|均|需|要|应|对|将|该|未|并|且|同时|如|若|凡|请|包括|含|除|为|是|在|于|经|按|以|不|实行|实施|推行|建立|加强|落实|做好|进一步|负责|主动|积极|专人|其)"
    r"|均需|应当|必须|要求|不再|(?:负责|牵头)(?!单位|部门|处室|科室|人)|下同|[的了吗呢]|实行|应由|进行|开展|加强|推动|落实|要\Z|。"
)
_OTHER_LABEL = re.compile(r"[；;，,。\s][ \u3000]*[\u4e00-\u9fff]{2,10}[：:∶]")
_STOP = re.compile(
    r"。|(?<![、，,])\n|(?<![\d.．年月至到—-])\d{1,2}(?:[.．](?!\d)|、)|[（(〔](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)〕]"
    r"|第[一二三四五六七八九十]{1,3}(?:阶段|章|条|步)|(?<![第\u4e00-\u9fff])?[一二三四五六七八九十]{1,3}、(?=[\u4e00-\u9fff]{3})"
)


# --- finding notes -----------------------------------------------------------------------------------------------


def find_notes(string: str, start: int = 0, end: int | None = None) -> list[Note]:
    """All notes of `string[start:end]` in order, role rules (下同) applied to later notes."""
    stop = len(string) if end is None else end
    notes: list[Note] = []
    taken: list[tuple[int, int]] = []
    for a, b in _brackets(string, start, stop):
        if (note := read_bracket(string, a, b)) is not None:
            notes.append(note)
            taken.append((a, b))
    notes.extend(_labelled(string, start, stop, taken))
    notes.extend(_closing_sentences(string, start, stop))
    notes.sort(key=lambda n: n.start)
    return list(_apply_rules(notes, _stated_rule(string, start, stop, notes), string))


_BRACKET = re.compile(r"[（(〔【\[）)〕】\]\n]")
_PAIR = {"）": "（(", ")": "（(", "〕": "〔[【", "】": "〔[【", "]": "〔[【"}


def _brackets(string: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost closed brackets; an unclosed one is forgotten at the end of its paragraph."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for m in _BRACKET.finditer(string, start, end):
        c, at = m[0], m.start()
        if c == "\n":
            if opened and string[at - 1] in "。；：.;:）)!！":
                opened.clear()
        elif c in "（(〔【[":
            opened.append(at)
        elif opened and (string[opened[-1]] in _PAIR[c] or len(opened) == 1):
            first = opened.pop()
            while found and found[-1][0] > first:
                found.pop()
            if at - first <= 1500:
                found.append((first, at + 1))
    return found


def read_bracket(string: str, start: int, end: int) -> Note | None:
    """The note that the bracket `string[start:end]` is, null when it is none."""
    a, b = start + 1, end - 1
    if b - a < 4 or _MARK.search(string, a, b) is None:
        return None
    labels = list(_labels(string, a, b))
    if labels:
        return _from_labels(string, start, end, a, b, labels)
    return _from_clauses(string, start, end, a, b)


def _labels(string: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Labels of a short stretch, with a colon or (at the head of a clause) without."""
    found = list(_LABEL.finditer(string, start, end))
    for m in _BARE_LABEL.finditer(string, start, end) if not found else ():
        if m.start() == start or string[m.start() - 1] in "，,；; ":
            found.append(m)
    yield from found


def _label_role(label: re.Match[str]) -> tuple[Role | None, bool]:
    """(role, whether it names persons); role null for a deadline label."""
    groups = label.groupdict()
    if groups.get("due"):
        return None, False
    if groups.get("odd"):
        return ("cooperate" if label["odd"][0] == "配" else "responsible"), False
    role = _ROLES[re.sub(r"\s", "", label["role"])]
    return role, re.sub(r"\s", "", label["noun"]).endswith(_PERSON_NOUNS)


def _from_labels(string: str, start: int, end: int, a: int, b: int, labels: list[re.Match[str]]) -> Note | None:
    found: list[Assignment] = []
    due = _due_before(string, a, labels[0].start())
    rule, b = _cut_rule(string, labels[-1].end(), b)
    for label, after in pairwise([*labels, None]):
        assert label is not None
        stop = after.start() if after is not None else b
        role, person = _label_role(label)
        if role is None:
            due = due or _trimmed(string, label.end(), stop)
            continue
        more, late = _value(string, label.end(), stop, role, person)
        found += more
        due = due or late
    if not found and due is None:
        return None
    return Note(start, end, tuple(found), due, rule, rule is not None and "下同" in string[b:end])


def _due_before(string: str, start: int, end: int) -> tuple[int, int] | None:
    """（5月底取得阶段性成效并持续推进，牵头单位：A）: the phrase before the first label is the deadline."""
    place = _trimmed(string, start, end)
    return place if place and end - start <= 60 and _DUE.search(string[place[0] : place[1]]) else None


def _trimmed(string: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and string[start] in " \u3000\t\n，,；;：:、":
        start += 1
    while end > start and string[end - 1] in " \u3000\t\n，,；;。、":
        end -= 1
    return (start, end) if end > start else None


def _cut_rule(string: str, start: int, end: int) -> tuple[RoleRule | None, int]:
    """The role rule that a note states, and where the units end before it."""
    if string.find("为牵头", start, end) < 0 and (string.find("第一", start, end) < 0 and string.find("首", start, end) < 0):
        at = string.rfind("下同", start, end)
        return None, (at if at >= 0 else end)
    m = _RULE.search(string, start, end)
    if m is None:
        return None, end
    return ("first" if m["first"] else "comma"), m.start()


def _value(
    string: str, start: int, end: int, role: Role, person: bool
) -> tuple[list[Assignment], tuple[int, int] | None]:
    """Units after a label, up to `end` or to a label of another kind (适用范围：…)."""
    other = _OTHER_LABEL.search(string, start, end)
    end = other.start() if other else end
    if _has_tail(string, start, end):
        found, due, _ = _clauses(string, start, end)
        if found:
            return found, due
    due = None
    for m in _DUE.finditer(string, start, end):  # 责任单位：A、B，2023年6月底前完成
        comma = max(string.rfind(c, start, m.start()) for c in "，,；;")
        if comma >= 0:
            due, end = _trimmed(string, comma, end), comma
        break
    return [Assignment(u, role, person and not is_organisation(u.name)) for u in _units(string, start, end)], due


def _units(string: str, start: int, end: int, *, spaces: bool = False) -> list[Unit]:
    """Units of a list, up to the first part that reads as a sentence."""
    kept: list[Unit] = []
    for unit in split_units(string, start, end, spaces=spaces):
        if _plausible(unit.name):
            kept.append(unit)
            continue
        head = _head(string, unit)
        if head is not None:
            kept.append(head)
        break
    return kept


def _plausible(name: str) -> bool:
    """Whether `name` can be a unit or person rather than a piece of prose."""
    if not name or len(name) > 60 or _BAD_NAME.search(name) is not None:
        return False
    return len(name) <= 14 or is_organisation(name) or region_of(name) is not None


def _head(string: str, unit: Unit) -> Unit | None:
    """市财政局 根据上述要求…: the organisation before the white space where the list ends without a mark."""
    for m in re.finditer(r"\s", string[unit.start : min(unit.end, unit.start + 40)]):
        name = string[unit.start : unit.start + m.start()]
        if is_organisation(name):
            return Unit(unit.start, unit.start + m.start(), name)
    return None


# --- predicates: A牵头，B、C配合 -------------------------------------------------------------------------------


def _from_clauses(string: str, start: int, end: int, a: int, b: int) -> Note | None:
    if not _has_tail(string, a, b):
        return None
    rule, stop = _cut_rule(string, a, b)
    found, due, sure = _clauses(string, a, stop)
    if not found or not sure:
        return None
    return Note(start, end, tuple(found), due, rule, rule is not None and "下同" in string[stop:end])


def _has_tail(string: str, start: int, end: int) -> bool:
    """Whether some clause of the stretch could close with a predicate."""
    return any(string.find(w, start, end) >= 0 for w, r in _WORDS.items() if r)


def _clauses(
    string: str, start: int, end: int
) -> tuple[list[Assignment], tuple[int, int] | None, bool]:
    """Units by predicate, a deadline clause, and whether everything before the last predicate was a list."""
    found: list[Assignment] = []
    due: tuple[int, int] | None = None
    at: int | None = None
    for a, b in _split_clauses(string, start, end):
        tail = _TAIL.search(string, a, b) if string[b - 1] in _TAIL_ENDS and b - a <= 600 else None
        if tail is None:
            if _DUE.search(string, a, b) is not None and not is_organisation(string[a:b]):
                due = due or (a, b)
            elif at is None:
                at = a
            continue
        more = _allot(string, a if at is None else at, tail)
        if more is None:
            return found, due, bool(found)
        if not more and due is None and _DUE.search(string, a, tail.start()):
            due = (a, b)
        found, at = found + more, None
    if at is not None and found:
        rest = _units(string, at, end)
        found += [Assignment(u, "responsible") for u in rest if is_organisation(u.name)]
    return found, due, bool(found)


def _split_clauses(string: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in _CLAUSE.finditer(string, start, end):
        if m[0][0] in "（(〔":
            continue
        if place := _trimmed(string, at, m.start()):
            yield place
        at = m.end()
    if place := _trimmed(string, at, end):
        yield place


def _allot(string: str, start: int, tail: re.Match[str]) -> list[Assignment] | None:
    """Units of the list before a predicate; null when it reads as prose, empty when the predicate stands alone."""
    role = _tail_role(tail)
    stop = tail.start()
    joint = string.find("会同", start, stop)
    if joint < 0:
        units = _checked(string, start, stop) if stop > start else []
        return None if units is None else [Assignment(u, role) for u in units]
    partners = _checked(string, joint + 2, stop)
    if partners is None:
        return None
    hosts: list[Unit] | None = []
    if joint > start:
        lead = re.compile(r"(?:牵头|负责)?[，,]?\Z").search(string, start, joint)
        hosts = _checked(string, start, lead.start() if lead else joint)
    if hosts is None:
        return None
    return [Assignment(u, "lead") for u in hosts] + [Assignment(u, "cooperate") for u in partners]


def _tail_role(tail: re.Match[str]) -> Role:
    if tail["role"]:
        return _ROLES[tail["role"]]
    roles = {_WORDS[w] for w in _WORD.findall(tail[0])}
    order: tuple[Role, ...] = ("lead", "cooperate", "supervise")
    return next((r for r in order if r in roles), "responsible")


def _checked(string: str, start: int, end: int) -> list[Unit] | None:
    """Units of a list that must be one: every part plausible and at least one an organisation."""
    units = split_units(string, start, end)
    if not units or not all(_plausible(u.name) for u in units):
        return None
    return units if any(is_organisation(u.name) or _is_area(u.name) for u in units) else None


def _is_area(name: str) -> bool:
    region = region_of(name)
    return region is not None and not region.organ and len(name) > 1


# --- labels outside brackets --------------------------------------------------------------------------------------


def _labelled(string: str, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[Note]:
    """责任单位：A、B on a line of its own, or run on after the item's last sentence."""
    i, reach = 0, start
    for colon in _COLONS.finditer(string, start, end):
        at = colon.start()
        while i < len(taken) and taken[i][1] <= at:
            i += 1
        if at < reach or (i < len(taken) and taken[i][0] <= at):
            continue
        label = _label_before(string, start, at)
        if label is None or _NO_LABEL.search(string, max(start, label.start() - 4), label.start()):
            continue
        role, person = _label_role(label)
        stop = _value_end(string, at + 1, end)
        if role is None:
            due = _trimmed(string, at + 1, min(stop, at + 80))
            found: list[Assignment] = []
        else:
            found, due = _value(string, at + 1, stop, role, person)
        if found or (role is None and due):
            reach = max(a.unit.end for a in found) if found else at
            yield Note(label.start(), stop, tuple(found), due)


def _label_before(string: str, start: int, colon: int) -> re.Match[str] | None:
    """The label that ends with the colon at `colon`."""
    start = max(start, colon - 18)
    start = max(start, *(string.rfind(c, start, colon) + 1 for c in "：:∶"))
    return _LABEL.search(string, start, colon + 1)


def _value_end(string: str, start: int, end: int) -> int:
    """Where the value of an unbracketed label ends at the latest: sentence, line, item number or next label."""
    stop = _STOP.search(string, start, min(end, start + 600))
    limit = stop.start() if stop else min(end, start + 600)
    for colon in _COLONS.finditer(string, start, limit):
        label = _label_before(string, start, colon.start())
        if label is not None:
            return label.start()
    return limit


# --- the last sentence of a paragraph -------------------------------------------------------------------------------

_CLOSERS = ("牵头", "配合", "负责", "落实", "参与", "协助", "协办", "实施", "指导", "督导", "承办", "支持")


def _closing_sentences(string: str, start: int, end: int) -> Iterator[Note]:
    """…。由市教育局牵头，市财政局配合。: a last sentence that allots the task and says nothing else."""
    at = start
    while at < end:
        stop = string.find("\n", at, end)
        stop = end if stop < 0 else stop
        b = stop
        while b > at and string[b - 1] in " \u3000\t。；;":
            b -= 1
        if b - at > 12 and string.endswith(_CLOSERS, at, b):
            note = _closing_sentence(string, at, b)
            if note is not None:
                yield note
        at = stop + 1


def _closing_sentence(string: str, start: int, end: int) -> Note | None:
    first = max(string.rfind(c, start, end) for c in "。；;")
    if first < 0 or end - first > 300 or not first < end - 4:
        return None
    a = first + 1
    if not (string.startswith("由", a) or _ALLOTS.search(string, a, end)):
        return None
    found, due, sure = _clauses(string, a, end)
    if not sure or not found or found[-1].unit.end < end - 24:
        return None
    covered = all(any(a <= x.unit.start < b for x in found) for a, b in _split_clauses(string, a, end))
    return Note(a, end, tuple(found), due) if covered else None


_ALLOTS = re.compile(r"牵头|按(?:照)?(?:各自)?职责|会同|分工负责")


# --- role rules -----------------------------------------------------------------------------------------------------


def _stated_rule(string: str, start: int, end: int, notes: list[Note]) -> RoleRule | None:
    """A role rule stated outside notes (注：责任单位列首位的为牵头单位) holds for the whole document."""
    if string.find("为牵头", start, end) < 0 or any(n.rule for n in notes):
        return None
    m = _RULE.search(string, start, end)
    return None if m is None else ("first" if m["first"] else "comma")


def _apply_rules(notes: list[Note], rule: RoleRule | None, string: str) -> Iterator[Note]:
    for note in notes:
        own = note.rule or rule
        if note.rule and note.lasting:
            rule = note.rule
        yield replace(note, assignments=apply_rule(note.assignments, own, string)) if own else note


def apply_rule(assignments: tuple[Assignment, ...], rule: RoleRule, string: str) -> tuple[Assignment, ...]:
    """The first unit (or the units before the first comma) of a list without roles of its own is `lead`."""
    if len(assignments) < 2 or any(a.role != "responsible" for a in assignments):
        return assignments
    count = 1
    if rule == "comma":
        gaps = (string[a.unit.end : b.unit.start] for a, b in pairwise(assignments))
        count = next((i for i, gap in enumerate(gaps, 1) if "，" in gap or "," in gap), 0)
    return tuple(replace(a, role="lead") if i < count else a for i, a in enumerate(assignments))


# --- table cells -----------------------------------------------------------------------------------------------------


def read_cell(string: str, start: int, end: int, role: Role, *, person: bool = False) -> Note:
    """A cell of a 责任单位-like column: a list, A牵头，B配合, or labels."""
    labels = list(_labels(string, start, end))
    if labels and (note := _from_labels(string, start, end, start, end, labels)) is not None:
        return note
    if _has_tail(string, start, end):
        found, due, sure = _clauses(string, start, end)
        if sure:
            return Note(start, end, tuple(found), due)
    units = _units(string, start, end, spaces=True)
    return Note(start, end, tuple(Assignment(u, role, person and not is_organisation(u.name)) for u in units))
