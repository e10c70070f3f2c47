"""One module a format. `read(data, name) -> RawDoc` chooses by content first and by file name second."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from ..errors import UnsupportedFormat
from ..limits import Budget, Limits, ReadOptions
from ..source import RawDoc
from .decode import Decoded, decode
from .sniff import binary_format, has_tags, looks_like_html


class Format(NamedTuple):
    """A row of the table of formats."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    module: str | None = None
    """Module of this package, imported when first needed; None: recognised, not read.

    It has `read_text(decoded)` or, for a `binary` format, `read_bytes(data, options, budget)`.
    """
    binary: bool = False


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("text", "plain text", (".txt", ".text", ".tsv"), "text"),
        Format("csv", "a list of values (csv)", (".csv",), "sheets.delimited"),
        Format("markdown", "Markdown", (".md", ".markdown", ".mdown"), "text.markdown"),
        Format("html", "a web page", (".html", ".htm", ".shtml", ".xhtml", ".jsp", ".asp", ".aspx", ".php"), "html"),
        Format("docx", "Word (docx)", (".docx", ".docm", ".dotx"), "docx", True),
        Format("doc", "Word 97-2003 or WPS (doc, wps)", (".doc", ".wps", ".dot", ".wpt"), "doc", True),
        Format("wordml", "Word 2003 XML", (".xml",), "wordml", True),
        Format("rtf", "Rich Text (rtf)", (".rtf",), "rtf", True),
        Format("pdf", "PDF", (".pdf",), "pdf", True),
        Format("ofd", "OFD", (".ofd",), "ofd", True),
        Format("xlsx", "Excel (xlsx)", (".xlsx", ".xlsm"), "sheets.xlsx", True),
        Format("xls", "Excel 97-2003 (xls, et)", (".xls", ".et", ".xlt", ".ett"), "sheets.xls", True),
        Format("sheetml", "Excel 2003 XML", (), "sheets.sheetml", True),
        Format("pptx", "PowerPoint (pptx)", (".pptx",)),
        Format("ppt", "PowerPoint 97-2003 (ppt, dps)", (".ppt", ".dps")),
        Format("odt", "OpenDocument", (".odt", ".ods"), "odt", True),
        Format("mht", "a web archive (mht)", (".mht", ".mhtml"), "mht", True),
        Format(
            "image", "an image", (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"), "images", True
        ),
        Format("zip", "a ZIP archive", (".zip",), "zipped", True),
        Format("archive", "a compressed archive", (".tar", ".tgz", ".gz", ".rar", ".7z"), "zipped", True),
    )
}


_FRONT_MATTER = re.compile("[\ufeff \r\n]*+---\r?\n")


def read(data: bytes, name: str | None = None, options: ReadOptions | None = None) -> RawDoc:
    """The document in `data`. `name` (a file name) decides only where the content leaves a choice.

    Raises LimitExceeded, UnsupportedFormat, MissingExtra or UnreadableFile; the message says what to do.
    """
    if options is None:
        options = ReadOptions(limits=Limits.in_force())
    budget = Budget(options.limits, name)
    budget.check("bytes", len(data))
    found = binary_format(data)
    raw: RawDoc
    if found:
        form = FORMATS[found]
        if form.module is None:
            raise _unsupported(form, name)
        raw = _module(form.module).read_bytes(data, options, budget)
    else:
        decoded = decode(data)
        form = FORMATS[_text_format(decoded.text, name)]
        raw = _module(form.module or "text").read_text(decoded)
    budget.check("characters", len(raw.raw))
    return raw


@cache
def _module(name: str) -> Any:
    """A module of this package, looked for once."""
    return import_module(f".{name}", __package__)


def _text_format(text: str, name: str | None) -> str:
    """text, markdown or html."""
    suffix = _suffix(name) if name else ""
    if suffix in FORMATS["markdown"].suffixes or _FRONT_MATTER.match(text):
        return "markdown"
    if suffix in FORMATS["html"].suffixes:
        return "html" if has_tags(text) else "text"
    if looks_like_html(text):
        return "html"
    if suffix in (".csv", ".xls", ".et"):
        from .sheets.delimited import looks_delimited

        return "csv" if looks_delimited(text) else "text"
    return "text"


def _suffix(name: str) -> str:
    """What `PurePath.suffix` says, in lower case, at a tenth of its cost."""
    base = name.rpartition("/")[2]
    at = base.rfind(".")
    return base[at:].lower() if 0 < at < len(base) - 1 else ""


def _unsupported(form: Format, name: str | None) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"{name or 'the input'} is {form.title}, which has no reader: save it as pdf, docx or txt and try again"
    )


__all__ = ["FORMATS", "Decoded", "Format", "read"]
