"""The output schema: everything policyparse says about a document (公文), on one page.

Every value that stands in the document has a `span` into `PolicyDocument.text`, the canonical text, so that
`doc.text[m.span.start:m.span.end]` shows it in place and `doc.locate(m.span)` gives its place in the source file.
Values are as written, with white space inside Chinese text removed and broken lines joined; dates are ISO 8601.
Clauses (§) are those of GB/T 9704-2012 党政机关公文格式.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from . import __version__
from .text import Span

SCHEMA_VERSION = "1.0"

Role = Literal["lead", "cooperate", "supervise", "responsible"]
Severity = Literal["info", "warning", "error"]
Relation = Literal["依据", "转发", "印发", "废止", "修改", "引用"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    if not TYPE_CHECKING:  # to a type checker it would allow any name

        def __getattr__(self, name: str) -> Any:
            """What `trusted` leaves unset: few ask for it, and to set it takes as long as to make the object."""
            if name == "__pydantic_fields_set__":
                return set(type(self).model_fields)
            if name in ("__pydantic_extra__", "__pydantic_private__"):
                return None
            return super().__getattr__(name)


class Source(_Part):
    """The file that was read."""

    name: str | None = None
    """File name, without folders."""
    media_type: str = "text/plain"
    size: int = 0
    """Bytes."""
    sha256: str = ""
    encoding: str | None = None
    pages: int | None = None
    reader: str = "text"


class DatePeriod(_Part):
    """A date expression: both ends inclusive, ISO dates, null where the document sets none."""

    text: str
    start: str | None = None
    end: str | None = None
    inferred: bool = False
    """True when the year (or month) is not in the expression itself (a diagnostic says where it comes from)."""
    candidates: list[str] = Field(default_factory=list)
    """Readings of an ambiguous date (2018112 -> 2018-01-12, 2018-11-02); `start`/`end` are then null."""
    span: Span


class IssueDate(_Part):
    """成文日期 (§7.3.5.4): the date in the signature, else the explicit one of the page metadata."""

    text: str
    date: str | None
    candidates: list[str] = Field(default_factory=list)
    """All calendar readings when the date has lost its separators (2018112)."""
    span: Span


class DocumentNumber(_Part):
    """发文字号 (§7.2.5): 机关代字 + 〔year〕 + serial 号."""

    text: str
    normalized: str
    """With 〔〕, without inner spaces, 号 restored: 吉交发〔2018〕81号. A joint issue's numbers are joined by 、."""
    organ_code: str | None = None
    """机关代字 (吉交发)."""
    year: int | None = None
    serial: str | None = None
    """顺序号 as written (81, 38-1)."""
    span: Span


class Title(_Part):
    """标题 (§7.3.1), on one line."""

    text: str
    span: Span


class Name(_Part):
    """An organisation as written: an issuer (发文机关), a recipient (主送机关), a copy recipient (抄送机关)."""

    name: str
    span: Span


class Marking(_Part):
    """A header element that is text only: 份号, 密级, 紧急程度, 发文机关标志, 签发人, 附注."""

    text: str
    span: Span


class Enclosure(_Part):
    """A text that the notice issues (印发), forwards (转发) or publishes."""

    title: str
    doc_type: str | None = None
    span: Span
    """Its title."""
    text_span: Span | None = None
    """Its whole text, null where the notice only names it."""


class Imprint(_Part):
    """版记 (§7.4)."""

    cc: list[Name] = Field(default_factory=list)
    """抄送机关."""
    printed_by: str | None = None
    """印发机关."""
    print_date: str | None = None
    """印发日期, ISO."""
    span: Span


class DisclosureField(_Part):
    """One line of the page's disclosure metadata (政府信息公开): label as on the page, without padding."""

    label: str
    value: str
    span: Span


class Disclosure(_Part):
    """Metadata of the web page the document stands on (索引号, 主题分类, 发布日期, 有效性 …)."""

    index_number: str | None = None
    """索引号."""
    topic: str | None = None
    """主题分类."""
    issuer: str | None = None
    """发文机关 / 发布机构."""
    title: str | None = None
    document_number: str | None = None
    written: str | None = None
    """成文日期 as ISO."""
    published: str | None = None
    """发布日期 as ISO."""
    validity: str | None = None
    """有效性."""
    fields: list[DisclosureField] = Field(default_factory=list)
    """Every label of the page, in order."""


class Contact(_Part):
    """联系人/联系电话 lines."""

    person: str | None = None
    organisation: str | None = None
    phones: list[str] = Field(default_factory=list)
    emails: list[str] = Field(default_factory=list)
    span: Span


class Section(_Part):
    """A node of the outline. The children of a node cover its span without gap or overlap."""

    number: str | None = None
    """As written without punctuation (一, 1, 第三条); null for text between numbered items."""
    level: int = 0
    heading: str | None = None
    text: str | None = None
    """The text of a leaf; null for a node with children."""
    span: Span
    children: list[Section] = Field(default_factory=list)


class PhaseTask(_Part):
    """One task (paragraph or numbered item) inside a phase."""

    text: str
    span: Span


class Deadline(_Part):
    """By when something must be done or reached."""

    text: str
    """The date expression as written (4月10日前)."""
    context: str
    """The clause it stands in, as written."""
    period: DatePeriod
    """Its `span` is the place of the date expression."""
    action: str | None = None
    """What is due, as written."""
    span: Span
    """The clause."""


class Phase(_Part):
    """实施阶段: a stage of the work with its period."""

    ordinal: int
    """1 for the first stage of its series."""
    name: str
    """Without 第X阶段, numbering, 阶段 at the end and brackets; 第一阶段 where it has no name."""
    period: DatePeriod | None = None
    text: str
    tasks: list[PhaseTask] = Field(default_factory=list)
    deadlines: list[Deadline] = Field(default_factory=list)
    span: Span


class Responsibility(_Part):
    """One unit (or person) made responsible by a note such as （责任单位：A、B）."""

    name: str
    """As written."""
    role: Role
    full_name: str | None = None
    """With an elided prefix restored (局办公室、规划建设科 -> 局规划建设科); null when nothing is elided."""
    kind: Literal["organisation", "person"] = "organisation"
    span: Span


class Step(_Part):
    """A numbered step inside a measure (a task table's cell, or sub-items)."""

    number: str | None
    text: str
    span: Span


class Measure(_Part):
    """工作措施/重点任务: an item of work, with the units its responsibility note names (maybe none)."""

    number: str | None = None
    """As written without punctuation (一, 1)."""
    path: list[str] = Field(default_factory=list)
    """Numbers of the sections that hold it, outermost first, as written (三, （一）, 1); in a table also the name of a
    group of rows that has no number (类别: 市场准入)."""
    heading: str | None = None
    """Run-in heading (强化领导责任落实)."""
    text: str
    """The item without its number."""
    steps: list[Step] = Field(default_factory=list)
    responsibilities: list[Responsibility] = Field(default_factory=list)
    deadline: DatePeriod | None = None
    """完成时限: column or note."""
    phase: str | None = None
    """Name of the phase whose text holds the item."""
    span: Span


class Member(_Part):
    """A seat of a leadership group: a person, or a post (市教育局局长), or a member organisation."""

    role: str
    """As written: 组长, 常务副组长, 成员, 召集人 …"""
    person: str | None = None
    post: str | None = None
    span: Span


class Office(_Part):
    """The group's office (办公室)."""

    located_at: str | None = None
    """Where it is set up (办公室设在X)."""
    members: list[Member] = Field(default_factory=list)
    duties: str | None = None
    span: Span


class LeadershipGroup(_Part):
    """领导小组, 工作专班, 指挥部, 联席会议 … with at least one named or titled member, or an office."""

    name: str
    members: list[Member] = Field(default_factory=list)
    office: Office | None = None
    parent: str | None = None
    """Name of the group it is a sub-group of."""
    span: Span


class Attachment(_Part):
    """附件 (§7.3.4, §7.3.7), from the 附件说明 or from the heading of the annex itself."""

    label: str
    """As written without colon: 附件1, 附件."""
    number: str | None = None
    title: str | None = None
    span: Span
    """The entry that names it."""
    text_span: Span | None = None
    """Its own text, null when the annex is not in the file."""
    tables: list[int] = Field(default_factory=list)
    """Indexes into `PolicyDocument.tables`."""
    href: str | None = None


class TableCell(_Part):
    """A cell; an inherited cell of a merged block repeats the text and span of its first cell."""

    text: str
    span: Span


class Table(_Part):
    """A table, continued over pages and without repeated headers."""

    caption: str | None = None
    header: list[str] = Field(default_factory=list)
    """Column names; two header levels are joined with /."""
    rows: list[list[TableCell]] = Field(default_factory=list)
    sections: list[int] = Field(default_factory=list)
    """Indexes of rows that are a section heading over the whole width."""
    page: int | None = None
    span: Span


class Citation(_Part):
    """A document that the text cites."""

    title: str | None = None
    document_number: DocumentNumber | None = None
    relation: Relation = "引用"
    span: Span


class Diagnostic(_Part):
    """What a careful reader would flag."""

    code: str
    severity: Severity
    message: str
    span: Span | None = None


class SetAsideText(_Part):
    """Source text that is not part of the canonical text (page numbers, navigation, crawler marks)."""

    reason: str
    text: str
    source_start: int
    source_end: int


class Box(_Part):
    """A rectangle on a page: points (1/72 inch) from the page's top left corner, y downwards."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float | None = None
    """0–1 for text recognised from a page image (OCR), null for text that the file itself holds."""


class SourcePlace(_Part):
    """A place in the source file. Numbers count from 1; null where the format has no such thing."""

    source_start: int
    source_end: int
    """Characters in the source's own text (a text file: in its decoded content)."""
    page: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    boxes: list[Box] = Field(default_factory=list)
    """Of formats with pages (pdf, ofd, scans): one for each printed line that the place touches."""


class SourceMap(_Part):
    """From canonical text to source: plain number lists, so that a stored document can still be traced."""

    segments: list[tuple[int, int, int, int]] = Field(default_factory=list)
    """(start, length, source start, source length); equal lengths: one to one, else replaced as a whole."""
    blocks: list[tuple[int, int | None, int | None, int | None, int | None, int | None]] = Field(default_factory=list)
    """(source start, page, line, table, row, column) of each source block, by source start."""
    boxes: list[tuple[int, int, int, float, float, float, float, float | None]] = Field(default_factory=list)
    """(source start, source end, page, x0, y0, x1, y1, confidence) of each stretch of a line, by source start."""
    page_sizes: list[tuple[float, float]] = Field(default_factory=list)
    """(width, height) of each page in points."""


class PolicyDocument(_Part):
    """A Chinese official document (公文) as typed, sourced facts."""

    schema_version: str = SCHEMA_VERSION
    parser_version: str = __version__
    """Version of policyparse that read the document."""
    source: Source
    document_number: DocumentNumber | None = None
    """发文字号 (§7.2.5)."""
    title: Title | None = None
    """标题 (§7.3.1)."""
    doc_type: str | None = None
    """文种 of the outer document."""
    issuers: list[Name] = Field(default_factory=list)
    """发文机关 (§7.2.4, §7.3.5)."""
    recipients: list[Name] = Field(default_factory=list)
    """主送机关 (§7.3.2)."""
    issue_date: IssueDate | None = None
    """成文日期 (§7.3.5.4)."""
    enclosures: list[Enclosure] = Field(default_factory=list)
    """印发/转发 of other texts."""
    copy_number: Marking | None = None
    """份号 (§7.2.1)."""
    classification: Marking | None = None
    """密级和保密期限 (§7.2.2)."""
    urgency: Marking | None = None
    """紧急程度 (§7.2.3)."""
    issuing_mark: Marking | None = None
    """发文机关标志 (§7.2.4), with 文件 where it has it."""
    signatories: list[Marking] = Field(default_factory=list)
    """签发人 (§7.2.6)."""
    notes: list[Marking] = Field(default_factory=list)
    """附注 (§7.3.6)."""
    imprint: Imprint | None = None
    """版记 (§7.4)."""
    disclosure: Disclosure | None = None
    contacts: list[Contact] = Field(default_factory=list)
    phases: list[Phase] = Field(default_factory=list)
    measures: list[Measure] = Field(default_factory=list)
    leadership_groups: list[LeadershipGroup] = Field(default_factory=list)
    deadlines: list[Deadline] = Field(default_factory=list)
    attachments: list[Attachment] = Field(default_factory=list)
    citations: list[Citation] = Field(default_factory=list)
    tables: list[Table] = Field(default_factory=list)
    outline: list[Section] = Field(default_factory=list)
    diagnostics: list[Diagnostic] = Field(default_factory=list)
    text: str = ""
    set_aside: list[SetAsideText] = Field(default_factory=list)
    source_map: SourceMap = Field(default_factory=SourceMap)

    def locate(self, span: Span) -> list[SourcePlace]:
        """Where `span` of the canonical text stands in the source file: one place per source block it touches.

        Raises ValueError when the span lies outside the text.
        """
        if not 0 <= span.start <= span.end <= len(self.text):
            raise ValueError(f"span {span.start}..{span.end} lies outside the text (0..{len(self.text)})")
        start, end = self._source_edge(span.start, False), self._source_edge(max(span.end - 1, span.start), True)
        blocks = self.source_map.blocks
        i = max(bisect_right(blocks, start, key=lambda b: b[0]) - 1, 0)
        places: list[SourcePlace] = []
        while i < len(blocks) and (blocks[i][0] < end or not places):
            stop = blocks[i + 1][0] if i + 1 < len(blocks) else end
            _, page, line, table, row, column = blocks[i]
            boxes = self._boxes(max(start, blocks[i][0]), min(end, stop))
            places.append(
                SourcePlace(
                    source_start=max(start, blocks[i][0]),
                    source_end=max(min(end, stop), start),
                    page=boxes[0].page if boxes else page,  # a paragraph may go on over the page
                    line=line,
                    table=table,
                    row=row,
                    column=column,
                    boxes=boxes,
                )
            )
            i += 1
        return places

    def _boxes(self, start: int, end: int) -> list[Box]:
        """Boxes of the source characters `start:end`; a line that is cut gets its share of the width."""
        boxes = self.source_map.boxes
        i = max(bisect_right(boxes, start, key=lambda b: b[0]) - 1, 0)
        found: list[Box] = []
        while i < len(boxes) and boxes[i][0] < end:
            first, last, page, x0, y0, x1, y1, confidence = boxes[i]
            if last > start:
                share = (x1 - x0) / (last - first)
                left, right = x0 + share * max(start - first, 0), x1 - share * max(last - end, 0)
                found.append(Box(page=page, x0=round(left, 2), y0=y0, x1=round(right, 2), y1=y1, confidence=confidence))
            i += 1
        return found

    def _source_edge(self, position: int, last: bool) -> int:
        segments = self.source_map.segments
        if not segments:
            return 0
        i = max(bisect_right(segments, position, key=lambda s: s[0]) - 1, 0)
        start, length, source_start, source_length = segments[i]
        inside = position - start
        if inside >= length:
            return source_start + source_length
        if length == source_length:
            return source_start + inside + (1 if last else 0)
        return source_start + (source_length if last else 0)

    def measures_of(self, unit: str, role: Role | None = None) -> list[Measure]:
        """Measures whose responsibility notes name `unit` (as written or by its full name), in any or one role."""
        return [
            m
            for m in self.measures
            if any(unit in (r.name, r.full_name) and role in (None, r.role) for r in m.responsibilities)
        ]

    def units(self) -> dict[str, list[Measure]]:
        """Every unit that a measure names (by its full name where restored) with its measures, in document order."""
        found: dict[str, list[Measure]] = {}
        for m in self.measures:
            for name in dict.fromkeys(r.full_name or r.name for r in m.responsibilities):
                found.setdefault(name, []).append(m)
        return found

    def attachment(self, number: str | int) -> Attachment | None:
        """The attachment with this number, or null."""
        return next((a for a in self.attachments if a.number == str(number)), None)

    def to_json(self, *, indent: int | None = 1) -> str:
        """JSON of the published schema, UTF-8 characters unescaped; the same document gives the same bytes."""
        return self.model_dump_json(indent=indent)

    def __repr__(self) -> str:
        number = f" {self.document_number.normalized}" if self.document_number else ""
        title = self.title.text if self.title else (self.source.name or "untitled")
        return (
            f"<{self.doc_type or '公文'}{number} {title}: {len(self.phases)} phases, {len(self.measures)} measures, "
            f"{len(self.leadership_groups)} groups, {len(self.diagnostics)} diagnostics>"
        )

    __str__ = __repr__
