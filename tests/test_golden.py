"""The five sample notices are read completely and correctly: `golden/` is the truth, checked by reading."""

from __future__ import annotations

import datetime

import pytest

from tests.golden import GOLDEN, NOT_COMPARED, differences, load, samples
from tests.golden_shape import view

NAMES = list(samples())


def test_every_sample_has_a_golden_file_and_every_golden_file_a_sample() -> None:
    written = {p.stem for p in GOLDEN.glob("*.json")}
    assert written - set(NAMES) == set(), "golden files without a sample document"
    assert set(NAMES) - written == set(), "sample documents without a golden file"


@pytest.mark.parametrize("name", NAMES)
def test_golden_file_says_who_checked_it_and_when(name: str) -> None:
    golden = load(name)
    assert golden["checked"]["by"]
    assert datetime.date.fromisoformat(golden["checked"]["on"])
    assert golden["source"] == f"notices/{samples()[name].name}"


@pytest.mark.parametrize("name", NAMES)
def test_golden_file_has_only_known_fields(name: str) -> None:
    import policyparse

    known = {*view(policyparse.parse_text("关于测试的通知")), *NOT_COMPARED}
    assert set(load(name)) <= known


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_read_as_the_golden_file_says(name: str) -> None:
    found = differences(name)
    assert not found, f"{len(found)} differences; see `python -m tests.golden diff {name}`:\n" + "\n".join(found[:40])
