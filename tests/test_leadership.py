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
