"""Output objects are made without validation: they must be what validation would have made."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, PrivateAttr, ValidationError

from policyparse import PolicyDocument, parse, parse_text
from policyparse.model import Responsibility, Section, Title
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


def made_and_checked() -> tuple[Section, Section]:
    """A section as the parser makes it, and the same out of its own dump."""
    made = parse_text(TEXT).outline[0]
    return made, Section.model_validate(made.model_dump())


def test_made_objects_behave_as_models() -> None:
    section, checked = made_and_checked()
    assert section == checked == trusted(Section)(dict(section.__dict__))
    assert checked == section, "either may ask the other"
    assert Section.model_validate(section) is section
    assert section.model_extra is None
    assert section.model_fields_set == set(Section.model_fields)
    assert (repr(section), str(section), dict(section)) == (repr(checked), str(checked), dict(checked))
    assert repr(section).startswith("Section(number=")


@pytest.mark.parametrize(
    "options", [{}, {"exclude_unset": True}, {"exclude_defaults": True}, {"mode": "json"}], ids=str
)
def test_made_objects_are_written_whole(options: dict[str, Any]) -> None:
    section, checked = made_and_checked()
    # what a dump holds it was given: nothing of a made object is unset
    assert section.model_dump(**options) == checked.model_dump(**options)
    options.pop("mode", None)
    assert section.model_dump_json(**options) == checked.model_dump_json(**options)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_made_objects_are_pickled(protocol: int) -> None:
    document = parse_text(TEXT)
    loaded = pickle.loads(pickle.dumps(document, protocol))
    assert loaded == document
    check(loaded)


@pytest.mark.parametrize(
    "copied",
    [
        copy.copy,
        copy.deepcopy,
        Section.model_copy,
        lambda s: s.model_copy(deep=True),
        lambda s: s.model_copy(update={}),
    ],
    ids=["copy", "deepcopy", "model_copy", "deep model_copy", "model_copy with nothing new"],
)
def test_made_objects_are_copied(copied: Callable[[Section], Section]) -> None:
    section, checked = made_and_checked()
    copy_of = copied(section)
    assert copy_of == section == checked and copy_of is not section
    assert copy_of.model_fields_set == section.model_fields_set
    assert copied(copy_of) == section, "a copy is copied as well"
    assert copied(section).children == section.children


def test_a_changed_copy_leaves_the_object_as_it_is() -> None:
    section, checked = made_and_checked()
    changed = section.model_copy(update={"level": 7})
    assert changed.level == 7 != section.level
    assert changed != section == checked
    assert changed == checked.model_copy(update={"level": 7})
    assert changed.model_fields_set == section.model_fields_set
    changed.model_fields_set.clear()
    section.model_fields_set.clear()
    assert section.model_fields_set == set(Section.model_fields), "what is asked for is not kept"
    assert section.model_dump(exclude_unset=True) == section.model_dump()


def test_made_objects_cannot_be_changed() -> None:
    section, _ = made_and_checked()
    for name in ("level", "absent"):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(section, name, 3)
    with pytest.raises(ValidationError, match="frozen"):
        del section.level
    assert section == made_and_checked()[1]


def test_made_objects_are_hashed_as_checked_ones() -> None:
    title = parse_text(TEXT).title
    assert title is not None
    assert {title, Title.model_validate(title.model_dump())} == {title}
    for section in made_and_checked():  # it holds a list
        with pytest.raises(TypeError, match="unhashable"):
            hash(section)


@pytest.mark.parametrize(
    "name", ["absent", "_absent", "__len__", "__array__", "_repr_html_", "__rich__", "_ipython_display_"]
)
def test_names_that_no_object_has(name: str) -> None:
    for section in made_and_checked():
        assert not hasattr(section, name)
        with pytest.raises(AttributeError, match=f"'Section' object has no attribute '{name}'"):
            getattr(section, name)


def test_an_object_without_values_says_so() -> None:
    empty = Title.__new__(Title)  # as unpickling begins
    assert repr(empty) == "Title()"
    with pytest.raises(AttributeError, match="text"):
        empty.text  # noqa: B018


class Noted(Title):
    """A user's own model, with a field more."""

    note: str = ""


class Counted(Title):
    """One with a value that is no field."""

    _seen: int = PrivateAttr(default=5)


def test_a_subclass_behaves_the_same() -> None:
    title = parse_text(TEXT).title
    assert title is not None
    noted = Noted(**title.__dict__, note="read")
    made = trusted(Noted)(dict(noted.__dict__))
    for one in (made, copy.deepcopy(made), pickle.loads(pickle.dumps(made)), Noted.model_validate(made.model_dump())):
        assert one == noted
        assert one.model_fields_set == {"text", "span", "note"}
    assert Noted(**title.__dict__).model_fields_set == {"text", "span"}, "one that was checked remembers"
    assert Counted(**title.__dict__)._seen == 5
    assert pickle.loads(pickle.dumps(Counted(**title.__dict__)))._seen == 5


def test_objects_of_one_model_do_not_share_values() -> None:
    one, other = (m for m in parse_text(TEXT).measures if m.responsibilities)
    assert one.responsibilities is not other.responsibilities
    assert all(isinstance(r, Responsibility) for m in (one, other) for r in m.responsibilities)
