"""Lists of recipients (主送机关), told from the other phrases that end in a colon."""

from __future__ import annotations

import re

from ...organisations import is_organisation, split_units
from .page import META_LABELS
from .rows import WHITE_SPACE
from .wording import NUMBERED, SENTENCE

_LABELS = re.compile(
    r"附|各位|联系|发电|签批|等级|发文|成文|生成|有效|公开|层级|公文|电\s*话|传\s*真|邮|地\s*址|来\s*源|发布|时间|主题|抄|责任|牵头|配合|标\s*题|文\s*号|签发|组\s*长|副组长|成\s*员|主\s*任|一是|同志们|单位[:：]|"
    r"完成|目标|备注|注[:：]|索引|索\s*引|名\s*称|日\s*期|填|举报|咨询|网|链接|摘要|编辑|解读|会议|时\s*间|地\s*点|印发|报\s*送"
)
"""What fields, lists and salutations open with: 附件：, 组　长：, 各位代表：."""
_INTRO = re.compile(
    r"(?:如下|要求|是|为|包括|原则|认为|指出|强调|决定|通知|方案|意见|措施|任务|做到|坚持|即|工作|内容|标准|条件|日期|时间)$"
)
"""现将有关事项通知如下：, 主要任务：."""
_DEPUTY = re.compile(r".{2,5}(?:委员|代表)")
"""An answer to a proposal goes to a deputy by name: 张某某委员：."""
_COLLECTIVE = re.compile(r"(?:各|有关|相关|全|本|市直|省直|区直|县直|州直|中央|驻|局属|厅属|委属|部属|直属|机关)")
"""各县（市、区）…, 有关单位, 局属各单位."""
_COLON = re.compile("[：:]")
_OF_TABLES = frozenset(
    ("单位", "金额单位", "计量单位", "货币单位", "填报单位", "填表单位", "制表单位", "申报单位", "填写单位")
)
"""单位：万元 over a table addresses nobody."""


def recipients_end(raw: str, start: int = 0) -> int | None:
    """Offset of the colon that closes a list of recipients at `raw[start:]`, or None when there is none."""
    colon = _first_colon(raw, start)
    if colon is None:
        return None
    said = WHITE_SPACE.sub("", raw[start:colon])
    if (
        not 2 <= len(said) <= 700
        or SENTENCE.search(said.replace("；", "，").replace(";", "，"))
        or _LABELS.match(said)
        or _INTRO.search(said)
    ):
        return None
    if (
        said in META_LABELS
        or said in _OF_TABLES
        or NUMBERED.match(said)
        or "《" in said
        or "关于" in said
        or any(c.isdigit() for c in said[:1])
    ):
        return None
    units = split_units(said)
    good = sum(1 for u in units if is_organisation(u.name) or _COLLECTIVE.match(u.name) or _DEPUTY.fullmatch(u.name))
    return colon if units and good * 2 > len(units) else None


def _first_colon(raw: str, start: int) -> int | None:
    """The first colon that does not stand in brackets."""
    for m in _COLON.finditer(raw, start, start + 900):
        before = raw[start : m.start()]
        if before.count("（") + before.count("(") <= before.count("）") + before.count(")"):
            return m.start()
    return None
