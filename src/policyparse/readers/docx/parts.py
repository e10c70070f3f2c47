"""The parts of a docx package: found by their relationships, read as far as they go when the file is damaged."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

from ...errors import UnreadableFile
from ...limits import Budget
from ..package import Package, parse_xml
from ..salvage import inflate, local_parts
from .names import STRICT, Element
from .slim import in_lines, plainly_written, told_once, without_looks

Warnings = list[tuple[str, str, int, int]]

_MAIN = re.compile(r"wordprocessingml\.(?:document|template)\.main\+xml|ms-word\.(?:document|template)\.macroEnabled")
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_STRICT, _HEAD = b"purl.oclc.org", 8192
"""Of a part in the strict form the first element says so."""


class Relation(NamedTuple):
    """What a relationship id of the main part points to."""

    kind: str
    """The last word of its type: styles, numbering, header, hyperlink …"""
    target: str
    """Name of a part, or an address outside the package."""


class Parts:
    """Main part and companions. What cannot be read whole is told in `warnings`."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.warnings: Warnings = []
        self._data, self._budget = data, budget
        self._offsets: dict[str, int] = {}
        self._package: Package | None = None
        try:
            self._package = Package(data, budget)
        except UnreadableFile:
            self._offsets = local_parts(data, budget)
            if not self._offsets:
                raise
            self._damaged("the file's directory is missing; what stands before the damage was read")
        self.main = self._find_main()
        self.relations = self._relations_of(self.main)

    def __contains__(self, name: str) -> bool:
        return name in self._package if self._package is not None else name in self._offsets

    def companion(self, kind: str) -> str | None:
        """Name of the part of this kind (styles, numbering, footnotes …) that the main part names, or has beside it."""
        found = next((r.target for r in self.relations.values() if r.kind == kind and r.target in self), None)
        beside = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        return found or (beside if beside in self else None)

    def content(self, name: str) -> bytes:
        """Content of a part in the usual namespaces and UTF-8; what is damaged is cut off. Empty when there is none."""
        try:
            data = self._package.read(name) if self._package is not None else self._salvaged(self._offsets.get(name))
        except KeyError:
            return b""
        except UnreadableFile as error:
            if self._package is None:
                raise
            self._damaged(str(error))
            data = self._salvaged(self._package.parts[name].header_offset)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            data = _DECLARATION.sub("", data.decode("utf-16", "replace"), count=1).encode()
        if data.find(_STRICT, 0, _HEAD) >= 0:
            for strict, usual in STRICT:
                data = data.replace(strict, usual)
        return data

    def xml(self, name: str, data: bytes | None = None) -> Element | None:
        """Root of a part (of which `data` is the content), or None when nothing of it can be read."""
        content = self.content(name) if data is None else data
        if not content.strip():
            return None
        try:
            return parse_xml(content, name)
        except UnreadableFile as error:
            self._damaged(str(error))
        try:
            return parse_xml(content, name, recover=True)
        except UnreadableFile:
            return None

    def plain_xml(self, name: str, data: bytes, *, once: bool = False) -> Element | None:
        """Root of a part as `xml` gives it, but without the fonts and sizes of its runs, which are half of it.

        `once`: as `slim` has it; what many paragraphs or cells say stands whole in the first of them only.
        """
        if not plainly_written(data):
            return self.xml(name, data)
        slim = without_looks(data)
        try:
            return parse_xml(in_lines(told_once(slim)) if once else slim, name)
        except UnreadableFile:
            return self.xml(name, data)

    def _salvaged(self, at: int | None) -> bytes:
        return b"" if at is None else inflate(self._data, at, self._budget)

    def _damaged(self, message: str) -> None:
        self.warnings.append(("damaged-file", message, 0, 0))

    def _find_main(self) -> str:
        """The document part: by the package's relationships, its list of types, its usual name."""
        found = [r.target for r in self._relations_of("").values() if r.kind == "officeDocument"]
        root = self.xml("[Content_Types].xml") if not found or found[0] not in self else None
        if root is not None:
            found += [e.get("PartName", "").lstrip("/") for e in root if _MAIN.search(e.get("ContentType", ""))]
        found += ["word/document.xml", "word/document2.xml"]
        main = next((name for name in found if name in self), None)
        if main is None:
            raise UnreadableFile(f"{self._budget.name or 'the input'} is a zip package without a Word document in it")
        return main

    def _relations_of(self, name: str) -> dict[str, Relation]:
        folder, base = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{base}.rels")
        root = self.xml(listed) if listed in self else None
        found: dict[str, Relation] = {}
        for element in root if root is not None else ():
            target, ident = element.get("Target"), element.get("Id")
            if target and ident:
                kind = element.get("Type", "").rpartition("/")[2]
                if element.get("TargetMode") != "External" and kind != "hyperlink":
                    target = _joined(folder, target)
                found[ident] = Relation(kind, target)
        return found


def _joined(folder: str, target: str) -> str:
    """Name of a part by the folder it is named in: styles.xml, ../customXml/item1.xml, /word/styles.xml."""
    if target[0] in "/." or "/." in target or "//" in target or "\\" in target:
        return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
    return f"{folder}/{target}" if folder else target
