"""Lists of documents that are no longer in force: an annex 废止的文件目录, items under 下列文件予以废止：."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...outline import Doc
from ...text import Line

_LIST = re.compile(r"目录|清单|一览|名单|文件|表$")
_STAYS = re.compile(r"修改|修订|保留|继续|现行|有效(?!期)|拟")
_ANNOUNCED = re.compile(r"[^。]{0,120}(?:废止|失效|停止执行|不再执行)[^。]{0,60}[：:]?\s*$")
_LONGEST = 400
"""Characters of the line that announces a list."""
_SHORT = 40
"""Characters of one that needs no colon."""
_NEAR = 16
"""The title of an entry begins so near."""


class Repealed:
    """What a document lists as abolished. Asked for each document that it cites, in order."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._annexes = list(_annexes(doc))
        self._listed: dict[int, bool] = {}
        """Whether a line, by its index, is an entry below an announcement."""

    def lists(self, at: int) -> bool:
        """Whether a document named at `at` is an entry of such a list: the first that its line or row names."""
        row = self._doc.row_at(at)
        if row < 0:
            return False
        line = self._doc.text.lines[row]
        lead = self._doc.text.string[line.start : at]
        if "》" in lead or "〔" in lead:
            return False
        if self._annexes and any(start <= at < end for start, end in self._annexes):
            return True
        return self._is_entry(line) and self._below(row)

    def _below(self, first: int) -> bool:
        """Whether the lines above the entry, entries all, go up to 下列文件予以废止：."""
        lines, listed = self._doc.text.lines, self._listed
        at = first
        while at > 0 and at not in listed:
            if self._announces(lines[at - 1]):
                listed[at] = True
            elif self._is_entry(lines[at - 1]):
                at -= 1
            else:
                break
        listed[first] = listed.get(at, False)
        return listed[first]

    def _announces(self, line: Line) -> bool:
        start, end, string = line.start, line.end, self._doc.text.string
        length = end - start
        if length > _LONGEST or (length > _SHORT and string[end - 1] == "。"):
            return False  # as most paragraphs
        text = string[start:end]
        open_end = text.rstrip().endswith(("：", ":")) or (length <= _SHORT and "。" not in text and "《" not in text)
        return open_end and _ends(text) and _ANNOUNCED.search(text) is not None and not _STAYS.search(text)

    def _is_entry(self, line: Line) -> bool:
        """《…》（…号）, 1.某某局关于…的通知（…号）; not the heading of the next list."""
        start, end, string = line.start, line.end, self._doc.text.string
        text = string[start:end]
        named = "《" in text[:_NEAR] or "〔" in text or line.table is not None
        return named and not text.rstrip().endswith(("：", ":"))


def _annexes(doc: Doc) -> Iterator[tuple[int, int]]:
    """废止的文件目录."""
    for part in doc.anatomy.parts:
        if part.kind in ("attachment", "enclosure") and part.title is not None:
            title = doc.text.string[part.title.start : part.title.end]
            if _ends(title) and _LIST.search(title) and not _STAYS.search(title):
                yield part.title.end, part.end


def _ends(text: str) -> bool:
    return "废止" in text or "失效" in text or "停止执行" in text or "不再执行" in text
