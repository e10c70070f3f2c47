"""What a spreadsheet reader (xlsx, xls) gives of each sheet, and how sheets become one RawDoc.

A block's place: `page` is the number of the sheet in the workbook (hidden ones counted), `row` and `column` are those
of the sheet itself (B7 is row 7, column 2), `table` is the number of the table in the file.
Hidden sheets are set aside (boilerplate). Hidden rows and columns are read: a filter or a fold hides what is part of
the ledger all the same; the diagnostic `hidden-cells` says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ...limits import Budget
from ...source import Align, BlockKind, Place, RawBlock, RawCell, RawDoc, RawTable

_SILENT_NAME = re.compile(
    r"(?:sheet|table|工作表|工作簿|表格?|新建.{0,12})?[\s_-]*\d{0,4}(?:\s*[(（]\d+[)）])?", re.IGNORECASE
)
"""Sheet1, 工作表2, 表3, Sheet1 (2): names that the program gave."""
_TICK = 1_000


class SheetCell(NamedTuple):
    """A cell with text. Row and column count from 0."""

    row: int
    column: int
    text: str
    framed: bool = False
    """It has a border."""
    align: Align | None = None
    link: str | None = None


class Merge(NamedTuple):
    """A merged range: first and last row, first and last column, from 0."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class Sheet:
    """A sheet as its file tells it: only what has text or a border, so that its size on paper costs nothing."""

    name: str
    hidden: bool = False
    rows: dict[int, list[SheetCell]] = field(default_factory=dict)
    """By row number, ascending; cells by column."""
    framed: set[int] = field(default_factory=set)
    """Rows that have cells with borders, with text or without."""
    merges: list[Merge] = field(default_factory=list)
    concealed: int = 0
    """Hidden rows and columns that hold text."""


class Line(NamedTuple):
    """A paragraph beside a table: the title, 填报单位：…, 备注：…."""

    cells: tuple[SheetCell, ...]
    """One, or a label and its value."""
    align: Align | None = None


class GridCell(NamedTuple):
    """A cell in the grid of its table; `cell` null where there is no text."""

    row: int
    column: int
    rowspan: int
    colspan: int
    cell: SheetCell | None


class SheetTable(NamedTuple):
    """A table: its rows, each ascending by column."""

    rows: tuple[tuple[GridCell, ...], ...]
    lines: tuple[int, ...]
    """The sheet's row number of each."""
    columns: tuple[int, ...]
    """The sheet's column number of each."""


Part = Line | SheetTable


class Assembly:
    """Joins sheets into a RawDoc."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[RawBlock] = []
        self._tables: list[RawTable] = []
        self._links: list[tuple[int, int, str]] = []
        self._added = 0

    @property
    def filled(self) -> bool:
        """Whether there is anything in it."""
        return bool(self._blocks)

    def add(self, number: int, sheet: Sheet, parts: list[Part]) -> None:
        """Put a sheet behind those before it."""
        if not parts:
            return
        self._name(number, sheet, titled=isinstance(parts[0], Line))
        for part in parts:
            if isinstance(part, Line):
                kind: BlockKind = "boilerplate" if sheet.hidden else "paragraph"
                self._line(number, part, kind)
            elif sheet.hidden:
                for row in part.rows:
                    filled = tuple(c.cell for c in row if c.cell)
                    self._line(number, Line(filled), "boilerplate", "\t")
            else:
                self._table(number, part)

    def aside(self, number: int, cells: list[SheetCell]) -> None:
        """Set texts aside that are no part of the sheet's own."""
        for cell in cells:
            self._line(number, Line((cell,)), "boilerplate")

    def finish(self, reader: str, media_type: str, sheets: int, warnings: list[tuple[str, str]]) -> RawDoc:
        """The document."""
        if not any(b.kind != "boilerplate" for b in self._blocks):
            warnings = [*warnings, ("empty-document", "the workbook has no text")]
        return RawDoc(
            "".join(self._pieces).removesuffix("\n"),
            tuple(self._blocks),
            tuple(self._tables),
            reader=reader,
            media_type=media_type,
            pages=sheets,
            warnings=tuple((code, message, 0, 0) for code, message in warnings),
            links=tuple(self._links),
        )

    def _put(self, string: str) -> int:
        at = self._length
        self._pieces.append(string)
        self._length += len(string)
        self._added += 1
        if self._added % _TICK == 0:
            self._budget.check("characters", self._length)
            self._budget.tick()
        return at

    def _name(self, number: int, sheet: Sheet, *, titled: bool) -> None:
        """The sheet's name is a heading where the sheet has no title of its own; Sheet1 says nothing."""
        if _SILENT_NAME.fullmatch(sheet.name.strip()):
            return
        at = self._put(sheet.name)
        silent = sheet.hidden or titled
        kind: BlockKind = "boilerplate" if silent else "paragraph"
        self._blocks.append(RawBlock(at, self._length, kind, Place(page=number), None, None if silent else 1))
        self._put("\n")

    def _line(self, number: int, line: Line, kind: BlockKind, between: str = "") -> None:
        first = line.cells[0]
        place = Place(number, None, None, first.row + 1, first.column + 1)
        start = self._length
        for n, cell in enumerate(line.cells):
            at = self._put((between if n else "") + cell.text)
            if cell.link:
                self._links.append((at, self._length, cell.link))
        self._blocks.append(RawBlock(start, self._length, kind, place, line.align))
        self._put("\n")

    def _table(self, number: int, table: SheetTable) -> None:
        cells: list[RawCell] = []
        which = len(self._tables) + 1
        for row in table.rows:
            for n, c in enumerate(row):
                at = self._put(c.cell.text if c.cell else "")
                place = Place(number, None, which, table.lines[c.row] + 1, table.columns[c.column] + 1)
                self._blocks.append(RawBlock(at, self._length, "cell", place))
                cells.append(RawCell(at, self._length, c.row, c.column, c.rowspan, c.colspan))
                if c.cell and c.cell.link:
                    self._links.append((at, self._length, c.cell.link))
                self._put("\t" if n + 1 < len(row) else "\n")
        self._tables.append(RawTable(cells[0].start, cells[-1].end, tuple(cells), Place(page=number, table=which)))
