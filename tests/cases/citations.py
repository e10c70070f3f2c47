"""Cases of citations: `relation | number | title`; a first line `OWN number` gives the document's own number.

Other input is the body of a notice, unless it starts with a line WHOLE.
"""

from policyparse.anatomy import dissect
from policyparse.diagnostics import Report
from policyparse.extract.citations import extract_citations
from policyparse.model import DocumentNumber
from policyparse.normalise import normalise
from policyparse.outline import build
from policyparse.readers.text import read as read_text
from policyparse.tables import build_grids
from policyparse.text import Span

_HEAD = "东河县教育局关于做好秋季工作的通知\n各乡镇中心学校：\n为做好秋季工作，现将有关事项通知如下。\n"


def read(given: str) -> list[str]:
    own = None
    if given.startswith("OWN "):
        line, _, given = given.partition("\n")
        own = DocumentNumber(text=line[4:], normalized=line[4:], span=Span(0, 0))
    else:
        given = given[6:] if given.startswith("WHOLE\n") else _HEAD + given
    report = Report()
    text = normalise(read_text(given.encode()), report)
    doc = build(text, dissect(text), build_grids(text), report)
    return [
        f"{c.relation} | {c.document_number.normalized if c.document_number else '-'} | {c.title or '-'}"
        for c in extract_citations(doc, own, report)
    ]
