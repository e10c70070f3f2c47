"""Whether an item says work to be done, or a criterion, a condition, what a check looks at, a definition, data.

Items under 整治内容 or 工作任务 are listed as measures without a responsible unit; 补贴标准, 是否按规定公示, and
使用抗菌药物的百分率 stand under the same headings and ask nobody to do anything.
"""

from __future__ import annotations

import re
from functools import cache

from ... import lexicon

LONGEST = 200
"""Characters of an item's text that decide."""
_LONGEST_NAME = 8
_SEVERAL, _LONGEST_SEVERAL = re.compile("[、及和]"), 24
"""改造的企业范围、内容和方式."""
_LONGEST_PHRASE = 60
_VERB = 2
_EDGE = re.compile(r"[：:。；;，,\n]")
_MARKS = " \u3000。；;，,：:"
_SET_WORDS = (
    "对象|条件|标准|范围|依据|材料|程序|流程|方式|形式|时间|时限|期限|地点|地址|主题|指标|原则|目标|意义|背景"
    "|经费|费用|名额|分值|评分|步骤|环节|口径|名单|要件|分工"
)
_SET = re.compile(rf"(?:{_SET_WORDS})\Z")
"""补贴对象, 申领程序: what the name of an item that sets something out ends with."""
_SET_LASTS = frozenset(word[-1] for word in _SET_WORDS.split("|"))
_AS_NOUN = frozenset("实施 组织 支持 保障 整治 治理 清理 排查 发展 创建 培育 推进 动员 防范 调整 释放 维护".split())  # noqa: SIM905
"""Verbs that open such a name as well: 实施范围, 保障对象."""
_MUST = re.compile(
    r"要(?!求|点|件|素|闻|道)|(?<!相)(?<!对)(?<!适)应(?!急|用|收|届|对|付|聘|征|变|邀)|须|不得|禁止|严禁|予以|给予|督促|责令|[负承]责"
)
"""What tells somebody to do something."""
_ASKS = "是否"
_MUST_ASK = re.compile(r"要(?!求|点|件|素)|应[当该]|须|组织|开展")
"""要重点核查资金是否到位, 组织核查…; not 检查手续是否齐全, what a check looks at."""
_DEFINES = re.compile(r"[^，,。；;：:]{2,20}(?:[：:，,](?:即|是?指|系指|包括)|(?:是指|系指))")
"""道路垃圾：即…."""
_POINTS = re.compile(r"[（(](?:满分)?\d{1,3}分[）)]|[得扣计加记]\d{1,2}(?:\.\d)?分|满分")
"""组织健全（10分）; 每发现一处扣2分."""
_DATA = re.compile(
    r"(?:情况|问题|现象|行为|隐患|信息|数据|数量|种类|总量|面积|人数|次数|金额|比例|占比|[率数量额值]|名录|台账|记录|档案|证书|证明"
    r"|复印件|原件|[表单书证照]|等)\Z"
)
"""药物临床应用情况; 使用抗菌药物的百分率: what a phrase that names data ends with."""
_BRACKET = re.compile(r"[（(][^（()）]{0,30}[）)]\Z")
_LISTS = re.compile(
    r"(?:下列|以下|如下)(?:各[项类种])?[^。；;：:，,任务措施举工作]{0,10}"
    r"(?:条件|要求|情形|情况|问题|行为|现象|标准|材料|资料|信息|指标|数据|文件|之一|对象|人员|企业|单位|范围|内容)"
    r"|(?:重点(?:是|为)|包括|包含|分别(?:为|是)|主要(?:有|是|为)|具备|条件(?:为|是)?|标准(?:为|是)?|内容(?:为|是)?|材料|信息|范围)[：:]\Z"
)
"""符合下列条件的企业：, 重点是：, before items that are parts of what is said."""


@cache
def _verbs() -> frozenset[str]:
    return frozenset(lexicon.words("heading_verbs"))


def _begins_with_verb(text: str) -> bool:
    return text[:_VERB] in _verbs() or text[: _VERB + 1] in _verbs()


def sets_out(name: str) -> bool:
    """补贴对象, 实施范围: a name of what an item sets out; not 扩大补贴范围, 简化程序."""
    name = name.strip(_MARKS)
    if len(name) < _VERB or name[-1] not in _SET_LASTS or _SET.search(name) is None:
        return False
    if len(name) > (_LONGEST_SEVERAL if _SEVERAL.search(name) else _LONGEST_NAME):
        return False
    return not _begins_with_verb(name) or name[:_VERB] in _AS_NOUN


def is_work(text: str) -> bool:
    """Whether an item with this text (without what its sub-items say) is something to be done."""
    whole = len(text) < LONGEST
    text = text[:LONGEST].strip(_MARKS)
    if len(text) < _VERB:
        return False
    edge = _EDGE.search(text)
    name = text[: edge.start()] if edge else text
    if sets_out(name) or ("分" in text and _POINTS.search(text) is not None) or _DEFINES.match(text) is not None:
        return False
    asks = text.find(_ASKS)
    if asks >= 0 and text.find("。", 0, asks) < 0 and _MUST_ASK.search(text, 0, asks) is None:
        return False
    if whole and text.endswith("的") and _MUST.search(text) is None:
        return False
    return not _is_phrase(_BRACKET.sub("", text) if text.endswith(("）", ")")) else text)


def _is_phrase(text: str) -> bool:
    """药物临床应用情况: a phrase that names data and does nothing with it."""
    if len(text) > _LONGEST_PHRASE or "。" in text or _DATA.search(text) is None or _MUST.search(text) is not None:
        return False
    return not any(_begins_with_verb(clause.strip()) for clause in re.split("[，,；;]", text))


def introduces_data(text: str) -> bool:
    """Whether the items under a text are parts of what it says: …符合下列条件的企业予以保留."""
    return _LISTS.search(text[-LONGEST:].rstrip()) is not None
