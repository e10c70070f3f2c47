"""Cases of attachments: `label | title | text` (text: the annex is in the file), `! message` for other findings.

That an attachment without its text is reported as missing holds for every case.
The input is the end of a notice, unless it starts with a line WHOLE.
"""

from policyparse.anatomy import dissect
from policyparse.diagnostics import Report
from policyparse.extract.attachments import extract_attachments
from policyparse.normalise import normalise
from policyparse.outline import build
from policyparse.readers.text import read as read_text
from policyparse.tables import build_grids

_HEAD = "东河县教育局关于做好秋季工作的通知\n各乡镇中心学校：\n为做好秋季工作，现将有关事项通知如下，请认真贯彻执行。\n"


def read(given: str) -> list[str]:
    given = given[6:] if given.startswith("WHOLE\n") else _HEAD + given
    report = Report()
    text = normalise(read_text(given.encode()), report)
    doc = build(text, dissect(text), build_grids(text), report)
    own = Report()
    attachments = extract_attachments(doc, own)
    missing = [f"{a.label} {a.title} is listed but not in the file" for a in attachments if not a.text_span]
    messages = [d.message for d in own]
    assert {m for m in messages if "is listed" in m} == set(missing)
    found = [f"{a.label} | {a.title}" + (" | text" if a.text_span else "") for a in attachments]
    return found + [f"! {m}" for m in messages if m not in missing]
