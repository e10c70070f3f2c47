"""Page metadata (政府信息公开): 索引号, 主题分类, 发布日期, 有效性 … as fields."""

from __future__ import annotations

import datetime
import re
from operator import itemgetter

from ... import lexicon
from ...dates import DateContext, find_dates
from ...model import Disclosure, DisclosureField
from ...outline import Doc
from ...squeeze import squeeze
from ...text import Line, Span
from ...trusted import trusted

LABELS = dict((w.split() * 2)[:2] for w in lexicon.words("disclosure_labels"))
WRITTEN = frozenset({"成文日期", "成文时间", "生成日期", "产生日期", "制发日期", "签发日期", "发文日期"})
"""Labels whose date is a 成文日期; 印发日期 and 发布日期 are not."""
_FIELD = re.compile(
    r"[\s【\[>*|]*(?P<label>[^\s：:】\]|](?:[^：:】\]|\n\t]{0,12}[^\s：:】\]|])?)\s*(?:[：:】\]]\s*)+(?P<value>.*)",
    re.DOTALL,
)
_NEXT = re.compile(
    rf"[ \t　|]+(?=[{''.join(sorted({w[0] for w in LABELS}))}])(?=(?:"
    + "|".join(r"\s{0,3}".join(map(re.escape, w)) for w in sorted(LABELS, key=len, reverse=True))
    + r")\s{0,3}[：:])"
)
_GLUED = re.compile(
    r"[：:][^：:\n|]{2,40}?(?=(?:发文字号|发文号|文件编号|文号|成文日期|生成日期|(?:发布|公开|印发|发文)(?:日期|时间)|主题分类|有效性)[：:])"
)
"""发布单位：某某处文号：某发〔2022〕7号: the page sets them apart by its style alone."""
_BOXED = re.compile(r"【|\[[ \t　]{0,3}(?P<label>[^\[\]【】\n]{2,16})\]")
"""【索引号】…【发文字号】…, [ 索引号 ] … [ 发文字号 ] …"""
_PLAIN_DAY = re.compile(
    r"((?:19|20)[0-9]{2})(?:年([0-9]{1,2})月([0-9]{1,2})日?|-([0-9]{2})-([0-9]{2})(?: [0-9:]{4,8})?)"
)
_WRITTEN_HERE = re.compile(r"(?:成文|生成|制发|签发)(?:日期|时间)[ 　]{0,2}[：:][ 　]{0,4}")
_HEAD_REACH = 1500
_MAX_LINES = 60
_FEWEST_PAIRED = 6
"""Three labels, each with its value on the next line."""
_NEAR = 4000
"""Metadata behind the head of a page that has none before it begins within so many characters."""


def extract_disclosure(doc: Doc) -> Disclosure | None:
    """The metadata fields before (and after) the document, None when the page has none."""
    fields = [f for line in _meta_lines(doc) for f in _fields(doc.text.string, line)]
    fields = _joined(doc, fields) if fields else _in_pairs(doc)
    if not fields:
        return None
    known: dict[str, str] = {}
    for f in fields:
        slot = LABELS.get(f.label, "-")
        if slot == "-" or not f.value:
            continue
        value = _iso(f.value) if slot in ("written", "published") else f.value
        if value and (slot != "written" or f.label in WRITTEN):
            known.setdefault(slot, value)
    return Disclosure(**known, fields=[f for f in fields if f.value])


def field_of(disclosure: Disclosure | None, slot: str) -> DisclosureField | None:
    """The first field that fills `slot`."""
    if disclosure is None:
        return None
    for f in disclosure.fields:
        if LABELS.get(f.label) == slot and (slot != "written" or (f.label in WRITTEN and _iso(f.value))):
            return f
    return None


def written_in_head(doc: Doc) -> Span | None:
    """The date after 成文日期： on a line of the head that is no metadata (甲水〔2023〕5号　成文日期：2023年2月6日)."""
    s = doc.text.string
    m = _WRITTEN_HERE.search(s, 0, _HEAD_REACH) if s.find("日期", 0, _HEAD_REACH) >= 0 else None
    if m is None or doc.anatomy.kind_at(m.start()) not in ("meta", "head"):
        return None
    days = find_dates(s, m.end(), min(m.end() + 20, len(s)), context=DateContext())
    return Span(days[0].start, days[0].end) if days and days[0].start == m.end() else None


def plain_day(string: str) -> datetime.date | None:
    """2018年3月1日, 2018-03-01 10:20: what most pages and signatures write needs no search for dates."""
    m = _PLAIN_DAY.fullmatch(string)
    try:
        return datetime.date(int(m[1]), int(m[2] or m[4]), int(m[3] or m[5])) if m else None
    except ValueError:
        return None


_IS_META = itemgetter(Line._fields.index("meta"))


def _meta_lines(doc: Doc) -> list[Line]:
    """Lines of metadata: marked as such by the reader, or label：value lines before the document."""
    head = next((p.start for p in doc.anatomy.parts if p.kind not in ("meta",)), 0)
    found = [line for i, line in enumerate(doc.lines(0, head)) if line.meta or i < _MAX_LINES]
    if found or any(map(_IS_META, doc.lines(head, head + _NEAR))):
        found += filter(_IS_META, doc.lines(head, len(doc.text.string)))
    return found


def _fields(s: str, line: Line) -> list[DisclosureField]:
    if line.table is not None and (pairs := _cells(s, line)):
        return pairs
    out: list[DisclosureField] = []
    at = line.start
    several = s.count("：", line.start, line.end) + s.count(":", line.start, line.end) > 1
    pieces = [m.end() for m in _NEXT.finditer(s, line.start, min(line.end, line.start + 2000))] if several else []
    if several and (first := _FIELD.match(s, line.start, line.end)) and "".join(first["label"].split()) in LABELS:
        pieces += [m.end() for m in _GLUED.finditer(s, line.start, min(line.end, line.start + 2000))]
    if s.startswith("[", line.start) or s.find("【", line.start, line.end) >= 0:
        boxes = _BOXED.finditer(s, line.start + 1, min(line.end, line.start + 600))
        pieces += [m.start() for m in boxes if not m["label"] or "".join(m["label"].split()) in LABELS]
    for stop in [*sorted(set(pieces)), line.end]:
        m = _FIELD.match(s, at, stop)
        label = "".join(m["label"].split()) if m else ""
        if m and (label in LABELS or (line.meta and len(label) <= 10)):
            value = m["value"].strip(" \t　\xa0|】")
            start = m.start("value") + len(m["value"]) - len(m["value"].lstrip(" \t　\xa0|】"))
            out.append(
                _make_field(
                    {
                        "label": label,
                        "value": squeeze(value),
                        "span": Span(start, start + len(value)) if value else Span(m.end(), m.end()),
                    }
                )
            )
        at = stop
    return out


_make_field = trusted(DisclosureField)


def _cells(s: str, line: Line) -> list[DisclosureField]:
    """索引号 | 0143/2021-15 | 主题分类 | 教育: labels and values in the cells of a row."""
    cells: list[tuple[int, str]] = []
    at = line.start
    for cell in s[line.start : line.end].split("\t", 12):
        cells.append((at + len(cell) - len(cell.lstrip()), cell.strip()))
        at += len(cell) + 1
    pairs = [
        ("".join(a.split()).rstrip("：:"), start, b)
        for (_, a), (start, b) in zip(cells[::2], cells[1::2], strict=False)
    ]
    if not pairs or any(label and label not in LABELS for label, _, _ in pairs):
        return []
    return [
        _make_field({"label": label, "value": squeeze(value), "span": Span(start, start + len(value))})
        for label, start, value in pairs
        if label
    ]


def _joined(doc: Doc, fields: list[DisclosureField]) -> list[DisclosureField]:
    """A label whose value stands on the next line (索引号： / 000014349/2019-00005)."""
    if all(f.value for f in fields):
        return fields
    head = next((p.start for p in doc.anatomy.parts if p.kind != "meta"), len(doc.text.string))
    starts = {
        x.start: x for x in doc.text.lines[:200] if x.start < head
    }  # a blank 主题词： takes no title for its value
    labelled = {f.span.start for f in fields}
    out: list[DisclosureField] = []
    for f in fields:
        line = starts.get(f.span.start + 1) if not f.value else None
        if (
            line is not None
            and line.end - line.start <= 200
            and line.start not in labelled
            and not _FIELD.match(doc.text.string, line.start, line.end)
        ):
            value = doc.text.string[line.start : line.end]
            f = DisclosureField(label=f.label, value=squeeze(value), span=Span(line.start, line.end))
        out.append(f)
    return out


def _in_pairs(doc: Doc) -> list[DisclosureField]:
    """Labels and values on alternate lines, without colons: 索引号 / 0143/2021-15 / 发文机关 / 某某省人民政府."""
    title = doc.anatomy.title
    above = doc.lines(0, title.start)[:60] if title is not None else ()
    if title is None or len(above) < _FEWEST_PAIRED:
        return []
    lines = [x for x in above if x.end <= title.start]
    if len(lines) < _FEWEST_PAIRED:
        return []
    s = doc.text.string
    labels = [w if (w := "".join(s[x.start : min(x.end, x.start + 20)].split())) in LABELS else "" for x in lines]
    if sum(map(bool, labels)) < 3:
        return []
    return [
        DisclosureField(label=label, value=squeeze(s[x.start : x.end]), span=Span(x.start, x.end))
        for label, after, x in zip(labels, labels[1:], lines[1:], strict=False)
        if label and not after and x.end - x.start <= 200
    ]


def _iso(value: str) -> str | None:
    """The first full date of a value as ISO."""
    if day := plain_day(value):
        return day.isoformat()
    for d in find_dates(value[:60], context=DateContext()):
        if d.first and d.first == d.last:
            return d.first.isoformat()
    return None
