"""What is put right before a page is read: control characters, the server's headers, pages saved as source code."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from lxml import etree

_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\f\r\v")
_BREAKS = bytes.maketrans(b"\v", b"\n")
# HTTP/1.1 200 OK … Content-Type: text/html … and an empty line
_HEADERS = re.compile(
    r"\s*(HTTP/\d(?:\.\d)? \d{3}[^\r\n]{0,80}(?:\r?\n[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]{0,2000}){0,60})\r?\n\r?\n"
)
_CODE_LINE = 'class="line-content"'
_MARKUP = re.compile(r"</(?:p|div|td|span)\s*>|<br\b|<p[\s>]", re.IGNORECASE)
_WINDOWS = ("frame", "iframe", "embed", "object")
_DOCUMENT = re.compile(r"\.(?:pdf|ofd|docx?|wps)(?=$|[?#&\s])", re.IGNORECASE)
_SCRIPTED = re.compile(r"<script\b", re.IGNORECASE)


def headers(text: str) -> str:
    """The lines of the server's answer that were saved above the page."""
    found = _HEADERS.match(text, 0, 20_000)
    return found[1] if found else ""


def cleaned(source: bytes) -> bytes:
    """Without NUL and other control characters, as a browser shows it; the parser would stop at a NUL."""
    if len(source.translate(None, _CONTROLS)) < len(source) or b"\v" in source:
        return source.translate(_BREAKS, _CONTROLS)
    return source


def parser() -> Any:
    """One that repairs whatever it meets."""
    return etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True, recover=True
    )


def source_code(tree: Any, text: str) -> str | None:
    """The page whose source code (view-source:) a browser saved as a page: a table with a line of code a row."""
    if _CODE_LINE not in text[:20_000]:
        return None
    lines = ["".join(cell.itertext()) for cell in tree.iterfind(".//td[@class='line-content']")]
    code = "\n".join(lines)
    return code if _MARKUP.search(code) else None


def fill_areas(tree: Any) -> None:
    """<textarea> with markup in it: a script shows it as the article. It becomes a hidden <div> with the article."""
    for area in tree.findall(".//textarea"):
        text = area.text or ""
        if len(text) < 100 or not _MARKUP.search(text, 0, 20_000):
            continue
        try:
            inner = etree.fromstring(cleaned(text.encode("utf-8", "replace")), parser())
        except (etree.ParserError, etree.XMLSyntaxError):
            continue
        if inner is not None:
            tail = area.tail
            area.clear()
            area.tag, area.tail = "div", tail
            area.set("hidden", "")
            area.set("class", "content")
            area.append(inner)


def why_empty(tree: Any, text: str) -> str:
    """What a page without text of its own is, and what to do."""
    if frames := _shown(tree):
        shown = "、".join(frames[:5])
        return f"the page has no text of its own: it shows other pages ({shown}); save the one with the document"
    if tree is not None and tree.find(".//img") is not None:
        return "the page has no text of its own: it may be in its images, or come from scripts; save what is shown"
    if _SCRIPTED.search(text):
        return "the page has no text of its own: scripts fill it in; save it from a browser once it is shown"
    return "the page has no text"


def enclosed(tree: Any) -> list[str]:
    """Addresses of documents that the page shows in a window of its own: <iframe src="viewer.html?file=a.pdf">."""
    return [f for f in _shown(tree) if _DOCUMENT.search(f)] if tree is not None else []


def _shown(tree: Any) -> list[str]:
    if tree is None:
        return []
    found = (e.get("data") if e.tag == "object" else e.get("src") for e in tree.iter(*_WINDOWS))
    return [unquote(f.strip())[:200] for f in found if f and f.strip()]
