"""Ruled tables: which cells the lines of a page enclose.

The pictures are drawn with `+-|`, 10 points a character and 20 a line; `cells` names them row,column(+spans).
"""

from __future__ import annotations

import random
import time

import pytest

from policyparse.readers.layout import Grid, Ruling
from policyparse.readers.layout.grid import find_grids

WIDTH, HEIGHT = 595.0, 842.0


def draw(picture: str, left: float = 50, top: float = 100, dx: float = 10, dy: float = 20) -> list[Ruling]:
    """Each character that lies on a line as a piece of it, so that every line comes in many short pieces."""
    rows = [line.rstrip() for line in picture.strip("\n").split("\n")]
    indent = min(len(r) - len(r.lstrip()) for r in rows if r)
    rows = [r[indent:] for r in rows]
    found: list[Ruling] = []
    for y, row in enumerate(rows):
        for x, mark in enumerate(row):
            here, below = row[x + 1 : x + 2], rows[y + 1][x : x + 1] if y + 1 < len(rows) else ""
            if mark in "+-" and here and here in "+-":
                found.append(Ruling(left + x * dx, top + y * dy, left + (x + 1) * dx, top + y * dy))
            if mark in "+|" and below and below in "+|":
                found.append(Ruling(left + x * dx, top + y * dy, left + x * dx, top + (y + 1) * dy))
    return found


def grids(*pictures: list[Ruling]) -> list[Grid]:
    rulings = [r for picture in pictures for r in picture]
    found = find_grids(rulings, WIDTH, HEIGHT)
    shuffled = list(rulings)
    random.Random(3).shuffle(shuffled)
    assert find_grids(shuffled, WIDTH, HEIGHT) == found
    for grid in found:
        check(grid)
    return found


def check(grid: Grid) -> None:
    """Cells in reading order, within the grid, on places of their own."""
    assert [(c.row, c.column) for c in grid.cells] == sorted((c.row, c.column) for c in grid.cells)
    taken: set[tuple[int, int]] = set()
    for c in grid.cells:
        assert grid.x0 <= c.x0 < c.x1 <= grid.x1 and grid.y0 <= c.y0 < c.y1 <= grid.y1
        places = {(r, k) for r in range(c.row, c.row + c.rowspan) for k in range(c.column, c.column + c.colspan)}
        assert places and not places & taken
        taken |= places


def cells(grid: Grid) -> str:
    def name(row: int, column: int, rowspan: int, colspan: int) -> str:
        return f"{row},{column}" + (f"+{rowspan}x{colspan}" if (rowspan, colspan) != (1, 1) else "")

    return " ".join(name(c.row, c.column, c.rowspan, c.colspan) for c in grid.cells)


PICTURES = {
    "plain": (
        """
        +----+-----+---+
        |    |     |   |
        +----+-----+---+
        |    |     |   |
        +----+-----+---+
        """,
        "0,0 0,1 0,2 1,0 1,1 1,2",
    ),
    "spans": (
        """
        +----+-----+---+
        |    |     |   |
        |    +-----+---+
        |    |         |
        +----+---------+
        """,
        "0,0+2x1 0,1 0,2 1,1+1x2",
    ),
    "head over two columns": (
        """
        +----+---------+
        |    |         |
        |    +-----+---+
        |    |     |   |
        +----+-----+---+
        |    |     |   |
        +----+-----+---+
        """,
        "0,0+2x1 0,1+1x2 1,1 1,2 2,0 2,1 2,2",
    ),
    "title row": (
        """
        +--------------+
        |              |
        +----+-----+---+
        |    |     |   |
        +----+-----+---+
        """,
        "0,0+1x3 1,0 1,1 1,2",
    ),
    "one column": (
        """
        +--------------+
        |              |
        +--------------+
        |              |
        +--------------+
        """,
        "0,0 1,0",
    ),
    "staggered": (
        """
        +----+---------+
        |    |         |
        +----+----+----+
        |         |    |
        +---------+----+
        """,
        "0,0 0,1+1x2 1,0+1x2 1,2",
    ),
    "pinwheel": (
        """
        +--------+-----+
        |        |     |
        +---+----+     |
        |   |    |     |
        |   +----+-----+
        |   |          |
        +---+----------+
        """,
        "0,0+1x2 0,2+2x1 1,0+2x1 1,1 2,1+1x2",
    ),
    "open left and right": (
        """
        -----+-----+----
             |     |
        -----+-----+----
             |     |
        -----+-----+----
        """,
        "0,0 0,1 0,2 1,0 1,1 1,2",
    ),
    "open right, one row": (
        """
        +----+-----+----
        |    |     |
        +----+-----+----
        """,
        "0,0 0,1 0,2",
    ),
    "open sides, one vertical": (
        """
        ------+------
              |
        ------+------
              |
        ------+------
        """,
        "0,0 0,1 1,0 1,1",
    ),
    "open sides with spans": (
        """
        -----+-----+----
             |     |
             +-----+----
             |     |
        -----+-----+----
             |     |
        -----+-----+----
        """,
        "0,0+2x1 0,1 0,2 1,1 1,2 2,0 2,1 2,2",
    ),
    "goes on over the page": (
        """
        +----+-----+---+
        |    |     |   |
        +----+-----+---+
        |    |     |   |
        |    |     |   |
        """,
        "0,0 0,1 0,2 1,0 1,1 1,2",
    ),
    "open below and beside": (
        """
        -----+-----+----
             |     |
        -----+-----+----
             |     |
             |     |
        """,
        "0,0 0,1 0,2 1,0 1,1 1,2",
    ),
    "no corner": (
        """
             +-----+---+
             |     |   |
        +----+-----+---+
        |    |     |   |
        +----+-----+---+
        """,
        "0,1 0,2 1,0 1,1 1,2",
    ),
    "not a rectangle": (
        """
        +----+----+----+
        |    |    |    |
        +----+    +----+
        |              |
        +----+----+----+
        |    |    |    |
        +----+----+----+
        """,
        "0,0 0,1 0,2 1,0 1,1 1,2 2,0 2,1 2,2",
    ),
    "line that ends in a cell": (
        """
        +---------+----+
        |         |    |
        +----     +----+
        |         |    |
        +---------+----+
        """,
        "0,0+2x1 0,1 1,1",
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(name: str) -> None:
    picture, wanted = PICTURES[name]
    found = grids(draw(picture))
    assert [cells(g) for g in found] == [wanted]


NO_TABLE = {
    "red line": "--------------",
    "version rules": "--------------\n\n--------------\n\n--------------",
    "frame": "+--------------+\n|              |\n|              |\n+--------------+",
    "cross": "       |\n-------+-------\n       |",
    "axis with its lines": "+---------\n|\n+---------\n|\n+---------",
    "newspaper columns": "-------+-------\n       |\n       |\n-------+-------",
    "verticals only": "|    |    |\n|    |    |\n|    |    |",
    "letters": "++++\n++++\n++++",
    "flow chart": """
        +-----+
        |     |
        +--+--+
           |
           |
           +--------------+
           |              |
        +--+--+        +--+--+
        |     |        |     |
        +-----+        +-----+
    """,
}


@pytest.mark.parametrize("name", NO_TABLE)
def test_no_table(name: str) -> None:
    assert grids(draw(NO_TABLE[name])) == []


TABLE = PICTURES["spans"][0]
WANTED = PICTURES["spans"][1]


def whole(picture: str = TABLE) -> list[Ruling]:
    """The picture's lines in one piece each."""
    joined: list[Ruling] = []
    for r in sorted(draw(picture), key=lambda r: (r.x0 == r.x1, r.x0 if r.x0 == r.x1 else r.y0, r.x0, r.y0)):
        last = joined[-1] if joined else None
        if last and (last.x1, last.y1) == (r.x0, r.y0) and (last.x0 == last.x1) == (r.x0 == r.x1):
            joined[-1] = Ruling(last.x0, last.y0, r.x1, r.y1)
        else:
            joined.append(r)
    return joined


def test_boxes_of_cells() -> None:
    (grid,) = grids(draw(TABLE))
    assert (grid.x0, grid.y0, grid.x1, grid.y1) == (50, 100, 200, 180)
    assert [c[:4] for c in grid.cells] == [
        (50, 100, 100, 180),
        (100, 100, 160, 140),
        (160, 100, 200, 140),
        (100, 140, 200, 180),
    ]


def test_whole_lines_and_lines_drawn_backwards() -> None:
    assert [cells(g) for g in grids(whole())] == [WANTED]
    assert [cells(g) for g in grids([Ruling(r.x1, r.y1, r.x0, r.y0) for r in whole()])] == [WANTED]


def test_each_cell_has_its_own_border() -> None:
    """Doubled lines half a point apart."""
    (grid,) = grids(draw(TABLE))
    boxes = [
        side
        for c in grid.cells
        for x0, y0, x1, y1 in [(c.x0 + 0.25, c.y0 + 0.25, c.x1 - 0.25, c.y1 - 0.25)]
        for side in (Ruling(x0, y0, x1, y0), Ruling(x0, y1, x1, y1), Ruling(x0, y0, x0, y1), Ruling(x1, y0, x1, y1))
    ]
    assert [cells(g) for g in grids(boxes)] == [WANTED]


def test_lines_as_thin_boxes() -> None:
    """The edges of filled rectangles 1 pt wide."""
    edges: list[Ruling] = []
    for x0, y0, x1, y1 in whole():
        a, b, c, d = x0 - 0.5, y0 - 0.5, x1 + 0.5, y1 + 0.5
        edges += [Ruling(a, b, c, b), Ruling(a, d, c, d), Ruling(a, b, a, d), Ruling(c, b, c, d)]
    assert [cells(g) for g in grids(edges)] == [WANTED]


def test_double_outer_border() -> None:
    """双线: a second frame 3 pt outside the first."""
    frame = [Ruling(47, 97, 203, 97), Ruling(47, 183, 203, 183), Ruling(47, 97, 47, 183), Ruling(203, 97, 203, 183)]
    assert [cells(g) for g in grids(whole(), frame)] == [WANTED]


def test_gaps_at_corners() -> None:
    short = [
        Ruling(x0 + 2 * (x0 != x1), y0 + 2 * (y0 != y1), x1 - 2 * (x0 != x1), y1 - 2 * (y0 != y1))
        for x0, y0, x1, y1 in whole()
    ]
    assert [cells(g) for g in grids(short)] == [WANTED]


def test_dashes() -> None:
    dashes = [
        Ruling(
            r.x0 + k * (r.x1 - r.x0) / 4,
            r.y0 + k * (r.y1 - r.y0) / 4,
            r.x0 + (k + 0.5) * (r.x1 - r.x0) / 4,
            r.y0 + (k + 0.5) * (r.y1 - r.y0) / 4,
        )
        for r in draw(TABLE)
        for k in range(4)
    ]
    assert [cells(g) for g in grids(dashes)] == [WANTED]


def test_a_little_askew() -> None:
    """Recognised lines of a scan: a point or two off."""
    shaken = random.Random(7)
    lines = [Ruling(*(v + shaken.uniform(-0.9, 0.9) for v in r)) for r in whole()]
    assert [cells(g) for g in grids(lines)] == [WANTED]


def test_columns_a_little_askew() -> None:
    """The second row's border stands 4 pt beside that of the first: the same column."""
    lines = [
        *(Ruling(50, y, 250, y) for y in (100, 120, 140)),
        *(Ruling(x, 100, x, 140) for x in (50, 250)),
        Ruling(150, 100, 150, 120),
        Ruling(154, 120, 154, 140),
    ]
    assert [cells(g) for g in grids(lines)] == ["0,0 0,1 1,0 1,1"]


def test_two_tables_and_other_lines() -> None:
    other = draw(PICTURES["plain"][0], top=400)
    lines = [Ruling(50, 60, 545, 60), Ruling(50, 700, 545, 700), Ruling(50, 720, 545, 720), Ruling(60, 60, 90, 300)]
    found = grids(other, draw(TABLE), lines)
    assert [cells(g) for g in found] == [WANTED, PICTURES["plain"][1]]


def test_side_by_side() -> None:
    found = grids(draw(TABLE), draw(TABLE, left=300))
    assert [(g.x0, cells(g)) for g in found] == [(50, WANTED), (300, WANTED)]


def test_frame_around_the_page() -> None:
    frame = [Ruling(30, 30, 565, 30), Ruling(30, 812, 565, 812), Ruling(30, 30, 30, 812), Ruling(565, 30, 565, 812)]
    assert grids(frame) == []
    assert [cells(g) for g in grids(frame, draw(TABLE))] == [WANTED]
    band = [Ruling(30, 90, 565, 90)]  # the head of the page, ruled off
    assert grids(frame, band) == []
    assert [cells(g) for g in grids(frame, band, draw(TABLE))] == [WANTED]


def test_a_table_in_a_cell() -> None:
    outer = """
        +-------------------------+-----+
        |                         |     |
        |                         |     |
        |                         |     |
        |                         |     |
        |                         |     |
        |                         |     |
        +-------------------------+-----+
    """
    inner = draw(TABLE, left=80, top=120)
    assert [cells(g) for g in grids(draw(outer), inner)] == ["0,0 0,1"]


def test_underline_in_a_cell() -> None:
    assert [cells(g) for g in grids(draw(TABLE), [Ruling(110, 132, 140, 132)])] == [WANTED]


def test_slanted_lines_are_no_borders() -> None:
    """The corner cell of a head is often crossed: 项目\\年度."""
    assert [cells(g) for g in grids(draw(TABLE), [Ruling(50, 100, 100, 180)])] == [WANTED]


def test_nothing() -> None:
    assert find_grids([], 0, 0) == []
    assert find_grids([Ruling(1, 1, 1, 1)] * 5, 0, 0) == []
    assert [cells(g) for g in find_grids(draw(TABLE), 0, 0)] == [WANTED]


def fine(rows: int, columns: int, step: float = 12) -> list[Ruling]:
    """Every side of every cell as a line of its own."""
    return [
        line
        for r in range(rows + 1)
        for c in range(columns + 1)
        for x, y in [(10 + c * step, 10 + r * step)]
        for line in (Ruling(x, y, x + step, y), Ruling(x, y, x, y + step))
    ]


def test_many_segments() -> None:
    (grid,) = find_grids(fine(64, 40), WIDTH, HEIGHT)
    assert len(grid.cells) >= 64 * 40


@pytest.mark.parametrize(
    "lines",
    [
        fine(200, 200),
        [Ruling(i, 0, i, 20_000) for i in range(0, 20_000, 7)] + [Ruling(0, i, 20_000, i) for i in range(0, 20_000, 7)],
        [
            line
            for i in range(3000)
            for x, y in [(i % 50 * 100, i // 50 * 40)]
            for line in draw("+---+----+\n|   |    |\n+---+----+", x, y)
        ],
        [Ruling(x, y, x + 30, y + (x % 3)) for x in range(0, 600, 6) for y in range(0, 800, 8)],
        [Ruling(float(i % 599), float(i * 7 % 841), float(i % 599), float(i * 7 % 841) + 9) for i in range(30_000)],
    ],
    ids=["cells", "endless lattice", "small tables", "hatching", "strokes"],
)
def test_hostile_pages_are_quick(lines: list[Ruling]) -> None:
    began = time.process_time()
    find_grids(lines, 20_000, 20_000)
    assert time.process_time() - began < 6
