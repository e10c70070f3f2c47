"""A notice pasted from a web page brings the page's own lines along: 发布时间：… 浏览次数：… 【字体：大 中 小】."""

from __future__ import annotations

from dataclasses import replace

from .. import chrome, controls
from ..html.items import Paragraph, Part

_HEAD, _TAIL = 20, 10
"""So many paragraphs from the top and from the end may be lines of the page."""
_LONGEST = 160


def without_page_lines(parts: list[Part]) -> list[Part]:
    """Metadata of the page marked as such, its controls set aside; nothing is touched where it shows no such line."""
    head = [n for n, p in enumerate(parts[:_HEAD]) if isinstance(p, Paragraph) and p.kind is None]
    found = {n: cut for n in head if (cut := _page_line(parts[n]))}
    if not found:
        return parts
    for n in {*head, *range(max(len(parts) - _TAIL, 0), len(parts))} - found.keys():
        part = parts[n]
        if isinstance(part, Paragraph) and part.kind is None and controls.is_boilerplate(part.text):
            part.kind = "boilerplate"
    return [piece for n, part in enumerate(parts) for piece in found.get(n, [part])]


def _page_line(part: Part) -> list[Part]:
    """The pieces of a line that is nothing but labels of a page, one of them a control (浏览次数：12)."""
    text = part.text if isinstance(part, Paragraph) else ""
    if not isinstance(part, Paragraph) or text.count("：") + text.count(":") < 2:
        return []
    if len(text) > _LONGEST or "。" in text:
        return []
    pieces = [(text[p.start : p.end].strip(), p.meta) for p in chrome.pieces(text)]
    told = [controls.is_boilerplate(piece) for piece, _ in pieces]
    if len(pieces) < 2 or not any(told) or not all(m or c for (_, m), c in zip(pieces, told, strict=True)):
        return []
    return [replace(part, text=piece, links=[], kind="meta" if meta else "boilerplate") for piece, meta in pieces]
