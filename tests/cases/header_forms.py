"""Header of a whole document, read through every stage: `number`, `title`, `type`, `by`, `to`, `date`, `encloses`."""

from policyparse import parse_text


def read(given: str) -> list[str]:
    d = parse_text(given.strip("\n"))
    lines = [f"number: {d.document_number.normalized}"] if d.document_number else []
    lines += [f"title: {d.title.text}"] if d.title else []
    lines += [f"type: {d.doc_type}"] if d.doc_type else []
    lines += [f"by: {n.name}" for n in d.issuers] + [f"to: {n.name}" for n in d.recipients]
    if d.issue_date:
        lines.append(f"date: {d.issue_date.date}")
    return lines + [f"encloses: {e.title}" for e in d.enclosures[:1]]
