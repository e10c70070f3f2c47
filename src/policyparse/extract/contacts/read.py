"""Contacts (联系人, 联系电话, 邮箱), in lines, in prose and in brackets (GB/T 9704-2012 §7.3.6 附注)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...model import Contact
from ...organisations import is_organisation, region_of
from ...outline import Doc
from ...persons import is_person, is_rare_person, name_tail
from ...search import places
from ...squeeze import squeeze
from ...text import Span
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
_PERSON = re.compile(r"[一-鿿]{1,2}[ 　]{0,4}[一-鿿]{1,2}|[一-鿿]{2,6}·[一-鿿]{2,6}")
_LETTER_SPACED = re.compile(r"(?:[一-鿿] ){4}[一-鿿]")
_PADDED = re.compile(r"(?<![一-鿿])([一-鿿])[ 　\xa0]{1,4}([一-鿿])(?![一-鿿])")
"""王　芳 in 实验室管理处 王　芳，…."""
_WORD = re.compile("[一-鿿]{2,3}")
_TITLES = re.compile(r"(?:同志|先生|女士|老师|主任|科长|处长|局长)$")
_SEPARATORS = re.compile(r"[、，,；;/：:（）()]|[ 　\xa0]{1,8}(?![ 　\xa0])")
_CLAUSE = re.compile(r"(?<![一-鿿])([一-鿿]{4,30})[，,、 　（(]{0,2}$")
_PAIR = re.compile(
    r"[ 　\t]{0,12}(?P<unit>[一-鿿]{3,24})[ 　]{1,4}(?P<name>[一-鿿]{1,2}[ 　]{0,3}[一-鿿]{1,2})[，,、 　（(：:]{0,3}"
)
"""县商务局　唐某某　 at the head of a line, before 电话： or a number: one more contact below 联系人：…."""
_ITEM = re.compile(r"[ 　\t]{0,8}(?:[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.．、])")
_ALONE = re.compile(
    r"[ 　\t]{0,12}(?P<name>[一-鿿]{1,2}[ 　]{0,3}[一-鿿]{1,2})(?P<title>同志|老师|先生|女士)?[：:，,、 　]{1,4}[（(]?"
)
"""王某某，0571-… below or behind another contact."""
_UNIT_FIRST = re.compile(
    r"[ 　\t]{0,12}(?P<unit>[一-鿿]{3,24})[：:][ 　]{0,4}(?P<names>[一-鿿、 　]{0,30}?)[，,、 　（(：:]{0,3}"
)
"""市科技局高新处：张工、李工，电话：…; 市财政局教科文处：0571-…."""
_BEFORE = re.compile(r"([一-鿿（）()]{3,25})$")
_BETWEEN = 40
"""Labels further apart (characters) belong to different contacts."""
_MAX_VALUE = 120
_NEAR = 200
"""An e-mail address in running text belongs to a contact no further away (characters)."""


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    line: int
    persons: list[str] = field(default_factory=list)
    organisation: str | None = None
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)


def extract_contacts(doc: Doc) -> list[Contact]:
    """Contact persons and numbers. Numbers labelled 传真 only are left out: they are no telephones."""
    string = doc.text.string
    emails = list(addresses(string, 0, len(string)))
    labels = _labels(doc, _FIRSTS + _MAIL_FIRSTS if emails else _FIRSTS)
    listed = list(table_contacts(doc)) if doc.tables else []
    headings = [m.end() for m in _HEADING.finditer(string)] if "联" in string else []
    if not labels and not emails and not listed and not headings:
        return []
    found: list[_Found] = []
    for i, (start, m) in enumerate(labels):
        limit = labels[i + 1][0] if i + 1 < len(labels) else len(string)
        begin = _value_start(string, m.end())
        stop = _STOP.search(string, begin, min(limit, begin + _MAX_VALUE))
        _read(doc, m, Span(start, begin), stop.start() if stop else min(limit, begin + _MAX_VALUE), found)
    found = [x for f in found for x in (f, *_below(doc, f))]
    found = _with_headed(doc, headings, found) if headings else found
    in_tables = {e for c in listed for e in c.emails}
    _loose_emails(doc, [e for e in emails if string[e.start : e.end] not in in_tables], found)
    contacts = [c for f in found for c in _contacts(f)]
    return sorted([*contacts, *listed], key=lambda c: c.span.start) if listed else contacts


def _labels(doc: Doc, firsts: str) -> list[tuple[int, re.Match[str]]]:
    """Labels in order, each with its start (监督 of 监督电话 included)."""
    string = doc.text.string
    found: list[tuple[int, re.Match[str]]] = []
    for at in places(string, firsts):
        if found and at < found[-1][1].end():
            continue
        m = _LABEL.match(string, at) if string[at + 1 : at + 2] in _SECONDS else None
        if m and _in_text(doc, at) and _introduces(string, m):
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


def _in_text(doc: Doc, position: int) -> bool:
    line = doc.line_at(position)
    return line is not None and not line.meta and position < line.end


def _read(doc: Doc, m: re.Match[str], label: Span, end: int, found: list[_Found]) -> None:
    """Add what one label says (up to `end`) to the contact it belongs to, or begin a new one."""
    start, begin = label.start, label.end
    string, kind = doc.text.string, m.lastgroup
    value = string[begin:end]
    if kind == "person" and (several := _of_several(string, start, begin, end)):
        found.extend(several)
        return
    phones = numbers(string, begin, end) if kind != "fax" else []
    emails = [string[e.start : e.end] for e in addresses(string, begin, end)]
    persons, unit = _names(value, emails) if kind in ("person", "unit") else ([], None)
    if kind == "unit":
        persons, unit = [], unit or squeeze(value).strip("，,；;、 ") or None
    if not (phones or emails or persons or unit):
        return
    line = doc.line_at(start)
    at = line.start if line else start
    last = found[-1] if found else None
    named = _named_before(string, at, start) if kind == "phone" else None
    if named and last and named[0][0] in last.persons:
        named = None
    if named:  # the contact before it ends where this one's unit begins
        start = named[2]
        if last:
            last.end = len(string[last.start : min(last.end, start)].rstrip(" 　，,；;、")) + last.start
    if last is None or named or not _joins(last, kind, at, start, string):
        last = _Found(start, begin, at)
        found.append(last)
    if named:
        persons, unit = named[0], named[1]
    last.persons += persons
    last.organisation = last.organisation or unit or _unit_before(string, at, start)
    last.phones += [p for p in phones if p not in last.phones]
    last.emails += [e for e in emails if e not in last.emails]
    last.end = begin + len(value.rstrip(" 　，,；;、")) or begin


def _of_several(string: str, line: int, begin: int, end: int) -> list[_Found]:
    """市发改委 周某 8812…，市财政局 吴某 8812…: a contact each where each number has unit and person before it."""
    found: list[_Found] = []
    at = begin
    for m in PHONE.finditer(string, begin, end):
        persons, unit = _names(string[at : m.start()], [])
        if not persons or unit is None:
            return []
        found.append(_Found(at if found else line, m.end(), line, persons, unit, numbers(string, m.start(), m.end())))
        at = m.end() + len(string[m.end() : end]) - len(string[m.end() : end].lstrip(" 　，,；;、"))
    return found if len({f.organisation for f in found}) > 1 else []


def _joins(last: _Found, kind: str | None, line: int, start: int, string: str) -> bool:
    """The label goes on with the contact before it: same line, or the next one; never a second 联系人."""
    if kind == "unit" or (kind == "person" and last.persons) or start - last.end > _BETWEEN:
        return False
    if last.line != line and string.count("\n", last.end, start) > 2:
        return False
    if last.line != line and kind == "phone" and last.phones and "一" <= string[start - 1] <= "鿿":
        return False  # 总台电话：… in the next paragraph
    return not (kind == "phone" and last.phones and not last.persons)  # 咨询电话：… 监督电话：…


def _names(value: str, emails: list[str]) -> tuple[list[str], str | None]:
    """Persons and the organisation of 市教育局 王某某、李某某 0571-…"""
    for email in emails:
        value = value.replace(email, "，")
    rest = PHONE.sub("，", _ASIDE.sub(_kept, value))
    rest = rest.replace(" ", "") if _LETTER_SPACED.search(rest) else _PADDED.sub(r"\1\2", rest)
    if _PERSON.fullmatch(rest.strip()):
        return [squeeze(rest.strip())], None
    persons: list[str] = []
    unit: str | None = None
    for word in (squeeze(w) for w in _SEPARATORS.split(rest)):
        bare = _TITLES.sub("", word)
        if len(word) > 4 and (glued := _glued(bare)):
            persons.append(glued[0])
            unit = unit or glued[1]
        elif is_organisation(word) or len(word) > 4:
            unit = unit or (word if is_organisation(word) else None)
        elif _PERSON.fullmatch(bare) and len(bare) >= 2:
            persons.append(bare if word.endswith("同志") else word)
        elif re.fullmatch("[一-鿿]{2,4}", word):
            persons.append(word)
    return persons, unit


_ASIDE = re.compile(r"[（(]([^（）()\d]{1,4})(?:[）)]|$)")


def _kept(m: re.Match[str]) -> str:
    """A short word in brackets stays when it is a name or a unit: not （传真）, （内线）."""
    return m[0] if is_person(m[1]) or is_organisation(m[1]) else "，"


def _unit_before(string: str, line: int, start: int) -> str | None:
    """市卫生健康委联系人：…: the organisation directly before the label."""
    before = re.split("[，,；;。：:（(、 　]", string[max(line, start - 25) : start])[-1]
    before = before.removesuffix("联系").removesuffix("咨询")
    m = _BEFORE.search(before)
    return m.group() if m and is_organisation(m.group()) else None


def _named_before(string: str, line: int, start: int) -> tuple[list[str], str | None, int] | None:
    """省财政厅综合处王某某，电话：…: the person directly before the label of a number, the unit, where they begin."""
    line = max(line, string.rfind("；", line, start) + 1)
    if (first := _unit_first(string, line, start)) and first[0]:
        return *first, line
    pair = _PAIR.fullmatch(string, line, start)
    if pair and is_organisation(pair["unit"]) and is_rare_person(squeeze(pair["name"])):
        return [squeeze(pair["name"])], pair["unit"], pair.start("unit")
    m = _CLAUSE.search(string, max(line, start - 34), start)
    found = _glued(m.group(1)) if m else None
    return ([found[0]], found[1], m.start(1)) if m and found else None


def _unit_first(string: str, line: int, end: int) -> tuple[list[str], str] | None:
    """Persons and unit of 市科技局高新处：张工、李工， before a number or its label."""
    m = _UNIT_FIRST.fullmatch(string, line, end)
    if m is None or not (is_organisation(m["unit"]) or (m["names"].strip() and region_of(m["unit"]))):
        return None
    persons = _names(m["names"], [])[0] if m["names"].strip() else []
    return persons, m["unit"]


def _glued(word: str) -> tuple[str, str | None] | None:
    """Person and unit of a name glued to its unit."""
    cut = name_tail(word)
    if cut is None:
        return None
    return word[cut:], word[:cut] if is_organisation(word[:cut]) else None


def _below(doc: Doc, f: _Found) -> Iterator[_Found]:
    """省财政厅经济处 卫某 010-6855…, 省财政厅：010-…: lines below a labelled contact that only its label tells."""
    string = doc.text.string
    at = _next_line(string, f.end, f.end + _BETWEEN) if (f.persons or f.organisation) and f.phones else 0
    if at:
        yield from _listed(string, at)


def _listed(string: str, at: int) -> Iterator[_Found]:
    """省财政厅经济处 卫某 010-6855…, 省财政厅：010-…: the lines from `at` on, up to the first of another kind."""
    for _ in range(_MOST_BELOW):
        far = min(at + 2 * _MAX_VALUE, len(string))
        stop = min(i for i in (string.find("\n", at, far), string.find("；", at, far), far) if i >= 0)
        at = m.end() if (m := _ITEM.match(string, at, stop)) else at
        number = PHONE.search(string, at, stop)
        pair = _PAIR.fullmatch(string, at, number.start()) if number else None
        first = _unit_first(string, at, number.start()) if number and not pair else None
        if pair is not None and is_organisation(pair["unit"]) and is_rare_person(squeeze(pair["name"])):
            persons, unit, start = [squeeze(pair["name"])], pair["unit"], pair.start("unit")
        elif first is not None:
            persons, unit, start = *first, at
        elif number and (alone := _ALONE.fullmatch(string, at, number.start())) and _is_name(alone):
            persons, unit, start = [squeeze(alone["name"])], None, alone.start("name")
        else:
            return
        yield _Found(start, stop, at, persons, unit, numbers(string, at, stop))
        at = stop + 1


def _is_name(m: re.Match[str]) -> bool:
    return is_rare_person(squeeze(m["name"])) and not is_organisation(squeeze(m["name"]))


_HEADING = re.compile(
    r"联[系络](?:人|电话|方式)(?:(?:及其?|和|与|、)?(?:联系)?(?:电话|方式))?(?:如下|名单)?[：:。]?[ 　]{0,4}\n"
)
"""五、联系方式 over lines that each name a unit, a person and a number."""


def _with_headed(doc: Doc, headings: list[int], found: list[_Found]) -> list[_Found]:
    """The contacts, with those listed below 联系方式 that no label tells."""
    known = {f.start for f in found} | {f.line for f in found}
    more = [f for at in headings if _in_text(doc, at) for f in _listed(doc.text.string, at)]
    more = [f for f in more if f.start not in known and f.line not in known]
    return sorted([*found, *more], key=lambda f: f.start) if more else found


def _next_line(string: str, at: int, limit: int) -> int:
    """Where the line (or the unit behind a semicolon) after `at` begins, 0 when it is too far."""
    if string.startswith("；", at):
        return at + 1
    return string.find("\n", at, limit) + 1


_MOST_BELOW = 30


def _loose_emails(doc: Doc, emails: list[Span], found: list[_Found]) -> None:
    """请将电子版发送至 abc@example.com: an address without label, given to the contact near it."""
    string = doc.text.string
    known = {e for f in found for e in f.emails}
    labelled = [f for f in found if not f.emails]
    starts = [f.start for f in labelled]
    for span in sorted(emails):
        address = string[span.start : span.end]
        if address in known or not _in_text(doc, span.start):
            continue
        known.add(address)
        near = labelled[bisect_left(starts, span.start - _NEAR) : bisect_left(starts, span.start + _NEAR)]
        free = next((f for f in near if not f.emails), None)
        if free:
            free.emails.append(address)
        else:
            found.append(_Found(span.start, span.end, span.start, emails=[address]))


def _contacts(f: _Found) -> list[Contact]:
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
