"""The shape of the hand-checked truth: `view(document)` shows a parsed document the way `golden/*.json` is written.

golden/README.md describes every field. Anchors are the first ANCHOR characters of a text, so that a person can
write them by reading; empty values (null, empty list) may be left out of a golden file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from policyparse.model import (
    Attachment,
    Citation,
    DatePeriod,
    Deadline,
    LeadershipGroup,
    Measure,
    Member,
    Phase,
    PolicyDocument,
    Section,
    Table,
)
from policyparse.squeeze import squeeze
from policyparse.text import Span

ANCHOR = 16

Shape = dict[str, Any]


def anchor(text: str) -> str:
    """The first characters of a text, as written in golden files."""
    return squeeze(text)[:ANCHOR]


def view(doc: PolicyDocument) -> Shape:
    """The document as a golden file writes it (without `checked`)."""
    return {
        "document_number": doc.document_number.normalized if doc.document_number else None,
        "title": doc.title.text if doc.title else None,
        "enclosures": [{"title": e.title, "doc_type": e.doc_type} for e in doc.enclosures],
        "doc_type": doc.doc_type,
        "issuers": [n.name for n in doc.issuers],
        "recipients": [n.name for n in doc.recipients],
        "issue_date": doc.issue_date.date if doc.issue_date else None,
        "issue_date_candidates": doc.issue_date.candidates if doc.issue_date else [],
        "markings": _markings(doc),
        "imprint": _imprint(doc),
        "disclosure": {f.label: f.value for f in doc.disclosure.fields} if doc.disclosure else None,
        "contacts": [
            {"person": c.person, "organisation": c.organisation, "phones": c.phones, "emails": c.emails}
            for c in doc.contacts
        ],
        "phases": [_phase(p) for p in doc.phases],
        "measures": [_measure(m) for m in doc.measures if m.responsibilities],
        "leadership_groups": [_group(g) for g in doc.leadership_groups],
        "deadlines": [_deadline(d, doc.text) for d in doc.deadlines],
        "attachments": [_attachment(a) for a in doc.attachments],
        "citations": [_citation(c) for c in doc.citations],
        "outline": list(_outline(doc.outline)),
        "tables": [_table(t) for t in doc.tables],
        "diagnostics": [
            f"{d.code}: {_excerpt(doc.text, d.span)}".strip() for d in doc.diagnostics if d.severity != "info"
        ],
        "repairs": dict(sorted(Counter(d.code for d in doc.diagnostics if d.severity == "info").items())),
    }


def _excerpt(text: str, span: Span | None) -> str:
    return anchor(text[span.start : span.end]) if span else ""


def _markings(doc: PolicyDocument) -> Shape:
    single = ("copy_number", "classification", "urgency", "issuing_mark")
    found: Shape = {name: mark.text for name in single if (mark := getattr(doc, name))}
    found |= {name: [m.text for m in getattr(doc, name)] for name in ("signatories", "notes")}
    return found


def _imprint(doc: PolicyDocument) -> Shape | None:
    if not doc.imprint:
        return None
    return {
        "cc": [n.name for n in doc.imprint.cc],
        "printed_by": doc.imprint.printed_by,
        "print_date": doc.imprint.print_date,
    }


def _period(period: DatePeriod | None) -> Shape:
    return {"start": period.start, "end": period.end} if period else {}


def _phase(phase: Phase) -> Shape:
    return {"name": phase.name, **_period(phase.period), "tasks": [anchor(t.text) for t in phase.tasks]}


def _measure(m: Measure) -> Shape:
    return {
        "number": m.number,
        "path": " ".join(m.path),
        "anchor": anchor(m.text),
        "heading": m.heading,
        "units": [
            {"name": r.name, "role": r.role, "full_name": r.full_name}
            | ({"kind": r.kind} if r.kind != "organisation" else {})
            for r in m.responsibilities
        ],
        "deadline": m.deadline.text if m.deadline else None,
        "deadline_end": m.deadline.end if m.deadline else None,
        "steps": [f"{s.number or '-'} {anchor(s.text)}" for s in m.steps],
    }


def _member(m: Member) -> Shape:
    return {"role": m.role, "person": m.person, "post": m.post}


def _group(g: LeadershipGroup) -> Shape:
    return {
        "name": g.name,
        "parent": g.parent,
        "members": [_member(m) for m in g.members],
        "office_at": g.office.located_at if g.office else None,
        "office_staff": [_member(m) for m in g.office.members] if g.office else [],
    }


def _deadline(d: Deadline, text: str) -> Shape:
    at = d.period.span.start
    return {"anchor": anchor(text[at : at + 3 * ANCHOR].partition("\n")[0]), "date": d.period.end}


def _attachment(a: Attachment) -> Shape:
    return {"label": a.label, "title": a.title, "in_file": a.text_span is not None, "tables": len(a.tables)}


def _citation(c: Citation) -> Shape:
    number = c.document_number.normalized if c.document_number else None
    return {"document_number": number, "title": c.title, "relation": c.relation}


def _outline(sections: list[Section], depth: int = 1) -> Iterator[str]:
    for s in sections:
        if s.number is not None:
            yield f"{depth} {s.number} {s.heading or anchor(_first_text(s)) + '…'}"
        yield from _outline(s.children, depth + (s.number is not None))


def _first_text(section: Section) -> str:
    """The text of the first leaf, without the item's own number."""
    while section.children:
        section = section.children[0]
    text = section.text or ""
    number = section.number or ""
    at = text.find(number) + len(number) if 0 <= text.find(number) <= 1 else 0
    return text[at:].lstrip("）)]】．.、,，：: ")


def _table(t: Table) -> Shape:
    return {
        "caption": t.caption,
        "header": t.header,
        "rows": len(t.rows),
        "sections": len(t.sections),
        "first_cells": [row[0].text if row else "" for row in t.rows],
    }


def pruned(value: Any) -> Any:
    """Without empty values (null, "", [], {}, and a count of 0), which golden files may leave out."""
    if isinstance(value, dict):
        return {k: v for k, v in ((k, pruned(v)) for k, v in value.items()) if v not in (None, "", [], {}, 0)}
    return [pruned(v) for v in value] if isinstance(value, list) else value


def dump(value: Any, indent: int = 0) -> str:
    """JSON that a person can read and edit: what fits on a line of 110 characters stands on one."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or (indent and len(line) + indent <= 110):
        return line
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        inner = [f"{pad}{json.dumps(k, ensure_ascii=False)}: {dump(v, indent + 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(inner) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(pad + dump(v, indent + 1) for v in value) + "\n" + " " * indent + "]"
