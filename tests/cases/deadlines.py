"""Adapter of deadlines.txt: a document issued on 2022-03-01; one line a deadline: day | date as written."""

from __future__ import annotations

import datetime

from policyparse.anatomy import Anatomy, Part
from policyparse.dates import DateContext
from policyparse.diagnostics import Report
from policyparse.extract.deadlines import extract_deadlines
from policyparse.outline import Doc, Node
from policyparse.source import RawDoc
from policyparse.text import Line, Text

_CONTEXT = DateContext(issued=datetime.date(2022, 3, 1))


def _doc(string: str) -> Doc:
    lines, at = [], 0
    for line in string.split("\n"):
        lines.append(Line(at, at + len(line)))
        at += len(line) + 1
    text = Text(string, RawDoc(string, ()), (), tuple(lines))
    return Doc(text, Anatomy((Part("body", 0, len(string)),)), (Node(0, len(string), 0),))


def read(given: str) -> list[str]:
    """The deadlines told in the text."""
    found = extract_deadlines(_doc(given), [], [], _CONTEXT, Report())
    return [f"{d.period.end} | {d.text}" for d in found]
