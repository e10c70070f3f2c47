"""The strings of a workbook: with or without runs of different type, without readings, escapes undone."""

from __future__ import annotations

import re

from lxml import etree

from .xlsx_styles import local

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def rich_text(item: etree._Element) -> str:
    """The text of a string with or without runs of different type."""
    first = item[0] if len(item) == 1 else None
    if first is not None and local(first) == "t":
        return unescaped(first.text or "")
    parts: list[str] = []
    for child in item:
        tag = local(child)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts += [t.text or "" for t in child if local(t) == "t"]
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """_x000D_ stands for a character that XML cannot hold; a line break inside a cell is one line feed."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1][0] not in "dD" else m[0], text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
