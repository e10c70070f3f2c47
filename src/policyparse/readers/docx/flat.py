"""Flat OPC: the parts of a package in one XML file (Word's "XML document" since 2007), made into a package."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from typing import Any

from lxml import etree

from ...errors import UnreadableFile
from ...limits import Budget
from ..package import parse_xml

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
MARK = b"http://schemas.microsoft.com/office/2006/xmlPackage"


def packed(data: bytes, budget: Budget) -> bytes:
    """The same parts as a zip package."""
    budget.unpack(len(data))
    try:
        root = parse_xml(data, "package")
    except UnreadableFile:
        root = parse_xml(data, "package", recover=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        names: set[str] = set()
        for part in root.iter(f"{_PKG}part"):
            name = part.get(f"{_PKG}name", "").lstrip("/")
            if name and name not in names:
                names.add(name)
                archive.writestr(name, _content(part))
    return out.getvalue()


def _content(part: Any) -> bytes:
    for holder in part:
        if holder.tag == f"{_PKG}xmlData" and len(holder):
            return etree.tostring(holder[0], encoding="utf-8")
        if holder.tag == f"{_PKG}binaryData":
            try:
                return base64.b64decode(holder.text or "")
            except (binascii.Error, ValueError):
                return b""
    return b""
