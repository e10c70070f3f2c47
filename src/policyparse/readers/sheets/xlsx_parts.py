"""The parts of a workbook; of a damaged file, those that its local headers still lead to."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from lxml import etree

from ...errors import UnreadableFile
from ...limits import Budget
from ..package import Package, each_element, parse_xml
from ..salvage import inflate, local_parts


class Parts:
    """Parts by name. What could not be read whole is told in `damage`."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._data, self._budget = data, budget
        self.damage: list[str] = []
        self._package: Package | None = None
        self._offsets: dict[str, int] = {}
        try:
            self._package = Package(data, budget)
        except UnreadableFile:
            self._offsets = local_parts(data, budget)
            if not self._offsets:
                raise
            self.damage.append("the file's directory is missing; what stands before the damage was read")

    def __contains__(self, name: str) -> bool:
        return name in self._package if self._package is not None else name in self._offsets

    def read(self, name: str) -> bytes:
        """The content of a part, as far as it is whole. KeyError when there is none."""
        if self._package is None:
            return inflate(self._data, self._offsets[name], self._budget)
        try:
            return self._package.read(name)
        except UnreadableFile as error:
            self.damage.append(str(error))
            return inflate(self._data, self._package.parts[name].header_offset, self._budget)

    def xml(self, name: str) -> etree._Element:
        """The root of a part; of a damaged one, what can be made of it."""
        data = self.read(name)
        try:
            return parse_xml(data, name)
        except UnreadableFile as error:
            self.damage.append(str(error))
            return parse_xml(data, name, recover=True)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What `part` points to: (kind, target) by id. Targets in the package are full names."""
        folder, name = dirname(part), part.rpartition("/")[2]
        where = join(folder, "_rels", f"{name}.rels")
        if where not in self:
            return {}
        found: dict[str, tuple[str, str]] = {}
        try:
            root = self.xml(where)
        except UnreadableFile:
            return {}
        for r in root:
            target = r.get("Target") or ""
            if r.get("TargetMode") != "External":
                target = normpath(join(folder, target.replace("\\", "/"))).lstrip("/")
            found[r.get("Id") or ""] = ((r.get("Type") or "").rpartition("/")[2], target)
        return found


def elements(data: bytes, part: str, *tags: str) -> Iterator[etree._Element]:
    """The elements of these names one by one; each is forgotten when the next one comes."""
    try:
        for _, element in each_element(data, tags):
            yield element
            forget(element)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"part {part} is damaged XML: {error}") from error


def forget(element: etree._Element) -> None:
    """Let go of an element that has been read, and of those before it."""
    element.clear()
    above = element.getparent()
    while above is not None and element.getprevious() is not None:
        del above[0]
