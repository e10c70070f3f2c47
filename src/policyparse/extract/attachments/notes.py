"""The 附件说明 of a notice (§7.3.4): 附件：1.X 2.Y, 附件1：X 附件2：Y, 附件：X, and the download lists of web pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

import regex

from ...anatomy import Part
from ...organisations import is_organisation
from ...outline import Doc
from ...squeeze import squeeze
from ...text import Span
from .titles import FILE_ENDING, FILE_TYPE, LABEL, NUMBER, arabic, title_of

_LABEL_BEFORE = regex.compile(rf"{LABEL}\s{{0,4}}[：:.．、]?\s{{0,6}}$")
_NOTE = regex.compile(
    rf"(?:相关|本文|正文|文件|公文)?(?P<label>{LABEL})(?:下载|列表|目录|清单)?[ \t　]*"
    r"(?:[：:]\s{0,6}(?=[^\s：:])|(?=【))"
)
_BARE_LABEL = regex.compile(rf"{LABEL}(?=下载|列表|目录|清单|[\s：:.．、【]|$)")
_AFTER_LABEL = regex.compile(r"(?:下载|列表|目录|清单)?[\s：:.．、【]{0,12}")
_MARK = regex.compile(
    rf"""(?P<label>(?<![关看见照本])附\s{{0,4}}(?:[件表录图]\s{{0,4}}{NUMBER}|(?P<no>\d{{1,2}})))
      [ \t　]*[：:.．、](?!{FILE_TYPE})[ \t　]*
    | (?<![\d.．〔（(第-])(?P<no>\d{{1,2}}(?:[-—－]\d{{1,2}})?)[ 　]{{0,2}}(?:[.．、]|[ \t　]+(?=[\p{{Han}}《“]))
      [ 　]{{0,4}}(?!\d{{1,3}}(?!\d)|%)
    | [（(](?P<no>\d{{1,2}})[)）]
    | (?<![\p{{Han}}\d（(])(?P<no>[一二三四五六七八九十]{{1,2}})、
    | (?P<no>[①②③④⑤⑥⑦⑧⑨])""",
    regex.VERBOSE,
)
"""Where a title of a note begins: 附件2：, 2., 1-2., （2）, ②; a year may follow (2.2020年…), not a decimal (2.5)."""
_FIRST = regex.compile(r"[（(]1[)）]|一、|1[.．、](?!\d{1,3}(?!\d))|1-1[.．、]|①")
_LINK = regex.compile(rf"[^\n]{{1,120}}?{FILE_ENDING}", regex.IGNORECASE)
_FILE_LINE = regex.compile(rf"[^\n]{{1,120}}?{FILE_ENDING}\s*+(?:[（(][\d.]+\s*[KMG]?B?[)）]\s*)?$", regex.IGNORECASE)
"""A file in a list of downloads: 任务分工表.docx, 登记表.xls（25.5KB）."""
_QUOTED = regex.compile(r"(?:《(?P<title>[^《》\n]{2,80})》[、和及，,\s]{0,3}){2,20}[。；;\s]{0,4}")
_DATE_LINE = regex.compile(r"\s*(?:[12]\d{3}\s*年?|[二一][〇○零Oo0九])")
_ASIDE = regex.compile(r"\s*(?:[（(](?:此件|联系|[^）)\n]{0,8}公开)|抄\s*送|联系|主办|主\s*送)")
_CLOSED = "表单册图案法见则划度书要点明知函料准录告令引南样本件议）)》；;。"
"""How a title ends; a line that ends otherwise is wrapped (…任务分工及时间安|排表)."""
_GLUED = regex.compile(r"[表单册图案法见则划度书要点明知函料准）)》](?P<sig>\p{Han}{4,24})$")
"""A title with the signature run on to it (任务分工表东河县教育局)."""
_PLAIN = regex.compile(
    rf"^(?P<label>附\s{{0,4}}[件表录图]\s{{0,4}}{NUMBER})[ \t　]*(?=[\p{{Han}}《“])", regex.MULTILINE
)
"""附件1 甲表, without a colon, of several such lines."""
_LINES = 60
"""So many lines a note has at most."""


@dataclass(slots=True)
class Entry:
    """An attachment while it is read; `number` in Arabic digits for comparison."""

    label: str
    number: str | None
    title: str | None
    start: int
    end: int
    text: Span | None = None
    inner: bool = False
    """Listed in a text that the notice encloses: its own 附件1."""


def noted(doc: Doc) -> list[Entry]:
    """Attachments that notes name, in order."""
    found: list[Entry] = []
    for a, b in _notes(doc):
        inner = doc.anatomy.kind_at(a) in ("attachment", "enclosure")
        found += [replace(e, inner=inner) for e in _plain(doc.text.string, a, b) or _entries(doc.text.string, a, b)]
    return found


def is_list(string: str, part: Part) -> bool:
    """A heading 附件： whose title is the first of a numbered list, or a file: rather a note."""
    if part.title is None or part.label is None:
        return False
    at = part.title.start
    return _FIRST.match(string, at) is not None or _LINK.match(string, at, part.title.end + 8) is not None


def _notes(doc: Doc) -> list[tuple[int, int]]:
    """Stretches of notes, label included: the one that anatomy found, those of enclosed texts and of web pages."""
    string, anatomy = doc.text.string, doc.anatomy
    heads = [p for p in anatomy.parts if p.label]
    found: list[tuple[int, int]] = []
    if note := anatomy.enclosure_note:
        label = _LABEL_BEFORE.search(string, max(0, note.start - 24), note.start)
        numbered = (
            label is not None and label["no"] and string[label.end("no") : label.end("no") + 1] in (".", "．", "、")
        )
        at = label.start("no") if label and numbered else note.start
        plain = label is not None and _PLAIN.match(string, label.start(), note.end) is not None
        found.append((label.start() if label else at, note.end if plain else _note_end(string, at)))
    found.extend((p.label.start, _note_end(string, p.label.end)) for p in heads if p.label and is_list(string, p))
    own = [(p.start, p.label.end) for p in heads if p.label and not is_list(string, p)]
    for m in _line_labels(string):
        at = m.start("label")
        if (found and at < found[-1][1]) or any(a <= at < b for a, b in own):
            continue
        linked = _LINK.match(string, m.end()) is not None
        kind = anatomy.kind_at(at)
        beside = bool(found) and not string[found[-1][1] : at].strip()  # 附图：… below 附表：…
        inner = beside or (kind in ("attachment", "enclosure") and _FIRST.match(string, m.end()) is not None)
        if linked or inner or not (found or kind in ("meta", "attachment", "imprint")):
            found.append((at, _note_end(string, m.end())))
    return found


def _line_labels(string: str) -> Iterator[regex.Match[str]]:
    """Lines that begin with 附件： and have something after it."""
    at = string.find("附")
    while at >= 0:
        line = string.rfind("\n", max(at - 8, 0), at) + 1 or (0 if at < 8 else -1)
        if line >= 0:
            while string[line] in " \t　":
                line += 1
            if m := _NOTE.match(string, line):
                yield m
        at = string.find("附", max(at + 1, string.find("\n", at)) if line >= 0 else at + 1)


def _note_end(string: str, at: int) -> int:
    """Where the note ends whose first title begins at `at`: the lines that count on, and wrapped lines between."""
    lines = _following(string, at)
    before, end = next(lines, (at, at))
    if string[before:end] in ("：", ":"):  # 附件： on a line of its own
        before, end = next(lines, (at, end))
    last, wrapped = _last_mark(string, at, end, ()), False
    ahead = list(lines)
    for n, (a, b) in enumerate(ahead):
        if _FILE_LINE.match(string, before, end) and _FILE_LINE.match(string, a, b):
            before, end = a, b  # 2023年报名表.doc: a file, no date
            continue
        if _DATE_LINE.match(string, a, b) or b - a > 200:
            break
        mark = _next_mark(string, a, b, last)
        if mark is None:
            soon = any(_next_mark(string, x, y, last) for x, y in ahead[n + 1 : n + 3])
            if not (soon or _closes(string, end, a, b)) or wrapped or _ASIDE.match(string, a, b):
                break
            wrapped = not soon
        else:
            last, wrapped = _last_mark(string, a, b, last), False
        before, end = a, b
    return _unsigned(string, at, end)


def _following(string: str, at: int) -> Iterator[tuple[int, int]]:
    """The rest of the line at `at`, and the lines after it that have any text."""
    for _ in range(_LINES):
        stop = string.find("\n", at)
        stop = stop if stop >= 0 else len(string)
        start = at
        while start < stop and string[start] in " \t　":
            start += 1
        if start < stop:
            yield start, stop
        if stop == len(string):
            return
        at = stop + 1


def _closes(string: str, end: int, a: int, b: int) -> bool:
    """Whether the line ends a title that the line before left open (…时间安|排表)."""
    line = string[a:b].rstrip()
    if string[end - 1] in _CLOSED or len(line) > 30 or line[-1:] not in _CLOSED or line[:1] == "附":
        return False
    return not is_organisation(line) and not _LINK.match(string, a, b)


def _unsigned(string: str, at: int, end: int) -> int:
    """The end without a signature that stands in the last line, or is run on to the title."""
    last = string.rfind("\n", at, end)
    if last > 0 and (line := string[last + 1 : end].strip()) and len(line) < 30 and is_organisation(line):
        return last
    glued = _GLUED.search(string, max(at, end - 30), end)
    return glued.start("sig") if glued and is_organisation(glued["sig"]) else end


_Number = tuple[int, ...]


def _value(m: regex.Match[str]) -> _Number:
    return tuple(int(x) if x.isdigit() else 0 for x in (arabic(m["no"]) or "").split("-"))


def _counts_on(before: _Number, value: _Number) -> bool:
    """Whether `value` is the number after `before`: 1, 2; 1-1, 1-2, 2 or 2-1."""
    if len(value) == 2:
        whole, part = value
        before = (*(before or (0,)), 0)[:2]
        return (whole, part) in ((before[0], before[1] + 1), (before[0] + 1, 1))
    return value == ((before[0] if before else 0) + 1,)


def _next_mark(string: str, a: int, b: int, before: _Number) -> regex.Match[str] | None:
    """The mark at the head of a line, when it counts on or has a label of its own."""
    m = _MARK.match(string, a, b)
    return m if m and b > m.end() and (m["label"] or (before and _counts_on(before, _value(m)))) else None


def _marks(string: str, start: int, end: int, last: _Number) -> Iterator[regex.Match[str]]:
    """Marks that count on from `last`: a number inside a title breaks no entry."""
    for m in _MARK.finditer(string, start, end):
        head = m.start() == start or string[m.start() - 1] in " \t　\n。；;，,、【"
        if (m["label"] and head) or _counts_on(last, _value(m)):
            last = _value(m)
            yield m


def _last_mark(string: str, start: int, end: int, last: _Number) -> _Number:
    for m in _marks(string, start, end, last):
        last = _value(m)
    return last


def _entries(string: str, start: int, end: int) -> list[Entry]:
    """The titles of the note: numbered, each with its label, or one alone."""
    label = _BARE_LABEL.match(string, start)
    number = arabic(label["no"]) if label else None
    begin = start
    if label and (rest := _AFTER_LABEL.match(string, label.end())):
        begin = rest.end()
    name = squeeze(label[0]).replace(" ", "") if label else "附件"
    if label and number and string[label.end() : label.end() + 1] in (".", "．", "、"):  # 附件 1.X 2.Y
        begin = label.start("no")
        name = squeeze(string[start:begin]).replace(" ", "")
    marks = list(_marks(string, begin, end, ()))
    files = [] if marks else list(_following(string[:end], begin))
    if len(files) > 1 and all(_FILE_LINE.match(string, a, b) for a, b in files):
        return [e for n, (a, b) in enumerate(files) for e in _file(name, number if n == 0 else None, string, a, b)]
    if not marks and (quoted := _QUOTED.fullmatch(string, begin, end)):  # 附件：《甲表》《乙表》
        starts = quoted.starts("title")
        return [x for a, b in zip(starts, quoted.ends("title"), strict=True) for x in _entry(name, None, string, a, b)]
    if not marks or string[begin : marks[0].start()].strip():
        first = marks[0].start() if marks and marks[0]["label"] else end
        head = _entry(name, number, string, begin, first)
        marks = [m for m in marks if m["label"]]
        return head + _marked(string, name, marks, end)
    return _marked(string, name, marks, end)


def _plain(string: str, start: int, end: int) -> list[Entry]:
    """The titles of lines that each have a label, and no colon behind it."""
    labels = list(_PLAIN.finditer(string, start, end))
    if len(labels) < 2 or labels[0].start() != start:
        return []
    return _marked(string, "", labels, end)


def _marked(string: str, name: str, marks: list[regex.Match[str]], end: int) -> list[Entry]:
    found: list[Entry] = []
    for m, following in zip_longest(marks, marks[1:]):
        stop = following.start() if following else end
        own = squeeze(m["label"]).replace(" ", "") if m["label"] else f"{name}{arabic(m['no'])}"
        found += _entry(own, arabic(m["no"]), string, m.end(), stop)
    return found


def _file(label: str, number: str | None, string: str, start: int, end: int) -> list[Entry]:
    """A file of a list, with a label of its own before its name where it has one: 附件2 进度月报表.xlsx."""
    own = _BARE_LABEL.match(string, start, end)
    if own is None or not own["no"]:
        return _entry(label, number, string, start, end)
    rest = _AFTER_LABEL.match(string, own.end(), end)
    begin = rest.end() if rest else own.end()
    return _entry(squeeze(own[0]).replace(" ", ""), arabic(own["no"]), string, begin, end)


def _entry(label: str, number: str | None, string: str, start: int, end: int) -> list[Entry]:
    title = title_of(string[start:end])
    return [Entry(label, number, title, start, end)] if title else []
