"""The whole story: bytes -> RawDoc -> Text -> Anatomy -> Doc -> facts -> PolicyDocument."""

from __future__ import annotations

import hashlib
from pathlib import Path

from . import __version__, readers
from .anatomy import dissect
from .assemble import outline_sections, set_aside, source_map, tables
from .dates.document import date_context
from .diagnostics import Report
from .errors import UnreadableFile
from .extract.attachments import extract_attachments
from .extract.checks import check
from .extract.citations import extract_citations
from .extract.contacts import extract_contacts
from .extract.deadlines import extract_deadlines
from .extract.header import extract_header
from .extract.leadership import extract_leadership
from .extract.measures import extract_measures
from .extract.phases import extract_phases
from .limits import Limits, Ocr, ReadOptions
from .model import SCHEMA_VERSION, PolicyDocument, Source
from .normalise import normalise
from .outline import build
from .source import RawDoc
from .tables import build_grids
from .trusted import trusted

_make_source, _make_document = trusted(Source), trusted(PolicyDocument)


def parse(
    path: str | Path, *, password: str | None = None, ocr: Ocr = "auto", limits: Limits | None = None
) -> PolicyDocument:
    """Read a file. Raises PolicyParseError (UnreadableFile, UnsupportedFormat, …) with what to do.

    `password` opens an encrypted file; `ocr` says when page images are read: where a page has no text (auto), never,
    or always; `limits` bounds size, pages and time (default: `Limits`, changed by POLICYPARSE_MAX_… variables).
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"cannot read {path}: {error.strerror or error}") from error
    return parse_bytes(data, path.name, password=password, ocr=ocr, limits=limits)


def parse_bytes(
    data: bytes,
    filename: str | None = None,
    *,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits | None = None,
) -> PolicyDocument:
    """Read the content of a file; `filename` helps to choose the reader when the content does not tell."""
    raw = readers.read(data, filename, ReadOptions(password, ocr, limits or Limits.in_force()))
    return parse_raw(
        raw,
        _make_source(
            {
                "name": filename,
                "media_type": raw.media_type,
                "size": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
                "encoding": raw.encoding,
                "pages": raw.pages,
                "reader": raw.reader,
            }
        ),
    )


def parse_text(string: str) -> PolicyDocument:
    """Read a document given as text. TypeError for bytes: `parse_bytes` finds out their encoding."""
    if not isinstance(string, str):
        raise TypeError(f"parse_text takes a str, not {type(string).__name__}; use parse_bytes for the bytes of a file")
    return parse_bytes(string.encode("utf-8", "surrogatepass"), None)


def parse_raw(raw: RawDoc, source: Source) -> PolicyDocument:
    """From what a reader returns to the facts: each stage explicit, each value with its span."""
    report = Report()
    text = normalise(raw, report)
    for code, message, start, end in raw.warnings:
        report.add(code, message, text.from_source(start, end) if end > start else None)
    anatomy = dissect(text)
    doc = build(text, anatomy, build_grids(text, report), report)
    header = extract_header(doc, report)
    context = date_context(doc, header)
    phases = extract_phases(doc, context, report)
    measures = extract_measures(doc, phases, context, report)
    deadlines = extract_deadlines(doc, phases, measures, context, report)
    groups = extract_leadership(doc, report)
    attachments = extract_attachments(doc, report)
    citations = extract_citations(doc, header.document_number, report)
    contacts = extract_contacts(doc)
    check(doc, phases, deadlines, report)
    return _make_document(
        {
            "schema_version": SCHEMA_VERSION,
            "parser_version": __version__,
            "source": source,
            **{field: getattr(header, field) for field in header.__slots__},
            "contacts": contacts,
            "phases": phases,
            "measures": measures,
            "leadership_groups": groups,
            "deadlines": deadlines,
            "attachments": attachments,
            "citations": citations,
            "tables": tables(doc),
            "outline": outline_sections(doc),
            "diagnostics": list(report),
            "text": text.string,
            "set_aside": set_aside(text),
            "source_map": source_map(text),
        }
    )
