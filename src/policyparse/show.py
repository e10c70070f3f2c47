"""A document as a person wants to read it: header, outline, phases, measures by unit, groups, deadlines, diagnostics.

`rows(doc)` says what to show; `plain` prints it for a pipe, `pretty` for a terminal (rich is loaded only there).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TextIO

from .model import DatePeriod, Deadline, Diagnostic, Measure, Member, PolicyDocument, Section

Style = Literal["heading", "plain", "warning", "error", "faint"]
_SHORT = 60
"""Characters of an item's text that are shown."""
_NOTE = 12
"""Characters of a note before its first unit, （责任单位： included."""
_LONGEST = 400
"""Characters of an item that are looked at for its first line."""
_NOTE_AT_END = re.compile(r"[（(【][^（）()【】]{0,120}(?:负责|牵头|配合|单位|部门)[^（）()【】]{0,120}[）)】]。?\s*$")
"""The note of the responsible units, which the measures show."""
_MORE = 40
"""Outline items, deadlines or diagnostics of one kind that are shown before the rest is only counted."""
_CLOSING = frozenset("、.．）)】〕，：")
"""What follows a number."""
_ROLES = {"lead": "牵头 lead", "cooperate": "配合 cooperate", "supervise": "督导 supervise", "responsible": "负责"}


class Row(NamedTuple):
    """A line: `label` in a column of its own, then `text`. A heading has only its text."""

    text: str
    label: str = ""
    indent: int = 0
    style: Style = "plain"


def rows(doc: PolicyDocument) -> Iterator[Row]:
    """Everything that `policyparse show` prints, top to bottom."""
    yield Row(doc.title.text if doc.title else f"{doc.source.name or ''} (no title)".strip(), style="heading")
    yield from _header(doc)
    yield from _section("Outline", list(_outline(doc, doc.outline, _texts(doc))))
    yield from _section("Phases 实施阶段", list(_phases(doc)), len(doc.phases))
    yield from _section(
        "Measures by unit 责任分工", list(_measures(doc)), sum(bool(m.responsibilities) for m in doc.measures)
    )
    yield from _section("Leadership groups 领导小组", list(_groups(doc)), len(doc.leadership_groups))
    yield from _section("Deadlines 时限", [_deadline(d) for d in doc.deadlines], len(doc.deadlines))
    yield from _section("Attachments 附件", list(_attachments(doc)), len(doc.attachments))
    yield from _section("Citations 引用文件", list(_citations(doc)), len(doc.citations))
    yield from _section("Diagnostics", list(diagnostics(doc)), len(doc.diagnostics))


def plain(lines: Iterable[Row], out: TextIO) -> None:
    """Print for a pipe or a file: one line a row, nothing wrapped or coloured."""
    for i, row in enumerate(lines):
        if row.style == "heading":
            out.write(("\n" if i else "") + row.text + "\n")
        else:
            label = row.label + " " * max(1, _LABEL - _width(row.label)) if row.label else ""
            out.write("  " + "  " * row.indent + label + row.text + "\n")


def pretty(lines: Iterable[Row]) -> None:
    """Print for a terminal: wrapped to its width, continuation lines under the text, colours for the eye."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    styles = {"heading": "bold cyan", "plain": "", "warning": "yellow", "error": "red", "faint": "dim"}
    console = Console(highlight=False)
    for i, row in enumerate(lines):
        if row.style == "heading":
            console.print(Text(("\n" if i else "") + row.text, style=styles["heading"]))
            continue
        grid = Table.grid(padding=(0, 1))
        if row.label:
            grid.add_column(no_wrap=True, min_width=min(_LABEL, console.width // 3) - 1)
        grid.add_column(overflow="fold")
        label = [Text(row.label, style="bold")] if row.label else []
        grid.add_row(*label, Text(row.text, style=styles[row.style]))
        console.print(Padding(grid, (0, 0, 0, 2 + 2 * row.indent)))


_LABEL = 22


def _width(string: str) -> int:
    """Columns in a terminal: Chinese characters take two."""
    return sum(2 if ord(c) >= 0x1100 else 1 for c in string)


def _section(title: str, lines: list[Row], count: int | None = None) -> Iterator[Row]:
    if lines:
        yield Row(f"{title} ({count})" if count is not None else title, style="heading")
        yield from lines


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def _period(period: DatePeriod | None) -> str:
    if not period:
        return ""
    if period.candidates:
        return f"{period.text} ({' or '.join(period.candidates)}?)"
    if period.start and period.start == period.end:
        return period.start
    if period.start and period.end:
        return f"{period.start} to {period.end}"
    return f"by {period.end}" if period.end else f"from {period.start}" if period.start else period.text


def _header(doc: PolicyDocument) -> Iterator[Row]:
    date = doc.issue_date
    written = (date.date or " or ".join(date.candidates) or date.text) if date else ""
    values = {
        "Number 发文字号": doc.document_number.normalized if doc.document_number else "",
        "Type 文种": doc.doc_type or "",
        "Issued by 发文机关": "、".join(n.name for n in doc.issuers),
        "To 主送机关": "、".join(n.name for n in doc.recipients),
        "Date 成文日期": written,
        "Encloses 印发": "、".join(e.title for e in doc.enclosures),
        "Urgency 紧急程度": doc.urgency.text if doc.urgency else "",
        "Classified 密级": doc.classification.text if doc.classification else "",
        "Signed by 签发人": "、".join(m.text for m in doc.signatories),
        "Notes 附注": "; ".join(m.text for m in doc.notes),
        "Copies to 抄送": "、".join(n.name for n in doc.imprint.cc) if doc.imprint else "",
        "Index 索引号": (doc.disclosure.index_number or "") if doc.disclosure else "",
        "Contacts 联系人": "; ".join(
            " ".join(filter(None, [c.organisation, c.person, *c.phones, *c.emails])) for c in doc.contacts
        ),
    }
    yield from (Row(value, label) for label, value in values.items() if value)


def _texts(doc: PolicyDocument) -> list[tuple[int, str]]:
    """Where the enclosed texts and annexes of the file begin, with their titles, the last first."""
    begins = {e.text_span.start: e.title for e in doc.enclosures if e.text_span and e.text_span.start}
    for a in doc.attachments:
        if a.text_span and a.text_span.start and (a.title or a.label) not in begins.values():
            begins.setdefault(a.text_span.start, a.title or a.label)
    return sorted(begins.items(), reverse=True)


def _outline(
    doc: PolicyDocument, sections: list[Section], texts: list[tuple[int, str]], depth: int = 0
) -> Iterator[Row]:
    """Sections with a heading; items that are plain text are counted, not repeated.

    The title of an enclosed text stands before its first section: its 一 must not pass for a second one of the notice.
    """
    silent = 0
    uneven = any(s.number is not None and s.heading for s in sections)
    for s in sections:
        title = None
        told = s.number is not None or (s.heading and not s.heading.startswith("附"))
        while texts and told and texts[-1][0] <= s.span.start:
            title = texts.pop()[1]
        if title:
            yield Row(title, indent=depth, style="faint")
        if s.heading and told:  # also one without a number, as copies lose them: 工作安排
            yield Row((_numbered(doc, s) if s.number else "") + _short(s.heading), indent=depth)
        elif s.number is not None and uneven:  # beside headings: how the item begins
            text = doc.text[s.span.start : min(s.span.end, s.span.start + _LONGEST)].lstrip().split("\n")[0]
            yield Row(_short(_NOTE_AT_END.sub("", text)), indent=depth, style="faint")
        elif s.number is not None:
            silent += 1
        yield from _outline(doc, s.children, texts, depth + bool(told and (s.heading or uneven)))
    if silent:
        yield Row(f"{silent} item{'s' if silent > 1 else ''} without a heading", indent=depth, style="faint")


def _numbered(doc: PolicyDocument, section: Section) -> str:
    """The number with the marks it is written with: 一、, （一）, 1. tell levels apart where the number does not."""
    number = section.number or ""
    start = section.span.start
    at = doc.text.find(number, start, start + len(number) + 8)
    if at < 0 or "\n" in doc.text[start:at]:
        return f"{number} "
    end = at + len(number)
    after = doc.text[end : end + 1]
    said = after in ("是", "要") and not (section.heading or "").startswith(after)  # 一是, 二要
    closed = said or (after in _CLOSING and end < section.span.end)
    mark = "".join(doc.text[start : end + closed].split())
    return mark if closed else f"{mark} "


def _phases(doc: PolicyDocument) -> Iterator[Row]:
    for p in doc.phases:
        yield Row(" ".join(filter(None, [p.name, _period(p.period)])), f"{p.ordinal}")
        yield from (Row(_short(t.text), indent=2, style="faint") for t in p.tasks)


def _measures(doc: PolicyDocument) -> Iterator[Row]:
    for unit, measures in doc.units().items():
        yield Row(f"{unit} ({len(measures)})")
        yield from (_measure(m, unit) for m in measures)
    without = [m for m in doc.measures if not m.responsibilities]
    if without:
        yield Row(f"items without a note of the responsible unit 未注明责任单位 ({len(without)}, not counted above)")
        yield from (_measure(m, None) for m in without[:_MORE])
        yield from _rest(len(without) - _MORE, indent=1)


def _measure(m: Measure, unit: str | None) -> Row:
    roles = dict.fromkeys(_ROLES[r.role] for r in m.responsibilities if unit == (r.full_name or r.name))
    due = _period(m.deadline)
    text = " ".join(filter(None, [_short(m.heading or _task(m)), f"[{due}]" if due else ""]))
    return Row(f"{text} ({', '.join(roles)})" if roles else text, " ".join(m.path) or (m.number or "-"), 1)


def _task(m: Measure) -> str:
    """The item's text without the note that closes it (…推广网上办税。（省税务局牵头）)."""
    at = m.text.find(m.responsibilities[0].name) if m.responsibilities else -1
    opened = max(m.text.rfind(bracket, 0, at) for bracket in "（(【[") if at > 0 else 0
    return m.text[:opened] if opened > 0 and at - opened <= _NOTE else m.text


def _groups(doc: PolicyDocument) -> Iterator[Row]:
    for g in doc.leadership_groups:
        yield Row(f"{g.name} (under {g.parent})" if g.parent else g.name)
        yield from (_member(m) for m in g.members)
        if g.office:
            yield Row(g.office.located_at or "-", "办公室 office", indent=1)
            yield from (_member(m) for m in g.office.members)


def _member(m: Member) -> Row:
    return Row(" ".join(filter(None, [m.person, m.post])), m.role, indent=1)


def _deadline(d: Deadline) -> Row:
    return Row(_short(d.context), d.period.end or d.text)


def _attachments(doc: PolicyDocument) -> Iterator[Row]:
    for a in doc.attachments:
        state = f"{len(a.tables)} tables" if a.tables else "in the file" if a.text_span else "not in the file"
        yield Row(f"{a.title or '(no title)'} ({state})", a.label)


def _citations(doc: PolicyDocument) -> Iterator[Row]:
    for c in doc.citations:
        number = c.document_number.normalized if c.document_number else ""
        yield Row(" ".join(filter(None, [c.title and f"《{c.title}》", number])), c.relation)


def diagnostics(doc: PolicyDocument) -> Iterator[Row]:
    """Every diagnostic with its place in the source; repairs of one kind beyond the first few are only counted."""
    shown: dict[str, int] = {}
    for d in doc.diagnostics:
        shown[d.code] = shown.get(d.code, 0) + 1
        if d.severity != "info" or shown[d.code] <= 3:
            yield _diagnostic(doc, d)
    for code, count in shown.items():
        if count > 3 and any(d.code == code and d.severity == "info" for d in doc.diagnostics):
            yield Row(f"{count - 3} more of {code}", style="faint")


def _diagnostic(doc: PolicyDocument, d: Diagnostic) -> Row:
    where = place(doc, d)
    style: Style = d.severity if d.severity != "info" else "faint"
    return Row(f"{where + ': ' if where else ''}{d.message} [{d.code}]", d.severity, style=style)


def place(doc: PolicyDocument, d: Diagnostic) -> str:
    """Where in the source a diagnostic points: page, line, table cell."""
    found = doc.locate(d.span)[:1] if d.span else []
    parts = [
        f"{name} {value}"
        for at in found
        for name, value in [("page", at.page), ("line", at.line), ("table", at.table), ("row", at.row)]
        if value is not None
    ]
    return ", ".join(parts)


def _rest(count: int, indent: int) -> Iterator[Row]:
    if count > 0:
        yield Row(f"and {count} more", indent=indent, style="faint")
