"""The relational tables: what a document's rows are called, what they hold, and how they are read from the model.

parquet, sqlite, csv, xlsx and `to_frames` are all made from `TABLES`; so is docs/outputs.md. A new column is a row
here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from ..model import DatePeriod, PolicyDocument
from .columns import (
    DOCUMENT,
    TEXT_SPAN,
    Read,
    count,
    day,
    field,
    integer,
    key,
    names,
    number,
    of,
    parent,
    period,
    table,
    text,
)
from .relation import Column, Facts, Record, Row, Table, joined, lines

TABLES_VERSION = 1
"""Rises when a table or column changes its meaning or goes away; new columns leave it."""


def rows(document: PolicyDocument, path: str | None = None) -> dict[str, list[Record]]:
    """The rows of every table for one document; `path` is its place in the input (default: its file name)."""
    facts = Facts(document, path)
    return {t.name: t.records(facts) for t in TABLES}


def _document(facts: Facts) -> Iterator[Row]:
    yield facts.row(1, facts.document, facts.document.title.span if facts.document.title else None)


def _text_id(row: Row) -> str | None:
    said = "".join(row.item.text.split())
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32] if said else None


DOCUMENTS = Table(
    "documents",
    "文件",
    "one row a document",
    ("document_id",),
    (
        DOCUMENT._replace(references=None),
        text("path", "路径", "its place in the input; its file name where only that is known", lambda r: r.about.path),
        text("name", "文件名", "file name without folders", of("source", "name")),
        text("sha256", "SHA-256", "of the file's bytes", of("source", "sha256"), required=True),
        text("text_id", "文本标识", "the same for the same text in any file, white space apart", _text_id),
        text("media_type", "媒体类型", "what the bytes are", of("source", "media_type"), required=True),
        integer("size", "字节数", "of the file", of("source", "size"), required=True),
        text("encoding", "编码", "of a text file", of("source", "encoding")),
        integer("pages", "页数", "null where the format has no pages", of("source", "pages")),
        text("reader", "读取模块", "which reader read it", of("source", "reader"), required=True),
        text("title", "标题", "标题 on one line", of("title", "text")),
        text("document_number", "发文字号", "normalised: 机关代字〔year〕N号", of("document_number", "normalized")),
        text("organ_code", "机关代字", "of the 发文字号", of("document_number", "organ_code")),
        integer("number_year", "发文年份", "of the 发文字号", of("document_number", "year")),
        text("number_serial", "顺序号", "of the 发文字号, as written (81, 38-1)", of("document_number", "serial")),
        text("doc_type", "文种", "of the outer document", of("doc_type")),
        text("issuers", "发文机关", "joined by 、", names("issuers")),
        text("recipients", "主送机关", "joined by 、", names("recipients")),
        day("issue_date", "成文日期", "null where it has two readings", of("issue_date", "date")),
        text("issue_date_text", "成文日期原文", "as written", of("issue_date", "text")),
        text("enclosures", "印发文件", "titles of the texts it issues or forwards, joined by 、",
              lambda r: joined(e.title for e in r.item.enclosures)),
        text("copy_number", "份号", "§7.2.1", of("copy_number", "text")),
        text("classification", "密级", "§7.2.2", of("classification", "text")),
        text("urgency", "紧急程度", "§7.2.3", of("urgency", "text")),
        text("issuing_mark", "发文机关标志", "§7.2.4", of("issuing_mark", "text")),
        text("signatories", "签发人", "joined by 、", lambda r: joined(m.text for m in r.item.signatories)),
        text("notes", "附注", "one a line", lambda r: lines(m.text for m in r.item.notes)),
        text("cc", "抄送机关", "joined by 、",
              lambda r: joined(n.name for n in r.item.imprint.cc) if r.item.imprint else None),
        text("printed_by", "印发机关", "of the 版记", of("imprint", "printed_by")),
        day("print_date", "印发日期", "of the 版记", of("imprint", "print_date")),
        text("index_number", "索引号", "of the web page", of("disclosure", "index_number")),
        text("topic", "主题分类", "of the web page", of("disclosure", "topic")),
        day("published", "发布日期", "of the web page", of("disclosure", "published")),
        text("validity", "有效性", "of the web page", of("disclosure", "validity")),
        integer("phase_count", "阶段数", "rows in `phases`", count("phases"), required=True),
        integer("measure_count", "措施数", "rows in `measures`", count("measures"), required=True),
        integer("diagnostic_count", "待核对数", "rows in `diagnostics`", count("diagnostics"), required=True),
        text("schema_version", "模型版本", "of the JSON schema", of("schema_version"), required=True),
        text("parser_version", "解析版本", "of the policyparse that read it", of("parser_version"), required=True),
        text("text", "全文", "the canonical text, which all spans count in", of("text"), required=True, long=True),
    ),
    _document,
)  # fmt: skip

ENCLOSURES = table(
    "enclosures", "印发文件", "texts that the document issues (印发), forwards (转发) or publishes",
    lambda f: f.rows(f.document.enclosures),
    field("title", "标题", "without 《》", required=True), field("doc_type", "文种", "of the text"), *TEXT_SPAN,
)  # fmt: skip

PHASES = table(
    "phases", "实施阶段", "stages of the work with their periods",
    lambda f: f.rows(f.document.phases),
    key("phase_id", "阶段标识", "key of the phase"),
    integer("number", "阶段序", "1 for the first stage of its series", lambda r: r.item.ordinal, required=True),
    field("name", "阶段名称", "without 第X阶段, numbering and brackets", required=True),
    *period(lambda r: r.item.period, "period", "时间", "period_"),
    text("tasks", "阶段任务", "tasks inside the phase, one a line", lambda r: lines(t.text for t in r.item.tasks)),
    field("text", "原文", "the phase as written", required=True),
    unique="phase_id",
)  # fmt: skip


def _phase_of(row: Row) -> str | None:
    return row.about.phase_at(row.item.span) if row.item.phase else None


def _with_role(role: str) -> Read:
    return lambda row: joined(dict.fromkeys(r.full_name or r.name for r in row.item.responsibilities if r.role == role))


MEASURES = table(
    "measures", "工作措施", "items of work (工作措施, 重点任务), with or without a unit",
    lambda f: f.rows(f.document.measures),
    key("measure_id", "措施标识", "key of the measure"),
    field("number", "编号", "as written without punctuation (一, 1)"),
    text("path", "任务路径", "numbers (or group names) of what holds it and its own, joined by 、(三、（一）、1)",
          lambda r: joined(r.item.path)),
    field("heading", "工作任务", "run-in heading"),
    field("text", "具体措施", "the item without its number", required=True),
    text("steps", "步骤", "numbered steps inside it, one a line",
          lambda r: lines(" ".join(filter(None, (s.number, s.text))) for s in r.item.steps)),
    text("lead", "牵头单位", "units with role lead, joined by 、", _with_role("lead")),
    text("responsible", "责任单位", "units with role responsible, joined by 、", _with_role("responsible")),
    text("cooperate", "配合单位", "units with role cooperate, joined by 、", _with_role("cooperate")),
    text("supervise", "督导单位", "units with role supervise, joined by 、", _with_role("supervise")),
    *period(lambda r: r.item.deadline, "deadline", "完成时限", "deadline_"),
    text("phase_id", "阶段标识", "the phase whose text holds it", _phase_of, references="phases.phase_id"),
    field("phase", "所属阶段", "name of that phase"),
    unique="measure_id",
)  # fmt: skip


def _responsibilities(facts: Facts) -> Iterator[Row]:
    ordinal = 0
    for measure in facts.rows(facts.document.measures):
        for item in measure.item.responsibilities:
            ordinal += 1
            yield facts.row(ordinal, item, item.span, measure.key)


RESPONSIBILITIES = table(
    "responsibilities", "责任分工", "one row a unit (or person) that a measure makes responsible",
    _responsibilities,
    parent("measure_id", "措施标识", "the measure", "measures.measure_id", required=True),
    text("unit", "单位", "`full_name` where there is one, else `name`: group by this",
          lambda r: r.item.full_name or r.item.name, required=True),
    field("role", "角色", "lead 牵头, responsible 负责, cooperate 配合 or supervise 督导", required=True),
    field("name", "原文单位", "as written", required=True),
    field("full_name", "完整名称", "with an elided prefix restored; null when nothing is elided"),
    field("kind", "类别", "organisation or person", required=True),
)  # fmt: skip

GROUPS = table(
    "groups", "领导机构", "leadership groups (领导小组, 工作专班, 指挥部 …)",
    lambda f: f.rows(f.document.leadership_groups),
    key("group_id", "机构标识", "key of the group"),
    field("name", "名称", "as written", required=True),
    field("parent", "上级机构", "name of the group it is a sub-group of"),
    text("office_at", "办公室设在", "where its office is set up", number("located_at", lambda r: r.item.office)),
    text("office_duties", "办公室职责", "of its office", number("duties", lambda r: r.item.office)),
    unique="group_id",
)  # fmt: skip


def _leaders(facts: Facts) -> Iterator[Row]:
    ordinal = 0
    for group in facts.rows(facts.document.leadership_groups):
        office = group.item.office
        seats = [("group", m) for m in group.item.members] + [("office", m) for m in (office.members if office else ())]
        for kind, item in seats:
            ordinal += 1
            yield facts.row(ordinal, item, item.span, group.key, kind)


def _group_name(row: Row) -> str:
    groups = row.about.document.leadership_groups
    return groups[int(str(row.parent).rpartition("-")[2]) - 1].name


LEADERS = table(
    "leaders", "领导小组成员", "one row a seat of a leadership group or of its office",
    _leaders,
    parent("group_id", "机构标识", "the group", "groups.group_id", required=True),
    text("group_name", "机构名称", "name of the group", _group_name, required=True),
    text("body", "所在", "group, or office (办公室)", lambda r: r.kind, required=True),
    field("role", "组内职务", "as written: 组长, 副组长, 成员 …", required=True),
    field("person", "姓名", "null where only a post or an organisation is named"),
    field("post", "职务", "post or organisation"),
)  # fmt: skip


def _deadlines(facts: Facts) -> Iterator[Row]:
    """Deadlines told in the text, and those of measures (完成时限), in the order of the text."""
    found: list[tuple[int, Any, Any, str | None, str]] = [
        (d.period.span.start, d, d.span, facts.measure_at(d.period.span), "text") for d in facts.document.deadlines
    ]
    for measure in facts.rows(facts.document.measures):
        if period := measure.item.deadline:
            found.append((period.span.start, period, period.span, measure.key, "measure"))
    found.sort(key=lambda d: d[0])
    for i, (_, item, span, measure_id, kind) in enumerate(found, 1):
        yield facts.row(i, item, span, measure_id, kind)


def _due(row: Row) -> DatePeriod:
    return row.item if row.kind == "measure" else row.item.period  # type: ignore[no-any-return]


def _if_told(name: str) -> Read:
    return lambda row: None if row.kind == "measure" else getattr(row.item, name)


DEADLINES = table(
    "deadlines", "时限", "by when something is due: the deadline of a measure (完成时限), or one told in the text",
    _deadlines,
    text("kind", "来源", "measure: its 完成时限; text: told in a sentence", lambda r: r.kind, required=True),
    parent("measure_id", "措施标识", "the measure whose it is, or whose text holds it", "measures.measure_id"),
    text("phase_id", "阶段标识", "the phase whose text holds it",
          lambda r: r.about.phase_at(_due(r).span), references="phases.phase_id"),
    *period(_due, "deadline", "时限", "due_"),
    text("action", "事项", "what is due, as written", _if_told("action")),
    text("context", "原句", "the clause it stands in", _if_told("context")),
)  # fmt: skip

CITATIONS = table(
    "citations", "引用文件", "documents that the text cites",
    lambda f: f.rows(f.document.citations),
    field("title", "标题", "without 《》"),
    text("document_number", "发文字号", "normalised", number("normalized", lambda r: r.item.document_number)),
    text("organ_code", "机关代字", "of its 发文字号", number("organ_code", lambda r: r.item.document_number)),
    integer("number_year", "发文年份", "of its 发文字号", number("year", lambda r: r.item.document_number)),
    text("number_serial", "顺序号", "of its 发文字号", number("serial", lambda r: r.item.document_number)),
    field("relation", "关系", "依据, 转发, 印发, 废止, 修改 or 引用", required=True),
)  # fmt: skip

ATTACHMENTS = table(
    "attachments", "附件", "附件, from the list of them or from the heading of the annex itself",
    lambda f: f.rows(f.document.attachments),
    field("label", "标记", "as written: 附件1", required=True), field("number", "附件号", "1, 2 …"),
    field("title", "标题", "its title"),
    Column("in_file", "boolean", "在本文件中", "its text is in the file", lambda r: r.item.text_span is not None, True),
    integer("table_count", "表格数", "tables in it", lambda r: len(r.item.tables), required=True),
    field("href", "链接", "address of the file on the web page"), *TEXT_SPAN,
)  # fmt: skip

DIAGNOSTICS = table(
    "diagnostics", "待核对", "what a careful reader would flag",
    lambda f: f.rows(f.document.diagnostics),
    field("code", "代码", "kind of the finding", required=True),
    field("severity", "程度", "info, warning or error", required=True),
    field("message", "说明", "in words", required=True),
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    *(DOCUMENTS, ENCLOSURES, PHASES, MEASURES, RESPONSIBILITIES, GROUPS, LEADERS),
    *(DEADLINES, CITATIONS, ATTACHMENTS, DIAGNOSTICS),
)
"""In an order in which every table stands after those it refers to."""
