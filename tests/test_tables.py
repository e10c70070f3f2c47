"""Tables of the sample documents, steps inside cells, and hostile tables."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from policyparse import readers
from policyparse.diagnostics import Report
from policyparse.normalise import normalise
from policyparse.source import RawDoc
from policyparse.tables import Grid, build_grids, split_steps
from policyparse.text import Cell, Line, Text, TextTable

CORPORA = Path(__file__).resolve().parent.parent / "corpora"


def grids_of(prefix: str) -> tuple[Text, tuple[Grid, ...]]:
    found = sorted(CORPORA.rglob(f"{prefix}_*.txt"))
    if not found:
        pytest.skip(f"sample {prefix} is not in corpora")
    text = normalise(readers.read(found[0].read_bytes(), found[0].name), Report())
    return text, build_grids(text, Report())


def test_seven_pages_are_one_table() -> None:
    text, grids = grids_of("003")
    assert len(grids) == 1
    table = grids[0]
    assert table.header == ("序号", "工作任务", "主要落实措施", "责任单位", "完成时限", "备注")
    assert len(table.rows) - len(table.sections) == 14
    assert len(table.sections) == 6
    column = table.column("落实措施")
    assert column is not None
    steps = [s for row in table.rows for s in split_steps(text.string, row[column].start, row[column].end)]
    assert [number for number, _, _ in steps] == [str(i) for i in range(1, 55)]


def test_column_and_section() -> None:
    _, grids = grids_of("003")
    assert grids[0].column("责任单位", "责任部门") == 3
    assert grids[0].column("经费") is None
    assert grids[0].section_of(1) == 0
    assert grids[0].section_of(0) is None


def test_two_level_header_of_a_plain_text_table() -> None:
    _, grids = grids_of("004")
    assert grids[0].header == ("序号", "主管部门", "大类", "子类", "备注")
    assert "2018年扶贫资金投入/投入金额" in grids[1].header


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1、甲事项。 2、乙事项。", [("1", "甲事项。"), ("2", "乙事项。")]),
        ("四个项目：\n7、甲；\n8、乙。\n两个项目：\n9、丙。", [("7", "甲；"), ("8", "乙。"), ("9", "丙。")]),
        ("（1）甲；（2）乙", [("1", "甲；"), ("2", "乙")]),
        ("①甲；②乙；③丙", [("①", "甲；"), ("②", "乙；"), ("③", "丙")]),
        ("5.开展一次检查", [("5", "开展一次检查")]),
        ("一是甲；二是乙。", [("一", "甲；"), ("二", "乙。")]),
        ("投资1.5亿元，比上年增长2.3%", []),
        ("6月底前完成，共3、4个项目", []),
        ("完成第（1）项、第（2）项任务", []),
        ("", []),
    ],
)
def test_steps(cell: str, expected: list[tuple[str, str]]) -> None:
    string = "前" + cell + "后"
    assert [(n, string[a:b]) for n, a, b in split_steps(string, 1, len(string) - 1)] == expected


def text_of(cells: tuple[Cell, ...], string: str) -> Text:
    table = TextTable(0, len(string), cells)
    return Text(
        string,
        RawDoc(string, ()),
        ((0, len(string), 0, len(string)),),
        (Line(0, len(string), table=0),),
        (table,),
    )


def test_every_row_has_every_column_and_hostile_spans_stay_small() -> None:
    cells = tuple(Cell(i, i + 1, i // 3, i % 3, 1_000_000, 1_000_000) for i in range(3000))
    began = time.perf_counter()
    grids = build_grids(text_of(cells, "x" * 3000), Report())
    assert time.perf_counter() - began < 10
    for grid in grids:
        assert len({len(row) for row in grid.rows}) <= 1


def test_no_tables() -> None:
    assert build_grids(text_of((), ""), Report()) == ()


def test_many_tables_take_linear_time() -> None:
    string = "序号\t任务\t单位\n" * 5000
    tables = tuple(
        TextTable(
            i * 9,
            i * 9 + 8,
            (Cell(i * 9, i * 9 + 2, 0, 0), Cell(i * 9 + 3, i * 9 + 5, 0, 1), Cell(i * 9 + 6, i * 9 + 8, 0, 2)),
        )
        for i in range(5000)
    )
    lines = tuple(Line(t.start, t.end, table=i) for i, t in enumerate(tables))
    text = Text(string, RawDoc(string, ()), ((0, len(string), 0, len(string)),), lines, tables)
    began = time.perf_counter()
    build_grids(text, Report())
    assert time.perf_counter() - began < 10
