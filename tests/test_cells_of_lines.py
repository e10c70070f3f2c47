"""Task tables in plain text without tabs: a cell a line, cells over several lines, cells wrapped under their row."""

from __future__ import annotations

import time

from policyparse import parse_text, readers
from policyparse.readers.text.stacked import stacked

TITLE = "青禾河流域治理2024年度重点任务清单\n"
HEAD = "序号\n重点任务\n主要内容\n牵头单位\n配合单位\n完成时限\n责任人\n"
STACKED = (
    TITLE
    + HEAD
    + "一、控源截污\n1\n雨污分流改造\n完成老城区6个片区管网改造\n"
    + "市住建局\n市财政局、各区人民政府\n2024年10月底\n王文海\n"
    + "2\n排污整治\n对32家重点企业开展整治\n市生态环境局\n市工信局\n市市场监管局\n6月30日前\n李明\n"
    + "3\n养殖治理\n规模养殖场设施装备配套率达到98%以上，禁养区内养殖场全部\n关停搬迁\n"
    + "市农业农村局\n各县（市、区）\n11月底前\n周立\n"
    + "二、监测监管\n4\n断面监测\n每月监测一次\n市生态环境局\n—\n长期坚持\n李明\n青禾市河长制办公室\n2024年1月22日\n"
)
LAID_OUT = """附件2
青禾区供水问题整改责任清单
序号  存在问题              整改措施                             责任领导    责任单位              责任人    整改时限

1   部分村管网老化漏损严重   更换老旧管网18公里，安装水表200块    毛建国     区水务局 大满镇政府     李  伟    9月底前

2   水费收缴率低             制定水费收缴办法，加强宣传，收缴率   闫  军     各供水单位            张文海    10月31日前
                             达到95%以上                                     区水务局

3   标识缺失                 设立标识牌36块                       毛建国     区生态环境分局         马文斌    立行立改
说明：各单位要对照清单逐项销号。
"""


def facts(text: str) -> list[tuple[str | None, str, list[str], str | None]]:
    doc = parse_text(text)
    return [
        (m.number, m.text, [r.name for r in m.responsibilities], m.deadline.text if m.deadline else None)
        for m in doc.measures
    ]


def test_a_cell_a_line_and_some_over_two() -> None:
    assert facts(STACKED) == [
        ("1", "完成老城区6个片区管网改造", ["市住建局", "市财政局", "各区人民政府", "王文海"], "2024年10月底"),
        ("2", "对32家重点企业开展整治", ["市生态环境局", "市工信局", "市市场监管局", "李明"], "6月30日前"),
        (
            "3",
            "规模养殖场设施装备配套率达到98%以上，禁养区内养殖场全部关停搬迁",
            ["市农业农村局", "各县（市、区）", "周立"],
            "11月底前",
        ),
        ("4", "每月监测一次", ["市生态环境局", "李明"], "长期坚持"),
    ]


def test_what_names_several_is_the_cooperating_body() -> None:
    lead = [[r.role for r in m.responsibilities] for m in parse_text(STACKED).measures]
    assert lead[1] == ["lead", "cooperate", "cooperate", "responsible"]


def test_a_list_that_is_no_table_stays_text() -> None:
    assert not readers.read("序号\n名称\n一\n1\n甲\n2\n乙\n".encode(), "a.txt").tables


def test_lines_under_a_row_go_on_with_its_cells() -> None:
    assert facts(LAID_OUT) == [
        ("1", "更换老旧管网18公里，安装水表200块", ["毛建国", "区水务局", "大满镇政府", "李伟"], "9月底前"),
        (
            "2",
            "制定水费收缴办法，加强宣传，收缴率达到95%以上",
            ["闫军", "各供水单位", "区水务局", "张文海"],
            "10月31日前",
        ),
        ("3", "设立标识牌36块", ["毛建国", "区生态环境分局", "马文斌"], "立行立改"),
    ]


def test_wrapped_cells_lead_back_to_the_source() -> None:
    doc = parse_text(LAID_OUT)
    at = doc.text.index("达到95%")
    (place,) = doc.locate(type(doc.measures[0].span)(start=at, end=at + 4))
    assert LAID_OUT[place.source_start : place.source_end] == "达到95"
    assert (place.line, place.row, place.column) == (8, 3, 3)


def test_a_signature_below_the_table_is_no_part_of_it() -> None:
    head, _, _ = LAID_OUT.partition("说明")
    doc = parse_text(head + "                             青禾区水务局\n                             2019年6月12日\n")
    assert doc.measures[-1].text == "设立标识牌36块"
    assert doc.issue_date and doc.issue_date.date == "2019-06-12"


def test_hostile_rows_end_in_time() -> None:
    rows = "".join(f"{n}\n" + "市财政局\n" * 12 for n in range(1, 3000))
    started = time.perf_counter()
    readers.read((HEAD + rows).encode(), "a.txt")
    readers.read((HEAD + "1\n" + "\n" * 200_000).encode(), "a.txt")
    assert time.perf_counter() - started < 5
    assert stacked([], [], 0, lambda names: False) is None
