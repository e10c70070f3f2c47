"""PLAIN reads the plainest dates as EXPRESSION does: same end, same groups, and no other form takes them first."""

import random

import pytest

from policyparse.dates import DateContext, find_dates
from policyparse.dates import patterns as p
from policyparse.dates.values import read_groups, read_plain

_PIECES = (
    *(
        "2018年",
        "2021",
        "2019—2020年",
        "1",
        "6",
        "12",
        "31",
        "月",
        "月",
        "月份",
        "日",
        "日",
        "号",
        "年",
        "季度",
        "三",
        "十",
        "年度",
        "旬",
    ),
    *(
        "-",
        "—",
        "－",
        "——",
        "至",
        "到",
        "直至",
        "起",
        "底",
        "末",
        "初",
        "内",
        "中",
        "上",
        "前",
        "前",
        "之前",
        "以前",
        "后",
    ),
    *(
        "期间",
        "以来",
        "，",
        "、",
        "和",
        "。",
        "（",
        "）",
        " ",
        "“",
        "”",
        "的",
        "本",
        "份",
        "层",
        "次",
        "往",
        "期",
        "节",
        "五",
    ),
    *("完成", "报送", "国庆", "劳动", "止", "截止", "为", "时", "下午", "晚", "龄", "半年", "第", "球", "/", ".", "\n"),
)


def _agree(string: str, start: int) -> bool:
    """True when PLAIN finds a date at `start`, after it is compared with what EXPRESSION finds there."""
    plain = p.PLAIN.match(string, start)
    if plain is None:
        return False
    full = p.EXPRESSION.match(string, start)
    assert full is not None
    assert plain.span() == full.span(), string
    assert {k: v for k, v in full.groupdict().items() if v is not None} == {
        k: v for k, v in plain.groupdict().items() if v is not None
    }, string
    assert read_plain(plain.group()) == read_groups(full.groups()), string
    assert p.MONTH_DAYS.match(string, start) is None, string
    assert p.LOST_DASH.match(string, start) is None
    return True


def test_agrees_with_expression() -> None:
    choose = random.Random(2018)
    found = 0
    for _ in range(20_000):
        string = choose.choice(("", "2018年", "3月", "2019年3月1日", "4月5日")) + "".join(
            choose.choices(_PIECES, k=choose.randint(1, 8))
        )
        if "0" <= string[0] <= "9" and _agree(string, 0):
            found += 1
    assert found > 2_000


@pytest.mark.parametrize(
    "string",
    [
        "6月10日前报送",
        "3月1日-4月30日）",
        "2021年底前",
        "2018年作为",
        "12月底前完成",
        "2019年3月1日至2020年4月，",
        "2018年3月期间",
        "2019—2020年持续开展",
        "2019至2020年3月底前",
    ],
)
def test_takes_the_plain_forms(string: str) -> None:
    assert _agree(string, 0)


@pytest.mark.parametrize(
    "string",
    ["3月1日17时前", "10月1日国庆节前", "6月底数清", "3月、4月的5日前", "2018年年底", "6月前两周", "2021年前三季度"],
)
def test_leaves_the_others(string: str) -> None:
    assert p.PLAIN.match(string) is None


def test_an_empty_stretch_before_a_date_has_none() -> None:
    assert find_dates("于3月1日前", 1, 1, context=DateContext()) == []
    assert [e.text for e in find_dates("于3月1日前", 1, 5, context=DateContext())] == ["3月1日"]
