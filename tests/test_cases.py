"""Sentence cases: every `tests/cases/<module>.txt` is read with the adapter `tests/cases/<module>.py`.

A case file is a list of cases:

    == name of the case
    input, one or more lines
    --
    expected values, one a line, as the adapter's `read(input)` prints them; nothing = nothing found

A name that ends in ` [xfail: reason]` is a known failure, and must fail.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


def cases_of(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """(name, input, expected lines) of a case file."""
    for block in ("\n" + path.read_text("utf-8")).split("\n== ")[1:]:
        name, _, rest = block.partition("\n")
        given, separator, expected = (rest + "\n").partition("\n--\n")
        assert separator, f"{path.name}: case {name!r} has no -- line"
        yield name.strip(), given, [line for line in expected.split("\n") if line.strip()]


def every_case() -> Iterator[object]:
    for path in sorted(CASES.glob("*.txt")):
        names: set[str] = set()
        for name, given, expected in cases_of(path):
            assert name not in names, f"{path.name}: two cases named {name!r}"
            names.add(name)
            reason = name.partition("[xfail:")[2].rstrip("] ")
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            yield pytest.param(path.stem, given, expected, id=f"{path.stem}: {name}", marks=marks)


def adapter(module: str) -> object:
    spec = importlib.util.spec_from_file_location(f"cases_{module}", CASES / f"{module}.py")
    assert spec and spec.loader, f"tests/cases/{module}.py is missing"
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.mark.parametrize(("module", "given", "expected"), list(every_case()))
def test_case(module: str, given: str, expected: list[str]) -> None:
    assert adapter(module).read(given) == expected  # type: ignore[attr-defined]
