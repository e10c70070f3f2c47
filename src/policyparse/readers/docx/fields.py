"""Complex fields (HYPERLINK, TOC, PAGE, EQ …): which text is code, which is result."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .numerals import circled
from .symbols import symbol

_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"', re.IGNORECASE)
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_SYMBOL = re.compile(
    r'\s*SYMBOL\s+(0x[0-9a-f]{1,6}|\d{1,7})(?:.{0,80}?\\f\s*"?([^"\\]{1,40}?)"?(?:\s|$))?', re.IGNORECASE
)
_EQUATION = re.compile(r"\s*EQ\b", re.IGNORECASE)
_ENCIRCLED = re.compile(r"\\o\s*\\ac\s*\(\s*[○〇Oo◯]\s*[,;，；]\s*([^()]{1,4})\)", re.IGNORECASE)
_SWITCH = re.compile(r"\\[a-z]{1,2}\s?(?:\d+|(?=[(\s\\]))", re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """An open field."""

    code: list[str] = field(default_factory=list)
    result: bool = False
    """Its code has ended."""
    link_from: int = 0
    checked: bool | None = None
    """Of a check box on a form."""

    @property
    def instruction(self) -> str:
        return "".join(self.code)[:4000]


class Fields:
    """The open fields of one story, outermost first."""

    def __init__(self) -> None:
        self.open: list[Field] = []
        self.in_code = 0
        """So many of them show no result yet: text is not printed."""

    def begin(self) -> Field:
        """A field begins."""
        self.open.append(Field())
        self.in_code += 1
        return self.open[-1]

    def add_code(self, string: str) -> None:
        """A piece of the code of the innermost field."""
        if self.open and not self.open[-1].result:
            self.open[-1].code.append(string)

    def separate(self) -> Field | None:
        """The code ends, the result begins."""
        if not self.open or self.open[-1].result:
            return None
        self.open[-1].result = True
        self.in_code -= 1
        return self.open[-1]

    def end(self) -> Field | None:
        """The innermost field ends."""
        if not self.open:
            return None
        closed = self.open.pop()
        self.in_code -= not closed.result
        return closed

    def end_paragraph(self) -> None:
        """A code that no paragraph's end has closed is damaged: what follows is text again."""
        if self.in_code:
            self.open = [f for f in self.open if f.result]
            self.in_code = 0

    @property
    def contents(self) -> bool:
        """Inside a table of contents."""
        return any(_CONTENTS.match(f.instruction) for f in self.open if f.result)


def target(instruction: str) -> str | None:
    """The address in the code of a link."""
    m = _LINK.match(instruction)
    return m[1] if m else None


def drawn(instruction: str, checked: bool | None) -> str:
    """What a field without a result shows: EQ \\o\\ac(○,3) is ③, SYMBOL 254 \\f Wingdings is ☑, a box to tick."""
    if checked is not None:
        return "☑" if checked else "☐"
    if m := _SYMBOL.match(instruction):
        return symbol(int(m[1], 0) if not m[1].startswith("0") or "x" in m[1].lower() else int(m[1]), m[2])
    if m := _EQUATION.match(instruction):
        code = _ENCIRCLED.sub(lambda e: circled(e[1].strip()) or e[1].strip(), instruction[m.end() :])
        return re.sub(r"[(),，]|\s+", "", _SWITCH.sub("", code))
    return ""
