"""Leadership, attachments, citations on whole documents: spans, hostile input, no jieba where nothing needs it."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

import policyparse
from policyparse.squeeze import squeeze

NOTICE = """东河县教育局关于成立校车安全领导小组的通知
各乡镇中心学校：
根据《东河省校车办法》（东政发〔2019〕7号）要求，决定成立东河县校车安全领导小组，名单如下：
组　长：赵　海　　副县长
副组长：钱小明　　县教育局局长
成　员：孙小军　　县公安局副局长
各乡镇主要负责人
领导小组办公室设在县教育局，办公室主任由钱小明兼任，负责日常工作。
附件：1.任务分工表
2.进度统计表
东河县教育局
2021年3月1日
"""


def test_spans_show_the_value_in_place() -> None:
    doc = policyparse.parse_text(NOTICE)
    group = doc.leadership_groups[0]
    assert [m.role for m in group.members] == ["组长", "副组长", "成员", "成员"]
    for m in [*group.members, *(group.office.members if group.office else [])]:
        place = squeeze(doc.text[m.span.start : m.span.end])
        assert (m.person or "") in place and (m.post or "") in place
        assert group.span.start <= m.span.start and m.span.end <= group.span.end
    for a in doc.attachments:
        assert (a.title or "") in squeeze(doc.text[a.span.start : a.span.end])
    for c in doc.citations:
        assert c.document_number and c.document_number.text in squeeze(doc.text[c.span.start : c.span.end])


def test_members_of_a_group_within_a_longer_word() -> None:
    """组成 hides the seat in 小组成员, and 总督导 has no word in the list: both are found beside 负责人."""
    text = "关于印发方案的通知\n各乡镇：\n成立校车安全领导小组。小组成员由各部门负责人担任，总督导由县长担任。"
    (group,) = policyparse.parse_text(text).leadership_groups
    assert [(m.role, m.post) for m in group.members] == [("成员", "各部门负责人"), ("总督导", "县长")]


def test_jieba_is_not_loaded_for_a_plain_roster() -> None:
    code = f"import sys, policyparse; policyparse.parse_text({NOTICE!r}); sys.exit('jieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "piece",
    [
        "组长：",
        "副组长：赵大海 副县长 ",
        "由赵大海任组长，",
        "成立领导小组，由市长任组长，",
        "办公室设在",
        "领导小组下设办公室，",
        "附件1：",
        "附件：1.表 ",
        "（东政发〔2020〕3号）",
        "《",
        "》",
        "根据《",
        "成员由",
        "赵 ",
        "、",
        "任" * 50,
        "为成员",
        "（",
    ],
)
def test_hostile_repetition_stays_linear(piece: str) -> None:
    from policyparse.anatomy import Anatomy, Part
    from policyparse.diagnostics import Report
    from policyparse.extract.attachments import extract_attachments
    from policyparse.extract.citations import extract_citations
    from policyparse.extract.leadership import extract_leadership
    from policyparse.outline import Doc, Node
    from policyparse.source import RawDoc
    from policyparse.text import Line, Text

    def seconds(size: int) -> float:
        string = (piece * (size // len(piece) + 1))[:size]
        text = Text(string, RawDoc(string, ()), (), (Line(0, size),))
        doc = Doc(text, Anatomy((Part("body", 0, size),)), (Node(0, size, 0),))
        begin = time.perf_counter()
        extract_leadership(doc, Report())
        extract_attachments(doc, Report())
        extract_citations(doc, None, Report())
        return time.perf_counter() - begin

    seconds(500)
    assert min(seconds(16_000) for _ in range(3)) < 10 * max(min(seconds(4_000) for _ in range(3)), 0.01)


def _of_html(rows: str) -> list[tuple[str, list[str], str | None]]:
    page = (
        "<html><body><p>县政府关于成立县河湖治理工作领导小组的通知</p><p>各乡镇：</p>"
        f"<p>决定成立县河湖治理工作领导小组，名单如下：</p><table>{rows}</table>"
        "<p>领导小组办公室设在县水利局。</p></body></html>"
    )
    found = policyparse.parse_bytes(page.encode(), "a.html").leadership_groups
    return [
        (g.name, [f"{m.role} {m.person} {m.post}" for m in g.members], g.office.located_at if g.office else None)
        for g in found
    ]


def test_a_role_in_a_row_of_its_own_holds_for_the_rows_below() -> None:
    rows = (
        "<tr><td>姓名</td><td>职务</td></tr><tr><td colspan=2>组　长</td></tr><tr><td>赵大海</td><td>县长</td></tr>"
        "<tr><td colspan=2>成　员（2人）</td></tr><tr><td>钱明</td><td>县水利局局长</td></tr>"
        "<tr><td>周立</td><td>县财政局局长</td></tr>"
    )
    members = ["组长 赵大海 县长", "成员 钱明 县水利局局长", "成员 周立 县财政局局长"]
    assert _of_html(rows) == [("县河湖治理工作领导小组", members, "县水利局")]


def test_groups_in_rows_of_their_own_and_the_office_of_the_first() -> None:
    rows = (
        "<tr><td>姓名</td><td>单位职务</td><td>组内职务</td></tr><tr><td colspan=3>一、领导小组</td></tr>"
        "<tr><td>赵大海</td><td>县长</td><td>组长</td></tr><tr><td>钱明</td><td>副县长</td><td>副组长</td></tr>"
        "<tr><td colspan=3>二、综合协调组</td></tr><tr><td>周立</td><td>县水利局局长</td><td>组长</td></tr>"
        "<tr><td>吴桂花</td><td>县财政局局长</td><td>成员</td></tr>"
    )
    assert _of_html(rows) == [
        ("县河湖治理工作领导小组", ["组长 赵大海 县长", "副组长 钱明 副县长"], "县水利局"),
        ("综合协调组", ["组长 周立 县水利局局长", "成员 吴桂花 县财政局局长"], None),
    ]


def test_two_persons_in_a_cell_with_a_post_each() -> None:
    rows = (
        "<tr><td>组内职务</td><td>姓名</td><td>职务</td></tr><tr><td>组长</td><td>赵大海</td><td>县长</td></tr>"
        "<tr><td>副组长</td><td>钱明<br>周立</td><td>副县长<br>县水利局局长</td></tr>"
    )
    members = ["组长 赵大海 县长", "副组长 钱明 副县长", "副组长 周立 县水利局局长"]
    assert _of_html(rows) == [("县河湖治理工作领导小组", members, "县水利局")]


def test_roles_without_names_in_a_table_without_a_header() -> None:
    rows = (
        "<tr><td>组长</td><td>县政府分管领导</td></tr><tr><td>牵头单位</td><td>县水利局</td></tr>"
        "<tr><td>成员单位</td><td>县财政局、县应急局</td></tr>"
    )
    members = ["组长 None 县政府分管领导", "成员单位 None 县财政局", "成员单位 None 县应急局"]
    assert _of_html(rows) == [("县河湖治理工作领导小组", members, "县水利局")]


def test_a_line_that_ends_within_a_bracket() -> None:
    doc = policyparse.parse_text("成立清河行动领导小组。\n组长：县政府办公室主任（分管\n水利）\n")
    assert [m.post for m in doc.leadership_groups[0].members] == ["县政府办公室主任（分管水利）"]


def test_the_place_of_a_seat_holds_what_is_merged_from_the_rows_above() -> None:
    page = (
        "<html><body><p>关于成立工作专班的通知</p><p>各乡镇：</p><p>决定成立县河湖治理工作专班，名单如下：</p><table>"
        "<tr><td>姓名</td><td>组内职务</td><td>单位职务</td></tr>"
        "<tr><td rowspan=2>赵大海</td><td>组长</td><td>县长</td></tr>"
        "<tr><td>副组长</td><td>县河长办主任</td></tr><tr><td>成员</td><td>成员</td><td>县水利局局长</td></tr>"
        "<tr><td>钱明</td><td>成员</td><td>县水利局局长</td></tr></table></body></html>"
    )
    doc = policyparse.parse_bytes(page.encode(), "a.html")
    members = [m for g in doc.leadership_groups for m in g.members]
    assert [m.person for m in members] == ["赵大海", "赵大海", "钱明"]
    assert all(m.person and m.person in doc.text[m.span.start : m.span.end] for m in members)


def test_what_follows_a_post_in_brackets_is_no_part_of_it() -> None:
    doc = policyparse.parse_text(
        "成立清河行动领导小组。\n组长：赵大海（副市长）\n成员：钱明（市水利局局长）| 周立（市财政局局长）>\n"
    )
    posts = [m.post for g in doc.leadership_groups for m in g.members]
    assert posts == ["副市长", "市水利局局长", "市财政局局长"]


@pytest.mark.parametrize("row", ["局长　冇冇\n", "冇冇　局长\n", "冇冇冇　县公安局\n", "冇冇\n县长\n成员\n"])
def test_rows_of_unknown_names_cost_no_more_than_their_length(row: str) -> None:
    """The form of the other entries is looked at once for a list, not once a row."""

    def seconds(rows: int) -> float:
        text = "组长：张三　县长\n成员：" + row * rows
        start = time.perf_counter()
        policyparse.parse_text(text)
        return time.perf_counter() - start

    seconds(100)
    assert min(seconds(4000), seconds(4000)) < 12 * min(seconds(1000), seconds(1000)) + 0.5
