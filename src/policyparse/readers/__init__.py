"""One module a format. `read(data, name) -> RawDoc` chooses by content first and by file name second."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from ..errors import LimitExceeded, UnsupportedFormat
from ..source import RawDoc
from .decode import Decoded, decode
from .sniff import binary_format, has_tags, looks_like_html

MAX_BYTES = 32 * 1024 * 1024
"""Largest file that is read, unless `max_bytes` or the variable POLICYPARSE_MAX_BYTES says otherwise."""


class Format(NamedTuple):
    """A row of the table of formats."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    module: str | None = None
    """Module of this package with `read_text(decoded)`, imported when first needed; None: recognised, not read."""
    extra: str | None = None
    """Optional dependency (`pip install policyparse[extra]`)."""


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("text", "plain text", (".txt", ".text", ".csv", ".tsv"), "text"),
        Format("markdown", "Markdown", (".md", ".markdown", ".mdown"), "markdown"),
        Format("html", "a web page", (".html", ".htm", ".shtml", ".xhtml", ".jsp", ".asp", ".aspx", ".php"), "html"),
        Format("docx", "Word (docx)", (".docx",)),
        Format("doc", "Word 97-2003 or WPS (doc, wps)", (".doc", ".wps", ".dot", ".wpt")),
        Format("wordml", "Word 2003 XML", (".xml",)),
        Format("rtf", "Rich Text (rtf)", (".rtf",)),
        Format("pdf", "PDF", (".pdf",)),
        Format("ofd", "OFD", (".ofd",)),
        Format("xlsx", "Excel (xlsx)", (".xlsx",)),
        Format("xls", "Excel 97-2003 (xls, et)", (".xls", ".et")),
        Format("pptx", "PowerPoint (pptx)", (".pptx",)),
        Format("ppt", "PowerPoint 97-2003 (ppt, dps)", (".ppt", ".dps")),
        Format("odt", "OpenDocument", (".odt", ".ods")),
        Format("mht", "a web archive (mht)", (".mht", ".mhtml")),
        Format("image", "an image", (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp")),
        Format("zip", "a ZIP archive", (".zip",)),
        Format("archive", "a compressed archive", (".rar", ".7z", ".gz")),
    )
}


def read(data: bytes, name: str | None = None, *, max_bytes: int | None = None) -> RawDoc:
    """The document in `data`. `name` (a file name) decides only where the content leaves a choice.

    Raises LimitExceeded, UnsupportedFormat or UnreadableFile; the message says what to do.
    """
    limit = max_bytes if max_bytes is not None else _limit_in_force()
    if len(data) > limit:
        raise LimitExceeded(
            f"{name or 'the input'} has {len(data)} bytes, more than the limit of {limit}; "
            "set the environment variable POLICYPARSE_MAX_BYTES to a larger number to read it"
        )
    found = binary_format(data)
    if found and FORMATS[found].module is None:
        raise _unsupported(FORMATS[found], name)
    decoded = decode(data)
    form = FORMATS[_text_format(decoded.text, name)]
    raw: RawDoc = import_module(f".{form.module}", __package__).read_text(decoded)
    return raw


def _limit_in_force() -> int:
    value = os.environ.get("POLICYPARSE_MAX_BYTES", "")
    return int(value) if value.isdigit() else MAX_BYTES


def _text_format(text: str, name: str | None) -> str:
    """text, markdown or html."""
    suffix = PurePath(name).suffix.lower() if name else ""
    if suffix in FORMATS["markdown"].suffixes or text.lstrip("\ufeff \r\n").startswith(("---\n", "---\r\n")):
        return "markdown"
    if suffix in FORMATS["html"].suffixes:
        return "html" if has_tags(text) else "text"
    return "html" if looks_like_html(text) else "text"


def _unsupported(form: Format, name: str | None) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"{name or 'the input'} is {form.title}; this version reads txt, md and html: "
        "save the document as txt or html and try again"
    )


__all__ = ["FORMATS", "MAX_BYTES", "Decoded", "Format", "read"]
