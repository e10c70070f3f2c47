"""Shared fixtures: the sample documents, and the development set when it lies beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT / "corpora"
DEVSET = ROOT.parent / "shared" / "devset"


@pytest.fixture(scope="session")
def devset() -> Path:
    """The development set; the test is skipped where it is not there."""
    if not DEVSET.is_dir():
        pytest.skip(f"no development set at {DEVSET}")
    return DEVSET
