"""What is a title that one person holds, and whether titles in a row are several people's."""

from __future__ import annotations

import re

from ...organisations import is_organisation
from ...persons import ends_with_post

SEVERAL_HOLD = ("人", "领导", "同志", "人员", "干部", "职工", "代表", "骨干", "专家")
"""Titles that several may hold: with 和 they are one collective phrase."""
_GOVERNMENT = re.compile(
    r"[省市县区州]政府(?:协助)?(?:分管|联系|协管|相关|有关|对口)?(?:副秘书长|秘书长|办公[室厅]副?主任)\Z"
)
_BODY = re.compile(r"(?:[省市县区州旗镇乡街局]委|政府|党[委组]|工委|管委会|人大|政协|纪委)\Z")
IN_CHARGE_OF = re.compile(
    r"(?:[一-鿿]{1,6}(?:政府|政协|人大|委))?(?:协助)?(?:分管|协管|联系|主管)[^、，,；;]{0,12}副(?:[一-鿿]{1,4}长|主席|主任|书记)\Z"
)
"""分管副县长, 县政协分管副主席: told by what he looks after, never a further title of the one before."""
_REGIONS = frozenset("省市县区州盟旗镇乡街")
_PARTY = re.compile(r"常委|委员|党[委组]成员|党组副?书记\Z")
"""What one is besides his post: 县委常委、县公安局局长."""

_OF_KIND = re.compile(r"街道|办事处|[乡镇村](?!直)|社区|(?:开发|园|林|景)区|管委会|[林农]场|学校|中小学|站所")
"""A kind of body, none by its own name."""


def of_kinds(texts: list[str]) -> bool:
    """各乡镇乡镇长、街道办事处主任: 各 holds for both."""
    return texts[0][0] == "各" and all(map(_OF_KIND.match, texts[1:]))


def is_title(text: str) -> bool:
    """A post that one person holds: no phrase for several (各乡镇书记, 有关负责人)."""
    return ends_with_post(text) and "各" not in text and (not text.endswith(SEVERAL_HOLD) or _heads_one(text))


def _heads_one(text: str) -> bool:
    """县水利局主要负责人: of one body."""
    return (
        text.endswith(("主要负责人", "主要负责同志"))
        and "、" not in text
        and is_organisation(text.rpartition("主要")[0])
    )


def of_bodies(text: str) -> bool:
    """财务部、审计部部长: the heads of several bodies, told in one phrase."""
    parts = text.split("、")[:-1] if "、" in text else ()
    return any(is_organisation(p) and not ends_with_post(p) for p in parts)


def same_post(texts: list[str]) -> bool:
    """常务副市长、分管副市长: two people, for nobody is vice mayor twice."""
    return len({t[-3:] for t in texts}) == 1 and texts[0][-3:-2] == "副" and all(ends_with_post(t) for t in texts)


def are_titles(texts: list[str], several: bool) -> bool:
    """工程部部长、物资部部长、各项目经理: titles one by one, all further ones of a kind at the end."""
    titles = texts[:-1] if len(texts) > 2 and texts[-1].startswith("各") and ends_with_post(texts[-1]) else texts
    if not all(map(ends_with_post, titles)):
        return False
    if all(_full_title(t, several) for t in titles):
        return True
    if several and len(texts) > 2 and len({t[0] for t in texts}) == 1 and texts[0][0] in _REGIONS:
        return not any(_PARTY.search(t) for t in texts)  # 县委副书记、县纪委书记、县人武部部长
    own = sum(_full_title(t, False) for t in titles)  # 市政府秘书长、市环保局局长、市气象局局长
    return own > 1 and all(_GOVERNMENT.match(t) or _full_title(t, False) for t in titles)


def _full_title(name: str, several: bool) -> bool:
    """市教育局局长: a body and a post in it, not one more title of the same person (市委副书记、市长).

    市政府副秘书长 is one more title of a chief, but one of `several` deputies, as 分管副县长 is.
    """
    if not ends_with_post(name):
        return False
    if several and (_GOVERNMENT.match(name) or IN_CHARGE_OF.match(name)):
        return True
    bodies = (name[:i] for i in range(len(name) - 2, 2, -1))
    return any(is_organisation(b) and not _BODY.search(b) for b in bodies)
