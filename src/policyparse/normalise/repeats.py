"""Steps: stubs."""

from __future__ import annotations

from .draft import Draft


def drop_repeats(draft: Draft) -> None: ...
