"""The score on the development set never falls below its floors (`tests/devset_floors.json`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import devset_gate
from tests.devset_gate import SLACK, evaluation, figures, gold_hash, load, raise_floors, readable_ids
from tests.documents import devset_files


@pytest.fixture(scope="module")
def found() -> dict[str, float]:
    if not devset_files():
        pytest.skip("no development set beside the checkout: its scores are not checked")
    return figures(evaluation())


def test_gold_set_is_the_one_the_floors_were_made_for(found: dict[str, float]) -> None:
    floors = load()
    assert floors["documents"] == len(readable_ids())
    assert floors["gold_sha256"] == gold_hash(), (
        "check what changed, then `python -m tests.devset_gate raise --new-gold`"
    )


def test_no_field_falls_below_its_floor(found: dict[str, float]) -> None:
    low = {n: (found[n], floor) for n, floor in load()["floors"].items() if found[n] < floor - SLACK}
    assert not low, f"field: (now, floor) {low}"


def test_floors_only_go_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(devset_gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(devset_gate, "gold_hash", lambda: "x")
    monkeypatch.setattr(devset_gate, "readable_ids", lambda: ["t001"])
    (tmp_path / "floors.json").write_text('{"gold_sha256": "x", "documents": 1, "floors": {"title": 0.9}}')
    assert raise_floors({"title": 0.8, "phases": 0.5}, new_gold=False)["floors"] == {"title": 0.9, "phases": 0.5}
    monkeypatch.setattr(devset_gate, "gold_hash", lambda: "y")
    with pytest.raises(ValueError, match="gold set has changed"):
        raise_floors({"title": 0.8}, new_gold=False)
