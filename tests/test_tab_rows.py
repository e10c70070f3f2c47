"""Tabbed tables whose cells run over several lines."""

from __future__ import annotations

import pytest

from policyparse import parse_text
from policyparse.readers.text.tab_rows import find_rows

HEAD = "序号\t工作任务\t牵头单位\t责任单位\t完成时限"
TABLE = [
    HEAD,
    "一、经济发展（2项）",
    "1\t新增就业5万人；",
    "失业率低于4.5%。\t市人社局\t市教育局",
    "市民政局\t12月底前",
    "2\t清理欠款。\t市工信局\t各县（市、区）\t全年",
    "每季度报送进展。",
    "3\t完成审计。\t市审计局\t市财政局\t9月底前",
    "以上任务由市政府督查室督办。",
]


def test_rows_end_with_their_last_tab() -> None:
    assert find_rows(TABLE, 0) == [(0, 0), (1, 1), (2, 4), (5, 6), (7, 7)]


def test_the_facts_of_such_a_table() -> None:
    doc = parse_text("2022年重点工作任务分解表\n" + "\n".join(TABLE))
    assert [(m.number, [r.name for r in m.responsibilities]) for m in doc.measures] == [
        ("1", ["市人社局", "市教育局", "市民政局"]),
        ("2", ["市工信局", "各县（市、区）"]),
        ("3", ["市审计局", "市财政局"]),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["组长：\t张三\t李四\t王五", "副组长：\t赵六", "钱七\t孙八\t周九"],  # a roster is no head line
        ["1\t新增就业\t市人社局\t12月底前", "2\t清理欠款", "市工信局\t全年"],  # a row of values neither
        [HEAD, "", "1\t新增就业\t市人社局\t市教育局\t12月底前"],  # a blank line ends the table
        [HEAD, "1\t新增就业；\t市人社局\t市教育局\t12月底前\t备注"],  # wider than its head
        [HEAD, "1\t新增就业；\t市人社局"],  # a row that never ends
        ["序号\t任务\t单位", "1\t新增就业；", "市人社局\t12月底前"],  # too narrow to be sure
    ],
)
def test_what_is_no_such_table(lines: list[str]) -> None:
    assert find_rows(lines, 0) == []


def test_a_long_text_of_tabs_costs_its_length() -> None:
    lines = [HEAD, *["1\t甲乙丙"] * 50_000]
    assert find_rows(lines, 0) == []
    lines = [HEAD, *["1\t甲\t乙\t丙\t丁"] * 20_000]
    assert len(find_rows(lines, 0)) == 20_001
