"""The diagnostics: what a careful reader would flag. One table of codes; extractors report by code."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Diagnostic, Severity
from .text import Span
from .trusted import trusted

CODES: dict[str, tuple[Severity, str]] = {
    # code: (severity, when it is raised)
    "damaged-file": ("warning", "part of the file could not be read"),
    "several-documents": ("warning", "the file holds several documents, read as one"),
    "enclosed-file": ("info", "a file inside the file was not read"),
    "hidden-cells": ("info", "rows or columns that the sheet hides were read, too"),
    "page-without-text": ("warning", "a page has no usable text and was not recognised from its image"),
    "ocr-text": ("info", "text was recognised from page images"),
    "ocr-unsure": ("warning", "a line was recognised with low confidence"),
    "undecodable": ("error", "bytes that the encoding cannot represent"),
    "encoding-guessed": ("info", "the encoding was guessed"),
    "line-joined": ("info", "a line broken in mid-sentence was joined"),
    "paragraph-split": ("info", "paragraphs run together on one line were separated"),
    "digits-mended": ("warning", "letters that stand for digits in a date or number (2O19年) were replaced"),
    "number-restored": ("warning", "a document number without 号 (or with mixed brackets) was completed"),
    "year-inferred": ("info", "a date without year took it from the context"),
    "year-unknown": ("warning", "a date without year, and nothing in the document tells it"),
    "recurring-date": (
        "info",
        "a date comes back (每月10日前): only its first time after the issue date is listed, if any",
    ),
    "ambiguous-date": ("warning", "a date that can be read in two ways"),
    "invalid-date": ("warning", "a date that no calendar has"),
    "garbled-text": ("warning", "characters that look like a broken number or date"),
    "numbering-gap": ("warning", "an item number is missing in a sequence"),
    "numbering-repeat": ("warning", "an item number appears twice in a sequence"),
    "missing-attachment": ("warning", "the text refers to an attachment that is not in the file"),
    "missing-enclosure": ("warning", "the notice issues a text that is not in the file"),
    "phase-order": ("warning", "phases overlap or are out of order"),
    "deadline-after-phases": ("warning", "a deadline after the end of the last phase"),
    "table-irregular": ("warning", "table rows of different lengths"),
    "metadata-conflict": ("warning", "page metadata and document disagree"),
    "repeated-text": ("warning", "a passage that the page repeats"),
    "no-header": ("warning", "neither title nor number nor issuer: perhaps no official document, or a piece of one"),
    "empty-document": ("warning", "the file has no text"),
}


class Report:
    """Collects diagnostics while the stages run; a value is never guessed without a word here."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int, str, str], Span | None] = {}
        """The span of each by its place, code and message: numbers are hashed and sorted quickest."""

    def add(self, code: str, message: str, span: Span | None = None) -> None:
        """Report `code` (a key of CODES; KeyError otherwise) once per place and message."""
        if code not in CODES:
            raise KeyError(code)
        place = (-1, -1, code, message) if span is None else (span.start, span.end, code, message)
        self._found[place] = span

    def holds(self, code: str) -> bool:
        """Whether `code` was reported."""
        return any(place[2] == code for place in self._found)

    def __iter__(self) -> Iterator[Diagnostic]:
        """By place in the text, document-wide ones first."""
        found = sorted(self._found.items(), key=_place)
        return iter(
            [_make({"code": c, "severity": CODES[c][0], "message": m, "span": span}) for (_, _, c, m), span in found]
        )


def _place(found: tuple[tuple[int, int, str, str], Span | None]) -> tuple[int, str, str]:
    (start, end, code, message), _ = found
    return start if start < end else -1, code, message


_make = trusted(Diagnostic)
