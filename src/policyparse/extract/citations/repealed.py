"""Lists of documents that are no longer in force: an annex 废止的文件目录, items under 下列文件予以废止：."""

from __future__ import annotations

import re
from bisect import bisect_right

from ...outline import Doc
from ...search import holds, places
from ...text import Line

_WORDS = ("废止", "失效", "停止执行", "不再执行")
_ENDS = re.compile(r"废止|失效|停止执行|不再执行")
_LIST = re.compile(r"目录|清单|一览|名单|文件|表$")
_STAYS = re.compile(r"修改|修订|保留|继续|现行|有效(?!期)|拟")
_NUMBER = re.compile(r"[ 　\t]*(?:[（(]?[0-9一二三四五六七八九十]{1,4}[)）、.．]?[ 　\t]*)?")
_ANNOUNCED = re.compile(r"[^。]{0,120}(?:废止|失效|停止执行|不再执行)[^。]{0,60}[：:]?\s*$")
_LONGEST, _MOST = 400, 1000
"""Characters of the line that announces a list, and lines of it."""


class Repealed:
    """The stretches of a document that list what is abolished."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._zones: list[tuple[int, int]] = []
        string = doc.text.string
        if not any(holds(string, word) for word in _WORDS):
            return
        for part in doc.anatomy.parts:
            if part.kind in ("attachment", "enclosure") and part.title is not None:
                title = string[part.title.start : part.title.end]
                if _ENDS.search(title) and _LIST.search(title) and not _STAYS.search(title):
                    self._zones.append((part.title.end, part.end))
        self._zones += self._announced()
        self._zones.sort()

    def lists(self, at: int) -> bool:
        """Whether a document named at `at` is an entry of such a list: the first that its line or row names."""
        i = bisect_right(self._zones, (at, len(self._doc.text.string))) - 1
        if i < 0 or at >= self._zones[i][1]:
            return False
        line = self._doc.line_at(at)
        return line is not None and not any(c in self._doc.text.string[line.start : at] for c in "》〔")

    def _announced(self) -> list[tuple[int, int]]:
        """下列文件予以废止： and the items below."""
        string, lines = self._doc.text.string, self._doc.text.lines
        starts = [x.start for x in lines]
        found: list[tuple[int, int]] = []
        seen = -1
        for at in places(string, _WORDS):
            i = bisect_right(starts, at) - 1
            if i <= seen or not self._announces(lines[i]):
                continue
            seen = i
            last = i
            while last + 1 < min(len(lines), i + _MOST) and self._is_entry(lines[last + 1]):
                last += 1
            if last > i:
                found.append((lines[i].end, lines[last].end))
                seen = last
        return found

    def _announces(self, line: Line) -> bool:
        if line.end - line.start > _LONGEST:
            return False
        text = self._doc.text.string[line.start : line.end]
        open_end = text.rstrip().endswith(("：", ":")) or (len(text) <= 40 and "。" not in text and "《" not in text)
        return open_end and _ANNOUNCED.search(text) is not None and not _STAYS.search(text)

    def _is_entry(self, line: Line) -> bool:
        """《…》（…号）, 1.某某局关于…的通知（…号）; not the heading of the next list."""
        text = self._doc.text.string[line.start : line.end].rstrip()
        named = "《" in text[:16] or "〔" in text or line.table is not None
        return named and not text.endswith(("：", ":")) and _NUMBER.match(text) is not None
