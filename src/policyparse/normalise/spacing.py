"""Step: digits that a text layer sets apart like letters of a spaced line are closed up: 2 0 2 2 年 5 月 3 1 日."""

from __future__ import annotations

import re

from .draft import Draft, Edit

_YEAR = re.compile(r"(?<![0-9] )(?<![0-9])[12] [09] [0-9] [0-9](?= ?[年〕\]）)])")
"""Only where a whole year is set so are single digits beside blanks no cells of a table: 序号 1 2 月底前."""
_RUN = re.compile(r"(?<![0-9A-Za-z.] )(?<![0-9A-Za-z.])[0-9](?: [0-9]){1,5}(?= ?[年月日号〕\]）)])")
_BLANK = re.compile(" ")


def close_digits(draft: Draft) -> None:
    """Close up the digits of years, months, days and numbers in a document that spaces them."""
    if not any(digit in draft.ascii and digit in draft.raw.raw for digit in (" 0 ", " 9 ")):
        return
    if not any(s.prose and _YEAR.search(s.text) for s in draft.lines):
        return
    for line in draft.lines:
        if not (line.prose and " " in line.text):
            continue
        blanks = [b for m in _RUN.finditer(line.text) for b in _BLANK.finditer(line.text, *m.span())]
        draft.edit(line, [Edit(b.start(), b.end()) for b in blanks], "spacing")
