"""`read`: the sections of a text whose source ran its paragraphs together, as number and heading (- without one)."""

import policyparse
from policyparse.model import Section


def read(given: str) -> list[str]:
    out: list[str] = []

    def show(sections: list[Section], depth: int) -> None:
        for section in sections:
            if section.number is not None:
                out.append("  " * depth + f"{section.number} {section.heading or '-'}")
            show(section.children, depth + (section.number is not None))

    show(policyparse.parse_text(given).outline, 0)
    return out
