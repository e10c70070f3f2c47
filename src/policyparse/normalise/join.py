"""Steps: stubs."""

from __future__ import annotations

from .draft import Draft


def join_chunks(draft: Draft) -> None: ...
def join_lines(draft: Draft) -> None: ...
