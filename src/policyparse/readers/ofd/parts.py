"""The parts of an OFD package (GB/T 33190-2016): where documents, pages, templates and resources are found.

Programs differ in how they write locations: relative to the part that names them (the standard), relative to the
document or to the package, with a slash before, with backslashes, in another case. All are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, normpath
from typing import Any

from ...errors import UnreadableFile
from ...limits import Budget
from ..package import Package, parse_xml
from ..salvage import inflate, local_parts

Element = Any
"""An lxml element; its stubs would ask for a cast at every attribute."""

_DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']\s*(gb[\w-]{1,8})""", re.I)
_PROLOG = re.compile(r"^\ufeff?\s*<\?xml[^>]{0,200}\?>")


_MOST_NAMES = 1000
_LOCAL: dict[object, str] = {}


def local(element: Element) -> str:
    """Name without namespace: the prefix may be any or none; "" for a processing instruction."""
    tag = element.tag
    name = _LOCAL.get(tag)
    if name is None:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        if len(_LOCAL) < _MOST_NAMES:
            _LOCAL[tag] = name
    return name


def children(element: Element | None, *path: str) -> Iterator[Element]:
    """Descendants along a path of local names."""
    if element is None:
        return
    for child in element:
        if local(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from children(child, *path[1:])


def first(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names."""
    return next(children(element, *path), None)


def text_of(element: Element | None) -> str:
    """The text of an element without white space around it; "" for none."""
    return (element.text or "").strip() if element is not None else ""


class Parts:
    """The package, read as far as it goes, and what was wrong with it."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.budget = budget
        self.damage: list[str] = []
        self._data = data
        self._package: Package | None = None
        try:
            self._package = Package(data, budget)
            self._offsets = {name: info.header_offset for name, info in self._package.parts.items()}
            self.locked = any(info.flag_bits & 1 for info in self._package.parts.values())
        except UnreadableFile:
            self._offsets = local_parts(data, budget)
            self.locked = False
            self.damage.append("the file's directory is missing; what stands before the damage was read")
            if not self._offsets:
                raise
        self._names = {normpath(name).casefold(): name for name in reversed(self._offsets)}
        self.locked |= self.find("Encryptions.xml") is not None  # the OFD security format, GM/T 0099

    def find(self, location: str, base: str = "", also: str = "") -> str | None:
        """The name of the part that a location means when it is written in part `base`."""
        location = location.strip().replace("\\", "/")
        if not location:
            return None
        places = [location]
        if not location.startswith("/"):
            places = [f"{dirname(b)}/{location}" for b in (base, also) if b] + places
        for place in places:
            found = self._names.get(normpath(place.lstrip("/")).casefold())
            if found is not None:
                return found
        return None

    def content(self, name: str) -> bytes:
        """A part's bytes, as far as they go; "" with a note of the damage."""
        try:
            if self._package is not None:
                return self._package.read(name)
        except UnreadableFile as error:
            self.damage.append(str(error))
        return inflate(self._data, self._offsets[name], self.budget)

    def xml(self, name: str | None, wanted: str) -> Element | None:
        """The root of a part; None with a note of the damage when there is none. `wanted` says what it should be."""
        if name is None:
            self.damage.append(f"{wanted} is not in the file")
            return None
        data = self.content(name)
        return self._parse(data, name) if data else None

    def _parse(self, data: bytes, name: str) -> Element | None:
        declared = _DECLARED.match(data)
        if declared:  # gb2312 says a file that is GBK or GB 18030, and its parser stops at the first such character
            string = _PROLOG.sub("", data.decode("gb18030", "replace"), count=1)
            data = string.encode()
        try:
            return parse_xml(data, name)
        except UnreadableFile as error:
            return self._recovered(data, name, error)

    def _recovered(self, data: bytes, name: str, error: UnreadableFile) -> Element | None:
        """What can be read of a part that is not well-formed; bytes that are no UTF-8 are mostly GB 18030."""
        try:
            data.decode()
        except UnicodeDecodeError:
            try:
                return parse_xml(_PROLOG.sub("", data.decode("gb18030"), count=1).encode(), name)
            except (UnicodeDecodeError, UnreadableFile):
                pass
        self.damage.append(str(error))
        try:
            return parse_xml(data, name, recover=True)
        except UnreadableFile:
            return None


_HEAVY = re.compile(r"bold|heavy|black|粗|heiti|simhei|黑体", re.IGNORECASE)


def _name(font: Element) -> str:
    return f"{font.get('FontName', '')} {font.get('FamilyName', '')}"


@dataclass(slots=True)
class Document:
    """One document of the package: its Document.xml and what that names."""

    name: str
    root: Element
    parts: Parts
    _resources: dict[str, dict[str, tuple[Element, str]]] | None = None

    def find(self, location: str, base: str = "") -> str | None:
        """The part that a location in this document means."""
        return self.parts.find(location, base or self.name, self.name)

    @property
    def common(self) -> Element | None:
        return first(self.root, "CommonData")

    def pages(self) -> list[Element]:
        """The Page elements: ID and BaseLoc."""
        return list(children(self.root, "Pages", "Page"))

    def templates(self) -> dict[str, str]:
        """Location of template pages by ID."""
        return {t.get("ID", ""): t.get("BaseLoc", "") for t in children(self.common, "TemplatePage")}

    def bold_fonts(self) -> list[str]:
        """IDs of fonts that are bold by themselves."""
        self.resource("", "")
        fonts = (self._resources or {}).get("Font", {})
        return [key for key, (font, _) in fonts.items() if font.get("Bold") == "true" or _HEAVY.search(_name(font))]

    def resource(self, kind: str, key: str) -> tuple[Element, str] | None:
        """A resource (Font, MultiMedia, CompositeGraphicUnit) with the base of its locations."""
        if self._resources is None:
            self._resources = {}
            for name in ("PublicRes", "DocumentRes"):
                for element in children(self.common, name):
                    self.add_resources(text_of(element), self.name)
        return self._resources.get(kind, {}).get(key)

    def add_resources(self, location: str, base: str) -> None:
        """Take in a resource part (PublicRes, DocumentRes, a page's own PageRes)."""
        name = self.find(location, base)
        root = self.parts.xml(name, f"the resource part {location}") if location else None
        if root is None or name is None:
            return
        if self._resources is None:
            self.resource("", "")
        assert self._resources is not None
        folder = root.get("BaseLoc", "").strip().replace("\\", "/").rstrip("/")
        at = (folder if folder.startswith("/") else f"{dirname(name)}/{folder}") + "/_"
        for group in root:
            for item in group:
                if local(item):
                    self._resources.setdefault(local(item), {})[item.get("ID", "")] = (item, at)


def documents(parts: Parts) -> Iterator[Document]:
    """The documents in order, each in its current version. Raises UnreadableFile when there is none."""
    entry = parts.find("OFD.xml")
    root = parts.xml(entry, "OFD.xml")
    seen: set[str] = set()
    for body in children(root, "DocBody"):
        location = _current(body, parts) or text_of(first(body, "DocRoot"))
        name = parts.find(location, "OFD.xml")
        if name in seen:
            continue
        document = parts.xml(name, f"the document {location or 'of a DocBody'}")
        if document is not None and name is not None:
            seen.add(name)
            yield Document(name, document, parts)
    if not seen:
        name = parts.budget.name or "the input"
        why = f": {parts.damage[0]}" if parts.damage else ""
        raise UnreadableFile(f"{name} is an OFD file without a document that can be read{why}")


def _current(body: Element, parts: Parts) -> str:
    """The DocRoot of the version marked as current, or ""."""
    for version in children(body, "Versions", "Version"):
        if version.get("Current", "").strip().lower() in ("true", "1"):
            name = parts.find(version.get("BaseLoc", ""), "OFD.xml")
            root = parts.xml(name, "the current version") if name else None
            location = text_of(first(root, "DocRoot"))
            found = parts.find(location, name or "", "OFD.xml") if location else None
            return "/" + found if found else ""
    return ""
