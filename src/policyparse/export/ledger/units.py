"""Which names of different tasks are the same unit: only what the documents themselves show.

Two names of one document are one unit when they are the same (with elided parts restored), or when the document calls
one the short form (以下简称) of the other. The same name in two documents is one unit when it says where the unit
belongs (吉安市教育局, 财政部), or when both documents come from the same place (市教育局) or organ (局办公室): 市教育局
of one city is not that of another.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from ...lexicon import words
from ...model import PolicyDocument

_LEVELS = "省|自治区|特别行政区|自治州|州|盟|地区|市|自治县|县|(?<![社园景小灾山校辖库])区|旗"
_PLACE = re.compile(rf"(?:[一-鿿]{{2,8}}?(?:{_LEVELS}))+")
"""吉安市, 湖北省武汉市东西湖区"""
_NO_PLACE = re.compile(
    "[各全本我该其每两多市县区省州盟旗乡镇街局厅委处科]|有关|相关|所[在属]|属地|贫困|重点|试点|示范|受灾|涉农|其他|上级|下级"
)
"""What stands where a place would: 各县（市、区）, 贫困县."""
_OF_PLACE = re.compile("[省市县区州盟旗镇乡]")
"""市教育局: of the place whose notice it is."""
_CENTRAL = re.compile("国家|中央|中共中央|全国|国务院|最高人民")
_MINISTRY = re.compile("部$|总局$|署$|监会$")
"""Of the short names of central bodies, those that no place has: 财政部, but not 林业局."""
_SHORT = re.compile(
    r"[（(](?:(?:以下|下文|下)(?:均|统一?|并)?简?称|简称)[为：:]?"
    r"[“‘\"「『《]?([^（）()“”‘’\"」「『』《》，,；;。\n]{2,20})[”’\"」』》]?[）)]"
)
"""（以下简称“市教体局”）"""
_MOST = 500
_WIDE = str.maketrans("()[]", "（）［］")


class Home(NamedTuple):
    """Where a document comes from, as far as it tells."""

    organ: str
    """Its issuers, else the 机关代字 of its number, else the document itself."""
    place: str
    """吉安市; the organ where no place is named."""


class Key(NamedTuple):
    """The same for the same unit."""

    context: str
    """What a relative name is relative to; empty for one that says where it belongs."""
    name: str


def home(document: PolicyDocument, document_id: str) -> Home:
    """Where `document` comes from."""
    issuers = "、".join(n.name for n in document.issuers)
    code = document.document_number.organ_code if document.document_number else None
    organ = issuers or code or document_id
    named = [issuers, document.title.text if document.title else ""]
    place = next((m.group() for name in named if (m := _PLACE.match(name)) and not _NO_PLACE.match(name)), organ)
    return Home(organ, place)


def key(name: str, of: Home) -> Key:
    """The unit that `name` is in a document from `of`."""
    plain = "".join(name.split()).translate(_WIDE)
    if _is_central(plain) or (_PLACE.match(plain) and not _NO_PLACE.match(plain)):
        return Key("", plain)
    return Key(of.place if _OF_PLACE.match(plain) else of.organ, plain)


def _is_central(name: str) -> bool:
    return bool(_CENTRAL.match(name)) or (name in words("central_organs") and _MINISTRY.search(name) is not None)


def full_names(document: PolicyDocument) -> dict[str, str]:
    """Short name -> full name, for those that the document introduces: X（以下简称Y）."""
    text = document.text
    if "称" not in text:
        return {}
    known = {r.full_name or r.name for m in document.measures for r in m.responsibilities}
    known |= {n.name for n in (*document.issuers, *document.recipients)}
    known |= {g.name for g in document.leadership_groups}
    found: dict[str, str] = {}
    for m in islice(_SHORT.finditer(text), _MOST):
        before = text[max(m.start() - 60, 0) : m.start()].rstrip()
        full = max((name for name in known if before.endswith(name)), key=len, default=None)
        if full and full != m[1]:
            found.setdefault(m[1], full)
    return found
