"""Header elements that were found, one a line: `number: …`, `title: …`, `type: …`, `by: …`, `to: …`, `date: …` …

Each input line is one paragraph; `| ` marks a line of page metadata, `^ ` a centred one.
"""

from policyparse.anatomy import dissect
from policyparse.diagnostics import Report
from policyparse.extract.header import Header, extract_header
from policyparse.outline import Doc
from policyparse.source import RawDoc
from policyparse.text import Line, Text

SHOWN = ("metadata-conflict", "ambiguous-date", "invalid-date", "missing-enclosure", "number-restored")


def text_of(given: str) -> Text:
    """A text of one paragraph a line."""
    lines: list[Line] = []
    string = ""
    for raw in given.strip("\n").split("\n"):
        body = raw[2:] if raw.startswith(("| ", "^ ")) else raw
        string += "\n" if lines else ""
        start = len(string) + len(body) - len(body.lstrip())
        string += body.rstrip()
        align = "center" if raw.startswith("^ ") else None
        lines.append(Line(start, len(string), align=align, meta=raw.startswith("| ")))  # type: ignore[arg-type]
    return Text(string, RawDoc(string, ()), ((0, len(string), 0, len(string)),), tuple(lines))


def read(given: str) -> list[str]:
    report = Report()
    text = text_of(given)
    h = extract_header(Doc(text, dissect(text), ()), report)
    return [*marks(h), *main(h), *rest(h), *(f"! {d.code}" for d in report if d.code in SHOWN)]


def marks(h: Header) -> list[str]:
    named = (("copy", h.copy_number), ("secret", h.classification), ("urgency", h.urgency), ("mark", h.issuing_mark))
    return [f"{name}: {m.text}" for name, m in named if m] + [f"signed: {m.text}" for m in h.signatories]


def main(h: Header) -> list[str]:
    lines = [f"number: {h.document_number.normalized}"] if h.document_number else []
    lines += [f"title: {h.title.text}"] if h.title else []
    lines += [f"type: {h.doc_type}"] if h.doc_type else []
    lines += [f"by: {n.name}" for n in h.issuers] + [f"to: {n.name}" for n in h.recipients]
    if h.issue_date:
        lines.append(f"date: {h.issue_date.date} {'/'.join(h.issue_date.candidates)}".rstrip())
    return lines


def rest(h: Header) -> list[str]:
    lines = [f"encloses: {e.title} ({e.doc_type}{', present' if e.text_span else ''})" for e in h.enclosures]
    lines += [f"note: {m.text}" for m in h.notes]
    if h.imprint:
        lines += [f"cc: {n.name}" for n in h.imprint.cc]
        lines += [f"printed: {h.imprint.printed_by} {h.imprint.print_date}"]
    return lines
