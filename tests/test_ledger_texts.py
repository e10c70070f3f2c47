"""工作任务 and 具体措施: what is taken out of a measure's text, and what is not."""

from __future__ import annotations

import pytest

from policyparse.export.ledger.texts import task_and_measures
from policyparse.model import DatePeriod, Measure, Responsibility, Step
from policyparse.text import Span

AT = Span(0, 1)


def measure(text: str, *units: str, heading: str | None = None, due: str | None = None, **more: object) -> Measure:
    named = [Responsibility(name=u, role="lead", span=AT) for u in units]
    deadline = DatePeriod(text=due, span=AT) if due else None
    return Measure(text=text, heading=heading, responsibilities=named, deadline=deadline, span=AT, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "note",
    [
        "（责任单位：市水利局、市应急局）",
        "(牵头单位:市水利局;配合单位:市应急局)",
        "（市水利局牵头，市应急局配合）",
        "（市水利局会同市应急局负责）",
        "【市水利局、市应急局按职责分工负责】。",
        "〔牵头单位:市水利局,配合单位:市应急局〕",
        "（责任单位：市水利局、市应急局，完成时限：6月底前）",
    ],
)
def test_a_note_that_says_no_more_than_the_columns_is_left_out(note: str) -> None:
    m = measure("巡查河道，消除隐患。" + note, "市水利局", "市应急局", due="6月底前")
    assert task_and_measures(m) == (None, "巡查河道，消除隐患。")


def test_a_note_with_brackets_in_it() -> None:
    m = measure(
        "巡查河道。（责任单位：各县（市、区）政府，市水利局（河长办））", "各县（市、区）政府", "市水利局（河长办）"
    )
    assert task_and_measures(m) == (None, "巡查河道。")


@pytest.mark.parametrize(
    "text",
    [
        "巡查河道（市水利局负责，每周报送一次情况）",
        "巡查河道（含支流）",
        "巡查河道（市水利局负责）并做好记录。",
        "（市水利局）巡查河道",
    ],
)
def test_anything_else_stays(text: str) -> None:
    assert task_and_measures(measure(text, "市水利局")) == (None, text)


def test_brackets_without_units_of_the_measure_stay() -> None:
    assert task_and_measures(measure("巡查河道（责任单位）")) == (None, "巡查河道（责任单位）")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("加强巡查。每周巡查河道。", "每周巡查河道。"),
        ("加强巡查：每周巡查河道。", "每周巡查河道。"),
        ("加强巡查 每周巡查河道。", "每周巡查河道。"),
        ("加强巡查，消除隐患。", "加强巡查，消除隐患。"),
        ("加强巡查——河道篇。", "加强巡查——河道篇。"),
        ("要加强巡查。", "要加强巡查。"),
        ("加强巡查", None),
    ],
)
def test_a_heading_is_told_once(text: str, told: str | None) -> None:
    assert task_and_measures(measure(text, heading="加强巡查")) == ("加强巡查", told)


def test_steps_of_a_task_table_are_the_measures() -> None:
    steps = [Step(number="1", text="查。", span=AT), Step(number="（2）", text="改。", span=AT)]
    steps += [Step(number="三", text="报。", span=AT), Step(number=None, text="评。", span=AT)]
    assert task_and_measures(measure("巡查河道。", steps=steps)) == ("巡查河道。", "1.查。\n（2）改。\n三、报。\n评。")


def test_steps_that_stand_in_the_text_are_not_told_twice() -> None:
    steps = [Step(number="1", text="查隐患。", span=AT)]
    assert task_and_measures(measure("巡查：1.查隐患。", steps=steps)) == (None, "巡查：1.查隐患。")


def test_a_long_text_costs_no_time() -> None:
    for text in ("（责任单位：" * 50_000, "（" * 200_000 + "）", "市水利局（" * 50_000 + "）"):
        assert task_and_measures(measure(text, "市水利局"))[1]
