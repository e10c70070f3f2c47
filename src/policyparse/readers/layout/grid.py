"""Ruled tables from straight lines: which cells they enclose. Shared by pdf, ofd and page images.

The lines of a page come as they were drawn: one a border, one a cell side, in dashes, as the edges of thin boxes.
Lines that meet make one table; where two positions of its lattice have no border between them, a cell spans both:

    +---+-------+        +---+---+---+
    |   |       |        | 1 | 2   2 |      five lines across and down: 6 units,
    |   +---+---+   ->   | 1 +---+---+      4 cells, the first of two rows,
    |   |   |   |        | 1 | 3 | 4 |      the second of two columns
    +---+---+---+        +---+---+---+
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

from . import Grid, GridCell, Ruling
from .grid_lines import Line, components, merge, split

_SLIVER = 5.0
"""Lines of one table nearer than this bound no cell (no character fits in): columns drawn a little askew."""
_REACH = 15.0
"""A side without border: lines end together at least this far beyond the last border (a column of one character)."""
_ALIGNED = 10.0
_MIN_WIDTH = 60.0
_MIN_HEIGHT = 12.0
_MAX_UNITS = 60_000
_MAX_GRIDS = 500
_FILLED = 0.5
"""Cells cover this share of a table; boxes joined by lines (a flow chart) cover less."""


class _Lattice(NamedTuple):
    """Positions of a table's lines, and which sides of its units (row by row, column by column) are ruled."""

    xs: list[float]
    ys: list[float]
    left: list[bytearray]
    """[row][column]: the side at xs[column] (one more than columns)."""
    top: list[bytearray]
    """[row][column]: the side at ys[row] (one more than rows)."""


class _Region(NamedTuple):
    """Units without a border between them; `row1` and `column1` are exclusive."""

    row0: int
    column0: int
    row1: int
    column1: int
    units: list[tuple[int, int]]
    open_sides: int
    """Sides of the table (0-4) where the region has no border."""


def find_grids(rulings: list[Ruling], width: float, height: float) -> list[Grid]:
    """The ruled tables of a page of this size (points; 0 = not known), from top to bottom.

    Single rules (the red line, the lines of 版记), frames of one cell and flow charts are no tables.
    """
    across, down = split(rulings)
    across, down = merge(across), merge(down)
    if len(across) < 2 or not down:
        return []
    grids = [g for pair in components(across, down) if (g := _grid(*pair)) and not _is_frame(g, width, height)]
    return sorted(_outermost(grids), key=lambda grid: (grid.y0, grid.x0))


def _grid(across: list[Line], down: list[Line]) -> Grid | None:
    across, down = merge(across, _SLIVER), merge(down, _SLIVER)
    if len({line.at for line in across}) < 2 or not down:
        return None
    lattice = _lattice(across, down)
    if lattice is None:
        return None
    xs, ys = lattice.xs, lattice.ys
    if xs[-1] - xs[0] < _MIN_WIDTH or ys[-1] - ys[0] < _MIN_HEIGHT:
        return None
    cells = _cells(lattice)
    covered = sum((c.x1 - c.x0) * (c.y1 - c.y0) for c in cells)
    if len(cells) < 2 or covered < _FILLED * (xs[-1] - xs[0]) * (ys[-1] - ys[0]):
        return None
    return Grid(xs[0], ys[0], xs[-1], ys[-1], cells)


def _lattice(across: list[Line], down: list[Line]) -> _Lattice | None:
    """The positions, those of sides without border included, and the ruled sides."""
    xs, ys = sorted({line.at for line in down}), sorted({line.at for line in across})
    left, right = _open_sides(across, xs[0], xs[-1])
    upper, lower = _open_sides(down, ys[0], ys[-1])
    both = bool(left and right)
    if (left or right) and (len(xs) < 2 - both or (both and len(upper + ys + lower) < 3)):
        return None  # the axis of a chart with its lines; the rule between two columns of a newspaper page
    down = [*down, *_inferred(across, left + right, upper, lower)]
    across = [*across, *_inferred(down, upper + lower, left, right)]
    xs, ys = [*left, *xs, *right], [*upper, *ys, *lower]
    if min(len(xs), len(ys)) < 2 or len(xs) * len(ys) > _MAX_UNITS:
        return None
    return _Lattice(xs, ys, _transposed(_ruled(down, xs, ys), len(ys) - 1), _ruled(across, ys, xs))


def _open_sides(lines: list[Line], first: float, last: float) -> tuple[list[float], list[float]]:
    """Where at least two of the lines end together before the first and after the last line that crosses them."""
    least, greatest = min(line.start for line in lines), max(line.end for line in lines)
    before = sum(line.start <= least + _ALIGNED for line in lines)
    after = sum(line.end >= greatest - _ALIGNED for line in lines)
    return (
        [least] if first - least >= _REACH and before > 1 else [],
        [greatest] if greatest - last >= _REACH and after > 1 else [],
    )


def _inferred(lines: list[Line], at: list[float], before: list[float], after: list[float]) -> list[Line]:
    """The borders that are not drawn: from the first to the last of the lines that reach them, or to the next one."""
    found: list[Line] = []
    for place in at:
        met = [line.at for line in lines if line.start - _ALIGNED <= place <= line.end + _ALIGNED]
        found.append(Line(place, *(before or [min(met)]), *(after or [max(met)])))
    return found


def _ruled(lines: list[Line], places: list[float], steps: list[float]) -> list[bytearray]:
    """[place][step]: is the side at this place ruled between steps[n] and steps[n + 1]?

    A side counts as ruled when its middle is: corners may be open, and the steps were moved a little.
    """
    margins = [min((b - a) / 4, 8.0) for a, b in pairwise(steps)]
    starts = [a + m for a, m in zip(steps, margins, strict=False)]
    ends = [b - m for b, m in zip(steps[1:], margins, strict=True)]
    found = {at: bytearray(len(margins)) for at in places}
    for line in lines:
        low, high = bisect_left(starts, line.start), bisect_right(ends, line.end)
        if low < high:
            found[line.at][low:high] = b"\1" * (high - low)
    return [found[at] for at in places]


def _transposed(sides: list[bytearray], rows: int) -> list[bytearray]:
    return [bytearray(side[row] for side in sides) for row in range(rows)]


def _cells(lattice: _Lattice) -> list[GridCell]:
    """The cells in reading order. Units that make no rectangle stay units; what is open to the page is no cell."""
    spans: list[tuple[int, int, int, int]] = []
    for region in _regions(lattice):
        whole = len(region.units) == (region.row1 - region.row0) * (region.column1 - region.column0)
        if region.open_sides > 1 or (region.open_sides and not whole):
            continue
        if whole:
            spans.append((region.row0, region.column0, region.row1, region.column1))
        else:
            spans.extend((row, column, row + 1, column + 1) for row, column in region.units)
    spans.sort()
    row_of = {row: n for n, row in enumerate(sorted({s[0] for s in spans} | {s[2] for s in spans}))}
    column_of = {column: n for n, column in enumerate(sorted({s[1] for s in spans} | {s[3] for s in spans}))}
    xs, ys = lattice.xs, lattice.ys
    return [
        GridCell(
            xs[c0],
            ys[r0],
            xs[c1],
            ys[r1],
            row_of[r0],
            column_of[c0],
            row_of[r1] - row_of[r0],
            column_of[c1] - column_of[c0],
        )
        for r0, c0, r1, c1 in spans
    ]


def _regions(lattice: _Lattice) -> list[_Region]:
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    seen = [bytearray(columns) for _ in range(rows)]
    return [
        _flood(lattice, seen, row, column) for row in range(rows) for column in range(columns) if not seen[row][column]
    ]


def _flood(lattice: _Lattice, seen: list[bytearray], row: int, column: int) -> _Region:
    """All units that can be reached from this one without crossing a border."""
    left, top = lattice.left, lattice.top
    rows, columns = len(seen), len(seen[0])
    seen[row][column] = 1
    units, open_sides = [(row, column)], set()
    for r, c in units:
        for ruled, r2, c2, side in (
            (left[r][c], r, c - 1, "left"),
            (left[r][c + 1], r, c + 1, "right"),
            (top[r][c], r - 1, c, "top"),
            (top[r + 1][c], r + 1, c, "bottom"),
        ):
            if ruled:
                continue
            if not (0 <= r2 < rows and 0 <= c2 < columns):
                open_sides.add(side)
            elif not seen[r2][c2]:
                seen[r2][c2] = 1
                units.append((r2, c2))
    rs, cs = [r for r, _ in units], [c for _, c in units]
    return _Region(min(rs), min(cs), max(rs) + 1, max(cs) + 1, units, len(open_sides))


def _is_frame(grid: Grid, width: float, height: float) -> bool:
    """A frame around the page with a line or two across it: its cells hold the page, not a table."""
    one_column = all(cell.column == 0 for cell in grid.cells)
    return (
        one_column
        and 0 < 0.6 * width < grid.x1 - grid.x0
        and any(cell.y1 - cell.y0 > 0.5 * height > 0 for cell in grid.cells)
    )


def _outermost(grids: list[Grid]) -> list[Grid]:
    """Without the tables that stand in a cell of another table."""
    grids = sorted(grids, key=lambda g: (g.x0 - g.x1) * (g.y1 - g.y0))[:_MAX_GRIDS]
    kept: list[Grid] = []
    for grid in grids:
        if not any(o.x0 <= grid.x0 and grid.x1 <= o.x1 and o.y0 <= grid.y0 and grid.y1 <= o.y1 for o in kept):
            kept.append(grid)
    return kept
