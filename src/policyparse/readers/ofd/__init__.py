"""OFD (GB/T 33190-2016), the fixed-layout format of Chinese offices: its documents, page by page.

The reader is the project's own, over zip and XML: the libraries that exist give text without places or borders, and
none bounds what a file may cost. The place of each character comes from the text object, so lines, paragraphs and
ruled tables are put together as for pdf (`layout`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...errors import MissingExtra, UnreadableFile
from ...limits import Budget, ReadOptions
from ...source import RawDoc
from ..images.ocr import with_doubts
from ..layout import Page, Warn, compose
from .pages import PageReader
from .parts import Document, Parts, children, documents, first, text_of

_MEDIA_TYPE = "application/ofd"
_MOST_DAMAGE = 20


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The documents of an OFD file as one. Raises UnreadableFile when it is locked or holds no document."""
    parts = Parts(data, budget)
    if parts.locked:
        raise UnreadableFile(
            f"{budget.name or 'the input'} is an encrypted OFD file: save it without protection and try again"
        )
    reading = _Reading(parts, options, budget)
    raw = compose(reading.pages(), budget, reader="ofd", media_type=_MEDIA_TYPE)
    if not any(block.kind != "boilerplate" for block in raw.blocks) and reading.missing_extra:
        raise reading.missing_extra
    links = (*raw.links, *reading.attached(raw.raw))
    return with_doubts(replace(raw, warnings=reading.warnings(), links=tuple(sorted(links))))


class _Reading:
    """The documents as they are read, and what was found beside their text."""

    def __init__(self, parts: Parts, options: ReadOptions, budget: Budget) -> None:
        self._parts = parts
        self._options = options
        self._budget = budget
        self._documents: list[Document] = []
        self._warnings: list[Warn] = []
        self.missing_extra: MissingExtra | None = None

    def pages(self) -> Iterator[Page]:
        """The pages of all documents, numbered through."""
        number = 1
        for document in documents(self._parts):
            self._documents.append(document)
            reader = PageReader(document, self._options, self._budget)
            for page in reader.pages(number):
                number = page.number + 1
                yield page
            self._warnings += reader.warnings
            self.missing_extra = self.missing_extra or reader.missing_extra

    def attached(self, raw: str) -> list[tuple[int, int, str]]:
        """Links from where the text names an enclosed file; others become warnings."""
        found: list[tuple[int, int, str]] = []
        for document in self._documents:
            location = text_of(first(document.root, "Attachments"))
            name = document.find(location) if location else None
            root = self._parts.xml(name, "the list of attachments") if name else None
            for attachment in children(root, "Attachment"):
                title = attachment.get("Name", "").strip()
                target = document.find(text_of(first(attachment, "FileLoc")), name or "")
                at = raw.find(_stem(title)) if _stem(title) else -1
                if at >= 0 and target:
                    found.append((at, at + len(_stem(title)), target))
                self._warnings.append(
                    ("enclosed-file", f"the file holds another, {title or target}, that is not read with it", 0, 0)
                )
        return found

    def warnings(self) -> tuple[Warn, ...]:
        """All that a reader of the facts must know."""
        found = list(dict.fromkeys(self._warnings))
        if len(self._documents) > 1:
            told = f"the file holds {len(self._documents)} documents; they are read as one, in order"
            found.insert(0, ("several-documents", told, 0, 0))
        damage = list(dict.fromkeys(self._parts.damage))
        return (*(("damaged-file", message, 0, 0) for message in damage[:_MOST_DAMAGE]), *found)


def _stem(title: str) -> str:
    """A file's name without its suffix, when it is long enough to be found in a text."""
    stem, dot, suffix = title.rpartition(".")
    stem = stem if dot and len(suffix) <= 5 else title
    return stem if len(stem) > 3 else ""
