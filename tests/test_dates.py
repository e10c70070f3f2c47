"""The date engine as a whole: its invariants on any input, whole cells, and the document's own context."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policyparse
from policyparse.anatomy import Anatomy, Part
from policyparse.dates import DateContext, find_dates, read_period, report_date, stated
from policyparse.dates.document import declared_period, title_year, year_below
from policyparse.diagnostics import Report
from policyparse.due import find_due
from policyparse.outline import Doc, Node
from policyparse.source import RawDoc
from policyparse.text import Line, Text

DAY = datetime.date.fromisoformat
ISSUED = DateContext(issued=DAY("2018-03-01"))


def _doc(text: str) -> Doc:
    return Doc(
        Text(text, RawDoc(text, ()), (), (Line(0, len(text)),)),
        Anatomy((Part("body", 0, len(text)),)),
        (Node(0, len(text), 0),),
    )


_WORDS = st.sampled_from(
    [
        *"年月日底前至-—到自起每上下旬中初末内次明今第一二十五、，。（）“”./ 　\n",
        *("2018", "3", "12", "31", "季度", "半年", "二〇一八", "20180112"),
    ]
)


@given(st.lists(_WORDS, max_size=40).map("".join))
def test_any_text_gives_ordered_expressions(text: str) -> None:
    found = find_dates(text, context=ISSUED)
    for e in found:
        assert text[e.start : e.end] == e.text and e.text == e.text.strip()
        assert e.first is None or e.last is None or e.first <= e.last
        assert not (e.problem and (e.first or e.last))
    assert [e.start for e in found] == sorted(e.start for e in found)


@given(st.text(alphabet="0123456789年月日前底至-—.、 季度上下半", max_size=60))
def test_digits_and_units_never_fail(text: str) -> None:
    find_dates(text, context=DateContext())


@given(st.dates(DAY("1950-01-01"), DAY("2099-12-31")))
def test_every_day_is_read_in_every_form(day: datetime.date) -> None:
    y, m, d = day.year, day.month, day.day
    for form in (
        f"{y}年{m}月{d}日",
        f"{y}-{m:02}-{d:02}",
        f"{y}/{m}/{d}",
        f"{y}.{m}.{d}",
        f"{y} 年 {m:02} 月 {d:02} 日",
    ):
        (e,) = find_dates(form, context=DateContext())
        assert (e.first, e.last, e.text) == (day, day, form)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2月底前", None, "2018-02-28"),
        ("2018年3月—9月", "2018-03-01", "2018-09-30"),
        ("6月底前完成方案，12月底前完成建设", None, "2018-12-31"),
        ("2018年3月启动，2019年6月底前完成", "2018-03-01", "2019-06-30"),
        ("10月底并长期坚持", None, "2018-10-31"),
        ("从2018年3月3日开始，6月18日结束", "2018-03-03", "2018-06-18"),
        ("5月底取得阶段性成效并持续推进", None, "2018-05-31"),
        ("12月取得明显成效", "2018-12-01", "2018-12-31"),
    ],
)
def test_cell_as_a_whole(cell: str, first: str | None, last: str | None) -> None:
    e = read_period(cell, 0, len(cell), context=ISSUED)
    assert e is not None
    assert (e.first, e.last) == (first and DAY(first), last and DAY(last))


@pytest.mark.parametrize("cell", ["长期坚持", "持续推进", "常年", "立行立改", "每月", "全过程"])
def test_open_cells_have_no_dates(cell: str) -> None:
    e = read_period(cell, 0, len(cell), context=ISSUED)
    assert e is not None
    assert (e.marker, e.first, e.last) == ("open", None, None)


@pytest.mark.parametrize("cell", ["", "/", "市教育局", "100%", "3年"])
def test_cells_without_period(cell: str) -> None:
    assert read_period(cell, 0, len(cell), context=ISSUED) is None


def test_only_the_given_stretch_is_read() -> None:
    text = "2017年5月1日，6月底前，7月1日"
    (e,) = find_dates(text, 10, 15, context=ISSUED)
    assert (e.text, e.last) == ("6月底前", DAY("2018-06-30"))


def test_reports_where_the_year_comes_from_and_what_is_wrong() -> None:
    report = Report()
    for e in find_dates("6月底前，2018112，9月31日，20212023年，2018年5月1日", context=ISSUED):
        report_date(e, report)
    assert [d.code for d in report] == ["year-inferred", "ambiguous-date", "invalid-date", "garbled-text"]
    assert "2018-01-12 or 2018-11-02" in [d.message for d in report][1]


def test_output_of_an_ambiguous_date() -> None:
    (e,) = find_dates("2018112", context=ISSUED)
    period = stated(e, Report())
    assert (period.start, period.end, period.candidates) == (None, None, ["2018-01-12", "2018-11-02"])


@pytest.mark.parametrize(
    ("titles", "year"),
    [
        (["关于做好2022年防汛工作的通知"], 2022),
        (["关于印发《全市2022年度工作要点》的通知"], 2022),
        (["关于印发行动方案（2021—2023年）的通知"], None),
        (["关于开展专项整治的通知", "2023年专项整治方案"], 2023),
        (["二〇二〇年工作安排"], 2020),
        (["2021年考核情况和2022年工作安排"], None),
        (["关于开展检查的通知"], None),
    ],
)
def test_title_year(titles: list[str], year: int | None) -> None:
    assert title_year(titles) == year


@pytest.mark.parametrize(
    ("below", "year"),
    [
        ("\n（2022年4月）\n一、任务", 2022),
        ("\n（2022年4月15日县政府第3次会议通过）\n一、任务", 2022),
        ("\n（征求意见稿）\n（2022年4月）", None),
        ("\n各单位（2022年4月）", None),
        ("（2022年4月）", None),
    ],
)
def test_year_below_a_title(below: str, year: int | None) -> None:
    title = "云岭县重点任务清单"
    assert year_below(title + below, len(title)) == year


@pytest.mark.parametrize(
    ("text", "issued", "period"),
    [
        ("从2020年6月至10月，集中开展整治。", "2020-06-03", ("2020-06-01", "2020-10-31")),
        ("2023年9月1日至12月31日，在全市开展行动。", "2023-08-20", ("2023-09-01", "2023-12-31")),
        ("决定将2018年作为作风建设年。", "2018-02-01", ("2018-01-01", "2018-12-31")),
        ("对2008年1月至2009年12月的项目进行核查。", "2020-06-03", None),
        ("会期2020年6月3日至4日。", "2020-06-01", None),
        (
            "巡讲（12月16日至2010年1月20日），总结（2010年1月21日至2月10日）。",
            "2009-11-27",
            ("2009-12-16", "2010-01-20"),
        ),
        (
            "巡讲（3月16日至2010年1月20日），总结（2010年1月21日至2月10日）。",
            "2009-11-27",
            ("2010-01-21", "2010-02-10"),
        ),
        ("各单位要高度重视。", "2020-06-03", None),
    ],
)
def test_declared_period(text: str, issued: str, period: tuple[str, str] | None) -> None:
    assert declared_period(_doc(text), DAY(issued)) == (period and (DAY(period[0]), DAY(period[1])))


def test_a_deadline_on_no_day_is_reported_and_left_out() -> None:
    report = Report()
    found = list(find_due(_doc("请于9月31日前报送总结。"), 0, 13, [], ISSUED, report))
    assert not found
    assert [d.code for d in report] == ["invalid-date"]


def test_a_deadline_has_context_and_action() -> None:
    (d,) = find_due(_doc("一、要求。各单位要于4月10日前，将总结报送市局。"), 0, 25, [], ISSUED, Report())
    assert (d.text, d.period.end, d.period.inferred) == ("4月10日前", "2018-04-10", True)
    assert (d.context, d.action) == ("各单位要于4月10日前，将总结报送市局", "将总结报送市局")


def test_a_year_that_nothing_tells_is_said_to_be_unknown() -> None:
    notice = "关于开展检查的通知\n\n各乡镇：\n\n{}请于10月底前报送总结，要长期坚持。\n\n某县教育局\n"
    unknown = policyparse.parse_text(notice.format(""))
    assert not unknown.deadlines
    (said,) = [d for d in unknown.diagnostics if d.code == "year-unknown"]
    assert said.span is not None and unknown.text[said.span.start : said.span.end] == "10月底前"
    known = policyparse.parse_text(notice.format("检查从2021年6月开始。"))
    assert [d.period.end for d in known.deadlines] and "year-unknown" not in {d.code for d in known.diagnostics}
