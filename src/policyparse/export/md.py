"""Markdown: the structured reading of one notice, to be read by a person: facts first, then the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..model import DatePeriod, LeadershipGroup, Measure, Member, PolicyDocument, Section, Table
from .body import Body
from .places import Places

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_BLOCK_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")
_ROLES = {"lead": "牵头单位", "responsible": "责任单位", "cooperate": "配合单位", "supervise": "督导单位"}
_LONGEST_HEADING = 80


def text(document: PolicyDocument) -> str:
    """The reading of a document."""
    title = document.title.text if document.title else document.source.name or "（无标题）"
    parts = [f"# {escaped(title)}", _facts(document)]
    sections = {
        "实施阶段": _phases(document),
        "工作措施": _measures(document),
        "领导机构": _groups(document),
        "时限": _deadlines(document),
        "印发文件、附件": _attached(document),
        "引用文件": _citations(document),
        "待核对": _diagnostics(document),
        "全文": _body(document),
    }
    for heading, lines in sections.items():
        if content := "\n\n".join(lines):
            parts += [f"## {heading}", content]
    return "\n\n".join(filter(None, parts)) + "\n"


def escaped(value: str) -> str:
    """Text in which nothing is taken for Markdown, on one line."""
    line = _SPECIAL.sub(r"\\\1", " ".join(value.replace("\t", " ").splitlines()))
    return _BLOCK_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] in "-+" else f"{m[1]}{m[2]}\\", line)


def _grid(header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Iterator[str]:
    body = [f"| {' | '.join(_cell(value) for value in row)} |" for row in rows]
    if body:
        head = f"| {' | '.join(_cell(name) for name in header)} |"
        yield "\n".join([head, "|" + " --- |" * len(header), *body])


def _cell(value: str | None) -> str:
    return "<br>".join(escaped(line) for line in (value or "").splitlines())


def _facts(doc: PolicyDocument) -> str:
    date, disclosure = doc.issue_date, doc.disclosure
    values = {
        "发文字号": doc.document_number and doc.document_number.normalized,
        "文种": doc.doc_type,
        "发文机关": "、".join(n.name for n in doc.issuers),
        "主送机关": "、".join(n.name for n in doc.recipients),
        "成文日期": date and (date.date or "或".join(date.candidates) or date.text),
        "密级": doc.classification and doc.classification.text,
        "紧急程度": doc.urgency and doc.urgency.text,
        "份号": doc.copy_number and doc.copy_number.text,
        "签发人": "、".join(m.text for m in doc.signatories),
        "附注": "\n".join(m.text for m in doc.notes),
        "抄送机关": "、".join(n.name for n in doc.imprint.cc) if doc.imprint else None,
        "印发机关": doc.imprint and doc.imprint.printed_by,
        "印发日期": doc.imprint and doc.imprint.print_date,
        "索引号": disclosure and disclosure.index_number,
        "有效性": disclosure and disclosure.validity,
        "联系方式": "\n".join(
            " ".join(filter(None, (c.organisation, c.person, *c.phones, *c.emails))) for c in doc.contacts
        ),
        "来源文件": doc.source.name,
    }
    return "\n\n".join(_grid(("项目", "内容"), ((k, v) for k, v in values.items() if v)))


def _when(period: DatePeriod | None) -> str:
    """As written, then the dates it means."""
    if not period:
        return ""
    start, end = period.start, period.end
    dates = "或".join(period.candidates) or (start if start == end else f"{start or ''}至{end or ''}")
    return f"{period.text}（{dates}）" if start or end or period.candidates else period.text


def _phases(doc: PolicyDocument) -> Iterator[str]:
    for phase in doc.phases:
        yield f"### {phase.ordinal} {escaped(phase.name)}"
        if phase.period:
            yield f"时间：{escaped(_when(phase.period))}"
        tasks = [task.text for task in phase.tasks] or [phase.text]
        yield "\n".join(f"- {escaped(task)}" for task in tasks)


def _measures(doc: PolicyDocument) -> Iterator[str]:
    """Under each section's number, the items with their units."""
    for measure in doc.measures:
        yield "\n".join(_measure(measure))


def _measure(measure: Measure) -> Iterator[str]:
    number = " ".join(measure.path) or measure.number or ""
    heading = f"**{escaped(' '.join(filter(None, (number, measure.heading))))}**" if number or measure.heading else ""
    said = measure.text.removeprefix(measure.heading or "").lstrip("。：:") if measure.heading else measure.text
    yield "- " + " ".join(filter(None, (heading, escaped(said))))
    for role, label in _ROLES.items():
        if named := dict.fromkeys(r.full_name or r.name for r in measure.responsibilities if r.role == role):
            yield f"  - {label}：{escaped('、'.join(named))}"
    if measure.deadline:
        yield f"  - 完成时限：{escaped(_when(measure.deadline))}"


def _groups(doc: PolicyDocument) -> Iterator[str]:
    for group in doc.leadership_groups:
        yield f"### {escaped(group.name)}"
        if group.parent:
            yield f"上级机构：{escaped(group.parent)}"
        yield from _grid(("职务", "姓名", "单位及职务"), map(_seat, group.members))
        yield from _office(group)


def _office(group: LeadershipGroup) -> Iterator[str]:
    if group.office:
        if group.office.located_at:
            yield f"办公室设在：{escaped(group.office.located_at)}"
        yield from _grid(("办公室职务", "姓名", "单位及职务"), map(_seat, group.office.members))


def _seat(member: Member) -> tuple[str, str | None, str | None]:
    return member.role, member.person, member.post


def _deadlines(doc: PolicyDocument) -> Iterator[str]:
    rows = ((d.period.end or d.period.start, d.text, d.action, d.context) for d in doc.deadlines)
    return _grid(("日期", "时限", "事项", "原句"), rows)


def _attached(doc: PolicyDocument) -> Iterator[str]:
    enclosed = [("印发", e.title, e.text_span) for e in doc.enclosures]
    attached = [(a.label, a.title, a.text_span) for a in doc.attachments]
    return _grid(
        ("标记", "标题", "正文"), ((k, t, "在本文件中" if s else "不在本文件中") for k, t, s in [*enclosed, *attached])
    )


def _citations(doc: PolicyDocument) -> Iterator[str]:
    numbers = (c.document_number.normalized if c.document_number else None for c in doc.citations)
    rows = ((c.relation, c.title, number) for c, number in zip(doc.citations, numbers, strict=True))
    return _grid(("关系", "标题", "发文字号"), rows)


def _diagnostics(doc: PolicyDocument) -> Iterator[str]:
    """What needs a look: warnings and errors; mere notes of repairs are left to the other outputs."""
    places = Places(doc)
    found = [(d, places.of(d.span)) for d in doc.diagnostics if d.severity != "info"]
    return _grid(
        ("程度", "说明", "页", "行"),
        ((d.severity, d.message, str(p.page or ""), str(p.line or "")) for d, p in found),
    )


def _body(doc: PolicyDocument) -> Iterator[str]:
    body = Body(doc)
    for section in doc.outline:
        yield from _section(body, section, 3)


def _section(body: Body, section: Section, depth: int) -> Iterator[str]:
    """A section whose heading stands on a line of its own, or over items, begins with it; others are paragraphs."""
    lead, children = body.lead(section), section.children
    alone = bool(lead.heading) and body.text.startswith("\n", lead.rest)
    if lead.heading and len(lead.heading) <= _LONGEST_HEADING and (children or alone):
        heading = body.text[section.span.start : lead.heading.end].strip().rstrip("。：:")
        yield f"{'#' * min(depth, 6)} {escaped(heading)}"
        start = lead.rest
    else:
        start = section.span.start
    numbered = children[1:] if children and children[0].number is None else children
    yield from _paragraphs(body, start, numbered[0].span.start if numbered else section.span.end)
    for child in numbered:
        yield from _section(body, child, depth + 1)


def _paragraphs(body: Body, start: int, end: int) -> Iterator[str]:
    for block in body.blocks(start, end):
        if block.table is None:
            yield escaped(body.text[block.span.start : block.span.end].strip())
        else:
            yield from _table(body.document.tables[block.table])


def _table(table: Table) -> Iterator[str]:
    width = max([len(table.header), *(len(row) for row in table.rows)], default=0)
    if width:
        header = table.header or [""] * width
        yield from (
            _grid(header, ([cell.text for cell in row] for row in table.rows))
            if table.rows
            else _grid(header, [[""] * width])
        )


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write the reading of one document (several: one after the other, a rule between them)."""
    path.write_text("\n---\n\n".join(map(text, documents)), "utf-8", newline="\n")
