"""Contacts of a table's columns: 单位 | 联系人 | 联系电话 | 电子邮箱, 姓名 | 手机, 分管领导 | 电话 | 联络员 | 电话."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...model import Contact
from ...outline import Doc
from ...persons import could_be_name
from ...squeeze import squeeze
from ...text import Cell, Span
from .numbers import addresses, numbers

_COLUMNS = (
    # what a column holds, words of its name
    ("other", re.compile(r"传真$|邮编|邮政编码|地址")),
    ("mail", re.compile(r"邮箱|邮件|[Ee]-?mail", re.IGNORECASE)),
    ("phone", re.compile(r"电话|手机|联系方式|联系号码")),
    ("person", re.compile(r"联[系络]人|联络员|经办人|姓名|负责人|分管领导|责任人|值班(?:人员|领导)")),
    ("unit", re.compile(r"单位|部门|科室|处室|机构|地区|市县|县区|区县|乡镇|街道")),
)
_PARTS = re.compile(r"[\s、，,；;/（）()]+")


class _Seat(NamedTuple):
    """Columns of one contact: a person and the numbers to the right."""

    persons: list[int]
    phones: list[int]
    mails: list[int]


def table_contacts(doc: Doc) -> Iterator[Contact]:
    """A contact for each filled row of a table that has a column of numbers; an empty form gives none."""
    for grid in doc.tables:
        kinds = [_kind(name) for name in grid.header]
        if "phone" not in kinds and "mail" not in kinds:
            continue
        unit = kinds.index("unit") if "unit" in kinds else None
        seats = list(_seats(kinds))
        for index, row in enumerate(grid.rows):
            if index not in grid.sections:
                yield from (c for s in seats for c in _contacts(doc.text.string, row, s, unit))


def _kind(name: str) -> str | None:
    both = _COLUMNS[2][1].search(name) and _COLUMNS[3][1].search(name)
    return "both" if both else next((kind for kind, words in _COLUMNS if words.search(name)), None)


def _seats(kinds: list[str | None]) -> Iterator[_Seat]:
    """Each column of persons opens a seat; numbers before the first belong to it as well."""
    seat = _Seat([], [], [])
    for i, kind in enumerate(kinds):
        if kind in ("person", "both") and seat.persons:
            if seat.phones or seat.mails:
                yield seat
            seat = _Seat([], [], [])
        for wanted, columns in (("person", seat.persons), ("phone", seat.phones), ("mail", seat.mails)):
            if kind == wanted or (kind == "both" and wanted != "mail"):
                columns.append(i)
    if seat.phones or seat.mails:
        yield seat


def _contacts(string: str, row: tuple[Cell, ...], seat: _Seat, unit: int | None) -> Iterator[Contact]:
    """The contact of a row; as many numbers as persons in their cells are paired in order."""
    phones = _once(n for i in seat.phones for n in numbers(string, row[i].start, row[i].end))
    mails = _once(string[m.start : m.end] for i in seat.mails for m in addresses(string, row[i].start, row[i].end))
    if not phones and not mails:
        return
    names = _once(n for i in seat.persons for n in _names(string[row[i].start : row[i].end]))
    organisation = squeeze(string[row[unit].start : row[unit].end]) if unit is not None else ""
    used = [row[i] for i in (*seat.persons, *seat.phones, *seat.mails) if row[i].end > row[i].start]
    span = Span(min(c.start for c in used), max(c.end for c in used))
    for i, name in enumerate(names or [None]):
        yield Contact(
            person=name,
            organisation=organisation or None,
            phones=[phones[i]] if name and len(phones) == len(names) else phones,
            emails=[mails[i]] if name and len(mails) == len(names) else mails,
            span=span,
        )


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _names(cell: str) -> list[str]:
    """Names in a cell, one padded with a space (王　明) included."""
    whole = squeeze(cell)
    return [whole] if could_be_name(whole) else [p for p in _PARTS.split(cell) if could_be_name(p)]
