"""Names of issuers: splitting joint signatures, red headers and title prefixes into organisations."""

from __future__ import annotations

import re

from ... import lexicon
from ...model import Name
from ...organisations import is_organisation, region_of
from ...squeeze import squeeze
from ...text import Span
from ...trusted import trusted

_TOKEN = re.compile(r"[^\s、，,；;]+")
_MARK_STARTS = frozenset("0123456789０１２３４５６７８９№Nn特加平急明绝机秘内-－—―─=_*|·•#>")
_MARKS = re.compile(
    r"(?:\d{6}(?!\d)|(?:№|NO[.．]?)\s*\d*|特急件?|加急|平急|特提|急件|明传电报|明电|内部电报|(?:绝密|机密|秘密)(?:[★☆]?(?:\d+年|长期)?)|内部|"
    r"(?:[-－—―─=_|·•#>]|\*(?!\*{0,3}[省市县区州盟旗镇乡村]))+)+",
    re.IGNORECASE,
)
"""000023, 机密★3年, 特急, a dashed line; not the asterisks of a place left out (**市教育局)."""
_CENTRAL = lexicon.words("central_organs")
_SEAL = re.compile(r"[（(](?:盖章|公章|印章|章|签章|代章|印|加盖公章|签字|[\u4e00-\u9fff]{2,24}代章)[）)]")
"""（盖章）, （市发展改革委代章）."""
_CENTRE = frozenset({"中共中央", "中央", "党中央"})
_ENDS = frozenset("部局委会署院行厅府办室组队司心台社团")
_AREA_ONLY = re.compile(r"[^、]*(?:[省市州县区旗镇乡村]|园区|企业|单位|部门|机构|系统|地方|两委|业主|法人|各地)$")


def split_issuers(string: str, start: int, end: int, hints: frozenset[str] = frozenset()) -> list[Name]:
    """Organisations of `string[start:end]`: separated by white space or 、, or glued (工商总局银监会)."""
    names: list[Name] = []
    for a, b in _whole_lines(string, start, end):
        names += _split_line(string, a, b, hints)
    return names


def _whole_lines(string: str, start: int, end: int) -> list[tuple[int, int]]:
    """Lines of `string[start:end]`; one that ends inside a name goes with the next (…管 / 理有限公司)."""
    ranges: list[tuple[int, int]] = []
    at = start
    while at < end:
        stop = string.find("\n", at, end)
        while stop >= 0 and _goes_on(string[at:stop], string[stop + 1 : end].lstrip().partition("\n")[0]):
            stop = string.find("\n", stop + 1, end)
        stop = end if stop < 0 else stop
        ranges.append((at, stop))
        at = stop + 1
    return ranges


def _goes_on(line: str, following: str) -> bool:
    last = squeeze(_SEAL.sub("", line)).replace(" ", "").rpartition("、")[2]
    branch = last.endswith(_PARENTS) and _BRANCH.fullmatch(following) is not None
    return branch or not _whole(last) or following.startswith(("办公", "文件"))


_PARENTS = ("公司", "银行", "集团")
_BRANCH = re.compile(r"(?:(?!公司|银行|集团)[\u4e00-\u9fff]){2,20}(?:分公司|分行|支行|支公司)(?:文\s?件)?\s*")
"""某某股份有限公司 / 新江某某分公司: one name, where the branch's line does not name the company again."""


def _whole(name: str) -> bool:
    return name in _CENTRE or is_organisation(name)


def _split_line(string: str, start: int, end: int, hints: frozenset[str]) -> list[Name]:
    tokens = [t for m in _TOKEN.finditer(string, start, end) if (t := _without_marks(string, m.start(), m.end()))]
    names: list[Name] = []
    i = 0
    while i < len(tokens):
        a, b = tokens[i]
        while i + 1 < len(tokens) and _broken(
            string[a:b], string[a : tokens[i + 1][1]], string[tokens[i + 1][0] : tokens[i + 1][1]]
        ):
            i += 1
            b = tokens[i][1]
        names.extend(_unglue(string, a, b, hints))
        i += 1
    return names


def _without_marks(string: str, start: int, end: int) -> tuple[int, int] | None:
    """A token without marks of the header run into it (特急云岭市民政局), None when nothing else is left."""
    if string[start] in _MARK_STARTS and (m := _MARKS.match(string, start, end)):
        start = m.end()
    return (start, end) if start < end else None


def _broken(name: str, joined: str, following: str) -> bool:
    """Whether a gap stands inside one name: 国 务 院, 市教育 局, 市委 办公室."""
    flat = squeeze(name)
    if len(following) == 1 or len(flat) == 1 or (flat.endswith(_PARENTS) and _BRANCH.fullmatch(following)):
        return True
    if _whole(flat) and not following.startswith(("办公", "文件")):
        return False
    return is_organisation(squeeze(joined))


def _unglue(string: str, start: int, end: int, hints: frozenset[str]) -> list[Name]:
    """One or several names that stand without a separator."""
    cuts = [start]
    at = start + 2
    while at < end - 1:
        if string[at - 1] in _ENDS and _begins_name(string, cuts[-1], at, end, hints):
            cuts.append(at)
            at += 1
        at += 1
    while (seal := _SEAL.search(string, start, end)) and seal.end() == end:
        end = seal.start()
    bounds = zip(cuts, [*cuts[1:], end], strict=True)
    return [_make({"name": squeeze(string[a:b]), "span": Span(a, b)}) for a, b in bounds]


_make = trusted(Name)


def _begins_name(string: str, first: int, at: int, end: int, hints: frozenset[str]) -> bool:
    """Whether a new organisation begins at `at`, after the one that began at `first`."""
    left, right = squeeze(string[first:at]), squeeze(string[at:end])
    if not is_organisation(left) or len(right) < 3:
        return False
    if left in hints and (right in hints or any(right.startswith(h) for h in hints)):
        return True
    if right.startswith(_CENTRAL) and not left.endswith(("驻",)):
        return not right.startswith(("中央", "中国", "国家", "全国")) or len(right) > 4
    return is_organisation(right) and _same_area(left.removeprefix("中共"), right.removeprefix("中共"))


def _same_area(left: str, right: str) -> bool:
    """Whether the same area opens both names: 某市教育局某市财政局, 中共某镇委员会某镇人民政府, 市教育局市财政局."""
    shared = 0
    while shared < min(len(left), len(right)) and left[shared] == right[shared]:
        shared += 1
    if shared == 1:
        return len(left) >= 4 and len(right) >= 4 and left[0] in "省市州县区" and left[-1] in "局厅会"
    return shared >= 2 and any(c in left[1:shared] for c in "省市州县区旗镇乡盟")


_AFTER_ISSUER = re.compile(
    r"(?:19|20)\d\d年|“?十[二三四五六]五|关于|印发|转发|批转|发布|公布|颁布|贯彻|落实|开展|进一步|切实|做好|加强|加快|推进|实施|组织|"
    r"对(?=\d|[\u4e00-\u9fff])|就(?!业)|授予|表彰|命名|同意|调整|成立|召开|举办|征求|废止|修改|启用|答复"
)
"""What may follow the issuer in a title: 国务院办公厅对2021年…予以督查激励的通报."""


def title_prefix(title: str) -> str | None:
    """What stands before 关于/印发 in a title, when it names organisations."""
    m = _AFTER_ISSUER.search(title)
    end = m.start() if m else len(title)
    quoted = title.find("“", 2, end)  # 某某局“五一”假日市场整治方案
    lead = _bodies_only(title[:quoted]) if quoted > 0 else None
    found = lead if lead or not m or end < 2 else _bodies_only(title[:end])
    own = _INSTITUTION.match(title) if not found else None
    return own[0] if own and not (m and m.start() < own.end()) else found


_INSTITUTION = re.compile(
    r"[\u4e00-\u9fff（）()]{2,24}?(?:大学(?![生城园])|(?<!高等)学院(?![派路])|有限(?:责任)?公司|集团公司)(?=[\u4e00-\u9fff“《]{4})(?![的和与及、]|办公室?|党委)"
)
"""某某大学科研经费管理细则: an institution makes its own rules; 某某市…管理办法 names a place only."""


def _bodies_only(lead: str) -> str | None:
    prefix = re.sub(r"(?:等[一二三四五六七八九十\d]*个?(?:部门|单位|部委|委局)?|联合)$", "", lead.strip())
    flat = squeeze(prefix)
    if not is_organisation(flat[-30:]) or _AREA_ONLY.fullmatch(flat) or any(c in flat for c in "《》“（：；。的"):
        return None
    return prefix


def fuller(name: Name, others: list[Name], *, of_page: bool = False) -> Name:
    """The longer form of a name from another place (市教育局 -> 某某市教育局): a shorter form never replaces it.

    `of_page`: what the page says of the document adds the place to a name that has none, and changes nothing else.
    """
    if not others or len(name.name) < 3:
        return name
    if of_page:
        region = region_of(name.name)
        bare = region is not None and not region.named
        others = [o for o in others if bare and o.name.endswith(name.name)]
    return next((o for o in others if len(o.name) > len(name.name) and _shortened(name.name, o.name)), name)


def _shortened(short: str, full: str) -> bool:
    """Whether `short` is a usual shortening of `full`: its end (市教育局), or its characters in order with the same
    last word (国资委 of 国务院国有资产监督管理委员会, 外汇局 of 国家外汇管理局)."""
    short, full = short.replace("人民政府", "政府"), full.replace("人民政府", "政府")
    if full.endswith(short):
        return True
    if short[-1] != full.removesuffix("员会")[-1] and short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(c in rest for c in short)
