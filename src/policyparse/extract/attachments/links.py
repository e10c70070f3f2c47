"""Where an attachment can be had: the link in its title, on its label, or of its name elsewhere on the page."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import regex

from ...outline import Doc
from ...squeeze import squeeze
from .notes import Entry
from .titles import LABEL, arabic, title_of

_LABELLED = regex.compile(rf"{LABEL}[\s：:.．、]{{0,6}}$")
_NAME = regex.compile(rf"(?:{LABEL}(?![\p{{Han}}])[\s：:.．、_—-]{{0,6}})?(?P<title>.*)", regex.DOTALL)
_TYPE = regex.compile(r"\.[A-Za-z]{2,4}$")
_WRAP = "【】[]「」 \t\n\u3000\xa0"
_LONGEST = 200
_MOST = 2000
"""Links that are looked at."""


@dataclass(slots=True)
class _Link:
    start: int
    end: int
    target: str
    number: str | None
    title: str | None


class Links:
    """The links of a document, by place and by name."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._links = [_named(doc, *link) for link in sorted(doc.text.source.links[:_MOST])]
        self._starts = [x.start for x in self._links]
        self._titles: dict[str, str] = {}
        self._numbers: dict[str, list[_Link]] = {}
        for link in self._links:
            if link.title:
                self._titles.setdefault(link.title, link.target)
            if link.number:
                self._numbers.setdefault(link.number, []).append(link)

    def href(self, entry: Entry, alone: bool) -> str | None:
        """The target of the entry's link, as written; `alone`: the document has only this attachment."""
        if not self._links:
            return None
        return self._at(entry.start, entry.end) or self._on_label(entry, alone) or self._by_name(entry)

    def _at(self, start: int, end: int) -> str | None:
        """The first link that this stretch of the text touches."""
        start, end = self._doc.text.to_source(start, end)
        found = None
        for link in reversed(self._links[: bisect_left(self._starts, end)]):
            if link.end <= start:
                break
            found = link.target
        return found

    def _on_label(self, entry: Entry, alone: bool) -> str | None:
        """附件1：任务分工表 with the link on 附件1."""
        label = _LABELLED.search(self._doc.text.string, max(entry.start - 16, 0), entry.start)
        return self._at(label.start(), label.end()) if label and (label["no"] or alone) else None

    def _by_name(self, entry: Entry) -> str | None:
        """A link elsewhere that has the title of the entry for its text, else one with nothing but its number."""
        title = squeeze(entry.title) if entry.title else None
        if title and (found := self._titles.get(title)):
            return found
        numbered = self._numbers.get(entry.number, ()) if entry.number else ()
        return next((x.target for x in numbered if _agree(x.title, title)), None)


def _named(doc: Doc, start: int, end: int, target: str) -> _Link:
    """附件1.任务分工表.doc -> number 1, title 任务分工表."""
    name = _TYPE.sub("", doc.text.source.raw[start : min(end, start + _LONGEST)].strip(_WRAP))
    m = _NAME.fullmatch(name)
    title = title_of(m["title"]) if m else None
    return _Link(start, end, target, arabic(m["no"]) if m and m["no"] else None, title)


def _agree(shown: str | None, title: str | None) -> bool:
    """Is the name of the file no other title: none at all, or a part of the title?"""
    return not shown or (title is not None and (shown in title or title in shown))
