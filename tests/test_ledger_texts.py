"""工作任务 and 具体措施: what is taken out of a measure's text, and what is not."""

from __future__ import annotations

import pytest

from policyparse.export.ledger.texts import due, task_and_measures
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


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("8月底甲路通车 10月底乙路通车", "8月底甲路通车\n10月底乙路通车"),
        ("6月底前完成勘察；\n\n年底前，完成设计", "6月底前完成勘察；\n年底前，完成设计"),
        ("1.6月底前开工 2.明年底完工", "1.6月底前开工\n2.明年底完工"),
        ("2024年一季度开工　2025年上半年完工", "2024年一季度开工\n2025年上半年完工"),
        ("2024年 6月 30日前", "2024年6月30日前"),
        ("2024年3月至\n5月", "2024年3月至5月"),
        ("6月底前，\n9月底前各一次", "6月底前，9月底前各一次"),
        ("每年 1 月底前", "每年1月底前"),
        ("长期 坚持", "长期坚持"),
        ("6月底前完成 甲桥", "6月底前完成甲桥"),
    ],
)
def test_milestones_have_a_line_each(passage: str, expected: str) -> None:
    told = DatePeriod(text="".join(passage.split()), span=Span(2, 2 + len(passage)))
    assert due(told, f"时限{passage}。") == expected


def test_a_deadline_that_is_not_its_passage_is_left() -> None:
    text = "6月底前开工 9月底前完工"
    assert due(DatePeriod(text="6月底前开工、9月底前完工", span=Span(0, len(text))), text) == "6月底前开工、9月底前完工"
