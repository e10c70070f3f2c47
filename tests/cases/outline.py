"""`read`: the numbered items, indented by level, as marker and heading (or the first words), then the findings.

A line `== part ==`-like `----` in the input begins a new part (an enclosed plan, an annex). Items inside a
paragraph have a ~ before them; - is text behind the last item that belongs to none.
"""

from policyparse.anatomy import Anatomy, Part
from policyparse.diagnostics import Report
from policyparse.outline import Node, build
from policyparse.source import RawBlock, RawDoc
from policyparse.text import Line, Text


def text_of(given: str) -> tuple[Text, list[int]]:
    """Lines as they are (no normalisation: the cases are about numbering only) and where parts begin."""
    string, lines, parts = "", [], [0]
    for line in given.split("\n"):
        if line.startswith("----"):
            parts.append(len(string))
        elif line.strip():
            lines.append(Line(len(string), len(string) + len(line)))
            string += line + "\n"
    raw = RawDoc(string, (RawBlock(0, len(string)),))
    return Text(string, raw, ((0, len(string), 0, len(string)),), tuple(lines)), parts


def read(given: str) -> list[str]:
    text, starts = text_of(given)
    ends = [*starts[1:], len(text.string)]
    report, out = Report(), []
    anatomy = Anatomy(tuple(Part("body", a, b) for a, b in zip(starts, ends, strict=True)))
    doc = build(text, anatomy, (), report)

    def show(node: Node, depth: int) -> None:
        if node.number is not None:
            words = node.heading or text.string[node.content : node.content + 4] + "…"
            out.append("  " * depth + ("~" if node.inline else "") + f"{node.marker} {words.strip()}")
        for child in node.children:
            show(child, depth + (node.number is not None))

    before = None
    for root in doc.roots:
        if before and before.number and before.part == root.part and not root.style:
            out.append(f"- {text.string[root.start : root.start + 4]}…")
        show(root, 0)
        before = root
    return out + [f"! {d.message}" for d in report]
