"""The Markdown reading."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policyparse.export import md
from policyparse.model import PolicyDocument, Source, Title
from policyparse.text import Span
from tests.documents import CORPORA, parsed

SAMPLES = sorted((CORPORA / "notices").iterdir())


def plain(text: str) -> str:
    """What Markdown says, without white space, heading marks and the stop at the end of a heading."""
    return re.sub(r"[\s\\#。：:]", "", text)


def test_a_notice_reads_well() -> None:
    text = md.text(parsed(SAMPLES[0]))
    assert text.startswith(
        "# 关于印发《吉安市交通扶贫领域作风问题专项治理工作方案》的通知\n\n| 项目 | 内容 |\n| --- | --- |\n"
    )
    assert "| 发文字号 | 吉交发〔2018〕81号 |" in text
    assert "### 2 自查自纠\n\n时间：3月1日-4月30日（2018-03-01至2018-04-30）\n\n- 根据本方案" in text
    assert "- **三 （一） 1 强化领导责任落实** 各单位要认真研究" in text  # the heading is not said twice
    assert "  - 责任单位：局规划建设科、局属各单位" in text
    assert "\n### 一、总体要求\n" in text and "\n#### （一）治理责任落实不到位的问题\n" in text


@pytest.mark.parametrize("path", [SAMPLES[i] for i in (0, 1, 2, 4)], ids=lambda p: p.name)
def test_the_whole_text_is_there(path: Path) -> None:
    doc = parsed(path)
    said = plain(md.text(doc).partition("## 全文")[2])
    in_tables = [t.span for t in doc.tables]
    at = 0
    for line in doc.text.splitlines(keepends=True):
        if not any(s.start <= at < s.end for s in in_tables):
            assert plain(line) in said
        at += len(line)


def test_tables_are_tables() -> None:
    text = md.text(parsed(SAMPLES[3]))
    assert (
        "| 序号 | 工作任务 | 主要落实措施 | 责任单位 | 完成时限 | 备注 |\n| --- | --- | --- | --- | --- | --- |" in text
    )
    assert text.count("| 序号 |") == 1  # its headers on the other pages are not repeated


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1. 加强领导", "1\\. 加强领导"),
        ("- 加强", "\\- 加强"),
        ("a|b*c_d`e#<br>[x]", "a\\|b\\*c\\_d\\`e\\#\\<br\\>\\[x\\]"),
        ("两行\n一行", "两行 一行"),
        ("2018年", "2018年"),
    ],
)
def test_nothing_in_a_text_is_markdown(text: str, written: str) -> None:
    assert md.escaped(text) == written


def test_several_documents_stand_one_after_the_other(tmp_path: Path) -> None:
    docs = [PolicyDocument(source=Source(name=n), title=Title(text=n, span=Span(0, 0))) for n in "甲乙"]
    md.write(docs, tmp_path / "a.md")
    assert re.findall(r"^(# .*|---)$", (tmp_path / "a.md").read_text("utf-8"), re.M) == ["# 甲", "---", "# 乙"]
