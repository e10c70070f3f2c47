"""Ruled tables from straight lines: which cells they enclose. Shared by pdf, ofd and page images."""

from __future__ import annotations

from .layout import Grid, Ruling


def find_grids(rulings: list[Ruling], width: float, height: float) -> list[Grid]:
    """The ruled tables of a page of this size (points), from top to bottom."""
    return []
