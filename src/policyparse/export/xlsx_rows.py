"""Rows of a workbook's sheets as XML, without their number: made anywhere, numbered where they are written."""

from __future__ import annotations

from datetime import date

from .relation import ILLEGAL, Record, Table, Value

LONGEST = 32_767
"""Characters that a cell of Excel holds."""
DATE_STYLE = 1
"""The style of dates among those of the workbook."""
NUMBER = b"\0"
"""Stands for the number of the row."""
_FIRST_DAY = date(1900, 3, 1)
"""Excel's calendar has a 29 February 1900; dates before are stored as text."""
_EXCELS_ZERO = date(1899, 12, 30).toordinal()


def legal(text: str) -> str:
    """A text that a cell can hold: what is too long is cut, which the end of the cell says."""
    text = ILLEGAL.sub("\ufffd", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) <= LONGEST:
        return text
    note = f"…（全文{len(text)}字，余下见原文）"
    return text[: LONGEST - len(note)] + note


class Rows:
    """The XML of a table's rows."""

    def __init__(self, table: Table) -> None:
        kept = [i for i, column in enumerate(table.columns) if not column.long]
        self._cells = [(i, f'<c r="{letter(place)}\0"') for place, i in enumerate(kept, 1)]

    def of(self, record: Record) -> bytes:
        """A row; cells without a value are left out."""
        cells = [begin + cell(value) for i, begin in self._cells if (value := record[i]) is not None]
        return f'<row r="\0">{"".join(cells)}</row>'.encode()


def cell(value: Value) -> str:
    """A cell behind its place. Texts are stored as texts, so that none is taken for a formula; dates are real dates."""
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>'
    if isinstance(value, int):
        return f' t="n"><v>{value}</v></c>'
    if isinstance(value, date):
        if value >= _FIRST_DAY:
            return f' s="{DATE_STYLE}" t="n"><v>{value.toordinal() - _EXCELS_ZERO}</v></c>'
        value = value.isoformat()
    text = legal(value or "")
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f' t="inlineStr"><is><t{space}>{_escaped(text)}</t></is></c>'


def _escaped(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def letter(column: int) -> str:
    """The letters of a column, from 1: A … Z, AA …"""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
