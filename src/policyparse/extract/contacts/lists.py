"""Lines below a contact, or below 联系方式, that name more of them without labels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...organisations import is_organisation
from ...outline import Doc
from ...persons import is_rare_person
from ...squeeze import squeeze
from .found import Found, in_text
from .names import PAIR, unit_first
from .numbers import PHONE, numbers

_ITEM = re.compile(r"[ 　\t]{0,8}(?:[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.．、])")
_ALONE = re.compile(
    r"[ 　\t]{0,12}(?P<name>[一-鿿]{1,2}[ 　]{0,3}[一-鿿]{1,2})(?P<title>同志|老师|先生|女士)?[：:，,、 　]{1,4}[（(]?"
)
"""王某某，0571-… below or behind another contact."""
HEADING = re.compile(
    r"联[系络](?:人|电话|方式)(?:(?:及其?|和|与|、)?(?:联系)?(?:电话|方式))?(?:如下|名单)?[：:。]?[ 　]{0,4}\n"
)
"""五、联系方式 over lines that each name a unit, a person and a number."""
_MOST_BELOW = 30
_REACH, _LONGEST = 40, 240
"""Characters to the next line, and of a line."""


def below(doc: Doc, f: Found) -> Iterator[Found]:
    """省财政厅经济处 卫某 010-6855…, 省财政厅：010-…: lines below a labelled contact that only its label tells."""
    string = doc.text.string
    at = _next_line(string, f.end, f.end + _REACH) if (f.persons or f.organisation) and f.phones else 0
    if at:
        yield from _listed(string, at)


def _listed(string: str, at: int) -> Iterator[Found]:
    """省财政厅经济处 卫某 010-6855…, 省财政厅：010-…: the lines from `at` on, up to the first of another kind."""
    for _ in range(_MOST_BELOW):
        far = min(at + _LONGEST, len(string))
        stop = min(i for i in (string.find("\n", at, far), string.find("；", at, far), far) if i >= 0)
        at = m.end() if (m := _ITEM.match(string, at, stop)) else at
        number = PHONE.search(string, at, stop)
        pair = PAIR.fullmatch(string, at, number.start()) if number else None
        first = unit_first(string, at, number.start()) if number and not pair else None
        if pair is not None and is_organisation(pair["unit"]) and is_rare_person(squeeze(pair["name"])):
            persons, unit, start = [squeeze(pair["name"])], pair["unit"], pair.start("unit")
        elif first is not None:
            persons, unit, start = *first, at
        elif number and (alone := _ALONE.fullmatch(string, at, number.start())) and _is_name(alone):
            persons, unit, start = [squeeze(alone["name"])], None, alone.start("name")
        else:
            return
        yield Found(start, stop, at, persons, unit, numbers(string, at, stop))
        at = stop + 1


def _is_name(m: re.Match[str]) -> bool:
    return is_rare_person(squeeze(m["name"])) and not is_organisation(squeeze(m["name"]))


def with_headed(doc: Doc, headings: list[int], found: list[Found]) -> list[Found]:
    """The contacts, with those listed below 联系方式 that no label tells."""
    known = {f.start for f in found} | {f.line for f in found}
    more = [f for at in headings if in_text(doc, at) for f in _listed(doc.text.string, at)]
    more = [f for f in more if f.start not in known and f.line not in known]
    return sorted([*found, *more], key=lambda f: f.start) if more else found


def _next_line(string: str, at: int, limit: int) -> int:
    """Where the line (or the unit behind a semicolon) after `at` begins, 0 when it is too far."""
    if string.startswith("；", at):
        return at + 1
    return string.find("\n", at, limit) + 1
