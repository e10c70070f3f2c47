"""`read`: garbled passages and brackets left open, as the diagnostics say it."""

from policyparse.anatomy import Anatomy, Part
from policyparse.diagnostics import Report
from policyparse.extract.checks import check
from policyparse.normalise import normalise
from policyparse.outline import build
from policyparse.readers import read as read_bytes


def read(given: str) -> list[str]:
    text = normalise(read_bytes(given.encode(), "a.txt"), Report())
    doc = build(text, Anatomy((Part("body", 0, len(text.string)),)), (), Report())
    report = Report()
    check(doc, [], [], report)
    return [d.message for d in report]
