"""Adapter of dates.txt: a first line `@issued=2018-03-01 title=2019 …` gives the context, the rest is the text.

One line an expression: text | first..last | marker | where the year comes from | problem [| readings].
"""

from __future__ import annotations

import datetime

from policyparse.dates import DateContext, DateExpression, find_dates

_DAY = datetime.date.fromisoformat


def _context(line: str) -> DateContext:
    given = dict(pair.split("=") for pair in line.removeprefix("@").split())
    declared = given.get("declared", "").split("..")
    return DateContext(
        previous=_DAY(given["previous"]) if "previous" in given else None,
        title_year=int(given["title"]) if "title" in given else None,
        declared=(_DAY(declared[0]), _DAY(declared[1])) if "declared" in given else None,
        issued=_DAY(given["issued"]) if "issued" in given else None,
        number_year=int(given["number"]) if "number" in given else None,
    )


def _line(e: DateExpression) -> str:
    days = f"{e.first or ''}..{e.last or ''}"
    columns = [e.text, days, e.marker, e.inferred or "-", e.problem or "-"]
    return " | ".join([*columns, *([" ".join(map(str, e.candidates))] if e.candidates else [])])


def read(given: str) -> list[str]:
    """The date expressions of the text."""
    head, _, text = given.partition("\n") if given.startswith("@") else ("@issued=2018-03-01", "", given)
    return [_line(e) for e in find_dates(text, context=_context(head))]
