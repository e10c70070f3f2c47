"""Marks of the header that are text only: 份号, 密级, 紧急程度, 签发人, 发文机关标志, and 附注 after the date."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile

from ... import lexicon
from ...anatomy import Part
from ...model import Marking
from ...outline import Doc
from ...persons import is_rare_person
from ...squeeze import squeeze
from ...text import Span
from ...trusted import trusted

_COPY = re.compile(r"(?:(?:№|NO[.．]?|份号[:：]?)\s*)?(\d{6})", re.IGNORECASE)
_SECRET = re.compile(r"((?:绝密|机密|秘密)(?:\s*[★☆＊*]\s*(?:\d{1,2}\s*(?:年|个月|天)|长期))?)(?![\u4e00-\u9fff])")
_URGENT = re.compile(rf"[【\[（(]?({lexicon.alternation('urgency')})[】\]）)]?(?![\u4e00-\u9fff])")
_URGENT_BESIDE = re.compile(
    rf"(?:号|(?:紧急程度|缓急(?:程度)?|急缓|等级)\s?[：:])[ \t　]*({lexicon.alternation('urgency')})(?=\s|[·•]|$)"
)
"""某发〔2013〕7号　特急; 密级：公开　缓急：平急."""
_FIRSTS = frozenset("0123456789０１２３４５６７８９№Nn份绝机秘【[（(" + "".join(w[0] for w in lexicon.words("urgency")))
"""What a mark of the three kinds begins with."""
_SIGNED = re.compile(r"签\s*发\s*人\s*[:：]\s*([^\n：:]{2,40})")
_PERSON = re.compile(r"(?<!\S)[\u4e00-\u9fff][ 　]+[\u4e00-\u9fff](?=\s|$)|[^\s、，,]+")
"""张某某, 王　某."""
_NAME = r"(?:[\u4e00-\u9fff][ 　]{1,4}[\u4e00-\u9fff]|[\u4e00-\u9fff]{2,4})"
_BELOW = re.compile(rf"[ \t　]*\n[ \t　]*(?P<names>{_NAME}(?:[ \t　]+{_NAME}){{0,3}})[ \t　]*(?=\n)")
"""A second row of names below 签发人：张某某　李某某."""
_NOTE = re.compile(
    r"[ \t　]*[（(]([^（）()\n]{2,80}(?:[（(][^（）()\n]{1,30}[）)][^（）()\n]{0,40})?)[）)][ \t　]*", re.MULTILINE
)


def lines_of_marks(doc: Doc, part: Part | None) -> list[tuple[int, int]]:
    """The lines above the title that may begin with a mark, without their indent: hardly ever one."""
    if part is None:
        return []
    s, title = doc.text.string, doc.anatomy.title
    found: list[tuple[int, int]] = []
    for line in doc.lines(part.start, min(part.end, part.end if title is None else title.start)):
        start, end = line.start, line.end
        while start < end and s[start] in " \t　":
            start += 1
        if start < end and s[start] in _FIRSTS:
            found.append((start, end))
    return found


def copy_number(s: str, lines: list[tuple[int, int]]) -> Marking | None:
    """份号 (§7.2.1): six digits alone at the top left."""
    return _marking(_first(_COPY.fullmatch, s, lines))


def classification(s: str, lines: list[tuple[int, int]]) -> Marking | None:
    """密级和保密期限 (§7.2.2): 机密★1年."""
    return _marking(_first(_SECRET.match, s, lines))


def urgency(doc: Doc, part: Part | None, lines: list[tuple[int, int]]) -> Marking | None:
    """紧急程度 (§7.2.3): 特急, on a line of its own or beside the number."""
    s = doc.text.string
    if marked := _first(_URGENT.match, s, lines):
        return _marking(marked)
    if part is None:
        return None
    title = doc.anatomy.title
    stop = title.start if title is not None and title.start < part.end else part.end
    if s.find("急", part.start, stop) < 0:
        return None
    return _marking(_URGENT_BESIDE.search(s, part.start, stop))


_Matcher = Callable[[str, int, int], re.Match[str] | None]


def _first(matcher: _Matcher, s: str, lines: list[tuple[int, int]]) -> re.Match[str] | None:
    for start, end in lines:
        if m := matcher(s, start, end):
            return m
    return None


def _marking(m: re.Match[str] | None) -> Marking | None:
    return _make({"text": squeeze(m[1]), "span": Span(*m.span(1))}) if m else None


def signatories(doc: Doc, part: Part | None) -> list[Marking]:
    """签发人 (§7.2.6), one entry a person."""
    s = doc.text.string
    if part is None or s.find("签", part.start, part.end) < 0:
        return []
    m = _SIGNED.search(s, part.start, part.end)
    if not m:
        return []
    whole = m[1].strip()
    if re.fullmatch(r"\S\s+\S", whole):  # 张　三
        found = [(m.start(1), m.start(1) + len(whole))]
    else:
        found = [p.span() for p in takewhile(lambda p: len(p[0]) <= 4, _PERSON.finditer(s, *m.span(1)))]
    while found and (below := _BELOW.match(s, max(m.end(), found[-1][1]), part.end)):
        persons = [p.span() for p in _PERSON.finditer(s, *below.span("names"))]
        if not all(is_rare_person(squeeze(s[a:b])) for a, b in persons):
            break
        found += persons
    return [_make({"text": squeeze(s[a:b]), "span": Span(a, b)}) for a, b in found]


def issuing_mark(doc: Doc) -> Marking | None:
    """发文机关标志 (§7.2.4), with 文件 where it has it."""
    span = doc.anatomy.issuing_mark
    return None if span is None else _make({"text": squeeze(doc.text.string[span.start : span.end]), "span": span})


_make = trusted(Marking)


def notes(doc: Doc) -> list[Marking]:
    """附注 (§7.3.6): what stands in brackets on a line of its own under the date."""
    s = doc.text.string
    found: list[Marking] = []
    after = doc.anatomy.issue_date.end if doc.anatomy.issue_date else 0
    for part in doc.anatomy.parts:
        if part.kind != "closing":
            continue
        for line in doc.text.lines:
            if line.start >= part.end:
                break
            if line.start >= max(part.start, after) and (m := _NOTE.fullmatch(s, line.start, line.end)):
                found.append(Marking(text=squeeze(m[1]), span=Span(*m.span(1))))
    return found
