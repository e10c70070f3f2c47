"""The workbook as such: styles, pages, cells. Sheets are written row by row, and set up to be printed as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from lxml.etree import LxmlError

from ..writer import need
from ..xlsx import ROWS, legal, save
from .facts import Link
from .layout import HIGHEST, SHORT, SIZE, SMALL, Cell, Column, fitted, height, shown

_FONT, _HEAVY = "宋体", "黑体"
_LINE, _HEAD, _BLOCK = "BFBFBF", "DDEBF7", "F2F2F2"
_FIRST_DAY = date(1900, 3, 1)
"""Excel's calendar has a 29 February 1900; dates before are stored as text."""
_MOST_LINKS = 65_000
"""Excel takes no sheet with more than 65,530 links."""
FILLS = {"phase": "9DC3E6", "task": "C6E0B4", "told": "FFE699"}
"""Colours of the timetable's bands."""


class Book:
    """A workbook that grows sheet by sheet."""

    def __init__(self) -> None:
        self._book = need("openpyxl", None).Workbook(write_only=True)
        self._book._named_styles["Normal"].font = _font()  # column widths count in its digits
        self._book.properties.creator = "policyparse"
        self._styles: dict[str, Any] = {}

    def sheet(
        self, title: str, columns: Sequence[Column], widths: Sequence[float], head: int = 1, levels: int = 0
    ) -> Sheet:
        """A new sheet whose first `head` rows stay in view and are printed on every page. `levels`: of blocks that
        can be folded."""
        raw = self._book.create_sheet(title)
        raw.sheet_format.outlineLevelRow = levels
        return Sheet(raw, self._style, columns, widths, head)

    def save(self, path: Path) -> None:
        """Write it to `path`: the same content, the same bytes."""
        with _told(path):
            save(self._book, path)

    def drop(self) -> None:
        """Take away what it has on the disk."""
        for sheet in self._book.worksheets:
            with suppress(OSError, LxmlError, AttributeError):  # one that the disk had no room for cannot be ended
                if not sheet.closed:
                    sheet.close()
            if sheet._writer is not None:
                Path(sheet._writer.out).unlink(missing_ok=True)

    def _style(self, name: str) -> Any:
        """A style by its name: what the cell is, "left", "center", "date" …, and "small", joined by spaces."""
        if name not in self._styles:
            self._styles[name] = _made(self._book.worksheets[0], name.split())
        return self._styles[name]


class Sheet:
    """A sheet that is written row by row."""

    def __init__(self, sheet: Any, style: Any, columns: Sequence[Column], widths: Sequence[float], head: int) -> None:
        self.raw, self._style, self._columns, self._widths = sheet, style, columns, widths
        self._head, self._rows, self._links = head, 0, 0
        self._merged: list[str] = []
        sheet.merged_cells = self._merged  # a list: openpyxl's own looks through all before it takes another
        _set_up(sheet, head)
        for i, width in enumerate(widths, 1):
            sheet.column_dimensions[letter(i)].width = width

    def head(self, texts: Sequence[str | None] | None = None, tall: float | None = None, style: str = "head") -> None:
        """A row of headings; by default, those of the columns."""
        said = list(texts) if texts is not None else [c.term for c in self._columns]
        tall = tall or height([(t or "", w) for t, w in zip(said, self._widths, strict=False)]) + 6
        self._append([self._cell(t, style) for t in said], tall)

    def row(self, values: Sequence[Cell], styles: Sequence[str] | None = None, level: int = 0, grey: int = 0) -> None:
        """A row of values; `styles` take the place of those of the columns, the first `grey` cells are pale."""
        small, said = "", list(values)
        for i, value in enumerate(said[: len(self._columns)]):
            if isinstance(value, str) and len(value) > SHORT:
                text, size = fitted(value, self._widths[i])
                said[i] = Link(text, value.target) if isinstance(value, Link) else text
                small = "small" if size == SMALL else small
        tall = height([(shown(v), w) for v, w in zip(said, self._widths, strict=False)], SMALL if small else SIZE)
        names = styles or [self._name(c, v) for c, v in zip(self._columns, said, strict=False)]
        names = [f"{n} {small} {'grey' if i < grey else ''}" for i, n in enumerate(names)]
        cells = [self._cell(v, n) for v, n in zip(said, names, strict=True)]
        self._append(cells, min(tall, HIGHEST), level)

    def block(self, name: str, text: str) -> None:
        """A row that begins a block: its name, and a text over the other columns."""
        cells = [self._cell(name, "block"), self._cell(text, "block")]
        cells += [self._cell(None, "block") for _ in self._widths[2:]]
        self._append(cells, height([(name, self._widths[0]), (text, sum(self._widths[1:]))]) + 2)
        self.merge(2, self._rows, len(self._widths), self._rows)

    def merge(self, left: int, top: int, right: int, bottom: int) -> None:
        """Make one cell of several."""
        self._merged.append(f"{letter(left)}{top}:{letter(right)}{bottom}")

    def note(self, text: str) -> None:
        """A row of small print."""
        self._append([self._cell(text, "note")], 16)

    def filter(self, across: int) -> None:
        """A filter over the rows so far, in so many columns."""
        self.raw.auto_filter.ref = f"A{self._head}:{letter(across)}{max(self._rows, self._head)}"

    @property
    def rows(self) -> int:
        """Rows written."""
        return self._rows

    def _name(self, column: Column, value: Cell) -> str:
        kind = "date" if isinstance(value, date) else "link" if isinstance(value, Link) else ""
        return f"{column.align} {kind}"

    def _append(self, cells: list[Any], tall: float, level: int = 0) -> None:
        self._rows += 1
        if self._rows > ROWS:
            raise OSError(f"more rows than a sheet of Excel holds ({ROWS}): write the ledger as csv, or in several")
        row = self.raw.row_dimensions[self._rows]
        row.height = round(tall, 1)
        if level:
            row.outlineLevel = level
        self.raw.append(cells)
        del self.raw.row_dimensions[self._rows]

    def _cell(self, value: Cell, style: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if isinstance(value, date) and value < _FIRST_DAY:
            value = value.isoformat()
        cell = WriteOnlyCell(self.raw, legal(value) if isinstance(value, str) else value)
        cell._style = self._style(" ".join(style.split()))
        if isinstance(value, str):
            cell.data_type = "s"  # whatever it begins with, it is no formula
        if isinstance(value, Link) and self._links < _MOST_LINKS:
            self._links += 1
            cell.hyperlink = value.target
        return cell


def letter(column: int) -> str:
    """A, B … AA."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _font(size: float = SIZE, **more: Any) -> Any:
    from openpyxl.styles import Font

    return Font(**{"name": _FONT, "size": size, **more})


def _made(sheet: Any, words: list[str]) -> Any:
    """The style that the words tell."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    cell = WriteOnlyCell(sheet, "")
    size: float = SMALL if "small" in words or "month" in words else SIZE
    look: dict[str, Any] = {"size": size}
    if "head" in words or "block" in words:
        look |= {"name": _HEAVY, "bold": "head" in words}
    if "link" in words:
        look |= {"color": "0563C1", "underline": "single"}
    if "note" in words:
        look |= {"size": 9, "color": "595959"}
    if "grey" in words:
        look |= {"color": "7F7F7F"}
    cell.font = _font(**look)
    centred = {"head", "center", "date", "band", "month"} & set(words)
    wrap = not {"note", "band", "month"} & set(words)
    cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=wrap)
    if "note" not in words:
        side = Side("thin", color=_LINE)
        year = Side("thin", color="7F7F7F") if "year" in words else side
        cell.border = Border(left=year, right=side, top=side, bottom=side)
    colour = next((c for c in (FILLS.get(w) for w in words) if c), None)
    colour = colour or (_HEAD if {"head", "month"} & set(words) else _BLOCK if "block" in words else None)
    if colour:
        cell.fill = PatternFill("solid", fgColor=colour)
    if "date" in words:
        cell.number_format = "yyyy-mm-dd"
    return cell._style


def _set_up(sheet: Any, head: int) -> None:
    """A4 across, as wide as the page, headings on every page, pages numbered."""
    from openpyxl.worksheet.properties import Outline, PageSetupProperties

    sheet.freeze_panes = f"B{head + 1}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    page = sheet.page_setup
    page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight = "landscape", 9, 1, 0
    margins = sheet.page_margins
    margins.left = margins.right = 0.3
    margins.top, margins.bottom, margins.header, margins.footer = 0.65, 0.6, 0.3, 0.3
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"1:{head}"
    sheet.oddHeader.center.text, sheet.oddHeader.center.size = sheet.title, 14
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Sheets grow in temporary files through lxml, which has an error of its own for a full disk."""
    try:
        yield
    except LxmlError as error:
        raise OSError(f"{path}: cannot write a sheet: {error}") from error
