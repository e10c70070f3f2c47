"""Whole notices, facts that several stages make together, one a line: `by: …`, `date: …`, `annex: …`, `stage: …`.

A measure is `do: number anchor | unit/role …| deadline`, a deadline `due: date`, a recipient `to: …`, a table cell's
tab is written as it is.
"""

import policyparse
from policyparse import PolicyDocument


def _period(start: str | None, end: str | None) -> str:
    return f"{start or ''}..{end or ''}"


def read(given: str) -> list[str]:
    d: PolicyDocument = policyparse.parse_text(given)
    found = [f"title: {d.title.text}"] if d.title else []
    found += [f"by: {n.name}" for n in d.issuers]
    found += [f"to: {n.name}" for n in d.recipients]
    found += [f"date: {d.issue_date.date}"] if d.issue_date else []
    found += [f"encloses: {e.title}" for e in d.enclosures]
    for p in d.phases:
        found.append(f"stage: {p.name} {_period(p.period.start, p.period.end) if p.period else '-'}")
    for m in d.measures:
        if m.responsibilities:
            units = " ".join(f"{u.name}/{u.role[0].upper()}" for u in m.responsibilities)
            found.append(
                f"do: {m.number or ''} {m.text[:10]} | {units} | {(m.deadline and m.deadline.end) or ''}".rstrip()
            )
    found += [f"annex: {a.title}" for a in d.attachments]
    found += [f"due: {x.period.end}" for x in d.deadlines]
    return found
