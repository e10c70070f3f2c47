"""Measures: spans, merged cells, note places, and the cost on long input."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from policyparse import parse_bytes, parse_text
from policyparse.organisations import split_units
from policyparse.responsibilities import find_notes

PLAN = """某市工作方案
一、主要任务
1.加强管理。完善制度。（牵头单位：市财政局；责任单位：市教育局、各县（市、区）人民政府；完成时限：2023年6月底前）
2.改进作风。深入调研。
责任单位：局办公室、规划科
"""

TABLE = """<html><body><p>某市任务分工表</p><table>
<tr><td rowspan="2">序号</td><td rowspan="2">工作任务</td><td colspan="2">责任分工</td>
<td rowspan="2">完成时限</td></tr>
<tr><td>牵头单位</td><td>配合单位</td></tr>
<tr><td>1</td><td>推进项目建设</td><td rowspan="2">市发改委</td><td>市财政局、市水务局</td><td>2023年9月底</td></tr>
<tr><td>2</td><td>开展招商引资</td><td>各县区</td><td>长期坚持</td></tr>
</table></body></html>"""


def test_spans_show_what_is_written() -> None:
    doc = parse_text(PLAN)
    assert [m.number for m in doc.measures] == ["1", "2"]
    for m in doc.measures:
        for r in m.responsibilities:
            assert doc.text[r.span.start : r.span.end] == r.name
            assert m.span.start <= r.span.start and r.span.end <= m.span.end
    due = doc.measures[0].deadline
    assert due is not None and (due.text, due.end) == ("2023年6月底前", "2023-06-30")


def test_elided_prefix() -> None:
    names = [(r.name, r.full_name) for r in parse_text(PLAN).measures[1].responsibilities]
    assert names == [("局办公室", None), ("规划科", "局规划科")]


def test_merged_cells_cover_their_rows() -> None:
    measures = parse_bytes(TABLE.encode(), "plan.html").measures
    assert [[(r.name, r.role) for r in m.responsibilities] for m in measures] == [
        [("市发改委", "lead"), ("市财政局", "cooperate"), ("市水务局", "cooperate")],
        [("市发改委", "lead"), ("各县区", "cooperate")],
    ]
    assert [(m.deadline.text, m.deadline.end) for m in measures if m.deadline] == [
        ("2023年9月底", "2023-09-30"),
        ("长期坚持", None),
    ]


HOSTILE = {
    "unclosed brackets": "（责任单位：",
    "labels": "责任单位：市财政局、市教育局，",
    "colons": "责任单位：：",
    "notes": "（市财政局牵头，市教育局配合）",
    "verbs": "分别负责落实",
    "nested": "（负责",
    "closed": "负责）",
}


def growth(read: Callable[[str], object], unit: str) -> float:
    """How much more four times the input costs: 4 when linear, 16 when quadratic; the best of three counts."""

    def cost(times: int) -> float:
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            read(unit * times)
            best = min(best, time.perf_counter() - start)
        return best

    return cost(8000) / max(cost(2000), 0.01)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_notes_cost_grows_linearly(unit: str) -> None:
    assert growth(find_notes, unit) < 12


@pytest.mark.parametrize("unit", ["甲乙县、", "张三、", "室、", "财政局和", "市财政局 ", "（、）", "（、", "等"])
def test_lists_cost_grows_linearly(unit: str) -> None:
    assert growth(lambda text: split_units(text, spaces=True), unit) < 12


def test_an_inferred_year_of_a_deadline_is_reported() -> None:
    table = "<table><tr><td>序号</td><td>工作任务</td><td>责任单位</td><td>完成时限</td></tr>"
    table += "<tr><td>1</td><td>修补道路</td><td>市城管局</td><td>6月底</td></tr></table>"
    doc = parse_text(f"<html><body><p>某市2023年道路养护工作方案</p><p>一、任务</p>{table}</body></html>")
    due = doc.measures[0].deadline
    assert due is not None and due.inferred and due.end == "2023-06-30"
    assert [doc.text[d.span.start : d.span.end] for d in doc.diagnostics if d.code == "year-inferred" and d.span] == [
        "6月底"
    ]
