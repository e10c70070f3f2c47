"""工作任务 and 具体措施: how the text of a measure goes into two columns of the ledger."""

from __future__ import annotations

import re

from ...model import DatePeriod, Measure, Step

_NOTE = re.compile(
    r"[（(【\[〔]([^（()）【】\[\]〔〕]{2,400}(?:[（(][^（）()]{1,60}[）)][^（()）【】\[\]〔〕]{0,400}){0,12})[）)】\]〕][。；;]?$"
)
"""The bracket at the end of a measure: （责任单位：局机关各科（室），局属各单位）"""
_GOES_ON = ("，", ",", "、", "—", "（", "(")
"""After a heading: it is the beginning of its sentence."""
_LONGEST_NOTE = 2_000
_DATE = r"(?:(?:20)?[0-9]{2}年|[0-9]{1,2}月|[今明次]?年(?:底|末|内)|[一二三四]季度|第[一二三四]季度|[上下]半年)"
_BREAK = re.compile(rf"(?<=[^\s0-9年、，,至到—~－和及与或-])\s+(?={_DATE}|[0-9]{{1,2}}[.．、])")
"""Blanks before the date or the number that begins a milestone; those of one date (2024年 6月) or of a period that
goes on (3月至 5月) are none."""
_SPACE = re.compile(r"\s+")
_NOTE_WORDS = re.compile(
    "(?:具体|共同|分别|按职责分工|牵头|责任|考核|考评|主要|主办|承办|协办|配合|会同|协助|指导|参与|参加|落实|督导|督办|负责|实施|完成|推进|分工|"
    "单位|部门|人|科室|股室|处室|领导|时限|时间|期限|各自|按照?|职责|和|及|与|由|等|为|[：:、，,；;。.\\s])+"
)
"""What a note says besides units and dates."""


def task_and_measures(m: Measure) -> tuple[str | None, str | None]:
    """工作任务 and 具体措施: nothing is told twice, and nothing left out but what other columns say."""
    body = _without_note(m)
    if m.heading and body.startswith(m.heading) and not body.startswith(_GOES_ON, len(m.heading)):
        body = body[len(m.heading) :].lstrip("。.：:；; \n\t") or ""
    steps = [_numbered(s) for s in m.steps if s.text[:40] not in m.text]
    if steps and not m.heading:
        return body, "\n".join(steps)
    return m.heading, "\n".join([*([body] if body else []), *steps]) or None


def due(period: DatePeriod, text: str) -> str:
    """完成时限 as the passage has it: milestones parted by blanks have a line each (8月底甲路通车 10月底乙路通车).
    Other blanks go, as they do in the period's text."""
    passage = text[period.span.start : period.span.end]
    parts = [_SPACE.sub("", part) for part in _BREAK.split(passage)]
    return "\n".join(parts) if "".join(parts) == period.text else period.text


def _numbered(step: Step) -> str:
    """1.进行传达和部署; a number in brackets needs no stop."""
    stop = "" if not step.number or not step.number[-1].isalnum() else "." if step.number.isascii() else "、"
    return f"{step.number or ''}{stop}{step.text}"


def _without_note(m: Measure) -> str:
    """The text without the note at its end, where that names nothing but the units and the date of this measure."""
    if not m.responsibilities or not (found := _NOTE.search(m.text, max(len(m.text) - _LONGEST_NOTE, 0))):
        return m.text
    rest = found[1]
    names = sorted((r.name for r in m.responsibilities), key=len, reverse=True)
    if not any(name in rest for name in names):
        return m.text
    for name in [*names, *([m.deadline.text] if m.deadline else [])]:
        rest = rest.replace(name, "、")
    return m.text if _NOTE_WORDS.sub("", rest) else m.text[: found.start()].rstrip()
