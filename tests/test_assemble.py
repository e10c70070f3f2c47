"""Sections are made without validation: they must be what validation would have made."""

from __future__ import annotations

import pickle

import pytest
from pydantic import ValidationError

from policyparse import parse_text
from policyparse.model import Section

TEXT = """某某县教育局关于开展书香校园活动的通知

各中小学：

一、总体要求

以读书为乐，以读书为荣。

二、工作任务

（一）建设书库。各校建一间书库。

1.选好地点。

2.选好图书。

序号\t学校\t册数
1\t第一 小学\t3000
2\t第二小学\t2000

（二）组织活动。一是读书，二是写作。
"""


def _whole(section: Section) -> list[Section]:
    return [section, *(s for child in section.children for s in _whole(child))]


def test_sections_equal_validated_ones() -> None:
    outline = parse_text(TEXT).outline
    assert len([s for root in outline for s in _whole(root)]) > 10
    for root in outline:
        checked = Section.model_validate_json(root.model_dump_json(), strict=True)
        assert checked == root
        for made, valid in zip(_whole(root), _whole(checked), strict=True):
            assert made.model_fields_set == valid.model_fields_set
            assert {k: type(v) for k, v in made} == {k: type(v) for k, v in valid}
            assert (made.model_extra, made.__pydantic_private__) == (valid.model_extra, valid.__pydantic_private__)


def test_sections_behave_as_models() -> None:
    section = parse_text(TEXT).outline[0]
    assert pickle.loads(pickle.dumps(section)) == section
    changed = section.model_copy(update={"level": 7})
    assert changed.level == 7 != section.level
    with pytest.raises(ValidationError):
        section.level = 3
