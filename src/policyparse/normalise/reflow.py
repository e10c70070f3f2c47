"""Step: paragraphs run together on one line get their line feeds back.

A third of the notices on the web come as one line. A break is put where a typist would have made one, and only
where the conventions of official documents (GB/T 9704-2012) say what begins there: number, title, recipients,
numbered item, signature, date, enclosed text, roster row, annex, imprint.
"""

from __future__ import annotations

import re
from itertools import islice

from ..lexicon import alternation, words
from ..search import holds
from .draft import Draft, Strip, trimmed
from .glued import behind_fields, code_behind_title
from .items import item_breaks

LONG = 200
"""Characters from which on a line is looked at closely."""
SHORT = 80
"""The same where the line is most of the document."""
DENSE = 1000
"""A line of this length, or most of a document, is a scrape: lower levels (1.（1）①) are looked for as well."""
_HEAD = 12
"""So many lines from the top may hold title and recipients run together."""
_REACH = 120
"""A signature stands so near before its date."""

_TYPE = alternation("normalise_types")
_TYPE_FIRST = "[" + "".join(sorted({word[0] for word in words("normalise_types")})) + "]"
_BODY = alternation("normalise_organisations")
_CN = "一二三四五六七八九十"
_DATE = (  # the first character on its own lets `re` jump from one to the next
    r"[12二一](?:(?<=[12])[09]\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
    rf"|(?<=[二一])[〇○ＯO0零oо{_CN}]{{3}}年[{_CN}]{{1,3}}月[{_CN}]{{1,3}}日)"
)

# 岚综管办〔2016〕73号 by its bracket: letters of the issuing body before, serial after
_NUMBER = re.compile(r"[〔\[［﹝【(（〈](?:19|20)\d{2}[〕\]］﹞】)）〉]\s?第?\s?\d{1,5}(?:[-—]\d{1,3})?\s?号")
_JOINT = re.compile(rf"(?:\s?[、，,]?\s?[\u4e00-\u9fff]{{2,16}}{_NUMBER.pattern}){{1,8}}")
"""云发改〔2020〕5号|、云财税〔2020〕33号: a joint issue."""
_CODE = re.compile(r"[\u4e00-\u9fff]{2,20}$")
# …关于印发…的通知 | 各县（市、区）人民政府：
_TITLE_END = re.compile(rf"{_TYPE}(?:\s?[（(](?:试行|暂行)[)）])?(?=[\s\u4e00-\u9fff])")
_RECIPIENTS = re.compile(r"\s*([^。：:！？]{2,400}?[\u4e00-\u9fff）)]\s?)[：:]")
_NO_RECIPIENT = re.compile(
    r"如下|根据|按照|为了|现将|以下|精神|要求|有关事项|^\s*(?:为|经|现|今年|近|自|一、|[（(]一|第一|\d)|[》”]\s?的?通知"
)
_TO = re.compile(
    r"各|局|委|办|部|厅|政府|单位|处|室|中心|公司|村|镇|街道|乡|院|校|行|会|县|区|市|省|站|所|大队|支队|企业|机构|同志"
)
# 方案标题 为深入贯彻… | 方案标题为进一步…
_ENCLOSED = re.compile(
    rf"\s*[^，。；：:！？]{{4,80}}?(?={_TYPE_FIRST}){_TYPE}(?:\s?[（(](?:试行|暂行|征求意见稿|修订稿?|草案|(?:19|20)\d\d\s?年?[—–-]{{1,2}}(?:19|20)\d\d\s?年?)[)）])?"
    r"(?=\s+\S|(?:19|20)\d\d年[是，,]|为(?:深入|贯彻|认真|进一步|全面|切实|加强|规范|做好|确保|推进|落实|加快|了|有效|推动|促进)|根据|按照|第一[章条]|一、|总则)"
)
_BODY_START = re.compile(r"\s*(?:(?:19|20)\d\d年[是，,]|为|根据|按照|经|现|近|随着|依据|[一二三四五]、|[（(]一)")
_BYLINE = re.compile(rf"\s+[\u4e00-\u9fff]{{2,30}}{_BODY}\s+(?=[为根按])")
_STOPS = "。；！？”）)：:"
_HAN_RUN = re.compile(r"(?<=\s)[\u4e00-\u9fff（）()]{4,40}\s*$")
_DATES = re.compile(_DATE)
_NOT_SIGNED = re.compile(r"\s?(?:[至\-—–~～前后起以之印发布，,、；;的召期]|会议|修订|通过|施行|实施|开始|公布)")
_PRINTED = re.compile(r"\s*印发(?![《的〈“])")
_ORGAN = re.compile(rf"{_BODY}\s*$")
_SENTENCE = re.compile("[，。：；,;:、]")
_LABEL = re.compile(
    r"[抄主内（(](?:(?<=抄)\s?[送报]\s?[：:]|(?<=主)(?:题词|\s?送)\s?[：:]|(?<=内)部发送\s?[：:]"
    r"|(?<=[（(])(?:(?:此件|本件)[^（()）]{2,12}[)）]|联\s?系\s?人\s?[：:]))"
)
_ANNEX = re.compile(r"附\s{0,2}(?:件\s?(?=[\s：:1-9一二三四五六七八九十]|[\u4e00-\u9fff])|[：:](?=\s{0,2}\S))")
_AFTER_ROSTER = re.compile(
    r"(?:(?:工作|领导|推进|专项|协调|行动){1,3}小组|(?:工作)?(?:指挥部|领导组|联席会议|专班)|工作组)(?:下设|办公室(?!主任|副主任|负责人))"
    r"|(?:主要|工作|具体)职责\s?[：:]|以上(?:人员|成员|同志)|下设(?:\S{0,8}办公室|验收|工作组)"
)


# 由张某任组长：, 领导小组组长：, 组长:张某，副组长：李某 are no rows of a roster
_NO_ROW = re.compile(r"(?:[，、,（(由兼]|[^主]任|领导小组|工作小组|办公室)\s*$")


# 特此通知。 | 本办法自2021年1月1日起施行。
_LAST_WORDS = (
    re.compile("特此(?:通知|公告|通告|通报|函复|函告|批复|报告)"),
    re.compile("本(?:通知|办法|方案|意见|规定|细则)自"),
)
# 一、总则（一）为落实…
_GLUED_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节])[^，。；：、（(]{2,30}"
    r"(?=[（(][一二三四五六七八九十]{1,3}[)）][^，。、)）项款]{2})"
)
_NUMBERED = frozenset(_CN + "第")
_GLUED = _NUMBERED | {"附"}
# 附件：1.某某表2.某某表
_GLUED_ANNEXES = re.compile(r"附件?\s?[：:]\s?1\s?[.．、](?=.{2,80}?2\s?[.．、])")
_LISTS = re.compile(r"附件?\s?[：:]\s?1\.")
_GLUED_LABEL = re.compile(r"附\s?件\s?(?P<no>[1-9])\s?(?=[\u4e00-\u9fff])")
_LONGEST_TITLE, _LEAST_ALIKE = 60, 6
_LONGEST_LIST, _MOST_HEADINGS = 1000, 20
# 附件1 某某领导小组成员名单 为进一步…
_ANNEX_TITLE = re.compile(r"(附件\s?[\d一二三四五六七八九十]{0,2})\s+([^\s，。：；]{4,60})\s+(?=\S)")


def _roles() -> re.Pattern[str]:
    """组 长： with any padding."""
    names = sorted(words("normalise_roles"), key=len, reverse=True)
    return re.compile("(?:" + "|".join(r"\s{0,4}".join(n) for n in names) + r")\s{0,2}[：:]")


_ROLE = _roles()


# 。　　某某市人民政府办公室　　2019年3月5日; 一、总体要求　　以…: the indent of a paragraph that lost its line feed
_ITEM = re.compile(rf"[{_CN}]{{1,3}}、|[（(][{_CN}]{{1,3}}[)）]|[0-9]{{1,2}}[.．、]")
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile("(?!日)[\u4e00-\u9fff“”》]")
_INDENT = re.compile(r"[\u3000\u2003][\u3000\u2003]{1,3}(?=\S)")
_HEADING_END = re.compile(rf"(?:[{_CN}]{{1,3}}、|[（(][{_CN}]{{1,3}}[)）])[^，。；：\s]{{2,30}}$")
_SIGNER = re.compile(r"(?:^|\s)([\u4e00-\u9fff]{4,40}?)(?:关于|印发|转发)")


def _signer(lines: list[Strip]) -> str:
    """The body that the title names: 某某县教育局关于…的通知."""
    for line in lines[:_HEAD]:
        if line.prose and (m := _SIGNER.search(line.text, 0, 200)) and _ORGAN.search(m[1]):
            return m[1]
    return ""


def reflow(draft: Draft) -> None:
    """Split the lines that hold several paragraphs."""
    lengths = [len(s.text) for s in draft.lines if s.prose]
    longest, total = max(lengths, default=0), sum(lengths)
    labelled = "抄" in draft.raw.raw or holds(draft.raw.raw, "发送")
    signer = _signer(draft.lines) if longest >= DENSE or 2 * longest > total else ""
    changed: dict[int, list[Strip]] = {}
    added = 0
    for n, line in enumerate(draft.lines):
        text, length = line.text, len(line.text)
        # most lines are told by their length, first and last character to need no cut
        if (
            length >= 12
            and line.prose
            and (
                length > LONG
                or (length > 40 and (n + added < _HEAD or 2 * length > total))
                or text[0] in _GLUED
                or (n < _HEAD and text[0] in _LEADS)
                or text[-1] in "发日"
                or labelled
            )
            and (points := _points(text, n + added < _HEAD, 2 * length > total, signer))
        ):
            changed[n] = draft.split(line, points)
            added += len(changed[n]) - 1
    draft.replace(changed)
    draft.counts["paragraph-split"] += added


def _points(text: str, top: bool, most: bool, signer: str) -> list[int]:
    """Where a line is to be cut. `top`: it is one of the first; `most`: it is most of the document."""
    length, first = len(text), text[0]
    long = length > (SHORT if most else LONG)
    found: set[int] = set()
    if top and length > 40 and not _ITEM.match(text):
        found.update(_head(text))
    elif top and first in _LEADS:
        found.add(title_behind(text))
    if length <= LONG and (text.endswith("印发") or (text[-1] == "日" and not _SENTENCE.search(text))):
        found.update(_closings(text))
    if first in _NUMBERED and (heading := _GLUED_HEADING.match(text)):
        found.add(heading.end())
    elif first == "附" and _GLUED_ANNEXES.match(text):
        found.update(item_breaks(text))
    if long or "抄" in text or "发送" in text:
        found.update(_labels(text))
    if long:
        found.update(_inside(text, signer, dense=most or length >= DENSE))
    return sorted(p for p in found if 0 < p < length) if found else []


def _inside(text: str, signer: str, *, dense: bool) -> set[int]:
    """Where a long line is to be cut, besides at labels."""
    found = set(item_breaks(text, strong_only=not dense))
    if dense:
        found.update(_closings(text, signer))
        found.update(_rosters(text))
        for last in _LAST_WORDS:
            found.update(m.start() for m in last.finditer(text) if text[m.start() - 1] in "。；） \u3000")
        if "\u3000\u3000" in text or "\u2003\u2003" in text:
            found.update(m.end() for m in _INDENT.finditer(text) if _ends(text, m.start()))
    return found


def _ends(text: str, at: int) -> bool:
    """Does a sentence or a numbered heading end at `at`?"""
    return text[at - 1] in "。；！？）)”" or _HEADING_END.search(text, max(0, at - 36), at) is not None


def _head(text: str) -> list[int]:
    """Number | title | recipients | body, at the top of the document."""
    at = title_behind(text) or behind_fields(text)
    points: list[int] = [at] if at else []
    if "号" in text and (m := _NUMBER.search(text, 0, 400)) and (code := _CODE.search(text, 0, m.start())):
        start = code.start()
        opens = start == 0 and not _BODY_START.match(text)  # 根据某政发〔2021〕3号要求，…
        apart = start and text[start - 1].isspace() and not _OPENED.search(text, 0, start)
        cited = _CITED_ON.match(text, m.end()) or (start and _SAID.search(text, 0, start))
        if (opens or apart) and not cited:
            joint = _JOINT.match(text, m.end())
            at = joint.end() if joint else m.end()
            points += [start, at]
            if rule := _RULER.match(text, at):  # the red line below the number
                at = rule.end()
                points.append(at)
        elif (glued := code_behind_title(text, at, m.start())) and (to := _addressed(text, m.end())):
            return [*points, glued, m.end(), to]
    end = _title_end(text, at)
    if end == at and not _BODY_START.match(text) and (plan := _ENCLOSED.match(text, at)):
        whole = plan.group().count("《") == plan.group().count("》")
        page = _BELOW_TITLE.match(text, plan.end())
        after = page.end() if page else plan.end()
        return [*points, plan.end(), after] if whole and _BODY_START.match(text, after) else points
    points.append(end)
    if end > at and (page := _BELOW_TITLE.match(text, end)):
        end = page.end()
        points.append(end)
    r = _addressed(text, end)
    if r:
        points.append(r)
    return points


_LEAD = re.compile(
    r"(?:您|你|当前|目前|所在|现在)[您你的现当前在所]{0,6}位置|(?:网站|设为)?首页(?=[\s>》»/|\-政信])|政府信息公开\s|加入收藏|登录\s|无障碍"
)
"""A page's navigation before the title: 当前位置：首页 > 政务公开 > 正文 …关于…的通知."""
_LEADS = frozenset("您你当目所现网设首政加登无")
_ABOUT = re.compile("关于|印发《|转发《")
_PLAN_TITLE = re.compile(r"(?<=[\s>»/|])[^\s>》»/|，。：；]{6,60}(?:方案|办法|细则|要点|预案|计划|规划)(?=\s|$)")
_MARKS = " \u3000>》»/|"
_BELOW_TITLE = re.compile(
    r"(?:\s*(?:(?:信息|文章|稿件)?来源|(?:发布|发文|成文)?(?:时间|日期)|作者|浏览(?:次数|量)?|点击(?:次数|数|率)?|阅读(?:次数|量)?|字体|字号|发布(?:机构|单位)|编辑)"
    r"\s?[：:]\s{0,2}(?:【[^】]{1,12}】|\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s\d{1,2}:\d\d(?::\d\d)?)?|[^\s：:]{1,16})(?=\s)|\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d\d(?::\d\d)?)?(?=\s)){1,8}\s*"
)
"""来源：党政办 时间：2024-02-27 09:30 between the title and the recipients."""


def title_behind(text: str) -> int:
    """Where the title begins behind a page's navigation, 0 when there is none."""
    if _LEAD.match(text) is None:
        return 0
    if (about := _ABOUT.search(text, 0, 300)) is None:
        plan = _PLAN_TITLE.search(text, 0, 300)
        return plan.start() if plan else 0
    start = max(text.rfind(c, 0, about.start()) for c in _MARKS) + 1
    while start > 1 and text[start - 1].isspace():  # 甲市财政局 甲市教育局关于…
        before = max(text.rfind(c, 0, start - 1) for c in _MARKS) + 1
        if before == 0 or not 4 <= start - 1 - before <= 30 or not _ORGAN.search(text, before, start - 1):
            break
        start = before
    return start


def number_before(text: str, title: int) -> int:
    """Where the document number right before the title begins, else where the title does."""
    m = _NUMBER.search(text, max(0, title - 20), title) if text.find("号", max(0, title - 4), title) >= 0 else None
    code = _CODE.search(text, 0, m.start()) if m and not text[m.end() : title].strip() else None
    return code.start() if code else title


_OPENED = re.compile(r"[（(][^（()）]*\Z")
_RULER = re.compile(r"\s*[-_─━═—–]{5,}\s*")
_CITED_ON = re.compile(r"\s?(?:、\s?\d|[，,和及与]|文件?[精要规和的，]|通知[精要]|精神|要求|规定|部署|等)")
_SAID = re.compile(r"[，。；]|(?:根据|依据|按照?|依照|遵照|参照|落实|贯彻|执行|转发|[《“])\s*\Z")
"""近期，依据 某政发〔2012〕15、75号要求…: a sentence cites the number, which is not the document's own."""


_CALL = re.compile(r"电\s?话|手机|传真|\d{3,4}[-—]\d{7}|\d{8}")
"""市科技局高新处：张某，电话：…: a contact, nobody is addressed."""


def _addressed(text: str, at: int) -> int:
    """End of the recipients (各县（市、区）人民政府：) that begin at `at`, 0 when none do."""
    if text.find("：", at) < 0 and text.find(":", at) < 0:
        return 0
    m = _RECIPIENTS.match(text, at)
    if m and (_OPENED.search(m[1]) or _CALL.search(text, m.end(), m.end() + 30)):
        return 0  # …将本地实施方案报送省厅（联系人：张某某，…
    return m.end() if m and _TO.search(m[1]) and not _NO_RECIPIENT.search(m[1]) else 0


def _title_end(text: str, at: int) -> int:
    """End of the title that begins at `at` and has recipients or a space after it; `at` when there is none."""
    if _BODY_START.match(text, at) or not ("关于" in text or "《" in text or "印发" in text):
        return at
    for m in _TITLE_END.finditer(text, at, at + 400):
        title = text[at : m.end()]
        if "。" in title or "：" in title:
            return at
        if (
            title.count("《") > title.count("》")
            or text[m.end()] in "的等和及与之中要"
            or ("关于" not in title and "《" not in title and "印发" not in title)
        ):
            continue
        if _addressed(text, m.end()) or (text[m.end()].isspace() and "，" not in title and len(text) - m.end() > 40):
            return m.end()
    return at


def _closings(text: str, signer: str = "") -> list[int]:
    """Signature | date | enclosed title | its text."""
    points: list[int] = []
    for m in _DATES.finditer(text):
        printed = _PRINTED.match(text, m.end())
        if not printed and _NOT_SIGNED.match(text, m.end()):
            continue
        start = _signature(text, m.start())
        if signer:
            _, end = trimmed(text, max(0, m.start() - _REACH), m.start())
            start = end - len(signer) if text.endswith(signer, 0, end) else start
        if start is None:
            continue
        name = text[start : m.start()].strip()
        if printed:
            if _ORGAN.search(name):
                points += [start, printed.end()]
            continue
        after = text[m.end() : m.end() + 1]
        if name and not _ORGAN.search(name):
            continue
        if not name and (start == m.start() or (after and not after.isspace())) and not _before_plan(text, m.end()):
            continue
        points += [start, m.start(), m.end()]
        if e := _ENCLOSED.match(text, m.end()):
            points.append(e.end())
            if by := _BYLINE.match(text, e.end()):
                points.append(by.end())
    return points


def _before_plan(text: str, at: int) -> bool:
    """…请抓好落实。2019年9月10日|某某实施方案|为认真贯彻…: the enclosed text follows the date."""
    plan = _ENCLOSED.match(text, at)
    return plan is not None and _BODY_START.match(text, plan.end()) is not None


def _signature(text: str, end: int) -> int | None:
    """Where the bodies that sign before the date at `end` begin; None when what stands there is no signature."""
    floor = max(0, end - _REACH)
    start = max(text.rfind(c, floor, end) for c in _STOPS)
    if start < 0 and floor:
        return None
    if start >= 0 and text[start] in "：:":
        m = _HAN_RUN.search(text, start + 1, end)
        return m.start() if m else None
    gap = text[start + 1 : end]
    return None if "，" in gap or "、" in gap or "《" in gap or len(gap.strip()) > 80 else start + 1


def _labels(text: str) -> list[int]:
    """附件： | 抄送： | （此件公开发布）; 2021年3月1日 | （联系人：…）, but not 报市教育局安全科（联系人：…）."""
    points: list[int] = []
    for m in _LABEL.finditer(text):
        if text[m.start() - 1] not in "，、,并" and not (m.group()[1:2] == "联" and _WORD.match(text, m.start() - 1)):
            points.append(m.start())
            if m.group()[-1] in "）)":
                points.append(m.end())
    if "附" in text:
        for m in _ANNEX.finditer(text):
            if text[m.start() - 1] in "。； \u3000）)":
                points.append(m.start())
                if t := _ANNEX_TITLE.match(text, m.start()):
                    points += [t.end(1), t.end(2)]
        if note := _LISTS.search(text):
            points += _repeated(text, note.start())
    return points


def _repeated(text: str, note: int) -> list[int]:
    """附件：1.情况汇总表2.成员名单|附件1|情况表|序号…: a heading run on to the list that names its title."""
    points: list[int] = []
    end = 0
    for m in islice(_GLUED_LABEL.finditer(text, note + 4), _MOST_HEADINGS):
        end = end or min(m.start(), note + _LONGEST_LIST)
        at, after = (text.find(f"{n}.", note, end) for n in (int(m["no"]), int(m["no"]) + 1))
        title = text[at + 2 : after if after > at else end].strip() if at > 0 else ""
        size = min(len(title), len(text) - m.end())
        same = next((n for n in range(size) if title[n] != text[m.end() + n]), size)
        if len(title) <= _LONGEST_TITLE and same >= _LEAST_ALIKE and 2 * same >= len(title):
            last = text.find(title[-1], m.end() + same - 1, m.end() + len(title) + 4)
            points += [m.start(), m.end(), last + 1] if last > 0 else []
    return points


def _rosters(text: str) -> list[int]:
    """组 长：… | 副组长：… | 成 员：… | 领导小组下设办公室…"""
    found: list[re.Match[str]] = []
    for m in _ROLE.finditer(text):
        inside = _NO_ROW.search(text, max(0, m.start() - 4), m.start())
        if inside and text[m.start() - 1] in "，," and " " in m.group().strip():
            inside = None  # 成立工作小组，组 长：王文海: padded as in a roster
        named = m.group()[0] == "成" and not found and _WORD.match(text, m.start() - 1)  # 指挥部成员单位：
        if not inside and not named:
            found.append(m)
    points = [m.start() for m in found]
    for a, b in zip(found, [*found[1:], None], strict=False):
        end = b.start() if b else min(len(text), a.end() + 800)
        after = _AFTER_ROSTER.search(text, a.end(), end)
        if after and text[after.start() - 1] not in "，,的由向报送至在（(":
            points.append(after.start())
    return points
