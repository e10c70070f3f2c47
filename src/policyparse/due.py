"""Due dates in running text: which date expressions say by when something must be done (annotation guide, deadlines).

Shared by the deadlines of the document and those inside a phase.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from .dates import DateContext, DateExpression, as_period, find_dates, report_date
from .diagnostics import Report
from .lexicon import alternation
from .model import Deadline
from .outline import Doc
from .squeeze import squeeze
from .text import Line, Span
from .trusted import trusted

_STOP = "，,。；;：:！!？?\n\t"
_STOPS = re.compile(f"[{_STOP}]")
_CLAUSE_MARKS = frozenset("，,。；;")
"""Nothing before them in the sentence qualifies a date that stands behind them."""
_NUMBER_AHEAD = r"\s?(?=[0-9０-９“\"十明今本一二])"
_LIKELY = re.compile(
    r"前(?<=[0-9０-９日月年度底末旬份时分点班午）)以之 　]前)"
    r"|底(?<=[年月度份期五半”\" 　]底)|末(?<=[年月度份期五半”\" 　]末)|内(?<=[年月度份以之]内)"
    rf"|到{_NUMBER_AHEAD}|至{_NUMBER_AHEAD}|于{_NUMBER_AHEAD}|在{_NUMBER_AHEAD}"
    r"|每(?=[年月季半个周星])|次(?=月)|截(?=[止至])|最(?=后期限)|日(?=上报|报送|提交|反馈)"
)
"""A paragraph without any of these has no due date. Each begins with one character, which is quick to find."""

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
# 对年底前未完成的项目, 3月31日前取得证书的企业: the date describes, it sets no limit
_DESCRIBES = re.compile(
    r"(?:[，,]?\s?的|[，,]继续(?:执行|实施|享受|按|对|免|减|延)"
    r"|(?:已|未|尚未|仍|没有|不能|无法|出生|参加工作|退役|年满|满\d|可|有效|继续|暂)"
    r"|(?:符合|到期|届满|取得|获得|购买|签订|注册|登记|成立|办理|参保|退休|毕业|入职|备案|入库|发生|批准|缴纳|新增|设立|引进|上市|投保|购置|存量|形成)"
    r"[^，,。；;\n]{0,16}?的"
    r"|(?:(?![对将把就由向按]|组织|完成[^的]|开展|做好|制定|建立|实现[^的]|推动|推进|解决)[^，,。；;\n]){0,12}"
    r"(?:建成|投产|完成|竣工|开工|到期|达标|验收|通过|投用|入统|纳统|签约|落地|认定|命名|上市|成立|启动|整改|办理|登记|缴纳|申请|申报|报送|提交|上报|审批|立项|使用)的"
    r"|[^，,。；;\n]{1,40}的[，,])"
)
_CONDITION = re.compile(
    r"(?:[较比]|约定[^，,。；;]{0,6}"
    r"|(?:^|[，,。；;：:\n])\s?(?:对于?|凡是?|如果?|若|倘若|针对|一旦|除)(?:(?!要|应|须|需|请|务必|一律|均)[^，,。；;：:\n]){0,16})$"
)
_COMPARED = re.compile(r"[^，,。；;\n]{0,6}相比|[^，,。；;\n]{0,3}比")
_TARGET = re.compile(r"(?:对于?|凡是?|针对|如果?|若)[^，,。；;：:\n]{0,12}$")
_STRIVE = ("力争", "争取", "确保", "计划", "努力", "预计")
_LATEST = re.compile(r"(?:不[得能可]?[晚迟]于|最[迟晚]于?)\s?$")
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
_FAVOUR = re.compile(r"(?:优惠|补贴|补助|奖励|减免|免征|减征|退税|缓缴|免收|资助|贴息|减按)")
_DONE = re.compile(r"(?:(?:已|已经|曾|早)(?:[^，,。；;：:\n的]{0,8}[于在])?|(?:未|没有)[^，,。；;：:\n的者]{0,24})\s?$")
"""已于3月底前公布, 未按要求于8月31日前完成: told of the past."""
_NOT_DONE = re.compile(r"(?:未能?|没有?|没能|不能|无法|尚未)(?:按[^，,。；;\n]{0,6})?(?:[于在]|赶在)\s?$")
"""未在12月底前完成支付的项目: who has missed the limit."""
_ON_TIME = re.compile(r"(?:务?必须?|[应请须需])?(?:于|在)\s?$")
_QUALIFIES = re.compile(
    r"(?:依法|正式|已经?|在[^，,。；;\n]{1,12}?)?"
    r"(?:注册|登记|成立|取得|获得|毕业|参加|入职|投产|竣工|开工|批准|立项|签订|参保|购买|发生|形成|结余|建成|通过|设立|认定)"
)
"""须于2021年12月31日前注册成立, told in 2022: who may apply."""
_HANDED_IN = re.compile(r"(?:上报|报送|提交|反馈)(?![^，,。；;\n]{0,16}的)")
"""…，5月22日上报总结."""
_BUILD = re.compile(r"[，,]\s?(?:建立|建成|实现|形成|力争|确保|基本|全面)")
"""截至2012年底，建立并运行…: a goal where the day is to come."""
_PAST = re.compile(r"[^。；;\n]{0,40}?(?:已|了|累计|共有|曾)")
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
_GOAL_BEFORE = re.compile(
    r"(?:^|[，,。；;：:、（(\s”》—]|力争|争取|确保|计划|预计|目标是?|努力|其中|并且?|即|是|和|及|规划|提出|明确|要求|我[省市县区州]|全[国省市县区州]|任务|实现|年|[一二三四五六七八九十]是|[0-9]\s?[.．])$"
)
_AT_BEFORE = re.compile(r"(?:于|在|应当?|须|需|请|务必|必须|要)\s?(?:每年|每月)?$")
_CLOSES = re.compile(
    r"(?P<what>[^，,。；;：:\n]{2,12})(?:截止(?:时间|日期|日|期)?|最后(?:期限|时限|日期))(?:定?为|是|在)?\s?[：:]?\s?$"
)
"""报名截止时间为4月20日, 提交材料的最后期限是4月20日."""
_CALLED = re.compile(
    r"(?:报名|申报|申请|受理|征集|征求意见|投稿|反馈|提交|报送|填报|上报|投递|投标|缴费|推荐|递交|录入|上传|归档|办理|登记|整改)(?:工作|时间|日期|材料|意见)?的?$"
)
"""What is open until then: 网上申报|截止到4月20日; not 有效期|截止日期为…, 截止到4月20日，已有…."""

_SEASON = re.compile(r"的?(?:[春夏秋冬]|[主前]?汛|供暖|采暖|暑|寒)")
"""到2024年冬季: no day of the calendar."""
_NEXT = re.compile(
    r"\n[ \u3000]{0,4}(?:问题|任务|行动|举措|措施|事项|工程|项目)[一二三四五六七八九十\d]{1,3}[：:、.．]"
)
"""问题三：…: an item of its own, though no number opens it; the dates before belong to another."""

TABLE_DEADLINE = re.compile(r"时限|时间|期限|进度|节点|日期|工期|周期|阶段|年限")
"""Header of a column whose cells are deadlines of measures, or periods, not running text."""


def find_due(
    doc: Doc,
    start: int,
    end: int,
    excluded: list[Span],
    context: DateContext,
    report: Report,
    told: DateExpression | None = None,
) -> Iterator[Deadline]:
    """Deadlines told in `[start, end)`.

    Expressions inside `excluded` (in order, apart) are stated elsewhere: notes of measures. `told` is the period of
    the stage that the stretch is: the paragraph with it is read from there on.
    """
    string = doc.text.string
    item, previous = None, None
    cells: list[tuple[int, int]] | None = None
    read = start
    for line in _lines(doc, start, end):
        here = doc.item_at(line.start)
        if here is not item or here is None or (previous and _NEXT.search(string, read, line.end)):
            item, previous = here, None
        read = line.end
        running = line.table is None
        if not running and cells is None:
            cells = _running_cells(doc)
        for low, high in [(line.start, line.end)] if running else _cells_of(string, line, cells or []):
            listed, first = -1, max(low, start)
            if told is not None and running and low <= told.start < high:
                previous, first = told.last or told.first, told.end
            inner = context.after(previous) if previous and running else context
            dates = find_dates(string, first, min(high, end), context=inner)
            for i, e in enumerate(dates):
                known = e.last or e.first
                if running and known and e.marker != "recurring":
                    previous = known
                if e.problem == "invalid-date":
                    report_date(e, report)
                if (excluded and overlaps(e.start, e.end, excluded)) or (
                    told and e.start < told.end > told.start < e.end
                ):
                    continue
                joined = e.marker == "at" and 0 <= listed < e.start and _LIST.fullmatch(string, listed, e.start)
                if e.last is None and e.marker == "recurring" and _is_limit(string, e, high):
                    report_date(e, report)
                if not joined and not is_due(string, low, high, e, context.issued):
                    continue
                listed = e.end
                report_date(e, report)
                numbered = running and here is not None and low < here.content <= e.start
                head = here.content if numbered and here else low  # 四、请电力部门于6月5日前…
                yield make_deadline(string, head, _before_next(string, dates, i, high), e, _list_end(string, dates, i))


def _lines(doc: Doc, start: int, end: int) -> Iterator[Line]:
    """Paragraphs with a likely due date; the search goes on behind each."""
    string = doc.text.string
    while (m := _LIKELY.search(string, start, end)) is not None:
        line = doc.line_at(m.start())
        if line is None or line.end <= m.start():
            start = m.end()
            continue
        start = line.end
        if not line.meta:
            yield line


def _cells_of(string: str, line: Line, cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The cells of a table row with a likely due date."""
    row = cells[bisect_left(cells, (line.start, 0)) : bisect_left(cells, (line.end, 0))]
    return [cell for cell in row if _LIKELY.search(string, *cell)]


def _running_cells(doc: Doc) -> list[tuple[int, int]]:
    """The table cells that are not in a deadline column, each once, in order."""
    cells: set[tuple[int, int]] = set()
    for grid in doc.tables:
        stated = {i for i, h in enumerate(grid.header) if TABLE_DEADLINE.search(h)}
        cells.update((c.start, c.end) for row in grid.rows for i, c in enumerate(row) if i not in stated)
    return sorted(cells)


def overlaps(start: int, end: int, spans: list[Span]) -> bool:
    """True when `[start, end)` touches one of the spans, which are in order and apart from each other."""
    i = bisect_left(spans, end, key=attrgetter("start"))
    return any(s.end > start for s in spans[max(i - 2, 0) : i])


def is_due(string: str, low: int, high: int, e: DateExpression, issued: datetime.date | None) -> bool:
    """True when the expression in the paragraph `[low, high)` says by when something must be done or reached."""
    if e.last is None or e.problem or e.marker in ("from", "range", "open"):
        return False
    if issued and e.last < issued - datetime.timedelta(days=366):
        return False
    before, after = string[max(low, e.start - 60) : e.start], string[e.end : min(high, e.end + 120)]
    if e.grain == "year" and _SEASON.match(after):
        return False
    if e.grain == "day" and _closes(before, e.text):
        return not (issued and e.last < issued) and not _in_title(before) and not _in_note(string, low, high, e)
    if not _has_marker(e, before, after, issued) or (_DESCRIBES.match(after) and not _demands(before, after)):
        return False
    if before and before[-1] not in _CLAUSE_MARKS and _is_qualified(e, before, after, issued):
        return False
    if _in_title(before) or _in_note(string, low, high, e):
        return False
    if issued and e.last < issued and ((not e.inferred and _QUALIFIES.match(after)) or _is_past(e, after)):
        return False
    return not _favours(after)


def _is_limit(string: str, e: DateExpression, high: int) -> bool:
    """每周五前, 每周五报送: by then something is to be done, time and again."""
    return e.text.endswith("前") or _DUE_VERB.match(string, e.end, high) is not None


def _closes(before: str, text: str) -> bool:
    """报名截止时间为4月20日, 申报截止到4月20日, 提交的最后期限是4月20日: the last day for it."""
    if text.startswith("截"):
        return _CALLED.search(before, max(len(before) - 12, 0)) is not None
    if "截止" not in before[-16:] and "最后" not in before[-8:]:
        return False
    closes = _CLOSES.search(before, max(len(before) - 24, 0))
    return closes is not None and _CALLED.search(closes["what"]) is not None


_MUST = re.compile(r"(?:要|应当?|须|需|请|务必?|必须)(?:[于在])?\s?$")
_ATTRIBUTE = re.compile(
    r"\s?的|[^，,。；;\n]{0,40}的(?:[，,。；;\n]|$)"
    r"|[^，,。；;\n的]{0,10}?(?:建成|完成|竣工|开工|到期|达标|验收|通过|整改|办理|取得|获得|成立|设立|购置|签订|登记|注册)的"
)


def _demands(before: str, after: str) -> bool:
    """要在3月20日前设立相应的机构; not 应于3月20日前完成而未完成的，…."""
    return _MUST.search(before) is not None and _ATTRIBUTE.match(after) is None


def _is_qualified(e: DateExpression, before: str, after: str, issued: datetime.date | None) -> bool:
    """True when the words before the date in its clause make it no limit (完成时限：…, 已于…, 有效期至…)."""
    labelled = _ends(_LABEL, before, 12) and not (e.text.endswith("前") and _SUBMIT_LABEL.search(before))
    if labelled or _ends(_CONDITION, before, 24) or (_TARGET.search(before) and "的" in _clause(after)):
        return True
    if before.endswith(("将", "把", "对")) and "的" in _clause(after):
        return True  # 将4月底前排查出的问题录入系统
    if _ends(_NOT_DONE, before, 16) and "的" in _clause(after):
        return True
    if before.endswith(("与", "同", "和")) and _COMPARED.match(after):
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
    return before.rfind("《") > before.rfind("》")


def _in_note(string: str, low: int, high: int, e: DateExpression) -> bool:
    """（6月底完成，牵头单位：…）: the deadline of a measure."""
    low, high = max(low, e.start - 200), min(high, e.end + 200)
    opening = max(string.rfind("（", low, e.start), string.rfind("(", low, e.start))
    if opening < 0 or max(string.rfind("）", opening, e.start), string.rfind(")", opening, e.start)) >= 0:
        return False
    ends = [i for i in (string.find("）", e.end, high), string.find(")", e.end, high)) if i >= 0]
    return bool(_NOTE.search(string, opening, min(ends) + 1 if ends else min(high, e.end + 80)))


def _favours(after: str) -> bool:
    """2025年12月31日前，将住房出售并重新购买的，予以退税优惠: the date ends a favour."""
    granted = _CONCESSION.search(after)
    if not granted or _PAID_BACK.match(after) or ((told := _DUE_VERB.match(after)) and told.end() <= granted.start()):
        return False  # 上报减免情况
    sentence = re.split("[。；;\n]", after, maxsplit=1)[0]
    found = _CONCESSION.search(sentence)
    return bool(found and _FAVOUR.search(sentence, found.start()) and not _PAID_OUT.match(sentence))


def _has_marker(e: DateExpression, before: str, after: str, issued: datetime.date | None) -> bool:
    text = e.text.rstrip()
    if text.startswith("截") and text.endswith(("底", "末")) and bool(e.last and (not issued or e.last > issued)):
        return _starts_clause(before) and bool(_BUILD.match(after)) and not _PAST.match(after)
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
        return bool(_ENDS.match(after))
    if e.marker == "before":
        # 3月1日、6月1日前: the limit stands at the last of them
        return True
    if e.grain == "day" and _starts_clause(before) and _HANDED_IN.match(after):
        return True
    return e.grain in ("day", "xun") and bool(_AT_BEFORE.search(before)) and bool(_DUE_VERB.match(after))


def _starts_clause(before: str) -> bool:
    return not before or before[-1] in _STOP


def _before_next(string: str, dates: list[DateExpression], i: int, high: int) -> int:
    """5月底前公布名单，|6月15日前下达通知: the next clause has its own date."""
    after = dates[i + 1].start if i + 1 < len(dates) else high
    return after - 1 if string[after - 1] in "，," and after > dates[i].end + _SHORT else high


def _list_end(string: str, dates: list[DateExpression], i: int) -> int:
    """The end of the dates listed with this one (3月31日、6月30日前): the action stands after the last."""
    stop = min(len(dates), i + 12)
    while i + 1 < stop and _LIST.fullmatch(string, dates[i].end, dates[i + 1].start):
        i += 1
    return dates[i].end


def make_deadline(string: str, low: int, high: int, e: DateExpression, behind: int) -> Deadline:
    """The deadline with the clause around it; a short clause is widened to the next one."""
    start = _clause_start(string, low, e.start)
    end = _clause_end(string, behind, high)
    labelled = start > low and string[start - 1] in "：:" and _CLOSES.search(string, max(low, start - 24), start)
    if labelled or (end - start < _SHORT and start > low and string[start - 1] in "，,：:"):
        start = _clause_start(string, low, start - 1)
    if hour := _HOUR.match(string, behind, end):
        behind = hour.end()
    action = squeeze(string[behind:end].lstrip(_STOP + "、)） 　").rstrip(_STOP + "、 　"))
    if end < high and string[end] in _CLOSING:  # 开展排查（6月底前完成）
        end += _unopened(string, start, end + 1) < 0
    while start < e.start and string[start].isspace():
        start += 1
    while end > e.end and string[end - 1].isspace():
        end -= 1
    period = as_period(e)
    return _make_deadline(
        {
            "text": period.text,
            "context": squeeze(string[start:end]),
            "period": period,
            "action": action or None,
            "span": Span(start, end),
        }
    )


_make_deadline = trusted(Deadline)


def _clause_start(string: str, low: int, at: int) -> int:
    """Where the clause begins that leads to `at`; what stands in brackets in it does not end it."""
    floor = max(low, at - _REACH)
    start = at - len(_STOPS.split(string[floor:at])[-1])
    if start == floor > low:
        start = max(low, at - _NEAR)
    if start > low and string[start] in _OPENING and string[start - 1] in "。；;":  # 。（市财政局负责）各县要于…
        start = max(string.find(")", start, at), string.find("）", start, at), start - 1) + 1
    closed = _unopened(string, start, at)
    if closed < 0:
        return start
    opened = max(string.rfind(c, max(low, closed - _REACH), start) for c in _OPENING)
    if opened <= low or string[opened - 1] in "。；;！!\n":  # （市财政局负责）各县要于6月底前…
        return closed + 1
    return _clause_start(string, max(low, closed - 2 * _REACH), opened)


def _unopened(string: str, start: int, end: int) -> int:
    """The last bracket that closes in the stretch and opens before it, -1 when there is none."""
    depth, last = 0, -1
    for at in range(start, end):
        if string[at] in _OPENING:
            depth += 1
        elif string[at] in _CLOSING:
            depth, last = (depth - 1, last) if depth else (0, at)
    return last


_LIST = re.compile(r"\s?[、和及]\s?")
"""在6月中旬、12月中旬将…上报: what holds for the first holds for the second."""
_SHORT = 8
"""A clause of fewer characters (年内销号) is told with the one before it."""
_HOUR = re.compile(r"\s?(?:上午|中午|下午|晚上?)?\s?[0-9０-９]{1,2}(?:时|点|[:：][0-9]{2})(?:整|半|[0-9]{1,2}分)?")
"""4月20日|17时: no part of what is to be done."""
_REACH, _NEAR = 80, 40
"""Characters before the date among which its clause begins; how many are told when it begins farther back."""
_OPENING, _CLOSING = "（(《", "）)》"
_CUTS = re.compile(f"[。；;\n\t！!，,{_OPENING}{_CLOSING}]")


def _clause_end(string: str, start: int, high: int) -> int:
    """The end of the sentence, or of the first clause at least 12 characters on; brackets are told whole."""
    high = min(high, start + 120)
    opened: list[int] = []
    for m in _CUTS.finditer(string, start, high):
        mark, at = m.group(), m.start()
        if mark in _OPENING:
            opened.append(at)
        elif mark in _CLOSING:
            if opened:
                opened.pop()
            elif at > start + 1:  # （6月底前完成）
                return at
        elif (mark in "\n\t" or not opened) and (mark not in "，," or at >= start + 12):
            return opened[0] if opened else at
    return opened[0] if opened and opened[0] >= start + 12 else high


def inside(context: DateContext, start: datetime.date | None, end: datetime.date | None) -> DateContext:
    """The context for dates in a stage's own text: they fall into its period."""
    if start and end:
        return context._replace(previous=None, title_year=None, declared=(start, end))
    return context.after(end or start)
