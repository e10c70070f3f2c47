"""Cases of leadership groups: `name`, then `role: person / post`, `at: office`, `staff role: person / post`."""

from policyparse.anatomy import dissect
from policyparse.diagnostics import Report
from policyparse.extract.leadership import extract_leadership
from policyparse.model import Member
from policyparse.normalise import normalise
from policyparse.outline import build
from policyparse.readers.text import read as read_text
from policyparse.tables import build_grids


def _seat(m: Member) -> str:
    return f"{m.role}: {' / '.join(x for x in (m.person, m.post) if x)}"


def read(given: str) -> list[str]:
    report = Report()
    text = normalise(read_text(given.encode()), report)
    doc = build(text, dissect(text), build_grids(text), report)
    found: list[str] = []
    for g in extract_leadership(doc, report):
        found.append(f"[{g.name}]" + (f" < {g.parent}" if g.parent else ""))
        found.extend(_seat(m) for m in g.members)
        if g.office and g.office.located_at:
            found.append(f"at: {g.office.located_at}")
        found.extend("staff " + _seat(m) for m in (g.office.members if g.office else []))
    return found
