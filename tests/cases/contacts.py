"""`read`: each contact as person | organisation | phones | emails."""

from policyparse.anatomy import Anatomy, Part
from policyparse.diagnostics import Report
from policyparse.extract.contacts import extract_contacts
from policyparse.normalise import normalise
from policyparse.outline import build
from policyparse.readers import read as read_bytes
from policyparse.tables import build_grids


def read(given: str) -> list[str]:
    text = normalise(read_bytes(given.encode(), "a.txt"), Report())
    doc = build(text, Anatomy((Part("body", 0, len(text.string)),)), build_grids(text), Report())
    return [
        f"{c.person or '-'} | {c.organisation or '-'} | {' '.join(c.phones) or '-'} | {' '.join(c.emails) or '-'}"
        for c in extract_contacts(doc)
    ]
