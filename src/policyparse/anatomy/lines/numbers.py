"""Lines that hold the document's number (发文字号) and not a citation of another's."""

from __future__ import annotations

import re
from itertools import pairwise

from ... import lexicon
from ...numbers import NumberMatch, find_numbers
from ...organisations import KINDS, is_organisation
from ...text import Span
from .days import DAY
from .names import looks_like_organisations
from .rows import Row

_NUMBER_SIGN = re.compile("[〔﹝［[【（(〖「号]")
"""Without one of these no line holds a number."""
_YEAR = re.compile(r"[12１２][09０９]\d\d")
"""A number that lost its 号 has its year."""
_BESIDE = re.compile(
    rf"签\s*发\s*人\s*[:：].*|{lexicon.alternation('urgency')}|(?:绝密|机密|秘密)[★☆]?(?:\d+年|长期)?|等\s*级\s*[:：]?|(?:内部)?明电|[·•.．]"
    r"|[\u4e00-\u9fff]{0,3}机发?\s*\d{1,6}\s*号?|签批盖章\s*[:：]?.*|(?:发往|发电(?:单位|机关))\s*[:：]\s*\S{1,60}"
)
"""What may stand on the line of the number: 签发人：…, 特急; of a telegram 等级：特急·明电, 发往：…, 某机发123号."""


def number_span(row: Row) -> tuple[Span, list[NumberMatch]] | None:
    """The document number(s) that make up the line, or None: 吉交发〔2018〕81号, （皖办〔2022〕6号），文号：…."""
    if row.number is None:
        row.number = _number_span(row) or False
    return row.number or None  # type: ignore[return-value]


def _number_span(row: Row) -> tuple[Span, list[NumberMatch]] | None:
    raw = row.raw
    if len(raw) > 160 or not _NUMBER_SIGN.search(raw) or not ("号" in raw or _YEAR.search(raw)):
        return None
    found = find_numbers(raw)
    if not found:
        return None
    rest = without_mark(raw[: found[0].start]) + raw[found[-1].end :]
    for a, b in pairwise(found):
        rest += raw[a.end : b.start]
    if rest:
        rest = DAY.sub(" ", _BESIDE.sub("", rest))
        rest = re.sub(r"(?:发文)?(?:字|文|编)号[:：]|[（）()、，,；;#*|]|</?b>", " ", rest)
        if rest.strip() and not (row.flat[0] in "（(" and looks_like_organisations(rest)):
            return None
    return Span(row.line.start + found[0].start, row.line.start + found[-1].end), found


def without_mark(lead: str) -> str:
    """What stands before a number without the red header that a lost line break ran it into: …办公室文件云办发〔…."""
    flat = "".join(lead.split())
    named = flat.endswith("文件") and len(flat) <= 60 and flat[:-2] not in KINDS and is_organisation(flat[:-2])
    return "" if named and not any(c in flat for c in "：:。；，《") else lead
