"""What Akoma Ntoso marks inside the text: title, number, organisations, persons, dates, references."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from ..model import Citation, PolicyDocument
from ..text import Span
from .akn_parts import signatures
from .body import along
from .relation import document_id, iso

_UNSAFE = re.compile(r"[\s/?#%<>\"{}|\\^`\[\]]")
_ORGANISATIONS = "/akn/cn/ontology/organization/"
_PERSONS = "/akn/cn/ontology/person/"
_ROLES = "/akn/cn/ontology/role/"


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


class Mark(NamedTuple):
    """An element around `text[start:end]`, inside another (`around`) where that is given."""

    start: int
    end: int
    tag: str
    attributes: dict[str, str]
    around: str | None = None
    """Name of an `inline` element: organisations cannot carry a role themselves."""


class Marks:
    """The marks of a document, none of which overlap, and the entities they refer to."""

    def __init__(self, document: PolicyDocument) -> None:
        self._document = document
        self.entities: dict[tuple[str, str], tuple[str, str]] = {}
        """(element, name) -> (eId, address)."""
        self._count: Counter[str] = Counter()
        found = sorted(self._all(), key=lambda m: (m.start, -m.end))
        self._marks: list[Mark] = []
        for mark in found:
            if mark.start < mark.end and (not self._marks or mark.start >= self._marks[-1].end):
                self._marks.append(mark)
        self._starts = [m.start for m in self._marks]

    def inside(self, start: int, end: int) -> Iterator[Mark]:
        """The marks that lie in `text[start:end]`, in order."""
        i = bisect_left(self._starts, start)
        while i < len(self._marks) and self._marks[i].start < end:
            if self._marks[i].end <= end:
                yield self._marks[i]
            i += 1

    def reference(self, element: str, name: str, base: str) -> str:
        """#eId of an entity, which is noted for the references."""
        if (element, name) not in self.entities:
            self._count[element] += 1
            eid = f"{element.removeprefix('TLC').lower()}_{self._count[element]}"
            self.entities[element, name] = (eid, base + safe(name))
        return f"#{self.entities[element, name][0]}"

    def _all(self) -> Iterator[Mark]:
        yield from self._header()
        yield from self._organisations()
        yield from self._dates()
        yield from self._persons()
        yield from (mark for c in self._document.citations for mark in self._cited(c))

    def _header(self) -> Iterator[Mark]:
        d = self._document
        single: dict[str, Sequence[_Spanned | None]] = {
            "docTitle": [d.title],
            "docNumber": [d.document_number],
            "docAuthority": [d.issuing_mark],
            "docStatus": [d.classification, d.urgency],
            "docIntroducer": d.signatories,
        }
        for tag, values in single.items():
            yield from (Mark(v.span.start, v.span.end, tag, {}) for v in values if v)
        if d.issue_date and iso(d.issue_date.date):
            yield _mark(d.issue_date.span, "docDate", {"date": str(d.issue_date.date)})

        for span in signatures(d):
            yield _mark(span, "signature", {})

    def _organisations(self) -> Iterator[Mark]:
        d = self._document
        for name in (*d.issuers, *d.recipients, *(d.imprint.cc if d.imprint else ())):
            yield _mark(name.span, "organization", self._organisation(name.name))
        for r in (r for m in d.measures for r in m.responsibilities):
            name_ = r.full_name or r.name
            if r.kind == "organisation":
                yield _mark(r.span, "organization", self._organisation(name_), r.role)
            else:
                yield _mark(r.span, "person", {"refersTo": self.reference("TLCPerson", name_, _PERSONS)}, r.role)

    def _organisation(self, name: str) -> dict[str, str]:
        return {"refersTo": self.reference("TLCOrganization", name, _ORGANISATIONS)}

    def _dates(self) -> Iterator[Mark]:
        """By when something is due: the last day. Periods of two days have no one date."""
        for due in (d.period for d in self._document.deadlines):
            if iso(due.end):
                yield _mark(due.span, "date", {"date": str(due.end)})

    def _persons(self) -> Iterator[Mark]:
        text = self._document.text
        for group in self._document.leadership_groups:
            for seat in (*group.members, *(group.office.members if group.office else ())):
                if seat.person and (at := _found(text, seat.person, seat.span)):
                    refers = self.reference("TLCPerson", seat.person, _PERSONS)
                    yield _mark(at, "person", {"refersTo": refers, "as": self.reference("TLCRole", seat.role, _ROLES)})

    def _cited(self, citation: Citation) -> Iterator[Mark]:
        if citation.document_number:
            yield _mark(citation.span, "ref", {"href": work(citation.document_number.normalized, None)})
        else:
            yield _mark(citation.span, "inline", {"name": "citation"})


def work(number: str | None, year: int | None, otherwise: str = "") -> str:
    """Address of a document as a work: by its number, so that a citation and the cited document have the same."""
    dated = re.search(r"[〔\[]?((?:19|20)\d\d)", number) if number else None
    return f"/akn/cn/doc/{dated[1] if dated else year or '0000'}/{safe(number) if number else otherwise}"


def work_of(document: PolicyDocument) -> str:
    """Address of this document."""
    number = document.document_number
    issued = iso(document.issue_date.date) if document.issue_date else None
    return work(number.normalized if number else None, issued.year if issued else None, document_id(document))


def safe(name: str) -> str:
    """A name as a part of an address: Chinese characters stay, those with a meaning there are encoded."""
    return _UNSAFE.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), name)


def _mark(span: Span, tag: str, attributes: dict[str, str], around: str | None = None) -> Mark:
    return Mark(span.start, span.end, tag, attributes, around)


def _found(text: str, value: str, inside: Span) -> Span | None:
    """Where a value stands in a stretch of the text; a two-character name may be padded with a space."""
    at = text.find(value[0], inside.start, inside.end)
    while at >= 0:
        end = along(text, at, value, inside.end)
        if end is not None:
            return Span(at, end)
        at = text.find(value[0], at + 1, inside.end)
    return None
