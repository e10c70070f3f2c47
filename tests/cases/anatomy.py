"""The parts, one a line: kind, first characters, `T` title, `L` label; `note:` the 附件说明. Input as in header.py."""

import importlib.util
from pathlib import Path

from policyparse.anatomy import Part, dissect
from policyparse.squeeze import squeeze
from policyparse.text import Span

_spec = importlib.util.spec_from_file_location("header_case", Path(__file__).parent / "header.py")
assert _spec and _spec.loader
_header = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_header)


def read(given: str) -> list[str]:
    text = _header.text_of(given)
    anatomy = dissect(text)
    s = text.string

    def shown(span: Span | None, name: str) -> str:
        return f" {name}:{squeeze(s[span.start : span.end])}" if span else ""

    def line(part: Part) -> str:
        first = s[part.start : part.end].strip().split("\n")[0][:12]
        return f"{part.kind} {first}{shown(part.title, 'T')}{shown(part.label, 'L')}"

    assert "".join(s[p.start : p.end] for p in anatomy.parts) == s
    note = [f"note:{shown(anatomy.enclosure_note, '')[2:]}"] if anatomy.enclosure_note else []
    return [line(p) for p in anatomy.parts] + note
