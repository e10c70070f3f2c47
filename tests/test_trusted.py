"""Output objects are made without validation: they must be what validation would have made."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from policyparse import PolicyDocument, parse, parse_text
from policyparse.model import Responsibility, Section
from policyparse.trusted import trusted

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
FILES = sorted(p for folder in ("notices", "formats") for p in (CORPORA / folder).glob("*") if p.suffix != ".pdf")
TEXT = """某某县教育局关于印发《书香校园活动方案》的通知

某教发〔2023〕12号

各中小学：

现将方案印发给你们。活动自3月1日开始，请于4月10日前上报总结。

联系人：王小明，电话：0791-1234567。

某某县教育局

2023年2月20日

书香校园活动方案

根据《县教育局关于读书的意见》（某教发〔2022〕3号），制定本方案。

一、组织领导

成立活动领导小组，由局长王大明任组长，副局长李小红任副组长，办公室设在基础教育科。

二、工作任务

（一）建设书库。各校建一间书库。（责任单位：基础教育科、各中小学；完成时限：5月底前）

1.选好地点。

2.选好图书。

（二）组织活动。一是读书，二是写作。（责任人：王小明）

三、实施步骤

第一阶段：动员部署（3月）。召开动员会。

第二阶段：组织实施（4月至6月）。于6月20日前完成。
"""


def parts(value: object) -> Iterator[BaseModel]:
    """The model objects in `value`, itself included."""
    if isinstance(value, BaseModel):
        yield value
        value = list(value.__dict__.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from parts(item)


def check(document: PolicyDocument) -> None:
    valid = PolicyDocument.model_validate_json(document.model_dump_json(), strict=True)
    assert valid == document
    for made, checked in zip(parts(document), parts(valid), strict=True):
        assert type(made) is type(checked)
        assert list(made.__dict__) == list(type(made).model_fields), "fields in the order of the model"
        assert {k: type(v) for k, v in made} == {k: type(v) for k, v in checked}
        assert made.model_extra == checked.model_extra
        assert (made.__pydantic_private__ is None) == (checked.__pydantic_private__ is None)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_document_equals_its_validated_self(path: Path) -> None:
    check(parse(path))


def test_every_kind_of_object_equals_its_validated_self() -> None:
    document = parse_text(TEXT)
    assert document.phases and document.measures and document.leadership_groups and document.citations
    assert document.deadlines and document.contacts and document.enclosures and document.diagnostics
    check(document)


def test_made_objects_behave_as_models() -> None:
    make = trusted(Section)
    section = parse_text(TEXT).outline[0]
    assert pickle.loads(pickle.dumps(section)) == section == make(dict(section.__dict__))
    assert copy.copy(section) == copy.deepcopy(section) == section
    assert section.model_dump(exclude_unset=True) == section.model_dump()
    assert section.model_fields_set == set(Section.model_fields)
    with pytest.raises(AttributeError):
        section.absent  # noqa: B018
    changed = section.model_copy(update={"level": 7})
    assert changed.level == 7 != section.level
    assert repr(section).startswith("Section(number=")
    with pytest.raises(ValidationError):
        section.level = 3


def test_objects_of_one_model_do_not_share_values() -> None:
    one, other = (m for m in parse_text(TEXT).measures if m.responsibilities)
    assert one.responsibilities is not other.responsibilities
    assert all(isinstance(r, Responsibility) for m in (one, other) for r in m.responsibilities)
