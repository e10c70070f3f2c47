"""Step: what belongs to a mark-up language and not to the document."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from .begin import INVISIBLE
from .draft import Draft, Edit, Strip

# <b>一、加强领导</b>, <p>18、按照…, <br/>, <span style="…">, </font>: never 〈…〉 nor "x < 5 and y > 3"
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][a-zA-Z0-9]{0,12})(?:\s[^<>]{0,400})?/?>")
_BREAKING = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"})
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_INVISIBLE_RUN = re.compile(f"[{INVISIBLE}]+")
_BOLD = re.compile(r"\*{2,}|__(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff。：])__")
_LEADING = re.compile(r"(?:#{1,6}\s+|>\s+)")
# Р (a Cyrillic letter) as the mark of a paragraph that a converter could not draw: …方案。Р一、总体要求
_CYRILLIC = re.compile(r"(?<![\u0400-\u04ff])Р(?![\u0400-\u04ff])")


def clean_markup(draft: Draft) -> None:
    """Drop tags and invisible characters, turn entities into their characters, break where a tag breaks."""
    raw, found = draft.raw.raw, draft.ascii
    cleaners = [
        clean
        for clean, needed in (
            (_drop_tags, "<" in found),
            (_replace_entities, "&" in found),
            (_drop_invisible, draft.unusual and _INVISIBLE.search(raw) is not None),
            (_drop_marks, "#" in found or any(s in found and s in raw for s in ("**", "__", "> "))),
            (_drop_cyrillic, "Р" in raw),
            (_join_digits, _may_be_apart(draft) and any(apart.search(raw) for apart in _SET_APART)),
        )
        if needed
    ]
    if not cleaners:
        return
    lines: list[Strip] = []
    for line in draft.lines:
        if line.cells is not None:
            for _, content in line.cells:
                for clean in cleaners:
                    clean(draft, content)
            lines.append(line)
            continue
        parts = [line]
        for clean in cleaners:
            parts = [new for part in parts for new in _cleaned(draft, part, clean)]
        lines += parts
    draft.lines = lines


def _cleaned(draft: Draft, strip: Strip, clean: Callable[[Draft, Strip], list[int]]) -> list[Strip]:
    points = clean(draft, strip)
    return draft.split(strip, points) if points or not strip.text else [strip]


def _drop_tags(draft: Draft, strip: Strip) -> list[int]:
    """Returns where <br> and <p> break the line."""
    if "<" not in strip.text:
        return []
    points: list[int] = []
    edits: list[Edit] = []
    gone = 0
    for m in _TAG.finditer(strip.text):
        edits.append(Edit(m.start(), m.end()))
        if m["name"].lower() in _BREAKING:
            points.append(m.start() - gone)
        gone += m.end() - m.start()
    lead = _dropped_lead(strip, edits)
    draft.edit(strip, edits, "markup")
    return [p - lead for p in points if 0 < p - lead < len(strip.text)]


def _dropped_lead(strip: Strip, edits: list[Edit]) -> int:
    """White space that becomes leading, and is trimmed, once the tags before it are gone."""
    at = 0
    for e in edits:
        if e.start != at:
            break
        at = e.end
    return len(strip.text[at:]) - len(strip.text[at:].lstrip()) if at else 0


def _replace_entities(draft: Draft, strip: Strip) -> list[int]:
    if "&" in strip.text:
        found = [(m, html.unescape(m.group())) for m in _ENTITY.finditer(strip.text)]
        draft.edit(strip, [Edit(m.start(), m.end(), c) for m, c in found if len(c) == 1], "markup")
    return []


def _drop_invisible(draft: Draft, strip: Strip) -> list[int]:
    if not strip.text.isprintable():
        draft.edit(strip, [Edit(m.start(), m.end()) for m in _INVISIBLE_RUN.finditer(strip.text)], "invisible")
    return []


def _drop_marks(draft: Draft, strip: Strip) -> list[int]:
    text = strip.text
    edits = [Edit(*place) for place in _bold(text)] if "**" in text or "__" in text else []
    lead = _LEADING.match(text) if text[:1] in ("#", ">") else None
    if lead and not (edits and edits[0].start < lead.end()):
        edits.insert(0, Edit(0, lead.end()))
    draft.edit(strip, edits, "markup")
    return []


_MASK = re.compile(
    r"(?<=\d)\*{3,8}(?=\d)|\*{2,4}(?=[省市县区州盟旗镇乡村局厅委院校年月日号]|街道|大学|学院|学校|公司|集团|医院|人民|有限|同志)"
)
"""138****5678, **市城市管理局: letters that were left out."""
_STOP = re.compile("[，。；]")


def _bold(text: str) -> list[tuple[int, int]]:
    """The marks of bold type: they come in pairs, which the asterisks of a name left out (**省**市) do not."""
    runs = [m.span() for m in _BOLD.finditer(text)]
    masked = {m.start() for m in _MASK.finditer(text)}
    if not masked:
        return runs
    runs = [(a, b) for a, b in runs if not (a in masked and text[a - 1 : a].isdigit() and text[b : b + 1].isdigit())]
    bold: list[tuple[int, int]] = []
    opened: tuple[int, int] | None = None
    for i, run in enumerate(runs):
        if opened is None or (opened[0] in masked and (run[0] in masked or _pairs_later(text, opened, runs[i:]))):
            opened = run
        else:
            bold += [opened, run]
            opened = None
    if opened is not None and opened[0] not in masked:
        bold.append(opened)
    return bold


def _pairs_later(text: str, opened: tuple[int, int], rest: list[tuple[int, int]]) -> bool:
    """**市财政局办理，…。|**重点**: the marks from here on are pairs of their own."""
    return len(rest) % 2 == 0 and _STOP.search(text, opened[1], rest[0][0]) is not None


_D = "[0-9０-９]"
_P = "[ \u3000]{0,2}"
_SET_APART = (
    re.compile(rf"月{_P}[0-3０-３]([ \u3000]{{1,2}}){_D}{_P}日"),
    re.compile(rf"年{_P}[1１]([ \u3000]{{1,2}})[0-2０-２](?={_P}月)"),
)
"""3 月 2 8 日, 2019年1 2月: the digits of one number, set apart by a copy. Two patterns that begin with one character
each are searched ten times as fast as one that may begin with either."""


_GAP = re.compile(" (?<=[0-9] ) ?[0-9]")


def _may_be_apart(draft: Draft) -> bool:
    """Whether a blank stands between two digits: quickly told where all digits and blanks are ASCII characters."""
    return draft.unusual or "\u3000" in draft.raw.raw or _GAP.search(draft.ascii) is not None


def _join_digits(draft: Draft, strip: Strip) -> list[int]:
    if "月" in strip.text:
        gaps = sorted(m.span(1) for apart in _SET_APART for m in apart.finditer(strip.text))
        draft.edit(strip, [Edit(a, b) for a, b in gaps], "markup")
    return []


def _drop_cyrillic(draft: Draft, strip: Strip) -> list[int]:
    found = list(_CYRILLIC.finditer(strip.text))
    points = [m.start() - n for n, m in enumerate(found)]
    lead = _dropped_lead(strip, [Edit(m.start(), m.end()) for m in found])
    draft.edit(strip, [Edit(m.start(), m.end()) for m in found], "markup")
    return [p - lead for p in points if 0 < p - lead < len(strip.text)]
