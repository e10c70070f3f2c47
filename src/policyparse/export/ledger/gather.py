"""What the documents of a ledger say together. It grows with the rows, not with the documents' text."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...model import PolicyDocument
from ..places import NOWHERE
from .facts import Dated, Finding, Paper, Reading, Seat, Spot, Task
from .units import Key, full_names, home, key
from .words import ROLES


@dataclass(slots=True)
class Unit:
    """A unit with what it has to do."""

    name: str
    paper: Paper
    """The first document that names it."""
    others: dict[str, None] = field(default_factory=dict)
    """Other ways in which the documents write it."""
    duties: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Tasks, by their place in the list of all, with the roles in them."""


@dataclass(slots=True)
class Gathered:
    """The rows of all sheets."""

    tasks: list[Task] = field(default_factory=list)
    units: dict[Key, Unit] = field(default_factory=dict)
    """In the order in which the documents name them."""
    dates: list[Dated] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    documents: int = 0
    """Documents whose tasks are in the ledger."""
    _seen: dict[bytes, str] = field(default_factory=dict)

    def add(self, document: PolicyDocument, path: str | None, link: str | None) -> None:
        """Take what a document says, unless another with the same text or the same tasks has said it before."""
        reading = Reading(document, path, link)
        if reading.is_ledger():
            self._found("own-ledger", "", reading.spot(None))
            return
        keys = reading.keys()
        if first := next((self._seen[k] for k in keys if k in self._seen), None):
            self._found("duplicate", first, reading.spot(None))
            return
        self._seen.update(dict.fromkeys(keys, reading.paper.file))
        self.documents += 1
        tasks = list(reading.tasks())
        self._add_units(reading, len(self.tasks))
        self.tasks += tasks
        self.dates += reading.dates(tasks)
        self.seats += reading.seats()
        self.findings += reading.findings()

    def missing(self, path: str, reason: str, link: str | None, code: str = "failed") -> None:
        """A file of which nothing is in the ledger."""
        paper = Paper("", None, None, path, link, "段")
        self._found(code, reason, Spot(paper, NOWHERE))

    def _found(self, code: str, message: str, spot: Spot) -> None:
        self.findings.append(Finding(0 if code == "failed" else 1, code, message, None, spot))

    def _add_units(self, reading: Reading, before: int) -> None:
        document = reading.document
        here, full = home(document, reading.facts.document_id), full_names(document)
        for number, measure in enumerate(document.measures, before):
            roles: dict[Key, dict[str, None]] = {}
            for r in measure.responsibilities:
                whole = r.full_name or r.name
                name = full.get(whole, whole)
                at = key(name, here)
                unit = self.units.setdefault(at, Unit(name, reading.paper))
                for other in (r.name, whole):
                    if key(other, here) != at:
                        unit.others[other] = None
                roles.setdefault(at, {})[r.role] = None
            for at, found in roles.items():
                self.units[at].duties.append((number, tuple(role for role in ROLES if role in found)))
