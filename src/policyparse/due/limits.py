"""Which date expressions say by when something must be done or reached (annotation guide, deadlines)."""

from __future__ import annotations

import datetime
import re

from ..dates import DateExpression
from ..lexicon import alternation
from .describes import DESCRIBES
from .goals import opens_with_goal

_STOP = frozenset("，,。；;：:！!？?\n\t")
_CLAUSE_MARKS = frozenset("，,。；;")
"""Nothing before them in the sentence qualifies a date that stands behind them."""
_REPORT = (
    r"(?:上?报(?!名|到|警|道|刊|纸|销|酬|表|价|考|社|告[厅会])|送(?:交|至|达|到)"
    r"|提交|上交|反馈|完成|递交|填报|寄送|发送|汇总)"
)
_DUE_VERB = re.compile(rf"[^，,。；;\n]{{0,60}}?{_REPORT}")
_REACHED = re.compile(rf"[^。；;\n]{{0,80}}?{alternation('reached')}")
_ENDS = re.compile(
    r"[，,]?(?!组织|召开|举办|举行|进行|考核|检查|总结|通报)[^，,。；;\n]{0,40}?"
    rf"(?:(?!全面|基本|建设|累计|新增){alternation('reached')}(?!情况|率|进度|数量)|报(?=[送市县省区]))"
)
"""年底建成, 4月底，完成平台搭建; not 年底组织考核，对完成任务的…."""
_CONDITION = re.compile(
    r"(?:[较比]|约定[^，,。；;]{0,6}"
    r"|(?:^|[，,。；;：:\n])\s?(?:对于?|凡是?|如果?|若|倘若|针对|一旦|除)(?:(?!要|应|须|需|请|务必|一律|均)[^，,。；;：:\n]){0,16})$"
)
_COMPARED = re.compile(r"[^，,。；;\n]{0,6}相比|[^，,。；;\n]{0,3}比")
_TARGET = re.compile(r"(?:对于?|凡是?|针对|如果?|若)[^，,。；;：:\n]{0,12}$")
_STRIVE = ("力争", "争取", "确保", "计划", "努力", "预计")
_RESOLVED = ("力争", "争取", "确保")
"""确保年底顺利通过复评: what is resolved upon, whatever the verb."""
_LATEST = re.compile(r"(?:不[得能可]?[晚迟]于|最[迟晚](?:于|不[得能可]?超过)?)\s?$")
_MODAL = re.compile(r"[^。；;\n]{0,40}?(?:要|力争|确保|争取|必须|应|务必)")
_BEHIND = re.compile(r"[）)](?:[上下]午|中午|下班|[0-9]{1,2}(?:时|点|[:：][0-9]{2})){0,2}(?:之|以)?前(?![期后提])")
"""下周五（3月11日）下班前."""
_VALIDITY = re.compile(
    r"(?:有效期?|延长|延续|延期|顺延|推迟|继续|缓缴|暂缓|执行(?!率|率)|实施至|试行|实施时限|期限|保留|暂定|放宽|施行|适用|截[至止]|展期|免征|减征|补贴期|最长|截止|宽限|过渡期|服务期|质保期|以来|累计)"
    r"[^，,。；;：:\n]{0,12}$"
)
_CONCESSION = re.compile(r"(?:给予|予以|享受|减按|可享|免收|免征|减免|退还|返还|缓缴)")
_PAID_OUT = re.compile(r"[^。；;\n]{0,60}?(?:发放|兑付|兑现|拨付|到位|下达|清算|达到)")
_PAID_BACK = re.compile(
    r"[，,]?(?:由[^，,。；;\n]{2,12})?(?:全额|足额|一次性|如数|按时|及时|全部)?(?:返还|退还|退回|归还)"
)
"""1月底前全额返还并给予奖励: by then the money is paid."""
_DUTY = re.compile(
    r"[，,]?(?:(?:由|会同)[^，,。；;\n]{2,16}?)?(?:研究|抓紧|尽快|联合|牵头|统一|单独|足额|各自)?"
    r"(?:出台|制[定订]|编制|印发|修订|拟[定订]|安排|下达|公布)(?![^，,。；;\n]{0,24}的(?:[，,企单项]|市场))"
)
"""6月底前出台细则，对符合条件的企业给予补贴: an office's own task, no condition of the favour."""
_OFFICE_MUST = re.compile(
    r"[，,]?(?:[^，,。；;\n]{2,30}[局委办厅部院会府处县市区镇乡]|各[^，,。；;\n]{1,20})(?:要|应当?|须|必须)(?!求|点|素)(?![^，,。；;\n]{0,30}的[，,])"
)
"""10月底前，省农业厅要认定首批示范县，每县给予补助: what an office has to do by then."""
_FAVOUR = re.compile(r"(?:优惠|补贴|补助|奖励|减免|免征|减征|退税|缓缴|免收|资助|贴息|减按)")
_DONE = re.compile(r"(?:(?:已|已经|曾|早)(?:[^，,。；;：:\n的]{0,8}[于在])?|(?:未|没有)[^，,。；;：:\n的者]{0,24})\s?$")
"""已于3月底前公布, 未按要求于8月31日前完成: told of the past."""
_NOT_DONE = re.compile(r"(?:未能?|没有?|没能|不能|无法|尚未)(?:按[^，,。；;\n]{0,6})?(?:[于在]|赶在)\s?$")
"""未在12月底前完成支付的项目: who has missed the limit."""
_ON_TIME = re.compile(r"(?:务?必须?|[应请须需])?(?:于|在)\s?$")
_QUALIFIES = re.compile(
    r"(?:依法|正式|已经?|在[^，,。；;\n]{1,12}?)?"
    r"(?:注册|登记|成立|取得|获得|毕业|参加|入职|投产|竣工|开工|批准|立项|签订|参保|购买|发生|形成|结余|建成|通过|设立|认定|生产|出厂|制造|进口|安装|购[入置]|投保|出险|开具|签发|受理)"
)
"""须于2021年12月31日前注册成立, told in 2022: who may apply."""
_HANDED_IN = re.compile(r"(?:上报|报送|提交|反馈)(?![^，,。；;\n]{0,16}的)")
"""…，5月22日上报总结."""
_BUILD = re.compile(r"[，,]\s?(?:建立|建成|实现|形成|力争|确保|基本|全面)")
"""截至2012年底，建立并运行…: a goal where the day is to come."""
_GOAL = re.compile(r"目标(?:任务)?[。：:\s]\s?(?:[^。；;\n]{0,20}[，,])?$")
"""（二）年度目标。截至2012年底，完成…: what stands under a goal is to come."""
_AHEAD = re.compile(r"[0-9]{1,3}\s?(?:日|天|个?工作日|个月|周)(?![内期起至])")
"""每季度末前|5日: so many days before, which no calendar tells."""
_YEARLY = re.compile(r"(?:每半?年|不定期|[发生更结格])(?![^。\n]{0,40}每[个月])[^。；;\n月]{0,40}$")
"""每年枯水期抽检一次，结果于|次月15日前报: which month is not told."""
_PAST = re.compile(r"[^。；;\n]{0,40}?(?:已|了|累计|共有|曾|[尚仍]未|[，,]未)")
_NOTE = re.compile(
    r"(?:责任|牵头|配合|负责|落实|主办|协办|督导|参与|承办|主管|考核)[^）)，,。；;]{0,8}(?:单位|部门|科室|处室|股室|领导|人)[：:]|牵头|负责[）)；;。，,]|配合[）)]|按职责"
)
_LABEL = re.compile(
    r"(?:完成|整改|办理|办结|落实|工作|起止|活动|实施|计划|培训|会议|公示|检查|报名|时间|执行|整治)?(?:时限|时间|期限|日期|节点|进度|时点)(?:要求|安排|进度|节点)?(?:为|是)?\s?[：:]?\s?[（(]?(?:自|从|在|于)?$"
)
_LISTED_LIMIT = re.compile(r"\s?[、和及]\s?[0-9０-９月日号底末份 ]{1,10}(?:之|以)?前")
"""每年6月30日和12月31日前，…."""
_SUBMIT_LABEL = re.compile(r"(?:报送|上报|提交|反馈|申报|报名|报告|填报|送交|递交)(?:的?截?止?)(?:时限|时间|期限|日期)")
"""报送时间：每月5日前."""
_PROGRESS = re.compile(r"(?:进度|步骤|时间)安排\s?[：:]\s?$")
"""进度安排：6月底前完成主体工程, 11月底前投入运营: what is done by when, no deadline of the whole."""
_GOAL_BEFORE = re.compile(
    r"(?:^|[，,。；;：:、（(\s”》—]|力争|争取|确保|计划|预计|目标是?|努力|其中|并且?|即|是|和|及|规划|提出|明确|要求|我[省市县区州]|全[国省市县区州]|任务|实现|年|[一二三四五六七八九十]是|[0-9]\s?[.．]|[（(][一二三四五六七八九十0-9]{1,2}[）)])$"
)
_AT_BEFORE = re.compile(r"(?:于|在|应当?|须|需|请|务必|必须|要)\s?(?:每年|每月)?$")
CLOSES = re.compile(
    r"(?P<what>[^，,。；;：:\n]{2,12})(?:截止(?:时间|日期|日|期)?|最后(?:期限|时限|日期))(?:定?为|是|在)?\s?[：:]?\s?$"
)
"""报名截止时间为4月20日, 提交材料的最后期限是4月20日."""
_CALLED = re.compile(
    r"(?:报名|申报|申请|受理|征集|征求意见|投稿|反馈|提交|报送|填报|上报|投递|投标|缴费|推荐|递交|录入|上传|归档|办理|登记|整改)(?:工作|时间|日期|材料|意见)?的?$"
)
"""What is open until then: 网上申报|截止到4月20日; not 有效期|截止日期为…, 截止到4月20日，已有…."""

_SEASON = re.compile(r"的?(?:[春夏秋冬]|[主前]?汛|供暖|采暖|暑|寒)")
"""到2024年冬季: no day of the calendar."""
_LOOKBACK, _LOOKAHEAD = 60, 120
_A_YEAR = datetime.timedelta(days=366)


def is_due(string: str, low: int, high: int, e: DateExpression, issued: datetime.date | None) -> bool:
    """True when the expression in the paragraph `[low, high)` says by when something must be done or reached."""
    start, end, text, _, last, marker, grain, _, _, problem = e
    if last is None or problem or marker in ("from", "range", "open"):
        return False
    if issued and last < issued - _A_YEAR:
        return False
    near, far = start - _LOOKBACK, end + _LOOKAHEAD
    before, after = string[near if near > low else low : start], string[end : far if far < high else high]
    if before and before[-1] == " ":
        before = before.rstrip()  # 较 6 月末有所上升
    if grain == "year" and _SEASON.match(after):
        return False
    if grain == "day" and ("截" in before or "最" in before or text[0] == "截") and _closes(before, text):
        return not (issued and last < issued) and not _in_title(before) and not _in_note(string, low, high, e)
    plain = "0" <= text[0] <= "9" and text[-1] == "前"  # 6月10日前: most of them
    if not (plain or _has_marker(e, before, after, issued)):
        return False
    if DESCRIBES.match(after) and not _demands(before, after):
        return False
    if before and before[-1] not in _CLAUSE_MARKS and _is_qualified(e, before, after, issued):
        return False
    if _in_title(before) or _in_note(string, low, high, e):
        return False
    if issued and last < issued and ((not e.inferred and _QUALIFIES.match(after)) or _is_past(e, after)):
        return False
    return not _favours(after) or ((e.text[0] in "到至" or before.endswith(_STRIVE)) and opens_with_goal(after))


def is_limit(string: str, e: DateExpression, high: int) -> bool:
    """每周五前, 每周五报送: by then something is to be done, time and again."""
    return e.text.endswith("前") or _DUE_VERB.match(string, e.end, high) is not None


def _closes(before: str, text: str) -> bool:
    """报名截止时间为4月20日, 申报截止到4月20日, 提交的最后期限是4月20日: the last day for it."""
    if text.startswith("截"):
        return _CALLED.search(before, max(len(before) - 12, 0)) is not None
    if before.find("截止", -16) < 0 and before.find("最后", -8) < 0:
        return False
    closes = CLOSES.search(before, max(len(before) - 24, 0))
    return closes is not None and _CALLED.search(closes["what"]) is not None


_MUST = re.compile(r"(?:要|应当?|须|需|请|务必?|必须)(?:[于在])?\s?$")
_ATTRIBUTE = re.compile(
    r"\s?的|[^，,。；;\n]{0,40}的(?:[，,。；;\n]|$)"
    r"|[^，,。；;\n的]{0,10}?(?:建成|完成|竣工|开工|到期|达标|验收|通过|整改|办理|取得|获得|成立|设立|购置|签订|登记|注册)的"
)


def _demands(before: str, after: str) -> bool:
    """要在3月20日前设立相应的机构; not 应于3月20日前完成而未完成的，…."""
    return _MUST.search(before) is not None and _ATTRIBUTE.match(after) is None


_QUALIFIERS = re.compile(
    "[时期节进较比约对凡如若倘针旦除未没不无尚已曾早效延迟续缓暂执施试留宽适截免减最来累](?=[^，,。；;]{0,29}$)"
)
"""A character of each word that makes a date no limit: no need to ask for the words where none is in its clause."""
_QUALIFY_REACH = 30


def _is_qualified(e: DateExpression, before: str, after: str, issued: datetime.date | None) -> bool:
    """True when the words before the date in its clause make it no limit (完成时限：…, 已于…, 有效期至…)."""
    if before.endswith(("将", "把", "对")) and "的" in _clause(after):
        return True  # 将4月底前排查出的问题录入系统
    if before.endswith(("与", "同", "和")) and _COMPARED.match(after):
        return True
    if not _QUALIFIERS.search(before, max(len(before) - _QUALIFY_REACH, 0)):
        return False
    if _ends(_LABEL, before, 12) and not (
        (_SUBMIT_LABEL.search(before) and e.text.endswith("前")) or (_PROGRESS.search(before) and _ENDS.match(after))
    ):
        return True
    if _ends(_CONDITION, before, 24) or (_TARGET.search(before) and "的" in _clause(after)):
        return True
    if _ends(_NOT_DONE, before, 16) and "的" in _clause(after):
        return True
    if (not issued or (e.last and e.last <= issued)) and _ends(_DONE, before, 30):
        return True
    return _VALIDITY.search(before) is not None and not _ends(_ON_TIME, before, 8)


def _ends(pattern: re.Pattern[str], before: str, length: int) -> bool:
    """True when `before` ends in what `pattern` says, which is no longer than `length`."""
    return pattern.search(before, max(len(before) - length, 0)) is not None


def _is_past(e: DateExpression, after: str) -> bool:
    """2021年底，全市人口达到300万人, told in 2022."""
    return bool(_PAST.match(after)) or (not e.inferred and e.text.endswith(("底", "末")) and not _MODAL.match(after))


def _clause(after: str) -> str:
    return re.split("[，,。；;\n]", after, maxsplit=1)[0]


def _in_title(before: str) -> bool:
    return "《" in before and before.rfind("《") > before.rfind("》")


def _in_note(string: str, low: int, high: int, e: DateExpression) -> bool:
    """（6月底完成，牵头单位：…）: the deadline of a measure."""
    start, end = e.start, e.end
    low = low if low > start - _NOTE_REACH else start - _NOTE_REACH
    before = string[low:start]
    opening = _last(before, "（", "(")
    if opening < 0 or opening <= _last(before, "）", ")"):
        return False
    opening += low
    high = min(high, end + _NOTE_REACH)
    ends = [i for i in (string.find("）", end, high), string.find(")", end, high)) if i >= 0]
    return bool(_NOTE.search(string, opening, min(ends) + 1 if ends else min(high, end + 80)))


_NOTE_REACH = 200


def _last(string: str, a: str, b: str) -> int:
    """Where one of two characters stands last, -1 when neither does."""
    i = string.rfind(a)
    if b not in string:
        return i
    j = string.rfind(b)
    return i if i > j else j


def _favours(after: str) -> bool:
    """2025年12月31日前，将住房出售并重新购买的，予以退税优惠: the date ends a favour."""
    # a character of each word of _CONCESSION
    signed = "予" in after or "享" in after or "减" in after or "免" in after or "还" in after or "缴" in after
    if not signed:
        return False
    granted = _CONCESSION.search(after)
    if (
        not granted
        or _PAID_BACK.match(after)
        or _DUTY.match(after)
        or ((must := _OFFICE_MUST.match(after)) and must.end() <= granted.start())
        or ((told := _DUE_VERB.match(after)) and told.end() <= granted.start())
    ):
        return False  # 上报减免情况
    sentence = re.split("[。；;\n]", after, maxsplit=1)[0]
    found = _CONCESSION.search(sentence)
    return bool(found and _FAVOUR.search(sentence, found.start()) and not _PAID_OUT.match(sentence))


def _has_marker(e: DateExpression, before: str, after: str, issued: datetime.date | None) -> bool:
    text = e.text.rstrip()
    if (text[:2] == "次月" and _YEARLY.search(before)) or (text[-2:] == "末前" and _AHEAD.match(after)):
        return False
    if text.startswith("截") and text.endswith(("底", "末")) and bool(e.last and (not issued or e.last > issued)):
        told = _BUILD.match(after) or ((issued or _GOAL.search(before)) and _ENDS.match(after))
        return _starts_clause(before) and bool(told) and not _PAST.match(after)
    if text.startswith("截") and text.endswith("前"):
        return bool(_DUE_VERB.match(after))
    if text.startswith(("截", "自", "从")) or text.endswith(("止", "截止", "期间")):
        return False
    if text.startswith(("到", "至", "直")):
        goal = _ends(_GOAL_BEFORE, before, 8) or _starts_clause(before)
        plain = text.endswith("前") or before.endswith(_STRIVE) or after.startswith(("，", ","))
        return goal and (plain or bool(_REACHED.match(after)))
    if text.endswith("前") or _LATEST.search(before) or (after[:1] in "）)" and _BEHIND.match(after)):
        return True
    if e.marker == "recurring":
        return bool(_DUE_VERB.match(after) or _LISTED_LIMIT.match(after))
    if text.endswith(("底", "末", "内")):
        return bool(_ENDS.match(after)) or before.endswith(_RESOLVED)
    if e.marker == "before":
        # 3月1日、6月1日前: the limit stands at the last of them
        return True
    if e.grain == "day" and _starts_clause(before) and _HANDED_IN.match(after):
        return True
    return e.grain in ("day", "xun") and bool(_AT_BEFORE.search(before)) and bool(_DUE_VERB.match(after))


def _starts_clause(before: str) -> bool:
    return not before or before[-1] in _STOP
