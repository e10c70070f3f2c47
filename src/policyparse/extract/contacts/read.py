"""Contacts (联系人, 联系电话, 邮箱), in lines, in prose and in brackets (GB/T 9704-2012 §7.3.6 附注)."""

from __future__ import annotations

import re
from bisect import bisect_left

from ...model import Contact
from ...outline import Doc
from ...persons import is_person
from ...search import places
from ...squeeze import squeeze
from ...text import Span
from .found import Found, in_text
from .lists import HEADING, below, with_headed
from .names import named_before, names_of, unit_before
from .numbers import PHONE, addresses, numbers
from .tables import table_contacts

_GAP = r"[ 　]{0,4}"
# 联系人：… 联系电话：… 邮箱：…; padded labels (电　话), labels joined by 及
_LABEL = re.compile(
    rf"(?P<unit>联系(?:单位|部门|科室|处室|机构))[：:]"
    rf"|(?P<person>联{_GAP}[系络]{_GAP}[人员]|经{_GAP}办{_GAP}人|联{_GAP}系{_GAP}方{_GAP}式)"
    rf"(?:(?:及其?|和|、|/)?(?:联系)?(?:电话|方式|手机))?(?:{_GAP}[：:]|(?=[一-鿿]{{2,3}}[，,、；;（( 　]))"
    rf"|(?P<fax>传{_GAP}真)(?:号码?)?[：:]?(?=[ 　]{{0,4}}[（(]?\d)"
    rf"|(?P<phone>(?:联{_GAP}系{_GAP})?"
    rf"(?:电{_GAP}话(?:号码)?(?:(?:及|和|、|/|（)传真）?)?|手{_GAP}机(?:号码?)?|座机))"
    rf"(?:{_GAP}[：:]|(?=[ 　]{{0,4}}[（(]?\d))"
    rf"|(?P<mail>(?:电子)?邮{_GAP}箱(?:地址)?|电子邮件|[Ee]-?mail)[：:]?"
)
_FIRSTS = "联电手邮传经座"
"""Every Chinese label begins with one of these; looking for single characters costs next to nothing."""
_SECONDS = frozenset("系络话子机箱真办Mm- 　")
_MAIL_FIRSTS = "Ee"
_BEFORE_LABEL = re.compile(rf"(?:业务|工作|技术|办公|咨询|监督|举报|投诉|值班|服务|固定){{1,2}}{_GAP}$")
_STOP = re.compile(
    r"[。\n\t]|[；;](?=[ 　]{0,4}(?:[一-鿿]{3,24}[：:]|[一-鿿]{2,4}[，,：: 　]{1,3}[\d（(]))|[）)](?=\s*$|[。\n，；])"
)
_WORD = re.compile("[一-鿿]{2,3}")
_BETWEEN = 40
"""Labels further apart (characters) belong to different contacts."""
_MAX_VALUE = 120
_NEAR = 200
"""An e-mail address in running text belongs to a contact no further away (characters)."""


def extract_contacts(doc: Doc) -> list[Contact]:
    """Contact persons and numbers. Numbers labelled 传真 only are left out: they are no telephones."""
    string = doc.text.string
    emails = list(addresses(string, 0, len(string)))
    places_of_labels = _places(string, _FIRSTS + _MAIL_FIRSTS if emails else _FIRSTS)
    labels = _labels(doc, places_of_labels)
    headings = [m.end() for at in places_of_labels if string[at] == "联" and (m := HEADING.match(string, at))]
    listed = list(table_contacts(doc)) if doc.tables else []
    if not labels and not emails and not listed and not headings:
        return []
    found: list[Found] = []
    for i, (start, m) in enumerate(labels):
        limit = labels[i + 1][0] if i + 1 < len(labels) else len(string)
        begin = _value_start(string, m.end())
        stop = _STOP.search(string, begin, min(limit, begin + _MAX_VALUE))
        _read(doc, m, Span(start, begin), stop.start() if stop else min(limit, begin + _MAX_VALUE), found)
    found = [x for f in found for x in (f, *below(doc, f))]
    found = with_headed(doc, headings, found) if headings else found
    in_tables = {e for c in listed for e in c.emails}
    _loose_emails(doc, [e for e in emails if string[e.start : e.end] not in in_tables], found)
    contacts = [c for f in found for c in _contacts(f)]
    return sorted([*contacts, *listed], key=lambda c: c.span.start) if listed else contacts


def _places(string: str, firsts: str) -> list[int]:
    """Where one of the characters stands before one that goes on with a label."""
    return [at for at in places(string, firsts) if string[at + 1 : at + 2] in _SECONDS]


def _labels(doc: Doc, starts: list[int]) -> list[tuple[int, re.Match[str]]]:
    """Labels in order, each with its start (监督 of 监督电话 included)."""
    string = doc.text.string
    found: list[tuple[int, re.Match[str]]] = []
    for at in starts:
        if found and at < found[-1][1].end():
            continue
        m = _LABEL.match(string, at)
        if m and in_text(doc, at) and _introduces(string, m):
            before = _BEFORE_LABEL.search(string, max(at - 8, 0), at)
            found.append((before.start() if before else at, m))
    return found


def _introduces(string: str, m: re.Match[str]) -> bool:
    """联系人 without a colon is a label before a person's name only: not in 召开联络员会议，研究…"""
    if m.lastgroup != "person" or m.group().rstrip()[-1] in "：:":
        return True
    word = _WORD.match(string, m.end())
    return word is not None and is_person(word.group())


def _value_start(string: str, at: int) -> int:
    """电话： at the end of a line, with the number alone on the next."""
    return at + 1 if string.startswith("\n", at) and string[at + 1 : at + 2].isdecimal() else at


def _read(doc: Doc, m: re.Match[str], label: Span, end: int, found: list[Found]) -> None:
    """Add what one label says (up to `end`) to the contact it belongs to, or begin a new one."""
    start, begin = label.start, label.end
    string, kind = doc.text.string, m.lastgroup
    value = string[begin:end]
    if kind == "person" and (several := _of_several(string, start, begin, end)):
        found.extend(several)
        return
    phones = numbers(string, begin, end) if kind != "fax" else []
    emails = [string[e.start : e.end] for e in addresses(string, begin, end)]
    persons, unit = names_of(value, emails) if kind in ("person", "unit") else ([], None)
    if kind == "unit":
        persons, unit = [], unit or squeeze(value).strip("，,；;、 ") or None
    line = doc.line_at(start)
    at = line.start if line else start
    if not (phones or emails or persons or unit):
        if kind == "person" and (unit := unit_before(string, at, start)):
            found.append(Found(start, begin, at, organisation=unit))  # 市某某办公室联系方式： above its numbers
        return
    last = found[-1] if found else None
    named = named_before(string, at, start) if kind == "phone" else None
    if named and last and named[0][0] in last.persons:
        named = None
    if named:  # the contact before it ends where this one's unit begins
        start = named[2]
        if last:
            last.end = len(string[last.start : min(last.end, start)].rstrip(" 　，,；;、")) + last.start
    if last is None or named or not _joins(last, kind, at, start, string):
        last = Found(start, begin, at)
        found.append(last)
    if named:
        persons, unit = named[0], named[1]
    last.persons += persons
    last.organisation = last.organisation or unit or unit_before(string, at, start)
    last.phones += [p for p in phones if p not in last.phones]
    last.emails += [e for e in emails if e not in last.emails]
    last.end = begin + len(value.rstrip(" 　，,；;、")) or begin


def _of_several(string: str, line: int, begin: int, end: int) -> list[Found]:
    """市发改委 周某 8812…，市财政局 吴某 8812…: a contact each where each number has unit and person before it."""
    found: list[Found] = []
    at = begin
    for m in PHONE.finditer(string, begin, end):
        persons, unit = names_of(string[at : m.start()], [])
        if not persons or unit is None:
            return []
        found.append(Found(at if found else line, m.end(), line, persons, unit, numbers(string, m.start(), m.end())))
        at = m.end() + len(string[m.end() : end]) - len(string[m.end() : end].lstrip(" 　，,；;、"))
    return found if len({f.organisation for f in found}) > 1 else []


def _joins(last: Found, kind: str | None, line: int, start: int, string: str) -> bool:
    """The label goes on with the contact before it: same line, or the next one; never a second 联系人."""
    if kind == "unit" or (kind == "person" and last.persons) or start - last.end > _BETWEEN:
        return False
    if kind == "person" and not (last.phones or last.emails) and unit_before(string, line, start):
        return False
    if last.line != line and string.count("\n", last.end, start) > 2:
        return False
    if last.line != line and kind == "phone" and last.phones and "一" <= string[start - 1] <= "鿿":
        return False  # 总台电话：… in the next paragraph
    return not (kind == "phone" and last.phones and not last.persons)  # 咨询电话：… 监督电话：…


def _loose_emails(doc: Doc, emails: list[Span], found: list[Found]) -> None:
    """请将电子版发送至 abc@example.com: an address without label, given to the contact near it."""
    string = doc.text.string
    known = {e for f in found for e in f.emails}
    labelled = [f for f in found if not f.emails]
    starts = [f.start for f in labelled]
    for span in sorted(emails):
        address = string[span.start : span.end]
        if address in known or not in_text(doc, span.start):
            continue
        known.add(address)
        near = labelled[bisect_left(starts, span.start - _NEAR) : bisect_left(starts, span.start + _NEAR)]
        free = next((f for f in near if not f.emails), None)
        if free:
            free.emails.append(address)
        else:
            found.append(Found(span.start, span.end, span.start, emails=[address]))


def _contacts(f: Found) -> list[Contact]:
    """One contact a person; as many numbers as persons are paired in order."""
    span = Span(f.start, f.end)
    if len(f.persons) < 2:
        if not (f.persons or f.phones or f.emails):
            return []
        person = f.persons[0] if f.persons else None
        return [Contact(person=person, organisation=f.organisation, phones=f.phones, emails=f.emails, span=span)]
    paired = len(f.phones) == len(f.persons)
    return [
        Contact(
            person=p,
            organisation=f.organisation,
            phones=[f.phones[i]] if paired else f.phones,
            emails=[f.emails[i]] if len(f.emails) == len(f.persons) else f.emails,
            span=span,
        )
        for i, p in enumerate(f.persons)
    ]
