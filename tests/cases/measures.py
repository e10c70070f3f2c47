"""A line a measure: path | heading | first words | units with roles | deadline = last day | steps | phase."""

from policyparse import parse_text

LETTER = {"lead": "L", "cooperate": "C", "supervise": "S", "responsible": "R"}


def read(given: str) -> list[str]:
    lines = []
    for m in parse_text(given).measures:
        units = " ".join(f"{r.name}/{LETTER[r.role]}{'p' if r.kind == 'person' else ''}" for r in m.responsibilities)
        due = f"{m.deadline.text}={m.deadline.end}" if m.deadline else ""
        place = f"{m.number or '-'} ({'.'.join(m.path)})"
        cells = (place, m.heading or "", m.text[:16], units, due, len(m.steps), m.phase or "")
        lines.append(" | ".join(map(str, cells)))
    return lines
