"""Number, title, recipients and body, run together at the top of a document."""

from __future__ import annotations

import re

from .glued import behind_fields, code_behind_title
from .navigation import title_behind
from .shared import BODY_START, ENCLOSED, NUMBER, TYPE, code

_JOINT = re.compile(rf"(?:\s?[、，,]?\s?[\u4e00-\u9fff]{{2,16}}{NUMBER.pattern}){{1,8}}")
"""云发改〔2020〕5号|、云财税〔2020〕33号: a joint issue."""
_RULER = re.compile(r"\s*[-_─━═—–]{5,}\s*")
"""━━━━━, the red line below the number."""
_HEADED = re.compile(r"[\u4e00-\u9fff\s、（）()]{4,80}?文\s?件\s?(?=[\u4e00-\u9fff]{2,10}\Z)")
"""某某市人民政府办公室文件|某政办发〔2019〕73号: the red header runs on to the code."""
_CITED_ON = re.compile(r"\s?(?:、\s?\d|[，,和及与]|文件?[精要规和的，]|通知[精要]|精神|要求|规定|部署|等)")
"""…〔2012〕15号文件精神: goes on as a citation."""
_ORDER = re.compile(
    r"(?:公告|通告|令)\s?(?:[（(]?(?:19|20)\d\d年[)）]?)?\s?第\s?[\d０-９]{1,4}\s?号[)）]?(?=\s*(?:《|为|根据|按照|依据|经|现|近))"
)
"""某某局公告2023年第12号|为进一步…: the number of an order or announcement, run on to its text."""
_SAID = re.compile(r"[，。；]|(?:根据|依据|按照?|依照|遵照|参照|落实|贯彻|执行|转发|[《“])\s*\Z")
"""近期，依据 某政发〔2012〕15、75号要求…: a sentence cites the number, which is not the document's own."""
_OPENED = re.compile(r"[（(][^（()）]*\Z")
"""…（联系人：张某: a bracket that is still open."""
# …关于印发…的通知 | 各县（市、区）人民政府：
_TITLE_END = re.compile(
    rf"(?:{TYPE}|通\s知)(?:\s?[（(](?:试行|暂行)[)）])?(?=[\s\u4e00-\u9fff（(]|(?<=纪要)\d{{1,2}}月)"
)
_DATED = re.compile(r"\s?[（(](?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日[^（()）]{0,40}[)）]")
"""…的决定|（2023年2月6日）|2022年，全县…: the date below the title of a decision."""
_GOES_ON = re.compile(r"[^，。；：:]{0,30}的\s?(?:通\s?知|决定|意见|函|公告|通告|通报|批复|报告|请示)")
"""关于印发某某三年行动计划| （2024—2026年）的通知: the type of the whole comes later."""
_BELOW_NUMBER = re.compile(r"\s*(?:[（(](?:有效|失效|已失效|现行有效)[)）]|签发人\s?[：:]\s?[\u4e00-\u9fff·]{2,4})\s+")
"""…〔2021〕42号 |（有效） |各市、县人民政府：, 签发人：某某某."""
_BELOW_TITLE = re.compile(
    r"(?:\s*(?:(?:信息|文章|稿件)?来源|(?:发布|发文|成文)?(?:时间|日期)|更新时间|作者|浏览(?:次数|量)?|点击(?:次数|数|率)?|阅读(?:次数|量)?|字体|字号|发布(?:机构|单位)|编辑)"
    r"\s?[：:]\s{0,2}(?:\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s\d{1,2}:\d\d(?::\d\d)?)?(?!\d)|(?:【[^】]{1,12}】|[^\s：:]{1,16})(?=\s|\Z))"
    r"|\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d\d(?::\d\d)?)?(?=\s|\Z)|\s*【字体[：:][^】]{1,12}】){1,8}\s*"
)
"""来源：党政办 时间：2024-02-27 09:30 between the title and the recipients."""
_SHORTEST, _LONGEST_TITLE = 20, 400
"""Characters of a title that is told twice, and of any."""
_ISSUED_BY = re.compile(r"\s*[\u4e00-\u9fff]{4,30}\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*(?=关于)")
"""会议纪要〔2016〕43号|某县人民政府办公室　2016年8月22日|关于…: the head of minutes."""
_LONGEST_CALL = 401
_NO_RECIPIENT = re.compile(
    r"如下|根据|按照|为了|现将|以下|精神|要求|有关事项|^\s*(?:为|经|现|今年|近|自|一、|[（(]一|第一|\d)|[》”]\s?的?通知"
)
"""现将有关事项通知如下：, 根据…要求：."""
_TO = re.compile(
    r"各|局|委|办|部|厅|政府|单位|处|室|中心|公司|村|镇|街道|乡|院|校|行|会|县|区|市|省|站|所|大队|支队|企业|机构|同志"
)
"""各镇人民政府、市直各单位：."""
_CALL = re.compile(r"电\s?话|手机|传真|\d{3,4}[-—]\d{7}|\d{8}")
"""市科技局高新处：张某，电话：…: a contact, nobody is addressed."""


def head(text: str) -> list[int]:
    """Number | title | recipients | body, at the top of the document."""
    at = title_behind(text) or behind_fields(text)
    points: list[int] = [at] if at else []
    if "号" in text and (m := NUMBER.search(text, 0, 400)) and (issuer := code(text, m.start())):
        start = issuer.start()
        opens = start == 0 and not BODY_START.match(text)  # 根据某政发〔2021〕3号要求，…
        apart = start and text[start - 1].isspace() and not _OPENED.search(text, 0, start)
        if headed := _HEADED.match(text, at, m.start()):
            start, opens, apart = headed.end(), False, True
        if (opens or apart) and not (_CITED_ON.match(text, m.end()) or (start and _SAID.search(text, 0, start))):
            joint = _JOINT.match(text, m.end())
            at = joint.end() if joint else m.end()
            points += [start, at]
            for between in (_RULER, _BELOW_NUMBER, _BELOW_TITLE):
                if aside := between.match(text, at):
                    at = aside.end()
                    points.append(at)
            if "纪要" in text and (by := _ISSUED_BY.match(text, at)):
                at = by.end()
                points.append(at)
        elif glued := code_behind_title(text, at, m.start()):
            page = _BELOW_TITLE.match(text, m.end())
            after = page.end() if page else m.end()
            to = _addressed(text, after)
            if to or page or BODY_START.match(text, after):
                return [*points, _twice(text, at, glued), glued, m.end(), after, *([to] if to else [])]
    if "号" in text and ("告" in text or "令" in text) and (order := _ORDER.search(text, 0, 400)):
        points.append(order.end())
    end = _title_end(text, at)
    if end == at and not BODY_START.match(text) and (plan := ENCLOSED.match(text, at)):
        whole = plan.group().count("《") == plan.group().count("》")
        page = _BELOW_TITLE.match(text, plan.end())
        after = page.end() if page else plan.end()
        return [*points, plan.end(), after] if whole and BODY_START.match(text, after) else points
    points.append(end)
    if end > at and (half := _twice(text, at, end)):
        points.append(half)
    if end > at and (dated := _DATED.match(text, end)):
        return [*points, dated.end()]
    if end > at and (page := _BELOW_TITLE.match(text, end)):
        end = page.end()
        points.append(end)
    r = _addressed(text, end)
    if r:
        points.append(r)
    return points


def _twice(text: str, at: int, end: int) -> int:
    """某局关于…的通知|某局关于…的通知: where a title is told again, else 0."""
    half = (at + end) // 2
    return half if end - at > _SHORTEST and text.startswith(text[at:half], half) else 0


def _title_end(text: str, at: int) -> int:
    """End of the title that begins at `at` and has recipients or a space after it; `at` when there is none."""
    if BODY_START.match(text, at) or not ("关于" in text or "《" in text or "印发" in text):
        return at
    stop = at + _LONGEST_TITLE
    for mark in "。：":  # which stand in no title
        found = text.find(mark, at, stop)
        stop = found if found >= 0 else stop
    for m in _TITLE_END.finditer(text, at, stop):
        title = text[at : m.end()]
        if (
            title.count("《") > title.count("》")
            or text[m.end()] in "的等和及与之中要"
            or ("关于" not in title and "《" not in title and "印发" not in title)
        ):
            continue
        if text.startswith(title, m.end()):
            return m.end() + len(title)
        if _GOES_ON.match(text, m.end()):
            continue
        if _DATED.match(text, m.end()) or text[m.end()].isdigit():
            return m.end()
        if _addressed(text, m.end()) or (text[m.end()].isspace() and "，" not in title and len(text) - m.end() > 40):
            return m.end()
    return at


def _addressed(text: str, at: int) -> int:
    """End of the recipients (各县（市、区）人民政府：) that begin at `at`, 0 when none do."""
    end, narrow = text.find("：", at), text.find(":", at)
    if end < 0 or 0 <= narrow < end:
        end = narrow
    if end < 0:
        return 0
    names = text[at:end]
    if names[-1:].isspace():
        names = names[:-1]
    if len(names) < 3 or not ("\u4e00" <= names[-1] <= "\u9fff" or names[-1] in "）)"):
        return 0
    if "。" in names or "！" in names or "？" in names or len(names.lstrip()) > _LONGEST_CALL:
        return 0
    if not _TO.search(names) or _NO_RECIPIENT.search(names):
        return 0
    if _OPENED.search(names) or _CALL.search(text, end + 1, end + 31):
        return 0  # …将本地实施方案报送省厅（联系人：张某某，…
    return end + 1
